"""Mandates for the same action beside each other: where they contradict, and where one leaves a gap by expiring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from copilot.authority import Table, Verdict, table_of
from copilot.domain import Mandate, Organisation, Outcome, Why
from copilot.errors import Finding
from copilot.mandate_cases import DRAWN, Cases, Place, example_words, in_both
from copilot.mandate_pair import Pair
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


def _contradiction(first: Mandate, second: Mandate, organisation: Organisation, on: date) -> Iterator[Finding]:
    day = max(on, first.valid_from or on, second.valid_from or on)
    if not (first.valid_on(day) and second.valid_on(day)):
        return
    pair = Pair(first, second)
    if not pair.both_decide:
        return
    for role in organisation.roles:
        found = _first_difference(pair, organisation, role.id)
        if found:
            place, there, here = found
            values: dict[str, object] = {
                "other": first.id,
                "action": first.action or first.id,
                "example": example_words(pair.cases, place, role.id, day, organisation),
                "here": says(here, organisation),
                "there": says(there, organisation),
            }
            yield Finding(texts.CONTRADICTION, values, field="action", entry=second.id, code="contradiction")
            break
    if pair.cases.drawn:
        values = {"other": first.id, "cells": pair.cases.count, "drawn": DRAWN}
        yield Finding(texts.DRAWN_TOGETHER, values, severity="warning", entry=second.id, code="drawn")


def _first_difference(pair: Pair, organisation: Organisation, role: str) -> tuple[Place, Verdict, Verdict] | None:
    """A case on which the two differ for this role; where he may see only one of them nothing can clash."""
    covered = organisation.covered_by([role])
    if not (pair.first.visible_to(covered) and pair.second.visible_to(covered)):
        return None
    tables: tuple[Table, Table] = (
        table_of(pair.first, organisation, [role]),
        table_of(pair.second, organisation, [role]),
    )

    def verdicts(cell: Cell) -> tuple[Verdict, Verdict]:
        first, second = pair.split(cell)
        return tables[0].verdict(first), tables[1].verdict(second)

    def differ(cell: Cell) -> bool:
        there, here = verdicts(cell)
        return there.key != here.key

    place = pair.cases.find(pair.essence(tables), differ)
    return (place, *verdicts(pair.cases.cell(place))) if place is not None else None


def says(verdict: Verdict, organisation: Organisation) -> Text:
    """What a verdict comes to, in the middle of a sentence: `vraagt de teamleider`."""
    if verdict.outcome is Outcome.ALLOWED:
        return texts.SAYS_ALLOWED
    if verdict.outcome is Outcome.APPROVAL:
        approver = Style("nl", organisation).role(verdict.approver)
        return in_both(lambda language: texts.SAYS_APPROVAL(language, approver=approver))
    return texts.SAYS_NEVER if verdict.why is Why.NEVER else texts.SAYS_NOBODY


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
    pair = Pair(mandate, _together(heirs))
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
