"""kill -9 in the middle of a stream, of the real program with a model that is still talking."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faulty_model_server import GOOD, Asked, Wire, answers, faulty_server
from tests.loopback_slack import Slack
from tests.slack_limits import Limits
from tests.slack_message import all_texts
from tests.slack_world import DM, KIM
from tests.test_slack_commands import end, free_port, knowledge, ready, started

__all__ = ["knowledge"]
QUESTION = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"


async def falls_silent(asked: Asked, wire: Wire) -> None:
    """Begins to answer, and never ends."""
    await wire.begin()
    await wire.say(json.dumps(GOOD, ensure_ascii=False)[:120])
    await asyncio.sleep(120)


async def until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not come to that")


@pytest.mark.usefixtures("knowledge")
async def test_a_stream_that_is_killed_ends_in_one_whole_message_after_the_restart(tmp_path: Path) -> None:
    slack, port, folder = Slack(limits=Limits()), free_port(), tmp_path / "data"
    await slack.start()
    async with faulty_server(falls_silent) as model:
        more = {"HELEKLANT_MODEL": "geoefend", "OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "x"}
        program = started(slack, port, folder, **more)
        try:
            await ready(port, program)
            slack.connect(f"http://127.0.0.1:{port}")
            questions = [await slack.say(KIM, DM, f"{QUESTION} ({number})") for number in range(3)]
            await until(lambda: len(slack.open_streams()) == 3)
            end(program)
            model.behaviour = answers(GOOD)
            program = started(slack, port, folder, **more)
            await ready(port, program)
            await until(lambda: all(is_whole(each) for each in slack.seen_by(KIM)))
            assert sorted(each.thread_ts for each in slack.seen_by(KIM)) == questions, "one for each question"
            assert slack.open_streams() == []
            assert slack.refused == []
        finally:
            end(program)
            await slack.stop()


def is_whole(card) -> bool:
    shown = "\n".join(all_texts(card.blocks))
    return all(each in shown for each in ("Ja, dit mag je zelf", "Zeg tegen de klant", "Hier staat het"))
