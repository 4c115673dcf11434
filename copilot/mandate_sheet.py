"""Wat mag ik? Everything that a colleague may decide himself, by subject, on one sheet that can be searched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from copilot import conditions, words
from copilot.domain import Condition, Fact, KnowledgeEntry, Mandate, OneOf, Organisation, Rule, Status
from copilot.errors import UsageError
from copilot.factvalues import show_number
from copilot.formula_words import formula_words
from copilot.messages import mandate_sheet as texts
from copilot.messages.mandate import UNKNOWN_ROLE
from copilot.reasons import Style, condition_words


@dataclass(frozen=True, slots=True)
class Power:
    """One thing that may be done, and when."""

    option: str
    """What the rule says, with its amount in words."""
    conditions: tuple[str, ...]
    """All must hold; empty = always."""
    when: str
    """The conditions as one phrase: `bij bedrag tot en met € 50,00 en ongebruikt: ja`, or `altijd`."""
    rule: int
    """The row in the entry, counted from 1."""


@dataclass(frozen=True, slots=True)
class Item:
    """One mandate as it is for this colleague."""

    entry: str
    title: str
    version: int
    powers: tuple[Power, ...]
    limits: tuple[str, ...] = ()
    """What holds for all of it: prohibitions and the period limit, a sentence each."""
    beyond: str = ""
    """Whom to ask for what falls outside it; empty where nobody above may do more."""
    source: str | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The mandates of one department."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet. `empty_note` says what to do where there is nothing on it."""

    title: str
    subjects: tuple[Subject, ...]
    on: date
    empty_note: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for subject in self.subjects for item in subject.items)


def mine(
    entries: Sequence[KnowledgeEntry],
    organisation: Organisation,
    roles: Sequence[str],
    on: date,
    *,
    search: str = "",
    language: str = "nl",
) -> Sheet:
    """What somebody with these roles may decide himself on that day.

    `search` keeps the mandates in which each of its words occurs, by stem or as a part of a word. Subjects
    stand in the order of the organisation's departments, mandates by title. Raises UsageError for an
    unknown role.
    """
    for role in roles:
        if organisation.role(role) is None:
            raise UsageError(UNKNOWN_ROLE, role=role, known=", ".join(each.id for each in organisation.roles))
    reader = _Reader(organisation, organisation.covered_by(roles), tuple(roles), language)
    counting = [
        entry
        for entry in entries
        if isinstance(entry, Mandate) and entry.status is Status.PUBLISHED and entry.valid_on(on)
        if entry.visible_to(reader.covered)
    ]
    found = [(entry, item) for entry in counting if (item := reader.item(entry)) and _fits(search, entry, item)]
    style = Style(language, organisation)
    said = {"roles": texts.AND(language).join(map(style.role, roles))}
    note = texts.NOTHING_FOUND(language, search=search) if search.strip() else texts.NONE(language, **said)
    return Sheet(
        texts.TITLE(language, **said), tuple(_subjects(found, organisation, language)), on, "" if found else note
    )


def lines(sheet: Sheet) -> Iterator[str]:
    """The sheet as plain lines, for a terminal or a plain message."""
    yield sheet.title
    if sheet.empty_note:
        yield sheet.empty_note
    for subject in sheet.subjects:
        yield from ("", subject.title.upper())
        for item in subject.items:
            yield from ("", item.title)
            yield from (f"- {power.option} ({power.when})" for power in item.powers)
            yield from (f"  {said}" for said in (*item.limits, item.beyond) if said)


