"""A question that stays unanswered: offered once, to the asker alone, later, and only where it is really open."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from copilot.app import open_store
from copilot.content import read_pack
from copilot.errors import SettingsError
from copilot.settings import Settings
from tests.slack_world import KIM, PACK, STRANGER, TESS, World, opened

OPEN = "Klant heeft een trui zonder bon, mag ik die terugnemen?"
SOON = {"SLACK_OFFER_AFTER_MINUTES": "0,005"}
LATER = 0.6
"""Seconds after which a question of SOON has become due and was looked at, as a rule; `settled` waits for the rest."""


async def later(world: World) -> None:
    await asyncio.sleep(LATER)
    await world.settled()


def offers(world: World, user: str = KIM) -> list[Any]:
    return [each for each in world.slack.seen_by(user) if any(b["action_id"] == "offer_yes" for b in each.buttons())]


async def asked(world: World, text: str = OPEN, channel: str = "C1", **more: Any) -> str:
    await world.slack.command(KIM, channel, "aanbod aan")
    return await world.slack.say(KIM, channel, text, **more)


async def test_who_gets_no_reply_is_offered_the_answer_and_takes_it() -> None:
    async with opened(environment=SOON) as world:
        await asked(world)
        await later(world)
        (offer,) = offers(world)
        assert offer.only == KIM
        await world.slack.tap(KIM, offer, "offer_yes")
        await world.settled()
        assert OPEN in world.last().words
        assert offers(world, TESS) == []


async def test_nothing_is_recorded_of_a_question_that_was_only_looked_at() -> None:
    async with opened(environment=SOON) as world:
        await asked(world, "Klant vraagt of wij ook paardenzadels verhuren, wat doe ik?")
        await later(world)
        assert offers(world) == []
        assert world.store.gaps() == []
        assert list(world.store.questions()) == []


async def test_a_channel_that_did_not_ask_for_it_is_left_alone() -> None:
    async with opened(environment=SOON) as world:
        await world.slack.say(KIM, "C1", OPEN)
        await later(world)
        assert world.slack.seen_by(KIM) == []


@pytest.mark.parametrize("what", ["reply", "answer", "settled", "tick", "deleted", "edited", "switched off"])
async def test_what_happens_meanwhile_counts_though_nobody_told_us(what: str) -> None:
    async with opened(environment=SOON) as world:
        slack = world.slack
        ts = await asked(world)
        (question,) = (each for each in slack.messages if each.ts == ts)
        if what == "reply":
            await slack.say(TESS, "C1", "neem maar terug hoor", thread_ts=ts)
        elif what == "answer":
            await slack.say(TESS, "C1", "Ja, met tegoedbon.")
        elif what == "settled":
            await slack.say(KIM, "C1", "laat maar, is gelukt")
        elif what == "tick":
            question.reactions = ("white_check_mark",)
        elif what == "deleted":
            slack.delete("C1", ts)
        elif what == "edited":
            question.text = "wie gaat er mee lunchen?"
        else:
            await slack.command(KIM, "C1", "aanbod uit")
        await later(world)
        assert offers(world) == []


async def test_another_question_below_is_no_answer() -> None:
    async with opened(environment=SOON) as world:
        await asked(world)
        await world.slack.say(TESS, "C1", "Wie heeft de sleutel van het magazijn?")
        await later(world)
        assert len(offers(world)) == 1


async def test_a_question_in_a_thread_is_among_its_people() -> None:
    async with opened(environment=SOON) as world:
        ts = await world.slack.say(TESS, "C1", "Morgen inventarisatie.")
        await asked(world, thread_ts=ts)
        await later(world)
        assert offers(world) == []


async def test_offers_of_both_kinds_together_are_few() -> None:
    async with opened(environment=SOON) as world:
        await world.slack.command(KIM, "C1", "aanbod aan")
        for number in range(3):
            await world.slack.say(KIM, "C1", f"Klant zonder bon, maar dat is niet mijn afdeling. ({number})")
            await world.slack.say(KIM, "C1", f"{OPEN} ({number})")
        await later(world)
        assert len(offers(world)) == 4


async def test_after_never_again_nothing_comes_any_more() -> None:
    async with opened(environment=SOON) as world:
        await asked(world)
        await later(world)
        await world.slack.say(KIM, "C1", f"{OPEN} En een jas ook?")
        (offer,) = offers(world)
        await world.slack.tap(KIM, offer, "offer_never")
        await later(world)
        assert offers(world) == [], "the card itself says goodbye"


async def test_where_we_may_not_read_we_say_nothing_and_nobody_gets_an_apology() -> None:
    async with opened(environment=SOON) as world:
        await asked(world)
        world.slack.fail_next("conversations.replies", "missing_scope")
        await later(world)
        assert offers(world) == []
        assert len(world.slack.seen_by(KIM)) == 1, "only the word about the offers being on"


async def test_people_of_another_company_are_left_alone() -> None:
    async with opened(environment=SOON) as world:
        world.slack.shared.add("C1")
        await world.slack.command(KIM, "C1", "aanbod aan")
        await world.slack.say(STRANGER, "C1", OPEN)
        await later(world)
        assert offers(world, STRANGER) == []


async def test_a_question_waits_through_a_restart_and_does_not_count_as_waiting(tmp_path: Path) -> None:
    settings = Settings.from_env({"HELEKLANT_DATA_DIR": str(tmp_path)}, tmp_path)

    def store() -> Any:
        return open_store(settings)

    first = store()
    first.import_pack(read_pack(PACK), by="test")
    async with opened(first, environment={"SLACK_OFFER_AFTER_MINUTES": "0.03"}) as world:
        await asked(world)
        await world.settled()
        waiting = await world.service.waiting()
        assert (waiting.unfinished, waiting.oldest_seconds) == (0, 0.0)
        kept = [each for each in world.slack.messages if each.only is None]
    async with opened(store(), environment={"SLACK_OFFER_AFTER_MINUTES": "0.03"}) as world:
        world.slack.messages = kept
        await asyncio.sleep(1.5)
        await later(world)
        assert len(offers(world)) == 1


@pytest.mark.parametrize("minutes", ["-1", "tien", "1441", "nan"])
async def test_a_time_that_cannot_be_is_said(minutes: str) -> None:
    with pytest.raises(SettingsError, match="SLACK_OFFER_AFTER_MINUTES"):
        async with opened(environment={"SLACK_OFFER_AFTER_MINUTES": minutes}):
            raise AssertionError("not reached")


async def test_nought_means_never() -> None:
    async with opened(environment={"SLACK_OFFER_AFTER_MINUTES": "0"}) as world:
        await asked(world)
        await later(world)
        assert offers(world) == []
