"""The page for people who write knowledge: whatever it shows works, and whatever exists is on it."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from pathlib import Path

import pytest

from copilot import (
    casefile,
    conditions,
    content,
    entryfile,
    fields,
    formula,
    mandatefile,
    organisationfile,
    solutionfile,
)
from copilot.answered import Shelf
from copilot.app import open_application
from copilot.domain import Fact, FactType
from copilot.evaluate import evaluate
from copilot.packs import Pack
from copilot.settings import Settings

PAGE = Path("knowledge/README.md").read_text(encoding="utf-8")
DUTCH, ENGLISH = PAGE.split("\n# Writing knowledge\n")
FILES = re.compile(r"^```(?:yaml|markdown) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TODAY = date(2026, 11, 22)
HALVES = pytest.mark.parametrize(("half", "inside"), [(DUTCH, ""), (ENGLISH, "en")], ids=["nl", "en"])


def written(half: str, folder: Path, inside: str) -> Path:
    """The examples of one half of the page, as the pack that they are."""
    for name, text in FILES.findall(half):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / inside


def pack_of(half: str, folder: Path, inside: str) -> Pack:
    return content.read_pack(written(half, folder, inside))


@HALVES
def test_the_examples_are_a_pack_without_faults(tmp_path: Path, half: str, inside: str) -> None:
    pack = pack_of(half, tmp_path, inside)
    assert len(pack.entries) == 3
    errors = [each for each in content.check(pack, TODAY) if each.severity == "error"]
    assert [each.text("en") for each in errors] == []
    assert half.count("```") == 2 * len(FILES.findall(half))


@HALVES
def test_the_cases_on_it_are_answered_as_they_say(tmp_path: Path, half: str, inside: str) -> None:
    folder = written(half, tmp_path, inside)
    cases, findings = casefile.read_cases(folder / "cases")
    assert findings == []
    settings = Settings.from_env({}, tmp_path)
    with open_application(settings, knowledge=folder) as application:
        entries = {entry.id: entry for entry in application.store.entries()}
        shelf = Shelf(application.store.organisation(), entries)
        assert casefile.check(cases, shelf.organisation, entries.keys()) == []
        results = asyncio.run(evaluate(cases, application.assistant.suggest, shelf, today=TODAY))
    assert [result.case.id for result in results if not result.right] == []


def known_keys() -> set[str]:
    """Every key that some file may have, in English."""
    rooms = (entryfile, mandatefile, solutionfile, organisationfile, casefile)
    maps = [value for room in rooms for name, value in vars(room).items() if name.startswith("_") and name.isupper()]
    return {english for each in maps if isinstance(each, dict) for english in each.values() if isinstance(english, str)}


@HALVES
def test_every_key_and_type_that_exists_is_on_it(half: str, inside: str) -> None:
    told = set(re.findall(r"`([^`\n]+)`", FILES.sub("", half)))
    assert known_keys() >= {"id", "kind", "roles", "when", "period_limit", "steps", "above", "never_says"}
    assert known_keys() - told == set()
    assert {each.value for each in FactType} <= told


def test_every_dutch_name_of_a_key_is_on_it() -> None:
    told = set(re.findall(r"`([^`\n]+)`", DUTCH))
    assert set(fields.DUTCH.values()) | set(mandatefile.DUTCH_TYPES) <= told


AMOUNT = Fact("bedrag", FactType.MONEY, "?")
SORT = Fact("soort", FactType.CHOICE, "?", values={"gebak": (), "koek": ()})
CONDITIONS = DUTCH.split("| voorwaarde | klopt bij |")[1].split("\n\n")[0]


def test_every_condition_in_its_table_can_be_read() -> None:
    shown = [each for row in CONDITIONS.splitlines()[2:] for each in re.findall(r"`([^`]+)`", row.split("|")[1])]
    assert len(shown) == 14
    for each in shown:
        facts = [AMOUNT, SORT, Fact("bewaard", FactType.YESNO, "?")]
        raw = each.strip("[]").split(", ") if each.startswith("[") else each.strip('"')
        assert any(reads(raw, fact) for fact in facts), each


def reads(raw: str | list[str], fact: Fact) -> bool:
    try:
        conditions.parse(raw, fact)
    except conditions.BadCondition:
        return False
    return True


@HALVES
def test_the_formulas_between_braces_can_be_read(half: str, inside: str) -> None:
    (shown,) = re.findall(r'`\{amount: "([^"]+)"\}`', half)
    assert formula.parse(shown, ["bedrag", "price"])
