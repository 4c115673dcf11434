"""Forms in Slack: a fact, what is not right, sources unfolded, and knowledge as fields; what was filled in. Pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from copilot.channels.slack_text import context, escaped, marked, plain, section, seen, words
from copilot.compose import KIND_NAMES, source_note
from copilot.domain import Colleague, Kind, Organisation, Suggestion
from copilot.entryfields import NOBODY, RULES, Written, conditions_of, fact_of, lines_of
from copilot.errors import Finding
from copilot.messages import Text, curation
from copilot.messages import slack as texts

INPUT: Final = 3000
_RULE_FIELD: Final = re.compile(r"rules\[(\d)\](?:\.(\w+))?")

View = dict[str, Any]


def fact_form(suggestion: Suggestion, fact: str, told: str, basis: Mapping[str, Any], language: str) -> View:
    """Asks for one fact; `basis` is where the card stands that will be changed."""
    label = texts.FACT_LABEL(language, fact=plain(fact.replace("_", " "), 60))
    asked = suggestion.asks.question if suggestion.asks and suggestion.asks.fact == fact else None
    hint = [context(escaped(asked, 500))] if asked else []
    return _modal("fact", texts.FACT_TITLE(language), [*hint, _input("value", label, told)], basis, language)


def wrong_form(basis: Mapping[str, Any], language: str) -> View:
    field = _input("remark", texts.WRONG_LABEL(language), lines=True, optional=True)
    return _modal("wrong", texts.WRONG_TITLE(language), [field], basis, language)


def sources_view(suggestion: Suggestion, language: str) -> View:
    """Every source with its own text: what the card folds away."""
    blocks: list[Any] = []
    for each in suggestion.sources[:20]:
        blocks.append(section(f"*{escaped(each.title, 300)}*\n{escaped(source_note(each, language), 600)}"))
        if each.excerpt:
            blocks.append(section(marked(each.excerpt)))
        if each.owner:
            blocks.append(context(escaped(texts.SOURCE_OWNER(language, owner=each.owner), 300)))
    title = words(texts.SOURCES_TITLE(language), 24)
    return {"type": "modal", "title": title, "close": words(texts.CLOSE(language), 24), "blocks": blocks[:100]}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form starts with."""

    kind: Kind = Kind.POLICY
    title: str = ""
    body: str = ""
    questions: tuple[str, ...] = ()
    source: str = ""


def knowledge_form(organisation: Organisation, filled: Filled, basis: Mapping[str, Any], language: str) -> View:
    """A policy, a solution with steps, or a mandate with up to four rules, as fields."""
    blocks = [
        {
            "type": "actions",
            "block_id": "kind",
            "elements": [
                _select(
                    "kind", [(each.value, KIND_NAMES[each](language)) for each in Kind], filled.kind.value, language
                )
            ],
        },
        _input("title", texts.FORM_NAME(language), filled.title),
        *_fields_of(filled.kind, organisation, language),
        _input("body", texts.FORM_BODY(language), filled.body, lines=True, optional=filled.kind is not Kind.POLICY),
        _input("questions", texts.FORM_QUESTIONS(language), "\n".join(filled.questions), lines=True, optional=True),
        *_department(organisation, language),
        {
            "type": "input",
            "block_id": "valid_until",
            "optional": True,
            "label": words(texts.FORM_UNTIL(language), 2000),
            "element": {"type": "datepicker", "action_id": "value"},
        },
        _input("source", texts.FORM_SOURCE(language), filled.source, optional=True),
    ]
    kept = {**basis, "kind": filled.kind.value}
    return _modal("knowledge", texts.FORM_TITLE(language), blocks, kept, language, texts.SAVE)


