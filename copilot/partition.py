"""The cases that unknown facts leave open, cut where the rules cut: finite, small and exact.

A column holds one unknown fact, divided into parts on which every rule decides alike. A cell is what some
combination of parts comes to: which rules match, and whether the period limit is passed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from itertools import groupby, pairwise
from operator import and_, or_
from typing import Final, NamedTuple

from copilot import conditions
from copilot.domain import Between, Condition, Fact, FactType, FactValue, Mandate, Rule

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

    @property
    def any(self) -> int:
        """The rules that allow some value."""
        return reduce(or_, (part.rules for part in self.parts), 0)

    @property
    def all(self) -> int:
        """The rules that allow every value."""
        return reduce(and_, (part.rules for part in self.parts), -1)


@dataclass(frozen=True, slots=True)
class Grid:
    """All open cases of a mandate."""

    base: Cell
    """What the known facts leave of the rules."""
    columns: tuple[Column, ...] = ()

    def halves(self) -> Iterator[Grid]:
        """The cases within the period limit and those over it, as far as there are any."""
        limited = next((column for column in self.columns if any(part.over_limit for part in column.parts)), None)
        if limited is None:
            yield self
            return
        for over in (False, True):
            parts = tuple(replace(part, over_limit=False) for part in limited.parts if part.over_limit == over)
            if parts:
                half = replace(limited, parts=parts)
                columns = tuple(half if column is limited else column for column in self.columns)
                yield Grid(Cell(self.base.rules, self.base.over_limit or over), columns)

    def always(self) -> int:
        """The rules that match in every case."""
        return reduce(and_, (part.rules for column in self.columns for part in column.parts), self.base.rules)

    def sometimes(self) -> int:
        """The rules that match in some case: of every fact at least one value is allowed."""
        return reduce(and_, (column.any for column in self.columns), self.base.rules)

    def where(self, rules: int) -> Grid:
        """The cases in which all of these rules match."""
        columns = (
            replace(column, parts=tuple(part for part in column.parts if part.rules & rules == rules))
            for column in self.columns
        )
        return Grid(self.base, tuple(columns))

    def settled(self) -> Iterator[tuple[Column, int]]:
        """Each column with the rules that every value in the columns behind it allows."""
        allowing = [column.all for column in self.columns]
        for place, column in enumerate(self.columns):
            yield column, reduce(and_, allowing[place + 1 :], -1)

    def is_covered_by(self, rules: int) -> bool:
        """Whether in every case at least one of these rules matches."""
        open_cases = {self.base.rules & rules}
        for column, settled in self.settled():
            crossed = {case & part.rules for case in open_cases for part in column.parts}
            if 0 in crossed:
                return False
            open_cases = {case for case in crossed if not case & settled}
        return 0 not in open_cases


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


def _rules_for(fact: Fact, value: FactValue, rules: tuple[Rule, ...]) -> int:
    mask = 0
    for place, rule in enumerate(rules):
        condition = rule.when.get(fact.name)
        if condition is None or conditions.holds(condition, value):
            mask |= 1 << place
    return mask


def _rules_along(fact: Fact, samples: list[Decimal], rules: tuple[Rule, ...]) -> Iterator[int]:
    """The rules that match each of these values, which rise: a rule sets in at one and ends at another."""
    turns = [0] * (len(samples) + 1)
    for place, rule in enumerate(rules):
        for first, end in _spans(rule.when.get(fact.name), samples):
            turns[first] ^= 1 << place
            turns[end] ^= 1 << place
    matching = 0
    for turn in turns[:-1]:
        matching ^= turn
        yield matching


def _spans(condition: Condition | None, samples: list[Decimal]) -> Iterator[tuple[int, int]]:
    """From which sample until before which other the condition holds."""
    if condition is None:
        yield 0, len(samples)
        return
    ranges = (
        [condition]
        if isinstance(condition, Between)
        else [Between(value, value) for value in dict.fromkeys(condition.values) if isinstance(value, Decimal)]
    )
    for each in ranges:
        place_low = bisect_left if each.with_low else bisect_right
        place_high = bisect_right if each.with_high else bisect_left
        first = 0 if each.low is None else place_low(samples, each.low)
        end = len(samples) if each.high is None else place_high(samples, each.high)
        if first < end:
            yield first, end


def _is_over(value: FactValue, room: Decimal | None) -> bool:
    return room is not None and isinstance(value, Decimal) and value > room


def _column(fact: Fact, rules: tuple[Rule, ...], room: Decimal | None, within: Between | None) -> Column:
    if fact.type is FactType.YESNO:
        return Column(fact, tuple(Part(value, _rules_for(fact, value, rules)) for value in (True, False)))
    if fact.type is FactType.CHOICE:
        return Column(fact, tuple(Part(value, _rules_for(fact, value, rules)) for value in fact.values))
    cuts = _cuts(fact, rules, room, within)
    step = _step(fact, cuts)
    found = [each for each in _pieces(fact, cuts, step) if within is None or conditions.holds(within, each[1])]
    samples = [sample for _, sample in found]
    pieces = [
        (piece, matching, _is_over(sample, room))
        for (piece, sample), matching in zip(found, _rules_along(fact, samples, rules), strict=True)
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
    for (rules, over), alike in groupby(pieces, key=lambda piece: piece[1:]):
        first, *rest = (piece for piece, *_ in alike)
        last = rest[-1] if rest else first
        yield Between(first.low, last.high, first.with_low, last.with_high), rules, over


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
