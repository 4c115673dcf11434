"""A storm on the real program: many events, delivered again and again over several processes that are killed.

Slack is the loopback one, over real HTTP, without its rate limits: ten thousand answers would take a real workspace
seventeen minutes at its own 600 messages a minute, and here it is counted what happens to each of them.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

import httpx

from copilot.app import open_store
from copilot.content import read_pack
from copilot.domain import Colleague
from copilot.messages import slack as texts
from copilot.records import Listing
from copilot.settings import Settings
from tests.loopback_slack import Slack
from tests.slack_limits import GIVES_UP
from tests.slack_message import Message
from tests.slack_world import PACK
from tests.test_slack_commands import free_port, ready, started

QUESTION: Final = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"
PEOPLE: Final = tuple(f"U{number:03d}" for number in range(50))
PLACE: Final = "CSTORM"
MENTIONED: Final = 0.2
"""Of the events are mentions in a channel, which come twice under two event ids; the others are direct messages."""
NOISE: Final = 0.2
"""Events of bots, of the assistant itself, of edits and of people who speak to each other, for each addressed event."""
AT_ONCE: Final = 24
"""Deliveries under way at the same time."""
MOST_OPEN: Final = 60
"""Acknowledged and not yet answered: a person asks on when he was answered."""
GRACE: Final = 30.0
"""Seconds from SIGTERM in which a process is gone: after that Kubernetes kills it."""


@dataclass(frozen=True)
class Asked:
    """One event that wants one answer."""

    number: int
    user: str
    ts: str
    thread: str
    """Where its answer must stand."""
    bodies: tuple[dict[str, Any], ...]
    """What Slack sends for it: one event, or a message and its twin."""

    @property
    def direct(self) -> bool:
        return len(self.bodies) == 1


@dataclass
class Counted:
    """What came of all events."""

    asked: int = 0
    answered: int = 0
    pointed: int = 0
    """Killed while an answer for one person's eyes went out: sent on to Home, where it stands."""
    lost: list[int] = field(default_factory=list)
    doubles: list[int] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Threads in which something was said that nobody asked there."""


class Replica:
    """One `heleklant serve`, that can be killed, stopped and started again."""

    def __init__(self, slack: Slack, folder: Path, environment: dict[str, str], log: IO[str]) -> None:
        self.port = free_port()
        self._given = (slack, self.port, folder)
        self._environment = environment
        self._log = log
        self.program: subprocess.Popen[str] | None = None
        self.web = httpx.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=GIVES_UP, trust_env=False)

    async def start(self) -> None:
        """Started, and ready to receive."""
        self.program = started(*self._given, out=self._log, **self._environment)
        await ready(self.port, self.program)

    def kill(self) -> None:
        if self.program and self.program.poll() is None:
            self.program.kill()
            self.program.wait()

    async def stop(self) -> float:
        """SIGTERM; the seconds until it was gone."""
        assert self.program is not None
        began = time.monotonic()
        self.program.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(self.program.wait, 60) == 0
        return time.monotonic() - began


class Storm:
    """Slack, the processes, and what was acknowledged and answered so far."""

    def __init__(self, slack: Slack, replicas: list[Replica], seed: int = 7) -> None:
        self.slack = slack
        self.replicas = replicas
        self.chance = random.Random(seed)
        self.asked: list[Asked] = []
        self.acknowledged: dict[int, float] = {}
        """When each event was acknowledged first."""
        self.deliveries: Counter[str] = Counter()
        self._said: dict[str, list[Message]] = {}
        self._read = 0
        slack.channels[PLACE] = {slack.bot, *PEOPLE}

    # --------------------------------------------------------------------------------------------- what is sent

    def ask(self) -> Asked:
        """A new event, as people and Slack make it."""
        slack, number = self.slack, len(self.asked)
        user, text = self.chance.choice(PEOPLE), f"{QUESTION} ({number})"
        if self.chance.random() < MENTIONED:
            root = slack.message_event(user, PLACE, "Iemand een idee?")["ts"]
            event = slack.message_event(user, PLACE, f"<@{slack.bot}> {text}", root)
            twin = {name: value for name, value in event.items() if name != "channel_type"} | {"type": "app_mention"}
            asked = Asked(number, user, event["ts"], root, (slack.envelope(event), slack.envelope(twin)))
        else:
            event = slack.message_event(user, f"D{user}", text)
            asked = Asked(number, user, event["ts"], event["ts"], (slack.envelope(event),))
        self.asked.append(asked)
        return asked

    def noise(self) -> dict[str, Any]:
        """An event that nobody wants an answer to."""
        slack, user = self.slack, self.chance.choice(PEOPLE)
        event = {"type": "message", "user": user, "text": QUESTION, "ts": slack.new_ts(), "channel": f"D{user}"}
        kinds: tuple[dict[str, Any], ...] = (
            {"user": slack.bot, "bot_id": "B1"},
            {"user": "UOTHER", "bot_id": "B9", "channel": PLACE, "text": f"<@{slack.bot}> {QUESTION}"},
            {"subtype": "message_changed", "message": {"text": QUESTION}},
            {"subtype": "message_deleted", "deleted_ts": event["ts"]},
            {"channel": PLACE, "text": "Fijn weekend allemaal!"},
            {"channel": PLACE, "text": f"<@{PEOPLE[0]}> {QUESTION}"},
        )
        chosen = self.chance.choice(kinds)
        kind = "im" if chosen.get("channel", "D").startswith("D") else "channel"
        return slack.envelope({**event, "channel_type": kind, **chosen})

    def plan(self, events: int, deliveries: int) -> list[tuple[Asked | None, dict[str, Any], int]]:
        """So many new events in so many deliveries, with noise, each near its place but out of order."""
        asked = [self.ask() for _ in range(events)]
        planned: list[tuple[float, Asked | None, dict[str, Any], int]] = []
        for place, each in enumerate(asked):
            planned += [(place + self.chance.random() * 20, each, body, 0) for body in each.bodies]
        while len(planned) < deliveries:
            place = self.chance.randrange(events)
            body, retry = self.chance.choice(asked[place].bodies), self.chance.randint(0, 3)
            planned.append((place + self.chance.random() * 60, asked[place], body, retry))
        planned += [(self.chance.random() * events, None, self.noise(), 0) for _ in range(int(events * NOISE))]
        planned.sort(key=lambda each: each[0])
        return [each[1:] for each in planned]

    # --------------------------------------------------------------------------------------------- sending

    async def rage(self, plan: list[tuple[Asked | None, dict[str, Any], int]]) -> None:
        """Sends everything, until it is acknowledged by some process, as fast as answers keep up."""
        waiting = list(reversed(plan))

        async def sender() -> None:
            while waiting:
                await until(lambda: self.open() <= MOST_OPEN)
                if waiting:
                    await self._send(*waiting.pop())

        async with asyncio.TaskGroup() as senders:
            for _ in range(AT_ONCE):
                senders.create_task(sender())

    async def _send(self, asked: Asked | None, body: dict[str, Any], retry: int) -> None:
        content = json.dumps(body).encode()
        while True:
            headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
            self.deliveries["sent" if asked else "noise"] += 1
            try:
                response = await self.slack.deliver(content, to=self.chance.choice(self.replicas).web, **headers)
                if response.status_code == 200:
                    break
            except httpx.TransportError:
                self.deliveries["unheard"] += 1
            retry = min(retry + 1, 3)
            await asyncio.sleep(0.25)
        if asked:
            self.acknowledged.setdefault(asked.number, time.monotonic())

    # --------------------------------------------------------------------------------------------- what came of it

    def said(self) -> Mapping[str, list[Message]]:
        """What the program said, by thread; each message is looked at once, however often this is asked."""
        new = self.slack.messages[self._read :]
        self._read += len(new)
        for message in new:
            if message.user == self.slack.bot:
                self._said.setdefault(str(message.thread_ts), []).append(message)
        return self._said

    def half(self) -> list[Message]:
        """What stands there unfinished: a stream that is open, or that ended without the card beneath it."""
        mine = [message for thread in self.said().values() for message in thread if message.streaming_state]
        return [each for each in mine if each.streaming_state != "completed" or not each.blocks]

    def open(self) -> int:
        """Acknowledged and not answered, about: who was answered before he was acknowledged counts as answered."""
        return len(self.acknowledged) - len(self.said())

    async def answered(self, numbers: set[int], within: float = 120.0) -> float:
        """Waits until something was said to each of these events; the seconds that it took."""
        began = time.monotonic()
        threads = {self.asked[number].thread for number in numbers}
        await until(lambda: threads <= self.said().keys(), within)
        return time.monotonic() - began

    def counted(self) -> Counted:
        said, counted = self.said(), Counted(asked=len(self.asked))
        for each in self.asked:
            words = [message.text for message in said.get(each.thread, ())]
            pointed = words.count(texts.INTERRUPTED.nl)
            answers = len(words) - pointed
            counted.answered += answers == 1
            counted.pointed += answers == 0 and pointed > 0
            if not words:
                counted.lost.append(each.number)
            if answers > 1 or pointed > 1 or (each.direct and pointed):
                counted.doubles.append(each.number)
        counted.elsewhere = sorted(said.keys() - {each.thread for each in self.asked})
        return counted


async def until(true: Callable[[], bool], within: float = 600.0) -> None:
    """Waits for something that happens elsewhere."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "it did not come to that"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def storming(folder: Path, database_url: str, processes: int, **more: str) -> AsyncIterator[Storm]:
    """A database with the sample pack, and so many processes on it that are not started yet."""
    slack = Slack()
    await slack.start()
    store = open_store(Settings(data_dir=folder, database_url=database_url))
    with store:
        store.import_pack(read_pack(PACK), by="test")
        colleague = Colleague("balie", ("medewerker",), name="Balie", department="servicebalie")
        store.put_people([Listing("slack", user, replace(colleague, id=user)) for user in PEOPLE], "test")
    environment = {"HELEKLANT_DATABASE_URL": database_url, **more}
    with await asyncio.to_thread(_log_in, folder) as log:
        replicas = [Replica(slack, folder / str(number), environment, log) for number in range(processes)]
        try:
            yield Storm(slack, replicas)
        finally:
            for each in replicas:
                each.kill()
                await each.web.aclose()
            await slack.stop()


def _log_in(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / "serve.log").open("w")
