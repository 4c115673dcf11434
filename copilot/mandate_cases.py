"""All cases of a mandate at once: searched whole for an example, and the region around an example in words.

The search goes fact by fact and forgets what can no longer matter, so that a table of thousands of rules
is looked through whole. Only where more than MOST_CELLS cases stay apart are some drawn, with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, partial, reduce
from operator import mul
from random import Random
from typing import Final, Protocol

from copilot import conditions, notation
from copilot.domain import Between, FactType, FactValue, Mandate, Organisation
from copilot.factvalues import label, show_range, show_value
from copilot.messages import Text
from copilot.messages import mandate as words
from copilot.partition import Cell, Column, Grid, cells_of, combined, narrowed

MOST_CELLS: Final = 1_000_000
"""More cases than this are not all looked at (the report says so)."""
DRAWN: Final = 50_000
_SEED: Final = 20_261_122
_ROUND: Final = tuple(Decimal(unit) for unit in ("10", "5", "1", "0.5", "0.1", "0.01"))

Place = tuple[int, ...]
"""One case: of each column the number of the part that it falls in."""
Wanted = Callable[[Cell], object]


class Essence(Protocol):
    """A cell without what can no longer matter, None where it surely is not wanted."""

    def __call__(self, cell: Cell, settled: int, limit_open: bool) -> Cell | None:
        """`settled`: the rules on which no further fact has a say; `limit_open`: the limit may still be passed."""


@dataclass(frozen=True, slots=True)
class Region:
    """Cases that lie together: of each column the parts that it spans."""

    spans: tuple[frozenset[int], ...]

    def holds(self, place: Place) -> bool:
        return all(part in span for part, span in zip(place, self.spans, strict=True))


@dataclass
class Cases:
    """A mandate's cases with nothing known yet and nothing given before under a period limit."""

    mandate: Mandate
    drawn: bool = field(default=False, init=False)
    """Whether a search had so many cases to look at that it drew DRAWN of them."""

    @cached_property
    def grid(self) -> Grid:
        limit = self.mandate.period_limit
        grid = cells_of(self.mandate, {}, limit.max if limit else None)
        # whether the limit is passed is known first, so that less must be kept apart
        return Grid(grid.base, tuple(sorted(grid.columns, key=lambda column: not _is_limited(column))))

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.grid.columns

    @property
    def count(self) -> int:
        return reduce(mul, (len(column.parts) for column in self.columns), 1)

    def matching(self, rules: int) -> Place | None:
        """A case in which all of these rules match at once."""
        if self.grid.base.rules & rules != rules:
            return None
        place = [
            next((number for number, part in enumerate(column.parts) if part.rules & rules == rules), None)
            for column in self.columns
        ]
        return None if None in place else tuple(part for part in place if part is not None)

    def find(self, essence: Essence, wanted: Wanted, outside: Sequence[Region] = ()) -> Place | None:
        """A wanted case that lies in none of the regions."""
        found: dict[tuple[Cell, int], Place] = {(self.grid.base, (1 << len(outside)) - 1): ()}
        limit_open = any(map(_is_limited, self.columns))
        for number, (column, settled) in enumerate(self.grid.settled()):
            if len(found) * len(column.parts) > MOST_CELLS:
                return self._draw(wanted, outside)
            limit_open = limit_open and not _is_limited(column)
            inside = [
                sum(1 << place for place, region in enumerate(outside) if part in region.spans[number])
                for part in range(len(column.parts))
            ]
            found = _crossed(found, column, inside, partial(essence, settled=settled, limit_open=limit_open))
        return next((place for (cell, within), place in found.items() if not within and wanted(cell)), None)

    def around(self, place: Place, wanted: Wanted) -> Region:
        """A region that grows from a case, fact by fact, while every case in it is wanted."""
        spans = [frozenset({part}) for part in place]
        for number, column in enumerate(self.columns):
            for part in _outward(place[number], len(column.parts), _is_ordered(column)):
                near = not _is_ordered(column) or part - 1 in spans[number] or part + 1 in spans[number]
                grown = [*spans[:number], frozenset({part}), *spans[number + 1 :]]
                if near and all(map(wanted, self._in(grown))):
                    spans[number] |= {part}
        return Region(tuple(spans))

    def _in(self, spans: Sequence[frozenset[int]]) -> frozenset[Cell]:
        found = frozenset({self.grid.base})
        for column, span in zip(self.columns, spans, strict=True):
            found = frozenset(combined(cell, column.parts[part]) for cell in found for part in span)
        return found

    def _draw(self, wanted: Wanted, outside: Sequence[Region]) -> Place | None:
        self.drawn = True
        random = Random(_SEED)  # noqa: S311 - nothing secret: the same cases must be drawn each time
        for _ in range(DRAWN):
            place = tuple(random.randrange(len(column.parts)) for column in self.columns)
            if wanted(self.cell(place)) and not any(region.holds(place) for region in outside):
                return place
        return None

    def cell(self, place: Place) -> Cell:
        parts = (column.parts[part] for column, part in zip(self.columns, place, strict=True))
        return reduce(combined, parts, self.grid.base)

    def values(self, place: Place) -> dict[str, FactValue]:
        """A value of every fact that can matter for a case, as round as can be, in the order of the entry."""
        found = {
            column.fact.name: _round_value(column, column.parts[part].value)
            for column, part in zip(self.columns, place, strict=True)
            if len(column.parts) > 1
        }
        return {fact.name: found[fact.name] for fact in self.mandate.facts if fact.name in found}


