"""Which of our two languages somebody writes, told from the small words that every sentence has."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

_DUTCH: Final = frozenset(
    "de het een en van ik mag mijn niet geen wat hoe waar wie wanneer dat dit die deze is zijn heeft hebben wil wilt "
    "kan kunnen moet met voor naar op bij als maar ook nog dan er je jij u uw hij zij ze wij we om te door uit al wel "
    "klant mevrouw meneer terug zonder".split()
)
_ENGLISH: Final = frozenset(
    "the a an and of i may my not no what how where who when that this these those is are has have wants want "
    "can could must should with for to on at if but also still then there you your he she it they we by out without "
    "customer guest back does do did was were from".split()
)


_DUTCH_ALONE: Final = _DUTCH - _ENGLISH
_ENGLISH_ALONE: Final = _ENGLISH - _DUTCH


def language_of(text: str, otherwise: str) -> str:
    """`nl` or `en`; `otherwise` where neither has clearly more of its small words in the text."""
    words = [word.lower() for word in _WORD.findall(text[:2000])]
    dutch = sum(map(_DUTCH_ALONE.__contains__, words))
    english = sum(map(_ENGLISH_ALONE.__contains__, words))
    if english >= 2 and english > 2 * dutch:
        return "en"
    if dutch > english:
        return "nl"
    return otherwise
