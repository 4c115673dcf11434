"""Reads every amount, percentage, term, date, time and number in a text by its value.

"€ 50,-", "EUR 50,00", "50 euro", "vijftig euro" and "€50.00" are one figure. Dutch and English ways of
writing are both understood; where they clash ("1.500") the given language decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Unit(StrEnum):
    """What a figure counts. Terms are kept in minutes, workdays or months, so that 2 weeks is 14 days."""

    MONEY = "money"
    PERCENT = "percent"
    MINUTES = "minutes"
    WORKDAYS = "workdays"
    MONTHS = "months"
    DATE = "date"
    CLOCK = "clock"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value in its unit. Dates as yyyymmdd, or mmdd where no year is given."""

    unit: Unit
    value: Decimal
    written: str = ""

    @property
    def key(self) -> tuple[Unit, Decimal]:
        return self.unit, self.value


_NUMBER: Final = r"\d{1,3}(?:[.,'\u00a0 ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SIGN: Final = r"(?:€|\$|£|\beur\b|\busd\b|\bgbp\b)"
_MONEY_WORD: Final = r"(?:euro'?s?|eur|€|dollars?|pounds?|pond|cents?|eurocents?|piek|ballen)"
_TERM: Final = {
    "minuut": 1, "minuten": 1, "minute": 1, "minutes": 1, "min": 1,
    "uur": 60, "uren": 60, "hour": 60, "hours": 60, "kwartier": 15,
    "dag": 1440, "dagen": 1440, "day": 1440, "days": 1440, "etmaal": 1440, "nachten": 1440, "nacht": 1440,
    "nights": 1440, "night": 1440,
    "week": 10080, "weken": 10080, "weeks": 10080,
}  # fmt: skip
_MONTHS_IN: Final = {
    "maand": 1, "maanden": 1, "month": 1, "months": 1, "kwartaal": 3, "kwartalen": 3,
    "jaar": 12, "jaren": 12, "year": 12, "years": 12,
}  # fmt: skip
_WORKDAY: Final = r"(?:werkdag|werkdagen|working days?|business days?|workdays?)"
_TERM_WORD: Final = "|".join(sorted([*_TERM, *_MONTHS_IN], key=len, reverse=True))
_MONTH_NAMES: Final = {
    name: number
    for names, number in (
        ("januari january jan", 1), ("februari february feb", 2), ("maart march mrt mar", 3), ("april apr", 4),
        ("mei may", 5), ("juni june jun", 6), ("juli july jul", 7), ("augustus august aug", 8),
        ("september sept sep", 9), ("oktober october okt oct", 10), ("november nov", 11), ("december dec", 12),
    )
    for name in names.split()
}  # fmt: skip
_MONTH_NAME: Final = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_ONE_TERM: Final = r"(?:dag|week|maand|jaar|uur|kwartier|day|month|year|hour)"
_HALVES: Final = (
    (re.compile(r"\b(?:anderhal(?:f|ve)|one and a half)\b", re.IGNORECASE), "1,5"),
    (re.compile(r"\b(?:tweeënhalf|tweeenhalf|tweeëneenhalve?)\b", re.IGNORECASE), "2,5"),
    (re.compile(rf"\b(?:een half|een halve|half an|half a|halve|half)\b(?= {_ONE_TERM})", re.IGNORECASE), "0,5"),
    (re.compile(rf"\b(?:een|één|an|a)\b(?= {_ONE_TERM}\b)", re.IGNORECASE), "1"),
    (re.compile(r"\b(?:een|één|a) (?=(?:honderd|duizend|hundred|thousand)\b)", re.IGNORECASE), ""),
    (re.compile(r"\b(?:eerste|first)\b(?= (?:week|maand|kwartaal|jaar|month|year|hour|uur)\b)", re.I), "1"),
    (re.compile(r"\b(?:een |nog een )?tientje\b", re.IGNORECASE), "10 euro"),
    (re.compile(r"\b(?:een )?vijfje\b", re.IGNORECASE), "5 euro"),
    (re.compile(r"\b(?:een )?(?:honderdje|meier)\b", re.IGNORECASE), "100 euro"),
    (re.compile(r"\b(?:een paar|a few|a couple of)\b", re.IGNORECASE), ""),
)  # fmt: skip
_HALF: Final = re.compile(
    r"hal[fv]|\b(?:e[eé]n|één|an?)\b|eerste|first|tientje|vijfje|honderdje|meier|a few|a couple of|paar", re.IGNORECASE
)
"""Without any of these there is nothing for `_HALVES` to do."""

