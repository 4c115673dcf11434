"""What finding is measured on: the shared development sets, the two packs with their cases, and invented texts."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from copilot import app
from copilot.domain import Kind, Status
from copilot.packs import Searchable

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "retrieval"
SAMPLE = ROOT / "knowledge" / "hele-klant"
RESULTS = Path(__file__).with_name("results")
WORK = ROOT / ".pytest_cache" / "bench"
SETS = ("corona-nl", "debfaq-nl", "alchemy-nl", "alchemy-en2nl", "corona-en")
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class SearchSet:
    """Texts, questions and which texts answer which question."""

    name: str
    texts: Mapping[str, str]
    questions: Mapping[str, str]
    right: Mapping[str, frozenset[str]]


def read_set(name: str, most: int | None = None) -> SearchSet:
    """A shared set; with `most`, that many of its questions, evenly spread."""
    folder = SHARED / name
    texts = {row["id"]: row["text"] for row in _rows(folder / "corpus.jsonl")}
    questions = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    if most and len(questions) > most:
        step = len(questions) / most
        keys = list(questions)
        questions = {keys[int(place * step)]: questions[keys[int(place * step)]] for place in range(most)}
    right: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        question, text, _ = line.split()
        right.setdefault(question, set()).add(text)
    return SearchSet(name, texts, questions, {key: frozenset(right[key]) for key in questions})


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_items(texts: Mapping[str, str]) -> list[Searchable]:
    return [
        Searchable(id=key, version=1, status=Status.PUBLISHED, kind=Kind.POLICY, title="", body=text, content_hash=key)
        for key, text in texts.items()
    ]


def misspelt(text: str, chance: random.Random) -> str:
    """One swap or loss of letters in a third of the words of six letters and more."""
    found = []
    for word in text.split():
        if len(word) >= 6 and chance.random() < 1 / 3:
            at = chance.randrange(1, len(word) - 2)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            word = swapped if chance.random() < 0.5 else word[:at] + word[at + 1 :]
        found.append(word)
    return " ".join(found)


def ndcg(ranked: Sequence[str], right: frozenset[str], most: int = 10) -> float:
    gained = sum(1 / np.log2(place + 2) for place, each in enumerate(ranked[:most]) if each in right)
    return float(gained / sum(1 / np.log2(place + 2) for place in range(min(most, len(right)))))


def first_place(ranked: Sequence[str], right: frozenset[str]) -> int:
    """Counted from 1; 0 when none is there."""
    return next((place for place, each in enumerate(ranked, 1) if each in right), 0)


def measures(rankings: Sequence[Sequence[str]], right: Sequence[frozenset[str]]) -> dict[str, float]:
    places = [first_place(ranked, each) for ranked, each in zip(rankings, right, strict=True)]
    pairs = zip(rankings, right, strict=True)
    return {
        "ndcg10": float(np.mean([ndcg(ranked, each) for ranked, each in pairs])),
        "recall1": float(np.mean([place == 1 for place in places])),
        "recall5": float(np.mean([0 < place <= 5 for place in places])),
        "mrr": float(np.mean([1 / place if place else 0.0 for place in places])),
    }


def bootstrap(ours: Sequence[float], theirs: Sequence[float], rounds: int = 2000) -> tuple[float, float, float]:
    """Mean difference with the 95 % interval of a paired bootstrap."""
    difference = np.array(ours) - np.array(theirs)
    chance = np.random.default_rng(7)
    means = difference[chance.integers(0, len(difference), (rounds, len(difference)))].mean(1)
    return float(difference.mean()), float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def sentences() -> tuple[list[str], list[str]]:
    """Real sentences to make many texts of, and real questions."""
    if SHARED.is_dir():
        each = read_set("alchemy-nl", 300)
        told = [part for text in each.texts.values() for part in text.split(". ") if 20 < len(part) < 300]
        return told, list(each.questions.values())
    store, _ = app.throw_away(SAMPLE)
    with store:
        items = [item for batch in store.searchable() for item in batch]
    return [part for item in items for part in item.body.split(". ")], [
        each for item in items for each in item.questions
    ]
