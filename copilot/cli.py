"""The program `heleklant`: parses, calls and prints. One command, one room in `copilot.commands`."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer

from copilot.commands import ask, demo, doctor, evaluate, index, knowledge, mandate, people, serve, speech
from copilot.commands.common import print_line
from copilot.errors import CopilotError
from copilot.messages import help, program
from copilot.settings import Settings

# Typer carries a copy of click since 0.20; the error that both share is found by way of a public name.
REFUSAL: type[Any] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
CONTEXT = {"help_option_names": ["-h", "--help"]}


def build_app() -> typer.Typer:
    """All commands, with Dutch help."""
    app = typer.Typer(
        help=help.PROGRAM.nl,
        no_args_is_help=True,
        add_completion=False,
        context_settings=CONTEXT,
        rich_markup_mode=None,
    )
    app.callback()(_options)
    app.command("demo", help=help.DEMO.nl)(demo.demo)
    app.command("ask", help=help.ASK.nl)(ask.ask)
    app.command("serve", help=help.SERVE.nl)(serve.serve)
    app.add_typer(people.app, name="people")
    app.add_typer(knowledge.app, name="knowledge", help=help.KNOWLEDGE_APP.nl)
    app.add_typer(mandate.app, name="mandate")
    app.add_typer(index.app, name="index")
    app.command("evaluate", help=help.EVALUATE.nl)(evaluate.evaluate)
    app.command("doctor", help=help.DOCTOR.nl)(doctor.doctor)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and exits: 0 success, 1 a check that failed, 2 wrong use or configuration."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    given = [each for each in given if each != "--debug"]
    language = "nl"
    try:
        language = Settings.from_env().language
        command = typer.main.get_command(build_app())
        speech.speak(command, language)
        sys.exit(command.main(given, prog_name="heleklant", standalone_mode=False) or 0)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except REFUSAL as fault:
        speech.complain(fault, language)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        _complain(program.STOPPED(language))
        sys.exit(130)
    except BrokenPipeError:
        # The reader (such as `head`) has gone: nobody is left to tell.
        sys.stderr.close()
        sys.exit(0)
    except CopilotError as fault:
        _show_trace(debug)
        _complain(program.ERROR(language, what=fault.text(language)))
        sys.exit(2)
    except Exception as fault:
        _show_trace(debug)
        _complain(program.UNEXPECTED(language, what=f"{type(fault).__name__}: {fault}"))
        sys.exit(2)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        print_line(f"heleklant {metadata.version('hele-klant')}")
        raise typer.Exit


VERSION = typer.Option(False, "--version", help=help.PROGRAM_VERSION.nl, callback=_show_version, is_eager=True)


def _options(
    debug: bool = typer.Option(False, "--debug", help=help.DEBUG.nl),
    version: bool = typer.Option(
        False, "--version", help=help.PROGRAM_VERSION.nl, callback=_show_version, is_eager=True
    ),
) -> None:
    """Options of every command; --debug is taken out by main, wherever it stands."""


def _show_trace(debug: bool) -> None:
    if debug:
        traceback.print_exc()


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201
