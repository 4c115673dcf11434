"""Gathers from the search index what speaks for and against the best hit (copilot.knowing weighs it)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log1p

from copilot.domain import Hit
from copilot.knowing import Calibration, Evidence, Word, foreignness, lead_of, strangers, worth_a_look
from copilot.search_engine import Allowed, Engine
from copilot.vector_index import Vector
from copilot.words import content_words, terms_of_word

MeaningOf = Callable[[str], Vector | None]
"""The vector of a text; None while words alone answer."""


def gathered(
    text: str, hits: Sequence[Hit], engine: Engine, allowed: Allowed, by: Calibration, same_language: float = 1.0
) -> Evidence:
    """What can be told without a further look at meaning. `hits` holds at least one."""
    entries = engine.visible(allowed).entries
    words = _words(text, hits[0].entry, engine, allowed, entries)
    return Evidence(
        score=hits[0].score,
        lead=lead_of([hit.score for hit in hits], by.unrelated),
        entries=entries,
        words=words,
        same_language=same_language,
        foreign=None if strangers(words) else 0.0,
    )


def _words(text: str, entry: str, engine: Engine, allowed: Allowed, entries: int) -> tuple[Word, ...]:
    terms = {word: terms_of_word(word) for word in content_words(text)}
    if not terms:
        return ()
    stems = [stem for stem, *_ in terms.values()]
    said = engine.says(entry, stems, allowed)
    if unsaid := [run for stem, *runs in terms.values() if stem not in said for run in runs]:
        said |= engine.says(entry, unsaid, allowed)
    return tuple(
        Word(word, log1p((entries - held + 0.5) / (held + 0.5)), _share(terms[word], said))
        for word, held in zip(terms, engine.holding(stems, allowed), strict=True)
    )


def _share(terms: Sequence[int], said: frozenset[int]) -> float:
    stem, *runs = terms
    if stem in said:
        return 1.0
    return sum(run in said for run in runs) / len(runs) if runs else 0.0


def looked_at(
    evidence: Evidence,
    hits: Sequence[Hit],
    engine: Engine,
    allowed: Allowed,
    by: Calibration,
    meaning_of: MeaningOf,
) -> Evidence:
    """The evidence with the meaning of the unsaid words, where that can make the difference."""
    if not worth_a_look(evidence, by):
        return evidence
    vector = meaning_of(strangers(evidence.words))
    if vector is None:
        return evidence
    near = engine.by_meaning(vector, allowed, len(hits), [hit.entry for hit in hits])
    return replace(evidence, foreign=foreignness([near.get(hit.entry, 0.0) for hit in hits]))
