"""What a follow-up means: does it give the fact that was asked, change one, or start something new?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from copilot import facts
from copilot.domain import Fact, FactType, FactValue, Mandate, Turn

_CONNECTIVE: Final = re.compile(
    r"^\W*(en|maar|of|als|wat als|stel|dan|nee|ja|and|but|or|if|what if|what about|suppose|then|no|yes)\b",
    re.IGNORECASE,
)
_SHORT: Final = 6
_LONG: Final = 16
"""Words. A longer message tells its own story; it may still stay with the subject, but is searched anew."""
_COUNTED: Final = frozenset({FactType.MONEY, FactType.NUMBER, FactType.PERCENT, FactType.DAYS})


def stays_with(text: str, turn: Turn, mandate: Mandate, on: date, language: str) -> bool:
    """Whether this message is about the mandate of the turn before it: it gives or changes one of its facts."""
    words = len(text.split())
    if words > _LONG or not (words <= _SHORT or _CONNECTIVE.match(text)):
        return False
    return bool(facts_in_reply(text, turn, mandate, on, language))


def facts_in_reply(text: str, turn: Turn | None, mandate: Mandate, on: date, language: str) -> Mapping[str, FactValue]:
    """The facts that a message tells about a mandate, where a bare "45" answers the fact that was asked.

    A figure that already tells another fact ("één accu") is no bare answer.
    """
    read = dict(facts.read_facts(text, mandate, on, language).values)
    asked = mandate.fact(turn.asked) if turn and turn.asked and turn.entry == mandate.id else None
    if asked and asked.name not in read and not (_is_counted(asked) and _tells_a_figure(read, mandate)):
        answer = facts.read_answer(text, asked, on, language)
        if answer is not None:
            read[asked.name] = answer
    return read


def _is_counted(fact: Fact | None) -> bool:
    return fact is not None and fact.type in _COUNTED


def _tells_a_figure(read: Mapping[str, FactValue], mandate: Mandate) -> bool:
    return any(_is_counted(mandate.fact(name)) for name in read)
