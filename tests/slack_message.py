"""A message on the loopback Slack, as people see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass
class Message:
    """A message as somebody sees it; `only` = the one person who sees it."""

    channel: str
    ts: str
    text: str
    blocks: list[Any]
    user: str
    thread_ts: str | None = None
    only: str | None = None
    metadata: Any = None
    versions: int = 1
    owner: str = ""
    """The token by which it was said."""
    streaming_state: str | None = None
    started: float = 0.0
    stopped: bool = False
    """By the person who pressed Stop."""
    growths: int = 0
    reactions: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All that stands on it."""
        return self.text + "\n" + "\n".join(all_texts(self.blocks))

    def as_reply(self, bot: str, *, with_metadata: bool) -> dict[str, Any]:
        """As it comes with conversations.replies."""
        said: dict[str, Any] = {"ts": self.ts, "text": self.text, "user": self.user}
        if self.user == bot:
            said["bot_id"] = "B1"
        if self.reactions:
            said["reactions"] = [{"name": name, "count": 1, "users": ["U1"]} for name in self.reactions]
        if self.streaming_state:
            said["streaming_state"] = self.streaming_state
        if self.metadata and with_metadata:
            said["metadata"] = self.metadata
        return said

    def buttons(self) -> list[dict[str, Any]]:
        inside = [element for block in self.blocks for element in block.get("elements", [])]
        inside += [block["accessory"] for block in self.blocks if "accessory" in block]
        return [each for each in inside if each.get("type") in ("button", "static_select")]


def all_texts(thing: Any) -> list[str]:
    if isinstance(thing, dict):
        own = [thing["text"]] if isinstance(thing.get("text"), str) else []
        return own + [text for each in thing.values() for text in all_texts(each)]
    return [text for each in thing for text in all_texts(each)] if isinstance(thing, list) else []
