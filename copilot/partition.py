"""The cases that unknown facts leave open, cut where the rules cut: finite, small and exact.

A column holds one unknown fact, divided into parts on which every rule decides alike. A cell is what some
combination of parts comes to: which rules match, and whether the period limit is passed. Equal cells are
kept once, so that even four unknown facts and fifty rules stay a handful.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from typing import Final, NamedTuple

from copilot import conditions
from copilot.domain import Between, Fact, FactType, FactValue, Mandate, Rule

HUNDRED: Final = Decimal(100)
_STEPS: Final = {FactType.MONEY: Decimal("0.01"), FactType.DAYS: Decimal(1)}


class Cell(NamedTuple):
    """What one open case comes to."""

    rules: int
    """Bit n is set where rule n matches."""
    over_limit: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Values of one fact that no rule tells apart."""

    value: FactValue
    """One of them; for a range the range itself."""
    rules: int
    """Bit n is set where rule n allows these values."""
    over_limit: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One unknown fact and its parts, lowest first."""

    fact: Fact
    parts: tuple[Part, ...]
    step: Decimal | None = None
    """The distance between neighbouring values; None where there is always one in between, or none at all."""


@dataclass(frozen=True, slots=True)
class Grid:
    """All open cases of a mandate."""

    base: Cell
    """What the known facts leave of the rules."""
    columns: tuple[Column, ...] = ()

    def cells(self, without: Column | None = None) -> frozenset[Cell]:
        """Every cell, leaving one column out where that is asked."""
        return reduce(_crossed, (each for each in self.columns if each is not without), frozenset({self.base}))

    def changing(self) -> Iterator[tuple[Column, frozenset[Cell]]]:
        """Each column with the cells of all others together."""
        return ((column, self.cells(without=column)) for column in self.columns)


def cells_of(mandate: Mandate, known: Mapping[str, FactValue], room_left: Decimal | None) -> Grid:
    """The grid over the facts that are not known exactly.

    `room_left` is what the period limit still allows of its fact; None = there is no limit.
    """
    rules = mandate.rules
    matching = (1 << len(rules)) - 1
    over = False
    columns = []
    limited = mandate.period_limit.fact if mandate.period_limit and room_left is not None else None
    for fact in mandate.facts:
        room = room_left if fact.name == limited else None
        value = known.get(fact.name)
        if value is None or isinstance(value, Between):
            columns.append(_column(fact, rules, room, value))
            continue
        matching &= _rules_for(fact, value, rules)
        over = over or _is_over(value, room)
    return Grid(Cell(matching, over), tuple(columns))


def combined(cell: Cell, part: Part) -> Cell:
    return Cell(cell.rules & part.rules, cell.over_limit or part.over_limit)


def _crossed(cells: frozenset[Cell], column: Column) -> frozenset[Cell]:
    return frozenset(combined(cell, part) for cell in cells for part in column.parts)


def _rules_for(fact: Fact, value: FactValue, rules: tuple[Rule, ...]) -> int:
    mask = 0
    for place, rule in enumerate(rules):
        condition = rule.when.get(fact.name)
        if condition is None or conditions.holds(condition, value):
            mask |= 1 << place
    return mask


def _is_over(value: FactValue, room: Decimal | None) -> bool:
    return room is not None and isinstance(value, Decimal) and value > room


def _column(fact: Fact, rules: tuple[Rule, ...], room: Decimal | None, within: Between | None) -> Column:
    if fact.type is FactType.YESNO:
        return Column(fact, tuple(Part(value, _rules_for(fact, value, rules)) for value in (True, False)))
    if fact.type is FactType.CHOICE:
        return Column(fact, tuple(Part(value, _rules_for(fact, value, rules)) for value in fact.values))
    cuts = _cuts(fact, rules, room, within)
    step = _step(fact, cuts)
    pieces = [
        (piece, _rules_for(fact, sample, rules), _is_over(sample, room))
        for piece, sample in _pieces(fact, cuts, step)
        if within is None or conditions.holds(within, sample)
    ]
    return Column(
        fact, tuple(Part(_open_at(fact, piece), matching, over) for piece, matching, over in _merged(pieces)), step
    )


def _open_at(fact: Fact, piece: Between) -> Between:
    """A percentage ends at 100 by itself, which nobody needs to be told."""
    if fact.type is FactType.PERCENT and piece.high == HUNDRED and piece.low != HUNDRED:
        return Between(piece.low, None, piece.with_low)
    return piece


def _cuts(fact: Fact, rules: tuple[Rule, ...], room: Decimal | None, within: Between | None) -> list[Decimal]:
    """Every number at which something may change, within the domain of the fact."""
    ends = [end for end in (within.low, within.high) if end is not None] if within else []
    cuts = {Decimal(0), *ends, *([room] if room is not None else [])}
    for rule in rules:
        if fact.name in rule.when:
            cuts.update(conditions.thresholds(rule.when[fact.name]))
    if fact.type is FactType.PERCENT:
        cuts.add(HUNDRED)
    top = max(cuts) if fact.type is not FactType.PERCENT else HUNDRED
    return sorted(cut for cut in cuts if 0 <= cut <= top)


def _pieces(fact: Fact, cuts: list[Decimal], step: Decimal | None) -> Iterator[tuple[Between, Decimal]]:
    """The number line cut at every threshold: points, and what lies between, each with a value in it."""
    for low, high in [*pairwise(cuts), (cuts[-1], None)]:
        if step is None or low % step == 0:
            yield Between(low, low), low
        sample = _between(low, high, step)
        if sample is not None and not (fact.type is FactType.PERCENT and sample > HUNDRED):
            yield Between(low, high, False, False), sample


def _step(fact: Fact, cuts: list[Decimal]) -> Decimal | None:
    """The distance between neighbouring values; None where there is always one in between."""
    if fact.type is FactType.NUMBER and all(cut == cut.to_integral_value() for cut in cuts):
        return Decimal(1)
    return _STEPS.get(fact.type)


def _between(low: Decimal, high: Decimal | None, step: Decimal | None) -> Decimal | None:
    """A value strictly between, if there is one."""
    if high is None:
        return low - low % (step or Decimal(1)) + (step or Decimal(1))
    if step is None:
        return (low + high) / 2
    sample = low - low % step + step
    return sample if sample < high else None


def _merged(pieces: list[tuple[Between, int, bool]]) -> Iterator[tuple[Between, int, bool]]:
    """Neighbours that no rule tells apart, as one range."""
    while pieces:
        (first, rules, over), *_ = pieces
        alike = 1
        while alike < len(pieces) and pieces[alike][1:] == (rules, over):
            alike += 1
        last = pieces[alike - 1][0]
        yield Between(first.low, last.high, first.with_low, last.with_high), rules, over
        pieces = pieces[alike:]


def narrowed(piece: Between, step: Decimal | None) -> Between:
    """The same range with ends that are values themselves, where there are neighbouring values."""
    low, high = piece.low, piece.high
    if step is None:
        return piece
    if low is not None and not piece.with_low:
        low = low - low % step + step
    if high is not None and not piece.with_high:
        high = high - (high % step or step)
    return Between(low, high)
