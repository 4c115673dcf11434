"""How soon Slack hears "received" at 50 events a second, while a model stalls and while answering keeps it busy.

One real `heleklant serve`, the sample pack, words only, the loopback Slack in this process: both share the machine, so
that a bare `/healthz` of the same moment stands beside each figure. Slack itself waits 3 seconds; the promise is 100 ms
for 99 in 100. Writes the first part of `results/slack.md`; what stands below its line was run by hand and is kept.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from tests.databases import packaged_server
from tests.faulty_model_server import Asked, Wire, faulty_server
from tests.slack_storm import Storm, storming

RATE: Final = 50
SECONDS: Final = int(os.environ.get("SECONDS_EACH", "30"))
RESULTS: Final = Path(__file__).parent / "results" / "slack.md"
KEPT: Final = "## Run once in full"


@dataclass(frozen=True)
class Heard:
    """Milliseconds until each event was acknowledged, and each bare request answered; how many answers came so far."""

    name: str
    events: list[float]
    bare: list[float]
    answered: int

    def row(self) -> str:
        events, bare = statistics.quantiles(self.events, n=100), statistics.quantiles(self.bare, n=100)
        figures = (events[49], events[94], events[98], max(self.events), bare[49], bare[98])
        written = " | ".join(f"{each:.0f}" for each in figures)
        return f"| {self.name} | {len(self.events)} | {written} | {self.answered} |"


async def never(asked: Asked, wire: Wire) -> None:
    """Accepts, and never answers."""
    await asyncio.sleep(3600)


@asynccontextmanager
async def stalled_model() -> AsyncIterator[dict[str, str]]:
    async with faulty_server(never) as model:
        yield {"HELEKLANT_MODEL": "geoefend", "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "x"}


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    with packaged_server() as socket:
        found = {"SQLite": f"sqlite:///{folder}/slack.sqlite3"}
        if socket:
            with psycopg.connect(f"postgresql://postgres@/postgres?host={socket}", autocommit=True) as connection:
                connection.execute("CREATE DATABASE bench")
            found["PostgreSQL"] = f"postgresql://postgres@/bench?host={socket}"
        yield found


async def heard(name: str, folder: Path, url: str, model: dict[str, str]) -> Heard:
    async with storming(folder, url, processes=1, **model) as storm:
        await storm.replicas[0].start()
        await _pour(storm, 2)  # connections opened, code warm
        storm.slack.acks.clear()
        before = len(storm.said())
        bare = await _pour(storm, SECONDS)
        events = [each * 1000 for each in storm.slack.acks]
        return Heard(name, events, bare, len(storm.said()) - before)


async def _pour(storm: Storm, seconds: int) -> list[float]:
    """So many events a second, whatever comes of them, with a bare request now and then; its milliseconds."""
    bare: list[float] = []
    web = storm.replicas[0].web

    async def event(after: float) -> None:
        await asyncio.sleep(after)
        content = json.dumps(storm.ask().bodies[0]).encode()
        assert (await storm.slack.deliver(content, to=web)).status_code == 200

    async def look(after: float) -> None:
        await asyncio.sleep(after)
        began = time.perf_counter()
        await web.get("/healthz")
        bare.append((time.perf_counter() - began) * 1000)

    events = (event(number / RATE) for number in range(RATE * seconds))
    await asyncio.gather(*events, *(look(number / 10) for number in range(10 * seconds)))
    return bare


async def measured() -> list[Heard]:
    found = []
    with tempfile.TemporaryDirectory() as name, databases(Path(name)) as urls:
        for database, url in urls.items():
            async with stalled_model() as model:
                found.append(await heard(f"{database}, the model stalls", Path(name) / database, url, model))
            found.append(await heard(f"{database}, no model, answering all the time", Path(name) / database, url, {}))
    return found


def main() -> None:
    found = asyncio.run(measured())
    load = os.getloadavg()[0]
    lines = [
        "# Slack: what was measured",
        "",
        f"## Acknowledged, at {RATE} events a second during {SECONDS} s",
        "",
        f"`tests/bench/run bench_slack`, {os.cpu_count()} cores, load {load:.1f} at the end (the sender, Slack and the",
        "program together; more than 3 means that something else ran too). Milliseconds.",
        "",
        "| what | events | median | p95 | p99 | slowest | bare median | bare p99 | answered meanwhile |",
        "|---|---|---|---|---|---|---|---|---|",
        *(each.row() for each in found),
        "",
    ]
    kept = RESULTS.read_text().partition(KEPT)[1:] if RESULTS.exists() else ()
    RESULTS.write_text("\n".join(lines) + "\n" + "".join(kept))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
