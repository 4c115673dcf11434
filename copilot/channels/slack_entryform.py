"""Knowledge as fields of a form: a new entry, or one that stands and is changed. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from copilot.channels.slack_forms import MARK, View, filled_in, modal, multi_select, select, text_input
from copilot.channels.slack_text import context, escaped, paragraphs, seen, words
from copilot.compose import KIND_NAMES
from copilot.curate import Opened
from copilot.difference import rule_words
from copilot.domain import Kind, Mandate, Organisation, Status
from copilot.entryfields import NOBODY, REMOVED, RULES, Shown
from copilot.messages import curation
from copilot.messages import slack as texts
from copilot.reasons import Style

Block = dict[str, Any]

_EMOJI: Final = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\U0001f000-\U0001faff]+")
_EMOJI_NAME: Final = re.compile(r":[a-z0-9_+-]+:")

CHOICES: Final = 98
"""Slack takes 100 choices in a select; two are ours."""
ONE_LINE: Final = 70
"""Characters that a form shows of a field with one line; a longer text gets more lines, so that it can be read."""
RULES_TOLD: Final = 20
"""Rules that do not fit and are told in full; a form may be 250 KB."""
NO_END: Final = "no_end"
"""The field that takes the last day away: a date once chosen cannot be emptied in Slack."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form for a new entry starts with."""

    kind: Kind = Kind.POLICY
    title: str = ""
    body: str = ""
    questions: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the inputs of one form have in common."""

    organisation: Organisation
    language: str
    given: Mapping[str, str] = field(default_factory=dict)
    changes: bool = False
    """An entry that stands: only what was given is a field."""
    mark: str = ""
    attached: tuple[str, ...] = ()
    """What hangs on steps."""

    def has(self, name: str) -> bool:
        return not self.changes or name in self.given

    def value(self, name: str) -> str:
        return self.given.get(name, "")

    def text(
        self, name: str, label: str, *, lines: bool = False, optional: bool = False, hint: str = ""
    ) -> Iterator[Block]:
        if self.has(name):
            told = self.value(name)
            lines = lines or "\n" in told or len(told) > ONE_LINE
            yield text_input(name + self.mark, label, told, lines=lines, optional=optional, hint=hint or None)

    def chosen(self, name: str, label: str, element: Block, *, optional: bool = True) -> Iterator[Block]:
        if self.has(name):
            yield {
                "type": "input",
                "block_id": name + self.mark,
                "optional": optional,
                "label": words(label, 2000),
                "element": element,
            }


def knowledge_form(organisation: Organisation, filled: Filled, basis: Mapping[str, Any], language: str) -> View:
    """A new policy, solution with steps, or mandate with up to four rules, as fields."""
    given = {"title": filled.title, "body": filled.body, "source": filled.source}
    sheet = _Sheet(organisation, language, {**given, "questions": "\n".join(filled.questions)})
    kinds = [(each.value, KIND_NAMES[each](language)) for each in Kind]
    choice = {"type": "actions", "block_id": "kind", "elements": [select("kind", kinds, filled.kind.value)]}
    kept = {**basis, "kind": filled.kind.value}
    blocks = [choice, *_inputs(sheet, filled.kind)]
    return modal("knowledge", texts.FORM_TITLE(language), blocks, kept, language, texts.SAVE)


def change_form(
    organisation: Organisation, opened: Opened, language: str, notice: str | None = None, again: int = 0
) -> View:
    """An entry that stands, as fields; what they cannot hold is named below them and stays as it is.

    `notice`: what he must know first. `again`: how often somebody else was before him.
    """
    shown = fitting(opened.shown, organisation)
    sheet = _Sheet(organisation, language, shown.fields, True, f"{MARK}{opened.version.number}", shown.attached)
    blocks = [
        *(paragraphs([f"⚠️ {escaped(notice, 2900)}"]) if notice else ()),
        *_open_draft(opened, language),
        *_inputs(sheet, opened.entry.kind),
        *_kept(opened, shown, organisation, language),
    ]
    basis = {"k": opened.entry.id, "n": opened.version.number, "a": again}
    return modal("change", texts.CHANGE_TITLE(language), blocks, basis, language, texts.SAVE)


def fitting(shown: Shown, organisation: Organisation) -> Shown:
    """Without the fields of which the choice that stands is not among those that Slack can show."""
    departments = {"", *(each.id for each in organisation.departments[:CHOICES])}
    roles = {NOBODY, "", *(each.id for each in organisation.roles[:CHOICES])}
    fields = dict(shown.fields)
    gone = ["department"] if fields.get("department", "") not in departments else []
    gone += ["audience"] if not roles.issuperset(fields.get("audience", "").split("\n")) else []
    rules = [number for number in range(1, RULES + 1) if fields.get(f"rule{number}_roles", "") not in roles]
    for name in (*gone, *(f"rule{number}_{part}" for number in rules for part in ("roles", "when", "may"))):
        del fields[name]
    return replace(shown, fields=fields, kept=(*shown.kept, *gone, *(f"rules[{number}]" for number in rules)))


def changes_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What stands in each field of a form that was sent; one that was left or made empty is an empty text.

    A field of which Slack sends nothing is not there at all: after an update it was seen to send the state of the
    form before (bolt-js issue 625), and what is not known is not changed.
    """
    states = (view.get("state") or {}).get("values") or {}
    given: dict[str, str] = {}
    for block in view["blocks"]:
        if block["type"] == "input" and block["block_id"] in states:
            began = str(block["element"].get("initial_value") or "")
            given[block["block_id"].partition(MARK)[0]] = _as_it_began(
                seen(filled_in(states[block["block_id"]])), began
            )
    if given.pop(NO_END, ""):
        given["valid_until"] = ""
    if given.get("department") == NOBODY:
        given["department"] = ""
    return given


