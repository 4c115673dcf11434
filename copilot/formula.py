"""The formula of an `amount`: read once, worked out exactly, rounded to cents (knowledge-format, "A mandate").

sum     = product (("+" | "-") product)*
product = signed (("*" | "/") signed)*
signed  = ("-" | "+")? single
single  = number "%"? | fact | ("min" | "max") "(" sum ("," sum)+ ")" | "(" sum ")"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, NoReturn

from copilot.errors import CopilotError
from copilot.messages import format as texts
from copilot.spelling import listed, nearest

LONGEST: Final = 500
"""Characters of a formula; a longer one is not readable by the colleague who must check it."""
DEEPEST: Final = 20
"""Brackets inside each other."""

_SIGNS: Final = frozenset("+-*/%,()")
_SPACE: Final = re.compile(r"\s*")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TIGHT_COMMA: Final = re.compile(r"(?<=[0-9]),(?=[0-9])")
_WORD: Final = re.compile(r"[^\W\d][\w-]*")
_CALL: Final = re.compile(r"(min|max)\s*\(")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


class BadFormula(CopilotError):
    """A formula that cannot be read; the message says how to write it."""


class NoAmount(CopilotError):
    """A formula that has no outcome for these values, because it divides by zero."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; 10% is 1/10."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class FactName:
    """The value of a fact."""

    name: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts of one rank, worked out from left to right: `first + a - b` or `first * a / b`."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Least:
    """min(…)"""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Most:
    """max(…)"""

    parts: tuple[Node, ...]


