"""The same cases over a running server: the same scores as inside the program; and what a server may do wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot import evaluate, results, scorers
from copilot.answer_json import suggestion_json
from copilot.answer_reading import read_suggestion
from copilot.answered import Answered, Shelf
from copilot.app import Application
from copilot.commands.server_answers import Server
from copilot.domain import Case
from copilot.errors import UsageError
from copilot.results import Measured
from copilot.web.page import build_page
from tests.browser import served
from tests.own_cases import measured, opened, shelf_of
from tests.test_evaluate import CASES, WRONG, measure, read
from tests.world import write_pack

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    with opened(write_pack(tmp_path_factory.mktemp("server") / "pack")) as application:
        yield application


@pytest.fixture(scope="module")
def url(application: Application) -> Iterator[str]:
    with served(build_page(application.assistant, application.store, today=lambda: DAY)) as address:
        yield address


def over(url: str, application: Application, cases: list[Case]) -> Measured:
    shelf = shelf_of(application)
    found = asyncio.run(evaluate.evaluate(cases, Server(url, shelf).suggest, shelf, today=DAY))
    return Measured.of(measure(application, cases).about, found)


def test_a_server_gets_the_same_scores(url: str, application: Application, tmp_path: Path) -> None:
    cases = read(tmp_path, CASES + WRONG)
    inside, outside = results.as_json(measure(application, cases)), results.as_json(over(url, application, cases))
    assert outside["scores"] == inside["scores"]
    assert outside["cases"] == inside["cases"]


def test_a_server_with_other_knowledge_is_not_scored_but_named(
    url: str, application: Application, tmp_path: Path
) -> None:
    shelf = shelf_of(application)
    cases = read(tmp_path, CASES)
    strange = Shelf(shelf.organisation, {})
    found = asyncio.run(evaluate.evaluate(cases, Server(url, strange).suggest, strange, today=DAY))
    faults = {result.told.fault.text("nl") for result in found if result.told.fault}
    assert faults
    assert {fault for fault in faults if "andere kennis" not in fault} == set()


@pytest.mark.parametrize("name", ["hele-klant", "duinrand"])
def test_every_answer_reads_back_from_json_with_the_same_marks(name: str) -> None:
    run = measured(name)
    for result in run.open_results:
        suggestion = result.told.suggestion
        assert suggestion is not None
        as_json = json.loads(json.dumps(suggestion_json(suggestion)))
        again = read_suggestion(as_json, suggestion.question, run.about.shelf.entries)
        before = [(mark.scorer, mark.passed) for mark in result.told.marks]
        marks = scorers.score(Answered(result.case, again, run.about.shelf))
        assert [(mark.scorer, mark.passed) for mark in marks] == before, result.case.id


@pytest.mark.parametrize("given", [{}, {"status": "answered"}, {"id": 1, "status": "perhaps", "text": ""}])
def test_what_is_no_answer_is_said(given: dict[str, Any], application: Application) -> None:
    question = measured("duinrand").results[0].told.suggestion.question  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="ask --json"):
        read_suggestion(given, question, {})


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        "[" * 50_000,
        '{"ask": "' + "x" * 200_000 + '"}',
        '{"ask": 3}',
        '{"ask": "x", "on": "morgen"}',
        '{"ask": "x", "facts": 1}',
        '{"ask": " "}',
    ],
)
def test_a_bad_request_is_answered_with_what_to_send(url: str, body: str) -> None:
    answer = httpx.post(f"{url}/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_body_without_an_end_is_cut_short(url: str) -> None:
    """Sent in pieces, without saying beforehand how much will come."""
    pieces = (b" " * 10_000 for _ in range(1_000))
    with contextlib.suppress(httpx.WriteError, httpx.RemoteProtocolError):
        answer = httpx.post(f"{url}/api/ask", content=pieces, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_on_another_site_can_send_is_no_question(url: str, kind: str) -> None:
    answer = httpx.post(f"{url}/api/ask", content='{"ask": "mag dit?"}', headers={"Content-Type": kind})
    assert answer.status_code == 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_a_page_elsewhere_changes_nothing_here(url: str, application: Application, origin: str, kind: str) -> None:
    before = len(application.store.questions())
    headers = {"Origin": origin, "Content-Type": kind}
    assert httpx.post(f"{url}/api/ask", content='{"ask": "mag dit?"}', headers=headers).status_code == 403
    assert len(application.store.questions()) == before


def test_a_name_that_only_points_here_may_not_ask(url: str) -> None:
    """Rebinding: a foreign name in the address bar that resolves to this machine."""
    answer = httpx.post(f"{url}/api/ask", json={"ask": "mag dit?"}, headers={"Host": "evil.example"})
    assert answer.status_code == 403


def test_an_unknown_role_is_named(url: str) -> None:
    answer = httpx.post(f"{url}/api/ask", json={"ask": "mag dit?", "role": "kapitein"})
    assert answer.status_code == 400
    assert "kapitein" in answer.json()["error"]


def test_a_silent_server_breaks_each_case_with_the_remedy(application: Application, tmp_path: Path) -> None:
    measured_run = over("http://127.0.0.1:9", application, read(tmp_path)[:1])
    assert measured_run.tallies[""].broken == 1
    assert "heleklant demo" in results.as_json(measured_run)["cases"][0]["attempts"][0]["fault"]


def test_an_address_must_be_one(application: Application) -> None:
    with pytest.raises(UsageError, match="http://127"):
        Server("file:///etc/passwd", Shelf(application.store.organisation(), {}))
