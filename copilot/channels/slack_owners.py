"""Whose a subject is: from what an entry names as its owner to people in this workspace who can be reached.

A pack names a role, a department, a colleague (by id, name, e-mail address or Slack user), or somebody who left long
ago. Whoever that comes to nothing for belongs to all who may change knowledge.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack_desk import Office
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_out import called
from copilot.channels.slack_text import escaped
from copilot.compose import role_title
from copilot.domain import Colleague, KnowledgeEntry, Organisation
from copilot.errors import ChannelError

MOST_TOLD: Final = 3
"""People who get the same card: enough that somebody reads it, few enough that it is somebody's task."""
_REMEMBERED: Final = 300.0
"""Seconds that Slack's answer on an e-mail address is believed."""
_USER: Final = re.compile(r"<?@?([UW][A-Z0-9]{3,})(?:\|[^>]*)?>?")
"""A Slack user as people copy it: `U012AB3CD`, `@U012AB3CD` or `<@U012AB3CD|kim>`."""


@dataclass(frozen=True, slots=True)
class Member:
    """Deelnemer: a user of this workspace, with who he is here."""

    user: str
    colleague: Colleague


@dataclass(frozen=True, slots=True)
class Subject:
    """Onderwerp: whose it is, and who may see it."""

    owner: str | None = None
    department: str | None = None
    """Whose people come first, of several who could have it."""
    audience: tuple[str, ...] = ()
    """Roles; empty = everybody."""


@dataclass(frozen=True)
class Roster:
    """Rooster: everyone of one workspace as the directory has them at this moment. Pure."""

    team: str
    organisation: Organisation
    members: tuple[Member, ...]
    editing: frozenset[str]
    """Roles that may change knowledge."""
    by_email: Mapping[str, str]
    """Users by e-mail address who are not in the directory under it."""

    def rightful(self, subject: Subject) -> tuple[Member, ...]:
        """Who has this subject: its owners, else all who may change knowledge; nobody who may not see it."""
        return self._seeing(subject, self.owners(subject)) or self.editors(subject)

    def editors(self, subject: Subject) -> tuple[Member, ...]:
        """Who may change knowledge, and may see this."""
        return self._seeing(subject, self._editors(subject))

    def concerns(self, user: str, subject: Subject, told: Sequence[str] = ()) -> bool:
        """Whether he has this subject, or got it because its owner could not be reached and may still change it."""
        stand_ins = [each for each in self.editors(subject) if each.user in told]
        return any(each.user == user for each in (*self.rightful(subject), *stand_ins))

    def in_turn(self, subject: Subject, but: str) -> tuple[tuple[Member, ...], ...]:
        """Whom to tell, the first group first, the next where nobody of it can be reached; himself in the last."""
        owners = self._seeing(subject, self.owners(subject))
        others = tuple(each for each in self.editors(subject) if each not in owners)
        himself = tuple(each for each in (*owners, *others) if each.user == but)
        return (*(tuple(each for each in group if each.user != but) for group in (owners, others)), himself)

    def owners(self, subject: Subject) -> tuple[Member, ...]:
        """Exactly those whom the owner of the subject names; nobody for one who is unknown here."""
        wanted = (subject.owner or "").strip().casefold()
        if not wanted:
            return ()
        return self._named(wanted) or self._by_place(wanted, subject) or self._elsewhere(subject.owner or "")

    def may_edit(self, colleague: Colleague) -> bool:
        return not self.editing.isdisjoint(colleague.roles)

    def name_of(self, who: str) -> str:
        """A user, or a colleague by id, by name and role as Slack shows them: escaped, or a mention without a name."""
        member = next((each for each in self.members if who in (each.user, each.colleague.id)), None)
        if member is None:
            return f"<@{who}>" if _USER.fullmatch(who) else escaped(who, 100)
        colleague = member.colleague
        named = escaped(colleague.name, 100) if colleague.name else f"<@{member.user}>"
        titles = [escaped(role_title(role, self.organisation), 100) for role in colleague.roles[:1]]
        return f"{named} ({titles[0]})" if titles else named

    # ------------------------------------------------------------------------------------------- within

    def _named(self, wanted: str) -> tuple[Member, ...]:
        given = _USER.fullmatch(wanted.upper())
        names = {wanted, given[1].casefold()} if given else {wanted}
        return tuple(each for each in self.members if names & _names(each))

    def _by_place(self, wanted: str, subject: Subject) -> tuple[Member, ...]:
        organisation = self.organisation
        role = next((each.id for each in organisation.roles if wanted in _both(each.id, each.title)), None)
        if role:
            return self._nearest(subject, [each for each in self.members if role in each.colleague.roles])
        place = next((each.id for each in organisation.departments if wanted in _both(each.id, each.title)), None)
        there = [each for each in self.members if place and each.colleague.department == place]
        return self._nearest(subject, [each for each in there if self.may_edit(each.colleague)])

    def _elsewhere(self, owner: str) -> tuple[Member, ...]:
        """Somebody whom Slack knows and the directory does not; without any role."""
        given = _USER.fullmatch(owner.strip())
        user = given[1] if given else self.by_email.get(owner.strip().casefold())
        return (Member(user, Colleague(f"{CHANNEL}:{self.team}:{user}", ())),) if user else ()

    def _editors(self, subject: Subject) -> tuple[Member, ...]:
        return self._nearest(subject, [each for each in self.members if self.may_edit(each.colleague)])

    def _nearest(self, subject: Subject, members: Sequence[Member]) -> tuple[Member, ...]:
        """Of the department first, then whoever stands nearest to the floor."""

        def distance(each: Member) -> tuple[bool, int, str]:
            own = bool(subject.department) and each.colleague.department == subject.department
            return (not own, len(self.organisation.covered_by(each.colleague.roles)), each.user)

        return tuple(sorted(members, key=distance))

    def _seeing(self, subject: Subject, members: Sequence[Member]) -> tuple[Member, ...]:
        covers = self.organisation.covered_by
        return tuple(
            each
            for each in members
            if not subject.audience or not covers(each.colleague.roles).isdisjoint(subject.audience)
        )


