"""The highest of many scores, in no order: what a ranking needs before it sorts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def topmost(scores: NDArray[np.floating[Any]], count: int, mask: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """The rows with the highest scores, `count` at most, of those that the mask keeps; None = of all."""
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    if len(scores) <= count:
        rows = np.arange(len(scores))
    else:
        rows = np.argpartition(scores, len(scores) - count)[len(scores) - count :]
    return rows if mask is None else rows[mask[rows]]
