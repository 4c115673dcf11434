"""`heleklant demo`: everything at once on embedded defaults, without any key or account."""

from __future__ import annotations

import asyncio
import socket
import sys
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import typer

from copilot.commands.common import KNOWLEDGE, print_line, progress_bar, show_findings
from copilot.errors import SettingsError
from copilot.messages import help, program
from copilot.settings import DATABASE_NAME, DEFAULT_PORT, Settings

if TYPE_CHECKING:
    from copilot.app import Application

SAMPLE = Path(__file__).parents[2] / "knowledge" / "hele-klant"
PORTS_TO_TRY = 20


def demo(
    knowledge: Path = KNOWLEDGE,
    open_browser: bool = typer.Option(True, "--open/--no-open", help=help.DEMO_OPEN.nl),
) -> None:
    from copilot import app as assembly

    settings = _demo_settings(Settings.from_env())
    if knowledge is None:
        if not SAMPLE.is_dir():
            raise SettingsError(program.SAMPLE_MISSING, path=SAMPLE)
        # What somebody changed while trying it out stays; a second start must not ask about conflicts.
        assembly.import_packs(settings, SAMPLE, by=program.SELF, on=assembly.day(None), choose="ours")
    with progress_bar(program.EMBEDDING(settings.language)) as progress:
        application = assembly.open_application(settings, knowledge=knowledge, progress=progress)
    with application, _listening_socket(settings) as listening:
        show_findings(application.findings, settings.language)
        _show_one_answer(application)
        url = f"http://{settings.host}:{listening.getsockname()[1]}/"
        print_line(program.DEMO_READY(settings.language, url=url))
        if open_browser and _has_a_screen(settings):
            webbrowser.open(url)
        asyncio.run(_serve(application, listening))


def _demo_settings(settings: Settings) -> Settings:
    """The same settings with a data folder of its own: what is tried out never mixes with what is real."""
    folder = settings.data_dir / "demo"
    return replace(
        settings,
        data_dir=folder,
        database_url=f"sqlite:///{folder / DATABASE_NAME}",
        organisation=None,
        chroma_url=None,
    )


def _listening_socket(settings: Settings) -> socket.socket:
    """A socket on the port of the settings; on the default port, or the first free one after it."""
    last = settings.port + (PORTS_TO_TRY if settings.port == DEFAULT_PORT else 1)
    for port in range(settings.port, last):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((settings.host, port))
        except OSError:
            listening.close()
        else:
            return listening
    raise SettingsError(program.PORT_TAKEN, host=settings.host, port=settings.port, command="demo")


def _show_one_answer(application: Application) -> None:
    """One card in the terminal, so that a first look needs no browser."""
    from copilot import app as assembly
    from copilot.channels.console import show
    from copilot.compose import role_title
    from copilot.web.page import Visitor, examples_for

    store, language = application.store, application.settings.language
    organisation = store.organisation()
    asked = assembly.question_from({"thread": uuid4().hex}, organisation)
    visitor = Visitor(role=asked.roles[0], department=None, language=language)
    for example in examples_for(visitor, organisation, store.entries(), asked.on, 1):
        role = role_title(visitor.role, organisation)
        print_line(program.DEMO_EXAMPLE(language, role=role, question=example))
        show(application.assistant.answer(replace(asked, text=example)), organisation)


async def _serve(application: Application, listening: socket.socket) -> None:
    import uvicorn

    from copilot import app as assembly
    from copilot.web.page import build_page

    page = build_page(application.assistant, application.store, today=lambda: assembly.day(None))
    server = uvicorn.Server(uvicorn.Config(page, log_level="warning", lifespan="off"))
    async with assembly.model_at_hand(application.model):
        await server.serve(sockets=[listening])


def _has_a_screen(settings: Settings) -> bool:
    """On Linux a browser needs a display; without one a text browser would take over the terminal."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & settings.environment.keys())
