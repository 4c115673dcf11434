"""English questions searched by Dutch words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.embedders import Remembering, WordsAlone
from copilot.english import _lexicon, in_dutch, is_english
from copilot.indexes import SearchIndex
from copilot.words import words_of
from tests.search_world import Knowledge, item, query


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("lost my receipt", "bonnetje"),
        ("two keys", "sleutels"),
        ("he was waiting", "wachten"),
        ("companies offering batteries", "batterij"),
        ("without", "zonder"),
        ("unclosed", "unclosed"),
    ],
)
def test_a_word_is_said_in_dutch_whatever_its_ending(english: str, dutch: str) -> None:
    assert dutch in in_dutch(english).split()


@given(st.text(max_size=200))
def test_nothing_is_lost_or_breaks_whatever_is_typed(text: str) -> None:
    assert len(in_dutch(text).split()) >= len(words_of(text))


def test_the_list_is_clean() -> None:
    for english, dutch in _lexicon().items():
        assert words_of(english) == [english]
        assert all(words_of(each) == [each] for each in dutch), english


def best(question: str, *known) -> str:
    index = SearchIndex(Remembering(WordsAlone()))
    index.refresh(Knowledge(*known))
    return index.find(query(question)).hits[0].entry


def test_an_english_question_finds_dutch_knowledge_by_words_alone() -> None:
    known = (
        item("bon-kwijt", "Terugbrengen zonder kassabon", "Klant heeft geen bonnetje meer"),
        item("sleutel", "Sleutels laten bijmaken", "Klant wil een tweede sleutel"),
    )
    assert best("the customer has lost his receipt, can I take it back?", *known) == "bon-kwijt"
    assert best("can we copy a key for the customer?", *known) == "sleutel"


def test_where_the_knowledge_is_english_its_own_words_are_searched() -> None:
    known = (
        item("till", "Who may open the till", "May I open the till without a sale?"),
        item("queue", "A long queue at the desk", "What do I do when the queue is long?"),
    )
    assert best("what can I do about the queue at the till?", *known) == "queue"


@pytest.mark.parametrize(
    "text",
    ["change delivery address", "lost receipt", "what is the refund period?", "wheelchair at the gate", "refund"],
)
def test_english_is_known_without_small_words_too(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", ["bonnetje kwijt", "polis opzeggen", "mag ik ruilen?", "", "40 euro"])
def test_what_may_be_dutch_stays_dutch(text: str) -> None:
    assert not is_english(text)
