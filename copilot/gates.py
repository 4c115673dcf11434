"""Gates: what an evaluation must reach. A wrong yes always fails, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from copilot.errors import UsageError
from copilot.messages import Text, judge
from copilot.messages import evaluation as texts
from copilot.spelling import nearest
from copilot.tally import RIGHT, Tally

_GATE: Final = re.compile(r"\s*([\w@^]+)\s*=\s*(\d+(?:[.,]\d+)?)\s?(%?)\s*")
_PASS_ALL: Final = re.compile(r"pass\^\d+")
JUDGE: Final = "judge"
POINTS: Final = "flesch_douma"
"""The one metric in points; all others are shares."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The least that a metric may be."""

    metric: str
    least: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A gate that did not hold, in words."""

    reason: Text
    values: dict[str, object]

    def text(self, language: str) -> str:
        return self.reason(language, **self.values)


def read_gate(written: str) -> Gate:
    """`outcome=0.98` or `outcome=98%`. Raises UsageError for another form and for a metric that does not exist."""
    match = _GATE.fullmatch(written)
    if match is None:
        raise UsageError(texts.NOT_A_GATE, value=written)
    metric, number, is_percent = match[1], float(match[2].replace(",", ".")), bool(match[3])
    if metric.startswith(JUDGE):
        raise UsageError(judge.NO_GATE, metric=metric, known=_known())
    if metric not in texts.NAMES and not _PASS_ALL.fullmatch(metric):
        near = nearest(metric, texts.NAMES)
        raise UsageError(texts.NO_METRIC_NEAR if near else texts.NO_METRIC, metric=metric, near=near, known=_known())
    least = number / 100 if is_percent else number
    if least > 1 and metric != POINTS:
        raise UsageError(texts.GATE_TOO_HIGH, value=written, metric=metric)
    return Gate(metric, least)


def failed(counted: Tally, gates: Sequence[Gate]) -> tuple[Failed, ...]:
    """Every gate that does not hold; a wrong yes first."""
    found: list[Failed] = []
    wrong = counted.wrong_allowed.of - counted.wrong_allowed.right
    if wrong:
        found.append(Failed(texts.GATE_WRONG_ALLOWED, {"count": wrong}))
    for gate in gates:
        share = counted.share(gate.metric)
        if share is None:
            found.append(Failed(texts.GATE_NOTHING_MEASURED, {"metric": gate.metric}))
        elif share < gate.least:
            values: dict[str, object] = {"metric": gate.metric, "share": f"{share:.4f}", "least": f"{gate.least:.4f}"}
            found.append(Failed(texts.GATE_FAILED, values))
    return tuple(found)


def _known() -> str:
    return ", ".join([RIGHT, "pass^2", *(name for name in texts.NAMES if name != RIGHT)])
