"""What an administrator sees in his browser while he installs the app: plain words, also where it goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from html import escape
from typing import Final

import aiohttp
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.oauth.installation_store import Installation

from copilot.errors import CopilotError
from copilot.messages import Text
from copilot.messages import slack as texts

INSTALL_PATH: Final = "/slack/install"
HTML: Final = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
_PAGE: Final = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer"><title>{title}</title>
<style>:root{{color-scheme:light dark}}body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;
padding:0 1rem}}a{{display:inline-block;padding:.7rem 1.2rem;border-radius:.5rem;background:#0b5d4e;color:#fff}}</style>
</head><body><h1>{title}</h1><p>{says}</p><p><a href="{link}">{label}</a></p></body></html>
"""
_log = logging.getLogger(__name__)


class PlainFlow(AsyncOAuthFlow):
    """Bolt's way through OAuth, with our own pages, and a page too where Slack or the database is away."""

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        return _page(request, texts.INSTALL_TITLE, texts.INSTALL_SAYS, url, texts.INSTALL_BUTTON)

    async def run_installation(self, code: str) -> Installation | None:
        try:
            return await super().run_installation(code)
        except (TimeoutError, aiohttp.ClientError, OSError) as fault:
            _log.warning(texts.REFUSED("nl", method="oauth.v2.access", error=type(fault).__name__))
            return None

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        try:
            await super().store_installation(request, installation)
        except CopilotError as fault:
            _log.error("%s", fault)
            raise BoltError(str(fault)) from fault


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    made = args.installation
    link = f"slack://app?team={made.team_id}&id={made.app_id}"
    page = _page(args.request, texts.INSTALLED_TITLE, texts.INSTALLED_SAYS, link, texts.INSTALLED_BUTTON)
    return BoltResponse(status=200, body=page, headers=_headers(args))


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    says = texts.NOT_INSTALLED_BECAUSE.get(args.reason, texts.NOT_INSTALLED_SAYS)
    page = _page(args.request, texts.NOT_INSTALLED_TITLE, says, INSTALL_PATH, texts.INSTALL_AGAIN)
    return BoltResponse(status=args.suggested_status_code, body=page, headers=_headers(args))


PAGES: Final = AsyncCallbackOptions(success=_installed, failure=_not_installed)


def _headers(args: AsyncSuccessArgs | AsyncFailureArgs) -> dict[str, str | Sequence[str]]:
    return {**HTML, "Set-Cookie": args.settings.state_utils.build_set_cookie_for_deletion()}


def _page(request: AsyncBoltRequest, title: Text, says: Text, link: str, label: Text) -> str:
    language = _language(request)
    return _PAGE.format(
        language=language, title=escape(title(language)), says=escape(says(language)), link=escape(link),
        label=escape(label(language)),
    )  # fmt: skip


def _language(request: AsyncBoltRequest) -> str:
    wanted = request.headers.get("accept-language") or [""]
    return "en" if wanted[0].lower().startswith("en") else "nl"
