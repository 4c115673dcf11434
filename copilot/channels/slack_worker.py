"""Works off the inbox: several errands at once, each by one worker in the world, each to an answer or an apology.

A table rather than a durable execution engine: an errand is one step with one outside effect, so that all there is
to remember is "taken by", "posted where" and "done"; a lease in the row says that, is taken over within seconds
after a kill, and can be read by whoever wonders. An engine would keep the same three facts in six tables of its own.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from copilot.channels.slack_desk import Desk
from copilot.channels.slack_errands import CHANNEL, Errand, load
from copilot.errors import ChannelError, CopilotError
from copilot.records import Delivery

LEASE: Final = 6.0
"""Seconds without a sign of life after which another worker takes over."""
PULSE: Final = 2.0
IDLE: Final = 1.0
AT_ONCE: Final = 8
MOST_ATTEMPTS: Final = 6
DAY: Final = 86_400.0
LONGEST: Final = 60.0
"""Seconds that one errand may last before it counts as failed."""
WAITS_FOR_OTHER: Final = 40
"""Seconds that a worker who lost an errand waits for the end of it, to take back what he said twice."""
MOST_WAIT: Final = 30.0
"""Seconds between two attempts at most."""
PATIENCE: Final = 3600.0
"""Seconds that an answer still comes when Slack was down: longer ago the customer has left."""
_log = logging.getLogger(__name__)


class Turn:
    """Beurt: one attempt at one delivery."""

    def __init__(self, desk: Desk, worker: str, delivery: Delivery) -> None:
        self._desk = desk
        self._worker = worker
        self.delivery = delivery

    @property
    def posted(self) -> str | None:
        return self.delivery.posted

    async def keep(self, posted: str | None = None) -> bool:
        """Whether the delivery is still ours, said just before and just after something goes out."""
        return await asyncio.to_thread(self._desk.still_mine, self.delivery.number, self._worker, posted, LEASE)

    async def taken_over(self, posted: str) -> bool:
        """Whether another worker, who took this over meanwhile, gave his answer elsewhere than where ours stands."""
        for _ in range(WAITS_FOR_OTHER):
            stands = await asyncio.to_thread(self._desk.stands_at_the_end, self.delivery.number)
            if stands is not None:
                return stands != posted
            await asyncio.sleep(1.0)
        return False


Handle = Callable[[Errand, Turn], Awaitable[None]]
Apologise = Callable[[Errand, Exception], Awaitable[None]]


class Worker:
    """Takes errands while it runs; `stop` finishes what it began and gives back what it cannot finish."""

    def __init__(
        self,
        desk: Desk,
        handle: Handle,
        apologise: Apologise,
        *,
        begin: Callable[[], Awaitable[None]],
        at_once: int = AT_ONCE,
    ) -> None:
        """`begin`: awaited before each errand, so that what is more urgent goes first."""
        self.name = uuid4().hex
        self._desk = desk
        self._handle = handle
        self._apologise = apologise
        self._begin = begin
        self._at_once = at_once
        # A thread of its own: who is busy must not seem dead.
        self._pulse = ThreadPoolExecutor(1, "pulse")
        self._woken = asyncio.Event()
        self._stopping = False
        self._running: set[asyncio.Task[None]] = set()
        self._loops: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._loops = [asyncio.create_task(each) for each in (self._take_turns(), self._show_life(), self._tidy())]

    def wake(self) -> None:
        """Something came in."""
        self._woken.set()

    async def stop(self, seconds: float = 10.0) -> None:
        self._stopping = True
        self.wake()
        if self._loops:
            await self._loops[0]
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        for each in self._loops:
            each.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        with suppress(CopilotError):
            await asyncio.to_thread(self._desk.put_back, self.name)

    def busy(self) -> bool:
        return bool(self._running)

    # ------------------------------------------------------------------------------------------- within

    async def _take_turns(self) -> None:
        while not self._stopping:
            self._woken.clear()
            free = self._at_once - len(self._running)
            try:
                taken = await asyncio.to_thread(self._desk.take, CHANNEL, self.name, LEASE, free) if free else ()
            except CopilotError as fault:
                _log.error("the inbox cannot be read: %s", fault)
                taken = ()
            for delivery in taken:
                task = asyncio.create_task(self._work(delivery))
                self._running.add(task)
                task.add_done_callback(self._ended)
            if not taken:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self.wake()

    async def _show_life(self) -> None:
        while True:
            await asyncio.sleep(PULSE)
            with suppress(CopilotError):
                if self._running:
                    await asyncio.get_running_loop().run_in_executor(self._pulse, self._desk.renew, self.name, LEASE)

    async def _tidy(self) -> None:
        while True:
            with suppress(CopilotError):
                await asyncio.to_thread(self._desk.forget_delivered)
            await asyncio.sleep(DAY)

    async def _work(self, delivery: Delivery) -> None:
        turn = Turn(self._desk, self.name, delivery)
        try:
            errand = load(delivery.payload)
            await self._begin()
            async with asyncio.timeout(LONGEST):
                await self._handle(errand, turn)
            await asyncio.to_thread(self._desk.end, delivery.number, self.name)
        except asyncio.CancelledError:
            raise
        except Exception as fault:
            await self._recover(delivery, fault)

    async def _recover(self, delivery: Delivery, fault: Exception) -> None:
        _log.warning("errand %s, attempt %s: %s", delivery.number, delivery.attempts, _said(fault))
        hopeless = isinstance(fault, ChannelError) and fault.permanent
        try:
            if delivery.attempts < MOST_ATTEMPTS and not hopeless:
                wait = min(MOST_WAIT, 0.5 * 2.0**delivery.attempts)
                await asyncio.to_thread(self._desk.put_back, self.name, delivery.number, wait, _said(fault))
                return
            told = await self._told(delivery, fault)
            if told is None and _age(delivery) < PATIENCE:
                await asyncio.to_thread(self._desk.put_back, self.name, delivery.number, MOST_WAIT, _said(fault))
                return
            await asyncio.to_thread(self._desk.end, delivery.number, self.name, _said(fault), told=bool(told))
        except CopilotError as closed:
            # The row keeps its lease; whoever lives takes it over when that ends.
            _log.error("errand %s could not be put away: %s", delivery.number, closed)

    async def _told(self, delivery: Delivery, fault: Exception) -> bool | None:
        """Whether the apology came through; None where it may later, as when Slack is down."""
        try:
            await self._apologise(load(delivery.payload), fault)
        except Exception as again:
            _log.error("errand %s: no apology could be brought: %s", delivery.number, _said(again))
            return None if isinstance(again, ChannelError) and not again.permanent else False
        return True


def _age(delivery: Delivery) -> float:
    return (datetime.now(UTC) - delivery.at).total_seconds()


def _said(fault: Exception) -> str:
    """What went wrong and where, without what somebody asked."""
    if isinstance(fault, CopilotError):
        return str(fault)
    frames = traceback.extract_tb(fault.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(fault).__name__}{where}"
