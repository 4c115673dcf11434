"""A local server that speaks the OpenAI protocol and misbehaves on request: each behaviour is one function.

It runs in the test's own event loop and counts what it is asked. A behaviour gets the request and a Wire
to answer on, so that it can break off anywhere.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Behaviour = Callable[["Asked", "Wire"], Awaitable[None]]


@dataclass
class Asked:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n".join(str(message["content"]) for message in self.body.get("messages", ()))

    @property
    def streams(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def form(self) -> str:
        return self.body.get("response_format", {}).get("type", "text")


class Wire:
    """The connection back, in the pieces of which a chat answer is made."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def raw(self, text: str) -> None:
        self.writer.write(text.encode())
        await self.writer.drain()

    async def error(self, status: int, message: str = "broken", headers: Mapping[str, str] | None = None) -> None:
        body = json.dumps({"error": {"message": message, "type": "error", "code": None}})
        lines = [f"HTTP/1.1 {status} Error", "Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        await self.raw("\r\n".join([*lines, "Connection: close", "", body]))

    async def begin(self) -> None:
        await self.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")

    async def say(self, text: str) -> None:
        await self._event(
            {"choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}]}
        )

    async def end(self, reason: str = "stop", usage: bool = True) -> None:
        await self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        if usage:
            counts = {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960}
            await self._event({"choices": [], "usage": counts})
        await self.raw("data: [DONE]\n\n")

    async def whole(self, text: str) -> None:
        """An answer in one go, for who does not stream."""
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960}
        body = json.dumps(
            {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
        )
        lines = ["HTTP/1.1 200 OK", "Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
        head = "\r\n".join([*lines, "Connection: close", "", ""])
        await self.raw(head + body)

    def reset(self) -> None:
        self.writer.transport.abort()

    async def _event(self, chunk: dict[str, Any]) -> None:
        event = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", **chunk}
        await self.raw(f"data: {json.dumps(event)}\n\n")


GOOD = {
    "opening": "Vervelend voor mevrouw.",
    "for_you": "Je mag zelf een tegoedbon geven van € 40,00. De tegoedbon is een jaar geldig.",
    "say": "Wat vervelend. Ik maak een tegoedbon voor u.",
    "ask_also": "",
}


def answers(parts: Mapping[str, str], *, step: int = 12, pause: float = 0.0) -> Behaviour:
    """Answers with these parts, as JSON, in small steps."""

    async def behave(asked: Asked, wire: Wire) -> None:
        text = json.dumps(dict(parts), ensure_ascii=False)
        if not asked.streams:
            await wire.whole(text)
            return
        await wire.begin()
        for place in range(0, len(text), step):
            await wire.say(text[place : place + step])
            await asyncio.sleep(pause)
        await wire.end()

    return behave


def says(text: str, *, reason: str = "stop", usage: bool = True) -> Behaviour:
    """Answers with this very text."""

    async def behave(asked: Asked, wire: Wire) -> None:
        await wire.begin()
        await wire.say(text)
        await wire.end(reason, usage)

    return behave


def refuses(status: int, message: str = "broken", headers: Mapping[str, str] | None = None) -> Behaviour:
    async def behave(asked: Asked, wire: Wire) -> None:
        await wire.error(status, message, headers)

    return behave


async def resets(asked: Asked, wire: Wire) -> None:
    wire.reset()


async def resets_halfway(asked: Asked, wire: Wire) -> None:
    await wire.begin()
    await wire.say('{"opening": "Vervelend voor mevrouw.", "for_you": "Je mag zelf een tegoedbon geven. De tegoed')
    await asyncio.sleep(0.01)
    wire.reset()


async def half_json(asked: Asked, wire: Wire) -> None:
    await wire.begin()
    await wire.say('{"opening": "Vervelend')
    await wire.raw('data: {"id": "x", "choices": [{"ind')


async def stalls(asked: Asked, wire: Wire) -> None:
    await wire.begin()
    await asyncio.sleep(60)


async def drips(asked: Asked, wire: Wire) -> None:
    await wire.begin()
    for letter in json.dumps(GOOD):
        await wire.say(letter)
        await asyncio.sleep(0.2)


wrong_schema = says('{"antwoord": {"tekst": ["Je mag alles."]}, "score": 1}')
no_json = says("Sorry, daar kan ik niets over zeggen.")
chinese = answers(
    {
        "opening": "很遗憾。",
        "for_you": "您可以给客户一张代金券。请检查标签。",
        "say": "我马上为您处理。",
        "ask_also": "",
    }
)


@dataclass
class FaultyServer:
    """What the server will do next, and what it was asked."""

    url: str = ""
    behaviour: Behaviour = field(default_factory=lambda: answers(GOOD))
    asked: list[Asked] = field(default_factory=list)
    keep: bool = True
    """False = requests are counted only, so that a long run stays flat in memory."""
    count: int = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = head.split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            asked = Asked(lines[0].split()[1], headers, json.loads(body or b"{}"))
            self.count += 1
            if self.keep:
                self.asked.append(asked)
            await self.behaviour(asked, Wire(writer))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def faulty_server(behaviour: Behaviour | None = None) -> AsyncIterator[FaultyServer]:
    """A server on a free port of this machine."""
    state = FaultyServer()
    if behaviour:
        state.behaviour = behaviour
    server = await asyncio.start_server(state.handle, "127.0.0.1", 0)
    state.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield state
    finally:
        server.close()
        for task in [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]:
            task.cancel()
