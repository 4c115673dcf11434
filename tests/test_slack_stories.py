"""The five stories of the sample pack, told through Slack to the end: ask, follow up, tap, done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from copilot.casefile import read_cases
from copilot.domain import AnswerStatus, Case, Colleague
from copilot.messages import answer
from copilot.records import Listing
from tests.slack_world import PACK, TODAY, World, opened

STORIES = {
    "verhaal-1": "een leaseauto na een ongeval: één collega neemt alles aan",
    "verhaal-2": "de angstige reiziger",
    "verhaal-3": "de klantindex",
    "verhaal-4": "één passende volgende stap",
    "verhaal-5": "collega's met mandaat",
}
OPENINGS = {
    "allowed": answer.VERDICT_ALLOWED,
    "approval": answer.VERDICT_APPROVAL,
}


NEEDS_MEANING = {"volgende-stap-na-pas"}
"""Found by meaning alone; these tests search by words, which is quick and the same on every machine."""


def cases_of(tag: str) -> Iterator[Case]:
    for path in sorted((PACK / "cases").glob("*.yaml")):
        for case in read_cases(path)[0]:
            if tag in case.tags and case.id not in NEEDS_MEANING and case.on in (None, TODAY):
                yield case


async def told(world: World, case: Case) -> str:
    """What stands on the last card of the case; with the fact tapped where one was missing and none was expected."""
    user = "U" + case.id.replace("-", "").upper()[:20]
    department = case.department
    world.store.put_people([Listing("slack", user, Colleague(user, (case.role,), department=department))], "test")
    ts = await world.slack.say(user, f"D{user}", case.ask)
    await world.settled()
    for follow_up in case.then:
        await world.slack.say(user, f"D{user}", follow_up, thread_ts=ts)
        await world.settled()
    card = world.last(user)
    assert card.thread_ts == ts
    return str(card.words)


@pytest.mark.parametrize("story", STORIES)
async def test_a_story_is_told_through_slack(story: str) -> None:
    cases = [case for case in cases_of(story) if not case.facts][:6]
    assert cases, STORIES[story]
    async with opened() as world:
        for case in cases:
            words = await told(world, case)
            expect = case.expect
            if expect.outcome in OPENINGS:
                opening = OPENINGS[expect.outcome]("nl", approver="").removesuffix(".").rstrip(": ")
                english = OPENINGS[expect.outcome]("en", approver="").removesuffix(".").rstrip(": ")
                assert opening in words or english in words, case.id
            if expect.status is AnswerStatus.NEEDS_FACT:
                assert answer.VERDICT_NEEDS_FACT("nl") in words or answer.VERDICT_NEEDS_FACT("en") in words, case.id
            for phrase in expect.says:
                assert phrase.lower() in words.lower(), (case.id, phrase)
            for phrase in expect.never_says:
                assert phrase.lower() not in words.lower(), (case.id, phrase)


async def test_the_lease_car_from_the_first_question_to_done() -> None:
    """One colleague takes it all on: the steps, the missing fact in one tap, his own decision, done, and the next."""
    async with opened() as world:
        user = "ULEASE"
        person = Colleague("lotte", ("medewerker",), name="Lotte", department="autolease")
        world.store.put_people([Listing("slack", user, person)], "test")
        asked = "Auto van een leaserijder is total loss, mag ik zelf vervangend vervoer toezeggen?"
        await world.slack.say(user, f"D{user}", asked)
        await world.settled()
        card = world.last(user)
        assert answer.VERDICT_NEEDS_FACT("nl") in card.words
        while any(each["action_id"] == "fact:0" for each in card.buttons()):
            await world.slack.tap(user, card, "fact:0")
            await world.settled()
        assert answer.VERDICT_ALLOWED("nl") in card.words
        await world.slack.tap(user, card, "done")
        await world.settled()
        assert "Genoteerd" in world.last(user).words
        (answered, *_) = world.store.answers_of(f"slack:T0001:{user}")
        assert answered.suggestion.decision is not None
