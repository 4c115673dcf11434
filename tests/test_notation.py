"""How amounts, numbers and dates are written."""

from datetime import date
from decimal import Decimal

import pytest

from copilot import notation


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        ("0", "€ 0,00", "€0.00"),
        ("5", "€ 5,00", "€5.00"),
        ("1234.56", "€ 1.234,56", "€1,234.56"),
        ("1000000", "€ 1.000.000,00", "€1,000,000.00"),
        ("2.675", "€ 2,68", "€2.68"),
        ("2.665", "€ 2,66", "€2.66"),
    ],
)
def test_an_amount_is_written_the_way_each_language_does(amount: str, dutch: str, english: str) -> None:
    assert notation.money(Decimal(amount), "nl") == dutch
    assert notation.money(Decimal(amount), "en") == english


def test_a_currency_without_a_sign_keeps_its_code() -> None:
    assert notation.money(Decimal(5), "nl", "SEK") == "SEK 5,00"
    assert notation.money(Decimal(5), "en", "SEK") == "SEK 5.00"


@pytest.mark.parametrize(("value", "dutch"), [("10", "10"), ("12.50", "12,5"), ("1000", "1.000"), ("0.10", "0,1")])
def test_a_number_has_no_more_decimals_than_it_needs(value: str, dutch: str) -> None:
    assert notation.number(Decimal(value), "nl") == dutch


def test_a_percentage_and_a_day() -> None:
    assert notation.percent(Decimal("12.5"), "nl") == "12,5%"
    assert notation.day(date(2026, 3, 1), "nl") == "1 maart 2026"
    assert notation.day(date(2026, 3, 1), "en") == "1 March 2026"