def only(rules: int) -> Essence:
    """The essence for a search that asks about these rules alone."""

    def kept(cell: Cell, settled: int, limit_open: bool) -> Cell:
        return Cell(cell.rules & rules, cell.over_limit)

    return kept


def example_words(found: Cases, place: Place, role: str | None, day: date, organisation: Organisation) -> Text:
    """`medewerker, bedrag € 60,00, ongebruikt: ja, 1 maart 2027`, in both languages."""

    def said(language: str) -> str:
        values = found.values(place)
        facts = [
            words.CONDITION_IS(
                language, fact=label(fact), value=show_value(fact, values[fact.name], language, organisation.currency)
            )
            for fact in found.mandate.facts
            if fact.name in values
        ]
        title = organisation.role(role) if role else None
        return ", ".join([*([title.title.lower()] if title else []), *facts, notation.day(day, language)])

    return in_both(said)


def region_words(found: Cases, region: Region, organisation: Organisation) -> Text:
    """`bedrag meer dan € 250,00 en ongebruikt: ja`; in so many words "in every case" where all are in it."""

    def said(language: str) -> str:
        parts = [
            _span_words(column, sorted(span), language, organisation.currency)
            for column, span in sorted(
                zip(found.columns, region.spans, strict=True), key=lambda each: found.mandate.facts.index(each[0].fact)
            )
            if len(span) < len(column.parts)
        ]
        return words.AND(language).join(parts) or words.ANY_CASE(language)

    return in_both(said)


def in_both(said: Callable[[str], str]) -> Text:
    """A sentence in both languages; braces in what authors wrote are no places for values."""

    def safe(language: str) -> str:
        return said(language).replace("{", "{{").replace("}", "}}")

    return Text(nl=safe("nl"), en=safe("en"))


def _crossed(
    found: dict[tuple[Cell, int], Place],
    column: Column,
    inside: Sequence[int],
    essence: Callable[[Cell], Cell | None],
) -> dict[tuple[Cell, int], Place]:
    crossed: dict[tuple[Cell, int], Place] = {}
    for (cell, within), place in found.items():
        for number, part in enumerate(column.parts):
            kept = essence(combined(cell, part))
            if kept is not None:
                crossed.setdefault((kept, within & inside[number]), (*place, number))
    return crossed


def _is_limited(column: Column) -> bool:
    return any(part.over_limit for part in column.parts)


def _is_ordered(column: Column) -> bool:
    return column.fact.type in conditions.NUMERIC


def _outward(start: int, count: int, ordered: bool) -> Iterable[int]:
    """The other parts, nearest first on either side."""
    if not ordered:
        return (part for part in range(count) if part != start)
    return (*range(start + 1, count), *range(start - 1, -1, -1))


def _round_value(column: Column, value: FactValue) -> FactValue:
    """A value within the part: € 60,00 rather than € 50,01."""
    if not isinstance(value, Between):
        return value
    if value.low is not None and value.low == value.high:
        return value.low
    low = value.low if value.low is not None else Decimal(0)
    for unit in _ROUND:
        candidate = (low // unit + 1) * unit
        fits_step = column.step is None or candidate % column.step == 0
        if fits_step and conditions.holds(value, candidate) and not _beyond(column, candidate):
            return candidate
    exact = narrowed(value, column.step)
    ends = [end for end in (exact.low, exact.high) if end is not None and conditions.holds(value, end)]
    return ends[0] if ends else (low + (value.high if value.high is not None else low + 1)) / 2


def _beyond(column: Column, value: Decimal) -> bool:
    return column.fact.type is FactType.PERCENT and value > 100


def _span_words(column: Column, span: Sequence[int], language: str, currency: str) -> str:
    fact = column.fact
    first, last = column.parts[span[0]].value, column.parts[span[-1]].value
    if isinstance(first, Between) and isinstance(last, Between):
        whole = Between(first.low, last.high, first.with_low, last.with_high)
        exact = whole if whole.high is None else narrowed(whole, column.step)
        shown = show_range(fact, exact, language, currency)
        return words.CONDITION_RANGE(language, fact=label(fact), range=shown)
    shown = words.OR(language).join(show_value(fact, column.parts[part].value, language, currency) for part in span)
    return words.CONDITION_IS(language, fact=label(fact), value=shown)
