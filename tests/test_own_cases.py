"""The project's own cases, as a gate: what is reached may not be lost. Raise the numbers when answers get better.

The locked halves are counted and never looked at case by case while tuning: open them only to add cases.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from copilot import gates
from copilot.tally import Tally
from tests.own_cases import PACKS, measured

ALWAYS = ("decision_holds", "invented", "citations", "supported", "deflection", "handover", "two_voices", "language")
"""What every answer must be, whatever its case expects."""

REACHED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("hele-klant", "open"): ("right=0.955", "outcome=0.96", "approver=0.95", "sources=0.97", "refusal=0.95"),
    ("hele-klant", "locked"): ("right=0.935", "outcome=0.93", "approver=0.93", "sources=0.94", "refusal=0.95"),
    ("duinrand", "open"): ("right=0.93", "outcome=0.96", "approver=0.95", "sources=0.92", "refusal=0.96"),
    ("duinrand", "locked"): ("right=0.925", "outcome=0.94", "approver=0.95", "sources=0.94", "refusal=0.96"),
}
NOT_REFUSED_WRONGLY = 0.955
"""Of what can be answered: a yes that is not certain counts as refused too."""


def tally_of(pack: str, half: str) -> Tally:
    found = measured(pack).tallies
    return found[""] if half == "open" else found[f"{pack}-locked.yaml"]


@pytest.mark.parametrize(("pack", "half"), REACHED)
def test_what_is_reached_is_not_lost(pack: str, half: str) -> None:
    counted = tally_of(pack, half)
    wanted = (*REACHED[pack, half], f"false_refusal={NOT_REFUSED_WRONGLY}", *(f"{name}=1" for name in ALWAYS))
    assert [each.text("en") for each in gates.failed(counted, list(map(gates.read_gate, wanted)))] == []
    assert counted.broken == 0


@pytest.mark.parametrize(("pack", "half"), REACHED)
def test_no_yes_is_ever_wrong(pack: str, half: str) -> None:
    rate = tally_of(pack, half).wrong_allowed
    assert rate.of - rate.right == 0


def test_there_are_enough_cases_and_half_of_them_is_locked() -> None:
    sizes = {(pack, half): tally_of(pack, half).right.of for pack, half in REACHED}
    assert sum(sizes.values()) >= 300
    for pack in PACKS:
        assert sizes[pack, "locked"] >= 0.37 * (sizes[pack, "open"] + sizes[pack, "locked"])


def test_the_second_pack_is_of_another_trade_and_large_enough() -> None:
    ours, other = (measured(name).about.shelf for name in PACKS)
    assert len(other.entries) >= 40
    assert ours.organisation.id != other.organisation.id
    assert not ours.entries.keys() & other.entries.keys()
