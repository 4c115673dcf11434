"""Conditions of a mandate: from what the author wrote to a value, and back (knowledge-format, "A mandate")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from copilot.domain import Between, Condition, Fact, FactType, FactValue, OneOf
from copilot.errors import CopilotError
from copilot.messages import format as texts
from copilot.spelling import listed, nearest

YES_WORDS: Final = frozenset({"yes", "ja", "true"})
NO_WORDS: Final = frozenset({"no", "nee", "false"})
NUMERIC: Final = frozenset({FactType.MONEY, FactType.NUMBER, FactType.PERCENT, FactType.DAYS})

_OPERATORS: Final = {"≤": "<=", "≥": ">="}
_COMPARISON: Final = re.compile(r"(<=|>=|<|>|=|≤|≥)?\s*([^<>=≤≥]+)")
_PLAIN: Final = re.compile(r"(\d+)(?:([.,])(\d+))?")
_GROUPED: Final = re.compile(r"(\d{1,3})([.,])(\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")
_LONGEST_WHOLE: Final = 12
TOO_LARGE: Final = Decimal(10) ** _LONGEST_WHOLE
"""From here on a number counts as a slip of the fingers; sums with it would no longer be exact either."""
_LONGEST_DECIMALS: Final = 6


class BadCondition(CopilotError):
    """A condition, or a number in one, that cannot be read; the message says how to write it."""


def parse(raw: str | Sequence[str], fact: Fact) -> Condition:
    """What an author wrote after the name of a fact.

    A list means that one of its values must hold: names of values for a choice, yes and no for a yesno,
    plain numbers for the rest. Raises BadCondition for a form, value or number that does not fit the fact.
    """
    parts = [raw] if isinstance(raw, str) else list(raw)
    parts = [part.strip() for part in parts]
    if not parts or not all(parts):
        raise BadCondition(texts.CONDITION_EMPTY, fact=fact.name)
    if fact.type is FactType.YESNO:
        return OneOf(tuple(dict.fromkeys(_yesno(part, fact) for part in parts)))
    if fact.type is FactType.CHOICE:
        return OneOf(tuple(dict.fromkeys(_value(part, fact) for part in parts)))
    if len(parts) == 1:
        return _range(parts[0], fact)
    numbers = tuple(dict.fromkeys(_exact(part, fact) for part in parts))
    return OneOf(numbers) if len(numbers) > 1 else Between(numbers[0], numbers[0])


def write(condition: Condition, fact: Fact) -> str | list[str]:
    """The way to write it that `parse` reads back to an equal condition.

    Raises BadCondition for a range without ends, or with an end that does not count, on both sides.
    """
    if isinstance(condition, OneOf):
        written = [_written_value(value) for value in condition.values]
        return written[0] if len(written) == 1 and not isinstance(condition.values[0], Decimal) else written
    low, high = condition.low, condition.high
    if low is not None and high is not None and condition.with_low and condition.with_high:
        return f"= {write_number(low)}" if low == high else f"{write_number(low)} .. {write_number(high)}"
    if low is not None and high is None:
        return f"{'>=' if condition.with_low else '>'} {write_number(low)}"
    if high is not None and low is None:
        return f"{'<=' if condition.with_high else '<'} {write_number(high)}"
    raise BadCondition(texts.CONDITION_NOT_WRITABLE, fact=fact.name)


def holds(condition: Condition, value: FactValue) -> bool:
    """Whether a known value meets the condition; a value of another type never does."""
    if isinstance(condition, OneOf):
        return any(type(value) is type(each) and value == each for each in condition.values)
    if not isinstance(value, Decimal):
        return False
    low, high = condition.low, condition.high
    above = low is None or value > low or (condition.with_low and value == low)
    below = high is None or value < high or (condition.with_high and value == high)
    return above and below


def thresholds(condition: Condition) -> tuple[Decimal, ...]:
    """The numbers at which the condition begins or ceases to hold, lowest first; none for words and yes or no."""
    if isinstance(condition, OneOf):
        return tuple(sorted(each for each in condition.values if isinstance(each, Decimal)))
    return tuple(sorted({each for each in (condition.low, condition.high) if each is not None}))


def read_number(written: str, kind: FactType) -> Decimal:
    """A number with a decimal point or a Dutch comma, thousands with or without separators.

    Raises BadCondition for what is no number, for a number that may be read in two ways ("1.000" of a
    plain number) and for one outside the domain of its type (knowledge-format, "Domains").
    """
    text = _without_unit(written.strip(), kind)
    if text.startswith("-"):
        raise BadCondition(texts.NUMBER_NEGATIVE, written=written)
    return _in_domain(_unsigned(text, kind, written), kind, written)


def write_number(value: Decimal) -> str:
    """Digits with a decimal point, such that `read_number` gives the same value back."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    decimals = len(text.partition(".")[2])
    # three digits after the point could be thousands to a Dutch reader, so a zero is added
    return text + "0" if decimals == 3 else text


