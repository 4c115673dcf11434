"""An entry's own text, opened for changes: a key, a list or the body at a time, everything else to the byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from copilot import yamlediting
from copilot.fields import DUTCH
from copilot.yamlediting import Spot, spots
from copilot.yamltext import composed
from copilot.yamlwriting import scalar

Path = Sequence[str | int]

_ORDER: Final = (
    "id kind title owner department audience valid_from valid_until review_by source questions tags journey related "
    "action facts type ask yes no values roles when may amount never because instead rules period_limit customer say "
    "do mandate handover steps next"
).split()
"""Where a key that was not there yet finds its place: behind the nearest of those before it."""
_FENCE: Final = re.compile(r"(?m)(?:^|(?<=\A\ufeff))(?:---|\.\.\.)[ \t]*$")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ALIKE: Final = 0.6
"""From here on a rewritten line counts as the same item: what difflib calls close."""


@dataclass(frozen=True)
class Page:
    """A file that can be read, in four: up to the front matter, the front matter, the dashes, the rest."""

    head: str
    front: str
    fence: str
    rest: str

    @classmethod
    def of(cls, text: str) -> Page:
        """Line ends are `\\n` in here; `with_ends_of` gives the author's own back."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        opens = _FENCE.search(text, 1 if text.startswith("\ufeff") else 0)
        closes = _FENCE.search(text, opens.end()) if opens else None
        assert opens is not None, "an entry that was read begins with dashes"
        assert closes is not None, "an entry that was read has dashes under its front matter"
        begin = opens.end() + 1
        return cls(text[:begin], text[begin : closes.start()], closes[0], text[closes.end() :])

    @property
    def text(self) -> str:
        return self.head + self.front + self.fence + self.rest

    @cached_property
    def root(self) -> Spot:
        return spots(self.front)

    @property
    def body(self) -> str:
        """As it is read: without blank lines before and white space after it."""
        return composed(re.sub(r"\A(?:[ \t]*\n)+", "", self.rest).rstrip())

    def at(self, path: Path) -> Spot | None:
        """What stands under these keys (in either language) and places in lists, from 0."""
        spot: Spot | None = self.root
        for step in path:
            if spot is None:
                return None
            if isinstance(step, int):
                spot = spot.items[step] if spot.items and step < len(spot.items) else None
            else:
                found = spot.find(step, DUTCH.get(step, step))
                spot = found[1] if found else None
        return spot

    def value(self, *path: str | int) -> str | None:
        """One text without white space around it; None where nothing or no single text stands."""
        spot = self.at(path)
        return composed(spot.text).strip() or None if spot and spot.text is not None else None

    def values(self, *path: str | int) -> tuple[str, ...] | None:
        """A list of texts, one text alone being a list of one; None for anything else, () where nothing stands."""
        spot = self.at(path)
        if spot is None:
            return ()
        items = (spot,) if spot.items is None else spot.items
        if not spot.free or any(each.text is None for each in items):
            return None
        return tuple(composed(each.text or "").strip() for each in items)

    def items(self, name: str) -> tuple[Spot, ...]:
        spot = self.at([name])
        return spot.items or () if spot else ()

    def spelled(self, name: str) -> str:
        """The key in the language in which the author writes his keys."""
        return DUTCH.get(name, name) if self.is_dutch else name

    @property
    def is_dutch(self) -> bool:
        """Whether the author writes his keys in Dutch."""
        return self.root.find("soort") is not None

    def may_list(self, name: str) -> bool:
        """Whether items may be put in and taken out without losing a comment among them."""
        spot = self.at([name])
        if spot is None:
            return True
        if spot.items is None or spot.in_flow:
            return "#" not in self.front[spot.start : spot.end] and spot.pairs is None
        return bool(spot.items) and yamlediting.chunks(self.front, spot) is not None

    # ------------------------------------------------------------------------------------------ changes

    def with_text(self, path: Path, new: str) -> Page:
        """Another text for a key; an empty one takes the key out."""
        *above, name = path
        mapping = self.at(above)
        found = mapping.find(str(name), DUTCH.get(str(name), str(name))) if mapping else None
        if mapping is None or (found is None and not new):
            return self
        if not new:
            assert found is not None
            return self._with(yamlediting.drop(self.front, mapping, *found))
        if found:
            return self._with(yamlediting.put(self.front, found[1], new, in_flow=mapping.in_flow))
        return self._with(self._added(mapping, str(name), new))

    def with_list(self, path: Path, new: Sequence[str], *, inline: bool = True) -> Page:
        """Other items for a list of texts; an empty one takes the key out. An item that stays keeps its lines."""
        mapping, spot = self.at(path[:-1]), self.at(path)
        if not new or mapping is None:
            return self.with_text(path, "")
        if spot is None:
            return self._with(self._added(mapping, str(path[-1]), new, inline))
        if not spot.items or yamlediting.chunks(self.front, spot) is None:
            return self._with(yamlediting.put_list(self.front, spot, new))
        return self.with_items(path, self.values(*path) or (), new, (), lambda item: f"- {scalar(item)}")

    def with_items(
        self, path: Path, old: Sequence[str], new: Sequence[str], inner: Path, write: Callable[[str], str]
    ) -> Page:
        """A block list in another order, with items rewritten, taken out or added.

        `old`, `new`: the text of each item, which stands under `inner` in it. What else an item holds stays with it.
        `write`: the line of a new item.
        """
        page, origins = self, matched(old, new)
        for text, origin in zip(new, origins, strict=True):
            if origin is not None and old[origin] != text:
                page = page._with_item_text((*path, origin, *inner), text)
        spot = page.at(path)
        assert spot is not None
        lines = yamlediting.chunks(page.front, spot) or []
        indent = yamlediting.indent_of(page.front, spot)
        chosen = [
            f"{indent}{write(text)}\n" if at is None else lines[at] for text, at in zip(new, origins, strict=True)
        ]
        return page._with(yamlediting.relisted(page.front, spot, chosen))

    def with_item(self, path: Path, lines: Sequence[str]) -> Page:
        """One more item at the end of a block list; its lines are written already."""
        spot = self.at(path)
        assert spot is not None
        indent = yamlediting.indent_of(self.front, spot)
        item = "".join(f"{indent}{'  ' if place else '- '}{line}\n" for place, line in enumerate(lines))
        return self._with(yamlediting.relisted(self.front, spot, [*(yamlediting.chunks(self.front, spot) or ()), item]))

    def without_item(self, path: Path, at: int) -> Page:
        spot = self.at(path)
        assert spot is not None
        lines = yamlediting.chunks(self.front, spot) or []
        return self._with(yamlediting.relisted(self.front, spot, [*lines[:at], *lines[at + 1 :]]))

    def with_written(self, path: Path, written: str) -> Page:
        """A key that is not there yet, with a value that is written already, on its line or under it."""
        mapping = self.at(path[:-1])
        assert mapping is not None
        name = str(path[-1])
        return self._with(
            yamlediting.add_written(self.front, mapping, self.spelled(name), written, _before(mapping, name))
        )

    def with_key(self, path: Path, new: str) -> Page:
        """Another name for a key."""
        mapping = self.at(path[:-1])
        found = mapping.find(str(path[-1])) if mapping else None
        return self._with(yamlediting.put(self.front, found[0], new, in_flow=True)) if found else self

    def with_body(self, new: str) -> Page:
        """Another text under the front matter; the blank lines around it stay."""
        if not self.body:
            return replace(self, rest=f"\n{new}\n")
        start = len(self.rest) - len(re.sub(r"\A(?:[ \t]*\n)+", "", self.rest))
        end = len(self.rest.rstrip())
        return replace(self, rest=self.rest[:start] + new + self.rest[end:] if new else "\n")

    def _with_item_text(self, path: Path, new: str) -> Page:
        spot = self.at(path)
        assert spot is not None
        return self._with(yamlediting.put(self.front, spot, new, in_flow=self._in_flow(path)))

    def _in_flow(self, path: Path) -> bool:
        around = (self.at(path[:length]) for length in range(len(path)))
        return any(spot.in_flow for spot in around if spot)

    def _with(self, front: str) -> Page:
        return replace(self, front=front)

    def _added(self, mapping: Spot, name: str, new: str | Sequence[str], inline: bool = True) -> str:
        after = _before(mapping, name)
        return yamlediting.add(self.front, mapping, self.spelled(name), new, after=after, inline=inline)


