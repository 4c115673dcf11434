"""Meaning search: the exact dot product of a question with every passage, in process.

An entry has several passages (its title with questions, its text); it is as near as its nearest passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Vectors:
    """The unit vectors of all passages, those of one entry beside each other."""

    matrix: Matrix
    starts: NDArray[np.int64]
    """The first row of each entry. Every entry has at least one row; one of zeros when it has no vector."""

    @classmethod
    def of(cls, passages: Sequence[Sequence[Vector]], dimensions: int) -> Vectors:
        """From the vectors of each entry, in the order of the entries; none where they are not known yet."""
        sizes = np.fromiter((max(1, len(each)) for each in passages), np.int64, len(passages))
        starts = np.cumsum(sizes) - sizes
        matrix = np.zeros((int(sizes.sum()), dimensions), np.float32)
        for start, vectors in zip(starts, passages, strict=True):
            for offset, vector in enumerate(vectors):
                matrix[start + offset] = vector
        return cls(matrix, starts)

    def cosines(self, question: Vector) -> NDArray[np.floating[Any]]:
        """How near every entry is to the question; 0 for an entry without vectors."""
        if not len(self.starts):
            return np.zeros(0, np.float32)
        similar = self.matrix @ question
        return similar if len(similar) == len(self.starts) else np.maximum.reduceat(similar, self.starts)