def _fields_of(kind: Kind, organisation: Organisation, language: str) -> Iterator[Any]:
    if kind is Kind.SOLUTION:
        yield _input("say", texts.FORM_SAY(language), optional=True)
        yield _input("steps", texts.FORM_STEPS(language), lines=True)
    if kind is not Kind.MANDATE:
        return
    yield _input("facts", texts.FORM_FACTS(language), lines=True, optional=True, hint=texts.FORM_FACTS_HINT(language))
    roles = [(role.id, role.title) for role in organisation.roles[:98]]
    for number in range(1, RULES + 1):
        yield {
            "type": "input",
            "block_id": f"rule{number}_roles",
            "optional": number > 1,
            "label": words(texts.FORM_RULE_ROLE(language, number=number), 2000),
            "element": _select("value", [*roles, (NOBODY, texts.FORM_NOBODY(language))], None, language),
        }
        hint = texts.FORM_RULE_WHEN_HINT(language) if number == 1 else None
        yield _input(f"rule{number}_when", texts.FORM_RULE_WHEN(language, number=number), optional=True, hint=hint)
        yield _input(f"rule{number}_may", texts.FORM_RULE_MAY(language, number=number), optional=True)


def _department(organisation: Organisation, language: str) -> Iterator[Any]:
    if organisation.departments:
        choices = [(each.id, each.title) for each in organisation.departments[:100]]
        yield {
            "type": "input",
            "block_id": "department",
            "optional": True,
            "label": words(texts.FORM_DEPARTMENT(language), 2000),
            "element": _select("value", choices, None, language),
        }


# ---------------------------------------------------------------------------------------- what was filled in


def values_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by field; fields that were left empty are not there."""
    found: dict[str, str] = {}
    for name, fields in ((view.get("state") or {}).get("values") or {}).items():
        for given in fields.values():
            value = (
                given.get("value") or given.get("selected_date") or (given.get("selected_option") or {}).get("value")
            )
            if value and str(value).strip():
                found[name] = str(value).strip()
    return found


def basis_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """Where the form came from."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def entry_text(kind: Kind, given: Mapping[str, str], author: Colleague, taken: frozenset[str]) -> Written:
    """An entry in the knowledge format; JSON is YAML too, so that no word of his can break the form."""
    given = {name: seen(value) for name, value in given.items()}
    title = given.get("title", "")
    head: dict[str, Any] = {"id": entry_id(title, taken), "kind": kind.value, "title": title, "owner": author.id}
    for name in ("department", "valid_until", "source"):
        if name in given:
            head[name] = given[name]
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
    if match := _RULE_FIELD.match(field):
        part = {"roles": "roles", "when": "when"}.get(match[2] or "", "may")
        return f"rule{min(int(match[1]), RULES)}_{part}"
    name = re.split(r"[.\[]", field, maxsplit=1)[0]
    known = {"title", "body", "questions", "valid_until", "source", "say", "steps", "facts", "department"}
    return name if name in known else "title"


# --------------------------------------------------------------------------------------------------- pieces


def _modal(
    name: str, title: str, blocks: Sequence[Any], basis: Mapping[str, Any], language: str, send: Text = texts.SEND
) -> View:
    return {
        "type": "modal",
        "callback_id": name,
        "title": words(title, 24),
        "submit": words(send(language), 24),
        "close": words(texts.CLOSE(language), 24),
        "private_metadata": json.dumps(dict(basis), separators=(",", ":")),
        "blocks": list(blocks)[:100],
    }


def _input(
    name: str, label: str, initial: str = "", *, lines: bool = False, optional: bool = False, hint: str | None = None
) -> dict[str, Any]:
    element: dict[str, Any] = {"type": "plain_text_input", "action_id": "value", "multiline": lines}
    if initial.strip():
        element["initial_value"] = plain(initial, INPUT)
    block = {"type": "input", "block_id": name, "optional": optional, "label": words(label, 2000), "element": element}
    return block | ({"hint": words(hint, 2000)} if hint else {})


def _select(action: str, choices: Sequence[tuple[str, str]], chosen: str | None, language: str) -> dict[str, Any]:
    options = [{"text": words(title, 75), "value": plain(name, 150)} for name, title in choices]
    select: dict[str, Any] = {"type": "static_select", "action_id": action, "options": options}
    first = next((each for each in options if each["value"] == chosen), None)
    return select | ({"initial_option": first} if first else {})
