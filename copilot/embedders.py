"""Meaning as vectors: what an embedder is, the choice of one, and the cache in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import numpy as np

from copilot import privacy, yardstick
from copilot.errors import SettingsError
from copilot.messages import search
from copilot.shipped_vectors import ShippedVectors
from copilot.vector_cache import VectorCache, content_key
from copilot.vector_index import Vector
from copilot.yardstick import Scale

Progress = Callable[[int, int], None]
PORTION: Final = 64
"""Passages that are embedded between two reports of progress; each portion is cached when done."""


class Embedder(Protocol):
    """Texts to unit vectors. Every method may raise IndexFault; then words alone answer."""

    name: str
    """The model, its version and how it is run: another name means other vectors. `words` = none at all."""
    scale: Scale | None
    """How its cosines are read; None = to be found out with `copilot.yardstick`."""

    @property
    def dimensions(self) -> int: ...

    def passages(self, texts: Sequence[str]) -> Sequence[Vector]: ...

    def question(self, text: str) -> Vector: ...

    def describe(self, language: str) -> str:
        """One line for people, after trying whether it runs."""

    def close(self) -> None: ...


class WordsAlone:
    """No meaning: the embedder that there is when none can run or none is wanted."""

    name = "words"
    dimensions = 0
    scale: Scale | None = Scale()

    def passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        return [np.zeros(0, np.float32)] * len(texts)

    def question(self, text: str) -> Vector:
        return np.zeros(0, np.float32)

    def describe(self, language: str) -> str:
        return search.MEANING_NONE(language)

    def close(self) -> None:
        return


class Remembering:
    """An embedder that remembers the vectors of passages: those that travel with the program, and its own."""

    def __init__(
        self, embedder: Embedder, cache: VectorCache | None = None, shipped: ShippedVectors | None = None
    ) -> None:
        self.embedder = embedder
        self.shipped = shipped
        self.cache = None if isinstance(embedder, WordsAlone) else cache
        self._scale = embedder.scale

    @property
    def name(self) -> str:
        return self.embedder.name

    @property
    def dimensions(self) -> int:
        return self.embedder.dimensions

    def scale(self) -> Scale:
        """How its cosines are read. Raises IndexFault where that must be found out and cannot."""
        if self._scale is None:
            vectors = self.passages(yardstick.texts())
            self._scale = Scale.of([vectors[text] for text in yardstick.texts()])
        return self._scale

    def question(self, text: str) -> Vector:
        return self.embedder.question(text)

    def describe(self, language: str) -> str:
        return self.embedder.describe(language)

    def close(self) -> None:
        self.embedder.close()

    def known(self, texts: Sequence[str]) -> Mapping[str, Vector]:
        """The vectors of those texts that were embedded before; shipped ones first, to be the same everywhere."""
        found = {}
        if self.shipped is not None:
            shipped = ((text, self.shipped.get(self.name, text)) for text in texts)
            found = {text: vector for text, vector in shipped if vector is not None}
        if self.cache is not None:
            keys = {content_key(self.name, text): text for text in texts if text not in found}
            found |= {keys[key]: vector for key, vector in self.cache.get(list(keys)).items()}
        return found

    def passages(self, texts: Iterable[str], progress: Progress | None = None) -> Mapping[str, Vector]:
        """The vectors of these texts, embedding only what is new. Raises IndexFault where that fails."""
        wanted = list(dict.fromkeys(texts))
        found = dict(self.known(wanted))
        new = sorted((text for text in wanted if text not in found), key=len)
        for start in range(0, len(new), PORTION):
            portion = new[start : start + PORTION]
            made = dict(zip(portion, self.embedder.passages(portion), strict=True))
            found.update(made)
            if self.cache is not None:
                self.cache.put({content_key(self.name, text): vector for text, vector in made.items()})
            if progress:
                progress(start + len(portion), len(new))
        return found


def choose_embedder(
    wanted: str | None,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    cache_dir: Path | None = None,
    mask: Callable[[str], str] = privacy.without_customer_data,
) -> Remembering:
    """The embedder of the settings; without a wish OpenAI's when there is a key, else the bundled one.

    `mask`: what a question looks like without customer data, for an embedder that is not on this machine.

    Raises SettingsError for an unknown name or a missing key.
    """
    if wanted is None:
        wanted = "openai" if api_key and not base_url else "e5"
    kind, _, model = wanted.partition(":")
    embedder: Embedder
    shipped = None
    if kind == "words":
        embedder = WordsAlone()
    elif kind == "e5":
        from copilot.e5 import E5

        embedder, shipped = E5(), ShippedVectors()
    elif kind == "openai":
        if not api_key and not base_url:
            raise SettingsError(search.OPENAI_NO_KEY)
        if base_url and not is_address(base_url):
            raise SettingsError(search.OPENAI_NO_HOST, value=base_url)
        from copilot.openai_embedder import OpenAIEmbedder

        embedder = OpenAIEmbedder(model or None, api_key=api_key, base_url=base_url, mask=mask)
    else:
        raise SettingsError(search.UNKNOWN_EMBEDDER, value=wanted, allowed="e5, openai, openai:MODEL, words")
    return Remembering(embedder, VectorCache(cache_dir) if cache_dir else None, shipped)


def is_address(url: str) -> bool:
    """Whether a server can be called at it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
