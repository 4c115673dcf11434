"""Finds the entries that somebody means who wants to change one: by id, or by words of any part. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

from copilot.domain import KnowledgeEntry
from copilot.words import asked_terms, terms_of

MOST: Final = 5
ENOUGH: Final = 0.4
"""Of the weight of all that was asked; what shares less only shares a part of a word."""


def matching(entries: Iterable[KnowledgeEntry], asked: str, most: int = MOST) -> list[KnowledgeEntry]:
    """The entry with this id alone, else those with most of the rarest words, the best first."""
    every = list(entries)
    exact = [each for each in every if each.id == asked.strip().lower()]
    weights = asked_terms(asked)
    if exact or not weights:
        return exact
    terms = {each.id: terms_of(_texts(each)).keys() & weights.keys() for each in every}
    known = Counter(term for found in terms.values() for term in found)
    rarity = {term: weight * math.log(1 + len(every) / (1 + known[term])) for term, weight in weights.items()}
    scored = [(sum(rarity[term] for term in terms[each.id]), each) for each in every]
    enough = ENOUGH * sum(rarity.values())
    scored = [each for each in scored if each[0] >= enough]
    return [entry for _, entry in sorted(scored, key=lambda each: (-each[0], each[1].id))[:most]]


def _texts(entry: KnowledgeEntry) -> list[tuple[str, int]]:
    names = " ".join((entry.id.replace("-", " "), entry.title, *entry.questions, *entry.tags))
    return [(names, 1), (entry.source or "", 1)]
