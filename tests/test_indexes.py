"""Finding entries: what is found, what may be seen, how the index follows the knowledge, and what cannot break it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import indexes, local_engine
from copilot.domain import Hit
from copilot.embedders import Remembering, WordsAlone
from copilot.errors import IndexFault
from copilot.indexes import SearchIndex
from copilot.messages import search
from copilot.search_engine import Allowed
from copilot.vector_cache import VectorCache
from copilot.vector_index import Vector
from tests.search_world import (
    ALL_ROLES,
    EXPIRED,
    FUEL,
    GIFT,
    RETURN,
    SECRET,
    SHOP,
    Knowledge,
    LetterEmbedder,
    item,
    query,
)


def index_of(*items: object, words: bool = False) -> SearchIndex:
    index = SearchIndex(Remembering(WordsAlone() if words else LetterEmbedder()))
    index.refresh(Knowledge(*items))  # type: ignore[arg-type]
    return index


def found(index: SearchIndex, text: str, **more: object) -> list[str]:
    return [hit.entry for hit in index.find(query(text, **more)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize("words", [True, False])
@pytest.mark.parametrize(
    ("asked", "entry"),
    [("bon kwijt", "retour-zonder-bon"), ("een kado ruilen", "cadeau-ruilen"), ("diesl getankt", "verkeerd-getankt")],
)
def test_the_right_entry_comes_first(asked: str, entry: str, words: bool) -> None:
    assert found(index_of(*SHOP, words=words), asked)[0] == entry


def test_scores_are_the_same_every_time_and_in_whatever_parts_the_entries_came() -> None:
    at_once = index_of(*SHOP)
    knowledge = Knowledge()
    one_by_one = SearchIndex(Remembering(LetterEmbedder()))
    for each in reversed(SHOP):
        knowledge.put(each)
        one_by_one.refresh(knowledge)
    for text in ("bon kwijt", "diesel", "ruilen", "iets anders"):
        assert at_once.find(query(text)).hits == one_by_one.find(query(text)).hits == at_once.find(query(text)).hits


@pytest.mark.parametrize("words", [True, False])
def test_what_may_not_be_seen_is_not_found(words: bool) -> None:
    index = index_of(*SHOP, words=words)
    assert "salaris" not in found(index, "salaris van de directie")
    assert found(index, "salaris van de directie", roles=ALL_ROLES)[0] == "salaris"


@pytest.mark.parametrize("words", [True, False])
def test_what_does_not_count_on_the_day_is_not_found(words: bool) -> None:
    index = index_of(*SHOP, words=words)
    assert "zomeractie" not in found(index, "zomeractie tweede bolletje")
    assert found(index, "zomeractie tweede bolletje", on=date(2026, 8, 31))[0] == "zomeractie"
    assert found(index, "winteractie choco", on=date(2026, 12, 1))[0] == "winteractie"
    assert "winteractie" not in found(index, "winteractie choco", on=date(2026, 11, 30))


@pytest.mark.parametrize("words", [True, False])
@given(text=st.sampled_from(["salaris", "geheim slaaris drectie", "bon kwijt", "tweede bolletje gratis", "diesel"]))
@settings(max_examples=5, deadline=None)
def test_hidden_entries_change_no_score(words: bool, text: str) -> None:
    hidden = [replace(SECRET, id=f"geheim-{number}") for number in range(30)]
    without, with_hidden = (
        index_of(RETURN, GIFT, FUEL, words=words),
        index_of(RETURN, GIFT, FUEL, *hidden, EXPIRED, words=words),
    )
    assert without.find(query(text)).hits == with_hidden.find(query(text)).hits
    assert without.find(query(text)).known == with_hidden.find(query(text)).known


def test_a_change_is_found_at_the_next_question_and_embeds_only_what_changed(tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    index, knowledge = SearchIndex(Remembering(embedder, VectorCache(tmp_path))), Knowledge(*SHOP)
    index.refresh(knowledge)
    embedder.embedded.clear()
    knowledge.put(
        item("cadeau-ruilen", "Cadeau ruilen", "Iemand kreeg een cadeau en wil het ruilen", body="Nooit meer.")
    )
    assert found(index, "cadeau")[0] == "cadeau-ruilen"
    assert len(embedder.embedded) == 1
    knowledge.retire("cadeau-ruilen")
    assert "cadeau-ruilen" not in found(index, "cadeau ruilen")
    assert index.verify(knowledge).sound


def test_a_thousand_changes_leave_an_index_as_if_made_at_once() -> None:
    knowledge, index = Knowledge(), SearchIndex(Remembering(LetterEmbedder()))
    for number in range(300):
        knowledge.put(item(f"e{number % 40}", f"Onderwerp {number % 7} versie {number}", body=f"woord{number}"))
        if number % 11 == 0:
            knowledge.retire(f"e{number % 40}")
        index.refresh(knowledge)
    fresh = SearchIndex(Remembering(LetterEmbedder()))
    fresh.refresh(knowledge)
    assert index.verify(knowledge).sound
    for text in ("onderwerp 3", "woord299", "versie 250 onderwerp"):
        assert index.find(query(text)).hits == fresh.find(query(text)).hits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "🙂🎉",
        "de het een",
        "\x00",
        "\ud800",
        "Ж在ا",
        "bon " * 25_000,
        "\u200b\u200b",
        "40",
        "' OR 1=1 --",
        "{}",
    ],
)
@pytest.mark.parametrize("words", [True, False])
def test_no_question_breaks_finding(text: str, words: bool) -> None:
    findings = index_of(*SHOP, words=words).find(query(text))
    assert all(hit.entry in {"retour-zonder-bon", "cadeau-ruilen", "verkeerd-getankt"} for hit in findings.hits)


@pytest.mark.parametrize("words", [True, False])
def test_an_empty_index_knows_nothing(words: bool) -> None:
    findings = index_of(words=words).find(query("bon kwijt"))
    assert not findings.hits
    assert not findings.known


def test_nobody_sees_anything_when_nothing_is_for_him() -> None:
    assert not index_of(SECRET).find(query("salaris")).hits


class Broken(LetterEmbedder):
    """An embedder that is away, for as long as told."""

    away = True

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        if self.away:
            raise IndexFault(search.SERVICE_FAILED, where="proef", fault="Timeout")
        return super().passages(texts)

    def question(self, text: str) -> Vector:
        if self.away:
            raise IndexFault(search.SERVICE_FAILED, where="proef", fault="Timeout")
        return super().question(text)


def test_words_alone_answer_while_the_embedder_is_away() -> None:
    index = SearchIndex(Remembering(Broken()))
    index.refresh(Knowledge(*SHOP))
    assert found(index, "bonnetje kwijt, mag ik het terugnemen?")[0] == "retour-zonder-bon"
    assert index.find(query("bonnetje kwijt, mag ik het terugnemen?")).known
    assert index.fault is not None
    assert "proef" in index.fault.text("nl")


def test_meaning_comes_back_by_itself_when_the_embedder_does(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = Broken()
    index, knowledge = SearchIndex(Remembering(embedder)), Knowledge(*SHOP)
    index.refresh(knowledge)
    embedder.away = False
    assert index.find(query("bon kwijt")).hits[0].meaning == 0
    monkeypatch.setattr(indexes, "RETRY_SECONDS", 0.0)
    assert index.find(query("bon kwijt")).hits[0].meaning > 0
    assert index.fault is None


class Slow(LetterEmbedder):
    """An embedder that waits for a sign."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        assert self.go.wait(20)
        return super().passages(texts)


