"""The vectors of the sample knowledge, made beforehand: it is searchable at once, on any machine.

A file of rows: 8 bytes of the text's fingerprint (copilot.vector_cache.content_key), a scale, and a vector in
whole numbers of one byte. Texts that changed since are simply embedded again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from copilot.vector_cache import content_key
from copilot.vector_index import Vector

FILE: Final = Path(__file__).with_name("shipped_vectors.bin")
"""Made by `heleklant index ship`."""
DIMENSIONS: Final = 384
_KEY: Final = 8
_ROW: Final = np.dtype([("key", f"V{_KEY}"), ("scale", "<f4"), ("vector", "i1", DIMENSIONS)])


class ShippedVectors:
    """Looks texts up by model and content; nothing where the file is missing or of another make."""

    def __init__(self, path: Path = FILE) -> None:
        rows = _rows(path)
        self._rows = rows
        self._place = {bytes(key): place for place, key in enumerate(rows["key"])}

    def get(self, model: str, text: str) -> Vector | None:
        place = self._place.get(content_key(model, text)[:_KEY])
        if place is None:
            return None
        vector = self._rows["vector"][place].astype(np.float32) * self._rows["scale"][place]
        return vector / np.linalg.norm(vector)


def write(vectors: Mapping[str, Vector], model: str, path: Path = FILE) -> int:
    """Writes the vectors of texts, sorted so that the same vectors give the same file; its size in bytes."""
    rows = np.zeros(len(vectors), _ROW)
    keyed = sorted((content_key(model, text)[:_KEY], vector) for text, vector in vectors.items())
    for row, (key, vector) in zip(rows, keyed, strict=True):
        scale = float(np.abs(vector).max()) / 127
        row["key"], row["scale"], row["vector"] = key, scale, np.round(vector / scale)
    path.write_bytes(rows.tobytes())
    return rows.nbytes


def _rows(path: Path) -> np.ndarray:
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    return np.frombuffer(data[: len(data) // _ROW.itemsize * _ROW.itemsize], _ROW)
