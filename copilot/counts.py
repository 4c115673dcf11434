"""Numbers that count something: `3 reizigers`, `leeftijd 7`, `40 km`, `2 uur`; a number alone counts nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from copilot import factvalues, telling, terms, words
from copilot.domain import Between, Fact, FactType
from copilot.mentions import MINUTES, MONTHS, Mention, Mentions, Sort

_IN_FULL: Final = {
    "km": "kilometer", "kms": "kilometer", "kilometers": "kilometer", "kg": "kilo", "kilos": "kilo", "kilogram": "kilo",
    "kaarten": "kaartjes", "tickets": "kaartjes", **dict.fromkeys(
        "pers persons people mensen man volwassenen kinderen kids children adults gasten guests persoons visitors "
        "bezoekers reizigers travellers passengers passagiers pax eters".split(), "personen"),
}  # fmt: skip
"""Short forms, and other words for the same things that are counted; all people are counted as one kind."""
_AGE: Final = re.compile(r"\b(?:hoe oud|leeftijd|how old|age)\b")
_AGE_WORDS: Final = frozenset("leeftijd oud age aged old".split())
_HOW_MANY: Final = re.compile(
    r"\b(?:hoeveel|how many|aantal|number of|hoeveelste)\s+((?:[^\W\d_]+ ?){1,4})", re.IGNORECASE
)
_ORDINAL: Final = re.compile(r"\b(?:hoeveelste|which number)\b")
_OF_SOMETHING_ELSE: Final = frozenset("gelopen gereden teller mileage".split())
"""180.000 kilometer on the clock is not how far the car is from home."""
_AGAINST: Final = frozenset("of van dan naar plus min or to than instead".split())
_UNITS: Final = {word: word for word in (*MINUTES, *MONTHS)}


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a fact counts."""

    nouns: frozenset[str]
    """Stems of the words that may stand behind the number."""
    names: frozenset[str]
    """Stems of the fact's name, which may stand before it."""
    unit: str | None
    """A unit of time, where it counts that."""
    age: bool


def told(said: Mentions, fact: Fact, on: date | None) -> Iterator[Decimal | Between]:
    """Every number in the text that counts what the fact counts."""
    counted = _counted(fact)
    if _ORDINAL.search(fact.ask.lower()):
        yield from (mention.value for mention in said.of(Sort.ORDINAL))
    if counted.age:
        yield from _ages(said)
    elif counted.unit:
        yield from terms.told(said, terms.Meter.of(fact, counted.unit), on)
    found = [mention for mention in said.of(Sort.COUNT) if _is_of(said, mention, counted)]
    if found:
        # "4 nachten in plaats van 6"
        found += [mention for mention in said.of(Sort.COUNT) if mention not in found and _is_instead(said, mention)]
    yield from (mention.value for mention in found)
    nouns = {word for mention in found for word in said.after(mention, 1)}
    exact = [mention.value for mention in found if isinstance(mention.value, Decimal)]
    if len(found) > 1 and len(nouns) > 1:
        # "Two adults and two kids" are two, or four: not for us to say.
        yield sum(exact, Decimal(0))


def bare(said: Mentions, fact: Fact) -> Iterator[Decimal | Between]:
    """The number of a reply that says nothing else: "45", "het zijn er 3", "meer dan 50", "2 stuks"."""
    if any(mention.sort in (Sort.DAY, Sort.SPAN) for mention in said.all) or _other_words(said, fact):
        return
    units = {FactType.MONEY: Sort.MONEY, FactType.PERCENT: Sort.PERCENT}
    if any(mention.sort not in (Sort.COUNT, units.get(fact.type)) for mention in said.all):
        return
    yield from (mention.value for mention in said.all)


_EMPTY: Final = frozenset(
    words.stem(word)
    for word in "stuk stuks ongeveer circa ruim bijna about around roughly totaal total denk think geloof precies "
    "exactly minder meer dan than more less least most maximaal minimaal hooguit minstens hoogstens boven onder over "
    "above below tot euro dagen procent kilo rond bedrag".split()
)


