"""Makes the tables in a new database, and brings those of an older one up to date."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select, text

from copilot.errors import StoreError
from copilot.messages import store
from copilot.store.database import Database
from copilot.store.tables import METADATA

HEAD: Final = "0006"
"""The newest migration. It stands here too because loading Alembic to look it up takes a quarter of a second."""

VERSION_TABLE: Final = "heleklant_schema"
"""Not Alembic's own name: a PostgreSQL database may be shared with a program that uses that."""

_LOCK: Final = 0x48454C45
"""A number of our own for PostgreSQL's advisory lock: two programs that start together make the tables once."""


def bring_up_to_date(database: Database) -> None:
    """Raises StoreError for a database of a newer version of the program or of another program."""
    with database.read() as connection:
        if _revision(connection) == HEAD:
            return
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        _mend(connection, database.where)


def _mend(connection: Connection, where: str) -> None:
    revision = _revision(connection)
    if revision == HEAD:
        return
    if inspect(connection).has_table(VERSION_TABLE):
        migrate(connection, revision, where)
    else:
        _make(connection, where)


def _revision(connection: Connection) -> str | None:
    table = _version_table()
    if not inspect(connection).has_table(table.name):
        return None
    return connection.execute(select(table.c.version_num)).scalar_one_or_none()


def _make(connection: Connection, where: str) -> None:
    """Straight from the tables, which is fast; a test holds that the migrations come to the same."""
    for name in inspect(connection).get_table_names():
        if name in METADATA.tables:
            raise StoreError(store.NOT_OURS, where=where, table=name)
    METADATA.create_all(connection, checkfirst=False)
    table = _version_table()
    table.create(connection)
    connection.execute(table.insert().values(version_num=HEAD))


def migrate(connection: Connection, revision: str | None, where: str) -> None:
    """Runs the migrations that the database misses, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "copilot:migrations")
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    try:
        ScriptDirectory.from_config(config).get_revision(revision or "base")
    except CommandError:
        raise StoreError(store.NEWER, where=where, found=revision, known=HEAD) from None
    command.upgrade(config, "head")


def _version_table() -> Table:
    return Table(VERSION_TABLE, MetaData(), Column("version_num", Text, primary_key=True))
