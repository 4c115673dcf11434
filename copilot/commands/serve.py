"""`heleklant serve`: the channels that the settings switch on, and the worker, in one process."""

from __future__ import annotations

import asyncio
import importlib
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import typer

from copilot.channels import CHANNELS
from copilot.commands.common import print_line
from copilot.errors import SettingsError, UsageError
from copilot.messages import help, program, search
from copilot.messages import slack as texts
from copilot.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from copilot.app import Application
    from copilot.embedders import Progress

TOLD_EVERY_SECONDS: Final = 10.0
WEB: Final = "web"
"""The addresses that every program of this kind has; the console will stand there too."""


def serve(only: str = typer.Option(None, "--only", help=help.SERVE_ONLY.nl, metavar="slack,web")) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    wanted = _wanted(only, settings)
    application = assembly.open_application(settings, progress=_told(settings.language), background=True)
    with application, _listening(settings) as listening:
        services = [_open(name, application) for name in wanted if name != WEB]
        asyncio.run(_served(services, listening, application))


def _told(language: str) -> Progress:
    """A line now and then, since the questions that words answer meanwhile must stay readable."""
    last = monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last > TOLD_EVERY_SECONDS:
            last = monotonic()
            print_line(search.MEANING_MADE(language, done=done, total=total))

    return tell


def _wanted(only: str | None, settings: Settings) -> list[str]:
    """The channels to run: those asked for, else those that the settings switch on."""
    if only is None:
        on = [name for name in CHANNELS if _module(name).is_on(settings.environment)]
        if not on:
            raise SettingsError(texts.NOTHING_TO_SERVE)
        return on
    names = [name.strip() for name in only.split(",") if name.strip()]
    known = (*CHANNELS, WEB)
    for name in names:
        if name not in known:
            raise UsageError(texts.UNKNOWN_CHANNEL, name=name, known=", ".join(known))
    return names


def _module(name: str) -> Any:
    return importlib.import_module(CHANNELS[name].partition(":")[0])


def _open(name: str, application: Application) -> Any:
    """The channel, given what it needs of the program."""
    from copilot import app as assembly

    module = _module(name)
    settings = application.settings
    needs = module.Needs(
        environment=settings.environment,
        desk=application.store,
        assistant=application.assistant,
        curator=assembly.curator_for(application.store),
        today=lambda: assembly.day(None),
        mask=assembly.mask_of(settings),
        meaning=assembly.bundled_meaning(application.index),
    )
    return getattr(module, CHANNELS[name].partition(":")[2])(needs)


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with listening:
        try:
            listening.bind((settings.host, settings.port))
        except OSError:
            raise SettingsError(program.PORT_TAKEN, host=settings.host, port=settings.port, command="serve") from None
        yield listening


async def _served(services: Sequence[Any], listening: socket.socket, application: Application) -> None:
    from copilot import app as assembly

    async with assembly.model_at_hand(application.model):
        await _run(services, listening, application.settings)


async def _run(services: Sequence[Any], listening: socket.socket, settings: Settings) -> None:
    """Until somebody says stop: then no new work, and what was begun is finished or handed over."""
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(web_of(services), log_level="warning", lifespan="off", timeout_graceful_shutdown=5)
    )
    # Uvicorn passes a signal on when it is done, which would end the process before its work is handed over.
    server.capture_signals = nullcontext  # type: ignore[method-assign, assignment]
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, setattr, server, "should_exit", True)
    started: list[Any] = []
    try:
        for service in services:
            await service.start()
            started.append(service)
        host, port = listening.getsockname()[:2]
        names = ", ".join(service.name for service in services) or WEB
        print_line(texts.SERVING(settings.language, url=f"http://{host}:{port}", channels=names))
        await server.serve(sockets=[listening])
        print_line(texts.STOPPING(settings.language))
    finally:
        for service in started:
            await service.stop()


def web_of(services: Sequence[Any]) -> FastAPI:
    """The addresses: alive, ready, what is measured, and those of each channel."""
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse, PlainTextResponse

    web = FastAPI(title="Hele Klant", docs_url=None, redoc_url=None, openapi_url=None)

    @web.get("/healthz")
    async def alive() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @web.get("/readyz")
    async def ready() -> JSONResponse:
        standing = {service.name: service.ready() for service in services}
        return JSONResponse(standing, status_code=200 if all(standing.values()) else 503)

    @web.get("/metrics")
    async def metrics() -> PlainTextResponse:
        lines = [line for service in services for line in _measures(service.name, await service.waiting())]
        return PlainTextResponse("\n".join([*lines, ""]), media_type="text/plain; version=0.0.4")

    for service in services:
        service.attach(web)
    return web


def _measures(name: str, waiting: Any) -> Iterator[str]:
    """How the inbox stands, in the text format of Prometheus: the oldest question and `silent` are the ones to watch.

    `silent`: neither an answer nor an apology in time; it is 0 when all is well.
    """
    yield from (
        f'heleklant_inbox_unfinished{{channel="{name}"}} {waiting.unfinished}',
        f'heleklant_inbox_oldest_seconds{{channel="{name}"}} {waiting.oldest_seconds:.3f}',
        f'heleklant_inbox_failed{{channel="{name}"}} {waiting.failed}',
        f'heleklant_inbox_answered{{channel="{name}"}} {waiting.done}',
        f'heleklant_inbox_silent{{channel="{name}"}} {waiting.silent}',
    )
