"""Packs in and out: all or nothing, nothing twice, byte for byte, and never over somebody's edit unseen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import content
from copilot.domain import Department, Status
from copilot.errors import Conflict, StoreError
from copilot.packs import Pack, PackEntry
from copilot.store import Store
from tests.store_world import ORGANISATION, Clock, pack_of, read, store_at, text_of

PACKS = sorted(each.parent for each in Path("tests/packs").glob("*/organisation.yaml")) + sorted(
    each.parent for each in Path("knowledge").glob("*/organisation.yaml")
)


def bodies(store: Store) -> dict[str, str]:
    return {entry.id: entry.body.strip() for entry in store.entries()}


def edit(store: Store, entry: str, body: str) -> None:
    store.save_version(text_of(entry, body), by="eva", status=Status.PUBLISHED)


# ------------------------------------------------------------------------------------------ in and again


def test_a_first_import_reports_everything_as_new(database_url: str) -> None:
    with store_at(database_url) as store:
        report = store.import_pack(pack_of(text_of("brood"), text_of("taart")), by="bakker")
        assert (report.new, report.changed, report.unchanged) == (("brood", "taart"), (), ())
        assert report.organisation == ORGANISATION
        assert report.organisation_changed
        assert report.revision == store.revision() == 1
        assert not report.nothing_changed


def test_the_same_import_again_changes_nothing(database_url: str) -> None:
    pack = pack_of(text_of("brood"), text_of("taart"), files={"cases/a.yaml": "- id: a\n"})
    with store_at(database_url) as store:
        store.import_pack(pack, by="bakker")
        before = (store.revision(), store.history("brood"), store.changes())
        report = store.import_pack(pack, by="iemand anders")
        assert report.nothing_changed
        assert report.unchanged == ("brood", "taart")
        assert (store.revision(), store.history("brood"), store.changes()) == before


def test_only_what_changed_gets_a_new_version(database_url: str) -> None:
    with store_at(database_url, text_of("brood"), text_of("taart")) as store:
        report = store.import_pack(pack_of(text_of("brood"), text_of("taart", "Duurder.")), by="jan")
        assert (report.changed, report.unchanged) == (("taart",), ("brood",))
        assert [each.by for each in store.history("taart")] == ["bakker", "jan"]
        assert len(store.history("brood")) == 1


def test_other_roles_alone_are_news_too(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        before = store.revision()
        grown = replace(ORGANISATION, departments=(Department("oven", "Oven"),))
        report = store.import_pack(pack_of(text_of("brood"), organisation=grown), by="jan")
        assert report.organisation_changed
        assert store.organisation() == grown
        assert store.revision() == before + 1


def test_an_entry_that_left_the_pack_is_retired_and_comes_back_when_it_returns(database_url: str) -> None:
    with store_at(database_url, text_of("brood"), text_of("taart")) as store:
        assert store.import_pack(pack_of(text_of("brood")), by="jan").retired == ("taart",)
        assert bodies(store).keys() == {"brood"}
        assert store.import_pack(pack_of(text_of("brood")), by="jan").nothing_changed
        report = store.import_pack(pack_of(text_of("brood"), text_of("taart")), by="jan")
        assert report.new == ("taart",)
        assert [each.status for each in store.history("taart")] == [
            Status.PUBLISHED,
            Status.RETIRED,
            Status.PUBLISHED,
        ]


def test_an_entry_that_moved_to_another_file_is_not_changed(database_url: str) -> None:
    pack = pack_of(text_of("brood"))
    moved = replace(pack, entries=(replace(pack.entries[0], path="elders/brood.md"),))
    with store_at(database_url) as store:
        store.import_pack(pack, by="jan")
        assert store.import_pack(moved, by="jan").nothing_changed
        assert store.export().entries[0].path == "elders/brood.md"


def test_a_pack_that_names_an_entry_twice_is_refused_whole(database_url: str) -> None:
    pack = pack_of(text_of("brood"))
    twice = replace(pack, entries=(*pack.entries, replace(pack.entries[0], path="b/brood.md")))
    with store_at(database_url) as store:
        with pytest.raises(StoreError, match=r"beleid/brood\.md.*b/brood\.md"):
            store.import_pack(twice, by="jan")
        assert store.revision() == 0


def test_text_that_no_database_keeps_is_refused_rather_than_mended(database_url: str) -> None:
    pack = pack_of(text_of("brood"), files={"cases/a.yaml": "a\x00b"})
    with store_at(database_url) as store:
        with pytest.raises(StoreError, match=r"cases/a\.yaml"):
            store.import_pack(pack, by="jan")
        assert store.revision() == 0


# ---------------------------------------------------------------------------------- edits here and in files


@pytest.mark.parametrize(
    ("choose", "wins"), [("theirs", "Brood van gisteren gaat voor de helft."), ("ours", "Van Eva.")]
)
def test_what_was_changed_in_chat_is_a_conflict_also_where_its_file_did_not_change(
    database_url: str, choose: str, wins: str
) -> None:
    pack = pack_of(text_of("brood"), text_of("taart"))
    with store_at(database_url, text_of("brood"), text_of("taart")) as store:
        edit(store, "brood", "Van Eva.")
        before = (store.revision(), store.history("brood"))
        for _ in range(2):
            with pytest.raises(Conflict) as refused:
                store.import_pack(pack, by="jan")
            (clash,) = refused.value.clashes
            assert (clash.stored, clash.offered) == (text_of("brood", "Van Eva."), text_of("brood"))
            assert (store.revision(), store.history("brood")) == before
        report = store.import_pack(pack, by="jan", choose=choose)
        assert (report.conflicts, report.unchanged) == (("brood",), ("taart",))
        assert bodies(store)["brood"] == wins
        assert store.import_pack(pack, by="jan").nothing_changed
        assert bodies(store)["brood"] == wins


def test_a_choice_for_the_edit_holds_until_somebody_edits_again_or_the_file_changes(database_url: str) -> None:
    pack = pack_of(text_of("brood"))
    with store_at(database_url, text_of("brood")) as store:
        edit(store, "brood", "Van Eva.")
        store.import_pack(pack, by="jan", choose="ours")
        assert store.import_pack(pack, by="jan").kept == ("brood",)
        with pytest.raises(Conflict):
            store.import_pack(pack_of(text_of("brood", "Van het bestand.")), by="jan")
        edit(store, "brood", "Weer van Eva.")
        with pytest.raises(Conflict):
            store.import_pack(pack, by="jan")
        assert store.import_pack(pack, by="jan", choose="theirs").changed == ("brood",)


def test_a_proposal_or_an_edit_taken_back_is_no_conflict(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.save_version(text_of("brood", "Voorstel."), by="eva", status=Status.DRAFT)
        assert store.import_pack(pack_of(text_of("brood")), by="jan").nothing_changed
        edit(store, "brood", "Van Eva.")
        store.save_version(text_of("brood"), by="eva", status=Status.PUBLISHED)
        assert store.import_pack(pack_of(text_of("brood")), by="jan").unchanged == ("brood",)


def test_changed_on_both_sides_is_a_conflict_that_shows_both_and_stores_nothing(database_url: str) -> None:
    pack = pack_of(text_of("brood", "Van het bestand."), text_of("taart", "Ook nieuw."))
    with store_at(database_url, text_of("brood"), text_of("taart")) as store:
        edit(store, "brood", "Van Eva.")
        before = store.revision()
        with pytest.raises(Conflict, match="brood") as refused:
            store.import_pack(pack, by="jan")
        (clash,) = refused.value.clashes
        assert (clash.entry, clash.stored, clash.offered) == (
            "brood",
            text_of("brood", "Van Eva."),
            text_of("brood", "Van het bestand."),
        )
        assert "--theirs" in refused.value.text("en")
        assert store.revision() == before
        assert bodies(store)["taart"] != "Ook nieuw."


@pytest.mark.parametrize(("choose", "wins"), [("theirs", "Van het bestand."), ("ours", "Van Eva.")])
def test_a_choice_settles_a_conflict_for_good_and_the_rest_goes_in(database_url: str, choose: str, wins: str) -> None:
    pack = pack_of(text_of("brood", "Van het bestand."), text_of("taart", "Ook nieuw."))
    with store_at(database_url, text_of("brood"), text_of("taart")) as store:
        edit(store, "brood", "Van Eva.")
        report = store.import_pack(pack, by="jan", choose=choose)
        assert report.conflicts == ("brood",)
        assert bodies(store) == {"brood": wins, "taart": "Ook nieuw."}
        assert store.import_pack(pack, by="jan").nothing_changed
        assert text_of("brood", "Van Eva.") in [each.text for each in store.history("brood")]


@pytest.mark.parametrize(("choose", "left"), [("theirs", []), ("ours", ["brood"])])
def test_changed_here_and_removed_from_the_pack_is_a_conflict(database_url: str, choose: str, left: list[str]) -> None:
    with store_at(database_url, text_of("brood")) as store:
        edit(store, "brood", "Van Eva.")
        with pytest.raises(Conflict) as refused:
            store.import_pack(pack_of(), by="jan")
        assert refused.value.clashes[0].offered is None
        store.import_pack(pack_of(), by="jan", choose=choose)
        assert [*bodies(store)] == left
        assert store.import_pack(pack_of(), by="jan").nothing_changed


def test_retired_by_hand_and_still_in_the_pack_is_a_conflict(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.set_status("brood", Status.RETIRED, by="eva")
        with pytest.raises(Conflict):
            store.import_pack(pack_of(text_of("brood")), by="jan")
        assert store.import_pack(pack_of(text_of("brood")), by="jan", choose="ours").kept == ("brood",)
        assert bodies(store) == {}
        with pytest.raises(Conflict) as refused:
            store.import_pack(pack_of(text_of("brood", "Nieuw.")), by="jan")
        assert refused.value.clashes[0].stored is None
        store.import_pack(pack_of(text_of("brood", "Nieuw.")), by="jan", choose="theirs")
        assert bodies(store) == {"brood": "Nieuw."}


def test_the_same_change_on_both_sides_is_no_conflict(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        edit(store, "brood", "Samen.")
        assert store.import_pack(pack_of(text_of("brood", "Samen.")), by="jan").unchanged == ("brood",)
        assert len(store.history("brood")) == 2


def test_what_was_made_in_chat_is_left_alone_by_an_import(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        edit(store, "koek", "Uit de chat.")
        assert store.import_pack(pack_of(text_of("brood")), by="jan").nothing_changed
        assert bodies(store)["koek"] == "Uit de chat."
        with pytest.raises(Conflict):
            store.import_pack(pack_of(text_of("brood"), text_of("koek", "Uit het bestand.")), by="jan")


def test_a_draft_survives_an_import_unless_the_pack_says_the_same(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.save_version(text_of("brood", "Voorstel."), by="eva", status=Status.DRAFT)
        store.import_pack(pack_of(text_of("brood", "Nieuw.")), by="jan")
        assert [entry.body.strip() for entry in store.entries(statuses=[Status.DRAFT])] == ["Voorstel."]
        store.import_pack(pack_of(text_of("brood", "Voorstel.")), by="jan")
        assert store.entries(statuses=[Status.DRAFT]) == []


# ---------------------------------------------------------------------------------------------------- out


@pytest.mark.parametrize("folder", PACKS, ids=lambda each: each.name)
def test_a_pack_comes_out_byte_for_byte(database_url: str, folder: Path, tmp_path: Path) -> None:
    pack = content.read_pack(folder)
    with store_at(database_url) as store:
        store.import_pack(pack, by="jan")
        content.write_pack(tmp_path / "uit", store.export())
    exported = {each.path for each in (*pack.entries, *pack.files)} | {"organisation.yaml"}
    for path in exported:
        assert (tmp_path / "uit" / path).read_bytes() == (folder / path).read_bytes()


def test_odd_line_ends_and_a_byte_order_mark_come_out_as_they_went_in(database_url: str) -> None:
    plain = text_of("brood")
    for text in (plain.replace("\n", "\r\n"), plain + "\n\n  \n", plain[:-1], "\ufeff" + plain):
        with store_at(database_url) as store:
            entry = read(text_of("brood"))
            store.import_pack(Pack(ORGANISATION, "o: é\r\n", (PackEntry(entry, text, "a b/é.md"),)), by="jan")
            out = store.export()
            assert (out.entries[0].text, out.entries[0].path, out.organisation_text) == (text, "a b/é.md", "o: é\r\n")


def test_an_edited_entry_comes_out_at_its_old_path_and_a_new_one_by_its_kind(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        edit(store, "brood", "Van Eva.")
        edit(store, "koek", "Nieuw.")
        store.save_version(text_of("idee"), by="eva", status=Status.DRAFT)
        out = {each.path: each.text for each in store.export().entries}
        assert out == {
            "beleid/brood.md": text_of("brood", "Van Eva."),
            "policy/koek.md": text_of("koek", "Nieuw."),
        }
        store.save_version(text_of("brood", "Voorstel."), by="eva", status=Status.DRAFT)
        drafts = {each.path: each.text for each in store.export(drafts=True).entries}
        assert drafts["policy/idee.md"] == text_of("idee")
        assert drafts["beleid/brood.md"] == text_of("brood", "Voorstel.")


def test_two_entries_never_come_out_at_one_path(database_url: str) -> None:
    pack = pack_of(text_of("brood"))
    taken = replace(pack, entries=(replace(pack.entries[0], path="policy/koek.md"),))
    with store_at(database_url) as store:
        store.import_pack(taken, by="jan")
        edit(store, "koek", "Nieuw.")
        assert [each.path for each in store.export().entries] == ["policy/koek.md", "policy/koek-2.md"]


def test_what_comes_out_goes_in_again_without_a_change(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        edit(store, "brood", "Van Eva.")
        edit(store, "koek", "Nieuw.")
        assert store.import_pack(store.export(), by="jan").nothing_changed
        assert store.import_pack(pack_of(text_of("brood", "Van Eva.")), by="jan").retired == ("koek",)


# ------------------------------------------------------------------------------------------- any order at all

entry_ids = st.sampled_from(["a", "b"])
texts = st.sampled_from(["Een.", "Twee.", "Drie."])
imports = st.tuples(st.just("import"), st.dictionaries(entry_ids, texts), st.sampled_from([None, "theirs", "ours"]))
edits = st.tuples(st.just("edit"), entry_ids, texts)
retirals = st.tuples(st.just("retire"), entry_ids, st.none())


@settings(max_examples=80, deadline=None)
@given(st.lists(imports | edits | retirals, max_size=12))
def test_whatever_happens_in_whatever_order_nothing_is_lost_or_overwritten_unseen(steps: list[tuple]) -> None:
    """Against a model: what stands, what the files said and what stood at the last import, all texts ever."""
    stands: dict[str, str] = {}
    files: dict[str, str] = {}
    settled: dict[str, str] = {}
    ever: dict[str, list[str]] = {"a": [], "b": []}
    with store_at("sqlite://", now=Clock()) as store:
        store.import_pack(pack_of(), by="jan")
        for what, first, second in steps:
            before = (dict(stands), store.revision())
            if what == "edit":
                store.save_version(text_of(first, second), by="eva", status=Status.PUBLISHED)
                stands[first] = second
            elif what == "retire" and first in ever and ever[first]:
                store.set_status(first, Status.RETIRED, by="eva")
                stands.pop(first, None)
            elif what == "import":
                clash = [
                    each
                    for each in ("a", "b")
                    if stands.get(each) != first.get(each)
                    and (
                        files.get(each) not in (stands.get(each), first.get(each))
                        or (each in first and stands.get(each) != settled.get(each))
                        or (each not in first and each in stands and stands[each] != files.get(each))
                    )
                ]
                # An entry that neither stands nor ever came from a file is not the pack's to retire.
                clash = [each for each in clash if each in first or each in files]
                pack = pack_of(*(text_of(each, body) for each, body in sorted(first.items())))
                if clash and second is None:
                    with pytest.raises(Conflict) as refused:
                        store.import_pack(pack, by="jan")
                    assert [each.entry for each in refused.value.clashes] == sorted(
                        clash, key=lambda each: (each not in first, each)
                    )
                    continue
                report = store.import_pack(pack, by="jan", choose=second)
                assert sorted(report.conflicts) == sorted(clash)
                for each in ("a", "b"):
                    same_file = files.get(each) == first.get(each) and (second != "theirs" or each not in first)
                    kept = same_file or (each in clash and second == "ours")
                    if not kept:
                        stands.pop(each, None)
                        if each in first:
                            stands[each] = first[each]
                files = dict(first)
                settled = dict(stands)
                assert report.nothing_changed <= (store.revision() == before[1])
            for each, body in stands.items():
                if body not in ever[each]:
                    ever[each].append(body)
            assert bodies(store) == stands
            for each, said in ever.items():
                history = store.history(each)
                assert [version.number for version in history] == [*range(1, len(history) + 1)]
                assert {text_of(each, body) for body in said} <= {version.text for version in history}
            if stands != before[0]:
                assert store.revision() > before[1]
