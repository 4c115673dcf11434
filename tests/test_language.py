"""Telling Dutch from English."""

import pytest

from copilot.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Klant is de bon kwijt, mag ik het terugnemen?",
        "klant wil zoete aardappelfriet in plaats van gewone, mag dat?",
        "hoe laat is de parade van drie uur",
        "iPhone kapot, wat nu met de garantie",
    ],
)
def test_dutch_is_recognised(text: str) -> None:
    assert language_of(text, "en") == "nl"


@pytest.mark.parametrize(
    "text",
    [
        "The customer lost the receipt, may I take it back?",
        "What time is the three o'clock parade?",
        "is there a refund for this",
    ],
)
def test_english_is_recognised(text: str) -> None:
    assert language_of(text, "nl") == "en"


@pytest.mark.parametrize("text", ["", "kroket", "12345", "👍", "retour", "x" * 100_000])
def test_what_is_neither_keeps_the_language_of_the_organisation(text: str) -> None:
    assert language_of(text, "nl") == "nl"
    assert language_of(text, "en") == "en"
