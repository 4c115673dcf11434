"""What colleagues write to each other in a channel: is a customer sent away, or does somebody ask everybody? Pure.

A first filter: an offer follows only where the channel wants it, and for a question only where nobody answers and the
knowledge does. It had better miss a call than take small talk for one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from unicodedata import combining, normalize

from copilot import wordings

SHORTEST: Final = 12
LONGEST: Final = 800
"""Characters. Shorter says too little, longer is a story or a file that somebody pasted."""
SIGNS: Final[Mapping[str, int]] = MappingProxyType(
    {"DISOWNS": 3, "CANNOT": 2, "NOT_HERE": 2, "SCOPE": 2, "ELSEWHERE": 1, "SENT": 1, "WANTS": 1}
)
"""What each sign that a customer is sent away weighs. Only "not mine to do" says enough by itself."""
ENOUGH: Final = 3
_QUOTED: Final = re.compile(r'"[^"]{0,200}"|(?<!\w)\'[^\']{8,200}\'(?!\w)')
_STRAIGHT: Final = str.maketrans("‘’‚“”„", "'''\"\"\"")


def sends_away(text: str) -> bool:
    """Whether a colleague writes that something is not his to do, and leaves the customer at that."""
    if not SHORTEST <= len(text) <= LONGEST:
        return False
    said = _said(text)
    if said.rstrip(" !.)").endswith("?"):
        return False
    if _any(said, "SETTLED", "TOLD", "AMONG_US") or (_any(said, "TO_YOU") and not _any(said, "CUSTOMER")):
        return False
    return sum(weight for sign, weight in SIGNS.items() if _any(said, sign)) >= ENOUGH


def asks_for_help(text: str) -> bool:
    """Whether somebody asks everyone what to do, or what is allowed, for a customer."""
    if not SHORTEST <= len(text) <= LONGEST:
        return False
    said = _said(text)
    if _any(said, "NO_LONGER", "AMONG_US", "ABOUT_ONE", "RHETORICAL"):
        return False
    everybody = _any(said, "EVERYBODY")
    if not everybody and (_any(said, "TO_ONE_PERSON") or not _any(said, "QUESTION")):
        return False
    return (everybody or _any(said, "WHAT_TO_DO")) and _any(said, "CASE")


def settles(text: str) -> bool:
    """Whether somebody says that it needs no answer any more."""
    return _any(text, "NO_LONGER")


def _said(text: str) -> str:
    """His own words: without what he quotes, accents off ("níet"), and plain spaces."""
    plain = "".join(sign for sign in normalize("NFKD", text.translate(_STRAIGHT)) if not combining(sign))
    return " ".join(_QUOTED.sub(" ", plain).split())


def _any(said: str, *sections: str) -> bool:
    return any(_WORDS.pattern(section).search(said) for section in sections)


_WORDS: Final = wordings.of("calls")
