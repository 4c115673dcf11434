"""Finding the entry that somebody wants to change."""

from __future__ import annotations

from copilot.content import read_pack
from copilot.domain import Policy
from copilot.entrysearch import matching
from tests.slack_world import PACK

ENTRIES = [each.entry for each in read_pack(PACK).entries]


def test_an_id_finds_that_entry_alone() -> None:
    assert [each.id for each in matching(ENTRIES, " Retour-zonder-label ")] == ["retour-zonder-label"]


def test_the_words_of_a_title_find_their_entry_first_for_nearly_every_entry() -> None:
    first = [matching(ENTRIES, each.title)[0].id == each.id for each in ENTRIES[::3]]
    assert sum(first) / len(first) > 0.97


def test_one_rare_word_among_common_ones_decides_and_at_most_five_are_shown() -> None:
    entries = [Policy(id=f"klant-{number}", title=f"De klant en de bon {number}") for number in range(30)]
    entries.append(Policy(id="paraplu-lenen", title="Een paraplu lenen aan een klant"))
    assert matching(entries, "paraplu klant")[0].id == "paraplu-lenen"
    assert len(matching(entries, "klant bon")) == 5


def test_what_nobody_wrote_about_finds_nothing() -> None:
    assert matching(ENTRIES, "xylofoon orgelconcert") == []
    assert matching(ENTRIES, "!?") == []
