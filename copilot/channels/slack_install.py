"""Several workspaces: they install the app by OAuth; their tokens are kept encrypted and go when the app goes."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack import web_client
from copilot.channels.slack_desk import Desk
from copilot.channels.slack_errands import CHANNEL
from copilot.errors import ChannelError, SettingsError
from copilot.messages import slack as texts

SCOPES: Final = tuple(
    "app_mentions:read assistant:write channels:history channels:read chat:write commands groups:history im:history "
    "im:write mpim:history usergroups:read users:read users:read.email".split()
)
"""The same as in deploy/slack/manifest.yaml; a test holds that."""
STATE: Final = "slack-state"
STATE_SECONDS: Final = 600
MAKE_KEY: Final = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
_log = logging.getLogger(__name__)


def oauth_app(
    given: Mapping[str, str], desk: Desk, base_url: str | None
) -> tuple[AsyncApp, Callable[[str], Awaitable[AsyncWebClient]]]:
    """The app for many workspaces, and what gives each its own client. Raises SettingsError for what misses."""
    for name in ("SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "HELEKLANT_SECRET_KEY"):
        if not given.get(name):
            raise SettingsError(texts.NOT_SET, name=CHANNEL, missing=name)
    try:
        seal = Fernet(given["HELEKLANT_SECRET_KEY"].encode())
    except ValueError:
        raise SettingsError(texts.BAD_KEY, command=MAKE_KEY) from None
    store = SealedInstallations(desk, seal)
    settings = AsyncOAuthSettings(
        client_id=given["SLACK_CLIENT_ID"],
        client_secret=given["SLACK_CLIENT_SECRET"],
        scopes=list(SCOPES),
        installation_store=store,
        state_store=SealedStates(desk, seal),
        install_path="/slack/install",
        redirect_uri_path="/slack/oauth_redirect",
    )
    if base_url:
        settings.authorization_url = base_url.removesuffix("api/") + "oauth/v2/authorize"
    client = web_client(None, base_url)
    # Without this cache Bolt asks Slack for every event whether the token is still good.
    settings.authorize = AsyncInstallationStoreAuthorize(
        logger=_log, installation_store=store, bot_only=True, cache_enabled=True, client=client
    )
    app = AsyncApp(
        client=client,
        signing_secret=given["SLACK_SIGNING_SECRET"],
        oauth_flow=AsyncOAuthFlow(client=client, settings=settings),
        process_before_response=True,
    )
    app.enable_token_revocation_listeners()

    async def client_for(team: str) -> AsyncWebClient:
        bot = await store.async_find_bot(enterprise_id=None, team_id=team)
        if bot is None:
            raise ChannelError(texts.TOKEN_REFUSED, permanent=True, name=team, error="not_installed")
        return web_client(bot.bot_token, base_url)

    return app, client_for


class SealedInstallations(AsyncInstallationStore):
    """Installations in the database, encrypted with a key that is not in it."""

    def __init__(self, desk: Desk, seal: Fernet) -> None:
        self._desk = desk
        self._seal = seal

    @property
    def logger(self) -> logging.Logger:
        return _log

    async def async_save(self, installation: Installation) -> None:
        place = installation.team_id or installation.enterprise_id or ""
        await self.async_save_bot(installation.to_bot())
        await self._put(place, installation.user_id, _fields(installation, Installation))

    async def async_save_bot(self, bot: Bot) -> None:
        await self._put(bot.team_id or bot.enterprise_id or "", "", _fields(bot, Bot))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        found = await self._get(_place(enterprise_id, team_id, is_enterprise_install), "")
        return Bot(**found) if found else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        found = await self._get(_place(enterprise_id, team_id, is_enterprise_install), user_id or "")
        return Installation(**found) if found and user_id else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        await self._remove(_place(enterprise_id, team_id), "")

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        await self._remove(_place(enterprise_id, team_id), user_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        await self._remove(_place(enterprise_id, team_id), None)

    async def _put(self, place: str, person: str, fields: Mapping[str, Any]) -> None:
        sealed = self._seal.encrypt(json.dumps(fields).encode()).decode()
        await asyncio.to_thread(self._desk.put_installation, CHANNEL, place, person, sealed)

    async def _get(self, place: str, person: str) -> dict[str, Any] | None:
        sealed = await asyncio.to_thread(self._desk.installation, CHANNEL, place, person)
        if sealed is None:
            return None
        try:
            return dict(json.loads(self._seal.decrypt(sealed.encode())))
        except InvalidToken:
            raise SettingsError(texts.BAD_KEY, command=MAKE_KEY) from None

    async def _remove(self, place: str, person: str | None) -> None:
        await asyncio.to_thread(self._desk.remove_installation, CHANNEL, place, person)


class SealedStates(AsyncOAuthStateStore):
    """States of installations under way: each good once, for ten minutes, in every replica."""

    def __init__(self, desk: Desk, seal: Fernet) -> None:
        self._desk = desk
        self._seal = seal

    @property
    def logger(self) -> logging.Logger:
        return _log

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        state = self._seal.encrypt(b"state").decode()
        await asyncio.to_thread(self._desk.put_installation, STATE, state, "", "")
        return state

    async def async_consume(self, state: str) -> bool:
        try:
            self._seal.decrypt(state.encode(), ttl=STATE_SECONDS)
        except InvalidToken:
            return False
        known = await asyncio.to_thread(self._desk.installation, STATE, state, "")
        await asyncio.to_thread(self._desk.remove_installation, STATE, state)
        return known is not None


def _place(enterprise_id: str | None, team_id: str | None, enterprise_install: bool | None = False) -> str:
    return (enterprise_id if enterprise_install or not team_id else team_id) or ""


def _fields(made: Any, kind: type) -> dict[str, Any]:
    """What its constructor takes, as it takes it."""
    names = [name for name in inspect.signature(kind).parameters if hasattr(made, name)]
    return {name: getattr(made, name) for name in names if name != "custom_values"}
