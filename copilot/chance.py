"""How sure a count of right answers makes us: intervals, repeats and paired comparisons; exact where it can be."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt
from typing import Final

Z_95: Final = 1.959963984540054
"""The normal quantile for 95 % on both sides."""


def wilson(right: int, of: int) -> tuple[float, float]:
    """Between which two shares the true one lies with 95 % (Wilson 1927); 0 to 1 where nothing was counted."""
    if of == 0:
        return 0.0, 1.0
    share, squared = right / of, Z_95 * Z_95
    middle = share + squared / (2 * of)
    spread = Z_95 * sqrt(share * (1 - share) / of + squared / (4 * of * of))
    whole = 1 + squared / of
    low = 0.0 if right == 0 else (middle - spread) / whole
    high = 1.0 if right == of else (middle + spread) / whole
    return low, high


def rule_of_three(of: int) -> float:
    """What "0 of so many" still allows with 95 %: at most 3 / n (Hanley 1983); 1 where nothing was counted."""
    return min(1.0, 3 / of) if of else 1.0


def pass_all(right: int, repeats: int, drawn: int) -> float:
    """The chance that `drawn` of the repeats of one case, picked at random, are all right (pass^k)."""
    return comb(right, drawn) / comb(repeats, drawn) if repeats >= drawn else 0.0


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa (1960): how far two judges agree beyond chance; None where chance alone explains everything."""
    if not pairs:
        return None
    first, second = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    by_chance = first * second + (1 - first) * (1 - second)
    if by_chance == 1:
        return None
    return (sum(one == other for one, other in pairs) / len(pairs) - by_chance) / (1 - by_chance)


def sign_test(better: int, worse: int) -> float:
    """The chance of a difference at least this lopsided if nothing had changed: exact, two-sided."""
    turned = better + worse
    tail = sum(comb(turned, each) for each in range(min(better, worse) + 1)) / 2**turned
    return min(1.0, 2 * tail)
