"""`heleklant mandate mine` and `mandate compare` as a stranger runs them: packs, versions, the ledger, wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import run
from tests.world import ENTRIES, write_pack

MANDATE = "korting/korting-beschadigde-fiets.md"
WIDER = ENTRIES[MANDATE].replace('"<= 25"', '"<= 40"')


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the pack was imported twice, the second time with a wider limit, after one question."""
    folder = tmp_path_factory.mktemp("shop")
    old = write_pack(folder / "oud")
    new = write_pack(folder / "nieuw", **{MANDATE: WIDER})
    assert run("knowledge", "import", old, folder=folder).returncode == 0
    asked = run("ask", "Klant wil 30 euro korting om een kras op de fiets", "--role", "verkoper",
                "--fact", "showmodel=ja", "--json", folder=folder)  # fmt: skip
    assert json.loads(asked.stdout)["decision"]["outcome"] == "approval"
    assert run("knowledge", "import", new, folder=folder).returncode == 0
    return folder


def test_two_packs_are_compared_without_storing_anything(shop: Path, tmp_path: Path) -> None:
    outcome = run("mandate", "compare", shop / "oud", shop / "nieuw", folder=tmp_path)
    assert outcome.returncode == 0
    assert "Korting op een fiets met een kras (korting-beschadigde-fiets)" in outcome.stdout
    assert "verkoper: korting € 25,01 tot en met € 40,00" in outcome.stdout
    assert "wordt: mag zelf beslissen" in outcome.stdout
    assert not (tmp_path / "data").exists()


def test_other_words_alone_are_shown_too(shop: Path, tmp_path: Path) -> None:
    said = ENTRIES[MANDATE].replace("may: Geef", "may: Bied", 1)
    assert said != ENTRIES[MANDATE]
    write_pack(tmp_path / "anders", **{MANDATE: said})
    shown = run("mandate", "compare", shop / "oud", tmp_path / "anders", folder=tmp_path)
    assert "andere tekst" in shown.stdout
    assert "wordt: “Bied" in shown.stdout
    given = json.loads(run("mandate", "compare", shop / "oud", tmp_path / "anders", "--json", folder=tmp_path).stdout)
    assert (given["changes"], len(given["reworded"])) == ([], 1)


def test_two_versions_are_compared_and_the_ledger_with_them(shop: Path) -> None:
    sides = ("korting-beschadigde-fiets@1", "korting-beschadigde-fiets@2")
    given = json.loads(run("mandate", "compare", *sides, "--ledger", "--json", folder=shop).stdout)
    assert {change["entry"] for change in given["changes"]} == {"korting-beschadigde-fiets"}
    change = given["changes"][0]
    assert change["roles"] == ["verkoper"]
    assert change["after"] == {"outcome": "allowed", "approver": None}
    assert given["decisions"] == 1
    (past,) = given["decided_differently"]
    assert past["becomes"] == "mag zelf beslissen"
    assert "€ 30,00" in past["case"]
    on_screen = run("mandate", "compare", *sides, "--ledger", folder=shop).stdout
    assert "Van 1 eerdere besluiten waren er 1 anders uitgevallen." in on_screen


def test_what_counts_now_is_compared_with_a_pack(shop: Path) -> None:
    assert "Voor niemand verandert er iets." in run("mandate", "compare", shop / "nieuw", ".", folder=shop).stdout
    assert "verkoper" in run("mandate", "compare", ".", shop / "oud", folder=shop).stdout


@pytest.mark.parametrize(
    ("sides", "says"),
    [
        (("bestaat-niet", "."), "geen map met een pakket"),
        (("korting-beschadigde-fiets@9", "."), "geen versie 9"),
        (("fiets-met-kras@1", "."), "geen mandaat"),
    ],
)
def test_what_cannot_be_compared_is_said_plainly(shop: Path, sides: tuple[str, str], says: str) -> None:
    outcome = run("mandate", "compare", *sides, folder=shop)
    assert outcome.returncode == 2
    assert says in outcome.stderr


def test_mine_is_one_sheet_of_what_a_role_may(shop: Path) -> None:
    outcome = run("mandate", "mine", "--role", "verkoper", folder=shop)
    assert outcome.returncode == 0
    assert "- Geef de korting direct aan de kassa. (bij korting tot en met € 40,00)" in outcome.stdout
    assert "Valt het erbuiten? Vraag je bedrijfsleider." in outcome.stdout
    assert "Niets gevonden" in run("mandate", "mine", "--role", "verkoper", "--search", "boot", folder=shop).stdout
    sheet = json.loads(run("mandate", "mine", "--role", "verkoper", "--json", folder=shop).stdout)
    assert sheet["subjects"][0]["items"][0]["entry"] == "korting-beschadigde-fiets"
    assert run("mandate", "mine", "--role", "piloot", folder=shop).returncode == 2