def test_words_answer_at_once_while_vectors_are_made_beside_the_work() -> None:
    embedder = Slow()
    index, knowledge = SearchIndex(Remembering(embedder), background=True), Knowledge(*SHOP)
    index.refresh(knowledge)
    first = index.find(query("bon kwijt")).hits[0]
    assert (first.entry, first.meaning) == ("retour-zonder-bon", 0)
    embedder.go.set()
    index.settle()
    after = index.find(query("bon kwijt")).hits[0]
    assert after.entry == "retour-zonder-bon"
    assert after.meaning > 0
    assert index.verify(knowledge).sound


def test_many_threads_ask_while_the_knowledge_changes() -> None:
    knowledge, index = Knowledge(*SHOP), SearchIndex(Remembering(LetterEmbedder()))
    index.refresh(knowledge)

    def ask(number: int) -> str:
        if number % 10 == 0:
            knowledge.put(item(f"nieuw-{number}", f"Nieuw onderwerp {number}"))
        return found(index, "bon kwijt, mag ik het terugnemen")[0]

    with ThreadPoolExecutor(8) as several:
        assert set(several.map(ask, range(200))) == {"retour-zonder-bon"}
    assert index.verify(knowledge).sound


def test_threads_that_may_see_different_things_never_meet_halfway(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted once per audience is kept for the next question, and thrown away at every change."""
    monkeypatch.setattr(local_engine, "VIEWS_KEPT", 3)
    engine = local_engine.LocalEngine()
    items = [replace(each, revision=number) for number, each in enumerate(SHOP, start=1)]
    engine.put(items, {}, len(items))

    def entries(audience: int) -> int:
        return engine.visible(Allowed(frozenset({f"role-{audience}"}), date(2026, 11, 22))).entries

    def look(turn: int) -> set[int]:
        return {entries(turn * number % 9) for number in range(4_000)}

    def change() -> None:
        while not over.is_set():
            engine._become(engine._state)

    over, usual = threading.Event(), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(7) as several:
            changing = several.submit(change)
            seen = list(several.map(look, range(1, 7)))
            over.set()
        changing.result()
    finally:
        over.set()
        sys.setswitchinterval(usual)
    assert set().union(*seen) == {entries(0)}


def test_progress_tells_how_many_are_done() -> None:
    told: list[tuple[int, int]] = []
    index = SearchIndex(Remembering(LetterEmbedder()))
    index.refresh(Knowledge(*SHOP), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]


def test_an_english_question_is_not_drawn_to_english_entries_by_its_small_words() -> None:
    english = item(
        "parking", "Parking for guests", "Where can the guest park the car?", body="Please park at the gate."
    )
    dutch = [
        item(f"nl-{n}", f"Onderwerp {n}", f"Hoe regel ik zaak {n}?", body="Doe het zo en bel de klant.")
        for n in range(9)
    ]
    index = index_of(english, *dutch)
    weighed = index.find(query("Where can the guest get the voucher?")).hits
    alone = index_of(english).find(query("Where can the guest get the voucher?")).hits
    among_dutch = next(hit for hit in weighed if hit.entry == "parking")
    by_words = [hit.score - hit.meaning for hit in (among_dutch, alone[0])]
    assert by_words[0] < 0.5 * by_words[1]


class Turning:
    """What every reranker has."""

    def describe(self, language: str) -> str:
        return "proef"

    def close(self) -> None:
        return


class Backwards(Turning):
    """A reranker that turns the order around."""

    def rerank(self, question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        return tuple(reversed(hits))


class Away(Turning):
    """A reranker that is not there."""

    def rerank(self, question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        raise IndexFault(search.SERVICE_FAILED, where="proef", fault="Timeout")


def test_a_reranker_has_the_last_word_on_the_order_and_may_fail() -> None:
    plain, turned, failing = (
        SearchIndex(Remembering(LetterEmbedder()), reranker=each) for each in (None, Backwards(), Away())
    )
    for index in (plain, turned, failing):
        index.refresh(Knowledge(*SHOP))
    hits = plain.find(query("bon kwijt")).hits
    assert turned.find(query("bon kwijt")).hits == tuple(reversed(hits))
    assert failing.find(query("bon kwijt")).hits == hits


def test_what_is_out_of_order_is_told_in_plain_words() -> None:
    sound, broken = index_of(*SHOP), SearchIndex(Remembering(Broken()))
    broken.refresh(Knowledge(*SHOP))
    assert sound.troubles("nl") == []
    assert broken.troubles("nl")[0].startswith("zoekt nu alleen op woorden")
    assert broken.troubles("en")[0].startswith("searches by words alone")
