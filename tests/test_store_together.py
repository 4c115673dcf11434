"""Several processes and threads on one database: they wait for each other, and nobody overwrites anybody."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest

from copilot.domain import Status
from copilot.errors import Conflict
from tests.store_world import TODAY, decision_of, store_at, suggestion_of, text_of

PROCESSES, WRITES = 4, 10
THREADS = 8


def test_processes_that_start_together_on_an_empty_database_all_work(database_url: str) -> None:
    run = [sys.executable, "-m", "tests.store_worker", "race", database_url]
    workers = [
        subprocess.Popen([*run, f"w{number}", str(WRITES)], stderr=subprocess.PIPE, text=True)
        for number in range(PROCESSES)
    ]
    for worker in workers:
        _, complaint = worker.communicate(timeout=300)
        assert (worker.returncode, complaint) == (0, "")
    with store_at(database_url) as store:
        shared = store.history("samen")
        assert [version.number for version in shared] == [*range(1, len(shared) + 1)]
        for number in range(PROCESSES):
            name = f"w{number}"
            own = [version.text for version in store.history(name)]
            assert own == [text_of(name, f"Tekst {each}.") for each in range(WRITES)]
            assert [v.text for v in shared if v.by == name and v.path is None] == [
                text_of("samen", f"{name} {each}.") for each in range(WRITES)
            ]
        assert len(store.thread("samen", limit=1000)) == PROCESSES * WRITES
        assert store.revision() == len(store.changes(limit=1000)) - 1, "one revision for each change, none shared"


def test_of_many_who_save_over_the_same_version_exactly_one_succeeds(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        start = Barrier(THREADS)

        def save(number: int) -> bool:
            start.wait()
            try:
                store.save_version(text_of("brood", f"{number}."), by=f"p{number}", expected=1)
            except Conflict:
                return False
            return True

        with ThreadPoolExecutor(THREADS) as threads:
            assert sum(threads.map(save, range(THREADS))) == 1
        assert len(store.history("brood")) == 2


def test_a_grant_that_many_tap_at_once_counts_once(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.record(suggestion_of("1", decision=decision_of()))

        def tap(number: int) -> bool:
            return store.grant("a-1", by=f"p{number}", amount=Decimal("5"), key="k")

        with ThreadPoolExecutor(THREADS) as threads:
            assert sum(threads.map(tap, range(THREADS))) == 1
        assert len(store.granted("korting", "k", since=TODAY)) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgres", "memory"])
def test_threads_read_and_write_side_by_side(request: pytest.FixtureRequest, kind: str) -> None:
    url = "sqlite://" if kind == "memory" else request.getfixturevalue(f"{kind}_url")
    with store_at(url, text_of("brood")) as store:

        def work(number: int) -> None:
            for step in range(10):
                store.record(suggestion_of(f"{number}-{step}", thread=f"t{number}"))
                assert [*store.living(["brood"], frozenset(), TODAY)] == ["brood"]
                store.save_version(text_of("brood", f"{number} {step}."), by="p", status=Status.PUBLISHED)
                assert len(store.thread(f"t{number}", limit=100)) == step + 1

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(work, range(THREADS)))
        assert len(store.questions()) == THREADS * 10
        assert len(store.history("brood")) == THREADS * 10 + 1
