"""The real program against the loopback Slack: the sample pack, people with roles, and a worker that answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from copilot.app import THROW_AWAY, curator_for, open_index, open_store
from copilot.assist import Assistant
from copilot.channels.slack_service import Needs, SlackService, open_slack
from copilot.compose import TemplateComposer
from copilot.content import read_pack
from copilot.domain import Colleague
from copilot.e5 import E5
from copilot.privacy import without_customer_data
from copilot.records import Listing
from copilot.settings import Settings
from copilot.store import Store
from tests.loopback_slack import SECRET, TOKEN, Slack
from tests.slack_limits import Limits

CACHE = Path(__file__).parents[1] / ".pytest_cache" / "vectors" / "heleklant"
"""Vectors of texts seen before: the other tests keep theirs there too."""
PACK = Path(__file__).parents[1] / "knowledge" / "hele-klant"
TODAY = date(2026, 11, 22)
KIM, TESS, VERA, STRANGER = "UKIM", "UTESS", "UVERA", "UXAVER"
DM = f"D{KIM}"
PEOPLE = (
    Listing("slack", KIM, Colleague("kim", ("medewerker",), name="Kim", department="servicebalie")),
    Listing("slack", TESS, Colleague("sanne@example.com", ("teamleider",), name="Tess")),
    Listing("slack", VERA, Colleague("vera", ("vestigingsmanager",), name="Vera")),
)


class World:
    """Slack, the program, and what a test wants to know of both."""

    def __init__(self, slack: Slack, service: SlackService, store: Store) -> None:
        self.slack = slack
        self.service = service
        self.store = store

    async def settled(self) -> None:
        """Everything that was delivered is done."""
        for _ in range(6000):
            busy = self.service.room.busy() or (await self.service.waiting()).unfinished
            if not busy and not self.service.room.worker.busy():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"still waiting: {await self.service.waiting()}")

    def last(self, user: str = KIM) -> Any:
        return self.slack.seen_by(user)[-1]


def open_store_of(pack: Path) -> Store:
    """A database in memory of its own; the pack is read from its files once."""
    store = open_store(Settings(data_dir=Path("."), database_url=THROW_AWAY))
    store.import_pack(read_once(pack), by="test")
    return store


read_once = cache(read_pack)
BUNDLED = E5()
"""Loaded by the first test in which something is overheard."""


@asynccontextmanager
async def opened(
    store: Store | None = None,
    *,
    environment: dict[str, str] | None = None,
    slack: Slack | None = None,
    embedder: str | None = "words",
    people: Sequence[Listing] = PEOPLE,
) -> AsyncIterator[World]:
    slack = slack or Slack(limits=Limits())
    slack.channels.setdefault("C1", {slack.bot, KIM, TESS, VERA, STRANGER})
    slack.channels.setdefault("C2", {KIM})
    await slack.start()
    store = store or open_store_of(PACK)
    store.put_people(people, "test")
    settings = Settings(cache_dir=CACHE, data_dir=Path("."), database_url=THROW_AWAY, embedder=embedder)
    index = open_index(settings, store, throw_away=True)
    index.refresh(store)
    assistant = Assistant(store, index, TemplateComposer(), store)
    given = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "HELEKLANT_SLACK_API_URL": slack.url + "api/"}
    needs = Needs(
        given | (environment or {}),
        store,
        assistant,
        curator_for(store),
        lambda: TODAY,
        without_customer_data,
        BUNDLED.question,
    )
    try:
        service = open_slack(needs)
        app = FastAPI()
        service.attach(app)
        slack.connect(app)
        world = World(slack, service, store)
        await service.start()
        try:
            yield world
            await world.settled()
        finally:
            await service.stop()
    finally:
        await slack.stop()
        index.close()
        store.close()
    assert slack.refused == [], f"Slack refused what we sent: {slack.refused}"
    assert slack.open_streams() == [], "a message is half for good"
