"""One part of the search index: some entries with their words, vectors and who may see them, as fixed arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copilot.columns import Columns
from copilot.packs import Searchable
from copilot.vector_index import Vector, Vectors
from copilot.word_index import Postings
from copilot.words import terms_of


@dataclass(frozen=True)
class Part:
    """Entries in a fixed order; a change makes a new part."""

    ids: tuple[str, ...]
    hashes: tuple[str, ...]
    """The content of each entry, to tell what changed."""
    columns: Columns
    postings: Postings
    vectors: Vectors

    @classmethod
    def of(cls, items: Sequence[Searchable], vectors: Mapping[str, Vector], dimensions: int) -> Part:
        """From entries and the vectors of their passages; a passage without a vector is found by words alone."""
        passages = [[vectors[each] for each in passages_of(item) if each in vectors] for item in items]
        return cls(
            ids=tuple(item.id for item in items),
            hashes=tuple(item.content_hash for item in items),
            columns=Columns.of(items),
            postings=Postings.of([terms_of(weighted_texts(item)) for item in items]),
            vectors=Vectors.of(passages, dimensions),
        )


def passages_of(item: Searchable) -> tuple[str, ...]:
    """The texts of an entry that each get a vector: all of it in one.

    Measured on two packs: title with questions and text apart, or each question apart, finds no better, and
    takes longer to embed.
    """
    return ("\n".join((f"{item.title}.", *item.questions, item.body, *item.details)),)


def weighted_texts(item: Searchable) -> list[tuple[str, int]]:
    """The texts of an entry with how often each counts for word search."""
    texts = (*item.questions, *item.tags, item.body, *item.details)
    return [(item.title, 2), *((each, 1) for each in texts)]
