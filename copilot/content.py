"""Packs in folders: found, read, checked and written, to the letter (knowledge-format, the first paragraphs)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

from copilot.domain import Kind, KnowledgeEntry, Organisation
from copilot.entryfile import locate, read_entry
from copilot.errors import Finding, UsageError
from copilot.messages import format as texts
from copilot.organisationfile import ORGANISATION_FILE, read_organisation
from copilot.packs import Pack, PackEntry, PackFile
from copilot.references import Surroundings, dead_references
from copilot.yamltext import BadText, decoded

MEGABYTE: Final = 1_000_000
LARGEST_ENTRY: Final = 1
LARGEST_FILE: Final = 20
"""Megabytes; a file of cases may be long."""

_CASES: Final = "cases"
_TEXTUAL: Final = frozenset({".md", ".txt", ".yaml", ".yml", ".json", ".jsonl", ".csv"})


def find_packs(path: Path) -> tuple[Path, ...]:
    """The folder itself, or its sub-folders that hold an organisation.yaml; the folder where none does.

    Raises UsageError when there is no such folder.
    """
    if not path.is_dir():
        raise UsageError(texts.NOT_A_FOLDER if path.exists() else texts.NO_FOLDER, path=path)
    if (path / ORGANISATION_FILE).is_file():
        return (path,)
    inside = (each for each in sorted(path.iterdir()) if not each.name.startswith((".", "_")))
    return tuple(each for each in inside if (each / ORGANISATION_FILE).is_file()) or (path,)


def read_pack(folder: Path) -> Pack:
    """Everything in a pack that can be read, with what is wrong in the rest; never raises for what it finds."""
    reading = _Reading(folder)
    organisation, organisation_text = reading.organisation()
    paths = reading.paths()
    if organisation_text and not any(_is_entry(path) for path in paths):
        reading.add(Finding(texts.EMPTY_PACK, {}, file=str(folder), code="empty_pack"))
    entries: list[PackEntry] = []
    files: list[PackFile] = []
    for path in paths:
        if _is_entry(path):
            entries += reading.entry(path)
        elif path != ORGANISATION_FILE:
            files += reading.other(path)
    return Pack(
        organisation, organisation_text, tuple(entries), tuple(files), tuple(reading.findings), folder=str(folder)
    )


def check(pack: Pack, on: date) -> list[Finding]:
    """All that is wrong or worth a look: the format, every reference, overdue reviews and the mandate checks.

    `on` is the day of the check. Findings come in the order of files and lines.
    """
    from copilot import mandate_check

    findings = [*pack.findings, *_references(pack), *_overdue(pack, on)]
    if pack.organisation.roles and not any(finding.code == "role_cycle" for finding in pack.findings):
        entries = [each.entry for each in pack.entries]
        findings += _placed(pack, mandate_check.check(entries, pack.organisation, on))
    return sorted(findings, key=lambda finding: (finding.file, finding.line or 0))


def write_pack(folder: Path, pack: Pack) -> None:
    """Writes every file of the pack into a folder, made where it is missing; other files in it are left alone.

    Raises UsageError for a path outside the folder and for what cannot be written.
    """
    written = {ORGANISATION_FILE: pack.organisation_text}
    written |= {each.path or default_path(each.entry): each.text for each in pack.entries}
    written |= {each.path: each.text for each in pack.files}
    for path in written:
        _refuse_outside(path)
    for path, text in written.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8"))
        except OSError as fault:
            raise UsageError(texts.NOT_WRITTEN, path=target, fault=fault.strerror) from fault


def default_path(entry: KnowledgeEntry) -> str:
    """Where an entry goes that was written in chat or on the web."""
    return f"{entry.department}/{entry.id}.md" if entry.department else f"{entry.id}.md"


# --------------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    size: int


class _Reading:
    """Reads one folder and gathers what is wrong in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.taken: dict[str, str] = {}

    def add(self, finding: Finding) -> None:
        self.findings.append(finding)

    def organisation(self) -> tuple[Organisation, str]:
        nobody = Organisation(id="", name="")
        file = self.file(ORGANISATION_FILE)
        if not self.folder.is_dir():
            message = texts.NOT_A_FOLDER if self.folder.exists() else texts.NO_FOLDER
            self.add(Finding(message, {"path": self.folder}, file=str(self.folder), code="no_folder"))
            return nobody, ""
        if not (self.folder / ORGANISATION_FILE).exists():
            self.add(Finding(texts.NO_ORGANISATION_FILE, {}, file=file, code="no_organisation"))
            return nobody, ""
        text = self.text(ORGANISATION_FILE, LARGEST_ENTRY)
        if text is None:
            return nobody, ""
        organisation, findings = read_organisation(text, file)
        self.findings += findings
        return organisation, text

    def entry(self, path: str) -> list[PackEntry]:
        file, text = self.file(path), self.text(path, LARGEST_ENTRY)
        if text is None:
            return []
        entry, findings = read_entry(text, file)
        self.findings += findings
        if entry is None:
            return []
        if entry.id in self.taken:
            line, field = locate(text, "id")
            values: dict[str, object] = {"id": entry.id, "other": self.taken[entry.id]}
            self.add(Finding(texts.DUPLICATE_ID, values, "error", file, line, field, entry.id, "duplicate_id"))
            return []
        self.taken[entry.id] = file
        return [PackEntry(entry, text, path)]

    def other(self, path: str) -> list[PackFile]:
        if PurePosixPath(path).suffix.lower() not in _TEXTUAL and not self.is_text(path):
            self.add(Finding(texts.FILE_NOT_TEXT, {}, severity="warning", file=self.file(path), code="not_text"))
            return []
        text = self.text(path, LARGEST_FILE)
        return [] if text is None else [PackFile(path, text)]

    def is_text(self, path: str) -> bool:
        try:
            if (self.folder / path).stat().st_size > LARGEST_FILE * MEGABYTE:
                return False
            return "\0" not in decoded((self.folder / path).read_bytes())
        except (OSError, BadText):
            return False

    def text(self, path: str, largest: int) -> str | None:
        """The text of a file, to the letter; None, with a finding, when it is too large or cannot be read."""
        try:
            size = (self.folder / path).stat().st_size
            if size > largest * MEGABYTE:
                self.add(Finding(texts.FILE_TOO_LARGE, {"most": largest}, file=self.file(path), code="too_large"))
                return None
            return decoded((self.folder / path).read_bytes())
        except OSError as fault:
            self.unreadable(path, fault)
        except BadText as fault:
            self.add(Finding(fault.message, fault.values, file=self.file(path), line=fault.line, code="unreadable"))
        return None

    def unreadable(self, path: str, fault: OSError) -> None:
        values: dict[str, object] = {"fault": fault.strerror or type(fault).__name__}
        self.add(Finding(texts.FILE_UNREADABLE, values, file=self.file(path), code="unreadable"))

    def file(self, path: str) -> str:
        return str(PurePosixPath(self.folder.as_posix()) / path)

    def paths(self) -> list[str]:
        """Every file of the pack, relative, in a fixed order; hidden ones are not part of it."""
        return sorted(self._walk()) if self.folder.is_dir() else []

    def _walk(self) -> Iterator[str]:
        """Real folders first and each folder once: a link to a folder above would go round for ever."""
        folders, links, seen = [""], list[str](), set[tuple[int, int]]()
        while folders or links:
            relative = folders.pop() if folders else links.pop()
            here = self._stat(relative)
            if here is None or (here.st_dev, here.st_ino) in seen:
                continue
            seen.add((here.st_dev, here.st_ino))
            for path in self._inside(relative):
                found = self._stat(path)
                if found and stat.S_ISREG(found.st_mode):
                    yield path
                elif found and stat.S_ISDIR(found.st_mode):
                    (links if (self.folder / path).is_symlink() else folders).append(path)

    def _stat(self, path: str) -> os.stat_result | None:
        try:
            return (self.folder / path).stat()
        except OSError as fault:
            self.unreadable(path, fault)
            return None

    def _inside(self, relative: str) -> list[str]:
        try:
            names = sorted(os.listdir(self.folder / relative))
        except OSError as fault:
            self.unreadable(relative, fault)
            return []
        paths = [f"{relative}/{name}" if relative else name for name in names if not name.startswith(".")]
        odd = [path for path in paths if not _has_utf8_name(path)]
        for path in odd:
            shown = path.encode("utf-8", "replace").decode()
            self.add(Finding(texts.FILE_NAME, {"path": shown}, file=self.file(shown), code="file_name"))
        return [path for path in paths if path not in odd]


