"""What a sentence says about the facts of a mandate: read for sure, unclear, or not at all.

Unread costs one tap, wrongly read costs a wrong promise: so several amounts in one sentence are not
guessed at, a number counts only beside a word that says what it counts, and doubt tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from copilot import factvalues, figures, telling, terms, words
from copilot.domain import Between, Fact, FactType, FactValue, Mandate
from copilot.errors import UsageError
from copilot.factvalues import fits
from copilot.figures import Figure, Unit

_YES: Final = re.compile(
    r"\W*(?:ja|jawel|jazeker|zeker|klopt|inderdaad|yes|yep|yeah|sure|correct|right)\b", re.IGNORECASE
)
_NO: Final = re.compile(r"\W*(?:nee|neen|nope|no|helaas niet|nog niet|niet|not)\b", re.IGNORECASE)
_MORE: Final = re.compile(
    r"\b(?:meer dan|langer dan|ouder dan|boven(?: de)?|ruim|more than|longer than|older than|over|above)\s+(?=[€$£\d])",
    re.IGNORECASE,
)
_LESS: Final = re.compile(
    r"\b(?:minder dan|korter dan|jonger dan|onder(?: de)?|nog geen|less than|under|below)\s+(?=[€$£\d])", re.IGNORECASE
)
_UP_TO: Final = re.compile(
    r"\b(?:tot en met|hooguit|hoogstens|maximaal|max|ten hoogste|at most|up to|no more than)\s+(?=[€$£\d])",
    re.IGNORECASE,
)
_NUMBER: Final = r"(?<![\w.,€$£-])(?P<number>\d{1,6})(?![\d.,:]\d|[\w%])"
_NUMBER_NOUN: Final = re.compile(rf"{_NUMBER}[\s-]+(?P<first>[^\W\d_]+)(?:\s+(?P<second>[^\W\d_]+))?")
_NOUN_NUMBER: Final = re.compile(rf"(?P<noun>[^\W\d_]+)(?:\s+(?:is|van|of|nummer|number))?\s*[:=]?\s*{_NUMBER}")
_BARE_AMOUNT: Final = re.compile(
    r"(?<![\d€$£.,])(?<![€$£] )(\d{1,3}(?:\.\d{3})*,\d{2}|\d+\.\d{2}|\d+(?:[.,]\d)?k\b)"
    r"(?![\d.,]|\s*(?:%|uur|procent|€|eur))",
    re.IGNORECASE,
)
_UNIT_WORDS: Final = frozenset(
    "euro euros eur procent percent dag dagen week weken maand maanden jaar days weeks months".split()
)
_MINUTES: Final = {
    "uur": 60, "uren": 60, "uurtje": 60, "uurtjes": 60, "hour": 60, "hours": 60,
    "minuten": 1, "minuut": 1, "minuutjes": 1, "minutes": 1, "minute": 1,
}  # fmt: skip
_HOW_MANY: Final = re.compile(r"\b(?:hoeveel(?:ste)?|hoe|how many|how much|how)\s+([^\W\d_]+)", re.IGNORECASE)
_IN_FULL: Final = {"km": "kilometer", "kg": "kilo", "kilo's": "kilo", "pers": "personen"}
_YEARS: Final = frozenset("jaar jaren jarig jarige year years".split())
_AGES: Final = frozenset("leeftijd oud age old".split())
_CLOCK: Final = re.compile(r"\b(?:om|at|rond|around|vanaf|from|tot|until|till)\s+\d+$", re.IGNORECASE)
_SHORT_ANSWER: Final = 6
"""Words; a longer reply is a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, by the names of the facts."""

    values: Mapping[str, FactValue] = field(default_factory=dict)
    unclear: Mapping[str, tuple[FactValue, ...]] = field(default_factory=dict)
    """Facts for which several values stand in the sentence: not guessed at, but asked."""


def read_facts(text: str, mandate: Mandate, on: date, language: str = "nl") -> Reading:
    """The facts that a sentence tells; `on` is the day against which "gisteren" is read."""
    values: dict[str, FactValue] = {}
    unclear: dict[str, tuple[FactValue, ...]] = {}
    for fact in mandate.facts:
        found = tuple(value for value in dict.fromkeys(_values(text, fact, mandate, on, language)) if fits(fact, value))
        if len(found) == 1:
            values[fact.name] = _bounded(text, found[0], language)
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
        chosen = _choices(text, fact)
        return next(iter(chosen)) if len(chosen) == 1 else None
    values = _numbers(text, fact, on, language)
    if len(values) != 1:
        return None
    said = _bounded(text, values.pop(), language)
    return said if fits(fact, said) else None


def parse_value(fact: Fact, text: str, on: date | None = None, language: str = "nl") -> FactValue:
    """A value as it was typed, tapped or given by a program; raises UsageError, saying what would fit."""
    try:
        return factvalues.parse_value(fact, text)
    except UsageError:
        value = read_answer(text, fact, on, language)
        if value is None:
            raise
        return value


def _values(text: str, fact: Fact, mandate: Mandate, on: date, language: str) -> Iterator[FactValue]:
    alone = sum(each.type is fact.type for each in mandate.facts) == 1
    match fact.type:
        case FactType.MONEY if alone:
            yield from _of_unit(figures.read(_as_amounts(text), language), Unit.MONEY)
        case FactType.PERCENT if alone:
            yield from _of_unit(figures.read(text, language), Unit.PERCENT)
        case FactType.DAYS if alone:
            yield from sorted(terms.days_in(text, on, language))
        case FactType.NUMBER:
            yield from _counted(text, fact, language)
        case FactType.YESNO:
            yield from _told_yes_or_no(text, fact)
        case FactType.CHOICE:
            yield from sorted(_choices(text, fact))


def _of_unit(read: frozenset[Figure], unit: Unit) -> list[Decimal]:
    return sorted(figure.value for figure in read if figure.unit is unit)


def _as_amounts(text: str) -> str:
    """A bare `1.250,50`, `12,50` or `2,5k` can only be an amount."""
    return _BARE_AMOUNT.sub(r"€ \1", text)


def _counted(text: str, fact: Fact, language: str) -> Iterator[Decimal]:
    """Numbers beside a word of the fact's name or question: `3 reizigers`, `leeftijd 7`, `4 uur`."""
    own = _own_words(fact)
    stems = {words.stem(word) for word in own}
    named = {words.stem(word) for word in words.words_of(factvalues.label(fact))}
    # The article "een" is no number; "één" is.
    text = figures.in_digits(re.sub(r"\béén\b", "1", text, flags=re.IGNORECASE), language, least=2)
    for match in _NUMBER_NOUN.finditer(text):
        number = Decimal(match["number"])
        noun, next_noun = match["first"].lower(), (match["second"] or "").lower()
        if noun in _MINUTES:
            # "om 3 uur" is a time of day, "3 uur" a number of hours.
            if not _CLOCK.search(text[: match.end("number")]):
                yield from (number * _MINUTES[noun] / per for per in _minutes_per_unit(own))
        elif (noun in _YEARS and own & (_AGES | _YEARS)) or _names(noun, stems) or _names(next_noun, stems):
            yield number
    for match in _NOUN_NUMBER.finditer(text):
        if words.stem(match["noun"].lower()) in named:
            yield Decimal(match["number"])


def _names(noun: str, stems: Set[str]) -> bool:
    """Whether a noun is one of these words, or a compound that ends in one: "spaarpunten" are "punten"."""
    stem = words.stem(_IN_FULL.get(noun, noun))
    return stem in stems or any(len(each) >= 4 and stem.endswith(each) for each in stems)


def _own_words(fact: Fact) -> frozenset[str]:
    """The words that say what a number of this fact counts: its name, and what the question asks how many of."""
    counted = (words.words_of(match[1]) for match in _HOW_MANY.finditer(fact.ask))
    return frozenset((*words.words_of(factvalues.label(fact)), *(word for said in counted for word in said)))


def _told_yes_or_no(text: str, fact: Fact) -> Iterator[bool]:
    for each in telling.told(text, (*fact.yes, *fact.no)):
        yield (each.phrase in fact.yes) is not each.denied


def _yes_or_no(text: str, fact: Fact) -> bool | None:
    told = set(_told_yes_or_no(text, fact))
    if told:
        return told.pop() if len(told) == 1 else None
    if _YES.match(text):
        return True
    return False if _NO.match(text) else None


def _choices(text: str, fact: Fact) -> frozenset[str]:
    meaning = {word: value for value, said in fact.values.items() for word in (value, *said)}
    return frozenset(meaning[each.phrase] for each in telling.told(text, meaning) if not each.denied)


def _numbers(text: str, fact: Fact, on: date | None, language: str) -> set[Decimal]:
    """The numbers of a reply in the unit of the fact, or bare where the reply says nothing else."""
    read = figures.read(_as_amounts(text) if fact.type is FactType.MONEY else text, language)
    if fact.type is FactType.DAYS and (days := terms.days_in(text, on, language)):
        return set(days)
    unit = {FactType.MONEY: Unit.MONEY, FactType.PERCENT: Unit.PERCENT}.get(fact.type)
    if unit and (in_unit := _of_unit(read, unit)):
        return set(in_unit)
    if fact.type is FactType.NUMBER and (counted := set(_counted(text, fact, language)) | _timed(read, fact)):
        return counted
    said = words.content_words(figures.in_digits(text, language))
    if any(word not in _UNIT_WORDS and word not in _MINUTES for word in said):
        return set()
    return set(_of_unit(read, Unit.COUNT))


def _timed(read: frozenset[Figure], fact: Fact) -> set[Decimal]:
    """`2 uur` or `een kwartier` as the answer to a number of hours or minutes."""
    return {value / per for per in _minutes_per_unit(_own_words(fact)) for value in _of_unit(read, Unit.MINUTES)}


def _minutes_per_unit(own: frozenset[str]) -> frozenset[int]:
    """60 for a fact in hours, 1 for one in minutes."""
    return frozenset(_MINUTES[word] for word in own if word in _MINUTES)


def _bounded(text: str, value: FactValue, language: str) -> FactValue:
    """ "Meer dan 50 euro" is not 50 euro, but a range; a number that stands by itself is exact."""
    if not isinstance(value, Decimal):
        return value
    # 40 and not 4E+1, so that it reads as it was said.
    exact = Decimal(f"{value:f}")
    text = figures.in_digits(text, language, least=3)
    if _MORE.search(text):
        return Between(low=exact, with_low=False)
    if _LESS.search(text):
        return Between(high=exact, with_high=False)
    return Between(high=exact) if _UP_TO.search(text) else exact
