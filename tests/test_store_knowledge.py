"""The store's knowledge: what answers, what an index hears, every version kept, organisations kept apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.domain import KnowledgeEntry, Organisation, Role, Status
from copilot.errors import Conflict, KnowledgeError, StoreError, UsageError
from copilot.messages import Text
from copilot.packs import Searchable
from copilot.store import Store
from tests.store_world import ORGANISATION, TODAY, Clock, pack_of, read, store_at, text_of

EVERYONE = frozenset({"verkoper"})


def heard(store: Store, after: int = 0, batch: int = 1000) -> list[Searchable]:
    return [each for portion in store.searchable(after, batch) for each in portion]


# ------------------------------------------------------------------------------------------ what answers


def test_entries_come_back_by_id_with_their_version_and_status(database_url: str) -> None:
    with store_at(database_url, text_of("taart"), text_of("brood", owner="eva")) as store:
        brood, taart = store.entries()
        assert (brood.id, brood.owner, brood.version, brood.status) == ("brood", "eva", 1, Status.PUBLISHED)
        assert taart == replace(read(text_of("taart")), version=1, status=Status.PUBLISHED)
        assert [entry.id for entry in store.entries(["taart", "koek"])] == ["taart"]
        assert store.organisation() == ORGANISATION


def test_only_what_is_published_valid_and_visible_may_answer(database_url: str) -> None:
    texts = [
        text_of("altijd"),
        text_of("later", valid_from="2026-11-23"),
        text_of("vandaag", valid_from="2026-11-22", valid_until="2026-11-22"),
        text_of("voorbij", valid_until="2026-11-21"),
        text_of("chef", audience="[chef]"),
        text_of("weg"),
    ]
    ids = ["weg", "chef", "voorbij", "vandaag", "later", "altijd", "nooit-geweest", "altijd"]
    with store_at(database_url, *texts) as store:
        store.set_status("weg", Status.RETIRED, by="eva")
        store.save_version(text_of("idee"), by="eva", status=Status.DRAFT)
        assert list(store.living([*ids, "idee"], EVERYONE, TODAY)) == ["vandaag", "altijd"]
        assert "chef" in store.living(ids, ORGANISATION.covered_by(["chef"]), TODAY)
        assert store.living([], EVERYONE, TODAY) == {}
        assert store.living(["altijd"] * 2000 + [f"e{n}" for n in range(2000)], EVERYONE, TODAY).keys() == {"altijd"}


def test_a_change_answers_at_once_also_in_another_store_on_the_same_database(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store, store_at(database_url) as other:
        assert other.living(["brood"], EVERYONE, TODAY)["brood"].version == 1
        store.save_version(text_of("brood", "Nooit meer."), by="eva", status=Status.PUBLISHED)
        assert other.living(["brood"], EVERYONE, TODAY)["brood"].body.strip() == "Nooit meer."
        store.set_status("brood", Status.RETIRED, by="eva")
        assert other.living(["brood"], EVERYONE, TODAY) == {}


def test_without_knowledge_there_is_nothing_and_it_is_said_how_to_get_it(database_url: str) -> None:
    with store_at(database_url) as store:
        assert store.revision() == 0
        assert store.entries() == []
        assert store.living(["brood"], EVERYONE, TODAY) == {}
        assert heard(store) == []
        with pytest.raises(StoreError, match="heleklant knowledge import"):
            store.organisation()


def test_an_entry_that_cannot_be_read_any_more_does_not_silence_the_others(database_url: str) -> None:
    def read_most(text: str) -> KnowledgeEntry:
        if "taart" in text:
            raise KnowledgeError(Text(nl="onleesbaar", en="unreadable"))
        return read(text)

    store_at(database_url, text_of("brood"), text_of("taart")).close()
    with Store(database_url, read_entry=read_most) as store:
        assert [entry.id for entry in store.entries()] == ["brood"]
        assert list(store.living(["taart", "brood"], EVERYONE, TODAY)) == ["brood"]
        with pytest.raises(KnowledgeError):
            store.export()


# ------------------------------------------------------------------------------------- what an index hears


def test_the_index_hears_only_what_changed_after_a_revision(database_url: str) -> None:
    with store_at(database_url, text_of("brood"), text_of("taart")) as store:
        before = store.revision()
        assert {each.id for each in heard(store)} == {"brood", "taart"}
        assert heard(store, after=before) == []
        store.save_version(text_of("taart", "Anders."), by="eva", status=Status.PUBLISHED)
        (changed,) = heard(store, after=before)
        assert (changed.id, changed.version, changed.revision) == ("taart", 2, store.revision())
        assert changed.body.strip() == "Anders."


def test_what_no_longer_answers_comes_as_a_tombstone(database_url: str) -> None:
    with store_at(database_url, text_of("brood"), text_of("taart")) as store:
        before = store.revision()
        store.set_status("taart", Status.RETIRED, by="eva")
        assert [(each.id, each.status) for each in heard(store, after=before)] == [("taart", Status.RETIRED)]


def test_the_index_gets_all_words_of_a_mandate_and_a_solution(database_url: str) -> None:
    mandate = (
        "---\nid: korting\nkind: mandate\ntitle: Korting op brood\nquestions: [Mag er iets af?]\ntags: [prijs]\n"
        "audience: [chef]\ndepartment: winkel\nvalid_until: 2027-01-31\n"
        "facts:\n  oud:\n    type: yesno\n    ask: Is het van gisteren?\n    yes: [oudbakken]\n"
        "rules:\n  - roles: [verkoper]\n    when: {oud: yes}\n    may: Geef de helft korting.\n"
        "  - never: true\n    when: {oud: no}\n    because: Vers brood kost wat het kost.\n---\n"
    )
    solution = (
        "---\nid: op\nkind: solution\ntitle: Brood is op\ncustomer: {wants: Toch brood.}\nsay: Ik bak het voor u.\n"
        "steps:\n  - do: Bel de bakkerij.\n---\nLees ook dit.\n"
    )
    with store_at(database_url, mandate, solution) as store:
        korting, op = heard(store)
        assert (korting.questions, korting.tags) == (("Mag er iets af?",), ("prijs",))
        assert (korting.audience, korting.department, str(korting.valid_until)) == (("chef",), "winkel", "2027-01-31")
        told = " ".join(korting.details)
        for words in ("Is het van gisteren?", "oudbakken", "Geef de helft korting.", "Vers brood kost wat het kost."):
            assert words in told
        assert {"Toch brood.", "Ik bak het voor u.", "Bel de bakkerij."} <= set(op.details)


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_small_batches_give_the_same_as_one(database_url: str, batch: int) -> None:
    with store_at(database_url, *(text_of(f"e{number}") for number in range(5))) as store:
        store.save_version(text_of("e3", "Later."), by="eva", status=Status.PUBLISHED)
        assert heard(store, batch=batch) == heard(store)
        assert [each.id for each in heard(store)] == ["e0", "e1", "e2", "e4", "e3"]


def test_an_entry_that_changes_while_the_index_listens_is_heard_in_the_end(database_url: str) -> None:
    with store_at(database_url, *(text_of(f"e{number}") for number in range(4))) as store:
        listening = store.searchable(batch=2)
        seen = list(next(listening))
        store.save_version(text_of("e0", "Nieuw."), by="eva", status=Status.PUBLISHED)
        seen += [each for portion in listening for each in portion]
        assert [(each.id, each.version) for each in seen] == [("e0", 1), ("e1", 1), ("e2", 1), ("e3", 1), ("e0", 2)]


# ---------------------------------------------------------------------------------------- every version kept


def test_the_history_tells_who_changed_what_when_and_why(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        clock.forward(hours=1)
        store.save_version(text_of("brood", "Halve prijs."), by="eva", status=Status.DRAFT, note="te duur")
        clock.forward(hours=1)
        store.set_status("brood", Status.PUBLISHED, by="eva", approved_by="bakker")
        store.set_status("brood", Status.RETIRED, by="bakker", note="klaar")
        history = store.history("brood")
        assert [(each.number, each.status, each.by) for each in history] == [
            (1, Status.PUBLISHED, "bakker"),
            (2, Status.DRAFT, "eva"),
            (3, Status.PUBLISHED, "eva"),
            (4, Status.RETIRED, "bakker"),
        ]
        assert (history[1].note, history[2].approved_by, history[3].note) == ("te duur", "bakker", "klaar")
        assert (history[0].path, history[1].path) == ("beleid/brood.md", None)
        assert history[2].text == history[1].text == text_of("brood", "Halve prijs.")
        assert history[2].at == clock.at
        assert store.version("brood") == history[3]
        assert store.version("brood", 2) == history[1]
        assert store.version("brood", 9) is None
        assert store.history("koek") == []
        assert [(each.what, each.version) for each in store.changes(subject="brood")] == [
            ("entry.retired", 4),
            ("entry.published", 3),
            ("entry.draft", 2),
            ("entry.published", 1),
        ]


def test_a_draft_answers_nothing_until_it_is_published(database_url: str) -> None:
    with store_at(database_url, text_of("brood", "Oud.")) as store:
        store.save_version(text_of("brood", "Nieuw."), by="eva", status=Status.DRAFT)
        assert store.entries()[0].body.strip() == "Oud."
        (draft,) = store.entries(statuses=[Status.DRAFT])
        assert (draft.body.strip(), draft.version, draft.status) == ("Nieuw.", 2, Status.DRAFT)
        assert [entry.version for entry in store.entries(statuses=[Status.PUBLISHED, Status.DRAFT])] == [1, 2]
        store.set_status("brood", Status.PUBLISHED, by="eva", approved_by="bakker")
        assert store.entries()[0].body.strip() == "Nieuw."
        assert store.entries(statuses=[Status.DRAFT]) == []


def test_a_draft_that_was_declined_stays_in_the_history_alone(database_url: str) -> None:
    with store_at(database_url, text_of("brood", "Oud.")) as store:
        store.save_version(text_of("brood", "Nieuw."), by="eva", status=Status.DRAFT)
        store.discard_draft("brood", by="bakker", note="nee")
        assert store.entries(statuses=[Status.DRAFT]) == []
        assert [each.number for each in store.history("brood")] == [1, 2]
        assert store.changes()[0].note == "nee"
        store.save_version(text_of("idee"), by="eva", status=Status.DRAFT)
        store.discard_draft("idee", by="bakker")
        assert [entry.id for entry in store.entries(statuses=[Status.RETIRED])] == ["idee"]
        with pytest.raises(UsageError, match="brood"):
            store.discard_draft("brood", by="bakker")


def test_an_entry_can_be_taken_back_and_a_retired_one_restored(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        assert store.set_status("brood", Status.DRAFT, by="eva").number == 2
        assert store.entries() == []
        assert store.set_status("brood", Status.PUBLISHED, by="eva").number == 3
        assert store.set_status("brood", Status.PUBLISHED, by="eva").number == 3
        store.set_status("brood", Status.RETIRED, by="eva")
        store.set_status("brood", Status.PUBLISHED, by="eva")
        assert store.entries()[0].version == 5
        with pytest.raises(UsageError, match="koek"):
            store.set_status("koek", Status.RETIRED, by="eva")


def test_the_same_text_again_stores_nothing(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        before = store.revision()
        assert store.save_version(text_of("brood"), by="eva", status=Status.PUBLISHED).number == 1
        assert store.revision() == before


def test_every_change_of_knowledge_gives_a_higher_revision(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        seen = [store.revision()]
        for change in (
            lambda: store.save_version(text_of("taart"), by="eva", status=Status.DRAFT),
            lambda: store.set_status("taart", Status.PUBLISHED, by="eva"),
            lambda: store.save_version(text_of("taart", "Anders."), by="eva", status=Status.DRAFT),
            lambda: store.discard_draft("taart", by="eva"),
            lambda: store.set_status("taart", Status.RETIRED, by="eva"),
        ):
            change()
            seen.append(store.revision())
        assert seen == sorted(set(seen))


# ------------------------------------------------------------------------------------ two people at once


def test_whoever_saves_over_a_change_that_he_did_not_see_gets_both_texts(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.save_version(text_of("brood", "Van Eva."), by="eva", status=Status.PUBLISHED, expected=1)
        with pytest.raises(Conflict, match="brood") as refused:
            store.save_version(text_of("brood", "Van Jan."), by="jan", status=Status.PUBLISHED, expected=1)
        (clash,) = refused.value.clashes
        assert (clash.stored, clash.offered) == (text_of("brood", "Van Eva."), text_of("brood", "Van Jan."))
        assert len(store.history("brood")) == 2
        store.save_version(text_of("brood", "Van beiden."), by="jan", status=Status.PUBLISHED, expected=2)
        with pytest.raises(Conflict):
            store.save_version(text_of("brood", "Alsof het nieuw is."), by="jan", expected=0)
        assert store.save_version(text_of("koek"), by="jan", expected=0).number == 1


def test_a_draft_on_a_text_that_no_longer_counts_is_not_published_unseen(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.save_version(text_of("brood", "Voorstel."), by="eva", status=Status.DRAFT)
        store.save_version(text_of("brood", "Haast."), by="jan", status=Status.PUBLISHED)
        with pytest.raises(Conflict) as refused:
            store.set_status("brood", Status.PUBLISHED, by="eva")
        (clash,) = refused.value.clashes
        assert (clash.stored, clash.offered) == (text_of("brood", "Haast."), text_of("brood", "Voorstel."))
        store.save_version(text_of("brood", "Samen."), by="eva", status=Status.PUBLISHED, expected=2)
        assert store.entries(statuses=[Status.DRAFT]) == []


def test_a_text_that_cannot_be_read_is_not_stored(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        with pytest.raises(KnowledgeError):
            store.save_version("geen kennis", by="eva")
        assert len(store.changes()) == 2


# --------------------------------------------------------------------------------------- organisations apart


def test_organisations_never_see_each_other(database_url: str) -> None:
    other = Organisation(id="slager", name="Slagerij Vet", roles=(Role("verkoper", "Verkoper"),))
    with store_at(database_url, text_of("prijs", "Van de bakker.")) as bakery:
        bakery.import_pack(pack_of(text_of("prijs", "Van de slager."), organisation=other), by="slager")
        assert bakery.organisation() == other, "the one that was imported last is active"
        with (
            store_at(database_url, organisation="bakkerij") as first,
            store_at(database_url, organisation="slagerij vet") as second,
        ):
            assert first.entries()[0].body.strip() == "Van de bakker."
            assert second.entries()[0].body.strip() == "Van de slager."
            first.save_version(text_of("prijs", "Duurder."), by="eva", status=Status.PUBLISHED)
            assert [each.version for each in second.entries()] == [1]
            assert (first.revision(), second.revision()) == (2, 1)
            assert [each.id for each in first.organisations()] == ["slager", "bakkerij"]
        bakery.import_pack(pack_of(text_of("prijs", "Van de bakker.")), by="bakker", choose="ours")
        assert bakery.organisation().id == "bakkerij"


def test_a_setting_that_names_no_organisation_is_told_which_there_are(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.import_pack(pack_of(text_of("brood")), by="bakker")
        with store_at(database_url, organisation="kapper") as lost, pytest.raises(StoreError, match="Bakkerij Zoet"):
            lost.organisation()
