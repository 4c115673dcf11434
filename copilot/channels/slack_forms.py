"""Forms in Slack: a fact, what is not right, sources unfolded; their pieces, and what was filled in. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from copilot.channels.slack_buttons import change_button
from copilot.channels.slack_text import context, escaped, marked, plain, section, words
from copilot.compose import source_note
from copilot.domain import Suggestion
from copilot.messages import Text
from copilot.messages import slack as texts

INPUT: Final = 3000
MARK: Final = "@"
"""Between the name of a field and the version it shows: a field with another name forgets what was typed in it."""

View = dict[str, Any]


def fact_form(suggestion: Suggestion, fact: str, told: str, basis: Mapping[str, Any], language: str) -> View:
    """Asks for one fact; `basis` is where the card stands that will be changed."""
    label = texts.FACT_LABEL(language, fact=plain(fact.replace("_", " "), 60))
    asked = suggestion.asks.question if suggestion.asks and suggestion.asks.fact == fact else None
    hint = [context(escaped(asked, 500))] if asked else []
    return modal("fact", texts.FACT_TITLE(language), [*hint, text_input("value", label, told)], basis, language)


def wrong_form(basis: Mapping[str, Any], language: str) -> View:
    field = text_input("remark", texts.WRONG_LABEL(language), lines=True, optional=True)
    return modal("wrong", texts.WRONG_TITLE(language), [field], basis, language)


def sources_view(suggestion: Suggestion, language: str, *, may_change: bool = False) -> View:
    """Every source with its own text: what the card folds away. `may_change`: with the way to change it."""
    blocks: list[Any] = []
    for place, each in enumerate(suggestion.sources[:20]):
        told = section(f"*{escaped(each.title, 300)}*\n{escaped(source_note(each, language), 600)}")
        change = change_button(each.id, language, place=f":{place}")
        blocks.append(told | ({"accessory": change} if may_change else {}))
        if each.excerpt:
            blocks.append(section(marked(each.excerpt)))
        if each.owner:
            blocks.append(context(escaped(texts.SOURCE_OWNER(language, owner=each.owner), 300)))
    title = words(texts.SOURCES_TITLE(language), 24)
    return {"type": "modal", "title": title, "close": words(texts.CLOSE(language), 24), "blocks": blocks[:100]}


# ---------------------------------------------------------------------------------------- what was filled in


def values_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by field; fields that were left empty are not there. Several choices are a line each."""
    states = ((view.get("state") or {}).get("values") or {}).items()
    return {name.partition(MARK)[0]: value for name, fields in states if (value := filled_in(fields))}


def filled_in(fields: Mapping[str, Any]) -> str:
    """What stands in one field, of whatever kind; empty where nothing does."""
    for given in fields.values():
        several = "\n".join(each["value"] for each in given.get("selected_options") or ())
        one = (given.get("selected_option") or {}).get("value")
        if value := str(given.get("value") or given.get("selected_date") or one or several).strip():
            return value
    return ""


def basis_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """Where the form came from."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


# --------------------------------------------------------------------------------------------------- pieces


def modal(
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


def text_input(
    name: str, label: str, initial: str = "", *, lines: bool = False, optional: bool = False, hint: str | None = None
) -> dict[str, Any]:
    element: dict[str, Any] = {"type": "plain_text_input", "action_id": "value", "multiline": lines}
    if initial.strip():
        element["initial_value"] = plain(initial, INPUT)
    block = {"type": "input", "block_id": name, "optional": optional, "label": words(label, 2000), "element": element}
    return block | ({"hint": words(hint, 2000)} if hint else {})


def select(action: str, choices: Sequence[tuple[str, str]], chosen: str | None) -> dict[str, Any]:
    """One choice; `choices` as value and words."""
    options = _options(choices)
    first = next((each for each in options if each["value"] == chosen), None)
    made = {"type": "static_select", "action_id": action, "options": options}
    return made | ({"initial_option": first} if first else {})


def multi_select(action: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> dict[str, Any]:
    """Any number of choices."""
    options = _options(choices)
    first = [each for each in options if each["value"] in chosen]
    made = {"type": "multi_static_select", "action_id": action, "options": options}
    return made | ({"initial_options": first} if first else {})


def _options(choices: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"text": words(title, 75), "value": plain(name, 150)} for name, title in choices]
