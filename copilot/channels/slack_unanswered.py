"""A question in a channel that stays unanswered: after a while, and only where the answer is known, a private offer.

Only where the message stands is kept, not what it says: nobody addressed us. When its time has come it is read from
Slack as it then is, so that an edit, a deletion, a reply or a tick that we never heard of counts all the same.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from copilot.calls import Call, settles
from copilot.channels.slack_desk import Office
from copilot.channels.slack_errands import CHANNEL, Errand, Task, readable, text_of
from copilot.channels.slack_offers import may_offer_now, offer_card, wanted
from copilot.channels.slack_out import called
from copilot.channels.slack_reply import Job
from copilot.domain import AnswerStatus, Question
from copilot.errors import ChannelError
from copilot.language import language_of
from copilot.messages import slack as texts

LOOKED_AT: Final = 15
"""Messages after the question; Slack gives apps that are sold outside its marketplace no more at a time."""
_log = logging.getLogger(__name__)


def may_wait(office: Office, errand: Errand) -> bool:
    """Whether a question to everybody is worth looking at later: in a thread it is among those who talk there."""
    return office.offer_after > 0 and errand.thread_ts in (None, errand.ts)


def for_later(errand: Errand) -> Errand:
    """What is kept of it until its time comes."""
    return replace(errand, task=Task.UNANSWERED, event=f"later:{errand.event}", text="")


class Listener:
    """Luisteraar: looks after a while whether anybody has answered."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def offer(self, job: Job) -> None:
        """Offers help, once, where the question still stands open and is one that we can answer."""
        errand = job.errand
        if job.person.outsider or not await wanted(self.office, errand):
            return
        try:
            asked = await self._still_open(job)
        except ChannelError as fault:
            if not fault.permanent:
                raise
            # We may not read there. Who never asked us misses nothing.
            _log.info("a question in %s cannot be looked at: %s", errand.channel, fault)
            return
        if asked is None or not await self._known(job, asked):
            return
        if await may_offer_now(self.office, errand) and await job.turn.keep():
            card = offer_card(asked, job.person.language, texts.OFFER_UNANSWERED)
            await job.courier.whisper(card)

    async def _still_open(self, job: Job) -> str | None:
        """The question as it reads now; None where somebody replied, where it is settled, changed or gone."""
        client, errand = job.courier.client, job.errand
        thread = await called(
            "conversations.replies",
            client.conversations_replies(channel=errand.channel, ts=errand.ts, limit=LOOKED_AT),
        )
        messages = thread.get("messages") or [{}]
        question = messages[0]
        text = readable(text_of(question), None)
        if question.get("ts") != errand.ts or len(messages) > 1 or question.get("reactions"):
            return None
        if await self.office.ear.call_of(text) is not Call.ASKS:
            return None
        after = await called(
            "conversations.history",
            client.conversations_history(channel=errand.channel, oldest=errand.ts, limit=LOOKED_AT),
        )
        later = [each for each in after.get("messages") or [] if each.get("ts") != errand.ts]
        return None if any(_closes(each, errand.user) for each in later) else text

    async def _known(self, job: Job, asked: str) -> bool:
        question = Question(
            id=uuid4().hex,
            text=asked,
            roles=job.person.colleague.roles,
            on=self.office.today(),
            language=language_of(asked, job.person.language),
            department=job.person.colleague.department,
            channel=CHANNEL,
        )
        suggestion = await asyncio.to_thread(self.office.assistant.preview, question)
        return suggestion.status is not AnswerStatus.NO_KNOWLEDGE


def _closes(message: Mapping[str, Any], asker: str) -> bool:
    """Whether a later message may be the answer: anything that another person says and that is no question itself."""
    text = readable(text_of(message), None)
    if message.get("bot_id") or message.get("subtype"):
        return False
    return settles(text) if message.get("user") == asker else "?" not in text
