"""Measuring end to end: cases asked, counted, compared, gated and written down, with a tiny pack of another trade."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from copilot import baseline, casefile, evaluate, exports, gates, results, tally
from copilot.answered import Shelf
from copilot.app import Application
from copilot.domain import Case, Expectation, Outcome, Question, Suggestion
from copilot.errors import UsageError
from copilot.junit import junit
from copilot.results import About, Measured
from tests.own_cases import opened, shelf_of
from tests.world import write_pack

DAY = date(2026, 11, 22)
CASES = """\
- id: kras-20
  ask: Klant ziet een kras op de fiets en wil 20 euro korting
  role: verkoper
  on: 2026-11-22
  tags: [korting]
  expect: {status: answered, outcome: allowed, sources: [korting-beschadigde-fiets]}
- id: kras-80
  ask: Klant ziet een kras op de showmodel fiets en wil 80 euro korting
  role: verkoper
  on: 2026-11-22
  tags: [korting]
  expect: {outcome: approval, approver: bedrijfsleider}
- id: sleutel
  ask: Klant heeft zijn fietssleutel verloren
  role: verkoper
  on: 2026-11-22
  expect: {sources: [sleutel-kwijt], says: [Zaag het slot open]}
- id: marge
  ask: Wat is de inkoopprijs van een e-bike?
  role: verkoper
  on: 2026-11-22
  expect: {sources_not: [inkoopprijs], never_says: ["31"]}
- id: dan-meer
  ask: Klant ziet een kras op de showmodel fiets en wil 20 euro korting
  then: [en als hij 90 euro wil?]
  role: verkoper
  on: 2026-11-22
  expect: {outcome: approval}
"""
WRONG = """\
- id: verkeerd
  ask: Klant ziet een kras op de fiets en wil 10 euro korting
  role: verkoper
  on: 2026-11-22
  expect: {outcome: denied}
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("evaluate") / "pack")


@pytest.fixture(scope="module")
def application(pack: Path) -> Any:
    with opened(pack) as application:
        yield application


def read(folder: Path, text: str = CASES, name: str = "cases.yaml") -> list[Case]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    cases, findings = casefile.read_cases(path)
    assert findings == []
    return cases


def measure(application: Application, cases: list[Case], repeat: int = 1) -> Measured:
    shelf = shelf_of(application)
    found = asyncio.run(evaluate.evaluate(cases, application.assistant.suggest, shelf, today=DAY, repeat=repeat))
    return Measured.of(About(at=datetime(2026, 11, 22), shelf=shelf, cases=cases, repeat=repeat), found)


def test_every_case_is_asked_and_judged(application: Application, tmp_path: Path) -> None:
    measured = measure(application, read(tmp_path))
    counted = measured.tallies[""]
    assert counted.right == tally.Rate(5, 5), [
        mark.text("en") for each in measured.results for mark in each.told.marks if mark.passed is False
    ]
    assert counted.share("right") == 1
    assert counted.wrong_allowed.wrong_at_most == pytest.approx(3 / 5, abs=0.5)
    assert counted.splits["tag"]["korting"] == tally.Rate(2, 2)
    assert counted.splits["owner"] == {"eva@example.com": tally.Rate(1, 1), "jan@example.com": tally.Rate(1, 1)}


def test_two_runs_give_the_same_scores_to_the_last_digit(application: Application, tmp_path: Path) -> None:
    cases = read(tmp_path, CASES + WRONG)
    first, second = (results.as_json(measure(application, cases)) for _ in range(2))
    for same in ("scores", "cases", "locked", "findings"):
        assert json.dumps(first[same]) == json.dumps(second[same])
    assert first["about"]["pack"] == second["about"]["pack"]


def test_a_wrong_yes_always_fails(application: Application, tmp_path: Path) -> None:
    measured = measure(application, read(tmp_path, WRONG))
    failed = gates.failed(measured.all_of_it, [])
    assert [each.text("nl") for each in failed] == ['1 keer onterecht "mag zelf" gezegd: dat mag nooit.']


