"""The search engine in this process: microseconds for thousands of entries, kept in a folder.

Entries lie in parts that never change; a change adds a part and marks what it replaces. Parts are merged as they
pile up, so that a question always meets few of them. A question sees one state as a whole.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copilot import snapshot, word_scores
from copilot.domain import Status
from copilot.index_part import Part
from copilot.packs import Searchable
from copilot.search_engine import Allowed, Scores, Visible
from copilot.vector_index import Vector

log = logging.getLogger(__name__)

DECIMALS: Final = 6
"""Scores are rounded, so that the order of sums in another arrangement of parts changes no ranking."""
VIEWS_KEPT: Final = 64
ROWS_OF_VIEWS: Final = 8_000_000
"""Entries in all views that are kept, together: each takes five bytes."""
TERMS_KEPT: Final = 50_000
MERGED_WITHIN: Final = 4
"""Times the size of the part after it that a part may have and still become one with it. Every part costs a question
its own round; every merge copies. With 4, a load copies as much as with 2 and leaves half the parts."""

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class State:
    """All parts at one revision; replaced as a whole."""

    revision: int = 0
    parts: tuple[tuple[Part, Mask], ...] = ()
    """Each part with which of its entries still count."""

    @property
    def size(self) -> int:
        return sum(len(alive) for _, alive in self.parts)


class View:
    """What some roles may see on a day: counted once, since many questions are asked for the same ones."""

    def __init__(self, state: State, allowed: Allowed) -> None:
        self.parts = tuple(part for part, _ in state.parts)
        masks = [part.columns.allowed(allowed.covered_roles, allowed.on) & alive for part, alive in state.parts]
        self.masks = tuple(None if mask.all() else mask for mask in masks)
        """None where all entries of a part may be seen."""
        self.entries = sum(int(np.count_nonzero(mask)) for mask in masks)
        self.english = sum(
            int(np.count_nonzero(part.columns.english & mask)) for part, mask in zip(self.parts, masks, strict=True)
        )
        length = sum(
            float(part.postings.lengths.sum(where=mask, dtype=np.float64))
            for part, mask in zip(self.parts, masks, strict=True)
        )
        mean = length / max(self.entries, 1)
        self.damping = tuple(word_scores.damping(part.postings, mean) for part in self.parts)
        self._held: dict[int, int] = {}

    def holding(self, terms: Sequence[int]) -> list[int]:
        """How many entries hold each term."""
        held = {term: self._held.get(term) for term in terms}
        if new := [term for term, count in held.items() if count is None]:
            wanted = np.array(new, np.uint64)
            counts = sum(
                (part.postings.holding(wanted, mask) for part, mask in zip(self.parts, self.masks, strict=True)),
                start=np.zeros(len(new), np.int64),
            )
            made = dict(zip(new, counts.tolist(), strict=True))
            held |= made
            if len(self._held) > TERMS_KEPT:
                self._held = {}
            self._held.update(made)
        return [held[term] or 0 for term in terms]

    def rows_of(self, entries: Sequence[str]) -> Iterator[tuple[Part, Sequence[str], NDArray[np.int64]]]:
        """By part the entries that may be seen: the part, their ids and their rows."""
        for part, mask in zip(self.parts, self.masks, strict=True):
            rows = part.rows_of(entries)
            having = np.flatnonzero((rows >= 0) if mask is None else (rows >= 0) & mask[rows])
            yield part, [entries[each] for each in having.tolist()], rows[having]


class LocalEngine:
    """Entries in memory, or mapped from a folder that survives restarts."""

    def __init__(self, made_by: str = "", folder: Path | None = None) -> None:
        """`made_by`: the embedder; a folder that another one made is ignored. Damage is too."""
        self.folder = folder
        self.made_by = made_by
        self.not_kept: str | None = None
        """Why the folder could not be written; None while it can."""
        self.damage: str | None = None
        """Why what was kept could not be read; None where it could, where there was nothing, and once mended."""
        self._state = self._loaded()
        self._views: dict[tuple[State, Allowed], View] = {}
        """The oldest first."""
        self._looking = Lock()
        """Held for each look at the views: comparing keys lets other threads in, halfway."""

    def _loaded(self) -> State:
        if self.folder is None:
            return State()
        try:
            revision, parts = snapshot.load(self.folder, self.made_by)
            return State(revision, parts)
        except snapshot.Unusable as reason:
            log.info("the kept search index in %s is made again: %s", self.folder, reason)
            self.damage = str(reason) if reason.damaged else None
            return State()

    # ---------------------------------------------------------------------------------------- changing

    def revision(self) -> int:
        return self._state.revision

    def put(self, items: Sequence[Searchable], vectors: Mapping[str, Vector], revision: int) -> None:
        changed = {item.id: item for item in items}
        parts = [(part, _without(part, alive, list(changed))) for part, alive in self._state.parts]
        living = [item for item in changed.values() if item.status is Status.PUBLISHED]
        if living:
            parts.append((Part.of(living, vectors), np.ones(len(living), np.bool_)))
        self._become(State(revision, tuple(_merged(parts))))

    def clear(self) -> None:
        self._become(State())
        if self.folder is not None:
            snapshot.remove(self.folder)

    def _become(self, state: State) -> None:
        self._state = state
        with self._looking:
            self._views.clear()

    def keep(self) -> None:
        """Writes the state to the folder; searching goes on where that fails."""
        if self.folder is None:
            return
        try:
            state = self._state
            self._become(State(state.revision, snapshot.save(self.folder, self.made_by, state.revision, state.parts)))
            self.not_kept = self.damage = None
        except OSError as fault:
            self.not_kept = fault.strerror or str(fault)
            log.info("the search index cannot be kept in %s: %s", self.folder, fault)

    def contents(self) -> Mapping[str, str]:
        return {
            each: content.decode()
            for part, alive in self._state.parts
            for each, content in zip(part.ids_of(np.flatnonzero(alive)), part.hashes[alive].tolist(), strict=True)
        }

    def close(self) -> None:
        self._state = State()

    # --------------------------------------------------------------------------------------- searching

    def by_meaning(self, question: Vector, allowed: Allowed, limit: int, only: Sequence[str] = ()) -> Scores:
        view = self._view(allowed)
        found: list[tuple[float, str]] = []
        if only:
            for part, entries, rows in view.rows_of(only):
                found += zip(_rounded(part.vectors.nearness_of(rows, question)), entries, strict=True)
            return _in_order(found)
        for part, mask in zip(view.parts, view.masks, strict=True):
            rows, near = part.vectors.nearest(question, mask, limit)
            found += zip(_rounded(near), part.ids_of(rows), strict=True)
        return _in_order(found, limit)

    def by_words(self, terms: Mapping[int, float], allowed: Allowed, limit: int) -> Scores:
        view = self._view(allowed)
        wanted = np.fromiter(terms, np.uint64, len(terms))
        times = np.fromiter(terms.values(), np.float64, len(terms))
        weights = word_scores.rarity(view.entries, view.holding(list(terms))) * times
        found: list[tuple[float, str]] = []
        for part, mask, damped in zip(view.parts, view.masks, view.damping, strict=True):
            rows, scores = word_scores.best(part.postings, wanted, weights, damped, mask, limit)
            found += zip(_rounded(scores), part.ids_of(rows), strict=True)
        return _in_order(found, limit)

    def holding(self, terms: Sequence[int], allowed: Allowed) -> Sequence[int]:
        return self._view(allowed).holding(terms)

    def says(self, entry: str, terms: Sequence[int], allowed: Allowed) -> frozenset[int]:
        wanted = np.array(terms, np.uint64)
        for part, _, rows in self._view(allowed).rows_of([entry]):
            if len(rows):
                return frozenset(part.postings.held_by(int(rows[0]), wanted).tolist())
        return frozenset()

    def visible(self, allowed: Allowed) -> Visible:
        view = self._view(allowed)
        return Visible(view.entries, view.english / max(1, view.entries))

    def _view(self, allowed: Allowed) -> View:
        """The view of these roles and this day, over one state as a whole."""
        state = self._state
        key = state, allowed
        with self._looking:
            view = self._views.get(key)
        if view is not None:
            return view
        view = View(state, allowed)
        with self._looking:
            self._views[key] = view
            while len(self._views) > max(1, min(VIEWS_KEPT, ROWS_OF_VIEWS // max(state.size, 1))):
                del self._views[next(iter(self._views))]
        return view


def _without(part: Part, alive: Mask, entries: Sequence[str]) -> Mask:
    """Which entries of a part still count when these are replaced."""
    rows = part.rows_of(entries)
    if not (rows >= 0).any():
        return alive
    left = alive.copy()
    left[rows[rows >= 0]] = False
    return left


def _in_order(found: list[tuple[float, str]], limit: int | None = None) -> dict[str, float]:
    found.sort(key=itemgetter(1))
    found.sort(key=itemgetter(0), reverse=True)
    return {entry: score for score, entry in found[:limit]}


def _rounded(scores: Floats) -> list[float]:
    found: list[float] = np.round(scores.astype(np.float64), DECIMALS).tolist()
    return found


def _merged(parts: list[tuple[Part, Mask]]) -> list[tuple[Part, Mask]]:
    """Two neighbours of like size become one, so that a thousand changes leave a handful of parts."""
    parts = [(part, alive) for part, alive in parts if alive.any()]
    while len(parts) > 1 and len(parts[-2][0].ids) <= MERGED_WITHIN * len(parts[-1][0].ids):
        last, before = parts.pop(), parts.pop()
        part = Part.joined([before, last])
        parts.append((part, np.ones(len(part.ids), np.bool_)))
    return parts
