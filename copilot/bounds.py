"""Grenzen: all that a model may lean on for one suggestion, gathered once and then only looked up.

The knowledge itself, the decision and the question are the evidence. Sentences in them that order a
model about (see `copilot.injection`) are left out first: what only such a sentence says, nothing says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from copilot import emergency, figures, injection
from copilot.domain import (
    LANGUAGES,
    Between,
    Decision,
    FactType,
    KnowledgeEntry,
    Mandate,
    Organisation,
    Role,
    Rule,
    Solution,
    Suggestion,
)
from copilot.figures import Unit

Key = tuple[Unit, Decimal]

WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_UNIT_OF: Final[Mapping[FactType, tuple[Unit, int]]] = {
    FactType.MONEY: (Unit.MONEY, 1),
    FactType.PERCENT: (Unit.PERCENT, 1),
    FactType.DAYS: (Unit.MINUTES, 1440),
    FactType.NUMBER: (Unit.COUNT, 1),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of a mandate: which figure, and the roles that the rule gives it to."""

    key: Key
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one answer may say."""

    suggestion: Suggestion
    organisation: Organisation
    entries: tuple[KnowledgeEntry, ...]
    figures: frozenset[Key]
    """Every figure in the sources, the decision and the question."""
    decided: frozenset[Key]
    """The figures of the decision, the rules, the steps and the question: what may be granted."""
    asked: frozenset[Key]
    """The figures that the customer knows already: the question's, the decided amount, the facts."""
    limits: tuple[Limit, ...]
    words: frozenset[str]
    text: str
    """All evidence in lower case and single spaces, to look quotes up in."""
    citable: frozenset[str]
    """Entries that the asker may see, valid on the day."""

    @property
    def language(self) -> str:
        return self.suggestion.question.language

    @property
    def decision(self) -> Decision | None:
        return self.suggestion.decision


def gather(
    suggestion: Suggestion,
    organisation: Organisation,
    entries: Sequence[KnowledgeEntry],
    *,
    figures_alone: bool = False,
) -> Bounds:
    """The bounds of this suggestion. Entries that the asker may not see or that are not valid count for nothing.

    `figures_alone`: without words and text, and without reading what holds no figure, in a third of the time.
    """
    clean = _figures_of if figures_alone else injection.without
    question = suggestion.question
    covered = organisation.covered_by(question.roles)
    living = tuple(each for each in entries if each.valid_on(question.on) and each.visible_to(covered))
    asked_texts = tuple(map(clean, _asked(suggestion)))
    decided_texts = tuple(map(clean, (*_decided(suggestion), *_rule_texts(living))))
    known_texts = (*asked_texts, *decided_texts, *map(clean, _known(suggestion, organisation, living)))
    limits = tuple(_limits(living))
    read = _keys(asked_texts) | _fact_keys(suggestion, living)
    decided = read | _keys(decided_texts) | {limit.key for limit in limits}
    return Bounds(
        suggestion=suggestion,
        organisation=organisation,
        entries=living,
        figures=frozenset(decided | _keys(known_texts) | _days(suggestion, living)),
        decided=frozenset(decided),
        asked=frozenset(read | _amount_keys(suggestion)),
        limits=limits,
        words=frozenset(() if figures_alone else (word.lower() for text in known_texts for word in WORD.findall(text))),
        text="" if figures_alone else plain(" \n ".join(known_texts)),
        citable=frozenset(entry.id for entry in living) & {source.id for source in suggestion.sources},
    )


def _figures_of(text: str) -> str:
    """The text as evidence where it holds a figure; nothing otherwise."""
    return injection.without(text) if _keys((text,)) else ""


def plain(text: str) -> str:
    """In lower case, with straight quotes, no markup and single spaces: how quotes are compared."""
    straight = text.lower().translate(str.maketrans("‘’“”„", '\'\'"""'))
    return " ".join(re.sub(r"[*_`#>]", "", straight).split())


def _asked(suggestion: Suggestion) -> Iterator[str]:
    yield suggestion.question.text
    yield from (turn.text for turn in suggestion.question.earlier)
    yield from (fact.shown for fact in suggestion.read)
    yield from (str(value) for value in suggestion.question.facts.values())


