"""What is not right, and what nobody could answer: a card to whose it is, and to nobody more often than is kind."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack_buttons import change_button, retire_button, settle_button, write_button
from copilot.channels.slack_cards import Card
from copilot.channels.slack_desk import Office, Person
from copilot.channels.slack_errands import Errand
from copilot.channels.slack_out import called
from copilot.channels.slack_owners import MOST_TOLD, Member, Owners, Roster, Subject, subject_of
from copilot.channels.slack_text import actions, escaped, plain, section
from copilot.domain import Source, Status, Suggestion
from copilot.errors import ChannelError
from copilot.messages import requests as texts

QUESTIONS_AN_HOUR: Final = 5
"""Cards with an unanswered question that one person gets in an hour; the others are in his list."""
_log = logging.getLogger(__name__)

Shown = Callable[[str, bool], Card]
"""A card in somebody's language, with or without what only an editor can do."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who got a card."""

    users: tuple[str, ...]
    roster: Roster

    def sentence(self, reporter: str, language: str) -> str:
        """What whoever reported hears: honestly who got it. Escaped for Slack."""
        if not self.users:
            return texts.REPORT_KEPT(language)
        if self.users == (reporter,):
            return texts.REPORT_YOURS(language)
        return texts.REPORT_SENT(language, who=listed([self.roster.name_of(each) for each in self.users], language))


class Messenger:
    """Bode: brings a subject to whose it is, else to who may change knowledge, and says who that was."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.owners = Owners(office)

    async def report(self, errand: Errand, suggestion: Suggestion, remark: str) -> Told:
        """Keeps what somebody says is not right as an open request, and brings it to the owner of what decided."""
        desk, source = self.office.desk, deciding(suggestion)
        owner = source.owner if source else suggestion.owner
        await asyncio.to_thread(
            desk.put_report,
            suggestion.id,
            errand.asker,
            entry=source.id if source else None,
            title=source.title if source else "",
            owner=owner,
            remark=remark or None,
        )
        found = await asyncio.to_thread(desk.entries, [source.id] if source else [], tuple(Status))
        subject = subject_of(owner, found)

        def shown(language: str, may_edit: bool) -> Card:
            return self._report_card(errand, suggestion, source, remark, language, may_edit=may_edit)

        told = await self._bring(errand, subject, shown, f"report:{errand.event}")
        await asyncio.to_thread(desk.report_told, suggestion.id, errand.asker, told.users)
        return told

    async def unanswered(self, errand: Errand, person: Person, suggestion: Suggestion) -> None:
        """A question that nobody had an answer to, masked: once a day, and to nobody more than a few an hour."""
        asked = self.office.mask(plain(suggestion.question.text, 1000))
        subject = Subject(suggestion.owner, person.colleague.department)

        def shown(language: str, may_edit: bool) -> Card:
            heading = texts.UNANSWERED(language)
            settle = settle_button({"q": suggestion.question.id}, language)
            buttons = [*([write_button(asked, language, first=True)] if may_edit else []), settle]
            return Card((section(f"*{heading}*\n>{escaped(asked, 2000)}"), actions("gap", buttons)), heading)

        told = await self._bring(errand, subject, shown, f"gap:{digest(asked)}", QUESTIONS_AN_HOUR)
        await asyncio.to_thread(self.office.desk.gap_told, suggestion.question.id, told.users)

    async def to_author(self, team: str, author: str | None, shown: Callable[[str], Card]) -> None:
        """A word to somebody by his name in the directory; to nobody else."""
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        roster = await self.owners.roster(team, organisation, [author])
        for member in roster.owners(Subject(author))[:MOST_TOLD]:
            await self.reach(team, member, lambda language, _: shown(language))

    async def reach(self, team: str, member: Member, shown: Shown) -> bool:
        """Whether he got it: not who left, whom Slack cannot reach now, or who is of another company."""
        try:
            person = await self.office.person(team, member.user)
            if person.outsider:
                return False
            may_edit = await asyncio.to_thread(self.office.curator.may_edit, person.colleague)
            card = shown(person.language, may_edit)
            client: AsyncWebClient = await self.office.client_for(team)
            sent = client.chat_postMessage(channel=member.user, text=card.text, blocks=list(card.blocks))
            await called("chat.postMessage", sent)
        except ChannelError as fault:
            _log.warning("a card did not reach its reader: %s", fault)
            return False
        return True

    # ------------------------------------------------------------------------------------------- within

    async def _bring(
        self, errand: Errand, subject: Subject, shown: Shown, about: str, most_an_hour: int | None = None
    ) -> Told:
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        roster = await self.owners.roster(errand.team, organisation, [subject.owner])

        async def bring(member: Member) -> bool:
            notice = errand.team, member.user, about
            may = await asyncio.to_thread(self.office.desk.may_notify, *notice, most_an_hour)
            reached = not may or await self.reach(errand.team, member, shown)
            if not reached:
                await asyncio.to_thread(self.office.desk.was_not_reached, *notice)
            return reached

        for group in roster.in_turn(subject, errand.user):
            if told := await _the_first(group, bring):
                return Told(told, roster)
        return Told((), roster)

    def _report_card(
        self,
        errand: Errand,
        suggestion: Suggestion,
        source: Source | None,
        remark: str,
        language: str,
        *,
        may_edit: bool,
    ) -> Card:
        title = source.title if source else texts.NO_ENTRY(language)
        asked = self.office.mask(plain(suggestion.question.text, 1000))
        heading = texts.REPORTED(language, user=f"<@{errand.user}>", title=escaped(title, 300))
        blocks = [section(heading), section(escaped(texts.REPORTED_QUESTION(language, question=asked)))]
        if remark:
            masked = self.office.mask(plain(remark, 1000))
            blocks.append(section(escaped(texts.REPORTED_REMARK(language, remark=masked))))
        buttons = _for_editors(source, asked, language) if may_edit else []
        settle = settle_button({"r": suggestion.id, "b": errand.asker}, language)
        return Card((*blocks, actions("report", [*buttons, settle])), escaped(title, 300))


def deciding(suggestion: Suggestion) -> Source | None:
    """Of all sources the one that decided, else the first."""
    decided = suggestion.decision.entry if suggestion.decision else None
    found = (each for each in suggestion.sources if each.id == decided)
    return next(found, suggestion.sources[0] if suggestion.sources else None)


def digest(asked: str) -> str:
    """The same for a question that is asked again in the same words."""
    return hashlib.sha256(" ".join(asked.casefold().split()).encode("utf-8", "replace")).hexdigest()


def listed(names: list[str], language: str) -> str:
    """Names as people say them."""
    if len(names) < 2:
        return "".join(names)
    return texts.AND(language, all=", ".join(names[:-1]), last=names[-1])


def _for_editors(source: Source | None, asked: str, language: str) -> list[dict[str, Any]]:
    write = write_button(asked, language)
    if source is None:
        return [write]
    return [change_button(source.id, language, first=True), write, retire_button(source.id, language)]


async def _the_first(group: tuple[Member, ...], bring: Callable[[Member], Awaitable[bool]]) -> tuple[str, ...]:
    """The first few of a group who can be reached."""
    told: list[str] = []
    for member in group:
        if len(told) == MOST_TOLD:
            break
        if await bring(member):
            told.append(member.user)
    return tuple(told)
