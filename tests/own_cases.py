"""The project's own cases, measured once for all tests that look at them: the sample pack and a holiday park."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from copilot import casefile
from copilot.answered import Shelf
from copilot.app import Application, open_application
from copilot.evaluate import evaluate
from copilot.results import About, Measured
from copilot.settings import Settings

ROOT: Final = Path(__file__).parent.parent
DAY: Final = date(2026, 11, 22)
CASES: Final = ROOT / "tests" / "cases"
PACKS: Final[Mapping[str, Path]] = {
    "hele-klant": ROOT / "knowledge" / "hele-klant",
    "duinrand": ROOT / "tests" / "packs" / "duinrand",
}
FILES: Final[Mapping[str, tuple[Path, ...]]] = {
    name: (CASES / f"{name}-open.yaml", CASES / f"{name}-locked.yaml", *([PACKS[name] / "cases"] if own else []))
    for name, own in (("hele-klant", True), ("duinrand", False))
}


def opened(pack: Path) -> Application:
    """An application over a pack, with the vectors of an earlier run where there are any."""
    environment = {"XDG_CACHE_HOME": str(ROOT / ".pytest_cache" / "vectors")}
    return open_application(Settings.from_env(environment, Path(tempfile.gettempdir())), knowledge=pack)


def shelf_of(application: Application) -> Shelf:
    entries = application.store.entries()
    return Shelf(application.store.organisation(), {entry.id: entry for entry in entries})


@cache
def measured(name: str) -> Measured:
    """All cases of one of the packs."""
    cases = []
    for path in FILES[name]:
        read, findings = casefile.read_cases(path)
        assert findings == [], [finding.text("en") for finding in findings]
        cases += read
    with opened(PACKS[name]) as application:
        shelf = shelf_of(application)
        assert casefile.check(cases, shelf.organisation, shelf.entries.keys()) == []
        results = asyncio.run(evaluate(cases, application.assistant.suggest, shelf, today=DAY))
        about = About(
            at=datetime.now().astimezone(), shelf=shelf, cases=cases, embedder=application.index.embedder.name
        )
    return Measured.of(about, results)
