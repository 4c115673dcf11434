"""A Slack on this machine that refuses what the real one refuses: scopes, limits, triggers, membership, signatures.

Its numbers are those of docs.slack.dev as published. Web API over real HTTP; events,
commands, taps and forms are signed and delivered to the program's own HTTP address, and every answer is timed.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from aiohttp import WSMsgType, web

SECRET: Final = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN: Final = "xoxb-test"
SCOPES: Final = frozenset(
    "app_mentions:read assistant:write channels:history channels:read chat:write commands groups:history im:history "
    "im:write mpim:history usergroups:read users:read users:read.email".split()
)
NEEDS: Final[dict[str, tuple[str | None, tuple[str, ...]]]] = {
    "auth.test": (None, ()),
    "apps.connections.open": (None, ()),
    "assistant.threads.setStatus": ("assistant:write", ("channel_id", "thread_ts", "status")),
    "assistant.threads.setSuggestedPrompts": ("assistant:write", ("channel_id", "prompts")),
    "chat.postMessage": ("chat:write", ("channel",)),
    "chat.postEphemeral": ("chat:write", ("channel", "user")),
    "chat.update": ("chat:write", ("channel", "ts")),
    "oauth.v2.access": (None, ("code",)),
    "conversations.replies": ("im:history", ("channel", "ts")),
    "usergroups.users.list": ("usergroups:read", ("usergroup",)),
    "users.lookupByEmail": ("users:read.email", ("email",)),
    "views.open": (None, ("trigger_id", "view")),
    "views.publish": (None, ("user_id", "view")),
    "views.update": (None, ("view",)),
}
BLOCKS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "section": ({"type"}, {"text", "fields", "accessory", "block_id", "expand"}),
    "context": ({"type", "elements"}, {"block_id"}),
    "actions": ({"type", "elements"}, {"block_id"}),
    "header": ({"type", "text"}, {"block_id"}),
    "divider": ({"type"}, {"block_id"}),
    "input": ({"type", "label", "element"}, {"block_id", "optional", "hint", "dispatch_action"}),
}
ELEMENTS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "button": ({"type", "text", "action_id"}, {"value", "style", "url", "confirm", "accessibility_label"}),
    "static_select": ({"type", "action_id", "options"}, {"initial_option", "placeholder"}),
    "plain_text_input": ({"type", "action_id"}, {"multiline", "initial_value", "placeholder", "max_length"}),
    "datepicker": ({"type", "action_id"}, {"initial_date", "placeholder"}),
}

GIVES_UP = 20.0
"""Seconds. Slack itself waits 3; a busy machine that runs the tests is given more, and the figures are printed."""


class Refused(Exception):
    """An error as Slack names it."""


def need(true: Any, error: str) -> None:
    if not true:
        raise Refused(error)


def check_text(text: Any, kinds: tuple[str, ...], most: int) -> None:
    need(isinstance(text, dict) and text.get("type") in kinds, "invalid_blocks")
    extra = {"verbatim"} if text["type"] == "mrkdwn" else {"emoji"}
    need(set(text) <= {"type", "text"} | extra, "invalid_blocks")
    need(isinstance(text["text"], str) and 1 <= len(text["text"]) <= most, "invalid_blocks")
    need("\x00" not in text["text"], "invalid_blocks")


def check_keys(thing: Any, known: dict[str, tuple[set[str], set[str]]]) -> None:
    need(isinstance(thing, dict) and thing.get("type") in known, "invalid_blocks")
    must, may = known[thing["type"]]
    need(must <= set(thing) <= must | may, "invalid_blocks")


def check_element(element: Any) -> None:
    check_keys(element, ELEMENTS)
    need(len(element["action_id"]) <= 255, "invalid_blocks")
    if element["type"] == "button":
        check_text(element["text"], ("plain_text",), 75)
        need(len(element.get("value", "")) <= 2000, "invalid_blocks")
        need(element.get("style") in (None, "primary", "danger"), "invalid_blocks")
    if element["type"] == "static_select":
        need(1 <= len(element["options"]) <= 100, "invalid_blocks")
        for option in element["options"]:
            check_text(option["text"], ("plain_text",), 75)
            need(1 <= len(option["value"]) <= 150, "invalid_blocks")
        need(element.get("initial_option") in (None, *element["options"]), "invalid_blocks")
    if element["type"] == "plain_text_input":
        need(len(element.get("initial_value", "")) <= 3000, "invalid_blocks")


def check_block(block: Any, surface: str) -> None:
    check_keys(block, BLOCKS)
    need(len(block.get("block_id", "")) <= 255, "invalid_blocks")
    kind = block["type"]
    if kind == "section":
        need("text" in block or "fields" in block, "invalid_blocks")
        check_text(block["text"], ("mrkdwn", "plain_text"), 3000)
        if "accessory" in block:
            check_element(block["accessory"])
    elif kind == "context":
        need(1 <= len(block["elements"]) <= 10, "invalid_blocks")
        for element in block["elements"]:
            check_text(element, ("mrkdwn", "plain_text"), 3000)
    elif kind == "actions":
        need(1 <= len(block["elements"]) <= 25, "invalid_blocks")
        names = [element.get("action_id") for element in block["elements"]]
        need(len(names) == len(set(names)), "invalid_blocks")
        for element in block["elements"]:
            need(element.get("type") != "plain_text_input", "invalid_blocks")
            check_element(element)
    elif kind == "header":
        check_text(block["text"], ("plain_text",), 150)
    elif kind == "input":
        need(surface != "message", "invalid_blocks")
        check_text(block["label"], ("plain_text",), 2000)
        need(block["element"].get("type") != "button", "invalid_blocks")
        check_element(block["element"])
        if "hint" in block:
            check_text(block["hint"], ("plain_text",), 2000)


def letters_of(thing: Any) -> int:
    if isinstance(thing, dict):
        own = len(thing["text"]) if isinstance(thing.get("text"), str) else 0
        return own + sum(letters_of(each) for each in thing.values())
    return sum(letters_of(each) for each in thing) if isinstance(thing, list) else 0


def check_blocks(blocks: Any, surface: str = "message") -> None:
    """Raises Refused for blocks that Slack would not take."""
    need(isinstance(blocks, list), "invalid_blocks_format")
    need(len(blocks) <= (50 if surface == "message" else 100), "msg_blocks_too_many")
    for block in blocks:
        check_block(block, surface)
    names = [block["block_id"] for block in blocks if "block_id" in block]
    need(len(names) == len(set(names)), "invalid_blocks")
    need(surface != "message" or letters_of(blocks) <= 12_000, "msg_blocks_too_long")


def check_view(view: Any) -> None:
    need(isinstance(view, dict) and view.get("type") in ("modal", "home"), "invalid_arguments")
    need(len(json.dumps(view)) <= 250_000, "view_too_large")
    check_blocks(view.get("blocks"), view["type"])
    if view["type"] == "modal":
        check_text(view.get("title"), ("plain_text",), 24)
        for name in ("submit", "close"):
            if name in view:
                check_text(view[name], ("plain_text",), 24)
        has_input = any(block["type"] == "input" for block in view["blocks"])
        need("submit" in view or not has_input, "missing_submit")
        need(len(view.get("private_metadata", "")) <= 3000, "invalid_arguments")


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
    response_url: str = ""

    @property
    def words(self) -> str:
        """All that stands on it."""
        return self.text + "\n" + "\n".join(all_texts(self.blocks))

    def buttons(self) -> list[dict[str, Any]]:
        inside = [element for block in self.blocks for element in block.get("elements", [])]
        inside += [block["accessory"] for block in self.blocks if "accessory" in block]
        return [each for each in inside if each.get("type") in ("button", "static_select")]


def all_texts(thing: Any) -> list[str]:
    if isinstance(thing, dict):
        own = [thing["text"]] if isinstance(thing.get("text"), str) else []
        return own + [text for each in thing.values() for text in all_texts(each)]
    return [text for each in thing for text in all_texts(each)] if isinstance(thing, list) else []


@dataclass
class Slack:
    """One workspace. `start()` it, `connect` it to the program, then be its people."""

    team: str = "T0001"
    bot: str = "UBOT"
    scopes: frozenset[str] = SCOPES
    url: str = ""
    messages: list[Message] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    homes: dict[str, Any] = field(default_factory=dict)
    views: dict[str, Any] = field(default_factory=dict)
    triggers: dict[str, float] = field(default_factory=dict)
    prompts: list[Any] = field(default_factory=list)
    channels: dict[str, set[str]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    acks: list[float] = field(default_factory=list)
    failing: list[tuple[str, str, float]] = field(default_factory=list)
    token: str = TOKEN
    tokens: dict[str, str] = field(default_factory=dict)
    """Of other workspaces on this Slack: each token with its team."""
    sockets: list[Any] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _envelopes: dict[str, Any] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _uses: dict[str, int] = field(default_factory=dict)
    _not_before: dict[str, float] = field(default_factory=dict)
    app: httpx.AsyncClient | None = None

    # ----------------------------------------------------------------------------------------- running

    async def start(self) -> None:
        served = web.Application(client_max_size=2**22)
        served.router.add_post("/api/{method}", self._api)
        served.router.add_get("/api/{method}", self._api)
        served.router.add_post("/respond/{id}", self._respond)
        served.router.add_get("/link/{ticket}", self._link)
        self._runner = web.AppRunner(served, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}/"

    async def stop(self) -> None:
        await self._runner.cleanup()
        if self.app:
            await self.app.aclose()

    def connect(self, app: Any) -> None:
        """`app`: the program's ASGI application, or the address on which it listens."""
        if isinstance(app, str):
            self.app = httpx.AsyncClient(base_url=app, timeout=30, trust_env=False)
        else:
            self.app = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app", timeout=30)

    def fail_next(self, method: str, error: str, retry_after: float = 0.0) -> None:
        self.failing.append((method, error, retry_after))

    def seen_by(self, user: str) -> list[Message]:
        """What the program said that this person can read, oldest first."""
        return [
            each
            for each in self.messages
            if each.user == self.bot
            and (each.only == user or (each.only is None and self._is_member(each.channel, user)))
        ]

    def _is_member(self, channel: str, user: str) -> bool:
        return channel == f"D{user}" or user in self.channels.get(channel, ())

    def new_ts(self) -> str:
        return f"1790000000.{next(self._numbers):06d}"

    # ----------------------------------------------------------------------------------------- Web API

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await self._given(request)
        given["_token"] = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append((method, given))
        for place, (failing, error, after) in enumerate(self.failing):
            if failing == method:
                del self.failing[place]
                if error == "ratelimited":
                    self._not_before[method] = time.monotonic() + after
                    headers = {"Retry-After": str(int(after))}
                    return web.json_response({"ok": False, "error": error}, status=429, headers=headers)
                if error == "down":
                    return web.Response(status=503, text="upstream")
                return web.json_response({"ok": False, "error": error})
        try:
            need(method in NEEDS, "unknown_method")
            need(time.monotonic() >= self._not_before.get(method, 0.0) - 0.05, "came_back_too_early")
            self._check_token(request, method)
            scope, required = NEEDS[method]
            if scope and scope not in self.scopes:
                answer = {"ok": False, "error": "missing_scope", "needed": scope, "provided": ",".join(self.scopes)}
                return web.json_response(answer)
            for name in required:
                need(given.get(name) not in (None, ""), "invalid_arguments")
            handler = getattr(self, "_" + method.replace(".", "_"))
            return web.json_response({"ok": True, **handler(given)})
        except Refused as refusal:
            self.refused.append((method, str(refusal)))
            return web.json_response({"ok": False, "error": str(refusal)})

    def _check_token(self, request: web.Request, method: str) -> None:
        if method == "oauth.v2.access":
            return
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        need(token, "not_authed")
        if token in self.tokens:
            return
        wanted = "xapp-test" if method == "apps.connections.open" else self.token
        need(token == wanted, "invalid_auth")

    async def _given(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return dict(await request.json())
        given = dict(request.query) if request.method == "GET" else dict(await request.post())
        for name in ("blocks", "view", "metadata", "prompts"):
            if isinstance(given.get(name), str):
                given[name] = json.loads(given[name])
        return given

    def _auth_test(self, given: Any) -> dict[str, Any]:
        team = self.tokens.get(given["_token"], self.team)
        return {"url": self.url, "team": "Test", "user": "bot", "team_id": team, "user_id": self.bot,
                "bot_id": "B1"}  # fmt: skip

    def _oauth_v2_access(self, given: Any) -> dict[str, Any]:
        team = given["code"].removeprefix("code-")
        token = f"xoxb-{team}"
        self.tokens[token] = team
        return {"app_id": "A1", "authed_user": {"id": "UADMIN"}, "scope": ",".join(sorted(self.scopes)),
                "token_type": "bot", "access_token": token, "bot_user_id": self.bot,
                "team": {"id": team, "name": team}, "enterprise": None, "is_enterprise_install": False}  # fmt: skip

    def _apps_connections_open(self, given: Any) -> dict[str, Any]:
        ticket = f"t{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": self.url.replace("http", "ws") + f"link/{ticket}"}

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        """Socket Mode: one ticket, one connection; every envelope acknowledged once, within three seconds."""
        self._tickets.remove(request.match_info["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self.sockets.append(socket)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                    answer = json.loads(message.data)
                    waiting = self._envelopes.pop(answer["envelope_id"])
                    if not waiting.done():
                        waiting.set_result(answer.get("payload"))
        finally:
            self.sockets.remove(socket)
        return socket

    async def over_socket(self, kind: str, payload: dict[str, Any], *, answers: bool = False) -> Any:
        """Delivers an envelope on a connection; what came back with its acknowledgement."""
        id = f"env{next(self._numbers)}"
        envelope = {"envelope_id": id, "type": kind, "payload": payload, "accepts_response_payload": answers}
        waiting = self._envelopes[id] = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        await self.sockets[-1].send_json(envelope)
        answer = await asyncio.wait_for(waiting, 3.0)
        self.acks.append(time.perf_counter() - started)
        return answer

    def _body(self, given: dict[str, Any]) -> None:
        need(given.get("text") or given.get("blocks"), "no_text")
        need(len(given.get("text") or "") <= 4000, "msg_too_long")
        check_blocks(given.get("blocks") or [])

    def _chat_postMessage(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = given["channel"]
        channel = f"D{channel}" if channel.startswith("U") else channel
        need(channel.startswith("D") or channel in self.channels, "channel_not_found")
        need(channel.startswith("D") or self.bot in self.channels[channel], "not_in_channel")
        self._body(given)
        message = Message(channel, self.new_ts(), given.get("text", ""), given.get("blocks") or [], self.bot,
                          given.get("thread_ts"), metadata=given.get("metadata"))  # fmt: skip
        self.messages.append(message)
        return {"channel": channel, "ts": message.ts, "message": {"text": message.text}}

    def _chat_postEphemeral(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = given["channel"]
        need(channel in self.channels, "channel_not_found")
        need(self.bot in self.channels[channel], "not_in_channel")
        need(given["user"] in self.channels[channel], "user_not_in_channel")
        self._body(given)
        message = Message(channel, self.new_ts(), given.get("text", ""), given.get("blocks") or [], self.bot,
                          given.get("thread_ts"), only=given["user"])  # fmt: skip
        self.messages.append(message)
        return {"message_ts": message.ts}

    def _chat_update(self, given: dict[str, Any]) -> dict[str, Any]:
        self._body(given)
        found = [each for each in self.messages if (each.channel, each.ts) == (given["channel"], given["ts"])]
        need(found and found[0].only is None, "message_not_found")
        need(found[0].user == self.bot, "cant_update_message")
        found[0].text, found[0].blocks = given.get("text", ""), given.get("blocks") or []
        found[0].versions += 1
        return {"channel": given["channel"], "ts": given["ts"]}

    def _conversations_replies(self, given: dict[str, Any]) -> dict[str, Any]:
        need(given["channel"].startswith("D") or self.bot in self.channels.get(given["channel"], ()), "not_in_channel")
        said = [
            {"ts": each.ts, "text": each.text, "user": each.user, "metadata": each.metadata or {}}
            | ({"bot_id": "B1"} if each.user == self.bot else {})
            for each in self.messages
            if each.channel == given["channel"] and each.only is None and given["ts"] in (each.ts, each.thread_ts)
        ]
        return {"messages": said}

    def _assistant_threads_setStatus(self, given: dict[str, Any]) -> dict[str, Any]:
        return {}

    def _assistant_threads_setSuggestedPrompts(self, given: dict[str, Any]) -> dict[str, Any]:
        prompts = given["prompts"]
        need(1 <= len(prompts) <= 4 and all(set(each) == {"title", "message"} for each in prompts), "invalid_arguments")
        self.prompts = prompts
        return {}

    def _usergroups_users_list(self, given: dict[str, Any]) -> dict[str, Any]:
        need(given["usergroup"] in self.groups, "no_such_subteam")
        return {"users": self.groups[given["usergroup"]]}

    def _users_lookupByEmail(self, given: dict[str, Any]) -> dict[str, Any]:
        need(given["email"] in self.emails, "users_not_found")
        return {"user": {"id": self.emails[given["email"]]}}

    def _views_open(self, given: dict[str, Any]) -> dict[str, Any]:
        trigger = given["trigger_id"]
        need(trigger in self.triggers, "invalid_trigger_id")
        born = self.triggers.pop(trigger)
        need(time.monotonic() - born <= GIVES_UP, "expired_trigger_id")
        return self._store_view(given["view"], f"V{next(self._numbers)}")

    def _views_update(self, given: dict[str, Any]) -> dict[str, Any]:
        old = self.views.get(given.get("view_id", ""))
        need(old, "not_found")
        need(given.get("hash") in (None, old["hash"]), "hash_conflict")
        return self._store_view(given["view"], old["id"])

    def _views_publish(self, given: dict[str, Any]) -> dict[str, Any]:
        check_view(given["view"])
        self.homes[given["user_id"]] = given["view"]
        return {"view": {"id": "VH"}}

    def _store_view(self, view: Any, id: str) -> dict[str, Any]:
        check_view(view)
        stored = {**view, "id": id, "hash": f"h{next(self._numbers)}"}
        self.views[id] = stored
        return {"view": stored}

    async def _respond(self, request: web.Request) -> web.Response:
        id = request.match_info["id"]
        used = self._uses[id] = self._uses.get(id, 0) + 1
        if used > 5:
            return web.Response(status=404, text="used_url")
        given = await request.json()
        self.calls.append(("response_url", given))
        try:
            self._body(given)
        except Refused as refusal:
            self.refused.append(("response_url", str(refusal)))
            return web.Response(status=400, text=str(refusal))
        _, channel, user, ts = id.split("-")
        old = [each for each in self.messages if each.ts == ts and each.channel == channel]
        if given.get("replace_original") and old:
            old[0].text, old[0].blocks = given.get("text", ""), given.get("blocks") or []
            old[0].versions += 1
        else:
            self.messages.append(
                Message(channel, self.new_ts(), given.get("text", ""), given.get("blocks") or [], self.bot, only=user)
            )
        return web.Response(text="ok")

    # --------------------------------------------------------------------------------- being its people

    async def deliver(self, body: bytes, kind: str = "application/json", **headers: str) -> httpx.Response:
        """One signed request; the answer must come within three seconds."""
        assert self.app is not None
        moment = str(int(time.time()))
        signature = hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()
        sent = {"Content-Type": kind, "X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={signature}"}
        started = time.perf_counter()
        response = await self.app.post("/slack/events", content=body, headers={**sent, **headers})
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
            "event_time": 1790000000,
            "authorizations": [{"team_id": self.team, "user_id": self.bot, "is_bot": True}],
            "is_ext_shared_channel": False,
            **more,
        }

    async def event(self, event: dict[str, Any], id: str | None = None, **more: Any) -> httpx.Response:
        return await self.deliver(json.dumps(self.envelope(event, id, **more)).encode())

    def message_event(
        self, user: str, channel: str, text: str, thread_ts: str | None = None, **more: Any
    ) -> dict[str, Any]:
        ts = self.new_ts()
        self.messages.append(Message(channel, ts, text, [], user, thread_ts))
        kind = "im" if channel.startswith("D") else "channel"
        event = {"type": "message", "user": user, "text": text, "ts": ts, "channel": channel, "channel_type": kind}
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

    def trigger(self) -> str:
        name = f"{next(self._numbers)}.trigger"
        self.triggers[name] = time.monotonic()
        return name

    def _who(self, user: str) -> dict[str, Any]:
        return {"team": {"id": self.team, "domain": "test"}, "user": {"id": user, "team_id": self.team},
                "api_app_id": "A1", "trigger_id": self.trigger()}  # fmt: skip

    async def tap(self, user: str, message: Message, label: str) -> httpx.Response:
        """Taps the button with this label, or whose action begins so, as it really stands on the message."""
        found = [each for each in message.buttons() if each["text"]["text"] == label or each["action_id"] == label]
        assert found, f"no button {label!r} on: {[each['text']['text'] for each in message.buttons()]}"
        assert message.only in (None, user) or message.only == user
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
        assert set(values) <= set(inputs), f"no such field: {set(values) - set(inputs)}"
        state: dict[str, Any] = {}
        for name, block in inputs.items():
            element = block["element"]
            value = values.get(name, element.get("initial_value"))
            assert value or block.get("optional"), f"{name} must be filled in"
            if element["type"] == "static_select":
                chosen = next((each for each in element["options"] if each["value"] == value), None)
                state[name] = {element["action_id"]: {"type": "static_select", "selected_option": chosen}}
            elif element["type"] == "datepicker":
                state[name] = {element["action_id"]: {"type": "datepicker", "selected_date": value}}
            else:
                state[name] = {element["action_id"]: {"type": "plain_text_input", "value": value}}
        payload = {"type": "view_submission", **self._who(user), "view": {**view, "state": {"values": state}},
                   "response_urls": []}  # fmt: skip
        response = await self._interactive(payload)
        assert response.status_code == 200, response.text
        answer = json.loads(response.text) if response.text else {}
        if answer.get("response_action") == "errors":
            assert set(answer["errors"]) <= set(inputs), "an error at a field that the form does not have"
        return answer

    async def command(self, user: str, channel: str, text: str) -> httpx.Response:
        trigger = self.trigger()
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
