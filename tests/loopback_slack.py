"""A Slack on this machine that refuses what the real one refuses: scopes, limits, triggers, membership, signatures.

Its numbers are those of docs.slack.dev as published. Web API over real HTTP; events, commands, taps and forms are
signed and delivered to the program's own HTTP address or its socket, and every answer is timed. By noun:
`slack_blocks` (what may stand on a message or form), `slack_streams`, `slack_views`, `slack_socket`, `slack_limits`
(how often), `slack_oauth` (its tokens), `slack_people` (what people do).
"""

from __future__ import annotations

import hashlib
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from aiohttp import web

from tests.slack_blocks import Happens, Refused, check_blocks, check_view, need, unless
from tests.slack_limits import GIVES_UP, Clock, Limits
from tests.slack_message import Message
from tests.slack_oauth import Given, Tokens
from tests.slack_people import SECRET, People
from tests.slack_socket import Sockets
from tests.slack_streams import Streaming
from tests.slack_views import Views

__all__ = ["GIVES_UP", "NEEDS", "SCOPES", "SECRET", "TOKEN", "Message", "Slack", "check_blocks", "check_view"]

TOKEN: Final = "xoxb-test"
APP_TOKEN: Final = "xapp-test"
SCOPES: Final = frozenset(
    "app_mentions:read assistant:write channels:history channels:read chat:write commands groups:history groups:read "
    "im:history im:write mpim:history usergroups:read users:read users:read.email".split()
)
NEEDS: Final[dict[str, tuple[str | None, tuple[str, ...]]]] = {
    "auth.test": (None, ()),
    "apps.connections.open": (None, ()),
    "assistant.threads.setStatus": ("assistant:write", ("channel_id", "thread_ts", "status")),
    "assistant.threads.setSuggestedPrompts": ("assistant:write", ("channel_id", "prompts")),
    "chat.appendStream": ("chat:write", ("channel", "ts")),
    "chat.delete": ("chat:write", ("channel", "ts")),
    "chat.postMessage": ("chat:write", ("channel",)),
    "chat.postEphemeral": ("chat:write", ("channel", "user")),
    "chat.startStream": ("chat:write", ("channel", "thread_ts")),
    "chat.stopStream": ("chat:write", ("channel", "ts")),
    "chat.update": ("chat:write", ("channel", "ts")),
    "oauth.v2.access": (None, ()),
    "conversations.history": ("channels:history", ("channel",)),
    "conversations.info": ("channels:read", ("channel",)),
    "conversations.replies": ("im:history", ("channel", "ts")),
    "usergroups.users.list": ("usergroups:read", ("usergroup",)),
    "users.info": ("users:read", ("user",)),
    "users.lookupByEmail": ("users:read.email", ("email",)),
    "views.open": (None, ("trigger_id", "view")),
    "views.publish": (None, ("user_id", "view")),
    "views.push": (None, ("trigger_id", "view")),
    "views.update": (None, ("view",)),
}
IN_A_FORM: Final = ("blocks", "view", "metadata", "prompts", "chunks")
"""Arguments that are JSON, written as text where a call is a form."""
RESPONSE_URL_LASTS: Final = 1800.0