_RANGE: Final = re.compile(
    rf"(?<![\w.,])(?P<low>\d+(?:[.,]\d+)?)(?P<to>\s?(?:-|–|à|tot en met|tot|of|en|to|or|and)\s?)"
    rf"(?=(?P<high>\d+(?:[.,]\d+)?)\s?(?P<unit>{_MONEY_WORD}|%|procent|percent|{_WORKDAY}|{_TERM_WORD})(?!\w))",
    re.IGNORECASE,
)
"""In "3 tot 5 dagen" both figures are days."""

_DATES: Final = (
    ("ymd", re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?!\d)")),
    ("dmy", re.compile(r"(?<![\d.,])(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2}|\d{2})(?![\d.,]\d|\d)")),
    (
        "dny",
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:e|st|nd|rd|th)?(?: of)? ({_MONTH_NAME})\b\.?,? ?((?:19|20)\d{{2}})?(?!\d)",
            re.I,
        ),
    ),
    ("ndy", re.compile(rf"\b({_MONTH_NAME})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? ((?:19|20)\d{{2}}))?(?!\d)", re.I)),
)  # fmt: skip
_CLOCK: Final = re.compile(
    r"(?<![\d.,€$£])([01]?\d|2[0-3]):([0-5]\d)(?!\d)|(?<![\d,€$£])([01]?\d|2[0-3])\.([0-5]\d) uur\b", re.I
)
_MONEY: Final = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<a>{_NUMBER})(?P<dash>,-{{1,2}}|,--)?(?:\s?(?P<k>k|duizend|thousand|mln|miljoen|million)\b)?"
    rf"|(?P<b>{_NUMBER})(?P<dash2>,-{{1,2}})?\s?(?P<word>{_MONEY_WORD})(?!\w)(?:\s(?P<cents>\d{{2}})(?=\s*(?:[.;!?)]|$)))?"
    rf"|(?P<c>\d+),-{{1,2}}(?!\d)",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(rf"({_NUMBER})\s?(?:%|procent\b|percent\b|pct\b)", re.IGNORECASE)
_WORKDAYS: Final = re.compile(rf"({_NUMBER})[\s-]?{_WORKDAY}\b", re.IGNORECASE)
_TERMS: Final = re.compile(
    rf"({_NUMBER})(?:[\s-]|\b)(?:volle |hele |full |whole |kalender|calendar )?({_TERM_WORD})\b", re.IGNORECASE
)
_COUNTS: Final = re.compile(rf"(?<![\w.,-])({_NUMBER})(?![\w%])")

_DIGIT: Final = re.compile(r"\d")


@lru_cache(maxsize=8192)
def read(text: str, language: str = "nl") -> frozenset[Figure]:
    """All figures of a text; each place is read once, as the most telling thing that it can be."""
    written = in_digits(text, language)
    return frozenset(_read(written, language)) if _DIGIT.search(written) else frozenset()


def keys(text: str, language: str = "nl") -> frozenset[tuple[Unit, Decimal]]:
    return frozenset(figure.key for figure in read(text, language))


def of_day(day: date) -> frozenset[tuple[Unit, Decimal]]:
    """The keys under which a known date may be written: with and without its year."""
    whole = Decimal(day.year * 10_000 + day.month * 100 + day.day)
    return frozenset(
        {(Unit.DATE, whole), (Unit.DATE, Decimal(day.month * 100 + day.day)), (Unit.COUNT, Decimal(day.year))}
    )


