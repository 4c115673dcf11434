"""Compares three texts of every entry: its file now, its file at the last import, and what answers here.

Where only one side moved away from the last import, that side is right. Where both did, it is a conflict.
An edit made here gives way to an unchanged file only where the caller says that the file wins.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from copilot.domain import KnowledgeEntry, Status
from copilot.errors import Clash
from copilot.packs import PackEntry
from copilot.store.edit import Edit, Standing, hash_of

THEIRS: Final = "theirs"
"""In a conflict the pack wins."""
OURS: Final = "ours"
"""In a conflict the database wins."""
ABSENT: Final = None
"""Stands for the text of an entry that is not in the pack, or does not answer here."""


class Merge:
    """Puts what a pack changes into an edit, and says of each entry what became of it."""

    def __init__(self, edit: Edit, choose: str | None) -> None:
        self.edit = edit
        self.choose = choose
        self.new: list[str] = []
        self.changed: list[str] = []
        self.unchanged: list[str] = []
        self.retired: list[str] = []
        self.kept: list[str] = []
        self.clashes: list[Clash] = []
        self.taken: list[KnowledgeEntry] = []
        """What was taken over from the pack, in the version that it became."""

    def present(self, standing: Standing | None, offered: PackEntry) -> None:
        """An entry that is in the pack."""
        entry, theirs = offered.entry.id, hash_of(offered.text)
        ours, before = _here(standing), standing["imported_hash"] if standing else ABSENT
        if ours == theirs:
            self.unchanged.append(entry)
        elif theirs == before and self.choose != THEIRS:
            self.kept.append(entry)
        elif ours == before or theirs == before:
            (self.new if ours is ABSENT else self.changed).append(entry)
            return self._take(standing, offered)
        else:
            self._clash(entry, standing, offered.text)
            if self.choose == THEIRS:
                self.changed.append(entry)
                return self._take(standing, offered)
            self.kept.append(entry)
        assert standing is not None  # where nothing stands, ours equals before
        return self._remember(standing, theirs, offered.path)

    def absent(self, standing: Standing) -> None:
        """An entry that is here and not in the pack. One that never came from a pack is left alone."""
        entry, ours, before = standing["id"], _here(standing), standing["imported_hash"]
        if before is ABSENT:
            return
        clashes = ours not in (ABSENT, before)
        if clashes:
            self._clash(entry, standing, None)
        if ours == before or (clashes and self.choose == THEIRS):
            self.retired.append(entry)
            self.edit.turn(standing, Status.RETIRED)
        elif clashes:
            self.kept.append(entry)
        self._remember(standing, ABSENT, standing["path"])

    def _take(self, standing: Standing | None, offered: PackEntry) -> None:
        draft = self.edit.version(offered.entry.id, standing["draft"]) if standing and standing["draft"] else None
        settles = draft is None or draft["text"] == offered.text
        version = self.edit.put(
            standing, offered.entry, offered.text, path=offered.path, imported=True, closes_draft=settles
        )
        self.taken.append(replace(offered.entry, version=version.number, status=version.status))

    def _clash(self, entry: str, standing: Standing | None, offered: str | None) -> None:
        answers = standing if standing and standing["status"] == Status.PUBLISHED else None
        stored = self.edit.version(entry, answers["version"])["text"] if answers else None
        self.clashes.append(Clash(entry, stored, offered))

    def _remember(self, standing: Standing, imported: str | None, path: str | None) -> None:
        if (standing["imported_hash"], standing["path"]) != (imported, path):
            self.edit.amend(standing, imported_hash=imported, path=path)


def _here(standing: Standing | None) -> str | None:
    return standing["content_hash"] if standing and standing["status"] == Status.PUBLISHED else ABSENT
