"""Help unasked, scored on messages made by hand: what it offers on is what it should, also where nobody tuned it."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from copilot.app import open_application
from copilot.channels.slack_calls import asks_for_help, sends_away
from copilot.domain import AnswerStatus, Question
from copilot.language import language_of
from copilot.settings import Settings
from tests.channel_messages import LABELS, channel_messages, halves, later_halves, later_messages, score
from tests.slack_world import PACK, TODAY


def test_the_set_of_channel_messages_is_large_and_mostly_near_misses() -> None:
    whole = channel_messages()
    labels = [each.label for each in whole]
    assert len({each.text for each in whole}) == len(whole) >= 400
    assert set(labels) == set(LABELS)
    assert labels.count("none") >= len(whole) / 2


@pytest.mark.parametrize(("half", "least"), [("open", 0.74), ("locked", 0.85), ("whole", 0.76)])
def test_who_sends_a_customer_away_is_told_from_who_does_not(half: str, least: float) -> None:
    found = score(halves()[half], {"away"}, sends_away)
    print(half, found)
    assert found.precision >= 0.95
    assert found.recall >= least


@pytest.mark.parametrize(("half", "least"), [("open", 0.80), ("locked", 0.85), ("whole", 0.82)])
def test_who_asks_everybody_about_a_customer_is_told_from_small_talk(half: str, least: float) -> None:
    found = score(halves()[half], {"asks"}, asks_for_help)
    print(half, found)
    assert found.precision >= (0.95 if half != "locked" else 0.92)
    assert found.recall >= least


@pytest.mark.parametrize("half", ["open", "locked", "whole"])
def test_of_all_that_an_offer_may_follow_on_at_least_95_of_100_call_for_one(half: str) -> None:
    found = score(halves()[half], {"away", "asks"}, lambda text: sends_away(text) or asks_for_help(text))
    print(half, found)
    assert found.precision >= 0.95


@pytest.mark.parametrize(
    ("half", "precise", "least"), [("open", 0.95, 0.70), ("locked", 0.84, 0.38), ("whole", 0.90, 0.55)]
)
def test_words_that_nobody_had_in_mind_seldom_lead_to_an_offer_that_is_noise(
    half: str, precise: float, least: float
) -> None:
    found = score(later_halves()[half], {"away", "asks"}, lambda text: sends_away(text) or asks_for_help(text))
    print(half, found)
    assert found.precision >= precise
    assert found.recall >= least


def test_offers_given_with_the_sample_pack_are_precise(tmp_path: Path) -> None:
    with open_application(Settings.from_env({"HELEKLANT_DATA_DIR": str(tmp_path)}), knowledge=PACK) as application:

        def known(text: str) -> bool:
            language = language_of(text, "nl")
            question = Question(id=uuid4().hex, text=text, roles=("medewerker",), on=TODAY, language=language)
            return application.assistant.preview(question).status is not AnswerStatus.NO_KNOWLEDGE

        offered = {
            each.text
            for each in channel_messages() + later_messages()
            if sends_away(each.text) or (asks_for_help(each.text) and known(each.text))
        }
    for half, messages in halves().items():
        found = score(messages, {"away", "asks"}, offered.__contains__)
        print(half, found)
        assert found.precision >= 0.95
    for half, messages in later_halves().items():
        found = score(messages, {"away", "asks"}, offered.__contains__)
        print("later", half, found)
        assert found.precision >= 0.85
