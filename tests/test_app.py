"""Assembly, and what somebody who builds on it in Python meets first."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from copilot import Assistant, Question, as_retriever, as_runnable, build
from copilot.app import model_at_hand, model_of
from copilot.domain import AnswerStatus
from copilot.settings import Settings
from tests.world import write_pack

SCRATCH = "Klant ziet een kras op de fiets en wil korting, mag dat?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("winkel")
    settings = Settings.from_env({"HELEKLANT_DATA_DIR": str(folder / "data"), "HELEKLANT_EMBEDDER": "words"}, folder)
    return build(settings, knowledge=write_pack(folder / "pack"))


def test_a_text_and_a_role_are_enough_of_a_question(assistant: Assistant) -> None:
    given = asyncio.run(assistant.suggest(Question(text=SCRATCH, roles=("verkoper",))))
    assert given.status is not AnswerStatus.NO_KNOWLEDGE
    assert given.question.on == datetime.now().astimezone().date()
    assert given.question.language == "nl"
    assert given.id
    again = asyncio.run(assistant.suggest(Question(text=SCRATCH, roles=("verkoper",))))
    assert again.id != given.id


def test_what_is_given_of_a_question_is_left_as_it_is(assistant: Assistant) -> None:
    asked = Question(text=SCRATCH, roles=("verkoper",), on=date(2026, 3, 1), id="q-1", language="en")
    given = asyncio.run(assistant.suggest(asked))
    assert replace(given.question, earlier=()) == asked


def test_a_conversation_goes_on_by_its_thread(assistant: Assistant) -> None:
    asyncio.run(assistant.suggest(Question(text=SCRATCH, roles=("verkoper",), thread="balie-3")))
    given = asyncio.run(assistant.suggest(Question(text="het is 20 euro", roles=("verkoper",), thread="balie-3")))
    assert [fact.shown for fact in given.read] == ["€ 20,00"]


def test_a_question_that_is_answered_again_is_no_turn_of_itself(assistant: Assistant) -> None:
    """As when a program was killed between keeping an answer and bringing it."""
    asked = Question(text=SCRATCH, roles=("verkoper",), thread="balie-4", id="vraag-1")
    first, again = (asyncio.run(assistant.suggest(asked)) for _ in range(2))
    assert first.question.earlier == again.question.earlier == ()
    assert again.text == first.text


def test_the_stream_gives_the_verdict_first(assistant: Assistant) -> None:
    async def first() -> object:
        async for update in assistant.stream(Question(text=SCRATCH, roles=("verkoper",))):
            return update
        return None

    assert getattr(asyncio.run(first()), "verdict", "")


def test_a_chain_of_somebody_else_uses_the_same_core(assistant: Assistant) -> None:
    from langchain_core.runnables import RunnableLambda, RunnablePassthrough

    documents = as_retriever(assistant.finder, assistant.library, roles=["verkoper"])
    chain = {"found": documents, "asked": RunnablePassthrough()} | RunnableLambda(
        lambda given: (given["asked"], [each.metadata["entry"] for each in given["found"]])
    )
    asked, found = chain.invoke(SCRATCH)
    choice = as_runnable(assistant.finder, assistant.library, roles=["verkoper"]).invoke(SCRATCH)
    assert asked == SCRATCH
    assert choice.mandate is not None
    assert choice.mandate.id in found


async def test_a_model_is_loaded_beside_the_first_questions_and_closed_at_the_end(tmp_path: Path) -> None:
    given = {"HELEKLANT_MODEL": "m", "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    model = model_of(Settings.from_env(given, tmp_path))
    async with model_at_hand(model):
        assert model._client is None  # nothing waits for it
        while model._client is None:  # noqa: ASYNC110 - the thread tells nobody
            await asyncio.sleep(0.01)
        http = model._http
    assert http.is_closed
    assert model._client is None


async def test_a_model_that_cannot_be_loaded_stops_nothing(tmp_path: Path) -> None:
    async with model_at_hand(model_of(Settings.from_env({"HELEKLANT_MODEL": "m"}, tmp_path))):
        pass
    async with model_at_hand(None):
        pass
