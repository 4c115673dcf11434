"""Real questions become cases: masked, once each, finished where a correction says what was right."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from copilot import casefile
from copilot.app import Application, import_packs, open_application
from copilot.collecting import collect
from copilot.commands.collected_cases import case_file, collect_cases
from copilot.domain import Feedback, Question, ReadFact, Suggestion
from copilot.privacy import Masker
from copilot.records import Answered
from copilot.settings import Settings
from tests.world import write_pack

DAY = date(2026, 11, 22)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write_pack(tmp_path / "pack")
    data = {"HELEKLANT_DATA_DIR": str(tmp_path / "data"), "HELEKLANT_EMBEDDER": "words"}
    settings = Settings.from_env(data, tmp_path)
    import_packs(settings, tmp_path / "pack", by="test", on=DAY)
    return settings


def ask(application: Application, text: str, id: str, **given: object) -> Suggestion:
    question = Question(id=id, text=text, roles=("verkoper",), on=DAY, **given)  # type: ignore[arg-type]
    return asyncio.run(application.assistant.suggest(question))


def test_nothing_to_collect_is_said(settings: Settings, tmp_path: Path) -> None:
    assert "niets om te verzamelen" in collect_cases(settings, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_thumbs_down_and_gaps_go_on_a_list_without_customer_data(settings: Settings, tmp_path: Path) -> None:
    with open_application(settings) as application:
        down = ask(application, "Klant heeft zijn fietssleutel verloren, bel 06-12345678", "q1")
        remark = "bel NL91ABNA0417164300"
        application.store.add_feedback(
            Feedback(suggestion=down.id, helpful=False, by="x", reason="wrong", remark=remark)
        )
        ask(application, "Wat is de hoofdstad van Mongolië?", "q2")
        ask(application, "Klant heeft zijn fietssleutel verloren", "q3")
    said = collect_cases(settings, tmp_path / "out")
    assert "Klaar om te meten" not in said
    assert "Eerst na te kijken: 2" in said
    text = (tmp_path / "out" / "_review.yaml").read_text(encoding="utf-8")
    assert "12345678" not in text
    assert "NL91" not in text
    assert "Mongolië" in text
    assert "tags: [from-life, thumb-down]" in text
    assert "tags: [from-life, gap]" in text
    assert not (tmp_path / "out" / "from-life.yaml").exists()
    assert casefile.read_cases(tmp_path / "out") == ([], [])


def corrected(settings: Settings, text: str) -> tuple[Answered, Answered]:
    """The question as it was misread, and the same one after the colleague put the amount right."""
    entry = "korting-beschadigde-fiets"
    with open_application(settings) as application:
        after = ask(application, text, "q2", thread="t", entry=entry, facts={"korting": "80", "showmodel": "yes"})
    wrong = ReadFact("korting", Decimal(800), "€ 800,00")
    before = replace(after, id="q1", question=replace(after.question, id="q1", facts={}), read=(wrong,))
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return Answered(before, at), Answered(after, at + timedelta(minutes=1))


def test_a_corrected_amount_that_stands_in_the_question_is_a_finished_case(settings: Settings) -> None:
    text = "Klant ziet een kras op de fiets van 800 euro, wil 80 euro korting"
    [case] = collect(corrected(settings, text)[::-1], (), Masker())
    assert case.ask == text
    assert case.then == ()
    assert case.expect is not None
    assert case.expect.sources == ("korting-beschadigde-fiets",)
    assert (case.expect.outcome, case.expect.approver) == ("approval", "bedrijfsleider")
    assert case.tags == ("from-life", "corrected")


def test_a_correction_that_the_question_could_not_know_is_left_to_a_person(settings: Settings) -> None:
    [case] = collect(corrected(settings, "Klant ziet een kras op de fiets van 800 euro"), (), Masker())
    assert case.expect is None


def test_a_finished_case_reads_back_as_it_was_collected(settings: Settings, tmp_path: Path) -> None:
    [case] = collect(corrected(settings, 'Kras: "klant" wil 80 euro # korting'), (), Masker())
    path = tmp_path / "cases.yaml"
    path.write_text(case_file([case], (), "nl"), encoding="utf-8")
    [read], findings = casefile.read_cases(path)
    assert findings == []
    assert (read.id, read.ask, read.role, read.on, read.tags) == (case.id, case.ask, case.role, case.on, case.tags)
    assert read.expect == case.expect


def test_a_question_that_was_asked_twice_is_collected_once(settings: Settings, tmp_path: Path) -> None:
    with open_application(settings) as application:
        for id in ("q1", "q2"):
            ask(application, "Wat is de hoofdstad van Mongolië?", id)
    assert "Eerst na te kijken: 1" in collect_cases(settings, tmp_path / "out")
