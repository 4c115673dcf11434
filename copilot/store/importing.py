"""Packs in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from copilot.domain import Organisation, Status
from copilot.domain_json import dump, load
from copilot.errors import Clash, Conflict, StoreError
from copilot.messages import store
from copilot.packs import ImportReport, Pack, PackEntry, PackFile
from copilot.store.edit import Edit
from copilot.store.editing import EditingRoom
from copilot.store.merge import Merge
from copilot.store.room import new_salt
from copilot.store.statements import insert_all, insert_once
from copilot.store.tables import entries, organisations, pack_files, storable, versions

SHOWN_IN_ERROR: Final = 5


class ImportingRoom(EditingRoom):
    """All or nothing, and nothing twice."""

    def import_pack(self, pack: Pack, by: str, choose: str | None = None) -> ImportReport:
        """Takes a checked pack in, and makes its organisation the active one.

        What was changed in chat or on the web stays. Where its file changed as well, Conflict holds both texts
        and nothing is stored, unless `choose` says who wins: `theirs` (the pack) or `ours` (the database).
        Entries that left the pack are retired; entries that never came from it are left alone.
        """
        offered = _by_id(pack)
        _check_storable(pack)
        with self.database.write() as connection:
            organisation_changed = self._take_in_organisation(connection, pack)
            merge = Merge(Edit(connection, pack.organisation.id, by, self._now()), choose)
            self._compare(merge, offered)
            if merge.clashes and choose is None:
                raise _conflict(merge.clashes)
            _take_in_files(connection, pack)
            if organisation_changed:
                merge.edit.note("organisation.imported", pack.organisation.id)
            revision = merge.edit.store()
        self._parsed.keep(pack.organisation.id, merge.taken)  # read from files just now: no need to parse again
        return _report(pack.organisation, revision, merge, organisation_changed)

    def export(self, *, drafts: bool = False) -> Pack:
        """The active organisation's knowledge as a pack; with `drafts` open drafts in place of what they change.

        What was imported and not changed since comes out byte for byte, at its own path.
        """
        with self._reading() as (connection, organisation):
            row = connection.execute(select(organisations).where(organisations.c.id == organisation)).one()
            files = tuple(_files(connection, organisation))
            taken = {each.path for each in files}
            return Pack(
                organisation=load(Organisation, row.value),
                organisation_text=row.text,
                entries=tuple(self._exported(each, taken) for each in _shown(connection, organisation, drafts)),
                files=files,
            )

    def _compare(self, merge: Merge, offered: Mapping[str, PackEntry]) -> None:
        stands = merge.edit.all_standing()
        for entry, each in offered.items():
            merge.present(stands.get(entry), each)
        for entry in sorted(stands.keys() - offered.keys()):
            merge.absent(stands[entry])

    def _take_in_organisation(self, connection: Connection, pack: Pack) -> bool:
        """Makes it the active one; whether it differs from what was stored."""
        order = connection.execute(select(func.coalesce(func.max(organisations.c.import_order), 0))).scalar_one() + 1
        given = pack.organisation
        told = {"name": given.name, "text": pack.organisation_text, "value": dump(given)}
        stamp = {"imported_at": self._now(), "import_order": order}
        fresh = {"id": given.id, "revision": 0, "salt": new_salt()}
        if insert_once(connection, organisations, {**fresh, **told, **stamp}, ("id",)):
            return True
        mine = organisations.c.id == given.id
        chosen = select(organisations.c.name, organisations.c.text, organisations.c.value).where(mine)
        before = connection.execute(chosen.with_for_update()).mappings().one()
        connection.execute(update(organisations).where(mine).values(**told, **stamp))
        return dict(before) != told

    def _exported(self, row: Row[Any], taken: set[str]) -> PackEntry:
        path = _free(row.path or f"{row.kind}/{row.id}.md", taken)
        taken.add(path)
        return PackEntry(self._parsed.read(row.text, row.number, Status(row.status)), row.text, path)


def _by_id(pack: Pack) -> Mapping[str, PackEntry]:
    found: dict[str, PackEntry] = {}
    for each in pack.entries:
        first = found.setdefault(each.entry.id, each)
        if first is not each:
            raise StoreError(store.TWICE_IN_PACK, entry=each.entry.id, first=first.path, second=each.path)
    return found


def _check_storable(pack: Pack) -> None:
    """Text is kept to the letter, so what no database keeps is refused rather than mended."""
    texts = {each.path: each.text for each in pack.entries} | {each.path: each.text for each in pack.files}
    for path, text in (("organisation.yaml", pack.organisation_text), *texts.items()):
        if storable(text) != text:
            raise StoreError(store.NOT_STORABLE, path=path)


def _conflict(clashes: list[Clash]) -> Conflict:
    names = [clash.entry for clash in clashes[:SHOWN_IN_ERROR]]
    shown = ", ".join(names) + (", …" if len(clashes) > SHOWN_IN_ERROR else "")
    return Conflict(store.IMPORT_CONFLICT, clashes, count=len(clashes), entries=shown)


def _report(organisation: Organisation, revision: int, merge: Merge, organisation_changed: bool) -> ImportReport:
    return ImportReport(
        organisation=organisation,
        revision=revision,
        new=tuple(merge.new),
        changed=tuple(merge.changed),
        unchanged=tuple(merge.unchanged),
        retired=tuple(merge.retired),
        kept=tuple(merge.kept),
        conflicts=tuple(clash.entry for clash in merge.clashes),
        organisation_changed=organisation_changed,
    )


def _take_in_files(connection: Connection, pack: Pack) -> None:
    organisation = pack.organisation.id
    connection.execute(delete(pack_files).where(pack_files.c.organisation == organisation))
    rows = [{"organisation": organisation, "path": each.path, "text": each.text} for each in pack.files]
    insert_all(connection, pack_files, rows)


def _files(connection: Connection, organisation: str) -> Iterator[PackFile]:
    mine = select(pack_files.c.path, pack_files.c.text).where(pack_files.c.organisation == organisation)
    for row in connection.execute(mine.order_by(pack_files.c.path)):
        yield PackFile(row.path, row.text)


def _shown(connection: Connection, organisation: str, drafts: bool) -> list[Row[Any]]:
    """The text of each entry that goes into an export; those with a path of their own first, to keep it."""
    entry, version = entries.c, versions.c
    number = func.coalesce(entry.draft, entry.version) if drafts else entry.version
    wanted = [entry.status == Status.PUBLISHED.value, *([entry.draft.is_not(None)] if drafts else [])]
    same = and_(version.organisation == entry.organisation, version.entry == entry.id, version.number == number)
    chosen = select(entry.id, entry.path, entry.kind, version.number, version.status, version.text)
    chosen = chosen.join(versions, same).where(entry.organisation == organisation, or_(*wanted))
    return list(connection.execute(chosen.order_by(entry.path.is_(None), entry.path, entry.id)))


def _free(path: str, taken: set[str]) -> str:
    """The path, or the first like it that no other file of the pack has."""
    stem, dot, end = path.rpartition(".")
    free, number = path, 2
    while free in taken:
        free, number = f"{stem}-{number}{dot}{end}", number + 1
    return free
