"""Keeps what Slack delivers before Slack hears that it came: soon, however busy answering is.

Slack delivers again after three seconds. So receiving has a thread of its own, beside those that answer, and what
comes in while one write is under way is written by the next one together: a disk that takes ten milliseconds for
each transaction still takes in hundreds of events a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, Protocol

from copilot.channels.slack_errands import CHANNEL, Errand
from copilot.records import Arrival

MOST_TOGETHER: Final = 100
FIRST_SECONDS: Final = 0.25
"""So long an errand lets what comes in go first: a person who waits for an answer does not notice, Slack does."""


class Register(Protocol):
    """The database, as far as receiving uses it. Synchronous."""

    def receive_all(self, channel: str, arrived: Sequence[Arrival]) -> Sequence[bool]: ...


class Reception:
    """Ontvangst: `keep` returns when the errand is on disk."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._thread = ThreadPoolExecutor(1, "reception")
        self._waiting: list[tuple[Arrival, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def keep(self, errand: Errand, after: float = 0.0) -> bool:
        """Keeps it, to be taken after some seconds; whether it is new, since the same thing twice is kept once.

        Raises StoreError: then Slack delivers it again.
        """
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((Arrival(errand.team, errand.event, errand.lane, errand.dump(), after), kept))
        if self._writing is None:
            self._quiet.clear()
            self._writing = asyncio.create_task(self._write())
        return await kept

    async def give_way(self) -> None:
        """Waits until nothing comes in at this moment, but not long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), FIRST_SECONDS)

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            await self._write_one(batch)
        self._writing = None
        self._quiet.set()

    async def _write_one(self, batch: Sequence[tuple[Arrival, asyncio.Future[bool]]]) -> None:
        arrived = [each for each, _ in batch]
        loop = asyncio.get_running_loop()
        try:
            new = await loop.run_in_executor(self._thread, self._register.receive_all, CHANNEL, arrived)
        except Exception as fault:
            for _, kept in batch:
                if not kept.done():
                    kept.set_exception(fault)
            return
        for (_, kept), each in zip(batch, new, strict=True):
            if not kept.done():  # Slack may have hung up
                kept.set_result(each)
