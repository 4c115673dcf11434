"""The client against a server that really speaks HTTP: parts, forms, patience, retries, counting, the breaker."""

from __future__ import annotations

import asyncio
import json
import time
from decimal import Decimal

import pytest

from copilot.breaker import Breaker, State
from copilot.dialogue import Form, Message, Piece, Use
from copilot.errors import ModelError
from copilot.llm import ModelSettings, OpenAIModel
from copilot.messages import model as texts
from copilot.part_reader import PartReader
from tests import faulty_model_server as faulty
from tests.faulty_model_server import GOOD, answers, faulty_server, refuses, says

PARTS = ("opening", "for_you", "say", "ask_also")


def prompt(form: Form, room: float) -> tuple[Message, ...]:
    return (Message("system", f"Antwoord als {form}"), Message("user", "kennis " * int(1000 * room)))


def a_model(url: str, **settings) -> OpenAIModel:
    settings = {"deadline": 2.0, "silence": 0.5, "tries": 2, "api_key": "sk-test", **settings}
    return OpenAIModel(ModelSettings(name="klein-model", base_url=url, **settings), chance=lambda: 0.0)


async def written(model: OpenAIModel, parts=PARTS) -> tuple[dict[str, str], set[str], Use]:
    """The parts, those that were closed, and the cost."""
    got: dict[str, str] = {}
    closed: set[str] = set()
    use = Use()
    async for piece in model.write(prompt, parts):
        if isinstance(piece, Use):
            use = piece
        else:
            got[piece.part] = got.get(piece.part, "") + piece.text
            closed |= {piece.part} if piece.done else set()
    return got, closed, use


async def trouble(model: OpenAIModel) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await written(model)
    return caught.value


# --------------------------------------------------------------------------------------- the good day


async def test_parts_stream_in_order_and_are_counted_and_priced():
    async with faulty_server() as server:
        model = a_model(server.url, price_in=Decimal(2), price_out=Decimal(8))
        got, closed, use = await written(model)
        assert got == GOOD
        assert closed == set(PARTS)
        assert (use.input_tokens, use.output_tokens, use.calls) == (900, 60, 1)
        assert use.cost == Decimal("0.00228")
        assert model.total == use
        assert server.asked[0].form == "json_schema"
        assert server.asked[0].body["response_format"]["json_schema"]["schema"]["required"] == list(PARTS)
        await model.aclose()


async def test_first_words_are_passed_on_within_50_ms():
    async with faulty_server() as server:
        sent = 0.0

        async def slow_start(asked, wire):
            nonlocal sent
            await wire.begin()
            await asyncio.sleep(0.1)
            sent = time.perf_counter()
            await wire.say('{"opening": "Vervelend ')
            await asyncio.sleep(0.3)
            await wire.say('voor mevrouw.", "for_you": "", "say": "", "ask_also": ""}')
            await wire.end()

        model = a_model(server.url)
        await written(model)  # loads the libraries
        server.behaviour = slow_start
        async for _ in model.write(prompt, PARTS):
            assert time.perf_counter() - sent < 0.05
            break
        await model.aclose()


async def test_without_counts_from_the_server_tokens_are_estimated_and_said_to_be():
    async with faulty_server(says(json.dumps(GOOD), usage=False)) as server:
        model = a_model(server.url)
        _, _, use = await written(model)
        assert use.estimated
        assert use.input_tokens > 1000
        await model.aclose()


async def test_no_tracing_leaves_the_house_whatever_the_environment_says(monkeypatch):
    async with faulty_server() as server, faulty_server() as langsmith:
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        for name in ("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"):
            monkeypatch.setenv(name, langsmith.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "ls-test")
        model = a_model(server.url)
        await written(model)
        await asyncio.sleep(0.3)
        assert langsmith.asked == []
        await model.aclose()


