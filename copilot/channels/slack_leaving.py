"""A workspace that takes the app off: what it left with us goes, unless it put the app on again since.

Slack delivers an event again for hours where we were away, so that "uninstalled" can come after the next "installed".
Bolt's own listeners would then throw the new tokens away, and the workspace would be without answers, not knowing why.
"""

from __future__ import annotations

import logging
from typing import Any, Final, TypedDict

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.oauth.installation_store import Bot, Installation

from copilot.channels.slack_installations import SealedInstallations

_log: Final = logging.getLogger(__name__)


class _Place(TypedDict):
    enterprise_id: str | None
    team_id: str | None


class Leaving:
    """Vertrek."""

    def __init__(self, store: SealedInstallations) -> None:
        self._store = store

    def listen(self, app: AsyncApp) -> None:
        app.event("app_uninstalled")(self.on_uninstalled)
        app.event("tokens_revoked")(self.on_revoked)

    async def on_uninstalled(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        place = _place(context)
        if _is_about(await self._store.async_find_bot(**place), body):
            await self._store.async_delete_all(**place)

    async def on_revoked(self, body: dict[str, Any], event: dict[str, Any], context: AsyncBoltContext) -> None:
        place, tokens = _place(context), event.get("tokens") or {}
        for user in tokens.get("oauth") or ():
            if _is_about(await self._store.async_find_installation(**place, user_id=user), body):
                await self._store.async_delete_installation(**place, user_id=user)
        if tokens.get("bot") and _is_about(await self._store.async_find_bot(**place), body):
            await self._store.async_delete_bot(**place)


def _place(context: AsyncBoltContext) -> _Place:
    return _Place(enterprise_id=context.enterprise_id, team_id=context.team_id)


def _is_about(kept: Bot | Installation | None, body: dict[str, Any]) -> bool:
    """Whether an event is about what is kept now; Slack tells its time in whole seconds."""
    late = kept is not None and int(body.get("event_time") or kept.installed_at) < int(kept.installed_at)
    if late:
        _log.info("an uninstall of before the last install came late and is passed over")
    return not late
