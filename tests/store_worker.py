"""Separate processes that use one database, for the tests of the store.

`python -m tests.store_worker race URL NAME COUNT`   opens, writes COUNT times as NAME, says what was written
`python -m tests.store_worker killed URL ROUNDS SEED` lets a writer be killed that often, says what it acknowledged
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from decimal import Decimal
from typing import Any

from copilot.domain import Feedback, Status
from tests.store_world import decision_of, pack_of, store_at, suggestion_of, text_of

MOST_WRITES = 6
LONGEST_AFTER = 0.01
"""Seconds between the last write that is waited for and the kill: a few writes, or a good part of an opening."""
ENTRIES = ("brood", "taart", "koek")

Told = dict[str, Any]


def race(url: str, name: str, count: int) -> None:
    """Opens the database at the same time as others, edits one entry of its own and one of all, and asks."""
    with store_at(url) as store:
        store.import_pack(pack_of(text_of("samen")), by=name, choose="ours")  # another may have edited it already
        for number in range(count):
            store.save_version(text_of(name, f"Tekst {number}."), by=name, status=Status.PUBLISHED)
            store.save_version(text_of("samen", f"{name} {number}."), by=name, status=Status.PUBLISHED)
            store.record(suggestion_of(f"{name}-{number}", thread="samen"))


def killed(url: str, rounds: int, seed: int) -> list[Told]:
    """Everything that writers acknowledged before each was killed with kill -9 at a random moment."""
    chance = random.Random(seed)
    told: list[Told] = []
    for number in range(rounds):
        told += _one_life(url, number, chance)
    return told


def _one_life(url: str, number: int, chance: random.Random) -> list[Told]:
    writes, seconds, seed = chance.randrange(MOST_WRITES), chance.uniform(0, LONGEST_AFTER), chance.random()
    ear, mouth = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(ear)
        _write_until_killed(url, number, seed, mouth)
    os.close(mouth)
    with os.fdopen(ear, "rb") as heard:
        lines = [heard.readline() for _ in range(writes)]
        time.sleep(seconds)
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        return [json.loads(line) for line in (*lines, *heard) if line.endswith(b"\n")]


def _write_until_killed(url: str, number: int, seed: float, mouth: int) -> None:
    try:
        chance = random.Random(seed)
        with store_at(url) as store:
            step = 0
            while True:
                step += 1
                name = f"{number}-{step}"
                told = _write(store, name, chance)
                os.write(mouth, json.dumps(told).encode() + b"\n")
    except BaseException as fault:
        os.write(mouth, json.dumps({"fault": f"{type(fault).__name__}: {fault}"}).encode() + b"\n")
    finally:
        os._exit(1)


def _write(store: Any, name: str, chance: random.Random) -> Told:
    what = chance.choice(["import", "save", "save", "record", "record", "feedback", "grant"])
    if what == "import":
        texts = [text_of(entry, f"Ingelezen {name}.") for entry in ENTRIES]
        return {"texts": texts, "revision": store.import_pack(pack_of(*texts), by="w", choose="theirs").revision}
    if what == "save":
        text = text_of(chance.choice(ENTRIES), f"Geschreven {name}.")
        store.save_version(text, by="w", status=chance.choice([Status.PUBLISHED, Status.DRAFT]))
        return {"texts": [text]}
    store.record(suggestion_of(name, decision=decision_of()))
    told: Told = {"suggestion": f"a-{name}"}
    if what == "feedback":
        store.add_feedback(Feedback(suggestion=f"a-{name}", helpful=True, by="w"))
        told["feedback"] = True
    if what == "grant":
        store.grant(f"a-{name}", by="w", amount=Decimal("1.00"), key="k")
        told["grant"] = True
    return told


if __name__ == "__main__":
    if sys.argv[1] == "race":
        race(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        json.dump(killed(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])), sys.stdout)
