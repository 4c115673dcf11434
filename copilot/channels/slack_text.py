"""Text as Slack shows it: escaped, cut on a whole word, and Markdown in Slack's own marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

SECTION: Final = 3000
BUTTON: Final = 75
HEADER: Final = 150
VALUE: Final = 2000
"""Characters that Slack takes of each (docs.slack.dev, Block Kit reference)."""

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_LINK: Final = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_HEADING: Final = re.compile(r"(?m)^#{1,6}[ \t]+(.+?)[ \t#]*$")
_BULLET: Final = re.compile(r"(?m)^([ \t]*)[-*+][ \t]+")


def seen(text: str) -> str:
    """Text without what no eye sees: control characters and half letters."""
    return _UNSEEN.sub("", text)


def plain(text: str, most: int) -> str:
    """Text without control characters, cut to a number of characters; never empty, which Slack refuses."""
    text = seen(text).strip()
    if len(text) > most:
        cut = text[: most - 1]
        space = cut.rfind(" ")
        text = (cut[:space] if space > most // 2 else cut).rstrip() + "…"
    return text or "–"


def escaped(text: str, most: int = SECTION) -> str:
    """Text that can hold no mention, link or command of Slack's, at most so long when escaped."""
    text = plain(text, most)
    written = "".join(_ESCAPES.get(letter, letter) for letter in text)
    while len(written) > most:
        text = plain(text, max(1, len(text) - (len(written) - most)))
        written = "".join(_ESCAPES.get(letter, letter) for letter in text)
    return written


def marked(markdown: str, most: int = SECTION) -> str:
    """Markdown of an entry as Slack's mrkdwn; links and images keep their words alone."""
    text = _LINK.sub(r"\1", markdown)
    text = _BULLET.sub(r"\1• ", text)
    text = _BOLD.sub(r"*\1*", text)
    return escaped(_HEADING.sub(r"*\1*", text), most)


def growing(text: str) -> str:
    """Text as Slack's Markdown, of which a beginning stays the same while it grows; holds no mention or link."""
    return "".join(_ESCAPES.get(letter, letter) for letter in _LINK.sub(r"\1", seen(text)).rstrip())


def section(text: str) -> dict[str, Any]:
    """A block of text that was escaped before."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": words(text, HEADER)}


def context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def words(text: str, most: int) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": plain(text, most), "emoji": True}


def button(text: str, action: str, value: str, style: str | None = None) -> dict[str, Any]:
    made = {"type": "button", "text": words(text, BUTTON), "action_id": action, "value": value}
    return made | ({"style": style} if style else {})


def actions(name: str, buttons: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "actions", "block_id": name, "elements": list(buttons)}


def paragraphs(lines: Sequence[str], most: int = SECTION) -> Iterator[dict[str, Any]]:
    """Escaped lines in as few sections as they fit in."""
    gathered = ""
    for line in lines:
        line = line if len(line) <= most else line[: most - 1] + "…"
        if gathered and len(gathered) + 1 + len(line) > most:
            yield section(gathered)
            gathered = ""
        gathered = f"{gathered}\n{line}" if gathered else line
    if gathered:
        yield section(gathered)


def letters(block: Any) -> int:
    """Characters of text in a block or a list of blocks, as Slack counts them towards a message."""
    if isinstance(block, dict):
        own = len(block["text"]) if isinstance(block.get("text"), str) else 0
        return own + sum(letters(each) for each in block.values() if isinstance(each, (dict, list, tuple)))
    return sum(letters(each) for each in block) if isinstance(block, (list, tuple)) else 0
