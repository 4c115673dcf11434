"""Random mandates, role graphs and cases: small, so that a wrong one shrinks to something readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from copilot.domain import (
    NONE_OF_THESE,
    Between,
    Condition,
    Fact,
    FactType,
    FactValue,
    Mandate,
    OneOf,
    Organisation,
    PeriodLimit,
    Role,
    Rule,
    Status,
)

ON = date(2026, 3, 1)
GRIDS = {
    FactType.MONEY: ["0", "10", "50", "50.01", "50.02", "250"],
    FactType.NUMBER: ["0", "1", "2", "3", "10"],
    FactType.PERCENT: ["0", "5", "12.5", "50", "100"],
    FactType.DAYS: ["0", "1", "14", "15", "30"],
}
DECIMALS = ["0.5", "1", "2.25", "3"]
VALUES = ("kleding", "elektronica", "overig")
FORMULAS = ("{0}", "min(10% * {0}, 25)", "{0} / 3", "max(5, {0} - 7)")
TEXTS = ("Geef een bon.", "Geef het geld terug.", "Ruil het.")


@dataclass(frozen=True)
class Table:
    """A mandate in an organisation, with who asks what on which day."""

    mandate: Mandate
    organisation: Organisation
    roles: tuple[str, ...]
    on: date
    known: dict[str, FactValue]
    spent: Decimal


@st.composite
def tables(draw: st.DrawFn) -> Table:
    organisation = Organisation("o", "O", roles=draw(_role_graphs()))
    names = [role.id for role in organisation.roles]
    facts = tuple(draw(_facts(f"feit{number}")) for number in range(draw(st.integers(0, 4))))
    grids = {fact.name: _grid(draw, fact) for fact in facts}
    rules = tuple(draw(_rules(facts, grids, names)) for _ in range(draw(st.integers(1, 6))))
    mandate = Mandate(
        id="m",
        title="M",
        action="m",
        facts=facts,
        rules=rules,
        period_limit=draw(_limits(facts, grids, names)),
        **draw(_life(names)),
    )
    known = {fact.name: value for fact in facts if (value := draw(_known(fact, grids[fact.name]))) is not None}
    roles = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    spent = draw(st.sampled_from(["0", "0", "10", "60", "300"]))
    return Table(mandate, organisation, tuple(roles), ON, known, Decimal(spent))


@st.composite
def _role_graphs(draw: st.DrawFn) -> tuple[Role, ...]:
    """Chains, forks, several tops; the order of the file is not that of rank."""
    names = [f"rol{number}" for number in range(draw(st.integers(1, 5)))]
    roles = [
        Role(name, name.capitalize(), tuple(draw(st.lists(st.sampled_from(names[:place]), max_size=2, unique=True))))
        if place
        else Role(name, name.capitalize())
        for place, name in enumerate(names)
    ]
    return tuple(reversed(roles)) if draw(st.booleans()) else tuple(roles)


@st.composite
def _facts(draw: st.DrawFn, name: str) -> Fact:
    kind = draw(st.sampled_from(FactType))
    values = dict.fromkeys(VALUES[: draw(st.integers(1, 3))], ()) if kind is FactType.CHOICE else {}
    return Fact(name, kind, f"{name}?", values=values)


def _grid(draw: st.DrawFn, fact: Fact) -> list[Decimal]:
    if fact.type in (FactType.YESNO, FactType.CHOICE):
        return []
    decimals = fact.type is FactType.NUMBER and draw(st.booleans())
    return [Decimal(each) for each in (DECIMALS if decimals else GRIDS[fact.type])]


@st.composite
def _conditions(draw: st.DrawFn, fact: Fact, grid: list[Decimal]) -> Condition:
    if fact.type is FactType.YESNO:
        return OneOf(tuple(draw(st.lists(st.booleans(), min_size=1, max_size=2, unique=True))))
    if fact.type is FactType.CHOICE:
        return OneOf(tuple(draw(st.lists(st.sampled_from(list(fact.values)), min_size=1, max_size=2, unique=True))))
    one, other = draw(st.sampled_from(grid)), draw(st.sampled_from(grid))
    low, high = min(one, other), max(one, other)
    return draw(
        st.sampled_from(
            [
                Between(high=one),
                Between(high=one, with_high=False),
                Between(low=one),
                Between(low=one, with_low=False),
                Between(one, one),
                Between(low, high),
                OneOf(tuple(dict.fromkeys((one, other)))),
            ]
        )
    )


@st.composite
def _rules(draw: st.DrawFn, facts: tuple[Fact, ...], grids: dict[str, list[Decimal]], names: list[str]) -> Rule:
    by_name = {fact.name: fact for fact in facts}
    names_of = st.lists(st.sampled_from(sorted(by_name)), unique=True, max_size=3)
    about = [by_name[name] for name in draw(names_of)] if facts else []
    when = {fact.name: draw(_conditions(fact, grids[fact.name])) for fact in about}
    if draw(st.integers(0, 4)) == 0:
        return Rule(when=when, never=True, because="Zo is het.")
    roles = tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)))
    text = draw(st.sampled_from(TEXTS))
    numeric = [fact.name for fact in facts if fact.type not in (FactType.YESNO, FactType.CHOICE)]
    if numeric and draw(st.integers(0, 3)) == 0:
        amount = draw(st.sampled_from(FORMULAS)).format(draw(st.sampled_from(numeric)))
        return Rule(roles=roles, when=when, may=text + " Het is {amount}.", amount=amount)
    return Rule(roles=roles, when=when, may=text)


@st.composite
def _limits(
    draw: st.DrawFn, facts: tuple[Fact, ...], grids: dict[str, list[Decimal]], names: list[str]
) -> PeriodLimit | None:
    fitting = [fact for fact in facts if fact.type in (FactType.MONEY, FactType.NUMBER)]
    if not fitting or draw(st.booleans()):
        return None
    fact = fitting[draw(st.integers(0, len(fitting) - 1))]
    roles = tuple(draw(st.lists(st.sampled_from(names), max_size=2, unique=True)))
    return PeriodLimit(fact.name, draw(st.sampled_from(grids[fact.name])), "customer", 30, roles)


@st.composite
def _life(draw: st.DrawFn, names: list[str]) -> dict[str, object]:
    """Mostly living entries; now and then a draft, a hidden or an expired one, or one that begins or ends today."""
    kind = draw(st.integers(0, 19))
    day = timedelta(days=1)
    return {
        1: {"status": Status.DRAFT},
        2: {"audience": (draw(st.sampled_from(names)),)},
        3: {"valid_from": ON},
        4: {"valid_from": ON + day},
        5: {"valid_until": ON},
        6: {"valid_until": ON - day},
    }.get(kind, {})


@st.composite
def _known(draw: st.DrawFn, fact: Fact, grid: list[Decimal]) -> FactValue | None:
    kind = draw(st.integers(0, 5))
    if kind < 3:
        return None
    if fact.type is FactType.YESNO:
        return draw(st.booleans())
    if fact.type is FactType.CHOICE:
        return NONE_OF_THESE if kind == 5 and draw(st.integers(0, 3)) == 0 else draw(st.sampled_from(list(fact.values)))
    one, other = draw(st.sampled_from(grid)), draw(st.sampled_from(grid))
    whole = one == one.to_integral_value() and other == other.to_integral_value()
    if kind == 3 and one != other and (whole or fact.type is not FactType.NUMBER):
        return Between(min(one, other), max(one, other), draw(st.booleans()), True)
    return one
