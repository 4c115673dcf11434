"""Word search: BM25 over the terms of `copilot.words`, as arrays that can lie in a file.

All numbers that a score rests on (how many entries have a term, how long entries are) are counted over
the entries that the asker may see. So an entry that is hidden changes no score, and no score tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

K1: Final = 1.2
MOST_COUNTED: Final = 65_535
B: Final = 0.75
"""Measured: B = 0.4 loses 0.02 to 0.05 nDCG@10 on the development sets."""

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Postings:
    """Which entries hold a term, and how often. Terms are 64-bit fingerprints in ascending order."""

    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    """Where the entries of each term begin in `entries`, with the end of the last added."""
    entries: NDArray[np.int32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.float32]
    """The number of terms of each entry."""

    @classmethod
    def of(cls, analysed: Iterable[Mapping[int, int]]) -> Postings:
        """From the terms of each entry, in the order of the entries; one entry's at a time is kept as objects."""
        each = [
            (np.fromiter(found, np.uint64, len(found)), np.fromiter(found.values(), np.int64, len(found)))
            for found in analysed
        ]
        terms = np.concatenate([np.zeros(0, np.uint64), *(terms for terms, _ in each)])
        counts = np.concatenate([np.zeros(0, np.int64), *(counts for _, counts in each)])
        entries = np.repeat(np.arange(len(each), dtype=np.int32), [len(terms) for terms, _ in each])
        lengths = np.bincount(entries, weights=counts, minlength=len(each)).astype(np.float32)
        return cls._sorted(terms, entries, counts.clip(max=MOST_COUNTED).astype(np.uint16), lengths)

    @classmethod
    def joined(cls, several: Sequence[Postings], masks: Sequence[Mask]) -> Postings:
        """One under the other, those entries of each that its mask keeps."""
        terms, entries, counts, before = [], [], [], 0
        for each, mask in zip(several, masks, strict=True):
            kept = mask[each.entries]
            terms.append(np.repeat(each.terms, np.diff(each.starts))[kept])
            entries.append((np.cumsum(mask) - 1)[each.entries[kept]].astype(np.int32) + np.int32(before))
            counts.append(each.counts[kept])
            before += int(np.count_nonzero(mask))
        lengths = np.concatenate([each.lengths[mask] for each, mask in zip(several, masks, strict=True)])
        return cls._sorted(np.concatenate(terms), np.concatenate(entries), np.concatenate(counts), lengths)

    @classmethod
    def _sorted(
        cls,
        terms: NDArray[np.uint64],
        entries: NDArray[np.int32],
        counts: NDArray[np.uint16],
        lengths: NDArray[np.float32],
    ) -> Postings:
        order = np.argsort(terms, kind="stable")
        known, first = np.unique(terms[order], return_index=True)
        starts = np.append(first, len(terms)).astype(np.int64)
        return cls(known, starts, entries[order], counts[order], lengths)

    def matching(self, wanted: NDArray[np.uint64]) -> Matching:
        """The places in the postings of each wanted term that occurs."""
        if not len(self.terms) or not len(wanted):
            return Matching(np.zeros(0, np.int32), np.zeros(0, np.uint16), np.zeros(0, np.int64))
        place = np.minimum(np.searchsorted(self.terms, wanted), len(self.terms) - 1)
        found = np.flatnonzero(self.terms[place] == wanted)
        slices = [slice(self.starts[at], self.starts[at + 1]) for at in place[found]]
        if not slices:
            return Matching(np.zeros(0, np.int32), np.zeros(0, np.uint16), np.zeros(0, np.int64))
        sizes = [each.stop - each.start for each in slices]
        return Matching(
            np.concatenate([self.entries[each] for each in slices]),
            np.concatenate([self.counts[each] for each in slices]),
            np.repeat(found, sizes),
        )

    def holding(self, wanted: NDArray[np.uint64], allowed: Mask) -> NDArray[np.int64]:
        """How many of the allowed entries hold each wanted term."""
        matching = self.matching(wanted)
        seen = None if allowed.all() else allowed[matching.entries]
        return np.bincount(matching.wanted, weights=seen, minlength=len(wanted)).astype(np.int64)

    def held_by(self, entry: int, wanted: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Those of the wanted terms that one entry has. The entries of a term stand in ascending order."""
        if not len(self.terms) or not len(wanted):
            return np.zeros(0, np.uint64)
        place = np.minimum(np.searchsorted(self.terms, wanted), len(self.terms) - 1)
        held = [term for term, at in zip(wanted, place, strict=True) if self.terms[at] == term and self._at(entry, at)]
        return np.array(held, np.uint64)

    def _at(self, entry: int, term: int) -> bool:
        entries = self.entries[self.starts[term] : self.starts[term + 1]]
        place = int(np.searchsorted(entries, entry))
        return place < len(entries) and bool(entries[place] == entry)


@dataclass(frozen=True)
class Matching:
    """Entries that hold a wanted term: which entry, how often, and which of the wanted terms."""

    entries: NDArray[np.int32]
    counts: NDArray[np.uint16]
    wanted: NDArray[np.int64]


@dataclass(frozen=True)
class Statistics:
    """What the asker's part of the index looks like, for the terms of one question."""

    entries: int
    mean_length: float
    holding: NDArray[np.int64]
    """How many entries hold each wanted term."""

    @property
    def weights(self) -> Floats:
        """Rarer terms weigh more (inverse document frequency, never below 0)."""
        return np.log1p((self.entries - self.holding + 0.5) / (self.holding + 0.5))


def statistics(parts: Iterable[tuple[Postings, Mask, Matching]], wanted: int) -> Statistics:
    """Over all parts of an index together."""
    entries, length, holding = 0, 0.0, np.zeros(wanted, np.int64)
    for postings, allowed, matching in parts:
        entries += int(np.count_nonzero(allowed))
        length += float(postings.lengths.sum(where=allowed, dtype=np.float64))
        seen = None if allowed.all() else allowed[matching.entries]
        holding += np.bincount(matching.wanted, weights=seen, minlength=wanted).astype(np.int64)
    return Statistics(entries, length / max(entries, 1), holding)


def scores(postings: Postings, matching: Matching, known: Statistics, times: Floats) -> Floats:
    """BM25 of every entry of a part as a share of the ideal: an average entry with every term once scores 1.

    `times`: how often the question has each wanted term.
    """
    weights = (known.weights * times).astype(np.float32)
    ideal = float(weights.sum())
    if not ideal or not len(matching.entries):
        return np.zeros(len(postings.lengths), np.float32)
    damping = K1 * (1 - B) + np.float32(K1 * B / max(known.mean_length, 1.0)) * postings.lengths
    gained = matching.counts.astype(np.float32)
    gained /= gained + damping.astype(np.float32)[matching.entries]
    gained *= (weights * np.float32((K1 + 1) / ideal))[matching.wanted]
    found: Floats = np.bincount(matching.entries, gained, len(postings.lengths)).astype(np.float64)
    return found