# ------------------------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("refused", "form"), [({"json_schema"}, Form.JSON), ({"json_schema", "json_object"}, Form.HEADINGS)]
)
async def test_a_server_without_structured_output_is_asked_in_a_simpler_form_and_it_is_remembered(refused, form):
    async def picky(asked, wire):
        if asked.form in refused:
            await wire.error(400, "response_format is not supported by this model")
            return
        if asked.form == "text":
            text = "\n".join(f"## {part}\n{text}" for part, text in GOOD.items())
        else:
            text = json.dumps(GOOD)
        await wire.begin()
        for place in range(0, len(text), 7):
            await wire.say(text[place : place + 7])
        await wire.end()

    async with faulty_server(picky) as server:
        model = a_model(server.url)
        got, closed, _ = await written(model)
        assert {part: text.strip() for part, text in got.items() if text.strip()} == {
            k: v for k, v in GOOD.items() if v
        }
        assert closed == set(PARTS)
        assert model.form is form
        server.asked.clear()
        await written(model)
        assert len(server.asked) == 1
        assert str(form) in server.asked[0].text
        await model.aclose()


async def test_a_server_that_cannot_stream_answers_in_one_go():
    async def no_streams(asked, wire):
        if asked.streams:
            await wire.error(400, "stream is not supported")
        else:
            await wire.whole(json.dumps(GOOD))

    async with faulty_server(no_streams) as server:
        model = a_model(server.url)
        got, _, use = await written(model)
        assert got["say"] == GOOD["say"]
        assert use.output_tokens == 60
        await model.aclose()


async def test_what_does_not_fit_is_asked_again_with_less_knowledge():
    async def short_memory(asked, wire):
        if len(asked.text) > 4000:
            await wire.error(400, "This model's maximum context length is 512 tokens")
        else:
            await answers(GOOD)(asked, wire)

    async with faulty_server(short_memory) as server:
        model = a_model(server.url)
        got, _, _ = await written(model)
        assert got["say"] == GOOD["say"]
        assert [len(asked.text) for asked in server.asked] == sorted(
            (len(each.text) for each in server.asked), reverse=True
        )
        server.behaviour = refuses(400, "maximum context length exceeded")
        assert (await trouble(model)).message is texts.TOO_LONG
        assert model.breaker.state is State.CLOSED  # a long question says nothing about the server
        await model.aclose()


async def test_an_answer_that_is_cut_off_closes_only_the_parts_that_were_complete():
    async with faulty_server(
        says('{"opening": "Vervelend.", "for_you": "Je mag een tegoed', reason="length")
    ) as server:
        model = a_model(server.url)
        closed = set()

        async def collect():
            async for piece in model.write(prompt, PARTS):
                closed.update([piece.part] if isinstance(piece, Piece) and piece.done else [])

        with pytest.raises(ModelError) as caught:
            await collect()
        assert caught.value.message is texts.CUT_OFF
        assert closed == {"opening"}
        await model.aclose()


# ---------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("behaviour", "message", "calls"),
    [
        (refuses(401, "Incorrect API key"), texts.WRONG_KEY, 1),
        (refuses(403, "forbidden"), texts.WRONG_KEY, 1),
        (refuses(404, "The model does not exist"), texts.UNKNOWN_MODEL, 1),
        (refuses(500), texts.SERVER_ERROR, 2),
        (refuses(503), texts.SERVER_ERROR, 2),
        (refuses(429, "slow down", {"Retry-After": "0.05"}), texts.OVERLOADED, 2),
        (refuses(429, "slow down", {"Retry-After": "3600"}), texts.OVERLOADED, 1),
        (refuses(429, "You exceeded your current quota"), texts.OVERLOADED, 1),
        (faulty.resets, texts.UNREACHABLE, 2),
        (faulty.stalls, texts.TOO_SLOW, 2),
        (faulty.wrong_schema, texts.UNUSABLE, 1),
        (faulty.no_json, texts.UNUSABLE, 1),
    ],
)
async def test_each_trouble_is_one_clear_line_and_is_tried_again_only_where_that_helps(behaviour, message, calls):
    async with faulty_server(behaviour) as server:
        model = a_model(server.url)
        error = await trouble(model)
        assert error.message is message
        assert "klein-model" in str(error)
        assert "\n" not in str(error)
        assert len(server.asked) == calls
        await model.aclose()


async def test_nothing_is_tried_again_once_words_have_come_in():
    async with faulty_server(faulty.resets_halfway) as server:
        model = a_model(server.url)
        assert (await trouble(model)).message in (texts.UNREACHABLE, texts.UNUSABLE)
        assert len(server.asked) == 1
        await model.aclose()


async def test_without_a_key_and_without_a_server_it_says_so_at_once():
    model = OpenAIModel(ModelSettings(name="gpt"))
    assert (await trouble(model)).message is texts.NO_KEY


