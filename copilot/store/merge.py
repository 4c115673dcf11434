"""Compares four texts of every entry: its file and what answers here, each now and at the last import.

Where only the file moved since, the file is right. What somebody changed here since is a conflict, also where
its file stayed as it was: nobody but a person knows whether that file was meant to follow. Once a person chose,
the choice holds for as long as both stay as they are.
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
        ours = _here(standing)
        if standing is None:
            self.new.append(entry)
            return self._take(standing, offered)
        if ours == theirs:
            self.unchanged.append(entry)
            return self._remember(standing, theirs, ours, offered.path)
        before = standing["imported_hash"]
        clashes = ours != standing["settled_hash"] or (ours != before and theirs != before)
        if clashes:
            self._clash(entry, standing, offered.text)
        if (clashes or theirs == before) and self.choose != THEIRS:
            self.kept.append(entry)
            return self._remember(standing, theirs, ours, offered.path)
        (self.new if ours is ABSENT else self.changed).append(entry)
        return self._take(standing, offered)

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
            ours = ABSENT
        elif clashes:
            self.kept.append(entry)
        self._remember(standing, ABSENT, ours, standing["path"])

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

    def _remember(self, standing: Standing, imported: str | None, settled: str | None, path: str | None) -> None:
        told = {"imported_hash": imported, "settled_hash": settled, "path": path}
        if any(standing[name] != value for name, value in told.items()):
            self.edit.amend(standing, **told)


def _here(standing: Standing | None) -> str | None:
    return standing["content_hash"] if standing and standing["status"] == Status.PUBLISHED else ABSENT
