"""The search index on disk: parts as plain arrays that are mapped into memory, and one small file that names them.

A part is written whole before the naming file is put in place at one stroke, so a stop at any moment (kill -9
included) leaves the old index or the new one. Whatever does not fit (other version, other embedder, damage, a
missing file) makes it Unusable: it is only a cache, and is made again from the database.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from copilot.columns import Columns, Mask
from copilot.index_part import Part
from copilot.vector_codes import Codes
from copilot.vector_index import Vectors
from copilot.word_index import Postings
from copilot.words import ANALYSIS

FORMAT: Final = 3
NAMING: Final = "index.json"
_PART: Final = "part-"
_ALIVE: Final = "alive-"
CHECKED_UP_TO: Final = 256 * 1024 * 1024
"""Bytes of a file that is read through on opening; of a larger one only the length is checked (1 GB/s)."""
LEFT_FOR_READERS: Final = 600
"""Seconds that replaced files stay, for another process that is just opening them."""

Parts = tuple[tuple[Part, Mask], ...]


class Unusable(Exception):
    """Why there is no index to be read."""

    def __init__(self, reason: str, *, damaged: bool = False) -> None:
        """`damaged`: something is there that nobody wrote so, rather than nothing or an older index."""
        super().__init__(reason)
        self.damaged = damaged


def save(folder: Path, made_by: str, revision: int, parts: Parts) -> Parts:
    """Writes what is new and then names it; the parts, now with their places. Raises OSError."""
    if folder.is_file():
        folder.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    named, kept = [], []
    for part, alive in parts:
        known = part.place is not None and (folder / part.place).is_dir()
        place = part.place if known and part.place else _written(part, folder)
        # What was just written is mapped from there, which gives its memory back.
        kept.append((part if known else _mapped(folder, place), alive))
        mask = f"{_ALIVE}{uuid4().hex}.npy"
        _write_array(folder / mask, alive)
        named.append({"part": place, "alive": mask, "sums": _sums(folder, place, mask)})
    naming = {"format": FORMAT, "analysis": ANALYSIS, "made_by": made_by, "revision": revision, "parts": named}
    temporary = folder / f"{NAMING}.{uuid4().hex}"
    temporary.write_text(json.dumps(naming), encoding="utf-8")
    _flush(temporary)
    temporary.replace(folder / NAMING)
    _tidy(folder, {str(each[key]) for each in named for key in ("part", "alive")})
    return tuple(kept)


def load(folder: Path, made_by: str) -> tuple[int, Parts]:
    """The revision and the parts. Raises Unusable, whatever is wrong."""
    try:
        naming = json.loads((folder / NAMING).read_text(encoding="utf-8"))
        expected = {"format": FORMAT, "analysis": ANALYSIS, "made_by": made_by}
        for key, value in expected.items():
            if naming[key] != value:
                raise Unusable(f"{key}: {naming[key]} is not {value}")
        parts = tuple(_read(folder, each) for each in naming["parts"])
        return int(naming["revision"]), parts
    except FileNotFoundError as fault:
        raise Unusable(f"no {fault.filename}", damaged=(folder / NAMING).exists()) from fault
    except (OSError, ValueError, KeyError, TypeError, EOFError) as fault:
        raise Unusable(f"{type(fault).__name__}: {fault}", damaged=True) from fault


def remove(folder: Path) -> None:
    """Takes the index out; where that is not allowed it is written over later."""
    with suppress(OSError):
        (folder / NAMING).unlink(missing_ok=True)


# ----------------------------------------------------------------------------------------------- parts

_ARRAYS: Final[Mapping[str, type]] = {
    "postings": Postings,
    "vectors": Vectors,
    "vectors.whole_codes": Codes,
    "vectors.asked_codes": Codes,
    "columns": Columns,
}
_APART: Final = {"audiences", "whole_codes", "asked_codes"}
"""Fields of these that are no arrays."""
_NAMES: Final = ("ids", "hashes", "order")


def _written(part: Part, folder: Path) -> str:
    place = f"{_PART}{uuid4().hex}"
    (folder / place).mkdir()
    for name, array in _arrays(part).items():
        _write_array(folder / place / f"{name}.npy", array)
    told = {"audiences": [sorted(each) for each in part.columns.audiences]}
    (folder / place / "told.json").write_text(json.dumps(told), encoding="utf-8")
    return place


def _read(folder: Path, named: Mapping[str, Any]) -> tuple[Part, Mask]:
    place, mask = named["part"], named["alive"]
    if _sums(folder, place, mask) != named["sums"]:
        raise Unusable(f"{place} is damaged", damaged=True)
    return _mapped(folder, place), np.load(folder / mask)


def _mapped(folder: Path, place: str) -> Part:
    told = json.loads((folder / place / "told.json").read_text(encoding="utf-8"))

    def array(name: str) -> NDArray[Any]:
        # As a plain array: slices of a memmap object take ten times as long.
        return np.asarray(np.load(folder / place / f"{name}.npy", mmap_mode="r"))

    def arrays(group: str) -> dict[str, NDArray[Any]]:
        return {name: array(f"{group}.{name}") for name in _names(group)}

    def codes(name: str) -> Codes:
        return Codes(**arrays(f"vectors.{name}"))

    return Part(
        **{name: array(name) for name in _NAMES},
        columns=Columns(**arrays("columns"), audiences=tuple(frozenset(each) for each in told["audiences"])),
        postings=Postings(**arrays("postings")),
        vectors=Vectors(whole_codes=codes("whole_codes"), asked_codes=codes("asked_codes"), **arrays("vectors")),
        place=place,
    )


def _arrays(part: Part) -> dict[str, NDArray[Any]]:
    return {name: getattr(part, name) for name in _NAMES} | {
        f"{group}.{name}": getattr(attrgetter(group)(part), name) for group in _ARRAYS for name in _names(group)
    }


def _names(group: str) -> list[str]:
    return [each.name for each in fields(_ARRAYS[group]) if each.name not in _APART]


def _write_array(path: Path, array: NDArray[Any]) -> None:
    np.save(path, array)
    _flush(path)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sums(folder: Path, place: str, mask: str) -> dict[str, int]:
    """A checksum of each file of a part; of a very large one its length."""
    files = [folder / mask, *sorted((folder / place).iterdir())]
    return {path.name: _sum(path) for path in files}


def _sum(path: Path) -> int:
    size = path.stat().st_size
    return zlib.crc32(path.read_bytes()) if size <= CHECKED_UP_TO else size


def _tidy(folder: Path, named: set[str]) -> None:
    """Removes what no naming file names any more, once nobody can be opening it."""
    oldest = time.time() - LEFT_FOR_READERS
    for path in folder.iterdir():
        ours = path.name.startswith((_PART, _ALIVE, f"{NAMING}."))
        if ours and path.name not in named and path.stat().st_mtime < oldest:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
