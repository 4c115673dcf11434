"""How events come: Socket Mode, many at once, twice, out of order; each acknowledged at once and answered once."""

from __future__ import annotations

import asyncio
import random
import statistics
from pathlib import Path

from copilot.app import open_store
from copilot.content import read_pack
from copilot.settings import Settings
from tests.loopback_slack import GIVES_UP
from tests.slack_world import DM, KIM, PACK, opened

QUESTION = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"


async def test_socket_mode_answers_and_comes_back_when_slack_closes_the_line() -> None:
    async with opened(environment={"SLACK_APP_TOKEN": "xapp-test"}) as world:
        slack = world.slack
        event = slack.message_event(KIM, DM, QUESTION)
        await slack.over_socket("events_api", slack.envelope(event))
        await slack.over_socket("events_api", {**slack.envelope(event), "retry_attempt": 1})
        await world.settled()
        assert len(slack.seen_by(KIM)) == 1
        old = slack.sockets[-1]
        await old.send_json({"type": "disconnect", "reason": "refresh_requested"})
        for _ in range(300):
            if slack.sockets and slack.sockets[-1] is not old:
                break
            await asyncio.sleep(0.02)
        await slack.over_socket("events_api", slack.envelope(slack.message_event(KIM, DM, QUESTION + " (2)")))
        await world.settled()
        assert len(slack.seen_by(KIM)) == 2


async def test_100_events_delivered_250_times_are_acknowledged_at_once_and_answered_once(tmp_path: Path) -> None:
    """50 a second while answering stands still; then it goes on and everything is answered."""
    folder = tmp_path / "data"
    store = open_store(Settings(data_dir=folder, database_url=f"sqlite:///{folder}/x.sqlite3"))
    store.import_pack(read_pack(PACK), by="test")
    async with opened(store) as world:
        slack, worker = world.slack, world.service.room.worker
        slack.limits = None  # a hundred answers in one conversation would take Slack a minute and a half
        answering = asyncio.Event()
        handle = worker._handle

        async def stalled(errand: object, turn: object) -> None:
            await answering.wait()
            await handle(errand, turn)  # type: ignore[arg-type]

        worker._handle = stalled
        events = [slack.message_event(KIM, DM, f"{QUESTION} ({number})") for number in range(100)]
        deliveries = [(event, f"Ev{number}") for number, event in enumerate(events)] * 2
        deliveries += random.Random(7).sample(deliveries, 50)
        random.Random(8).shuffle(deliveries)

        async def deliver(event: dict[str, object], id: str, after: float) -> None:
            await asyncio.sleep(after)
            assert (await slack.event(event, id=id)).status_code == 200

        await asyncio.gather(*(deliver(event, id, place / 150) for place, (event, id) in enumerate(deliveries)))
        slowest = statistics.quantiles(slack.acks, n=100)[98]
        answering.set()
        await world.settled()
        assert len(slack.seen_by(KIM)) == 100
        assert len({each.thread_ts for each in slack.seen_by(KIM)}) == 100
        print(f"acknowledged: median {statistics.median(slack.acks) * 1000:.1f} ms, p99 {slowest * 1000:.1f} ms")
        # Slack delivers again after 3 s; on two quiet cores p99 was 32 ms, on a busy machine only the order is held.
        assert slowest < GIVES_UP, "Slack would deliver again"
