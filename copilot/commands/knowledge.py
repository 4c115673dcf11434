"""`heleklant knowledge …`: check, import, export and look at what is known."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from copilot.commands.common import (
    AS_JSON,
    console,
    findings_json,
    print_json,
    print_line,
    show_findings,
)
from copilot.domain import Kind, KnowledgeEntry, Status, Version
from copilot.errors import Conflict, KnowledgeError, UsageError
from copilot.messages import help, program
from copilot.packs import ImportReport
from copilot.settings import Settings

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

PACK = typer.Argument(..., help=help.PATH_PACK.nl)
ENTRY = typer.Argument(..., help=help.ENTRY.nl)


@app.command("check", help=help.KNOWLEDGE_CHECK.nl)
def check(path: Path = PACK, as_json: bool = AS_JSON) -> None:
    from copilot import app as assembly
    from copilot import content

    language = Settings.from_env().language
    packs = [content.read_pack(folder) for folder in content.find_packs(path)]
    findings = [finding for pack in packs for finding in content.check(pack, assembly.day(None))]
    count = sum(len(pack.entries) for pack in packs)
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        print_json({"entries": count, "ok": not errors, "findings": findings_json(findings, language)})
    else:
        show_findings(findings, language)
        summary = program.CHECKED if findings else program.CHECKED_CLEAN
        print_line(summary(language, count=count, errors=errors, warnings=len(findings) - errors))
    raise typer.Exit(1 if errors else 0)


@app.command("import", help=help.KNOWLEDGE_IMPORT.nl)
def import_(
    path: Path = PACK,
    theirs: bool = typer.Option(False, "--theirs", help=help.THEIRS.nl),
    ours: bool = typer.Option(False, "--ours", help=help.OURS.nl),
    by: str = typer.Option(None, "--by", help=help.BY.nl),
    as_json: bool = AS_JSON,
) -> None:
    from copilot import app as assembly

    if theirs and ours:
        raise UsageError(program.BOTH_WIN)
    settings = Settings.from_env()
    choose = "theirs" if theirs else "ours" if ours else None
    try:
        reports = assembly.import_packs(
            settings, path, by=by or getpass.getuser(), on=assembly.day(None), choose=choose
        )
    except KnowledgeError as refusal:
        if as_json:
            print_json({"ok": False, "findings": findings_json(refusal.findings, settings.language)})
        else:
            show_findings(refusal.findings, settings.language)
        print_line(refusal.text(settings.language), error=True)
        raise typer.Exit(1) from None
    except Conflict as conflict:
        if as_json:
            print_json({"ok": False, "conflicts": [asdict(each) for each in conflict.clashes]})
        else:
            _show_conflict(conflict, settings.language)
        print_line(conflict.text(settings.language), error=True)
        raise typer.Exit(1) from None
    if as_json:
        print_json({"ok": True, "imported": [_report_row(report, settings.language) for report in reports]})
        return
    for report in reports:
        show_findings(report.findings, settings.language)
        print_line(_report_line(report, settings.language))


@app.command("export", help=help.KNOWLEDGE_EXPORT.nl)
def export(
    path: Path = typer.Argument(..., help=help.PATH_EXPORT.nl),
    drafts: bool = typer.Option(False, "--drafts", help=help.DRAFTS.nl),
    as_json: bool = AS_JSON,
) -> None:
    from copilot import app as assembly
    from copilot import content

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        pack = store.export(drafts=drafts)
    content.write_pack(path, pack)
    if as_json:
        print_json({"entries": len(pack.entries), "path": str(path)})
    else:
        print_line(program.EXPORTED(settings.language, count=len(pack.entries), path=path))


@app.command("list", help=help.KNOWLEDGE_LIST.nl)
def list_(
    kind: Kind = typer.Option(None, "--kind", help=help.FILTER_KIND.nl),
    status: Status = typer.Option(None, "--status", help=help.FILTER_STATUS.nl),
    owner: str = typer.Option(None, "--owner", help=help.FILTER_OWNER.nl),
    as_json: bool = AS_JSON,
) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        wanted = (status,) if status else tuple(Status)
        entries = [
            entry
            for entry in store.entries(statuses=wanted)
            if kind in (None, entry.kind) and owner in (None, entry.owner)
        ]
    if as_json:
        print_json([_entry_row(entry) for entry in entries])
    elif not entries and (kind or status or owner):
        print_line(program.NOTHING_LISTED(settings.language))
    else:
        _show_entries(entries, settings.language)


@app.command("show", help=help.KNOWLEDGE_SHOW.nl)
def show(
    entry: str = ENTRY,
    version: int = typer.Option(None, "--version", help=help.VERSION.nl),
    as_json: bool = AS_JSON,
) -> None:
    versions = _history(entry)
    wanted = [each for each in versions if version in (None, each.number)]
    if not wanted:
        raise UsageError(program.NO_VERSION, entry=entry, version=version)
    latest = max(wanted, key=lambda each: each.number)
    if as_json:
        print_json({**_version_row(latest), "entry": entry, "text": latest.text})
    else:
        print_line(latest.text)


@app.command("history", help=help.KNOWLEDGE_HISTORY.nl)
def history(entry: str = ENTRY, as_json: bool = AS_JSON) -> None:
    versions = _history(entry)
    if as_json:
        print_json([_version_row(each) for each in versions])
    else:
        _show_history(versions, Settings.from_env().language)


def _history(entry: str) -> Sequence[Version]:
    from copilot import app as assembly

    with assembly.open_store(Settings.from_env()) as store:
        versions = store.history(entry)
    if not versions:
        raise UsageError(program.NO_ENTRY, entry=entry)
    return versions


def _report_line(report: ImportReport, language: str) -> str:
    return program.IMPORTED(language, organisation=report.organisation.name, **_counts(report))


def _report_row(report: ImportReport, language: str) -> dict[str, Any]:
    return {
        "organisation": report.organisation.name,
        "revision": report.revision,
        **{name: list(getattr(report, name)) for name in (*_counts(report), "conflicts")},
        "findings": findings_json(report.findings, language),
    }


def _counts(report: ImportReport) -> dict[str, int]:
    return {name: len(getattr(report, name)) for name in ("new", "changed", "retired", "kept", "unchanged")}


def _show_conflict(conflict: Conflict, language: str) -> None:
    """Both sides of every conflicting entry, side by side."""
    from copilot.commands import side_by_side

    screen = console(stderr=True)
    headings = (program.CONFLICT_STORED(language), program.CONFLICT_FILE(language))
    for each in conflict.clashes:
        print_line(f"\n{program.CONFLICT_ENTRY(language, entry=each.entry)}", error=True)
        stored = program.CONFLICT_RETIRED(language) if each.stored is None else each.stored
        offered = program.CONFLICT_GONE(language) if each.offered is None else each.offered
        screen.print(side_by_side.table(stored, offered, headings))


def _entry_row(entry: KnowledgeEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "status": entry.status.value,
        "version": entry.version,
        "owner": entry.owner,
        "department": entry.department,
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_until": entry.valid_until.isoformat() if entry.valid_until else None,
        "review_by": entry.review_by.isoformat() if entry.review_by else None,
    }


def _show_entries(entries: Sequence[KnowledgeEntry], language: str) -> None:
    if not entries:
        print_line(program.NO_KNOWLEDGE_STORED(language))
        return
    columns = (
        program.COLUMN_ID,
        program.COLUMN_KIND,
        program.COLUMN_TITLE,
        program.COLUMN_STATUS,
        program.COLUMN_VERSION,
        program.COLUMN_OWNER,
        program.COLUMN_VALID,
        program.COLUMN_REVIEW,
    )
    rows = [
        (
            row["id"],
            row["kind"],
            row["title"],
            row["status"],
            str(row["version"]),
            row["owner"] or "",
            f"{row['valid_from'] or '…'} - {row['valid_until'] or '…'}",
            row["review_by"] or "",
        )
        for row in map(_entry_row, entries)
    ]
    _show_table([column(language) for column in columns], rows)


def _version_row(version: Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "status": version.status.value,
        "by": version.by,
        "at": version.at.isoformat(),
        "approved_by": version.approved_by,
        "path": version.path,
        "note": version.note,
    }


def _show_history(versions: Sequence[Version], language: str) -> None:
    columns = (
        program.COLUMN_VERSION,
        program.COLUMN_WHEN,
        program.COLUMN_STATUS,
        program.COLUMN_BY,
        program.COLUMN_APPROVED,
        program.COLUMN_NOTE,
    )
    rows = [
        (
            str(each.number),
            each.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            each.status.value,
            each.by,
            each.approved_by or "",
            each.note,
        )
        for each in versions
    ]
    _show_table([column(language) for column in columns], rows)


def _show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(*columns, box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*row)
    console().print(table)
