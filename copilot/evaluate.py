"""Asks every case its question and scores the answers: `await evaluate(cases, assistant.suggest, shelf, …)`.

No model judges here: the same answers always get the same scores. What was measured is counted in
`copilot.tally`, written down by `copilot.results`, and compared with an earlier run in `copilot.baseline`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from time import perf_counter
from typing import Final
from uuid import uuid4

from copilot import scorers
from copilot.answered import Answered, Mark, Shelf
from copilot.domain import AnswerStatus, Case, Organisation, Outcome, Question, Suggestion, Timings
from copilot.errors import CopilotError
from copilot.language import language_of
from copilot.messages import evaluation as texts

Ask = Callable[[Question], Awaitable[Suggestion]]
"""Whoever answers: `assistant.suggest`, or a running server."""
Advance = Callable[[int, int], None]

FAST: Final = 300
"""Cases of the fast subset: within 30 seconds on two busy cores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a model cost for one answer."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One answer to a case, with what the scorers said; or the fault that came instead."""

    suggestion: Suggestion | None = None
    marks: tuple[Mark, ...] = ()
    fault: CopilotError | None = None
    wall_ms: float = 0.0
    """From the last question of the case until its answer, scoring not included."""
    spent: Spent = Spent()

    @property
    def right(self) -> bool:
        return self.fault is None and scorers.is_right(self.marks)

    @property
    def timings(self) -> Timings:
        return self.suggestion.timings if self.suggestion else Timings()

    def mark(self, scorer: str) -> Mark | None:
        return next((mark for mark in self.marks if mark.scorer == scorer), None)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case with its answers, one for each repeat."""

    case: Case
    attempts: tuple[Attempt, ...]

    @property
    def right(self) -> bool:
        """Right in every repeat."""
        return all(attempt.right for attempt in self.attempts)

    @property
    def told(self) -> Attempt:
        """The attempt to show: the first that went wrong, else the first."""
        return next((attempt for attempt in self.attempts if not attempt.right), self.attempts[0])


async def evaluate(
    cases: Sequence[Case],
    ask: Ask,
    shelf: Shelf,
    *,
    today: date,
    repeat: int = 1,
    spent: Callable[[], Spent] = Spent,
    advance: Advance = lambda done, total: None,
) -> tuple[CaseResult, ...]:
    """The result of every case, in the order given; `today` is the day of those that name none.

    `spent` tells what went to a model since it was last asked. A case that cannot be asked (an unknown role, a
    fact that does not exist) gets its fault instead of an answer; the rest goes on.
    """
    run = uuid4().hex
    results: list[CaseResult] = []
    for done, case in enumerate(cases, 1):
        attempts = [await _attempt(case, ask, shelf, today, f"{run}:{case.id}:{n}", spent) for n in range(repeat)]
        results.append(CaseResult(case, tuple(attempts)))
        advance(done, len(cases))
    return tuple(results)


async def _attempt(case: Case, ask: Ask, shelf: Shelf, today: date, thread: str, spent: Callable[[], Spent]) -> Attempt:
    try:
        for question in questions_of(case, shelf.organisation, today, thread):
            started = perf_counter()
            suggestion = await ask(question)
            wall = (perf_counter() - started) * 1000
    except CopilotError as fault:
        return Attempt(fault=fault, spent=spent())
    except Exception as fault:
        # a crash of whoever answers is a finding of the measurement, not the end of it
        crash = CopilotError(texts.ANSWER_CRASHED, fault=f"{type(fault).__name__}: {fault}")
        return Attempt(fault=crash, spent=spent())
    marks = scorers.score(Answered(case, suggestion, shelf))
    return Attempt(suggestion=suggestion, marks=marks, wall_ms=wall, spent=spent())


def questions_of(case: Case, organisation: Organisation, today: date, thread: str) -> Iterator[Question]:
    """The case's question and its follow-ups, in one thread."""
    for text in (case.ask, *case.then):
        yield Question(
            id=uuid4().hex,
            text=text,
            roles=(case.role,),
            on=case.on or today,
            language=case.language or language_of(case.ask, organisation.language),
            department=case.department,
            facts=case.facts,
            thread=thread if case.then else None,
        )


def fast(cases: Sequence[Case], changed: Collection[str] = (), most: int = FAST) -> tuple[Case, ...]:
    """A subset that is always the same, in the order given: all about `changed` entries, then of every entry in turn.

    Of each entry those go first in which a yes would be wrong: that is the fault that must never slip through.
    """
    if len(cases) <= most:
        return tuple(cases)
    by_subject: dict[object, list[Case]] = defaultdict(list)
    for case in cases:
        by_subject[case.expect.sources or case.expect.status].append(case)
    rounds = {
        case.id: place for group in by_subject.values() for place, case in enumerate(sorted(group, key=_strict_first))
    }

    def urgency(case: Case) -> tuple[object, ...]:
        return changed_first(case), rounds[case.id], _strict_first(case)

    def changed_first(case: Case) -> bool:
        return not set(changed) & {*(case.expect.sources or ()), *case.expect.sources_not}

    chosen = {case.id for case in sorted(cases, key=urgency)[:most]}
    return tuple(case for case in cases if case.id in chosen)


def _strict_first(case: Case) -> tuple[int, str]:
    """Where a yes would be wrong for sure, then where it would be too early or about nothing, then all else."""
    expect = case.expect
    refused = expect.outcome in (Outcome.APPROVAL, Outcome.DENIED)
    open_ended = expect.outcome == "none" or expect.status not in (None, AnswerStatus.ANSWERED)
    return 0 if refused else 1 if open_ended else 2, sha256(case.id.encode()).hexdigest()
