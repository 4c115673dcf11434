"""The search index: which entries are nearest to a question, by meaning and by word, among those that may be seen.

A cache of the database and nothing more: it follows the database's revision and makes itself again when it
is missing, damaged or made in another way.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import RLock, Thread
from time import monotonic, perf_counter
from typing import Final, Protocol

from copilot import evidence, knowing, retrieve
from copilot.chroma_store import durable
from copilot.domain import Hit, Status
from copilot.embedders import Progress, Remembering, WordsAlone
from copilot.english import in_dutch, is_english
from copilot.errors import IndexFault
from copilot.fusing import hits_of
from copilot.index_part import passages_of
from copilot.index_verdict import Verdict
from copilot.knowing import Calibration, Evidence
from copilot.local_engine import LocalEngine
from copilot.messages import search
from copilot.misspelling import mended
from copilot.packs import Searchable
from copilot.retrieve import Findings, Query
from copilot.search_engine import Allowed, Engine, Scores
from copilot.vector_index import Vector
from copilot.words import asked_terms

log = logging.getLogger(__name__)

CANDIDATES: Final = 50
"""Best by meaning and best by words that are fused: no entry below both was ever among the first 20."""
HALF: Final = 0.5
"""Of the entries in English: with fewer, an English question is searched by Dutch words."""
TRANSLATED: Final = 2 / 3
"""What a word that was put into Dutch counts for beside one of the asker's own."""
BATCH: Final = 1000
KEPT_EVERY: Final = 2
"""Batches after which a long first load is kept: it goes on from there after a stop, and leaves memory for the disk."""
KEPT_AT_GROWTH: Final = 4
"""Later on it is kept when it has grown by one part in so many, since keeping a large index writes gigabytes."""
SIDE_THREADS: Final = 4
BESIDE_FROM: Final = 4_000
"""Entries. Of fewer, searching the words takes less than starting it in another thread: at 1,000 a question takes
1.14 times its embedding so, and 1.16 with a thread; at 5,000 1.20 and 1.17."""
RETRY_SECONDS: Final = 30.0
"""Between two tries of an embedder that failed."""


class Source(Protocol):
    """The database, as far as an index needs it."""

    def revision(self) -> int: ...

    def searchable(self, after: int = 0, batch: int = BATCH) -> Iterator[list[Searchable]]: ...