def _subjects(found: Sequence[tuple[Mandate, Item]], organisation: Organisation, language: str) -> Iterator[Subject]:
    titles: Mapping[str | None, str] = {each.id: each.title for each in organisation.departments}
    by_title: dict[str, list[Item]] = {title: [] for title in titles.values()}
    for entry, item in sorted(found, key=lambda each: (each[1].title.lower(), each[1].entry)):
        by_title.setdefault(titles.get(entry.department, texts.GENERAL(language)), []).append(item)
    return (Subject(title, tuple(items)) for title, items in by_title.items() if items)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads mandates for one colleague."""

    organisation: Organisation
    covered: frozenset[str]
    roles: tuple[str, ...]
    language: str

    def item(self, entry: Mandate) -> Item | None:
        """The mandate as it is for him; None where he may do nothing of it himself."""
        own = [
            (number, rule)
            for number, rule in enumerate(entry.rules, 1)
            if not rule.never and not self.covered.isdisjoint(rule.roles)
        ]
        if not own:
            return None
        return Item(
            entry=entry.id,
            title=entry.title,
            version=entry.version,
            powers=tuple(
                self._power(entry, rule, number)
                for place, (number, rule) in enumerate(own)
                if not any(
                    _says_more(other, rule, first=at < place) for at, (_, other) in enumerate(own) if at != place
                )
            ),
            limits=tuple(self._limits(entry)),
            beyond=self._beyond(entry),
            source=entry.source,
            valid_until=entry.valid_until,
        )

    def _power(self, entry: Mandate, rule: Rule, number: int) -> Power:
        option = rule.may or ""
        if rule.amount:
            said = formula_words(rule.amount, entry, self.language, self.organisation.currency)
            option = option.replace("{amount}", said)
        conditions = self._conditions(entry, rule)
        joined = texts.AND(self.language).join(conditions)
        when = texts.CONDITION(self.language, conditions=joined) if conditions else texts.ALWAYS(self.language)
        return Power(option, conditions, when, number)

    def _conditions(self, entry: Mandate, rule: Rule) -> tuple[str, ...]:
        style = Style(self.language, self.organisation)
        facts: Sequence[Fact] = [fact for fact in entry.facts if fact.name in rule.when]
        return tuple(condition_words(fact, rule.when[fact.name], style) for fact in facts)

    def _limits(self, entry: Mandate) -> Iterator[str]:
        for rule in entry.rules:
            if rule.never:
                conditions = texts.AND(self.language).join(self._conditions(entry, rule)) or texts.ALWAYS(self.language)
                wording = texts.NEVER_BECAUSE if rule.because else texts.NEVER
                yield wording(self.language, conditions=conditions, because=rule.because)
        limit = entry.period_limit
        fact = entry.fact(limit.fact) if limit else None
        if limit and fact and (not limit.roles or set(self.roles) <= set(limit.roles)):
            most = show_number(fact, limit.max, self.language, self.organisation.currency)
            yield texts.PERIOD(self.language, max=most, days=limit.days, per=texts.PER[limit.per](self.language))

    def _beyond(self, entry: Mandate) -> str:
        """The nearest role above that may do something of it that he may not."""
        further = {role for rule in entry.rules if not rule.never for role in rule.roles} - self.covered
        for role in self.organisation.steps_above(self.roles):
            if not further.isdisjoint(self.organisation.covered_by([role])):
                approver = Style(self.language, self.organisation).role(role)
                return texts.BEYOND(self.language, approver=approver)
        return ""


def _says_more(other: Rule, rule: Rule, *, first: bool) -> bool:
    """Whether another rule gives the same in all the cases of this one; of two equal ones the first stays."""
    if (other.may, other.amount) != (rule.may, rule.amount):
        return False
    within = all(name in rule.when and _holds_in(rule.when[name], other.when[name]) for name in other.when)
    return within and (first or other.when != rule.when)


def _holds_in(inner: Condition, outer: Condition) -> bool:
    """Whether every value that meets the one condition meets the other."""
    if isinstance(inner, OneOf):
        return all(conditions.holds(outer, value) for value in inner.values)
    if isinstance(outer, OneOf):
        return inner.low is not None and inner.low == inner.high and conditions.holds(outer, inner.low)
    low_fits = outer.low is None or (
        inner.low is not None and (inner.low, not inner.with_low) >= (outer.low, not outer.with_low)
    )
    high_fits = outer.high is None or (
        inner.high is not None and (inner.high, inner.with_high) <= (outer.high, outer.with_high)
    )
    return low_fits and high_fits


def _fits(search: str, entry: Mandate, item: Item) -> bool:
    wanted = words.words_of(search)
    if not wanted:
        return True
    told = [entry.title, entry.id, entry.department or "", *entry.tags, *entry.questions, *item.limits]
    told += [part for power in item.powers for part in (power.option, power.when)]
    text = " ".join(words.words_of(" ".join(told)))
    stems = {words.stem(word) for word in re.split(r"\W+", text)}
    return all(word in text or words.stem(word) in stems for word in wanted)
