"""The scores of word search: BM25 over postings, as a share of what an ideal entry would score.

A question of common words has millions of postings among a million entries. Then the terms that tell most for the
postings that they cost are read, and only the entries that do best by those are scored in full: what is returned
has its exact score, and hardly ever is one of the best missed (tests/bench/bench_coarse.py measures it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copilot.topmost import topmost
from copilot.word_index import Matching, Postings

K1: Final = 1.2
B: Final = 0.75
"""Measured: B = 0.4 loses 0.02 to 0.05 nDCG@10 on the development sets."""
READ_WHOLE: Final = 1_000_000
"""Postings of a question in one part. Up to so many all of them are read, which takes some 8 ms."""
READ_FIRST: Final = 0.75
"""Of more postings, so many are read whole for each entry of the part."""
SCORED: Final = 1_000
"""Entries at least that are then scored in full, about."""
SCORED_SHARE: Final = 300
"""Of more entries, one in so many."""
SAMPLE: Final = 17
"""One row in so many tells where the best begin; a prime, since what may be seen can follow a pattern."""

Floats = NDArray[np.floating[Any]]
Rows = NDArray[np.signedinteger[Any]]
Mask = NDArray[np.bool_]


def rarity(entries: int, holding: Sequence[int]) -> NDArray[np.float64]:
    """The weight of terms: the fewer entries hold one the more (inverse document frequency, never below 0)."""
    held = np.array(holding, np.float64)
    return np.log1p((entries - held + 0.5) / (held + 0.5))


def damping(postings: Postings, mean_length: float) -> Floats:
    """What each entry's counts are damped by: the longer an entry, the less a word in it says."""
    damped: Floats = K1 * (1 - B) + np.float32(K1 * B / max(mean_length, 1.0)) * postings.lengths
    return damped.astype(np.float32)


def best(
    postings: Postings, wanted: NDArray[np.uint64], weights: Floats, damped: Floats, mask: Mask | None, limit: int
) -> tuple[Rows, Floats]:
    """The rows of a part that score highest, of those that the mask keeps, with their scores: all above 0.

    An average entry with every term once scores 1. `weights`: of each wanted term, its rarity times how often the
    question has it.
    """
    ideal = float(weights.sum())
    matching = postings.matching(wanted)
    if not ideal or not len(matching.wanted):
        return np.zeros(0, np.int64), np.zeros(0)
    worth = (weights * ((K1 + 1) / ideal)).astype(np.float32)[matching.wanted]
    if matching.sizes.sum() <= READ_WHOLE:
        scores = _scores(postings, matching, worth, damped)
        rows = np.flatnonzero(scores)
        rows = rows if mask is None else rows[mask[rows]]
        found: Floats = scores[rows]
    else:
        rows, found = _promising(postings, matching, worth, damped, mask)
    highest = topmost(found, limit)
    return rows[highest], found[highest]


def _scores(postings: Postings, matching: Matching, worth: Floats, damped: Floats) -> NDArray[np.float64]:
    """By row of the part, by these terms."""
    entries = matching.of(postings.entries)
    gained = matching.of(postings.counts).astype(np.float32)
    gained /= gained + damped.take(entries)
    gained *= np.repeat(worth, matching.sizes)
    return np.bincount(entries, gained, len(postings.lengths)).astype(np.float64, copy=False)


def _promising(
    postings: Postings, matching: Matching, worth: Floats, damped: Floats, mask: Mask | None
) -> tuple[Rows, Floats]:
    """The rows that do best by the most telling terms, with their scores by all terms.

    Worth to the third power: measured on a million entries it found the whole best ten where the rarest terms
    first, with the same number of postings, missed one of them in 3 of 100 questions.
    """
    order = np.argsort(-(worth.astype(np.float64) ** 3) / matching.sizes, kind="stable")
    most = READ_FIRST * len(postings.lengths)
    read = max(1, int(np.searchsorted(np.cumsum(matching.sizes[order]), most, "right")))
    first, rest = order[:read], order[read:]
    scores = _scores(postings, matching.only(first), worth[first], damped)
    if mask is not None:
        scores *= mask
    sampled = scores[::SAMPLE]
    wanted = max(SCORED, len(scores) // SCORED_SHARE) // SAMPLE
    least = np.partition(sampled, -wanted)[-wanted] if wanted < len(sampled) else 0.0
    rows = np.flatnonzero(scores >= max(least, np.finfo(np.float32).tiny)).astype(np.int32)
    found = scores[rows]
    for place in rest.tolist():
        having, counts = postings.counts_in(matching, place, rows)
        counts /= counts + damped[rows[having]]
        found[having] += counts * worth[place]
    return rows, found
