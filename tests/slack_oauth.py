"""Tokens that a loopback Slack gives: with rotation they end, and what refreshes them is good once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.slack_blocks import need

TWELVE_HOURS: Final = 43_200
MOST_ACTIVE: Final = 2
"""Tokens of one installation that are good at the same time; a third ends the first."""

if TYPE_CHECKING:
    from tests.loopback_slack import Slack as Workplace
else:
    Workplace = object


@dataclass
class Given:
    """What was given out for one workspace, the newest last."""

    tokens: list[tuple[str, float]] = field(default_factory=list)
    """Each with the moment it ends."""
    refresh: str = ""


class Tokens(Workplace):
    """The part of `Slack` that gives out tokens."""

    def _oauth_v2_access(self, given: dict[str, Any]) -> dict[str, Any]:
        if given.get("grant_type") == "refresh_token":
            return self._refreshed(str(given["refresh_token"]))
        need(given.get("code"), "invalid_arguments")
        team = given["code"].removeprefix("code-")
        if self.rotation:
            return self._pair(team)
        token = f"xoxb-{team}"
        self.tokens[token] = team
        return self._access(team, token)

    def _refreshed(self, spent: str) -> dict[str, Any]:
        team = next((team for team, given in self.given_out.items() if given.refresh == spent), None)
        need(team, "invalid_refresh_token")
        self.refreshes += 1
        return self._pair(str(team))

    def _pair(self, team: str) -> dict[str, Any]:
        given = self.given_out.setdefault(team, Given())
        number = next(self._numbers)
        token, given.refresh = f"xoxe.xoxb-{team}-{number}", f"xoxe-1-{team}-{number}"
        self.tokens[token] = team
        given.tokens.append((token, self.wall() + TWELVE_HOURS))
        return {**self._access(team, token), "refresh_token": given.refresh, "expires_in": TWELVE_HOURS}

    def _access(self, team: str, token: str) -> dict[str, Any]:
        return {"app_id": "A1", "authed_user": {"id": "UADMIN"}, "scope": ",".join(sorted(self.scopes)),
                "token_type": "bot", "access_token": token, "bot_user_id": self.bot,
                "team": {"id": team, "name": team}, "enterprise": None, "is_enterprise_install": False}  # fmt: skip

    def wall(self) -> float:
        """The time on the wall, which a test may move."""
        return time.time() + self.later

    def _check_not_over(self, token: str) -> None:
        for given in self.given_out.values():
            active = given.tokens[-MOST_ACTIVE:]
            for known, until in given.tokens:
                if known == token:
                    need((known, until) in active, "token_revoked")
                    need(until > self.wall(), "token_expired")
