"""The life of knowledge: propose, publish by a second person, decline, retire, restore; on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from copilot import app, content
from copilot.curate import ONE_PERSON, Curator
from copilot.domain import Colleague, Status
from copilot.errors import Conflict, KnowledgeError, UsageError
from copilot.store import Store
from tests.world import ENTRIES, ORGANISATION, write_pack

DAY = date(2026, 11, 22)
BRAM = Colleague("bram", ("bedrijfsleider",))
NOOR = Colleague("noor", ("bedrijfsleider",))
EVA = Colleague("eva", ("eigenaar",))
SAM = Colleague("sam", ("verkoper",))
KEY = ENTRIES["service/sleutel-kwijt.md"]
NEW_KEY = KEY.replace("Zaag het slot open", "Boor het slot open")
DISCOUNT = ENTRIES["korting/korting-beschadigde-fiets.md"]
MORE_DISCOUNT = DISCOUNT.replace('"<= 25"', '"<= 40"')


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with app.open_store(app.Settings.from_env({"HELEKLANT_DATA_DIR": str(tmp_path / "data")}, tmp_path)) as opened:
        opened.import_pack(content.read_pack(write_pack(tmp_path / "pack")), by="import")
        yield opened


@pytest.fixture
def curator(store: Store) -> Curator:
    return app.curator_for(store)


def published(store: Store, entry: str) -> str:
    return store.entries([entry])[0].title + str(store.entries([entry])[0])


def test_a_draft_says_what_it_changes_and_does_not_answer_yet(store: Store, curator: Curator) -> None:
    proposal = curator.propose(NEW_KEY, BRAM, DAY)
    assert "de stappen: erbij “Boor het slot open en leg een nieuw slot klaar.”" in proposal.changes
    assert "de stappen: vervalt “Zaag het slot open en leg een nieuw slot klaar.”" in proposal.changes
    assert "Zaag" in published(store, "sleutel-kwijt")


def test_a_second_person_publishes_and_both_are_kept(store: Store, curator: Curator) -> None:
    curator.propose(NEW_KEY, BRAM, DAY)
    version = curator.publish("sleutel-kwijt", NOOR, DAY)
    assert (version.by, version.approved_by, version.status) == ("bram", "noor", Status.PUBLISHED)
    assert "Boor" in published(store, "sleutel-kwijt")


def test_who_may_not_publish_a_draft_is_known_before_he_tries(store: Store, curator: Curator) -> None:
    key, discount = curator.propose(NEW_KEY, BRAM, DAY), curator.propose(MORE_DISCOUNT, BRAM, DAY)
    assert [curator.objection(key.entry, "bram", by) is None for by in (BRAM, NOOR, SAM)] == [False, True, False]
    store.put_setting(ONE_PERSON, "yes", "test")
    assert curator.objection(key.entry, "bram", BRAM) is None
    assert curator.objection(discount.entry, "bram", BRAM) is not None


def test_nobody_publishes_his_own_words(store: Store, curator: Curator) -> None:
    curator.propose(NEW_KEY, BRAM, DAY)
    with pytest.raises(UsageError, match="tweede persoon"):
        curator.publish("sleutel-kwijt", BRAM, DAY)
    assert "Zaag" in published(store, "sleutel-kwijt")


def test_one_person_is_enough_where_the_organisation_says_so_but_never_for_money(
    store: Store, curator: Curator
) -> None:
    store.put_setting(ONE_PERSON, "yes", by="eva")
    curator.propose(NEW_KEY, BRAM, DAY)
    curator.publish("sleutel-kwijt", BRAM, DAY)
    assert "Boor" in published(store, "sleutel-kwijt")
    curator.propose(MORE_DISCOUNT, EVA, DAY)
    with pytest.raises(UsageError, match="grenzen aan geld"):
        curator.publish("korting-beschadigde-fiets", EVA, DAY)


def test_who_gives_rights_to_a_role_must_have_it_himself(curator: Curator) -> None:
    above = MORE_DISCOUNT.replace("roles: [bedrijfsleider]", "roles: [eigenaar]")
    curator.propose(above, BRAM, DAY)
    with pytest.raises(UsageError, match="eigenaar"):
        curator.publish("korting-beschadigde-fiets", NOOR, DAY)
    assert curator.publish("korting-beschadigde-fiets", EVA, DAY).approved_by == "eva"


def test_a_changed_limit_is_said_in_plain_words(curator: Curator) -> None:
    changes = curator.propose(MORE_DISCOUNT, BRAM, DAY).changes
    assert any("vervalt verkoper mag" in line and "€ 25,00" in line for line in changes)
    assert any("erbij verkoper mag" in line and "€ 40,00" in line for line in changes)


def test_whoever_stands_above_nobody_may_not_change_knowledge(curator: Curator) -> None:
    assert not curator.may_edit(SAM)
    with pytest.raises(UsageError, match="bedrijfsleider"):
        curator.propose(NEW_KEY, SAM, DAY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (NEW_KEY.replace("kind: solution", "kind: advies"), "advies"),
        (NEW_KEY.replace("department: werkplaats", "department: zolder"), "zolder"),
        (DISCOUNT.replace("[verkoper]", "[piloot]"), "piloot"),
        ("geen kennis", "---"),
    ],
)
def test_what_is_not_sound_is_not_kept(store: Store, curator: Curator, text: str, says: str) -> None:
    with pytest.raises(KnowledgeError, match=says) as refusal:
        curator.propose(text, BRAM, DAY)
    assert refusal.value.findings
    assert store.entries(statuses=(Status.DRAFT,)) == []


def test_of_two_writers_the_second_is_told(curator: Curator) -> None:
    curator.propose(NEW_KEY, BRAM, DAY, expected=1)
    with pytest.raises(Conflict):
        curator.propose(KEY.replace("Zaag", "Vijl"), NOOR, DAY, expected=1)


def test_a_declined_draft_never_answers_and_stays_in_the_history(store: Store, curator: Curator) -> None:
    curator.propose(NEW_KEY, BRAM, DAY)
    curator.decline("sleutel-kwijt", NOOR, note="te grof")
    with pytest.raises(UsageError, match="geen voorstel"):
        curator.publish("sleutel-kwijt", NOOR, DAY)
    assert len(store.history("sleutel-kwijt")) == 2


def test_retired_is_gone_and_an_older_version_comes_back_as_a_proposal(store: Store, curator: Curator) -> None:
    curator.retire("sleutel-kwijt", BRAM)
    assert store.entries(["sleutel-kwijt"]) == []
    curator.restore("sleutel-kwijt", 1, BRAM, DAY)
    curator.publish("sleutel-kwijt", NOOR, DAY)
    assert "Zaag" in published(store, "sleutel-kwijt")


def test_an_entry_opens_as_fields_and_one_changed_field_becomes_a_draft(store: Store, curator: Curator) -> None:
    opened = curator.opened("korting-beschadigde-fiets", BRAM)
    assert (opened.version.number, opened.shown.fields["rule1_when"]) == (1, "korting <= 25")
    given = {**opened.shown.fields, "rule1_when": "korting <= 40"}
    proposal = curator.change("korting-beschadigde-fiets", 1, given, BRAM, DAY)
    assert proposal.version.text == MORE_DISCOUNT
    assert any("€ 40,00" in line for line in proposal.changes)
    assert curator.opened("korting-beschadigde-fiets", NOOR).version.number == 2
    assert curator.publish("korting-beschadigde-fiets", NOOR, DAY).approved_by == "noor"


def test_a_form_that_changed_nothing_keeps_nothing(store: Store, curator: Curator) -> None:
    opened = curator.opened("sleutel-kwijt", BRAM)
    with pytest.raises(UsageError, match="niets gewijzigd"):
        curator.change("sleutel-kwijt", 1, opened.shown.fields, BRAM, DAY)
    assert len(store.history("sleutel-kwijt")) == 1


def test_of_two_who_change_the_second_hears_what_the_first_changed(curator: Curator) -> None:
    curator.change("sleutel-kwijt", 1, {"title": "Sleutel weg"}, NOOR, DAY)
    with pytest.raises(Conflict, match=r"noor was je voor en wijzigde:\n• de titel: was .* wordt “Sleutel weg”"):
        curator.change("sleutel-kwijt", 1, {"source": "Werkboek 2"}, BRAM, DAY)


def test_what_cannot_be_changed_has_a_clear_word(store: Store, curator: Curator) -> None:
    with pytest.raises(UsageError, match="bedrijfsleider"):
        curator.opened("sleutel-kwijt", SAM)
    with pytest.raises(UsageError, match="geen kennisitem"):
        curator.opened("van-een-ander", BRAM)
    store.save_version(KEY.replace("department:", "audience: [eigenaar]\ndepartment:"), "eva", Status.PUBLISHED)
    with pytest.raises(UsageError, match="geen kennisitem"):
        curator.opened("sleutel-kwijt", BRAM)
    assert curator.opened("sleutel-kwijt", EVA).shown.fields["audience"] == "eigenaar"
    curator.retire("sleutel-kwijt", EVA)
    with pytest.raises(UsageError, match="ingetrokken door eva"):
        curator.change("sleutel-kwijt", 2, {"title": "Sleutel weg"}, EVA, DAY)


def test_an_entry_of_another_organisation_is_not_there(store: Store, curator: Curator, tmp_path: Path) -> None:
    other = tmp_path / "elders"
    other.mkdir()
    (other / "organisation.yaml").write_text(ORGANISATION.replace("De Ketting", "De Band"), encoding="utf-8")
    store.import_pack(content.read_pack(other), by="import")
    with pytest.raises(UsageError, match="geen kennisitem"):
        curator.opened("sleutel-kwijt", BRAM)
    with pytest.raises(UsageError, match="geen kennisitem"):
        curator.change("sleutel-kwijt", 1, {"title": "Sleutel weg"}, BRAM, DAY)


def test_what_is_wrong_is_said_at_its_field(curator: Curator) -> None:
    with pytest.raises(KnowledgeError) as refusal:
        curator.change("korting-beschadigde-fiets", 1, {"rule1_may": ""}, BRAM, DAY)
    assert [each.field for each in refusal.value.findings] == ["rule1_may"]


def test_taking_money_out_of_a_mandate_needs_two_people_as_well(store: Store, curator: Curator) -> None:
    store.put_setting(ONE_PERSON, "yes", by="eva")
    without = "---\nid: korting-beschadigde-fiets\nkind: mandate\ntitle: Korting\nrules:\n"
    curator.propose(f"{without}  - roles: [verkoper]\n    may: Geef korting.\n---\n", EVA, DAY)
    with pytest.raises(UsageError, match="grenzen aan geld"):
        curator.publish("korting-beschadigde-fiets", EVA, DAY)


def test_the_same_form_sent_twice_is_one_proposal(store: Store, curator: Curator) -> None:
    first = curator.change("sleutel-kwijt", 1, {"title": "Sleutel weg"}, BRAM, DAY)
    again = curator.change("sleutel-kwijt", 1, {"title": "Sleutel weg"}, BRAM, DAY)
    assert (first.version.number, again.version.number, len(store.history("sleutel-kwijt"))) == (2, 2, 2)


def test_a_fault_is_at_its_field_for_who_writes_his_keys_in_dutch_as_well(store: Store, curator: Curator) -> None:
    dutch = (
        "---\nid: lenen\nsoort: mandaat\ntitel: Lenen\nregels:\n  - rollen: [verkoper]\n    mag: Leen het uit.\n---\n"
    )
    store.save_version(dutch, "eva", Status.PUBLISHED)
    with pytest.raises(KnowledgeError) as refusal:
        curator.change("lenen", 1, {"rule1_when": "waarde <= 3"}, BRAM, DAY)
    assert refusal.value.findings[0].field.startswith("rules[1].when")


def test_over_what_somebody_else_changed_lies_what_was_typed(curator: Curator) -> None:
    curator.change("sleutel-kwijt", 1, {"title": "Sleutel weg", "source": "Werkboek 1"}, NOOR, DAY)
    given = {**curator.opened("sleutel-kwijt", BRAM).shown.fields, "title": "Sleutel kwijt?", "source": ""}
    opened, lost = curator.rebased("sleutel-kwijt", 1, {**given, "elders": "iets"}, BRAM)
    assert (opened.version.number, opened.shown.fields["title"]) == (2, "Sleutel kwijt?")
    assert opened.shown.fields["source"] == "Werkboek 1"
    assert lost == {"elders": "iets"}


def test_publishing_what_the_form_was_opened_with_overtakes_nobody(store: Store, curator: Curator) -> None:
    curator.change("sleutel-kwijt", 1, {"title": "Sleutel weg"}, NOOR, DAY)
    opened = curator.opened("sleutel-kwijt", BRAM)
    curator.publish("sleutel-kwijt", EVA, DAY)
    proposal = curator.change("sleutel-kwijt", opened.version.number, {"source": "Werkboek 2"}, BRAM, DAY)
    assert (proposal.entry.title, proposal.entry.source) == ("Sleutel weg", "Werkboek 2")
