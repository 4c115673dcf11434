"""May I, up to how much, who else may: the decision on one mandate, as knowledge-format.md defines it.

Pure and exact: the same entry, roles, day and facts always give the same decision. No model takes part.
Rules are looked at as bits: bit n of a number stands for rule n of the file, counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial, reduce
from operator import and_, or_

from copilot import reasons
from copilot.authority import Case, Table, Verdict, table_of
from copilot.domain import (
    NONE_OF_THESE,
    AnswerChoice,
    Asking,
    Between,
    Decision,
    Depending,
    FactType,
    FactValue,
    Granted,
    Mandate,
    Organisation,
    Outcome,
    Rule,
    Status,
    Why,
)
from copilot.errors import UsageError
from copilot.factvalues import fits, show_value, write_value
from copilot.messages import mandate as texts
from copilot.options import amount_of, needed_for_amount, option_text
from copilot.partition import Cell, Column, Grid, cells_of, combined, narrowed


def decide(
    mandate: Mandate,
    organisation: Organisation,
    roles: Sequence[str],
    on: date,
    facts: Mapping[str, FactValue],
    *,
    granted: Iterable[Granted] = (),
    language: str = "nl",
) -> Decision:
    """The decision for these roles on that day, with the facts known so far.

    `granted` is what was really given before within the period of the limit (same customer or case).
    Raises UsageError for a role, fact or value that the organisation or the entry does not know.
    """
    _check_roles(organisation, roles)
    if mandate.status is not Status.PUBLISHED or not mandate.visible_to(organisation.covered_by(roles)):
        return _unknown(mandate, language)
    _check_facts(mandate, facts)
    known = {fact.name: facts[fact.name] for fact in mandate.facts if fact.name in facts}
    blank = Decision(
        entry=mandate.id,
        version=mandate.version,
        action=mandate.action or mandate.id,
        outcome=None,
        facts=known,
        types={fact.name: fact.type for fact in mandate.facts if fact.name in known},
    )
    if not mandate.valid_on(on):
        because = reasons.not_valid(mandate, on, language)
        return replace(blank, outcome=Outcome.DENIED, why=Why.NOT_VALID, because=because)
    if NONE_OF_THESE in known.values():
        because = reasons.not_covered(mandate, language)
        return replace(blank, outcome=Outcome.DENIED, why=Why.NOT_COVERED, because=because)
    table = table_of(mandate, organisation, roles)
    spent = sum((each.amount for each in granted), Decimal(0))
    case = Case(table, organisation, known, spent, language)
    grid = cells_of(mandate, known, case.room_left)
    verdicts = {table.verdict(cell) for half in grid.halves() for cell in _open_cases(table, half)}
    if len({verdict.key for verdict in verdicts}) > 1:
        return _needs_fact(blank, case, grid)
    return _decided(blank, case, _common(verdicts), tuple(grid.halves()))


# -------------------------------------------------------------------------------------- before the table


def _unknown(mandate: Mandate, language: str) -> Decision:
    """As if the entry did not exist: not even its facts are told."""
    return Decision(
        entry=mandate.id,
        version=mandate.version,
        action=mandate.id,
        outcome=Outcome.DENIED,
        why=Why.UNKNOWN_ENTRY,
        because=texts.UNKNOWN_ENTRY(language, entry=mandate.id),
    )


def _check_roles(organisation: Organisation, roles: Sequence[str]) -> None:
    for role in roles:
        if organisation.role(role) is None:
            known = ", ".join(each.id for each in organisation.roles)
            raise UsageError(texts.UNKNOWN_ROLE, role=role, known=known)


def _check_facts(mandate: Mandate, facts: Mapping[str, FactValue]) -> None:
    for name, value in facts.items():
        fact = mandate.fact(name)
        if fact is None:
            known = ", ".join(each.name for each in mandate.facts) or "-"
            raise UsageError(texts.UNKNOWN_FACT, fact=name, entry=mandate.id, known=known)
        if not fits(fact, value):
            raise UsageError(texts.WRONG_VALUE, value=value, fact=name, expected=texts.EXPECTED[fact.type])


# ----------------------------------------------------------------------------------------- the outcome


def _open_cases(table: Table, grid: Grid, *, but: Column | None = None) -> frozenset[Cell]:
    """What the open cases come to, told apart only where the verdict may still differ.

    `but` is a fact that stays open: what it has a say on is kept apart.
    """
    cells = frozenset({grid.base})
    surely = but.all if but else -1
    for column, settled in Grid(grid.base, tuple(each for each in grid.columns if each is not but)).settled():
        parts = {(part.rules, part.over_limit): part for part in column.parts}.values()
        crossed = {combined(cell, part) for cell in cells for part in parts}
        cells = frozenset(table.essence(cell, settled & surely, limit_open=but is not None) for cell in crossed)
    return cells


def _decided(blank: Decision, case: Case, verdict: Verdict, halves: Sequence[Grid]) -> Decision:
    """The one outcome that every open case comes to, with its options, its reason and its deciding row."""
    table = case.table
    granting = [table.granting(verdict, half.base.over_limit) for half in halves]
    always = reduce(and_, (half.always() & grants for half, grants in zip(halves, granting, strict=True)))
    sometimes = reduce(or_, (half.sometimes() & grants for half, grants in zip(halves, granting, strict=True)))
    rule = _first(always)
    decision = replace(
        blank,
        outcome=verdict.outcome,
        approver=verdict.approver,
        why=verdict.why,
        rule=None if rule is None else rule + 1,
    )
    if verdict.why is Why.NEVER:
        forbidding = table.mandate.rules[rule] if rule is not None else Rule()
        because = forbidding.because or texts.NEVER(case.language)
        return replace(decision, because=because, instead=forbidding.instead)
    decision = replace(decision, because=_because(case, verdict, always))
    certain = _certain(case, halves, granting, sometimes)
    needed = needed_for_amount(case, certain) if verdict.outcome is Outcome.ALLOWED else None
    if needed:
        asking = Asking(needed.name, needed.ask)
        because = texts.DEPENDS(case.language, question=needed.ask)
        return replace(blank, missing=(needed.name,), asking=asking, why=Why.NEEDS_FACT, because=because)
    return _with_options(decision, case, certain, sometimes, rule)


def _common(verdicts: set[Verdict]) -> Verdict:
    """One verdict for cases that come to the same; a ground that does not hold in all of them is not claimed."""
    if len(verdicts) == 1:
        return next(iter(verdicts))
    outcome, approver = next(iter(verdicts)).key
    why = Why.NOT_COVERED if outcome is Outcome.DENIED else Why.ABOVE_LIMIT
    return Verdict(outcome, approver, why)


def _certain(case: Case, halves: Sequence[Grid], granting: Sequence[int], sometimes: int) -> tuple[Rule, ...]:
    """Rules whose option holds in every open case, in the order of the file; equal texts once."""
    rules = case.table.mandate.rules
    offering: dict[tuple[str | None, str | None], int] = {}
    for place in _places(sometimes):
        option = rules[place].may, rules[place].amount
        offering[option] = offering.get(option, 0) | 1 << place
    return tuple(
        rules[_places(same)[0]]
        for same in offering.values()
        if all(half.is_covered_by(same & grants) for half, grants in zip(halves, granting, strict=True))
    )


def _with_options(
    decision: Decision, case: Case, certain: Sequence[Rule], sometimes: int, deciding: int | None
) -> Decision:
    rules = case.table.mandate.rules
    options = tuple(dict.fromkeys(option_text(rule, case) for rule in certain))
    depending = {
        option_text(rules[place], case): reasons.open_conditions(
            rules[place], case.table.mandate, case.known, _style(case)
        )
        for place in reversed(_places(sometimes))
    }
    amount = amount_of(rules[deciding], case) if deciding is not None else None
    return replace(
        decision,
        options=options,
        depending=tuple(
            Depending(option, condition) for option, condition in reversed(depending.items()) if option not in options
        ),
        amount=amount,
    )


def _because(case: Case, verdict: Verdict, always: int) -> str:
    table = case.table
    mandate, style = table.mandate, _style(case)
    if verdict.outcome is Outcome.ALLOWED:
        rule = mandate.rules[place] if (place := _first(always)) is not None else None
        return reasons.allowed(rule, mandate, case.known, partial(_is_sure, case), style)
    if verdict.why is Why.PERIOD_LIMIT:
        return reasons.over_period(mandate, case.known, case.spent, verdict.approver, style)
    if verdict.outcome is Outcome.APPROVAL:
        own = [mandate.rules[place] for place in _places(table.mine)]
        return reasons.approval(own, mandate, case.known, verdict.approver, partial(_is_sure, case), style)
    return reasons.not_covered(mandate, case.language)


def _is_sure(case: Case, rule: Rule) -> bool:
    """Whether the asker may in every case in which this rule matches, whatever its own facts are."""
    mandate, table = case.table.mandate, case.table
    if not table.never and mandate.period_limit is None:
        return True
    known = {name: value for name, value in case.known.items() if name not in rule.when}
    # what is not known and not in the rule is left open: then the sentence must be true for all of it
    grid = cells_of(mandate, known, case.room_left).where(1 << mandate.rules.index(rule))
    cells = (cell for half in grid.halves() for cell in _open_cases(table, half))
    return all(table.verdict(cell).outcome is Outcome.ALLOWED for cell in cells)


def _style(case: Case) -> reasons.Style:
    return reasons.Style(case.language, case.organisation)


def _places(bits: int) -> list[int]:
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


def _first(bits: int) -> int | None:
    return (bits & -bits).bit_length() - 1 if bits else None


# -------------------------------------------------------------------------------------- the missing fact


def _needs_fact(blank: Decision, case: Case, grid: Grid) -> Decision:
    """The contract's step 6: ask what leaves the fewest different outcomes in the worst case."""
    ranked = []
    for place, column in enumerate(grid.columns):
        cells = _open_cases(case.table, grid, but=column)
        by_case = [[case.table.verdict(combined(cell, part)) for part in column.parts] for cell in cells]
        if any(len({verdict.key for verdict in verdicts}) > 1 for verdicts in by_case):
            by_part = list(zip(*by_case, strict=True))
            worst = max(len({verdict.key for verdict in verdicts}) for verdicts in by_part)
            ranked.append((worst, place, column, by_part))
    ranked.sort(key=lambda each: each[:2])
    _, _, most_deciding, by_part = ranked[0]
    asking = _asking(most_deciding, by_part, case)
    return replace(
        blank,
        missing=tuple(column.fact.name for _, _, column, _ in ranked),
        asking=asking,
        why=Why.NEEDS_FACT,
        because=texts.DEPENDS(case.language, question=asking.question),
    )


