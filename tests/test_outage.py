"""The outage drill: whatever the model's server does, every question gets a whole answer."""

from __future__ import annotations

import asyncio
import random
import time

import pytest

from copilot.breaker import State
from copilot.domain import Suggestion
from copilot.llm import ModelSettings, OpenAIModel
from copilot.messages import model as texts
from copilot.phrasing import Account, ModelPhraser, PhrasedPart
from copilot.prompting import Prompts
from tests import faulty_model_server as faulty
from tests.faulty_model_server import GOOD, answers, faulty_server, refuses
from tests.guard_worlds import WORLDS, world

DISASTERS = (
    refuses(500),
    refuses(502),
    refuses(503),
    refuses(429, "slow down", {"Retry-After": "1"}),
    faulty.resets,
    faulty.resets_halfway,
    faulty.half_json,
    faulty.wrong_schema,
    faulty.no_json,
    faulty.stalls,
    faulty.drips,
    faulty.chinese,
)


def a_model(url: str, **settings) -> OpenAIModel:
    settings = {"deadline": 0.6, "silence": 0.2, "tries": 2, "breaker_rest": 0.5, **settings}
    return OpenAIModel(ModelSettings(name="klein-model", base_url=url, api_key="k", **settings))


async def phrased(phraser: ModelPhraser, name: str) -> tuple[Suggestion, list[PhrasedPart]]:
    shown = []
    final = None
    async for update in phraser.phrase(*world(name)):
        if isinstance(update, Suggestion):
            assert final is None, "one final state"
            final = update
        else:
            assert final is None, "nothing comes after the final state"
            shown.append(update)
    assert final is not None
    return final, shown


def is_whole(final: Suggestion, name: str) -> bool:
    """Everything that was computed is still there, and every part that people read has words."""
    computed = world(name)[0]
    same = all(
        getattr(final, field) == getattr(computed, field)
        for field in ("id", "status", "verdict", "decision", "steps", "sources", "next", "asks", "read")
    )
    return same and bool(final.text) and bool(final.for_you) and (bool(final.say) or computed.say is None)


async def test_500_questions_in_an_outage_get_500_whole_answers():
    rng = random.Random(5)
    accounts: list[Account] = []
    took: list[float] = []
    async with faulty_server() as server:
        model = a_model(server.url)
        phraser = ModelPhraser(model, Prompts(), account=accounts.append)
        await phrased(phraser, "mag")  # loads the libraries
        for number in range(500):
            if number % 10 == 0:
                server.behaviour = rng.choice(DISASTERS)
            name = WORLDS[number % len(WORLDS)]
            started = time.perf_counter()
            final, _ = await phrased(phraser, name)
            took.append(time.perf_counter() - started)
            assert is_whole(final, name)
        server.behaviour = answers(GOOD)
        await asyncio.sleep(0.6)
        final, _ = await phrased(phraser, "mag")
        assert final.composed_by == "klein-model"
        assert model.breaker.state is State.CLOSED
        await model.aclose()
    took.sort()
    print(f"p50 {took[250] * 1000:.0f} ms, p95 {took[475] * 1000:.0f} ms, max {took[-1] * 1000:.0f} ms")
    assert took[475] < 1.0
    assert all(account.fault is None or "\n" not in str(account.fault) for account in accounts)


@pytest.mark.parametrize("disaster", [each for each in DISASTERS if each is not faulty.chinese])
async def test_after_at_most_five_failures_nobody_waits_any_more(disaster):
    accounts: list[Account] = []
    async with faulty_server(disaster) as server:
        model = a_model(server.url, tries=1, deadline=0.3, silence=0.1, breaker_rest=60)
        phraser = ModelPhraser(model, Prompts(), account=accounts.append)
        for _ in range(6):
            final, _ = await phrased(phraser, "mag")
            assert is_whole(final, "mag")
        assert model.breaker.state is State.OPEN
        assert accounts[-1].fault is not None
        assert accounts[-1].fault.message is texts.RESTING
        assert server.count <= 5
        started = time.perf_counter()
        await phrased(phraser, "mag")
        assert time.perf_counter() - started < 0.1
        await model.aclose()


async def test_an_answer_in_chinese_is_the_template_s_answer():
    accounts: list[Account] = []
    async with faulty_server(faulty.chinese) as server:
        model = a_model(server.url)
        final, shown = await phrased(ModelPhraser(model, Prompts(), account=accounts.append), "mag")
        assert final == world("mag")[0]
        assert {breach.part for breach in accounts[0].refused if breach.reason == "wrong_language"} == {
            "opening",
            "for_you",
            "say",
        }
        assert not any("您" in part.text for part in shown)
        await model.aclose()


async def test_what_was_complete_before_the_line_broke_is_kept_and_the_rest_is_the_template_s():
    async with faulty_server(faulty.resets_halfway) as server:
        model = a_model(server.url)
        final, shown = await phrased(ModelPhraser(model, Prompts()), "mag")
        computed = world("mag")[0]
        assert final.for_you == ("Vervelend voor mevrouw.", *computed.for_you)
        assert final.say == computed.say
        assert any("tegoedbon geven." in part.text for part in shown)
        assert shown[-1].done
        assert "tegoedbon geven" not in shown[-1].text
        await model.aclose()


async def test_a_broken_prompt_file_gives_the_template_s_answer_and_one_clear_line(tmp_path):
    accounts: list[Account] = []
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "answer.md").write_text("somebody broke this", encoding="utf-8")
    async with faulty_server() as server:
        model = a_model(server.url)
        phraser = ModelPhraser(model, Prompts(tmp_path), account=accounts.append)
        final, _ = await phrased(phraser, "mag")
        assert final == world("mag")[0]
        assert "answer.md" in str(accounts[0].fault) or "form-json.md" in str(accounts[0].fault)
        assert server.count == 0
        await model.aclose()


async def test_when_the_reader_goes_away_the_request_is_broken_off():
    async with faulty_server(answers(GOOD, step=3, pause=0.02)) as server:
        model = a_model(server.url, deadline=10)
        phraser = ModelPhraser(model, Prompts())
        updates = phraser.phrase(*world("mag"))
        async for _ in updates:
            break
        await updates.aclose()
        await asyncio.sleep(0.05)
        assert model.breaker.state is State.CLOSED
        await model.aclose()
