"""One message in Slack that grows while a model writes, and ends whole whatever happens to it.

Slack can only append to a stream, puts blocks beneath it when it stops, and closes it by itself after about five
minutes; a person may stop it too. Starting and stopping is Tier 2 (20 a minute for a whole workspace).
"""

from __future__ import annotations

import logging
import time
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack_cards import Card
from copilot.channels.slack_out import Courier, called, surely_refused
from copilot.channels.slack_text import growing
from copilot.errors import ChannelError
from copilot.messages import answer

PACE: Final = 0.7
"""Seconds between two additions: Slack allows about 100 a minute, to be shared by all who ask at once."""
MOST_LETTERS: Final = 11_000
"""Of one streamed message, what stands beneath it included; Slack refuses more than 12,000 of Markdown."""
_log = logging.getLogger(__name__)


class Prose:
    """Lopende tekst: what is to be added so that the parts of an answer read as a model has them so far.

    Only growth can be streamed. As soon as a part changes (the guard refused it, so that the template's words come
    back), `fits` is False: the message must be replaced as a whole.
    """

    def __init__(self, language: str) -> None:
        self.fits = True
        self._language = language
        self._shown = {"for_you": "", "say": ""}
        self._headings = {"for_you": answer.HEADING_FOR_YOU, "say": answer.HEADING_SAY}

    def take(self, part: str, text: str) -> str:
        """What to add now that a part reads so; nothing where it may not be added."""
        text, shown = growing(text), self._shown[part]
        added = text[len(shown) :]
        if not text.startswith(shown) or not self._may_grow(part, added):
            self.fits = False
        if not self.fits or not added:
            return ""
        self._shown[part] = text
        heading = "" if shown else f"\n\n**{self._headings[part](self._language)}**\n"
        if part == "for_you":
            return heading + added
        return heading + ("" if shown else "> ") + added.replace("\n", "\n> ")

    def _may_grow(self, part: str, added: str) -> bool:
        """Beneath the cue for the customer comes a paragraph of its own or nothing: nobody may read it out."""
        apart = part == "say" or not self._shown["say"] or (bool(self._shown["for_you"]) and added.startswith("\n\n"))
        return not added or apart


class Stream:
    """Stroom: a message that was started; `add` never raises, `end` leaves a whole message or raises."""

    def __init__(self, client: AsyncWebClient, courier: Courier, ts: str, text: str) -> None:
        self.posted = f"{courier.errand.channel}:{ts}"
        self.unbroken = True
        self._client = client
        self._courier = courier
        self._ts = ts
        self._letters = len(text)
        self._waiting = ""
        self._next = time.monotonic() + PACE

    async def add(self, text: str) -> None:
        """Adds text, at Slack's pace; after a refusal nothing more, since a gap would read as another answer."""
        self._waiting += text
        if not self.unbroken or not self._waiting or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PACE
        sent, self._waiting = self._waiting, ""
        self._letters += len(sent)
        if self._letters > MOST_LETTERS:
            self.unbroken = False
            return
        try:
            await called(
                "chat.appendStream",
                self._client.chat_appendStream(channel=self._courier.errand.channel, ts=self._ts, markdown_text=sent),
            )
        except ChannelError as fault:
            _log.info("the stream stands still: %s", fault)
            self.unbroken = False

    def hold(self, text: str) -> None:
        """The last words, that go out with the end."""
        self._waiting += text

    async def end(self, beneath: Card | None, whole: Card) -> None:
        """Puts the rest of the card beneath the text; where that cannot be, the whole card in place of everything.

        Raises ChannelError where neither could be done: the next attempt finds the message and makes it whole.
        """
        wanted = beneath if beneath and self._fits(beneath) else None
        stopped = await self._stopped(wanted)
        if not (wanted and stopped):
            await self._courier.make_whole(self.posted, whole)

    def _fits(self, beneath: Card) -> bool:
        return self.unbroken and self._letters + len(self._waiting) + beneath.letters <= MOST_LETTERS

    async def _stopped(self, beneath: Card | None) -> bool:
        try:
            await self._courier.stop_stream(self._ts, self._waiting if beneath else "", beneath)
        except ChannelError as fault:
            _log.info("the stream ends in a message of its own: %s", fault)
            return False
        return True


class Streams:
    """Opens streams where Slack gives them."""

    def __init__(self) -> None:
        self._not_before: dict[str, float] = {}

    def open_to(self, courier: Courier) -> bool:
        """Whether a stream may be tried here and now: in a conversation with one person, beneath his question."""
        here = courier.errand.is_direct and bool(courier.errand.root)
        return here and time.monotonic() >= self._not_before.get(courier.errand.team, 0.0)

    async def begin(self, courier: Courier, text: str) -> Stream | None:
        """A stream that shows this text; None where Slack refuses. Raises ChannelError where nobody knows whether.

        A workspace that is called too often is left alone for as long as Slack asks; a whole message needs no stream.
        """
        errand = courier.errand
        client = _impatient(courier.client)
        try:
            started = await called(
                "chat.startStream",
                client.chat_startStream(
                    channel=errand.channel,
                    thread_ts=errand.root,
                    markdown_text=text,
                    recipient_team_id=errand.team,
                    recipient_user_id=errand.user,
                ),
            )
        except ChannelError as fault:
            if not surely_refused(fault):
                raise
            _log.info("no stream here: %s", fault)
            self._leave_alone(errand.team, fault.__cause__)
            return None
        return Stream(client, courier, str(started["ts"]), text)

    def _leave_alone(self, team: str, error: BaseException | None) -> None:
        headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
        asked = str(headers.get("Retry-After") or headers.get("retry-after") or 0)
        self._not_before[team] = time.monotonic() + (float(asked) if asked.isdigit() else 0.0)


def _impatient(client: AsyncWebClient) -> AsyncWebClient:
    """The same client, that does not wait where Slack is called too often: words that come late are not streamed."""
    return AsyncWebClient(client.token, base_url=client.base_url, timeout=5, retry_handlers=[])
