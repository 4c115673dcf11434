"""The search index: which entries are nearest to a question, by meaning and by word, among those that may be seen.

A cache of the database and nothing more: it follows the database's revision and makes itself again when it
is missing, damaged or made in another way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock
from time import perf_counter
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from copilot import retrieve, word_index
from copilot.domain import FoundBy, Hit, Status
from copilot.embedders import Progress, Remembering
from copilot.errors import IndexFault
from copilot.index_part import Part, passages_of
from copilot.messages import Text, search
from copilot.packs import Searchable
from copilot.retrieve import Findings, Query
from copilot.words import asked_terms

log = logging.getLogger(__name__)

HITS: Final = 20
DEPARTMENT_BONUS: Final = 0.003
"""Tells two entries apart that are equally near: the asker's own department first."""
DECIMALS: Final = 6

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


class Source(Protocol):
    """The database, as far as an index needs it."""

    def revision(self) -> int: ...

    def searchable(self, after: int = 0, batch: int = 1000) -> Iterator[list[Searchable]]: ...


@dataclass(frozen=True)
class State:
    """All parts at one revision; replaced as a whole, so that a question sees one moment."""

    revision: int
    parts: tuple[tuple[Part, Mask], ...] = ()
    """Each part with which of its entries still count."""

    def __len__(self) -> int:
        return sum(int(np.count_nonzero(alive)) for _, alive in self.parts)


@dataclass(frozen=True)
class Verdict:
    """What a comparison of index and database found."""

    sound: bool
    entries: int
    says: Text
    values: Mapping[str, object]

    @classmethod
    def of(cls, held: Mapping[str, str], wanted: Mapping[str, str], revision: int, newest: int) -> Verdict:
        """From the content of each entry, as the index and as the database has it."""
        if held == wanted:
            return cls(True, len(held), search.INDEX_SOUND, {"count": len(held), "revision": revision})
        if not held:
            return cls(True, 0, search.INDEX_ABSENT, {})
        if revision < newest:
            return cls(True, len(held), search.INDEX_BEHIND, {"index": revision, "store": newest})
        missing, surplus = wanted.keys() - held.keys(), held.keys() - wanted.keys()
        different = {each for each in wanted.keys() & held.keys() if wanted[each] != held[each]}
        counts = {"missing": len(missing), "surplus": len(surplus), "different": len(different)}
        return cls(False, len(held), search.INDEX_WRONG, {**counts, "example": min(missing | surplus | different)})

    def text(self, language: str) -> str:
        return self.says(language, **self.values)


