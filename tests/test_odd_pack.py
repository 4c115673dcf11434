"""A pack written as legally as oddly as can be: a byte order mark, Windows line ends, Dutch keys, names with spaces.

A garden centre, in tests/packs/groene-hart. What it decides was worked out by hand from knowledge-format.md.
"""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from copilot import casefile, content, mandate, mandate_sheet
from copilot.answered import Shelf
from copilot.app import open_application
from copilot.domain import Mandate, Organisation, Outcome
from copilot.evaluate import evaluate
from copilot.factvalues import parse_value
from copilot.settings import Settings

FOLDER = Path("tests/packs/groene-hart")
DAY = date(2026, 11, 22)
ALLOWED, APPROVAL, DENIED = Outcome.ALLOWED, Outcome.APPROVAL, Outcome.DENIED


@pytest.fixture(scope="module")
def garden() -> tuple[Organisation, dict[str, Mandate]]:
    pack = content.read_pack(FOLDER)
    entries = [each.entry for each in pack.entries]
    return pack.organisation, {entry.id: entry for entry in entries if isinstance(entry, Mandate)}


def test_it_has_warnings_with_examples_and_no_errors() -> None:
    findings = content.check(content.read_pack(FOLDER), DAY)
    assert {each.severity for each in findings} == {"warning"}
    assert {"parkeren", "plant-dood"} <= {Path(each.file).stem for each in findings}


def test_it_still_is_as_odd_as_it_was_made() -> None:
    written = (FOLDER / "a/b/c/plant-dood.md").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf---\r\n")


@pytest.mark.parametrize(
    ("entry", "role", "facts", "outcome", "approver", "says"),
    [
        ("plant-dood", "kassa", "aankoopprijs=20 dagen-oud=14 water_gegeven=ja", ALLOWED, None, "nieuwe plant"),
        ("plant-dood", "verkoper", "aankoopprijs=25,01 dagen-oud=14 water_gegeven=ja soort=ficus",
         APPROVAL, "plantendokter", "verzorgingskaart"),
        ("plant-dood", "kassa", "aankoopprijs=60 dagen-oud=7 water_gegeven=nee soort=lavendel",
         APPROVAL, "floormanager", "€ 30,00"),
        ("plant-dood", "floormanager", "aankoopprijs=200 dagen-oud=364 soort=boom", ALLOWED, None, "€ 75,00"),
        ("plant-dood", "floormanager", "aankoopprijs=0,01 dagen-oud=15 soort=boom", ALLOWED, None, "€ 5,00"),
        ("plant-dood", "eigenaar", "dagen-oud=365 soort=boom aankoopprijs=9", DENIED, None, "fleur@groenehart.example"),
        ("plant-dood", "eigenaar", "water_gegeven=nee soort=cactus_&_vetplant", DENIED, None, "100% zeker"),
        ("korting-potten", "verkoper", "korting=12,5 aantal=1", ALLOWED, None, "Geef de korting"),
        ("korting-potten", "verkoper", "korting=12,5 aantal=2", APPROVAL, "floormanager", "Geef de korting"),
        ("korting-potten", "kassa", "korting=50 aantal=2", APPROVAL, "eigenaar", "Beslis zelf"),
        ("korting-potten", "plantendokter", "korting=10% aantal=3", ALLOWED, None, "alle potten"),
    ],
)  # fmt: skip
def test_it_decides_as_its_author_meant(
    garden: tuple[Organisation, dict[str, Mandate]],
    entry: str,
    role: str,
    facts: str,
    outcome: Outcome,
    approver: str | None,
    says: str,
) -> None:
    organisation, mandates = garden
    given = dict(each.replace("_", " ").split("=") for each in facts.split())
    known = {fact.name: parse_value(fact, given[fact.name]) for fact in mandates[entry].facts if fact.name in given}
    found = mandate.decide(mandates[entry], organisation, [role], DAY, known)
    assert len(known) == len(given)
    assert (found.outcome, found.approver) == (outcome, approver)
    assert says in " ".join((found.because, *found.options))


def test_every_role_reads_what_it_may_decide(garden: tuple[Organisation, dict[str, Mandate]]) -> None:
    organisation, mandates = garden
    read = {
        role.id: mandate_sheet.mine([*mandates.values()], organisation, [role.id], DAY) for role in organisation.roles
    }
    said = {role: "\n".join(mandate_sheet.lines(sheet)) for role, sheet in read.items()}
    assert "hoogstens € 75,00, maar minstens € 5,00" in said["floormanager"]
    assert "Beslis zelf." in said["eigenaar"]
    assert "Beslis zelf." not in said["floormanager"]


def test_its_own_cases_are_answered(tmp_path: Path) -> None:
    cases, findings = casefile.read_cases(FOLDER / "cases")
    assert findings == []
    with open_application(Settings.from_env({}, tmp_path), knowledge=FOLDER) as application:
        shelf = Shelf(application.store.organisation(), {each.id: each for each in application.store.entries()})
        results = asyncio.run(evaluate(cases, application.assistant.suggest, shelf, today=DAY))
    assert [result.case.id for result in results if not result.right] == []
