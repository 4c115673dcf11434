"""Talks to Slack: posts a card once, changes it later, and finds another way to the person when one is closed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from copilot.channels.slack_cards import Card
from copilot.channels.slack_errands import Errand, Place
from copilot.channels.slack_text import context
from copilot.errors import ChannelError
from copilot.messages import slack as texts
from copilot.records import ABOUT_TO, GIVEN, NOT_SENT

METADATA: Final = "heleklant_answer"
_log = logging.getLogger(__name__)
_TRY_AGAIN: Final = frozenset(
    {"ratelimited", "service_unavailable", "internal_error", "fatal_error", "request_timeout"}
)
_NO_PLACE: Final = frozenset(
    {"not_in_channel", "channel_not_found", "is_archived", "user_not_in_channel", "no_permission"}
)

_TOO_LATE: Final = frozenset({"expired_url", "used_url"})
"""Of a response_url: half an hour, five times."""
_NO_THREAD: Final = frozenset({"thread_not_found", "invalid_thread_ts", "cannot_reply_to_message"})
"""The message that it would stand beneath was deleted."""
_WRONG_TOKEN: Final = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"}
)

ClientFor = Callable[[str], Any]
"""A client for a workspace: an awaitable of AsyncWebClient."""


def fault_of(method: str, error: SlackApiError) -> ChannelError:
    """What Slack refused, in words that say what to do."""
    code = code_of_refusal(error)
    if code == "missing_scope":
        return ChannelError(texts.SCOPE_MISSING, permanent=True, needed=_told(error).get("needed", "?"))
    if code in _WRONG_TOKEN:
        name = "SLACK_APP_TOKEN" if method == "apps.connections.open" else "SLACK_BOT_TOKEN"
        return ChannelError(texts.TOKEN_REFUSED, permanent=True, name=name, error=code)
    said = texts.REFUSED_BECAUSE.get(code, texts.REFUSED)
    return ChannelError(said, permanent=not may_pass(code), method=method, error=code)


def may_pass(code: str) -> bool:
    """Whether what Slack said may be over by itself after a while."""
    return code in _TRY_AGAIN or code.startswith("5")


def code_of_refusal(error: SlackApiError) -> str:
    told = _told(error)
    return str(told.get("error") or told.get("status") or "?")


def _told(error: SlackApiError) -> Mapping[str, Any]:
    """What Slack said, also where a proxy said something else in its place."""
    response = error.response
    told = getattr(response, "data", response)
    if isinstance(told, Mapping):
        return told
    return {"status": getattr(response, "status_code", "?")}


async def called(method: str, call: Any) -> Any:
    """The response of a call. Raises ChannelError; `permanent` False where trying again may help."""
    try:
        return await call
    except SlackApiError as error:
        raise fault_of(method, error) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise ChannelError(texts.REFUSED, method=method, error=type(error).__name__) from error


def code_of(fault: ChannelError) -> str:
    return str(fault.values.get("error", ""))


def surely_refused(fault: ChannelError) -> bool:
    """Whether Slack itself said no, so that nothing went out; after a time-out or a broken line nobody knows."""
    return isinstance(fault.__cause__, SlackApiError) and not code_of(fault).startswith("5")


def stands(posted: str | None) -> bool:
    """Whether it is known where an answer stands, as channel and time."""
    return bool(posted) and posted not in (ABOUT_TO, NOT_SENT, GIVEN)


class Courier:
    """Bezorger: brings one errand's answer to the person, where he asked or as near to it as can be."""

    def __init__(self, client: AsyncWebClient, errand: Errand, language: str) -> None:
        self.client = client
        self.errand = errand
        self.language = language

    async def status(self) -> None:
        """ "Is finding out…" under the question; cosmetic, so that nothing depends on it."""
        if self.errand.place is Place.DIRECT and self.errand.ts:
            try:
                await self.client.assistant_threads_setStatus(
                    channel_id=self.errand.channel, thread_ts=self.errand.root, status=texts.STATUS(self.language)
                )
            except (TimeoutError, SlackApiError, aiohttp.ClientError, OSError) as fault:
                _log.info("no status shown: %s", type(fault).__name__)

    async def give(self, card: Card, posted: str | None) -> str | None:
        """Posts the card, or changes what an earlier attempt posted; where it stands, if it can be changed later."""
        if self.errand.place is Place.DIRECT:
            return await self._direct(card, posted)
        return await self._privately(card)

    async def replace(self, card: Card) -> None:
        """Puts the card in place of the one on which was tapped."""
        if not self.errand.message_ts and not self.errand.response_url:  # it stands in a view, which nobody can replace
            await self.whisper(card)
            return
        if self.errand.ephemeral or not self.errand.message_ts:
            try:
                await self._respond(card, replace=True)
            except ChannelError as fault:
                if code_of(fault) not in _TOO_LATE:
                    raise
                await self._privately(card)
            return
        try:
            await self._update(self.errand.channel, self.errand.message_ts, card)
        except ChannelError as fault:
            if code_of(fault) != "message_not_found":
                raise
            await self.whisper(card)

    async def whisper(self, card: Card) -> None:
        """A word beside the card, to this person alone."""
        if self.errand.place is Place.DIRECT:
            thread = self.errand.thread_ts or self.errand.message_ts or self.errand.ts
            await self._say_in(self.errand.channel, card, thread)
        elif self.errand.response_url or self.errand.channel:
            await self._privately(card)
        else:  # from Home or a form, which stand in no channel
            await called("chat.postMessage", self._post(self.errand.user, card, None))

    async def share(self, card: Card) -> None:
        """For everyone in the channel, in the thread where the question was."""
        await self._say_in(self.errand.channel, card, self.errand.thread_ts)

    async def make_whole(self, posted: str, card: Card) -> str:
        """The card in place of what stands there, an open stream too; anew where it was deleted. Where it stands."""
        channel, _, ts = posted.partition(":")
        try:
            await self._update(channel, ts, card, metadata=self._name())
        except ChannelError as fault:
            if code_of(fault) == "message_not_found":
                return await self._anew(card)
            if code_of(fault) != "streaming_state_conflict":
                raise
            await self.stop_stream(ts)
            await self._update(channel, ts, card, metadata=self._name())
        return posted

    async def take_back(self, posted: str, *, open: bool) -> None:
        """Removes what we said; `open`: a stream that was not ended yet."""
        channel, _, ts = posted.partition(":")
        if open:
            await self.stop_stream(ts)
        await called("chat.delete", self.client.chat_delete(channel=channel, ts=ts))

    async def stop_stream(self, ts: str, text: str = "", card: Card | None = None) -> None:
        """Ends a stream, with its last words and the blocks of a card beneath them."""
        await called(
            "chat.stopStream",
            self.client.chat_stopStream(
                channel=self.errand.channel,
                ts=ts,
                markdown_text=text or None,
                blocks=list(card.blocks) if card else None,
                metadata=self._name() if card else None,
            ),
        )

    # ------------------------------------------------------------------------------------------- within

    async def _direct(self, card: Card, posted: str | None) -> str:
        if posted == ABOUT_TO:
            posted = await self._find_posted()
        if posted and stands(posted):
            return await self.make_whole(posted, card)
        return await self._anew(card)

    async def _anew(self, card: Card) -> str:
        return await self._say_in(self.errand.channel, card, self.errand.root)

    async def _say_in(self, channel: str, card: Card, thread: str | None) -> str:
        """In a thread, as long as what it is beneath was not deleted. Where it stands."""
        try:
            response = await called("chat.postMessage", self._post(channel, card, thread))
        except ChannelError as fault:
            if thread is None or code_of(fault) not in _NO_THREAD:
                raise
            response = await called("chat.postMessage", self._post(channel, card, None))
        return f"{response['channel']}:{response['ts']}"

    async def _privately(self, card: Card) -> str | None:
        """To him alone where he asked, or as near to it as can be; where it stands, if it can be changed later."""
        if self.errand.response_url:
            try:
                await self._respond(card, replace=False)
            except ChannelError as fault:
                if code_of(fault) not in _TOO_LATE | _NO_PLACE:
                    raise
            else:
                return None
        try:
            await self._ephemeral(card, self.errand.thread_ts)
        except ChannelError as fault:
            if code_of(fault) in _NO_PLACE:
                return await self._elsewhere(card)
            if code_of(fault) not in _NO_THREAD:
                raise
            await self._ephemeral(card, None)
        return None

    async def _find_posted(self) -> str | None:
        """What an attempt that was killed did post: it carries the event's name, or is a stream that nobody ended."""
        try:
            response = await called(
                "conversations.replies",
                self.client.conversations_replies(
                    channel=self.errand.channel, ts=self.errand.root, include_all_metadata=True, limit=200
                ),
            )
        except ChannelError as fault:
            if code_of(fault) in _NO_THREAD:
                return None
            raise
        for message in response.get("messages") or []:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("event") == self.errand.event or (message.get("streaming_state") and not payload):
                return f"{self.errand.channel}:{message['ts']}"
        return None

    def _post(self, channel: str, card: Card, thread: str | None) -> Any:
        return self.client.chat_postMessage(
            channel=channel,
            text=card.text,
            blocks=list(card.blocks),
            unfurl_links=False,
            unfurl_media=False,
            metadata=self._name(),
            thread_ts=thread,
        )

    def _name(self) -> dict[str, Any]:
        """By which an answer is found again; only we and who installs apps in the workspace can read it."""
        return {"event_type": METADATA, "event_payload": {"event": self.errand.event}}

    async def _ephemeral(self, card: Card, thread: str | None) -> None:
        await called(
            "chat.postEphemeral",
            self.client.chat_postEphemeral(
                channel=self.errand.channel,
                user=self.errand.user,
                text=card.text,
                blocks=list(card.blocks),
                thread_ts=thread,
            ),
        )

    async def _elsewhere(self, card: Card) -> str:
        """To the person himself, where the place that he asked in is closed to us."""
        blocks = (context(texts.NOT_IN_CHANNEL(self.language)), *card.blocks[:49])
        return await self._say_in(self.errand.user, Card(blocks, card.text), None)

    async def _respond(self, card: Card, *, replace: bool) -> None:
        thread = self.errand.thread_ts
        webhook = AsyncWebhookClient(self.errand.response_url, timeout=10, retry_handlers=[])
        response = await called(
            "response_url",
            webhook.send_dict(
                {
                    "text": card.text,
                    "blocks": list(card.blocks),
                    "response_type": "ephemeral",
                    "replace_original": replace,
                    **({"thread_ts": thread} if thread and not replace else {}),
                }
            ),
        )
        if response.status_code != 200:
            code = str(response.body).strip()[:60]
            raise ChannelError(
                texts.REFUSED,
                permanent=response.status_code < 500 and response.status_code != 429,
                method="response_url",
                error=code or response.status_code,
            )

    async def _update(self, channel: str, ts: str, card: Card, metadata: dict[str, Any] | None = None) -> None:
        await called(
            "chat.update",
            self.client.chat_update(
                channel=channel, ts=ts, text=card.text, blocks=list(card.blocks), metadata=metadata
            ),
        )
