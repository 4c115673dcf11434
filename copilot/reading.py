"""What a sentence says about the facts of a mandate: read for sure, unclear, or not at all.

Unread costs one tap, wrongly read costs a wrong promise: so several amounts in one sentence are not
guessed at, a number counts only beside a word that says what it counts, and doubt tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from copilot import amounts, counts, factvalues, injection, sentences, telling, terms
from copilot.domain import NONE_OF_THESE, Fact, FactType, FactValue, Mandate
from copilot.errors import UsageError
from copilot.factvalues import fits
from copilot.mentions import Mentions, Sort, mentions

_YES: Final = re.compile(
    r"\W*(?:ja|jawel|jazeker|jep|jup|yep|zeker|klopt|inderdaad|uiteraard|yes|yeah|sure|correct|right|indeed)\b",
    re.IGNORECASE,
)
_NO: Final = re.compile(r"\W*(?:nee|neen|nope|no|helaas niet|nog niet|niet|not|neuh?)\b", re.IGNORECASE)
_NONE: Final = re.compile(
    r"\W*(?:geen van|geen enkele|none of|iets anders|something else|anders|other)\b", re.IGNORECASE
)
_UNSURE: Final = re.compile(
    r"\b(?:weet (?:ik|het|hij|zij|ze)|geen idee|misschien|onbekend|don'?t know|no idea|not sure|niet zeker)\b",
    re.IGNORECASE,
)
_SHORT_ANSWER: Final = 8
"""Words; a longer reply is a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, by the names of the facts."""

    values: Mapping[str, FactValue] = field(default_factory=dict)
    unclear: Mapping[str, tuple[FactValue, ...]] = field(default_factory=dict)
    """Facts for which several values stand in the sentence: not guessed at, but asked."""


def read_facts(text: str, mandate: Mandate, on: date, language: str = "nl") -> Reading:
    """The facts that a sentence tells; `on` is the day against which "gisteren" is read.

    Sentences that order a machine about are passed over, so that they cannot plant an amount.
    """
    text = _without_orders(text)
    said = mentions(text, on, language)
    values: dict[str, FactValue] = {}
    unclear: dict[str, tuple[FactValue, ...]] = {}
    for fact in mandate.facts:
        told = _told(said, text, fact, mandate.facts, on)
        found = tuple(value for each in dict.fromkeys(told) if fits(fact, value := _plain(each)))
        if len(found) == 1:
            values[fact.name] = found[0]
        elif found:
            unclear[fact.name] = found
    return Reading(values, unclear)


def read_answer(text: str, fact: Fact, on: date | None = None, language: str = "nl") -> FactValue | None:
    """What a reply says to the question about this one fact: "45", "ja hoor", "meer dan 50"; None = nothing."""
    if len(text.split()) > _SHORT_ANSWER:
        return None
    if fact.type is FactType.YESNO:
        return _yes_or_no(text, fact)
    if fact.type is FactType.CHOICE:
        return _choice(text, fact)
    said = mentions(text, on, language)
    found = {_plain(each) for each in _told(said, text, fact, (fact,), on)} or {
        _plain(each) for each in counts.bare(said, fact)
    }
    value = found.pop() if len(found) == 1 else None
    return value if value is not None and fits(fact, value) else None


def parse_value(fact: Fact, text: str, on: date | None = None, language: str = "nl") -> FactValue:
    """A value as it was typed, tapped or given by a program; raises UsageError, saying what would fit."""
    try:
        return factvalues.parse_value(fact, text)
    except UsageError:
        value = read_answer(text, fact, on, language)
        if value is None:
            raise
        return value


def _without_orders(text: str) -> str:
    """Each sentence on its own: what a colleague says after a planted order is still his."""
    if not injection.find(text):
        return text
    return " ".join(each.text for each in sentences.split(text) if not injection.find(each.text))


def _told(said: Mentions, text: str, fact: Fact, facts: Sequence[Fact], on: date | None) -> Iterator[FactValue]:
    match fact.type:
        case FactType.MONEY:
            yield from amounts.told(said, Sort.MONEY, fact, facts)
        case FactType.PERCENT:
            yield from amounts.told(said, Sort.PERCENT, fact, facts)
        case FactType.DAYS if sum(each.type is FactType.DAYS for each in facts) == 1:
            yield from terms.told(said, terms.Meter.of(fact, "dag"), on)
        case FactType.NUMBER:
            yield from counts.told(said, fact, on)
        case FactType.YESNO:
            yield from _told_yes_or_no(text, fact)
        case FactType.CHOICE:
            yield from _told_choices(text, fact)


def _plain(value: FactValue) -> FactValue:
    """40 and not 4E+1, so that it reads as it was said."""
    return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value


# ------------------------------------------------------------------------------------ the fact's own words


def _told_yes_or_no(text: str, fact: Fact) -> Iterator[bool]:
    own = (factvalues.label(fact),) if not (fact.yes or fact.no) else ()
    for each in telling.told(text, (*fact.yes, *fact.no, *own)):
        if each.denied is not None and not each.doubted:
            yield (each.phrase not in fact.no) is not each.denied


def _told_choices(text: str, fact: Fact) -> Iterator[str]:
    meaning = _meaning(fact)
    told = telling.told(text, meaning)
    denied = {each.phrase for each in told if each.denied_before}
    return iter(dict.fromkeys(value for each in told if each.phrase not in denied for value in meaning[each.phrase]))


def _meaning(fact: Fact) -> dict[str, tuple[str, ...]]:
    """Each word with the values that it means; a word of two values tells neither apart."""
    found: dict[str, tuple[str, ...]] = {}
    for value, said in fact.values.items():
        for word in (value.replace("_", " "), *said):
            if len(word) > 1:
                found[word] = tuple(dict.fromkeys((*found.get(word, ()), value)))
    return found


def _yes_or_no(text: str, fact: Fact) -> bool | None:
    if _UNSURE.search(text):
        return None
    told = set(_told_yes_or_no(text, fact))
    if told:
        return told.pop() if len(told) == 1 else None
    if _YES.match(text):
        return True
    return False if _NO.match(text) else None


def _choice(text: str, fact: Fact) -> str | None:
    bare = text.strip(" .!").lower()
    exact = [value for value in fact.values if value.lower() == bare]
    told = exact or list(_told_choices(text, fact))
    if told:
        return told[0] if len(told) == 1 else None
    return NONE_OF_THESE if _NONE.match(text) and not _UNSURE.search(text) else None
