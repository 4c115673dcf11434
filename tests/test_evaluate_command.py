"""`heleklant evaluate` as people and pipelines use it: exit codes, bad input, gates, baselines, probes and reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copilot import cli
from tests.test_evaluate import CASES, WRONG
from tests.world import write_pack


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("command") / "pack")


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding by words is enough here, and quick."""
    monkeypatch.setenv("HELEKLANT_EMBEDDER", "words")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        cli.main(["evaluate", *map(str, arguments)])
    printed = capsys.readouterr()
    return int(stop.value.code or 0), printed.out, printed.err


def written(folder: Path, text: str, name: str = "cases.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_right_answers_end_with_zero(capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path) -> None:
    code, out, err = run(capsys, written(tmp_path, CASES), "--knowledge", pack, "--fail-under", "right=1")
    assert code == 0, out + err
    assert "5 van 5 goed" in out
    assert "Alle ondergrenzen gehaald." in out
    assert "hoogstens" in out


def test_a_wrong_yes_ends_with_one(capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path) -> None:
    code, out, _ = run(capsys, written(tmp_path, CASES + WRONG), "--knowledge", pack)
    assert code == 1
    assert 'Zegt "mag zelf" op grond van korting-beschadigde-fiets' in out
    assert "cases.yaml:" in out


def test_the_report_is_three_files_and_what_was_asked_for_beside_them(
    capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path
) -> None:
    cases = written(tmp_path, CASES)
    code, *_ = run(capsys, cases, "--knowledge", pack, "--report", tmp_path / "r", "--export", "ragas")
    assert code == 0
    names = {path.name for path in (tmp_path / "r").iterdir()}
    assert names == {"results.json", "junit.xml", "report.html", "ragas.jsonl"}


def test_a_loss_beyond_what_is_allowed_fails(capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path) -> None:
    cases = written(tmp_path, CASES)
    run(capsys, cases, "--knowledge", pack, "--report", tmp_path / "r")
    bare = write_pack(tmp_path / "bare")
    path = bare / "service" / "sleutel-kwijt.md"
    path.write_text(path.read_text().replace("Zaag het slot open", "Knip het slot door"))
    baseline = ("--baseline", tmp_path / "r" / "results.json")
    code, out, _ = run(capsys, cases, "--knowledge", bare, *baseline)
    assert (code, "Nu fout: sleutel" in out, "toegestaan: 0" in out) == (1, True, True)
    code, out, _ = run(capsys, cases, "--knowledge", bare, *baseline, "--allow-loss", "1")
    assert code == 0, out


BROKEN = """\
- id: typfout
  aks: mag dit?
  role: verkoper
  expect: {outcome: allowed}
- id: onbekend-item
  ask: mag dit?
  role: verkoper
  expect: {sources: [sleutel-kwijtt]}
- id: onbekende-rol
  ask: mag dit?
  role: verkopper
  expect: {outcome: allowed}
- id: kras-20
  ask: nog eens
  role: verkoper
  expect: {outcome: allowed}
- id: kapot
  ask: "open
"""


def test_what_is_wrong_in_cases_is_named_with_line_and_remedy_and_the_rest_is_scored(
    capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path
) -> None:
    good, bad = written(tmp_path, CASES, "a.yaml"), written(tmp_path, BROKEN, "b.yaml")
    code, out, err = run(capsys, good, bad, "--knowledge", pack)
    assert code == 1
    assert "5 van 5 goed" in out
    assert "Niet alles is gemeten" in out
    for place, remedy in (
        ("b.yaml:2", "aks"),
        ("b.yaml:5", "sleutel-kwijt"),
        ("b.yaml:9", "verkoper"),
        ("b.yaml:13", "kras-20"),
        ("b.yaml:1", "kapot"),
    ):
        found = [line for line in err.splitlines() if place in line]
        assert found, err
        assert place == "b.yaml:1" or any(remedy in line for line in found), found
    assert "Traceback" not in err


def test_a_bad_line_of_jsonl_does_not_hide_the_good_ones(
    capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path
) -> None:
    case = {"id": "a", "ask": "Klant heeft zijn fietssleutel verloren", "role": "verkoper"}
    good = json.dumps({**case, "expect": {"sources": ["sleutel-kwijt"]}})
    path = written(tmp_path, f"{good}\n{{broken\n", "cases.jsonl")
    code, out, err = run(capsys, path, "--knowledge", pack)
    assert (code, "1 van 1 goed" in out) == (1, True)
    assert "cases.jsonl:2" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--probes"),
        (("nergens.yaml",), "Er is geen proefvraag om te meten"),
        (("leeg.yaml",), "Er is geen proefvraag om te meten"),
        (("cases.yaml", "--fail-under", "rigth=1"), 'Bedoel je "right"'),
        (("cases.yaml", "--repeat", "0"), "--repeat moet minstens 1"),
        (("cases.yaml", "--probes", "-1"), "--probes moet minstens 0"),
        (("cases.yaml", "--baseline", "weg.json"), "weg.json"),
        (("cases.yaml", "--allow-loss", "wat"), "toegestaan verlies"),
        (("cases.yaml", "--on", "morgen"), "jaar-maand-dag"),
        (("cases.yaml", "--export", "word"), "ragas, deepeval, promptfoo"),
        (("cases.yaml", "--role", "kapitein"), "Er is geen proefvraag om te meten"),
    ],
)
def test_wrong_use_ends_with_two_and_the_remedy(
    arguments: tuple[str, ...],
    says: str,
    capsys: pytest.CaptureFixture[str],
    pack: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written(tmp_path, CASES)
    written(tmp_path, "", "leeg.yaml")
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, *arguments, "--knowledge", pack)
    assert code == 2
    assert says in err
    assert "Traceback" not in err


