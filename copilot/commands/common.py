"""What several commands do the same way: read options, print JSON, show progress and findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import typer

from copilot.errors import Finding, SettingsError, UsageError
from copilot.messages import help, program

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""

UNWATCHED_WIDTH = 400
"""Columns where nobody watches: in a pipe nothing may be cut off to fit a screen that is not there."""

ROLE = typer.Option(None, "--role", help=help.ROLE.nl)
ON = typer.Option(None, "--on", help=help.ON.nl, metavar="JJJJ-MM-DD")
KNOWLEDGE = typer.Option(None, "--knowledge", help=help.KNOWLEDGE.nl, metavar="PAD")
AS_JSON = typer.Option(False, "--json", help=help.AS_JSON.nl)


def facts_of(given: Sequence[str]) -> Mapping[str, str]:
    """`["bedrag=40"]` as a mapping."""
    facts: dict[str, str] = {}
    for each in given:
        name, has_value, value = each.partition("=")
        if not has_value or not name.strip() or not value.strip():
            raise UsageError(program.NOT_A_FACT, value=each)
        facts[name.strip()] = value.strip()
    return facts


def language_given(value: str | None) -> str | None:
    if value is not None and value not in ("nl", "en"):
        raise UsageError(program.NOT_A_LANGUAGE, value=value)
    return value


def console(stderr: bool = False) -> Console:
    from rich.console import Console

    watched = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, highlight=False, width=None if watched else UNWATCHED_WIDTH)


def print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_line(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout)


def findings_json(findings: Sequence[Finding], language: str) -> list[dict[str, Any]]:
    return [
        {
            "severity": each.severity,
            "code": each.code,
            "file": each.file,
            "line": each.line,
            "field": each.field,
            "entry": each.entry,
            "message": each.text(language),
        }
        for each in findings
    ]


def show_findings(findings: Sequence[Finding], language: str) -> None:
    """A line a finding, on the error stream: what, where, what to do."""
    for each in findings:
        word = (program.FINDING_ERROR if each.severity == "error" else program.FINDING_WARNING)(language)
        place = each.where()
        print_line(f"{word}: {place + ': ' if place else ''}{each.text(language)}", error=True)


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A bar on the error stream for what lasts longer than a second; nothing where nobody watches."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advance


def read_lines(path: Path) -> list[str]:
    """The lines of a text file; SettingsError where it cannot be read."""
    try:
        # Not splitlines: a JSON text may hold signs that it takes for the end of a line, such as U+2028.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(program.BATCH_UNREADABLE, path=path, fault=reason_of(fault)) from fault


def reason_of(fault: OSError | UnicodeDecodeError) -> str:
    """Why a file cannot be read or written, without the number and the path that Python adds."""
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)


@contextmanager
def written_to(path: Path | None) -> Iterator[IO[str]]:
    """The file, or the screen; SettingsError where it cannot be written."""
    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8") as out:
            yield out
    except OSError as fault:
        raise SettingsError(program.CANNOT_WRITE, path=path, fault=reason_of(fault)) from fault
