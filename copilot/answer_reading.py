"""An answer of `ask --json`, from this program or another one, read back into a Suggestion (see `answer_json`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from copilot.domain import (
    AnswerChoice,
    AnswerStatus,
    Asking,
    Decision,
    Depending,
    FactType,
    FactValue,
    FoundBy,
    Handover,
    Hit,
    Kind,
    KnowledgeEntry,
    Mandate,
    NextAction,
    Outcome,
    Question,
    ReadFact,
    Source,
    StepAdvice,
    Suggestion,
    Timings,
    Why,
)
from copilot.errors import CopilotError, UsageError
from copilot.factvalues import parse_value
from copilot.messages import answer


def read_suggestion(given: Mapping[str, Any], question: Question, entries: Mapping[str, KnowledgeEntry]) -> Suggestion:
    """The suggestion to this question. `entries` say what kind of fact each value is.

    Raises UsageError where the keys of the contract are missing or hold something else.
    """
    try:
        return _suggestion(given, question, entries)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as fault:
        raise UsageError(answer.NOT_AN_ANSWER, fault=f"{type(fault).__name__}: {fault}") from None


def _suggestion(given: Mapping[str, Any], question: Question, entries: Mapping[str, KnowledgeEntry]) -> Suggestion:
    decision = _decision(given["decision"], given["asks"], entries)
    title = entries[decision.entry].title if decision and decision.entry in entries else None
    return Suggestion(
        id=str(given["id"]),
        question=question,
        status=AnswerStatus(given["status"]),
        verdict=given.get("verdict", given["text"].split("\n", 1)[0]),
        decision=decision,
        decided_title=title,
        asks=_asking(given["asks"]),
        steps=tuple(_step(each) for each in given["steps"]),
        for_you=tuple(given.get("for_you", ())),
        say=given["say"],
        sources=tuple(_source(each) for each in given["sources"]),
        next=tuple(NextAction(each["id"], each["title"]) for each in given.get("next_actions", ())),
        read=tuple(_read(each, decision) for each in given.get("read", ())),
        owner=given.get("owner"),
        near=tuple(NextAction(each["id"], each["title"]) for each in given.get("near", ())),
        text=given["text"],
        composed_by=given["composed_by"],
        hits=tuple(Hit(each["id"], each["score"], FoundBy(each["found_by"])) for each in given.get("hits", ())),
        timings=Timings(**{name: float(each) for name, each in given.get("timings_ms", {}).items()}),
    )


def _decision(
    given: Mapping[str, Any] | None, asks: Mapping[str, Any] | None, entries: Mapping[str, KnowledgeEntry]
) -> Decision | None:
    if given is None:
        return None
    entry = entries.get(given["entry"])
    types = {fact.name: fact.type for fact in entry.facts} if isinstance(entry, Mandate) else {}
    return Decision(
        entry=given["entry"],
        version=given["version"],
        action=given["action"],
        outcome=Outcome(given["outcome"]) if given["outcome"] else None,
        options=tuple(given["options"]),
        depending=tuple(Depending(each["option"], each["condition"]) for each in given.get("depending", ())),
        approver=given["approver"],
        facts={name: _value(name, value, entry) for name, value in given["facts"].items()},
        types={name: types.get(name, FactType.CHOICE) for name in given["facts"]},
        missing=tuple(given["missing"]),
        asking=_asking(asks),
        because=given["because"],
        why=Why(given.get("why", Why.RULE)),
        instead=given["instead"],
        rule=given["rule"],
        amount=Decimal(given["amount"]) if given.get("amount") else None,
    )


def _value(name: str, value: object, entry: KnowledgeEntry | None) -> FactValue:
    fact = entry.fact(name) if isinstance(entry, Mandate) else None
    if isinstance(value, bool):
        return value
    written = str(value)
    if fact is None or fact.type is FactType.CHOICE:
        return written
    try:
        return Decimal(written)
    except InvalidOperation:
        return _range(written, fact, entry)


def _range(written: str, fact: Any, entry: KnowledgeEntry | None) -> FactValue:
    try:
        return parse_value(fact, written)
    except CopilotError:
        raise ValueError(written) from None


def _asking(given: Mapping[str, Any] | None) -> Asking | None:
    if given is None:
        return None
    choices = tuple(AnswerChoice(each["label"], each["value"]) for each in given["choices"])
    return Asking(given["fact"], given["question"], choices)


def _step(given: Mapping[str, Any]) -> StepAdvice:
    handover = given["handover"]
    return StepAdvice(
        do=given["do"],
        who=given["who"],
        mandate=given["mandate"],
        outcome=Outcome(given["outcome"]) if given["outcome"] else None,
        options=tuple(given.get("options", ())),
        because=given.get("because"),
        asking=_asking(given.get("asks")),
        handover=Handover(handover["to"], handover["within"], tuple(handover["tell"])) if handover else None,
    )


def _source(given: Mapping[str, Any]) -> Source:
    return Source(
        id=given["id"],
        kind=Kind(given["kind"]),
        title=given["title"],
        version=given["version"],
        valid_until=_day(given["valid_until"]),
        source=given["source"],
        review_by=_day(given.get("review_by")),
        overdue=bool(given.get("overdue")),
        owner=given.get("owner"),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _read(given: Mapping[str, Any], decision: Decision | None) -> ReadFact:
    name = given["fact"]
    facts: Mapping[str, FactValue] = decision.facts if decision else {}
    return ReadFact(name, facts.get(name, given["value"]), given["shown"], bool(given["told"]))


def question_json(question: Question) -> dict[str, Any]:
    """A question as a line of `ask --batch`, and as a running server takes it."""
    roles: Sequence[str] = question.roles
    return {
        "ask": question.text,
        "role": roles[0],
        "on": question.on.isoformat(),
        "language": question.language,
        "department": question.department,
        "facts": {name: str(value) for name, value in question.facts.items()},
        "thread": question.thread,
    }
