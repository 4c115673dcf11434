"""A question becomes a suggestion, in process, on a small shop: follow-ups, taps, limits, what may not be seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from copilot.app import Application, build, open_application, question_from
from copilot.domain import AnswerStatus, Outcome, Suggestion
from copilot.errors import KnowledgeError, UsageError
from copilot.settings import Settings
from tests.world import write_pack

BATTERY = """\
---
id: accu-vervangen
kind: mandate
title: Accu van een e-bike vervangen
owner: jan@example.com
questions: [De accu van de klant is snel leeg, krijgt hij een nieuwe accu?]
facts:
  prijs:
    type: money
    ask: Wat kost de accu?
  aantal:
    type: number
    ask: Hoeveel accu's zijn het?
  leeftijd:
    type: days
    ask: Hoe oud is de accu?
rules:
  - roles: [verkoper]
    when: {prijs: "<= 300", aantal: "= 1", leeftijd: "<= 730"}
    may: Vervang de accu.
  - roles: [bedrijfsleider]
    may: Vervang de accu's.
---
"""
VOUCHER = """\
---
id: tegoedbon-geven
kind: mandate
title: Een tegoedbon geven na een klacht
owner: eva@example.com
questions: [Mag ik de klant een tegoedbon geven voor het ongemak?]
facts:
  waarde:
    type: money
    ask: Hoeveel is de tegoedbon waard?
rules:
  - roles: [verkoper]
    when: {waarde: "<= 50"}
    may: Geef een tegoedbon.
  - roles: [bedrijfsleider]
    may: Geef een tegoedbon.
period_limit:
  fact: waarde
  max: 60
  per: customer
  days: 30
  roles: [verkoper]