def test_a_baseline_over_other_cases_is_said_and_ends_with_one(
    capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path
) -> None:
    run(capsys, written(tmp_path, CASES), "--knowledge", pack, "--report", tmp_path / "r")
    fewer = written(tmp_path, CASES.split("- id: marge")[0], "fewer.yaml")
    code, out, err = run(capsys, fewer, "--knowledge", pack, "--baseline", tmp_path / "r" / "results.json")
    assert code == 1
    assert "3 van 3 goed" in out
    assert "3 gelijk, 0 nieuw, 2 weg, 0 veranderd" in err


def test_a_folder_that_cannot_be_written_is_said_plainly(
    capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path
) -> None:
    blocked = written(tmp_path, "", "blocked")
    code, _, err = run(capsys, written(tmp_path, CASES), "--knowledge", pack, "--report", blocked)
    assert code == 2
    assert "Kies een map" in err


def test_json_holds_the_results_and_the_gates(capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path) -> None:
    code, out, _ = run(capsys, written(tmp_path, CASES), "--knowledge", pack, "--json", "--fail-under", "asks=1")
    read: dict[str, Any] = json.loads(out)
    assert code == 1
    assert read["gates"] == {"ok": False, "failed": ["asks is niet gemeten: geen proefvraag gaat erover."]}
    assert read["scores"]["right"]["right"] == 5


def test_a_role_and_a_tag_choose_the_cases(capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path) -> None:
    cases = written(tmp_path, CASES)
    assert "2 van 2 goed" in run(capsys, cases, "--knowledge", pack, "--tag", "korting")[1]
    assert "5 van 5 goed" in run(capsys, cases, "--knowledge", pack, "--role", "verkoper")[1]


def test_a_pack_without_cases_makes_its_own(capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path) -> None:
    code, out, _ = run(capsys, "--knowledge", pack, "--probes", "3", "--on", "2026-11-22", "--report", tmp_path / "r")
    assert code in (0, 1)
    read = json.loads((tmp_path / "r" / "results.json").read_text())
    kinds = set(read["scores"]["splits"]["tag"])
    assert {"probe:plain", "probe:removed", "probe:expired", "probe:typo", "probe:injection"} <= kinds
    assert "onterecht" in out


def test_the_cases_of_a_pack_are_found_by_themselves(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "own")
    (pack / "cases").mkdir()
    written(pack / "cases", CASES)
    assert "5 van 5 goed" in run(capsys, "--knowledge", pack)[1]


def test_english_is_spoken_where_it_is_set(
    capsys: pytest.CaptureFixture[str], pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELEKLANT_LANGUAGE", "en")
    code, out, _ = run(capsys, written(tmp_path, CASES), "--knowledge", pack)
    assert code == 0
    assert "5 of 5 right" in out
    assert "With 95% certainty" in out
