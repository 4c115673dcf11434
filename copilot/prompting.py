"""Reads the prompts from their files and fills in their variables; a missing or extra variable is an error.

A prompt file is Markdown with front matter (`name`, `version`, `variables`) and the sections `## system`
and `## user`; a file without sections is a piece that goes into another. `{{name}}` is a variable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from copilot.dialogue import Form, Message
from copilot.domain import LANGUAGES
from copilot.errors import Finding, SettingsError
from copilot.messages import Text, model

REQUIRED: Final = ("answer", "judge", "form-json", "form-headings")
VARIABLES: Final[Mapping[str, frozenset[str]]] = {
    "answer": frozenset(
        "organisation tone canary form question earlier verdict decision steps template_say knowledge".split()
    ),
    "judge": frozenset({"question", "answer", "knowledge", "canary", "form"}),
    "form-json": frozenset({"parts"}),
    "form-headings": frozenset({"parts"}),
}
"""What the program fills in; a file must use all of it and nothing else."""
_FRONT_MATTER: Final = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_SECTION: Final = re.compile(r"^## (system|user)[ \t]*$", re.MULTILINE)
_VARIABLE: Final = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class PromptFile:
    """One prompt as its author wrote it."""

    name: str
    version: int
    sections: tuple[tuple[str, str], ...]
    """Role and text; the role is empty for a piece that goes into another prompt."""

    def filled(self, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        # One pass over the author's text: a value that itself holds {{…}} is never filled in.
        return tuple(
            (role, _VARIABLE.sub(lambda match: values[match[1]], text).strip()) for role, text in self.sections
        )


class Prompts:
    """The prompts of one folder, in both languages."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def render(
        self, name: str, language: str, values: Mapping[str, str], *, form: Form, parts: tuple[str, ...]
    ) -> tuple[Message, ...]:
        """Exactly the messages that are sent. Raises SettingsError for a file that is missing or broken."""
        piece = "form-headings" if form is Form.HEADINGS else "form-json"
        shape = self._filled(piece, language, {"parts": ", ".join(parts)})[0][1]
        sections = self._filled(name, language, {**values, "form": shape})
        return tuple(Message(role, text) for role, text in sections)

    def version(self, name: str, language: str) -> int:
        return self._read(name, language).version

    def check(self) -> tuple[Finding, ...]:
        """What is wrong with the files, for `doctor`; empty = all is well."""
        findings = []
        for language in LANGUAGES:
            for name in REQUIRED:
                try:
                    self._read(name, language)
                except SettingsError as error:
                    findings.append(
                        Finding(error.message, error.values, file=str(self._path(name, language)), code="prompt")
                    )
        return tuple(findings)

    def _filled(self, name: str, language: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        prompt = self._read(name, language)
        if missing := VARIABLES[name] - values.keys():
            raise SettingsError(model.PROMPT_VALUE_MISSING, file=name, names=_listed(missing))
        if extra := values.keys() - VARIABLES[name]:
            raise SettingsError(model.PROMPT_VARIABLE_EXTRA, file=name, names=_listed(extra))
        return prompt.filled(values)

    def _read(self, name: str, language: str) -> PromptFile:
        path = self._path(name, language)
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            raise SettingsError(model.PROMPT_MISSING, file=str(path)) from None
        return _parsed(path, changed)

    def _path(self, name: str, language: str) -> Path:
        return self.folder / ("en" if language == "en" else "nl") / f"{name}.md"


def default_folder() -> Path:
    """The folder `prompts/` of the project."""
    return Path(__file__).resolve().parent.parent / "prompts"


@lru_cache(maxsize=64)
def _parsed(path: Path, changed: int) -> PromptFile:
    """Cached until the file changes: an author sees his edit at the next question."""
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise _unreadable(path, str(problem)) from None
    match = _FRONT_MATTER.match(text)
    if not match:
        raise _unreadable(path, Text(nl="de kop tussen --- ontbreekt", en="the head between --- is missing")("nl"))
    head = _head(path, match["head"])
    name, version = str(head.get("name")), head.get("version")
    if name != path.stem or not isinstance(version, int):
        raise _unreadable(path, "name, version")
    declared = head.get("variables")
    used = set(_VARIABLE.findall(match["body"]))
    _same_names(path, used, set(declared) if isinstance(declared, list) else set())
    _same_names(path, used, VARIABLES.get(name, frozenset(used)))
    sections = _sections(match["body"])
    if "form" in used and [role for role, _ in sections] != ["system", "user"]:
        raise _unreadable(path, "## system, ## user")
    return PromptFile(name, version, sections)


def _head(path: Path, text: str) -> dict[str, object]:
    import yaml

    try:
        head = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise _unreadable(path, str(problem).split("\n")[0]) from None
    if not isinstance(head, dict):
        raise _unreadable(path, "name, version, variables")
    return head


def _sections(body: str) -> tuple[tuple[str, str], ...]:
    pieces = _SECTION.split(body)
    if len(pieces) == 1:
        return (("", body.strip()),)
    return tuple(zip(pieces[1::2], (text.strip() for text in pieces[2::2]), strict=True))


def _same_names(path: Path, used: set[str], wanted: frozenset[str] | set[str]) -> None:
    if missing := wanted - used:
        raise SettingsError(model.PROMPT_VARIABLE_MISSING, file=str(path), names=_listed(missing))
    if extra := used - wanted:
        raise SettingsError(model.PROMPT_VARIABLE_EXTRA, file=str(path), names=_listed(extra))


def _unreadable(path: Path, problem: str) -> SettingsError:
    return SettingsError(model.PROMPT_UNREADABLE, file=str(path), problem=problem)


def _listed(names: frozenset[str] | set[str]) -> str:
    return ", ".join("{{" + name + "}}" for name in sorted(names))