def test_a_gate_holds_from_its_value_on(application: Application, tmp_path: Path) -> None:
    counted = measure(application, read(tmp_path)).all_of_it
    assert gates.failed(counted, [gates.read_gate("right=100%"), gates.read_gate("outcome=1")]) == ()
    assert gates.failed(counted, [gates.read_gate("refusal=0.5")])[0].text("en").startswith("refusal was not measured")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("right", "Schrijf maat=waarde"),
        ("outcom=0.9", 'Bedoel je "outcome"'),
        ("xyz=0.9", "Kies uit: right"),
        ("right=95", "nooit te halen"),
    ],
)
def test_a_gate_that_cannot_be_right_is_refused_with_the_remedy(written: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        gates.read_gate(written)


def test_repeats_count_how_often_all_are_right(application: Application, tmp_path: Path) -> None:
    """A moody answerer: every second answer refuses."""
    calls = 0
    shelf = shelf_of(application)

    async def moody(question: Question) -> Suggestion:
        nonlocal calls
        calls += 1
        suggestion = await application.assistant.suggest(question)
        return replace(suggestion, decision=None) if calls % 2 else suggestion

    cases = read(tmp_path)[:1]
    found = asyncio.run(evaluate.evaluate(cases, moody, shelf, today=DAY, repeat=4))
    counted = tally.count(found, shelf)
    assert counted.pass_all == (pytest.approx(0.5), pytest.approx(1 / 6), 0.0, 0.0)
    assert counted.right == tally.Rate(0, 1)
    assert counted.share("pass^2") == pytest.approx(1 / 6)
    assert counted.share("pass^9") is None


def test_a_case_that_cannot_be_asked_does_not_stop_the_rest(application: Application, tmp_path: Path) -> None:
    stranger = replace(read(tmp_path)[0], id="stranger", role="kapitein")
    measured = measure(application, [stranger, *read(tmp_path)])
    assert measured.tallies[""].broken == 1
    assert measured.tallies[""].right == tally.Rate(5, 6)
    assert "kapitein" in results.as_json(measured)["cases"][0]["attempts"][0]["fault"]


def test_a_crash_of_the_answerer_is_a_finding_and_not_the_end(application: Application, tmp_path: Path) -> None:
    async def broken(question: Question) -> Suggestion:
        raise ZeroDivisionError("oops")

    found = asyncio.run(evaluate.evaluate(read(tmp_path), broken, shelf_of(application), today=DAY))
    assert all("ZeroDivisionError: oops" in str(each.told.fault) for each in found)
    assert not any(each.right for each in found)


def test_locked_cases_are_counted_and_never_shown(application: Application, tmp_path: Path) -> None:
    cases = read(tmp_path) + [replace(each, id=f"dicht-{each.id}") for each in read(tmp_path, CASES, "x-locked.yaml")]
    measured = measure(application, cases)
    written = json.dumps(results.as_json(measured))
    assert "dicht-" not in written
    assert "dicht-" not in junit(measured)
    assert results.as_json(measured)["locked"]["x-locked.yaml"]["right"]["of"] == 5
    assert measured.all_of_it.right.of == 10


# ------------------------------------------------------------------------------------------ comparing


def test_what_turned_is_named_with_whether_it_can_be_chance(application: Application, tmp_path: Path) -> None:
    good = measure(application, read(tmp_path))
    earlier = json.loads(json.dumps(results.as_json(good)))
    for case in earlier["cases"][:2]:
        case["right"] = False
    fault = UsageError(evaluate.texts.TOO_FEW, option="x", least=1)
    bad = list(good.results)
    bad[3] = replace(bad[3], attempts=(evaluate.Attempt(fault=fault),))
    now = Measured.of(good.about, bad)
    comparison = baseline.compare(now, earlier)
    assert [each.result.case.id for each in comparison.better] == ["kras-20", "kras-80"]
    assert [each.result.case.id for each in comparison.worse] == ["marge"]
    assert comparison.chance == 1.0
    assert baseline.mismatches(comparison, "old.json") == ()


def test_a_baseline_over_other_cases_is_said_and_the_same_ones_are_compared(
    application: Application, tmp_path: Path
) -> None:
    good = measure(application, read(tmp_path))
    earlier = json.loads(json.dumps(results.as_json(good)))
    earlier["cases"][0]["hash"] = "other"
    earlier["cases"][1]["id"] = "gone"
    comparison = baseline.compare(good, earlier)
    assert (comparison.compared, comparison.changed, comparison.gone, comparison.new) == (
        3,
        ("kras-20",),
        ("gone",),
        ("kras-80",),
    )
    [finding] = baseline.mismatches(comparison, "old.json")
    assert "3 gelijk, 1 nieuw, 1 weg, 1 veranderd" in finding.text("nl")


@pytest.mark.parametrize(("written", "cases"), [("0", 0), ("3", 3), ("1%", 2), ("0,5%", 1), ("100%", 200)])
def test_an_allowed_loss_is_a_number_or_a_share(written: str, cases: int) -> None:
    assert baseline.allowed_loss(written, 200) == cases


@pytest.mark.parametrize("written", ["-1", "veel", "1.5", ""])
def test_another_loss_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="toegestaan verlies"):
        baseline.allowed_loss(written, 200)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 1, "cases": [1]}', '{"schema": 99, "cases": []}', "\x00"])
