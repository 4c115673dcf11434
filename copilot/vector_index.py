"""Meaning search: the exact dot product of a question with every passage, in process.

An entry is compared as a whole, and by the nearest of the ways in which it is asked for (its title and its
questions); its nearness is the mean of the two. Measured on two packs: recall@1 0.96 and 0.98, where the whole
alone gives 0.94 and 0.96, and the nearest of all passages 0.92 and 0.95.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


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

    @classmethod
    def of(cls, whole: Sequence[Vector | None], asked: Sequence[Sequence[Vector]]) -> Vectors:
        """From the vectors of each entry, in the order of the entries."""
        known = (each for each in (*whole, *(way for ways in asked for way in ways)) if each is not None)
        dimensions = len(next(known, ()))
        nothing = np.zeros(dimensions, np.float32)
        owners = [place for place, ways in enumerate(asked) if ways]
        sizes = np.array([len(asked[place]) for place in owners], np.int64)
        return cls(
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
        return cls(
            whole=_stacked(
                [each.whole if mask.all() else each.whole[mask] for each, mask in zip(several, masks, strict=True)]
            ),
            asked=_stacked(ways),
            owners=np.concatenate(owners).astype(np.int32),
            starts=(np.cumsum(size) - size).astype(np.int64),
        )

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

    def nearness_of(self, rows: NDArray[np.int64], question: Vector) -> Floats:
        """The same for a few entries."""
        if self.whole.shape[1] != len(question):
            return np.zeros(len(rows), np.float32)
        near: Floats = np.vecdot(self.whole[rows], question)
        owner = np.minimum(np.searchsorted(self.owners, rows), max(len(self.owners) - 1, 0))
        having = np.flatnonzero(self.owners[owner] == rows) if len(self.owners) else owner[:0]
        if len(having):
            starts = self.starts[owner[having]]
            sizes = np.append(self.starts, len(self.asked))[owner[having] + 1] - starts
            ends = np.cumsum(sizes)
            ways = np.arange(ends[-1]) + np.repeat(starts - (ends - sizes), sizes)
            asked = np.maximum.reduceat(np.vecdot(self.asked[ways], question), ends - sizes)
            near[having] = (near[having] + asked) / 2
        return near


def _stacked(matrices: Sequence[Matrix]) -> Matrix:
    """One under the other; a part that has no vectors yet is as wide as the others, with zeros."""
    width = max(each.shape[1] for each in matrices)
    return np.concatenate(
        [each if each.shape[1] == width else np.zeros((len(each), width), np.float32) for each in matrices]
    )


def _matrix(rows: Sequence[Vector], dimensions: int) -> Matrix:
    return np.array(rows, np.float32).reshape(len(rows), dimensions)
