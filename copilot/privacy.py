"""Masks customer data before anything leaves for a model or a log, and puts it back on the way in.

Which kinds are found, and which are not (names!), stands in `copilot.personal_data`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from copilot.personal_data import OwnNumber, find

_PLACEHOLDER: Final = re.compile(r"\[([A-Z][A-Z-]*)[-_ ](\d+)\]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without customer data, and what stood in its place."""

    text: str
    restore: Mapping[str, str] = field(default_factory=dict)
    """Each placeholder, such as `[IBAN-1]`, with what it stands for."""


class Masker:
    """Masks several texts of one conversation: the same number gets the same placeholder everywhere."""

    def __init__(self, own_numbers: Sequence[OwnNumber] = ()) -> None:
        self._own_numbers = tuple(own_numbers)
        self._placeholders: dict[str, str] = {}
        self._used: set[str] = set()

    @property
    def restore(self) -> Mapping[str, str]:
        return {placeholder: original for original, placeholder in self._placeholders.items()}

    def mask(self, text: str) -> str:
        # Somebody may type "[IBAN-1]" himself: that must not turn into another customer's number.
        self._used.update(match.group() for match in _PLACEHOLDER.finditer(text))
        pieces: list[str] = []
        end = 0
        for trace in find(text, self._own_numbers):
            pieces += [text[end : trace.start], self._placeholder(trace.kind, text[trace.start : trace.end])]
            end = trace.end
        return "".join([*pieces, text[end:]])

    def _placeholder(self, kind: str, original: str) -> str:
        if original not in self._placeholders:
            number = 1
            while (placeholder := f"[{kind}-{number}]") in self._used:
                number += 1
            self._used.add(placeholder)
            self._placeholders[original] = placeholder
        return self._placeholders[original]


def mask(text: str, own_numbers: Sequence[OwnNumber] = ()) -> Masked:
    """The text without customer data."""
    masker = Masker(own_numbers)
    return Masked(masker.mask(text), masker.restore)


def without_customer_data(text: str, own_numbers: Sequence[OwnNumber] = ()) -> str:
    """The text as it may leave this machine, where nothing has to be put back."""
    return mask(text, own_numbers).text


def unmask(text: str, restore: Mapping[str, str]) -> str:
    """The text with every known placeholder put back; unknown ones stay, for the guard to refuse."""
    return _PLACEHOLDER.sub(lambda match: restore.get(f"[{match[1]}-{match[2]}]", match.group()), text)


def placeholders(text: str) -> tuple[str, ...]:
    """The placeholders in a text, known or invented."""
    return tuple(match.group() for match in _PLACEHOLDER.finditer(text))
