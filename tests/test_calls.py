"""What a message in a channel calls for: scored on messages made by hand, also by people who had seen none of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from copilot.app import open_application
from copilot.calls import LONGEST, Call, call_of, settles
from copilot.domain import AnswerStatus, Question
from copilot.language import language_of
from copilot.settings import Settings
from tests.channel_messages import BLIND, HANDS, halves_by, messages_by, score
from tests.slack_world import BUNDLED, PACK, TODAY

OFFERED = set(Call)


@cache
def heard(text: str) -> Call | None:
    return call_of(text, BUNDLED.question)


def test_the_set_of_channel_messages_is_large_and_mostly_near_misses() -> None:
    whole = [each for hand in HANDS for each in messages_by(hand)]
    assert len({each.text for each in whole}) == len(whole) >= 1500
    assert sum(each.call is None for each in whole) >= len(whole) / 2


@pytest.mark.parametrize("half", ["open", "locked"])
@pytest.mark.parametrize(
    ("hand", "least"),
    [("channel_messages", 0.85), ("channel_messages_later", 0.75), ("channel_messages_strangers", 0.88)],
)
def test_of_all_that_an_offer_may_follow_on_at_least_95_of_100_call_for_one(hand: str, least: float, half: str) -> None:
    found = score(halves_by(hand)[half], OFFERED, lambda text: heard(text) is not None)
    print(hand, half, found)
    assert found.precision >= (0.95 if hand != "channel_messages_later" or half == "open" else 0.92)
    assert found.recall >= least


def test_words_that_nothing_was_fitted_on_seldom_lead_to_an_offer_that_is_noise() -> None:
    found = score(messages_by(BLIND), OFFERED, lambda text: heard(text) is not None)
    print(found)
    assert found.precision >= 0.93
    assert found.recall >= 0.88


@pytest.mark.parametrize("call", Call)
def test_each_call_is_told_from_the_other(call: Call) -> None:
    for half in ("open", "locked"):
        messages = [each for hand in HANDS for each in halves_by(hand)[half]]
        found = score(messages, {call}, lambda text: heard(text) is call)
        print(call, half, found)
        assert found.precision >= 0.93
        assert found.recall >= 0.80


def test_offers_given_with_the_sample_pack_are_precise(tmp_path: Path) -> None:
    """For a question an offer follows only where the knowledge answers it."""
    with open_application(Settings.from_env({"HELEKLANT_DATA_DIR": str(tmp_path)}), knowledge=PACK) as application:

        def known(text: str) -> bool:
            language = language_of(text, "nl")
            question = Question(id=uuid4().hex, text=text, roles=("medewerker",), on=TODAY, language=language)
            return application.assistant.preview(question).status is not AnswerStatus.NO_KNOWLEDGE

        def offered(text: str) -> bool:
            call = heard(text)
            return call is Call.AWAY or (call is Call.ASKS and known(text))

        for hand in HANDS:
            found = score(halves_by(hand)["locked"], OFFERED, offered)
            print(hand, found)
            assert found.precision >= (0.95 if hand != "channel_messages_later" else 0.90)


@pytest.mark.parametrize(
    "text",
    [
        "Klant heeft een trui zonder bon, mag ik die terugnemen?",
        "Weet iemand wat we doen als een gast zijn tas kwijt is?",
        "mevrouw aan de balie wil haar kaartje ruilen, wat doe ik?",
        "Does anyone know what to do when a guest lost the parking ticket?",
    ],
)
def test_a_question_to_everybody_about_a_customer_calls_for_help(text: str) -> None:
    assert heard(text) is Call.ASKS


@pytest.mark.parametrize(
    "text",
    [
        "Wie gaat er mee lunchen?",
        "Sanne, mag ik die trui terugnemen?",
        "@collega kun je even naar de balie komen voor een klant?",
        "Weet iemand het wachtwoord van de printer?",
        "Klant had geen bon. Is inmiddels opgelost, wat doe ik met de doos?",
        "Klant was blij!",
        "hoe dan?",
        "",
        "\x00\ud800",
        "Dat is niet mijn afdeling. " * (LONGEST // 20),
    ],
)
def test_talk_among_colleagues_does_not(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize("text", ["laat maar, gevonden", "Is al geregeld!", "never mind, sorted"])
def test_somebody_may_say_that_it_is_settled(text: str) -> None:
    assert settles(text)
