"""From real life: questions with a thumb down, gaps and corrected facts become cases, without customer data.

What was corrected says by itself what was right, where the question holds the corrected value; everything else
goes on a list for a person to say what a good answer is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from copilot import figures
from copilot.domain import Decision, Expectation, Gap, Suggestion
from copilot.messages import Text
from copilot.messages import evaluation as texts
from copilot.privacy import Masker
from copilot.records import Answered

TAG: Final = "from-life"
THUMB_DOWN: Final = "thumb-down"
GAP: Final = "gap"
CORRECTED: Final = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """One real question, masked, as a case that is finished (`expect`) or that somebody must still finish (None)."""

    id: str
    ask: str
    then: tuple[str, ...]
    role: str
    on: date
    department: str | None
    tags: tuple[str, ...]
    expect: Expectation | None
    notes: tuple[Text, ...]
    """Why it was collected and what was answered, masked."""


def collect(answers: Sequence[Answered], gaps: Sequence[Gap], masker: Masker) -> tuple[Collected, ...]:
    """The questions worth a case, oldest first, each once. `answers` as the store gives them: newest first."""
    told = sorted(answers, key=lambda each: each.at)
    threads: dict[str, list[Suggestion]] = defaultdict(list)
    missing = {gap.question for gap in gaps}
    found: dict[str, Collected] = {}
    for each in told:
        before = threads[each.suggestion.question.thread or each.suggestion.id]
        for one in _of(each, before, missing, masker):
            # what was finished once is not asked of a person again
            if one.id not in found or one.expect:
                found[one.id] = one
        before.append(each.suggestion)
    return tuple(found.values())


def _of(each: Answered, before: Sequence[Suggestion], missing: set[str], masker: Masker) -> Iterator[Collected]:
    suggestion = each.suggestion
    reasons: list[tuple[str, Text]] = []
    for feedback in each.feedback:
        if not feedback.helpful:
            said = ", ".join(filter(None, (feedback.reason, feedback.remark))) or "-"
            reasons.append((THUMB_DOWN, texts.COLLECTED_DOWN.about(said=masker.mask(said))))
    if suggestion.question.id in missing:
        reasons.append((GAP, texts.COLLECTED_GAP))
    corrected = _corrected(suggestion, before)
    if corrected:
        reasons.append((CORRECTED, texts.COLLECTED_CORRECTED.about(facts=", ".join(corrected))))
    if reasons:
        certain = corrected and len(reasons) == 1 and _all_said(corrected, suggestion)
        yield _collected(suggestion, before, reasons, _expected(suggestion) if certain else None, masker)


def _corrected(suggestion: Suggestion, before: Sequence[Suggestion]) -> Mapping[str, object]:
    """The facts that a colleague put right: read one way in the same question, told another way afterwards."""
    question, decision = suggestion.question, suggestion.decision
    if decision is None or question.entry is None:
        return {}
    earlier = [each for each in before if each.question.text == question.text and _decided_on(each, decision)]
    read = {fact.name: fact.value for each in earlier for fact in each.read if not fact.told}
    return {
        fact.name: fact.value
        for fact in suggestion.read
        if fact.told and fact.name in read and read[fact.name] != fact.value
    }


def _decided_on(suggestion: Suggestion, decision: Decision) -> bool:
    return suggestion.decision is not None and suggestion.decision.entry == decision.entry


def _all_said(corrected: Mapping[str, object], suggestion: Suggestion) -> bool:
    """Whether the question itself holds every corrected value, so that reading it right is possible."""
    question = suggestion.question
    said = {value for _, value in figures.keys(question.text, question.language)}
    said |= {value / 1440 for value in said}
    return all(isinstance(value, Decimal) and value in said for value in corrected.values())


def _expected(suggestion: Suggestion) -> Expectation:
    decision = suggestion.decision
    assert decision is not None
    return Expectation(
        status=suggestion.status,
        sources=(decision.entry,),
        outcome=decision.outcome.value if decision.outcome else None,
        approver=decision.approver,
        asks=suggestion.asks.fact if suggestion.asks else None,
    )


def _collected(
    suggestion: Suggestion,
    before: Sequence[Suggestion],
    reasons: Sequence[tuple[str, Text]],
    expect: Expectation | None,
    masker: Masker,
) -> Collected:
    question = suggestion.question
    said = [each.question.text for each in before if each.question.text != question.text]
    ask, *then = (masker.mask(text) for text in (*dict.fromkeys(said), question.text))
    role = question.roles[0]
    mark = sha256("\n".join([role, ask, *then]).encode("utf-8", "replace")).hexdigest()[:8]
    return Collected(
        id=f"life-{question.on.isoformat()}-{mark}",
        ask=ask,
        then=tuple(then),
        role=role,
        on=question.on,
        department=question.department,
        tags=(TAG, *dict.fromkeys(tag for tag, _ in reasons)),
        expect=expect,
        notes=(*(note for _, note in reasons), _answered(suggestion)),
    )


def _answered(suggestion: Suggestion) -> Text:
    decision = suggestion.decision
    outcome = texts.OUTCOME[decision.outcome] if decision and decision.outcome else texts.NONE_DECIDED
    sources = ", ".join(source.id for source in suggestion.sources) or "-"
    return texts.COLLECTED_ANSWER.about(status=texts.STATUS[suggestion.status], outcome=outcome, sources=sources)
