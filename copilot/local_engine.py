"""The search engine in this process: exact, in microseconds for thousands of entries, kept in a folder.

Entries lie in parts that never change; a change adds a part and marks what it replaces. Parts are merged as they
pile up, so that a question always meets few of them. A question sees one state as a whole.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copilot import snapshot, word_index
from copilot.domain import Status
from copilot.index_part import Part
from copilot.packs import Searchable
from copilot.search_engine import Allowed, Scores, Visible
from copilot.vector_index import Vector

log = logging.getLogger(__name__)

DECIMALS: Final = 6
"""Scores are rounded, so that the order of sums in another arrangement of parts changes no ranking."""
MASKS_KEPT: Final = 64

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class State:
    """All parts at one revision; replaced as a whole."""

    revision: int = 0
    parts: tuple[tuple[Part, Mask], ...] = ()
    """Each part with which of its entries still count."""


class LocalEngine:
    """Entries in memory, or mapped from a folder that survives restarts."""

    def __init__(self, made_by: str = "", folder: Path | None = None) -> None:
        """`made_by`: the embedder; a folder that another one made is ignored. Damage is too."""
        self.folder = folder
        self.made_by = made_by
        self.not_kept: str | None = None
        """Why the folder could not be written; None while it can."""
        self._state = self._loaded()
        self._allowed = lru_cache(MASKS_KEPT)(_allowed)

    def _loaded(self) -> State:
        if self.folder is None:
            return State()
        try:
            revision, parts = snapshot.load(self.folder, self.made_by)
            return State(revision, parts)
        except snapshot.Unusable as reason:
            log.info("the kept search index in %s is made again: %s", self.folder, reason)
            return State()

    # ---------------------------------------------------------------------------------------- changing

    def revision(self) -> int:
        return self._state.revision

    def put(self, items: Sequence[Searchable], vectors: Mapping[str, Vector], revision: int) -> None:
        changed = {item.id: item for item in items}
        parts = [(part, alive & ~np.isin(part.ids, list(changed))) for part, alive in self._state.parts]
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
        self._allowed.cache_clear()

    def keep(self) -> None:
        """Writes the state to the folder; searching goes on where that fails."""
        if self.folder is None:
            return
        try:
            state = self._state
            self._become(State(state.revision, snapshot.save(self.folder, self.made_by, state.revision, state.parts)))
            self.not_kept = None
        except OSError as fault:
            self.not_kept = fault.strerror or str(fault)
            log.warning("the search index cannot be kept in %s: %s", self.folder, fault)

    def contents(self) -> Mapping[str, str]:
        return {
            each: content
            for part, alive in self._state.parts
            for each, content, counts in zip(part.ids, part.hashes, alive, strict=True)
            if counts
        }

    def close(self) -> None:
        self._state = State()

    # --------------------------------------------------------------------------------------- searching

    def by_meaning(self, question: Vector, allowed: Allowed, limit: int, only: Sequence[str] = ()) -> Scores:
        state = self._state
        masks = self._allowed(state, allowed)
        if not only:
            return _best(state, masks, [part.vectors.nearness(question) for part, _ in state.parts], limit)
        found: list[tuple[float, str]] = []
        for (part, _), mask in zip(state.parts, masks, strict=True):
            rows = [row for each in only if (row := part.rows.get(each)) is not None and mask[row]]
            found += zip(
                part.vectors.nearness_of(rows, question).tolist(), (part.ids[row] for row in rows), strict=True
            )
        return _in_order(found)

    def by_words(self, terms: Mapping[int, float], allowed: Allowed, limit: int, only: Sequence[str] = ()) -> Scores:
        state = self._state
        masks = self._allowed(state, allowed)
        wanted = np.fromiter(terms, np.uint64, len(terms))
        times = np.fromiter(terms.values(), np.float32, len(terms))
        parts = [
            (part.postings, mask, part.postings.matching(wanted))
            for (part, _), mask in zip(state.parts, masks, strict=True)
        ]
        known = word_index.statistics(parts, len(wanted))
        scored = [word_index.scores(postings, matching, known, times) for postings, _, matching in parts]
        if not only:
            return _best(state, masks, scored, limit)
        rows = [
            (float(scores[row]), each)
            for (part, _), mask, scores in zip(state.parts, masks, scored, strict=True)
            for each in only
            if (row := part.rows.get(each)) is not None and mask[row]
        ]
        return _in_order(rows)

    def holding(self, terms: Sequence[int], allowed: Allowed) -> Sequence[int]:
        state, wanted = self._state, np.array(terms, np.uint64)
        held = np.zeros(len(wanted), np.int64)
        for (part, _), mask in zip(state.parts, self._allowed(state, allowed), strict=True):
            held += part.postings.holding(wanted, mask)
        counts: list[int] = held.tolist()
        return counts

    def says(self, entry: str, terms: Sequence[int], allowed: Allowed) -> frozenset[int]:
        state, wanted = self._state, np.array(terms, np.uint64)
        for (part, _), mask in zip(state.parts, self._allowed(state, allowed), strict=True):
            row = part.rows.get(entry)
            if row is not None and mask[row]:
                return frozenset(part.postings.held_by(row, wanted).tolist())
        return frozenset()

    def visible(self, allowed: Allowed) -> Visible:
        masks = self._allowed(self._state, allowed)
        entries = sum(int(np.count_nonzero(mask)) for mask in masks)
        english = sum(
            int(np.count_nonzero(part.columns.english & mask))
            for (part, _), mask in zip(self._state.parts, masks, strict=True)
        )
        return Visible(entries, english / max(1, entries))


def _allowed(state: State, allowed: Allowed) -> tuple[Mask, ...]:
    return tuple(part.columns.allowed(allowed.covered_roles, allowed.on) & alive for part, alive in state.parts)


def _best(state: State, masks: Sequence[Mask], scored: Sequence[Floats], limit: int) -> dict[str, float]:
    found: list[tuple[float, str]] = []
    for (part, _), mask, scores in zip(state.parts, masks, scored, strict=True):
        rows = _highest(scores if mask.all() else np.where(mask, scores, -np.inf), limit)
        found += [(score, part.ids[row]) for row, score in zip(rows, scores[rows].tolist(), strict=True) if mask[row]]
    return _in_order(found, limit)


def _in_order(found: Sequence[tuple[float, str]], limit: int | None = None) -> dict[str, float]:
    rounded = sorted((-round(score, DECIMALS), entry) for score, entry in found)
    return {entry: -score for score, entry in rounded[:limit]}


def _highest(scores: Floats, count: int) -> list[int]:
    if len(scores) > count:
        rows: list[int] = np.argpartition(scores, len(scores) - count)[-count:].tolist()
        return rows
    return list(range(len(scores)))


def _merged(parts: list[tuple[Part, Mask]]) -> list[tuple[Part, Mask]]:
    """Two neighbours of like size become one, so that a thousand changes leave some ten parts."""
    parts = [(part, alive) for part, alive in parts if alive.any()]
    while len(parts) > 1 and len(parts[-2][0].ids) <= 2 * len(parts[-1][0].ids):
        last, before = parts.pop(), parts.pop()
        part = Part.joined([before, last])
        parts.append((part, np.ones(len(part.ids), np.bool_)))
    return parts
