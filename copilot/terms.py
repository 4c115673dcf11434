"""How many days somebody means: "drie weken geleden", "gisteren", "sinds 1 maart", "anderhalve maand"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from copilot import figures
from copilot.figures import Unit

_MINUTES_A_DAY: Final = 1440
_NAMED: Final = {
    "vandaag": 0, "vanochtend": 0, "vanmorgen": 0, "vanmiddag": 0, "today": 0, "this morning": 0,
    "gisteren": 1, "gisteravond": 1, "gistermiddag": 1, "gisterochtend": 1, "yesterday": 1,
    "eergisteren": 2, "the day before yesterday": 2,
}  # fmt: skip
_NAMED_DAY: Final = re.compile(rf"\b(?:{'|'.join(sorted(_NAMED, key=len, reverse=True))})\b", re.IGNORECASE)
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("maandag monday", "dinsdag tuesday", "woensdag wednesday", "donderdag thursday",
         "vrijdag friday", "zaterdag saturday", "zondag sunday")
    )
    for name in names.split()
}  # fmt: skip
_LAST_WEEKDAY: Final = re.compile(rf"\b(?:afgelopen|last|past) ({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)


def days_in(text: str, on: date | None, language: str) -> frozenset[Decimal]:
    """Every number of days that the text tells, counted back from the day where it names a date."""
    return frozenset(_days(text, on, language))


def _days(text: str, on: date | None, language: str) -> Iterator[Decimal]:
    for match in _NAMED_DAY.finditer(text):
        yield Decimal(_NAMED[match.group().lower()])
    if on is not None:
        for match in _LAST_WEEKDAY.finditer(text):
            yield Decimal((on.weekday() - _WEEKDAYS[match[1].lower()]) % 7 or 7)
    for figure in figures.read(text, language):
        if figure.unit is Unit.MINUTES and figure.value % _MINUTES_A_DAY == 0:
            yield figure.value / _MINUTES_A_DAY
        elif figure.unit is Unit.MONTHS and on is not None:
            yield _months_back(figure.value, on)
        elif figure.unit is Unit.DATE and on is not None:
            yield from _since(figure.value, on)


def _months_back(months: Decimal, on: date) -> Decimal:
    """Whole months by the calendar; half a month is 15 days."""
    whole, part = divmod(months, 1)
    year, month = divmod(on.year * 12 + on.month - 1 - int(whole), 12)
    if year < 1:
        return Decimal((on - date.min).days)
    then = date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
    return Decimal((on - then).days) + (30 * part).to_integral_value()


def _since(written: Decimal, on: date) -> Iterator[Decimal]:
    """Days since a date in the past; without a year the last time that it was that day."""
    number = int(written)
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    for candidate in (year,) if year else (on.year, on.year - 1):
        try:
            then = date(candidate, month, day)
        except ValueError:
            continue
        if then <= on:
            yield Decimal((on - then) // timedelta(days=1))
            return
