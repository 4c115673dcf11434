"""Values of facts: whether they fit, how they are shown to people, written for programs, and read back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from copilot import conditions, notation
from copilot.conditions import BadCondition
from copilot.domain import NONE_OF_THESE, Between, Fact, FactType, FactValue, ReadFact
from copilot.errors import UsageError
from copilot.messages import Text
from copilot.messages import mandate as texts

_SMALLEST: Final = {FactType.MONEY: Decimal("0.01"), FactType.DAYS: Decimal(1)}
_RANGE: Final = re.compile(r"(>?)\s*([^<>=]+?)\s*\.\.\s*(<?)\s*([^<>=]+)")
_NONE_WORDS: Final = frozenset({NONE_OF_THESE, "geen van deze", "geen-van-deze", "none of these", "geen"})


def fits(fact: Fact, value: FactValue) -> bool:
    """Whether a value lies in the domain of the fact (knowledge-format, "Domains")."""
    if fact.type is FactType.YESNO:
        return isinstance(value, bool)
    if fact.type is FactType.CHOICE:
        return isinstance(value, str) and (value in fact.values or value == NONE_OF_THESE)
    if isinstance(value, Between):
        ends = [end for end in (value.low, value.high) if end is not None]
        return all(fits(fact, end) for end in ends) and ends == sorted(ends)
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value < conditions.TOO_LARGE:
        return False
    smallest = _SMALLEST.get(fact.type)
    within = value <= 100 or fact.type is not FactType.PERCENT
    return within and (smallest is None or value % smallest == 0)


def label(fact: Fact | ReadFact) -> str:
    """The name of a fact as people read it."""
    return fact.name.replace("_", " ").replace("-", " ")


def parse_value(fact: Fact, text: str) -> FactValue:
    """What a colleague typed or a program gave as the value of a fact: `40`, `€ 12,50`, `ja`, `50.01 .. 250`.

    Raises UsageError, saying what would fit, for anything else.
    """
    text = text.strip()
    try:
        value = _parsed(fact, text)
    except BadCondition:
        value = None
    if value is None or not fits(fact, value):
        raise UsageError(texts.WRONG_VALUE, value=text[:80], fact=fact.name, expected=_expected(fact))
    return value


def write_value(value: FactValue) -> str:
    """As `parse_value` reads it back, for buttons and programs."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return conditions.write_number(value)
    low = "" if value.low is None else conditions.write_number(value.low)
    high = "" if value.high is None else conditions.write_number(value.high)
    if value.low is None or value.high is None:
        return f"{'>=' if value.with_low else '>'} {low}" if low else f"{'<=' if value.with_high else '<'} {high}"
    return f"{'' if value.with_low else '>'}{low} .. {'' if value.with_high else '<'}{high}"


def show_value(fact: Fact, value: FactValue, language: str, currency: str = "EUR") -> str:
    """As the organisation writes it: `€ 40,00`, `3 dagen`, `ja`, `tot en met € 50,00`."""
    if isinstance(value, bool):
        return (texts.YES if value else texts.NO)(language)
    if isinstance(value, str):
        return texts.NONE_OF_THESE(language) if value == NONE_OF_THESE else value
    if isinstance(value, Between):
        return show_range(fact, value, language, currency)
    return show_number(fact, value, language, currency)


def show_number(fact: Fact, value: Decimal, language: str, currency: str) -> str:
    if fact.type is FactType.MONEY:
        return notation.money(value, language, currency)
    if fact.type is FactType.PERCENT:
        return notation.percent(value, language)
    if fact.type is FactType.DAYS:
        written = notation.number(value, language)
        return texts.ONE_DAY(language) if value == 1 else texts.DAYS(language, count=written)
    return notation.number(value, language)


def show_range(fact: Fact, value: Between, language: str, currency: str) -> str:
    """`tot en met € 50,00`, `€ 50,01 tot en met € 250,00`, `meer dan € 250,00`."""

    def shown(end: Decimal) -> str:
        return show_number(fact, end, language, currency)

    low, high = value.low, value.high
    if low is not None and low == high:
        return texts.EXACTLY(language, value=shown(low))
    if high is None:
        wording = texts.OR_MORE if value.with_low else texts.MORE_THAN
        return wording(language, low=shown(low if low is not None else Decimal(0)))
    if low is None or low == 0:
        return (texts.UP_TO if value.with_high else texts.LESS_THAN)(language, high=shown(high))
    both = {
        (True, True): texts.FROM_TO,
        (False, True): texts.BETWEEN_MORE,
        (True, False): texts.BETWEEN_LESS,
        (False, False): texts.BETWEEN_BOTH,
    }[value.with_low, value.with_high]
    # "3 tot en met 7 dagen": the unit of days is said once.
    first = notation.number(low, language) if fact.type is FactType.DAYS else shown(low)
    return both(language, low=first, high=shown(high))


def _parsed(fact: Fact, text: str) -> FactValue | None:
    if fact.type is FactType.YESNO:
        value = conditions.parse(text, fact)
        return value.values[0] if not isinstance(value, Between) else None
    if fact.type is FactType.CHOICE:
        return _choice(fact, text)
    span = _RANGE.fullmatch(text)
    if span:
        low, high = (conditions.read_number(end, fact.type) for end in (span[2], span[4]))
        return Between(low, high, not span[1], not span[3])
    condition = conditions.parse(text, fact)
    if isinstance(condition, Between):
        return condition.low if condition.low is not None and condition.low == condition.high else condition
    return None


def _choice(fact: Fact, text: str) -> str | None:
    for value in fact.values:
        if text.lower() == value.lower():
            return value
    for value, words in fact.values.items():
        if text.lower() in {word.lower() for word in words}:
            return value
    return NONE_OF_THESE if text.lower() in _NONE_WORDS else None


def _expected(fact: Fact) -> Text:
    if fact.type is not FactType.CHOICE:
        return texts.EXPECTED[fact.type]
    return texts.EXPECTED_CHOICE.about(known=", ".join(fact.values))
