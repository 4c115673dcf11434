"""Codes of vectors: what a bit a dimension tells, and that the nearest are still found when only codes are read."""

from __future__ import annotations

import numpy as np
import pytest

from copilot import vector_index
from copilot.vector_codes import Codes, Matrix
from copilot.vector_index import Vectors

NUMBERS = np.random.default_rng(7)


def unit(matrix: Matrix) -> Matrix:
    return (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)


def about(subjects: Matrix, count: int) -> Matrix:
    """Texts about one or two of these subjects, as sentences in a text are."""
    chosen = NUMBERS.integers(0, len(subjects), (2, count))
    share = NUMBERS.random((count, 1))
    return unit(share * subjects[chosen[0]] + (1 - share) * subjects[chosen[1]] + 0.02)


SUBJECTS = unit(NUMBERS.standard_normal((150, 384)) + 1.0)
TEXTS, QUESTIONS = about(SUBJECTS, 6_000), about(SUBJECTS, 100)
MASKS = [None, np.arange(6_000) % 3 == 1, np.arange(6_000) < 300, np.zeros(6_000, np.bool_)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if 6,000 vectors were a hundred thousand."""
    for name, value in {"CODED_FROM": 1_000, "ESTIMATED": 1_500, "COMPARED": 250}.items():
        monkeypatch.setattr(vector_index, name, value)


@pytest.mark.parametrize("dimensions", [3, 64, 100])
def test_the_bits_that_differ_are_counted(dimensions: int) -> None:
    matrix, question = (
        unit(NUMBERS.standard_normal((50, dimensions))),
        unit(NUMBERS.standard_normal((1, dimensions)))[0],
    )
    codes = Codes.of(matrix)
    expected = ((matrix > codes.middle) != (question > codes.middle)).sum(1)
    assert codes.differing(question).tolist() == expected.tolist()


def test_an_estimate_is_near_the_cosine() -> None:
    codes, rows = Codes.of(TEXTS), np.arange(len(TEXTS))
    for question in QUESTIONS[:10]:
        errors = codes.estimated(question, rows) - TEXTS @ question
        assert abs(float(errors.mean())) < 0.03
        assert float(np.abs(errors).max()) < 0.15


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("ways", [0, 2])
def test_the_ten_nearest_are_found_by_their_codes(small: None, mask: vector_index.Mask | None, ways: int) -> None:
    asked = [list(about(SUBJECTS[place % 150 :][:1], ways)) if place % 2 else [] for place in range(len(TEXTS))]
    vectors = Vectors.of(list(TEXTS), asked)
    assert vectors.whole_codes.size == len(TEXTS)
    same = 0
    for question in QUESTIONS:
        exact = vectors.nearness(question)
        expected = np.argsort(-np.where(True if mask is None else mask, exact, -np.inf), kind="stable")
        expected = expected[:10] if mask is None else expected[: min(10, int(mask.sum()))]
        rows, near = vectors.nearest(question, mask, 50)
        assert np.allclose(near, exact[rows], atol=1e-6)
        assert mask is None or mask[rows].all()
        same += set(expected.tolist()) <= set(rows.tolist())
    assert same >= 99


def test_few_vectors_have_no_codes() -> None:
    assert Vectors.of(list(TEXTS[:100]), [[]] * 100).whole_codes.size == 0


def test_a_question_by_another_embedder_is_near_to_nothing(small: None) -> None:
    _, near = Vectors.of(list(TEXTS), [[]] * len(TEXTS)).nearest(QUESTIONS[0][:100], None, 10)
    assert not near.any()
