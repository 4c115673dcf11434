"""Changing one entry at a time: what chat and the console do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from copilot.domain import Status, Version
from copilot.errors import Clash, Conflict, UsageError
from copilot.messages import store
from copilot.store.edit import Edit, Standing
from copilot.store.knowledge import KnowledgeRoom
from copilot.store.tables import storable


class EditingRoom(KnowledgeRoom):
    """Every change is a new version with who, when and why; nothing is ever overwritten."""

    def save_version(
        self,
        entry_text: str,
        by: str,
        status: Status = Status.DRAFT,
        approved_by: str | None = None,
        note: str = "",
        *,
        expected: int | None = None,
    ) -> Version:
        """Stores a text as the newest version of the entry that it names; the same text again stores nothing.

        `expected`: the version that the author started from (0 = none yet). Raises Conflict with both texts
        when that is no longer the newest, KnowledgeError when the text cannot be read.
        """
        entry_text = storable(entry_text)
        entry = self._parsed.read(entry_text, 0, status)
        with self._editing(by) as edit:
            standing = edit.standing(entry.id)
            newest = _newest(edit, standing)
            if newest and newest.text == entry_text and newest.status is status:
                return newest
            if expected is not None and expected != (newest.number if newest else 0):
                raise _conflict(entry.id, newest, entry_text)
            if status is Status.DRAFT:
                return edit.draft(standing, entry, entry_text, note=note)
            settles = newest is not None and (expected is not None or newest.text == entry_text)
            return edit.put(
                standing, entry, entry_text, status, closes_draft=settles, approved_by=approved_by, note=note
            )

    def set_status(
        self, entry: str, status: Status, by: str, approved_by: str | None = None, note: str = ""
    ) -> Version:
        """Publishes an open draft or a retired entry, retires an entry, or takes it back to draft.

        Raises Conflict when a draft rests on a version that no longer counts, UsageError for an unknown entry.
        """
        with self._editing(by) as edit:
            standing = _known(edit, entry)
            if status is Status.PUBLISHED and standing["draft"] is not None:
                return self._publish_draft(edit, standing, approved_by, note)
            if standing["status"] == status:
                newest = _newest(edit, {**standing, "draft": None})
                assert newest is not None
                return newest
            return edit.turn(standing, status, approved_by=approved_by, note=note)

    def discard_draft(self, entry: str, by: str, note: str = "") -> None:
        """Declines an open draft; it stays in the history. An entry that was never published is retired."""
        with self._editing(by) as edit:
            standing = _known(edit, entry)
            if standing["draft"] is None:
                raise UsageError(store.NO_DRAFT, entry=entry)
            if standing["status"] == Status.DRAFT:
                edit.turn(standing, Status.RETIRED, note=note)
            else:
                edit.amend(standing, draft=None, changed=edit.revision)
                edit.note("draft.discarded", entry, version=standing["draft"], note=note)

    def _publish_draft(self, edit: Edit, standing: Standing, approved_by: str | None, note: str) -> Version:
        draft = edit.version(standing["id"], standing["draft"])
        if standing["status"] != Status.DRAFT and draft["base"] != standing["version"]:
            raise _conflict(standing["id"], _newest(edit, {**standing, "draft": None}), draft["text"])
        entry = self._parsed.read(draft["text"], draft["number"], Status.PUBLISHED)
        return edit.put(standing, entry, draft["text"], approved_by=approved_by, note=note)

    @contextmanager
    def _editing(self, by: str) -> Iterator[Edit]:
        with self._writing() as (connection, organisation):
            edit = Edit(connection, organisation, by, self._now())
            yield edit
            edit.store()


def _known(edit: Edit, entry: str) -> Standing:
    standing = edit.standing(entry)
    if standing is None:
        raise UsageError(store.NO_ENTRY, entry=entry)
    return standing


def _newest(edit: Edit, standing: Standing | None) -> Version | None:
    """The open draft, else the version that counts."""
    if standing is None:
        return None
    row = edit.version(standing["id"], standing["draft"] or standing["version"])
    row["status"] = Status(row["status"])
    return Version(**{name: value for name, value in row.items() if name not in ("organisation", "base", "imported")})


def _conflict(entry: str, stored: Version | None, offered: str) -> Conflict:
    return Conflict(store.EDIT_CONFLICT, [Clash(entry, stored.text if stored else None, offered)], entry=entry)
