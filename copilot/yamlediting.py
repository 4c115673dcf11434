"""YAML changed in place: one value, key or item is put, dropped or moved, and every other byte stays as it was.

Comments, quotes, blank lines and keys that nobody asked about belong to their author. Each function takes the
whole text and gives the whole text; places are looked up anew each time, so that no place is ever stale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from copilot.yamlwriting import flow, list_lines, quoted, scalar, text_lines

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCK_STYLES: Final = ("|", ">")


@dataclass(frozen=True, slots=True)
class Spot:
    """A value and where it stands: characters from the beginning of the text, `end` not included."""

    start: int
    end: int
    text: str | None = None
    """Of one value; None for a list or mapping."""
    items: tuple[Spot, ...] | None = None
    pairs: tuple[tuple[Spot, Spot], ...] | None = None
    in_flow: bool = False
    """Between brackets or braces."""
    shared: bool = False
    """It has an anchor, a tag or a reference, so that it cannot be changed on its own."""

    @property
    def free(self) -> bool:
        """Whether nothing in it is shared."""
        inner = (*(self.items or ()), *(each for pair in self.pairs or () for each in pair))
        return not self.shared and all(each.free for each in inner)

    def find(self, *names: str) -> tuple[Spot, Spot] | None:
        """The key and value under one of these names."""
        return next(((key, value) for key, value in self.pairs or () if (key.text or "").strip() in names), None)


def spots(text: str) -> Spot:
    """The tree of a YAML text that was read before without errors (`yamltext.read` refuses what is too deep)."""
    loader = _Loader(text)
    try:
        return _Gatherer(text).gathered(loader)
    finally:
        loader.dispose()


class _Gatherer:
    """Makes spots of events with a stack of its own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[tuple[Any, list[Spot]]] = []
        self.done = Spot(0, 0, pairs=())

    def gathered(self, loader: Any) -> Spot:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            match event:
                case yaml.ScalarEvent():
                    self.place(self.scalar(event))
                case yaml.AliasEvent():
                    self.place(Spot(*_span(event), shared=True))
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    self.open.append((event, []))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self.place(self.collection(event))
        return self.done

    def scalar(self, event: Any) -> Spot:
        start, end = _span(event)
        if event.style in _BLOCK_STYLES:  # the parser counts the blank lines after it too
            end = len(self.text[:end].rstrip())
        return Spot(start, end, text=event.value, shared=bool(event.anchor or event.tag))

    def collection(self, event: Any) -> Spot:
        opened, parts = self.open.pop()
        (start, empty), (_, end) = _span(opened), _span(event)
        if not opened.flow_style:  # a block ends where its last value does, not where the next key begins
            end = parts[-1].end if parts else empty
        shared = bool(opened.anchor or opened.tag)
        if isinstance(opened, yaml.SequenceStartEvent):
            return Spot(start, end, items=tuple(parts), in_flow=bool(opened.flow_style), shared=shared)
        pairs = tuple(zip(parts[::2], parts[1::2], strict=True))
        return Spot(start, end, pairs=pairs, in_flow=bool(opened.flow_style), shared=shared)

    def place(self, spot: Spot) -> None:
        if self.open:
            self.open[-1][1].append(spot)
        else:
            self.done = spot


