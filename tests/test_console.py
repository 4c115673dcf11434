"""The card on a terminal: verdict first, nothing cut off, no empty lines that say nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from copilot.app import Application, open_application, question_from
from copilot.channels.console import show
from copilot.settings import Settings
from tests.world import write_pack

LONG = "Een fiets met een heel lange naam die op geen enkel scherm ooit op één regel zal passen"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    folder = tmp_path_factory.mktemp("winkel")
    step = f"- do: Zeg {'heel ' * 30}rustig dat het lang duurt.\n"
    long = f"---\nid: lang\nkind: solution\ntitle: {LONG}\nsteps:\n{step}---\n"
    pack = write_pack(folder / "pack", **{"lang.md": long})
    settings = Settings.from_env(
        {"HELEKLANT_DATA_DIR": str(folder / "data"), "HELEKLANT_EMBEDDER": "words"}, Path(folder)
    )
    with open_application(settings, knowledge=pack) as application:
        yield application


def card(shop: Application, asked: str, width: int = 60, **facts: str) -> list[str]:
    organisation = shop.store.organisation()
    question = question_from({"ask": asked, "on": date(2026, 11, 22), "facts": facts}, organisation)
    screen = Console(file=io.StringIO(), width=width, highlight=False)
    show(shop.assistant.answer(question), organisation, screen)
    assert isinstance(screen.file, io.StringIO)
    lines = screen.file.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    return [line.strip("│ ") for line in lines[1:-1]]


@pytest.mark.parametrize(
    "asked",
    ["Klant wil korting om een kras op de fiets", "Sleutel kwijt, fiets op slot", LONG, "Wat kost een maanraket?"],
    ids=["asks", "solution", "long", "unknown"],
)
def test_a_card_begins_with_its_verdict_and_has_one_empty_line_between_blocks(shop: Application, asked: str) -> None:
    lines = card(shop, asked)
    assert lines[0]
    assert lines[-1]
    assert all(one or other for one, other in pairwise(lines))


def test_a_long_verdict_is_folded_and_not_cut(shop: Application) -> None:
    assert LONG in " ".join(card(shop, LONG, width=50))


def test_a_long_step_stays_beside_its_number(shop: Application) -> None:
    lines = card(shop, LONG, width=50)
    first = next(place for place, line in enumerate(lines) if line.startswith("1. Zeg heel"))
    assert lines[first + 1].startswith("heel heel")