def subject_of(owner: str | None, found: Sequence[KnowledgeEntry]) -> Subject:
    """Whose an entry is; `found` is the entry as it stands, in each of its standings."""
    audience = tuple(dict.fromkeys(role for each in found for role in each.audience))
    return Subject(owner, found[0].department if found else None, audience)


class Owners:
    """Asks the directory, and Slack for e-mail addresses that are not in it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._known: dict[tuple[str, str], tuple[float, str | None]] = {}

    async def roster(self, team: str, organisation: Organisation, owners: Sequence[str | None] = ()) -> Roster:
        """`owners`: as entries name them; of those with an e-mail address Slack is asked who it is."""
        colleagues = await self.office.colleagues(team)
        members = tuple(Member(user, colleague) for user, colleague in colleagues.items())
        listed = {name for each in members for name in _names(each)}
        asked = {each.strip().casefold() for each in owners if each and "@" in each.strip().lstrip("<@")} - listed
        found = {email: user for email in sorted(asked) if (user := await self._user_of(team, email))}
        editing = await asyncio.to_thread(self._editing, organisation)
        return Roster(team, organisation, members, editing, found)

    def _editing(self, organisation: Organisation) -> frozenset[str]:
        may_edit = self.office.curator.may_edit
        return frozenset(role.id for role in organisation.roles if may_edit(Colleague("", (role.id,))))

    async def _user_of(self, team: str, email: str) -> str | None:
        until, user = self._known.get((team, email), (0.0, None))
        if until < time.monotonic():
            client: AsyncWebClient = await self.office.client_for(team)
            try:
                response = await called("users.lookupByEmail", client.users_lookupByEmail(email=email))
                user = str(response["user"]["id"])
            except ChannelError:
                user = None
            self._known[team, email] = (time.monotonic() + _REMEMBERED, user)
        return user


def _names(member: Member) -> set[str]:
    colleague = member.colleague
    return {member.user.casefold(), colleague.id.casefold(), (colleague.name or colleague.id).casefold()}


def _both(id: str, title: str) -> tuple[str, str]:
    return id.casefold(), title.casefold()
