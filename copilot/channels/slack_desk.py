"""What Slack's room needs of the rest of the program, and who is who there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Protocol

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from copilot.asking import lowest_role
from copilot.assist import Assistant
from copilot.channels.slack_connect import Connect
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_overhearing import Ear
from copilot.curate import Curator
from copilot.domain import Colleague, Feedback, Gap, KnowledgeEntry, Organisation, Status, Suggestion, Turn, Version
from copilot.records import Answered, Arrival, Delivery, Listing, Report, UserGroup, Waiting

GROUPS_FOR: Final = 300.0
"""Seconds that the members of a user group are believed."""

Groups = Sequence[tuple[UserGroup, frozenset[str]]]
"""User groups, each with its members."""


class Desk(Protocol):
    """The database, as far as Slack's room uses it. Synchronous: call it in a thread."""

    def organisation(self) -> Organisation: ...

    def entries(
        self, ids: Iterable[str] | None = None, statuses: Sequence[Status] = (Status.PUBLISHED,)
    ) -> list[KnowledgeEntry]: ...

    def living(self, ids: Iterable[str], covered_roles: frozenset[str], on: date) -> Mapping[str, KnowledgeEntry]: ...

    def history(self, entry: str) -> list[Version]: ...

    def suggestion(self, suggestion: str) -> Suggestion | None: ...

    def answers_of(self, asker: str, limit: int = 20) -> tuple[Answered, ...]: ...

    def thread(self, thread: str, limit: int = 6) -> tuple[Turn, ...]: ...

    def add_feedback(self, given: Feedback) -> None: ...

    def grant(self, suggestion_id: str, by: str, amount: Decimal | None = None, key: str | None = None) -> bool: ...

    def gaps(self, open_only: bool = True) -> list[Gap]: ...

    def close_gap(self, question: str, by: str, note: str = "") -> None: ...

    def put_report(
        self, suggestion: str, by: str, *, entry: str | None, title: str, owner: str | None, remark: str | None
    ) -> None: ...

    def report_told(self, suggestion: str, by: str, told: Sequence[str]) -> None: ...

    def gap_told(self, question: str, told: Sequence[str]) -> None: ...

    def reports(self, closed_since: datetime | None = None) -> tuple[Report, ...]: ...

    def close_report(self, suggestion: str, by: str, closer: str) -> bool: ...

    def drafts(self) -> tuple[Version, ...]: ...

    def may_notify(self, workspace: str, person: str, subject: str, most_an_hour: int | None = None) -> bool: ...

    def was_not_reached(self, workspace: str, person: str, subject: str) -> None: ...

    def colleague(self, channel: str, user: str, workspace: str = "") -> Colleague | None: ...

    def people(self) -> tuple[Listing, ...]: ...

    def user_groups(self, channel: str, workspace: str = "") -> tuple[UserGroup, ...]: ...

    def setting(self, name: str) -> str | None: ...

    def put_setting(self, name: str, value: str, by: str) -> None: ...

    def receive_all(self, channel: str, arrived: Sequence[Arrival]) -> Sequence[bool]: ...

    def take(self, channel: str, worker: str, seconds: float, limit: int = 1) -> tuple[Delivery, ...]: ...

    def renew(self, worker: str, seconds: float) -> None: ...

    def still_mine(self, number: int, worker: str, posted: str | None = None, seconds: float = 0.0) -> bool: ...

    def end(self, number: int, worker: str, fault: str | None = None, *, told: bool = True) -> bool: ...

    def stands_at_the_end(self, number: int) -> str | None: ...

    def overdue(self, channel: str, seconds: float) -> tuple[Delivery, ...]: ...

    def seize(self, seen: Delivery, worker: str, seconds: float) -> bool: ...

    def put_back(self, worker: str, number: int | None = None, after: float = 0.0, fault: str | None = None) -> int: ...

    def forget_delivered(self, days: int = 14) -> int: ...

    def waiting(self, channel: str) -> Waiting: ...

    def offer(self, workspace: str, place: str, thread: str, person: str, most_an_hour: int) -> bool: ...

    def installation(self, channel: str, workspace: str, person: str = "") -> str | None: ...

    def put_installation(self, channel: str, workspace: str, person: str, sealed: str) -> None: ...

    def replace_installation(self, channel: str, workspace: str, person: str, old: str, new: str) -> bool: ...

    def remove_installation(self, channel: str, workspace: str, person: str | None = None) -> None: ...

    def workspaces(self, channel: str) -> Sequence[str]: ...

    def take_turn(self, task: str, workspace: str, worker: str, seconds: float) -> bool: ...

    def give_turn_back(self, task: str, workspace: str, worker: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Person:
    """Wie vraagt: a colleague of the directory, or somebody it does not know, with the lowest role."""

    colleague: Colleague
    known: bool
    language: str
    outsider: bool = False
    """Of another company; without any role here."""


@dataclass
class Office:
    """Kantoor: everything that Slack's room works with."""

    desk: Desk
    assistant: Assistant
    curator: Curator
    today: Callable[[], date]
    client_for: Callable[[str], Any]
    """An awaitable of the AsyncWebClient of a workspace."""
    mask: Callable[[str], str]
    """A text without customer data."""
    ear: Ear
    any_workspace: bool = True
    """One workspace alone: the directory need not name it."""
    answers_outsiders: bool = False
    """Whether people of other companies get what is meant for everyone; else they get nothing."""
    offer_after: float = 600.0
    """Seconds that a question in a channel may stay unanswered before help is offered; 0 = it never is."""
    command: str = "/heleklant"
    _members: dict[tuple[str, str], tuple[float, frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connect = Connect(self.client_for)

    async def person(self, team: str, user: str, home: str = "") -> Person:
        """Who a user is: from the directory, else of another company, else by his user groups, else nobody we know.

        `home`: of which workspace Slack says that he is, with what he did. Raises ChannelError.
        """
        organisation = await asyncio.to_thread(self.desk.organisation)
        for workspace in self._places(team):
            found = await asyncio.to_thread(self.desk.colleague, CHANNEL, user, workspace)
            if found:
                return Person(found, True, found.language or organisation.language)
        if await self.connect.is_outsider(team, user, home):
            return Person(Colleague(f"{CHANNEL}:{team}:{user}", ()), False, organisation.language, outsider=True)
        grouped = _by_groups(await self._groups(team), team, user)
        if grouped:
            return Person(grouped, True, organisation.language)
        stranger = Colleague(f"{CHANNEL}:{team}:{user}", (lowest_role(organisation),))
        return Person(stranger, False, organisation.language)

    async def colleagues(self, team: str) -> Mapping[str, Colleague]:
        """Everyone of a workspace whom the directory knows, by user: named himself, else by his user groups."""
        places = self._places(team)
        people = await asyncio.to_thread(self.desk.people)
        named = [each for each in people if each.channel == CHANNEL and each.workspace in places]
        named.sort(key=lambda each: places.index(each.workspace))
        found: dict[str, Colleague] = {}
        for each in named:
            found.setdefault(each.user, each.colleague)
        groups = await self._groups(team)
        for user in sorted({user for _, members in groups for user in members} - set(found)):
            if grouped := _by_groups(groups, team, user):
                found[user] = grouped
        return found

    def _places(self, team: str) -> tuple[str, ...]:
        return (team, "") if self.any_workspace else (team,)

    async def _groups(self, team: str) -> Groups:
        groups = [
            each
            for place in self._places(team)
            for each in await asyncio.to_thread(self.desk.user_groups, CHANNEL, place)
        ]
        return [(each, await self._members_of(team, each.group)) for each in groups]

    async def _members_of(self, team: str, group: str) -> frozenset[str]:
        until, members = self._members.get((team, group), (0.0, frozenset[str]()))
        if until < time.monotonic():
            try:
                client: AsyncWebClient = await self.client_for(team)
                response = await client.usergroups_users_list(usergroup=group)
                members = frozenset(response.get("users") or ())
            except SlackApiError:
                members = frozenset()
            self._members[team, group] = (time.monotonic() + GROUPS_FOR, members)
        return members


def _by_groups(groups: Groups, team: str, user: str) -> Colleague | None:
    mine = [group for group, members in groups if user in members]
    if not mine:
        return None
    roles = tuple(dict.fromkeys(role for each in mine for role in each.roles))
    department = next((each.department for each in mine if each.department), None)
    return Colleague(f"{CHANNEL}:{team}:{user}", roles, department=department)
