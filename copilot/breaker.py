"""Zekering: after a few failures in a row nobody waits for a sick server any more; it mends itself.

Closed: calls go through. After `failures` in `within` seconds it opens: calls are refused at once. After
`rest` seconds one call may try (half-open): success closes it, failure opens it again. The clock is passed
in, so the same happenings always lead to the same state. Numbers: reference on quality, section 4.1.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import StrEnum
from threading import Lock


class State(StrEnum):
    """How the breaker stands."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """One for each server. Safe to use from several threads and event loops."""

    def __init__(
        self, clock: Callable[[], float], *, failures: int = 5, within: float = 60.0, rest: float = 30.0
    ) -> None:
        self._clock = clock
        self._limit = failures
        self._within = within
        self._rest = rest
        self._failed: deque[float] = deque(maxlen=failures)
        self._opened: float | None = None
        self._probing: float | None = None
        self._lock = Lock()

    @property
    def state(self) -> State:
        if self._opened is None:
            return State.CLOSED
        return State.HALF_OPEN if self._clock() - self._opened >= self._rest else State.OPEN

    def allows(self) -> bool:
        """Whether a call may be made now; in half-open only the first asker is told yes."""
        with self._lock:
            state = self.state
            if state is State.HALF_OPEN:
                # A probe whose result never came (its caller was cancelled) must not block for ever.
                if self._probing is not None and self._clock() - self._probing < self._rest:
                    return False
                self._probing = self._clock()
                return True
            return state is State.CLOSED

    def succeeded(self) -> None:
        with self._lock:
            self._failed.clear()
            self._opened = self._probing = None

    def failed(self) -> None:
        with self._lock:
            now = self._clock()
            self._failed.append(now)
            full = len(self._failed) == self._limit and now - self._failed[0] <= self._within
            if full or self._probing is not None:
                self._opened, self._probing = now, None
