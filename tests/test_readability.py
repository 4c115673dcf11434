"""Plain language, counted."""

from __future__ import annotations

import pytest

from copilot.readability import measure


def test_officialese_scores_far_below_plain_language() -> None:
    plain = measure("Geef de klant zijn geld terug. Vraag om de bon. Zeg dat het zo klaar is.")
    stiff = measure(
        "Teneinde de onderhavige vergoeding te bewerkstelligen dient te worden overgegaan tot verificatie van de "
        "aankoopbewijsgegevens conform de desbetreffende bedrijfsvoorschriften aangaande retournering."
    )
    assert plain.flesch_douma > 80 > 20 > stiff.flesch_douma
    assert plain.officialese == ()
    assert {"teneinde", "onderhavige", "dient te", "conform", "aangaande"} <= set(stiff.officialese)
    assert plain.longest == 6


@pytest.mark.parametrize(
    "step", ["De schade wordt door ons vastgelegd.", "Het bedrag wordt teruggestort.", "Er wordt contact opgenomen."]
)
def test_a_step_in_the_passive_is_noticed(step: str) -> None:
    assert measure(step, [step]).passive == (step,)


@pytest.mark.parametrize("step", ["Leg de schade vast.", "Bel de klant vandaag.", "Word niet boos op de klant."])
def test_a_step_that_says_who_does_it_is_not_passive(step: str) -> None:
    assert measure(step, [step]).passive == ()


def test_an_empty_text_is_no_fault() -> None:
    empty = measure("")
    assert (empty.words, empty.sentences, empty.longest, empty.mean) == (0, 0, 0, 0.0)
