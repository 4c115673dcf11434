"""One part of the search index: some entries with their words, vectors and who may see them, as fixed arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from copilot.columns import Columns, Mask
from copilot.packs import Searchable
from copilot.vector_index import Vector, Vectors
from copilot.word_index import Postings
from copilot.words import terms_of

TITLE_COUNTS: Final = 2
"""Times that a title's words count in word search; the titles and questions of entries say most in fewest words."""


@dataclass(frozen=True)
class Part:
    """Entries in a fixed order; a change makes a new part."""

    ids: tuple[str, ...]
    hashes: tuple[str, ...]
    """The content of each entry, to tell what changed."""
    columns: Columns
    postings: Postings
    vectors: Vectors
    place: str | None = None
    """Where it lies on disk, once it does (copilot.snapshot)."""

    @classmethod
    def of(cls, items: Sequence[Searchable], vectors: Mapping[str, Vector]) -> Part:
        """From entries and the vectors of their passages; an entry without vectors is found by words alone."""
        return cls(
            ids=tuple(item.id for item in items),
            hashes=tuple(item.content_hash for item in items),
            columns=Columns.of(items),
            postings=Postings.of(terms_of(weighted_texts(item)) for item in items),
            vectors=Vectors.of(
                [vectors.get(whole_text(item)) for item in items],
                [[vectors[each] for each in ways_of_asking(item) if each in vectors] for item in items],
            ),
        )

    @classmethod
    def joined(cls, parts: Sequence[tuple[Part, Mask]]) -> Part:
        """The entries of several parts that still count, as one part."""
        masks = [alive for _, alive in parts]
        kept = [(part, np.flatnonzero(alive)) for part, alive in parts]
        return cls(
            ids=tuple(part.ids[row] for part, rows in kept for row in rows),
            hashes=tuple(part.hashes[row] for part, rows in kept for row in rows),
            columns=Columns.joined([part.columns for part, _ in parts], masks),
            postings=Postings.joined([part.postings for part, _ in parts], masks),
            vectors=Vectors.joined([part.vectors for part, _ in parts], masks),
        )

    @cached_property
    def rows(self) -> Mapping[str, int]:
        return {each: row for row, each in enumerate(self.ids)}


def passages_of(item: Searchable) -> tuple[str, ...]:
    """The texts of an entry that each get a vector."""
    return (whole_text(item), *ways_of_asking(item))


def whole_text(item: Searchable) -> str:
    title = f"{item.title}." if item.title else ""
    return "\n".join(filter(None, (title, *item.questions, item.body, *item.details)))


def ways_of_asking(item: Searchable) -> tuple[str, ...]:
    """Its title and questions; none without questions, since a bare title says too little."""
    return (item.title, *item.questions) if item.questions else ()


def weighted_texts(item: Searchable) -> list[tuple[str, int]]:
    """The texts of an entry with how often each counts for word search."""
    texts = (*item.questions, *item.tags, item.body, *item.details)
    return [(item.title, TITLE_COUNTS), *((each, 1) for each in texts)]
