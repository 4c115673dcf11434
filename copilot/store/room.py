"""What every part of the store stands on: the open database, the active organisation, the clock, the audit trail."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Row, func, insert, or_, select

from copilot.errors import StoreError
from copilot.messages import store
from copilot.store import tables
from copilot.store.database import Database
from copilot.store.parsed import ParsedEntries, ReadEntry
from copilot.store.schema import bring_up_to_date


class Room:
    """Opens by itself on first use; `with` closes it."""

    def __init__(
        self,
        url: str,
        *,
        read_entry: ReadEntry,
        organisation: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`organisation`: the id or name of the active one; None = the one that was imported last."""
        self._address = url
        self._parsed = ParsedEntries(read_entry)
        self._wanted = organisation
        self._now = now
        self._database: Database | None = None
        self._opening = Lock()

    def open(self) -> Self:
        """Makes the database or brings it up to date where needed.

        Raises StoreError when it cannot be used, with what to do.
        """
        with self._opening:
            if self._database is None:
                database = Database(self._address)
                try:
                    bring_up_to_date(database)
                except BaseException:
                    database.close()
                    raise
                self._database = database
        return self

    def close(self) -> None:
        with self._opening:
            if self._database is not None:
                self._database.close()
                self._database = None

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def database(self) -> Database:
        if self._database is None:
            self.open()
        assert self._database is not None
        return self._database

    # ------------------------------------------------------------------------------------ organisation

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, str]]:
        """A read transaction, with the active organisation's id. Raises StoreError where there is none."""
        with self.database.read() as connection:
            yield connection, self._active(connection).id

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, str]]:
        with self.database.write() as connection:
            yield connection, self._active(connection).id

    def _active(self, connection: Connection) -> Row[Any]:
        row = self._active_or_none(connection)
        if row is not None:
            return row
        known = connection.scalars(select(tables.organisations.c.name)).all()
        if self._wanted is None or not known:
            raise StoreError(store.NOTHING_KNOWN)
        raise StoreError(store.UNKNOWN_ORGANISATION, organisation=self._wanted, known=", ".join(known))

    def _active_or_none(self, connection: Connection) -> Row[Any] | None:
        each = tables.organisations.c
        chosen = select(each.id, each.revision, each.salt).order_by(each.import_order.desc()).limit(1)
        if self._wanted is not None:
            chosen = chosen.where(or_(each.id == self._wanted, func.lower(each.name) == self._wanted.lower()))
        return connection.execute(chosen).one_or_none()

    # ----------------------------------------------------------------------------------------- writing

    def _note(
        self,
        connection: Connection,
        organisation: str,
        by: str,
        what: str,
        subject: str,
        *,
        version: int | None = None,
        note: str = "",
    ) -> None:
        """One line in the audit trail."""
        values = {"organisation": organisation, "at": self._now(), "by": by, "what": what, "subject": subject}
        connection.execute(insert(tables.changes).values(**values, version=version, note=note))


def new_salt() -> str:
    return secrets.token_hex(32)
