"""Statements that say the same on SQLite and PostgreSQL, in portions that both take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
Row = Mapping[str, Any]

MOST_IN_ONE_STATEMENT: Final = 500


def in_portions(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists that fit into one statement."""
    waiting = iter(values)
    while portion := list(islice(waiting, MOST_IN_ONE_STATEMENT)):
        yield portion


def upsert(connection: Connection, table: Table, rows: Sequence[Row], keys: tuple[str, ...]) -> None:
    """Inserts the rows; those whose keys exist get the new values instead."""
    for portion in in_portions(rows):
        statement = _insert(connection, table)
        fresh = {name: statement.excluded[name] for name in portion[0] if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh), portion)


def insert_once(connection: Connection, table: Table, row: Row, keys: tuple[str, ...]) -> bool:
    """Inserts the row unless its keys exist; whether it did."""
    statement = _insert(connection, table).values(**row).on_conflict_do_nothing(index_elements=keys)
    return connection.execute(statement.returning(table.c[keys[-1]])).first() is not None


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    for portion in in_portions(rows):
        connection.execute(table.insert(), portion)


def _insert(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
