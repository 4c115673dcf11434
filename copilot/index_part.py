"""One part of the search index: some entries with their words, vectors and who may see them, as fixed arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from copilot.columns import Columns, Mask
from copilot.packs import Searchable
from copilot.vector_index import Vector, Vectors
from copilot.word_index import Postings
from copilot.words import counted_words

TITLE_COUNTS: Final = 2
"""Times that a title's words count in word search; the titles and questions of entries say most in fewest words."""


@dataclass(frozen=True)
class Part:
    """Entries in a fixed order; a change makes a new part."""

    ids: NDArray[np.bytes_]
    hashes: NDArray[np.bytes_]
    """The content of each entry, to tell what changed."""
    order: NDArray[np.int32]
    """The rows by their ids, to find one by its id."""
    columns: Columns
    postings: Postings
    vectors: Vectors
    place: str | None = None
    """Where it lies on disk, once it does (copilot.snapshot)."""

    @classmethod
    def of(cls, items: Sequence[Searchable], vectors: Mapping[str, Vector]) -> Part:
        """From entries and the vectors of their passages; an entry without vectors is found by words alone."""
        ids = _written(item.id for item in items)
        return cls(
            ids=ids,
            hashes=_written(item.content_hash for item in items),
            order=np.argsort(ids, kind="stable").astype(np.int32),
            columns=Columns.of(items),
            postings=Postings.of(counted_words(weighted_texts(item)) for item in items),
            vectors=Vectors.of(
                [vectors.get(whole_text(item)) for item in items],
                [[vectors[each] for each in ways_of_asking(item) if each in vectors] for item in items],
            ),
        )

    @classmethod
    def joined(cls, parts: Sequence[tuple[Part, Mask]]) -> Part:
        """The entries of several parts that still count, as one part."""
        masks = [alive for _, alive in parts]
        ids = np.concatenate([part.ids[alive] for part, alive in parts])
        return cls(
            ids=ids,
            hashes=np.concatenate([part.hashes[alive] for part, alive in parts]),
            order=np.argsort(ids, kind="stable").astype(np.int32),
            columns=Columns.joined([part.columns for part, _ in parts], masks),
            postings=Postings.joined([part.postings for part, _ in parts], masks),
            vectors=Vectors.joined([part.vectors for part, _ in parts], masks),
        )

    def rows_of(self, entries: Sequence[str]) -> NDArray[np.int64]:
        """The row of each of these entries, -1 where it is not in this part."""
        if not len(self.ids) or not entries:
            return np.full(len(entries), -1, np.int64)
        wanted = _written(entries)
        place = np.minimum(np.searchsorted(self.ids, wanted, sorter=self.order), len(self.ids) - 1)
        rows = self.order[place].astype(np.int64)
        return np.where(self.ids[rows] == wanted, rows, -1)

    def ids_of(self, rows: Sequence[int] | NDArray[np.int64]) -> list[str]:
        return [each.decode() for each in self.ids[rows].tolist()]


def _written(texts: Iterable[str]) -> NDArray[np.bytes_]:
    """As a column of equal width, which can lie in a file; bytes take a quarter of what letters do."""
    return np.array([text.encode("utf-8", "replace") for text in texts], np.bytes_)


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
