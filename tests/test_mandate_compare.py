"""What if: every case that changes between two states, for whom, with a true example; and past decisions anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings

from copilot import mandate, mandate_compare
from copilot.domain import (
    Between,
    Condition,
    Fact,
    FactType,
    FactValue,
    Mandate,
    OneOf,
    Organisation,
    Outcome,
    PeriodLimit,
    Role,
    Rule,
    Status,
)
from copilot.mandate_compare import Change, Comparison, Past, State
from tests.tables import Table, tables

ON = date(2026, 3, 1)
BIKES = Organisation(
    "fiets",
    "Fietsenwinkel",
    roles=(Role("verkoper", "Verkoper"), Role("chef", "Chef", ("verkoper",)), Role("baas", "Eigenaar", ("chef",))),
)
SCRATCH = Mandate(
    id="kras",
    title="Korting bij een kras",
    action="kras",
    facts=(Fact("korting", FactType.MONEY, "Hoeveel?"), Fact("showmodel", FactType.YESNO, "Showmodel?")),
    rules=(
        Rule(("verkoper",), {"korting": Between(high=Decimal(25))}, "Geef de korting."),
        Rule(("chef",), {"korting": Between(high=Decimal(100))}, "Geef de korting."),
        Rule(when={"showmodel": OneOf((False,)), "korting": Between(low=Decimal(500))}, never=True, because="Te veel."),
    ),
)


def state(*mandates: Mandate, organisation: Organisation = BIKES) -> State:
    return State.of(organisation, mandates)


def widened(limit: int) -> Mandate:
    wider = replace(SCRATCH.rules[0], when={"korting": Between(high=Decimal(limit))})
    return replace(SCRATCH, rules=(wider, *SCRATCH.rules[1:]))


def compared(old: Mandate, new: Mandate) -> Comparison:
    return mandate_compare.compare(state(old), state(new), ON)


def told(change: Change) -> tuple[tuple[str, ...], str, str, str]:
    return change.roles, change.region("nl"), change.was("nl"), change.becomes("nl")


def test_a_row_that_decides_the_same_and_says_it_otherwise_is_told() -> None:
    softer = replace(SCRATCH.rules[1], may="Geef {amount} korting.", amount="10% * korting")
    refusal = replace(SCRATCH.rules[2], because="Dat kan echt niet.", instead="ruilen")
    found = compared(SCRATCH, replace(SCRATCH, rules=(SCRATCH.rules[0], softer, refusal)))
    assert found.changes == ()
    assert [(each.roles, each.region("nl"), each.was("nl"), each.becomes("nl")) for each in found.reworded] == [
        (
            ("chef",),
            "korting tot en met € 100,00",
            "“Geef de korting.”",
            "“Geef 10% van korting korting.”",
        ),
        ((), "korting € 500,00 of meer en showmodel: nee", "“Te veel.”", "“Dat kan echt niet.” (wel: ruilen)"),
    ]
    assert found.reworded[0].region("en") == "korting up to and including €100.00"


def test_rows_in_another_order_with_the_same_words_are_no_news() -> None:
    found = compared(SCRATCH, replace(SCRATCH, rules=SCRATCH.rules[::-1]))
    assert (found.changes, found.reworded) == ((), ())


def test_a_wider_limit_is_told_with_the_cases_for_whom_and_an_example() -> None:
    (change,) = compared(SCRATCH, widened(40)).changes
    assert told(change) == (
        ("verkoper",),
        "korting € 25,01 tot en met € 40,00",
        "vraagt de chef",
        "mag zelf beslissen",
    )
    assert change.example("nl") == "verkoper, korting: € 30,00, showmodel: ja, 1 maart 2026"
    assert change.region("en") == "korting €25.01 to €40.00"


def test_the_same_mandate_in_other_words_changes_nothing() -> None:
    twice = replace(SCRATCH, title="Anders", rules=(SCRATCH.rules[0], *SCRATCH.rules))
    assert compared(SCRATCH, twice).changes == ()


def test_roles_for_whom_the_same_changes_stand_together() -> None:
    shut = replace(SCRATCH, rules=(*SCRATCH.rules, Rule(when={"showmodel": OneOf((True,))}, never=True)))
    changes = [told(change) for change in compared(SCRATCH, shut).changes]
    assert (("chef", "baas"), "korting tot en met € 100,00 en showmodel: ja", "mag zelf beslissen",
            "niemand mag het, volgens een nooit-regel") in changes  # fmt: skip


@pytest.mark.parametrize(
    "gone",
    [
        replace(SCRATCH, valid_until=date(2026, 2, 28)),
        replace(SCRATCH, valid_from=date(2026, 3, 2)),
        replace(SCRATCH, status=Status.RETIRED),
    ],
    ids=["expired", "not yet valid", "retired"],
)
def test_what_no_longer_counts_is_lost_to_everybody_who_might(gone: Mandate) -> None:
    changes = compared(SCRATCH, gone).changes
    assert {role for change in changes for role in change.roles} == {"verkoper", "chef", "baas"}
    assert all(change.becomes("nl") == "geldt niet" for change in changes)


def test_an_audience_takes_it_away_from_those_below() -> None:
    changes = compared(SCRATCH, replace(SCRATCH, audience=("chef",))).changes
    assert {change.roles for change in changes} == {("verkoper",)}


def test_a_period_limit_changes_the_amounts_above_it() -> None:
    limited = replace(SCRATCH, period_limit=PeriodLimit("korting", Decimal(20), "customer", 30, ("verkoper",)))
    (change,) = compared(SCRATCH, limited).changes
    assert told(change)[:2] == (("verkoper",), "korting € 20,01 tot en met € 25,00")


def test_new_and_gone_mandates_are_named() -> None:
    other = replace(SCRATCH, id="ander")
    comparison = mandate_compare.compare(state(SCRATCH), state(other), ON)
    assert ([each.id for each in comparison.added], [each.id for each in comparison.removed]) == (["ander"], ["kras"])
    assert comparison.changes == ()


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(tables(), tables())
def test_every_change_that_there_is_is_told_and_none_that_there_is_not(one: Table, other: Table) -> None:
    """Two random mandates over the facts of the first: brute force over samples of every fact decides who is right."""
    known = {role.id for role in one.organisation.roles}
    rules = tuple(
        rule
        for rule in other.mandate.rules
        if set(rule.roles) <= known
        and all(
            _is_same_fact(name, one.mandate, other.mandate) and _fits(one.mandate.fact(name), rule)
            for name in rule.when
        )
        and rule.amount is None
    )
    numbers = [fact.name for fact in one.mandate.facts if fact.type is FactType.NUMBER]
    ends = [
        end for rule in one.mandate.rules for name in numbers if name in rule.when for end in _ends(rule.when[name])
    ]
    assume(rules and all(end == int(end) for end in ends))
    old = replace(one.mandate, status=Status.PUBLISHED, rules=tuple(_plain(rule) for rule in one.mandate.rules))
    new = replace(old, rules=rules)
    organisation = one.organisation
    comparison = mandate_compare.compare(State.of(organisation, [old]), State.of(organisation, [new]), ON)
    changed = {role for change in comparison.changes for role in change.roles}
    for role in known:
        differs = any(
            _key(old, organisation, role, case) != _key(new, organisation, role, case) for case in _cases(old, new)
        )
        assert differs == (role in changed), role


def _plain(rule: Rule) -> Rule:
    return replace(rule, may=rule.may and rule.may.replace(" Het is {amount}.", ""), amount=None)


def _is_same_fact(name: str, one: Mandate, other: Mandate) -> bool:
    facts = one.fact(name), other.fact(name)
    return facts[0] is not None and facts[1] is not None and facts[0].type is facts[1].type


def _fits(fact: Fact | None, rule: Rule) -> bool:
    """A choice must know the value; a number must be whole, so that both mandates count in whole numbers."""
    assert fact is not None
    condition = rule.when[fact.name]
    if isinstance(condition, OneOf) and fact.type is FactType.CHOICE:
        return set(condition.values) <= set(fact.values)
    return fact.type is not FactType.NUMBER or all(end == int(end) for end in _ends(condition))


def _ends(condition: Condition) -> list[Decimal]:
    if isinstance(condition, Between):
        return [end for end in (condition.low, condition.high) if end is not None]
    return [value for value in condition.values if isinstance(value, Decimal)]


def _key(entry: Mandate, organisation: Organisation, role: str, case: Mapping[str, FactValue]) -> object:
    decision = mandate.decide(entry, organisation, [role], ON, case)
    return decision.outcome, decision.approver


def _cases(old: Mandate, new: Mandate) -> list[dict[str, FactValue]]:
    values: dict[str, list[FactValue]] = {}
    for fact in old.facts:
        if fact.type is FactType.YESNO:
            values[fact.name] = [True, False]
        elif fact.type is FactType.CHOICE:
            values[fact.name] = list(fact.values)
        else:
            values[fact.name] = list(_numbers(fact, old, new))
    return [dict(zip(values, each, strict=True)) for each in product(*values.values())]


def _numbers(fact: Fact, *mandates: Mandate) -> set[Decimal]:
    ends = {Decimal(0)}
    for entry in mandates:
        for rule in entry.rules:
            if fact.name in rule.when:
                ends |= set(_ends(rule.when[fact.name]))
        if entry.period_limit and entry.period_limit.fact == fact.name:
            ends.add(entry.period_limit.max)
    whole = fact.type in (FactType.DAYS, FactType.NUMBER) and all(end == int(end) for end in ends)
    step = Decimal(1) if whole or fact.type is FactType.DAYS else Decimal("0.01")
    near = {end + move for end in ends for move in (-step, Decimal(0), step)}
    return {value for value in near if value >= 0 and (fact.type is not FactType.PERCENT or value <= 100)}


# ------------------------------------------------------------------------------------------- the ledger


def past(korting: str, role: str = "verkoper", entry: Mandate = SCRATCH, **more: FactValue) -> Past:
    decision = mandate.decide(entry, BIKES, [role], ON, {"korting": Decimal(korting), **more})
    return Past(f"vraag-{korting}", ON, (role,), decision)


def test_past_decisions_are_taken_again_under_the_new_rules() -> None:
    given_before = [past("20"), past("30"), past("60")]
    new = state(widened(40))
    comparison = mandate_compare.over_ledger(Comparison(()), given_before, new)
    assert comparison.past_count == 3
    (change,) = comparison.past
    assert change.past.id == "vraag-30"
    assert (change.case("nl"), change.was("nl"), change.becomes("nl")) == (
        "verkoper, korting: € 30,00",
        "vraagt de chef",
        "mag zelf beslissen",
    )


def test_the_new_rules_are_tried_on_the_days_of_then_even_when_they_begin_later() -> None:
    new = state(replace(widened(40), valid_from=date(2027, 1, 1)))
    assert len(mandate_compare.over_ledger(Comparison(()), [past("30")], new).past) == 1


def test_a_decision_that_would_need_another_fact_says_which() -> None:
    asks = replace(SCRATCH, rules=(Rule(("verkoper",), {"showmodel": OneOf((True,))}, "Geef de korting."),))
    (change,) = mandate_compare.over_ledger(Comparison(()), [past("20")], state(asks)).past
    assert change.becomes("nl") == "vraagt eerst: showmodel"


def test_what_cannot_be_replayed_is_not_counted() -> None:
    limited = replace(SCRATCH, period_limit=PeriodLimit("korting", Decimal(20), "customer", 30, ("verkoper",)))
    stopped = past("24", entry=limited)
    assert stopped.decision.outcome is Outcome.APPROVAL
    gone = replace(past("20"), decision=replace(past("20").decision, entry="weg"))
    assert mandate_compare.over_ledger(Comparison(()), [stopped, gone], state(SCRATCH)).past_count == 0


def test_a_role_that_is_gone_is_told_and_stops_nothing() -> None:
    without = Organisation("fiets", "Fietsenwinkel", roles=(Role("chef", "Chef"),))
    new = state(SCRATCH, organisation=without)
    (change,) = mandate_compare.over_ledger(Comparison(()), [past("20")], new).past
    assert "verkoper" in change.becomes("nl")
