"""Talks to any OpenAI-compatible chat model, through LangChain; the only module that does.

OpenAI, Azure OpenAI, or a server of one's own at `base_url`. The answer comes in parts: held to a schema
where the server can do that, else as JSON, else as text with headings; what a server refused once is not
tried again. Every call has a hard deadline, is tried again only where that can help (429, 5xx, broken
connections) and only before anything came in, and stands behind a breaker. Nothing phones home: LangSmith
tracing is off whatever the environment says.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from copilot.breaker import Breaker
from copilot.dialogue import FORMS, Form, Message, Piece, Prompt, Use
from copilot.errors import ModelError
from copilot.messages import model as texts
from copilot.part_reader import PartReader

ROOMS: Final = (1.0, 0.5, 0.2)
"""Shares of the knowledge that are tried, one after the other, when the context does not fit."""
_LETTERS_PER_TOKEN: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Which model, where, and how patiently."""

    name: str
    """The model's name; with Azure the deployment's."""
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    azure_endpoint: str | None = None
    azure_api_version: str = "2024-10-21"
    deadline: float = 20.0
    """Seconds for a whole answer, all tries together."""
    silence: float = 8.0
    """Seconds without a sign of life after which a try is given up."""
    tries: int = 3
    max_output_tokens: int = 700
    temperature: float = 0.2
    price_in: Decimal = Decimal(0)
    """Per million tokens."""
    price_out: Decimal = Decimal(0)
    breaker_failures: int = 5
    breaker_rest: float = 30.0
    """Seconds before a broken server is tried again."""


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What went wrong in one try, and what follows from it."""

    error: ModelError
    retry_after: float | None = None
    next_form: bool = False
    less_room: bool = False
    no_stream: bool = False


class OpenAIModel:
    """A chat model behind the OpenAI protocol. One instance for the whole program; use it in one event loop."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.name = settings.name
        self.form = Form.SCHEMA
        """The best form that the server has not refused yet."""
        self.total = Use()
        self.breaker = Breaker(clock, failures=settings.breaker_failures, rest=settings.breaker_rest)
        self._settings = settings
        self._clock = clock
        self._chance = chance
        self._streams = True
        self._client: Any = None
        self._http: Any = None

    async def write(self, prompt: Prompt, parts: Sequence[str]) -> AsyncGenerator[Piece | Use, None]:
        """The parts as they come in, then what it cost. Raises ModelError; what came before it counts."""
        if not self.breaker.allows():
            raise self._error(texts.RESTING, failures=self._settings.breaker_failures)
        try:
            async with aclosing(self._answer(prompt, tuple(parts))) as answer:
                async for piece in answer:
                    if isinstance(piece, Use):
                        self.total += piece
                    yield piece
        except ModelError as error:
            if error.message not in (texts.TOO_LONG, texts.CUT_OFF):
                self.breaker.failed()
            else:
                self.breaker.succeeded()
            raise
        self.breaker.succeeded()

    async def probe(self) -> None:
        """One tiny call, for `doctor`. Raises ModelError with the mend in it."""

        def prompt(form: Form, room: float) -> tuple[Message, ...]:
            return (Message("user", 'Answer {"ok": "ok"}'),)

        async with aclosing(self._answer(prompt, ("ok",))) as answer:
            async for _ in answer:
                return

    def warm(self) -> None:
        """Loads the vendor's libraries, which takes seconds: at the start, in a thread, not at the first question."""
        self._chat()

    async def aclose(self) -> None:
        if self._http is not None:
            await self._http.aclose()
        self._client = self._http = None

    # ------------------------------------------------------------------------------------- tries

    async def _answer(self, prompt: Prompt, parts: tuple[str, ...]) -> AsyncGenerator[Piece | Use, None]:
        """Tries until something comes in, the deadline passes, or trying again cannot help."""
        ends = self._clock() + self._settings.deadline
        room = 0
        tries = 0
        while True:
            begun = False
            messages = prompt(self.form, ROOMS[room])
            try:
                async with aclosing(self._try(messages, parts, ends)) as attempt:
                    async for piece in attempt:
                        begun = begun or isinstance(piece, Piece)
                        yield piece
                return
            except Exception as problem:
                trouble = self._trouble(problem, ends)
            if begun:
                raise trouble.error
            if trouble.next_form and self.form is not FORMS[-1]:
                self.form = FORMS[FORMS.index(self.form) + 1]
            elif trouble.no_stream and self._streams:
                self._streams = False
            elif trouble.less_room and room + 1 < len(ROOMS):
                room += 1
            else:
                tries += 1
                await self._pause(trouble, tries, ends)

    async def _pause(self, trouble: _Trouble, tries: int, ends: float) -> None:
        """Waits before the next try: as long as the server asks, else doubling with jitter. Raises when it is over."""
        wait = trouble.retry_after if trouble.retry_after is not None else 0.25 * 2**tries * (0.5 + self._chance())
        if not trouble.error.retry or tries >= self._settings.tries or self._clock() + wait >= ends:
            raise trouble.error
        await asyncio.sleep(wait)

    async def _try(
        self, messages: Sequence[Message], parts: tuple[str, ...], ends: float
    ) -> AsyncGenerator[Piece | Use, None]:
        reader = PartReader(parts)
        closed: set[str] = set()
        seen = 0
        use: Use | None = None
        stopped = ""
        async with aclosing(self._chunks(messages, parts, ends)) as chunks:
            async for chunk in chunks:
                text = _text(chunk)
                seen += len(text)
                use = _counted(chunk, self._settings) or use
                stopped = str(chunk.response_metadata.get("finish_reason") or "") or stopped
                for piece in reader.feed(text):
                    closed |= {piece.part} if piece.done else set()
                    yield piece
        for piece in reader.finish(cut_off=stopped in ("", "length")):
            closed |= {piece.part}
            yield piece
        yield use or self._guessed(messages, seen)
        if stopped == "length":
            raise self._error(texts.CUT_OFF)
        if closed and not stopped and closed != set(parts):
            raise self._error(texts.UNREACHABLE)  # the line went dead halfway
        if not closed:
            raise self._error(texts.UNUSABLE, retry=seen == 0)

    async def _chunks(
        self, messages: Sequence[Message], parts: tuple[str, ...], ends: float
    ) -> AsyncGenerator[Any, None]:
        from langsmith.run_helpers import tracing_context

        chat = self._chat().bind(**_bound(self.form, parts))
        said = [(message.role, message.content) for message in messages]
        with tracing_context(enabled=False):
            if not self._streams:
                yield await asyncio.wait_for(chat.ainvoke(said), self._left(ends))
                return
            stream = chat.astream(said)
            try:
                while True:
                    patience = min(self._settings.silence, self._left(ends))
                    try:
                        yield await asyncio.wait_for(anext(stream), patience)
                    except StopAsyncIteration:
                        return
            finally:
                await stream.aclose()

    def _left(self, ends: float) -> float:
        return max(0.001, ends - self._clock())

    def _guessed(self, messages: Sequence[Message], letters: int) -> Use:
        read = sum(len(message.content) for message in messages) // _LETTERS_PER_TOKEN
        return replace(_priced(read, letters // _LETTERS_PER_TOKEN, self._settings), estimated=True)

    # ----------------------------------------------------------------------------------- trouble

    def _error(self, message: Any, *, retry: bool = False, **values: object) -> ModelError:
        return ModelError(message, retry=retry, model=self.name, **values)

    def _trouble(self, problem: Exception, ends: float) -> _Trouble:
        """What a problem means. Texts of servers are read by their gist: there is no standard for them."""
        if isinstance(problem, ModelError):
            return _Trouble(problem)
        if isinstance(problem, TimeoutError) or type(problem).__name__ in (
            "APITimeoutError",
            "StreamChunkTimeoutError",
        ):
            late = self._clock() >= ends - 0.01
            return _Trouble(self._error(texts.TOO_SLOW, retry=not late, seconds=f"{self._settings.deadline:g}"))
        status = getattr(problem, "status_code", None)
        if isinstance(status, int):
            return self._refusal(status, problem)
        gist = f"{type(problem).__name__} {problem}".lower()
        if any(word in gist for word in ("connect", "protocolerror", "readerror", "closed", "reset", "disconnected")):
            return _Trouble(self._error(texts.UNREACHABLE, retry=True))
        if "no generations found" in gist or "no generation chunks" in gist:
            return _Trouble(self._error(texts.UNUSABLE, retry=True), no_stream=True)
        return _Trouble(self._error(texts.UNUSABLE, retry=True))

    def _refusal(self, status: int, problem: Exception) -> _Trouble:
        gist = str(problem).lower()
        if status == 401 or status == 403:
            return _Trouble(self._error(texts.NO_KEY if not self._settings.api_key else texts.WRONG_KEY))
        if status == 404:
            return _Trouble(self._error(texts.UNKNOWN_MODEL))
        if status == 429:
            return _Trouble(self._error(texts.OVERLOADED, retry="quota" not in gist), retry_after=_retry_after(problem))
        if status >= 500 or status in (408, 409):
            return _Trouble(
                self._error(texts.SERVER_ERROR, retry=True, status=status), retry_after=_retry_after(problem)
            )
        if "context" in gist or "too long" in gist or "maximum" in gist or status == 413:
            return _Trouble(self._error(texts.TOO_LONG), less_room=True)
        if "stream" in gist:
            return _Trouble(self._error(texts.SERVER_ERROR, status=status), no_stream=True)
        format_trouble = any(
            word in gist for word in ("response_format", "json_schema", "json_object", "schema", "format")
        )
        return _Trouble(self._error(texts.SERVER_ERROR, status=status), next_form=format_trouble)

    # ------------------------------------------------------------------------------------ client

    def _chat(self) -> Any:
        if self._client is None:
            self._client = self._made()
        return self._client

    def _made(self) -> Any:
        import httpx
        from langchain_openai import AzureChatOpenAI, ChatOpenAI

        settings = self._settings
        if not settings.api_key and not settings.base_url:
            raise self._error(texts.NO_KEY)
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(settings.deadline, connect=min(5.0, settings.deadline)), follow_redirects=False
        )
        common: dict[str, Any] = {
            # A server of one's own often needs no key, but the client insists on one.
            "api_key": settings.api_key or "none",
            "temperature": settings.temperature,
            "max_tokens": settings.max_output_tokens,
            "max_retries": 0,  # retried here, within one deadline
            "stream_usage": True,
            "http_async_client": self._http,
            "cache": False,
        }
        if settings.azure_endpoint:
            return AzureChatOpenAI(
                azure_endpoint=settings.azure_endpoint,
                azure_deployment=settings.name,
                api_version=settings.azure_api_version,
                **common,
            )
        return ChatOpenAI(model=settings.name, base_url=settings.base_url, use_responses_api=False, **common)


def _bound(form: Form, parts: tuple[str, ...]) -> dict[str, Any]:
    """The form as the server is asked for it.

    In the body rather than as the client's own argument: that one gathers the whole answer before it
    checks it, which would undo the streaming.
    """
    if form is Form.HEADINGS:
        return {}
    shape: dict[str, Any] = {"type": "json_object"}
    if form is Form.SCHEMA:
        schema = {
            "type": "object",
            "properties": {part: {"type": "string"} for part in parts},
            "required": list(parts),
            "additionalProperties": False,
        }
        shape = {"type": "json_schema", "json_schema": {"name": "parts", "strict": True, "schema": schema}}
    return {"extra_body": {"response_format": shape}}


def _text(chunk: Any) -> str:
    content = chunk.content
    if isinstance(content, str):
        return content
    return "".join(block.get("text", "") for block in content if isinstance(block, dict))


def _counted(chunk: Any, settings: ModelSettings) -> Use | None:
    usage = getattr(chunk, "usage_metadata", None)
    if not usage or not usage.get("input_tokens"):
        return None
    return _priced(usage["input_tokens"], usage["output_tokens"], settings)


def _priced(read: int, written: int, settings: ModelSettings) -> Use:
    cost = (settings.price_in * read + settings.price_out * written) / 1_000_000
    return Use(input_tokens=read, output_tokens=written, cost=cost, calls=1)


def _retry_after(problem: Exception) -> float | None:
    """Seconds that the server asks for; a date or nonsense counts as not asked."""
    response = getattr(problem, "response", None)
    value = response.headers.get("retry-after") if response is not None else None
    try:
        return max(0.0, float(value)) if value is not None else None
    except ValueError:
        return None
