"""Being the people of a loopback Slack: what they write, tap and fill in, signed and delivered as Slack does."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import httpx

from tests.slack_blocks import check_view
from tests.slack_limits import GIVES_UP
from tests.slack_message import Message

SECRET: Final = "8f742231b10e8888abcd99yyyzzz85a5"
MOST_RETRIES: Final = 3
"""At once, after a minute and after five."""

if TYPE_CHECKING:
    from tests.loopback_slack import Slack as Workplace
else:
    Workplace = object


class People(Workplace):
    """The sending half of `Slack`."""

    async def deliver(
        self, body: bytes, kind: str = "application/json", to: httpx.AsyncClient | None = None, **headers: str
    ) -> httpx.Response:
        """One signed request, `to` one of several processes; the answer must come within three seconds."""
        app = to or self.app
        assert app is not None
        moment = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
        sent = {"Content-Type": kind, "X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={signature}"}
        started = time.perf_counter()
        response = await app.post("/slack/events", content=body, headers={**sent, **headers})
        self.acks.append(time.perf_counter() - started)
        assert self.acks[-1] < GIVES_UP, "Slack would have given up"
        return response

    def envelope(self, event: dict[str, Any], id: str | None = None, **more: Any) -> dict[str, Any]:
        return {
            "token": "old",
            "team_id": self.team,
            "api_app_id": "A1",
            "event": event,
            "type": "event_callback",
            "event_id": id or f"Ev{next(self._numbers)}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": self.team, "user_id": self.bot, "is_bot": True}],
            "is_ext_shared_channel": event.get("channel") in self.shared,
            **more,
        }

    async def event(self, event: dict[str, Any], id: str | None = None, **more: Any) -> httpx.Response:
        """Delivers until it is taken: as the same event, saying which retry it is and why."""
        body = json.dumps(self.envelope(event, id, **more)).encode()
        response = await self.deliver(body)
        for retry in range(1, MOST_RETRIES + 1):
            if response.status_code < 300 or response.headers.get("x-slack-no-retry") == "1":
                break
            self.redelivered += 1
            headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
            response = await self.deliver(body, **headers)
        return response

    def message_event(
        self, user: str, channel: str, text: str, thread_ts: str | None = None, **more: Any
    ) -> dict[str, Any]:
        ts = self.new_ts()
        self.messages.append(Message(channel, ts, text, [], user, thread_ts))
        kind = "im" if channel.startswith("D") else "channel"
        event = {"type": "message", "user": user, "text": text, "ts": ts, "channel": channel, "channel_type": kind,
                 "team": self.outsiders.get(user, self.team)}  # fmt: skip
        return {**event, "event_ts": ts, **({"thread_ts": thread_ts} if thread_ts else {}), **more}

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None, **more: Any) -> str:
        """Writes a message; the program hears of it as Slack would tell it. Its ts."""
        event = self.message_event(user, channel, text, thread_ts, **more)
        if not channel.startswith("D") and self.bot not in self.channels.get(channel, ()):
            return event["ts"]
        assert (await self.event(event)).status_code == 200
        if f"<@{self.bot}>" in text and not channel.startswith("D"):
            twin = {name: value for name, value in event.items() if name != "channel_type"}
            assert (await self.event({**twin, "type": "app_mention"})).status_code == 200
        return event["ts"]

    async def _interactive(self, payload: dict[str, Any]) -> httpx.Response:
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return await self.deliver(body, "application/x-www-form-urlencoded")

    def _who(self, user: str) -> dict[str, Any]:
        home = self.outsiders.get(user, self.team)
        return {"team": {"id": home, "domain": "test"}, "user": {"id": user, "team_id": home},
                "api_app_id": "A1", "trigger_id": self.trigger(user)}  # fmt: skip

    async def tap(self, user: str, message: Message, label: str) -> httpx.Response:
        """Taps the button with this label, or whose action begins so, as it really stands on the message."""
        found = [each for each in message.buttons() if each["text"]["text"] == label or each["action_id"] == label]
        assert found, f"no button {label!r} on: {[each['text']['text'] for each in message.buttons()]}"
        assert self._can_see(message, user), "nobody taps what he cannot see"
        assert message.streaming_state != "in_progress", "buttons come when a stream stops"
        kind = f"tap-{message.channel}-{user}-{message.ts}"
        payload = {
            "type": "block_actions",
            **self._who(user),
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": message.channel,
                "is_ephemeral": message.only is not None,
                **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
            },
            "channel": {"id": message.channel, "name": "x"},
            "response_url": f"{self.url}respond/{kind}",
            "actions": [{**found[0], "type": "button", "block_id": "b", "action_ts": self.new_ts()}],
        }
        if message.only is None:
            payload["message"] = {"ts": message.ts, "thread_ts": message.thread_ts, "blocks": message.blocks}
        response = await self._interactive(payload)
        assert response.status_code == 200, response.text
        return response

    async def tap_home(self, user: str, label: str) -> None:
        inside = Message("", "", "", self.homes[user]["blocks"], self.bot).buttons()
        found = next(each for each in inside if each["text"]["text"] == label)
        payload = {"type": "block_actions", **self._who(user), "container": {"type": "view", "view_id": "VH"},
                   "view": {"id": "VH", "type": "home"},
                   "actions": [{**found, "action_ts": self.new_ts(), "block_id": "b"}]}  # fmt: skip
        assert (await self._interactive(payload)).status_code == 200

    async def tap_view(self, user: str, view: dict[str, Any], label: str) -> None:
        """Taps a button in a form or view that is open."""
        inside = Message("", "", "", view["blocks"], self.bot).buttons()
        found = next(each for each in inside if each["text"]["text"] == label)
        payload = {"type": "block_actions", **self._who(user), "view": view,
                   "container": {"type": "view", "view_id": view["id"]},
                   "actions": [{**found, "action_ts": self.new_ts(), "block_id": "b"}]}  # fmt: skip
        assert (await self._interactive(payload)).status_code == 200

    async def choose(self, user: str, view: dict[str, Any], action: str, value: str) -> None:
        """Chooses in a select of a form that is not an input."""
        selects = [each for block in view["blocks"] for each in block.get("elements", [])]
        select = next(each for each in selects if each.get("action_id") == action)
        option = next(each for each in select["options"] if each["value"] == value)
        payload = {"type": "block_actions", **self._who(user), "view": view,
                   "container": {"type": "view", "view_id": view["id"]},
                   "actions": [{"type": "static_select", "action_id": action, "block_id": action,
                                "selected_option": option, "action_ts": self.new_ts()}]}  # fmt: skip
        assert (await self._interactive(payload)).status_code == 200

    async def submit(self, user: str, view: dict[str, Any], **values: str) -> dict[str, Any]:
        """Fills in a form and sends it; {} or the errors by field, which must be fields of the form."""
        inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
        named = {name.partition("@")[0]: name for name in inputs}
        assert set(values) <= set(named), f"no such field: {set(values) - set(named)}"
        state: dict[str, Any] = {}
        for short, name in named.items():
            block, element = inputs[name], inputs[name]["element"]
            given = stated(element, values.get(short))
            assert any(value for key, value in given.items() if key != "type") or block.get("optional"), (
                f"{name} must be filled in"
            )
            state[name] = {element["action_id"]: given}
        payload = {"type": "view_submission", **self._who(user), "view": {**view, "state": {"values": state}},
                   "response_urls": []}  # fmt: skip
        response = await self._interactive(payload)
        assert response.status_code == 200, response.text
        answer = json.loads(response.text) if response.text else {}
        if answer.get("response_action") == "errors":
            assert set(answer["errors"]) <= set(inputs), "an error at a field that the form does not have"
        elif answer.get("response_action") in ("update", "push"):
            check_view(answer["view"])
        else:
            assert answer in ({}, {"response_action": "clear"}), f"Slack knows no such answer: {answer}"
            self.close_forms(user)
        return answer

    async def command(self, user: str, channel: str, text: str) -> httpx.Response:
        trigger = self.trigger(user)
        body = {
            "command": "/heleklant", "text": text, "user_id": user, "team_id": self.team, "channel_id": channel,
            "trigger_id": trigger, "api_app_id": "A1",
            "response_url": f"{self.url}respond/cmd-{channel}-{user}-{trigger.partition('.')[0]}",
        }  # fmt: skip
        response = await self.deliver(urlencode(body).encode(), "application/x-www-form-urlencoded")
        assert response.status_code == 200, response.text
        return response

    async def shortcut(self, user: str, channel: str, name: str, message: dict[str, Any]) -> httpx.Response:
        payload = {
            "type": "message_action", "callback_id": name, **self._who(user), "message": message,
            "channel": {"id": channel}, "message_ts": message.get("ts"), "action_ts": self.new_ts(),
            "response_url": f"{self.url}respond/sc-{channel}-{user}-{next(self._numbers)}",
        }  # fmt: skip
        response = await self._interactive(payload)
        assert response.status_code == 200, response.text
        return response


def stated(element: dict[str, Any], given: str | None) -> dict[str, Any]:
    """What a field says when its form is sent: what was filled in, else what it began with."""
    kind = element["type"]
    if "options" not in element:
        name, first = ("selected_date", "initial_date") if kind == "datepicker" else ("value", "initial_value")
        return {"type": kind, name: element.get(first) if given is None else given or None}
    if kind == "static_select":
        chosen = next((each for each in element["options"] if each["value"] == given), None)
        return {"type": kind, "selected_option": element.get("initial_option") if given is None else chosen}
    several = [each for each in element["options"] if each["value"] in (given or "").split("\n")]
    return {"type": kind, "selected_options": element.get("initial_options", []) if given is None else several}
