"""One workspace, by its own token: who we are there is asked once, when the program starts."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack import web_client
from copilot.channels.slack_out import called
from copilot.channels.slack_scopes import missing_scopes
from copilot.messages import slack as texts

_log = logging.getLogger(__name__)


class OneWorkspace:
    """Werkruimte: the app in one workspace."""

    one_workspace = True

    def __init__(self, given: Mapping[str, str], base_url: str | None) -> None:
        self._client = web_client(given["SLACK_BOT_TOKEN"], base_url)
        self._us: AuthorizeResult | None = None

        # Bolt's own asks Slack at the first event, and says "received" to an event that it throws away if that fails.
        async def ourselves() -> AuthorizeResult:
            assert self._us is not None, "nothing comes in before we are in"
            return self._us

        logging.getLogger(f"slack_bolt.{AsyncApp.__name__}").addFilter(_of_use)
        self.app = AsyncApp(
            client=web_client(None, base_url),
            signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
            authorize=ourselves,
            process_before_response=True,
        )

    async def client_for(self, team: str) -> AsyncWebClient:
        return self._client

    async def open(self) -> str:
        """The workspace. Raises ChannelError, permanent where the token is wrong."""
        response = await called("auth.test", self._client.auth_test())
        if missing := missing_scopes(response):
            _log.warning(texts.SCOPE_MISSING("nl", needed=", ".join(missing)))
        self._us = AuthorizeResult.from_auth_test_response(bot_token=self._client.token, auth_test_response=response)
        return str(response["team_id"])

    async def close(self) -> None:
        """Nothing is held."""


def _of_use(record: logging.LogRecord) -> bool:
    """Bolt takes SLACK_BOT_TOKEN from the environment by itself, only to warn that it will not use it."""
    return "`token` will be unused" not in record.getMessage()
