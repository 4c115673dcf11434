"""kill -9 at random moments: what was acknowledged is there, nothing is half there, and the database opens again."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import Any

from sqlalchemy import func, select

from copilot.store import Store
from copilot.store.tables import changes, entries, questions, suggestions, versions
from tests.store_world import TODAY, pack_of, store_at, text_of

FEWEST_WRITES = 1
"""For each kill, on average; below that the writers died before they wrote and the test proves nothing."""


def acknowledged(url: str, rounds: int) -> list[dict[str, Any]]:
    with store_at(url) as store:
        store.import_pack(pack_of(*(text_of(each) for each in ("brood", "taart", "koek"))), by="w")
    run = [sys.executable, "-m", "tests.store_worker", "killed", url, str(rounds), "7"]
    told: list[dict[str, Any]] = json.loads(subprocess.run(run, check=True, capture_output=True, timeout=300).stdout)
    assert [each["fault"] for each in told if "fault" in each] == []
    assert len(told) > FEWEST_WRITES * rounds
    return told


def check_nothing_lost(store: Store, told: list[dict[str, Any]]) -> None:
    texts = {version.text for entry in ("brood", "taart", "koek") for version in store.history(entry)}
    recorded = {answered.suggestion.id: answered for answered in store.questions()}
    assert [text for each in told for text in each.get("texts", []) if text not in texts] == []
    assert [each for each in told if each.get("suggestion", "a-0-1") not in recorded and "suggestion" in each] == []
    assert [each for each in told if each.get("feedback") and not recorded[each["suggestion"]].feedback] == []
    assert len(store.granted("korting", "k", since=TODAY)) >= sum(each.get("grant", False) for each in told)
    assert store.revision() >= max((each.get("revision", 0) for each in told), default=0)


def check_nothing_half(store: Store) -> None:
    """Every version with its line in the audit trail, numbers without a hole, every answer with its question."""
    with store.database.read() as connection:
        for entry in ("brood", "taart", "koek"):
            numbers = connection.scalars(
                select(versions.c.number).where(versions.c.entry == entry).order_by(versions.c.number)
            ).all()
            latest = connection.scalars(select(entries.c.latest).where(entries.c.id == entry)).one()
            noted = connection.scalars(
                select(changes.c.version).where(changes.c.subject == entry).order_by(changes.c.version)
            ).all()
            assert [*numbers] == [*range(1, latest + 1)] == [*noted]
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in (questions, suggestions)]
        assert counts[0] == counts[1]


def test_on_sqlite_200_kills_lose_nothing(sqlite_url: str) -> None:
    told = acknowledged(sqlite_url, 200)
    with store_at(sqlite_url) as store:
        check_nothing_lost(store, told)
        check_nothing_half(store)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_on_postgresql_20_kills_lose_nothing(postgres_url: str) -> None:
    told = acknowledged(postgres_url, 20)
    with store_at(postgres_url) as store:
        check_nothing_lost(store, told)
        check_nothing_half(store)
