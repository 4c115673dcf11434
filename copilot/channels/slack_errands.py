"""What Slack delivers, as one value of our own: recognised, told apart from noise, ready to be kept. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

CHANNEL: Final = "slack"
_MENTION: Final = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_MARKUP: Final = re.compile(r"<(?:mailto:|tel:)?([^<>|]+)(?:\|([^<>]*))?>")
_QUIET: Final = frozenset({None, "thread_broadcast", "file_share"})
"""Subtypes of messages that people write; edits, deletions, joins and bots have others."""


class Task(StrEnum):
    """What is asked of us."""

    ASK = "ask"
    FOLLOW = "follow"
    """Perhaps a follow-up, if the person asked before in this thread."""
    TAP = "tap"
    FACT = "fact"
    """A fact that was typed into a form."""
    WRONG = "wrong"
    """What somebody says is not right, from a form."""
    OFFERED = "offered"
    UNANSWERED = "unanswered"
    """Perhaps an offer later, if nobody replies to it."""


class Place(StrEnum):
    """Where the answer goes."""

    DIRECT = "direct"
    CHANNEL = "channel"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Opdracht: one delivery of Slack's that wants an answer, with all that is needed to give it."""

    task: Task
    team: str
    user: str
    home: str = ""
    """The workspace that he is of, where Slack says it; another one than `team` in a channel with other companies."""
    event: str
    """The same for every delivery, retry and twin of one thing that happened."""
    channel: str = ""
    ts: str = ""
    thread_ts: str | None = None
    text: str = ""
    place: Place = Place.CHANNEL
    action: str = ""
    value: Mapping[str, Any] | None = None
    message_ts: str = ""
    """The card on which was tapped."""
    ephemeral: bool = False
    response_url: str = ""
    external: bool = False
    """In a channel that is shared with another company."""
    files: bool = False

    @property
    def asker(self) -> str:
        """The person in the ledger; never the same in two workspaces."""
        return f"{CHANNEL}:{self.team}:{self.user}"

    @property
    def addressed(self) -> bool:
        """Whether somebody waits for us; what is offered unasked nobody misses."""
        return self.task not in (Task.OFFERED, Task.UNANSWERED)

    @property
    def is_direct(self) -> bool:
        return self.place is Place.DIRECT

    @property
    def is_shortcut(self) -> bool:
        """Chosen on somebody's message."""
        return self.event.startswith("shortcut:")

    @property
    def root(self) -> str:
        return self.thread_ts or self.ts

    @property
    def thread(self) -> str:
        """The conversation: in a channel everyone has his own in a thread, since answers are private."""
        whose = "" if self.place is Place.DIRECT else f":{self.user}"
        return f"{CHANNEL}:{self.team}:{self.channel}:{self.root}{whose}"

    @property
    def lane(self) -> str:
        """What must stay in order: one person in one conversation."""
        lane = f"{self.team}:{self.channel}:{self.thread_ts or self.ts or self.message_ts}:{self.user}"
        # What waits for its time may keep nobody waiting.
        return f"{lane}:later" if self.task is Task.UNANSWERED else lane

    def dump(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def load(payload: str) -> Errand:
    """The errand that was kept."""
    given = json.loads(payload)
    return Errand(**{**given, "task": Task(given["task"]), "place": Place(given["place"])})


def from_message(body: Mapping[str, Any], bot: str | None) -> Errand | None:
    """A message or mention as an errand; None for what is not addressed to us in any way.

    The same message comes as `message` and as `app_mention`, under two event ids: channel and time are its name.
    """
    event = body.get("event") or {}
    user = event.get("user")
    if event.get("bot_id") or event.get("bot_profile") or event.get("subtype") not in _QUIET or not user or user == bot:
        return None
    direct = event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D")
    text = str(event.get("text") or "")
    mentioned = event.get("type") == "app_mention" or (bot is not None and bot in _MENTION.findall(text))
    if not direct and not mentioned and _MENTION.match(text.strip()):
        return None  # said to a colleague
    return Errand(
        task=Task.ASK if direct or mentioned else Task.FOLLOW,
        team=team_of(body),
        user=str(user),
        home=home_of(event),
        event=f"message:{event.get('channel')}:{event.get('ts')}",
        channel=str(event.get("channel", "")),
        ts=str(event.get("ts", "")),
        thread_ts=event.get("thread_ts"),
        text=readable(text, bot),
        place=Place.DIRECT if direct else Place.CHANNEL,
        external=bool(body.get("is_ext_shared_channel")),
        files=bool(event.get("files")),
    )


def from_command(body: Mapping[str, Any], text: str) -> Errand:
    """`/heleklant vraag …`: the words after it are the question."""
    moment = str(body.get("trigger_id", ""))
    return Errand(
        task=Task.ASK,
        team=team_of(body),
        user=str(body.get("user_id", "")),
        home=str(body.get("team_id", "")),
        event=f"command:{moment}",
        channel=str(body.get("channel_id", "")),
        ts=moment,
        text=readable(text, None),
        place=Place.COMMAND,
        response_url=str(body.get("response_url", "")),
    )


def from_shortcut(body: Mapping[str, Any]) -> Errand:
    """A message on which somebody chose "Help deze klant"."""
    message = body.get("message") or {}
    moment = str(body.get("trigger_id", ""))
    return Errand(
        task=Task.ASK,
        team=team_of(body),
        user=str((body.get("user") or {}).get("id", "")),
        home=home_of(body),
        event=f"shortcut:{moment}",
        channel=str((body.get("channel") or {}).get("id", "")),
        ts=moment,
        text=readable(text_of(message), None),
        place=Place.COMMAND,
        response_url=str(body.get("response_url", "")),
        files=bool(message.get("files")),
    )


def from_tap(body: Mapping[str, Any]) -> Errand:
    """A button on one of our cards."""
    action = (body.get("actions") or [{}])[0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id", ""))
    user = str((body.get("user") or {}).get("id", ""))
    moment = action.get("action_ts") or body.get("trigger_id", "")
    return Errand(
        task=Task.TAP,
        team=team_of(body),
        user=user,
        home=home_of(body),
        event=f"tap:{user}:{container.get('message_ts', '')}:{action.get('action_id')}:{moment}",
        channel=channel,
        ts=str(container.get("message_ts", "")),
        thread_ts=container.get("thread_ts") or message.get("thread_ts"),
        place=Place.DIRECT if channel.startswith("D") else Place.CHANNEL,
        action=str(action.get("action_id", "")),
        value=_value(action.get("value")),
        message_ts=str(container.get("message_ts", "")),
        ephemeral=bool(container.get("is_ephemeral")),
        response_url=str(body.get("response_url", "")),
    )


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace in which it happened; in a shared channel that of the authorization, not of the sender."""
    for each in body.get("authorizations") or ():
        if each.get("team_id"):
            return str(each["team_id"])
    team = body.get("team")
    return str(body.get("team_id") or (team.get("id") if isinstance(team, dict) else team) or "")


def user_of(body: Mapping[str, Any]) -> str:
    """Who tapped, sent a form or gave a command."""
    user = body.get("user")
    return str(body.get("user_id") or (user.get("id") if isinstance(user, dict) else user) or "")


def home_of(given: Mapping[str, Any]) -> str:
    """The workspace of who wrote a message or tapped; empty where Slack does not say."""
    user = given.get("user")
    if isinstance(user, dict):
        return str(user.get("team_id") or "")
    return str(given.get("user_team") or given.get("source_team") or given.get("team") or "")


def text_of(message: Mapping[str, Any]) -> str:
    """What a message says, also one that a form or another app posted as blocks or attachments alone."""
    if message.get("text"):
        return str(message["text"])
    parts = [*_texts(message.get("blocks") or []), *_texts(message.get("attachments") or [])]
    return "\n".join(dict.fromkeys(parts))


def readable(text: str, bot: str | None) -> str:
    """Slack's marks as words: no mention of us, other mentions and links as they read."""
    text = _MENTION.sub(lambda found: "" if found[1] == bot else "@collega", text)
    text = _MARKUP.sub(lambda found: found[2] or found[1], text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _texts(parts: Any) -> list[str]:
    found: list[str] = []
    for each in parts if isinstance(parts, list) else [parts]:
        if isinstance(each, dict):
            for name, part in each.items():
                if name in ("text", "fallback") and isinstance(part, str):
                    found.append(part)
                elif isinstance(part, (dict, list)):
                    found += _texts(part)
    return found


def _value(written: Any) -> Mapping[str, Any] | None:
    try:
        given = json.loads(written) if written else None
    except ValueError:
        return None
    return given if isinstance(given, dict) else None
