"""Taking texts apart for word search: what makes two wordings meet, and what must never break it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import words


def overlap(one: str, other: str) -> float:
    """The weighted share of one text's terms that the other has."""
    asked, there = words.asked_terms(one), words.terms_of([(other, 1)])
    total = sum(asked.values())
    return sum(weight for term, weight in asked.items() if term in there) / total if total else 0.0


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("bon", "de kassabon"),
        ("kassabon", "een bon van de kassa"),
        ("tent doek", "tentdoek"),
        ("tentdoek", "het doek van de tent"),
        ("bonnetje", "bon"),
        ("retouren", "retour"),
        ("café", "cafe"),
        ("terugbtaling", "terugbetaling"),
        ("foto’s", "foto"),
        ("Schadeherstel", "schade herstellen"),
        ("gift vouchers", "a gift voucher"),
        ("e-bike", "ebike"),
    ],
)
def test_wordings_of_one_thing_meet(asked: str, written: str) -> None:
    assert overlap(asked, written) > 0.2


def test_words_of_other_things_do_not_meet() -> None:
    assert overlap("fietsband lek", "openingstijden zwembad") == 0


def test_a_long_compound_does_not_outweigh_all_other_words() -> None:
    weights = words.asked_terms("arbeidsongeschiktheidsverzekering bon")
    short = sum(words.asked_terms("bon").values())
    assert sum(weights.values()) < 4 * short


def test_amounts_and_stop_words_say_nothing_about_the_subject() -> None:
    assert words.content_words("Mag ik 40 euro aan de klant geven?") == ["klant", "geven"]


def test_terms_are_the_same_on_every_machine() -> None:
    assert words.fingerprint("bon") == 0x54ABDFCCF395F47D


def test_unreadable_characters_become_spaces() -> None:
    assert words.safe("a\x00b\ud800c") == "a b c"
    assert "\x00" not in words.safe("\x00" * 10)


@pytest.mark.parametrize(
    "text", ["", "?", "👩‍🚀🎉", "de het een", "\x00", "\ud83d", "ж", "在", "a" * 100_000, " \n\t "]
)
def test_no_text_breaks_the_analysis(text: str) -> None:
    assert all(weight > 0 for weight in words.asked_terms(text).values())
    assert all(count > 0 for count in words.terms_of([(text, 2)]).values())


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_gives_finite_terms_and_safe_text_is_stable(text: str) -> None:
    assert all(math.isfinite(weight) for weight in words.asked_terms(text).values())
    assert words.safe(words.safe(text)) == words.safe(text)
    words.safe(text).encode("utf-8")


def test_a_long_text_is_read_up_to_a_limit() -> None:
    assert len(words.safe("woord " * 100_000)) <= words.LONGEST_TEXT
