"""Vectors of texts that were embedded before, by content: a change embeds only what changed.

The file holds fingerprints and vectors, never a text. Where it cannot be read or written, embedding simply
happens again: a cache never stands in the way of an answer.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np

from copilot.vector_index import Vector

log = logging.getLogger(__name__)

FILE_NAME: Final = "vectors-1.sqlite3"
MOST_KEPT: Final = 200_000
"""Vectors: some 300 MB of file at 384 dimensions; when there are more, the oldest half goes."""
_PORTION: Final = 500
_WAIT_SECONDS: Final = 2


def content_key(model: str, text: str) -> bytes:
    """What a vector is kept under: equal only for the same text and the same model."""
    return hashlib.sha256(f"{model}\0{text}".encode("utf-8", "replace")).digest()


class VectorCache:
    """A SQLite file that several processes may use at once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, Vector]:
        """Those that are known."""
        if not self.path.exists():
            return {}
        try:
            with closing(self._open()) as connection:
                found: dict[bytes, Vector] = {}
                for start in range(0, len(keys), _PORTION):
                    portion = keys[start : start + _PORTION]
                    marks = ",".join("?" * len(portion))
                    rows = connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", portion)  # noqa: S608
                    found.update((key, np.frombuffer(vector, np.float32)) for key, vector in rows)
                return found
        except (sqlite3.Error, OSError, ValueError) as fault:
            log.info("the cache of vectors %s cannot be read: %s", self.path, fault)
            return {}

    def put(self, vectors: Mapping[bytes, Vector]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as connection, connection:
                rows = [(key, np.ascontiguousarray(vector, np.float32).tobytes()) for key, vector in vectors.items()]
                connection.executemany("INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)", rows)
                self._make_room(connection)
        except (sqlite3.Error, OSError) as fault:
            log.info("the cache of vectors %s cannot be written: %s", self.path, fault)
            self._drop_if_broken(fault)

    def _make_room(self, connection: sqlite3.Connection) -> None:
        (newest, oldest) = connection.execute("SELECT max(rowid), min(rowid) FROM vectors").fetchone()
        if newest is not None and newest - oldest > MOST_KEPT:
            connection.execute("DELETE FROM vectors WHERE rowid < ?", (newest - MOST_KEPT // 2,))

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB UNIQUE NOT NULL, vector BLOB NOT NULL)")
        return connection

    def _drop_if_broken(self, fault: Exception) -> None:
        """A damaged file is thrown away: all that it held can be made again."""
        if isinstance(fault, sqlite3.DatabaseError) and not isinstance(fault, sqlite3.OperationalError):
            for path in (self.path, *self.path.parent.glob(FILE_NAME + "-*")):
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    return
