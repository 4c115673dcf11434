"""Finds the entries that somebody means who wants to change one: by id, or by words of any part. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from copilot.domain import KnowledgeEntry
from copilot.words import asked_terms, terms_of_word, words_of

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
    meant = cache(lambda word: frozenset(terms_of_word(word)) & weights.keys())
    terms = {each.id: frozenset[int]().union(*map(meant, set(words_of(_text(each))))) for each in every}
    known = Counter(term for found in terms.values() for term in found)
    rarity = {term: weight * math.log(1 + len(every) / (1 + known[term])) for term, weight in weights.items()}
    scored = [(sum(rarity[term] for term in terms[each.id]), each) for each in every]
    enough = ENOUGH * sum(rarity.values())
    scored = [each for each in scored if each[0] >= enough]
    return [entry for _, entry in sorted(scored, key=lambda each: (-each[0], each[1].id))[:most]]


def _text(entry: KnowledgeEntry) -> str:
    return " ".join((entry.id.replace("-", " "), entry.title, *entry.questions, *entry.tags, entry.source or ""))
