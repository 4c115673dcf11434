"""The figures that a sentence mentions, each with its place, so that what stands beside it can be weighed.

First everything is covered that only looks like a figure of the case: telephone, order and house numbers,
postcodes, number plates, flights, times of day, ordinals. What is left is read as money, a percentage, a
length of time, a day, or a bare number.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from copilot.domain import Between
from copilot.numerals import in_figures

LARGEST: Final = Decimal(10) ** 12
"""Longer rows of figures are no amount of anything."""

MINUTES: Final = {
    **dict.fromkeys("minuut minuten minuutje minuutjes minute minutes min mins".split(), 1),
    **dict.fromkeys("kwartier kwartiertje".split(), 15),
    **dict.fromkeys("uur uren uurtje uurtjes hour hours hrs".split(), 60),
    **dict.fromkeys("dag dagen dagje dagjes dgn etmaal day days".split(), 1440),
    **dict.fromkeys("week weken weekje weekjes wk wkn weeks".split(), 10_080),
}
MONTHS: Final = {
    **dict.fromkeys("maand maanden maandje mnd month months".split(), 1),
    **dict.fromkeys("jaar jaren jaartje jr year years yrs".split(), 12),
}
MONTH_NAMES: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "maart march mrt", "april apr", "mei may", "juni june jun",
            "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        ("maandag monday", "dinsdag tuesday", "woensdag wednesday", "donderdag thursday",
         "vrijdag friday", "zaterdag saturday", "zondag sunday")
    )
    for name in names.split()
}  # fmt: skip
NAMED_DAYS: Final = {
    **dict.fromkeys("vandaag vanochtend vanmorgen vanmiddag vanavond today".split(), 0),
    **dict.fromkeys("gisteren gister gisteravond gistermiddag gisterochtend yesterday".split(), 1),
    **dict.fromkeys(("eergisteren", "eergister", "the day before yesterday"), 2),
    **dict.fromkeys(("morgen", "morgenochtend", "morgenavond", "tomorrow"), -1),
    **dict.fromkeys(("overmorgen", "the day after tomorrow"), -2),
}


class Sort(StrEnum):
    """What a figure is of. The value of a DAY counts back from the day of the question, below 0 in the future."""

    MONEY = "money"
    PERCENT = "percent"
    SPAN = "span"
    DAY = "day"
    COUNT = "count"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure in a text."""

    sort: Sort
    value: Decimal | Between
    start: int
    end: int
    unit: str = ""
    """Of a length of time, the word that was used."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """A text in small letters and figures, with the figures that it mentions, in their order."""

    text: str
    all: tuple[Mention, ...]

    def of(self, sort: Sort) -> tuple[Mention, ...]:
        return tuple(each for each in self.all if each.sort is sort)

    def clause(self, mention: Mention) -> tuple[str, int]:
        """The clause in which it stands, and its place in it."""
        start = max((match.end() for match in _CLAUSE.finditer(self.text, 0, mention.start)), default=0)
        after = _CLAUSE.search(self.text, mention.end)
        return self.text[start : after.start() if after else len(self.text)], mention.start - start

    def before(self, mention: Mention, words: int = 3) -> list[str]:
        """The words before it in its clause, the nearest last."""
        clause, place = self.clause(mention)
        return _WORD.findall(clause[:place])[-words:]

    def after(self, mention: Mention, words: int = 3) -> list[str]:
        """The words after it in its clause, the nearest first."""
        clause, place = self.clause(mention)
        return _WORD.findall(clause[place + mention.end - mention.start :])[:words]


_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*%?")
_CLAUSE: Final = re.compile(r"[.,](?=\s|$)|[;!?\n()]|\b(?:maar|terwijl|but|while)\b")

_NUMBER: Final = r"\d{1,3}(?:[.,'\u00a0 ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_COVERED: Final = (
    re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{4}(?: ?\d{2,4}){2,4}\b"),  # an account
    re.compile(r"(?<![\w€$£])\+?\d{2,4}[- ]\d{3,}(?:[- ]\d{2,})*\b(?! ?(?:€|euro|eur))|\b0\d{8,}\b"),  # a telephone
    re.compile(r"\b[1-9]\d{3} ?(?!KM|KG|CM|MM|EU|GB|MB)[A-Z]{2}\b"),  # a postcode
    re.compile(r"\b[A-Z]{2} ?\d{3,4}\b|\b[AN]\d{1,3}\b"),  # a flight, a motorway
    re.compile(r"\b(?=[\w-]*[A-Z])(?=[\w-]*\d)[A-Z\d]{1,3}-[A-Z\d]{1,3}-[A-Z\d]{1,3}\b"),  # a number plate
    re.compile(
        r"\b(?:(?:order|bestel|boekings?|klant|lid|polis|factuur|dossier|reserverings?|case|zaak|huis|kamer|stoel|"
        r"telefoon|rekening|bon|claim|ticket|booking|invoice|customer|policy)[- ]?(?:nummer|number|nr|no)\b\.?|order|"
        r"kamer|zaal|stoel|rij|kassa|maat|size|room|gate|tafel|seat|row|table|lijn|bus|spoor|artikel|versie|"
        r"hoofdstuk|hectometerpaal|paal|pagina|page|bestelling|dossier|factuur|code|pincode|flat|terminal|perron)"
        r"\s*[:#]?\s*\d[\d.,/-]*+(?! ?(?:€|euro|eur\b|%|procent))",
        re.IGNORECASE,
    ),
    re.compile(r"#\s?\d+"),
    re.compile(
        r"\b[^\W\d_]+(?:straat|laan|weg|plein|kade|gracht|dijk|singel|hof|dreef|steeg|street|avenue|road)\s+\d++[a-z]?\b"
        r"(?! ?(?:€|,-|euro|eur\b|%|procent|percent|dag|dgn|day|we[ek]|wk|maand|mnd|month|jaar|year|uur|hour|minu|"
        r"k[gm]\b|kilo))",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:[01]?\d|2[0-3])[.:][0-5]\d ?(?:uur|u|h|am|pm)\b", re.IGNORECASE),
    re.compile(r"(?<![\d.,€$£])(?:[01]?\d|2[0-3]):[0-5]\d\b"),
    re.compile(
        r"\b(?:om|rond|tegen|at|around) (?:half |kwart (?:voor|over) )?(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?"
        r"(?: ?(?:uur|u|am|pm|o'clock))?\b"
        r"(?![.,]?\d| ?(?:€|euro|eur|%|procent|dag|week|maand|minu|kilo|punt|day|minute))",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:van|from) (?:[01]?\d|2[0-3]) (?:tot|to|till) (?:[01]?\d|2[0-3])(?: uur| u)?\b(?! ?[€%\w])", re.I),
    re.compile(r"\b\d{1,2} ?(?:am|pm|o'clock)\b", re.IGNORECASE),
    re.compile(r"\b\d+ ?(?:sterren|ster|stars?|keer|maal|x|times)\b", re.IGNORECASE),
    re.compile(r"\b100 ?(?:%|procent|percent) (?:zeker|sure|eens|katoen|wol|cotton|wool|overtuigd|gelijk|agree)", re.I),
    re.compile(r"\b\d+ ?%-?(?=\w*korting(?:s(?:kaart|bon|actie|code))\b)", re.IGNORECASE),
)
"""What is no figure of the case; in the text as it was typed, since capitals tell plates and postcodes."""

_SIGN: Final = r"(?:€|\$|£|\beur\b|\beuro\b|\busd\b|\bgbp\b)"
_MONEY_WORD: Final = r"(?:euro'?s?|eurootjes?|eur(?:i|ies?)?|€|dollars?|pounds?|pond|piek|ballen)"
_TIME_WORD: Final = "|".join(sorted([*MINUTES, *MONTHS], key=len, reverse=True))
_UNITS: Final = rf"(?:{_MONEY_WORD}|%|procent|percent|pct|{_TIME_WORD})(?!\w)"
_RANGE: Final = re.compile(
    rf"(?:\b(?:tussen|between)(?: de| the)? )?(?<![\w.,])(?:{_SIGN} ?)?(?P<low>{_NUMBER})(?: ?(?P<own>{_UNITS}))?"
    r" ?(?P<to>-|–|à|a|tot en met|t/m|tot|en|of|to|and|or) ?"
    rf"(?P<sign>{_SIGN} ?)?(?P<high>{_NUMBER}) ?(?P<unit>{_UNITS})?"
)
_SEVERAL: Final = frozenset({"en", "of", "and", "or"})
_MONEY: Final = re.compile(
    rf"{_SIGN} ?(?P<a>{_NUMBER})(?:,[-=]+)?(?: ?(?P<ka>k|duizend|thousand|mln|miljoen|million)\b)?"
    rf"|(?<![\w.,])(?P<b>{_NUMBER})(?:,[-=]+)? ?(?P<kb>k |duizend |thousand )?{_MONEY_WORD}(?!\w)"
    rf"(?: (?P<cents>[0-9][05])(?! ?(?:{_UNITS})| ?[.,]?\d)(?=\s*(?:$|[.,;!?)]|[a-z])))?"
    rf"|(?<![\w.,])(?P<c>{_NUMBER}),[-=]+(?!\d)|(?<![\w.,])(?P<d>\d+(?:[.,]\d)?)k\b(?!m|g)"
    r"|(?<![\w.,+±-])(?P<e>(?:\d{1,3}(?:\.\d{3})+|\d+),\d{2}|(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2})"
    r"(?![\d.,]*\d| ?(?:%|°|procent|percent|uur|km|kilo|kg|m|cm|mm|l|ml|dl|liter|meter|gb|mb|kwh|graden|punten|inch)\b)"
    r"|(?<![\w.,])(?P<f>\d{1,2}) cents?\b"
)
_PERCENT: Final = re.compile(rf"(?<![\w.,])({_NUMBER}) ?(?:%|procent\b|percent\b|pct\b)")
_SPAN: Final = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})[ -]?(?:hele |volle |full |whole )?(?P<unit>{_TIME_WORD})\b(?! ?per\b)"
)
_MONTH_NAME: Final = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
_DATES: Final = (
    ("ymd", re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?!\d)")),
    ("dmy", re.compile(r"(?<![\d.,€-])(\d{1,2})[-/](\d{1,2})[-/]((?:19|20)\d{2}|\d{2})(?![\d/-])")),
    ("dm", re.compile(r"(?:op|sinds|vanaf|per|on|since) (\d{1,2})[-/](\d{1,2})(?![\d/-])()")),
    (
        "dny",
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:e|st|nd|rd|th)?(?: of)? ({_MONTH_NAME})\b\.?(?:,? ((?:19|20)\d{{2}}))?(?!\d)"
        ),
    ),
    ("ndy", re.compile(rf"\b({_MONTH_NAME})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? ((?:19|20)\d{{2}}))?(?!\d)")),
)
_NAMED_DAY: Final = re.compile(rf"\b(?:{'|'.join(sorted(NAMED_DAYS, key=len, reverse=True))})\b")
_WEEKDAY: Final = "|".join(WEEKDAYS)
_PAST_WEEKDAY: Final = re.compile(rf"\b(?:afgelopen|sinds|last|since|past) ({_WEEKDAY})\b")
_DAY_OF_LAST_WEEK: Final = re.compile(
    rf"\b(?:(?:vorige|last) week (?P<behind>{_WEEKDAY})|(?P<ahead>{_WEEKDAY}) (?:vorige|last) week)\b"
)
_ORDINAL: Final = re.compile(r"\b(\d{1,3})(?:ste|de|e|th|st|nd|rd)\b|\b(?:nummer|number) (\d{1,3})\b")
_COUNT: Final = re.compile(rf"(?<![\w.,€$£-])({_NUMBER})(?![\w%]|[.,]\d)")

_NOT: Final = r"(?:niet|geen|no|not) "
_BOUNDS_BEFORE: Final = tuple(
    (kind, re.compile(rf"(?:{words}) ?(?:de |the )?$"))
    for kind, words in (
        ("up to", r"tot en met|t/m|hooguit|hoogstens|maximaal|max\.?|ten hoogste|at most|up to"),
        ("up to", _NOT + r"(?:meer|langer|ouder|more|longer|older) (?:dan|than)"),
        ("up to", r"\btot"),
        ("from", r"minstens|minimaal|ten minste|tenminste|at least|vanaf|minimum"),
        ("from", _NOT + r"(?:minder|korter|jonger|less|fewer) (?:dan|than)"),
        ("more", r"(?:meer|langer|ouder|hoger|duurder|more|longer|older|higher) (?:dan|than)|boven|above|ruim"),
        ("less", r"(?:minder|korter|jonger|lager|goedkoper|less|fewer|shorter|younger) (?:dan|than)|onder"),
        ("less", r"under|below|nog geen|bijna|almost|nearly"),
    )
)
_BOUNDS_AFTER: Final = (
    ("from", re.compile(r" ?(?:of meer|or more|en meer|of langer|or longer|of ouder|en ouder|or older|\+)(?!\w)")),
    ("up to", re.compile(r" ?(?:of minder|or less|of korter|or shorter|of jonger)(?!\w)")),
)


@lru_cache(maxsize=2048)
def mentions(text: str, on: date | None, language: str) -> Mentions:
    """Every figure of the text; `on` is the day from which days are counted, None leaves days unread."""
    for pattern in _COVERED:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    text = in_figures(text.replace("\u00a0", " "), language)
    found = [each for each in _found(text, on, language) if _is_of_this_world(each)]
    return Mentions(text, tuple(sorted(found, key=lambda each: each.start)))


def _is_of_this_world(mention: Mention) -> bool:
    value = mention.value
    ends = (value,) if isinstance(value, Decimal) else (value.low, value.high)
    return all(end is None or abs(end) < LARGEST for end in ends)


def _found(text: str, on: date | None, language: str) -> Iterator[Mention]:
    """Each place of the text is read once, as the most telling thing that it can be."""
    left = text
    for each in (*_days(text, on), *_ranges(text), *_amounts(text, language)):
        if left[each.start : each.end].strip() and "\0" not in left[each.start : each.end]:
            left = left[: each.start] + "\0" * (each.end - each.start) + left[each.end :]
            yield each
    for match in _ORDINAL.finditer(left):
        yield Mention(Sort.ORDINAL, Decimal(match[1] or match[2]), match.start(), match.end())
        left = left[: match.start()] + "\0" * len(match.group()) + left[match.end() :]
    for match in _COUNT.finditer(left):
        yield _mention(text, Sort.COUNT, number(match[1]), match, language)


def _amounts(text: str, language: str) -> Iterator[Mention]:
    for match in _MONEY.finditer(text):
        yield _mention(text, Sort.MONEY, _money(match), match, language)
    for match in _PERCENT.finditer(text):
        yield _mention(text, Sort.PERCENT, number(match[1]), match, language)
    for match in _SPAN.finditer(text):
        yield _mention(text, Sort.SPAN, number(match["number"]), match, language, match["unit"])


def _mention(text: str, sort: Sort, value: Decimal, match: re.Match[str], language: str, unit: str = "") -> Mention:
    bounded = _bounded(text, match.start(), match.end(), value, language)
    return Mention(sort, bounded, match.start(), match.end(), unit)


def _bounded(text: str, start: int, end: int, value: Decimal, language: str) -> Decimal | Between:
    """ "Meer dan 50 euro" is not 50 euro, but a range; only what stands beside the figure itself bounds it."""
    before = text[max(0, start - 24) : start]
    kind = next((kind for kind, pattern in _BOUNDS_BEFORE if pattern.search(before)), None)
    if language == "en" and re.search(r"\bover $", before):
        kind = "more"
    kind = kind or next((kind for kind, pattern in _BOUNDS_AFTER if pattern.match(text, end)), None)
    match kind:
        case "up to":
            return Between(high=value)
        case "from":
            return Between(low=value)
        case "more":
            return Between(low=value, with_low=False)
        case "less":
            return Between(high=value, with_high=False)
        case _:
            return value


def _ranges(text: str) -> Iterator[Mention]:
    """ "Tussen de 10 en 20 euro", "2 à 3 weken": one figure between two ends. "10 of 15 euro" are two figures."""
    for match in _RANGE.finditer(text):
        unit = match["unit"] or (match["sign"] and "€")
        if not unit or (match["own"] and match["own"] != unit):
            continue
        sort, low, high = _sort_of(unit), number(match["low"]), number(match["high"])
        is_between = match.group().startswith(("tussen", "between"))
        if match["to"] in _SEVERAL and not is_between:
            yield Mention(sort, low, match.start("low"), match.end("low"), unit)
            yield Mention(sort, high, match.start("high"), match.end(), unit)
        elif low < high:
            yield Mention(sort, Between(low, high), match.start(), match.end(), unit)


def _sort_of(unit: str) -> Sort:
    if unit in MINUTES or unit in MONTHS:
        return Sort.SPAN
    return (
        Sort.PERCENT if unit.startswith(("%", "p")) and not unit.startswith(("pond", "pound", "piek")) else Sort.MONEY
    )


def _days(text: str, on: date | None) -> Iterator[Mention]:
    for shape, pattern in _DATES:
        for match in pattern.finditer(text):
            then = _date(shape, match, on) if on else None
            if then is not None and on is not None:
                yield Mention(Sort.DAY, Decimal((on - then).days), match.start(), match.end())
    if on is None:
        return
    for match in _DAY_OF_LAST_WEEK.finditer(text):
        back = on.weekday() + 7 - WEEKDAYS[match["behind"] or match["ahead"]]
        yield Mention(Sort.DAY, Decimal(back), match.start(), match.end())
    for match in _PAST_WEEKDAY.finditer(text):
        back = (on.weekday() - WEEKDAYS[match[1]]) % 7 or 7
        yield Mention(Sort.DAY, Decimal(back), match.start(), match.end())
    for match in _NAMED_DAY.finditer(text):
        yield Mention(Sort.DAY, Decimal(NAMED_DAYS[match.group()]), match.start(), match.end())


def _date(shape: str, match: re.Match[str], on: date) -> date | None:
    """The day that is written; without a year the nearest one, back or ahead."""
    first, second, third = match[1], match[2], match[3]
    if shape == "ymd":
        year, month, day = int(first), int(second), int(third)
    elif shape == "ndy":
        year, month, day = int(third or 0), MONTH_NAMES[first], int(second)
    else:
        month = MONTH_NAMES[second] if shape == "dny" else int(second)
        year, day = int(third or 0), int(first)
    year += 2000 if 0 < year < 100 else 0
    candidates = []
    for each in (year,) if year else (on.year - 1, on.year, on.year + 1):
        try:
            candidates.append(date(each, month, day))
        except ValueError:
            continue
    return min(candidates, key=lambda then: abs(then - on), default=None)


def days_of(value: Decimal, unit: str, on: date | None, *, ahead: bool = False) -> Decimal | None:
    """How many days a length of time is, counted by the calendar from that day where it is in months or years."""
    if unit in MINUTES:
        return value * MINUTES[unit] / MINUTES["dag"]
    if on is None:
        return None
    months = value * MONTHS[unit]
    whole, part = divmod(months, 1)
    year, month = divmod(on.year * 12 + on.month - 1 + (int(whole) if ahead else -int(whole)), 12)
    if not 1 <= year <= 9999:
        return None
    then = date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
    return Decimal(abs((on - then) // timedelta(days=1))) + (30 * part).to_integral_value()


def number(written: str) -> Decimal:
    """`1.234,56` and `1,234.56`; three figures behind a single mark are thousands."""
    bare = re.sub(r"[\u00a0 ']", "", written)
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return Decimal(bare)
    last = max(bare.rfind("."), bare.rfind(","))
    behind = len(bare) - last - 1
    if behind == 3 and len(set(marks)) == 1 and bare[0] != "0":
        return Decimal(re.sub(r"[.,]", "", bare))
    return Decimal(f"{re.sub(r'[.,]', '', bare[:last]) or '0'}.{bare[last + 1 :]}")


def _money(match: re.Match[str]) -> Decimal:
    if match["f"]:
        return Decimal(match["f"]) / 100
    value = number(match["a"] or match["b"] or match["c"] or match["d"] or match["e"])
    times = (match["ka"] or match["kb"] or ("k" if match["d"] else "")).strip()
    value *= {"": 1, "k": 1000, "duizend": 1000, "thousand": 1000}.get(times, 1_000_000)
    return value + Decimal(match["cents"]) / 100 if match["cents"] else value
