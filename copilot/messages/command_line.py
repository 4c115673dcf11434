"""The words that every command line has: headings of the help, marks beside options, refusals of what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from copilot.messages import Text

USAGE: Final = Text(nl="Gebruik: ", en="Usage: ")
OPTIONS_PLACE: Final = Text(nl="[OPTIES]", en="[OPTIONS]")
COMMAND_PLACE: Final = Text(nl="OPDRACHT [WAARDEN]...", en="COMMAND [ARGS]...")
SEE_HELP: Final = Text(nl="Meer uitleg geeft: {command} --help\n", en="For more, try: {command} --help\n")
REFUSED: Final = Text(nl="Fout: {what}", en="Error: {what}")

HEADINGS: Final[Mapping[str, Text]] = {
    "Options": Text(nl="Opties", en="Options"),
    "Arguments": Text(nl="Waarden", en="Arguments"),
    "Commands": Text(nl="Opdrachten", en="Commands"),
}
"""By what the library calls them."""

MARKS: Final[Mapping[str, Text]] = {
    "Show this message and exit.": Text(nl="Laat deze uitleg zien.", en="Show this message and exit."),
    "[required]": Text(nl="[moet]", en="[required]"),
    "[default: ": Text(nl="[standaard: ", en="[default: "),
    "<list[str]>": Text(nl="TEKST", en="TEXT"),
    "<list[Path]>": Text(nl="PAD", en="PATH"),
    "<str>": Text(nl="TEKST", en="TEXT"),
    "<path>": Text(nl="PAD", en="PATH"),
    "<int>": Text(nl="GETAL", en="NUMBER"),
    "NAAM=WAARDE": Text(nl="NAAM=WAARDE", en="NAME=VALUE"),
    "MAAT=WAARDE": Text(nl="MAAT=WAARDE", en="METRIC=VALUE"),
    "JJJJ-MM-DD": Text(nl="JJJJ-MM-DD", en="YYYY-MM-DD"),
    "OUD": Text(nl="OUD", en="OLD"),
    "NIEUW": Text(nl="NIEUW", en="NEW"),
}
"""By what the library or a command writes for them."""

EXAMPLE: Final = r" (Voorbeeld|Example): "
"""Before the example in the help of a command; an overview shows what stands before it."""

NO_SUCH_OPTION: Final = Text(nl="De optie {name} bestaat niet.", en="There is no option {name}.")
PERHAPS: Final = Text(nl=" Bedoelde je: {names}?", en=" Did you mean: {names}?")
MISSING: Final = Text(nl="Er ontbreekt nog: {what}.", en="Still missing: {what}.")
NOT_ONE_OF: Final = Text(nl="Kies bij {what} uit: {choices}.", en="For {what} choose from: {choices}.")
BAD_VALUE: Final = Text(nl="De waarde bij {what} past daar niet.", en="The value for {what} does not fit there.")

KNOWN_REFUSALS: Final[Mapping[str, Text]] = {
    r"No such command '?(.+?)'?\.": Text(
        nl='De opdracht "{what}" bestaat niet. Alle opdrachten zie je met: heleklant --help',
        en='There is no command "{what}". See all commands with: heleklant --help',
    ),
    r"Got unexpected extra argument\(s\) \((.+)\)": Text(
        nl='Dit is te veel: {what}. Zet een vraag van meer woorden tussen aanhalingstekens ("…").',
        en='This is too much: {what}. Put a question of several words between quotation marks ("…").',
    ),
    r"Option '?(\S+?)'? requires an argument\.": Text(
        nl="Bij {what} hoort een waarde.", en="The option {what} needs a value."
    ),
    r"Option '?(\S+?)'? does not take a value\.": Text(
        nl="Bij {what} hoort geen waarde.", en="The option {what} takes no value."
    ),
    r"Missing command\.": Text(nl="Er ontbreekt nog een opdracht.", en="A command is still missing."),
}
"""By what the library says, with the part that it is about."""
