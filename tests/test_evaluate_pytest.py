"""The plug-in for pytest: a team's own repository with cases, run as that team runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_evaluate import CASES, WRONG
from tests.world import write_pack

SETTINGS = """\
[pytest]
heleklant_cases = cases/*.yaml
heleklant_knowledge = pack
asyncio_default_fixture_loop_scope = function
"""


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-W", "error", *arguments],
        cwd=folder,
        env={"PATH": "", "HELEKLANT_EMBEDDER": "words", "HELEKLANT_DATA_DIR": str(folder / "data")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture
def team(tmp_path: Path) -> Path:
    write_pack(tmp_path / "pack")
    (tmp_path / "cases").mkdir()
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    (tmp_path / "cases" / "shop.yaml").write_text(CASES)
    return tmp_path


def test_each_case_is_a_test(team: Path) -> None:
    code, out = run(team, "-v")
    assert code == 0, out
    assert "5 passed" in out
    assert "cases/shop.yaml::kras-20 PASSED" in out


def test_a_wrong_answer_is_told_in_words_without_a_stack_trace(team: Path) -> None:
    (team / "cases" / "wrong.yaml").write_text(WRONG)
    code, out = run(team)
    assert code == 1
    assert 'wrong_allowed: Zegt "mag zelf"' in out
    assert "Traceback" not in out
    assert "pytest_cases.py" not in out


def test_a_case_that_cannot_be_read_or_asked_is_named_and_the_rest_runs(team: Path) -> None:
    broken = "- id: a\n  aks: x\n  role: verkoper\n  expect: {outcome: allowed}\n" + WRONG.replace("verkoper", "kok")
    (team / "cases" / "broken.yaml").write_text(broken)
    code, out = run(team)
    assert code == 1
    assert "aks" in out
    assert '"kok"' in out
    assert "5 passed" in out


def test_a_locked_file_is_one_test_that_names_no_case(team: Path) -> None:
    (team / "cases" / "shop-locked.yaml").write_text(WRONG + CASES.replace("id: ", "id: dicht-"))
    code, out = run(team, "cases/shop-locked.yaml")
    assert code == 1
    assert "shop-locked.yaml: 5 / 6 < 1" in out
    assert "verkeerd" not in out
    code, out = run(team, "cases/shop-locked.yaml", "-o", "heleklant_locked=0.8")
    assert (code, "1 passed" in out) == (0, True)


def test_who_did_not_ask_for_it_notices_nothing(team: Path) -> None:
    (team / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    (team / "test_own.py").write_text(
        "import sys\n"
        "def test_own():\n"
        "    ours = [name for name in sys.modules if name.startswith('copilot')]\n"
        "    assert set(ours) <= {'copilot', 'copilot.commands', 'copilot.commands.pytest_cases'}\n"
    )
    code, out = run(team)
    assert code == 0, out
    assert "1 passed" in out
