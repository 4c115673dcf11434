"""Parts of an entry as text in one field of a form: a list a line each, facts, conditions. Read and written. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from copilot.messages import Text

RULES: Final = 4
"""Rules of a mandate that a form has fields for."""
NOBODY: Final = "-"
"""The choice of role for what nobody may, and of department for none."""
REMOVED: Final = "x"
"""The choice of role for a rule that is taken out."""

_FACT: Final = re.compile(r"\s*([^:]+?)\s*:\s*([a-z]+)\s*(?:\(([^)]*)\))?\s*(?::\s*(.*))?")
_PART: Final = re.compile(r",(?!\d)|\n")
"""A comma before a digit is one of an amount: 12,50."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """What one line says of a fact."""

    name: str
    type: str
    choices: tuple[str, ...] = ()
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as the fields of a form; what does not fit in a field is left out of it and stays as it is."""

    fields: Mapping[str, str]
    """By name; one that the entry does not have is empty. `rule1_roles`, `rule1_when` and `rule1_may` are one rule."""
    kept: tuple[str, ...] = ()
    """What the form cannot show: keys by their English name, and rules as `rules[5]`."""
    attached: tuple[str, ...] = ()
    """What hangs on a step and is not shown either: `2 (vervangend-vervoer)`."""


@dataclass(frozen=True, slots=True)
class Written:
    """The entry that a form makes, or what is not right, by field."""

    text: str = ""
    wrong: Mapping[str, Text] = field(default_factory=dict)


def lines_of(text: str) -> list[str]:
    """The items of a list that stands in a field, one a line, with or without a dash."""
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


def in_lines(items: Sequence[str]) -> str | None:
    """A list as a field, or None where it would not be read back the same."""
    written = "\n".join(items)
    return written if lines_of(written) == list(items) else None


def fact_of(line: str) -> FactLine | None:
    """`bedrag: money: Om welk bedrag gaat het?`, the question may be left out; None for what cannot be read."""
    match = _FACT.fullmatch(line)
    if match is None:
        return None
    name, kind, choices, ask = match.groups()
    named = tuple(each.strip() for each in (choices or "").split(",") if each.strip())
    return FactLine(name, kind, named, (ask or "").strip())


def in_line(fact: FactLine) -> str | None:
    """A fact as a line, or None where it would not be read back the same."""
    choices = f" ({', '.join(fact.choices)})" if fact.choices else ""
    written = f"{fact.name}: {fact.type}{choices}" + (f": {fact.ask}" if fact.ask else "")
    return written if fact_of(written) == fact and lines_of(written) == [written] else None


def conditions_of(written: str, facts: Collection[str]) -> dict[str, tuple[str, ...]]:
    """`bedrag <= 50, soort kleding, schoenen` by fact; a part that no fact begins belongs to the one before it.

    A fact alone means yes.
    """
    found: dict[str, tuple[str, ...]] = {}
    last = ""
    for part in (each.strip() for each in _PART.split(written)):
        name = _fact_before(part, facts)
        if name is None and last and part:
            found[last] = (*found[last], part)
        elif part:
            last = name or part.partition(" ")[0].rstrip(":")
            rest = part[len(last) :].lstrip(": ").strip()
            found[last] = (rest or "yes",)
    return found


def in_conditions(conditions: Mapping[str, Sequence[str]], facts: Collection[str]) -> str | None:
    """Conditions as a field, or None where they would not be read back the same."""
    written = ", ".join(f"{name} {', '.join(values)}" for name, values in conditions.items())
    wanted = {name: tuple(values) for name, values in conditions.items()}
    return written if conditions_of(written, facts) == wanted else None


def _fact_before(part: str, facts: Iterable[str]) -> str | None:
    """The longest name of a fact with which a condition begins."""
    begun = (name for name in facts if part == name or part.startswith((f"{name} ", f"{name}:")))
    return max(begun, key=len, default=None)
