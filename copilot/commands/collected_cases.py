"""`heleklant evaluate --collect`: real questions as case files, finished ones and ones to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from copilot import app
from copilot.collecting import Collected, collect
from copilot.domain import Expectation
from copilot.evaluation_report import write_files
from copilot.messages import Text
from copilot.messages import evaluation as texts
from copilot.privacy import Masker
from copilot.settings import Settings
from copilot.yamlwriting import list_lines, text_lines

READY: Final = "from-life.yaml"
REVIEW: Final = "_review.yaml"
"""The underscore keeps it out of every run."""


def collect_cases(settings: Settings, folder: Path) -> str:
    """Writes both files, as far as there is anything to write; what to tell the user."""
    with app.open_store(settings) as store:
        found = collect(store.questions(), store.gaps(), Masker(settings.own_numbers))
    ready = [each for each in found if each.expect]
    review = [each for each in found if not each.expect]
    language = settings.language
    if not found:
        return texts.LINE_NOTHING_COLLECTED(language)
    files = {READY: case_file(ready, (texts.COLLECTED_HEAD,), language)} if ready else {}
    files |= {REVIEW: case_file(review, (texts.COLLECTED_HEAD, texts.COLLECTED_REVIEW), language)} if review else {}
    write_files(folder, files)
    lines = (texts.LINE_COLLECTED, ready, READY), (texts.LINE_REVIEW, review, REVIEW)
    return "\n".join(line(language, count=len(some), path=folder / name) for line, some, name in lines if some)


def case_file(cases: Sequence[Collected], heading: Sequence[Text], language: str) -> str:
    """The cases as YAML, with remarks above each; what nobody finished yet expects nothing."""
    lines = [f"# {text(language)}" for text in heading]
    for case in cases:
        lines += ["", *_case(case, language)]
    return "\n".join(lines) + "\n"


def _case(case: Collected, language: str) -> Iterator[str]:
    for note in case.notes:
        yield "# " + " ".join(note(language).split())
    yield f"- id: {case.id}"
    inside = "  "
    yield from text_lines("ask", case.ask, inside)
    yield f"{inside}role: {case.role}"
    yield f"{inside}on: {case.on.isoformat()}"
    if case.department:
        yield f"{inside}department: {case.department}"
    yield from (f"{inside}{line}" for line in list_lines("then", case.then))
    yield from (f"{inside}{line}" for line in list_lines("tags", case.tags, inline=True))
    if case.expect is None:
        yield f"{inside}expect: {{}}"
        return
    yield f"{inside}expect:"
    yield from (f"{inside}{inside}{line}" for line in _expected(case.expect))


def _expected(expect: Expectation) -> Iterator[str]:
    if expect.status:
        yield f"status: {expect.status.value}"
    yield from list_lines("sources", expect.sources or (), inline=True)
    for name in ("outcome", "approver", "asks"):
        if value := getattr(expect, name):
            yield f"{name}: {value}"
