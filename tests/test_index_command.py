"""`heleklant index`: made by itself, made again, and proven to say what the database says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copilot.cli import main

DUINRAND = Path(__file__).parent / "packs" / "duinrand"


@pytest.fixture(autouse=True)
def by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELEKLANT_EMBEDDER", "words")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    return int(stop.value.code or 0)


def test_an_index_is_rebuilt_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("knowledge", "import", str(DUINRAND)) == 0
    assert run("index", "rebuild", "--json") == 0
    told = capsys.readouterr().out
    assert json.loads(told[told.index("{") :])["entries"] == 70
    assert run("index", "verify", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "sound": True,
        "entries": 70,
        "says": "de zoekindex klopt: 70 kennisitems, stand 1",
    }


def test_a_missing_index_is_no_fault_since_it_makes_itself(capsys: pytest.CaptureFixture[str]) -> None:
    run("knowledge", "import", str(DUINRAND))
    assert run("index", "verify") == 0
    assert "vanzelf" in capsys.readouterr().out
    assert run("ask", "Mag er een hond mee in het huisje?", "--json") == 0
    capsys.readouterr()
    assert run("index", "verify") == 0
    assert "klopt: 70" in capsys.readouterr().out


def test_without_knowledge_the_commands_say_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("index", "rebuild") == 2
    assert "heleklant" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["rebuild", "verify", "ship"])
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("index", command, "--help") == 0
    assert f"heleklant index {command}" in capsys.readouterr().out