def _before(mapping: Spot, name: str) -> Spot | None:
    """The value behind which a key that is not there yet belongs; None for the end."""
    if name not in _ORDER:
        return None
    found = (mapping.find(each, DUTCH.get(each, each)) for each in reversed(_ORDER[: _ORDER.index(name)]))
    return next((each[1] for each in found if each), None)


def matched(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each new text the place of the old one that it is, or was rewritten from; None for one that is new.

    The same words first, wherever they went; then what is most alike; then what is left, in order, so that a step
    that was wholly rewritten keeps its mandate.
    """
    origins: list[int | None] = [None] * len(new)
    free = list(range(len(old)))

    def take(at: int, origin: int) -> None:
        origins[at] = origin
        free.remove(origin)

    for at, text in enumerate(new):
        same = next((origin for origin in free if old[origin] == text), None)
        if same is not None:
            take(at, same)
    likeness = [
        (SequenceMatcher(None, old[origin], text).ratio(), -at, -origin)
        for at, text in enumerate(new)
        for origin in free
        if origins[at] is None
    ]
    for ratio, at, origin in sorted(likeness, reverse=True):
        if ratio >= _ALIKE and origins[-at] is None and -origin in free:
            take(-at, -origin)
    for at in range(len(new)):
        if origins[at] is None and free:
            take(at, free[0])
    return origins


def with_ends_of(original: str, changed: str) -> str:
    """The changed text with the author's own line ends: a line that stayed keeps its own, others get the usual."""
    if "\r" not in original:
        return changed
    before = _LINE.findall(original)
    words = [line.rstrip("\r\n") for line in before]
    ends = [line[len(word) :] for line, word in zip(before, words, strict=True)]
    usual = max((end for end in ends if end), key=ends.count)
    after = changed.split("\n")
    kept = [usual] * len(after)
    for block in SequenceMatcher(None, words, after, autojunk=False).get_matching_blocks():
        kept[block.b : block.b + block.size] = [end or usual for end in ends[block.a : block.a + block.size]]
    return "".join(f"{word}{end}" for word, end in zip(after[:-1], kept, strict=False)) + after[-1]