def _as_it_began(value: str, began: str) -> str:
    """The text that the form began with, where only Slack spells its signs in another way: `:+1:`, `&amp;`."""
    return began if _bare(html.unescape(value), began) == _bare(began, began) else value


def _bare(text: str, began: str) -> str:
    """Without emoji, where the form began with any."""
    return _EMOJI.sub("", _EMOJI_NAME.sub("", text)).strip() if _EMOJI.search(began) else text.strip()


# ------------------------------------------------------------------------------------------------ inputs


def _inputs(sheet: _Sheet, kind: Kind) -> Iterator[Block]:
    language = sheet.language
    yield from sheet.text("title", texts.FORM_NAME(language))
    if kind is Kind.SOLUTION:
        yield from sheet.text("say", texts.FORM_SAY(language), optional=True)
        hangs = texts.KEPT_STEPS(language, steps=", ".join(sheet.attached)) if sheet.attached else ""
        yield from sheet.text("steps", texts.FORM_STEPS(language), lines=True, hint=hangs)
    if kind is Kind.MANDATE:
        hint = texts.FORM_FACTS_HINT(language)
        yield from sheet.text("facts", texts.FORM_FACTS(language), lines=True, optional=True, hint=hint)
        for number in range(1, RULES + 1):
            yield from _rule(sheet, number)
    yield from sheet.text("body", texts.FORM_BODY(language), lines=True, optional=kind is not Kind.POLICY)
    yield from sheet.text("questions", texts.FORM_QUESTIONS(language), lines=True, optional=True)
    yield from _department(sheet)
    roles = [(role.id, role.title) for role in sheet.organisation.roles[:CHOICES]]
    chosen = sheet.value("audience").split("\n")
    yield from sheet.chosen("audience", texts.FORM_AUDIENCE(language), multi_select("value", roles, chosen))
    yield from _last_day(sheet)
    yield from sheet.text("source", texts.FORM_SOURCE(language), optional=True)


