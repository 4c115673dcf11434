"""Slack from message to card: the real Bolt app and worker against a strict Slack on this machine."""

from __future__ import annotations

from tests.slack_world import DM, KIM, TESS, opened

RETURN = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"


async def test_a_direct_message_gets_the_verdict_in_its_thread() -> None:
    async with opened() as world:
        ts = await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert card.thread_ts == ts
        assert "Ja, dit mag je zelf beslissen." in card.words
        assert "tegoedbon" in card.words
        assert "Zeg tegen de klant" in card.words
        assert ("assistant.threads.setStatus") in [method for method, _ in world.slack.calls]


async def test_a_mention_and_its_twin_get_one_answer_that_only_the_asker_sees() -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert card.only == KIM
        assert world.slack.seen_by(TESS) == []
