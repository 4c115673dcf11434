"""Slips of the keyboard: mended where the knowledge has the word that was meant, and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from copilot.misspelling import MOST_MENDED, mended
from copilot.words import terms_of

TEXTS = (
    "De klant is het kassabonnetje kwijt en wil de handdoek ruilen.",
    "Een caravan staat op de verkeerde kampeerplaats.",
    "The guest lost the receipt of the equipment.",
    "Annuleren kan tot de verzekering is ingegaan; de garantie blijft.",
)


def asked(text: str, texts: Sequence[str] = TEXTS) -> str:
    held = Counter(term for each in texts for term in terms_of([(each, 1)]))
    return mended(text, lambda terms: [held[term] for term in terms])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kassabonentje", "kassabonnetje"),
        ("hanfdoek", "handdoek"),
        ("handoek", "handdoek"),
        ("carvaan", "caravan"),
        ("caravvan", "caravan"),
        ("kampeerplaars", "kampeerplaats"),
        ("verzekerng", "verzekering"),
        ("recepit", "receipt"),
        ("equpiment", "equipment"),
        ("GARNATIE", "garantie"),
    ],
)
def test_a_slip_is_mended_in_dutch_and_english(typed: str, meant: str) -> None:
    assert asked(f"Mag de {typed}, ja?") == f"Mag de {meant}, ja?"


@pytest.mark.parametrize(
    "text",
    [
        "handdoeken ruilde annuleert caravans",
        "kassabon handdoekenrek garantiekaart",
        "slaapzak tentharing receptioniste",
        "waarom welke zonder",
        "kwit ruil bon",
        "12345 A1B2C3 é!",
        "",
    ],
)
def test_what_is_rightly_spelt_or_too_short_stays_as_it_was_typed(text: str) -> None:
    assert asked(text) == text


@pytest.mark.parametrize(
    ("typed", "known"), [("regelen", "regelden"), ("schrok", "schok"), ("koken", "komen"), ("achterdeur", "achterder")]
)
def test_another_word_is_no_slip(typed: str, known: str) -> None:
    assert asked(typed, [known]) == typed


def test_nothing_is_mended_where_nothing_is_known() -> None:
    assert asked("de carvaan", ()) == "de carvaan"


def test_of_two_words_one_slip_away_the_one_that_most_entries_have_is_meant() -> None:
    texts = ("het paspoort", "de passpoort", "een paspoort")
    assert asked("paspporrt paspoordt", texts) == "paspporrt paspoort"


def test_a_pasted_text_of_nothing_but_slips_costs_no_more_than_a_few() -> None:
    words = [f"{first}arvaan" for first in "abdefghijklmnop"]
    asked_for: list[int] = []

    def nothing(terms: Sequence[int]) -> Sequence[int]:
        asked_for.append(len(terms))
        return [0] * len(terms)

    assert mended(" ".join(words), nothing) == " ".join(words)
    assert max(asked_for) < MOST_MENDED * 500
