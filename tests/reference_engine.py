"""A second engine, written from knowledge-format.md alone: it tries every value by brute force.

It shares no code with `copilot.mandate` or what that leans on; only the words of `copilot.domain`. It is slow
and plain on purpose, so that it can be read beside the contract, step by step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from copilot.domain import Between, Fact, FactType, FactValue, Mandate, OneOf, Organisation, Rule, Status

NONE_OF_THESE = "none-of-these"
Values = Mapping[str, FactValue]
Amount = Callable[[Mapping[str, Fraction]], Fraction | None]
"""What a formula comes to; None where it divides by zero. Percentages come in as they are written."""


@dataclass(frozen=True)
class Settled:
    """What one case comes to when every fact is known."""

    outcome: str
    approver: str | None
    rule: int | None
    options: tuple[tuple[str, str | None], ...] = ()
    """Text and formula of each option, in the order of the file, equal ones once."""


@dataclass(frozen=True)
class Expected:
    """What the contract asks for."""

    outcome: str | None
    approver: str | None = None
    rule: int | None = None
    certain: tuple[tuple[str, str | None], ...] = ()
    possible: frozenset[tuple[str, str | None]] = frozenset()
    asks: frozenset[str] = frozenset()
    """The facts that may be asked; more than one only where the contract leaves it open."""


def decide(
    mandate: Mandate,
    organisation: Organisation,
    roles: Sequence[str],
    on: date,
    known: Values,
    spent: Decimal = Decimal(0),
) -> Expected:
    if not _counts(mandate, organisation, roles, on) or NONE_OF_THESE in known.values():
        return Expected("denied")
    open_values = {fact.name: _values(mandate, fact, known.get(fact.name), spent) for fact in mandate.facts}
    cases = [dict(zip(open_values, each, strict=True)) for each in product(*open_values.values())]
    settled = [_settle(mandate, organisation, roles, case, spent) for case in cases]
    if len({(each.outcome, each.approver) for each in settled}) > 1:
        return Expected(None, asks=frozenset({_question(mandate, open_values, cases, settled)}))
    certain = tuple(option for option in settled[0].options if all(option in each.options for each in settled))
    ordered = tuple(dict.fromkeys(option for rule in mandate.rules for option in [_option(rule)] if option in certain))
    first = settled[0]
    if first.outcome == "allowed" and (needed := _needed(mandate, ordered, known)):
        return Expected(None, asks=needed)
    rules = {each.rule for each in settled}
    return Expected(
        first.outcome,
        first.approver,
        rules.pop() if len(rules) == 1 else None,
        ordered,
        frozenset(option for each in settled for option in each.options),
    )


def _counts(mandate: Mandate, organisation: Organisation, roles: Sequence[str], on: date) -> bool:
    """Step 1."""
    if mandate.status is not Status.PUBLISHED:
        return False
    if mandate.audience and not set(mandate.audience) & _covers(organisation, roles):
        return False
    return not ((mandate.valid_from and on < mandate.valid_from) or (mandate.valid_until and on > mandate.valid_until))


def _settle(
    mandate: Mandate, organisation: Organisation, roles: Sequence[str], case: Values, spent: Decimal
) -> Settled:
    matching = [number for number, rule in enumerate(mandate.rules, 1) if _matches(rule, case)]
    for number in matching:  # step 2
        if mandate.rules[number - 1].never:
            return Settled("denied", None, number)
    own = _granted(mandate, organisation, roles, matching, case, spent)
    if own:  # step 3
        return Settled("allowed", None, own[0], _options(mandate, own))
    for role in _askable(organisation, roles):  # step 4
        granted = _granted(mandate, organisation, [role], matching, case, spent)
        if granted:
            return Settled("approval", role, granted[0], _options(mandate, granted))
    return Settled("denied", None, None)  # step 5


def _granted(
    mandate: Mandate,
    organisation: Organisation,
    roles: Sequence[str],
    matching: Sequence[int],
    case: Values,
    spent: Decimal,
) -> list[int]:
    """The matching `may` rules for somebody in these roles; over the period limit only in unbound ones (step 8)."""
    limit = mandate.period_limit
    if limit is not None:
        value = case[limit.fact]
        assert isinstance(value, Decimal)
        if value + spent > limit.max:
            bound = set(limit.roles) or {role.id for role in organisation.roles}
            roles = [role for role in roles if role not in bound]
    covered = _covers(organisation, roles)
    return [
        number
        for number in matching
        if not mandate.rules[number - 1].never and set(mandate.rules[number - 1].roles) & covered
    ]


def _options(mandate: Mandate, numbers: Sequence[int]) -> tuple[tuple[str, str | None], ...]:
    return tuple(dict.fromkeys(_option(mandate.rules[number - 1]) for number in numbers))


def _option(rule: Rule) -> tuple[str, str | None]:
    return rule.may or "", rule.amount


# ---------------------------------------------------------------------------------------------- roles


def _covers(organisation: Organisation, roles: Sequence[str]) -> set[str]:
    covered = set(roles)
    while True:
        more = {below for role in organisation.roles if role.id in covered for below in role.above} - covered
        if not more:
            return covered
        covered |= more


def _askable(organisation: Organisation, roles: Sequence[str]) -> list[str]:
    """Step 4: the roles above the asker's own, nearest first; then those above any role that he covers."""
    found: list[str] = []
    covered = _covers(organisation, roles)
    for start, excluded in ((set(roles), set(roles)), (covered, covered)):
        steps = {role.id: _steps(organisation, start, role.id) for role in organisation.roles}
        order = [role.id for role in organisation.roles]
        above = [role for role in order if steps[role] is not None and role not in excluded]
        found += sorted(above, key=lambda role: (steps[role] or 0, order.index(role)))
    return list(dict.fromkeys(found))


