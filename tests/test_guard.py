"""The guard on the hand-made set of good and bad answers, and on its finer points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from copilot import guard
from tests.guard_worlds import bounds_of

SETS = Path(__file__).parent / "guard"
STRICT = ("amounts", "citations", "decisions", "leaks")


@dataclass(frozen=True)
class Judged:
    """One answer of the set with what people think of it."""

    world: str
    part: str
    kind: str
    text: str

    @property
    def found(self):
        return guard.check(self.part, self.text, bounds_of(self.world))


def judged(half: str) -> Iterator[Judged]:
    for group in yaml.safe_load((SETS / f"{half}.yaml").read_text(encoding="utf-8")):
        yield from (Judged(group["world"], group["part"], group["kind"], text) for text in group["texts"])


def rates(half: str) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Of every kind: how many were refused, of how many; and the answers that went wrong."""
    total, refused, wrong = Counter(), Counter(), []
    for each in judged(half):
        found = each.found
        total[each.kind] += 1
        refused[each.kind] += bool(found)
        if bool(found) == (each.kind == "good"):
            reasons = ", ".join(f"{breach.reason}: {breach.words}" for breach in found)
            wrong.append(f"{each.kind} [{each.world}/{each.part}] {each.text} {reasons}")
    return {kind: (refused[kind], total[kind]) for kind in total}, wrong


def test_the_set_is_large_enough():
    assert sum(1 for half in ("open", "locked") for _ in judged(half)) >= 400


@pytest.mark.parametrize("half", ["open", "locked"])
def test_bad_answers_are_refused_and_good_ones_pass(half):
    by_kind, wrong = rates(half)
    caught = sum(by_kind[kind][0] for kind in STRICT)
    strict = sum(by_kind[kind][1] for kind in STRICT)
    print(half, by_kind, *wrong, sep="\n")
    assert caught / strict >= 0.99, wrong
    assert by_kind["deflection"][0] / by_kind["deflection"][1] >= 0.95, wrong
    assert by_kind["good"][0] / by_kind["good"][1] <= 0.01, wrong