class Reranker(Protocol):
    """A model that looks at question and entry together, where one is configured."""

    def rerank(self, question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The same hits, best first, with scores on the same scale. May raise IndexFault."""

    def describe(self, language: str) -> str:
        """One line for people, after trying whether it answers. May raise IndexFault."""

    def close(self) -> None: ...


class SearchIndex:
    """Finds entries. Safe in many threads."""

    def __init__(
        self,
        embedder: Remembering,
        folder: Path | None = None,
        chroma_url: str | None = None,
        *,
        engine: Engine | None = None,
        reranker: Reranker | None = None,
        background: bool = False,
    ) -> None:
        """`folder`: where the index is kept between runs; None = in memory alone.

        `background`: what is not embedded yet is embedded beside the work, while words alone answer.
        """
        self.embedder = embedder
        self.reranker = reranker
        self.background = background
        self.fault: IndexFault | None = None
        """Why meaning is left out at the moment; None while it works."""
        self.engine = engine or LocalEngine(embedder.name, folder / "snapshot" if folder else None)
        self._durable = durable(embedder.name, folder, chroma_url)
        self._source: Source | None = None
        self._side = ThreadPoolExecutor(SIDE_THREADS, thread_name_prefix="words")
        """Searches the words of a question while its meaning is worked out, which needs none of them."""
        self._changing = RLock()
        self._checked = False
        self._embedding: Thread | None = None
        self._beside = 0
        """Batches that are still to be embedded beside the work; until then nothing is kept."""
        self._closed = False
        self._incomplete_since: float | None = None
        """When embedding failed last, on the clock of `monotonic`; None while every entry has its vectors."""
        self._quiet_until = 0.0
        """Until then no question waits for an embedder that has just failed."""

    def close(self) -> None:
        """Nothing is answered after this."""
        self._closed = True
        self._source = None
        self._side.shutdown()
        self.engine.close()
        self.embedder.close()
        if self.reranker is not None:
            self.reranker.close()
        if self._durable is not None:
            self._durable.close()

    # -------------------------------------------------------------------------------------- keeping up

    def refresh(self, source: Source, progress: Progress | None = None) -> int:
        """Brings the index to the database's revision, embedding only what is new; the number of changes."""
        with self._changing:
            self._source = source
            self._check_origin(source)
            changed, kept = 0, 0
            for items in source.searchable(after=self.engine.revision(), batch=BATCH):
                self._take_in(items, _moved(progress, changed))
                changed += len(items)
                if changed - kept >= max(KEPT_EVERY * BATCH, changed // KEPT_AT_GROWTH):
                    self._keep()
                    kept = changed
            if changed:
                self._keep()
            return changed

    def rebuild(self, source: Source, progress: Progress | None = None) -> int:
        """Makes the index again from the database; the number of entries in it."""
        with self._changing:
            self.engine.clear()
            self._incomplete_since = None
            self.refresh(source, progress)
            return len(self.engine.contents())

    def verify(self, source: Source) -> Verdict:
        """Compares every entry with the database."""
        wanted = {
            item.id: item.content_hash
            for items in source.searchable()
            for item in items
            if item.status is Status.PUBLISHED
        }
        if isinstance(self.engine, LocalEngine) and self.engine.damage and not self.engine.revision():
            return Verdict(False, 0, search.INDEX_DAMAGED, {})
        return Verdict.of(self.engine.contents(), wanted, self.engine.revision(), source.revision())

    def look(self) -> None:
        """Tries what else is used, so that `troubles` tells of it."""
        if self._durable is not None:
            self._durable.look()

    def troubles(self, language: str) -> list[str]:
        """What is out of order at this moment, a line each, for people."""
        found = []
        if self.fault is not None:
            found.append(search.MEANING_BROKEN(language, fault=self.fault.text(language)))
        not_kept = self.engine.not_kept if isinstance(self.engine, LocalEngine) else None
        if not_kept is not None:
            found.append(search.INDEX_NOT_KEPT(language, fault=not_kept))
        if self._durable is not None and self._durable.fault is not None:
            found.append(search.CHROMA_AWAY(language, fault=self._durable.fault))
        return found

    def settle(self) -> None:
        """Waits until what is embedded beside the work is done."""
        if self._embedding is not None:
            self._embedding.join()

    def _check_origin(self, source: Source) -> None:
        """A kept index of another database (restored from a backup, say) is dropped: its newest entries differ."""
        if self._checked or not self.engine.revision():
            return
        self._checked = True
        newest = next(source.searchable(after=self.engine.revision() - 1), [])
        mine = [each for each in newest if each.revision == self.engine.revision()]
        held = self.engine.contents()
        if not mine or any(_content(each) != held.get(each.id) for each in mine):
            log.info("the kept search index is of another database; it is made again")
            self.engine.clear()

    def _take_in(self, items: Sequence[Searchable], progress: Progress | None) -> None:
        living = [item for item in items if item.status is Status.PUBLISHED]
        texts = [text for item in living for text in passages_of(item)]
        revision = max(item.revision for item in items)
        vectors = dict(self._known(living, texts))
        missing = [text for text in texts if text not in vectors]
        if missing and self.background and self.embedder.name != WordsAlone.name:
            self.engine.put(items, vectors, revision)
            self._embed_beside(living, progress)
            return
        try:
            vectors |= self.embedder.passages(missing, progress)
        except IndexFault as fault:
            self._without_meaning(fault)
            self._incomplete_since = monotonic()
        self.engine.put(items, vectors, revision)
        if self._durable is not None:
            self._durable.put(items, vectors)

    def _known(self, items: Sequence[Searchable], texts: Sequence[str]) -> Mapping[str, Vector]:
        known = dict(self.embedder.known(texts))
        if self._durable is not None and any(text not in known for text in texts):
            known = {**self._durable.known(items), **known}
        return known

    def _embed_beside(self, items: Sequence[Searchable], progress: Progress | None) -> None:
        def embed() -> None:
            try:
                vectors = self.embedder.passages((text for item in items for text in passages_of(item)), progress)
            except IndexFault as fault:
                self._without_meaning(fault)
                self._incomplete_since = monotonic()
                return
            with self._changing:
                if self._closed:
                    return
                self._beside = max(0, self._beside - 1)
                held = self.engine.contents()
                same = [item for item in items if held.get(item.id) == item.content_hash]
                if same:
                    self.engine.put(same, vectors, self.engine.revision())
                    if self._durable is not None:
                        self._durable.put(same, vectors)
                self._keep()

        before = self._embedding

        def after_those_before() -> None:
            if before is not None:
                before.join()
            embed()

        self._beside += 1
        self._embedding = Thread(target=after_those_before, daemon=True, name="embedding")
        self._embedding.start()

    def _keep(self) -> None:
        """Only an index with all its vectors is kept: the next start then sees what is missing."""
        if isinstance(self.engine, LocalEngine) and self._incomplete_since is None and not self._beside:
            self.engine.keep()

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
        """Knowledge that changed since is taken in first; what could not be embedded is tried again now and then."""
        source = self._source
        if source is None:
            return
        if source.revision() != self.engine.revision():
            self.refresh(source)
        if self._incomplete_since is not None and monotonic() - self._incomplete_since > RETRY_SECONDS:
            self._incomplete_since = monotonic()
            if self.background:
                Thread(target=self._complete, args=(source,), daemon=True, name="embedding").start()
            else:
                self._complete(source)

    def _complete(self, source: Source) -> None:
        with self._changing:
            self._incomplete_since, self._beside = None, 0
            for items in source.searchable(batch=BATCH):
                self._take_in(items, None)
            self._keep()

    def _search(self, query: Query, text: str) -> Findings:
        begun = perf_counter()
        allowed = Allowed(query.covered_roles, query.on)
        text = mended(text, lambda terms: self.engine.holding(terms, allowed))
        words, same_language = self._in_their_language(text, allowed)
        by_words = self._begun(partial(self.engine.by_words, asked_terms(words), allowed, CANDIDATES), allowed)
        started = perf_counter()
        meaning = self._meaning_of(text)
        embedded = perf_counter()
        hits = self._reranked(text, self._fused(by_words, meaning, allowed, same_language))
        by = knowing.BY_WORDS if meaning is None else knowing.BY_MEANING
        found = self._evidence(words, hits, allowed, by, same_language)
        sure = knowing.sureness(found, by) if found else -1.0
        lapsed = sure >= 0 and self._lapsed(words, meaning, allowed, hits[0].score + by.close, same_language)
        sure = min(sure, knowing.LAPSED) if lapsed else sure
        return Findings(
            hits=hits,
            known=sure >= 0,
            reason="lapsed" if lapsed else knowing.reason(hits, sure),
            sureness=sure,
            evidence=found,
            close=by.close,
            embed_ms=(embedded - started) * 1000,
            search_ms=(perf_counter() - embedded + started - begun) * 1000,
        )

    def _begun(self, search: Callable[[], Scores], allowed: Allowed) -> Callable[[], Scores]:
        """Begins a search of words in another thread where that is worth the change of threads."""
        if isinstance(self.engine, LocalEngine) and self.engine.visible(allowed).entries < BESIDE_FROM:
            return search
        beside = self._side.submit(search)
        # On a busy machine the other thread may not have begun yet: waiting for it would take longer.
        return lambda: search() if beside.cancel() else beside.result()

    def _in_their_language(self, text: str, allowed: Allowed) -> tuple[str, float]:
        """The question as its words are searched, and the share of the entries that are in its language."""
        english = self.engine.visible(allowed).english
        if not is_english(text):
            return text, 1 - english
        if english > HALF:
            return text, english
        return f"{text} {in_dutch(text)}" if english else in_dutch(text), TRANSLATED

    def _evidence(
        self, text: str, hits: Sequence[Hit], allowed: Allowed, by: Calibration, same_language: float
    ) -> Evidence | None:
        """What speaks for the best hit; None where there is none."""
        if not hits:
            return None
        found = evidence.gathered(text, hits, self.engine, allowed, by, same_language)
        return evidence.looked_at(found, hits, self.engine, allowed, by, self._meaning_of)

    def _lapsed(self, text: str, meaning: Vector | None, allowed: Allowed, least: float, same_language: float) -> bool:
        """Whether an entry that does not count on this day, and only therefore is no hit, is clearly nearer."""
        any_day = Allowed(allowed.covered_roles, None)
        if self.engine.visible(any_day).entries == self.engine.visible(allowed).entries:
            return False
        words = partial(self.engine.by_words, asked_terms(text), any_day, CANDIDATES)
        best = self._fused(words, meaning, any_day, same_language)[:1]
        return any(hit.score > least for hit in best)

    def _reranked(self, text: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The order of a reranker; that of the search itself where there is none or it fails."""
        if self.reranker is None:
            return hits
        try:
            return self.reranker.rerank(text, hits)
        except IndexFault as fault:
            log.warning("the reranker does not answer: %s", fault)
            return hits

    def _meaning_of(self, text: str) -> Vector | None:
        """The vector of a question; None while words alone answer."""
        embedding = self._embedding is not None and self._embedding.is_alive()
        if embedding or self._incomplete_since is not None or monotonic() < self._quiet_until:
            return None
        try:
            vector = self.embedder.question(text)
            self.embedder.scale()
            self.fault = None
        except IndexFault as fault:
            self._without_meaning(fault)
            self._quiet_until = monotonic() + RETRY_SECONDS
            return None
        return vector if len(vector) else None

    def _fused(
        self, by_words: Callable[[], Scores], meaning: Vector | None, allowed: Allowed, same_language: float
    ) -> tuple[Hit, ...]:
        if meaning is None:
            words = by_words()
            return hits_of(words, {}, words, retrieve.WEIGHT_OF_WORDS)
        near = dict(self.engine.by_meaning(meaning, allowed, CANDIDATES))
        words = by_words()
        beside = [entry for entry, share in words.items() if share > 0 and entry not in near]
        if beside:
            near |= self.engine.by_meaning(meaning, allowed, CANDIDATES, beside)
        scale = self.embedder.scale()
        cosines = {entry: scale.read(cosine) for entry, cosine in near.items()}
        return hits_of(near, cosines, words, retrieve.weight_of_words(same_language))


def _content(item: Searchable) -> str | None:
    return item.content_hash if item.status is Status.PUBLISHED else None


def _moved(progress: Progress | None, done: int) -> Progress | None:
    if progress is None:
        return None
    return lambda now, total: progress(done + now, done + total)
