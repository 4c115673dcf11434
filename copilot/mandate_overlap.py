"""Mandates for the same action beside each other: where they contradict, and where one leaves a gap by expiring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import Final

from copilot.domain import Between, Fact, FactType, Mandate, Organisation, Outcome, Rule, Why
from copilot.errors import Finding
from copilot.authority import Table, Verdict, table_of
from copilot.mandate_cases import DRAWN, Cases, Essence, Place, example_words, in_both
from copilot.messages import Text
from copilot.messages import mandate_findings as texts
from copilot.notation import day as day_words
from copilot.partition import Cell
from copilot.reasons import Style

SOON: Final = 30
"""Days ahead within which an expiry that leaves a gap is told (knowledge-format, "What is checked on every save")."""


def check(mandates: Sequence[Mandate], organisation: Organisation, on: date) -> Iterator[Finding]:
    """Contradictions (errors) and gaps that open soon (warnings), over mandates that count on the day or later."""
    by_action: dict[str, list[Mandate]] = defaultdict(list)
    for mandate in mandates:
        by_action[mandate.action or mandate.id].append(mandate)
    for siblings in by_action.values():
        for first, second in combinations(siblings, 2):
            yield from _contradiction(first, second, organisation, on)
        for mandate in siblings:
            yield from _expiry(mandate, siblings, organisation, on)


# ---------------------------------------------------------------------------------------- side by side


@dataclass(frozen=True)
class _Pair:
    """Two mandates as one table: the rules of the first, then those of the second, then their period limits."""

    first: Mandate
    second: Mandate
    organisation: Organisation

    @cached_property
    def cases(self) -> Cases:
        rules = (*self.first.rules, *self.second.rules, _limit_rule(self.first), _limit_rule(self.second))
        facts = _common_facts(self.first, self.second)
        return Cases(replace(self.first, facts=facts, rules=rules, period_limit=None))

    @property
    def _counts(self) -> tuple[int, int]:
        return len(self.first.rules), len(self.second.rules)

    @property
    def both_decide(self) -> bool:
        """Whether there is a case on which each has a rule; mandates that share no case divide the work."""
        ours, theirs = self._counts
        rules = range(ours), range(ours, ours + theirs)
        return any(self.cases.matching(1 << one | 1 << other) is not None for one in rules[0] for other in rules[1])

    def split(self, cell: Cell) -> tuple[Cell, Cell]:
        """The case as each of the two sees it."""
        ours, theirs = self._counts
        over = cell.rules >> ours + theirs
        rules = cell.rules & (1 << ours) - 1, cell.rules >> ours & (1 << theirs) - 1
        return Cell(rules[0], bool(over & 1)), Cell(rules[1], bool(over & 2))

    def essence(self, tables: tuple[Table, Table]) -> Essence:
        """What both tables together still need to know of a case."""
        ours, theirs = self._counts
        limits = ours + theirs

        def kept(cell: Cell, settled: int, limit_open: bool) -> Cell:
            first, second = self.split(cell)
            open_limits = ~settled >> limits
            one = tables[0].essence(first, settled & (1 << ours) - 1, limit_open=bool(open_limits & 1))
            other = tables[1].essence(second, settled >> ours & (1 << theirs) - 1, limit_open=bool(open_limits & 2))
            return Cell(one.rules | other.rules << ours | cell.rules >> limits << limits, False)

        return kept


def _contradiction(first: Mandate, second: Mandate, organisation: Organisation, on: date) -> Iterator[Finding]:
    day = max(on, first.valid_from or on, second.valid_from or on)
    if not (first.valid_on(day) and second.valid_on(day)):
        return
    pair = _Pair(first, second, organisation)
    if not pair.both_decide:
        return
    for role in organisation.roles:
        found = _first_difference(pair, role.id)
        if found:
            place, there, here = found
            values: dict[str, object] = {
                "other": first.id,
                "action": first.action or first.id,
                "example": example_words(pair.cases, place, role.id, day, organisation),
                "here": _says(here, organisation),
                "there": _says(there, organisation),
            }
            yield Finding(texts.CONTRADICTION, values, field="action", entry=second.id, code="contradiction")
            break
    if pair.cases.drawn:
        values = {"other": first.id, "cells": pair.cases.count, "drawn": DRAWN}
        yield Finding(texts.DRAWN_TOGETHER, values, severity="warning", entry=second.id, code="drawn")


def _first_difference(pair: _Pair, role: str) -> tuple[Place, Verdict, Verdict] | None:
    """A case on which the two differ for this role; where he may see only one of them nothing can clash."""
    covered = pair.organisation.covered_by([role])
    if not (pair.first.visible_to(covered) and pair.second.visible_to(covered)):
        return None
    tables: tuple[Table, Table] = (
        table_of(pair.first, pair.organisation, [role]),
        table_of(pair.second, pair.organisation, [role]),
    )

    def verdicts(cell: Cell) -> tuple[Verdict, Verdict]:
        first, second = pair.split(cell)
        return tables[0].verdict(first), tables[1].verdict(second)

    def differ(cell: Cell) -> bool:
        there, here = verdicts(cell)
        return there.key != here.key

    place = pair.cases.find(pair.essence(tables), differ)
    return (place, *verdicts(pair.cases.cell(place))) if place is not None else None


def _says(verdict: Verdict, organisation: Organisation) -> Text:
    if verdict.outcome is Outcome.ALLOWED:
        return texts.SAYS_ALLOWED
    if verdict.outcome is Outcome.APPROVAL:
        approver = Style("nl", organisation).role(verdict.approver)
        return in_both(lambda language: texts.SAYS_APPROVAL(language, approver=approver))
    return texts.SAYS_NEVER if verdict.why is Why.NEVER else texts.SAYS_NOBODY


def _limit_rule(mandate: Mandate) -> Rule:
    """A rule that matches where the period limit is passed at once; one that never does where there is none."""
    limit = mandate.period_limit
    if limit is None:
        return _NOWHERE
    return Rule(when={limit.fact: Between(low=limit.max, with_low=False)})


_NO_FACT: Final = Fact("\0", FactType.MONEY, "")
_NOWHERE: Final = Rule(when={_NO_FACT.name: Between(high=Decimal(0), with_high=False)})


def _common_facts(first: Mandate, second: Mandate) -> tuple[Fact, ...]:
    """The facts of both, by name; of a choice only the values that both know, for others one of them cannot decide."""
    facts: dict[str, Fact] = {fact.name: fact for fact in first.facts}
    for fact in second.facts:
        known = facts.get(fact.name)
        if known and known.type is FactType.CHOICE and fact.type is FactType.CHOICE:
            shared = {value: words for value, words in known.values.items() if value in fact.values}
            facts[fact.name] = replace(known, values=shared)
        elif known is None:
            facts[fact.name] = fact
    return (*facts.values(), _NO_FACT)


# ---------------------------------------------------------------------------------------------- expiry


def _expiry(mandate: Mandate, siblings: Sequence[Mandate], organisation: Organisation, on: date) -> Iterator[Finding]:
    last = mandate.valid_until
    if last is None or not on <= last <= on + timedelta(days=SOON) or last == date.max:
        return
    after = last + timedelta(days=1)
    successors = [each for each in siblings if each is not mandate and each.valid_on(after)]
    found = _case_left_alone(mandate, successors, organisation)
    if found is None:
        return
    cases, place, role = found
    values: dict[str, object] = {
        "last": in_both(lambda language: day_words(last, language)),
        "action": mandate.action or mandate.id,
        "successors": ", ".join(each.id for each in successors),
        "example": example_words(cases, place, role, after, organisation),
    }
    message = texts.EXPIRES_PARTLY if successors else texts.EXPIRES
    yield Finding(message, values, severity="warning", field="valid_until", entry=mandate.id, code="expires")


def _case_left_alone(
    mandate: Mandate, successors: Sequence[Mandate], organisation: Organisation
) -> tuple[Cases, Place, str] | None:
    """A case on which somebody may decide now, and after the last day nobody; with who may now."""
    for role in organisation.roles:
        covered = organisation.covered_by([role.id])
        if not mandate.visible_to(covered):
            continue
        heirs = [each for each in successors if each.visible_to(covered)]
        table = table_of(mandate, organisation, [role.id])
        if not heirs:
            cases, place = _case_decided(mandate, table)
        else:
            cases, place = _case_lost(mandate, heirs, organisation, role.id)
        if place is not None:
            return cases, place, role.id
    return None


def _case_lost(
    mandate: Mandate, heirs: Sequence[Mandate], organisation: Organisation, role: str
) -> tuple[Cases, Place | None]:
    """A case that the mandate covers and its heirs together do not."""
    pair = _Pair(mandate, _together(heirs), organisation)
    now, then = (table_of(each, organisation, [role]) for each in (pair.first, pair.second))

    def left_alone(cell: Cell) -> bool:
        before, after = pair.split(cell)
        return not _denied(now.verdict(before)) and _nobody(then.verdict(after))

    return pair.cases, pair.cases.find(pair.essence((now, then)), left_alone)


def _case_decided(mandate: Mandate, table: Table) -> tuple[Cases, Place | None]:
    """A case on which the asker may decide, or somebody above him."""
    cases = Cases(mandate)

    def essence(cell: Cell, settled: int, limit_open: bool) -> Cell:
        return table.essence(cell, settled, limit_open=limit_open)

    return cases, cases.find(essence, lambda cell: not _denied(table.verdict(cell)))


def _together(heirs: Sequence[Mandate]) -> Mandate:
    """All heirs as one mandate; whether a period limit would stop one of them is not looked at."""
    if len(heirs) == 1:
        return heirs[0]
    facts = {fact.name: fact for heir in heirs for fact in heir.facts}
    rules = tuple(rule for heir in heirs for rule in heir.rules)
    return replace(heirs[0], facts=tuple(facts.values()), rules=rules, period_limit=None)


def _denied(verdict: Verdict) -> bool:
    return verdict.outcome is Outcome.DENIED


def _nobody(verdict: Verdict) -> bool:
    return _denied(verdict) and verdict.why is not Why.NEVER