def test_what_is_no_results_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "results.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"results\.json"):
        results.read_results(path)


def test_hashes_follow_meaning_and_not_place(application: Application) -> None:
    case = Case(id="a", ask="?", role="r", expect=Expectation(outcome=Outcome.ALLOWED.value), file="x", line=3)
    assert results.case_hash(case) == results.case_hash(replace(case, file="y", line=9))
    assert results.case_hash(case) != results.case_hash(replace(case, ask="!"))
    shelf = shelf_of(application)
    entries = dict(shelf.entries)
    entries["gratis-beurt"] = replace(entries["gratis-beurt"], body="Anders.")
    assert results.pack_hash(shelf) != results.pack_hash(Shelf(shelf.organisation, entries))


# -------------------------------------------------------------------------------------------- written


def test_junit_tells_what_is_wrong_and_survives_odd_characters(application: Application, tmp_path: Path) -> None:
    odd = replace(read(tmp_path, WRONG)[0], id="odd\x01\ud800", ask="kras \x0b 10 euro korting op de fiets")
    measured = measure(application, [*read(tmp_path), odd])
    tree = ElementTree.fromstring(junit(measured, gates.failed(measured.all_of_it, [])))
    assert tree.get("tests") == "7"
    assert tree.get("failures") == "2"
    failure = tree.find(".//testcase/failure")
    assert failure is not None
    assert failure.get("type") == "wrong_allowed"


def test_exports_have_the_shapes_that_other_harnesses_read(application: Application, tmp_path: Path) -> None:
    measured = measure(application, read(tmp_path))
    written = exports.files(measured, ["ragas", "deepeval", "promptfoo"])
    rows = [json.loads(line) for line in written["ragas.jsonl"].splitlines()]
    assert len(rows) == 5
    for row in rows:
        assert row.keys() == {"user_input", "response", "retrieved_contexts", "reference"}
        assert all(isinstance(each, str) for each in row["retrieved_contexts"])
    for test in json.loads(written["deepeval.json"]):
        assert {"input", "actual_output", "expected_output", "context", "retrieval_context"} <= test.keys()
        assert isinstance(test["retrieval_context"], list)
    tests = json.loads(written["promptfoo.json"])
    assert tests[2]["assert"] == [{"type": "icontains", "value": "Zaag het slot open"}]
    assert all(isinstance(value, str) for test in tests for value in test["vars"].values())


def test_an_export_that_is_not_known_is_refused() -> None:
    with pytest.raises(UsageError, match="ragas, deepeval, promptfoo"):
        exports.file_name("raga")