@dataclass
class Slack(Streaming, Views, Sockets, Tokens, People):
    """One workspace. `start()` it, `connect` it to the program, then be its people."""

    team: str = "T0001"
    bot: str = "UBOT"
    scopes: frozenset[str] = SCOPES
    url: str = ""
    messages: list[Message] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Calls that a right program would not have made."""
    homes: dict[str, Any] = field(default_factory=dict)
    views: dict[str, Any] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    triggers: dict[str, tuple[float, str]] = field(default_factory=dict)
    prompts: list[Any] = field(default_factory=list)
    channels: dict[str, set[str]] = field(default_factory=dict)
    outsiders: dict[str, str] = field(default_factory=dict)
    """People of other companies, each with his own workspace."""
    shared: set[str] = field(default_factory=set)
    """Channels that such people are in."""
    down: bool = False
    """Whether it answers nothing but 503."""
    left: set[str] = field(default_factory=set)
    """People whose account was closed."""
    deleted: set[tuple[str, str]] = field(default_factory=set)
    """Messages that were deleted: channel and time."""
    groups: dict[str, list[str]] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    acks: list[float] = field(default_factory=list)
    redelivered: int = 0
    failing: list[tuple[str, str, float]] = field(default_factory=list)
    token: str = TOKEN
    tokens: dict[str, str] = field(default_factory=dict)
    """Of other workspaces on this Slack: each token with its team."""
    revoked: set[str] = field(default_factory=set)
    rotation: bool = False
    """Whether the app has token rotation: its tokens end after twelve hours."""
    refreshes: int = 0
    later: float = 0.0
    """Seconds that the time on its wall is ahead of this machine's."""
    given_out: dict[str, Given] = field(default_factory=dict)
    limits: Limits | None = None
    """How often it may be called; None where a test is about more than a real workspace would let through."""
    clock: Clock = field(default_factory=Clock)
    sockets: list[Any] = field(default_factory=list)
    link_disabled: bool = False
    app: httpx.AsyncClient | None = None
    _tickets: set[str] = field(default_factory=set)
    _envelopes: dict[str, Any] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))
    _uses: dict[str, list[float]] = field(default_factory=dict)
    _used_triggers: set[str] = field(default_factory=set)
    _not_before: dict[tuple[str, str], float] = field(default_factory=dict)

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
        """The next call of a method gets this error; `down` is a 503, `lost` does it and breaks the line."""
        self.failing.append((method, error, retry_after))

    def seen_by(self, user: str) -> list[Message]:
        """What the program said that this person can read, oldest first."""
        return [each for each in self.messages if each.user == self.bot and self._can_see(each, user)]

    def _can_see(self, message: Message, user: str) -> bool:
        return message.only == user or (message.only is None and self._is_member(message.channel, user))

    def _is_member(self, channel: str, user: str) -> bool:
        return channel == f"D{user}" or user in self.channels.get(channel, ())

    def is_thread(self, channel: str, ts: str) -> bool:
        """Whether a message that all may see stands there: only beneath such a one can be answered."""
        return any(each.channel == channel and each.ts == ts and each.only is None for each in self.messages)

    def delete(self, channel: str, ts: str) -> None:
        """Somebody deletes a message."""
        self.messages = [each for each in self.messages if (each.channel, each.ts) != (channel, ts)]
        self.deleted.add((channel, ts))

    def new_ts(self) -> str:
        return f"1790000000.{next(self._numbers):06d}"

    # ----------------------------------------------------------------------------------------- Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await self._given(request)
        given["_token"] = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.calls.append((method, given))
        error, after = self._planned(method)
        if error == "down" or self.down:
            return web.Response(status=503, text="upstream")
        try:
            need(method in NEEDS, "unknown_method")
            self._check_token(given["_token"], method)
            after = after or self._too_often(method, given)
            if error == "ratelimited" or after:
                self._not_before[method, _digest(given)] = time.monotonic() + after
                headers = {"Retry-After": str(int(after))}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            if error not in (None, "lost"):
                return web.json_response({"ok": False, "error": error})
            answer = {"ok": True, **self._done(method, given)}
        except Refused as refusal:
            if not isinstance(refusal, Happens):
                self.refused.append((method, str(refusal)))
            return web.json_response({"ok": False, "error": str(refusal), **refusal.more})
        if error == "lost" and request.transport:
            request.transport.abort()
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(sorted(self.scopes))})

    def _planned(self, method: str) -> tuple[str | None, float]:
        for place, (failing, error, after) in enumerate(self.failing):
            if failing == method:
                del self.failing[place]
                return error, after
        return None, 0.0

    def _too_often(self, method: str, given: dict[str, Any]) -> float:
        """Seconds to wait. The same call before it was allowed to come back is a fault of the program's."""
        early = time.monotonic() < self._not_before.pop((method, _digest(given)), 0.0) - 0.05
        need(not early, "came_back_too_early")
        team = self.tokens.get(given["_token"], self.team)
        return float(self.limits.wait(team, method, str(given.get("channel")))) if self.limits else 0.0

    def _done(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        scope, required = NEEDS[method]
        if scope and scope not in self.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))
        for name in required:
            need(given.get(name) not in (None, ""), "invalid_arguments")
        return dict(getattr(self, "_" + method.replace(".", "_"))(given))

    def _check_token(self, token: str, method: str) -> None:
        if method == "oauth.v2.access":
            return
        need(token, "not_authed")
        need(token not in self.revoked, "token_revoked")
        if method == "apps.connections.open":
            need(token.startswith("xapp-"), "not_allowed_token_type")
            need(token == APP_TOKEN, "invalid_auth")
        else:
            need(not token.startswith("xapp-"), "not_allowed_token_type")
            need(token == self.token or token in self.tokens, "invalid_auth")
            self._check_not_over(token)

    async def _given(self, request: web.Request) -> dict[str, Any]:
        if request.content_type == "application/json":
            return dict(await request.json())
        given = {**request.query, **(await request.post())}  # the SDK puts what chat.delete is told into the address
        for name in IN_A_FORM:
            if isinstance(given.get(name), str):
                given[name] = json.loads(given[name])
        return given

    def _auth_test(self, given: Any) -> dict[str, Any]:
        team = self.tokens.get(given["_token"], self.team)
        return {"url": self.url, "team": "Test", "user": "bot", "team_id": team, "user_id": self.bot,
                "bot_id": "B1"}  # fmt: skip

    # ----------------------------------------------------------------------------------------- messages

    def _body(self, given: dict[str, Any]) -> None:
        need(given.get("text") or given.get("blocks"), "no_text")
        need(len(given.get("text") or "") <= 4000, "msg_too_long")
        need("markdown_text" not in given, "markdown_text_conflict")
        check_blocks(given.get("blocks") or [])

    def _chat_postMessage(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = given["channel"]
        channel = f"D{channel}" if channel.startswith("U") else channel
        unless(channel.removeprefix("D") in self.left, "user_disabled")
        unless((channel, given.get("thread_ts")) in self.deleted, "thread_not_found")
        need(channel.startswith("D") or channel in self.channels, "channel_not_found")
        need(channel.startswith("D") or self.bot in self.channels[channel], "not_in_channel")
        self._body(given)
        message = Message(channel, self.new_ts(), given.get("text", ""), given.get("blocks") or [], self.bot,
                          given.get("thread_ts"), metadata=given.get("metadata"), owner=given["_token"])  # fmt: skip
        self.messages.append(message)
        return {"channel": channel, "ts": message.ts, "message": {"text": message.text}}

    def _chat_postEphemeral(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = given["channel"]
        need(channel in self.channels, "channel_not_found")
        need(self.bot in self.channels[channel], "not_in_channel")
        unless(given["user"] in self.left, "user_not_in_channel")
        need(given["user"] in self.channels[channel], "user_not_in_channel")
        unless((channel, given.get("thread_ts")) in self.deleted, "thread_not_found")
        self._body(given)
        message = Message(channel, self.new_ts(), given.get("text", ""), given.get("blocks") or [], self.bot,
                          given.get("thread_ts"), only=given["user"], owner=given["_token"])  # fmt: skip
        self.messages.append(message)
        return {"message_ts": message.ts}

    def _chat_update(self, given: dict[str, Any]) -> dict[str, Any]:
        self._body(given)
        message = self._found(given)
        unless(not message or message.only, "message_not_found")
        need(message.user == self.bot and message.owner == given["_token"], "cant_update_message")
        unless(self._is_open(message), "streaming_state_conflict")
        message.text, message.blocks = given.get("text", ""), given.get("blocks") or []
        message.metadata = given.get("metadata") or message.metadata
        message.versions += 1
        return {"channel": given["channel"], "ts": given["ts"]}

    def _chat_delete(self, given: dict[str, Any]) -> dict[str, Any]:
        message = self._found(given)
        unless(not message, "message_not_found")
        need(message.user == self.bot and message.owner == given["_token"], "cant_delete_message")
        self.messages.remove(message)
        return {"channel": given["channel"], "ts": given["ts"]}

    def _found(self, given: dict[str, Any]) -> Any:
        return next(
            (each for each in self.messages if (each.channel, each.ts) == (given["channel"], given["ts"])), None
        )

    def _conversations_replies(self, given: dict[str, Any]) -> dict[str, Any]:
        need(given["channel"].startswith("D") or self.bot in self.channels.get(given["channel"], ()), "not_in_channel")
        unless(not self.is_thread(given["channel"], given["ts"]), "thread_not_found")
        with_metadata = str(given.get("include_all_metadata")).lower() in ("1", "true")
        return {"messages": [
            each.as_reply(self.bot, with_metadata=with_metadata)
            for each in self.messages
            if each.channel == given["channel"] and each.only is None and given["ts"] in (each.ts, each.thread_ts)
        ]}  # fmt: skip

    def _conversations_history(self, given: dict[str, Any]) -> dict[str, Any]:
        need(self.bot in self.channels.get(given["channel"], ()), "not_in_channel")
        oldest = float(given.get("oldest") or 0)
        said = [
            each.as_reply(self.bot, with_metadata=False)
            for each in self.messages
            if each.channel == given["channel"] and each.only is None and each.thread_ts in (None, each.ts)
            if float(each.ts) > oldest
        ]
        return {"messages": list(reversed(said))[: int(given.get("limit") or 100)]}

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

    def _users_info(self, given: dict[str, Any]) -> dict[str, Any]:
        ours = self.tokens.get(given["_token"], self.team)
        return {"user": {"id": given["user"], "team_id": self.outsiders.get(given["user"], ours), "is_bot": False}}

    def _conversations_info(self, given: dict[str, Any]) -> dict[str, Any]:
        need(given["channel"] in self.channels, "channel_not_found")
        return {"channel": {"id": given["channel"], "is_ext_shared": given["channel"] in self.shared}}

    def _users_lookupByEmail(self, given: dict[str, Any]) -> dict[str, Any]:
        unless(given["email"] not in self.emails, "users_not_found")
        return {"user": {"id": self.emails[given["email"]]}}

    async def _respond(self, request: web.Request) -> web.Response:
        """A response_url: five times within half an hour."""
        id = request.match_info["id"]
        uses = self._uses.setdefault(id, [])
        uses.append(self.clock.now())
        if len(uses) > 5 or uses[-1] - uses[0] > RESPONSE_URL_LASTS:
            return web.Response(status=404, text="used_url" if len(uses) > 5 else "expired_url")
        given = await request.json()
        self.calls.append(("response_url", given))
        error, after = self._planned("response_url")
        if error:
            status = {"down": 503, "ratelimited": 429}.get(error, 404)
            return web.Response(status=status, text=error, headers={"Retry-After": str(int(after))})
        try:
            self._body(given)
        except Refused as refusal:
            self.refused.append(("response_url", str(refusal)))
            return web.Response(status=400, text=str(refusal))
        self._answered(id, given)
        return web.Response(text="ok")

    def _answered(self, id: str, given: dict[str, Any]) -> None:
        _, channel, user, ts = id.split("-")
        old = self._found({"channel": channel, "ts": ts})
        text, blocks = given.get("text", ""), given.get("blocks") or []
        if given.get("replace_original") and old:
            old.text, old.blocks = text, blocks
            old.versions += 1
        else:
            self.messages.append(Message(channel, self.new_ts(), text, blocks, self.bot, only=user, owner=self.token))


def _digest(given: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()
