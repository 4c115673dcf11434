"""Amounts are worked out exactly, to the cent, and a formula that can be misread is refused."""

from __future__ import annotations

from contextlib import suppress
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import formula
from copilot.formula import BadFormula, NoAmount
from copilot.messages import format as texts

FACTS = ["bedrag", "bedrag-excl", "excl", "korting", "aantal dagen", "één_stuk"]


def worked_out(text: str, **values: str) -> str:
    given_values = {name.replace("__", "-"): Decimal(value) for name, value in values.items()}
    return str(formula.evaluate(formula.parse(text, FACTS), given_values, frozenset({"korting"})))


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("min(10% * bedrag, 25)", {"bedrag": "40"}, "4.00"),
        ("min(10% * bedrag, 25)", {"bedrag": "400"}, "25.00"),
        ("max(5, bedrag / 3)", {"bedrag": "100"}, "33.33"),
        ("bedrag / 3 * 3", {"bedrag": "100"}, "100.00"),
        ("2 + 3 * 4", {}, "14.00"),
        ("(2 + 3) * 4", {}, "20.00"),
        ("10 - 4 - 3", {}, "3.00"),
        ("100 / 5 / 2", {}, "10.00"),
        ("-2 * -bedrag", {"bedrag": "3"}, "6.00"),
        ("0.005", {}, "0.00"),
        ("0.015", {}, "0.02"),
        ("0.025", {}, "0.02"),
        ("12,5 * bedrag", {"bedrag": "2"}, "25.00"),
        ("12,5 % * bedrag", {"bedrag": "200"}, "25.00"),
        ("korting * bedrag", {"korting": "10", "bedrag": "50"}, "5.00"),
        ("bedrag-excl", {"bedrag__excl": "7"}, "7.00"),
        ("bedrag - excl", {"bedrag": "7", "excl": "2"}, "5.00"),
        ("bedrag-korting", {"bedrag": "7", "korting": "100"}, "6.00"),
        ("max(bedrag*10,25)", {"bedrag": "1"}, "25.00"),
        ("max(min(bedrag, 10), (1,5))", {"bedrag": "3"}, "3.00"),
    ],
)
def test_a_formula_is_worked_out_to_the_cent(text: str, values: dict[str, str], expected: str) -> None:
    assert worked_out(text, **values) == expected


def test_names_may_hold_spaces_accents_and_underscores() -> None:
    parsed = formula.parse("aantal dagen * één_stuk", FACTS)
    assert parsed.facts == {"aantal dagen", "één_stuk"}
    assert formula.evaluate(parsed, {"aantal dagen": Decimal(3), "één_stuk": Decimal("1.5")}) == Decimal("4.50")


def test_a_fact_may_be_called_min() -> None:
    parsed = formula.parse("min(min, 2) + min", ["min"])
    assert formula.evaluate(parsed, {"min": Decimal(5)}) == Decimal(7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  ", texts.FORMULA_EMPTY),
        ("bedra * 2", texts.FORMULA_UNKNOWN_NEAR),
        ("prijs * 2", texts.FORMULA_UNKNOWN),
        ("bedrag ^ 2", texts.FORMULA_SIGN),
        ("^ bedrag", texts.FORMULA_SIGN),
        ("bedrag * * 2", texts.FORMULA_EXPECTED),
        ("bedrag *", texts.FORMULA_ENDS),
        ("(bedrag", texts.FORMULA_ENDS),
        ("bedrag)", texts.FORMULA_LEFT),
        ("bedrag 2", texts.FORMULA_LEFT),
        ("(bedrag 2)", texts.FORMULA_LEFT),
        ("bedrag%", texts.FORMULA_PERCENT),
        ("(1 + 2)%", texts.FORMULA_PERCENT),
        ("min(bedrag)", texts.FORMULA_ONE_ARGUMENT),
        ("min(0,5 * bedrag, 25)", texts.FORMULA_COMMA),
        ("1.000 * bedrag", texts.NUMBER_AMBIGUOUS),
        ("1,000 * bedrag", texts.NUMBER_AMBIGUOUS),
        ("1,2.5", texts.NUMBER_FORM),
        ("1.23456789", texts.NUMBER_TOO_LARGE),
        ("(" * 40 + "1" + ")" * 40, texts.FORMULA_TOO_LONG),
        ("1+" * 400 + "1", texts.FORMULA_TOO_LONG),
        ("sqrt(4)", texts.FORMULA_UNKNOWN),
        ("__import__('os')", texts.FORMULA_UNKNOWN),
        ("bedrag; 2", texts.FORMULA_SIGN),
    ],
)
def test_anything_else_is_refused_with_a_remedy(text: str, message: object) -> None:
    with pytest.raises(BadFormula) as refusal:
        formula.parse(text, FACTS)
    assert refusal.value.message is message
    assert refusal.value.text("nl") != refusal.value.text("en")


def test_dividing_by_zero_is_told_only_when_it_happens() -> None:
    parsed = formula.parse("10 / (bedrag - 5)", FACTS)
    assert formula.evaluate(parsed, {"bedrag": Decimal(10)}) == 2
    with pytest.raises(NoAmount, match="deelt hier door 0"):
        formula.evaluate(parsed, {"bedrag": Decimal(5)})


def test_amounts_larger_than_decimal_contexts_stay_exact() -> None:
    exact = Fraction("123456789012.34") ** 3
    outcome = formula.evaluate(formula.parse("bedrag * bedrag * bedrag", FACTS), {"bedrag": Decimal("123456789012.34")})
    assert Fraction(outcome) == Fraction(round(exact * 100), 100)


@st.composite
def sums(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction]:
    """A formula over the fact `bedrag` = 7.35, with its exact value."""
    if depth == 0 or draw(st.booleans()):
        if draw(st.booleans()):
            return "bedrag", Fraction("7.35")
        number = draw(st.decimals(0, 99, places=2))
        return (f"{number}%", Fraction(number) / 100) if draw(st.booleans()) else (f"{number}", Fraction(number))
    (left, a), (right, b) = draw(sums(depth=depth - 1)), draw(sums(depth=depth - 1))
    sign = draw(st.sampled_from(["+", "-", "*", "min", "max"]))
    if sign in ("min", "max"):
        return f"{sign}({left}, {right})", min(a, b) if sign == "min" else max(a, b)
    return f"({left}) {sign} ({right})" if sign == "*" else f"(({left}) {sign} ({right}))", {
        "+": a + b,
        "-": a - b,
        "*": a * b,
    }[sign]


@given(sums())
def test_the_outcome_is_the_exact_value_rounded_half_to_even(case: tuple[str, Fraction]) -> None:
    text, exact = case
    outcome = formula.evaluate(formula.parse(text, ["bedrag"]), {"bedrag": Decimal("7.35")})
    assert Fraction(outcome) == Fraction(round(exact * 100), 100)
    assert outcome == outcome.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)


@given(st.text(alphabet="0123456789.,%+-*/() minaxbedrg\n€", max_size=40))
def test_no_text_gives_anything_but_a_formula_or_a_refusal(text: str) -> None:
    with suppress(BadFormula, NoAmount):
        parsed = formula.parse(text, ["bedrag", "min"])
        formula.evaluate(parsed, {"bedrag": Decimal("0"), "min": Decimal(3)})
