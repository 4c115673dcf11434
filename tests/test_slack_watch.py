"""Never silent: a worker that hangs, an inbox that nobody reads, an apology that does not come through."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from copilot.channels import slack_worker
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_watch import Watchdog
from copilot.commands.serve import web_of
from tests.slack_world import DM, KIM, World, opened
from tests.store_world import Clock, store_at, text_of

QUESTION = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"
SORRY = "dat ligt niet aan jou"


async def until(true: Any) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


def hanging(world: World) -> asyncio.Event:
    """From now on every errand of this worker hangs until the event is set."""
    let_go = asyncio.Event()
    handle = world.service.room.worker._handle

    async def hangs(errand: Any, turn: Any) -> None:
        await let_go.wait()
        await handle(errand, turn)

    world.service.room.worker._handle = hangs
    return let_go


def short(world: World) -> Watchdog:
    """The watchdog of this program, with a deadline of no time at all."""
    return Watchdog(world.store, world.service.room.clerk.apologise, deadline=0.0, every=0.01)


async def test_who_waits_for_a_worker_that_hangs_gets_an_apology_and_no_answer_after_it() -> None:
    async with opened() as world:
        let_go = hanging(world)
        await world.slack.say(KIM, DM, QUESTION)
        await until(world.service.room.worker.busy)
        assert world.store.waiting(CHANNEL, overdue_after=0.0).silent == 1
        watchdog = short(world)
        watchdog.start()
        await until(lambda: world.slack.seen_by(KIM))
        await watchdog.stop()
        let_go.set()
        await world.settled()
        assert [SORRY in each.words for each in world.slack.seen_by(KIM)] == [True]
        waiting = world.store.waiting(CHANNEL, overdue_after=0.0)
        assert (waiting.failed, waiting.done, waiting.silent) == (1, 0, 0)


async def test_two_watchdogs_apologise_once_and_leave_what_is_answered_alone() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, QUESTION)
        await world.settled()
        let_go = hanging(world)
        await world.slack.say(KIM, DM, QUESTION + " (2)")
        await until(world.service.room.worker.busy)
        one, other = short(world), short(world)
        assert sum(await asyncio.gather(one.look(), other.look())) == 1
        assert await one.look() == 0
        let_go.set()
        await asyncio.gather(one.stop(), other.stop())
        await world.settled()
        assert [SORRY in each.words for each in world.slack.seen_by(KIM)] == [False, True]


async def test_an_apology_that_slack_does_not_take_is_brought_later() -> None:
    async with opened() as world:
        let_go = hanging(world)
        await world.slack.say(KIM, DM, QUESTION)
        await until(world.service.room.worker.busy)
        watchdog = short(world)
        world.slack.fail_next("chat.postMessage", "down")
        assert await watchdog.look() == 0
        assert world.store.waiting(CHANNEL, overdue_after=0.0).silent == 1, "the metric says that one is missing"
        assert await watchdog.look() == 1
        let_go.set()
        await watchdog.stop()
        await world.settled()
        assert len(world.slack.seen_by(KIM)) == 1


async def test_after_slack_was_down_the_answer_still_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_worker, "MOST_ATTEMPTS", 1)
    monkeypatch.setattr(slack_worker, "MOST_WAIT", 0.1)
    async with opened() as world:
        for _ in range(4):
            world.slack.fail_next("chat.postMessage", "down")
        await world.slack.say(KIM, DM, QUESTION)
        await world.settled()
        assert "Ja, dit mag je zelf" in world.last().words
        assert world.store.waiting(CHANNEL).failed == 0


async def test_who_could_not_even_be_told_is_counted() -> None:
    async with opened() as world:
        for _ in range(2):
            world.slack.fail_next("chat.postMessage", "account_inactive")
        await world.slack.say(KIM, DM, QUESTION)
        await world.settled()
        assert world.store.waiting(CHANNEL).silent == 1
        web = web_of([world.service])
        (metrics,) = [each for each in web.routes if getattr(each, "path", "") == "/metrics"]
        told = await metrics.endpoint()  # type: ignore[attr-defined]
        assert b'heleklant_inbox_silent{channel="slack"} 1' in told.body


def test_what_is_to_wait_is_not_late_and_what_stands_is_not_silent(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        for event in ("answered", "put back", "open"):
            store.receive("slack", "T", event, event, "{}")
        answered, later, open = store.take("slack", "w", 6, limit=3)
        store.still_mine(answered.number, "w", posted="C:1.0", seconds=6)
        store.put_back("w", later.number, after=3600)
        clock.forward(seconds=121)
        (seen,) = store.overdue("slack", 120)
        assert seen.event == "open"
        assert store.waiting("slack").silent == 1
        assert store.seize(seen, "watchdog", 40)
        assert not store.seize(seen, "other", 40)
        assert not store.still_mine(open.number, "w"), "whoever had it may say nothing any more"
        assert store.end(open.number, "watchdog", "te laat", told=False)
        assert not store.seize(seen, "watchdog", 40)
        assert store.waiting("slack").silent == 1, "nobody was told"
        clock.forward(hours=25)
        assert store.waiting("slack", overdue_after=1e6).silent == 0, "an alarm that never ends is no alarm"
