"""Carries out one errand: answers a question, follows a tap, passes on what is not right. Read `Clerk.handle` first."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from copilot.asking import lowest_role
from copilot.channels.slack_cards import Card, plain_card, public_card, reasons_card, shared_card
from copilot.channels.slack_desk import Office
from copilot.channels.slack_errands import CHANNEL, Errand, Place, Task
from copilot.channels.slack_knowledge import KNOWLEDGE_TAPS, Librarian
from copilot.channels.slack_offers import OFFER_TAPS, offer_card, silence_channel
from copilot.channels.slack_out import Courier
from copilot.channels.slack_reply import Job, Replier
from copilot.channels.slack_reports import Messenger
from copilot.channels.slack_text import plain, section
from copilot.channels.slack_unanswered import Listener
from copilot.channels.slack_worker import Turn
from copilot.domain import AnswerStatus, Feedback, Question, Suggestion
from copilot.errors import UsageError
from copilot.language import language_of
from copilot.messages import Text
from copilot.messages import slack as texts
from copilot.records import NOT_SENT

COMPUTED_AT_ONCE: Final = 2
"""Answers: more threads of Python make none of them faster, and keep who listens to Slack waiting."""


class Clerk:
    """Beambte: knows what to do with each errand."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._computing = asyncio.Semaphore(COMPUTED_AT_ONCE)
        self.messenger = Messenger(office)
        self.librarian = Librarian(office, self.messenger)
        self.replier = Replier(office)
        self.listener = Listener(office)
        self._taps: Mapping[str, Callable[[Job, Suggestion], Awaitable[None]]] = {
            "fact": self._fact,
            "next": self._next,
            "near": self._meant,
            "done": self._done,
            "good": self._good,
            "bad": self._bad,
            "reason": self._reason,
            "share": self._share,
        }

    async def handle(self, errand: Errand, turn: Turn) -> None:
        """Answers, or raises: ChannelError where Slack refused, anything else where we failed."""
        job = await self._job(errand, turn)
        if job.person.outsider:
            if errand.task is Task.ASK and self.office.answers_outsiders:
                await self._answer_outsider(job)
        elif errand.task is Task.TAP:
            await self._tap(job)
        elif errand.task is Task.FACT:
            await self._told(job)
        elif errand.task is Task.WRONG:
            await self._wrong(job)
        elif errand.task is Task.OFFERED:
            await self._offer(job)
        elif errand.task is Task.UNANSWERED:
            await self.listener.offer(job)
        else:
            await self._ask(job)

    async def apologise(self, errand: Errand, fault: Exception) -> None:
        """The last word where every attempt failed: never silence, for whoever asked us."""
        if not errand.addressed:
            return
        job = await self._job(errand, None)
        sentence = fault.text(job.person.language) if isinstance(fault, UsageError) else None
        asked = plain(errand.text, 200) if errand.text else "…"
        sentence = sentence or texts.APOLOGY(job.person.language, question=asked)
        await job.courier.whisper(plain_card(sentence))

    async def _job(self, errand: Errand, turn: Turn | None) -> Job:
        client = await self.office.client_for(errand.team)
        person = await self.office.person(errand.team, errand.user, errand.home)
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        return Job(errand, turn, person, organisation, Courier(client, errand, person.language))  # type: ignore[arg-type]

    # ------------------------------------------------------------------------------------------ asking

    async def _ask(self, job: Job) -> None:
        errand, language = job.errand, job.person.language
        if not errand.text:
            await self._say(job, _nothing_to_read(errand)(language, command=self.office.command))
            return
        await job.courier.status()
        await self._answer(job, self._question(job, job.person.colleague.roles), self._note(job))

    def _question(self, job: Job, roles: tuple[str, ...]) -> Question:
        errand = job.errand
        return Question(
            id=_name(errand),
            text=errand.text,
            roles=roles,
            on=self.office.today(),
            language=language_of(errand.text, job.person.language),
            department=job.person.colleague.department,
            thread=errand.thread,
            asker=errand.asker,
            channel=CHANNEL,
        )

    async def _answer_outsider(self, job: Job) -> None:
        """To a person of another company, him alone: what is meant for everyone, without limits; else a word.

        What somebody may decide here is never meant for him.
        """
        if not job.errand.text:
            return
        suggestion = await self._computed(job, self._question(job, (lowest_role(job.organisation),)))
        public = None
        answered = suggestion and suggestion.status is AnswerStatus.ANSWERED and suggestion.decision is None
        if suggestion and answered and not await self._holds_private(suggestion):
            public = public_card(suggestion, self.office.mask(job.errand.text))
        nothing = texts.OUTSIDER_NOTHING(job.person.language, organisation=job.organisation.name)
        if await job.turn.keep():
            await job.courier.whisper(public or plain_card(nothing))

    async def _answer(self, job: Job, question: Question, note: str | None = None) -> None:
        """Computed by the rules; brought by the replier, in a model's words where there is one."""
        suggestion = await self._computed(job, question)
        if suggestion is None:
            return
        await self.replier.give(job, suggestion, note)
        if suggestion.status is AnswerStatus.NO_KNOWLEDGE:
            await self.messenger.unanswered(job.errand, job.person, suggestion)

    async def _again(self, job: Job, question: Question, note: str | None) -> None:
        suggestion = await self._computed(job, question)
        if suggestion:
            await self.replier.again(job, suggestion, note)

    async def _computed(self, job: Job, question: Question) -> Suggestion | None:
        try:
            async with self._computing:
                return await asyncio.to_thread(self.office.assistant.answer, question)
        except UsageError as fault:
            await self._say(job, fault.text(job.person.language))
            return None

    def _note(self, job: Job) -> str | None:
        language = job.person.language
        if not job.person.known:
            role = job.organisation.role(job.person.colleague.roles[0])
            title = role.title if role else job.person.colleague.roles[0]
            return texts.UNKNOWN_PERSON(language, role=title, user=job.errand.user)
        return texts.TOO_LONG(language) if len(job.errand.text) > 8000 else None

    async def _say(self, job: Job, sentence: str) -> None:
        if await job.turn.keep():
            await job.courier.whisper(plain_card(sentence))

    async def _holds_private(self, suggestion: Suggestion) -> bool:
        ids = [each.id for each in suggestion.sources]
        return any(each.audience for each in await asyncio.to_thread(self.office.desk.entries, ids))

    async def _others_read_along(self, job: Job) -> bool:
        return job.errand.external or await self.office.connect.is_shared(job.errand.team, job.errand.channel)

    # ------------------------------------------------------------------------------------------ tapping

    async def _tap(self, job: Job) -> None:
        name = job.errand.action.partition(":")[0]
        if name in KNOWLEDGE_TAPS:
            await self.librarian.tap(job.errand, job.person, job.courier, name)
        elif name in OFFER_TAPS:
            await self._offered(job, name)
        elif (follow := self._taps.get(name)) and (suggestion := await self._mine(job)):
            await follow(job, suggestion)

    async def _mine(self, job: Job) -> Suggestion | None:
        """The suggestion on whose card was tapped, if it was given to this person in this workspace."""
        given = str((job.errand.value or {}).get("s", ""))
        suggestion = await asyncio.to_thread(self.office.desk.suggestion, given) if given else None
        if suggestion is None:
            await self._say(job, texts.ANSWER_GONE(job.person.language))
            return None
        if suggestion.question.asker != job.errand.asker:
            await self._say(job, texts.NOT_YOURS(job.person.language))
            return None
        return suggestion

    async def _fact(self, job: Job, suggestion: Suggestion) -> None:
        given = job.errand.value or {}
        place = given.get("i")
        choices = suggestion.asks.choices if suggestion.asks and suggestion.asks.fact == given.get("f") else ()
        if isinstance(place, int) and 0 <= place < len(choices):
            await self._knowing(job, suggestion, {str(given["f"]): choices[place].value})

    async def _told(self, job: Job) -> None:
        suggestion = await self._mine(job)
        given = job.errand.value or {}
        if suggestion and given.get("f"):
            await self._knowing(job, suggestion, {str(given["f"]): job.errand.text})

    async def _knowing(self, job: Job, suggestion: Suggestion, more: Mapping[str, str]) -> None:
        """The same question about the same entry, knowing more, decided by the rules of this moment."""
        changed = await self._changed(job, suggestion)
        told = {each.name: each.value for each in suggestion.read if each.told}
        question = await self._same_question(job, suggestion)
        question = replace(question, facts={**told, **more} if question.entry else {})
        note = texts.CHANGED(job.person.language) if changed else self._note(job)
        await self._again(job, question, note)

    async def _same_question(self, job: Job, suggestion: Suggestion) -> Question:
        """Asked again today; about the entry that decided, as long as that lives."""
        before = suggestion.question
        question = Question(
            id=_name(job.errand),
            text=before.text,
            roles=job.person.colleague.roles,
            on=self.office.today(),
            language=before.language,
            department=job.person.colleague.department,
            thread=before.thread,
            asker=before.asker,
            channel=CHANNEL,
            customer=before.customer,
        )
        decided = suggestion.decision.entry if suggestion.decision else None
        lives = decided in await self._living(job, [decided]) if decided else False
        return replace(question, entry=decided if lives else None)

    async def _living(self, job: Job, ids: list[str]) -> Mapping[str, Any]:
        covered = job.organisation.covered_by(job.person.colleague.roles)
        return await asyncio.to_thread(self.office.desk.living, ids, covered, self.office.today())

    async def _changed(self, job: Job, suggestion: Suggestion) -> bool:
        """Whether anything on which the suggestion rests is another version now, or gone."""
        living = await self._living(job, [each.id for each in suggestion.sources])
        return any(each.id not in living or living[each.id].version != each.version for each in suggestion.sources)

    async def _still_holds(self, job: Job, suggestion: Suggestion) -> bool:
        """Whether the card may be acted on; one that has changed is decided again, and that is said."""
        if not await self._changed(job, suggestion):
            return True
        question = await self._same_question(job, suggestion)
        told = {each.name: each.value for each in suggestion.read} if question.entry else {}
        await self._again(job, replace(question, facts=told), texts.CHANGED(job.person.language))
        return False

    async def _next(self, job: Job, suggestion: Suggestion) -> None:
        wanted = str((job.errand.value or {}).get("e", ""))
        action = next((each for each in suggestion.next if each.id == wanted), None)
        if action is None:
            return
        question = await self._same_question(job, suggestion)
        question = replace(question, text=action.title, entry=wanted)
        await self._answer(
            job, question if wanted in await self._living(job, [wanted]) else replace(question, entry=None)
        )

    async def _meant(self, job: Job, suggestion: Suggestion) -> None:
        """The same question, about the entry that he says he meant."""
        wanted = str((job.errand.value or {}).get("e", ""))
        question = await self._same_question(job, suggestion)
        if any(each.id == wanted for each in suggestion.near) and wanted in await self._living(job, [wanted]):
            await self._again(job, replace(question, entry=wanted), self._note(job))
        else:
            await self._again(job, question, texts.CHANGED(job.person.language))

    async def _done(self, job: Job, suggestion: Suggestion) -> None:
        if await self._still_holds(job, suggestion):
            by = job.person.colleague.id
            counted = await asyncio.to_thread(self.office.desk.grant, suggestion.id, by)
            await self._say(job, (texts.DONE_NOTED if counted else texts.DONE_ALREADY)(job.person.language))

    async def _good(self, job: Job, suggestion: Suggestion) -> None:
        await self._feedback(job, suggestion, helpful=True)
        await self._say(job, texts.THANKS(job.person.language))

    async def _bad(self, job: Job, suggestion: Suggestion) -> None:
        await self._feedback(job, suggestion, helpful=False)
        if await job.turn.keep():
            await job.courier.whisper(reasons_card(suggestion))

    async def _reason(self, job: Job, suggestion: Suggestion) -> None:
        reason = str((job.errand.value or {}).get("r", ""))
        known = {name for name, _ in texts.REASONS}
        await self._feedback(job, suggestion, helpful=False, reason=reason if reason in known else None)
        if await job.turn.keep():
            await job.courier.replace(plain_card(texts.THANKS(job.person.language)))

    async def _feedback(
        self, job: Job, suggestion: Suggestion, *, helpful: bool, reason: str | None = None, remark: str | None = None
    ) -> None:
        given = Feedback(suggestion=suggestion.id, helpful=helpful, by=job.errand.asker, reason=reason, remark=remark)
        await asyncio.to_thread(self.office.desk.add_feedback, given)

    async def _wrong(self, job: Job) -> None:
        """ "Dit klopt niet", with what it should be: straight to the owner of the entry."""
        suggestion = await self._mine(job)
        if suggestion is None:
            return
        await self._feedback(job, suggestion, helpful=False, reason="wrong", remark=job.errand.text or None)
        told = await self.messenger.report(job.errand, suggestion, job.errand.text)
        said = told.sentence(job.errand.user, job.person.language)
        if await job.turn.keep():
            await job.courier.whisper(Card((section(said),), said))

    async def _share(self, job: Job, suggestion: Suggestion) -> None:
        if not await self._still_holds(job, suggestion):
            return
        if await self._holds_private(suggestion) and await self._others_read_along(job):
            await self._say(job, texts.SHARED_ELSEWHERE(job.person.language))
            return
        asked = self.office.mask(suggestion.question.text)
        shared = shared_card(suggestion, job.errand.user, asked)
        if shared is None:
            await self._say(job, texts.NOTHING_TO_SHARE(job.person.language))
        elif job.turn.posted in (None, NOT_SENT):
            await self.replier.once(job, lambda: job.courier.share(shared))
            await job.courier.whisper(plain_card(texts.SHARED(job.person.language)))

    # ----------------------------------------------------------------------------------------- offering

    async def _offer(self, job: Job) -> None:
        if await job.turn.keep():
            await job.courier.whisper(offer_card(job.errand.text, job.person.language))

    async def _offered(self, job: Job, name: str) -> None:
        if name == "offer_never":
            await silence_channel(self.office, job.errand)
            await job.courier.replace(plain_card(texts.OFFER_NEVER_DONE(job.person.language)))
            return
        asked = str((job.errand.value or {}).get("t", ""))
        await self._ask(replace_errand(job, asked))


def _nothing_to_read(errand: Errand) -> Text:
    if errand.files:
        return texts.FILES_ONLY
    return texts.NO_TEXT if errand.is_shortcut else texts.HOW_TO_ASK


def replace_errand(job: Job, text: str) -> Job:
    """The same job, as if he had asked this himself."""
    errand = replace(job.errand, text=text, task=Task.ASK, place=Place.COMMAND)
    return replace(job, errand=errand, courier=Courier(job.courier.client, errand, job.person.language))


def _name(errand: Errand) -> str:
    """The same question has the same name in every attempt, so that it is recorded once."""
    return hashlib.sha256(f"{errand.team}:{errand.event}".encode()).hexdigest()[:32]
