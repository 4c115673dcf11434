"""Which entries hold which terms, as arrays that can lie in a file; `copilot.word_scores` ranks entries by them.

All numbers that a score rests on (how many entries have a term, how long entries are) are counted over
the entries that the asker may see. So an entry that is hidden changes no score, and no score tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copilot.words import terms_of_word

MOST_COUNTED: Final = 65_535

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]
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
    def of(cls, analysed: Iterable[Mapping[str, int]]) -> Postings:
        """From the words of each entry with how often each counts, in the order of the entries."""
        places: dict[str, int] = {}
        found = [
            (
                np.array([places.setdefault(word, len(places)) for word in words], np.int64),
                np.fromiter(words.values(), np.int64, len(words)),
            )
            for words in analysed
        ]
        words = np.concatenate([np.zeros(0, np.int64), *(words for words, _ in found)])
        times = np.concatenate([np.zeros(0, np.int64), *(times for _, times in found)])
        entries = np.repeat(np.arange(len(found)), [len(words) for words, _ in found])
        return cls._of_words(list(places), words, times, entries, len(found))

    @classmethod
    def _of_words(cls, known: Sequence[str], words: Ints, times: Ints, entries: Ints, size: int) -> Postings:
        """Each word becomes its terms; a term that several words of an entry share is counted together."""
        terms_of = [terms_of_word(word) for word in known]
        many = np.array([len(each) for each in terms_of], np.int64)
        all_terms = np.array([term for each in terms_of for term in each], np.uint64)
        terms, of_word = np.unique(all_terms, return_inverse=True)
        rows = _ranges((np.cumsum(many) - many)[words], many[words])
        keys = of_word[rows] * max(size, 1) + np.repeat(entries, many[words])
        order = np.argsort(keys, kind="stable")
        keys, counts = keys[order], np.repeat(times, many[words])[order]
        firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
        summed = np.add.reduceat(counts, firsts) if len(firsts) else counts
        held, entry = np.divmod(keys[firsts], max(size, 1))
        return cls(
            terms=terms,
            starts=np.searchsorted(held, np.arange(len(terms) + 1)).astype(np.int64),
            entries=entry.astype(np.int32),
            counts=summed.clip(max=MOST_COUNTED).astype(np.uint16),
            lengths=np.bincount(entry, weights=summed, minlength=size).astype(np.float32),
        )

    @classmethod
    def joined(cls, several: Sequence[Postings], masks: Sequence[Mask]) -> Postings:
        """One under the other, those entries of each that its mask keeps; term by term, nothing is sorted again."""
        cut = [each if mask.all() else each._only(mask) for each, mask in zip(several, masks, strict=True)]
        terms = np.unique(np.concatenate([each.terms for each in cut]))
        places = [np.searchsorted(terms, each.terms) for each in cut]
        sizes = np.zeros((len(cut), len(terms)), np.int64)
        for row, (each, place) in enumerate(zip(cut, places, strict=True)):
            sizes[row, place] = np.diff(each.starts)
        starts = np.append(0, np.cumsum(sizes.sum(0)))
        entries, counts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.uint16)
        before, begin = 0, starts[:-1].copy()
        for row, (each, place) in enumerate(zip(cut, places, strict=True)):
            _put(each, begin[place], before, entries, counts)
            begin += sizes[row]
            before += len(each.lengths)
        return cls(terms, starts, entries, counts, np.concatenate([each.lengths for each in cut]))

    def _only(self, mask: Mask) -> Postings:
        kept = mask[self.entries]
        sizes = np.add.reduceat(np.append(kept, False).astype(np.int64), self.starts[:-1]) if len(self.terms) else kept
        used = np.flatnonzero(sizes)
        return Postings(
            terms=self.terms[used],
            starts=np.append(0, np.cumsum(sizes[used])).astype(np.int64),
            entries=(np.cumsum(mask, dtype=np.int32) - np.int32(1))[self.entries[kept]],
            counts=self.counts[kept],
            lengths=self.lengths[mask],
        )

    def matching(self, wanted: NDArray[np.uint64]) -> Matching:
        """Where the wanted terms that occur stand in the postings."""
        if not len(self.terms) or not len(wanted):
            return Matching(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))
        place = np.minimum(np.searchsorted(self.terms, wanted), len(self.terms) - 1)
        found = np.flatnonzero(self.terms[place] == wanted)
        starts = self.starts[place[found]]
        return Matching(found, starts, self.starts[place[found] + 1] - starts)

    def holding(self, wanted: NDArray[np.uint64], allowed: Mask | None) -> NDArray[np.int64]:
        """How many of the allowed entries hold each wanted term; None = all are allowed."""
        matching = self.matching(wanted)
        held = np.zeros(len(wanted), np.int64)
        held[matching.wanted] = matching.sizes
        if allowed is not None and len(matching.wanted):
            seen = allowed[matching.of(self.entries)]
            held[matching.wanted] = np.add.reduceat(seen, np.cumsum(matching.sizes) - matching.sizes, dtype=np.int64)
        return held

    def held_by(self, entry: int, wanted: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Those of the wanted terms that one entry has. The entries of a term stand in ascending order."""
        matching = self.matching(wanted)
        slices = zip(matching.starts.tolist(), (matching.starts + matching.sizes).tolist(), strict=True)
        held = [_stands_in(self.entries[start:end], entry) for start, end in slices]
        return wanted[matching.wanted[np.array(held, np.bool_)]]

    def counts_in(self, matching: Matching, place: int, rows: NDArray[np.int32]) -> tuple[Ints, NDArray[np.float32]]:
        """Of these rows, in ascending order, those that hold one matching term (by their place), and how often."""
        start, size = int(matching.starts[place]), int(matching.sizes[place])
        entries = self.entries[start : start + size]
        at = np.minimum(entries.searchsorted(rows), size - 1)
        having = np.flatnonzero(entries[at] == rows)
        return having, self.counts[start + at[having]].astype(np.float32)