def in_digits(text: str, language: str, least: int = 1) -> str:
    """The text with its numbers in words written in figures: "vijftig euro" becomes "50 euro".

    `least`: the smallest that is written so where it stands alone; with 3 the article "een" stays a word.
    """
    from text_to_num import alpha2digit

    text = text.replace("\u00a0", " ")
    for pattern, digits in _HALVES if _HALF.search(text) else ():
        text = pattern.sub(digits, text)
    text = "\n".join(alpha2digit(line, "en" if language == "en" else "nl", least) for line in text.split("\n"))
    return _RANGE.sub(lambda match: f"{match['low']} {match['unit']}{match['to']}", text)


def _read(text: str, language: str) -> Iterator[Figure]:
    left = text
    for shape, pattern in _DATES:
        for match in pattern.finditer(left):
            if (value := _date(shape, match, language)) is not None:
                yield Figure(Unit.DATE, value, match.group().strip())
                left = _blank(left, match)
    for match in _CLOCK.finditer(left):
        hour, minute = (match[1], match[2]) if match[1] else (match[3], match[4])
        yield Figure(Unit.CLOCK, Decimal(int(hour) * 60 + int(minute)), match.group())
        left = _blank(left, match)
    for match in _MONEY.finditer(left):
        yield Figure(Unit.MONEY, _money(match, language), match.group().strip())
        left = _blank(left, match)
    yield from _measured(left, language)


def _measured(left: str, language: str) -> Iterator[Figure]:
    for match in _PERCENT.finditer(left):
        yield Figure(Unit.PERCENT, _value(match[1], language), match.group())
        left = _blank(left, match)
    for match in _WORKDAYS.finditer(left):
        yield Figure(Unit.WORKDAYS, _value(match[1], language), match.group())
        left = _blank(left, match)
    for match in _TERMS.finditer(left):
        value, word = _value(match[1], language), match[2].lower()
        if word in _TERM:
            yield Figure(Unit.MINUTES, value * _TERM[word], match.group())
        else:
            yield Figure(Unit.MONTHS, value * _MONTHS_IN[word], match.group())
        left = _blank(left, match)
    for match in _COUNTS.finditer(left):
        yield Figure(Unit.COUNT, _value(match[1], language), match.group())


def _blank(text: str, match: re.Match[str]) -> str:
    """The text with this match blotted out, so that it is not read twice; everything else stays in place."""
    return text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]


def _money(match: re.Match[str], language: str) -> Decimal:
    value = _value(match["a"] or match["b"] or match["c"], language)
    if match["k"]:
        value *= 1_000_000 if match["k"].lower().startswith("m") else 1000
    word = (match["word"] or "").lower()
    if word.startswith(("cent", "eurocent")):
        value /= 100
    if match["cents"]:
        value += Decimal(match["cents"]) / 100
    return value.normalize()


def _value(written: str, language: str) -> Decimal:
    """`1.234,56` and `1,234.56`; three digits behind a single mark are thousands in that language's way."""
    bare = written.replace("\u00a0", "").replace(" ", "").replace("'", "")
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return Decimal(bare).normalize()
    last = max(bare.rfind("."), bare.rfind(","))
    behind = len(bare) - last - 1
    thousands = "," if language == "en" else "."
    grouped = behind == 3 and (len(set(marks)) == 1) and (bare[last] == thousands or len(marks) > 1 or bare[0] != "0")
    if grouped:
        return Decimal(re.sub(r"[.,]", "", bare)).normalize()
    whole = re.sub(r"[.,]", "", bare[:last])
    return Decimal(f"{whole or '0'}.{bare[last + 1 :]}").normalize()


def _date(shape: str, match: re.Match[str], language: str) -> Decimal | None:
    if shape == "ymd":
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif shape == "dmy":
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        year += 2000 if year < 100 else 0
    elif shape == "dny":
        day, month, year = int(match[1]), _MONTH_NAMES[match[2].lower()], int(match[3] or 0)
    else:
        month, day, year = _MONTH_NAMES[match[1].lower()], int(match[2]), int(match[3] or 0)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Decimal(year * 10_000 + month * 100 + day)
