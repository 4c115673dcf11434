"""Slack Connect: who is of another company, and which channels are shared with one. Slack knows; we remember a while.

A person of another company may be in a channel of ours, read what stands there, mention us and tap. He has no role
here: he gets nothing, or, where the organisation wants it, what is meant for everyone, without limits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack_out import called, code_of
from copilot.errors import ChannelError

REMEMBERED: Final = 3600.0
"""Seconds that an answer of Slack's is believed."""
_HIDDEN: Final = frozenset({"user_not_found", "user_not_visible"})
"""What Slack says of somebody of another company with whom we share no channel."""


class Connect:
    """Verbinding: asks Slack, once an hour for each person and channel."""

    def __init__(self, client_for: Callable[[str], Any], own_team: str = "") -> None:
        self.own_team = own_team
        """The only workspace, where there is one; else each that installed the app is ours."""
        self._client_for = client_for
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}

    async def is_outsider(self, team: str, user: str, home: str = "") -> bool:
        """`home`: of which workspace Slack says that he is, with what he did; empty where it did not say.

        Raises ChannelError where Slack must be asked and does not answer: nobody is taken for a colleague by guess.
        """
        ours = self.own_team or team
        if home == ours:
            return False
        return await self._remembered(ours, user, self._is_of_others)

    async def is_shared(self, team: str, channel: str) -> bool:
        """Whether people of another company can read in the channel; also where that cannot be found out."""
        try:
            return await self._remembered(self.own_team or team, channel, self._has_others)
        except ChannelError as fault:
            if not fault.permanent:
                raise
            return True

    # ------------------------------------------------------------------------------------------- within

    async def _remembered(self, team: str, subject: str, ask: Callable[[AsyncWebClient, str, str], Any]) -> bool:
        until, answer = self._known.get((team, subject), (0.0, False))
        if until < time.monotonic():
            answer = await ask(await self._client_for(team), team, subject)
            self._known[team, subject] = (time.monotonic() + REMEMBERED, answer)
        return answer

    async def _is_of_others(self, client: AsyncWebClient, team: str, user: str) -> bool:
        try:
            response = await called("users.info", client.users_info(user=user))
        except ChannelError as fault:
            if code_of(fault) in _HIDDEN:
                return True
            raise
        found: Mapping[str, Any] = response.get("user") or {}
        of_ours = (found.get("enterprise_user") or {}).get("teams") or ()
        return bool(found.get("is_stranger")) or (found.get("team_id") != team and team not in of_ours)

    async def _has_others(self, client: AsyncWebClient, team: str, channel: str) -> bool:
        response = await called("conversations.info", client.conversations_info(channel=channel))
        found: Mapping[str, Any] = response.get("channel") or {}
        return any(found.get(name) for name in ("is_ext_shared", "is_pending_ext_shared"))
