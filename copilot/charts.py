"""Small charts as inline SVG: shares with their uncertainty, and how long answers took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from markupsafe import Markup

ROW: Final = 26
LABEL: Final = 190
PLOT: Final = 300
COUNT: Final = 110


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart of shares (0 to 1)."""

    label: str
    share: float
    note: str
    """What stands behind the bar, such as "95,1%  ·  264"."""
    low: float | None = None
    high: float | None = None
    """None = a trend, without a judgement."""
    strict: bool = False
    """Anything less than all is bad."""

    @property
    def tone(self) -> str:
        if self.low is None:
            return "trend"
        good, fair = (1.0, 1.0) if self.strict else (0.95, 0.85)
        return "good" if self.share >= good else "fair" if self.share >= fair else "poor"


def bars(rows: Sequence[Bar]) -> Markup:
    """Horizontal bars, with a line from the low to the high end of the interval."""
    height = ROW * len(rows) + 22
    drawn = "".join(_bar(row, place * ROW) for place, row in enumerate(rows))
    ticks = "".join(_tick(share, height) for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    width = LABEL + PLOT + COUNT
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="bars" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(_spoken(rows))}">'
        f"{ticks}{drawn}</svg>"
    )


def _bar(row: Bar, top: int) -> str:
    middle = top + ROW / 2
    share = min(1.0, max(0.0, row.share))
    whisker = ""
    if row.low is not None and row.high is not None:
        low, high = LABEL + PLOT * row.low, LABEL + PLOT * row.high
        ends = f"M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"
        whisker = f'<path class="whisker" d="M{low:.1f} {middle}H{high:.1f}{ends}"/>'
    return (
        f'<text class="name" x="{LABEL - 10}" y="{middle + 4}" text-anchor="end">{escape(row.label)}</text>'
        f'<rect class="track" x="{LABEL}" y="{top + 6}" width="{PLOT}" height="{ROW - 12}" rx="4"/>'
        f'<rect class="{row.tone}" x="{LABEL}" y="{top + 6}" width="{PLOT * share:.1f}" height="{ROW - 12}" rx="4"/>'
        f'{whisker}<text class="count" x="{LABEL + PLOT + 10}" y="{middle + 4}">{escape(row.note)}</text>'
    )


def _tick(share: float, height: int) -> str:
    place = LABEL + PLOT * share
    return (
        f'<path class="tick" d="M{place} 0V{height - 18}"/>'
        f'<text class="scale" x="{place}" y="{height - 4}" text-anchor="middle">{share:.0%}</text>'
    )


def _spoken(rows: Sequence[Bar]) -> str:
    return "; ".join(f"{row.label} {row.note}" for row in rows)


def histogram(values: Sequence[float], columns: int = 24) -> Markup:
    """How values (milliseconds) are spread; the slowest two in a hundred share the last column."""
    if not values:
        return Markup("")
    ranked = sorted(values)
    most = max(ranked[int(len(ranked) * 0.98)], ranked[0] + 1e-9)
    counts = [0] * columns
    for value in ranked:
        counts[min(columns - 1, int(value / most * (columns - 1)))] += 1
    width, height = 440, 120
    step = width / columns
    drawn = "".join(
        f'<rect class="good" x="{place * step + 1:.1f}" y="{height - height * count / max(counts):.1f}" '
        f'width="{step - 2:.1f}" height="{height * count / max(counts):.1f}" rx="2"/>'
        for place, count in enumerate(counts)
    )
    scale = "".join(
        f'<text class="scale" x="{width * part:.0f}" y="{height + 16}" text-anchor="{at}">{most * part:.0f} ms</text>'
        for part, at in ((0.0, "start"), (0.5, "middle"), (1.0, "end"))
    )
    base = f'<path class="tick" d="M0 {height}H{width}"/>'
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="histogram" viewBox="0 0 {width} {height + 22}" aria-hidden="true">{base}{drawn}{scale}</svg>'
    )
