"""Several workspaces: they install the app by OAuth; their tokens are kept encrypted and go when the app goes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack import web_client
from copilot.channels.slack_desk import Desk
from copilot.channels.slack_install_pages import INSTALL_PATH, PAGES, PlainFlow
from copilot.channels.slack_installations import SealedInstallations, SealedStates, seal_of
from copilot.channels.slack_leaving import Leaving
from copilot.channels.slack_rotation import Refresher
from copilot.channels.slack_scopes import SCOPES


class Workspaces:
    """Werkruimtes: the app for many of them, and what gives each its own client."""

    one_workspace = False

    def __init__(self, app: AsyncApp, refresher: Refresher, base_url: str | None) -> None:
        self.app = app
        self._refresher = refresher
        self._base_url = base_url
        self._keeping: asyncio.Task[None] | None = None

    async def client_for(self, team: str) -> AsyncWebClient:
        """Raises ChannelError where the app is not installed in the workspace, or not any more."""
        return web_client((await self._refresher.bot(team)).bot_token, self._base_url)

    async def open(self) -> str:
        """Begins to keep the tokens fresh. No workspace is the only one."""
        self._keeping = self._keeping or asyncio.create_task(self._refresher.keep_fresh())
        return ""

    async def close(self) -> None:
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)


def open_workspaces(given: Mapping[str, str], desk: Desk, base_url: str | None) -> Workspaces:
    """Raises SettingsError for a key that is none."""
    seal = seal_of(given["HELEKLANT_SECRET_KEY"])
    store = SealedInstallations(desk, seal)
    settings = AsyncOAuthSettings(
        client_id=given["SLACK_CLIENT_ID"],
        client_secret=given["SLACK_CLIENT_SECRET"],
        authorization_url=base_url and base_url.removesuffix("api/") + "oauth/v2/authorize",
        scopes=list(SCOPES),
        installation_store=store,
        state_store=SealedStates(desk, seal),
        install_path=INSTALL_PATH,
        redirect_uri=given.get("SLACK_REDIRECT_URL") or None,
        redirect_uri_path="/slack/oauth_redirect",
        callback_options=PAGES,
    )
    settings.authorize = InstalledHere(store)
    client = web_client(None, base_url)
    app = AsyncApp(
        client=client,
        signing_secret=given["SLACK_SIGNING_SECRET"],
        oauth_flow=PlainFlow(client=client, settings=settings),
        process_before_response=True,
    )
    Leaving(store).listen(app)
    return Workspaces(app, refresher_for(given, desk, store, base_url), base_url)


def refresher_for(
    given: Mapping[str, str],
    desk: Desk,
    store: SealedInstallations,
    base_url: str | None,
    patience: float | None = None,
) -> Refresher:
    client = web_client(None, base_url)
    client.retry_handlers.clear()  # to wait in a turn as long as Slack asks could take longer than the turn lasts
    rotator = AsyncTokenRotator(
        client_id=given["SLACK_CLIENT_ID"], client_secret=given["SLACK_CLIENT_SECRET"], client=client
    )
    return Refresher(store, desk, rotator, patience)


class InstalledHere(AsyncAuthorize):
    """Which bot an event is for, read from the database.

    Bolt's own asks Slack whether the token is still good, and says "received" to an event that it then throws away
    when Slack does not answer. Whether the token is good shows when the answer is given.
    """

    def __init__(self, store: SealedInstallations) -> None:
        self._store = store

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        bot = await self._store.async_find_bot(enterprise_id=enterprise_id, team_id=team_id)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
            user_id=user_id,
        )
