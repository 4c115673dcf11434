"""Meaning by OpenAI, or by any server that speaks its protocol, through langchain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import numpy as np

from copilot import privacy
from copilot.errors import IndexFault
from copilot.messages import search
from copilot.vector_index import Vector
from copilot.words import safe
from copilot.yardstick import Scale

if TYPE_CHECKING:
    import httpx
    from langchain_openai import OpenAIEmbeddings

DEFAULT_MODEL: Final = "text-embedding-3-small"
QUESTION_SECONDS: Final = 3.0
"""A question does not wait longer than this for its meaning; words alone answer it then."""
PASSAGES_SECONDS: Final = 60.0
LONGEST_PASSAGE: Final = 8_000


class OpenAIEmbedder:
    """The embedder over a service. Its cosines are read through `copilot.yardstick`."""

    scale: Scale | None = None

    def __init__(
        self,
        model: str | None = None,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        mask: Callable[[str], str] = privacy.without_customer_data,
    ) -> None:
        """`mask`: what a question looks like without customer data. Only that leaves this machine."""
        self._mask = mask
        self.model = model or DEFAULT_MODEL
        self._key = api_key
        self._url = base_url
        self.where = urlsplit(base_url).netloc.rpartition("@")[2] if base_url else "OpenAI"
        self.name = f"openai:{self.model}@{self.where}"
        self._dimensions = 0
        self._clients: dict[float, tuple[OpenAIEmbeddings, httpx.Client]] = {}
        self._making = Lock()

    @property
    def dimensions(self) -> int:
        """Told by the service with its first vector."""
        if not self._dimensions:
            self.question("proef")
        return self._dimensions

    def passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        if not texts:
            return []
        return self._made([safe(text, LONGEST_PASSAGE) or "-" for text in texts], PASSAGES_SECONDS)

    def question(self, text: str) -> Vector:
        return self._made([self._mask(safe(text)) or "-"], QUESTION_SECONDS)[0]

    def describe(self, language: str) -> str:
        try:
            self.question("proef")
        except IndexFault as fault:
            return search.MEANING_BROKEN(language, fault=fault.text(language))
        return search.MEANING_OPENAI(language, model=self.model, where=self.where)

    def _made(self, texts: list[str], seconds: float) -> list[Vector]:
        try:
            vectors = np.asarray(self._client(seconds).embed_documents(texts), np.float32)
        except Exception as fault:  # network, key, quota, nonsense: whatever it is, words alone go on
            raise IndexFault(search.SERVICE_FAILED, where=self.where, fault=type(fault).__name__) from fault
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise IndexFault(search.SERVICE_FAILED, where=self.where, fault="vectors")
        sizes = np.sqrt((vectors * vectors).sum(1, keepdims=True)).clip(1e-6)
        self._dimensions = vectors.shape[1]
        return list(vectors / sizes)

    def close(self) -> None:
        while self._clients:
            _, (_, connections) = self._clients.popitem()
            connections.close()

    def _client(self, seconds: float) -> OpenAIEmbeddings:
        with self._making:
            if seconds not in self._clients:
                self._clients[seconds] = self._made_client(seconds)
            return self._clients[seconds][0]

    def _made_client(self, seconds: float) -> tuple[OpenAIEmbeddings, httpx.Client]:
        import httpx
        from langchain_openai import OpenAIEmbeddings
        from pydantic import SecretStr

        connections = httpx.Client(timeout=seconds)
        client = OpenAIEmbeddings(
            http_client=connections,
            model=self.model,
            api_key=SecretStr(self._key or "none"),
            base_url=self._url,
            timeout=seconds,
            max_retries=1,
            # Other servers know no token numbers: they want the text itself.
            check_embedding_ctx_length=False,
        )
        return client, connections