def _steps(organisation: Organisation, start: set[str], role: str) -> int | None:
    """The fewest steps up from one of the roles to this one."""
    reached, count = set(start), 0
    while role not in reached:
        further = reached | {each.id for each in organisation.roles if set(each.above) & reached}
        if further == reached:
            return None
        reached, count = further, count + 1
    return count


# --------------------------------------------------------------------------------------------- values


def _matches(rule: Rule, case: Values) -> bool:
    return all(_holds(condition, case[name]) for name, condition in rule.when.items())


def _holds(condition: Between | OneOf, value: FactValue) -> bool:
    if isinstance(condition, OneOf):
        return value in condition.values
    assert isinstance(value, Decimal)
    if condition.low is not None and (value < condition.low or (value == condition.low and not condition.with_low)):
        return False
    return not (
        condition.high is not None and (value > condition.high or (value == condition.high and not condition.with_high))
    )


def _values(mandate: Mandate, fact: Fact, known: FactValue | None, spent: Decimal) -> list[FactValue]:
    """Every value that could make a difference."""
    if known is not None and not isinstance(known, Between):
        return [known]
    if fact.type is FactType.YESNO:
        return [True, False]
    if fact.type is FactType.CHOICE:
        return list(fact.values)
    thresholds = set(_thresholds(mandate, fact, spent))
    numbers = sorted(thresholds | set(_ends(known)))
    tried: set[Decimal] = set()
    for number in numbers:
        tried |= {number, number - 1, number + 1, number - Decimal("0.01"), number + Decimal("0.01")}
    tried |= {(low + high) / 2 for low, high in pairwise(numbers)}
    whole = all(number == int(number) for number in thresholds)
    fitting = [value for value in sorted(tried) if _in_domain(fact.type, value, whole)]
    return [value for value in fitting if not isinstance(known, Between) or _holds(known, value)]


def _thresholds(mandate: Mandate, fact: Fact, spent: Decimal) -> Iterator[Decimal]:
    yield Decimal(0)
    for rule in mandate.rules:
        condition = rule.when.get(fact.name)
        if isinstance(condition, OneOf):
            yield from (value for value in condition.values if isinstance(value, Decimal))
        else:
            yield from _ends(condition)
    limit = mandate.period_limit
    if limit and limit.fact == fact.name:
        yield limit.max - spent


def _ends(value: object) -> list[Decimal]:
    return [end for end in (value.low, value.high) if end is not None] if isinstance(value, Between) else []


def _in_domain(kind: FactType, value: Decimal, whole: bool) -> bool:
    if value < 0 or (kind is FactType.PERCENT and value > 100):
        return False
    if kind is FactType.MONEY:
        return value * 100 == int(value * 100)
    return kind is FactType.PERCENT or not (kind is FactType.DAYS or whole) or value == int(value)


# ------------------------------------------------------------------------------------------- questions


def _question(
    mandate: Mandate,
    open_values: Mapping[str, Sequence[FactValue]],
    cases: Sequence[Values],
    settled: Sequence[Settled],
) -> str:
    """Step 6: the fact that leaves the fewest different outcomes in the worst case."""
    best: tuple[int, str] | None = None
    for fact in mandate.facts:
        outcomes: dict[FactValue, set[object]] = {value: set() for value in open_values[fact.name]}
        apart: dict[object, set[object]] = {}
        for case, each in zip(cases, settled, strict=True):
            outcome = (each.outcome, each.approver)
            outcomes[case[fact.name]].add(outcome)
            apart.setdefault(tuple(value for name, value in case.items() if name != fact.name), set()).add(outcome)
        if all(len(each) == 1 for each in apart.values()):
            continue  # it cannot change the outcome
        worst = max(len(each) for each in outcomes.values())
        if best is None or worst < best[0]:
            best = worst, fact.name
    assert best is not None
    return best[1]


def _needed(mandate: Mandate, certain: Sequence[tuple[str, str | None]], known: Values) -> frozenset[str]:
    """Step 7: what the amount of an option that certainly applies still needs."""
    return frozenset(
        fact.name
        for fact in mandate.facts
        for _, amount in certain
        if amount is not None and fact.name in amount and not isinstance(known.get(fact.name), Decimal)
        if fact.name not in known or not any(fact.name in rule.when for rule in mandate.rules)
    )
