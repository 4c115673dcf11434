"""The static report in a real browser, from disk: overview, charts, one case down to the reason, before and after."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from copilot import baseline, casefile, gates, results
from copilot.evaluate import Attempt, evaluate
from copilot.evaluation_report import write_report
from copilot.results import About, Measured
from tests.browser import a_browser
from tests.own_cases import DAY, opened, shelf_of
from tests.test_evaluate import CASES, WRONG
from tests.world import write_pack

ARTEFACTS = Path(__file__).parent / "artefacts"
PLANTED = '<script>document.title = "planted"</script><img src=http://planted.example/x>'


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with one wrong yes, one hostile question, and an earlier run in which another case was right."""
    folder = tmp_path_factory.mktemp("report")
    path = folder / "cases.yaml"
    path.write_text(CASES + WRONG, encoding="utf-8")
    locked = folder / "shop-locked.yaml"
    locked.write_text(CASES.replace("id: ", "id: dicht-"), encoding="utf-8")
    cases = [*casefile.read_cases(path)[0], *casefile.read_cases(locked)[0]]
    cases[3] = replace(cases[3], ask=f"{PLANTED} {cases[3].ask}")
    with opened(write_pack(folder / "pack")) as application:
        shelf = shelf_of(application)
        found = list(asyncio.run(evaluate(cases, application.assistant.suggest, shelf, today=DAY)))
    about = About(at=datetime(2026, 11, 22, 12, 0), shelf=shelf, cases=cases, commit="abc", embedder="words", seconds=1)
    earlier = json.loads(json.dumps(results.as_json(Measured.of(about, found))))
    found[2] = _without_its_words(found[2])
    measured = Measured.of(about, found)
    failed = gates.failed(measured.all_of_it, [gates.read_gate("right=1")])
    write_report(folder / "out", measured, failed, baseline.compare(measured, earlier))
    return folder / "out" / "report.html"


def _without_its_words(result: object) -> object:
    """The same case, answered worse than before."""
    attempt: Attempt = result.attempts[0]  # type: ignore[attr-defined]
    suggestion = replace(attempt.suggestion, text="Geen idee.")
    marks = tuple(replace(mark, passed=False) if mark.scorer == "says" else mark for mark in attempt.marks)
    return replace(result, attempts=(replace(attempt, suggestion=suggestion, marks=marks),))  # type: ignore[type-var]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as opened_browser:
        yield opened_browser


@pytest.fixture
def page(report: Path, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    opened_page = context.new_page()
    complaints: list[str] = []
    opened_page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened_page.on("pageerror", lambda fault: complaints.append(str(fault)))
    opened_page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith("file:") else None)
    opened_page.goto(report.as_uri())
    yield opened_page
    context.close()
    assert complaints == []


def test_it_opens_from_disk_with_the_verdict_on_top(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("Hoe goed zijn de antwoorden?")
    expect(page.locator(".banner.poor")).to_contain_text('onterecht "mag zelf"')
    expect(page.locator(".card").nth(1)).to_contain_text("keer onterecht")
    assert page.locator("svg.bars").count() >= 3
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / "evaluation-report.png", full_page=True)


def test_wrong_answers_are_listed_first_and_all_can_be_shown(page: Page) -> None:
    assert page.locator(".case:visible").count() == 2
    page.locator("label", has_text="alles").click()
    assert page.locator(".case:visible").count() == 6
    page.locator("[type=search]").fill("SLEUTEL")
    assert page.locator(".case:visible").count() == 1
    page.locator("[type=search]").fill("bestaat niet")
    expect(page.locator(".empty")).to_be_visible()


def test_a_case_opens_down_to_the_reason(page: Page) -> None:
    case = page.locator("#verkeerd")
    case.locator("summary").click()
    expect(case).to_contain_text('Zegt "mag zelf" op grond van korting-beschadigde-fiets')
    expect(case).to_contain_text("€ 10,00")
    expect(case.locator(".ranking tr").first).to_contain_text("korting-beschadigde-fiets")
    expect(case.locator(".sources")).to_contain_text("Winkelboek 3.1")
    expect(case.locator("pre")).to_contain_text("Ja, dit mag je zelf beslissen.")
    case.screenshot(path=ARTEFACTS / "evaluation-case.png")


def test_before_and_after_stand_side_by_side(page: Page) -> None:
    page.locator("label", has_text="nu fout, eerst goed").click()
    assert page.locator(".case:visible").count() == 1
    case = page.locator("#sleutel")
    case.locator("summary").click()
    before, after = case.locator(".answers pre").all()
    expect(before).to_contain_text("Zaag het slot open")
    expect(after).to_have_text("Geen idee.")
    assert before.bounding_box()["y"] == after.bounding_box()["y"]


def test_what_a_question_says_is_never_run(page: Page) -> None:
    page.locator("label", has_text="alles").click()
    expect(page.locator("#marge .ask")).to_contain_text("<script>")
    assert page.title() != "planted"


def test_locked_cases_are_totals_only(page: Page, report: Path) -> None:
    expect(page.locator(".panel", has_text="Dichte proefvragen")).to_contain_text("shop-locked.yaml")
    assert "dicht-" not in report.read_text(encoding="utf-8")


def test_it_fits_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 380, "height": 800})
    page.locator("#verkeerd summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_a_link_to_a_case_opens_it(report: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    opened_page = context.new_page()
    opened_page.goto(f"{report.as_uri()}#kras-20")
    expect(opened_page.locator("#kras-20 pre").first).to_be_visible()
    bar, summary = (opened_page.locator(each).bounding_box() for each in (".filter", "#kras-20 > summary"))
    assert summary["y"] >= bar["y"] + bar["height"], "the bar that stays on top must not hide it"
    context.close()
