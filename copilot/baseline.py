"""Before and after: which cases turned, whether that can be chance, and how much loss is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from copilot import chance
from copilot.answered import Shelf
from copilot.errors import Finding, UsageError
from copilot.evaluate import CaseResult
from copilot.messages import evaluation as texts
from copilot.results import Measured, case_hash, entry_hashes

_LOSS: Final = re.compile(r"(\d+)|(\d+(?:[.,]\d+)?)\s?%")


@dataclass(frozen=True, slots=True)
class Turned:
    """A case whose judgement turned, with what it was before."""

    result: CaseResult
    before: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Vergelijking: the cases that both runs have, pair by pair."""

    compared: int
    better: tuple[Turned, ...] = ()
    worse: tuple[Turned, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Cases that ask or expect something else than before; not compared."""
    before: Mapping[str, Mapping[str, Any]]
    """Every case of the earlier run by its id."""
    locked: Mapping[str, tuple[float, float]]
    """Of each locked file that both runs have, the share that was and is right."""

    @property
    def chance(self) -> float:
        """Of a difference at least this lopsided if nothing had changed (exact sign test)."""
        return chance.sign_test(len(self.better), len(self.worse))


def compare(measured: Measured, earlier: Mapping[str, Any]) -> Comparison:
    before = {str(each["id"]): each for each in earlier["cases"]}
    now = {result.case.id: result for result in measured.open_results}
    both = [result for id, result in now.items() if id in before]
    changed = tuple(each.case.id for each in both if before[each.case.id]["hash"] != case_hash(each.case))
    same = [result for result in both if result.case.id not in changed]
    turned = [Turned(each, before[each.case.id]) for each in same if each.right != before[each.case.id]["right"]]
    return Comparison(
        compared=len(same),
        better=tuple(each for each in turned if each.result.right),
        worse=tuple(each for each in turned if not each.result.right),
        new=tuple(id for id in now if id not in {*before, *_about(earlier, "left_out")}),
        gone=tuple(id for id in before if id not in {*now, *measured.about.left_out}),
        changed=changed,
        before=before,
        locked=_locked(measured, earlier),
    )


def changed_entries(shelf: Shelf, earlier: Mapping[str, Any]) -> frozenset[str]:
    """Entries that say something else than in the earlier run, are new, or are gone."""
    before, now = dict(_about(earlier, "hashes")), entry_hashes(shelf)
    return frozenset(id for id in {*before, *now} if before.get(id) != now.get(id)) if before else frozenset()


def _about(earlier: Mapping[str, Any], name: str) -> Any:
    """A key of `about`, empty in a file from before it was written down."""
    return (earlier.get("about") or {}).get(name) or ()


def _locked(measured: Measured, earlier: Mapping[str, Any]) -> Mapping[str, tuple[float, float]]:
    shares = {name: each["right"]["share"] for name, each in (earlier.get("locked") or {}).items()}
    return {name: (shares[name], each.right.share) for name, each in measured.tallies.items() if name in shares}


def mismatches(comparison: Comparison, path: object) -> Sequence[Finding]:
    """That the earlier run was over other cases, said with what to do about it; empty where all could be compared."""
    if not (comparison.new or comparison.gone or comparison.changed):
        return ()
    counts: dict[str, object] = {
        "same": comparison.compared,
        "new": len(comparison.new),
        "gone": len(comparison.gone),
        "changed": len(comparison.changed),
        "example": next(iter((*comparison.changed, *comparison.gone, *comparison.new))),
    }
    return (Finding(texts.BASELINE_OTHER_CASES, counts, file=str(path), code="other_cases"),)


def allowed_loss(written: str, compared: int) -> int:
    """How many cases may turn from right to wrong: `3`, or `1%` of those compared. Raises UsageError otherwise."""
    match = _LOSS.fullmatch(written.strip())
    if match is None:
        raise UsageError(texts.NOT_A_LOSS, value=written)
    if match[1]:
        return int(match[1])
    return int(Decimal(match[2].replace(",", ".")) * compared / 100)