def _rule(sheet: _Sheet, number: int) -> Iterator[Block]:
    """Who, when and what; a rule that stands may also be taken out."""
    language, name = sheet.language, f"rule{number}"
    stands = sheet.changes and bool(sheet.value(f"{name}_roles"))
    roles = [(role.id, role.title) for role in sheet.organisation.roles[:CHOICES]]
    roles.append((NOBODY, texts.FORM_NOBODY(language)))
    roles += [(REMOVED, texts.FORM_RULE_REMOVED(language))] if stands else []
    who = select("value", roles, sheet.value(f"{name}_roles"))
    needed = stands or (number == 1 and not sheet.changes)
    yield from sheet.chosen(f"{name}_roles", texts.FORM_RULE_ROLE(language, number=number), who, optional=not needed)
    hint = texts.FORM_RULE_WHEN_HINT(language) if number == 1 else ""
    yield from sheet.text(f"{name}_when", texts.FORM_RULE_WHEN(language, number=number), optional=True, hint=hint)
    yield from sheet.text(f"{name}_may", texts.FORM_RULE_MAY(language, number=number), optional=True)


def _department(sheet: _Sheet) -> Iterator[Block]:
    language = sheet.language
    choices = [(each.id, each.title) for each in sheet.organisation.departments[:CHOICES]]
    if choices:
        choices += [(NOBODY, texts.FORM_NO_DEPARTMENT(language))] if sheet.value("department") else []
        chosen = select("value", choices, sheet.value("department"))
        yield from sheet.chosen("department", texts.FORM_DEPARTMENT(language), chosen)


def _last_day(sheet: _Sheet) -> Iterator[Block]:
    until = sheet.value("valid_until")
    picker = {"type": "datepicker", "action_id": "value"} | ({"initial_date": until} if until else {})
    yield from sheet.chosen("valid_until", texts.FORM_UNTIL(sheet.language), picker)
    if until:
        told = texts.FORM_NO_END(sheet.language)
        box = {"type": "checkboxes", "action_id": "value", "options": [{"text": words(told, 75), "value": "yes"}]}
        yield {
            "type": "input",
            "block_id": NO_END + sheet.mark,
            "optional": True,
            "label": words(texts.FORM_END(sheet.language), 2000),
            "element": box,
        }


# --------------------------------------------------------------------------------------- what stays as it is


def _open_draft(opened: Opened, language: str) -> Iterator[Block]:
    if opened.entry.status is Status.DRAFT:
        yield context(escaped(texts.CHANGE_DRAFT(language, by=opened.author), 500))


def _kept(opened: Opened, shown: Shown, organisation: Organisation, language: str) -> Iterator[Block]:
    """What is not in the form: rules in full, the rest by name, and how to change it all the same."""
    names = dict.fromkeys(curation.FIELD_NAMES[each](language) for each in shown.kept if each in curation.FIELD_NAMES)
    lines = list(_kept_rules(opened, shown, Style(language, organisation)))
    if lines:
        yield from paragraphs([f"*{texts.KEPT_RULES(language)}*", *lines])
    if names or lines:
        yield context(escaped(texts.KEPT(language, names=", ".join(names) or texts.KEPT_THOSE_RULES(language)), 2000))


def _kept_rules(opened: Opened, shown: Shown, style: Style) -> Iterator[str]:
    if not isinstance(opened.entry, Mandate):
        return
    places = [int(each[len("rules[") : -1]) for each in shown.kept if each.startswith("rules[")]
    for place in places[:RULES_TOLD]:
        said = rule_words(opened.entry.rules[place - 1], opened.entry.facts, style)
        yield f"• {escaped(texts.KEPT_RULE(style.language, number=place, rule=said), 900)}"
    if len(places) > RULES_TOLD:
        yield texts.KEPT_MORE(style.language, count=len(places) - RULES_TOLD)
