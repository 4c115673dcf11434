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
    def of(cls, whole: Sequence[Vector | None], asked: Sequence[Sequence[Vector]], dimensions: int) -> Vectors:
        """From the vectors of each entry, in the order of the entries."""
        nothing = np.zeros(dimensions, np.float32)
        owners = [place for place, ways in enumerate(asked) if ways]
        sizes = np.array([len(asked[place]) for place in owners], np.int64)
        return cls(
            whole=_matrix([nothing if each is None else each for each in whole], dimensions),
            asked=_matrix([way for ways in asked for way in ways], dimensions),
            owners=np.array(owners, np.int32),
            starts=np.cumsum(sizes) - sizes,
        )

    def nearness(self, question: Vector) -> Floats:
        """The cosine of a question with every entry: the mean of whole and asked, or the whole alone."""
        whole: Floats = self.whole @ question
        if len(self.owners):
            asked = np.maximum.reduceat(self.asked @ question, self.starts)
            whole[self.owners] = (whole[self.owners] + asked) / 2
        return whole


def _matrix(rows: Sequence[Vector], dimensions: int) -> Matrix:
    return np.array(rows, np.float32).reshape(len(rows), dimensions)
