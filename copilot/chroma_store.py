"""The vectors in Chroma: kept durably beside the engine, and the seam to other people's LangChain.

Chroma never sits on the way of a question, and nothing rests on it: a store that cannot be opened or written is
made again when it is ours (a folder), and left alone with a line in the log when it is a server.
Embedded Chroma was seen to become unreadable after kill -9 in three of four runs.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import numpy as np

from copilot.domain import Status
from copilot.embedders import WordsAlone
from copilot.index_part import passages_of
from copilot.packs import Searchable
from copilot.vector_cache import content_key
from copilot.vector_index import Vector

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

log = logging.getLogger(__name__)

T = TypeVar("T")
Stored = dict[str, tuple[str, Vector]]
"""By record: the fingerprint of the text that it was made of, and its vector."""
Told = dict[str, dict[str, Any]]
"""By record of one entry what is stored beside its vector."""
Record = tuple[str, dict[str, Any], str]
"""Its key, what is stored beside its vector, and its text."""
NAME: Final = "heleklant"
SERVER_SECONDS: Final = 20.0
"""How long a server may take for one portion; a slow one must not hold up the index."""
_PORTION: Final = 500


class ChromaStore:
    """One collection: a record for each passage, with its entry, its kind and the vector. Never raises."""

    def __init__(self, model: str, *, folder: Path | None = None, url: str | None = None, name: str = NAME) -> None:
        """`model`: the embedder; its vectors are told apart from those of others by their fingerprints."""
        self.model = model
        self.folder = folder
        self.url = url
        self.name = name
        self.fault: str | None = None
        """Why nothing is kept; None while it works."""
        self._client: ClientAPI | None = None
        self._using = Lock()

    def look(self) -> None:
        """Tries whether what is kept can be reached, so that `fault` tells."""
        if self.url is not None or (self.folder and self.folder.exists()):
            self._safely(lambda: self._open().count(), 0)

    def known(self, items: Sequence[Searchable]) -> Mapping[str, Vector]:
        """The vectors of those passages that are stored as they are now."""
        if self.url is None and not (self.folder and self.folder.exists()):
            return {}
        wanted = {f"{item.id}#{place}": text for item in items for place, text in enumerate(passages_of(item))}
        found: dict[str, Vector] = {}
        for portion in _portions(list(wanted)):
            nothing: Stored = {}
            stored = self._safely(partial(self._got, portion), nothing)
            for key, (made_of, vector) in stored.items():
                if made_of == self._print(wanted[key]):
                    found[wanted[key]] = vector
        return found

    def put(self, items: Sequence[Searchable], vectors: Mapping[str, Vector]) -> None:
        """Replaces all passages of these entries; those of a tombstone go.

        What is stored as it is now stays: Chroma keeps the place of a vector that was replaced, so that each time an
        index was made again took more memory and time than the last.
        """
        for portion in _portions(items):
            wanted = {item.id: self._records(item, vectors) for item in portion}
            stored = self._safely(partial(self._told, list(wanted)), None)
            changed = {
                entry: records
                for entry, records in wanted.items()
                if stored is None or stored.get(entry, {}) != {key: about for key, about, _ in records}
            }
            if gone := [entry for entry in changed if stored is None or entry in stored]:
                self._safely(partial(self._delete, gone), None)
            for new in _portions([record for records in changed.values() for record in records]):
                self._safely(partial(self._add, new, vectors), None)

    def _records(self, item: Searchable, vectors: Mapping[str, Vector]) -> list[Record]:
        if item.status is not Status.PUBLISHED:
            return []
        about = {"entry": item.id, "title": item.title, "kind": item.kind.value, "version": item.version}
        return [
            (f"{item.id}#{place}", {**about, "print": self._print(text)}, text)
            for place, text in enumerate(passages_of(item))
            if text in vectors and len(vectors[text])
        ]

    def close(self) -> None:
        """Embedded Chroma keeps its own threads until the process ends; there is nothing to end here."""
        self._client = None

    def collection(self) -> Collection:
        """The collection itself, for LangChain. Raises what Chroma raises."""
        return self._open()

    # ---------------------------------------------------------------------------------------- talking

    def _got(self, ids: Sequence[str]) -> Stored:
        got: Any = self._open().get(ids=list(ids), include=["embeddings", "metadatas"])
        rows = zip(got["ids"], got["metadatas"], got["embeddings"], strict=True)
        return {key: (told.get("print", ""), np.asarray(vector, np.float32)) for key, told, vector in rows}

    def _delete(self, entries: Sequence[str]) -> None:
        self._open().delete(where=_of_entries(entries))

    def _told(self, entries: Sequence[str]) -> dict[str, Told] | None:
        """By entry what is stored about each of its passages."""
        got: Any = self._open().get(where=_of_entries(entries), include=["metadatas"])
        told: dict[str, Told] = {}
        for key, about in zip(got["ids"], got["metadatas"], strict=True):
            told.setdefault(about["entry"], {})[key] = dict(about)
        return told

    def _add(self, records: Sequence[Record], vectors: Mapping[str, Vector]) -> None:
        self._open().upsert(
            ids=[key for key, _, _ in records],
            embeddings=[vectors[text].tolist() for _, _, text in records],
            documents=[text for _, _, text in records],
            metadatas=[about for _, about, _ in records],
        )

    def _print(self, text: str) -> str:
        return content_key(self.model, text).hex()

    def _open(self) -> Collection:
        if self._client is None:
            self._client = self._connected()
        return self._client.get_or_create_collection(
            self.name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def _connected(self) -> ClientAPI:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        if self.url is None:
            return chromadb.PersistentClient(str(self.folder), settings=settings)
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 8000)
        return chromadb.HttpClient(parts.hostname or "localhost", port, ssl=secure, settings=settings)

    def _safely(self, call: Callable[[], T], otherwise: T) -> T:
        """The call's result; on any fault `otherwise`, after one more try on a fresh folder where it is ours."""
        with self._using:
            for attempt in (1, 2):
                try:
                    result = self._in_time(call)
                    self.fault = None
                    return result
                except BaseException as fault:  # Chroma's engine also panics, which is no Exception
                    if isinstance(fault, KeyboardInterrupt | SystemExit):
                        raise
                    self.fault = f"{type(fault).__name__}: {fault}"[:200]
                    log.info("Chroma does not keep the vectors: %s", self.fault)
                    self._client = None
                    if self.folder is None or self.url is not None or attempt == 2:
                        return otherwise
                    self._start_over()
        return otherwise

    def _start_over(self) -> None:
        """Throws the folder away; what it held is in the index, and comes back as entries change."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _in_time(self, call: Callable[[], T]) -> T:
        if self.url is None:
            return call()
        done, results, faults = Event(), list[T](), list[BaseException]()

        def run() -> None:
            try:
                results.append(call())
            except BaseException as fault:
                faults.append(fault)
            done.set()

        Thread(target=run, daemon=True, name="chroma").start()
        if not done.wait(SERVER_SECONDS):
            raise TimeoutError(f"{self.url}: {SERVER_SECONDS} s")
        if faults:
            raise faults[0]
        return results[0]


def durable(model: str, folder: Path | None, url: str | None) -> ChromaStore | None:
    """The store beside an index in this folder, where there is something to keep; nothing is opened or imported yet."""
    if folder is None or model == WordsAlone.name:
        return None
    return ChromaStore(model, folder=folder / "chroma", url=url, name=f"{NAME}-{_short(folder.name)}")


def _short(name: str) -> str:
    """A name that Chroma takes (3 to 512 of a-z, 0-9, ._-) for any organisation."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]


def _portions(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + _PORTION] for start in range(0, len(items), _PORTION)]


def _of_entries(entries: Sequence[str]) -> Any:
    return {"entry": {"$in": list(entries)}}