def _other_words(said: Mentions, fact: Fact) -> bool:
    own = {words.stem(word) for word in words.words_of(f"{factvalues.label(fact)} {fact.ask}")}
    return any(words.stem(word) not in _EMPTY | own for word in words.content_words(said.text))


def _ages(said: Mentions) -> Iterator[Decimal | Between]:
    yield from (mention.value for mention in said.of(Sort.SPAN) if terms.is_age(said, mention))
    for match in re.finditer(r"\b(\d{1,3})-?(?: ?jarige|-year-old| ?jr\b)", said.text):
        yield Decimal(match[1])
    for mention in said.of(Sort.COUNT):
        if set(said.before(mention, 2)) & _AGE_WORDS or said.after(mention, 1) == ["jarige"]:
            yield mention.value


def _is_of(said: Mentions, mention: Mention, counted: _Counted) -> bool:
    after = said.after(mention, 2)
    if after[1:2] and after[1] in _OF_SOMETHING_ELSE:
        return False
    if any(_names(word, counted.nouns) for word in after[:1]):
        return True
    if after[:1] in (["per"], ["a"]):
        return False
    if len(after) == 2 and _names(after[1], counted.nouns) and not after[0][0].isdigit():
        return True
    if after[:1] in (["stuks"], ["stuk"]) and len(said.of(Sort.COUNT)) == 1:
        return True
    before = said.before(mention, 2)
    stem_before = [telling.stems(_IN_FULL.get(word, word)) for word in before]
    small = {"is", "van", "of", "nummer", "number", "zijn", "are", "was"}
    label = stem_before[-1:] if before[-1:] and before[-1] not in small else stem_before[-2:-1]
    return any(not stems.isdisjoint(counted.names) for stems in label) and (
        not after or not _is_counted_itself(after[0])
    )


def _is_instead(said: Mentions, mention: Mention) -> bool:
    """A bare number that stands against another: "of 6", "in plaats van 6"."""
    return bool(_AGAINST & {*said.before(mention, 1)}) and not said.after(mention, 1)


def _is_counted_itself(word: str) -> bool:
    """A noun right behind a number is what it counts, unless it is a small word or an adjective."""
    return words.is_content(word) and not word.endswith(("e", "er", "ige", "loze")) and word not in _EMPTY


def _names(word: str, nouns: frozenset[str]) -> bool:
    """Whether a word is one of these nouns, or a compound that ends in one: "spaarpunten" are "punten"."""
    stems = telling.stems(_IN_FULL.get(word, word))
    return not stems.isdisjoint(nouns) or any(
        len(noun) >= 4 and stem.endswith(noun) and len(stem) - len(noun) >= 3 for noun in nouns for stem in stems
    )


@lru_cache(maxsize=2048)
def _asked(name: str, ask: str) -> _Counted:
    label = words.words_of(name.replace("_", " ").replace("-", " "))
    asks = words.words_of(ask)
    match = _HOW_MANY.search(ask)
    behind = words.words_of(match[1]) if match else []
    # "Hoeveel spaarpunten van de klant": what is counted comes first; an adjective may stand before it.
    counted = behind[:1] if behind and not behind[0].endswith("e") else behind[:2]
    nouns = [word for word in (*label, *counted) if words.is_content(word)]
    nouns += [_IN_FULL[word] for word in nouns if word in _IN_FULL]
    unit = next((word for word in (*counted, *label) if word in _UNITS and word not in ("nachten",)), None)
    # "De hoeveelste boete": any word of the question may be what is counted.
    if re.search(r"\bhoeveelste\b", ask.lower()):
        nouns += [word for word in asks if words.is_content(word)]
    stems = frozenset(stem for word in nouns if word not in _UNITS for stem in telling.stems(word))
    names = frozenset(
        stem
        for word in (*label, *nouns)
        if words.is_content(word) and word not in _UNITS
        for stem in telling.stems(word)
    )
    return _Counted(stems, names, unit, bool(_AGE.search(f"{' '.join(label)} {ask}".lower())))


def _counted(fact: Fact) -> _Counted:
    return _asked(fact.name, fact.ask)
