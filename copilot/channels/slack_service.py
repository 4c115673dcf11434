"""Opens Slack for `serve`: one workspace by token or many by OAuth, over HTTP or Socket Mode."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from copilot.assist import Assistant
from copilot.channels.slack import SlackRoom, web_client
from copilot.channels.slack_desk import Desk, Office
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_out import ClientFor, called
from copilot.channels.slack_rotation import Refresher
from copilot.curate import Curator
from copilot.errors import SettingsError
from copilot.messages import slack as texts
from copilot.records import Waiting

SHARED_CHANNELS: Final = "SLACK_SHARED_CHANNELS"
SILENT: Final = "silent"
PUBLIC: Final = "public"
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


class SlackService:
    """Slack while the program runs."""

    name = CHANNEL

    def __init__(self, room: SlackRoom, app_token: str | None, refresher: Refresher | None = None) -> None:
        """`refresher`: of the tokens of many workspaces; None for one workspace by token."""
        self.room = room
        self._refresher = refresher
        self._keeping: asyncio.Task[None] | None = None
        self._socket = AsyncSocketModeHandler(room.app, app_token) if app_token else None
        self._handler = AsyncSlackRequestHandler(room.app)
        self._ready = False

    def attach(self, web: FastAPI) -> None:
        """The addresses that Slack calls."""

        async def handle(request: Request) -> Response:
            return await self._handler.handle(request)

        if self._socket is None:
            web.add_api_route("/slack/events", handle, methods=["POST"])
        if self._refresher:
            web.add_api_route("/slack/install", handle, methods=["GET"])
            web.add_api_route("/slack/oauth_redirect", handle, methods=["GET"])

    async def start(self) -> None:
        """Raises ChannelError, saying which token is wrong, before anything is answered."""
        if self._refresher:
            self._keeping = asyncio.create_task(self._refresher.keep_fresh())
        else:
            us = await called("auth.test", self.room.app.client.auth_test())
            self.room.office.connect.own_team = str(us["team_id"])
        self.room.start()
        if self._socket:
            await self._socket.connect_async()
        self._ready = True

    async def stop(self) -> None:
        """No new events; then what was begun is finished."""
        self._ready = False
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        if self._socket:
            await self._socket.close_async()
        await self.room.stop()

    async def waiting(self) -> Waiting:
        return await asyncio.to_thread(self.room.office.desk.waiting, CHANNEL)

    def ready(self) -> bool:
        return self._ready


def is_on(environment: Mapping[str, str]) -> bool:
    """Whether the settings switch Slack on."""
    return any(environment.get(name) for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID"))


def open_slack(needs: Needs) -> SlackService:
    """Raises SettingsError for a setting that misses or cannot be right."""
    given = needs.environment
    base_url = given.get("HELEKLANT_SLACK_API_URL")
    if base_url and not base_url.endswith("/"):
        base_url += "/"
    refresher: Refresher | None = None
    client_for: ClientFor
    if given.get("SLACK_CLIENT_ID"):
        from copilot.channels.slack_install import open_workspaces

        workspaces = open_workspaces(given, needs.desk, base_url)
        app, client_for, refresher = workspaces.app, workspaces.client_for, workspaces.refresher
    else:
        app, client_for = _token_app(given, base_url)
    alone = refresher is None
    outsiders = given.get(SHARED_CHANNELS) or SILENT
    if outsiders not in (SILENT, PUBLIC):
        raise SettingsError(texts.SHARED_WRONG, name=SHARED_CHANNELS, given=outsiders, known=f"{SILENT}, {PUBLIC}")
    office = Office(
        needs.desk,
        needs.assistant,
        needs.curator,
        needs.today,
        client_for,
        needs.mask,
        any_workspace=alone,
        answers_outsiders=outsiders == PUBLIC,
    )
    return SlackService(SlackRoom(office, app), given.get("SLACK_APP_TOKEN"), refresher)


def _token_app(given: Mapping[str, str], base_url: str | None) -> tuple[AsyncApp, ClientFor]:
    token = given.get("SLACK_BOT_TOKEN")
    if not token:
        raise SettingsError(texts.NOT_SET, name=CHANNEL, missing="SLACK_BOT_TOKEN")
    if not given.get("SLACK_APP_TOKEN") and not given.get("SLACK_SIGNING_SECRET"):
        raise SettingsError(texts.NOT_SET, name=CHANNEL, missing="SLACK_APP_TOKEN / SLACK_SIGNING_SECRET")
    client = web_client(token, base_url)
    app = AsyncApp(
        client=client,
        signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
        process_before_response=True,
        request_verification_enabled=True,
    )

    async def client_for(team: str) -> AsyncWebClient:
        return client

    return app, client_for
