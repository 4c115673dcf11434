"""The directory: who is who in which chat service, with which roles; and a few settings kept with the knowledge."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Row, delete, select

from copilot.domain import Colleague
from copilot.records import Change, Listing, UserGroup
from copilot.store.room import Room
from copilot.store.statements import upsert
from copilot.store.tables import changes, colleagues, kept_settings, key, user_groups

_PLACE: Final = ("organisation", "channel", "workspace")


class DirectoryRoom(Room):
    """Roles come from here, never from a message."""

    def colleague(self, channel: str, user: str, workspace: str = "") -> Colleague | None:
        """Who a user of a chat service is; None for somebody the directory does not know."""
        each = colleagues.c
        with self._reading() as (connection, organisation):
            mine = (each.organisation == organisation, each.channel == key(channel), each.workspace == key(workspace))
            row = connection.execute(select(colleagues).where(*mine, each.user_id == key(user))).one_or_none()
            return _colleague(row) if row else None

    def people(self) -> tuple[Listing, ...]:
        each = colleagues.c
        with self._reading() as (connection, organisation):
            chosen = select(colleagues).where(each.organisation == organisation)
            rows = connection.execute(chosen.order_by(each.channel, each.workspace, each.user_id))
            return tuple(Listing(row.channel, row.user_id, _colleague(row), row.workspace) for row in rows)

    def put_people(self, listings: Iterable[Listing], by: str) -> int:
        """Adds or replaces colleagues, all or none; how many are new or different."""
        given = {(each.channel, each.user, each.workspace): each for each in listings}
        with self._writing() as (connection, organisation):
            chosen = select(colleagues).where(colleagues.c.organisation == organisation)
            stored = {(row.channel, row.user_id, row.workspace): _colleague(row) for row in connection.execute(chosen)}
            news = [each for place, each in given.items() if stored.get(_keys(*place)) != each.colleague]
            rows = [_row(organisation, each) for each in news]
            upsert(connection, colleagues, rows, (*_PLACE, "user_id"))
            for each in news:
                self._note(connection, organisation, by, "colleague.put", each.colleague.id, note=_told(each.colleague))
            return len(news)

    def put_colleague(self, channel: str, user: str, colleague: Colleague, by: str, workspace: str = "") -> None:
        self.put_people([Listing(channel, user, colleague, workspace)], by)

    def remove_colleague(self, channel: str, user: str, by: str, workspace: str = "") -> bool:
        """Whether he was there."""
        each = colleagues.c
        with self._writing() as (connection, organisation):
            mine = (each.organisation == organisation, each.channel == key(channel), each.workspace == key(workspace))
            gone = connection.execute(delete(colleagues).where(*mine, each.user_id == key(user))).rowcount
            if gone:
                self._note(connection, organisation, by, "colleague.removed", user)
            return gone > 0

    def user_groups(self, channel: str, workspace: str = "") -> tuple[UserGroup, ...]:
        each = user_groups.c
        with self._reading() as (connection, organisation):
            mine = (each.organisation == organisation, each.channel == key(channel), each.workspace == key(workspace))
            rows = connection.execute(select(user_groups).where(*mine).order_by(each.group_id))
            return tuple(_group(row) for row in rows)

    def put_user_group(self, group: UserGroup, by: str) -> None:
        place = {"channel": group.channel, "workspace": group.workspace, "group_id": group.group}
        row = {**place, "roles": json.dumps(group.roles), "department": group.department}
        with self._writing() as (connection, organisation):
            upsert(connection, user_groups, [{**row, "organisation": organisation}], (*_PLACE, "group_id"))
            self._note(connection, organisation, by, "user_group.put", group.group, note=", ".join(group.roles))

    def setting(self, name: str) -> str | None:
        """A setting that people change while the program runs, such as the day of the weekly report."""
        with self._reading() as (connection, organisation):
            mine = (kept_settings.c.organisation == organisation, kept_settings.c.name == name)
            return connection.execute(select(kept_settings.c.value).where(*mine)).scalar_one_or_none()

    def put_setting(self, name: str, value: str, by: str) -> None:
        with self._writing() as (connection, organisation):
            row = {"organisation": organisation, "name": name, "value": value}
            upsert(connection, kept_settings, [row], ("organisation", "name"))
            self._note(connection, organisation, by, "setting.put", name)

    def changes(self, limit: int = 100, subject: str | None = None) -> tuple[Change, ...]:
        """The audit trail, newest first: who changed what, when."""
        with self._reading() as (connection, organisation):
            chosen = select(changes).where(changes.c.organisation == organisation)
            if subject is not None:
                chosen = chosen.where(changes.c.subject == subject)
            rows = connection.execute(chosen.order_by(changes.c.number.desc()).limit(limit))
            return tuple(Change(row.at, row.by, row.what, row.subject, row.version, row.note) for row in rows)


def _colleague(row: Row[Any]) -> Colleague:
    roles = tuple(json.loads(row.roles))
    return Colleague(row.id, roles, name=row.name, department=row.department, language=row.language)


def _row(organisation: str, listing: Listing) -> dict[str, Any]:
    colleague = listing.colleague
    return {
        "organisation": organisation,
        "channel": listing.channel,
        "workspace": listing.workspace,
        "user_id": listing.user,
        "id": colleague.id,
        "roles": json.dumps(colleague.roles),
        "name": colleague.name,
        "department": colleague.department,
        "language": colleague.language,
    }


def _keys(channel: str, user: str, workspace: str) -> tuple[str, str, str]:
    return key(channel), key(user), key(workspace)


def _told(colleague: Colleague) -> str:
    return ", ".join((*colleague.roles, *([colleague.department] if colleague.department else [])))


def _group(row: Row[Any]) -> UserGroup:
    return UserGroup(row.channel, row.group_id, tuple(json.loads(row.roles)), row.department, row.workspace)
