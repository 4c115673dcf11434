"""How Slack is doing, for `heleklant doctor`: tokens, rights, workspaces and what waits; never a token itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack_desk import Desk
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_install import refresher_for
from copilot.channels.slack_installations import SealedInstallations, seal_of
from copilot.channels.slack_out import called
from copilot.channels.slack_rotation import Refresher
from copilot.channels.slack_scopes import SCOPES, missing_scopes
from copilot.channels.slack_service import api_url, check_settings
from copilot.errors import CopilotError
from copilot.messages import Text, program
from copilot.messages import slack as texts

TOO_LONG: Final = 120.0
"""Seconds that a question may wait while all is well."""
WITHIN: Final = 5.0
"""Seconds that Slack gets to answer."""
AT_ONCE: Final = 8
ENDS_BY_ITSELF: Final = "xoxe."
"""How a token begins that ends after twelve hours."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Bevinding: one part that was looked at."""

    about: Text
    well: bool
    says: Text


async def examined(given: Mapping[str, str], desk: Desk) -> AsyncIterator[Seen]:
    """Every part on its own: where Slack or the database is away, the rest is still said."""
    try:
        check_settings(given)
    except CopilotError as fault:
        yield _broken(program.DOCTOR_SLACK, fault)
        return
    if given.get("SLACK_APP_TOKEN"):
        yield await _app_token(given)
    if given.get("SLACK_CLIENT_ID"):
        async for each in _workspaces(given, desk):
            yield each
    else:
        async for each in _one_workspace(given):
            yield each
    yield await _inbox(desk)


async def _app_token(given: Mapping[str, str]) -> Seen:
    client = _client(given, None)
    try:
        await called("apps.connections.open", client.apps_connections_open(app_token=given["SLACK_APP_TOKEN"]))
    except CopilotError as fault:
        return _broken(program.DOCTOR_SLACK_LINE, fault)
    return Seen(program.DOCTOR_SLACK_LINE, True, program.SLACK_TOKEN_TAKEN.about(name="SLACK_APP_TOKEN"))


async def _one_workspace(given: Mapping[str, str]) -> AsyncIterator[Seen]:
    token = given["SLACK_BOT_TOKEN"]
    try:
        us = await called("auth.test", _client(given, token).auth_test())
    except CopilotError as fault:
        yield _broken(program.DOCTOR_SLACK, fault)
        return
    how = program.SLACK_ONE.about(how=_how(given), workspace=us.get("team") or us["team_id"], team=us["team_id"])
    yield Seen(program.DOCTOR_SLACK, True, how)
    if token.startswith(ENDS_BY_ITSELF):
        yield Seen(program.DOCTOR_SLACK, False, program.SLACK_TOKEN_ENDS)
    yield _rights(missing_scopes(us))


async def _workspaces(given: Mapping[str, str], desk: Desk) -> AsyncIterator[Seen]:
    """Those that are well in one line, each of the others in its own."""
    try:
        store = SealedInstallations(desk, seal_of(given["HELEKLANT_SECRET_KEY"]))
        refresher = refresher_for(given, desk, store, api_url(given), patience=0.0)
        teams = await asyncio.to_thread(desk.workspaces, CHANNEL)
        looked: list[Seen | Well] = []
        for some in range(0, len(teams), AT_ONCE):
            mine = (_workspace(given, store, refresher, team) for team in teams[some : some + AT_ONCE])
            looked += await asyncio.gather(*mine)
    except CopilotError as fault:
        yield _broken(program.DOCTOR_SLACK, fault)
        return
    well = [each for each in looked if isinstance(each, Well)]
    for each in looked:
        if isinstance(each, Seen):
            yield each
    says = program.SLACK_MANY.about(how=_how(given), well=len(well), all=len(teams), hours=_soonest(well))
    yield Seen(program.DOCTOR_SLACK, len(well) == len(teams), says if teams else program.SLACK_NOBODY)
    if well:
        yield _rights(tuple(scope for scope in SCOPES if any(scope in each.missing for each in well)))


@dataclass(frozen=True, slots=True)
class Well:
    """A workspace whose token Slack takes."""

    ends: int | None
    """When, in seconds since 1970; None = never."""
    missing: tuple[str, ...]


async def _workspace(
    given: Mapping[str, str], store: SealedInstallations, refresher: Refresher, team: str
) -> Seen | Well:
    about = program.DOCTOR_SLACK_WORKSPACE.about(team=team)
    try:
        bot = await refresher.bot(team)
        kept = await store.bot(team)
        if kept and kept.refused:
            return Seen(about, False, texts.REFRESH_REFUSED.about(team=team, error=kept.refused))
        us = await called("auth.test", _client(given, bot.bot_token).auth_test())
    except CopilotError as fault:
        return _broken(about, fault)
    return Well(bot.bot_token_expires_at, missing_scopes(us))


async def _inbox(desk: Desk) -> Seen:
    try:
        now = await asyncio.to_thread(desk.waiting, CHANNEL)
    except CopilotError as fault:
        return _broken(program.DOCTOR_SLACK_INBOX, fault)
    counts = {"waiting": now.unfinished, "failed": now.failed, "silent": now.silent, "done": now.done}
    says = program.SLACK_INBOX.about(**counts, oldest=round(now.oldest_seconds))
    return Seen(program.DOCTOR_SLACK_INBOX, now.oldest_seconds < TOO_LONG and not now.silent, says)


def _rights(missing: tuple[str, ...]) -> Seen:
    if missing:
        return Seen(program.DOCTOR_SLACK_RIGHTS, False, texts.SCOPE_MISSING.about(needed=", ".join(missing)))
    return Seen(program.DOCTOR_SLACK_RIGHTS, True, program.SLACK_RIGHTS.about(count=len(SCOPES)))


def _how(given: Mapping[str, str]) -> str:
    return "Socket Mode" if given.get("SLACK_APP_TOKEN") else "HTTP"


def _soonest(well: list[Well]) -> Text:
    ends = [each.ends for each in well if each.ends is not None]
    if not ends:
        return program.SLACK_NEVER_ENDS
    return program.SLACK_ENDS.about(hours=max(0, int((min(ends) - time.time()) / 3600)))


def _broken(about: Text, fault: CopilotError) -> Seen:
    return Seen(about, False, fault.message.about(**fault.values))


def _client(given: Mapping[str, str], token: str | None) -> Any:
    base_url = api_url(given) or AsyncWebClient.BASE_URL
    return AsyncWebClient(token=token, timeout=int(WITHIN), base_url=base_url, retry_handlers=[])
