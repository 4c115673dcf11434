"""What a decision is, once more, written straight from knowledge-format.md and as slowly as can be.

Shares no code with `copilot.mandate`: every unknown fact is filled in with every value that could matter,
every case is decided on its own, and the answers are laid side by side. Only for small tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from copilot.domain import Between, Fact, Mandate, Organisation, Rule

NONE = "none-of-these"
Case = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the contract says; `asks` names the missing fact, and then there is no outcome."""

    outcome: str | None
    approver: str | None = None
    options: tuple[str, ...] = ()
    """Texts as the author wrote them, `{amount}` not filled in."""
    asks: str | None = None


def answer(
    mandate: Mandate,
    organisation: Organisation,
    roles: Sequence[str],
    on: date,
    facts: Case,
    already: Decimal = Decimal(0),
) -> Answer:
    """The decision; `already` is what was granted before within the period."""
    # 1. published, visible, valid
    seen = not mandate.audience or any(covers(organisation, role, each) for role in roles for each in mandate.audience)
    if mandate.status.value != "published" or not seen:
        return Answer("denied")
    if (mandate.valid_from and on < mandate.valid_from) or (mandate.valid_until and on > mandate.valid_until):
        return Answer("denied")
    # "geen van deze": the entry does not cover the case
    if any(value == NONE for value in facts.values()):
        return Answer("denied")
    # 6. every value that the unknown facts could take
    cases = list(all_cases(mandate, facts, already))
    outcomes = {decided(mandate, organisation, roles, case, already) for case in cases}
    if len(outcomes) > 1:
        return Answer(None, asks=to_ask(mandate, organisation, roles, facts, already))
    outcome, approver = outcomes.pop()
    offered = [options(mandate, organisation, roles, case, already) for case in cases]
    certain = [option for option in offered[0] if all(option in each for each in offered)]
    # 7. a fact that only an amount needs
    if outcome == "allowed":
        for _, amount in in_file_order(certain, offered):
            for fact in mandate.facts:
                if amount and fact.name in words(amount) and not isinstance(facts.get(fact.name), Decimal):
                    return Answer(None, asks=fact.name)
    texts = dict.fromkeys(text for text, _ in in_file_order(certain, offered))
    return Answer(outcome, approver, tuple(texts))


# ------------------------------------------------------------------------------------- one whole case


def decided(
    mandate: Mandate, organisation: Organisation, roles: Sequence[str], case: Case, already: Decimal
) -> tuple[str, str | None]:
    """Steps 2 to 5 and 8, everything known."""
    if any(rule.never and matches(rule, case) for rule in mandate.rules):
        return "denied", None
    if may(mandate, organisation, roles, case, already):
        return "allowed", None
    for start in (
        list(roles),
        [r.id for r in organisation.roles if any(covers(organisation, me, r.id) for me in roles)],
    ):
        steps = {
            role.id: distance
            for role in organisation.roles
            if (distance := steps_up(organisation, start, role.id))
            and may(mandate, organisation, [role.id], case, already)
        }
        if steps:
            fewest = min(steps.values())
            return "approval", next(role.id for role in organisation.roles if steps.get(role.id) == fewest)
    return "denied", None


def options(
    mandate: Mandate, organisation: Organisation, roles: Sequence[str], case: Case, already: Decimal
) -> list[tuple[str, str | None]]:
    outcome, approver = decided(mandate, organisation, roles, case, already)
    if outcome == "denied":
        return []
    who = [approver] if approver else roles
    return [(rule.may or "", rule.amount) for rule in may(mandate, organisation, who, case, already)]


def may(mandate: Mandate, organisation: Organisation, roles: Sequence[str], case: Case, already: Decimal) -> list[Rule]:
    """Step 3 with step 8: the rules that one of these roles may act on."""
    acting = [role for role in roles if not over_limit(mandate, role, case, already)]
    return [
        rule
        for rule in mandate.rules
        if not rule.never
        and matches(rule, case)
        and any(covers(organisation, role, named) for role in acting for named in rule.roles)
    ]


def over_limit(mandate: Mandate, role: str, case: Case, already: Decimal) -> bool:
    limit = mandate.period_limit
    if limit is None or (limit.roles and role not in limit.roles):
        return False
    return bool(case[limit.fact] + already > limit.max)


def matches(rule: Rule, case: Case) -> bool:
    return all(meets(case[name], condition) for name, condition in rule.when.items())


