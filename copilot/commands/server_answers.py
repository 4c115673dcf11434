"""Answers from a running server, for `heleklant evaluate --url`."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from copilot.answer_reading import question_json, read_suggestion
from copilot.answered import Shelf
from copilot.domain import Question, Suggestion
from copilot.errors import UsageError
from copilot.messages import evaluation as texts

PATIENCE = 60.0
"""Seconds for one answer."""


class Server:
    """Asks a running server; the knowledge on the shelf must be what that server answers from."""

    def __init__(self, url: str, shelf: Shelf) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise UsageError(texts.NOT_A_URL, url=url)
        self._url = url.rstrip("/") + "/api/ask"
        self._shelf = shelf

    async def suggest(self, question: Question) -> Suggestion:
        """Raises UsageError for what the server refuses, where it cannot be reached, and for foreign knowledge."""
        given = await asyncio.to_thread(self._ask, question)
        suggestion = read_suggestion(given, question, self._shelf.entries)
        strange = next((each.id for each in suggestion.sources if each.id not in self._shelf.entries), None)
        if strange:  # scored all the same, every answer would only look wrong
            raise UsageError(texts.SERVER_OTHER_KNOWLEDGE, url=self._url, entry=strange)
        return suggestion

    def _ask(self, question: Question) -> Any:
        body = json.dumps(question_json(question)).encode()
        request = Request(self._url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
        try:
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - http and https alone, see above
                return json.load(answer)
        except HTTPError as fault:
            said = fault.read(2_000).decode("utf-8", "replace")
            raise UsageError(texts.SERVER_REFUSED, url=self._url, status=fault.code, said=_error(said)) from None
        except (URLError, OSError, ValueError) as fault:
            raise UsageError(texts.SERVER_SILENT, url=self._url, fault=fault) from None


def _error(said: str) -> str:
    try:
        return str(json.loads(said)["error"])
    except (ValueError, KeyError, TypeError):
        return said[:200]