def _has_utf8_name(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_entry(path: str) -> bool:
    """Markdown, outside `cases/`, that is no README and does not stand under a name that begins with `_`."""
    parts = path.split("/")
    if parts[0] == _CASES or any(part.startswith("_") for part in parts):
        return False
    name = parts[-1].lower()
    return name.endswith(".md") and not name.startswith("readme")


# -------------------------------------------------------------------------------------------- checking


def _references(pack: Pack) -> list[Finding]:
    kinds: dict[str, Kind | None] = {finding.entry: None for finding in pack.findings if finding.entry}
    kinds |= {each.entry.id: each.entry.kind for each in pack.entries}
    around = Surroundings.of(pack.organisation, kinds, known=_organisation_read(pack))
    return _placed(pack, (each for entry in pack.entries for each in dead_references(entry.entry, around)))


def _organisation_read(pack: Pack) -> bool:
    """Roles are called unknown only where the organisation's own roles could be read."""
    return bool(pack.organisation.roles) or not any(
        finding.severity == "error" and PurePosixPath(finding.file).name == ORGANISATION_FILE
        for finding in pack.findings
    )


def _overdue(pack: Pack, on: date) -> list[Finding]:
    return _placed(
        pack,
        (
            Finding(
                texts.REVIEW_OVERDUE,
                {"day": entry.review_by},
                severity="warning",
                field="review_by",
                entry=entry.id,
                code="overdue",
            )
            for entry in (each.entry for each in pack.entries)
            if entry.review_by and entry.review_by < on
        ),
    )


def _placed(pack: Pack, findings: Iterator[Finding] | list[Finding]) -> list[Finding]:
    """The findings with the file and line of the entry that they are about."""
    by_id = {each.entry.id: each for each in pack.entries}
    placed = []
    for finding in findings:
        source = by_id.get(finding.entry)
        if source and not finding.file:
            line, field = locate(source.text, finding.field)
            file = str(PurePosixPath(pack.folder) / source.path) if pack.folder else source.path
            finding = replace(finding, file=file, line=line, field=field)
        placed.append(finding)
    return placed


def _refuse_outside(path: str) -> None:
    parts = path.split("/")
    if not path or "\\" in path or "\0" in path or any(part in ("", ".", "..") or ":" in part for part in parts):
        raise UsageError(texts.OUTSIDE_FOLDER, path=path)
