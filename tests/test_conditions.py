"""Conditions are read as their author meant them, or refused with the way to write them."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import conditions
from copilot.conditions import BadCondition
from copilot.domain import Between, Condition, Fact, FactType, OneOf
from copilot.messages import format as texts

MONEY = Fact("bedrag", FactType.MONEY, "Hoeveel?")
NUMBER = Fact("aantal", FactType.NUMBER, "Hoeveel?")
PERCENT = Fact("korting", FactType.PERCENT, "Hoeveel?")
DAYS = Fact("dagen", FactType.DAYS, "Hoe lang?")
YESNO = Fact("ongebruikt", FactType.YESNO, "Ongebruikt?")
CHOICE = Fact("soort", FactType.CHOICE, "Wat?", values={"kleding": ("broek",), "elektronica": (), "tuin & huis": ()})


def d(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("written", "fact", "condition"),
    [
        ("<= 50", MONEY, Between(high=d("50"))),
        ("<50", MONEY, Between(high=d("50"), with_high=False)),
        (">= 14", DAYS, Between(low=d("14"))),
        ("> 14", DAYS, Between(low=d("14"), with_low=False)),
        ("= 3", NUMBER, Between(d("3"), d("3"))),
        ("3", NUMBER, Between(d("3"), d("3"))),
        ("10 .. 50", MONEY, Between(d("10"), d("50"))),
        ("10..50", PERCENT, Between(d("10"), d("50"))),
        ("<= 12,50", MONEY, Between(high=d("12.5"))),
        ("<= 12.50", MONEY, Between(high=d("12.5"))),
        ("<= 1.250,50", MONEY, Between(high=d("1250.5"))),
        ("<= 1,250.50", MONEY, Between(high=d("1250.5"))),
        ("<= 1.250", MONEY, Between(high=d("1250"))),
        ("<= 1.000.000", DAYS, Between(high=d("1000000"))),
        ("<= € 50", MONEY, Between(high=d("50"))),
        ("<= 12,5 %", PERCENT, Between(high=d("12.5"))),
        ("≤ 0,125", NUMBER, Between(high=d("0.125"))),
        ("yes", YESNO, OneOf((True,))),
        ("Nee", YESNO, OneOf((False,))),
        (["ja", "nee"], YESNO, OneOf((True, False))),
        ("kleding", CHOICE, OneOf(("kleding",))),
        (["elektronica", "kleding", "kleding"], CHOICE, OneOf(("elektronica", "kleding"))),
        (["1", "= 2"], DAYS, OneOf((d("1"), d("2")))),
    ],
)
def test_a_condition_is_read(written: str | list[str], fact: Fact, condition: Condition) -> None:
    assert conditions.parse(written, fact) == condition


@pytest.mark.parametrize(
    ("written", "fact", "message"),
    [
        ("veel", MONEY, texts.CONDITION_FORM),
        ("=< 5", MONEY, texts.CONDITION_FORM),
        ("10 - 50 - 60", MONEY, texts.NUMBER_FORM),
        ("", MONEY, texts.CONDITION_EMPTY),
        ([], CHOICE, texts.CONDITION_EMPTY),
        ("50 .. 10", MONEY, texts.CONDITION_ORDER),
        ("<= 1,005.5055", MONEY, texts.MONEY_CENTS),
        ("-5", MONEY, texts.NUMBER_NEGATIVE),
        ("<= 1.500", NUMBER, texts.NUMBER_AMBIGUOUS),
        ("<= 1.000.50", MONEY, texts.NUMBER_FORM),
        ("<= 2,5", DAYS, texts.DAYS_WHOLE),
        ("> 101", PERCENT, texts.PERCENT_RANGE),
        ("<= 9999999999999", MONEY, texts.NUMBER_TOO_LARGE),
        ("<= ٥٠", MONEY, texts.NUMBER_FORM),
        ("misschien", YESNO, texts.CONDITION_YESNO),
        ("Kleeding", CHOICE, texts.CONDITION_VALUE_NEAR),
        ("auto", CHOICE, texts.CONDITION_VALUE),
        (["<= 1", ">= 5"], DAYS, texts.CONDITION_FORM),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_remedy(written: str | list[str], fact: Fact, message: object) -> None:
    with pytest.raises(BadCondition) as refusal:
        conditions.parse(written, fact)
    assert refusal.value.message is message
    assert refusal.value.text("nl")
    assert refusal.value.text("en")


def test_an_ambiguous_number_is_shown_in_both_readings() -> None:
    with pytest.raises(BadCondition, match=r"Schrijf 1500 of 1\.5000"):
        conditions.parse("<= 1.500", NUMBER)


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        (Between(high=d("50")), d("50.00"), True),
        (Between(high=d("50"), with_high=False), d("50"), False),
        (Between(low=d("14"), with_low=False), d("14"), False),
        (Between(d("10"), d("50")), d("10"), True),
        (Between(d("10"), d("50")), d("50.01"), False),
        (Between(), d("1"), True),
        (Between(low=d("0")), True, False),
        (OneOf((True,)), d("1"), False),
        (OneOf((d("1"),)), True, False),
        (OneOf((d("1"),)), d("1.0"), True),
        (OneOf(("kleding",)), "kleding", True),
        (OneOf((False,)), False, True),
    ],
)
def test_a_condition_holds_for_its_own_type_of_value_only(
    condition: Condition, value: Decimal | bool | str, expected: bool
) -> None:
    assert conditions.holds(condition, value) is expected


def test_thresholds_are_where_a_condition_begins_or_ceases_to_hold() -> None:
    assert conditions.thresholds(Between(d("10"), d("50"))) == (d("10"), d("50"))
    assert conditions.thresholds(Between(d("3"), d("3"))) == (d("3"),)
    assert conditions.thresholds(OneOf((d("7"), d("2")))) == (d("2"), d("7"))
    assert conditions.thresholds(OneOf((True,))) == ()


def test_a_condition_without_a_notation_is_refused_on_writing() -> None:
    for condition in (Between(), Between(d("1"), d("2"), with_low=False)):
        with pytest.raises(BadCondition):
            conditions.write(condition, NUMBER)


def numbers(fact: Fact) -> st.SearchStrategy[Decimal]:
    places = {FactType.MONEY: 2, FactType.DAYS: 0, FactType.PERCENT: 4, FactType.NUMBER: 4}[fact.type]
    most = 100 if fact.type is FactType.PERCENT else 10**9
    return st.decimals(0, most, places=places)


@st.composite
def written_conditions(draw: st.DrawFn) -> tuple[Fact, Condition]:
    fact = draw(st.sampled_from([MONEY, NUMBER, PERCENT, DAYS, YESNO, CHOICE]))
    if fact is YESNO:
        return fact, OneOf(tuple(draw(st.lists(st.booleans(), min_size=1, max_size=2, unique=True))))
    if fact is CHOICE:
        names = st.sampled_from(list(CHOICE.values))
        return fact, OneOf(tuple(draw(st.lists(names, min_size=1, unique=True))))
    low, high = sorted((draw(numbers(fact)), draw(numbers(fact))))
    inclusive = draw(st.booleans())
    several = draw(st.lists(numbers(fact), min_size=2, max_size=4, unique=True))
    forms = [Between(low, high), Between(low, with_low=inclusive), Between(high=high, with_high=inclusive)]
    return fact, draw(st.sampled_from([*forms, OneOf(tuple(several))]))


@given(written_conditions())
def test_what_is_written_reads_back_the_same(case: tuple[Fact, Condition]) -> None:
    fact, condition = case
    assert conditions.parse(conditions.write(condition, fact), fact) == condition


@given(
    st.text(max_size=30) | st.lists(st.text(max_size=10), max_size=3), st.sampled_from([MONEY, NUMBER, DAYS, CHOICE])
)
def test_no_text_gives_anything_but_a_condition_or_a_refusal(written: str | list[str], fact: Fact) -> None:
    with suppress(BadCondition):
        condition = conditions.parse(written, fact)
        assert conditions.parse(conditions.write(condition, fact), fact) == condition
