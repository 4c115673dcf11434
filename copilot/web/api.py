"""`POST /api/ask`: a question as JSON in (as a line of `ask --batch`), the answer as JSON out (as `ask --json`).

For evaluation and other people's programs on the same machine; it takes the role that it is given, so it belongs
only where the page does that too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from fastapi import Request
from fastapi.responses import JSONResponse

from copilot.answer_json import suggestion_json
from copilot.asking import lowest_role
from copilot.assist import Assistant
from copilot.domain import LANGUAGES, Organisation, Question
from copilot.errors import CopilotError, UsageError
from copilot.messages import page

PATH: Final = "/api/ask"
LARGEST: Final = 100_000
"""Bytes of one question with its facts."""


async def answer(
    request: Request, assistant: Assistant, organisation: Callable[[], Organisation], today: date
) -> JSONResponse:
    """The answer, or 400 with what is wrong in it."""
    try:
        question = _question(await _body(request), await asyncio.to_thread(organisation), today)
        return JSONResponse(suggestion_json(await assistant.suggest(question)))
    except CopilotError as fault:
        return JSONResponse({"error": fault.text("nl"), "error_en": fault.text("en")}, status_code=400)


async def _body(request: Request) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        # A form on a foreign site can send text, but never JSON without asking first.
        raise UsageError(page.NOT_A_QUESTION)
    written = b""
    async for piece in request.stream():  # a sender may leave out how much will come
        written += piece
        if len(written) > LARGEST:
            raise UsageError(page.NOT_A_QUESTION)
    try:
        given = json.loads(written)
    except (ValueError, RecursionError):
        raise UsageError(page.NOT_A_QUESTION) from None
    if not isinstance(given, dict) or not isinstance(given.get("ask"), str):
        raise UsageError(page.NOT_A_QUESTION)
    return given


def _question(given: Mapping[str, Any], organisation: Organisation, today: date) -> Question:
    facts = given.get("facts") or {}
    if not isinstance(facts, dict):
        raise UsageError(page.NOT_A_QUESTION)
    try:
        day = date.fromisoformat(given["on"]) if given.get("on") else today
    except (TypeError, ValueError):
        raise UsageError(page.NOT_A_QUESTION) from None
    return Question(
        text=given["ask"],
        roles=(str(given.get("role") or lowest_role(organisation)),),
        on=day,
        language=given["language"] if given.get("language") in LANGUAGES else "",
        department=str(given["department"]) if given.get("department") else None,
        facts={str(name): str(value) for name, value in facts.items()},
        thread=f"api:{given['thread']}" if given.get("thread") else None,
        channel="api",
    )
