"""The search index: which entries are nearest to a question, by meaning and by word, among those that may be seen.

A cache of the database and nothing more: it follows the database's revision and makes itself again when it
is missing, damaged or made in another way.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from copilot.language import language_of
from copilot.messages import Text, search
from copilot.packs import Searchable
from copilot.retrieve import Findings, Query
from copilot.vector_index import Vector
from copilot.words import asked_terms
from copilot.yardstick import Scale

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
        alone = self._search(query, query.text)
        together = retrieve.with_thread(query)
        if together is None:
            return alone
        return retrieve.of_thread(alone, self._search(query, together))

    def _follow(self) -> None:
        """Knowledge that changed since is taken in first."""
        if self._source is not None and self._source.revision() != self._state.revision:
            self.refresh(self._source)

    def _search(self, query: Query, text: str) -> Findings:
        state = self._state
        started = perf_counter()
        meaning = self._meaning_of(text)
        embedded = perf_counter()
        scored = [Scored.of(part, alive, query) for part, alive in state.parts]
        _score_words(scored, text)
        if meaning is not None:
            _score_meaning(scored, meaning, self.embedder.scale())
        calibration = retrieve.BY_WORDS if meaning is None else retrieve.BY_MEANING
        same_language = _same_language(scored, text) if meaning is not None else 1.0
        hits = _best_hits(scored, query, retrieve.weight_of_words(same_language))
        sure, reason = retrieve.judge(hits, calibration)
        return Findings(
            hits=hits,
            known=sure >= 0,
            reason=reason,
            sureness=sure,
            close=calibration.close,
            embed_ms=(embedded - started) * 1000,
            search_ms=(perf_counter() - embedded) * 1000,
        )

    def _meaning_of(self, text: str) -> Vector | None:
        try:
            vector = self.embedder.question(text)
            self.embedder.scale()
        except IndexFault as fault:
            self._without_meaning(fault)
            return None
        return vector if len(vector) else None


@dataclass
class Scored:
    """The entries of one part with their scores for one question."""

    part: Part
    allowed: Mask
    words: Floats
    meaning: Floats

    @classmethod
    def of(cls, part: Part, alive: Mask, query: Query) -> Scored:
        nothing = np.zeros(len(part.ids), np.float32)
        return cls(part, part.columns.allowed(query.covered_roles, query.on) & alive, nothing, nothing)

    def total(self, query: Query, weight: float) -> Floats:
        bonus = self.part.columns.of_department(query.department) * DEPARTMENT_BONUS
        total: Floats = np.where(self.allowed, self.meaning + weight * self.words + bonus, -1.0)
        return total


def _score_words(scored: Sequence[Scored], text: str) -> None:
    terms = asked_terms(text)
    wanted = np.fromiter(terms, np.uint64, len(terms))
    times = np.fromiter(terms.values(), np.float32, len(terms))
    matching = [each.part.postings.matching(wanted).only(each.allowed) for each in scored]
    parts = [(each.part.postings, each.allowed, match) for each, match in zip(scored, matching, strict=True)]
    known = word_index.statistics(parts, len(wanted))
    for each, match in zip(scored, matching, strict=True):
        each.words = word_index.scores(each.part.postings, match, known, times)


def _score_meaning(scored: Sequence[Scored], meaning: Vector, scale: Scale) -> None:
    for each in scored:
        each.meaning = scale(each.part.vectors.nearness(meaning))


def _same_language(scored: Sequence[Scored], text: str) -> float:
    """The share of the entries that are in the language of the question."""
    english = sum(int(np.count_nonzero(each.part.columns.english & each.allowed)) for each in scored)
    entries = sum(int(np.count_nonzero(each.allowed)) for each in scored)
    share = english / max(entries, 1)
    return share if language_of(text, "nl") == "en" else 1 - share


def _best_hits(scored: Sequence[Scored], query: Query, weight: float) -> tuple[Hit, ...]:
    """The best hits over all parts, best first; equals by id."""
    found: list[Hit] = []
    for each in scored:
        total = each.total(query, weight)
        for row in _best(total, HITS):
            if each.allowed[row] and total[row] > 0:
                found.append(_hit(each.part.ids[row], total[row], each.meaning[row], each.words[row]))
    return tuple(sorted(found, key=lambda hit: (-hit.score, hit.entry))[:HITS])


def _best(scores: Floats, count: int) -> NDArray[np.int64]:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]


def _hit(entry: str, score: float, meaning: float, words: float) -> Hit:
    by = FoundBy.BOTH if words > 0 and meaning > 0 else FoundBy.WORDS if words > 0 else FoundBy.MEANING
    return Hit(entry, round(float(score), DECIMALS), by, round(float(meaning), DECIMALS), round(float(words), DECIMALS))
