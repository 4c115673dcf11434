"""The layering of the design, held by reading the imports: who may know whom, and which vendor lives where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import copilot

PACKAGE = Path(copilot.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

WORDS = {"domain", "errors", "notation", "messages", "language", "packs", "records", "domain_json", "spelling", "sentences"}
USE_CASES = {"assist", "asking", "curate", "resolve"}
EDGES = {
    "yamltext", "entryfile", "content", "casefile",
    "store", "tables", "migrations",
    "llm", "prompting",
    "channels", "web",
}  # fmt: skip
ASSEMBLY = {"settings", "app", "cli", "commands", "__main__", "__init__"}

VENDOR_ROOMS = {
    "sqlalchemy": {"store", "tables", "migrations"},
    "alembic": {"store", "migrations"},
    "chromadb": {"chroma_store"},
    "openai": {"llm"},
    "slack_bolt": {"channels"},
    "slack_sdk": {"channels"},
    "fastapi": {"web", "channels", "app", "commands"},
    "typer": {"cli", "commands"},
}


def module_of(path: Path) -> str:
    """`copilot/channels/slack.py` is the room `channels`."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            if node.module == "copilot":
                yield from ((f"copilot.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module or "", node.lineno


def own_imports(path: Path) -> Iterator[tuple[str, int]]:
    for name, line in imports_of(path):
        if name.startswith("copilot."):
            yield name.split(".")[1], line


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_words_know_only_words(path: Path) -> None:
    if module_of(path) in WORDS:
        assert {name for name, _ in own_imports(path)} <= WORDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nobody_but_the_assembly_knows_the_assembly(path: Path) -> None:
    if module_of(path) not in ASSEMBLY:
        assert not {name for name, _ in own_imports(path)} & ASSEMBLY


@pytest.mark.parametrize("vendor", VENDOR_ROOMS)
def test_a_vendor_lives_in_its_own_room(vendor: str) -> None:
    strangers = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in FILES
        for name, line in imports_of(path)
        if name.split(".")[0] == vendor and module_of(path) not in VENDOR_ROOMS[vendor]
    }
    assert not strangers


def test_only_settings_reads_the_environment() -> None:
    readers = {
        path.name
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert readers <= {"settings.py"}
