"""What workspaces that installed the app left with us: in the database, encrypted with a key that is not in it."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from copilot.channels.slack_desk import Desk
from copilot.channels.slack_errands import CHANNEL
from copilot.errors import SettingsError
from copilot.messages import slack as texts

STATE: Final = "slack-state"
STATE_SECONDS: Final = 600
MAKE_KEY: Final = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
_REFUSED: Final = "refused"
_OF_THE_BOT: Final = ("bot_token", "bot_refresh_token", "bot_token_expires_at")
_log = logging.getLogger(__name__)


def seal_of(secret: str) -> Fernet:
    """Raises SettingsError where HELEKLANT_SECRET_KEY is no key."""
    try:
        return Fernet(secret.encode())
    except ValueError:
        raise SettingsError(texts.BAD_KEY, command=MAKE_KEY) from None


@dataclass(frozen=True, slots=True)
class KeptBot:
    """The bot of a workspace as it is kept now."""

    sealed: str
    bot: Bot
    refused: str | None
    """What Slack said when it refused to refresh the token; None as long as it did not."""


class SealedInstallations(AsyncInstallationStore):
    """Installations in the database, encrypted with a key that is not in it."""

    def __init__(self, desk: Desk, seal: Fernet) -> None:
        self._desk = desk
        self._seal = seal

    @property
    def logger(self) -> logging.Logger:
        return _log

    async def async_save(self, installation: Installation) -> None:
        """The tokens of the bot are kept once, with the workspace: a copy would be old after the first refresh."""
        place = installation.team_id or installation.enterprise_id or ""
        await self.async_save_bot(installation.to_bot())
        personal = {name: value for name, value in _fields(installation).items() if name not in _OF_THE_BOT}
        await self._put(place, installation.user_id, personal)

    async def async_save_bot(self, bot: Bot) -> None:
        await self._put(bot.team_id or bot.enterprise_id or "", "", _fields(bot))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        kept = await self.bot(_place(enterprise_id, team_id, is_enterprise_install))
        return kept.bot if kept else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        place = _place(enterprise_id, team_id, is_enterprise_install)
        sealed = await self._get(place, user_id) if user_id else None
        return Installation(**self._opened(sealed)) if sealed else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        await self._remove(_place(enterprise_id, team_id), "")

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        await self._remove(_place(enterprise_id, team_id), user_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        await self._remove(_place(enterprise_id, team_id), None)

    # ------------------------------------------------------------------------------- for who refreshes

    async def bot(self, place: str) -> KeptBot | None:
        """Of a workspace; None where it did not install the app, or removed it."""
        sealed = await self._get(place, "")
        if sealed is None:
            return None
        fields = self._opened(sealed)
        refused = fields.pop(_REFUSED, None)
        return KeptBot(sealed, Bot(**fields), refused)

    async def refreshed(self, place: str, kept: KeptBot, bot: Bot) -> bool:
        """Keeps new tokens in the place of those that were spent; not where the app was installed anew or removed."""
        spent = kept.bot.bot_refresh_token
        now: KeptBot | None = kept
        while now and now.bot.bot_refresh_token == spent:
            if await self._replace(place, now.sealed, _fields(bot)):
                return True
            now = await self.bot(place)
        return False

    async def note_refusal(self, place: str, kept: KeptBot, said: str) -> bool:
        """Keeps that Slack refused, so that nobody asks again; whether that is still about what is kept."""
        return await self._replace(place, kept.sealed, {**_fields(kept.bot), _REFUSED: said})

    # ------------------------------------------------------------------------------------------- within

    async def _put(self, place: str, person: str, fields: Mapping[str, Any]) -> None:
        await asyncio.to_thread(self._desk.put_installation, CHANNEL, place, person, self._closed(fields))

    async def _get(self, place: str, person: str) -> str | None:
        return await asyncio.to_thread(self._desk.installation, CHANNEL, place, person)

    async def _replace(self, place: str, old: str, fields: Mapping[str, Any]) -> bool:
        return await asyncio.to_thread(self._desk.replace_installation, CHANNEL, place, "", old, self._closed(fields))

    async def _remove(self, place: str, person: str | None) -> None:
        await asyncio.to_thread(self._desk.remove_installation, CHANNEL, place, person)

    def _closed(self, fields: Mapping[str, Any]) -> str:
        return self._seal.encrypt(json.dumps(fields).encode()).decode()

    def _opened(self, sealed: str) -> dict[str, Any]:
        try:
            return dict(json.loads(self._seal.decrypt(sealed.encode())))
        except InvalidToken:
            raise SettingsError(texts.BAD_KEY, command=MAKE_KEY) from None


class SealedStates(AsyncOAuthStateStore):
    """States of installations under way: each good once, for ten minutes, in every replica.

    Nothing is kept for who only opens the install page; that a state was used is, until it would have ended anyway.
    """

    def __init__(self, desk: Desk, seal: Fernet) -> None:
        self._desk = desk
        self._seal = seal

    @property
    def logger(self) -> logging.Logger:
        return _log

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        return self._seal.encrypt(b"state").decode()

    async def async_consume(self, state: str) -> bool:
        try:
            self._seal.decrypt(state.encode(), ttl=STATE_SECONDS)
        except InvalidToken:
            return False
        return await asyncio.to_thread(self._desk.take_turn, STATE, state, "", STATE_SECONDS)


def _place(enterprise_id: str | None, team_id: str | None, enterprise_install: bool | None = False) -> str:
    return (enterprise_id if enterprise_install or not team_id else team_id) or ""


def _fields(made: Bot | Installation) -> dict[str, Any]:
    """What its constructor takes, as it takes it."""
    names = [name for name in inspect.signature(type(made)).parameters if hasattr(made, name)]
    return {name: getattr(made, name) for name in names if name != "custom_values"}