def _stands_in(entries: NDArray[np.int32], entry: int) -> bool:
    place = entries.searchsorted(np.int32(entry))
    return bool(place < len(entries) and entries[place] == entry)


@dataclass(frozen=True)
class Matching:
    """Which of the wanted terms occur in postings, where their entries begin and how many there are."""

    wanted: NDArray[np.int64]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]

    def of(self, column: NDArray[Any]) -> NDArray[Any]:
        """The part of a column of postings that belongs to the wanted terms, one after the other."""
        if not len(self.wanted):
            return column[:0]
        ends = self.starts + self.sizes
        slices = [column[at:end] for at, end in zip(self.starts.tolist(), ends.tolist(), strict=True)]
        return np.concatenate(slices)

    def only(self, places: Ints) -> Matching:
        """Some of the terms, in this order."""
        return Matching(self.wanted[places], self.starts[places], self.sizes[places])


AT_ONCE: Final = 4_000_000
"""Postings that are moved in one go: 100 MB, however large the index is."""


def _put(each: Postings, begin: Ints, before: int, entries: NDArray[np.int32], counts: NDArray[np.uint16]) -> None:
    """Copies postings to where their terms begin in larger ones."""
    sizes = np.diff(each.starts)
    portions = np.append(np.arange(0, len(each.entries), AT_ONCE), len(each.entries))
    edges = np.unique(np.searchsorted(each.starts, portions))
    for first, last in pairwise(edges.tolist()):
        part = slice(int(each.starts[first]), int(each.starts[last]))
        places = _ranges(begin[first:last], sizes[first:last])
        entries[places] = each.entries[part] + np.int32(before)
        counts[places] = each.counts[part]


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """`[5, 9], [2, 3]` gives `5 6 9 10 11`."""
    ends = np.cumsum(sizes)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)
