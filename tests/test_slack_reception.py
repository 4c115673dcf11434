"""Receiving: kept before it is acknowledged, together where much comes at once, and first when answering is busy."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

from copilot.channels.slack_errands import CHANNEL, Errand, Task
from copilot.channels.slack_reception import Reception
from copilot.errors import StoreError
from copilot.messages import store as words
from copilot.records import Arrival
from copilot.store import Store
from tests.store_world import store_at, text_of


def errand(number: int) -> Errand:
    return Errand(task=Task.ASK, team="T", user="U", event=f"message:D:{number}", channel="D", ts=str(number))


class Slow:
    """A register whose disk waits until it is let go."""

    def __init__(self) -> None:
        self.writes: list[int] = []
        self.let_go = threading.Event()
        self.broken = False

    def receive_all(self, channel: str, arrived: Sequence[Arrival]) -> Sequence[bool]:
        self.let_go.wait(10)
        if self.broken:
            raise StoreError(words.FULL, where="x", fault="vol")
        self.writes.append(len(arrived))
        return [True] * len(arrived)


async def test_what_comes_while_one_write_is_under_way_is_written_together() -> None:
    slow = Slow()
    reception = Reception(slow)
    kept = [asyncio.create_task(reception.keep(errand(number))) for number in range(251)]
    await asyncio.sleep(0.05)
    assert not any(each.done() for each in kept), "nothing is said before it is on disk"
    slow.let_go.set()
    assert all(await asyncio.gather(*kept))
    assert len(slow.writes) <= 4
    assert sum(slow.writes) == 251


async def test_a_write_that_fails_is_said_to_everyone_whose_event_was_in_it_and_the_next_goes_on() -> None:
    slow = Slow()
    reception = Reception(slow)
    slow.broken = True
    kept = [asyncio.create_task(reception.keep(errand(number))) for number in range(3)]
    slow.let_go.set()
    said = await asyncio.gather(*kept, return_exceptions=True)
    assert [type(each) for each in said] == [StoreError] * 3
    slow.broken = False
    assert await reception.keep(errand(4))


async def test_answering_lets_receiving_go_first_but_not_for_long() -> None:
    slow = Slow()
    reception = Reception(slow)
    kept = asyncio.create_task(reception.keep(errand(1)))
    await asyncio.sleep(0.01)
    gives_way = asyncio.create_task(reception.give_way())
    await asyncio.sleep(0.05)
    assert not gives_way.done()
    async with asyncio.timeout(5):
        await gives_way
    assert not kept.done(), "a disk that is slow keeps nobody waiting for his answer"
    slow.let_go.set()
    await kept
    await reception.give_way()


async def test_who_hangs_up_takes_nobody_with_him() -> None:
    slow = Slow()
    reception = Reception(slow)
    gone, stays = (asyncio.create_task(reception.keep(errand(number))) for number in (1, 2))
    await asyncio.sleep(0.01)
    gone.cancel()
    slow.let_go.set()
    assert await stays


def test_deliveries_are_kept_together_once_each_also_twice_in_one_write(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        arrived = [Arrival("T", event, event, "{}") for event in ("1", "2", "1")]
        assert store.receive_all(CHANNEL, arrived) == [True, True, False]
        assert store.receive_all(CHANNEL, [*arrived, Arrival("T", "3", "3", "{}")]) == [False, False, False, True]
        assert store.waiting(CHANNEL).unfinished == 3


def test_many_write_at_once_and_nobody_waits_in_vain(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:

        def write(name: int) -> None:
            for number in range(20):
                assert store.receive(CHANNEL, "T", f"{name}:{number}", "lane", "{}")

        working = [threading.Thread(target=write, args=(name,)) for name in range(8)]
        for each in working:
            each.start()
        for each in working:
            each.join()
        assert store.waiting(CHANNEL).unfinished == 20 * 8


def test_two_processes_that_keep_the_same_events_crosswise_do_not_wait_for_each_other(postgres_url: str) -> None:
    with store_at(postgres_url, text_of("brood")) as one, store_at(postgres_url, text_of("brood")) as other:
        faults: list[Exception] = []

        def write(store: Store, order: int) -> None:
            try:
                for turn in range(30):
                    arrived = [Arrival("T", f"{turn}:{number}", "lane", "{}") for number in range(20)]
                    store.receive_all(CHANNEL, arrived[::order])
            except StoreError as fault:
                faults.append(fault)

        working = [threading.Thread(target=write, args=each) for each in ((one, 1), (other, -1))]
        for each in working:
            each.start()
        for each in working:
            each.join()
        assert faults == []
        assert one.waiting(CHANNEL).unfinished == 30 * 20
