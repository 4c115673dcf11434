"""How often the first look among very many entries misses one of the best ten, by meaning and by words.

Run: tests/bench/run bench_coarse, before bench_search, which draws the table. By meaning: real sentences of the shared
sets, embedded by the bundled model and blended in threes (one subject mostly, two others a little) to so many texts as
are wanted, and real questions. By words: the indexes that bench_growth keeps with FOLDER=somewhere; without FOLDER
that part is left out. SIZES=100000 picks the sizes.
"""

from __future__ import annotations

import json
import os
import random
import re
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copilot import word_scores
from copilot.e5 import E5
from copilot.embedders import Remembering
from copilot.local_engine import LocalEngine
from copilot.search_engine import Allowed
from copilot.vector_cache import VectorCache
from copilot.vector_index import Matrix, Vectors
from copilot.words import asked_terms
from tests.bench.search_sets import RESULTS, SETS, WORK, read_set

SIZES = [int(each) for each in os.environ.get("SIZES", "100000,1000000").split(",")]
FOLDER = os.environ.get("FOLDER")
QUESTIONS = 500
TEN = 10
AT_ONCE = 50_000
EVERYONE = frozenset({"r0", "r1", "r2"})
ON = date(2026, 1, 15)


def sentences() -> list[str]:
    texts = (text for name in SETS for text in read_set(name).texts.values())
    parts = (part.strip() for text in texts for part in re.split(r"(?<=[.!?])\s+|\n", text))
    return sorted({part for part in parts if 20 < len(part) < 400})


def questions() -> list[str]:
    asked = sorted({text for name in SETS for text in read_set(name).questions.values()})
    return random.Random(5).sample(asked, QUESTIONS)


def blended(told: Matrix, size: int) -> Matrix:
    chance = np.random.default_rng(3)
    texts = np.empty((size, told.shape[1]), np.float32)
    for start in range(0, size, AT_ONCE):
        count = min(AT_ONCE, size - start)
        shares = chance.dirichlet([0.5] * 3, count).astype(np.float32)
        made = sum(share[:, None] * told[chance.integers(0, len(told), count)] for share in shares.T)
        texts[start : start + count] = made / np.linalg.norm(made, axis=1, keepdims=True)
    return texts


def by_meaning(told: Matrix, asked: Matrix, size: int) -> dict[str, float]:
    """The share of questions of which all ten nearest texts are found, with and without a mask that hides half."""
    texts = blended(told, size)
    none = np.zeros((0, texts.shape[1]), np.float32)
    vectors = Vectors._with_codes(texts, none, np.zeros(0, np.int32), np.zeros(0, np.int64))
    half = np.random.default_rng(4).random(size) < 0.5
    whole: dict[str, list[bool]] = {"meaning": [], "meaning_filtered": []}
    first = []
    for question in asked:
        exact = vectors.nearness(question)
        for way, mask in (("meaning", None), ("meaning_filtered", half)):
            best = _best_ten(exact if mask is None else np.where(mask, exact, -1))
            rows, _ = vectors.nearest(question, mask, 50)
            whole[way].append(set(best.tolist()) <= set(rows.tolist()))
            first.append(int(best[0]) in rows)
    return {**{way: float(np.mean(each)) for way, each in whole.items()}, "meaning_best_one": float(np.mean(first))}


def _best_ten(scores: NDArray[np.floating]) -> NDArray[np.int64]:
    rows = np.argpartition(scores, -TEN)[-TEN:]
    return rows[np.argsort(-scores[rows])]


def by_words(size: int, texts: list[str]) -> dict[str, float]:
    """The share of questions of which the ten best scores are those of a full reading."""
    engine, allowed = LocalEngine(E5.name, Path(f"{FOLDER}/{size}/snapshot")), Allowed(EVERYONE, ON)
    assert len(engine.contents()) == size
    limit, same = word_scores.READ_WHOLE, []
    for text in texts:
        ways = []
        for word_scores.READ_WHOLE in (limit, 10**12):
            ways.append(list(engine.by_words(asked_terms(text), allowed, 50).values())[:TEN])
        same.append(ways[0] == ways[1])
    word_scores.READ_WHOLE = limit
    return {"words": float(np.mean(same))}


def main() -> None:
    path = RESULTS / "search.json"
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    model, asked = E5(), questions()
    known = Remembering(model, VectorCache(WORK)).passages(sentences())
    matrix, vectors = np.array(list(known.values())), np.array([model.question(text) for text in asked])
    for size in SIZES:
        found = by_meaning(matrix, vectors, size) | (by_words(size, asked) if FOLDER else {})
        told.setdefault("coarse", {}).setdefault(str(size), {}).update(found)
        print(size, found, flush=True)
    path.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
