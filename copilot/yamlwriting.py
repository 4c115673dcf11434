"""Values as YAML that people like to read: quotes only where YAML needs them, short lists on one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

WIDEST: Final = 130
"""Characters up to which a list or mapping stays on one line."""

_PLAIN: Final = re.compile(r"[^\W_](?:[^:#\n]|:(?! |$)|(?<! )#)*")
_ODD: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff\t]")
_ODD_IN_BLOCK: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
_NULLS: Final = frozenset({"null", "Null", "NULL"})
_FLOW_SIGNS: Final = frozenset(",[]{}:")


def quoted(text: str) -> str:
    """In double quotes, with what cannot be seen written as an escape."""
    written = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04X}", written)


def scalar(text: str, in_flow: bool = False) -> str:
    """One line that reads back to the same text."""
    return text if _may_stand_plain(text, in_flow) else quoted(text)


def flow(items: Iterable[str]) -> str:
    """`[a, b]`; the items are written already."""
    return f"[{', '.join(items)}]"


def flow_pairs(pairs: Mapping[str, str]) -> str:
    """`{a: b}`; the values are written already."""
    return f"{{{', '.join(f'{scalar(key, in_flow=True)}: {value}' for key, value in pairs.items())}}}"


def text_lines(key: str, text: str, indent: str = "") -> list[str]:
    """A key with a text: on one line, or as a block that keeps its line ends."""
    if "\n" not in text or _ODD_IN_BLOCK.search(text) or text != text.strip():
        return [f"{indent}{key}: {scalar(text)}"]
    body = (f"{indent}  {line}" if line else "" for line in text.split("\n"))
    return [f"{indent}{key}: |-", *body]


def list_lines(key: str, texts: Iterable[str], indent: str = "", inline: bool = False) -> list[str]:
    """A key with a list of texts: each on its own line, or all on one line where they fit."""
    every = list(texts)
    if not every:
        return []
    one_line = f"{indent}{key}: {flow(scalar(text, in_flow=True) for text in every)}"
    if inline and len(one_line) <= WIDEST:
        return [one_line]
    return [f"{indent}{key}:", *(f"{indent}  - {scalar(text)}" for text in every)]


def _may_stand_plain(text: str, in_flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or text != text.strip() or _ODD.search(text) or text in _NULLS:
        return False
    return not in_flow or _FLOW_SIGNS.isdisjoint(text)
