"""An index that is kept: found back after a restart, and made again after loss, damage or a stop at any moment."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from copilot import snapshot
from copilot.embedders import Remembering
from copilot.indexes import SearchIndex
from copilot.vector_cache import VectorCache
from copilot.vector_index import Vector
from tests.search_world import SHOP, Knowledge, LetterEmbedder, item, query

KILLS = int(os.environ.get("KILLS", "25"))
"""`KILLS=200 pytest tests/test_indexes_kept.py -k killed` for the long run."""
ASKED = ("bon kwijt", "cadeau ruilen", "diesel getankt", "onderwerp 17", "versie drie", "gratis", "iets heel anders")


def opened(folder: Path, embedder: LetterEmbedder | None = None, *, chroma: bool = False) -> SearchIndex:
    index = SearchIndex(Remembering(embedder or LetterEmbedder()), folder)
    if not chroma:
        index._durable = None
    return index


def answers(index: SearchIndex) -> list[object]:
    return [[(hit.entry, hit.score) for hit in index.find(query(text)).hits[:10]] for text in ASKED]


def fresh(knowledge: Knowledge) -> list[object]:
    index = SearchIndex(Remembering(LetterEmbedder()))
    index.refresh(knowledge)
    return answers(index)


def test_a_restart_finds_the_same_without_embedding_anything(tmp_path: Path) -> None:
    knowledge, embedder = Knowledge(*SHOP), LetterEmbedder()
    index = opened(tmp_path)
    index.refresh(knowledge)
    before = answers(index)
    again = opened(tmp_path, embedder)
    assert again.refresh(knowledge) == 0
    assert answers(again) == before == fresh(knowledge)
    assert embedder.embedded == []
    assert again.verify(knowledge).sound


def test_changes_made_meanwhile_are_taken_in_at_the_next_start(tmp_path: Path) -> None:
    knowledge = Knowledge(*SHOP)
    opened(tmp_path).refresh(knowledge)
    knowledge.retire("cadeau-ruilen")
    knowledge.put(item("nieuw", "Versie drie van iets", body="Gratis."))
    index = opened(tmp_path)
    assert not index.verify(knowledge).text("nl").startswith("de zoekindex klopt:")
    index.refresh(knowledge)
    assert index.verify(knowledge).sound
    assert answers(index) == fresh(knowledge)


def _lose_naming(folder: Path) -> None:
    (folder / snapshot.NAMING).unlink()


def _lose_array(folder: Path) -> None:
    next(folder.glob("part-*/vectors.whole.npy")).unlink()


def _flip_byte(folder: Path) -> None:
    path = next(folder.glob("part-*/postings.entries.npy"))
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(data)


def _half_written(folder: Path) -> None:
    path = next(folder.glob("part-*/vectors.whole.npy"))
    path.write_bytes(path.read_bytes()[:100])


def _garbage_naming(folder: Path) -> None:
    (folder / snapshot.NAMING).write_bytes(b"\x00\xff{")


def _other_version(folder: Path) -> None:
    naming = json.loads((folder / snapshot.NAMING).read_text())
    (folder / snapshot.NAMING).write_text(json.dumps({**naming, "format": 999}))


def _other_analysis(folder: Path) -> None:
    naming = json.loads((folder / snapshot.NAMING).read_text())
    (folder / snapshot.NAMING).write_text(json.dumps({**naming, "analysis": "older"}))


def _wrong_shape(folder: Path) -> None:
    naming = json.loads((folder / snapshot.NAMING).read_text())
    (folder / snapshot.NAMING).write_text(json.dumps({**naming, "parts": {"a": 1}}))


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _a_file_instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("x")


@pytest.mark.parametrize(
    "damage",
    [
        _lose_naming,
        _lose_array,
        _flip_byte,
        _half_written,
        _garbage_naming,
        _other_version,
        _other_analysis,
        _wrong_shape,
        _gone,
        _a_file_instead,
    ],
)
def test_a_damaged_index_is_made_again_by_itself(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    knowledge = Knowledge(*SHOP)
    opened(tmp_path).refresh(knowledge)
    damage(tmp_path / "snapshot")
    index = opened(tmp_path)
    index.refresh(knowledge)
    assert index.verify(knowledge).sound
    assert answers(index) == fresh(knowledge)


def test_another_embedder_makes_the_index_again(tmp_path: Path) -> None:
    knowledge = Knowledge(*SHOP)
    opened(tmp_path).refresh(knowledge)
    other = opened(tmp_path, LetterEmbedder("other", 32))
    other.refresh(knowledge)
    assert other.verify(knowledge).sound
    assert other.find(query("bon kwijt")).hits[0].entry == "retour-zonder-bon"


def test_the_index_of_another_database_is_not_believed(tmp_path: Path) -> None:
    opened(tmp_path).refresh(Knowledge(*SHOP))
    other = Knowledge(item("heel-iets-anders", "Heel iets anders"))
    index = opened(tmp_path)
    index.refresh(other)
    assert index.verify(other).sound
    assert [hit.entry for hit in index.find(query("bon kwijt")).hits] in ([], ["heel-iets-anders"])


def test_a_database_that_went_back_in_time_is_followed(tmp_path: Path) -> None:
    knowledge = Knowledge(*SHOP)
    knowledge.put(item("later", "Later toegevoegd"))
    opened(tmp_path).refresh(knowledge)
    restored = Knowledge(*SHOP)
    index = opened(tmp_path)
    index.refresh(restored)
    assert index.verify(restored).sound
    assert answers(index) == fresh(restored)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which is on Linux only")
def test_a_full_disk_stops_keeping_and_not_searching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, array: object) -> None:
        Path("/dev/full").write_bytes(b"x" * 100_000)

    monkeypatch.setattr(snapshot, "_write_array", full)
    knowledge, index = Knowledge(*SHOP), opened(tmp_path)
    index.refresh(knowledge)
    assert answers(index) == fresh(knowledge)
    assert index.engine.not_kept  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_written_stops_keeping_and_not_searching(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    knowledge, index = Knowledge(*SHOP), opened(tmp_path / "index")
    index.refresh(knowledge)
    assert answers(index) == fresh(knowledge)
    assert index.engine.not_kept  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------- killing


def history(length: int) -> Knowledge:
    """The same entries in the same order, up to a moment."""
    knowledge, chance = Knowledge(*SHOP), random.Random(5)
    for number in range(length):
        which = chance.randrange(60)
        knowledge.put(item(f"e{which}", f"Onderwerp {which} versie {number}", body=f"Gratis woord{number} " * 20))
        if number % 7 == 0:
            knowledge.retire(f"e{which}")
    return knowledge


def _write_until_killed(folder: Path, start: int, ready: object) -> None:
    index = opened(folder)
    index.refresh(history(start))
    ready.set()  # type: ignore[attr-defined]
    for length in range(start, start + 100_000):
        index.refresh(history(length % 400))


def test_an_index_that_was_killed_while_writing_is_whole_or_made_again(tmp_path: Path) -> None:
    fork, chance = multiprocessing.get_context("fork"), random.Random(9)
    for number in range(KILLS):
        ready = fork.Event()
        writer = fork.Process(target=_write_until_killed, args=(tmp_path, number % 50, ready))
        writer.start()
        ready.wait(60)
        time.sleep(chance.uniform(0, 0.05))
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        knowledge = history(300 + number)
        index = opened(tmp_path)
        index.refresh(knowledge)
        assert index.verify(knowledge).sound
        assert answers(index) == fresh(knowledge), f"after {number + 1} kills"


# ------------------------------------------------------------------------------------------- vectors


def test_vectors_are_remembered_by_content_over_restarts(tmp_path: Path) -> None:
    first, second = LetterEmbedder(), LetterEmbedder()
    Remembering(first, VectorCache(tmp_path)).passages(["een", "twee"])
    vectors = Remembering(second, VectorCache(tmp_path)).passages(["twee", "drie", "een"])
    assert second.embedded == ["drie"]
    assert set(vectors) == {"een", "twee", "drie"}
    assert (vectors["een"] == first.question("een")).all()


def test_vectors_of_another_embedder_are_not_taken(tmp_path: Path) -> None:
    Remembering(LetterEmbedder(), VectorCache(tmp_path)).passages(["een"])
    other = LetterEmbedder("other")
    Remembering(other, VectorCache(tmp_path)).passages(["een"])
    assert other.embedded == ["een"]


def test_the_cache_holds_no_text(tmp_path: Path) -> None:
    Remembering(LetterEmbedder(), VectorCache(tmp_path)).passages(["een heel geheim beleid"])
    assert all(b"geheim" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_damaged_cache_is_only_a_cache(tmp_path: Path, content: bytes) -> None:
    cache = VectorCache(tmp_path)
    cache.path.write_bytes(content)
    embedder = LetterEmbedder()
    assert set(Remembering(embedder, cache).passages(["een"])) == {"een"}
    Remembering(embedder, cache).passages(["een"])
    Remembering(embedder, cache).passages(["een"])
    assert len(embedder.embedded) <= 2


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert set(Remembering(LetterEmbedder(), VectorCache(tmp_path / "file" / "below")).passages(["een"])) == {"een"}


# ------------------------------------------------------------------------------------------- verifying


@pytest.mark.parametrize("damage", [_garbage_naming, _flip_byte, _wrong_shape, _a_file_instead])
def test_damage_is_told_until_it_is_mended(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    knowledge = Knowledge(*SHOP)
    opened(tmp_path).refresh(knowledge)
    damage(tmp_path / "snapshot")
    index = opened(tmp_path)
    verdict = index.verify(knowledge)
    assert not verdict.sound
    assert "beschadigd" in verdict.text("nl")
    index.rebuild(knowledge)
    assert index.verify(knowledge).sound
    again = opened(tmp_path)
    assert again.refresh(knowledge) == 0
    assert again.verify(knowledge).sound


def test_an_index_that_is_not_there_yet_is_no_damage(tmp_path: Path) -> None:
    assert opened(tmp_path).verify(Knowledge(*SHOP)).sound


def test_an_index_is_kept_only_once_what_is_embedded_beside_the_work_is_in_it(tmp_path: Path) -> None:
    knowledge, embedder = Knowledge(*SHOP), Held()
    index = SearchIndex(Remembering(embedder), tmp_path, background=True)
    index._durable = None
    seen: list[tuple[int, int]] = []
    index.refresh(knowledge, lambda done, total: seen.append((done, total)))
    assert not opened(tmp_path).engine.revision()
    embedder.go.set()
    index.settle()
    assert seen
    assert answers(opened_with(knowledge, tmp_path)) == fresh(knowledge)


class Held(LetterEmbedder):
    """Embeds only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        assert self.go.wait(20)
        return super().passages(texts)


def opened_with(knowledge: Knowledge, folder: Path) -> SearchIndex:
    index = opened(folder)
    assert index.refresh(knowledge) == 0
    return index
