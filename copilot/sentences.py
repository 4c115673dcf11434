"""Where sentences begin and end, also in text that is still coming in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:bijv|bv|o\.a|d\.w\.z|m\.b\.t|i\.v\.m|t\.a\.v|nr|art|dhr|mw|mevr|dr|mr|mrs|ms|ca|incl|excl|evt|jl|a\.u\.b|"
    r"s\.v\.p|e\.g|i\.e|etc|no|vs|max|min|blz|tel|st)|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_END: Final = re.compile(r"(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands."""

    text: str
    start: int
    end: int


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; a line end also ends one."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATION.search(text[start : match.end()]):
            continue
        _append(found, text, start, match.end())
        start = match.end()
    _append(found, text, start, len(text))
    return tuple(found)


def complete(text: str) -> int:
    """Where the last sentence of a growing text ends that is surely finished; 0 = none yet.

    A full stop at the very end may still become "€ 1." + "234,56", so white space must follow it.
    """
    end = 0
    for match in _END.finditer(text):
        line_end = "\n" in match.group()
        if not line_end and (match.end() == len(text) or _ABBREVIATION.search(text[end : match.end()])):
            continue
        end = match.end()
    return end


def _append(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        offset = start + len(piece) - len(piece.lstrip())
        found.append(Sentence(stripped, offset, offset + len(stripped)))
