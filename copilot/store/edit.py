"""One transaction of changes to an organisation's knowledge: versions are only ever added."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from copilot.domain import KnowledgeEntry, Mandate, Solution, Status, Version
from copilot.store.statements import insert_all, upsert
from copilot.store.tables import changes, entries, organisations, versions

Standing = Mapping[str, Any]
"""A row of the table of entries."""


class Edit:
    """Gathers changes under the organisation's lock; `store` writes them with one new revision."""

    def __init__(self, connection: Connection, organisation: str, by: str, at: datetime) -> None:
        self.connection = connection
        self.organisation = organisation
        self.by = by
        self.at = at
        self.revision = self._lock() + 1
        self._entries: dict[str, Standing] = {}
        self._versions: list[dict[str, Any]] = []
        self._notes: list[dict[str, Any]] = []

    def _lock(self) -> int:
        """Whoever else edits this organisation waits here, so that revisions and numbers follow each other."""
        mine = select(organisations.c.revision).where(organisations.c.id == self.organisation)
        return self.connection.execute(mine.with_for_update()).scalar_one()

    def standing(self, entry: str) -> Standing | None:
        chosen = select(entries).where(entries.c.organisation == self.organisation, entries.c.id == entry)
        row = self.connection.execute(chosen).mappings().one_or_none()
        return dict(row) if row else None

    def all_standing(self) -> dict[str, Standing]:
        rows = self.connection.execute(select(entries).where(entries.c.organisation == self.organisation)).mappings()
        return {row["id"]: dict(row) for row in rows}

    def version(self, entry: str, number: int) -> dict[str, Any]:
        each = versions.c
        mine = (each.organisation == self.organisation, each.entry == entry, each.number == number)
        return dict(self.connection.execute(select(versions).where(*mine)).mappings().one())

    def draft(self, standing: Standing | None, entry: KnowledgeEntry, text: str, *, note: str = "") -> Version:
        """Adds a proposal; what stands goes on answering."""
        version = self._add(standing, entry.id, Status.DRAFT, text, note=note)
        if standing is None or standing["status"] == Status.DRAFT:
            row = {**_fresh(self.organisation, entry.id, standing), **columns_of(entry, text)}
            row |= {"version": version.number, "status": Status.DRAFT.value}
        else:
            row = dict(standing)
        self._put({**row, "draft": version.number, "latest": version.number})
        return version

    def put(
        self,
        standing: Standing | None,
        entry: KnowledgeEntry,
        text: str,
        status: Status = Status.PUBLISHED,
        *,
        path: str | None = None,
        imported: bool = False,
        closes_draft: bool = True,
        approved_by: str | None = None,
        note: str = "",
    ) -> Version:
        """Adds a version that counts from now on, in this status."""
        version = self._add(
            standing, entry.id, status, text, path=path, imported=imported, approved_by=approved_by, note=note
        )
        row = {**_fresh(self.organisation, entry.id, standing), **columns_of(entry, text)}
        row |= {"version": version.number, "latest": version.number, "status": status.value}
        if status is Status.DRAFT or closes_draft:
            row["draft"] = version.number if status is Status.DRAFT else None
        if imported:
            row |= {"path": path, "imported_hash": row["content_hash"], "settled_hash": row["content_hash"]}
        self._put(row)
        return version

    def turn(self, standing: Standing, status: Status, *, approved_by: str | None = None, note: str = "") -> Version:
        """Adds a version with the text that stands, in another status; retiring closes an open draft."""
        text = self.version(standing["id"], standing["version"])["text"]
        version = self._add(standing, standing["id"], status, text, approved_by=approved_by, note=note)
        row = {**standing, "version": version.number, "latest": version.number, "status": status.value}
        self._put({**row, "draft": version.number if status is Status.DRAFT else None})
        return version

    def amend(self, standing: Standing, **values: Any) -> None:
        """Changes what is kept about an entry besides its versions, on top of what this edit already did to it."""
        self._entries[standing["id"]] = {**self._entries.get(standing["id"], standing), **values}

    def note(self, what: str, subject: str, *, version: int | None = None, note: str = "") -> None:
        self._notes.append({"what": what, "subject": subject, "version": version, "note": note})

    def store(self) -> int:
        """Writes all of it; the organisation's revision afterwards, a new one only if there is something to note."""
        stamp = {"organisation": self.organisation, "by": self.by, "at": self.at}
        upsert(self.connection, entries, [*self._entries.values()], ("organisation", "id"))
        insert_all(self.connection, versions, self._versions)
        insert_all(self.connection, changes, [{**each, **stamp} for each in self._notes])
        if not self._notes:
            return self.revision - 1
        mine = organisations.c.id == self.organisation
        self.connection.execute(update(organisations).where(mine).values(revision=self.revision))
        return self.revision

    def _add(
        self,
        standing: Standing | None,
        entry: str,
        status: Status,
        text: str,
        *,
        path: str | None = None,
        imported: bool = False,
        approved_by: str | None = None,
        note: str = "",
    ) -> Version:
        version = Version(
            entry=entry,
            number=standing["latest"] + 1 if standing else 1,
            status=status,
            text=text,
            path=path,
            by=self.by,
            at=self.at,
            approved_by=approved_by,
            note=note,
        )
        row = {each.name: getattr(version, each.name) for each in fields(version)}
        beside = {"organisation": self.organisation, "base": _base(standing), "imported": imported}
        self._versions.append({**row, **beside, "status": status.value})
        self.note(f"entry.{status.value}", entry, version=version.number, note=note)
        return version

    def _put(self, row: Standing) -> None:
        self._entries[row["id"]] = {**row, "changed": self.revision}


def columns_of(entry: KnowledgeEntry, text: str) -> dict[str, Any]:
    """What the table of entries repeats of the text, to select and to search on."""
    told = {"questions": entry.questions, "tags": entry.tags, "body": entry.body, "details": [*_details(entry)]}
    return {
        "kind": entry.kind.value,
        "title": entry.title,
        "owner": entry.owner,
        "department": entry.department,
        "audience": json.dumps(entry.audience),
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "review_by": entry.review_by,
        "searchable": json.dumps(told),
        "content_hash": hash_of(text),
    }


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _fresh(organisation: str, entry: str, standing: Standing | None) -> dict[str, Any]:
    nothing = dict.fromkeys(("draft", "path", "imported_hash", "settled_hash"))
    return dict(standing) if standing else {"organisation": organisation, "id": entry, **nothing}


def _base(standing: Standing | None) -> int:
    """The version that counted before; 0 while none did."""
    return standing["version"] if standing and standing["status"] != Status.DRAFT else 0


def _details(entry: KnowledgeEntry) -> Iterator[str]:
    if isinstance(entry, Mandate):
        yield entry.action
        for fact in entry.facts:
            yield from (
                fact.ask,
                *fact.yes,
                *fact.no,
                *fact.values,
                *(word for words in fact.values.values() for word in words),
            )
        for rule in entry.rules:
            yield from (text for text in (rule.may, rule.because) if text)
    if isinstance(entry, Solution):
        wishes = (entry.customer.wants, entry.customer.worries, entry.customer.delight, entry.say)
        yield from (text for text in wishes if text)
        yield from (step.do for step in entry.steps)
