"""The same finding elsewhere: PostgreSQL with pgvector, Chroma (embedded and its server), LangChain."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from copilot import app
from copilot.chroma_store import ChromaStore, Record
from copilot.domain import Kind, Mandate, Status
from copilot.embedders import Remembering, choose_embedder
from copilot.errors import IndexFault
from copilot.indexes import SearchIndex
from copilot.pgvector_store import PgVectorEngine
from copilot.store import Store
from copilot.vector_index import Vector
from tests.search_world import ALL_ROLES, RETURN, SECRET, SHOP, TODAY, Knowledge, LetterEmbedder, item, query

DUINRAND = Path(__file__).parent / "packs" / "duinrand"
ASKED = (
    "bon kwijt",
    "zomeratcie bolletje",
    "salaris directie",
    "zomeractie tweede bolletje",
    "diesel",
    "ruilen",
    "",
    "Where to park?",
)


# ------------------------------------------------------------------------------------------ PostgreSQL


def in_postgres(url: str, organisation: str = "winkel", embedder: LetterEmbedder | None = None) -> SearchIndex:
    made_by = embedder or LetterEmbedder()
    return SearchIndex(Remembering(made_by), engine=PgVectorEngine(url, organisation, made_by.name))


def in_process(knowledge: Knowledge) -> SearchIndex:
    index = SearchIndex(Remembering(LetterEmbedder()))
    index.refresh(knowledge)
    return index


@pytest.mark.parametrize("roles", [frozenset[str](), frozenset({"medewerker"}), ALL_ROLES])
@pytest.mark.parametrize("on", [TODAY, date(2026, 8, 1), date(2026, 12, 5)])
def test_postgresql_finds_what_this_process_finds(postgres_url: str, roles: frozenset[str], on: date) -> None:
    knowledge = Knowledge(*SHOP)
    there, here = in_postgres(postgres_url), in_process(knowledge)
    there.refresh(knowledge)
    for text in ASKED:
        ours, theirs = here.find(query(text, roles, on)).hits, there.find(query(text, roles, on)).hits
        assert [hit.entry for hit in theirs] == [hit.entry for hit in ours]
        assert [hit.score for hit in theirs] == pytest.approx([hit.score for hit in ours], abs=1e-5)
    there.close()


def test_postgresql_follows_changes_and_survives_a_restart(postgres_url: str) -> None:
    knowledge = Knowledge(*SHOP)
    first = in_postgres(postgres_url)
    first.refresh(knowledge)
    knowledge.retire("cadeau-ruilen")
    knowledge.put(replace(RETURN, title="Anders", content_hash="x"))
    first.close()
    again = in_postgres(postgres_url)
    assert again.refresh(knowledge) == 2
    assert again.verify(knowledge).sound
    assert [hit.entry for hit in again.find(query("cadeau")).hits] == [
        hit.entry for hit in in_process(knowledge).find(query("cadeau")).hits
    ]
    again.close()


def test_postgresql_keeps_organisations_apart(postgres_url: str) -> None:
    mine, other = in_postgres(postgres_url, "winkel"), in_postgres(postgres_url, "bank")
    mine.refresh(Knowledge(*SHOP))
    other.refresh(Knowledge(item("pas", "Bankpas kwijt", body="Blokkeer de pas.")))
    assert {hit.entry for hit in other.find(query("bon kwijt")).hits} == {"pas"}
    assert "pas" not in {hit.entry for hit in mine.find(query("bankpas kwijt")).hits}
    mine.close()
    other.close()


def test_postgresql_is_filled_again_for_another_embedder(postgres_url: str) -> None:
    knowledge = Knowledge(*SHOP)
    first = in_postgres(postgres_url)
    first.refresh(knowledge)
    first.close()
    other = in_postgres(postgres_url, embedder=LetterEmbedder("other", 32))
    assert other.refresh(knowledge) == len(SHOP)
    assert other.verify(knowledge).sound
    other.close()


def test_a_postgresql_that_is_away_is_a_clear_error() -> None:
    index = in_postgres("postgresql://postgres@127.0.0.1:9/none?connect_timeout=1")
    with pytest.raises(IndexFault, match="PostgreSQL"):
        index.refresh(Knowledge(*SHOP))


def test_a_postgresql_connection_that_broke_is_opened_again(postgres_url: str) -> None:
    knowledge, index = Knowledge(*SHOP), in_postgres(postgres_url)
    index.refresh(knowledge)
    with pytest.raises(IndexFault):
        _break(index)
    assert index.find(query("bon kwijt")).hits[0].entry == "retour-zonder-bon"
    index.close()


def _break(index: SearchIndex) -> None:
    """The server ends this connection in the middle of its use."""
    engine = index.engine
    with engine._connection() as connection:  # type: ignore[attr-defined]
        connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")


# ---------------------------------------------------------------------------------------------- Chroma


def test_vectors_come_back_from_chroma_when_the_index_is_lost(tmp_path: Path) -> None:
    knowledge, embedder = Knowledge(*SHOP), LetterEmbedder()
    ChromaStore("letters", folder=tmp_path / "chroma").put(
        list(knowledge.items.values()), Remembering(embedder).passages(_passages(knowledge))
    )
    embedder.embedded.clear()
    stored = ChromaStore("letters", folder=tmp_path / "chroma").known(list(knowledge.items.values()))
    assert set(stored) == set(_passages(knowledge))
    assert ChromaStore("other", folder=tmp_path / "chroma").known(list(knowledge.items.values())) == {}


def test_chroma_forgets_what_is_retired(tmp_path: Path) -> None:
    knowledge = Knowledge(*SHOP)
    store = ChromaStore("letters", folder=tmp_path / "chroma")
    vectors = Remembering(LetterEmbedder()).passages(_passages(knowledge))
    store.put(list(knowledge.items.values()), vectors)
    knowledge.retire("salaris")
    store.put([knowledge.items["salaris"]], vectors)
    documents = store.collection().get()["documents"] or []
    assert documents
    assert not any("salaris" in document.lower() for document in documents)


def test_chroma_writes_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge, store = Knowledge(*SHOP), ChromaStore("letters", folder=tmp_path / "chroma")
    vectors, written = Remembering(LetterEmbedder()).passages(_passages(knowledge)), list[str]()
    add = store._add

    def adding(records: Sequence[Record], vectors: Mapping[str, Vector]) -> None:
        written.extend(key for key, _, _ in records)
        add(records, vectors)

    monkeypatch.setattr(store, "_add", adding)
    store.put(list(knowledge.items.values()), vectors)
    assert len(written) == store.collection().count()
    written.clear()
    renamed = replace(knowledge.items["salaris"], kind=Kind.MANDATE)
    store.put([*(each for each in knowledge.items.values() if each.id != "salaris"), renamed], vectors)
    assert written == ["salaris#0"]
    monkeypatch.setattr(store, "_told", lambda entries: None)
    store.put([replace(renamed, status=Status.RETIRED)], vectors)
    assert store.collection().get(where={"entry": "salaris"})["ids"] == []


def test_a_damaged_chroma_is_made_again_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"SQLite format 3\x00 but not really" * 50)
    knowledge = Knowledge(*SHOP)
    index = SearchIndex(Remembering(LetterEmbedder()), tmp_path)
    index.refresh(knowledge)
    assert index.find(query("bon kwijt")).hits[0].entry == "retour-zonder-bon"
    stored = ChromaStore("letters", folder=folder, name=index._durable.name)  # type: ignore[union-attr]
    assert set(stored.known(list(knowledge.items.values()))) == set(_passages(knowledge))


def _passages(knowledge: Knowledge) -> list[str]:
    from copilot.index_part import passages_of

    return [text for each in knowledge.items.values() for text in passages_of(each)]


@pytest.fixture
def chroma_server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(tmp_path / "served")]
    server = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/v2/heartbeat")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


def test_vectors_are_kept_by_a_chroma_server(chroma_server: str, tmp_path: Path) -> None:
    knowledge = Knowledge(*SHOP)
    index = SearchIndex(Remembering(LetterEmbedder()), tmp_path / "one", chroma_server)
    index.refresh(knowledge)
    embedder = LetterEmbedder()
    (tmp_path / "two").mkdir()
    other = SearchIndex(Remembering(embedder), tmp_path / "two" / "one", chroma_server)
    other.refresh(knowledge)
    assert embedder.embedded == []
    assert other.find(query("bon kwijt")).hits == index.find(query("bon kwijt")).hits


def test_a_chroma_server_that_is_away_stops_nothing(tmp_path: Path) -> None:
    index = SearchIndex(Remembering(LetterEmbedder()), tmp_path, "http://127.0.0.1:9")
    index.refresh(Knowledge(*SHOP))
    assert index.find(query("bon kwijt")).hits[0].entry == "retour-zonder-bon"
    assert any("Chroma" in line for line in index.troubles("nl"))


def test_a_look_tells_of_a_chroma_server_that_is_away(tmp_path: Path) -> None:
    index = SearchIndex(Remembering(LetterEmbedder()), tmp_path, "http://127.0.0.1:9")
    assert not index.troubles("nl")
    index.look()
    assert any("Chroma" in line for line in index.troubles("nl"))


# ------------------------------------------------------------------------------- LangChain, a whole pack


@pytest.fixture(scope="module")
def duinrand() -> Iterator[tuple[Store, SearchIndex]]:
    store, _ = app.throw_away(DUINRAND)
    index = SearchIndex(choose_embedder("e5", cache_dir=Path(__file__).parent.parent / ".pytest_cache" / "vectors"))
    index.refresh(store)
    with store:
        yield store, index


def test_a_langchain_retriever_gives_living_entries_that_may_be_seen(duinrand: tuple[Store, SearchIndex]) -> None:
    from copilot.langchain_bridge import as_retriever

    store, index = duinrand
    retriever = as_retriever(index, store, roles=["gastheer"], on=TODAY, k=3)
    documents = retriever.invoke("Mag er een hond mee in het huisje?")
    assert documents[0].metadata["entry"] == "hond-mee-huisje"
    assert len(documents) <= 3
    assert retriever.invoke("Wie won het wereldkampioenschap voetbal in 2022?") == []
    hidden = as_retriever(index, store, roles=["gastheer"], on=TODAY).invoke("Welke waarde moet het chloor hebben?")
    assert "watermeting" not in {document.metadata["entry"] for document in hidden}


def test_a_langchain_runnable_gives_what_an_answer_would_rest_on(duinrand: tuple[Store, SearchIndex]) -> None:
    from copilot.langchain_bridge import as_runnable

    store, index = duinrand
    choice = as_runnable(index, store, roles=["gastheer"], on=lambda: TODAY).invoke("Gast zegt de bungalow af")
    assert isinstance(choice.mandate, Mandate)
    assert choice.mandate.id == "annuleren-huisje"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_collection_serves_a_langchain_vector_store(tmp_path: Path) -> None:
    from langchain_chroma import Chroma

    from copilot.langchain_bridge import EmbedderForLangChain

    knowledge, embedder = Knowledge(*SHOP), Remembering(LetterEmbedder())
    store = ChromaStore("letters", folder=tmp_path / "chroma")
    store.put([each for each in SHOP if each is not SECRET], embedder.passages(_passages(knowledge)))
    store.collection()
    chain = Chroma(collection_name=store.name, client=store._client, embedding_function=EmbedderForLangChain(embedder))
    assert chain.as_retriever(search_kwargs={"k": 1}).invoke("bon kwijt")[0].metadata["entry"] == "retour-zonder-bon"


def test_the_shipped_vectors_fit_the_sample_knowledge() -> None:
    """Stale ones are only embedded again, which takes seconds; this says when: heleklant index ship PACK."""
    from copilot.index_part import passages_of
    from copilot.shipped_vectors import ShippedVectors

    store, _ = app.throw_away(Path(__file__).parent.parent / "knowledge" / "hele-klant")
    with store:
        texts = [text for items in store.searchable() for each in items for text in passages_of(each)]
    shipped, model = ShippedVectors(), choose_embedder("e5").name
    stale = [text for text in texts if shipped.get(model, text) is None]
    assert len(stale) <= len(texts) // 10, "run: heleklant index ship knowledge/hele-klant"
