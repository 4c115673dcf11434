"""The life of knowledge in Slack: a proposal as a card, published by a second person; what is wrong to its owner."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from copilot.channels.slack_buttons import change_button, retire_button
from copilot.channels.slack_cards import Card, plain_card
from copilot.channels.slack_desk import Office, Person
from copilot.channels.slack_entrytext import entry_text, errors_by_field
from copilot.channels.slack_errands import Errand
from copilot.channels.slack_out import Courier
from copilot.channels.slack_owners import Member, Subject
from copilot.channels.slack_reports import Messenger
from copilot.channels.slack_text import actions, button, context, escaped, paragraphs, plain, section
from copilot.curate import Proposal
from copilot.domain import Kind, Status, Version
from copilot.errors import CopilotError, KnowledgeError
from copilot.messages import slack as texts

MOST_ASKED: Final = 10
"""People who are asked to look at one proposal."""
KNOWLEDGE_TAPS: Final = frozenset({"publish", "decline", "retire", "restore"})


@dataclass(frozen=True, slots=True)
class _Done:
    """What a tap came to: the card that takes the place of the one tapped, and who else must know."""

    card: Card
    author: str | None = None
    told: Callable[[str], Card] | None = None
    """What the author hears, in his language."""
    proposal: Proposal | None = None


class Librarian:
    """Keeps knowledge true from chat."""

    def __init__(self, office: Office, messenger: Messenger) -> None:
        self.office = office
        self.messenger = messenger

    async def propose(
        self, person: Person, team: str, user: str, kind: Kind, given: Mapping[str, str]
    ) -> Mapping[str, str]:
        """Keeps what was filled in as a draft and shows it to who may publish; else what is wrong, by field."""
        language = person.language
        taken = await asyncio.to_thread(self._taken)
        written = entry_text(kind, given, person.colleague, taken)
        if written.wrong:
            return {field: text(language) for field, text in written.wrong.items()}
        propose = self.office.curator.propose
        try:
            proposal = await asyncio.to_thread(
                propose, written.text, person.colleague, self.office.today(), language=language
            )
        except KnowledgeError as fault:
            return errors_by_field(fault.findings, language) or {"title": fault.text(language)}
        except CopilotError as fault:
            return {"title": plain(fault.text(language), 1900)}
        await self.announce(proposal, team, user, person)
        return {}

    async def tap(self, errand: Errand, person: Person, courier: Courier, name: str) -> None:
        """Publish, decline, retire or bring back; the rules of who may stand in `curate`."""
        try:
            card = await self.carried_out(errand, person, name)
        except CopilotError as fault:
            await courier.whisper(plain_card(fault.text(person.language)))
            return
        await courier.replace(card)

    async def carried_out(self, errand: Errand, person: Person, name: str) -> Card:
        """The card that takes the place of the one tapped. Raises CopilotError, and nothing has changed."""
        given = errand.value or {}
        entry, number = str(given.get("k", "")), int(given.get("n") or 0)
        done = await asyncio.to_thread(self._carry_out, name, entry, number, person)
        if done.proposal:
            await self._to_editors(done.proposal, errand.team, errand.user)
        if done.told and done.author != person.colleague.id:
            await self.messenger.to_author(errand.team, done.author, done.told)
        return done.card

    # ------------------------------------------------------------------------------------------- within

    def _taken(self) -> frozenset[str]:
        return frozenset(each.id for each in self.office.desk.entries(statuses=tuple(Status)))

    def _carry_out(self, name: str, entry: str, number: int, person: Person) -> _Done:
        if name == "publish":
            return self._publish(entry, number, person)
        if name == "decline":
            return self._decline(entry, person)
        curator, by, language = self.office.curator, person.colleague, person.language
        if name == "restore":
            proposal = curator.restore(entry, number, by, self.office.today(), language=language)
            return _Done(self.proposal_card(proposal, language), proposal=proposal)
        published = next(iter(self.office.desk.entries([entry])), None)
        version = curator.retire(entry, by, language=language)
        title = published.title if published else entry
        said = escaped(texts.RETIRED(language, by=by.name or by.id, title=title))
        return _Done(Card((section(said), actions("life", [self._restore(entry, version, language)])), said))

    def _publish(self, entry: str, number: int, person: Person) -> _Done:
        curator, language, today = self.office.curator, person.language, self.office.today()
        draft = curator.proposal(entry, today, language=language)
        if draft.version.number != number and curator.may_edit(person.colleague):  # who may not, is refused below
            return _Done(self.proposal_card(draft, language, texts.CHANGED(language)))
        title, who = draft.entry.title, person.colleague.name or person.colleague.id
        curator.publish(entry, person.colleague, today, language=language)

        def told(language: str) -> Card:
            said = escaped(texts.YOURS_PUBLISHED(language, by=who, title=title))
            return Card((section(said), self._what_now(entry, language)), said)

        said = escaped(texts.PUBLISHED(language, by=who, title=title))
        return _Done(Card((section(said), self._what_now(entry, language)), title), draft.version.by, told)

    def _decline(self, entry: str, person: Person) -> _Done:
        curator, language = self.office.curator, person.language
        draft = curator.proposal(entry, self.office.today(), language=language)
        title, who = draft.entry.title, person.colleague.name or person.colleague.id
        curator.decline(entry, person.colleague, language=language)

        def told(language: str) -> Card:
            said = escaped(texts.YOURS_DECLINED(language, by=who, title=title))
            return Card((section(said), actions("life", [change_button(entry, language)])), said)

        card = plain_card(texts.DECLINED(language, by=who, title=title))
        return _Done(card, draft.version.by, told)

    def proposal_card(self, proposal: Proposal, language: str, note: str | None = None) -> Card:
        """What changes, in plain words, with the buttons for a second person."""
        title = texts.PROPOSAL(language, title=proposal.entry.title)
        what = json.dumps({"k": proposal.entry.id, "n": proposal.version.number})
        warnings = [f"⚠️ {escaped(each.text(language), 600)}" for each in proposal.warnings[:5]]
        lines = [f"• {escaped(each, 600)}" for each in proposal.changes[:15]]
        by = texts.PROPOSED_BY(language, by=proposal.author, version=proposal.version.number)
        buttons = [
            button(texts.PUBLISH(language), "publish", what, "primary"),
            change_button(proposal.entry.id, language),
            button(texts.DECLINE(language), "decline", what, "danger"),
        ]
        blocks = [
            *([context(note)] if note else []),
            section(f"*{escaped(title, 500)}*"),
            *paragraphs([*lines, *warnings] or ["–"]),
            context(escaped(by, 500)),
            actions("life", buttons),
        ]
        return Card(tuple(blocks), escaped(title, 500))

    def _what_now(self, entry: str, language: str) -> dict[str, Any]:
        """After publishing: change it once more, or take it out."""
        return actions("life", [change_button(entry, language), retire_button(entry, language)])

    def _restore(self, entry: str, version: Version, language: str) -> dict[str, Any]:
        what = json.dumps({"k": entry, "n": version.number})
        return button(texts.RESTORE(language, version=version.number), "restore", what)

    async def announce(self, proposal: Proposal, team: str, user: str, person: Person) -> None:
        """To every second person who may publish, and a word to the author."""
        await self._to_editors(proposal, team, user)
        said = texts.PROPOSAL_SENT(person.language, title=proposal.entry.title)
        own = self.proposal_card(proposal, person.language, said)
        await self.messenger.reach(team, Member(user, person.colleague), lambda language, _: own)

    async def _to_editors(self, proposal: Proposal, team: str, user: str) -> None:
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        roster = await self.messenger.owners.roster(team, organisation)
        subject = Subject(department=proposal.entry.department, audience=proposal.entry.audience)
        asked = 0
        for each in roster.editors(subject):
            if each.user != user and asked < MOST_ASKED:
                asked += await self.messenger.reach(team, each, lambda lang, _: self.proposal_card(proposal, lang))
