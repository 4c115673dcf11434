"""What Slack takes of blocks, forms and texts, as docs.slack.dev publishes it; anything else is refused by its name."""

from __future__ import annotations

import json
import re
from typing import Any, Final

BLOCKS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "section": ({"type"}, {"text", "fields", "accessory", "block_id", "expand"}),
    "context": ({"type", "elements"}, {"block_id"}),
    "actions": ({"type", "elements"}, {"block_id"}),
    "header": ({"type", "text"}, {"block_id"}),
    "divider": ({"type"}, {"block_id"}),
    "input": ({"type", "label", "element"}, {"block_id", "optional", "hint", "dispatch_action"}),
}
ELEMENTS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "button": ({"type", "text", "action_id"}, {"value", "style", "url", "confirm", "accessibility_label"}),
    "static_select": ({"type", "action_id", "options"}, {"initial_option", "placeholder"}),
    "multi_static_select": ({"type", "action_id", "options"}, {"initial_options", "placeholder"}),
    "checkboxes": ({"type", "action_id", "options"}, {"initial_options"}),
    "plain_text_input": ({"type", "action_id"}, {"multiline", "initial_value", "placeholder", "max_length"}),
    "datepicker": ({"type", "action_id"}, {"initial_date", "placeholder"}),
}


class Refused(Exception):
    """An error as Slack names it, with what it says besides."""

    def __init__(self, error: str, **more: str) -> None:
        super().__init__(error)
        self.more = more


class Happens(Refused):
    """What a right program may meet too, because time or people brought it about."""


def need(true: Any, error: str) -> None:
    if not true:
        raise Refused(error)


def unless(happened: Any, error: str) -> None:
    if happened:
        raise Happens(error)


def check_text(text: Any, kinds: tuple[str, ...], most: int) -> None:
    need(isinstance(text, dict) and text.get("type") in kinds, "invalid_blocks")
    extra = {"verbatim"} if text["type"] == "mrkdwn" else {"emoji"}
    need(set(text) <= {"type", "text"} | extra, "invalid_blocks")
    need(isinstance(text["text"], str) and 1 <= len(text["text"]) <= most, "invalid_blocks")
    need("\x00" not in text["text"], "invalid_blocks")


def check_keys(thing: Any, known: dict[str, tuple[set[str], set[str]]]) -> None:
    need(isinstance(thing, dict) and thing.get("type") in known, "invalid_blocks")
    must, may = known[thing["type"]]
    need(must <= set(thing) <= must | may, "invalid_blocks")


def check_element(element: Any) -> None:
    check_keys(element, ELEMENTS)
    need(len(element["action_id"]) <= 255, "invalid_blocks")
    if element["type"] == "button":
        check_text(element["text"], ("plain_text",), 75)
        need(len(element.get("value", "")) <= 2000, "invalid_blocks")
        need(element.get("style") in (None, "primary", "danger"), "invalid_blocks")
        need(len(element.get("url", "")) <= 3000, "invalid_blocks")
        if "confirm" in element:
            check_confirm(element["confirm"])
    if "placeholder" in element:
        check_text(element["placeholder"], ("plain_text",), 150)
    if "options" in element:
        most = 10 if element["type"] == "checkboxes" else 100
        need(1 <= len(element["options"]) <= most, "invalid_blocks")
        for option in element["options"]:
            check_text(option["text"], ("plain_text",), 75)
            need(1 <= len(option["value"]) <= 150, "invalid_blocks")
        need(element.get("initial_option") in (None, *element["options"]), "invalid_blocks")
        chosen = element.get("initial_options")
        need(chosen is None or (chosen and all(each in element["options"] for each in chosen)), "invalid_blocks")
    if element["type"] == "datepicker" and "initial_date" in element:
        need(re.fullmatch(r"\d{4}-\d{2}-\d{2}", element["initial_date"]), "invalid_blocks")
    if element["type"] == "plain_text_input":
        need(len(element.get("initial_value", "")) <= 3000, "invalid_blocks")
        need(1 <= element.get("max_length", 3000) <= 3000, "invalid_blocks")


def check_confirm(confirm: Any) -> None:
    need(set(confirm) <= {"title", "text", "confirm", "deny", "style"}, "invalid_blocks")
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        check_text(confirm.get(name), ("plain_text", "mrkdwn") if name == "text" else ("plain_text",), most)


def check_block(block: Any, surface: str) -> None:
    check_keys(block, BLOCKS)
    need(len(block.get("block_id", "")) <= 255, "invalid_blocks")
    kind = block["type"]
    if kind == "section":
        need("text" in block or "fields" in block, "invalid_blocks")
        if "text" in block:
            check_text(block["text"], ("mrkdwn", "plain_text"), 3000)
        need(len(block.get("fields", ())) <= 10, "invalid_blocks")
        for each in block.get("fields", ()):
            check_text(each, ("mrkdwn", "plain_text"), 2000)
        if "accessory" in block:
            check_element(block["accessory"])
    elif kind == "context":
        need(1 <= len(block["elements"]) <= 10, "invalid_blocks")
        for element in block["elements"]:
            check_text(element, ("mrkdwn", "plain_text"), 3000)
    elif kind == "actions":
        need(1 <= len(block["elements"]) <= 25, "invalid_blocks")
        names = [element.get("action_id") for element in block["elements"]]
        need(len(names) == len(set(names)), "invalid_blocks")
        for element in block["elements"]:
            need(element.get("type") != "plain_text_input", "invalid_blocks")
            check_element(element)
    elif kind == "header":
        check_text(block["text"], ("plain_text",), 150)
    elif kind == "input":
        need(surface != "message", "invalid_blocks")
        check_text(block["label"], ("plain_text",), 2000)
        need(block["element"].get("type") != "button", "invalid_blocks")
        check_element(block["element"])
        if "hint" in block:
            check_text(block["hint"], ("plain_text",), 2000)


def letters_of(thing: Any) -> int:
    if isinstance(thing, dict):
        own = len(thing["text"]) if isinstance(thing.get("text"), str) else 0
        return own + sum(letters_of(each) for each in thing.values())
    return sum(letters_of(each) for each in thing) if isinstance(thing, list) else 0


def check_blocks(blocks: Any, surface: str = "message") -> None:
    """Raises Refused for blocks that Slack would not take."""
    need(isinstance(blocks, list), "invalid_blocks_format")
    need(len(blocks) <= (50 if surface == "message" else 100), "msg_blocks_too_many")
    for block in blocks:
        check_block(block, surface)
    names = [block["block_id"] for block in blocks if "block_id" in block]
    need(len(names) == len(set(names)), "invalid_blocks")
    need(surface != "message" or letters_of(blocks) <= 12_000, "msg_blocks_too_long")


def check_view(view: Any) -> None:
    need(isinstance(view, dict) and view.get("type") in ("modal", "home"), "invalid_arguments")
    need(len(json.dumps(view)) <= 250_000, "view_too_large")
    check_blocks(view.get("blocks"), view["type"])
    if view["type"] == "modal":
        check_text(view.get("title"), ("plain_text",), 24)
        for name in ("submit", "close"):
            if name in view:
                check_text(view[name], ("plain_text",), 24)
        has_input = any(block["type"] == "input" for block in view["blocks"])
        need("submit" in view or not has_input, "missing_submit")
    need(len(view.get("private_metadata", "")) <= 3000, "invalid_arguments")
    need(len(view.get("callback_id", "")) <= 255, "invalid_arguments")
