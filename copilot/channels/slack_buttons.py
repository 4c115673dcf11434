"""Buttons of an entry that stand on more than one card: change it, take it out."""

from __future__ import annotations

import json
from typing import Any

from copilot.channels.slack_text import button, words
from copilot.messages import slack as texts


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
