"""Forging: people of one workspace send back whatever was ever shown in another one.

Slack signs what it delivers, so that nobody can really send most of this; here every name, value and time of the
other workspace comes signed all the same, since only then it is the program that keeps the workspaces apart.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any, Final

import httpx

from tests.loopback_slack import Slack
from tests.slack_people import stated

ACTIONS: Final = (
    "fact next near done good bad reason share own correct sources wrong form look draft publish decline retire "
    "restore offer_yes offer_never change agree refuse settle"
).split()
FORMS: Final = ("fact", "wrong", "knowledge", "change")
"""Those that were not opened as well: a form may have been open since before an update."""


class Loot:
    """Buit: all that a workspace was shown, as its buttons, forms, messages and threads."""

    def __init__(self, slack: Slack, token: str) -> None:
        shown = [given for _, given in slack.calls if given.get("_token") == token]
        shown += [given for method, given in slack.calls if method == "response_url"]
        self.buttons = [each for each in _within(shown) if each.get("type") == "button" and each.get("value")]
        self.views = [given["view"] for given in shown if given.get("view", {}).get("callback_id")]
        self.moments = [each.ts for each in slack.messages]
        self.threads = [each.thread_ts for each in slack.messages if each.thread_ts]
        self.bases = [each["private_metadata"] for each in self.views if each.get("private_metadata")]


class Forger:
    """Sends what belongs to another workspace, as somebody of this one."""

    def __init__(self, slack: Slack, loot: Loot, users: tuple[str, ...], channel: str, chance: random.Random) -> None:
        self.slack = slack
        self.loot = loot
        self.users = users
        self.channel = channel
        self.chance = chance
        self.ways = (self.tap, self.tap, self.tap_in_view, self.form, self.form, self.follow, self.home, self.words)

    async def attempt(self) -> httpx.Response:
        return await self.chance.choice(self.ways)(self.chance.choice(self.users))

    async def tap(self, user: str) -> httpx.Response:
        """A button of theirs, or another button with the value of theirs, on a message or thread of theirs."""
        stands = self._place(user)
        moment, alone = self.chance.choice(self.loot.moments), self.chance.random() < 0.5
        box = {"type": "message", "message_ts": moment, "channel_id": stands, "is_ephemeral": alone}
        if self.chance.random() < 0.5:
            box["thread_ts"] = self.chance.choice(self.loot.threads)
        more = {} if alone else {"message": {"ts": moment}}
        answers = {"response_url": f"{self.slack.url}respond/forged-{stands}-{user}-{self.slack.new_ts()}"}
        return await self._send(
            user, {"type": "block_actions", "container": box, "channel": {"id": stands, "name": "x"},
                   "actions": [self._button()], **more, **answers}
        )  # fmt: skip

    async def tap_in_view(self, user: str) -> httpx.Response:
        """The same in a form or at Home, which stand in no channel."""
        view = {**self.chance.choice(self.loot.views), "id": f"V{self.slack.new_ts()}", "hash": "h"}
        box = {"type": "view", "view_id": view["id"]}
        return await self._send(
            user, {"type": "block_actions", "container": box, "view": view, "actions": [self._button()]}
        )

    async def form(self, user: str) -> httpx.Response:
        """A form of theirs, or another form that says it is about what is theirs, filled in."""
        view = dict(self.chance.choice(self.loot.views))
        if self.chance.random() < 0.5:
            view["private_metadata"] = self.chance.choice(self.loot.bases)
        if self.chance.random() < 0.3:
            view["callback_id"] = self.chance.choice(FORMS)
        state = {
            block["block_id"]: {block["element"]["action_id"]: stated(block["element"], "12")}
            for block in view["blocks"]
            if block["type"] == "input"
        }
        view |= {"id": f"V{self.slack.new_ts()}", "hash": "h", "state": {"values": state}}
        return await self._send(user, {"type": "view_submission", "view": view, "response_urls": []})

    async def follow(self, user: str) -> httpx.Response:
        """Goes on in a thread of theirs."""
        stands, thread = self._place(user), self.chance.choice(self.loot.threads)
        said = self.chance.choice(("En zonder bon?", "Hij is 300 euro waard.", "Wat vroeg ik net?", "ja"))
        return await self.slack.event(self.slack.message_event(user, stands, said, thread))

    async def home(self, user: str) -> httpx.Response:
        """His own Home, with the answers that are his."""
        event = {"type": "app_home_opened", "user": user, "tab": self.chance.choice(("home", "messages"))}
        return await self.slack.event({**event, "channel": f"D{user}"})

    async def words(self, user: str) -> httpx.Response:
        """Asks for knowledge and changes by name."""
        asked = self.chance.choice(("kennis Voorstel", "kennis", "vraag Wat werd hier gevraagd?", "vraag Kan het?"))
        return await self.slack.command(user, self._place(user), asked)

    # --------------------------------------------------------------------------------------------- within

    def _place(self, user: str) -> str:
        return self.chance.choice((f"D{user}", self.channel))

    def _button(self) -> dict[str, Any]:
        button = dict(self.chance.choice(self.loot.buttons))
        if self.chance.random() < 0.5:
            button["action_id"] = self.chance.choice(ACTIONS)
        return {**button, "type": "button", "block_id": "b", "action_ts": self.slack.new_ts()}

    async def _send(self, user: str, payload: dict[str, Any]) -> httpx.Response:
        return await self.slack._interactive(json.loads(json.dumps({**self.slack._who(user), **payload})))


def _within(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        yield thing
        for each in thing.values():
            yield from _within(each)
    elif isinstance(thing, list):
        for each in thing:
            yield from _within(each)
