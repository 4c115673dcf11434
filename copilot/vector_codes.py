"""A first look at very many vectors: one bit a dimension, compared sixty-four at a time.

A bit tells on which side of the middle of its part a vector lies. How many bits differ from those of the question
sets four fifths of the vectors aside; the rest are estimated with the question in more detail, and whoever asks
compares the few best in full. So 56 bytes are read of most vectors instead of 1,536. The estimate is that of
RaBitQ (Gao and Long, 2024), without its rotation, which gained nothing on the bundled model's vectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
Floats = NDArray[np.floating[Any]]
Bits = NDArray[np.uint64]
Rows = NDArray[np.int64]

TOGETHER: Final = 3
"""Numbers of 64 bits whose counts fit in a byte together."""
AT_ONCE: Final = 65_536
"""Vectors that are compared in one go: what lies between the steps stays in the processor's cache."""
SAMPLED: Final = 20_000
"""Vectors that tell the middle of a part."""


@dataclass(frozen=True)
class Codes:
    """The bits of vectors, the first 64 of each one after another, then the next 64."""

    middle: Vector
    bits: Bits
    stretch: Vector
    """By vector what the sum over its bits is multiplied by, to estimate a dot product."""
    spread: Vector
    """By vector its squared distance to the middle, halved."""

    @classmethod
    def of(cls, matrix: Matrix) -> Codes:
        """Of unit vectors, a row each."""
        rows, dimensions = matrix.shape
        middle = matrix[:: max(1, rows // SAMPLED)].mean(0, dtype=np.float64).astype(np.float32)
        bits = np.empty((-(-dimensions // 64), rows), np.uint64)
        stretch, spread = np.empty(rows, np.float32), np.empty(rows, np.float32)
        for part in _portions(rows):
            apart = matrix[part] - middle
            bits[:, part] = _packed(apart > 0).T
            length = np.vecdot(apart, apart)
            spread[part] = length / 2
            stretch[part] = length / np.maximum(np.abs(apart).sum(1), 1e-9)
        return cls(middle, bits, stretch, spread)

    @classmethod
    def none(cls) -> Codes:
        """Of few vectors comparing all in full is faster."""
        nothing = np.zeros(0, np.float32)
        return cls(nothing, np.zeros((0, 0), np.uint64), nothing, nothing)

    @property
    def size(self) -> int:
        return len(self.spread)

    def differing(self, question: Vector) -> NDArray[np.uint16]:
        """By vector in how many bits it differs from the question."""
        asked = _packed(question > self.middle)
        found = np.zeros(self.size, np.uint16)
        differs, counted, some = np.empty(AT_ONCE, np.uint64), np.empty(AT_ONCE, np.uint8), np.empty(AT_ONCE, np.uint8)
        for part in _portions(self.size):
            size = part.stop - part.start
            for first in range(0, len(asked), TOGETHER):
                some[:size] = 0
                for place in range(first, min(len(asked), first + TOGETHER)):
                    np.bitwise_xor(self.bits[place, part], asked[place], out=differs[:size])
                    np.bitwise_count(differs[:size], out=counted[:size])
                    some[:size] += counted[:size]
                found[part] += some[:size]
        return found

    def estimated(self, question: Vector, rows: Rows) -> Floats:
        """Nearly the dot products of the question with these vectors: each of its numbers is rounded to four sizes."""
        apart = question - self.middle
        size = np.abs(apart)
        step = max(float(size.max()) / 4, 1e-9)
        level = np.minimum(size / step, 3).astype(np.uint8)
        asked, ones, twos = _packed(apart > 0), _packed(level % 2 > 0), _packed(level > 1)
        found = np.empty(len(rows), np.float32)
        for part in _portions(len(rows)):
            some = rows[part]
            against, levels = np.zeros((2, len(some)), np.uint16)
            for place, bits in enumerate(self.bits):
                differs = bits.take(some)
                differs ^= asked[place]
                against += np.bitwise_count(differs)
                counted = np.bitwise_count(differs & twos[place])
                counted += counted
                counted += np.bitwise_count(differs & ones[place])
                levels += counted
            # A difference costs twice the middle of its size: step x (level + 1/2).
            cost = np.float32(step) * against + np.float32(2 * step) * levels
            found[part] = (np.float32(size.sum()) - cost) * self.stretch.take(some) - self.spread.take(some)
        # A unit vector x, with m the middle: x.m = (1 + m.m - |x - m|^2) / 2.
        rest = question @ self.middle + (1 - self.middle @ self.middle) / 2
        return found + np.float32(rest)


def _packed(signs: NDArray[np.bool_]) -> Bits:
    """Rows of signs as 64-bit numbers, filled up with zeros."""
    packed = np.packbits(signs, axis=-1)
    room = -packed.shape[-1] % 8
    if room:
        packed = np.concatenate([packed, np.zeros((*packed.shape[:-1], room), np.uint8)], axis=-1)
    return np.ascontiguousarray(packed).view(np.uint64)


def _portions(size: int) -> Iterator[slice]:
    return (slice(start, min(size, start + AT_ONCE)) for start in range(0, size, AT_ONCE))
