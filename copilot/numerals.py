"""Numbers in words written in figures: "vijftig euro" becomes "50 euro", "anderhalve week" "1,5 week".

`text2num` reads the plain numerals of both languages (its Dutch was tried: compounds, "vijf en twintig",
"vijftienhonderd"); what it does not know stands here: halves, notes and coins, "een euro of 20".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Final

_HALVES: Final = {
    "anderhalf": "1,5", "anderhalve": "1,5",
    **{f"{word}{join}hal{end}": f"{number},5"
       for number, word in enumerate("twee drie vier vijf zes zeven acht negen tien".split(), 2)
       for join in ("ën", "en", "-en-een-") for end in ("f", "ve")},
}  # fmt: skip
_NOTES: Final = {"vijfje": 5, "tientje": 10, "honderdje": 100, "meier": 100}
_UNIT: Final = r"(?:euro|eurootje|dag|dagen|week|weken|maand|maanden|uur|uurtje|minuut|minuten|procent|kilo|jaar)"

_BEFORE: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(rf"\b(?:{'|'.join(_HALVES)})\b"), lambda match: _HALVES[match.group()]),
    (re.compile(r"\bone and a half\b"), "1.5"),
    (re.compile(r"(?<!\w)['’]n\b"), "een"),
    # Some, but nobody knows how many.
    (re.compile(r"\b(?:een paar|a few|a couple of|enkele|een stuk of)\b(?= [^\W\d]+)"), "enige"),
    (re.compile(r"\b(?:een|één|a|an) (?=hal(?:f|ve)\b)"), ""),
    (re.compile(r"(?<!half )\ban? (?=(?:day|week|month|year|hour)\b)"), "1 "),
    # "Maandje geleden": one, where no number stands before it.
    (re.compile(r"(?<!\d )(?<!een )(?<!half )\b(?=(?:dag|week|maand|jaar|uur)t?je (?:geleden|terug|ago)\b)"), "1 "),
    (re.compile(r"\bnul\b|\bzero\b"), "0"),
    (re.compile(r"\b(?:een|één|a) (?=(?:honderd|duizend|hundred|thousand)\b)"), ""),
)
_HALF_A: Final = {
    **dict.fromkeys(("uur", "uurtje"), "30 minuten"),
    **dict.fromkeys(("jaar", "jaartje"), "6 maanden"),
    "hour": "30 minutes",
    "year": "6 months",
}


def _of_notes(count: str, worth: int) -> str:
    """So many notes in euros: "anderhalve meier" is 150."""
    return f"{(Decimal(count.replace(',', '.')) * worth).normalize():f}"


_AFTER: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(rf"\b(?<!\d )half (?:an )?({'|'.join(_HALF_A)})\b"), lambda match: _HALF_A[match[1]]),
    (re.compile(r"\b(\d+) en (?:een |1 )?hal(?:f|ve)\b"), r"\1,5"),
    (re.compile(r"\b(\d+) and a half\b"), r"\1.5"),
    (
        re.compile(rf"\b(?<![02-9] )(?:1 )?({'|'.join(_NOTES)}) of ([2-9])\b(?! ?{_UNIT})"),
        lambda match: f"{_of_notes(match[2], _NOTES[match[1]])} euro",
    ),
    (
        re.compile(rf"\b(?:(\d+(?:[.,]\d)?) )?({'|'.join(_NOTES)})s?\b"),
        lambda match: f"{_of_notes(match[1] or '1', _NOTES[match[2]])} euro",
    ),
    (re.compile(r"\bbriefje van (\d+)\b(?! ?euro)"), r"\1 euro"),
    (re.compile(rf"\b1 ({_UNIT}) of (\d+)\b(?! ?{_UNIT})"), r"\2 \1"),
)


_POWERS: Final = {"honderd": 2, "hundred": 2, "duizend": 3, "thousand": 3, "miljoen": 6, "million": 6}
_TIMES: Final = re.compile(rf"(?<![\w.,])(\d{{1,6}}(?:[.,]\d)?) ({'|'.join(_POWERS)})\b")


def _multiplied(match: re.Match[str]) -> str:
    """ "20 duizend" and "1,5 miljoen" in figures alone."""
    return f"{Decimal(match[1].replace(',', '.')).scaleb(_POWERS[match[2]]):.0f}"


@lru_cache(maxsize=2048)
def in_figures(text: str, language: str) -> str:
    """The text in lower case with its numbers in figures. "Een" is 1, wherever it stands."""
    from text_to_num import alpha2digit

    text = _TIMES.sub(_multiplied, text.lower())
    for pattern, replacement in _BEFORE:
        text = pattern.sub(replacement, text)
    text = "\n".join(alpha2digit(line, "en" if language == "en" else "nl", 1) for line in text.split("\n"))
    for pattern, replacement in _AFTER:
        text = pattern.sub(replacement, text)
    return text