def _span(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


# ---------------------------------------------------------------------------------------------- one value


def put(text: str, value: Spot, new: str, *, in_flow: bool = False) -> str:
    """Another text in the place of a value, or where a key has none yet."""
    return _spliced(text, value, _rendered(text, value, new, in_flow))


def put_list(text: str, value: Spot, new: Sequence[str]) -> str:
    """A list on one line in the place of a value."""
    return _spliced(text, value, flow(scalar(each, in_flow=True) for each in new))


def _spliced(text: str, value: Spot, written: str) -> str:
    space = "" if value.start and text[value.start - 1] in " \n[{" else " "
    return text[: value.start] + space + written + text[value.end :]


def _rendered(text: str, value: Spot, new: str, in_flow: bool) -> str:
    if in_flow:
        return scalar(new, in_flow=True)
    if "\n" in new and text[value.end : _line_end(text, value.end)].strip():
        return quoted(new)  # a comment behind it would become part of a block of lines
    indent = _indent(text, value.start)
    (first, *rest) = text_lines("k", new, indent)
    return "\n".join([first[len(indent) + len("k: ") :], *rest])


# ------------------------------------------------------------------------------------------------- keys


def add(
    text: str, mapping: Spot, key: str, new: str | Sequence[str], *, after: Spot | None = None, inline: bool = True
) -> str:
    """A key with a text or a list, after another value of the mapping, else at its end."""
    if mapping.in_flow:
        in_flow = (
            scalar(new, in_flow=True) if isinstance(new, str) else flow(scalar(each, in_flow=True) for each in new)
        )
        return add_written(text, mapping, key, in_flow, after)
    indent, named = _indent_of_keys(text, mapping), scalar(key)
    lines = text_lines(named, new, indent) if isinstance(new, str) else list_lines(named, new, indent, inline)
    return _with_lines(text, mapping, lines, after)


def add_written(text: str, mapping: Spot, key: str, written: str, after: Spot | None = None) -> str:
    """A key with a value that is written already; its further lines begin with two spaces."""
    pairs = mapping.pairs or ()
    if mapping.in_flow:
        place = (after or pairs[-1][1]).end if pairs else mapping.start + 1
        comma = ", " if pairs else ""
        return f"{text[:place]}{comma}{scalar(key, in_flow=True)}: {written}{text[place:]}"
    indent = _indent_of_keys(text, mapping)
    first, *rest = written.split("\n")
    line = f"{indent}{scalar(key)}: {first}".rstrip()
    return _with_lines(text, mapping, [line, *(f"{indent}{each}" for each in rest)], after)


def _with_lines(text: str, mapping: Spot, lines: Sequence[str], after: Spot | None) -> str:
    last = after or (mapping.pairs or ((mapping, mapping),))[-1][1]
    place = _line_end(text, last.end)
    return "\n".join([text[:place], *lines]) + text[place:]


def _indent_of_keys(text: str, mapping: Spot) -> str:
    return " " * _column(text, (mapping.pairs or ((mapping, mapping),))[0][0].start)


def drop(text: str, mapping: Spot, key: Spot, value: Spot) -> str:
    """Without this key, its value and what stands behind it on the same line."""
    keys = [each for each, _ in mapping.pairs or ()]
    at = keys.index(key)
    if mapping.in_flow:
        return _cut_from_flow(text, [(k.start, max(k.end, v.end)) for k, v in mapping.pairs or ()], at)
    line = _line_start(text, key.start)
    if not text[line : key.start].strip():
        return text[:line] + text[_line_end(text, value.end) + 1 :]
    end = _line_end(text, value.end)
    if at + 1 < len(keys) and not text[end : keys[at + 1].start].strip():
        end = keys[at + 1].start  # the next key comes to stand behind the dash
    return text[: key.start] + text[end:]


def _cut_from_flow(text: str, parts: Sequence[tuple[int, int]], at: int) -> str:
    start, end = parts[at]
    if at + 1 < len(parts):
        end = parts[at + 1][0]
    elif at:
        start = parts[at - 1][1]
    return text[:start] + text[end:]


# ------------------------------------------------------------------------------------------------ lists


def chunks(text: str, listing: Spot) -> list[str] | None:
    """The lines of each item of a block list, with the comments above it; None where they cannot be told apart."""
    found: list[str] = []
    begin = -1
    for item in listing.items or ():
        dash = text.rfind("-", 0, item.start)
        if listing.in_flow or text[dash + 1 : item.start].strip() or text[_line_start(text, dash) : dash].strip():
            return None
        begin = _line_start(text, dash) if begin < 0 else begin
        end = _line_end(text, item.end) + 1
        found.append(text[begin:end])
        begin = end
    return found


def relisted(text: str, listing: Spot, new: Sequence[str]) -> str:
    """Other lines in the place of all items of a block list; each a chunk with its own line end."""
    old = chunks(text, listing) or []
    first = (listing.items or ())[0]
    start = _line_start(text, text.rfind("-", 0, first.start))
    end = start + sum(map(len, old))
    return text[:start] + "".join(new) + text[end:]


def indent_of(text: str, listing: Spot) -> str:
    """The white space before the dashes of a block list."""
    return " " * _column(text, text.rfind("-", 0, (listing.items or ())[0].start))


# -------------------------------------------------------------------------------------------------- lines


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return end if end >= 0 else len(text)


def _column(text: str, place: int) -> int:
    return place - _line_start(text, place)


def _indent(text: str, place: int) -> str:
    """The white space with which the keys of the mapping around a value stand in; a dash counts as white space."""
    line = text[_line_start(text, place) : place]
    depth = len(line) - len(line.lstrip(" -")) if line.lstrip(" ").startswith("- ") else len(line) - len(line.lstrip())
    return " " * depth
