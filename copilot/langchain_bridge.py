"""The same finding for chains of somebody else's: a LangChain retriever over the index and the database.

    retriever = as_retriever(index, store, roles=["medewerker"])
    documents = retriever.invoke("bonnetje kwijt")

Documents are entries that the roles may see and that count today; nothing else ever leaves the database. An
empty list means: not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from copilot import retrieve
from copilot.domain import KnowledgeEntry, Organisation
from copilot.embedders import Remembering
from copilot.retrieve import Choice, Findings, Query


class Library(Protocol):
    """The knowledge as the database has it at this moment."""

    def organisation(self) -> Organisation: ...

    def living(self, ids: Iterable[str], covered_roles: frozenset[str], on: date) -> Mapping[str, KnowledgeEntry]: ...


class Finder(Protocol):
    """Finds the entries that may answer."""

    def find(self, query: Query) -> Findings: ...


class KnowledgeRetriever(BaseRetriever):
    """Entries that may answer, best first, with their scores; none when nothing relevant is known."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    finder: Any
    library: Any
    roles: tuple[str, ...]
    on: date | None = None
    """The day; None = today."""
    k: int = 4

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        covered = self.library.organisation().covered_by(self.roles)
        on = self.on or datetime.now().astimezone().date()
        findings = self.finder.find(Query(text=query, covered_roles=covered, on=on))
        if not findings.known:
            return []
        hits = findings.hits[: self.k]
        living = self.library.living([hit.entry for hit in hits], covered, on)
        return [_document(living[hit.entry], hit.score) for hit in hits if hit.entry in living]


class EmbedderForLangChain(Embeddings):
    """Our embedder as LangChain's, for vector stores of somebody else's (such as langchain_chroma)."""

    def __init__(self, embedder: Remembering) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors = self.embedder.passages(texts)
        return [vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.embedder.question(text).tolist()
        return vector


def as_retriever(
    finder: Finder, library: Library, *, roles: Sequence[str], on: date | None = None, k: int = 4
) -> KnowledgeRetriever:
    """A retriever that sees what these roles may see."""
    return KnowledgeRetriever(finder=finder, library=library, roles=tuple(roles), on=on, k=k)


def as_runnable(
    finder: Finder, library: Library, *, roles: Sequence[str], on: Callable[[], date] | None = None
) -> Runnable[str, Choice]:
    """A runnable from a question to what an answer would rest on: mandate, solution, policies."""

    def choose(question: str) -> Choice:
        covered = library.organisation().covered_by(roles)
        day = on() if on else datetime.now().astimezone().date()
        query = Query(text=question, covered_roles=covered, on=day)
        findings = finder.find(query)
        entries = library.living([hit.entry for hit in findings.hits], covered, day)
        return retrieve.choose(findings, entries, query)

    return RunnableLambda(choose)


def _document(entry: KnowledgeEntry, score: float) -> Document:
    told = {
        "entry": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "version": entry.version,
        "source": entry.source,
        "score": score,
    }
    return Document(page_content=f"{entry.title}\n\n{entry.body}".strip(), metadata=told, id=entry.id)
