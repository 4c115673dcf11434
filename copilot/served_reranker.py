"""The reranker over a service: a cross-encoder that reads question and entry together, where one is configured.

It speaks the `/rerank` form that Cohere and Jina began and that most servers of open models have taken over: a
question and texts in, a relevance for each text out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from copilot.domain import Hit
from copilot.errors import IndexFault
from copilot.messages import search
from copilot.words import safe

if TYPE_CHECKING:
    import httpx

SECONDS: Final = 2.0
"""A question does not wait longer than this for a better order."""
QUIET_SECONDS: Final = 30.0
"""After a failure no question waits for the service for so long."""
LONGEST: Final = 2_000
"""Characters of an entry that are read along: these models take some 500 words."""

TextsOf = Callable[[Sequence[str]], Mapping[str, str]]
"""The texts of entries, by id."""


class ServedReranker:
    """Asks a service for the order of the hits. Safe in many threads."""

    def __init__(
        self,
        url: str,
        texts_of: TextsOf,
        *,
        mask: Callable[[str], str],
        model: str | None = None,
        api_key: str | None = None,
        quiet_seconds: float = QUIET_SECONDS,
    ) -> None:
        """`mask`: what a question looks like without customer data. Only that leaves this machine."""
        self.where = urlsplit(url).netloc.rpartition("@")[2]
        self._url = url
        self._texts_of = texts_of
        self._mask = mask
        self._model = {"model": model} if model else {}
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._quiet_seconds = quiet_seconds
        self._quiet_until = 0.0
        self._fault = ""
        """What kind of failure there was last."""
        self._connections: httpx.Client | None = None
        self._making = Lock()

    def rerank(self, question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """The hits in the service's order; the scores stay where they were: how sure it is, only the search knows.

        Raises IndexFault where the service gives no order.
        """
        if len(hits) < 2:
            return hits
        if monotonic() < self._quiet_until:
            raise IndexFault(search.RERANKER_FAILED, where=self.where, fault=self._fault)
        texts = self._texts_of([hit.entry for hit in hits])
        relevance = self._asked(self._mask(safe(question)), [texts.get(hit.entry, hit.entry)[:LONGEST] for hit in hits])
        order = sorted(range(len(hits)), key=lambda place: (-relevance[place], place))
        return tuple(replace(hits[place], score=hit.score) for hit, place in zip(hits, order, strict=True))

    def describe(self, language: str) -> str:
        """What `doctor` says of it. Raises IndexFault where the service does not answer."""
        self._quiet_until = 0.0
        self._asked("proef", ["proef", "iets anders"])
        return search.RERANKER_SET(language, where=self.where)

    def close(self) -> None:
        if self._connections is not None:
            self._connections.close()

    def _asked(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """The relevance of each text."""
        asked = {**self._model, "query": question, "documents": texts, "top_n": len(texts), "return_documents": False}
        try:
            response = self._client().post(self._url, json=asked, headers=self._headers)
            response.raise_for_status()
            return _relevance(response.json(), len(texts))
        except Exception as fault:  # network, key, quota, nonsense: whatever it is, the search's own order stands
            self._quiet_until, self._fault = monotonic() + self._quiet_seconds, type(fault).__name__
            raise IndexFault(search.RERANKER_FAILED, where=self.where, fault=self._fault) from fault

    def _client(self) -> httpx.Client:
        import httpx

        with self._making:
            if self._connections is None:
                self._connections = httpx.Client(timeout=SECONDS)
            return self._connections


def _relevance(given: Any, count: int) -> Sequence[float]:
    """What the service said of each text. Raises ValueError, KeyError or TypeError where it did not judge each once."""
    told = {int(each["index"]): float(each["relevance_score"]) for each in given["results"]}
    if sorted(told) != list(range(count)) or not all(map(isfinite, told.values())):
        raise ValueError("results")
    return [told[place] for place in range(count)]
