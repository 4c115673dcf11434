"""What the command line says by itself (headings of the help, refusals) in the language of the settings.

The library that parses commands speaks English only. It is asked for other words at the places that it leaves
open: the formatter of a context, the help of options, and the refusals that it raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from copilot.commands.common import print_line
from copilot.messages import Text, command_line, help


def speak(command: Any, language: str) -> None:
    """Gives a command, and all commands below it, the words of that language."""
    context = _context_of(command.context_class, language)
    english = {text.nl: text.en for text in vars(help).values() if isinstance(text, Text)} if language == "en" else {}
    for each in _with_commands(command):
        each.context_class = context
        each.help = english.get(each.help, each.help)
        each.short_help = re.split(command_line.EXAMPLE, each.help or "")[0]
        each.options_metavar = command_line.OPTIONS_PLACE(language)
        if hasattr(each, "subcommand_metavar"):
            each.subcommand_metavar = command_line.COMMAND_PLACE(language)
        for parameter in each.params:
            written = getattr(parameter, "help", None) or ""
            parameter.help = english.get(written, written)


def complain(fault: Any, language: str) -> None:
    """A refusal of the command line on the error stream: how to use the command, then what is wrong."""
    context = getattr(fault, "ctx", None)
    if type(fault).__name__ == "NoArgsIsHelpError":
        print_line(fault.format_message(), error=True)
        return
    if context is not None:
        print_line(context.get_usage(), error=True)
        print_line(command_line.SEE_HELP(language, command=context.command_path), error=True)
    print_line(command_line.REFUSED(language, what=refusal(fault, language)), error=True)


def refusal(fault: Any, language: str) -> str:
    """What is wrong, in that language; the library's own words where they are not known here."""
    kind, said = type(fault).__name__, fault.format_message()
    about = "" if getattr(fault, "param", None) is None else fault.param.get_error_hint().replace("'", '"')
    if kind == "NoSuchOption":
        near = command_line.PERHAPS(language, names=", ".join(fault.possibilities)) if fault.possibilities else ""
        return command_line.NO_SUCH_OPTION(language, name=fault.option_name) + near
    if kind == "MissingParameter":
        return command_line.MISSING(language, what=about)
    if kind == "BadParameter" and about:
        told = dict(re.findall(r"(not one of) (.+?)\.?$", fault.message))
        if "not one of" in told:
            return command_line.NOT_ONE_OF(language, what=about, choices=told["not one of"].replace("'", ""))
        return command_line.BAD_VALUE(language, what=about)
    for pattern, text in command_line.KNOWN_REFUSALS.items():
        if found := re.fullmatch(pattern, said):
            return text(language, what=found[1] if found.groups() else "")
    return str(said)


def _context_of(base: Any, language: str) -> Any:
    """The kind of context that a command makes, with a formatter that speaks the language."""
    words = {said: text(language) for said, text in command_line.HEADINGS.items()}
    marks = {said: text(language) for said, text in command_line.MARKS.items()}

    class Formatter(base.formatter_class):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, _put(args, marks), prefix or command_line.USAGE(language))

        def write_heading(self, heading: str) -> None:
            super().write_heading(words.get(heading, heading))

        def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
            super().write_dl([(_put(one, marks), _put(other, marks)) for one, other in rows], *args, **kwargs)

    class Context(base):
        formatter_class = Formatter

    return Context


def _put(text: str, marks: dict[str, str]) -> str:
    for said, put in marks.items():
        text = text.replace(said, put)
    return text


def _with_commands(command: Any) -> Iterator[Any]:
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from _with_commands(below)
