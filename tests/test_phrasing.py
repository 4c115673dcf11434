"""What a model may add to a suggestion and what it may not, piece by piece."""

from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest

from copilot.dialogue import Form, Piece
from copilot.domain import AnswerStatus, Suggestion, Turn
from copilot.errors import ModelError
from copilot.messages import model as texts
from copilot.part_reader import PartReader
from copilot.personal_data import OwnNumber
from copilot.phrasing import PARTS, Account, ModelPhraser, PhrasedPart
from copilot.prompting import Prompts
from tests import test_privacy as people
from tests.guard_worlds import world

GOOD = {
    "opening": "Vervelend voor mevrouw dat ze haar bon kwijt is.",
    "for_you": "Je mag zelf een tegoedbon geven van € 40,00 [retour-zonder-bon]. Die is een jaar geldig.",
    "say": "Wat vervelend. Ik maak een tegoedbon voor u.",
    "ask_also": "Wilt u iets anders uitzoeken?",
}


class Scripted:
    """A model that writes what it is told to, a few letters at a time, and remembers its prompts."""

    name = "geoefend"
    form = Form.SCHEMA

    def __init__(self, parts: dict[str, str], *, fault: ModelError | None = None) -> None:
        self.parts = parts
        self.fault = fault
        self.prompts: list[str] = []

    async def write(self, prompt, parts):
        self.prompts.append("\n".join(message.content for message in prompt(self.form, 1.0)))
        reader = PartReader(parts)
        text = json.dumps(self.parts, ensure_ascii=False)
        for place in range(0, len(text), 5):
            for piece in reader.feed(text[place : place + 5]):
                yield piece
        if self.fault:
            raise self.fault


async def phrased(model: Scripted, three, **more) -> tuple[Suggestion, list[PhrasedPart], Account | None]:
    accounts: list[Account] = []
    updates = [each async for each in ModelPhraser(model, Prompts(), account=accounts.append, **more).phrase(*three)]
    assert isinstance(updates[-1], Suggestion)
    return updates[-1], updates[:-1], accounts[0] if accounts else None


async def test_words_come_sentence_by_sentence_and_the_decision_stays():
    final, shown, account = await phrased(Scripted(GOOD), world("mag"))
    computed = world("mag")[0]
    assert final.for_you == (
        GOOD["opening"],
        "Je mag zelf een tegoedbon geven van € 40,00. Die is een jaar geldig.",
        "Vraag ook: Wilt u iets anders uitzoeken?",
    )
    assert final.say == GOOD["say"]
    assert final.composed_by == "geoefend"
    assert (final.decision, final.steps, final.sources) == (computed.decision, computed.steps, computed.sources)
    assert GOOD["say"] in final.text
    for_you = [part.text for part in shown if part.part == "for_you"]
    assert for_you[0] == GOOD["opening"]
    assert all(later.startswith(earlier) for earlier, later in pairwise(for_you))
    assert all(text.endswith((".", "?", "!")) for text in for_you), "only whole sentences are shown"
    assert account.accepted == PARTS
    assert account.refused == ()


@pytest.mark.parametrize(
    ("part", "text", "reason"),
    [
        ("for_you", "Geef haar een tegoedbon van € 75,00.", "figure_not_in_sources"),
        ("for_you", "Dit mag je niet zelf beslissen.", "says_no_where_outcome_is_not"),
        ("say", "Mijn teamleider vindt dit goed.", "role_in_cue"),
        ("say", "Daar ga ik niet over.", "deflection"),
        ("opening", "How annoying for the customer that this happened to her.", "wrong_language"),
        ("ask_also", "Wilt u naar http://kwaad.example gaan?", "link_or_markup"),
    ],
)
async def test_a_part_that_fails_is_the_template_s_and_the_others_stay(part, text, reason):
    final, shown, account = await phrased(Scripted({**GOOD, part: text}), world("mag"))
    assert reason in {breach.reason for breach in account.refused}
    assert {breach.part for breach in account.refused} == {part}
    assert set(account.accepted) == set(PARTS) - {part}
    assert text not in final.text
    assert not any(text in each.text for each in shown)
    if part == "for_you":
        assert set(world("mag")[0].for_you) <= set(final.for_you)
    if part == "say":
        assert final.say == world("mag")[0].say


async def test_when_everything_fails_it_is_the_template_s_answer_to_the_letter():
    final, shown, _ = await phrased(Scripted(dict.fromkeys(PARTS, "Bel maar iemand anders.")), world("mag"))
    assert final == world("mag")[0]
    assert shown == []