Node = Number | FactName | Chain | Least | Most


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that can be worked out."""

    text: str
    node: Node
    facts: frozenset[str]
    """The names of the facts that it uses."""


def parse(text: str, fact_names: Collection[str]) -> Formula:
    """Reads a formula over the facts with these names; of two names that fit, the longer one is meant.

    Raises BadFormula for anything else than + - * /, percentages, min, max, numbers and these names.
    """
    if not text.strip():
        raise BadFormula(texts.FORMULA_EMPTY)
    if len(text) > LONGEST:
        raise BadFormula(texts.FORMULA_TOO_LONG)
    reader = _Reader(text, fact_names)
    node = reader.sum()
    reader.expect_end()
    return Formula(text, node, frozenset(reader.used))


def evaluate(formula: Formula, values: Mapping[str, Decimal], percent_facts: Set[str] = frozenset()) -> Decimal:
    """The outcome, exact and then rounded to cents, half to even; below 0 where the formula says so.

    `values` holds a value for each of `formula.facts`; of the facts in `percent_facts` a 10 counts as 10 %.
    Raises NoAmount where the formula divides by zero.
    """
    known = {name: Fraction(values[name]) / (100 if name in percent_facts else 1) for name in formula.facts}
    try:
        exact = _worked_out(formula.node, known)
    except ZeroDivisionError as fault:
        raise NoAmount(texts.FORMULA_DIVIDES_BY_ZERO, formula=formula.text) from fault
    return _in_cents(exact)


def _worked_out(node: Node, known: Mapping[str, Fraction]) -> Fraction:
    match node:
        case Number(value):
            return value
        case FactName(name):
            return known[name]
        case Least(parts):
            return min(_worked_out(part, known) for part in parts)
        case Most(parts):
            return max(_worked_out(part, known) for part in parts)
        case Chain(first, rest):
            total = _worked_out(first, known)
            for sign, part in rest:
                total = _combined(total, sign, _worked_out(part, known))
            return total


def _combined(left: Fraction, sign: str, right: Fraction) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def _in_cents(exact: Fraction) -> Decimal:
    hundredths = round(exact * 100)  # round() of a fraction is half to even
    digits = tuple(int(digit) for digit in str(abs(hundredths)))
    return Decimal((int(hundredths < 0), digits, -2))


class _Reader:
    """Recursive descent over the text; `place` is the character where reading goes on."""

    def __init__(self, text: str, fact_names: Collection[str]) -> None:
        self.text = text
        self.names = sorted(fact_names, key=len, reverse=True)
        self.place = 0
        self.depth = 0
        self.used: set[str] = set()

    def sum(self, in_call: bool = False) -> Node:
        return self.chain("+-", in_call)

    def expect_end(self) -> None:
        if self.peek():
            self.refuse_rest()

    def chain(self, signs: str, in_call: bool) -> Node:
        def part() -> Node:
            return self.chain("*/", in_call) if signs == "+-" else self.signed(in_call)

        first, rest = part(), []
        while (sign := self.peek()) and sign in signs:
            self.place += 1
            rest.append((sign, part()))
        return Chain(first, tuple(rest)) if rest else first

    def signed(self, in_call: bool) -> Node:
        sign = self.peek()
        if sign and sign in "+-":
            self.place += 1
            return Chain(Number(Fraction(0)), ((sign, self.single(in_call)),))
        return self.single(in_call)

    def single(self, in_call: bool) -> Node:
        sign = self.peek()
        if not sign:
            raise BadFormula(texts.FORMULA_ENDS)
        if name := self.fact_name():
            node: Node = FactName(name)
        elif call := _CALL.match(self.text, self.place):
            node = self.call(call)
        elif _NUMBER.match(self.text, self.place):
            node = self.number(in_call)
        elif sign == "(":
            node = self.brackets()
        else:
            self.refuse()
        if self.peek() == "%":
            raise BadFormula(texts.FORMULA_PERCENT)
        return node

    def fact_name(self) -> str | None:
        if _CALL.match(self.text, self.place):
            return None  # a fact may be called min, but not in front of a bracket
        for name in self.names:
            end = self.place + len(name)
            if self.text.startswith(name, self.place) and not _goes_on(name, self.text[end : end + 1]):
                self.place = end
                self.used.add(name)
                return name
        return None

    def number(self, in_call: bool) -> Node:
        start = self.place
        self.skip_digits()
        if not in_call and _TIGHT_COMMA.match(self.text, self.place):
            self.place += 1
            self.skip_digits()
        value = _number(self.text[start : self.place])
        if self.peek() == "%":
            self.place += 1
            value /= 100
        return Number(value)

    def skip_digits(self) -> None:
        found = _NUMBER.match(self.text, self.place)
        self.place = found.end() if found else self.place

    def call(self, found: re.Match[str]) -> Node:
        self.place = found.end()
        self.deeper()
        parts, tight = [self.sum(in_call=True)], 0
        while self.peek() == ",":
            tight += bool(_TIGHT_COMMA.match(self.text, self.place))
            self.place += 1
            parts.append(self.sum(in_call=True))
        self.close()
        if len(parts) < 2:
            raise BadFormula(texts.FORMULA_ONE_ARGUMENT, function=found[1])
        if tight and len(parts) - tight >= 2:
            # min(0,5 * a, 25) makes sense with the comma as a decimal sign and as a separator
            raise BadFormula(texts.FORMULA_COMMA)
        return Least(tuple(parts)) if found[1] == "min" else Most(tuple(parts))

    def brackets(self) -> Node:
        self.place += 1
        self.deeper()
        node = self.sum()
        self.close()
        return node

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadFormula(texts.FORMULA_TOO_LONG)

    def close(self) -> None:
        sign = self.peek()
        if not sign:
            raise BadFormula(texts.FORMULA_ENDS)
        if sign != ")":
            self.refuse_rest()
        self.place += 1
        self.depth -= 1

    def peek(self) -> str:
        """The next sign that is not white space; empty at the end."""
        found = _SPACE.match(self.text, self.place)
        self.place = found.end() if found else self.place
        return self.text[self.place : self.place + 1]

    def found(self) -> str:
        word = _WORD.match(self.text, self.place)
        return word[0] if word else self.text[self.place]

    def refuse_rest(self) -> NoReturn:
        found = self.found()
        is_known = _WORD.match(found) or _NUMBER.match(found) or found in _SIGNS
        raise BadFormula(texts.FORMULA_LEFT if is_known else texts.FORMULA_SIGN, found=found, sign=found)

    def refuse(self) -> NoReturn:
        word = self.found()
        if word in _SIGNS:
            raise BadFormula(texts.FORMULA_EXPECTED, found=word)
        if not _WORD.match(word):
            raise BadFormula(texts.FORMULA_SIGN, sign=word)
        near = nearest(word, self.names)
        if near:
            raise BadFormula(texts.FORMULA_UNKNOWN_NEAR, name=word, near=near)
        raise BadFormula(texts.FORMULA_UNKNOWN, name=word, known=listed(sorted(self.names)) or "-")


def _goes_on(name: str, following: str) -> bool:
    """Whether the word goes on after the name, so that another name stands there."""
    return bool(re.match(r"\w", name[-1:])) and bool(re.match(r"\w", following))


def _number(written: str) -> Fraction:
    whole, _, decimals = written.replace(",", ".").partition(".")
    if "." in decimals:
        raise BadFormula(texts.NUMBER_FORM, written=written)
    if _THOUSANDS.fullmatch(written):
        raise BadFormula(texts.NUMBER_AMBIGUOUS, written=written, large=whole + decimals, small=written + "0")
    if len(whole) > 12 or len(decimals) > 6:
        raise BadFormula(texts.NUMBER_TOO_LARGE, written=written)
    return Fraction(f"{whole}.{decimals or 0}")
