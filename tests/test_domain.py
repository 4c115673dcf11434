"""The words of the trade that do something: roles above and below each other, validity, visibility."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from copilot.domain import Organisation, Policy, Role


def organisation(**above: tuple[str, ...]) -> Organisation:
    return Organisation(id="o", name="O", roles=tuple(Role(name, name, below) for name, below in above.items()))


FORK = organisation(
    medewerker=(),
    teamleider=("medewerker",),
    specialist=("medewerker",),
    manager=("teamleider", "specialist"),
    directeur=("manager",),
)


def test_a_role_covers_itself_and_all_below_it() -> None:
    assert FORK.covered_by(["manager"]) == {"manager", "teamleider", "specialist", "medewerker"}
    assert FORK.covered_by(["medewerker"]) == {"medewerker"}
    assert FORK.covered_by([]) == frozenset()


def test_roles_above_are_counted_by_the_fewest_steps() -> None:
    assert FORK.steps_above(["medewerker"]) == {"teamleider": 1, "specialist": 1, "manager": 2, "directeur": 3}
    assert [*FORK.steps_above(["medewerker"])] == ["teamleider", "specialist", "manager", "directeur"]
    assert FORK.steps_above(["teamleider"]) == {"manager": 1, "directeur": 2}
    assert FORK.steps_above(["directeur"]) == {}


def test_of_two_ways_up_the_shorter_one_counts() -> None:
    shortcut = organisation(a=(), b=("a",), c=("b",), top=("c", "a"))
    assert shortcut.steps_above(["a"]) == {"b": 1, "top": 1, "c": 2}


def test_a_circle_of_roles_does_not_hang() -> None:
    circle = organisation(a=("b",), b=("a",))
    assert circle.covered_by(["a"]) == {"a", "b"}
    assert circle.steps_above(["a"]) == {"b": 1}


def test_both_days_of_a_validity_count() -> None:
    entry = Policy(id="p", title="P", valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 31))
    days = {date(2025, 12, 31): False, date(2026, 1, 1): True, date(2026, 1, 31): True, date(2026, 2, 1): False}
    assert {day: entry.valid_on(day) for day in days} == days


@given(st.dates())
def test_without_dates_an_entry_always_counts(day: date) -> None:
    assert Policy(id="p", title="P").valid_on(day)


def test_an_audience_lets_in_its_roles_and_those_above() -> None:
    entry = Policy(id="p", title="P", audience=("teamleider",))
    assert entry.visible_to(FORK.covered_by(["teamleider"]))
    assert entry.visible_to(FORK.covered_by(["manager"]))
    assert not entry.visible_to(FORK.covered_by(["medewerker"]))
    assert not entry.visible_to(FORK.covered_by(["specialist"]))
    assert Policy(id="q", title="Q").visible_to(frozenset())
