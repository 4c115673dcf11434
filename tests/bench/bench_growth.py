"""How finding grows: 1,000 to 1,000,000 texts, each size in processes of its own, so that memory is what a user meets.

Run: tests/bench/run bench_growth, before bench_search, which draws the tables. SIZES=1000,5000 picks other sizes
than the default; FOLDER=somewhere keeps the indexes there, and measures those that it finds without loading them
again. A first load is killed (kill -9) on its way and must go on from what was kept. Questions are embedded by the
bundled model; the texts are shuffled real sentences with vectors of chance, since embedding a
million texts would take days on such a machine and makes finding no slower or faster.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from copilot.domain import Kind, Status
from copilot.e5 import E5
from copilot.embedders import Remembering
from copilot.indexes import SearchIndex
from copilot.packs import Searchable
from copilot.retrieve import Query
from copilot.vector_index import Vector
from copilot.yardstick import Scale
from tests.bench.search_sets import RESULTS, sentences

SIZES = [int(each) for each in os.environ.get("SIZES", "1000,5000,20000,100000,1000000").split(",")]
EVERYONE, FEW = frozenset({"r0", "r1", "r2"}), frozenset({"r1"})
ALL_VALID, SOME_VALID = date(2026, 1, 15), date(2026, 11, 22)
FOLDER = os.environ.get("FOLDER")
ROUNDS = 3
"""Processes that ask, one after another: each figure is the median of theirs."""
TURNS = 3
"""Times that each question is asked: the least of them is what nothing else disturbed."""
ASKED, ASKED_OF_MANY = 200, 60
"""Questions in each of the three ways that are compared, in turns; the latter of more than 100,000 texts."""


class Invented:
    """Questions by the bundled model; the vectors of texts by chance."""

    name, dimensions = E5.name, E5.dimensions
    scale: Scale | None = Scale()

    def __init__(self, size: int) -> None:
        self.model, self.numbers = E5(), np.random.default_rng(size)
        self.question, self.describe, self.close = self.model.question, self.model.describe, self.model.close

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        vectors = self.numbers.standard_normal((len(texts), self.dimensions), dtype=np.float32)
        return list(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


class Growing:
    """The database: so many invented texts, half of them for one role only, a fifth no longer valid."""

    def __init__(self, size: int) -> None:
        self.size, self.sentences = size, sentences()[0]

    def revision(self) -> int:
        return self.size

    def searchable(self, after: int = 0, batch: int = 1000) -> Iterator[list[Searchable]]:
        for start in range(after, self.size, batch):
            yield [self.item(number) for number in range(start, min(self.size, start + batch))]

    def item(self, number: int) -> Searchable:
        chance = random.Random(number)
        return Searchable(
            id=f"entry-{number}", version=1, status=Status.PUBLISHED, kind=Kind.POLICY, title="",
            body=". ".join(chance.choice(self.sentences) for _ in range(6)), content_hash=str(number),
            audience=(f"r{number % 3}",) if number % 2 else (), revision=number + 1,
            valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1) if number % 5 else date(2026, 2, 1),
        )  # fmt: skip


def opened(size: int, folder: str) -> SearchIndex:
    index = SearchIndex(Remembering(Invented(size)), Path(folder))
    index._durable = None  # Chroma keeps vectors beside the index and has its own speed; see the reference
    return index


def memory() -> dict[str, float]:
    """Megabytes: the peak, and of what is held now the part that no other program could use meanwhile."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    told = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith(" kB")}
    return {"peak_mb": told["VmHWM"], "held_mb": told["VmRSS"], "own_mb": told["RssAnon"]}


def load(size: int, folder: str) -> None:
    """Child: follows the database to its end; each batch a line."""
    index = opened(size, folder)
    begun, started = index.engine.revision(), time.perf_counter()
    index.refresh(Growing(size), lambda done, total: print(done, flush=True))
    assert len(index.engine.contents()) == size
    seconds = time.perf_counter() - started
    print(json.dumps({"from": begun, "load_s": seconds, **memory()}), flush=True)


