"""YAML as people write it: every value stays text, every place keeps its line, and faults come with a remedy.

Read from the parser's events, not through its node tree: that tree is built by recursion in C, and a file
of a few kilobytes (`- - - - …`) can crash the process with it. Nothing is resolved to booleans, numbers or
dates here (`on`, `yes` and `no` are words); whoever knows the field decides what its text means.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

import yaml

from copilot.errors import CopilotError
from copilot.messages import Text
from copilot.messages import format as texts

DEEPEST: Final = 20
"""Levels of nesting; the format itself needs 6."""
MOST_REPEATED: Final = 5000
"""Values that may be repeated through `*anchors`, so that a small file cannot unfold into a huge one."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_HARMLESS_TAGS: Final = frozenset(
    ["!", *(f"tag:yaml.org,2002:{name}" for name in "str int float bool null timestamp seq map".split())]
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TAB_INDENT: Final = re.compile(r"^ *\t", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; `text` is None where nothing was filled in."""

    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Tree, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Keys with their values, in the order of the file; a key may stand there twice."""

    pairs: tuple[tuple[Scalar, Tree], ...]
    line: int


Tree = Scalar | Items | Pairs


class BadText(CopilotError):
    """Text that cannot be read; `line` counts from 1 in the file."""

    def __init__(self, message: Text, /, line: int, **values: object) -> None:
        super().__init__(message, **values)
        self.line = line


def decoded(data: bytes) -> str:
    """UTF-8 to text, to the letter (a byte order mark and line ends stay). Raises BadText."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise BadText(texts.NOT_UTF8, line=line) from fault


def plain(text: str) -> str:
    """The text as it is read: no byte order mark, `\\n` line ends, accents composed.

    Raises BadText for control signs.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise BadText(texts.CONTROL_SIGN, line=line, code=f"U+{ord(found[0]):04X}")
    return composed(text)


def composed(text: str) -> str:
    """Accents as one sign (NFC), so that the same word is the same text whatever computer it was typed on."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def read(text: str, first_line: int = 1) -> Tree | None:
    """The one YAML document in a `plain` text, None where it is empty; `first_line` is the line it begins on.

    Raises BadText for what is no YAML, for tags, for nesting too deep and for anchors that unfold too far.
    """
    try:
        loader = _Loader(text)
        try:
            return _Builder(loader, first_line).document()
        finally:
            loader.dispose()
    except yaml.YAMLError as fault:
        raise _explained(fault, text, first_line) from fault


def read_json(line: str, number: int) -> Tree:
    """One line of JSONL, as the same kind of tree. Raises BadText."""
    try:
        value = json.loads(line, object_pairs_hook=_JsonPairs, parse_int=str, parse_float=str)
        return _from_json(value, number)
    except (ValueError, RecursionError) as fault:
        raise BadText(texts.JSON_BROKEN, line=number, problem=getattr(fault, "msg", fault)) from fault


class _Builder:
    """Makes a tree of events with a stack of its own."""

    def __init__(self, loader: Any, first_line: int) -> None:
        self.loader = loader
        self.first_line = first_line
        self.anchors: dict[str, tuple[Tree, int]] = {}
        self.open: list[_Open] = []
        self.count = 0
        self.repeated = 0

    def document(self) -> Tree | None:
        root: Tree | None = None
        while not isinstance(event := self.loader.get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise BadText(texts.YAML_SECOND_DOCUMENT, line=self.line(event))
            done = self.step(event)
            root = done if done is not None else root
        return None if isinstance(root, Scalar) and root.text is None else root

    def step(self, event: Any) -> Tree | None:
        """Takes one event in; gives the whole tree once it is complete."""
        match event:
            case yaml.ScalarEvent():
                self.count += 1
                return self.place(self.scalar(event), event.anchor, 1)
            case yaml.AliasEvent():
                return self.place(self.repeat(event), None, 0)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self.begin(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                done = self.open.pop()
                return self.place(done.tree(), done.anchor, self.count - done.began)
        return None

    def scalar(self, event: Any) -> Scalar:
        self.refuse_tag(event)
        line, value = self.line(event), event.value
        if found := _CONTROL.search(value):
            raise BadText(texts.CONTROL_SIGN, line=line, code=f"U+{ord(found[0]):04X}")
        if not event.style and value in _NULLS:
            return Scalar(None, line)
        return Scalar(composed(value), line)

    def repeat(self, event: Any) -> Tree:
        if event.anchor not in self.anchors:
            raise BadText(texts.YAML_ANCHOR_UNKNOWN, line=self.line(event), name=event.anchor)
        tree, size = self.anchors[event.anchor]
        self.count += size
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            raise BadText(texts.YAML_ANCHORS_TOO_MANY, line=self.line(event))
        return tree

    def begin(self, event: Any) -> None:
        self.refuse_tag(event)
        if len(self.open) >= DEEPEST:
            raise BadText(texts.YAML_TOO_DEEP, line=self.line(event))
        is_list = isinstance(event, yaml.SequenceStartEvent)
        self.open.append(_Open(is_list, self.line(event), event.anchor, self.count))
        self.count += 1

    def place(self, tree: Tree, anchor: str | None, size: int) -> Tree | None:
        if anchor:
            self.anchors[anchor] = (tree, size)
        if not self.open:
            return tree
        self.open[-1].take(tree)
        return None

    def refuse_tag(self, event: Any) -> None:
        if event.tag and event.tag not in _HARMLESS_TAGS:
            raise BadText(texts.YAML_TAG, line=self.line(event), tag=event.tag)

    def line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line


class _Open:
    """A list or mapping that is still being filled."""

    def __init__(self, is_list: bool, line: int, anchor: str | None, began: int) -> None:
        self.is_list = is_list
        self.line = line
        self.anchor = anchor
        self.began = began
        self.taken: list[Tree] = []

    def take(self, tree: Tree) -> None:
        is_key = not self.is_list and len(self.taken) % 2 == 0
        if is_key and not isinstance(tree, Scalar):
            raise BadText(texts.YAML_KEY, line=tree.line)
        self.taken.append(tree)

    def tree(self) -> Tree:
        if self.is_list:
            return Items(tuple(self.taken), self.line)
        return Pairs(tuple(zip(self.taken[::2], self.taken[1::2], strict=True)), self.line)  # type: ignore[arg-type]


# What libyaml says, what we say, and whether the fault is where the construct began or where it was noticed.
_FAULTS: Final = (
    ("found character that cannot start any token", texts.YAML_SIGN, False),
    ("mapping values are not allowed", texts.YAML_COLON, False),
    ("found unexpected end of stream", texts.YAML_QUOTE_OPEN, True),
    ("did not find expected ',' or", texts.YAML_BRACKET_OPEN, True),
    ("did not find expected node content", texts.YAML_BRACKET_OPEN, True),
    ("could not find expected ':'", texts.YAML_NO_COLON, True),
    ("did not find expected key", texts.YAML_INDENT, False),
    ("did not find expected '-' indicator", texts.YAML_INDENT, False),
    ("block sequence entries are not allowed", texts.YAML_DASH, False),
    ("found unknown escape character", texts.YAML_ESCAPE, True),
    ("found invalid Unicode character escape code", texts.YAML_ESCAPE, True),
    ("second occurrence", texts.YAML_ANCHOR_TWICE, False),
)


def _explained(fault: yaml.YAMLError, text: str, first_line: int) -> BadText:
    problem = getattr(fault, "problem", None) or str(fault).splitlines()[0]
    noticed, began = getattr(fault, "problem_mark", None), getattr(fault, "context_mark", None)
    last = text.rstrip().count("\n")  # what is left open is noticed only after the end
    for sign, message, at_beginning in _FAULTS:
        if sign in problem:
            mark = began if at_beginning and began else noticed
            line = min(mark.line, last) if mark else 0
            if message is texts.YAML_SIGN and _TAB_INDENT.match(_line(text, line)):
                message = texts.YAML_TAB
            return BadText(message, line=line + first_line)
    line = min(noticed.line, last) if noticed else 0
    return BadText(texts.YAML_BROKEN, line=line + first_line, problem=problem)


def _line(text: str, index: int) -> str:
    lines = text.split("\n")
    return lines[index] if index < len(lines) else ""


class _JsonPairs(list[tuple[str, Any]]):
    """The pairs of a JSON object; a plain dict would hide a key that stands there twice."""


def _from_json(value: Any, line: int, depth: int = 0) -> Tree:
    if depth > DEEPEST:
        raise BadText(texts.YAML_TOO_DEEP, line=line)
    if isinstance(value, _JsonPairs):
        pairs = ((Scalar(composed(key), line), _from_json(each, line, depth + 1)) for key, each in value)
        return Pairs(tuple(pairs), line)
    if isinstance(value, list):
        return Items(tuple(_from_json(each, line, depth + 1) for each in value), line)
    if isinstance(value, bool):
        return Scalar("yes" if value else "no", line)
    if value is None:
        return Scalar(None, line)
    text = str(value)
    if found := _CONTROL.search(text):
        raise BadText(texts.CONTROL_SIGN, line=line, code=f"U+{ord(found[0]):04X}")
    return Scalar(composed(text), line)
