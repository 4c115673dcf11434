"""How well sentences are read: every told fact right, unread or wrong, and every invented one wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from copilot import facts
from copilot.domain import Fact, FactType, FactValue, Mandate

FOLDER = Path(__file__).parent / "facts"
ON = date(2026, 3, 18)


class _Texts(yaml.SafeLoader):
    """Reads every scalar as the text that stands there: `yes` is not True, 12.50 not a float."""


_Texts.yaml_implicit_resolvers = {}


@dataclass
class Score:
    """What became of the facts that sentences tell."""

    right: int = 0
    unread: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Another value than was told, or a value where nothing was told."""

    @property
    def told(self) -> int:
        return self.right + len(self.unread) + sum("for nothing" not in each for each in self.wrong)


@cache
def mandates() -> dict[str, Mandate]:
    raw = _load("mandates.yaml")
    return {name: Mandate(id=name, title=name, facts=tuple(map(_fact, rows.items()))) for name, rows in raw.items()}


def score(file: str) -> Score:
    """The sentences of one file, read as the program reads them."""
    found = Score()
    for row in _load(file):
        _judge(row, mandates()[row["m"]], found)
    return found


def _judge(row: dict[str, Any], mandate: Mandate, found: Score) -> None:
    reading = facts.read_facts(row["t"], mandate, ON, row.get("l", "nl")).values
    for fact in mandate.facts:
        told = row["f"].get(fact.name)
        expected = facts.parse_value(fact, told) if told is not None else None
        read = reading.get(fact.name)
        place = f"{row['m']}.{fact.name}: {row['t']!r}"
        if expected is None and read is not None:
            found.wrong.append(f"{place} read {_shown(fact, read)} for nothing")
        elif expected is not None and read is None:
            found.unread.append(f"{place} told {told}")
        elif expected is not None and read is not None:
            if read == expected:
                found.right += 1
            else:
                found.wrong.append(f"{place} told {told}, read {_shown(fact, read)}")


def _shown(fact: Fact, value: FactValue) -> str:
    return facts.show_value(fact, value, "nl")


def _fact(pair: tuple[str, dict[str, Any]]) -> Fact:
    name, row = pair
    values = {value: tuple(words) for value, words in row.get("values", {}).items()}
    return Fact(name, FactType(row["type"]), row["ask"], tuple(row.get("yes", ())), tuple(row.get("no", ())), values)


def _load(file: str) -> Any:
    return yaml.load((FOLDER / file).read_text(encoding="utf-8"), _Texts)
