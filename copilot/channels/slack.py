"""Slack: listens, keeps what came before it says "received", and leaves the answering to the worker.

Bolt acknowledges events by itself before a listener runs, and loses what a listener does when the process stops.
Therefore `process_before_response`: a listener here keeps an errand on disk and returns; only then Slack hears 200.
Nothing that can fail or take long is awaited on the way to that answer.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from copilot.calls import Call
from copilot.channels.slack_answers import Clerk
from copilot.channels.slack_cards import card
from copilot.channels.slack_changes import Reviser
from copilot.channels.slack_counter import Counter
from copilot.channels.slack_desk import Office
from copilot.channels.slack_entryform import Filled
from copilot.channels.slack_errands import (
    Errand,
    Place,
    Task,
    from_command,
    from_message,
    from_shortcut,
    from_tap,
    home_of,
    team_of,
    user_of,
)
from copilot.channels.slack_forms import basis_of, fact_form, sources_view, values_of, wrong_form
from copilot.channels.slack_home import prompts
from copilot.channels.slack_offers import may_offer_now, want_offers, wanted
from copilot.channels.slack_reception import Reception
from copilot.channels.slack_settling import Settler
from copilot.channels.slack_unanswered import for_later, may_wait
from copilot.channels.slack_watch import Watchdog
from copilot.channels.slack_worker import Worker
from copilot.channels.slack_writing import Writer
from copilot.domain import Mandate, Suggestion
from copilot.errors import CopilotError
from copilot.facts import parse_value
from copilot.messages import slack as texts

HELP_CUSTOMER: Final = "help_customer"
_ASK_WORDS: Final = re.compile(r"(?:vraag|ask)\b[:\s]*", re.IGNORECASE)
_KNOWLEDGE_WORDS: Final = re.compile(r"(?:kennis|knowledge)\b[:\s]*(.*)", re.IGNORECASE | re.DOTALL)
_OFFER_WORDS: Final = re.compile(r"(?:aanbod|offers)\s+(aan|on|uit|off)\s*", re.IGNORECASE)
_FORMS: Final = re.compile(r"(?:own|correct|sources|wrong|form|look)(?::\d+)?")
_log = logging.getLogger(__name__)

Ack = Callable[..., Awaitable[Any]]


def web_client(token: str | None, base_url: str | None) -> AsyncWebClient:
    """A client that waits as long as Slack asks when it is called too often.

    And that does nothing else by itself: the SDK's own handler sends a message again when the line broke after it was
    sent, which is a double. Whoever takes the errand up again looks first whether it stands there.
    """
    waits = AsyncRateLimitErrorRetryHandler(max_retry_count=2)
    return AsyncWebClient(token=token, timeout=15, base_url=base_url or AsyncWebClient.BASE_URL, retry_handlers=[waits])


class SlackRoom:
    """Everything of Slack in one process: the Bolt app that listens, and the worker that answers."""

    def __init__(self, office: Office, app: AsyncApp) -> None:
        self.office = office
        self.app = app
        self.clerk = Clerk(office)
        self.reception = Reception(office.desk)
        self.worker = Worker(office.desk, self.clerk.handle, self.clerk.apologise, begin=self.reception.give_way)
        self.watchdog = Watchdog(office.desk, self.clerk.apologise)
        self._soon: set[asyncio.Task[None]] = set()
        self.counter = Counter(office, self.clerk.messenger.owners)
        self.writer = Writer(self.counter, self.clerk.librarian, self.soon)
        self.reviser = Reviser(self.counter, self.clerk.librarian, self.soon)
        self.settler = Settler(self.counter, self.clerk.librarian, self.clerk.messenger, self.soon)
        self._listen()

    def start(self) -> None:
        self.worker.start()
        self.watchdog.start()

    async def stop(self) -> None:
        """Finishes what was begun, and gives back what cannot be finished."""
        if self._soon:
            await asyncio.wait(self._soon, timeout=5)
        await self.watchdog.stop()
        await self.worker.stop()
        self.office.ear.close()

    def busy(self) -> bool:
        """Whether something of this process is still under way."""
        return bool(self._soon) or self.worker.busy()

    def _listen(self) -> None:
        app = self.app
        app.event("message")(self.on_message)
        app.event("app_mention")(self.on_message)
        app.event("app_home_opened")(self.on_home)
        app.command(re.compile(".+"))(self.on_command)
        app.message_shortcut(HELP_CUSTOMER)(self.on_help)
        app.action(_FORMS)(self.on_form)
        self.writer.listen(app)
        self.reviser.listen(app)
        self.settler.listen(app)
        app.action(re.compile(".+"))(self.on_tap)
        app.view("fact")(self.on_fact)
        app.view("wrong")(self.on_wrong)
        app.event(re.compile(".+"))(_ignored)
        app.error(_not_received)

    # -------------------------------------------------------------------------------------------- asked

    async def on_message(self, body: dict[str, Any], context: Any) -> None:
        errand = from_message(body, context.bot_user_id)
        if errand is None:
            return
        if errand.task is Task.FOLLOW:
            errand = await self._unaddressed(errand)
        if errand:
            await self.keep(errand)

    async def _unaddressed(self, errand: Errand) -> Errand | None:
        """A follow-up of who asked before in this thread; of anything else nothing is kept yet."""
        if await self._asked_before(errand):
            return replace(errand, task=Task.ASK)
        if errand.channel and not errand.external:
            self.soon(self._overhear(errand))
        return None

    async def _overhear(self, errand: Errand) -> None:
        """Keeps a call for help where the channel wants offers. A stop may lose one: nobody asked us."""
        if not await wanted(self.office, errand):
            return
        call = await self.office.ear.call_of(errand.text)
        if call is Call.AWAY and await may_offer_now(self.office, errand):
            await self.keep(replace(errand, task=Task.OFFERED))
        elif call is Call.ASKS and may_wait(self.office, errand):
            await self.keep(for_later(errand))

    async def _asked_before(self, errand: Errand) -> bool:
        if errand.thread_ts is None:
            return False
        turns = await asyncio.to_thread(self.office.desk.thread, errand.thread, 1)
        return bool(turns)

    async def on_command(self, body: dict[str, Any], ack: Ack) -> None:
        text = str(body.get("text") or "").strip()
        if knowledge := _KNOWLEDGE_WORDS.fullmatch(text):
            words = knowledge[1]
            self.soon(self.reviser.find(body, words) if words else self.writer.open_form(body, Filled()))
        elif switch := _OFFER_WORDS.fullmatch(text):
            errand = from_command(body, "")
            turned_on = switch[1].lower() in ("aan", "on")
            await want_offers(self.office, errand, wanted=turned_on)
            self.soon(self.counter.say(errand, texts.OFFERS_ON if turned_on else texts.OFFERS_OFF))
        else:
            await self.keep(from_command(body, _ASK_WORDS.sub("", text, count=1)))
        await ack()

    async def on_help(self, body: dict[str, Any], ack: Ack) -> None:
        await self.keep(from_shortcut(body))
        await ack()

    async def on_tap(self, body: dict[str, Any], ack: Ack) -> None:
        await self.keep(from_tap(body))
        await ack()

    async def keep(self, errand: Errand) -> None:
        """On disk before Slack hears that it came; the same thing twice is kept once."""
        after = self.office.offer_after if errand.task is Task.UNANSWERED else 0.0
        if await self.reception.keep(errand, after):
            self.worker.wake()

    # --------------------------------------------------------------------------------------------- Home

    async def on_home(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        self.soon(self._show_home(team_of(body), str(event.get("user", "")), event))

    async def _show_home(self, team: str, user: str, event: Mapping[str, Any]) -> None:
        client = await self.office.client_for(team)
        person = await self.office.person(team, user)
        if person.outsider:
            return  # Home is about what somebody may decide here
        if event.get("tab") == "messages":
            if asked := await prompts(self.office, team, user):
                await client.assistant_threads_setSuggestedPrompts(
                    channel_id=event.get("channel"), prompts=asked, title=texts.PROMPTS_TITLE(person.language)
                )
            return
        await self.counter.show_home(team, user)

    # -------------------------------------------------------------------------------------------- forms

    async def on_form(self, body: dict[str, Any], ack: Ack) -> None:
        self.soon(self._open(body))
        await ack()

    async def _open(self, body: dict[str, Any]) -> None:
        errand = from_tap(body)
        name = errand.action.partition(":")[0]
        given = errand.value or {}
        if name == "form":
            await self.writer.open_form(body, Filled(questions=(str(given["q"]),) if given.get("q") else ()))
        else:
            await self._open_about(body, errand, name)

    async def _open_about(self, body: dict[str, Any], errand: Errand, name: str) -> None:
        """A form or view about one of this person's own answers."""
        person = await self.office.person(errand.team, errand.user)
        given = errand.value or {}
        suggestion = await asyncio.to_thread(self.office.desk.suggestion, str(given.get("s", "")))
        if suggestion is None or suggestion.question.asker != errand.asker:
            await self.counter.say(errand, texts.ANSWER_GONE if suggestion is None else texts.NOT_YOURS)
            return
        basis = {
            "w": errand.team,
            "c": errand.channel,
            "m": errand.message_ts,
            "e": errand.ephemeral,
            "u": errand.response_url,
            "t": errand.thread_ts,
            "v": given,
        }
        if name == "sources":
            may_change = await asyncio.to_thread(self.office.curator.may_edit, person.colleague)
            view = sources_view(suggestion, person.language, may_change=may_change)
        elif name == "look":
            shown = card(suggestion, await asyncio.to_thread(self.office.desk.organisation))
            blocks = [each for each in shown.blocks if each["type"] != "actions"]
            view = {**sources_view(suggestion, person.language), "blocks": blocks}
        elif name == "wrong":
            view = wrong_form(basis, person.language)
        else:
            fact = str(given.get("f", ""))
            view = fact_form(suggestion, fact, _told(suggestion, fact), basis, person.language)
        await self.counter.open_view(body, errand, view)

    async def on_fact(self, body: dict[str, Any], ack: Ack) -> None:
        """What was typed for a fact: right there if it cannot be one."""
        errand = self._from_form(body, Task.FACT, values_of(body["view"]).get("value", ""))
        person = await self.office.person(errand.team, errand.user, errand.home)
        wrong = await asyncio.to_thread(self._not_a_value, errand, person.language)
        if wrong:
            await ack(response_action="errors", errors={"value": wrong})
            return
        await self.keep(errand)
        await ack()

    def _not_a_value(self, errand: Errand, language: str) -> str | None:
        given = errand.value or {}
        suggestion = self.office.desk.suggestion(str(given.get("s", "")))
        decided = suggestion.decision.entry if suggestion and suggestion.decision else ""
        entry = next(iter(self.office.desk.entries([decided])), None) if decided else None
        fact = entry.fact(str(given.get("f", ""))) if isinstance(entry, Mandate) else None
        try:
            if fact:
                parse_value(fact, errand.text)
        except CopilotError as fault:
            return fault.text(language)[:1900]
        return None

    async def on_wrong(self, body: dict[str, Any], ack: Ack) -> None:
        await self.keep(self._from_form(body, Task.WRONG, values_of(body["view"]).get("remark", "")))
        await ack()

    def _from_form(self, body: Mapping[str, Any], task: Task, text: str) -> Errand:
        basis, team = basis_of(body["view"]), team_of(body)
        if basis.get("w", team) != team:
            basis = {}  # a form of another workspace: nothing that it points at is ours to write to
        channel = str(basis.get("c", ""))
        return Errand(
            task=task,
            team=team,
            home=home_of(body),
            user=user_of(body),
            event=f"view:{body['view']['id']}",
            channel=channel,
            ts=str(basis.get("m", "")),
            thread_ts=basis.get("t"),
            text=text,
            place=Place.DIRECT if channel.startswith("D") else Place.CHANNEL,
            value=basis.get("v"),
            message_ts=str(basis.get("m", "")),
            ephemeral=bool(basis.get("e")),
            response_url=str(basis.get("u", "")),
        )

    # ------------------------------------------------------------------------------------------- within

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Done after the answer to Slack; a task of which a reference is kept, and whose fault is told."""
        task = asyncio.create_task(self._quietly(work))
        self._soon.add(task)
        task.add_done_callback(self._soon.discard)

    async def _quietly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as fault:
            _log.error("Slack: %s", fault if isinstance(fault, CopilotError) else type(fault).__name__)


async def _not_received(error: Exception) -> BoltResponse:
    """Not acknowledged, so that Slack delivers it again; in the log what was wrong, without what somebody asked."""
    _log.error("not received: %s", error if isinstance(error, CopilotError) else type(error).__name__)
    return BoltResponse(status=503)


async def _ignored() -> None:
    """Events that come with a scope and mean nothing here."""


def _told(suggestion: Suggestion, fact: str) -> str:
    return next((each.shown for each in suggestion.read if each.name == fact), "")
