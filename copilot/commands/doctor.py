"""`heleklant doctor`: what is configured, reachable, fresh or missing, a line each with the mend."""

from __future__ import annotations

import asyncio
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import typer

from copilot.commands.common import AS_JSON, print_json, print_line
from copilot.errors import CopilotError
from copilot.messages import Text, program
from copilot.settings import Settings

if TYPE_CHECKING:
    from copilot.channels.slack_examined import Seen
    from copilot.indexes import Reranker

LITTLE_ROOM = 500 * 1024 * 1024
"""Bytes below which the disk counts as nearly full: an index of some thousands of entries must still fit."""


class State(StrEnum):
    """How a part is doing."""

    OK = "ok"
    OFF = "off"
    BROKEN = "broken"


WORDS = {State.OK: program.DOCTOR_OK, State.OFF: program.DOCTOR_OFF, State.BROKEN: program.DOCTOR_BROKEN}


@dataclass(frozen=True, slots=True)
class Check:
    """One part that was looked at."""

    name: Text
    state: State
    says: str


def doctor(as_json: bool = AS_JSON) -> None:
    settings = Settings.from_env()
    checks = list(look(settings))
    language = settings.language
    if as_json:
        print_json([{"part": each.name(language), "state": each.state.value, "says": each.says} for each in checks])
    else:
        for each in checks:
            print_line(f"{WORDS[each.state](language):<8}{each.name(language)}: {each.says}")
    raise typer.Exit(1 if any(each.state is State.BROKEN for each in checks) else 0)


def look(settings: Settings) -> Iterator[Check]:
    """Every part, each looked at on its own; of database, knowledge and index those that stand on a broken one not."""
    yield Check(program.DOCTOR_PYTHON, State.OK, f"{platform.python_version()}, {platform.platform()}")
    yield _data_folder(settings)
    parts: list[tuple[Text, Callable[[Settings], Iterator[Check]]]] = [
        (program.DOCTOR_DATABASE, _database),
        (program.DOCTOR_KNOWLEDGE, _knowledge),
        (program.DOCTOR_INDEX, _finding),
    ]
    for name, part in parts:
        try:
            yield from part(settings)
        except CopilotError as fault:
            yield Check(name, State.BROKEN, fault.text(settings.language))
            break  # what stands on it would only say the same again
    yield _model(settings)
    yield from _slack(settings)
    yield _teams(settings)


def _data_folder(settings: Settings) -> Check:
    folder, language = settings.data_dir, settings.language
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            free = shutil.disk_usage(nearest).free
    except OSError as fault:
        says = program.DATA_READ_ONLY(language, path=folder, fault=fault.strerror)
        return Check(program.DOCTOR_DATA, State.BROKEN, says)
    shown = f"{free / 1024**3:.1f} GB"
    if free < LITTLE_ROOM:
        return Check(program.DOCTOR_DATA, State.BROKEN, program.DATA_FULL(language, path=folder, free=shown))
    return Check(program.DOCTOR_DATA, State.OK, program.DATA_WRITABLE(language, path=folder, free=shown))


def _database(settings: Settings) -> Iterator[Check]:
    from copilot import app as assembly

    with assembly.open_store(settings):
        url = _without_password(settings.database_url)
        yield Check(program.DOCTOR_DATABASE, State.OK, program.DATABASE_REACHED(settings.language, url=url))


def _knowledge(settings: Settings) -> Iterator[Check]:
    from copilot import app as assembly

    language = settings.language
    today = assembly.day(None)
    with assembly.open_store(settings) as store:
        organisation = store.organisation()
        living = [entry for entry in store.entries() if entry.valid_on(today)]
    says = program.KNOWLEDGE_COUNT(language, organisation=organisation.name, count=len(living))
    yield Check(program.DOCTOR_KNOWLEDGE, State.OK, says)
    overdue = sorted(
        (entry for entry in living if entry.review_by and entry.review_by < today), key=lambda entry: entry.id
    )
    if not overdue:
        yield Check(program.DOCTOR_REVIEW, State.OK, program.REVIEW_CLEAN(language))
        return
    first = overdue[0]
    says = program.REVIEW_OVERDUE(language, count=len(overdue), example=first.id, owner=first.owner or "?")
    yield Check(program.DOCTOR_REVIEW, State.OFF, says)


def _finding(settings: Settings) -> Iterator[Check]:
    from copilot import app as assembly

    with assembly.open_store(settings) as store:
        index = assembly.open_index(settings, store, throw_away=False)
        try:
            yield Check(program.DOCTOR_MEANING, State.OK, index.embedder.describe(settings.language))
            if index.reranker is not None:
                yield _order(index.reranker, settings.language)
            verdict = index.verify(store)
            state = State.OK if verdict.sound else State.BROKEN
            yield Check(program.DOCTOR_INDEX, state, verdict.text(settings.language))
            index.look()
            for trouble in index.troubles(settings.language):
                yield Check(program.DOCTOR_INDEX, State.BROKEN, trouble)
        finally:
            index.close()


def _order(reranker: Reranker, language: str) -> Check:
    """Where the service is away, the search goes on with its own order: no reason to look no further."""
    try:
        return Check(program.DOCTOR_RERANKER, State.OK, reranker.describe(language))
    except CopilotError as fault:
        return Check(program.DOCTOR_RERANKER, State.BROKEN, fault.text(language))


def _model(settings: Settings) -> Check:
    language = settings.language
    if settings.model is None:
        return Check(program.DOCTOR_MODEL, State.OFF, program.MODEL_NONE(language))
    keys = settings.openai_api_key, settings.environment.get("AZURE_OPENAI_API_KEY")
    if not any(keys) and not settings.openai_base_url:
        return Check(program.DOCTOR_MODEL, State.BROKEN, program.MODEL_NO_KEY(language, model=settings.model))
    try:
        asyncio.run(_call(settings))
    except CopilotError as fault:
        return Check(program.DOCTOR_MODEL, State.BROKEN, fault.text(language))
    where = _without_password(settings.openai_base_url or "OpenAI")
    return Check(program.DOCTOR_MODEL, State.OK, program.MODEL_SET(language, model=settings.model, where=where))


async def _call(settings: Settings) -> None:
    from copilot import app as assembly

    model = assembly.model_of(settings)
    try:
        await model.probe()
    finally:
        await model.aclose()


def _slack(settings: Settings) -> Iterator[Check]:
    language, given = settings.language, settings.environment
    if not any(given.get(name) for name in ("SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_SIGNING_SECRET")):
        yield Check(program.DOCTOR_SLACK, State.OFF, program.SLACK_NONE(language))
        return
    for each in asyncio.run(_slack_seen(settings)):
        yield Check(each.about, State.OK if each.well else State.BROKEN, each.says(language))


async def _slack_seen(settings: Settings) -> list[Seen]:
    from copilot import app as assembly
    from copilot.channels.slack_examined import examined

    store = assembly.open_store(settings)
    try:
        return [each async for each in examined(settings.environment, store)]
    finally:
        store.close()


def _teams(settings: Settings) -> Check:
    return Check(program.DOCTOR_TEAMS, State.OFF, program.TEAMS_NONE(settings.language))


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=f"{parts.username}:***@{parts.netloc.rpartition('@')[2]}"))