def _decided(suggestion: Suggestion) -> Iterator[str]:
    decision = suggestion.decision
    if decision:
        yield from (*decision.options, decision.because, *(each.option for each in decision.depending))
        yield from (each.condition for each in decision.depending)
    for step in suggestion.steps:
        yield from (step.do, *step.options, step.because or "")
        yield (step.handover.within or "") if step.handover else ""
    if suggestion.asks:
        yield from (suggestion.asks.question, *(choice.label for choice in suggestion.asks.choices))
    yield from (suggestion.verdict, suggestion.say or "")
    if emergency.in_danger(suggestion.question.text):
        yield emergency.NUMBER


def _rule_texts(entries: Sequence[KnowledgeEntry]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, Mandate):
            yield from (text for rule in entry.rules for text in (rule.may, rule.because) if text)


def _known(suggestion: Suggestion, organisation: Organisation, entries: Sequence[KnowledgeEntry]) -> Iterator[str]:
    yield organisation.name
    yield from (role.title for role in organisation.roles)
    yield from (department.title for department in organisation.departments)
    yield from (action.title for action in suggestion.next)
    for entry in entries:
        yield from (entry.title, entry.body, entry.source or "")
        yield f"versie version {entry.version}"
        yield from entry.questions
        if isinstance(entry, Solution):
            yield from _solution_texts(entry)
        if isinstance(entry, Mandate):
            yield from (fact.ask for fact in entry.facts)
            yield from (" ".join((value, *words)) for fact in entry.facts for value, words in fact.values.items())


def _solution_texts(entry: Solution) -> Iterator[str]:
    customer = entry.customer
    texts = (customer.wants, customer.worries, customer.delight, entry.say, *(step.do for step in entry.steps))
    yield from (text for text in texts if text)
    for step in entry.steps:
        if step.handover:
            yield " ".join((step.handover.within or "", *step.handover.tell))


def _keys(texts: Sequence[str]) -> set[Key]:
    """Read in both languages: an English entry in a Dutch organisation writes its amounts the English way."""
    return {key for text in texts if text for language in LANGUAGES for key in figures.keys(text, language)}


def _fact_keys(suggestion: Suggestion, entries: Sequence[KnowledgeEntry]) -> set[Key]:
    """Facts as the decision used them, each as the kind of figure that its mandate says it is."""
    if not (decision := suggestion.decision):
        return set()
    types = {
        fact.name: fact.type
        for entry in entries
        if isinstance(entry, Mandate) and entry.id == decision.entry
        for fact in entry.facts
    }
    return {
        (unit, value * factor)
        for name, value in decision.facts.items()
        if isinstance(value, Decimal)
        for unit, factor in [_UNIT_OF.get(types.get(name, FactType.MONEY), (Unit.COUNT, 1))]
    }


def _amount_keys(suggestion: Suggestion) -> set[Key]:
    amount = suggestion.decision.amount if suggestion.decision else None
    return {(Unit.MONEY, amount)} if amount is not None else set()


def _days(suggestion: Suggestion, entries: Sequence[KnowledgeEntry]) -> set[Key]:
    days = {suggestion.question.on}
    days |= {day for each in entries for day in (each.valid_from, each.valid_until, each.review_by) if day}
    return {key for day in days for key in figures.of_day(day)}


def _limits(entries: Sequence[KnowledgeEntry]) -> Iterator[Limit]:
    for entry in entries:
        if not isinstance(entry, Mandate):
            continue
        for rule in entry.rules:
            yield from (Limit(key, rule.roles) for key in _thresholds(entry, rule))
        if limit := entry.period_limit:
            fact = entry.fact(limit.fact)
            unit, factor = _UNIT_OF.get(fact.type, (Unit.COUNT, 1)) if fact else (Unit.MONEY, 1)
            yield Limit((unit, limit.max * factor), limit.roles)
            yield Limit((Unit.MINUTES, Decimal(limit.days * 1440)), limit.roles)


def _thresholds(entry: Mandate, rule: Rule) -> Iterator[Key]:
    for name, condition in rule.when.items():
        fact = entry.fact(name)
        if fact and isinstance(condition, Between) and fact.type in _UNIT_OF:
            unit, factor = _UNIT_OF[fact.type]
            yield from ((unit, end * factor) for end in (condition.low, condition.high) if end is not None)


def role_names(role: Role) -> tuple[str, ...]:
    """How a role is named in a sentence."""
    return tuple(dict.fromkeys((role.title.lower(), role.id.replace("-", " ").lower())))
