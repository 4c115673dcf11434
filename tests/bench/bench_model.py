"""What a model adds: the guard's own time, the time to the first words, and memory over 10,000 streamed answers."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import time

from rich.console import Console
from rich.table import Table

from copilot.domain import Suggestion
from copilot.llm import ModelSettings, OpenAIModel
from copilot.part_reader import PartReader
from copilot.phrasing import ModelPhraser
from copilot.privacy import mask
from copilot.prompting import Prompts
from tests.faulty_model_server import GOOD, answers, faulty_server
from tests.guard_worlds import world

STREAMED = 10_000


class InProcess:
    """A model without any time of its own."""

    name = "geen"

    async def write(self, prompt, parts):
        from copilot.dialogue import Form

        prompt(Form.SCHEMA, 1.0)
        reader = PartReader(parts)
        text = json.dumps(GOOD)
        for place in range(0, len(text), 12):
            for piece in reader.feed(text[place : place + 12]):
                yield piece


def megabytes() -> float:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() / 1e6


async def layer() -> tuple[list[float], list[float]]:
    """Milliseconds to the first words and to the end, with a model that takes none."""
    first, whole = [], []
    phraser = ModelPhraser(InProcess(), Prompts())
    for _ in range(300):
        started = time.perf_counter()
        begun = 0.0
        async for _update in phraser.phrase(*world("mag")):
            begun = begun or time.perf_counter()
        first.append((begun - started) * 1000)
        whole.append((time.perf_counter() - started) * 1000)
    return first[20:], whole[20:]


async def client() -> list[float]:
    """Milliseconds from the server's first words to ours, through HTTP and the vendor's libraries."""
    waits = []
    async with faulty_server() as server:
        server.keep = False
        sent = 0.0

        async def behave(asked, wire):
            nonlocal sent
            await wire.begin()
            sent = time.perf_counter()
            await wire.say('{"opening": "Vervelend voor mevrouw. ')
            await asyncio.sleep(0.02)
            await wire.say('", "for_you": "", "say": "", "ask_also": ""}')
            await wire.end()

        server.behaviour = behave
        model = OpenAIModel(ModelSettings(name="m", base_url=server.url, api_key="k"))
        phraser = ModelPhraser(model, Prompts())
        for _ in range(60):
            async for update in phraser.phrase(*world("mag")):
                if not isinstance(update, Suggestion):
                    waits.append((time.perf_counter() - sent) * 1000)
                    break
        await model.aclose()
    return waits[5:]


async def memory() -> tuple[float, float]:
    """Megabytes after a tenth and after all of the streamed answers."""
    async with faulty_server(answers(GOOD, step=60)) as server:
        server.keep = False
        model = OpenAIModel(ModelSettings(name="m", base_url=server.url, api_key="k"))
        phraser = ModelPhraser(model, Prompts())
        early = 0.0
        for number in range(STREAMED):
            async for _ in phraser.phrase(*world("mag")):
                pass
            if number == STREAMED // 10:
                early = megabytes()
        late = megabytes()
        await model.aclose()
    return early, late


def main() -> None:
    table = Table("what", "median", "p95", "target")

    def row(what: str, times: list[float], target: str) -> None:
        table.add_row(
            what, f"{statistics.median(times):.2f} ms", f"{sorted(times)[int(len(times) * 0.95)]:.2f} ms", target
        )

    first, whole = asyncio.run(layer())
    row("prompt, masking and guard up to the first words", first, "50 ms")
    row("the same, whole answer", whole, "")
    row("server's first words to ours", asyncio.run(client()), "50 ms")
    question = "Mevrouw belt vanaf 06-12345678, broek van 40 euro, order 123456789, label zit er nog aan"
    times = []
    for _ in range(500):
        started = time.perf_counter()
        mask(question)
        times.append((time.perf_counter() - started) * 1000)
    row("masking a question (all that is added without a model)", times[10:], "2 ms")
    early, late = asyncio.run(memory())
    table.add_row(
        f"memory after {STREAMED // 10} and {STREAMED} streamed answers", f"{early:.0f} MB", f"{late:.0f} MB", "flat"
    )
    Console().print(table)
    sys.exit(0 if late < early * 1.05 + 5 else 1)


if __name__ == "__main__":
    main()