async def test_a_later_sentence_that_fails_takes_back_what_was_shown_of_that_part():
    model = Scripted({**GOOD, "for_you": "Zoek de aankoop op in de kassa. Geef daarna € 900 terug. Klaar is het dan."})
    final, shown, _ = await phrased(model, world("mag"))
    assert any("Zoek de aankoop op" in part.text for part in shown)
    assert "Zoek de aankoop op in de kassa." not in final.for_you
    last = [part.text for part in shown if part.part == "for_you"][-1]
    assert "900" not in "".join(part.text for part in shown)
    assert world("mag")[0].for_you[-1] in last


async def test_what_sounds_like_sending_away_may_turn_out_warm_in_the_next_sentence():
    warm = "De klant kan contact opnemen met Schadeherstel. Geef kenteken en locatie door, en bel hem zelf terug."
    final, _, account = await phrased(Scripted({**GOOD, "opening": "", "for_you": warm, "say": ""}), world("schade"))
    assert account.refused == ()
    assert warm in final.for_you


@pytest.mark.parametrize("status", [AnswerStatus.NEEDS_FACT, AnswerStatus.NO_KNOWLEDGE])
async def test_where_a_fact_or_the_knowledge_is_missing_no_model_is_asked(status):
    from dataclasses import replace

    suggestion, organisation, entries = world("mag")
    model = Scripted(GOOD)
    waiting = replace(suggestion, status=status)
    final, shown, _ = await phrased(model, (waiting, organisation, entries))
    assert final == waiting
    assert shown == []
    assert model.prompts == []


async def test_a_model_that_never_stops_is_stopped():
    final, _, account = await phrased(Scripted({**GOOD, "for_you": "Kijk naar het label. " * 5000}), world("mag"))
    assert set(world("mag")[0].for_you) <= set(final.for_you)
    assert any(breach.part == "for_you" for breach in account.refused)


async def test_a_fault_keeps_what_was_complete_and_is_told():
    fault = ModelError(texts.CUT_OFF, model="geoefend")
    final, _, account = await phrased(Scripted({"opening": GOOD["opening"]}, fault=fault), world("mag"))
    assert final.for_you == (GOOD["opening"], *world("mag")[0].for_you)
    assert account.fault is fault


# ---------------------------------------------------------------------------------------------- privacy


async def test_of_2000_questions_no_personal_data_reaches_the_model_and_all_is_put_back():
    from dataclasses import replace

    suggestion, organisation, entries = world("beleid")
    rng = random.Random(4)
    kinds = list(people.SENTENCES)
    model = Scripted({"opening": "", "for_you": "", "say": "", "ask_also": ""})
    phraser = ModelPhraser(model, Prompts(), own_numbers=people.OWN)
    for number in range(2000):
        make = kinds[number % len(kinds)]
        secret = make(rng)
        asked = replace(
            suggestion.question,
            text=rng.choice(people.SENTENCES[make]).format(secret),
            earlier=(Turn(rng.choice(people.SENTENCES[make]).format(secret)),),
        )
        model.prompts.clear()
        async for _ in phraser.phrase(replace(suggestion, question=asked), organisation, entries):
            pass
        assert secret not in model.prompts[0]


async def test_a_placeholder_in_the_answer_becomes_the_customer_s_own_number_again():
    from dataclasses import replace

    suggestion, organisation, entries = world("schade")
    asked = replace(suggestion.question, text="auto met kenteken XR-123-K staat stil, polis POL-123456")
    three = (replace(suggestion, question=asked), organisation, entries)
    model = Scripted({**GOOD, "opening": "", "for_you": "Noteer kenteken [KENTEKEN-1] en polis [POLIS-1].", "say": ""})
    final, _, account = await phrased(model, three, own_numbers=(OwnNumber("POLIS", r"POL-\d+"),))
    assert account.refused == ()
    assert "Noteer kenteken XR-123-K en polis POL-123456." in final.for_you
    assert "XR-123-K" not in model.prompts[0]
    invented = Scripted({**GOOD, "opening": "", "for_you": "Noteer kenteken [KENTEKEN-7].", "say": ""})
    _, _, account = await phrased(invented, three)
    assert "invented_placeholder" in {breach.reason for breach in account.refused}


def test_pieces_are_plain_values():
    assert Piece("say", "x") == Piece("say", "x", False)
