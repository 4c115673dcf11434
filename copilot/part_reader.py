"""Reads the parts of an answer while it is still coming in: JSON, or plain text with headings.

A part is passed on letter by letter and closed when it is surely complete. What was cut off is never
closed, so that nobody takes half an answer for a whole one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from copilot.dialogue import Piece

_HEADING: Final = re.compile(
    r"(?:^|\n)[ \t]*(?:#{1,6}|\*\*)?[ \t]*([a-z_]{2,20})[ \t]*(?:\*\*)?[ \t]*:?[ \t]*(?:\*\*)?[ \t]*(?=\n)"
)
_STARTS_JSON: Final = re.compile(r"\s*(?:```(?:json)?\s*)?\{")
_MAYBE_JSON: Final = re.compile(r"\s*(?:`{0,3}(?:j(?:s(?:o(?:n\s*)?)?)?)?)?\s*$")


class PartReader:
    """Feed it what comes in; it gives the pieces of the parts that were asked for and drops all else."""

    def __init__(self, parts: Sequence[str]) -> None:
        self._parts = tuple(parts)
        self._text = ""
        self._json: _JsonParts | None = None
        self._headings: _HeadingParts | None = None

    def feed(self, text: str) -> Iterator[Piece]:
        if self._json is None and self._headings is None:
            self._text += text
            if _STARTS_JSON.match(self._text):
                self._json = _JsonParts(self._parts)
                text = self._text[self._text.index("{") + 1 :]
            elif not _MAYBE_JSON.match(self._text):
                self._headings = _HeadingParts(self._parts)
                text = self._text
            else:
                return
        reader = self._json or self._headings
        assert reader
        yield from reader.feed(text)

    def finish(self, *, cut_off: bool) -> Iterator[Piece]:
        """The end of the answer; `cut_off` when the model did not stop by itself."""
        if self._headings and not cut_off:
            yield from self._headings.finish()


class _HeadingParts:
    """`## say` on a line of its own opens a part; the next heading or the end closes it."""

    def __init__(self, parts: Sequence[str]) -> None:
        self._parts = parts
        self._text = "\n"
        self._open = ""
        self._given = 0

    def feed(self, text: str) -> Iterator[Piece]:
        self._text += text
        while True:
            heading = next(
                (each for each in _HEADING.finditer(self._text, self._given) if each[1] in self._parts), None
            )
            if heading is None:
                break
            yield from self._give(heading.start())
            yield from self._close()
            self._open, self._given = heading[1], heading.end()
        # The last line may still become a heading.
        yield from self._give(max(self._given, self._text.rfind("\n")))

    def finish(self) -> Iterator[Piece]:
        yield from self._give(len(self._text))
        yield from self._close()

    def _give(self, end: int) -> Iterator[Piece]:
        if self._open and end > self._given:
            yield Piece(self._open, self._text[self._given : end])
            self._given = end

    def _close(self) -> Iterator[Piece]:
        if self._open:
            yield Piece(self._open, "", done=True)
        self._open = ""


class _JsonParts:
    """An object of strings or lists of strings, read letter by letter without waiting for its end."""

    def __init__(self, parts: Sequence[str]) -> None:
        self._parts = parts
        self._waiting = ""
        self._key = ""
        self._read = self._between
        self._in_list = False
        self._had_one = False
        self._depth = 0
        self._quoted = False
        self._over = False

    def feed(self, text: str) -> Iterator[Piece]:
        """Each reading function takes what it can from `_waiting` and says whether it got any further."""
        self._waiting += text
        given: list[str] = []
        while self._waiting and not self._over:
            key = self._key
            closed = self._read(given)
            if closed is None:
                break
            if closed:
                yield from self._pieces(key, given)
                yield from self._pieces(key, [], done=True)
                given = []
        yield from self._pieces(self._key, given)

    def _pieces(self, key: str, given: list[str], *, done: bool = False) -> Iterator[Piece]:
        text = "".join(given)
        if key in self._parts and (text or done):
            yield Piece(key, text, done)

    def _between(self, given: list[str]) -> bool | None:
        """Looks for the next key, or the end of the object."""
        self._waiting = self._waiting.lstrip(" \t\r\n,")
        if self._waiting.startswith("}"):
            self._over = True
            return False
        match = _KEY.match(self._waiting)
        if not match:
            return None
        self._key, self._waiting = match[1], self._waiting[match.end() :]
        self._in_list = self._had_one = False
        self._read = self._value
        return False

    def _value(self, given: list[str]) -> bool | None:
        """Looks at the first letter of a value: a text, a list of texts, or something to pass by."""
        self._waiting = self._waiting.lstrip()
        if not self._waiting:
            return None
        first = self._waiting[0]
        if first in '"[':
            self._waiting = self._waiting[1:]
            self._in_list = first == "["
            self._read = self._list if self._in_list else self._text
        else:
            self._key, self._read, self._depth, self._quoted = "", self._other, 0, False
        return False

    def _list(self, given: list[str]) -> bool | None:
        """Between the texts of a list; each is a paragraph of its own."""
        self._waiting = self._waiting.lstrip(" \t\r\n,")
        if not self._waiting:
            return None
        first, self._waiting = self._waiting[0], self._waiting[1:]
        if first == "]":
            self._read = self._between
            return True
        if first != '"':
            self._over = True  # a list of something else: no part of ours
            return False
        if self._had_one:
            given.append("\n\n")
        self._had_one, self._read = True, self._text
        return False

    def _text(self, given: list[str]) -> bool | None:
        """Inside a text, up to its closing quote; an escape that is not whole yet waits."""
        match = _PLAIN.match(self._waiting)
        if match and match.end():
            given.append(match.group())
            self._waiting = self._waiting[match.end() :]
            return False
        if self._waiting.startswith('"'):
            self._waiting = self._waiting[1:]
            self._read = self._list if self._in_list else self._between
            return not self._in_list
        escape = _ESCAPE.match(self._waiting)
        if not escape:
            return None
        given.append(_unescaped(escape.group()))
        self._waiting = self._waiting[escape.end() :]
        return False

    def _other(self, given: list[str]) -> bool | None:
        """A number, a truth value or an object that nobody asked for: passed by, brackets counted."""
        for place, letter in enumerate(self._waiting):
            if letter == '"' and self._waiting[place - 1 : place] != "\\":
                self._quoted = not self._quoted
            elif self._quoted:
                continue
            elif letter in "{[":
                self._depth += 1
            elif letter in "}]" and self._depth:
                self._depth -= 1
            elif letter in ",}" and not self._depth:
                self._waiting = self._waiting[place:]
                self._read = self._between
                return False
        self._waiting = ""
        return None


def _unescaped(escape: str) -> str:
    try:
        text = json.loads(f'"{escape}"')
    except ValueError:
        return escape[1:]  # a model that escapes what needs none, such as \'
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_KEY: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:')
_PLAIN: Final = re.compile(r'[^"\\]*')
_ESCAPE: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[0-9a-fA-F]{4}|\\u(?![dD][89abAB])[0-9a-fA-F]{4}|\\[^u]")
