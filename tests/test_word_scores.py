"""The scores of word search, and that the best are still found when only the most telling terms are read."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from copilot import word_scores
from copilot.word_index import Postings
from copilot.word_scores import K1, B
from copilot.words import terms_of_word

NUMBERS = np.random.default_rng(11)
WORDS = [f"woord{number}" for number in range(400)]
COMMON = 1 / np.arange(1, len(WORDS) + 1)
"""The hundredth word is a hundredth as common as the first, as in any language (Zipf)."""
TEXTS = [Counter(NUMBERS.choice(WORDS, 30, p=COMMON / COMMON.sum()).tolist()) for _ in range(3_000)]
POSTINGS = Postings.of(TEXTS)
DAMPED = word_scores.damping(POSTINGS, float(POSTINGS.lengths.mean()))


def asked(words: list[str]) -> tuple[np.ndarray, np.ndarray]:
    terms = np.array(list(dict.fromkeys(term for word in words for term in terms_of_word(word))), np.uint64)
    return terms, word_scores.rarity(len(TEXTS), POSTINGS.holding(terms, None).tolist())


def test_a_score_is_bm25_as_a_share_of_the_ideal() -> None:
    postings = Postings.of([{"bon": 2}, {"pas": 1}])
    terms = postings.terms[:1]
    holder = int(postings.entries[0])
    rows, scores = word_scores.best(postings, terms, np.array([0.7]), word_scores.damping(postings, 4.0), None, 5)
    count, length = float(postings.counts[0]), float(postings.lengths[holder])
    assert rows.tolist() == [holder]
    assert math.isclose(scores[0], count * (K1 + 1) / (count + K1 * (1 - B + B * length / 4)), rel_tol=1e-5)


@pytest.mark.parametrize("mask", [None, np.arange(3_000) % 4 == 2, np.arange(3_000) < 40, np.zeros(3_000, np.bool_)])
def test_the_ten_best_are_found_by_the_most_telling_terms(
    monkeypatch: pytest.MonkeyPatch, mask: np.ndarray | None
) -> None:
    same = 0
    for _ in range(100):
        words = NUMBERS.choice(WORDS, 6, p=COMMON / COMMON.sum()).tolist()
        terms, weights = asked(words)
        rows, scores = word_scores.best(POSTINGS, terms, weights, DAMPED, mask, len(TEXTS))
        exact = dict(zip(rows.tolist(), scores.tolist(), strict=True))
        with monkeypatch.context() as little:
            for name, value in {"READ_WHOLE": 2_000, "READ_FIRST": 1.7, "SCORED": 600}.items():
                little.setattr(word_scores, name, value)
            rows, scores = word_scores.best(POSTINGS, terms, weights, DAMPED, mask, 50)
        found = dict(zip(rows.tolist(), scores.tolist(), strict=True))
        assert all(math.isclose(exact[row], score, abs_tol=1e-6) for row, score in found.items())
        ten, best = (sorted(each.values(), reverse=True)[:10] for each in (found, exact))
        same += len(ten) == len(best) and bool(np.allclose(ten, best, atol=1e-6))
    assert same >= 99
