"""Buttons that stand on more than one card: change an entry, take it out, write an answer, settle a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from copilot.channels.slack_text import button, plain, words
from copilot.messages import requests
from copilot.messages import slack as texts

_CARRIED: Final = 500
"""Characters of a question that a button takes along: far less than its 2,000, also where each is escaped."""


def change_button(entry: str, language: str, *, first: bool = False, place: str = "") -> dict[str, Any]:
    """Opens the entry in a form. `first`: it is what the card is for. `place`: tells it from others beside it."""
    what = json.dumps({"k": entry})
    return button(texts.CHANGE(language), f"change{place}", what, "primary" if first else None)


def retire_button(entry: str, language: str) -> dict[str, Any]:
    """Takes the entry out of every answer at once, and by one person: so it asks whether he is sure."""
    sure = {
        "title": words(texts.RETIRE_SURE(language), 100),
        "text": words(texts.RETIRE_MEANS(language), 300),
        "confirm": words(texts.RETIRE(language), 30),
        "deny": words(texts.RETIRE_NOT(language), 30),
        "style": "danger",
    }
    return button(texts.RETIRE(language), "retire", json.dumps({"k": entry}), "danger") | {"confirm": sure}


def write_button(asked: str, language: str, *, first: bool = False) -> dict[str, Any]:
    """Opens the form for a new entry that answers this question, which was masked before."""
    carried = json.dumps({"q": plain(asked, _CARRIED)}, ensure_ascii=False)
    return button(texts.WRITE_ANSWER(language), "form", carried, "primary" if first else None)


def settle_button(what: Mapping[str, str], language: str) -> dict[str, Any]:
    """Closes a request: `r` and `b` name a report and who made it, `q` a question that found nothing."""
    return button(requests.SETTLE(language), "settle", json.dumps(dict(what)))
