"""Brings a suggestion to the person: verdict first, words as they come, whole in the end, and once.

Where he talks with us alone, a model's words stream in. In a channel only he may see the answer; such a message
cannot grow, be changed or be looked up, so it comes when it is whole. Read `Replier.give` first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from copilot.channels.slack_cards import Card, beneath, card, opening, plain_card
from copilot.channels.slack_desk import Office, Person
from copilot.channels.slack_errands import Errand
from copilot.channels.slack_out import Courier, stands, surely_refused
from copilot.channels.slack_stream import Prose, Stream, Streams
from copilot.channels.slack_worker import Turn
from copilot.domain import AnswerStatus, Organisation, Suggestion
from copilot.errors import ChannelError, CopilotError
from copilot.messages import slack as texts
from copilot.records import ABOUT_TO, GIVEN, NOT_SENT

WORDED_WITHIN: Final = 6.0
"""Seconds that a message that cannot change later waits for a model's words."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Everything at hand while one errand is carried out."""

    errand: Errand
    turn: Turn
    person: Person
    organisation: Organisation
    courier: Courier


class Replier:
    """Antwoorder: knows how an answer reaches somebody in each place."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._streams = Streams()

    async def give(self, job: Job, suggestion: Suggestion, note: str | None) -> None:
        """The answer to a question, in the words of a model where there is one. Raises ChannelError."""
        if not job.errand.is_direct:
            await self._whisper(job, suggestion, note)
        elif self._will_be_worded(suggestion) and not job.turn.posted and self._streams.open_to(job.courier):
            await self._stream(job, suggestion, note)
        else:
            await self._post(job, suggestion, note, job.turn.posted)

    async def again(self, job: Job, suggestion: Suggestion, note: str | None) -> None:
        """The answer as it is now, in place of the card on which was tapped."""
        if not await job.turn.keep():
            return
        await job.courier.replace(self._card(job, suggestion, note))
        worded = await self._worded(suggestion)
        if worded.text != suggestion.text and await job.turn.keep():
            await job.courier.replace(self._card(job, worded, note))

    async def once(self, job: Job, send: Callable[[], Awaitable[str | None]]) -> None:
        """Sends what nobody can look up afterwards: at most once, whenever the program is killed."""
        if not await job.turn.keep(ABOUT_TO):
            return
        try:
            posted = await send()
        except ChannelError as fault:
            if surely_refused(fault):
                await job.turn.keep(NOT_SENT)
            raise
        await job.turn.keep(posted or GIVEN)

    # ------------------------------------------------------------------------------ to him alone, in a channel

    async def _whisper(self, job: Job, suggestion: Suggestion, note: str | None) -> None:
        if job.turn.posted == ABOUT_TO:
            await self._point_to_home(job)
        elif job.turn.posted in (None, NOT_SENT):
            worded = await self._worded(suggestion, WORDED_WITHIN)
            shown = self._card(job, worded, note)
            await self.once(job, lambda: job.courier.give(shown, None))

    async def _point_to_home(self, job: Job) -> None:
        """Killed while it went out. The answer is kept already; a second one would be a double more often than not."""
        if await job.turn.keep(GIVEN):
            try:
                await job.courier.whisper(plain_card(texts.INTERRUPTED(job.person.language)))
            except ChannelError as fault:
                _log.warning("the answer stands in Home alone: %s", fault)

    # ------------------------------------------------------------------------------ with him alone

    async def _post(self, job: Job, suggestion: Suggestion, note: str | None, posted: str | None) -> None:
        """Whole at once, and changed when a model has better words."""
        if not await job.turn.keep(posted if posted and stands(posted) else ABOUT_TO):
            return
        posted = await job.courier.give(self._card(job, suggestion, note), posted)
        if posted and not await job.turn.keep(posted):
            await self._withdraw(job, posted, open=False)
            return
        worded = await self._worded(suggestion)
        if posted and worded.text != suggestion.text and await job.turn.keep():
            await job.courier.make_whole(posted, self._card(job, worded, note))

    async def _stream(self, job: Job, suggestion: Suggestion, note: str | None) -> None:
        if not await job.turn.keep(ABOUT_TO):
            return
        stream = await self._streams.begin(job.courier, opening(suggestion, job.organisation, note))
        if stream is None:
            await self._post(job, suggestion, note, None)
        elif await job.turn.keep(stream.posted):
            prose = Prose(suggestion.question.language)
            final = await self._told(stream, prose, suggestion)
            whole = self._card(job, final, note)
            if await job.turn.keep():
                await stream.end(beneath(final, job.organisation) if prose.fits else None, whole)
        else:
            await self._withdraw(job, stream.posted, open=True)

    async def _withdraw(self, job: Job, posted: str, *, open: bool) -> None:
        """Seemed dead while it went out. Who took over may have found it and made it his own; else it is a double."""
        if await job.turn.taken_over(posted):
            await job.courier.take_back(posted, open=open)

    async def _told(self, stream: Stream, prose: Prose, suggestion: Suggestion) -> Suggestion:
        """Streams what the guard has passed; the suggestion in its final words."""
        final = suggestion
        try:
            async for update in self._office.assistant.phrased(suggestion):
                if isinstance(update, Suggestion):
                    final = update
                else:
                    await stream.add(prose.take(update.part, update.text))
        except CopilotError as fault:
            _log.warning("the template's words stay: %s", fault)
        stream.hold(prose.take("for_you", "\n\n".join(final.for_you)) + prose.take("say", final.say or ""))
        return final

    # ------------------------------------------------------------------------------ within

    def _will_be_worded(self, suggestion: Suggestion) -> bool:
        return self._office.assistant.phraser is not None and suggestion.status is AnswerStatus.ANSWERED

    async def _worded(self, suggestion: Suggestion, seconds: float | None = None) -> Suggestion:
        """In a model's words, if they come in time; the template's are whole too."""
        final = suggestion
        try:
            async with asyncio.timeout(seconds):
                async for update in self._office.assistant.phrased(suggestion):
                    if isinstance(update, Suggestion):
                        final = update
        except (CopilotError, TimeoutError) as fault:
            _log.warning("the card stays in the template's words: %s", str(fault) or type(fault).__name__)
        return final

    def _card(self, job: Job, suggestion: Suggestion, note: str | None) -> Card:
        shareable = job.errand.channel.startswith(("C", "G"))
        return card(suggestion, job.organisation, in_channel=shareable, note=note)
