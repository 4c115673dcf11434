"""The lists of wordings that the guard looks for, from the files in `copilot/wording/`.

A file holds one regular expression a line, in [sections]; lines of a section are alternatives, and
`{NAME}` stands for the alternatives of another section. Nothing is read or compiled before it is needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

_SECTION: Final = re.compile(r"\[([\w ]+)\]")
_NAME: Final = re.compile(r"\{([A-Z_]+)\}")


class Wordings:
    """One file of wordings; `wordings.pattern("REFUSAL")`, or `wordings.REFUSAL` for short."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: dict[str, list[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def __getattr__(self, section: str) -> re.Pattern[str]:
        if not section.isupper():
            raise AttributeError(section)
        return self.pattern(section)

    def pattern(self, section: str) -> re.Pattern[str]:
        """All alternatives of a section as one pattern, in any case of letters."""
        if section not in self._patterns:
            self._patterns[section] = re.compile(self._joined(section), re.IGNORECASE)
        return self._patterns[section]

    def words(self, section: str) -> frozenset[str]:
        """A section that is a plain list of words, any number on a line."""
        if section not in self._words:
            self._words[section] = frozenset(word for line in self._read()[section] for word in line.split())
        return self._words[section]

    def sections(self) -> tuple[str, ...]:
        return tuple(self._read())

    def _joined(self, section: str) -> str:
        lines = (_NAME.sub(lambda match: f"(?:{self._joined(match[1])})", line) for line in self._read()[section])
        return "|".join(f"(?:{line})" for line in lines)

    def _read(self) -> dict[str, list[str]]:
        if not self._lines:
            text = resources.files("copilot").joinpath("wording", f"{self._name}.txt").read_text(encoding="utf-8")
            section = ""
            for line in text.splitlines():
                if match := _SECTION.fullmatch(line):
                    section = match[1]
                    self._lines[section] = []
                elif line and not line.startswith("#"):
                    self._lines[section].append(line)
        return self._lines


@lru_cache(maxsize=8)
def of(name: str) -> Wordings:
    """The wordings of `copilot/wording/<name>.txt`."""
    return Wordings(name)
