"""Which known word somebody may have meant, for "bedoel je …?"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 80
"""Characters; comparing longer words costs time and never leads to a sensible guess."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like it, upper and lower case alike; None when nothing comes near."""
    by_lower = {each.lower(): each for each in known}
    found = get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.7) if len(word) <= LONGEST else []
    return by_lower[found[0]] if found else None


def listed(words: Iterable[str], most: int = 20) -> str:
    """`a, b, c`, cut off after a number of words."""
    every = list(words)
    return ", ".join(every[:most]) + (", …" if len(every) > most else "")
