"""Never silent: finds who waits longer than he should for any word, apologises, and says so in the log.

It stands apart from the worker, with a thread of its own for the database: a worker whose errands hang, or that has
no thread left, is what it looks for. Two processes that both look find each errand once, since it is seized first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final, Protocol
from uuid import uuid4

from copilot.channels.slack_errands import CHANNEL, Errand, load
from copilot.errors import ChannelError, CopilotError
from copilot.messages import slack as texts
from copilot.records import OVERDUE_SECONDS, Delivery

LOOKS_EVERY: Final = 10.0
APOLOGY_WITHIN: Final = 20.0
"""Seconds that one apology may take; after that another look tries again."""
_log = logging.getLogger(__name__)


class Overdue(Protocol):
    """The database, as far as the watchdog uses it. Synchronous."""

    def overdue(self, channel: str, seconds: float) -> tuple[Delivery, ...]: ...

    def seize(self, seen: Delivery, worker: str, seconds: float) -> bool: ...

    def end(self, number: int, worker: str, fault: str | None = None, *, told: bool = True) -> bool: ...


class Watchdog:
    """Waakhond: looks while it runs, from one deadline after its start on.

    Before that the workers may still give real answers to what waited while nothing ran.
    """

    def __init__(
        self,
        desk: Overdue,
        apologise: Callable[[Errand, Exception], Awaitable[None]],
        *,
        deadline: float = OVERDUE_SECONDS,
        every: float = LOOKS_EVERY,
    ) -> None:
        self.name = uuid4().hex
        self._desk = desk
        self._apologise = apologise
        self._deadline = deadline
        self._every = every
        self._thread = ThreadPoolExecutor(1, "watchdog")
        self._stopping = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look_often())

    async def stop(self, seconds: float = 5.0) -> None:
        """Lets it finish the apology that it began, so that nobody gets an answer after one."""
        self._stopping.set()
        if self._looking:
            await asyncio.wait({self._looking}, timeout=seconds)
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
        self._thread.shutdown(wait=False)

    async def look(self) -> int:
        """Apologises to everybody who should have heard something by now; to how many."""
        told = 0
        for delivery in await self._apart(self._desk.overdue, CHANNEL, self._deadline):
            errand = _read(delivery)
            if not self._stopping.is_set() and (errand is None or errand.addressed):
                told += await self._tell(delivery, errand)
        return told

    async def _look_often(self) -> None:
        pause = self._deadline
        while not await self._told_to_stop(pause):
            pause = self._every
            try:
                await self.look()
            except CopilotError as fault:
                _log.error("the watchdog cannot read the inbox: %s", fault)

    async def _told_to_stop(self, within: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), within)
        return self._stopping.is_set()

    async def _tell(self, delivery: Delivery, errand: Errand | None) -> bool:
        # Seized for longer than an apology takes: whoever had it may say nothing any more.
        if not await self._apart(self._desk.seize, delivery, self.name, 2 * APOLOGY_WITHIN):
            return False
        fault = ChannelError(texts.OVERDUE, seconds=round(self._deadline))
        _log.error("errand %s, attempt %s: %s", delivery.number, delivery.attempts, fault)
        told = errand is not None and await self._said(errand, fault)
        if told or errand is None:
            await self._apart(lambda: self._desk.end(delivery.number, self.name, str(fault), told=told))
        return told

    async def _said(self, errand: Errand, fault: Exception) -> bool:
        """Whether the apology came through; where it did not, the errand stays open and counts as silent."""
        try:
            async with asyncio.timeout(APOLOGY_WITHIN):
                await self._apologise(errand, fault)
        except Exception as again:
            _log.error("no apology could be brought: %s", type(again).__name__)
            return False
        return True

    async def _apart(self, call: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *given)


def _read(delivery: Delivery) -> Errand | None:
    """What was asked; None where it cannot be read, which nobody can answer."""
    try:
        return load(delivery.payload)
    except (ValueError, TypeError, KeyError):
        return None
