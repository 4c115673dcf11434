"""Two texts beside each other: what differs, with a few lines around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.table import Table

AROUND: Final = 2
"""Lines that stay the same, shown before and after a difference to recognise the place."""
Row = tuple[str, str, str]
"""The line on the left, a mark, the line on the right."""


def rows(left: str, right: str) -> Iterator[Row]:
    """Lines side by side; `|` marks a difference, `…` what was left out."""
    one, other = left.splitlines(), right.splitlines()
    last = 0
    for group in SequenceMatcher(None, one, other, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] > last:
            yield "…", "", "…"
        for kind, start, end, from_, to in group:
            mark = "" if kind == "equal" else "|"
            yield from ((a, mark, b) for a, b in zip_longest(one[start:end], other[from_:to], fillvalue=""))
        last = group[-1][2]
    if last < len(one):
        yield "…", "", "…"


def table(left: str, right: str, headings: Sequence[str]) -> Table:
    """The same as a table; long lines are folded, never cut."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, expand=False)
    for heading in (headings[0], "", headings[1]):
        shown.add_column(heading, overflow="fold")
    for one, mark, other in rows(left, right):
        shown.add_row(*(Text(each, style="bold" if mark else "dim") for each in (one, mark, other)))
    return shown
