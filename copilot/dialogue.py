"""What goes to a model and what comes back, without any vendor in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Form(StrEnum):
    """How a server can be made to answer in parts, best first."""

    SCHEMA = "schema"
    """JSON that follows a schema, held to it by the server."""
    JSON = "json"
    """JSON, with the parts asked for in the prompt."""
    HEADINGS = "headings"
    """Plain text with a heading above each part."""


FORMS: Final = (Form.SCHEMA, Form.JSON, Form.HEADINGS)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: str
    """`system` or `user`."""
    content: str


Prompt = Callable[[Form, float], Sequence[Message]]
"""The messages in a form; the number (1.0, then less) is the share of the knowledge that may go along."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of one part as it comes in; `done` closes the part."""

    part: str
    text: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """What one question cost."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = field(default=Decimal(0))
    """In the currency of the prices that were set; 0 where none were."""
    calls: int = 0
    estimated: bool = False
    """True where the server did not count and four letters were taken for a token."""

    def __add__(self, other: Use) -> Use:
        return Use(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cost + other.cost,
            self.calls + other.calls,
            self.estimated or other.estimated,
        )
