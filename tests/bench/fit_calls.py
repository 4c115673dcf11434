"""Fits the weights of `copilot.calls`, and shows how they hold on writers that they were not fitted on.

Run: .venv/bin/python -m tests.bench.fit_calls

Fitted on the open halves of the hand-made channel messages, by logistic regression with a little ridge over three
classes (sent away, asks everybody, neither). What a message means is centred and brought to the size of the signs, so
that ridge weighs both alike; both moves are then folded into the weights. The figures are of each hand by weights that
were fitted on the others, and of the locked halves by those that are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from copilot.calls import SIGNS, WEIGHTS_FILE, Call, traits, weighed
from copilot.e5 import E5
from tests.channel_messages import HANDS, ChannelMessage, Score, halves_by, score

RIDGE = 1e-3
SIZE_OF_MEANING = 3.0
"""The length of a centred vector beside signs that are 0 or 1; from 2 to 4.5 the figures hardly change."""
STEPS = 3000
CALLS = (*Call, None)

Floats = NDArray[np.float64]


class Fitting:
    """The traits of messages by the bundled model, each worked out once, and weights over them."""

    def __init__(self) -> None:
        self.traits = lru_cache(maxsize=None)(lambda text: traits(text, self.model.question).astype(np.float64))
        self.model = E5()

    def fitted(self, messages: Sequence[ChannelMessage]) -> Floats:
        """A row a call, against no call at all."""
        found = np.array([self.traits(each.text) for each in messages])
        middle, scale = np.zeros(found.shape[1]), np.ones(found.shape[1])
        meaning = slice(0, self.model.dimensions)
        middle[meaning] = found[:, meaning].mean(0)
        apart = found[:, meaning] - middle[meaning]
        scale[meaning] = SIZE_OF_MEANING / np.sqrt((apart * apart).sum(1).mean())
        weights = _regressed((found - middle) * scale, np.array([CALLS.index(each.call) for each in messages]))
        weights = (weights - weights[-1])[:-1] * scale
        weights[:, -1] -= weights @ middle
        return weights

    def scored(self, weights: Floats, messages: Sequence[ChannelMessage]) -> Score:
        return score(messages, set(Call), lambda text: weighed(self.traits(text), weights) is not None)


def _regressed(found: Floats, calls: NDArray[np.int64]) -> Floats:
    """Nesterov's descent, at the step that the largest curvature allows; the last trait, the one, is not held back."""
    wanted = np.eye(len(CALLS))[calls]
    ridge = np.full(found.shape[1], RIDGE)
    ridge[-1] = 0
    step = 1 / (np.linalg.norm(found, 2) ** 2 / (2 * len(found)) + RIDGE)
    weights = ahead = np.zeros((len(CALLS), found.shape[1]))
    pace = 1.0
    for _ in range(STEPS):
        odds = np.exp((logits := found @ ahead.T) - logits.max(1, keepdims=True))
        off = odds / odds.sum(1, keepdims=True) - wanted
        moved = ahead - step * (off.T @ found / len(found) + ridge * ahead)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        weights, pace = moved, faster
    return weights


def main() -> None:
    fitting = Fitting()
    halves = {hand: halves_by(hand) for hand in HANDS}
    for hand in HANDS:
        others = [each for other in HANDS if other != hand for each in halves[other]["open"]]
        print(f"{hand:30} by the others  {fitting.scored(fitting.fitted(others), halves[hand]['open'])}")
    weights = fitting.fitted([each for hand in HANDS for each in halves[hand]["open"]])
    for hand in HANDS:
        print(f"{hand:30} locked         {fitting.scored(weights, halves[hand]['locked'])}")
    for place, sign in enumerate(SIGNS, start=fitting.model.dimensions):
        print(f"  {sign:14} away {weights[0, place]:6.2f}  asks {weights[1, place]:6.2f}")
    WEIGHTS_FILE.write_bytes(weights.astype(np.float32).tobytes())


if __name__ == "__main__":
    main()