def ask(size: int, folder: str) -> None:
    """Child: opens what was kept and answers, beside the bare embedding of the same questions, in turns."""
    started = time.perf_counter()
    index = opened(size, folder)
    opening = time.perf_counter() - started
    questions = sentences()[1]

    def find(text: str, roles: frozenset[str], on: date) -> Callable[[], Any]:
        return lambda: index.find(Query(text=text, covered_roles=roles, on=on))

    find(questions[0], EVERYONE, ALL_VALID)()
    find(questions[0], FEW, SOME_VALID)()
    first = memory()
    took: dict[str, list[float]] = {"embedding": [], "find": [], "filtered": []}
    worked: dict[str, list[float]] = {way: [] for way in took}
    asked = questions[1 : 1 + (ASKED if size <= 100_000 else ASKED_OF_MANY)]
    for text in asked * TURNS:
        ways = {
            "embedding": partial(index.embedder.question, text),
            "find": find(text, EVERYONE, ALL_VALID),
            "filtered": find(text, FEW, SOME_VALID),
        }
        for way, call in ways.items():
            started, busy = time.perf_counter(), time.process_time()
            call()
            worked[way].append((time.process_time() - busy) * 1000)
            took[way].append((time.perf_counter() - started) * 1000)
    median = {way: float(np.median(times)) for way, times in took.items()}
    processor = {way: float(np.median(times)) for way, times in worked.items()}
    least = {way: float(np.median(np.reshape(times, (TURNS, -1)).min(0))) for way, times in took.items()}
    late = {way: float(np.quantile(times, 0.95)) for way, times in took.items()}
    print(
        json.dumps(
            {
                "open_ms": opening * 1000,
                "embedding_ms": median["embedding"],
                "find_ms": median["find"],
                "to_embedding": median["find"] / median["embedding"],
                "to_embedding_p95": late["find"] / late["embedding"],
                "to_embedding_undisturbed": least["find"] / least["embedding"],
                "to_embedding_processor": processor["find"] / processor["embedding"],
                "filtered_to_unfiltered": median["filtered"] / median["find"],
                "filtered_to_unfiltered_undisturbed": least["filtered"] / least["find"],
                "filtered_to_unfiltered_processor": processor["filtered"] / processor["find"],
                "first_answer_mb": first["held_mb"],
                **memory(),
            }
        ),
        flush=True,
    )


def child(way: str, size: int, folder: str) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, way, str(size), folder]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."})


def last_line(running: subprocess.Popen[str]) -> dict[str, float]:
    assert running.stdout is not None
    *_, last = running.stdout
    if running.wait():
        raise SystemExit("a child failed; what it said stands above")
    found: dict[str, float] = json.loads(last)
    return found


def killed_halfway(size: int, folder: str) -> None:
    """kill -9 once six tenths are in."""
    running = child("load", size, folder)
    assert running.stdout is not None
    for line in running.stdout:
        if line.strip().isdigit() and int(line) >= 0.6 * size:
            break
    running.send_signal(signal.SIGKILL)
    running.wait()


def loaded(size: int, folder: str) -> dict[str, float]:
    killed_halfway(size, folder)
    resumed = last_line(child("load", size, folder))
    return {
        "resumed_from": resumed["from"],
        "load_texts_a_second": (size - resumed["from"]) / resumed["load_s"],
        "load_peak_mb": resumed["peak_mb"],
        "load_own_mb": resumed["own_mb"],
        "disk_mb": sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1024**2,
    }


def grown(size: int) -> dict[str, float]:
    with nullcontext(f"{FOLDER}/{size}") if FOLDER else tempfile.TemporaryDirectory() as folder:
        found = {} if Path(folder).exists() and any(Path(folder).iterdir()) else loaded(size, folder)
        busy = os.getloadavg()[0]
        rounds = [last_line(child("ask", size, folder)) for _ in range(ROUNDS)]
    found |= {name: float(np.median([each[name] for each in rounds])) for name in rounds[0]}
    found["to_embedding_least"] = min(each["to_embedding"] for each in rounds)
    return {**found, "load_average_before": busy}


def main() -> None:
    path = RESULTS / "search.json"
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for size in SIZES:
        figures = grown(size)
        told.setdefault("grown", {}).setdefault(str(size), {}).update(figures)
        print(size, {key: round(value, 3) for key, value in figures.items()}, flush=True)
        path.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        {"load": load, "ask": ask}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
    else:
        main()
