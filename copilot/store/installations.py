"""Workspaces that installed the app, each sealed, and whose turn it is to do what only one may do for a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, select, update

from copilot.store.room import Room
from copilot.store.statements import insert_once, upsert
from copilot.store.tables import installations, key

_KEYS: Final = ("organisation", "channel", "workspace", "person")


class InstallationsRoom(Room):
    """What is sealed here cannot be read with the database alone."""

    def installation(self, channel: str, workspace: str, person: str = "") -> str | None:
        """The sealed installation of a workspace, or of one person in it."""
        with self._reading() as (connection, organisation):
            mine = _row(organisation, channel, workspace, person)
            return connection.scalar(select(installations.c.sealed).where(mine))

    def put_installation(self, channel: str, workspace: str, person: str, sealed: str) -> None:
        with self._writing() as (connection, organisation):
            row = {"organisation": organisation, "channel": channel, "workspace": workspace, "person": person}
            upsert(connection, installations, [{**row, "sealed": sealed, "at": self._now()}], _KEYS)

    def replace_installation(self, channel: str, workspace: str, person: str, old: str, new: str) -> bool:
        """Puts a newer one in the place of an old one; not where that was replaced or removed meanwhile."""
        with self._writing() as (connection, organisation):
            mine = and_(_row(organisation, channel, workspace, person), installations.c.sealed == old)
            return connection.execute(update(installations).where(mine).values(sealed=new)).rowcount == 1

    def remove_installation(self, channel: str, workspace: str, person: str | None = None) -> None:
        """Of one person, or with None of a workspace with all its people."""
        with self._writing() as (connection, organisation):
            connection.execute(delete(installations).where(_row(organisation, channel, workspace, person)))

    def workspaces(self, channel: str) -> Sequence[str]:
        each = installations.c
        with self._reading() as (connection, organisation):
            chosen = select(each.workspace).distinct().where(each.organisation == organisation, each.channel == channel)
            return connection.scalars(chosen.order_by(each.workspace)).all()

    # -------------------------------------------------------------------------------------------- turns

    def take_turn(self, task: str, workspace: str, worker: str, seconds: float) -> bool:
        """Whether this worker alone, of all processes, may do a task for a workspace (or another subject) now.

        Until it gives the turn back, and no longer than so many seconds: one that was killed keeps nobody waiting.
        """
        with self._writing() as (connection, organisation):
            now = self._now()
            each = installations.c
            over = and_(each.organisation == organisation, each.channel == task, each.at <= now)
            connection.execute(delete(installations).where(over))
            row = {"organisation": organisation, "channel": task, "workspace": workspace, "person": ""}
            turn = {"sealed": worker, "at": now + timedelta(seconds=seconds)}
            return insert_once(connection, installations, row | turn, _KEYS)

    def give_turn_back(self, task: str, workspace: str, worker: str) -> None:
        with self._writing() as (connection, organisation):
            mine = and_(_row(organisation, task, workspace, ""), installations.c.sealed == worker)
            connection.execute(delete(installations).where(mine))


def _row(organisation: str, channel: str, workspace: str, person: str | None) -> Any:
    each = installations.c
    place = and_(each.organisation == organisation, each.channel == channel, each.workspace == key(workspace))
    return place if person is None else and_(place, each.person == key(person))
