"""Danger to life goes first, whatever the knowledge holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot import emergency
from copilot.compose import Dossier, TemplateComposer
from copilot.domain import AnswerStatus
from tests.test_compose import ORGANISATION, POLICY, QUESTION, SOLUTION

NOW = (
    "klant heeft pijn op de borst",
    "meneer zegt dat hij pijn in zijn borst heeft",
    "iemand is flauwgevallen bij de kassa",
    "Mevrouw werd ineens onwel in de rij",
    "een kind verslikt zich in een snoepje en loopt blauw aan",
    "gast krijgt geen lucht",
    "er ligt een man buiten bewustzijn op het toilet",
    "ze reageert niet meer",
    "er is brand in de keuken",
    "het ruikt naar gas, een gaslek denk ik",
    "hij heeft een mes",
    "Een klant met een heftige allergische reactie op noten, wat nu?",
    "er is iemand in elkaar gezakt",
    "a customer has chest pain",
    "She can't breathe!",
    "a man collapsed near the tills",
    "there is a fire in the storage room",
)
NOT_NOW = (
    "klant heeft vorig jaar een hartaanval gehad en wil zijn reis verzetten",
    "vergoedt de verzekering een hartaanval in het buitenland?",
    "is brandschade gedekt door de inboedelverzekering?",
    "welke brandstof gaat in deze auto?",
    "de friet is verbrand, mag ik hem vervangen?",
    "klant wil een borstel ruilen",
    "mag ik een mes ruilen zonder bon?",
    "de printer reageert traag",
    "klant is zijn bonnetje kwijt",
    "heeft u een cursus reanimatie?",
    "klant zag dat het artikel in de aanbieding is",
    "is there a discount on fire blankets?",
    "the customer lost his receipt",
    "",
)


@pytest.mark.parametrize("text", NOW)
def test_danger_at_this_moment_is_recognised(text: str) -> None:
    assert emergency.in_danger(text)


@pytest.mark.parametrize("text", NOT_NOW)
def test_what_is_past_insured_or_harmless_is_no_danger(text: str) -> None:
    assert not emergency.in_danger(text)


@pytest.mark.parametrize(("language", "tone"), [("nl", "u"), ("nl", "je"), ("en", "u")])
def test_without_knowledge_the_emergency_number_is_all_that_the_answer_begins_with(language: str, tone: str) -> None:
    question = replace(QUESTION, text="Klant heeft pijn op de borst!", language=language)
    made = TemplateComposer().compose(Dossier(question=question, organisation=replace(ORGANISATION, tone=tone)))
    assert made.status is AnswerStatus.NO_KNOWLEDGE
    assert "112" in made.verdict
    assert made.text.startswith(made.verdict)
    assert "zoek" not in (made.say or "")


def test_an_answer_that_was_found_comes_after_it() -> None:
    question = replace(QUESTION, text="Er is iemand flauwgevallen op de fiets")
    made = TemplateComposer().compose(Dossier(question=question, organisation=ORGANISATION, policies=(POLICY,)))
    assert made.verdict.index("112") < made.verdict.index(POLICY.title)


def test_an_entry_that_names_the_number_calls_for_help() -> None:
    assert emergency.calls_for_help(replace(POLICY, body="Bel 112 en blijf erbij."))
    assert not emergency.calls_for_help(replace(POLICY, body="Artikel 1123 kost 112,50 euro per doos, code A112B."))
    assert not emergency.calls_for_help(SOLUTION)
