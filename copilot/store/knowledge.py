"""Reading knowledge: entries as they stand, those that may answer, what an index must hold, and history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, false, or_, select

from copilot.domain import Kind, KnowledgeEntry, Organisation, Status, Version
from copilot.domain_json import load
from copilot.packs import Searchable
from copilot.store.parsed import Which
from copilot.store.room import Room
from copilot.store.statements import in_portions
from copilot.store.tables import entries, organisations, versions


class KnowledgeRoom(Room):
    """Never gives an entry that another organisation owns."""

    def organisation(self) -> Organisation:
        """The active organisation. Raises StoreError while no knowledge was imported."""
        with self._reading() as (connection, organisation):
            return load(Organisation, _value_of(connection, organisation))

    def organisations(self) -> tuple[Organisation, ...]:
        """All that are known, the one that was imported last first."""
        with self.database.read() as connection:
            values = connection.scalars(select(organisations.c.value).order_by(organisations.c.import_order.desc()))
            return tuple(load(Organisation, value) for value in values)

    def revision(self) -> int:
        """Rises with every change of the active organisation's knowledge; 0 while there is none."""
        with self.database.read() as connection:
            active = self._active_or_none(connection)
            return active.revision if active else 0

    def entries(
        self, ids: Iterable[str] | None = None, statuses: Sequence[Status] = (Status.PUBLISHED,)
    ) -> list[KnowledgeEntry]:
        """Entries as they stand, by id. DRAFT gives open drafts, also those on top of a published version."""
        with self.database.read() as connection:
            active = self._active_or_none(connection)
            if active is None:
                return []
            which = sorted(_standing(connection, active.id, ids, statuses))
            found = self._parsed.load(connection, active.id, which)
            return [found[entry, version] for entry, version, _ in which if (entry, version) in found]

    def living(self, ids: Iterable[str], covered_roles: frozenset[str], on: date) -> dict[str, KnowledgeEntry]:
        """Those of the entries that may answer: published, valid on the day and visible to these roles.

        `covered_roles` is what Organisation.covered_by gives. The order of `ids` is kept.
        """
        ids = list(dict.fromkeys(ids))
        with self.database.read() as connection:
            active = self._active_or_none(connection)
            if active is None:
                return {}
            visible = {
                row.id: row.version
                for portion in in_portions(ids)
                for row in connection.execute(_valid(active.id, portion, on))
                if _visible(row.audience, covered_roles)
            }
            found = self._parsed.load(
                connection, active.id, [(each, visible[each], Status.PUBLISHED) for each in visible]
            )
            return {each: found[each, visible[each]] for each in ids if (each, visible.get(each)) in found}

    def searchable(self, after: int = 0, batch: int = 1000) -> Iterator[list[Searchable]]:
        """What changed after a revision, oldest change first; what no longer answers comes as a tombstone.

        Between batches nothing is held open, and an entry that changes meanwhile comes (again) at the end.
        """
        last: str | None = None
        while True:
            with self.database.read() as connection:
                active = self._active_or_none(connection)
                rows = connection.execute(_changed(active.id, after, last).limit(batch)).all() if active else []
            if not rows:
                return
            yield [_searchable(row) for row in rows]
            after, last = rows[-1].changed, rows[-1].id

    def history(self, entry: str) -> list[Version]:
        """Every version that was ever stored, oldest first; none for an entry that never was."""
        with self._reading() as (connection, organisation):
            rows = connection.execute(_versions_of(organisation, entry).order_by(versions.c.number))
            return [version_of(row) for row in rows]

    def version(self, entry: str, number: int | None = None) -> Version | None:
        """One version of an entry; without a number the one that stands."""
        with self._reading() as (connection, organisation):
            chosen = _versions_of(organisation, entry)
            if number is None:
                current = (entries.c.organisation == organisation, entries.c.id == entry)
                chosen = chosen.where(versions.c.number == select(entries.c.version).where(*current).scalar_subquery())
            else:
                chosen = chosen.where(versions.c.number == number)
            row = connection.execute(chosen).one_or_none()
            return version_of(row) if row else None


def version_of(row: Row[Any]) -> Version:
    return Version(
        entry=row.entry,
        number=row.number,
        status=Status(row.status),
        text=row.text,
        path=row.path,
        by=row.by,
        at=row.at,
        approved_by=row.approved_by,
        note=row.note,
    )


def _value_of(connection: Connection, organisation: str) -> str:
    return connection.execute(select(organisations.c.value).where(organisations.c.id == organisation)).scalar_one()


def _standing(
    connection: Connection, organisation: str, ids: Iterable[str] | None, statuses: Sequence[Status]
) -> Iterator[Which]:
    each = entries.c
    in_force = [status.value for status in statuses if status is not Status.DRAFT]
    drafts = each.draft.is_not(None) if Status.DRAFT in statuses else false()
    chosen = select(each.id, each.version, each.draft, each.status).where(
        each.organisation == organisation, or_(each.status.in_(in_force), drafts)
    )
    portions = (
        [chosen] if ids is None else [chosen.where(each.id.in_(part)) for part in in_portions(dict.fromkeys(ids))]
    )
    for portion in portions:
        for row in connection.execute(portion):
            if row.status in in_force:
                yield row.id, row.version, Status(row.status)
            if Status.DRAFT in statuses and row.draft is not None:
                yield row.id, row.draft, Status.DRAFT


def _valid(organisation: str, ids: Sequence[str], on: date) -> Select[Any]:
    each = entries.c
    return select(each.id, each.version, each.audience).where(
        each.organisation == organisation,
        each.id.in_(ids),
        each.status == Status.PUBLISHED.value,
        or_(each.valid_from.is_(None), each.valid_from <= on),
        or_(each.valid_until.is_(None), each.valid_until >= on),
    )


def _visible(audience: str, covered_roles: frozenset[str]) -> bool:
    roles = json.loads(audience)
    return not roles or not covered_roles.isdisjoint(roles)


def _changed(organisation: str, after: int, last: str | None) -> Select[Any]:
    """What changed after a revision; with `last`, also what of that revision comes after that entry."""
    each = entries.c
    later = each.changed > after
    if last is not None:
        later = or_(later, and_(each.changed == after, each.id > last))
    return select(entries).where(each.organisation == organisation, later).order_by(each.changed, each.id)


def _searchable(row: Row[Any]) -> Searchable:
    told = json.loads(row.searchable)
    return Searchable(
        id=row.id,
        version=row.version,
        status=Status(row.status),
        kind=Kind(row.kind),
        title=row.title,
        questions=tuple(told["questions"]),
        tags=tuple(told["tags"]),
        body=told["body"],
        details=tuple(told["details"]),
        audience=tuple(json.loads(row.audience)),
        department=row.department,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        content_hash=row.content_hash,
        revision=row.changed,
    )


def _versions_of(organisation: str, entry: str) -> Select[Any]:
    return select(versions).where(versions.c.organisation == organisation, versions.c.entry == entry)
