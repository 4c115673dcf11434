"""One database, SQLite or PostgreSQL, with its two kinds of transactions and its faults in plain words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from copilot.errors import StoreError
from copilot.messages import Text, store

BUSY_SECONDS: Final = 20
"""How long a write waits for another process; the largest import seen took a fraction of it."""
CONNECT_SECONDS: Final = 10
CONNECTIONS: Final = 10
MORE_CONNECTIONS: Final = 20
_WAL_ATTEMPTS: Final = 200

_SQLITE_FAULTS: Final[tuple[tuple[str, Text], ...]] = (
    ("SQLITE_FULL", store.FULL),
    ("SQLITE_BUSY", store.BUSY),
    ("SQLITE_LOCKED", store.BUSY),
    ("SQLITE_READONLY", store.READ_ONLY),
    ("SQLITE_CANTOPEN", store.CANNOT_OPEN),
    ("SQLITE_PERM", store.CANNOT_OPEN),
    ("SQLITE_NOTADB", store.NOT_A_DATABASE),
    ("SQLITE_CORRUPT", store.NOT_A_DATABASE),
)
_POSTGRES_FAULTS: Final[tuple[tuple[str, Text], ...]] = (
    ("53100", store.FULL),
    ("53", store.BUSY),
    ("55P03", store.BUSY),
    ("57014", store.BUSY),
    ("40", store.BUSY),
    ("25006", store.NO_RIGHT),
    ("42501", store.NO_RIGHT),
    ("08", store.AWAY),
    ("28", store.AWAY),
    ("3D", store.AWAY),
    ("57P", store.AWAY),
)
"""Beginnings of SQLSTATE codes (PostgreSQL manual, appendix A)."""


class Database:
    """Reads and writes in transactions. Every fault comes out as a StoreError that says what to do."""

    def __init__(self, url: str) -> None:
        self._url = _known_url(url)
        self.where = self._url.database or ":memory:" if self.is_sqlite else self._url.render_as_string()
        self._turn: AbstractContextManager[Any] = RLock() if self._in_memory else nullcontext()
        # One writes at a time in SQLite. Who waits in line is next at once; SQLite itself would let him sleep and try.
        self._line: AbstractContextManager[Any] = RLock() if self.is_sqlite else nullcontext()
        self.engine = self._engine()

    @property
    def is_sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    @property
    def _in_memory(self) -> bool:
        return self.is_sqlite and self._url.database in (None, "", ":memory:")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment, whatever others write meanwhile."""
        with self._turn, self._in_plain_words(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is stored whole, on disk, when the block ends; or not at all."""
        with self._turn, self._line, self._in_plain_words(), self.engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def tidy(self) -> None:
        """Empties SQLite's write-ahead log, so that no erased text lingers in it."""
        if self.is_sqlite and not self._in_memory:
            with self._in_plain_words(), self.engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    def close(self) -> None:
        self.engine.dispose()

    # --------------------------------------------------------------------------------------- connecting

    def _engine(self) -> Engine:
        if not self.is_sqlite:
            return create_engine(
                self._url,
                pool_pre_ping=True,
                pool_size=CONNECTIONS,
                max_overflow=MORE_CONNECTIONS,
                connect_args={"connect_timeout": CONNECT_SECONDS},
            )
        if self._in_memory:
            engine = create_engine(self._url, poolclass=StaticPool, connect_args={"check_same_thread": False})
        else:
            if not str(self._url.database).startswith("file:"):
                _make_folder(Path(str(self._url.database)))
            engine = create_engine(self._url, pool_size=CONNECTIONS, max_overflow=MORE_CONNECTIONS)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self._fault(error) from error
        except PoolExhausted as error:
            raise StoreError(store.BUSY, where=self.where) from error

    def _fault(self, error: DBAPIError) -> StoreError:
        # The error's own text holds the values of the statement: what people asked. Only the driver's is told.
        told = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
        return StoreError(_message(error), where=self.where, fault=told[0])


def _known_url(url: str) -> URL:
    """The address with the driver that we ship. Raises StoreError for any other database."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreError(store.WRONG_URL, url=_without_password(url)) from error
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(store.WRONG_URL, url=parsed.render_as_string())
    return parsed.set(drivername="sqlite")


def _without_password(url: str) -> str:
    return url.rsplit("@", 1)[-1]


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(store.NO_FOLDER, folder=path.parent, fault=error.strerror) from error
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise StoreError(store.READ_ONLY, where=path)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    for attempt in range(_WAL_ATTEMPTS):
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as fault:
            # SQLite does not wait for this one: two processes that make a database together meet here.
            if not fault.sqlite_errorname.startswith("SQLITE_BUSY") or attempt == _WAL_ATTEMPTS - 1:
                raise
            time.sleep(BUSY_SECONDS / _WAL_ATTEMPTS)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _message(error: DBAPIError) -> Text:
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", "")
        return next((text for start, text in _SQLITE_FAULTS if name.startswith(start)), store.REFUSED)
    code = getattr(error.orig, "sqlstate", None)
    if code is None:  # the server said nothing: it was never reached, or went away
        return store.AWAY if isinstance(error, (OperationalError, InterfaceError)) else store.REFUSED
    return next((text for start, text in _POSTGRES_FAULTS if code.startswith(start)), store.REFUSED)
