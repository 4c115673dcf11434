"""Packs in folders: found, read, checked and written, to the letter (knowledge-format, the first paragraphs)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

from copilot.domain import Kind, Organisation
from copilot.entryfile import locate, read_entry
from copilot.errors import Finding, UsageError
from copilot.messages import format as texts
from copilot.organisationfile import ORGANISATION_FILE, read_organisation
from copilot.packfolder import PackFolder, points_outside
from copilot.packs import Pack, PackEntry, PackFile
from copilot.references import Surroundings, dead_references

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
    source = PackFolder(folder)
    organisation, organisation_text = _organisation(source)
    paths = source.paths()
    if organisation_text and not any(_is_entry(path) for path in paths):
        source.add(texts.EMPTY_PACK, "", "empty_pack")
    entries: dict[str, PackEntry] = {}
    files: list[PackFile] = []
    for path in paths:
        if _is_entry(path):
            _take_entry(source, path, entries)
        elif path != ORGANISATION_FILE:
            files += _other(source, path)
    return Pack(
        organisation, organisation_text, tuple(entries.values()), tuple(files), tuple(source.findings), str(folder)
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
    written |= {each.path: each.text for each in pack.entries}
    written |= {each.path: each.text for each in pack.files}
    for path in written:
        if points_outside(path):
            raise UsageError(texts.OUTSIDE_FOLDER, path=path)
    for path, text in written.items():
        _write(folder / path, text)


def _write(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))
    except OSError as fault:
        raise UsageError(texts.NOT_WRITTEN, path=target, fault=fault.strerror) from fault


# --------------------------------------------------------------------------------------------- reading


def _organisation(source: PackFolder) -> tuple[Organisation, str]:
    nobody = Organisation(id="", name="")
    if not source.folder.is_dir():
        message = texts.NOT_A_FOLDER if source.folder.exists() else texts.NO_FOLDER
        source.add(message, "", "no_folder", path=source.folder)
        return nobody, ""
    if not (source.folder / ORGANISATION_FILE).exists():
        source.add(texts.NO_ORGANISATION_FILE, ORGANISATION_FILE, "no_organisation")
        return nobody, ""
    text = source.text(ORGANISATION_FILE, LARGEST_ENTRY)
    if text is None:
        return nobody, ""
    organisation, findings = read_organisation(text, source.place(ORGANISATION_FILE))
    source.findings += findings
    return organisation, text


def _take_entry(source: PackFolder, path: str, taken: dict[str, PackEntry]) -> None:
    text = source.text(path, LARGEST_ENTRY)
    if text is None:
        return
    entry, findings = read_entry(text, source.place(path))
    source.findings += findings
    if entry is None:
        return
    earlier = taken.setdefault(entry.id, PackEntry(entry, text, path))
    if earlier.path != path:
        line, field = locate(text, "id")
        values: dict[str, object] = {"id": entry.id, "other": source.place(earlier.path)}
        where = (source.place(path), line, field, entry.id)
        source.findings.append(Finding(texts.DUPLICATE_ID, values, "error", *where, "duplicate_id"))


def _other(source: PackFolder, path: str) -> list[PackFile]:
    if PurePosixPath(path).suffix.lower() not in _TEXTUAL and not source.is_text(path, LARGEST_FILE):
        source.add(texts.FILE_NOT_TEXT, path, "not_text", severity="warning")
        return []
    text = source.text(path, LARGEST_FILE)
    return [] if text is None else [PackFile(path, text)]


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


def _placed(pack: Pack, findings: Iterable[Finding]) -> list[Finding]:
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
