"""What colleagues write to each other in a channel: is a customer sent away, or does somebody ask everybody? Pure.

A first filter: an offer follows only where the channel wants it, and for a question only where nobody answers and the
knowledge does. It had better miss a call than take small talk for one.
"""

from __future__ import annotations

import re
from typing import Final

from copilot import wordings

SHORTEST: Final = 12
LONGEST: Final = 1500
"""Characters. Shorter says too little, longer is a story or a file that somebody pasted."""
_QUOTED: Final = re.compile("[\"“”„‘][^\"“”„‘’]{0,200}[\"“”’]|(?<!\\w)'[^']{8,200}'(?!\\w)")


def sends_away(text: str) -> bool:
    """Whether a colleague writes that something is not his to do, and leaves the customer at that."""
    if not SHORTEST <= len(text) <= LONGEST or "?" in text:
        return False
    said = _QUOTED.sub(" ", text)
    if any(each.search(said) for each in (_WORDS.SETTLED, _WORDS.TOLD, _WORDS.AMONG_US)):
        return False
    if _WORDS.FIRMLY_AWAY.search(said):
        return True
    about_you = _WORDS.TO_YOU.search(said) and not _WORDS.CUSTOMER.search(said)
    return bool(_WORDS.AWAY.search(said) and _WORDS.SOMEBODY.search(said)) and not about_you


def asks_for_help(text: str) -> bool:
    """Whether somebody asks everyone what to do, or what is allowed, for a customer."""
    said = _QUOTED.sub(" ", text)
    if not SHORTEST <= len(text) <= LONGEST or _WORDS.AMONG_US.search(said) or _WORDS.SETTLED.search(said):
        return False
    everybody = bool(_WORDS.EVERYBODY.search(said))
    if not everybody and _WORDS.TO_ONE_PERSON.search(said):
        return False
    return bool((everybody or _WORDS.WHAT_TO_DO.search(said)) and _WORDS.CASE.search(said))


def settles(text: str) -> bool:
    """Whether somebody says that it needs no answer any more."""
    return bool(_WORDS.NO_LONGER.search(text))


_WORDS: Final = wordings.of("calls")
