"""Ten thousand events in twenty-five thousand deliveries over processes that are killed: one answer each, none lost.

The normal run takes a small part of it; HELEKLANT_FULL_PROOFS=1 all of it (the results stand in tests/bench/results).
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path

from tests.faulty_model_server import GOOD, answers, faulty_server
from tests.slack_storm import GRACE, Storm, storming, until

FULL = bool(os.environ.get("HELEKLANT_FULL_PROOFS"))
EVENTS, DELIVERIES, KILLS = (10_000, 25_000, 12) if FULL else (120, 300, 2)
STOPS = 100 if FULL else 2
AFTERMATH = 8.0 if FULL else 1.0
"""Seconds to see whether a double still comes: longer than a worker that is gone keeps what it had."""
AFTER_RESTART = 10.0
"""Seconds in which what was acknowledged before a kill is answered, counted from when the program is back."""


async def test_each_event_is_answered_once_over_two_processes_that_are_killed(
    database_url: str, tmp_path: Path
) -> None:
    async with storming(tmp_path / "storm", database_url, processes=2) as storm:
        await asyncio.gather(*(each.start() for each in storm.replicas))
        began, waits = time.monotonic(), []
        plan = storm.plan(EVENTS, DELIVERIES)
        raging = asyncio.create_task(storm.rage(plan))
        for kill in range(1, KILLS + 1):
            enough = EVENTS * kill / (KILLS + 1)
            await until(lambda: len(storm.acknowledged) >= enough or raging.done(), 3600)  # noqa: B023
            waits.append(await killed(storm, kill))
        await raging
        await storm.answered(set(storm.acknowledged))
        lasted = time.monotonic() - began
        await asyncio.sleep(AFTERMATH)
        for each in storm.replicas:
            await each.stop()
        counted = storm.counted()
        print(f"{counted}\n{storm.deliveries}, {lasted:.0f} s")
        print("open at each kill, answered so long after the restart:")
        print(", ".join(f"{open}: {seconds:.1f} s" for open, seconds in waits))
        print(f"acknowledged: median {statistics.median(storm.slack.acks) * 1000:.0f} ms")
        assert counted.lost == counted.doubles == counted.elsewhere == []
        assert counted.answered + counted.pointed == EVENTS
        assert storm.slack.refused == []
        if FULL:
            assert max(seconds for _, seconds in waits) < AFTER_RESTART


async def test_a_stop_under_load_leaves_no_half_answer(postgres_url: str, tmp_path: Path) -> None:
    """Two processes stopped at once, while a model is talking and people go on asking; then back, and again."""
    async with faulty_server(answers(GOOD, pause=0.02)) as model:
        spoken = {"HELEKLANT_MODEL": "geoefend", "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "x"}
        async with storming(tmp_path / "storm", postgres_url, processes=2, **spoken) as storm:
            lasted, left, streams = [], [], 0
            over = asyncio.Event()

            async def ask_on() -> None:
                while not over.is_set():
                    await storm.rage(storm.plan(30, 60))

            asking = asyncio.create_task(ask_on())
            for _ in range(STOPS // 2):
                await asyncio.gather(*(each.start() for each in storm.replicas))
                before = len(storm.said())
                await until(lambda: len(storm.said()) > before + 10, 120)  # noqa: B023
                streams += len(storm.slack.open_streams())
                lasted += await asyncio.gather(*(each.stop() for each in storm.replicas))
                left.append(len(storm.half()))
            over.set()
            await asyncio.gather(*(each.start() for each in storm.replicas))
            await asking
            await storm.answered(set(storm.acknowledged))
            await asyncio.sleep(AFTERMATH)
            for each in storm.replicas:
                await each.stop()
            counted = storm.counted()
            print(f"{counted}\n{len(lasted)} stops with {streams} streams open; {sum(left)} handed over half")
            print(f"gone after: median {statistics.median(lasted):.1f} s, slowest {max(lasted):.1f} s")
            assert storm.half() == []
            assert counted.lost == counted.doubles == counted.elsewhere == []
            assert counted.answered + counted.pointed == counted.asked
            assert max(lasted) < GRACE
            assert storm.slack.refused == []


async def killed(storm: Storm, kill: int) -> tuple[int, float]:
    """kill -9 of one process, each third time of both, and back again.

    How many were acknowledged and not answered at that moment, and in how many seconds after the restart they were.
    """
    chosen = storm.replicas if kill % 3 == 0 else [storm.replicas[kill % 2]]
    for each in chosen:
        each.kill()
    acknowledged, said = set(storm.acknowledged), storm.said()
    open = {number for number in acknowledged if storm.asked[number].thread not in said}
    await asyncio.gather(*(each.start() for each in chosen))
    return len(open), await storm.answered(open)
