"""The program as a stranger runs it: real processes, real output, exit codes, no stack traces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from copilot.app import open_store
from copilot.cli import main
from copilot.domain import Status
from copilot.settings import Settings
from tests.world import ENTRIES, write_pack

HELEKLANT = Path(sys.executable).parent / "heleklant"


def run(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    outcome = subprocess.run(
        [str(HELEKLANT), *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "HELEKLANT_DATA_DIR": str(folder / "data"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in outcome.stderr + outcome.stdout
    return outcome


def answer(*arguments: str | Path, folder: Path) -> dict[str, Any]:
    outcome = run("ask", *arguments, "--json", folder=folder)
    assert outcome.returncode == 0, outcome.stderr
    return json.loads(outcome.stdout)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, pack: Path) -> Path:
    """A folder whose data folder holds the imported pack."""
    folder = tmp_path_factory.mktemp("filled")
    outcome = run("knowledge", "import", pack, folder=folder)
    assert outcome.returncode == 0, outcome.stderr
    return folder


def test_help_shows_every_command_with_an_example(tmp_path: Path) -> None:
    overview = run("--help", folder=tmp_path).stdout
    for command in ("demo", "ask", "knowledge", "mandate", "index", "doctor"):
        assert command in overview
    assert overview.startswith("Gebruik: heleklant [OPTIES]")
    assert "Opdrachten:" in overview
    assert "Laat deze uitleg zien." in overview
    for command in (["ask"], ["demo"], ["doctor"], ["knowledge", "import"], ["mandate", "decide"], ["index", "verify"]):
        assert "heleklant " + " ".join(command) in " ".join(run(*command, "--help", folder=tmp_path).stdout.split())


def test_help_is_english_where_english_is_set(tmp_path: Path) -> None:
    assert "Ask one question" in run("ask", "--help", folder=tmp_path, HELEKLANT_LANGUAGE="en").stdout


def test_ask_json_is_the_contract_to_the_letter(filled: Path) -> None:
    given = answer("Klant wil 20 euro korting om een kras op de fiets", "--on", "2026-11-22", folder=filled)
    assert given["question"] == "Klant wil 20 euro korting om een kras op de fiets"
    assert (given["role"], given["on"], given["language"], given["status"]) == (
        "verkoper",
        "2026-11-22",
        "nl",
        "answered",
    )
    decision = given["decision"]
    assert decision["entry"] == decision["action"] == "korting-beschadigde-fiets"
    assert (decision["version"], decision["outcome"], decision["rule"]) == (1, "allowed", 1)
    assert decision["options"] == ["Geef de korting direct aan de kassa."]
    assert (decision["approver"], decision["instead"], decision["missing"]) == (None, None, [])
    assert decision["facts"] == {"korting": "20.00"}
    assert decision["because"]
    assert given["asks"] is None
    source = given["sources"][0]
    assert (source["id"], source["kind"], source["version"], source["valid_until"], source["source"]) == (
        "korting-beschadigde-fiets",
        "mandate",
        1,
        None,
        "Winkelboek 3.1",
    )
    assert given["composed_by"] == "template"
    assert set(given["timings_ms"]) == {"embed", "search", "decide", "compose", "total"}
    assert given["say"]
    assert "Ja, dit mag je zelf beslissen." in given["text"]


def test_a_missing_fact_is_asked_with_choices_and_a_fact_answers_it(filled: Path) -> None:
    question = "Klant ziet een kras op de fiets en wil korting, mag dat?"
    asked = answer(question, folder=filled)
    assert (asked["status"], asked["decision"]["outcome"], asked["asks"]["fact"]) == ("needs_fact", None, "korting")
    assert [set(choice) for choice in asked["asks"]["choices"]] == [{"label", "value"}] * len(asked["asks"]["choices"])
    assert len(asked["asks"]["choices"]) >= 2
    told = answer(question, "--fact", "korting=80", "--fact", "showmodel=ja", folder=filled)
    assert (told["decision"]["outcome"], told["decision"]["approver"]) == ("approval", "bedrijfsleider")
    boss = answer(question, "--fact", "korting=80", "--fact", "showmodel=ja", "--role", "bedrijfsleider", folder=filled)
    assert boss["decision"]["outcome"] == "allowed"


def test_every_choice_that_is_offered_is_an_answer_that_is_accepted(filled: Path) -> None:
    question = "Klant ziet een kras op de fiets en wil korting, mag dat?"
    for choice in answer(question, folder=filled)["asks"]["choices"]:
        assert answer(question, "--fact", f"korting={choice['value']}", folder=filled)["status"] in (
            "answered",
            "needs_fact",
        )


def test_never_is_denied_with_the_way_that_helps(filled: Path) -> None:
    denied = answer("Klant wil 600 euro korting om een kras op de fiets", folder=filled)
    assert denied["decision"]["outcome"] == "denied"
    assert denied["decision"]["instead"] == "fiets-met-kras"
    assert "fiets-met-kras" in [source["id"] for source in denied["sources"]]
    assert denied["steps"][0]["do"] == "Bekijk de kras samen met de klant."


def test_a_solution_shows_who_does_each_step(filled: Path) -> None:
    solved = answer("Er zit een kras op het frame, wat doe ik?", folder=filled)
    assert solved["status"] == "answered"
    handover = [step for step in solved["steps"] if step["handover"]]
    assert handover[0]["handover"] == {"to": "werkplaats", "within": "een dag", "tell": ["framenummer", "naam"]}
    assert solved["say"] == "Ik zorg dat je er tevreden mee wegrijdt."
    assert solved["next"] == ["gratis-beurt"]


def test_what_nobody_wrote_down_is_not_known(filled: Path) -> None:
    unknown = answer("Hoe lang moet een ei koken voor een zachte dooier?", folder=filled)
    assert (unknown["status"], unknown["decision"], unknown["sources"], unknown["steps"]) == (
        "no_knowledge",
        None,
        [],
        [],
    )


@pytest.mark.parametrize("role", ["verkoper", "bedrijfsleider"])
def test_what_may_not_be_seen_does_not_answer(filled: Path, role: str) -> None:
    hidden = answer("Wat is de inkoopprijs van een e-bike?", "--role", role, folder=filled)
    assert "inkoopprijs" not in json.dumps(hidden["sources"])
    assert "31" not in hidden["text"]
    seen = answer("Wat is de inkoopprijs van een e-bike?", "--role", "eigenaar", folder=filled)
    assert "31 procent" in seen["text"]


def test_what_has_expired_answers_only_in_its_time(filled: Path) -> None:
    question = "Geldt de zomeractie op bakfietsen nog?"
    assert "oude-actie" in [source["id"] for source in answer(question, "--on", "2026-08-31", folder=filled)["sources"]]
    assert "oude-actie" not in [
        source["id"] for source in answer(question, "--on", "2026-09-01", folder=filled)["sources"]
    ]


def test_a_batch_keeps_order_and_threads_and_survives_bad_lines(pack: Path, tmp_path: Path) -> None:
    lines = [
        '{"ask": "Klant wil 20 euro korting om een kras op de fiets", "role": "verkoper", "thread": "t", "id": "a"}',
        '{"ask": "en als het 80 euro is? het is een showmodel", "role": "verkoper", "thread": "t", "id": "b"}',
        "geen json",
        '{"role": "verkoper", "id": "zonder vraag"}',
        '{"ask": "Klant heeft zijn fietssleutel verloren", "role": "piloot", "id": "c"}',
        '{"ask": "Klant heeft zijn fietssleutel verloren", "role": "verkoper", "id": "d", "on": "2026-13-01"}',
        '{"ask": "Klant heeft zijn fietssleutel verloren", "role": "verkoper", "id": "e", "on": "2026-11-22"}',
        "[1, 2]",
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    outcome = run("ask", "--batch", "in.jsonl", "--out", "out.jsonl", "--knowledge", pack, folder=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(answers) == len(lines)
    assert [("error" in each) for each in answers] == [False, False, True, True, True, True, False, True]
    assert (answers[0]["decision"]["outcome"], answers[1]["decision"]["outcome"]) == ("allowed", "approval")
    assert answers[1]["decision"]["entry"] == "korting-beschadigde-fiets"
    assert [answers[place].get("id") for place in (0, 1, 4, 6)] == ["a", "b", "c", "e"]
    assert "verkoper" in answers[4]["error"]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask"], "Geef een vraag"),
        (["ask", "  "], "nog geen vraag"),
        (["ask", "mag dit?", "--role", "piloot"], "piloot"),
        (["ask", "mag dit?", "--department", "maan"], "maan"),
        (["ask", "mag dit?", "--on", "morgen"], "morgen"),
        (["ask", "mag dit?", "--on", "2026-02-30"], "2026-02-30"),
        (["ask", "mag dit?", "--fact", "bedrag"], "bedrag"),
        (["ask", "mag dit?", "--language", "fr"], "fr"),
        (["ask", "mag dit?", "--knowledge", "nergens"], "nergens"),
        (["ask", "--batch", "nergens.jsonl"], "nergens.jsonl"),
        (["knowledge", "check", "nergens"], "nergens"),
        (["knowledge", "import", "nergens"], "nergens"),
        (["knowledge", "show", "bestaat-niet"], "bestaat-niet"),
        (["knowledge", "history", "bestaat-niet"], "bestaat-niet"),
        (["mandate", "decide", "bestaat-niet", "--role", "verkoper"], "bestaat-niet"),
        (["ask", "mag dit?", "--out", "uit.jsonl"], "--out hoort bij --batch"),
        (["people", "import", "nergens.csv"], "nergens.csv is niet te lezen: No such file or directory."),
        (["vlieg"], 'De opdracht "vlieg" bestaat niet'),
        (["ask", "mag dit?", "--roll", "x"], "De optie --roll bestaat niet. Bedoelde je: --role"),
        (["ask", "mag", "dit?"], "Dit is te veel: dit?"),
        (["ask", "mag dit?", "--role"], "Bij --role hoort een waarde"),
        (["knowledge", "check"], 'Er ontbreekt nog: "path"'),
        (["knowledge", "list", "--kind", "boek"], "uit: policy, mandate, solution"),
        (["evaluate", "--repeat", "veel"], 'De waarde bij "--repeat" past daar niet'),
    ],
)
def test_wrong_use_is_one_clear_sentence_and_exit_code_2(filled: Path, arguments: list[str], says: str) -> None:
    outcome = run(*arguments, folder=filled)
    assert outcome.returncode == 2, outcome.stdout
    assert says in outcome.stderr
    assert "voorzagen" not in outcome.stderr


def test_a_batch_is_read_line_by_line_whatever_signs_a_question_holds(pack: Path, tmp_path: Path) -> None:
    asked = "Klant wil korting\u2028om een kras\u0085op de fiets"
    line = json.dumps({"ask": asked, "role": "verkoper"}, ensure_ascii=False)
    (tmp_path / "in.jsonl").write_bytes(f"\ufeff{line}\r\n\r\n{line}".encode())
    outcome = run("ask", "--batch", "in.jsonl", "--knowledge", pack, folder=tmp_path)
    answers = [json.loads(each) for each in outcome.stdout.split("\n") if each]
    assert [each.get("error") for each in answers] == [None, None]


def test_the_version_is_one_line(tmp_path: Path) -> None:
    assert run("--version", folder=tmp_path).stdout == "heleklant 0.1.0\n"


def test_a_list_without_a_match_does_not_claim_that_there_is_no_knowledge(filled: Path) -> None:
    assert "past hierbij" in run("knowledge", "list", "--owner", "niemand@example.com", folder=filled).stdout


def test_odd_questions_are_answered_all_the_same(pack: Path, tmp_path: Path) -> None:
    odd = [
        "👍👍👍",
        "x",
        "?" * 5000,
        "de het een en van",
        "كسر في الدراجة",
        "kras\u0000op\u0007de fiets",
        "k" * 1_000_000,
    ]
    (tmp_path / "in.jsonl").write_text(
        "".join(json.dumps({"ask": text, "role": "verkoper"}) + "\n" for text in odd), encoding="utf-8"
    )
    outcome = run("ask", "--batch", "in.jsonl", "--knowledge", pack, folder=tmp_path)
    answers = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [each.get("error") for each in answers] == [None] * len(odd)


def test_check_import_export_is_a_circle_to_the_letter(pack: Path, filled: Path, tmp_path: Path) -> None:
    assert run("knowledge", "check", pack, folder=filled).returncode == 0
    again = json.loads(run("knowledge", "import", pack, "--json", folder=filled).stdout)["imported"][0]
    assert (again["new"], again["changed"], again["retired"]) == ([], [], [])
    run("knowledge", "export", tmp_path / "copy", folder=filled)
    original = {path.relative_to(pack): path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    copy = {
        path.relative_to(tmp_path / "copy"): path.read_bytes()
        for path in (tmp_path / "copy").rglob("*")
        if path.is_file()
    }
    assert copy == original


def test_a_change_on_both_sides_is_a_conflict_shown_with_both_and_settled_by_choice(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    run("knowledge", "import", pack, folder=tmp_path)
    with open_store(Settings.from_env({"HELEKLANT_DATA_DIR": str(tmp_path / "data")}, tmp_path)) as store:
        theirs = ENTRIES["service/sleutel-kwijt.md"].replace("Zaag", "Boor")
        store.save_version(theirs, by="eva", status=Status.PUBLISHED)
    (pack / "service/sleutel-kwijt.md").write_text(ENTRIES["service/sleutel-kwijt.md"].replace("Zaag", "Vijl"))
    conflict = run("knowledge", "import", pack, folder=tmp_path)
    assert conflict.returncode == 1
    beside = next(line for line in conflict.stderr.splitlines() if "Boor het slot" in line)
    assert "Vijl het slot" in beside
    assert "--theirs" in conflict.stderr
    told = run("knowledge", "import", pack, "--json", folder=tmp_path)
    assert told.returncode == 1
    (side,) = json.loads(told.stdout)["conflicts"]
    assert (side["entry"], "Boor" in side["stored"], "Vijl" in side["offered"]) == ("sleutel-kwijt", True, True)
    assert "Boor" in run("knowledge", "show", "sleutel-kwijt", folder=tmp_path).stdout
    assert run("knowledge", "import", pack, "--ours", folder=tmp_path).returncode == 0
    assert "Boor" in run("knowledge", "show", "sleutel-kwijt", folder=tmp_path).stdout
    (pack / "service/sleutel-kwijt.md").write_text(ENTRIES["service/sleutel-kwijt.md"].replace("Zaag", "Knip"))
    assert run("knowledge", "import", pack, "--theirs", folder=tmp_path).returncode == 0
    assert "Knip" in run("knowledge", "show", "sleutel-kwijt", folder=tmp_path).stdout


def test_a_pack_with_one_broken_file_is_refused_whole_and_named(tmp_path: Path) -> None:
    broken = write_pack(
        tmp_path / "pack", **{"stuk.md": "---\nid: stuk\nkind: policy\ntitel: Stuk\nkleur: rood\n---\n"}
    )
    checked = run("knowledge", "check", broken, folder=tmp_path)
    assert checked.returncode == 1
    assert "stuk.md:5" in checked.stderr
    assert "kleur" in checked.stderr
    refused = run("knowledge", "import", broken, folder=tmp_path)
    assert refused.returncode == 1
    listed = run("knowledge", "list", "--json", folder=tmp_path)
    assert "korting" not in listed.stdout


def test_list_show_and_history_tell_what_is_there(filled: Path) -> None:
    rows = json.loads(run("knowledge", "list", "--json", folder=filled).stdout)
    assert {row["id"] for row in rows} >= {"sleutel-kwijt", "korting-beschadigde-fiets"}
    assert "sleutel-kwijt" in run("knowledge", "list", folder=filled).stdout
    assert "Zaag het slot open" in run("knowledge", "show", "sleutel-kwijt", folder=filled).stdout
    versions = json.loads(run("knowledge", "history", "sleutel-kwijt", "--json", folder=filled).stdout)
    assert [version["version"] for version in versions] == [1]


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("een bestand")
    outcome = run("knowledge", "list", folder=tmp_path)
    assert outcome.returncode == 2
    assert "data" in outcome.stderr


def test_doctor_names_every_part(filled: Path) -> None:
    outcome = run("doctor", folder=filled)
    assert outcome.returncode == 0, outcome.stdout
    for part in ("Gegevensmap", "Database", "Kennis", "Zoeken op betekenis", "Zoekindex", "Taalmodel", "Slack"):
        assert part in outcome.stdout


def test_doctor_says_that_knowledge_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    outcome = run("doctor", "--json", folder=tmp_path)
    assert outcome.returncode == 1
    parts = {part["part"]: part for part in json.loads(outcome.stdout)}
    assert parts["Database"]["state"] == "ok"
    assert parts["Kennis"]["state"] == "broken"
    assert "heleklant knowledge import" in parts["Kennis"]["says"]
    assert "Zoekindex" not in parts


def test_debug_shows_the_details_and_still_ends_as_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["ask", "--debug"])
    shown = capsys.readouterr().err
    assert stop.value.code == 2
    assert "Traceback" in shown
    assert shown.splitlines()[-1].startswith("Fout: Geef een vraag")
