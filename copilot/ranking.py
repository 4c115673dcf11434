"""How well a ranking puts what was expected on top: recall@k and nDCG, with equal gain for every expected entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2


def recall_at(ranked: Sequence[str], wanted: Collection[str], depth: int) -> float:
    """The share of the wanted ones among the first `depth`; 1 where nothing is wanted."""
    return len(set(ranked[:depth]) & set(wanted)) / len(set(wanted)) if wanted else 1.0


def ndcg_at(ranked: Sequence[str], wanted: Collection[str], depth: int) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002); 1 where nothing is wanted."""
    if not wanted:
        return 1.0
    gained = sum(1 / log2(place + 2) for place, each in enumerate(ranked[:depth]) if each in wanted)
    ideal = sum(1 / log2(place + 2) for place in range(min(len(set(wanted)), depth)))
    return gained / ideal
