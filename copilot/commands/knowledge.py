"""`heleklant knowledge …`: check, import, export and look at what is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from copilot.commands.common import (
    AS_JSON,
    day_of,
    findings_json,
    print_json,
    print_line,
    show_findings,
)
from copilot.errors import Conflict, KnowledgeError, UsageError
from copilot.messages import help, program
from copilot.settings import Settings

if TYPE_CHECKING:
    pass

app = typer.Typer(no_args_is_help=True)

PACK = typer.Argument(..., help=help.PATH_PACK.nl)
BY = typer.Option(None, "--by", help=help.BY.nl)


@app.command("check", help=help.KNOWLEDGE_CHECK.nl)
def check(path: Path = PACK, as_json: bool = AS_JSON) -> None:
    from copilot import content

    settings = Settings.from_env()
    findings, count = [], 0
    for folder in content.find_packs(path):
        pack = content.read_pack(folder)
        findings += content.check(pack, day_of(None))
        count += len(pack.entries)
    errors = sum(each.severity == "error" for each in findings)
    if as_json:
        print_json(
            {"entries": count, "ok": not errors, "findings": findings_json(findings, settings.language)},
        )
    else:
        show_findings(findings, settings.language)
        summary = program.CHECKED if findings else program.CHECKED_CLEAN
        print_line(summary(settings.language, count=count, errors=errors, warnings=len(findings) - errors))
    raise typer.Exit(1 if errors else 0)


@app.command("import", help=help.KNOWLEDGE_IMPORT.nl)
def import_(
    path: Path = PACK,
    theirs: bool = typer.Option(False, "--theirs", help=help.THEIRS.nl),
    ours: bool = typer.Option(False, "--ours", help=help.OURS.nl),
    by: str = BY,
    as_json: bool = AS_JSON,
) -> None:
    from copilot import app as assembly

    if theirs and ours:
        raise UsageError(program.BOTH_WIN)
    settings = Settings.from_env()
    choose = "theirs" if theirs else "ours" if ours else None
    try:
        reports = assembly.import_packs(settings, path, by=by or _user(), choose=choose)
    except KnowledgeError as refusal:
        show_findings(refusal.findings, settings.language)
        if as_json:
            print_json({"ok": False, "findings": findings_json(refusal.findings, settings.language)})
        print_line(refusal.text(settings.language), error=True)
        raise typer.Exit(1) from None
    except Conflict as conflict:
        assembly.show_conflict(conflict, settings.language)
        raise typer.Exit(1) from None
    if as_json:
        print_json([assembly.report_json(report) for report in reports])
        return
    for report in reports:
        show_findings(report.findings, settings.language)
        print_line(assembly.report_line(report, settings.language))


@app.command("export", help=help.KNOWLEDGE_EXPORT.nl)
def export(
    path: Path = typer.Argument(..., help=help.PATH_EXPORT.nl),
    drafts: bool = typer.Option(False, "--drafts", help=help.DRAFTS.nl),
) -> None:
    from copilot import app as assembly
    from copilot import content

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        pack = store.export(drafts=drafts)
    content.write_pack(path, pack)
    print_line(program.EXPORTED(settings.language, count=len(pack.entries), path=path))


@app.command("list", help=help.KNOWLEDGE_LIST.nl)
def list_(
    kind: str = typer.Option(None, "--kind", help=help.FILTER_KIND.nl),
    status: str = typer.Option(None, "--status", help=help.FILTER_STATUS.nl),
    owner: str = typer.Option(None, "--owner", help=help.FILTER_OWNER.nl),
    as_json: bool = AS_JSON,
) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        entries = [
            entry
            for entry in store.entries(statuses=_statuses(status))
            if kind in (None, entry.kind.value) and owner in (None, entry.owner)
        ]
    if as_json:
        print_json([_entry_row(entry) for entry in entries])
    else:
        _show_table(entries, settings.language)
