"""Meeluisteren: what a message in a channel calls for, worked out in a thread of its own.

That takes a hundredth of a second each, which is more than may be awaited on the way to Slack's "received".
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from copilot.calls import Call, Meaning, call_of
from copilot.errors import IndexFault

MOST_WAITING: Final = 100
"""Messages that wait to be heard, a second's work. Where so much is said at once, an offer would come too late."""
_log = logging.getLogger(__name__)


class Ear:
    """Oor."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._thread = ThreadPoolExecutor(1, "ear")
        self._waiting = 0

    async def call_of(self, text: str) -> Call | None:
        """What a message calls for; None also where too much is waiting, or where the bundled model does not run."""
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, call_of, text, self._meaning)
        except IndexFault as fault:
            _log.warning("no help is offered unasked: %s", fault)
            return None
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
