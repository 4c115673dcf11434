"""A new entry from what was filled in, and every fault at the field that it is about. Pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from copilot.channels.slack_text import plain, seen
from copilot.domain import Colleague, Kind
from copilot.entryfields import NOBODY, RULES, Written, conditions_of, fact_of, lines_of
from copilot.errors import Finding
from copilot.messages import Text, curation

_RULE_FIELD: Final = re.compile(r"rules\[(\d)\](?:\.(\w+))?")
_RULE_BLOCK: Final = re.compile(r"rule\d_(?:roles|when|may)")


def entry_text(kind: Kind, given: Mapping[str, str], author: Colleague, taken: frozenset[str]) -> Written:
    """An entry in the knowledge format; JSON is YAML too, so that no word of his can break the form."""
    given = {name: seen(value) for name, value in given.items()}
    title = given.get("title", "")
    head: dict[str, Any] = {"id": entry_id(title, taken), "kind": kind.value, "title": title, "owner": author.id}
    for name in ("department", "valid_until", "source"):
        if name in given:
            head[name] = given[name]
    if audience := lines_of(given.get("audience", "")):
        head["audience"] = audience
    if questions := lines_of(given.get("questions", "")):
        head["questions"] = questions
    wrong: dict[str, Text] = {}
    if kind is Kind.SOLUTION:
        _write_solution(head, given, wrong)
    if kind is Kind.MANDATE:
        _write_mandate(head, given, wrong)
    if wrong:
        return Written(wrong=wrong)
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items() if name != "valid_until"
    ]
    lines += [f"valid_until: {head['valid_until']}"] if "valid_until" in head else []
    return Written("\n".join(["---", *lines, "---", given.get("body", ""), ""]))


def errors_by_field(findings: Sequence[Finding], language: str) -> dict[str, str]:
    """Each error at the field of the form that it is about; at the title where the form has no such field."""
    found: dict[str, list[str]] = {}
    for each in findings:
        if each.severity == "error":
            found.setdefault(_block_of(each.field), []).append(each.text(language))
    return {block: plain(" ".join(said), 1900) for block, said in found.items()}


def entry_id(title: str, taken: frozenset[str]) -> str:
    """A short name of the title, that nobody has yet."""
    ascii_title = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", ascii_title).strip("-")[:60].strip("-") or "kennis"
    number = 1
    while (wanted := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return wanted


def _write_solution(head: dict[str, Any], given: Mapping[str, str], wrong: dict[str, Text]) -> None:
    if "say" in given:
        head["say"] = given["say"]
    steps = lines_of(given.get("steps", ""))
    if not steps:
        wrong["steps"] = curation.NEEDS_STEP
    head["steps"] = [{"do": step} for step in steps]


def _write_mandate(head: dict[str, Any], given: Mapping[str, str], wrong: dict[str, Text]) -> None:
    facts: dict[str, Any] = {}
    for number, line in enumerate(lines_of(given.get("facts", "")), 1):
        fact = fact_of(line)
        if fact is None:
            wrong["facts"] = curation.BAD_FACT.about(line=number)
            continue
        facts[fact.name] = {"type": fact.type} | ({"ask": fact.ask} if fact.ask else {})
        if fact.choices:
            facts[fact.name]["values"] = {each: [each] for each in fact.choices}
    rules = []
    for number in range(1, RULES + 1):
        role, may = given.get(f"rule{number}_roles"), given.get(f"rule{number}_may")
        conditions = conditions_of(given.get(f"rule{number}_when", ""), facts)
        when = {name: values[0] if len(values) == 1 else values for name, values in conditions.items()}
        if role is None and may is None and not when:
            continue
        if role is None or (may is None and role != NOBODY):
            wrong[f"rule{number}_may"] = curation.RULE_HALF
            continue
        rule: dict[str, Any] = {"when": when} if when else {}
        rules.append(
            {**rule, "never": True, "because": may} if role == NOBODY else {"roles": [role], **rule, "may": may}
        )
    if not rules and not wrong:
        wrong["rule1_may"] = curation.NEEDS_RULE
    head["facts"] = facts
    head["rules"] = [{name: value for name, value in rule.items() if value is not None} for rule in rules]


def _block_of(field: str) -> str:
    if _RULE_BLOCK.fullmatch(field):
        return field
    if match := _RULE_FIELD.match(field):
        part = {"roles": "roles", "when": "when"}.get(match[2] or "", "may")
        return f"rule{min(int(match[1]), RULES)}_{part}"
    name = re.split(r"[.\[]", field, maxsplit=1)[0]
    known = {"title", "body", "questions", "valid_until", "source", "say", "steps", "facts", "department", "audience"}
    return name if name in known else "title"
