"""A model's words in Slack: verdict first, sentence by sentence, whole in the end whatever happens on the way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from copilot.channels import slack_reply, slack_stream
from copilot.channels.slack_out import Courier
from copilot.channels.slack_stream import Prose
from copilot.records import Delivery
from tests.slack_message import all_texts
from tests.slack_model import WORDS, Slow, with_model
from tests.slack_world import DM, KIM, World, opened

RETURN = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_stream, "PACE", 0.0)


async def until(world: World, true: Any) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError([each.words for each in world.slack.messages])


def methods(world: World) -> list[str]:
    return [method for method, _ in world.slack.calls if method.startswith("chat.")]


def is_whole(card: Any) -> bool:
    words = card.words
    return all(each in words for each in ("Ja, dit mag je zelf", "Zeg tegen de klant", "Hier staat het", "👍"))


async def test_the_verdict_stands_at_once_then_words_come_and_the_card_ends_it() -> None:
    async with opened() as world:
        model = with_model(world, Slow(waits=True))
        ts = await world.slack.say(KIM, DM, RETURN)
        await until(world, lambda: world.slack.seen_by(KIM))
        card = world.last()
        assert card.thread_ts == ts
        assert "Ja, dit mag je zelf beslissen." in card.words
        assert "Vervelend" not in card.words
        model.go.release()
        await until(world, lambda: "Vervelend voor de klant" in card.words)
        assert card.buttons() == []
        for _ in range(10):
            model.go.release()
        await world.settled()
        assert world.slack.seen_by(KIM) == [card]
        assert is_whole(card)
        assert card.words.count("Ik help u graag verder.") == 1
        assert card.words.count("Ja, dit mag je zelf beslissen.") == 1
        assert card.growths >= 2
        assert methods(world)[0] == "chat.startStream"
        assert methods(world)[-1] == "chat.stopStream"
        assert "chat.update" not in methods(world)


async def test_taps_work_on_a_card_that_was_streamed() -> None:
    async with opened() as world:
        with_model(world, Slow())
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        card = world.last()
        await world.slack.tap(KIM, card, "done")
        await world.settled()
        assert "Genoteerd" in world.last().words


async def test_what_the_guard_refuses_on_the_way_is_gone_in_the_end() -> None:
    async with opened() as world:
        with_model(world, Slow((*WORDS[:2], ("say", "Ik help u graag verder. U krijgt € 900,00 van ons terug."))))
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert is_whole(card)
        sent = " ".join(str(given) for _, given in world.slack.calls)
        assert "€ 900,00" not in sent
        assert "Ik help u graag verder" not in card.words
        assert methods(world)[-2:] == ["chat.stopStream", "chat.update"]


@pytest.mark.parametrize("how", ["closed by slack", "stopped by the person", "too often", "line lost", "deleted"])
async def test_a_stream_that_breaks_ends_in_one_whole_message(how: str) -> None:
    async with opened() as world:
        model = with_model(world, Slow(waits=True))
        await world.slack.say(KIM, DM, RETURN)
        await until(world, lambda: world.slack.seen_by(KIM))
        if how == "closed by slack":
            world.slack.clock.forward(301)
        elif how == "stopped by the person":
            world.slack.stop_by_hand(world.last())
        elif how == "too often":
            world.slack.fail_next("chat.appendStream", "ratelimited", retry_after=30)
        elif how == "line lost":
            world.slack.fail_next("chat.appendStream", "lost")
        else:
            world.slack.messages.remove(world.last())
        for _ in range(10):
            model.go.release()
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert is_whole(card)
        assert "\n".join(all_texts(card.blocks)).count("Ik help u graag verder.") == 1
        assert methods(world).count("chat.appendStream") == 1, "nothing more after a refusal"


async def test_where_slack_gives_no_stream_the_message_is_whole_at_once_and_slack_is_left_alone() -> None:
    async with opened() as world:
        with_model(world, Slow())
        world.slack.fail_next("chat.startStream", "ratelimited", retry_after=60)
        for number in range(2):
            await world.slack.say(KIM, DM, f"{RETURN} ({number})")
            await world.settled()
        assert [is_whole(each) for each in world.slack.seen_by(KIM)] == [True, True]
        assert methods(world).count("chat.startStream") == 1
        assert all("Ik help u graag verder." in each.words for each in world.slack.seen_by(KIM))


async def test_an_answer_that_nobody_knows_whether_it_began_is_found_and_made_whole() -> None:
    async with opened() as world:
        with_model(world, Slow())
        world.slack.fail_next("chat.startStream", "lost")
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert is_whole(card)


async def test_in_a_channel_the_answer_comes_whole_and_once_in_the_models_words() -> None:
    async with opened() as world:
        with_model(world, Slow())
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.slack.command(KIM, "C2", "vraag " + RETURN)
        await world.settled()
        cards = world.slack.seen_by(KIM)
        assert [(is_whole(each), each.only, each.versions) for each in cards] == [(True, KIM, 1)] * 2
        assert all("Ik help u graag verder." in each.words for each in cards)
        assert "chat.startStream" not in methods(world)


async def test_in_a_channel_nobody_waits_long_for_better_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_reply, "WORDED_WITHIN", 0.2)
    async with opened() as world:
        with_model(world, Slow(waits=True))
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert is_whole(card)


async def test_a_killed_stream_is_one_whole_message_after_the_restart() -> None:
    """The worker is gone between two sentences, and another takes over when the lease ends."""
    async with opened() as world:
        model = with_model(world, Slow(waits=True))
        await world.slack.say(KIM, DM, RETURN)
        await until(world, lambda: world.slack.seen_by(KIM))
        model.go.release()
        await until(world, lambda: "Vervelend" in world.last().words)
        worker = world.service.room.worker
        for task in list(worker._running):
            task.cancel()
        await asyncio.gather(*worker._running, return_exceptions=True)
        assert [each.streaming_state for each in world.slack.open_streams()] == ["in_progress"]
        world.store.put_back(worker.name)
        for _ in range(10):
            model.go.release()
        worker.wake()
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert is_whole(card)
        assert card.streaming_state == "completed"


@pytest.mark.parametrize("worded", [True, False])
async def test_who_seemed_dead_while_he_answered_takes_his_answer_back(worded: bool) -> None:
    """Another took the errand over before Slack had the answer of the first, and answered too."""
    async with opened() as world:
        worker, store = world.service.room.worker, world.store
        if worded:
            with_model(world, Slow(waits=True))
        begun, go_on = asyncio.Event(), asyncio.Event()
        replier = world.service.room.clerk.replier
        begin, give = replier._streams.begin, Courier.give

        async def late(courier: Any, *given: Any) -> Any:
            begun.set()
            await go_on.wait()
            return await (begin if worded else give)(courier, *given)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(*((replier._streams, "begin", late) if worded else (Courier, "give", late)))
            await world.slack.say(KIM, DM, RETURN)
            await asyncio.wait_for(begun.wait(), 10)
            seen = Delivery(1, "", "", "", 1, "?", datetime.now(UTC))
            assert store.seize(seen, "other", 60)
            assert store.still_mine(1, "other", posted=f"{DM}:9.9", seconds=60)
            assert store.end(1, "other")
            go_on.set()
            await until(world, lambda: not worker.busy())
        assert world.slack.seen_by(KIM) == []
        assert world.slack.open_streams() == []


async def test_an_answer_for_his_eyes_alone_is_never_sent_twice_by_who_takes_over() -> None:
    """Killed between sending and noting that it was sent: the answer is in Home, and that is said once."""
    async with opened() as world:
        world.slack.fail_next("chat.postEphemeral", "lost")
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        card, word = world.slack.seen_by(KIM)
        assert is_whole(card)
        assert "Mijn antwoorden" in word.words
        assert len(world.store.answers_of(f"slack:T0001:{KIM}")) == 1


async def test_an_answer_that_slack_surely_refused_is_sent_again() -> None:
    async with opened() as world:
        world.slack.fail_next("chat.postEphemeral", "internal_error")
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert is_whole(card)


def test_only_growth_is_streamed() -> None:
    prose = Prose("nl")
    assert prose.take("for_you", "Een.") == "\n\n**Voor jou**\nEen."
    assert prose.take("for_you", "Een. Twee.") == " Twee."
    assert prose.take("say", "Hallo.\nDag.") == "\n\n**Zeg tegen de klant**\n> Hallo.\n> Dag."
    assert prose.take("for_you", "Een. Twee.\n\nVraag ook: wat?") == "\n\nVraag ook: wat?"
    assert prose.fits
    assert prose.take("for_you", "Anders.") == ""
    assert not prose.fits


def test_nothing_that_comes_late_may_be_read_out_to_the_customer() -> None:
    prose = Prose("nl")
    prose.take("say", "Hallo.")
    prose.take("for_you", "Zeg niets over de grens.")
    assert not prose.fits


def test_streamed_text_holds_no_mention_and_no_link() -> None:
    prose = Prose("nl")
    text = prose.take("for_you", "<!channel> <@U1> [klik](https://kwaad.example)")
    assert "<" not in text
    assert "kwaad" not in text
