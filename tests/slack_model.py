"""A model for the Slack tests that says a few right sentences, at the pace of the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from copilot.dialogue import Form, Piece
from copilot.phrasing import ModelPhraser
from copilot.prompting import Prompts
from tests.slack_world import World

WORDS = (
    ("opening", "Vervelend voor de klant dat de bon weg is."),
    ("for_you", "Je mag dit zelf beslissen. Kijk eerst of het artikel heel is."),
    ("say", "Wat vervelend dat u de bon kwijt bent. Ik help u graag verder."),
)


class Slow:
    """A model that writes a sentence, and waits for a sign before the next."""

    name = "geoefend"
    form = Form.SCHEMA

    def __init__(self, words: tuple[tuple[str, str], ...] = WORDS, *, waits: bool = False) -> None:
        self.words = words
        self.go = asyncio.Semaphore(0 if waits else 1000)
        self.prompts = 0

    async def write(self, prompt: Any, parts: Any) -> AsyncIterator[Piece]:
        prompt(self.form, 1.0)
        self.prompts += 1
        for part, text in self.words:
            sentences = text.replace(". ", ".|").split("|")
            for place, sentence in enumerate(sentences):
                await self.go.acquire()
                last = place == len(sentences) - 1
                yield Piece(part, sentence + ("" if last else " "), done=last)


def with_model(world: World, model: Slow) -> Slow:
    world.service.room.office.assistant.phraser = ModelPhraser(model, Prompts())  # type: ignore[arg-type]
    return model
