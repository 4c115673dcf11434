"""Help unasked: only where it is wanted, only where it is called for, seldom, and never again after "no"."""

from __future__ import annotations

from tests.slack_world import KIM, opened

AWAY = "Klant met een trui zonder bon, maar daar ga ik niet over, dat is niet mijn afdeling."


async def test_a_channel_that_did_not_ask_for_it_is_left_alone() -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", AWAY)
        await world.settled()
        assert world.slack.seen_by(KIM) == []


async def test_an_offer_is_private_and_becomes_an_answer_or_ends_for_good() -> None:
    async with opened() as world:
        slack = world.slack
        await slack.command(KIM, "C1", "aanbod aan")
        await slack.say(KIM, "C1", AWAY)
        await slack.say(KIM, "C1", "Wie heeft er morgen dienst?")
        await world.settled()
        _, offer = slack.seen_by(KIM)
        assert offer.only == KIM
        await slack.tap(KIM, offer, "offer_yes")
        await world.settled()
        assert "Zeg tegen de klant" in world.last().words
        await slack.tap(KIM, offer, "offer_never")
        await world.settled()
        before = len(slack.seen_by(KIM))
        await slack.say(KIM, "C1", AWAY)
        await world.settled()
        assert len(slack.seen_by(KIM)) == before


async def test_offers_are_few() -> None:
    async with opened() as world:
        await world.slack.command(KIM, "C1", "aanbod aan")
        for number in range(9):
            await world.slack.say(KIM, "C1", f"{AWAY} ({number})")
        await world.settled()
        offers = [each for each in world.slack.seen_by(KIM) if each.buttons()]
        assert len(offers) == 4
