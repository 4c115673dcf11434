"""Fuses what was found by meaning and by words into one ranking, on one absolute scale."""

from __future__ import annotations

from typing import Final

from copilot.domain import FoundBy, Hit
from copilot.search_engine import Scores

HITS: Final = 20
DECIMALS: Final = 6


def hits_of(entries: Scores, meaning: Scores, words: Scores, weight: float) -> tuple[Hit, ...]:
    """The best of these entries: nearness in meaning plus the weighted share of the words; none that scores 0."""
    scored = [(meaning.get(entry, 0.0) + weight * words.get(entry, 0.0), entry) for entry in entries]
    scored.sort(reverse=True)
    least = scored[HITS - 1][0] - 10**-DECIMALS if len(scored) > HITS else 0.0
    best = [(-round(score, DECIMALS), entry) for score, entry in scored if score >= least]
    best.sort()
    return tuple(
        _hit(entry, -score, meaning.get(entry, 0.0), words.get(entry, 0.0)) for score, entry in best[:HITS] if score < 0
    )


def _hit(entry: str, score: float, meaning: float, words: float) -> Hit:
    by = FoundBy.BOTH if words > 0 and meaning > 0 else FoundBy.WORDS if words > 0 else FoundBy.MEANING
    return Hit(entry, score, by, round(meaning, DECIMALS), words)
