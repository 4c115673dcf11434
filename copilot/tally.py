"""Counts what the scorers said: rates with their uncertainty, repeats, and splits by tag, role, entry and owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import Final

from copilot import chance
from copilot.answered import Shelf
from copilot.domain import Case
from copilot.evaluate import Attempt, CaseResult
from copilot.messages import evaluation as texts

RIGHT: Final = "right"
WRONG_ALLOWED: Final = "wrong_allowed"
SPLITS: Final = ("tag", "role", "entry", "owner")
PARTS: Final = ("embed", "search", "decide", "compose", "total")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many cases."""

    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return chance.wilson(self.right, self.of)

    @property
    def wrong_at_most(self) -> float | None:
        """Where nothing went wrong: the share that may still be wrong."""
        return chance.rule_of_three(self.of) if self.of and self.right == self.of else None


@dataclass(frozen=True, slots=True)
class Metric:
    """What one scorer said over all cases that it has something to say about."""

    scorer: str
    mean: float
    passed: Rate | None
    """Cases that passed in every repeat; None for a trend."""
    of: int

    @property
    def share(self) -> float:
        """What a gate compares: the share that passed, or the mean of a trend."""
        return self.passed.share if self.passed else self.mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Telling: a set of results in numbers."""

    right: Rate
    metrics: Mapping[str, Metric]
    wrong_allowed: Rate
    """Here `right` counts the cases without a wrong yes."""
    pass_all: tuple[float, ...]
    """pass^1, pass^2 …, as far as there were repeats."""
    splits: Mapping[str, Mapping[str, Rate]]
    broken: int
    """Cases that could not be asked."""

    def share(self, metric: str) -> float | None:
        """A metric as a gate names it; None where nothing was measured."""
        if metric == RIGHT:
            return self.right.share if self.right.of else None
        name, power, repeats = metric.partition("^")
        if power and name == "pass":
            k = int(repeats) if repeats.isdecimal() else 0
            return self.pass_all[k - 1] if 1 <= k <= len(self.pass_all) and self.right.of else None
        found = self.metrics.get(metric)
        return found.share if found and found.of else None


def count(results: Sequence[CaseResult], shelf: Shelf) -> Tally:
    metrics = {name: _metric(name, results) for name in texts.NAMES if name != RIGHT}
    measured = {name: metric for name, metric in metrics.items() if metric.of}
    wrong = measured.get(WRONG_ALLOWED)
    return Tally(
        right=_rate(results),
        metrics=measured,
        wrong_allowed=(wrong.passed if wrong else None) or Rate(0, 0),
        pass_all=_pass_all(results),
        splits={name: _split(name, results, shelf) for name in SPLITS},
        broken=sum(any(attempt.fault for attempt in result.attempts) for result in results),
    )


def _rate(results: Iterable[CaseResult]) -> Rate:
    rights = [result.right for result in results]
    return Rate(sum(rights), len(rights))


def _metric(name: str, results: Sequence[CaseResult]) -> Metric:
    marks = [[mark for each in result.attempts if (mark := each.mark(name))] for result in results]
    marks = [each for each in marks if each]
    mean = fmean(mark.value for each in marks for mark in each) if marks else 0.0
    judged = [each for each in marks if any(mark.passed is not None for mark in each)]
    right = sum(all(mark.passed is not False for mark in each) for each in judged)
    return Metric(name, mean, Rate(right, len(judged)) if judged else None, len(marks))


def _pass_all(results: Sequence[CaseResult]) -> tuple[float, ...]:
    repeats = min((len(result.attempts) for result in results), default=0)
    rights = [sum(attempt.right for attempt in result.attempts) for result in results]
    return tuple(fmean(chance.pass_all(right, repeats, drawn) for right in rights) for drawn in range(1, repeats + 1))


def _split(name: str, results: Sequence[CaseResult], shelf: Shelf) -> Mapping[str, Rate]:
    groups: dict[str, list[CaseResult]] = defaultdict(list)
    for result in results:
        for value in dict.fromkeys(_values(name, result.case, shelf)):
            groups[value].append(result)
    return {value: _rate(groups[value]) for value in sorted(groups)}


def _values(name: str, case: Case, shelf: Shelf) -> Iterator[str]:
    if name == "tag":
        yield from case.tags
    elif name == "role":
        yield case.role
    elif name == "entry":
        yield from case.expect.sources or ()
    else:
        found = (shelf.entries.get(each) for each in case.expect.sources or ())
        yield from (entry.owner for entry in found if entry and entry.owner)


def latencies(results: Iterable[CaseResult]) -> Mapping[str, Mapping[str, float]]:
    """Milliseconds by part of the answer, and `wall` as the asker waited: half, nineteen of twenty, the slowest."""
    attempts = [each for result in results for each in result.attempts if each.suggestion]
    spread = {part: _spread([getattr(each.timings, part) for each in attempts]) for part in PARTS}
    return {**spread, "wall": _spread([each.wall_ms for each in attempts])}


def _spread(values: Sequence[float]) -> Mapping[str, float]:
    if not values:
        return {"p50": 0.0, "p95": 0.0, "max": 0.0}
    cuts = quantiles(values, n=20, method="inclusive") if len(values) > 1 else [values[0]] * 19
    return {"p50": round(cuts[9], 2), "p95": round(cuts[18], 2), "max": round(max(values), 2)}


def spent(results: Iterable[CaseResult]) -> Mapping[str, float]:
    """Tokens and money over all answers, and per answer; zeros without a model."""
    attempts: list[Attempt] = [each for result in results for each in result.attempts]
    cost = sum(each.spent.cost for each in attempts)
    return {
        "input_tokens": sum(each.spent.input_tokens for each in attempts),
        "output_tokens": sum(each.spent.output_tokens for each in attempts),
        "cost": cost,
        "cost_per_answer": cost / len(attempts) if attempts else 0.0,
    }