def _yesno(part: str, fact: Fact) -> bool:
    word = part.lower()
    if word not in YES_WORDS | NO_WORDS:
        raise BadCondition(texts.CONDITION_YESNO, written=part, fact=fact.name)
    return word in YES_WORDS


def _value(part: str, fact: Fact) -> str:
    if part in fact.values:
        return part
    near, known = nearest(part, fact.values), listed(fact.values)
    if near:
        raise BadCondition(texts.CONDITION_VALUE_NEAR, written=part, fact=fact.name, near=near, known=known)
    raise BadCondition(texts.CONDITION_VALUE, written=part, fact=fact.name, known=known)


def _exact(part: str, fact: Fact) -> Decimal:
    condition = _range(part, fact)
    if condition.low is None or condition.low != condition.high:
        raise BadCondition(texts.CONDITION_FORM, written=part, fact=fact.name)
    return condition.low


def _range(part: str, fact: Fact) -> Between:
    first, is_range, second = part.partition("..")
    if is_range:
        low, high = _number(first, part, fact), _number(second, part, fact)
        if low > high:
            raise BadCondition(texts.CONDITION_ORDER, written=part)
        return Between(low, high)
    found = _COMPARISON.fullmatch(part)
    if not found:
        raise BadCondition(texts.CONDITION_FORM, written=part, fact=fact.name)
    value = _number(found[2], part, fact)
    match _OPERATORS.get(found[1], found[1]):
        case "<=" | "<" as sign:
            return Between(high=value, with_high=sign == "<=")
        case ">=" | ">" as sign:
            return Between(low=value, with_low=sign == ">=")
        case _:
            return Between(value, value)


def _number(written: str, whole: str, fact: Fact) -> Decimal:
    if not any(sign.isdigit() for sign in written):
        raise BadCondition(texts.CONDITION_FORM, written=whole, fact=fact.name)
    return read_number(written, fact.type)


def _without_unit(text: str, kind: FactType) -> str:
    if kind is FactType.MONEY:
        text = text.removeprefix("€").removeprefix("EUR").removesuffix("€").removesuffix("EUR")
    elif kind is FactType.PERCENT:
        text = text.removesuffix("%")
    return text.strip()


def _unsigned(text: str, kind: FactType, written: str) -> Decimal:
    grouped = _GROUPED.fullmatch(text) if text.isascii() else None
    if grouped and _is_grouped(grouped, kind, written):
        whole = grouped[1] + re.sub("[.,]", "", grouped[3])
        return _decimal(whole, grouped[4] or "", written)
    plain = _PLAIN.fullmatch(text) if text.isascii() else None
    if not plain:
        raise BadCondition(texts.NUMBER_FORM, written=written)
    return _decimal(plain[1], plain[3] or "", written)


def _is_grouped(found: re.Match[str], kind: FactType, written: str) -> bool:
    """Whether the separators are for thousands. Only money and days, which know no thousandths, tell by themselves."""
    whole, separator, groups, decimals = found.groups()
    if decimals is not None or separator in groups:
        return True
    if whole.startswith("0") or kind is FactType.PERCENT:
        return False
    if kind is FactType.NUMBER:
        large, small = whole + groups, f"{whole}.{groups}0"
        raise BadCondition(texts.NUMBER_AMBIGUOUS, written=written.strip(), large=large, small=small)
    return True


def _decimal(whole: str, decimals: str, written: str) -> Decimal:
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    if len(whole) > _LONGEST_WHOLE or len(decimals) > _LONGEST_DECIMALS:
        raise BadCondition(texts.NUMBER_TOO_LARGE, written=written)
    return Decimal(f"{whole}.{decimals}" if decimals else whole)


def _in_domain(value: Decimal, kind: FactType, written: str) -> Decimal:
    if kind is FactType.MONEY and value != value.quantize(Decimal("0.01")):
        raise BadCondition(texts.MONEY_CENTS, written=written)
    if kind is FactType.DAYS and value != value.to_integral_value():
        raise BadCondition(texts.DAYS_WHOLE, written=written)
    if kind is FactType.PERCENT and value > 100:
        raise BadCondition(texts.PERCENT_RANGE, written=written)
    return value


def _written_value(value: str | bool | Decimal) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return write_number(value) if isinstance(value, Decimal) else value
