"""App Home at work: a proposal looked at and decided on, a request settled, and Home as it is after every tap."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from typing import Any, Final

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack_buttons import change_button
from copilot.channels.slack_cards import Card, plain_card
from copilot.channels.slack_counter import Counter
from copilot.channels.slack_desk import Person
from copilot.channels.slack_errands import Errand, from_tap, team_of, user_of
from copilot.channels.slack_forms import View
from copilot.channels.slack_knowledge import Librarian
from copilot.channels.slack_out import Courier, called
from copilot.channels.slack_owners import Member, subject_of
from copilot.channels.slack_reports import Messenger
from copilot.channels.slack_requests import Unanswered, alike, belongs_to
from copilot.channels.slack_text import actions, button, context, escaped, marked, paragraphs, plain, section, words
from copilot.curate import Proposal
from copilot.domain import Colleague, KnowledgeEntry, Solution, Status
from copilot.errors import ChannelError, CopilotError, UsageError
from copilot.messages import curation
from copilot.messages import requests as texts
from copilot.messages import slack as around
from copilot.records import Report

_DRAFT: Final = re.compile(r"draft(?::\d+)?")
_SETTLE: Final = re.compile(r"settle(?::\d+)?")
_DECIDED: Final = {"agree": "publish", "refuse": "decline"}
_log = logging.getLogger(__name__)

Ack = Callable[..., Awaitable[Any]]


class Settler:
    """Afhandelaar: whoever taps, his right is looked up anew."""

    def __init__(
        self,
        counter: Counter,
        librarian: Librarian,
        messenger: Messenger,
        soon: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self.counter = counter
        self.office = counter.office
        self.librarian = librarian
        self.messenger = messenger
        self.soon = soon

    def listen(self, app: AsyncApp) -> None:
        app.use(self.after_a_tap)
        app.action(_DRAFT)(self.on_draft)
        app.action(re.compile("|".join(_DECIDED)))(self.on_decided)
        app.action(_SETTLE)(self.on_settle)

    async def after_a_tap(self, body: dict[str, Any], next: Callable[[], Awaitable[Any]]) -> None:
        """Home as it is now, where somebody taps in one that he opened long ago."""
        await next()
        if (body.get("view") or {}).get("type") == "home":
            self.soon(self.counter.show_home(team_of(body), user_of(body)))

    # ---------------------------------------------------------------------------------------- proposals

    async def on_draft(self, body: dict[str, Any], ack: Ack) -> None:
        self.soon(self._open_draft(body))
        await ack()

    async def _open_draft(self, body: Mapping[str, Any]) -> None:
        errand = from_tap(body)
        if not await self.counter.may_edit(errand):
            return
        person = await self.office.person(errand.team, errand.user)
        try:
            view = await asyncio.to_thread(self._draft_view, errand, person)
        except CopilotError as fault:
            await self.counter.show(errand, plain_card(fault.text(person.language)))
            return
        await self.counter.open_view(body, errand, view)

    def _draft_view(self, errand: Errand, person: Person, note: str | None = None) -> View:
        """What changes, in plain words, with the buttons of what he may. Raises UsageError."""
        language, entry = person.language, str((errand.value or {}).get("k", ""))
        proposal = self.office.curator.proposal(entry, self.office.today(), language=language)
        covered = self.office.desk.organisation().covered_by(person.colleague.roles)
        if not proposal.entry.visible_to(covered):
            raise UsageError(curation.NO_DRAFT, entry=entry)
        objection = self.office.curator.objection(proposal.entry, proposal.version.by, person.colleague)
        told = [context(escaped(objection.text(language)))] if objection else []
        shown = self.librarian.proposal_card(proposal, language, note)
        buttons = actions("decide", _deciding(proposal, language, may_publish=objection is None))
        return _view([*_without_buttons(shown), *_as_it_will_read(proposal.entry, language), *told, buttons], language)

    async def on_decided(self, body: dict[str, Any], ack: Ack) -> None:
        self.soon(self._decide(body))
        await ack()

    async def _decide(self, body: Mapping[str, Any]) -> None:
        """Publishes or declines what he has before him; what somebody changed meanwhile he sees first."""
        errand = from_tap(body)
        person = await self.office.person(errand.team, errand.user)
        language = person.language
        try:
            if await asyncio.to_thread(self._overtaken, errand):
                note = texts.DRAFT_CHANGED(language)
                view = await asyncio.to_thread(self._draft_view, errand, person, note)
            else:
                done = await self.librarian.carried_out(errand, person, _DECIDED[errand.action])
                view = _view(_without_buttons(done), language)
        except CopilotError as fault:
            view = _view([section(escaped(fault.text(language)))], language)
        client: AsyncWebClient = await self.office.client_for(errand.team)
        try:
            await called("views.update", client.views_update(view_id=body["view"]["id"], view=view))
        except ChannelError as fault:
            _log.info("the form was closed meanwhile: %s", fault)
        await self.counter.show_home(errand.team, errand.user)

    def _overtaken(self, errand: Errand) -> bool:
        given = errand.value or {}
        drafts = self.office.desk.entries([str(given.get("k", ""))], (Status.DRAFT,))
        return bool(drafts) and drafts[0].version != given.get("n")

    # ----------------------------------------------------------------------------------------- settling

    async def on_settle(self, body: dict[str, Any], ack: Ack) -> None:
        self.soon(self._settle(body))
        await ack()

    async def _settle(self, body: Mapping[str, Any]) -> None:
        """Closes a request of whoever it concerns; of a report, its reporter hears so."""
        errand = from_tap(body)
        person = await self.office.person(errand.team, errand.user)
        language, by = person.language, person.colleague.name or person.colleague.id
        found = await asyncio.to_thread(self._found, errand)
        if found is None:
            await self._instead(errand, texts.SETTLED_ALREADY(language))
        elif not await self._concerns(errand, found):
            await self.counter.say(errand, texts.NOT_YOURS_TO_SETTLE)
        elif not await asyncio.to_thread(self._close, found, person.colleague.id):
            await self._instead(errand, texts.SETTLED_ALREADY(language))
        else:
            if isinstance(found, Report) and found.by != errand.asker:
                await self._tell_reporter(errand.team, found, by)
            await self._instead(errand, texts.SETTLED(language, by=by, title=self._title(found, language)))

    def _found(self, errand: Errand) -> Report | Unanswered | None:
        """What the button is about, if it is still open and of this workspace."""
        given, desk = errand.value or {}, self.office.desk
        if "r" in given:
            wanted = (str(given["r"]), str(given.get("b", "")))
            reports = (each for each in desk.reports() if belongs_to(each.by, errand.team))
            return next((each for each in reports if (each.suggestion, each.by) == wanted), None)
        asked = str(given.get("q", ""))
        together = alike(desk.gaps(), errand.team)
        return next((each for each in together if any(gap.question == asked for gap in each.gaps)), None)

    async def _concerns(self, errand: Errand, found: Report | Unanswered) -> bool:
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        if isinstance(found, Unanswered):
            subject = found.subject
        else:
            ids = [found.entry] if found.entry else []
            subject = subject_of(found.owner, await asyncio.to_thread(self.office.desk.entries, ids, tuple(Status)))
        roster = await self.messenger.owners.roster(errand.team, organisation, [subject.owner])
        return roster.concerns(errand.user, subject, found.told)

    def _close(self, found: Report | Unanswered, by: str) -> bool:
        """Whether it was still open: of two taps at once, one settles it."""
        if isinstance(found, Report):
            return self.office.desk.close_report(found.suggestion, found.by, by)
        for each in found.gaps:
            self.office.desk.close_gap(each.question, by)
        return True

    def _title(self, found: Report | Unanswered, language: str) -> str:
        if isinstance(found, Unanswered):
            return self.office.mask(plain(found.first.text, 300))
        return found.title or texts.NO_ENTRY(language)

    async def _instead(self, errand: Errand, sentence: str) -> None:
        """In place of the card on which was tapped; in Home the request is no longer there."""
        if errand.message_ts:
            client = await self.office.client_for(errand.team)
            await Courier(client, errand, "").replace(plain_card(sentence))
        await self.counter.show_home(errand.team, errand.user)

    async def _tell_reporter(self, team: str, report: Report, by: str) -> None:
        def shown(language: str, _: bool) -> Card:
            return plain_card(texts.YOURS_SETTLED(language, by=by, title=self._title(report, language)))

        user = report.by.rpartition(":")[2]
        await self.messenger.reach(team, Member(user, Colleague(report.by, ())), shown)


def _deciding(proposal: Proposal, language: str, *, may_publish: bool) -> list[dict[str, Any]]:
    what = json.dumps({"k": proposal.entry.id, "n": proposal.version.number})
    publish = [button(around.PUBLISH(language), "agree", what, "primary")] if may_publish else []
    change = change_button(proposal.entry.id, language)
    return [*publish, change, button(around.DECLINE(language), "refuse", what, "danger")]


def _as_it_will_read(entry: KnowledgeEntry, language: str) -> Iterator[dict[str, Any]]:
    """The texts themselves: who decides must have read them."""
    solution = entry if isinstance(entry, Solution) else None
    steps = [f"{place}. {escaped(each.do, 600)}" for place, each in enumerate(solution.steps if solution else (), 1)]
    written = [marked(entry.body)] if entry.body.strip() else []
    said = [escaped(texts.WILL_SAY(language, say=solution.say))] if solution and solution.say else []
    if written or steps or said:
        yield context(f"*{texts.WILL_READ(language)}*")
    yield from paragraphs([*written, *steps, *said])


def _without_buttons(card: Card) -> list[dict[str, Any]]:
    """What a card says; a form has no place that its buttons could change."""
    return [each for each in card.blocks if each["type"] != "actions"]


def _view(blocks: Sequence[dict[str, Any]], language: str) -> View:
    title, close = words(texts.DRAFT_TITLE(language), 24), words(around.CLOSE(language), 24)
    return {"type": "modal", "title": title, "close": close, "blocks": list(blocks)[:100]}
