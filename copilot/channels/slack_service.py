"""Opens Slack for `serve`: one workspace by token or many by OAuth, over HTTP or Socket Mode."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import (
    AsyncSlackRequestHandler,
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from copilot.assist import Assistant
from copilot.calls import Meaning
from copilot.channels.slack import SlackRoom
from copilot.channels.slack_desk import Desk, Office
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_out import called
from copilot.channels.slack_overhearing import Ear
from copilot.channels.slack_token import OneWorkspace
from copilot.channels.slack_worker import DAY
from copilot.curate import Curator
from copilot.errors import ChannelError, SettingsError
from copilot.messages import slack as texts
from copilot.records import Waiting

SHARED_CHANNELS: Final = "SLACK_SHARED_CHANNELS"
OFFER_AFTER: Final = "SLACK_OFFER_AFTER_MINUTES"
SILENT: Final = "silent"
PUBLIC: Final = "public"
AGAIN: Final = 5.0
"""Seconds between two attempts to reach Slack while the program starts."""
CONNECTED_WITHIN: Final = 15.0
"""Seconds."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a channel is given by whoever assembles the program."""

    environment: Mapping[str, str]
    desk: Desk
    assistant: Assistant
    curator: Curator
    today: Callable[[], date]
    mask: Callable[[str], str]
    meaning: Meaning
    """By the bundled model, whatever the knowledge is searched with."""


class Entrance(Protocol):
    """Ingang: how we come into one workspace, or into many."""

    @property
    def app(self) -> AsyncApp: ...

    @property
    def one_workspace(self) -> bool: ...

    async def client_for(self, team: str) -> AsyncWebClient: ...

    async def open(self) -> str: ...

    async def close(self) -> None: ...


class SlackService:
    """Slack while the program runs."""

    name = CHANNEL

    def __init__(self, room: SlackRoom, entrance: Entrance, app_token: str | None) -> None:
        self.room = room
        self._entrance = entrance
        self._socket = AsyncSocketModeHandler(room.app, app_token) if app_token else None
        self._handler = AsyncSlackRequestHandler(room.app)
        self._opening: asyncio.Task[None] | None = None
        self._ready = False

    def attach(self, web: FastAPI) -> None:
        """The addresses that Slack calls."""

        async def happened(request: Request) -> Response:
            if not self._ready:
                return Response(status_code=503)  # Slack delivers it again
            try:
                asked = to_async_bolt_request(request, await request.body())
            except (AttributeError, TypeError, ValueError):  # read before anybody looked at the signature
                return Response(status_code=400)
            return to_starlette_response(await self.room.app.async_dispatch(asked))

        async def install(request: Request) -> Response:
            return await self._handler.handle(request)

        if self._socket is None:
            web.add_api_route("/slack/events", happened, methods=["POST"])
        if not self._entrance.one_workspace:
            web.add_api_route("/slack/install", install, methods=["GET"])
            web.add_api_route("/slack/oauth_redirect", install, methods=["GET"])

    async def start(self) -> None:
        """Raises ChannelError, saying which token is wrong, before anything is answered.

        Where Slack is away it starts all the same, and goes in as soon as it can.
        """
        try:
            await self._open()
        except ChannelError as fault:
            if fault.permanent:
                await self._leave()
                raise
            _log.warning(texts.AWAY("nl", fault=fault))
            self._opening = asyncio.create_task(self._open_later())
        self.room.start()

    async def stop(self) -> None:
        """No new events; then what was begun is finished."""
        self._ready = False
        if self._opening:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        await self._leave()
        await self.room.stop()

    async def _leave(self) -> None:
        await self._entrance.close()
        if self._socket:
            await self._socket.close_async()

    async def _open(self) -> None:
        self.room.office.connect.own_team = await self._entrance.open()
        if self._socket:
            await _connect(self._socket)
        self._ready = True

    async def _open_later(self) -> None:
        while not self._ready:
            await asyncio.sleep(AGAIN)
            try:
                await self._open()
            except ChannelError as fault:
                _log.warning(texts.AWAY("nl", fault=fault))

    async def waiting(self) -> Waiting:
        return await asyncio.to_thread(self.room.office.desk.waiting, CHANNEL)

    def ready(self) -> bool:
        return self._ready


async def _connect(socket: AsyncSocketModeHandler) -> None:
    """Raises ChannelError. The SDK by itself would try a wrong token again for ever, and a used address too."""
    line = socket.client
    opened = await called("apps.connections.open", line.web_client.apps_connections_open(app_token=line.app_token))
    line.wss_uri = opened["url"]
    await called("apps.connections.open", asyncio.wait_for(socket.connect_async(), CONNECTED_WITHIN))


def is_on(environment: Mapping[str, str]) -> bool:
    """Whether the settings switch Slack on."""
    return any(environment.get(name) for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID"))


def api_url(environment: Mapping[str, str]) -> str | None:
    """Where another Slack is called than the real one."""
    url = environment.get("HELEKLANT_SLACK_API_URL")
    return url if not url or url.endswith("/") else url + "/"


def check_settings(given: Mapping[str, str]) -> None:
    """Raises SettingsError for a setting that misses or cannot be right, without calling Slack."""
    many = bool(given.get("SLACK_CLIENT_ID"))
    needed = ("SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "HELEKLANT_SECRET_KEY") if many else ("SLACK_BOT_TOKEN",)
    for name in needed:
        if not given.get(name):
            raise SettingsError(texts.NOT_SET, name=CHANNEL, missing=name)
    if not given.get("SLACK_APP_TOKEN") and not given.get("SLACK_SIGNING_SECRET"):
        raise SettingsError(texts.NOT_SET, name=CHANNEL, missing="SLACK_APP_TOKEN / SLACK_SIGNING_SECRET")
    outsiders = given.get(SHARED_CHANNELS) or SILENT
    if outsiders not in (SILENT, PUBLIC):
        raise SettingsError(texts.SHARED_WRONG, name=SHARED_CHANNELS, given=outsiders, known=f"{SILENT}, {PUBLIC}")


def open_slack(needs: Needs) -> SlackService:
    """Raises SettingsError for a setting that misses or cannot be right."""
    given = needs.environment
    check_settings(given)
    base_url = api_url(given)
    entrance = _entrance(given, needs.desk, base_url)
    office = Office(
        needs.desk,
        needs.assistant,
        needs.curator,
        needs.today,
        entrance.client_for,
        needs.mask,
        Ear(needs.meaning),
        any_workspace=entrance.one_workspace,
        answers_outsiders=given.get(SHARED_CHANNELS) == PUBLIC,
        offer_after=_seconds(given.get(OFFER_AFTER, "10")),
    )
    return SlackService(SlackRoom(office, entrance.app), entrance, given.get("SLACK_APP_TOKEN"))


def _seconds(minutes: str) -> float:
    """Of a number of minutes with a decimal point or a comma; at most a day, since then the customer has left."""
    try:
        seconds = 60 * float(minutes.replace(",", "."))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= DAY:
        raise SettingsError(texts.OFFER_AFTER_WRONG, name=OFFER_AFTER, given=minutes)
    return seconds


def _entrance(given: Mapping[str, str], desk: Desk, base_url: str | None) -> Entrance:
    if given.get("SLACK_CLIENT_ID"):
        from copilot.channels.slack_install import open_workspaces

        return open_workspaces(given, desk, base_url)
    return OneWorkspace(given, base_url)