def meets(value: Any, condition: Any) -> bool:
    if isinstance(condition, Between):
        if condition.low is not None and (value < condition.low or (value == condition.low and not condition.with_low)):
            return False
        too_high = condition.high is not None and (
            value > condition.high or (value == condition.high and not condition.with_high)
        )
        return not too_high
    return any(value is each if isinstance(each, bool) else value == each for each in condition.values)


# ---------------------------------------------------------------------------------------------- roles


def covers(organisation: Organisation, role: str, below: str) -> bool:
    """A role covers itself and every role below it."""
    if role == below:
        return True
    found = [each for each in organisation.roles if each.id == role]
    return any(covers(organisation, each, below) for each in (found[0].above if found else ()))


def steps_up(organisation: Organisation, starts: Sequence[str], role: str) -> int | None:
    """The fewest steps from one of these roles up to this one; None where it is not above them, or one of them."""
    if role in starts:
        return None
    here, steps = set(starts), 0
    while here:
        steps += 1
        here = {each.id for each in organisation.roles if here & set(each.above)}
        if role in here:
            return steps
    return None


# ---------------------------------------------------------------------------------- the missing fact


def to_ask(mandate: Mandate, organisation: Organisation, roles: Sequence[str], facts: Case, already: Decimal) -> str:
    """Step 6: the fact that leaves the fewest different outcomes in the worst case, the first one on a tie."""
    best: tuple[int, str] | None = None
    for fact in mandate.facts:
        mine = list(values(mandate, fact, facts, already))
        if len(mine) < 2:
            continue
        rest = list(all_cases(mandate, {**facts, fact.name: mine[0]}, already))
        table = [
            [decided(mandate, organisation, roles, {**other, fact.name: value}, already) for value in mine]
            for other in rest
        ]
        if all(len(set(row)) == 1 for row in table):
            continue
        worst = max(len({row[place] for row in table}) for place in range(len(mine)))
        if best is None or worst < best[0]:
            best = worst, fact.name
    assert best is not None
    return best[1]


def all_cases(mandate: Mandate, facts: Case, already: Decimal) -> Iterator[Case]:
    names = [fact.name for fact in mandate.facts]
    for filled in product(*(list(values(mandate, fact, facts, already)) for fact in mandate.facts)):
        yield dict(zip(names, filled, strict=True))


def values(mandate: Mandate, fact: Fact, facts: Case, already: Decimal) -> Iterator[Any]:
    """The known value, or every value that a rule or the limit could tell apart from another."""
    known = facts.get(fact.name)
    kind = fact.type.value
    if known is not None and not isinstance(known, Between):
        yield known
    elif kind == "yesno":
        yield from (True, False)
    elif kind == "choice":
        yield from fact.values
    else:
        yield from (value for value in numbers(mandate, fact, known, already) if known is None or meets(value, known))


def numbers(mandate: Mandate, fact: Fact, known: Any, already: Decimal) -> list[Decimal]:
    marks = {Decimal(0)}
    for condition in [*(rule.when.get(fact.name) for rule in mandate.rules), known]:
        if isinstance(condition, Between):
            marks |= {end for end in (condition.low, condition.high) if end is not None}
        elif condition is not None:
            marks |= set(condition.values)
    limit = mandate.period_limit
    if limit and limit.fact == fact.name:
        marks |= {limit.max - already}
    kind = fact.type.value
    whole = kind == "days" or (kind == "number" and all(mark == int(mark) for mark in marks))
    step = Decimal(1) if whole else Decimal("0.01") if kind == "money" else Decimal("0.0001")
    highest = Decimal(100) if kind == "percent" else max(marks) + 10
    tried = {mark + shift * step for mark in marks for shift in (-1, 0, 1)} | {highest}
    return sorted(value for value in tried if 0 <= value <= highest and value % step == 0)


# ---------------------------------------------------------------------------------------------- words


def in_file_order(
    certain: Sequence[tuple[str, str | None]], offered: Sequence[Sequence[tuple[str, str | None]]]
) -> list[tuple[str, str | None]]:
    """The certain options as the first case offers them, which is the order of the file in that case."""
    return list(dict.fromkeys(option for option in offered[0] if option in certain))


def words(formula: str) -> set[str]:
    return set(formula.replace("(", " ").replace(")", " ").replace(",", " ").replace("*", " ").split())
