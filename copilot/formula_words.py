"""An amount's formula in plain words: `min(10% * bedrag, 25)` is "10% van bedrag, maar hoogstens € 25,00"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from copilot import formula, notation
from copilot.domain import Fact, FactType, Mandate
from copilot.factvalues import label
from copilot.messages import Text
from copilot.messages import mandate_sheet as texts


def formula_words(amount: str, mandate: Mandate, language: str, currency: str) -> str:
    """The formula as a colleague would say it. Raises BadFormula for one that cannot be read."""
    parsed = formula.parse(amount, [fact.name for fact in mandate.facts])
    return _Words({fact.name: fact for fact in mandate.facts}, language, currency).amount(parsed.node)


@dataclass(frozen=True, slots=True)
class _Words:
    facts: Mapping[str, Fact]
    language: str
    currency: str

    def amount(self, node: formula.Node) -> str:
        """Where the outcome is an amount of money."""
        match node:
            case formula.Number(value):
                return notation.money(_decimal(value), self.language, self.currency)
            case formula.FactName(name):
                return label(self.facts[name])
            case formula.Least(parts):
                return self._bounded(parts, texts.AT_MOST, texts.LEAST)
            case formula.Most(parts):
                return self._bounded(parts, texts.AT_LEAST, texts.MOST)
            case formula.Chain(first, rest) if rest[0][0] in "+-":
                said = [self._apart(first)]
                said += [_SUM[sign](self.language, part=self._apart(part)) for sign, part in rest]
                return " ".join(said)
            case formula.Chain():
                return self._product(node)

    def _bounded(self, parts: tuple[formula.Node, ...], bound: Text, choice: Text) -> str:
        """One fixed amount beside one other is a bound; anything else is the least or most of a list."""
        fixed = [part for part in parts if isinstance(part, formula.Number)]
        free = [part for part in parts if not isinstance(part, formula.Number)]
        if len(fixed) == len(free) == 1:
            return bound(self.language, what=self.amount(free[0]), bound=self.amount(fixed[0]))
        between = texts.AND(self.language)
        return choice(self.language, parts=between.join(map(self.amount, parts)))

    def _product(self, chain: formula.Chain) -> str:
        if part_of := _share_of_something(chain):
            share, whole = part_of
            percent = notation.percent(_decimal(share.value * 100), self.language)
            return texts.SHARE(self.language, percent=percent, what=self._apart(whole))
        factors: list[tuple[str, formula.Node]] = [("*", chain.first), *chain.rest]
        # "kilometers keer € 0,08" is how people say it, whichever way round it is written.
        factors.sort(key=lambda each: (each[0] == "/", isinstance(each[1], formula.Number)))
        (_, first), *rest = factors
        said = [self._factor(first, chain)]
        said += [_PRODUCT[sign](self.language, part=self._factor(part, chain)) for sign, part in rest]
        return " ".join(said)

    def _factor(self, node: formula.Node, chain: formula.Chain) -> str:
        """A number in a product is an amount only where nothing else in it is one."""
        if isinstance(node, formula.Number):
            others = [part for part in (chain.first, *(part for _, part in chain.rest)) if part is not node]
            if any(self._is_money(part) for part in others):
                return notation.number(_decimal(node.value), self.language)
            return self.amount(node)
        said = self.amount(node)
        if isinstance(node, formula.FactName) and self.facts[node.name].type is FactType.PERCENT:
            return texts.PERCENTAGE(self.language, fact=said)
        return f"({said})" if isinstance(node, formula.Chain) and node.rest[0][0] in "+-" else self._apart(node)

    def _apart(self, node: formula.Node) -> str:
        """A bound within a sum or a product stands in brackets: "at most" would else be read of the whole."""
        said = self.amount(node)
        return f"({said})" if isinstance(node, formula.Least | formula.Most) else said

    def _is_money(self, node: formula.Node) -> bool:
        match node:
            case formula.FactName(name):
                return self.facts[name].type is FactType.MONEY
            case formula.Least(parts) | formula.Most(parts):
                return any(map(self._is_money, parts))
            case formula.Chain(first, rest):
                return any(map(self._is_money, (first, *(part for _, part in rest))))
            case _:
                return False


_SUM: Mapping[str, Callable[..., str]] = {"+": texts.PLUS, "-": texts.MINUS}
_PRODUCT: Mapping[str, Callable[..., str]] = {"*": texts.TIMES, "/": texts.DIVIDED_BY}


def _share_of_something(chain: formula.Chain) -> tuple[formula.Number, formula.Node] | None:
    """`10% * bedrag` or `bedrag * 10%`: a part of one thing."""
    if len(chain.rest) != 1 or chain.rest[0][0] != "*":
        return None
    first, second = chain.first, chain.rest[0][1]
    if isinstance(first, formula.Number) and first.value < 1:
        return first, second
    if isinstance(second, formula.Number) and second.value < 1:
        return second, first
    return None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
