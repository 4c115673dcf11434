"""Entries parsed from their stored text, each version once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Select, select, tuple_

from copilot.domain import KnowledgeEntry, Status
from copilot.errors import KnowledgeError
from copilot.store.statements import in_portions
from copilot.store.tables import versions

log = logging.getLogger(__name__)

MOST_KEPT: Final = 20_000
"""Entries of some 10 kB each: the knowledge of a large organisation, not all its history."""

ReadEntry = Callable[[str], KnowledgeEntry]
"""Parses an entry's text; raises KnowledgeError."""

Which = tuple[str, int, Status]
"""An entry in one version, with that version's status."""


class ParsedEntries:
    """Versions never change, so what was parsed once stays right; when it is full the oldest make room."""

    def __init__(self, read_entry: ReadEntry) -> None:
        self._read_entry = read_entry
        self._kept: dict[tuple[str, str, int], KnowledgeEntry] = {}
        self._lock = Lock()

    def read(self, text: str, version: int, status: Status) -> KnowledgeEntry:
        """Raises KnowledgeError for a text that does not follow the format (any more)."""
        return replace(self._read_entry(text), version=version, status=status)

    def keep(self, organisation: str, entries: Iterable[KnowledgeEntry]) -> None:
        with self._lock:
            self._kept.update({(organisation, entry.id, entry.version): entry for entry in entries})
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]

    def load(
        self, connection: Connection, organisation: str, which: Sequence[Which]
    ) -> Mapping[tuple[str, int], KnowledgeEntry]:
        """By entry and version. One that cannot be parsed is left out and logged: the others must answer."""
        kept = {(entry, version): self._kept.get((organisation, entry, version)) for entry, version, _ in which}
        found = {place: entry for place, entry in kept.items() if entry is not None}
        fresh = {}
        for portion in in_portions([each for each in which if each[:2] not in found]):
            statuses = {(entry, version): status for entry, version, status in portion}
            for row in connection.execute(_texts(organisation, [*statuses])):
                try:
                    fresh[row.entry, row.number] = self.read(row.text, row.number, statuses[row.entry, row.number])
                except KnowledgeError as fault:
                    log.error("entry %s, version %s, cannot be read any more: %s", row.entry, row.number, fault)
        self.keep(organisation, fresh.values())
        return found | fresh


def _texts(organisation: str, places: Sequence[tuple[str, int]]) -> Select[Any]:
    each = versions.c
    return select(each.entry, each.number, each.text).where(
        each.organisation == organisation, tuple_(each.entry, each.number).in_(places)
    )
