"""`heleklant ask`: one question on screen or as JSON, or many from a file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import typer

from copilot.commands.batch import read_line
from copilot.commands.common import (
    AS_JSON,
    KNOWLEDGE,
    ON,
    ROLE,
    facts_of,
    language_given,
    print_json,
    print_line,
    progress_bar,
    read_lines,
    show_findings,
    written_to,
)
from copilot.errors import CopilotError, UsageError
from copilot.messages import help, program
from copilot.settings import Settings

if TYPE_CHECKING:
    from copilot.app import Application

KEYS: Final[Mapping[str, type]] = {
    "ask": str,
    "role": str,
    "id": object,
    "on": str,
    "department": str,
    "facts": dict,
    "thread": object,
    "language": str,
    "customer": object,
}


def ask(
    question: str = typer.Argument(None, help=help.ASK_QUESTION.nl),
    role: list[str] = ROLE,
    on: str = ON,
    department: str = typer.Option(None, "--department", help=help.ASK_DEPARTMENT.nl),
    fact: list[str] = typer.Option([], "--fact", help=help.ASK_FACT.nl, metavar="NAAM=WAARDE"),
    language: str = typer.Option(None, "--language", help=help.ASK_LANGUAGE.nl, metavar="nl|en"),
    customer: str = typer.Option(None, "--customer", help=help.ASK_CUSTOMER.nl),
    knowledge: Path = KNOWLEDGE,
    batch: Path = typer.Option(None, "--batch", help=help.ASK_BATCH.nl),
    out: Path = typer.Option(None, "--out", help=help.ASK_OUT.nl),
    as_json: bool = AS_JSON,
    show_prompt: bool = typer.Option(False, "--show-prompt", help=help.ASK_SHOW_PROMPT.nl),
) -> None:
    if batch is None and question is None:
        raise UsageError(program.NOTHING_ASKED)
    if batch is not None and question is not None:
        raise UsageError(program.ASKED_TWICE)
    if out is not None and batch is None:
        raise UsageError(program.OUT_WITHOUT_BATCH)
    given = {
        "ask": question,
        "role": role or None,
        "on": on,
        "department": department,
        "facts": facts_of(fact),
        "language": language_given(language),
        "customer": customer,
    }
    settings = Settings.from_env()
    if batch is not None:
        asyncio.run(_ask_all(settings, knowledge, read_lines(batch), given, out))
        return
    asyncio.run(_ask_one(settings, knowledge, given, as_json, show_prompt))


async def _ask_one(
    settings: Settings, knowledge: Path | None, given: Mapping[str, Any], as_json: bool, show_prompt: bool
) -> None:
    from copilot import app
    from copilot.answer_json import suggestion_json
    from copilot.channels.console import show

    with _opened(settings, knowledge) as application:
        organisation = application.store.organisation()
        question = app.question_from(given, organisation)
        if show_prompt:
            for message in app.prompt_for(application, question):
                print_line(f"--- {message.role}\n{message.content}\n")
            return
        suggestion = await application.assistant.suggest(question)
    if as_json:
        print_json(suggestion_json(suggestion))
    else:
        show(suggestion, organisation)


async def _ask_all(
    settings: Settings, knowledge: Path | None, lines: list[str], otherwise: Mapping[str, Any], out: Path | None
) -> None:
    from copilot import app
    from copilot.answer_json import suggestion_json

    numbered = [(place, line) for place, line in enumerate(lines, 1) if line.strip()]
    run = uuid4().hex
    with (
        _opened(settings, knowledge) as application,
        written_to(out) as output,
        progress_bar(program.ASKING(settings.language)) as progress,
    ):
        organisation = application.store.organisation()
        for done, (place, line) in enumerate(numbered, 1):
            answer: dict[str, Any] = {}
            try:
                given = _line(line, place)
                answer["id"] = given.get("id")
                question = app.question_from({**otherwise, **given}, organisation, run=run)
                suggestion = await application.assistant.suggest(question)
                answer = {**suggestion_json(suggestion), **({"id": given["id"]} if "id" in given else {})}
            except CopilotError as fault:
                answer["error"] = fault.text(settings.language)
                answer["line"] = place
            output.write(json.dumps(answer, ensure_ascii=False) + "\n")
            progress(done, len(numbered))


def _opened(settings: Settings, knowledge: Path | None) -> Application:
    """The application, made searchable with a bar where that lasts, and what is wrong in the pack said."""
    from copilot import app

    with progress_bar(program.EMBEDDING(settings.language)) as progress:
        application = app.open_application(settings, knowledge=knowledge, progress=progress)
    show_findings([each for each in application.findings if each.severity == "error"], settings.language)
    return application


def _line(line: str, place: int) -> dict[str, Any]:
    """One line of a batch, checked."""
    given = read_line(line, place, KEYS)
    if not given.get("ask", "").strip():
        raise UsageError(program.BATCH_NO_QUESTION, line=place)
    return given