---
"""
SCRATCH = "Klant ziet een kras op de fiets en wil korting, mag dat?"

Ask = Callable[..., Suggestion]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    folder = tmp_path_factory.mktemp("winkel")
    pack = write_pack(folder / "pack", **{"accu.md": BATTERY, "bon.md": VOUCHER})
    with open_application(words_only(folder), knowledge=pack) as application:
        yield application


@pytest.fixture
def ask(shop: Application) -> Ask:
    return lambda text, **given: shop.assistant.answer(question(shop, text, **given))


def words_only(folder: Path) -> Settings:
    """Settings that look at nothing outside the folder, and search by words alone, which is quick."""
    return Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'x.sqlite3'}", embedder="words")


def question(shop: Application, text: str, **given: Any) -> Any:
    asked = question_from({"ask": text, "on": "2026-11-22", **given}, shop.store.organisation())
    return replace(asked, entry=given.get("entry"))


def cited(suggestion: Suggestion) -> list[str]:
    return [source.id for source in suggestion.sources]


# -------------------------------------------------------------------------------------------- follow-ups


def test_a_follow_up_keeps_the_mandate_and_the_other_facts(ask: Ask) -> None:
    first = ask("Klant ziet een kras op de fiets, een showmodel, en wil 20 euro korting", thread="a")
    assert first.decision
    assert first.decision.outcome is Outcome.ALLOWED
    second = ask("en als het 80 euro is?", thread="a")
    assert second.decision
    assert second.decision.outcome is Outcome.APPROVAL
    assert (second.decision.approver, second.decision.facts["showmodel"]) == ("bedrijfsleider", True)


def test_a_bare_answer_fills_the_fact_that_was_asked(ask: Ask) -> None:
    assert ask(SCRATCH, thread="b").asks is not None
    answered = ask("20", thread="b")
    assert answered.status is AnswerStatus.ANSWERED
    assert answered.decision
    assert answered.decision.outcome is Outcome.ALLOWED


def test_a_figure_that_tells_another_fact_is_not_the_amount_that_was_asked(ask: Ask) -> None:
    first = ask("De accu van de klant is snel leeg, krijgt hij een nieuwe accu?", thread="c")
    assert first.asks is not None
    assert first.asks.fact == "prijs"
    second = ask("één accu", thread="c")
    assert second.decision
    assert dict(second.decision.facts) == {"aantal": 1}
    assert second.asks is not None
    assert second.asks.fact == "prijs"


def test_years_are_read_where_a_fact_asks_how_old_something_is(ask: Ask) -> None:
    text = "De accu van de klant is snel leeg, hij is een jaar oud, krijgt hij een nieuwe accu?"
    first = ask(text, thread="oud")
    assert first.decision
    assert first.decision.facts["leeftijd"] == 365
    older = ask("en als hij 3 jaar oud is?", thread="oud")
    assert older.decision
    assert older.decision.facts["leeftijd"] == 1096


def test_a_message_about_something_else_leaves_the_mandate(ask: Ask) -> None:
    ask(SCRATCH, thread="d")
    other = ask("Wanneer is het eerste onderhoud gratis?", thread="d")
    assert other.decision is None
    assert cited(other) == ["gratis-beurt"]


def test_the_way_comes_with_the_answer_to_the_fact_that_was_asked(ask: Ask) -> None:
    asked = ask(SCRATCH, thread="e")
    assert (asked.steps, cited(asked)) == ((), ["korting-beschadigde-fiets"])
    answered = ask("20 euro", thread="e")
    assert next(step.do for step in answered.steps) == "Bekijk de kras samen met de klant."
    assert cited(answered) == ["korting-beschadigde-fiets", "fiets-met-kras"]


# -------------------------------------------------------------------------------------------------- taps


def test_every_choice_that_is_offered_can_be_tapped(ask: Ask) -> None:
    asks = ask(SCRATCH).asks
    assert asks is not None
    assert asks.choices
    for choice in asks.choices:
        tapped = ask(SCRATCH, facts={asks.fact: choice.value}, entry="korting-beschadigde-fiets")
        assert tapped.decision
        assert asks.fact in tapped.decision.facts
        assert [fact.told for fact in tapped.read if fact.name == asks.fact] == [True]


def test_what_was_tapped_wins_from_what_was_read(ask: Ask) -> None:
    tapped = ask("Klant ziet een kras op de fiets en wil 20 euro korting", facts={"korting": "600"})
    assert tapped.decision
    assert tapped.decision.outcome is Outcome.DENIED


@pytest.mark.parametrize("entry", [None, "korting-beschadigde-fiets"])
def test_a_fact_that_no_mandate_here_knows_is_never_ignored(ask: Ask, entry: str | None) -> None:
    with pytest.raises(UsageError, match=r'"kortnig".*korting, showmodel'):
        ask(SCRATCH, facts={"kortnig": "20"}, entry=entry)


def test_a_fact_of_a_steps_mandate_is_welcome(ask: Ask) -> None:
    solved = ask("Er zit een kras op het frame, wat doe ik?", facts={"korting": "20"})
    assert [step.outcome for step in solved.steps if step.mandate] == [Outcome.ALLOWED]


def test_an_entry_that_may_not_be_seen_is_as_if_it_did_not_exist(ask: Ask) -> None:
    for entry in ("inkoopprijs", "bestaat-niet"):
        with pytest.raises(UsageError, match=f'geen kennisitem "{entry}"'):
            ask("Wat is de marge?", entry=entry)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"facts": {"korting": [20]}}, "geen gewone waarde"),
        ({"facts": {"korting": "veel"}}, '"veel" past niet'),
        ({"language": "fr"}, '"fr" spreken we niet'),
        ({"on": "2026-02-30"}, '"2026-02-30" is geen dag'),
        ({"role": "koning"}, '"koning" bestaat niet'),
        ({"department": "mars"}, '"mars" bestaat niet'),
    ],
)
def test_wrong_use_is_said_in_a_sentence(ask: Ask, given: Mapping[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        ask(SCRATCH, **given)


def test_a_fact_without_a_value_is_simply_not_known(ask: Ask) -> None:
    assert ask(SCRATCH, facts={"korting": None}).status is AnswerStatus.NEEDS_FACT


# ------------------------------------------------------------------------------- what answers, and what not


def test_denied_shows_the_way_that_helps_all_the_same(ask: Ask) -> None:
    denied = ask("Klant wil 600 euro korting om een kras op de fiets")
    assert denied.decision
    assert denied.decision.instead == "fiets-met-kras"
    assert denied.verdict == "Nee, dit kan niet. Maar dit wel: Een fiets met een kras toch blij de deur uit."
    assert [action.id for action in denied.next] == ["gratis-beurt"]
    assert denied.text.count("Meer dan dat is de fiets niet waard") == 1


def test_a_step_says_what_must_be_known_first_and_the_solution_is_answered(ask: Ask) -> None:
    solved = ask("Er zit een kras op het frame, wat doe ik?")
    assert solved.status is AnswerStatus.ANSWERED
    step = next(each for each in solved.steps if each.mandate)
    assert step.asking is not None
    assert step.outcome is None
    assert step.asking.question in solved.text


@pytest.mark.parametrize(
    ("text", "entry", "role", "on", "answers"),
    [
        ("Wat is de inkoopprijs van een e-bike?", "inkoopprijs", "verkoper", "2026-11-22", False),
        ("Wat is de inkoopprijs van een e-bike?", "inkoopprijs", "eigenaar", "2026-11-22", True),
        ("Geldt de zomeractie op bakfietsen nog?", "oude-actie", "verkoper", "2026-11-22", False),
        ("Geldt de zomeractie op bakfietsen nog?", "oude-actie", "verkoper", "2026-08-31", True),
    ],
)
def test_only_living_visible_knowledge_answers(
    ask: Ask, text: str, entry: str, role: str, on: str, answers: bool
) -> None:
    assert (entry in cited(ask(text, role=role, on=on))) is answers


def test_an_unknown_subject_promises_nothing_and_says_what_to_do_now(ask: Ask) -> None:
    unknown = ask("Hoe lang kook je een ei?")
    assert (unknown.status, unknown.decision, unknown.steps, unknown.sources) == (
        AnswerStatus.NO_KNOWLEDGE,
        None,
        (),
        (),
    )
    assert "vraag je bedrijfsleider" in unknown.text


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "\ud800"])
def test_no_question_at_all_is_said_so(ask: Ask, text: str) -> None:
    with pytest.raises(UsageError, match="Ik zie nog geen vraag"):
        ask(text)


@pytest.mark.parametrize("text", ["🚲💥", "?" * 50, "﷽" * 500, "a\u0301" * 3000, "kras " * 200_000])
def test_odd_and_endless_texts_get_an_answer(ask: Ask, text: str) -> None:
    suggestion = ask(text)
    assert suggestion.text
    assert len(suggestion.question.text) <= 8_000


def test_an_english_question_is_answered_in_english(ask: Ask) -> None:
    suggestion = ask("Mag ik de klant een tegoedbon geven voor het ongemak?", language="en", facts={"waarde": "20"})
    assert suggestion.verdict == "Yes, you may decide this yourself."
    assert suggestion.decision
    assert "€20.00" in suggestion.decision.because


# ------------------------------------------------------------------------------------------ over a period


def test_what_was_really_granted_counts_for_the_same_customer(shop: Application, ask: Ask) -> None:
    text = "Mag ik de klant een tegoedbon van 40 euro geven voor het ongemak?"
    first = ask(text, customer="klant-1")
    assert first.decision
    assert first.decision.outcome is Outcome.ALLOWED
    assert shop.store.grant(first.id, "anna", None, "klant-1")
    again = ask(text, customer="klant-1")
    assert again.decision
    assert (again.decision.outcome, again.decision.approver) == (
        Outcome.APPROVAL,
        "bedrijfsleider",
    )
    assert ask(text, customer="klant-2").decision.outcome is Outcome.ALLOWED  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ("2026-11-01", Outcome.ALLOWED),  # the day before: it had not been given yet
        ("2026-11-02", Outcome.APPROVAL),
        ("2026-12-01", Outcome.APPROVAL),  # the thirtieth day
        ("2026-12-02", Outcome.ALLOWED),
    ],
)
def test_a_period_of_thirty_days_counts_the_day_itself_and_ends_after_the_thirtieth(
    shop: Application, ask: Ask, asked: str, outcome: Outcome
) -> None:
    text = "Mag ik de klant een tegoedbon van 40 euro geven voor het ongemak?"
    whose = f"klant-{asked}"
    first = ask(text, customer=whose, on="2026-11-02")
    assert shop.store.grant(first.id, "anna", None, whose)
    assert ask(text, customer=whose, on=asked).decision.outcome is outcome  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------- the Python seam


def test_suggest_and_stream_give_the_same_finished_suggestion(shop: Application) -> None:
    asked = question(shop, SCRATCH)

    async def both() -> tuple[Suggestion, list[object]]:
        streamed = [update async for update in shop.assistant.stream(asked)]
        return await shop.assistant.suggest(replace(asked, id="nog-eens")), streamed

    suggested, streamed = asyncio.run(both())
    assert isinstance(streamed[-1], Suggestion)
    assert streamed[-1].text == suggested.text
    assert suggested.composed_by == "template"


def test_every_answer_is_in_the_ledger(shop: Application, ask: Ask) -> None:
    given = ask(SCRATCH)
    kept = shop.store.suggestion(given.id)
    assert kept is not None
    assert kept.text == given.text
    assert kept.question.on == date(2026, 11, 22)


def test_a_folder_without_an_organisation_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"organisation\.yaml"):
        build(words_only(tmp_path), knowledge=str(tmp_path))
