"""How amounts, percentages, numbers and dates are written: `€ 1.234,56` and `1 maart 2026`, or the English way."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
_SIGNS: Final = {"EUR": "€", "USD": "$", "GBP": "£"}
_MONTHS: Final = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def capital(text: str) -> str:
    """With a capital at its begin, the rest as it was."""
    return text[:1].upper() + text[1:]


def cents(amount: Decimal) -> Decimal:
    """Rounded to cents, half to even (knowledge-format, "amount")."""
    return amount.quantize(CENT, rounding=ROUND_HALF_EVEN)


def number(value: Decimal, language: str, decimals: int | None = None) -> str:
    """`1.234,5` in Dutch, `1,234.5` in English; without decimals given, no more than needed."""
    if decimals is None:
        value = value.normalize()
        exponent = value.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    written = f"{value:,.{decimals}f}"
    return written if language == "en" else written.translate(str.maketrans(",.", ".,"))


def money(amount: Decimal, language: str, currency: str = "EUR") -> str:
    """`€ 1.234,56` in Dutch, `€1,234.56` in English."""
    sign = _SIGNS.get(currency, currency)
    space = "" if language == "en" and len(sign) == 1 else " "
    return f"{sign}{space}{number(cents(amount), language, 2)}"


def percent(value: Decimal, language: str) -> str:
    return f"{number(value, language)}%"


def part(value: float, language: str) -> str:
    """A part of one as a percentage with one decimal: 0.951 is 95,1%."""
    written = f"{value * 100:.1f}%"
    return written if language == "en" else written.replace(".", ",")


def day(value: date, language: str) -> str:
    """`1 maart 2026`, `1 March 2026`."""
    return f"{value.day} {_MONTHS['en' if language == 'en' else 'nl'][value.month - 1]} {value.year}"
