"""How long ago, how long still, how long: the lengths of time that bear on one fact and no other.

"Gisteren gekocht" says nothing about the days until departure, and "monteur komt over 3 dagen" nothing
about how long a fault has lasted. So a fact looks back, ahead, or neither, and so does what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Final

from copilot import mentions, words
from copilot.domain import Between, Fact
from copilot.mentions import MINUTES, MONTHS, Mention, Mentions, Sort


class Look(StrEnum):
    """Where a length of time is counted: up to today, from today on, or anywhere."""

    BACK = "back"
    AHEAD = "ahead"
    ANYWHERE = "anywhere"


_ASKS_AHEAD: Final = re.compile(
    r"\b(?:tot (?:de|het|aan|vertrek|aankomst)|nog tot|over hoeveel|until|before|left|remaining|van tevoren|vooraf)\b"
)
_ASKS_ANYWHERE: Final = re.compile(
    r"\b(?:wil|wilt|vraagt|vragen|uitstel|nodig|blijft|blijven|verleng\w*|huur\w*|need|needs|wants?|stay\w*|"
    r"later|eerder|langer|proberen)\b"
)
_ASKS_EVENT: Final = re.compile(r"\b(?:geleden|ago)\b")
_SAYS_BACK: Final = frozenset(
    "geleden ago back terug sinds since overtijd laat late overdue verlopen oud old al reeds already".split()
)
_SAYS_AHEAD_AFTER: Final = frozenset("voor vooraf tevoren tot before until till left".split())
_SHIFTED: Final = frozenset("later eerder langer korter earlier longer shorter".split())
"""A shift of a day is not how long it still is until that day."""
_SAYS_AHEAD_BEFORE: Final = frozenset("over nog in within binnen".split())
_NOT_THIS: Final = frozenset(
    "garantie warranty guarantee klant customer lid member getrouwd married ervaring experience bedenktijd "
    "bedenktermijn werk werkt werkzaam worked vakantie holiday reis trip verblijf cursus film geopend open opening "
    "durende contract retourtermijn verjaardag".split()
)
"""What a length of time is of, when it is not of the fact: "al 10 jaar klant", "2 jaar garantie"."""
_REPEATED: Final = frozenset("elke iedere ieder elk every each per".split())
_CONTACT: Final = re.compile(
    r"\b(?:gebeld|belde|bel|belt|gemaild|mailde|gesproken|sprak|geschreven|beloofd|gezegd|zei|gevraagd|vroeg|"
    r"langs|langsgekomen|geweest|kwam|hier|came|here|afspraak|monteur|collega|manager|teamleider|called|call|calls|mailed|emailed|spoke|"
    r"told|promised|said|asked|visited|appointment)\b"
)
"""Who was spoken to yesterday did not buy it yesterday."""
_DONE: Final = re.compile(
    r"\b(?:(?:in|op|af|aan|uit|terug|mee)?ge\w+(?:d|t|en)|(?:ver|be|ont|her)\w+(?:d|t|en)|\w{3,}ed)\b"
)
"""Something that was done."""
_MODAL: Final = frozenset("geweest gehad gemoeten gekund gewild geworden gegaan geleden need".split())
_WAITING: Final = re.compile(r"\b(?:wacht|wachten|wachtte|gewacht|waiting|waited|wait)\b")
_AGO: Final = frozenset({"geleden", "ago"})
_AFTER: Final = frozenset("na after been".split())
_SAYS_WHEN: Final = frozenset("geleden ago terug back oud old".split())
_SHORT_CLAUSE: Final = 4
"""Words: "boom, afgelopen maandag" says nothing else."""
_NO_AGE: Final = frozenset(
    "lid member klant customer garantie getrouwd geleden ago terug back geworden contract te late".split()
)
_AGE_ASKED: Final = frozenset(words.stem(word) for word in ("oud", "leeftijd", "old", "age"))
"""A fact that asks how old something is: then years that it is old are what it asks for."""
_SINCE: Final = frozenset("al sinds already for na over reeds after nu".split())


@dataclass(frozen=True, slots=True)
class Meter:
    """A fact that counts time: in which unit, and which way it looks."""

    unit: str
    look: Look
    own: frozenset[str]
    """Stems of the words of its name and question."""
    event: bool
    """Whether it counts from something that happened once ("gekocht"), not how long something has lasted."""

    @classmethod
    def of(cls, fact: Fact, unit: str) -> Meter:
        asks = f"{fact.name} {fact.ask}".replace("_", " ").replace("-", " ").lower()
        look = Look.ANYWHERE if _ASKS_ANYWHERE.search(asks) else Look.BACK
        look = Look.AHEAD if _ASKS_AHEAD.search(asks) else look
        own = frozenset(words.stem(word) for word in words.content_words(asks) if word not in (*MINUTES, *MONTHS))
        return cls(unit, look, own, event=bool(_ASKS_EVENT.search(asks)))


def told(said: Mentions, meter: Meter, on: date | None) -> Iterator[Decimal | Between]:
    """Every length of time in the text that bears on the fact, in its unit."""
    for mention in said.of(Sort.SPAN):
        if _bears(said, mention, meter):
            value = _in_unit(mention, meter, on)
            if value is not None:
                yield value
    if meter.unit == "dag":
        for mention in said.of(Sort.DAY):
            if isinstance(mention.value, Decimal) and _day_bears(said, mention, meter):
                yield abs(mention.value)


def _bears(said: Mentions, mention: Mention, meter: Meter) -> bool:
    before, after = said.before(mention), said.after(mention)
    near = {words.stem(word) for word in (*before, *after)}
    beside = (*after[:2], *(before[-2:-1] if before[-1:] in (["van"], ["of"]) else ()))
    stranger = {word for word in beside if word in _NOT_THIS and words.stem(word) not in meter.own}
    somebodys_age = is_age(said, mention) and not _AGE_ASKED & meter.own
    if stranger or (before and before[-1] in _REPEATED) or somebodys_age:
        return False
    ahead = bool(before) and before[-1] in _SAYS_AHEAD_BEFORE and "tijd" not in after[:1]
    back = bool(_SAYS_BACK & {*before[-2:], *after[:2]}) and not ahead
    if meter.look is Look.AHEAD:
        clause, _ = said.clause(mention)
        own = bool({words.stem(word) for word in words.content_words(clause)} & meter.own)
        short = len(clause.split()) <= _SHORT_CLAUSE
        before_it = bool(_SAYS_AHEAD_AFTER & {*after[:1]})
        return not back and not _SHIFTED & {*after[:1]} and (ahead or before_it or own or short)
    if meter.look is Look.BACK:
        return not ahead and _is_about(said, mention, meter, back={*before[-1:], *after[:1]})
    # "Uitstel voor een rekening van 10 dagen geleden" is not 10 days of respite.
    return not back or bool(near & meter.own)


def _is_about(said: Mentions, mention: Mention, meter: Meter, back: set[str]) -> bool:
    """Whether the clause is about the fact: it uses its words, says when, or says nothing else."""
    clause, _ = said.clause(mention)
    if {words.stem(word) for word in words.content_words(clause)} & meter.own:
        return True
    if _CONTACT.search(clause) or _WAITING.search(clause):
        return False
    if len(clause.split()) <= _SHORT_CLAUSE:
        return True
    if not meter.event:
        return not (back & _AGO and _says_other_things(clause))
    return bool(back & _AFTER) or (bool(back & _SAYS_WHEN) and not _says_other_things(clause))


def _says_other_things(clause: str) -> bool:
    """ "Gisteren ingeleverd" does not say when it was bought."""
    return any(each not in _MODAL for each in _DONE.findall(clause))


def is_age(said: Mentions, mention: Mention) -> bool:
    """Years that somebody is old, and not those since something began."""
    if mention.sort is not Sort.SPAN or MONTHS.get(mention.unit) != 12 or isinstance(mention.value, Between):
        return False
    after, before = said.after(mention, 2), said.before(mention, 1)
    if after[:1] in (["oud"], ["old"]):
        return True
    return not _NO_AGE & {*after} and not _SINCE & {*before}


def _day_bears(said: Mentions, mention: Mention, meter: Meter) -> bool:
    """A day counts where it lies the right way and its clause is about the fact, or about nothing else."""
    assert isinstance(mention.value, Decimal)
    if mention.value < 0:
        return meter.look is Look.AHEAD
    if meter.look is not Look.BACK:
        return False
    clause, place = said.clause(mention)
    if {words.stem(word) for word in words.content_words(clause)} & meter.own:
        return True
    if not meter.event and re.search(r"\b(?:sinds|since)\b", clause):
        return True
    if _CONTACT.search(clause) or _says_other_things(clause):
        return False
    others = clause[:place] + clause[place + mention.end - mention.start :]
    return len(others.split()) < _SHORT_CLAUSE or (not meter.event and "gemoeten" in clause)


def _in_unit(mention: Mention, meter: Meter, on: date | None) -> Decimal | Between | None:
    if isinstance(mention.value, Between):
        low, high = mention.value.low, mention.value.high
        ends = [None if end is None else _counted(end, mention.unit, meter, on) for end in (low, high)]
        if (low is not None and ends[0] is None) or (high is not None and ends[1] is None):
            return None
        return Between(ends[0], ends[1], mention.value.with_low, mention.value.with_high)
    exact = _counted(mention.value, mention.unit, meter, on)
    if exact is None or exact == exact.to_integral_value():
        return exact
    # Anderhalve week is ten or eleven days.
    down, up = (exact.to_integral_value(rounding) for rounding in (ROUND_FLOOR, ROUND_CEILING))
    return Between(down, up) if meter.unit == "dag" else exact


def _counted(value: Decimal, unit: str, meter: Meter, on: date | None) -> Decimal | None:
    if meter.unit == "dag":
        return mentions.days_of(value, unit, on, ahead=meter.look is not Look.BACK)
    if meter.unit in MONTHS and unit in MONTHS:
        return value * MONTHS[unit] / MONTHS[meter.unit]
    if meter.unit in MINUTES and unit in MINUTES:
        return value * MINUTES[unit] / MINUTES[meter.unit]
    return None
