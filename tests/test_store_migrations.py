"""Migrations: from nothing to the newest, the same as the tables say, on both databases."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from copilot.store import schema
from copilot.store.database import Database
from copilot.store.tables import METADATA
from tests.store_world import store_at, text_of


def migrated(url: str) -> Database:
    database = Database(url)
    with database.write() as connection:
        schema.migrate(connection, None, "here")
    return database


def shape_of(connection: Connection) -> dict[str, Any]:
    """All that a database says about its tables, in an order of our own."""
    inspector = inspect(connection)
    return {
        table: {
            "columns": {
                each["name"]: (str(each["type"]), each["nullable"], each.get("autoincrement"))
                for each in inspector.get_columns(table)
            },
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "indexes": sorted((each["name"] or "", each["column_names"]) for each in inspector.get_indexes(table)),
            "unique": sorted(
                (each["name"] or "", each["column_names"]) for each in inspector.get_unique_constraints(table)
            ),
            "references": sorted(
                (each["constrained_columns"], each["referred_table"], each["options"].get("ondelete") or "")
                for each in inspector.get_foreign_keys(table)
            ),
        }
        for table in inspector.get_table_names()
        if table != schema.VERSION_TABLE
    }


def test_the_migrations_and_the_tables_say_the_same(database_url: str) -> None:
    database = migrated(database_url)
    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": schema.VERSION_TABLE}
        )
        assert compare_metadata(context, METADATA) == []
    database.close()


def test_a_migrated_and_a_new_database_are_the_same(sqlite_url: str, postgres_url: str, tmp_path: Any) -> None:
    fresh = store_at(f"sqlite:///{tmp_path}/nieuw.sqlite3").database
    old = migrated(sqlite_url)
    with fresh.read() as one, old.read() as other:
        assert shape_of(one) == shape_of(other)
    fresh.close()
    old.close()
    on_postgres = migrated(postgres_url)
    with on_postgres.write() as connection:
        by_migration = shape_of(connection)
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
        assert shape_of(connection) == by_migration
    on_postgres.close()


def test_opening_an_older_database_brings_it_up_to_date(database_url: str) -> None:
    older = Database(database_url)
    with older.write() as connection:
        connection.execute(text(f"CREATE TABLE {schema.VERSION_TABLE} (version_num TEXT PRIMARY KEY)"))
    older.close()
    with store_at(database_url, text_of("brood")) as store:
        assert [entry.id for entry in store.entries()] == ["brood"]
        with store.database.read() as connection:
            assert connection.scalar(text(f"SELECT version_num FROM {schema.VERSION_TABLE}")) == schema.HEAD


def test_the_newest_migration_is_the_one_that_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "copilot:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD
