"""A suggestion, a decision and a question back as other programs read them (interfaces.md, "ask --json").

The keys of the contract come first, in its order; what was added since stands after them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from copilot.domain import Asking, Between, Decision, FactType, FactValue, Handover, Source, StepAdvice, Suggestion
from copilot.factvalues import write_value
from copilot.notation import cents


def suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    """The whole answer to `ask --json`."""
    question = suggestion.question
    return {
        "id": suggestion.id,
        "question": question.text,
        "role": question.roles[0],
        "on": question.on.isoformat(),
        "language": question.language,
        "status": suggestion.status.value,
        "decision": decision_json(suggestion.decision),
        "asks": asking_json(suggestion.asks),
        "steps": [_step(step) for step in suggestion.steps],
        "say": suggestion.say,
        "text": suggestion.text,
        "sources": [_source(source) for source in suggestion.sources],
        "next": [action.id for action in suggestion.next],
        "composed_by": suggestion.composed_by,
        "timings_ms": asdict(suggestion.timings),
        **_added(suggestion),
    }


def decision_json(decision: Decision | None) -> dict[str, Any] | None:
    """A decision; None where no mandate bears on the question."""
    if decision is None:
        return None
    return {
        "entry": decision.entry,
        "version": decision.version,
        "action": decision.action,
        "outcome": decision.outcome.value if decision.outcome else None,
        "options": list(decision.options),
        "approver": decision.approver,
        "facts": _facts(decision.facts, decision.types),
        "missing": list(decision.missing),
        "because": decision.because,
        "instead": decision.instead,
        "rule": decision.rule,
        "depending": [{"option": each.option, "condition": each.condition} for each in decision.depending],
        "amount": None if decision.amount is None else f"{decision.amount:.2f}",
        "why": decision.why.value,
    }


def asking_json(asking: Asking | None) -> dict[str, Any] | None:
    """The one fact that is asked back, with the answers that matter; None where nothing is asked."""
    if asking is None:
        return None
    choices = [{"label": choice.label, "value": choice.value} for choice in asking.choices]
    return {"fact": asking.fact, "question": asking.question, "choices": choices}


def _added(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "verdict": suggestion.verdict,
        "for_you": list(suggestion.for_you),
        "read": [
            {"fact": fact.name, "shown": fact.shown, "told": fact.told, "value": write_value(fact.value)}
            for fact in suggestion.read
        ],
        "next_actions": [{"id": action.id, "title": action.title} for action in suggestion.next],
        "owner": suggestion.owner,
        "near": [{"id": action.id, "title": action.title} for action in suggestion.near],
        "hits": [
            {"id": hit.entry, "score": round(hit.score, 4), "found_by": hit.found_by.value} for hit in suggestion.hits
        ],
    }


def _facts(facts: Mapping[str, FactValue], types: Mapping[str, FactType]) -> dict[str, str | int | bool]:
    return {name: _value(value, types.get(name)) for name, value in facts.items()}


def _value(value: FactValue, kind: FactType | None) -> str | int | bool:
    """Money as "40.00", whole numbers as such, other numbers and ranges as they are written in a rule."""
    if isinstance(value, Between) or not isinstance(value, Decimal):
        return write_value(value) if isinstance(value, Between) else value
    if kind is FactType.MONEY:
        return f"{cents(value):.2f}"
    return int(value) if value == value.to_integral_value() else write_value(value)


def _step(step: StepAdvice) -> dict[str, Any]:
    return {
        "do": step.do,
        "who": step.who,
        "mandate": step.mandate,
        "outcome": step.outcome.value if step.outcome else None,
        "handover": _handover(step.handover),
        "options": list(step.options),
        "because": step.because,
        "asks": asking_json(step.asking),
    }


def _handover(handover: Handover | None) -> dict[str, Any] | None:
    if handover is None:
        return None
    return {"to": handover.to, "within": handover.within, "tell": list(handover.tell)}


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "kind": source.kind.value,
        "title": source.title,
        "version": source.version,
        "valid_until": _day(source.valid_until),
        "source": source.source,
        "owner": source.owner,
        "review_by": _day(source.review_by),
        "overdue": source.overdue,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
