"""How long people wait for the program: start, first answer, each further answer; as ratios in one run.

Absolute seconds swing on shared machines, so each figure stands beside a bare Python start of the same moment.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from copilot.app import open_application, question_from
from copilot.casefile import read_cases
from copilot.settings import Settings

ROOT = Path(__file__).parents[2]
PACK = ROOT / "knowledge" / "hele-klant"
HELEKLANT = Path(sys.executable).parent / "heleklant"
RUNS = 5


def seconds(*command: str | Path) -> float:
    """The median wall time of a whole process, after one run to warm the disk."""
    with tempfile.TemporaryDirectory() as folder:
        times = []
        for _ in range(RUNS + 1):
            started = time.perf_counter()
            subprocess.run([str(each) for each in command], cwd=folder, capture_output=True, check=True)
            times.append(time.perf_counter() - started)
    return statistics.median(times[1:])


async def further_answers() -> list[float]:
    """Milliseconds of each question after the first in one process."""
    cases, _ = read_cases(ROOT / "tests" / "cases" / "hele-klant-open.yaml")
    with open_application(Settings.from_env(), knowledge=PACK) as application:
        organisation = application.store.organisation()
        times = []
        for case in cases[:200]:
            question = question_from({"ask": case.ask, "role": case.role, "on": case.on}, organisation)
            started = time.perf_counter()
            await application.assistant.suggest(question)
            times.append((time.perf_counter() - started) * 1000)
    return times[1:]


def main() -> None:
    bare = seconds(sys.executable, "-c", "pass")
    question = "klant wil zoete aardappelfriet in plaats van gewone, mag dat?"
    whole = {
        "python, doing nothing": bare,
        "heleklant --help (target 0.5 s)": seconds(HELEKLANT, "--help"),
        "heleklant ask, sample pack, cold (target 3 s)": seconds(HELEKLANT, "ask", question, "--knowledge", PACK),
        "heleklant knowledge check, sample pack": seconds(HELEKLANT, "knowledge", "check", PACK),
    }
    table = Table("whole process", "median s", "x bare python")
    for name, taken in whole.items():
        table.add_row(name, f"{taken:.2f}", f"{taken / bare:.0f}")
    times = sorted(asyncio.run(further_answers()))
    answers = Table("each further question in one process", "ms")
    for name, place in (("median", 0.5), ("95th percentile", 0.95), ("slowest", 1.0)):
        answers.add_row(name, f"{times[min(len(times) - 1, int(place * len(times)))]:.1f}")
    Console().print(table, answers)


if __name__ == "__main__":
    main()
