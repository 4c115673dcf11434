"""Meaning search: the exact dot product of a question with every passage, in process.

An entry is compared as a whole, and by the nearest of the ways in which it is asked for (its title and its
questions); its nearness is the mean of the two. Measured on two packs: recall@1 0.96 and 0.98, where the whole
alone gives 0.94 and 0.96, and the nearest of all passages 0.92 and 0.95.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copilot.topmost import topmost
from copilot.vector_codes import Codes

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

CODED_FROM: Final = 50_000
"""Vectors of a part from which on a first look at their codes spares most of the work."""
ESTIMATED: Final = 25_000
"""Entries of a part at least that are estimated after that first look; all that may be seen where there are fewer."""
ESTIMATED_SHARE: Final = 10
"""Of more entries, one in so many."""
COMPARED: Final = 2_000
"""Entries of a part at least that are then compared in full. The ten nearest all were among them for 99 in 100
questions and more, of a hundred thousand entries and of a million (tests/bench/bench_coarse.py)."""
COMPARED_SHARE: Final = 150
"""Of more entries, one in so many."""
SAMPLE: Final = 16
"""One row in so many tells where the nearest begin."""


@dataclass(frozen=True)
class Vectors:
    """The unit vectors of entries. An entry whose vectors are not known yet has zeros: its nearness is 0."""

    whole: Matrix
    """A row an entry."""
    asked: Matrix
    """The ways of asking, those of one entry beside each other."""
    owners: NDArray[np.int32]
    """The entries that have such ways, in ascending order."""
    starts: NDArray[np.int64]
    """The first row of each owner in `asked`."""
    whole_codes: Codes
    asked_codes: Codes

    @classmethod
    def of(cls, whole: Sequence[Vector | None], asked: Sequence[Sequence[Vector]]) -> Vectors:
        """From the vectors of each entry, in the order of the entries."""
        known = (each for each in (*whole, *(way for ways in asked for way in ways)) if each is not None)
        dimensions = len(next(known, ()))
        nothing = np.zeros(dimensions, np.float32)
        owners = [place for place, ways in enumerate(asked) if ways]
        sizes = np.array([len(asked[place]) for place in owners], np.int64)
        return cls._with_codes(
            whole=_matrix([nothing if each is None else each for each in whole], dimensions),
            asked=_matrix([way for ways in asked for way in ways], dimensions),
            owners=np.array(owners, np.int32),
            starts=np.cumsum(sizes) - sizes,
        )

    @classmethod
    def joined(cls, several: Sequence[Vectors], masks: Sequence[Mask]) -> Vectors:
        """One under the other, those entries of each that its mask keeps."""
        ways, owners, sizes, before = [], [], [], 0
        for each, mask in zip(several, masks, strict=True):
            counts = np.diff(np.append(each.starts, len(each.asked)))
            kept = mask[each.owners]
            ways.append(each.asked if kept.all() else each.asked[np.repeat(kept, counts)])
            owners.append((np.cumsum(mask) - 1)[each.owners[kept]] + before)
            sizes.append(counts[kept])
            before += int(np.count_nonzero(mask))
        size = np.concatenate(sizes)
        return cls._with_codes(
            whole=_stacked(
                [each.whole if mask.all() else each.whole[mask] for each, mask in zip(several, masks, strict=True)]
            ),
            asked=_stacked(ways),
            owners=np.concatenate(owners).astype(np.int32),
            starts=(np.cumsum(size) - size).astype(np.int64),
        )

    @classmethod
    def _with_codes(cls, whole: Matrix, asked: Matrix, owners: NDArray[np.int32], starts: Rows) -> Vectors:
        coded = len(whole) + len(asked) >= CODED_FROM
        codes = [Codes.of(each) if coded and len(each) else Codes.none() for each in (whole, asked)]
        return cls(whole, asked, owners, starts, *codes)

    def nearest(self, question: Vector, mask: Mask | None, limit: int) -> tuple[Rows, Floats]:
        """The entries nearest to a question, of those that the mask keeps, in no order, with their cosines."""
        if self.whole_codes.size and self.whole.shape[1] == len(question):
            rows = self._likely(question, mask)
            near = self.nearness_of(rows, question)
            nearest = topmost(near, limit)
            return rows[nearest], near[nearest]
        near = self.nearness(question)
        rows = topmost(near, limit, mask)
        return rows, near[rows]

    def _likely(self, question: Vector, mask: Mask | None) -> Rows:
        """The entries that are probably nearest, in ascending order."""
        seen = len(self.whole) if mask is None else int(np.count_nonzero(mask))
        wanted = max(ESTIMATED, seen // ESTIMATED_SHARE)
        if seen > wanted:
            rows = _least(self._differing(question), mask, wanted)
        else:
            rows = np.arange(seen) if mask is None else np.flatnonzero(mask)
        near, compared = self._estimated(rows, question), max(COMPARED, seen // COMPARED_SHARE)
        return rows if len(rows) <= compared else rows[near >= np.partition(near, -compared)[-compared]]

    def _differing(self, question: Vector) -> NDArray[np.uint16]:
        """How far from a question each entry is, by the bits of its codes."""
        whole = self.whole_codes.differing(question)
        if not len(self.owners):
            return whole
        asked = np.minimum.reduceat(self.asked_codes.differing(question), self.starts)
        asked += whole[self.owners]
        whole *= np.uint16(2)
        whole[self.owners] = asked
        return whole

    def _estimated(self, rows: Rows, question: Vector) -> Floats:
        near = self.whole_codes.estimated(question, rows)
        having, ways, firsts = self._ways_of(rows)
        if len(having):
            asked = np.maximum.reduceat(self.asked_codes.estimated(question, ways), firsts)
            near[having] = (near[having] + asked) / 2
        return near

    def nearness(self, question: Vector) -> Floats:
        """The cosine of a question with every entry: the mean of whole and asked, or the whole alone.

        Row by row on one processor: a matrix product divides even this small work over all processors, and
        waits 20 to 30 ms for them on a busy machine, where this takes 0.2 ms for 5,000 entries.
        """
        if self.whole.shape[1] != len(question):
            return np.zeros(len(self.whole), np.float32)
        whole: Floats = np.vecdot(self.whole, question)
        if len(self.owners):
            asked = np.maximum.reduceat(np.vecdot(self.asked, question), self.starts)
            whole[self.owners] = (whole[self.owners] + asked) / 2
        return whole

    def nearness_of(self, rows: Rows, question: Vector) -> Floats:
        """The same for a few entries."""
        if self.whole.shape[1] != len(question):
            return np.zeros(len(rows), np.float32)
        near: Floats = np.vecdot(self.whole[rows], question)
        having, ways, firsts = self._ways_of(rows)
        if len(having):
            asked = np.maximum.reduceat(np.vecdot(self.asked[ways], question), firsts)
            near[having] = (near[having] + asked) / 2
        return near

    def _ways_of(self, rows: Rows) -> tuple[Rows, Rows, Rows]:
        """Which of these entries have ways of asking, the rows of those, and where those of each entry begin."""
        if not len(self.owners):
            return rows[:0], rows[:0], rows[:0]
        owner = np.minimum(np.searchsorted(self.owners, rows), len(self.owners) - 1)
        having = np.flatnonzero(self.owners[owner] == rows)
        starts = self.starts[owner[having]]
        sizes = np.append(self.starts, len(self.asked))[owner[having] + 1] - starts
        ends = np.cumsum(sizes)
        ways = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)
        return having, ways, ends - sizes


def _least(far: NDArray[np.uint16], mask: Mask | None, count: int) -> Rows:
    """About so many rows that are least far, of those that the mask keeps."""
    sampled = (far if mask is None else far[mask])[::SAMPLE]
    bound = np.partition(sampled, count // SAMPLE)[count // SAMPLE]
    rows = np.flatnonzero(far <= bound)
    return rows if mask is None else rows[mask[rows]]


def _stacked(matrices: Sequence[Matrix]) -> Matrix:
    """One under the other; a part that has no vectors yet is as wide as the others, with zeros."""
    width = max(each.shape[1] for each in matrices)
    return np.concatenate(
        [each if each.shape[1] == width else np.zeros((len(each), width), np.float32) for each in matrices]
    )


def _matrix(rows: Sequence[Vector], dimensions: int) -> Matrix:
    return np.array(rows, np.float32).reshape(len(rows), dimensions)
