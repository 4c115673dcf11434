"""What a stranger meets first: the examples of the front pages work, and the stories that it all began with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import typer

from copilot import casefile
from copilot.app import Application, question_from
from copilot.cli import build_app
from copilot.domain import AnswerStatus, Mandate, Outcome, Suggestion
from copilot.entryfile import read_entry
from tests.own_cases import PACKS, opened

PAGES = {name: Path(name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md")}
EACH_PAGE = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


@pytest.fixture(scope="module")
def sample() -> Iterator[Application]:
    with opened(PACKS["hele-klant"]) as application:
        yield application


def asked(sample: Application, text: str, role: str = "medewerker") -> Suggestion:
    question = question_from({"ask": text, "role": role, "on": date(2026, 11, 22)}, sample.store.organisation())
    return sample.assistant.answer(question)


# ----------------------------------------------------------------------------------------- front pages


@EACH_PAGE
def test_the_questions_on_a_front_page_get_a_yes(sample: Application, page: str) -> None:
    shown = re.findall(r'heleklant ask "([^"…]+)" --knowledge', page) + re.findall(
        r"(?<!\*)\*([^*]{30,}\?)\*(?!\*)", page
    )
    assert len(shown) == 2
    for text in shown:
        given = asked(sample, text)
        assert given.decision, text
        assert given.decision.outcome is Outcome.ALLOWED, text


@EACH_PAGE
def test_every_command_on_a_front_page_exists(page: str) -> None:
    program = typer.main.get_command(build_app())
    for words in re.findall(r"heleklant ([a-z]+(?: [a-z]+)?)", "\n".join(re.findall(r"```sh\n(.*?)```", page, re.S))):
        command = program
        for word in words.split():
            if not hasattr(command, "commands"):
                break
            assert word in command.commands, words
            command = command.commands[word]


@EACH_PAGE
def test_the_knowledge_on_a_front_page_can_be_read(page: str, tmp_path: Path) -> None:
    mandate, cases = re.findall(r"```yaml\n(.*?)```", page, re.S)
    entry, findings = read_entry(f"---\nid: retour\n{mandate}---\n")
    assert isinstance(entry, Mandate), [finding.text("nl") for finding in findings]
    (tmp_path / "cases.yaml").write_text(cases, encoding="utf-8")
    read, faults = casefile.read_cases(tmp_path / "cases.yaml")
    assert (len(read), faults) == (1, [])


@EACH_PAGE
def test_what_a_front_page_points_at_is_there(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page):
        assert Path(target).exists(), target


# --------------------------------------------------------------------------------------------- stories

STORIES = {
    "bijgerecht-ruilen": (
        "klant wil zoete aardappelfriet in plaats van gewone, mag dat?",
        "Gast wil liever zoete aardappel frietjes bij zijn gerecht",
        "can the guest have sweet potato fries instead of regular ones",
        "Guest would like other fries with the dish, may I do that?",
    ),
    "leaseauto-na-ongeval": (
        "leaseauto kapot, klant moet vandaag nog door",
        "klant heeft deuk in leaseauto, vandaag nog een vervangende auto",
        "Lease car broke down, customer needs a replacement car today",
        "customer's lease car is damaged, he needs to drive today. what can I do?",
    ),
    "servicebalie-niet-bemand": (
        "klant wil iets terugbrengen maar de servicebalie is onbemand",
        "er staat niemand bij de balie, klant wil een trui ruilen",
        "nobody at the service desk, customer wants to return a sweater",
    ),
    "iets-warms-bij-de-pomp": (
        "klant wil een kroket maar er ligt niks warm",
        "klant vraagt om een kroket, de muur is twee meter verderop",
        "customer asks for a croquette but there is nothing hot left",
    ),
    "zonder-nummertje-helpen": (
        "moet iemand eerst een nummertje trekken voor een ijsje?",
        "klant heeft het bonnetje van het ijsje niet, mag ik toch een ijsje geven",
        "customer wants an ice cream but has no ticket",
        "does the customer need to get a ticket at the till first for ice cream?",
    ),
    "parade-van-drie-uur": (
        "hoe laat is de parade van drie uur?",
        "mevrouw vraagt hoe laat de parade van drie uur begint",
        "what time is the three o'clock parade?",
    ),
}


@pytest.mark.parametrize(("entry", "text"), [(entry, text) for entry, told in STORIES.items() for text in told])
def test_a_story_is_solved_in_one_go_however_it_is_told(sample: Application, entry: str, text: str) -> None:
    given = asked(sample, text)
    assert given.status is AnswerStatus.ANSWERED
    assert entry in [source.id for source in given.sources]
    assert given.decision is None or given.decision.outcome is Outcome.ALLOWED
    assert given.say
