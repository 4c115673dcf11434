"""An entry as canonical Markdown with front matter: English keys, in the order of knowledge-format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from copilot import conditions
from copilot.domain import (
    Between,
    Condition,
    Fact,
    Handover,
    KnowledgeEntry,
    Mandate,
    PeriodLimit,
    Rule,
    Solution,
    Step,
)
from copilot.yamlwriting import WIDEST, flow, flow_pairs, list_lines, quoted, scalar, text_lines

_INDENT: Final = "  "


def write_entry(entry: KnowledgeEntry) -> str:
    """Markdown that `read_entry` reads back to an equal entry (version and status are not part of a file).

    White space around texts is dropped. Raises BadCondition for a condition that has no notation.
    """
    lines = ["---", *_common(entry)]
    if isinstance(entry, Mandate):
        lines += _mandate(entry)
    elif isinstance(entry, Solution):
        lines += _solution(entry)
    return "\n".join([*lines, "---", *([entry.body] if entry.body else []), ""])


def _common(entry: KnowledgeEntry) -> list[str]:
    return [
        f"id: {scalar(entry.id)}",
        f"kind: {entry.kind.value}",
        *text_lines("title", entry.title),
        *_optional({"owner": entry.owner, "department": entry.department}),
        *list_lines("audience", entry.audience, inline=True),
        *(
            f"{name}: {day.isoformat()}"
            for name in ("valid_from", "valid_until", "review_by")
            if (day := getattr(entry, name))
        ),
        *_optional({"source": entry.source}),
        *list_lines("questions", entry.questions),
        *list_lines("tags", entry.tags, inline=True),
        *_optional({"journey": entry.journey}),
        *list_lines("related", entry.related, inline=True),
    ]


def _optional(texts: Mapping[str, str | None], indent: str = "") -> list[str]:
    return [line for key, text in texts.items() if text for line in text_lines(key, text, indent)]


def _as_items(blocks: Iterable[list[str]], indent: str = _INDENT) -> list[str]:
    """Each block of lines as an item of a list: a dash before its first line, the rest under it."""
    return [
        f"{indent}{'- ' if place == 0 else '  '}{line}" if line else ""
        for block in blocks
        for place, line in enumerate(block)
    ]


# --------------------------------------------------------------------------------------------- mandate


def _mandate(entry: Mandate) -> list[str]:
    facts = {fact.name: fact for fact in entry.facts}
    return [
        *([] if entry.action == entry.id else _optional({"action": entry.action})),
        *(["facts:"] if facts else []),
        *(line for fact in entry.facts for line in _fact(fact)),
        "rules:",
        *_as_items(_rule(rule, facts) for rule in entry.rules),
        *(_period_limit(entry.period_limit) if entry.period_limit else []),
    ]


def _fact(fact: Fact) -> list[str]:
    inner = _INDENT * 2
    return [
        f"{_INDENT}{scalar(fact.name)}:",
        f"{inner}type: {fact.type.value}",
        *text_lines("ask", fact.ask, inner),
        *list_lines("yes", fact.yes, inner, inline=True),
        *list_lines("no", fact.no, inner, inline=True),
        *_values(fact.values, inner),
    ]


def _values(values: Mapping[str, tuple[str, ...]], indent: str) -> list[str]:
    if not values:
        return []
    lines = [f"{indent}values:"]
    for name, words in values.items():
        key = scalar(name)
        lines += list_lines(key, words, indent + _INDENT, inline=True) or [f"{indent}{_INDENT}{key}: []"]
    return lines


def _rule(rule: Rule, facts: Mapping[str, Fact]) -> list[str]:
    return [
        *(["never: true"] if rule.never else []),
        *list_lines("roles", rule.roles, inline=True),
        *_when(rule.when, facts),
        *_optional({"may": rule.may, "amount": rule.amount, "because": rule.because, "instead": rule.instead}),
    ]


def _when(when: Mapping[str, Condition], facts: Mapping[str, Fact]) -> list[str]:
    if not when:
        return []
    written = {name: _condition(condition, facts[name]) for name, condition in when.items()}
    one_line = f"when: {flow_pairs(written)}"
    if len(one_line) <= WIDEST:
        return [one_line]
    return ["when:", *(f"{_INDENT}{scalar(name)}: {value}" for name, value in written.items())]


def _condition(condition: Condition, fact: Fact) -> str:
    written = conditions.write(condition, fact)
    if isinstance(condition, Between):
        return quoted(str(written))
    if isinstance(written, str):
        return scalar(written, in_flow=True)
    return flow(scalar(each, in_flow=True) for each in written)


def _period_limit(limit: PeriodLimit) -> list[str]:
    return [
        "period_limit:",
        f"{_INDENT}fact: {scalar(limit.fact)}",
        f"{_INDENT}max: {conditions.write_number(Decimal(limit.max))}",
        f"{_INDENT}per: {limit.per}",
        f"{_INDENT}days: {limit.days}",
        *list_lines("roles", limit.roles, _INDENT, inline=True),
    ]


# -------------------------------------------------------------------------------------------- solution


def _solution(entry: Solution) -> list[str]:
    eyes = entry.customer
    customer = _optional({"wants": eyes.wants, "worries": eyes.worries, "delight": eyes.delight}, _INDENT)
    return [
        *(["customer:", *customer] if customer else []),
        *_optional({"say": entry.say}),
        "steps:",
        *_as_items(_step(step) for step in entry.steps),
        *list_lines("next", entry.next, inline=True),
    ]


def _step(step: Step) -> list[str]:
    return [
        *text_lines("do", step.do),
        *_optional({"mandate": step.mandate}),
        *(_handover(step.handover) if step.handover else []),
    ]


def _handover(handover: Handover) -> list[str]:
    return [
        "handover:",
        *text_lines("to", handover.to, _INDENT),
        *_optional({"within": handover.within}, _INDENT),
        *list_lines("tell", handover.tell, _INDENT, inline=True),
    ]
