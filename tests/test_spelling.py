"""A wrong word is met with the one that was probably meant, soon, and not with a wild guess."""

from __future__ import annotations

from time import perf_counter

from copilot.spelling import listed, nearest


def test_a_slip_of_the_finger_finds_the_word_that_was_meant() -> None:
    assert nearest("medewerkr", ["teamleider", "medewerker"]) == "medewerker"
    assert nearest("Medewerker", ["teamleider", "medewerker"]) == "medewerker"
    assert nearest("retour-zonder-bonn", (f"entry-{number}" for number in range(500))) is None


def test_another_word_is_not_guessed_at() -> None:
    assert nearest("koning", ["teamleider", "medewerker"]) is None
    assert nearest("x" * 10_000, ["x" * 9_999]) is None
    assert nearest("", []) is None


def test_among_many_words_it_looks_at_those_that_begin_or_end_alike() -> None:
    known = [f"entry-{number}-about-something" for number in range(3_000)] + ["retour-zonder-bon"]
    began = perf_counter()
    assert nearest("retour-zondr-bon", known) == "retour-zonder-bon"
    assert nearest("etour-zonder-bon", known) == "retour-zonder-bon"
    assert perf_counter() - began < 2


def test_a_long_list_is_cut_off() -> None:
    assert listed("abc") == "a, b, c"
    assert listed("abc", most=2) == "a, b, …"