def _asking(column: Column, by_part: Sequence[tuple[Verdict, ...]], case: Case) -> Asking:
    fact, language = column.fact, case.language
    table = case.table
    mattering = reduce(or_, table.above.values(), table.never | table.mine)
    choices = [_choice(answer, column, case) for answer in _told_apart(column, by_part, mattering)]
    if fact.type is FactType.CHOICE:
        choices.append(AnswerChoice(texts.NONE_OF_THESE(language), NONE_OF_THESE))
    return Asking(fact.name, fact.ask, tuple(choices))


def _choice(answer: FactValue, column: Column, case: Case) -> AnswerChoice:
    if isinstance(answer, bool):
        return AnswerChoice((texts.BUTTON_YES if answer else texts.BUTTON_NO)(case.language), write_value(answer))
    exact = narrowed(answer, column.step) if isinstance(answer, Between) else answer
    # "Meer dan € 250,00" is how people say "€ 250,01 of meer".
    said = answer if isinstance(answer, Between) and answer.high is None else exact
    return AnswerChoice(show_value(column.fact, said, case.language, case.organisation.currency), write_value(exact))


def _told_apart(column: Column, by_part: Sequence[tuple[Verdict, ...]], mattering: int) -> list[FactValue]:
    """The answers to offer: neighbouring ranges that come to the same in every open case are one answer."""
    answers: list[FactValue] = []
    before = None
    for part, verdicts in zip(column.parts, by_part, strict=True):
        now = (part.rules & mattering, verdicts)
        last = answers[-1] if answers else None
        if now == before and isinstance(last, Between) and isinstance(part.value, Between):
            answers[-1] = Between(last.low, part.value.high, last.with_low, part.value.with_high)
        else:
            answers.append(part.value)
        before = now
    return answers
