"""Nobody is sent from pillar to post, and nobody is accused of it who is not."""

from __future__ import annotations

import pytest

from copilot.deflection import find

SENT_AWAY = (
    """
Dat is niet mijn afdeling.|Dat valt niet onder ons.|Dat hoort hier niet thuis.|Dat ligt niet bij ons team.
Daar ga ik niet over.|Wij gaan daar niet over.|Daar ben ik niet van.
Daar zijn wij niet voor.|Niet mijn pakkie-an.|Dat is niet aan mij.
Dat valt buiten mijn bevoegdheid.|Daar kan ik u helaas niet mee helpen.|Daar kan ik u niet bij helpen.
Ik kan hier niets aan doen.|Wij kunnen niets voor u betekenen.|U moet bij een andere afdeling zijn.
U kunt zich wenden tot een andere afdeling.|Neem contact op met een andere afdeling.|U bent aan het verkeerde loket.
U bent niet aan het juiste adres.|Dat doen wij hier niet.
Dat regelen wij hier niet.|Dat is iets voor een andere collega.
Probeer het ergens anders.|Bel maar iemand anders.
Geen idee, vraag het aan iemand anders.|Niet mijn taak.|Niet mijn werk.
That's not my department.|This is outside my remit.|It's out of my hands.|That is above my pay grade.
You'll need to contact another department.|Wrong department.|We don't handle that.|That's not something we handle.
I can't help you with that.|There's nothing I can do.
Please contact the relevant department.|Please contact someone else.
That’s not my job.|DAT IS NIET MIJN AFDELING|that is not our responsibility
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
"""The forms of the reference on quality, section 5."""

HELPED = (
    """
Zeg nooit: dat is niet mijn afdeling.|Zeg niet "daar ga ik niet over", maar regel het.
Ook al is het niet mijn afdeling, ik regel het voor u.|Even if it is not my department, I will sort it out.
Ik geef het door aan Schadeherstel en zij bellen u vandaag terug.|De klant hoorde al drie keer "niet mijn afdeling".
U kunt bij de servicebalie terecht; ik loop met u mee.|Vraag je teamleider om akkoord.
Bel de garage en geef het kenteken door.|Het pakket is op het verkeerde adres bezorgd.
Ik kan hier niets aan doen zonder bon, maar ik kan wel in het systeem zoeken.
De collega's van een andere afdeling helpen graag mee.|Never say "that's not my department".
I will pass it on to the repair team and call you back today.|De schade is niet jouw schuld.
Mijn afdeling zit op de derde verdieping.|Dat artikel ligt niet bij ons in het magazijn maar ik bestel het voor u.
Er staat een verkeerd adres op de bon.|Het is niet mogelijk om vandaag te leveren.|Wij doen dat graag voor u.
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("text", SENT_AWAY)
def test_every_form_of_sending_away_is_found(text):
    language = (
        "en" if text.isascii() and any(word in text.lower() for word in ("that", "you", "i ", "we ", "my")) else "nl"
    )
    assert find(text, language)


@pytest.mark.parametrize("text", HELPED)
def test_helping_quoting_forbidding_and_a_warm_hand_over_are_not(text):
    assert find(text, "nl") == ()


def test_it_says_which_words_and_where():
    text = "Goedemorgen. Dat is niet mijn afdeling, sorry. Fijne dag."
    (found,) = find(text)
    assert text[found.start : found.end] == found.words == "niet mijn afdeling"
    assert found.form == "not_my_task"


def test_both_languages_are_found_whatever_the_language_of_the_channel():
    assert find("That's not my department.", "nl")
    assert find("Dat is niet mijn afdeling.", "en")


def test_ordinary_knowledge_is_not_accused():
    """Every sentence of the sample knowledge: written to help, so not one may be taken for sending away."""
    from pathlib import Path

    from copilot import sentences

    accused = []
    for path in Path("knowledge").rglob("*.md"):
        body = path.read_text(encoding="utf-8").split("---", 2)[-1]
        accused += [(path.name, sentence.text) for sentence in sentences.split(body) if find(sentence.text)]
    assert accused == []


def test_a_long_text_is_read_in_reasonable_time():
    import time

    text = "De klant wil graag weten wanneer zijn pakket komt en of hij het mag ruilen. " * 400
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 5
