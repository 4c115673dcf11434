"""`heleklant index`: make the search index again, or prove that it says what the database says."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import typer

from copilot.commands.common import AS_JSON, print_json, print_line, progress_bar
from copilot.messages import program, search
from copilot.settings import Settings

app = typer.Typer(help=search.INDEX_APP.nl, no_args_is_help=True)


@app.command("rebuild", help=search.REBUILD_HELP.nl)
def rebuild(as_json: bool = AS_JSON) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    language = settings.language
    started = perf_counter()
    with assembly.open_store(settings) as store:
        index = assembly.open_index(settings, store, throw_away=False)
        try:
            with progress_bar(program.EMBEDDING(language)) as progress:
                count = index.rebuild(store, progress)
            fault, troubles = index.fault, index.troubles(language)
        finally:
            index.close()
    seconds = round(perf_counter() - started, 1)
    if as_json:
        print_json({"entries": count, "seconds": seconds, "fault": fault.text(language) if fault else None})
        return
    print_line(search.REBUILT(language, count=count, seconds=seconds))
    for trouble in troubles:
        print_line(trouble, error=True)


@app.command("verify", help=search.VERIFY_HELP.nl)
def verify(as_json: bool = AS_JSON) -> None:
    from copilot import app as assembly

    settings = Settings.from_env()
    with assembly.open_store(settings) as store:
        index = assembly.open_index(settings, store, throw_away=False)
        try:
            verdict = index.verify(store)
        finally:
            index.close()
    if as_json:
        print_json({"sound": verdict.sound, "entries": verdict.entries, "says": verdict.text(settings.language)})
    else:
        print_line(verdict.text(settings.language))
    if not verdict.sound:
        raise typer.Exit(1)


@app.command("ship", help=search.SHIP_HELP.nl)
def ship(path: Path = typer.Argument(help=search.SHIP_PATH.nl)) -> None:
    from copilot import app as assembly
    from copilot import shipped_vectors
    from copilot.e5 import E5
    from copilot.embedders import Remembering
    from copilot.index_part import passages_of

    settings = Settings.from_env()
    store, _ = assembly.throw_away(path)
    embedder = Remembering(E5())
    with store, progress_bar(program.EMBEDDING(settings.language)) as progress:
        texts = [text for items in store.searchable() for item in items for text in passages_of(item)]
        vectors = embedder.passages(texts, progress)
    size = shipped_vectors.write(vectors, embedder.name)
    shown = search.SHIPPED(settings.language, count=len(vectors), path=shipped_vectors.FILE, size=size // 1024)
    print_line(shown)
