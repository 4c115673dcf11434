"""How often Slack lets itself be called, and its clock."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import Final

GIVES_UP: Final = 20.0
"""Seconds. Slack itself waits 3; a busy machine that runs the tests is given more, and the figures are printed."""
SLOWER: Final = GIVES_UP / 3.0
TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
A_MINUTE: Final[dict[str, int]] = {
    "assistant.threads.setStatus": 600,
    "assistant.threads.setSuggestedPrompts": TIER_3,
    "chat.appendStream": TIER_4,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": 600,
    "chat.startStream": TIER_2,
    "chat.stopStream": TIER_2,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.replies": TIER_3,
    "usergroups.users.list": TIER_2,
    "users.info": TIER_4,
    "users.lookupByEmail": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}
"""Calls a minute for each method and workspace, as docs.slack.dev gives them with each method."""
IN_ONE_CHANNEL: Final = 60
"""Messages a minute; "one a second, short bursts are fine" does not say how short: a minute's worth at most."""


class Clock:
    """Slack's own time in seconds: three of its seconds last as long as a busy machine may take."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return self._ahead + time.monotonic() / SLOWER

    def forward(self, seconds: float) -> None:
        self._ahead += seconds


@dataclass
class Bucket:
    """Tokens that come back at a steady pace; a minute's worth at most."""

    most: int
    left: float = field(init=False)
    since: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.left = float(self.most)

    def take(self) -> float:
        """0.0, or the seconds to wait."""
        now = time.monotonic()
        self.left = min(self.most, self.left + (now - self.since) * self.most / 60)
        self.since = now
        if self.left < 1:
            return (1 - self.left) * 60 / self.most
        self.left -= 1
        return 0.0


@dataclass
class Limits:
    """Rate limits by method and workspace, and by channel; who comes back with the same too early is named."""

    a_minute: dict[str, int] = field(default_factory=lambda: dict(A_MINUTE))
    _buckets: dict[tuple[str, ...], Bucket] = field(default_factory=dict)

    def wait(self, team: str, method: str, channel: str) -> int:
        """Whole seconds to wait before this call may be made; 0 when it may now."""
        asked = [(team, method)] if method in self.a_minute else []
        if method == "chat.postMessage":
            asked.append((team, method, channel))
        waits = [self._bucket(each).take() for each in asked]
        return math.ceil(max(waits, default=0.0))

    def _bucket(self, key: tuple[str, ...]) -> Bucket:
        most = self.a_minute[key[1]] if len(key) == 2 else IN_ONE_CHANNEL
        return self._buckets.setdefault(key, Bucket(most))
