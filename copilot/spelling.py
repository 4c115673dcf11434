"""Which known word somebody may have meant, for "bedoel je …?"."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

LONGEST = 80
"""Characters; comparing longer words costs time and never leads to a sensible guess."""
MANY = 100
"""Words; of more than this only those are compared that begin or end alike, or a renamed folder takes minutes."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like it, upper and lower case alike; None when nothing comes near."""
    return _nearest(word, tuple(known)) if len(word) <= LONGEST else None


@lru_cache(maxsize=512)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    lower = word.lower()
    by_lower = {each.lower(): each for each in known}
    likely = by_lower if len(by_lower) <= MANY else [each for each in by_lower if _begins_or_ends_alike(each, lower)]
    found = get_close_matches(lower, likely, n=1, cutoff=0.7)
    return by_lower[found[0]] if found else None


def _begins_or_ends_alike(one: str, other: str) -> bool:
    return one[:3] == other[:3] or one[-3:] == other[-3:]


def listed(words: Iterable[str], most: int = 20) -> str:
    """`a, b, c`, cut off after a number of words."""
    every = list(words)
    return ", ".join(every[:most]) + (", …" if len(every) > most else "")
