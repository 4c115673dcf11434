"""Open requests in the store: reports until they are settled, proposals by age, and nobody told twice a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from copilot.domain import Organisation, Role, Status
from copilot.errors import UsageError
from copilot.store import Store
from tests.store_world import Clock, pack_of, read, store_at, suggestion_of, text_of


def reported(store: Store, name: str, by: str = "kim", **given: Any) -> None:
    store.record(suggestion_of(name, asker=by))
    more: dict[str, Any] = {"entry": "brood", "title": "Over brood", "owner": "chef", "remark": None}
    store.put_report(f"a-{name}", by, **more | given)


def test_a_report_stands_until_somebody_settles_it_and_then_says_who(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        reported(store, "a", remark="Het is 40 %")
        reported(store, "b")
        store.report_told("a-a", "kim", ("UTESS", "UVERA"))
        first, second = store.reports()
        assert (first.suggestion, first.remark, first.told) == ("a-a", "Het is 40 %", ("UTESS", "UVERA"))
        assert second.told == ()
        assert store.close_report("a-a", "kim", "tess")
        assert not store.close_report("a-a", "kim", "vera")
        assert [each.suggestion for each in store.reports()] == ["a-b"]
        (closed,) = (each for each in store.reports(clock() - timedelta(days=7)) if each.closed_by)
        assert closed.closed_by == "tess"
        assert store.changes(1)[0].what == "report.closed"


def test_saying_it_again_opens_it_again(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        reported(store, "a")
        store.close_report("a-a", "kim", "tess")
        reported(store, "a", remark="Nog steeds niet")
        assert [each.remark for each in store.reports()] == ["Nog steeds niet"]


def test_a_report_on_an_answer_that_is_not_there_is_refused(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store, pytest.raises(UsageError):
        store.put_report("weg", "kim", entry=None, title="", owner=None, remark=None)


def test_a_report_goes_with_the_answer_and_with_the_person(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        reported(store, "a")
        store.forget("kim")
        assert store.reports() == ()


def test_proposals_come_oldest_first_also_those_on_top_of_what_is_published(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        for entry, body in (("koek", "Koek gaat weg."), ("brood", "Brood gaat weg."), ("koek", "Koek blijft.")):
            clock.forward(minutes=1)
            store.save_version(text_of(entry, body), "tess", Status.DRAFT)
        assert [(each.entry, "blijft" in each.text) for each in store.drafts()] == [("brood", False), ("koek", True)]


def test_nobody_is_told_of_the_same_thing_twice_in_a_day(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        assert store.may_notify("T1", "UTESS", "vraag")
        assert not store.may_notify("T1", "UTESS", "vraag")
        store.was_not_reached("T1", "UTESS", "vraag")
        assert store.may_notify("T1", "UTESS", "vraag")
        assert store.may_notify("T1", "UVERA", "vraag")
        assert store.may_notify("T2", "UTESS", "vraag")
        clock.forward(days=1, minutes=1)
        assert store.may_notify("T1", "UTESS", "vraag")


def test_nobody_is_told_of_more_than_so_many_an_hour(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        told = [store.may_notify("T1", "UTESS", f"vraag {number}", 3) for number in range(5)]
        assert told == [True, True, True, False, False]
        clock.forward(minutes=61)
        assert store.may_notify("T1", "UTESS", "vraag 4", 3)


def test_requests_never_cross_to_another_organisation(database_url: str) -> None:
    other = Organisation(id="slagerij", name="Slagerij", roles=(Role("verkoper", "Verkoper"),))
    with store_at(database_url, text_of("brood")) as store:
        reported(store, "a")
        store.save_version(text_of("koek"), "tess", Status.DRAFT)
        store.import_pack(pack_of(text_of("worst"), organisation=other), by="test")
        assert store.reports() == ()
        assert store.drafts() == ()
        assert not store.close_report("a-a", "kim", "tess")
        with Store(database_url, read_entry=read, organisation="bakkerij") as bakery:
            assert [each.suggestion for each in bakery.reports()] == ["a-a"]
