"""What scoring adds: 1,000 cases measured, beside the same 1,000 questions only asked, in one run.

Asked, measured and asked again, so that a machine that gets slower or faster in between favours neither. The scorers
have seen nothing before: what they read of the knowledge is in the price.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Final

from rich.console import Console

from copilot import casefile, evaluate
from copilot.app import Application
from copilot.domain import Case
from tests.own_cases import DAY, FILES, PACKS, opened, shelf_of

COUNT: Final = 1_000
TARGET: Final = 1.10
RESULTS: Final = Path(__file__).parent / "results" / "evaluate.md"
HEADING: Final = f"""# What scoring adds

{COUNT:,} cases measured, beside the same questions only asked, in one run, no model. Target: at most {TARGET:.2f}.

| pack | only asked, s | measured, s | ratio on the clock | ratio of processor time |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and seconds of processor."""

    clock: float
    processor: float


async def timed(work: Awaitable[object]) -> Took:
    clock, processor = time.perf_counter(), time.process_time()
    await work
    return Took(time.perf_counter() - clock, time.process_time() - processor)


def cases_of(pack: str) -> list[Case]:
    """So many cases of a pack; where it has fewer, they are asked again under another name."""
    return list(
        islice(_again_and_again([case for path in FILES[pack] for case in casefile.read_cases(path)[0]]), COUNT)
    )


def _again_and_again(cases: list[Case]) -> Iterator[Case]:
    for turn in count():
        yield from (replace(case, id=f"{case.id}-{turn}") for case in cases)


async def only_asked(application: Application, cases: list[Case], turn: str) -> None:
    organisation = application.store.organisation()
    for case in cases:
        for question in evaluate.questions_of(case, organisation, DAY, f"{turn}:{case.id}"):
            await application.assistant.suggest(question)


async def compared(pack: str) -> str:
    """A row of the table."""
    cases = cases_of(pack)
    with opened(PACKS[pack]) as application:
        shelf = shelf_of(application)
        before = await timed(only_asked(application, cases, "before"))
        measured = await timed(evaluate.evaluate(cases, application.assistant.suggest, shelf, today=DAY))
        after = await timed(only_asked(application, cases, "after"))
    clock, processor = (before.clock + after.clock) / 2, (before.processor + after.processor) / 2
    ratios = f"{measured.clock / clock:.3f} | {measured.processor / processor:.3f}"
    return f"| {pack} | {clock:.1f} | {measured.clock:.1f} | {ratios} |\n"


def main() -> None:
    written = HEADING + "".join(asyncio.run(compared(pack)) for pack in PACKS)
    RESULTS.write_text(written, encoding="utf-8")
    Console().print(written)


if __name__ == "__main__":
    main()
