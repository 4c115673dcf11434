"""What the search index asks of an engine: to hold entries, and to rank those that may be seen.

Two exist: in this process (copilot.local_engine), and PostgreSQL (copilot.pgvector_store). Fusing, knowing
and choosing stay ours, whatever holds the entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from copilot.packs import Searchable
from copilot.vector_index import Vector

Scores = Mapping[str, float]
"""By entry."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whose question it is, and for which day: only entries visible to these roles and valid then take part."""

    covered_roles: frozenset[str]
    on: date | None
    """None = on any day: to tell what no longer counts, or not yet, from what was never written down."""


@dataclass(frozen=True, slots=True)
class Visible:
    """The entries that a question may be answered from."""

    entries: int
    english: float
    """The share of them that is in English."""


class Engine(Protocol):
    """Holds what can be found. Every method may raise IndexFault."""

    def revision(self) -> int:
        """The database's revision that it holds; 0 when it holds nothing."""

    def put(self, items: Sequence[Searchable], vectors: Mapping[str, Vector], revision: int) -> None:
        """Adds, replaces and (tombstones) removes entries, as one step, and moves to the revision.

        `vectors` holds those of the entries' passages; an entry without is found by words alone.
        """

    def clear(self) -> None: ...

    def contents(self) -> Mapping[str, str]:
        """The content hash of every entry that it holds."""

    def by_meaning(self, question: Vector, allowed: Allowed, limit: int, only: Sequence[str] = ()) -> Scores:
        """The entries nearest to the question, with their cosine; with `only`, those of them."""

    def by_words(self, terms: Mapping[int, float], allowed: Allowed, limit: int) -> Scores:
        """The entries with most of the question's terms, as a share of the ideal (copilot.word_scores).

        All statistics are taken over the allowed entries, so that hidden ones leave no trace.
        """

    def holding(self, terms: Sequence[int], allowed: Allowed) -> Sequence[int]:
        """How many of the allowed entries hold each of these terms."""

    def says(self, entry: str, terms: Sequence[int], allowed: Allowed) -> frozenset[int]:
        """Which of these terms an entry holds; none where it is not allowed."""

    def visible(self, allowed: Allowed) -> Visible:
        """What the allowed entries are like as a whole."""

    def close(self) -> None: ...
