"""Paints cards of Slack's as a browser page, so that people can look at them: plain HTML for each kind of block."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

STYLE = """
body { font: 15px/1.46 Lato, 'DejaVu Sans', sans-serif; color: #1d1c1d; margin: 16px; width: 620px }
.message { border: 1px solid #ddd; border-radius: 8px; padding: 12px 16px; margin-bottom: 16px }
.context { font-size: 13px; color: #616061; margin: 6px 0 } .section { margin: 8px 0; display: flex; gap: 12px }
.section > div { flex: 1; white-space: pre-wrap; overflow-wrap: anywhere } .context { white-space: pre-wrap }
button { font: 700 13px/1 inherit; padding: 8px 12px; border: 1px solid #bbb; border-radius: 4px; background: #fff;
  margin: 3px 6px 3px 0 } button.primary { background: #007a5a; color: #fff } button.danger { color: #b00 }
blockquote { border-left: 4px solid #ddd; margin: 0; padding-left: 10px } h2 { margin: 4px 0 } label { display: block;
  font-weight: 700; margin-top: 10px } input, textarea, select {
  width: 100%; padding: 6px; box-sizing: border-box; font: inherit }
small { color: #616061 }
"""


def page(*messages: Iterable[dict[str, Any]]) -> str:
    painted = "".join(f'<div class="message">{"".join(map(block, blocks))}</div>' for blocks in messages)
    return f'<!doctype html><html lang="nl"><meta charset="utf-8"><style>{STYLE}</style>{painted}</html>'


def block(given: dict[str, Any]) -> str:
    kind = given["type"]
    if kind == "header":
        return f"<h2>{html.escape(given['text']['text'])}</h2>"
    if kind == "section":
        beside = element(given["accessory"]) if "accessory" in given else ""
        return f'<div class="section"><div>{text(given["text"])}</div>{beside}</div>'
    if kind == "context":
        return f'<div class="context">{" ".join(text(each) for each in given["elements"])}</div>'
    if kind == "actions":
        return f"<div>{''.join(element(each) for each in given['elements'])}</div>"
    hint = f"<small>{html.escape(given['hint']['text'])}</small>" if "hint" in given else ""
    return f"<label>{html.escape(given['label']['text'])}</label>{element(given['element'])}{hint}"


def element(given: dict[str, Any]) -> str:
    if given["type"] == "button":
        return f'<button class="{given.get("style", "")}">{html.escape(given["text"]["text"])}</button>'
    if given["type"] == "static_select":
        one = [given["initial_option"]] if "initial_option" in given else []
        return f"<select><option>{chosen(one)}</option></select>"
    if given["type"] == "multi_static_select":
        return f"<select><option>{chosen(given.get('initial_options', []))}</option></select>"
    if given["type"] == "checkboxes":
        told = (html.escape(each["text"]["text"]) for each in given["options"])
        return "".join(f"<div>☐ {each}</div>" for each in told)
    value = html.escape(given.get("initial_value") or given.get("initial_date") or "")
    if given.get("multiline"):
        return f'<textarea rows="{max(3, 1 + len(value) // 75 + value.count(chr(10)))}">{value}</textarea>'
    return f'<input value="{value}">'


def chosen(options: list[dict[str, Any]]) -> str:
    return html.escape(", ".join(each["text"]["text"] for each in options) or "Kies…")


def text(given: dict[str, Any]) -> str:
    if given["type"] == "plain_text":
        return html.escape(given["text"])
    written = re.sub(r"(?m)^>(.*)(?:\n|$)", r"<blockquote>\1</blockquote>", given["text"])
    written = re.sub(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])", r"<b>\1</b>", written)
    return re.sub(r"(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])", r"<i>\1</i>", written)