async def test_nobody_listening_is_said_in_one_line():
    model = a_model("http://127.0.0.1:9/v1")
    assert (await trouble(model)).message is texts.UNREACHABLE
    await model.aclose()


async def test_a_slow_drip_ends_at_the_deadline():
    async with faulty_server(faulty.drips) as server:
        model = a_model(server.url, deadline=0.8)
        started = time.perf_counter()
        assert (await trouble(model)).message is texts.TOO_SLOW
        assert time.perf_counter() - started < 1.5
        await model.aclose()


def test_the_key_never_shows():
    assert "sk-secret" not in repr(ModelSettings(name="m", api_key="sk-secret"))


# -------------------------------------------------------------------------------------- the breaker


async def test_the_breaker_opens_after_five_failures_and_closes_by_itself():
    now = [0.0]
    async with faulty_server(refuses(500)) as server:
        settings = ModelSettings(name="m", base_url=server.url, api_key="k", tries=1, breaker_rest=30)
        model = OpenAIModel(settings, clock=lambda: now[0])
        for _ in range(5):
            assert (await trouble(model)).message is texts.SERVER_ERROR
        assert (await trouble(model)).message is texts.RESTING
        assert len(server.asked) == 5
        now[0] = 31.0
        server.behaviour = answers(GOOD)
        assert (await written(model))[0]["say"] == GOOD["say"]
        assert model.breaker.state is State.CLOSED
        await model.aclose()


def test_in_half_open_one_may_try_and_a_failure_opens_it_again():
    now = [0.0]
    breaker = Breaker(lambda: now[0], failures=3, rest=10)
    for _ in range(3):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    now[0] = 10.0
    assert breaker.allows()
    assert not breaker.allows()
    breaker.failed()
    assert breaker.state is State.OPEN
    now[0] = 20.0
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.state is State.CLOSED


def test_failures_far_apart_do_not_open_it():
    now = [0.0]
    breaker = Breaker(lambda: now[0], failures=3, within=60)
    for _ in range(10):
        breaker.failed()
        now[0] += 31
    assert breaker.state is State.CLOSED


def test_a_probe_that_never_reported_back_does_not_block_for_ever():
    now = [0.0]
    breaker = Breaker(lambda: now[0], failures=1, rest=10)
    breaker.failed()
    now[0] = 10.0
    assert breaker.allows()
    now[0] = 20.0
    assert breaker.allows()


# ---------------------------------------------------------------------------------- reading parts


def read(text: str, size: int, parts=PARTS) -> tuple[dict[str, str], set[str]]:
    reader = PartReader(parts)
    got: dict[str, str] = {}
    closed = set()
    pieces = [piece for place in range(0, len(text), size) for piece in reader.feed(text[place : place + size])]
    for piece in [*pieces, *reader.finish(cut_off=False)]:
        got[piece.part] = got.get(piece.part, "") + piece.text
        closed |= {piece.part} if piece.done else set()
    return got, closed


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("fenced", [False, True])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_json_is_read_the_same_in_pieces_of_any_size(size, fenced, ascii_only):
    parts = {
        "opening": 'Ze zei "nee" \\ \n',
        "extra": {"a": [1, "}"]},
        "n": 3,
        "for_you": ["één", "twee 😀"],
        "say": "Ik help u.",
    }
    text = json.dumps(parts, ensure_ascii=ascii_only, indent=1)
    got, closed = read(f"```json\n{text}\n```" if fenced else text, size)
    assert got == {"opening": parts["opening"], "for_you": "één\n\ntwee 😀", "say": "Ik help u."}
    assert closed == {"opening", "for_you", "say"}


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_headings_are_read_too_and_unknown_ones_stay_text(size):
    got, closed = read("## opening\nJammer.\n\n## for_you\nEen.\n## anders\nTwee.\n**say**:\nIk help u.\n", size)
    assert got["for_you"].strip() == "Een.\n## anders\nTwee."
    assert got["say"].strip() == "Ik help u."
    assert closed == {"opening", "for_you", "say"}


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "{", '{"say": null}', '{"say": {"x": 1}}', '{"say": [1]}', "null", '{"say": "half']
)
def test_what_is_not_an_answer_closes_nothing(text):
    assert read(text, 3)[1] == set()
