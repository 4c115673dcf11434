"""Tokens that end after twelve hours: refreshed in time, by one process in the world, while the others work on.

A refresh token is good once. Two replicas that spend the same one leave one pair of tokens that Slack does not know
any more, and nobody can tell which; Slack's own SDK takes no care of that. So there is one turn for each workspace,
kept in the database. Who does not have it uses the token that is still good, or waits and reads again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import Final
from uuid import uuid4

import aiohttp
from slack_sdk.errors import SlackApiError, SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from copilot.channels.slack_desk import Desk
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_installations import KeptBot, SealedInstallations
from copilot.channels.slack_out import code_of_refusal, may_pass
from copilot.errors import ChannelError, CopilotError
from copilot.messages import slack as texts

REFRESHING: Final = "slack-refresh"
EARLY: Final = 7200.0
"""Seconds before its end that a token is refreshed; the same as in Slack's SDK. Slack gives twelve hours."""
SPARE: Final = 90.0
"""Seconds that a token must still last to begin an errand with it: an errand lasts a minute at most."""
TURN: Final = 30.0
"""Seconds that a turn lasts: more than one call may take. So long nobody tries again where Slack was away."""
LOOK: Final = 0.1
PATIENCE: Final = 40.0
"""Seconds that one waits for a token where the old one has ended: longer than the turn of one that was killed."""
ROUND: Final = 600.0
"""Seconds between two looks at the tokens of workspaces where nothing is asked."""
_log = logging.getLogger(__name__)


class Refresher:
    """Verversing: gives the bot of a workspace with a token that lasts."""

    def __init__(
        self, store: SealedInstallations, desk: Desk, rotator: AsyncTokenRotator, patience: float | None = None
    ) -> None:
        """`patience`: seconds to wait for a token where the old one has ended."""
        self._store = store
        self._desk = desk
        self._rotator = rotator
        self._patience = PATIENCE if patience is None else patience

    async def bot(self, team: str) -> Bot:
        """Raises ChannelError: permanent where the app must be installed (again), else where Slack is away."""
        give_up = time.monotonic() + self._patience
        while True:
            kept = await self._kept(team)
            if not _lasts(kept.bot, EARLY) and not kept.refused:
                kept = await self._in_turn(team, kept)
            if _lasts(kept.bot, SPARE):
                return kept.bot
            if kept.refused:
                raise _refusal(team, kept.refused)
            if time.monotonic() > give_up:
                raise ChannelError(texts.REFRESH_WAITS, team=team)
            await asyncio.sleep(LOOK)

    async def keep_fresh(self) -> None:
        """Until cancelled: also of workspaces where nothing is asked, so that a refusal is known before it hurts."""
        while True:
            with suppress(CopilotError):
                for team in await asyncio.to_thread(self._desk.workspaces, CHANNEL):
                    with suppress(ChannelError):
                        await self.bot(team)
            await asyncio.sleep(ROUND)

    # ------------------------------------------------------------------------------------------- within

    async def _kept(self, team: str) -> KeptBot:
        kept = await self._store.bot(team)
        if kept is None:
            raise ChannelError(texts.NOT_INSTALLED, permanent=True, team=team)
        return kept

    async def _in_turn(self, team: str, kept: KeptBot) -> KeptBot:
        """What is kept after our turn; or as it was, where another has the turn."""
        name = uuid4().hex
        if not await asyncio.to_thread(self._desk.take_turn, REFRESHING, team, name, TURN):
            return kept
        kept = await self._kept(team)  # whoever had the turn before us has refreshed it
        if not _lasts(kept.bot, EARLY) and not kept.refused and not await self._refresh(team, kept):
            return kept  # the turn is kept, so that nobody calls a Slack that is away again and again
        await asyncio.to_thread(self._desk.give_turn_back, REFRESHING, team, name)
        return await self._kept(team)

    async def _refresh(self, team: str, kept: KeptBot) -> bool:
        """Whether Slack gave an answer, new tokens or a refusal, and that is kept."""
        try:
            fresh = await self._rotator.perform_bot_token_rotation(
                bot=kept.bot, minutes_before_expiration=int(EARLY / 60)
            )
        except SlackTokenRotationError as error:
            return await self._refused(team, kept, error.api_error)
        except (TimeoutError, aiohttp.ClientError, OSError) as fault:
            _log.warning(texts.REFRESH_AWAY("nl", team=team, error=type(fault).__name__))
            return False
        if fresh is not None:
            await self._store.refreshed(team, kept, fresh)
        return fresh is not None

    async def _refused(self, team: str, kept: KeptBot, error: SlackApiError) -> bool:
        said = code_of_refusal(error)
        if may_pass(said):
            _log.warning(texts.REFRESH_AWAY("nl", team=team, error=said))
            return False
        if await self._store.note_refusal(team, kept, said):
            _log.error("%s", _refusal(team, said))
        return True


def _refusal(team: str, said: str) -> ChannelError:
    return ChannelError(texts.REFRESH_REFUSED, permanent=True, team=team, error=said)


def _lasts(bot: Bot, seconds: float) -> bool:
    return bot.bot_token_expires_at is None or bot.bot_token_expires_at > time.time() + seconds
