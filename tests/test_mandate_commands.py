"""`heleklant mandate decide` and `check` as other programs run them: real processes, real output, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import run
from tests.world import write_pack

ENTRY = "korting-beschadigde-fiets"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("pack"))


def decide(*arguments: str, pack: Path, folder: Path) -> dict[str, Any]:
    outcome = run("mandate", "decide", *arguments, "--json", "--knowledge", pack, folder=folder)
    assert outcome.returncode == 0, outcome.stderr
    return json.loads(outcome.stdout)


def test_the_decision_alone_is_the_contract_to_the_letter(pack: Path, tmp_path: Path) -> None:
    facts = ("--fact", "korting=20", "--fact", "showmodel=ja")
    given = decide(ENTRY, "--role", "verkoper", *facts, "--on", "2026-11-22", pack=pack, folder=tmp_path)
    assert given["asks"] is None
    decision = given["decision"]
    contract = "entry version action outcome options approver facts missing because instead rule".split()
    assert list(decision)[: len(contract)] == contract
    assert {name: decision[name] for name in contract if name != "because"} == {
        "entry": ENTRY,
        "version": 1,
        "action": ENTRY,
        "outcome": "allowed",
        "options": ["Geef de korting direct aan de kassa."],
        "approver": None,
        "facts": {"korting": "20.00", "showmodel": True},
        "missing": [],
        "instead": None,
        "rule": 1,
    }
    assert not (tmp_path / "data").exists()


def test_a_missing_fact_comes_with_the_answers_that_matter(pack: Path, tmp_path: Path) -> None:
    given = decide(ENTRY, "--role", "verkoper", pack=pack, folder=tmp_path)
    assert given["decision"]["outcome"] is None
    assert (given["asks"]["fact"], given["decision"]["missing"]) == ("korting", ["korting", "showmodel"])
    values = [choice["value"] for choice in given["asks"]["choices"]]
    assert values == ["0 .. 25", "25.01 .. 100", "100.01 .. 500", ">= 500.01"]
    for value in values:
        told = decide(ENTRY, "--role", "verkoper", "--fact", f"korting={value}", pack=pack, folder=tmp_path)
        assert told["decision"]["facts"] == {"korting": value}


def test_several_roles_of_one_asker_may_be_given(pack: Path, tmp_path: Path) -> None:
    facts = ("--fact", "korting=80", "--fact", "showmodel=yes")
    given = decide(ENTRY, "--role", "verkoper", "--role", "bedrijfsleider", *facts, pack=pack, folder=tmp_path)
    assert given["decision"]["outcome"] == "allowed"


def test_many_decisions_come_out_in_order_and_a_bad_line_does_not_stop_the_rest(pack: Path, tmp_path: Path) -> None:
    lines: list[Any] = [
        {"entry": ENTRY, "role": "verkoper", "facts": {"korting": 20}, "on": "2026-11-22"},
        {"entry": ENTRY, "role": "verkoper", "facts": {"korting": 80.5, "showmodel": True}, "id": 7},
        {"entry": ENTRY, "role": "verkoper", "facts": {"korting": 20.125}},
        {"entry": ENTRY, "role": "verkoper", "facts": {"korting": -1}},
        {"entry": ENTRY, "role": "verkoper", "facts": {"korting": [1]}},
        {"entry": ENTRY, "role": "piloot", "facts": {}},
        {"entry": ENTRY, "role": "verkoper", "facts": {"prijs": 1}},
        {"entry": "bestaat-niet", "role": "verkoper"},
        {"entry": "sleutel-kwijt", "role": "verkoper"},
        {"entry": ENTRY, "role": "verkoper", "on": "2026-02-30"},
        {"entry": ENTRY, "rol": "verkoper"},
        {"role": "verkoper"},
        [1],
        {"entry": ENTRY, "role": ["eigenaar"], "facts": {"korting": "600"}},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join([*map(json.dumps, lines[:1]), "", *map(json.dumps, lines[1:])]))
    arguments = ("mandate", "decide", "--batch", "in.jsonl", "--out", "out.jsonl", "--knowledge", pack)
    outcome = run(*arguments, folder=tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert len(answers) == len(lines)
    good = [place for place, answer in enumerate(answers) if "error" not in answer]
    assert good == [0, 1, 13]
    assert [answers[place]["decision"]["outcome"] for place in good] == ["allowed", "approval", "denied"]
    assert answers[1]["id"] == 7
    says = [None, None, "20.125", "-1", "korting", "piloot", "prijs", "bestaat-niet", "sleutel-kwijt", "2026-02-30"]
    for answer, part in zip(answers[2:10], says[2:], strict=True):
        assert part is not None
        assert part in answer["error"]


def test_what_expired_or_may_not_be_seen_is_denied_and_not_an_error(tmp_path: Path) -> None:
    text = "---\nid: {id}\nkind: mandate\ntitle: T\n{head}\nrules:\n  - {{roles: [verkoper], may: Ja.}}\n---\n"
    extra = {
        "oud.md": text.format(id="oud", head="valid_until: 2026-01-31"),
        "geheim.md": text.format(id="geheim", head="audience: [eigenaar]"),
    }
    pack = write_pack(tmp_path / "pack", **extra)
    old = decide("oud", "--role", "verkoper", "--on", "2026-11-22", pack=pack, folder=tmp_path)["decision"]
    assert (old["outcome"], "31 januari 2026" in old["because"]) == ("denied", True)
    hidden = decide("geheim", "--role", "verkoper", pack=pack, folder=tmp_path)["decision"]
    assert (hidden["outcome"], hidden["because"]) == ("denied", "Er is geen mandaat “geheim”.")
    assert decide("geheim", "--role", "eigenaar", pack=pack, folder=tmp_path)["decision"]["outcome"] == "allowed"


def test_a_broken_mandate_never_decides_and_never_blocks_the_others(tmp_path: Path) -> None:
    broken = (
        "---\nid: stuk\nkind: mandate\ntitle: T\nrules:\n  - {roles: [verkoper], when: {prijs: 3}, may: Ja.}\n---\n"
    )
    pack = write_pack(tmp_path / "pack", **{"stuk.md": broken})
    outcome = run("mandate", "decide", "stuk", "--role", "verkoper", "--knowledge", pack, folder=tmp_path)
    assert outcome.returncode == 2
    for part in ("stuk", "stuk.md:6", "prijs"):
        assert part in outcome.stderr
    facts = ("--fact", "korting=20")
    assert decide(ENTRY, "--role", "verkoper", *facts, pack=pack, folder=tmp_path)["decision"]["outcome"] == "allowed"


def test_roles_that_go_round_in_a_ring_decide_nothing(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    organisation = (pack / "organisation.yaml").read_text()
    ring = organisation.replace("    title: Verkoper\n", "    title: Verkoper\n    above: eigenaar\n")
    (pack / "organisation.yaml").write_text(ring)
    outcome = run("mandate", "decide", ENTRY, "--knowledge", pack, folder=tmp_path)
    assert outcome.returncode == 2
    assert "kring" in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["decide"], "--batch"),
        (["decide", ENTRY, "--batch", "in.jsonl"], "niet allebei"),
        (["decide", "korting-beschadigde-fets"], ENTRY),
        (["decide", "sleutel-kwijt"], "solution"),
        (["decide", ENTRY, "--role", "piloot"], "piloot"),
        (["decide", ENTRY, "--fact", "prijs=3"], "korting, showmodel"),
        (["decide", ENTRY, "--fact", "korting=veel"], "veel"),
        (["decide", ENTRY, "--fact", "korting=-3"], "0 of meer"),
        (["decide", ENTRY, "--on", "2026-02-30"], "2026-02-30"),
        (["decide", ENTRY, "--granted", "veel"], "veel"),
        (["decide", ENTRY, "--language", "fr"], "fr"),
        (["decide", "--batch", "nergens.jsonl"], "nergens.jsonl"),
    ],
)
def test_wrong_use_is_one_clear_sentence_and_exit_code_2(
    pack: Path, tmp_path: Path, arguments: list[str], says: str
) -> None:
    outcome = run("mandate", *arguments, "--knowledge", pack, folder=tmp_path)
    assert outcome.returncode == 2, outcome.stdout
    assert says in outcome.stderr
    assert len(outcome.stderr.strip().splitlines()) <= 2


def test_check_warns_with_exit_code_0_and_fails_on_a_contradiction(pack: Path, tmp_path: Path) -> None:
    whole = run("mandate", "check", "--knowledge", pack, "--json", folder=tmp_path)
    found = json.loads(whole.stdout)
    assert (whole.returncode, found["ok"], found["mandates"]) == (0, True, 1)
    assert [each["code"] for each in found["findings"]] == ["gap", "gap"]
    other = f"---\nid: dubbel\nkind: mandate\ntitle: D\naction: {ENTRY}\nfacts:\n  korting: {{type: money}}\nrules:\n"
    other += '  - {roles: [verkoper], when: {korting: "<= 60"}, may: Ja.}\n---\n'
    clashing = write_pack(tmp_path / "pack", **{"dubbel.md": other})
    refused = run("mandate", "check", "--knowledge", clashing, folder=tmp_path)
    assert refused.returncode == 1
    assert "spreken elkaar tegen" in refused.stderr
    imported = run("knowledge", "import", clashing, folder=tmp_path)
    assert imported.returncode == 1
    assert "dubbel.md" in imported.stderr