class SearchIndex:
    """Finds entries. Safe in many threads."""

    def __init__(self, embedder: Remembering, folder: Path | None = None, chroma_url: str | None = None) -> None:
        """`folder`: where the index is kept between runs; None = in memory alone."""
        self.embedder = embedder
        self.folder = folder
        self.chroma_url = chroma_url
        self.fault: IndexFault | None = None
        """Why meaning is left out at the moment; None while it works."""
        self._state = State(0)
        self._source: Source | None = None
        self._changing = RLock()

    def rebuild(self, source: Source, progress: Progress | None = None) -> int:
        """Makes the index again from the database; the number of entries in it."""
        with self._changing:
            self._state = State(0)
            self.refresh(source, progress)
            return len(self._state)

    def verify(self, source: Source) -> Verdict:
        """Compares every entry with the database."""
        held = {
            each: content
            for part, alive in self._state.parts
            for each, content, counts in zip(part.ids, part.hashes, alive, strict=True)
            if counts
        }
        wanted = {
            item.id: item.content_hash
            for items in source.searchable()
            for item in items
            if item.status is Status.PUBLISHED
        }
        return Verdict.of(held, wanted, self._state.revision, source.revision())

    def close(self) -> None:
        """Nothing is answered after this."""
        self._state = State(0)
        self._source = None

    # -------------------------------------------------------------------------------------- keeping up

    def refresh(self, source: Source, progress: Progress | None = None) -> int:
        """Brings the index to the database's revision, embedding only what is new; the number of changes."""
        with self._changing:
            self._source = source
            changed = 0
            for items in source.searchable(after=self._state.revision):
                self._state = self._with(items, progress)
                changed += len(items)
            return changed

    def _with(self, items: Sequence[Searchable], progress: Progress | None) -> State:
        newest = {item.id: item for item in items}
        parts = [(part, alive & ~np.isin(part.ids, list(newest))) for part, alive in self._state.parts]
        living = [item for item in newest.values() if item.status is Status.PUBLISHED]
        if living:
            part = Part.of(living, self._vectors(living, progress), self.embedder.dimensions)
            parts.append((part, np.ones(len(living), np.bool_)))
        return State(max(item.revision for item in items), tuple(parts))

    def _vectors(self, items: Sequence[Searchable], progress: Progress | None) -> Any:
        try:
            return self.embedder.passages([text for item in items for text in passages_of(item)], progress)
        except IndexFault as fault:
            self._without_meaning(fault)
            return {}

    def _without_meaning(self, fault: IndexFault) -> None:
        if self.fault is None:
            log.warning("%s", fault)
        self.fault = fault

    # ----------------------------------------------------------------------------------------- finding

    def find(self, query: Query) -> Findings:
        """The entries that may answer, best first; only such as the asker may see, valid on the day."""
        self._follow()
        state = self._state
        started = perf_counter()
        meaning = self._meaning_of(query)
        embedded = perf_counter()
        hits = self._ranked(state, query, meaning)
        done = perf_counter()
        findings = Findings(hits=hits, known=bool(hits), reason="")
        return replace(findings, embed_ms=(embedded - started) * 1000, search_ms=(done - embedded) * 1000)

    def _follow(self) -> None:
        """Knowledge that changed since is taken in first."""
        if self._source is not None and self._source.revision() != self._state.revision:
            self.refresh(self._source)

    def _meaning_of(self, query: Query) -> NDArray[np.float32] | None:
        try:
            vector = self.embedder.question(query.text)
        except IndexFault as fault:
            self._without_meaning(fault)
            return None
        return vector if len(vector) else None

    def _ranked(self, state: State, query: Query, meaning: NDArray[np.float32] | None) -> tuple[Hit, ...]:
        allowed = [part.columns.allowed(query.covered_roles, query.on) & alive for part, alive in state.parts]
        words = word_scores(state, allowed, query.text)
        cosines = [_cosines(part, meaning) for part, _ in state.parts]
        bonus = [part.columns.of_department(query.department) * DEPARTMENT_BONUS for part, _ in state.parts]
        found: list[Hit] = []
        for (part, _), may, by_word, by_meaning, more in zip(state.parts, allowed, words, cosines, bonus, strict=True):
            total = np.where(may, by_meaning + retrieve.WEIGHT_OF_WORDS * by_word + more, -1.0)
            for row in _best(total, HITS):
                if may[row] and total[row] > 0:
                    found.append(_hit(part.ids[row], total[row], by_meaning[row], by_word[row]))
        return tuple(sorted(found, key=lambda hit: (-hit.score, hit.entry))[:HITS])


def word_scores(state: State, allowed: Sequence[Mask], text: str) -> list[Floats]:
    """The share of the words that each entry of each part has."""
    terms = asked_terms(text)
    wanted = np.fromiter(terms, np.uint64, len(terms))
    times = np.fromiter(terms.values(), np.float32, len(terms))
    matching = [part.postings.matching(wanted).only(may) for (part, _), may in zip(state.parts, allowed, strict=True)]
    parts = [(part.postings, may, match) for (part, _), may, match in zip(state.parts, allowed, matching, strict=True)]
    known = word_index.statistics(parts, len(wanted))
    return [word_index.scores(postings, match, known, times) for postings, _, match in parts]


def _cosines(part: Part, meaning: NDArray[np.float32] | None) -> Floats:
    return part.vectors.cosines(meaning) if meaning is not None else np.zeros(len(part.ids), np.float32)


def _best(scores: Floats, count: int) -> NDArray[np.int64]:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]


def _hit(entry: str, score: float, meaning: float, words: float) -> Hit:
    by = FoundBy.BOTH if words > 0 and meaning > 0 else FoundBy.WORDS if words > 0 else FoundBy.MEANING
    return Hit(entry, round(float(score), DECIMALS), by, float(meaning), float(words))
