"""The ledger: answers that can be shown again, threads, feedback, gaps, grants that count once, and erasing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from copilot.domain import (
    NONE_OF_THESE,
    AnswerChoice,
    AnswerStatus,
    Asking,
    Between,
    Colleague,
    Feedback,
    Granted,
    Organisation,
    Outcome,
    Role,
    Status,
    Turn,
)
from copilot.errors import UsageError
from copilot.records import Listing, UserGroup
from copilot.store import Store
from tests.store_world import TODAY, Clock, decision_of, pack_of, store_at, suggestion_of, text_of

ODD = 'Mag dit? é "\\ \x00 \ud83d 🍰 \u2028 </script>'


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Any:
    with store_at(database_url, text_of("brood"), now=clock) as opened:
        yield opened


# ------------------------------------------------------------------------------------ answers shown again


def test_a_suggestion_can_be_shown_again_after_a_restart(database_url: str, store: Store) -> None:
    asking = Asking("bedrag", "Hoeveel?", (AnswerChoice("tot € 5,00", "5"),))
    given = replace(suggestion_of("1", text=ODD, decision=decision_of(), sources=("korting",)), asks=asking)
    store.record(given)
    with store_at(database_url) as later:
        assert later.suggestion("a-1") == given
        assert later.suggestion("a-2") is None


def test_recording_again_replaces_the_answer_and_counts_once(store: Store) -> None:
    store.record(suggestion_of("1"))
    store.record(replace(suggestion_of("1"), say="Natuurlijk!", composed_by="gpt-x"))
    (answered,) = store.questions()
    assert (answered.suggestion.say, answered.suggestion.composed_by) == ("Natuurlijk!", "gpt-x")


def test_a_customer_is_kept_as_a_fingerprint_alone(store: Store, sqlite_url: str, database_url: str) -> None:
    store.record(suggestion_of("1", customer="KLANT-0612345678", decision=decision_of()))
    kept = store.suggestion("a-1")
    assert kept is not None
    assert kept.question.customer is not None
    assert "0612345678" not in kept.question.customer
    if database_url == sqlite_url:
        store.close()
        for file in Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir():
            assert b"0612345678" not in file.read_bytes()


def test_what_others_said_earlier_in_a_thread_is_not_kept_with_an_answer(store: Store) -> None:
    store.record(suggestion_of("1", earlier=(Turn("Geheim van een ander"),)))
    kept = store.suggestion("a-1")
    assert kept is not None
    assert kept.question.earlier == ()


# ---------------------------------------------------------------------------------------------- threads


def test_a_thread_tells_what_was_said_and_what_it_led_to(store: Store, clock: Clock) -> None:
    asking = Asking("bedrag", "Hoeveel?")
    store.record(suggestion_of("1", thread="t", facts={"soort": "taart"}))
    clock.forward(minutes=-5)  # a clock that is set back does not reorder a conversation
    decided = decision_of(outcome=None, missing=("bedrag",))
    store.record(replace(suggestion_of("2", thread="t", decision=decided, sources=("korting", "brood")), asks=asking))
    store.record(suggestion_of("3", thread="u"))
    assert store.thread("t") == (
        Turn("Vraag 1", facts={"soort": "taart"}),
        Turn(
            "Vraag 2",
            entry="korting",
            facts={"bedrag": Decimal("12.50"), "gebruikt": True, "soort": "taart", "weken": Between(high=Decimal(2))},
            asked="bedrag",
            cited=("korting", "brood"),
        ),
    )
    assert store.thread("nergens") == ()


def test_of_a_long_thread_the_last_turns_are_read(store: Store) -> None:
    for number in range(10):
        store.record(suggestion_of(str(number), thread="t"))
    assert [turn.text for turn in store.thread("t", limit=3)] == ["Vraag 7", "Vraag 8", "Vraag 9"]


def test_names_of_any_length_and_kind_are_found_back(store: Store) -> None:
    for number, name in enumerate(("x" * 10_000, "é" * 300, ODD, "x" * 9_999)):
        store.record(suggestion_of(str(number), thread=name, asker=name))
        assert [turn.text for turn in store.thread(name)] == [f"Vraag {number}"]
        assert [each.suggestion.id for each in store.answers_of(name)] == [f"a-{number}"]


# ------------------------------------------------------------------------------------ answers and feedback


def test_a_colleague_finds_his_own_answers_newest_first(store: Store) -> None:
    for number, asker in enumerate(("eva", "jan", "eva", "eva")):
        store.record(suggestion_of(str(number), asker=asker))
    assert [each.suggestion.id for each in store.answers_of("eva", limit=2)] == ["a-3", "a-2"]
    assert store.answers_of("nieuw") == ()


def test_feedback_is_kept_once_for_each_person_and_may_change(store: Store, clock: Clock) -> None:
    store.record(suggestion_of("1"))
    eva = Feedback(suggestion="a-1", helpful=False, by="eva", reason="onjuist", remark=ODD)
    store.add_feedback(eva)
    clock.forward(minutes=1)
    store.add_feedback(Feedback(suggestion="a-1", helpful=True, by="jan"))
    assert [each.by for each in store.feedback_for("a-1")] == ["eva", "jan"]
    store.add_feedback(replace(eva, helpful=True, remark=None))
    assert [each.helpful for each in store.feedback_for("a-1")] == [True, True]
    assert store.feedback_for("a-2") == ()
    with pytest.raises(UsageError, match="a-9"):
        store.add_feedback(Feedback(suggestion="a-9", helpful=True, by="eva"))


def test_real_questions_come_with_their_feedback_for_evaluation(store: Store, clock: Clock) -> None:
    for number in range(4):
        store.record(suggestion_of(str(number)))
        clock.forward(days=1)
    store.add_feedback(Feedback(suggestion="a-1", helpful=False, by="eva"))
    asked = store.questions(since=clock.at - timedelta(days=3), until=clock.at - timedelta(days=1))
    assert [(each.suggestion.id, len(each.feedback)) for each in asked] == [("a-2", 0), ("a-1", 1)]
    assert len(store.questions(limit=3)) == 3


# ------------------------------------------------------------------------------------------------- gaps


def test_a_question_that_found_nothing_opens_a_gap_for_its_owner(store: Store, clock: Clock) -> None:
    unknown = replace(suggestion_of("1", status=AnswerStatus.NO_KNOWLEDGE), owner="eva")
    store.record(unknown)
    store.record(suggestion_of("2"))
    (gap,) = store.gaps()
    assert (gap.question, gap.text, gap.owner, gap.open, gap.at) == ("q-1", "Vraag 1", "eva", True, clock.at)
    store.close_gap("q-1", by="eva", note="staat er nu in")
    assert store.gaps() == []
    assert [each.open for each in store.gaps(open_only=False)] == [False]
    store.record(replace(unknown, say="Ik zoek het uit."))
    assert store.gaps() == [], "a model's later words do not open it again"
    with pytest.raises(UsageError, match="q-2"):
        store.close_gap("q-2", by="eva")


def test_a_case_that_no_value_of_a_choice_fits_is_a_gap_too(store: Store) -> None:
    decided = decision_of("brood", outcome=Outcome.DENIED, facts={"soort": NONE_OF_THESE})
    store.record(suggestion_of("1", decision=decided, sources=("taart", "brood")))
    assert [(each.question, each.owner) for each in store.gaps()] == [("q-1", "eva")]


# ----------------------------------------------------------------------------------------------- grants


def test_what_was_granted_counts_for_that_action_customer_and_period(store: Store) -> None:
    for number, on in enumerate((date(2026, 10, 1), TODAY, TODAY)):
        store.record(suggestion_of(str(number), decision=decision_of(), customer="k1", on=on))
        assert store.grant(f"a-{number}", by="eva", amount=Decimal("10.05") + number, key="k1")
    assert store.granted("korting", "k1", since=TODAY) == (
        Granted(Decimal("11.05"), TODAY),
        Granted(Decimal("12.05"), TODAY),
    )
    assert len(store.granted("korting", "k1", since=date(2026, 10, 1))) == 3
    assert store.granted("korting", "k2", since=TODAY) == ()
    assert store.granted("anders", "k1", since=TODAY) == ()


def test_a_grant_counts_once_however_often_it_is_tapped(store: Store) -> None:
    store.record(suggestion_of("1", decision=decision_of(), customer="k1"))
    taps = [store.grant("a-1", by="eva", amount=Decimal("10"), key="k1") for _ in range(3)]
    assert taps == [True, False, False]
    assert store.granted("korting", "k1", since=TODAY) == (Granted(Decimal("10.00"), TODAY),)


def test_a_grant_on_a_stored_answer_counts_for_the_same_customer(store: Store) -> None:
    store.record(suggestion_of("1", decision=decision_of(), customer="k1"))
    kept = store.suggestion("a-1")
    assert kept is not None
    store.grant("a-1", by="eva", amount=Decimal("10"), key=kept.question.customer or "")
    assert len(store.granted("korting", "k1", since=TODAY)) == 1


@pytest.mark.parametrize(("per", "key"), [("customer", "k1"), ("case", "t1")])
def test_a_tap_on_done_counts_what_the_limit_of_the_mandate_counts(store: Store, per: str, key: str) -> None:
    store.save_version(
        "---\nid: korting\nkind: mandate\ntitle: Korting\nfacts:\n  bedrag: {type: money, ask: Hoeveel?}\n"
        "rules:\n  - roles: [verkoper]\n    may: Geef korting.\n"
        f"period_limit: {{fact: bedrag, max: 150, per: {per}, days: 30}}\n---\n",
        by="eva",
        status=Status.PUBLISHED,
    )
    store.record(suggestion_of("1", decision=decision_of(), customer="k1", thread="t1"))
    assert store.grant("a-1", by="eva")
    assert store.granted("korting", key, since=TODAY) == (Granted(Decimal("12.50"), TODAY),)


def test_a_tap_on_done_without_a_limit_is_kept_and_counts_nothing(store: Store) -> None:
    store.record(suggestion_of("1", decision=decision_of("brood"), thread="t1"))
    assert store.grant("a-1", by="eva")
    assert not store.grant("a-1", by="eva")
    assert store.granted("brood", "t1", since=TODAY) == (Granted(Decimal(0), TODAY),)


def test_a_grant_needs_an_answer_and_a_mandate(store: Store) -> None:
    store.record(suggestion_of("1"))
    with pytest.raises(UsageError, match="a-1"):
        store.grant("a-1", by="eva", amount=Decimal("10"), key="k1")
    with pytest.raises(UsageError, match="a-9"):
        store.grant("a-9", by="eva", amount=Decimal("10"), key="k1")
    assert store.grant("a-1", by="eva", amount=Decimal("10"), key="k1", action="vervoer")
    assert len(store.granted("vervoer", "k1", since=TODAY)) == 1


# ------------------------------------------------------------------------------------ erasing and keeping


def test_a_person_who_wants_to_be_forgotten_leaves_no_trace(store: Store, database_url: str, sqlite_url: str) -> None:
    secret = "Zeer herkenbare woorden van Eva"
    gap = replace(
        suggestion_of("1", asker="eva@example.com", text=secret, customer="k1"), status=AnswerStatus.NO_KNOWLEDGE
    )
    store.record(gap)
    store.record(suggestion_of("2", asker="jan"))
    store.record(suggestion_of("3", asker="eva@example.com", text=secret * 500, decision=decision_of()))
    store.add_feedback(Feedback(suggestion="a-2", helpful=False, by="eva@example.com", remark=secret))
    store.grant("a-3", by="eva@example.com", amount=Decimal("10"), key="k1")
    assert store.forget("eva@example.com", by="beheer") == 2
    assert store.answers_of("eva@example.com") == ()
    assert store.feedback_for("a-2") == ()
    assert store.gaps(open_only=False) == []
    assert [each.suggestion.id for each in store.questions()] == ["a-2"]
    assert len(store.granted("korting", "k1", since=TODAY)) == 1, "a customer's limit does not start anew"
    assert store.forget("eva@example.com") == 0
    if database_url == sqlite_url:
        for file in Path(sqlite_url.removeprefix("sqlite:///")).parent.iterdir():
            assert b"herkenbare woorden" not in file.read_bytes()
            assert b"eva@example.com" not in file.read_bytes()


def test_questions_older_than_the_limit_expire_with_all_that_hangs_on_them(store: Store, clock: Clock) -> None:
    for number in range(3):
        store.record(replace(suggestion_of(str(number)), status=AnswerStatus.NO_KNOWLEDGE))
        store.add_feedback(Feedback(suggestion=f"a-{number}", helpful=False, by="eva"))
        clock.forward(days=1)
    assert store.expire(clock.at - timedelta(days=1)) == 2
    assert [each.suggestion.id for each in store.questions()] == ["a-2"]
    assert [each.question for each in store.gaps()] == ["q-2"]
    assert store.suggestion("a-0") is None
    assert store.feedback_for("a-0") == ()
    assert store.changes()[0].what == "questions.expired"
    assert store.expire(clock.at - timedelta(days=1)) == 0


def test_one_organisation_never_sees_or_erases_what_another_asked(store: Store, database_url: str) -> None:
    store.record(suggestion_of("1", thread="t", asker="eva", customer="k1", decision=decision_of()))
    store.grant("a-1", by="eva", amount=Decimal("10"), key="k1")
    store.put_colleague("slack", "U1", Colleague("eva", ("chef",)), by="beheer")
    slager = Organisation(id="slager", name="Slager", roles=(Role("verkoper", "V"),))
    store.import_pack(pack_of(text_of("vlees"), organisation=slager), by="slager")
    with store_at(database_url, organisation="bakkerij") as bakery:
        assert store.suggestion("a-1") is None
        assert store.thread("t") == store.answers_of("eva") == store.questions() == store.people() == ()
        assert store.granted("korting", "k1", since=TODAY) == ()
        assert store.colleague("slack", "U1") is None
        store.record(suggestion_of("1", thread="t", asker="eva"))
        assert store.forget("eva") == 1
        assert store.expire(store._now() + timedelta(days=1)) == 0
        assert len(bakery.questions()) == 1
        assert len(bakery.granted("korting", "k1", since=TODAY)) == 1


# --------------------------------------------------------------------------------------------- directory


def test_a_colleague_is_found_by_chat_service_workspace_and_user(store: Store) -> None:
    eva = Colleague("eva@example.com", ("chef", "verkoper"), name="Eva", department="oven", language="en")
    store.put_colleague("slack", "U1", eva, by="beheer", workspace="T1")
    assert store.colleague("slack", "U1", workspace="T1") == eva
    assert store.colleague("slack", "U1", workspace="T2") is None
    assert store.colleague("teams", "U1", workspace="T1") is None
    store.put_colleague("slack", "U1", replace(eva, roles=("verkoper",)), by="beheer", workspace="T1")
    assert [(each.user, each.colleague.roles) for each in store.people()] == [("U1", ("verkoper",))]
    assert store.remove_colleague("slack", "U1", by="beheer", workspace="T1")
    assert not store.remove_colleague("slack", "U1", by="beheer", workspace="T1")
    assert [each.what for each in store.changes(subject="eva@example.com")] == ["colleague.put", "colleague.put"]


def test_a_list_of_people_goes_in_as_a_whole_and_twice_is_once(store: Store) -> None:
    listings = [Listing("slack", f"U{n}", Colleague(f"p{n}", ("verkoper",))) for n in range(3)]
    assert store.put_people(listings, by="beheer") == 3
    assert store.put_people(listings, by="beheer") == 0
    assert store.put_people([*listings, Listing("slack", "U0", Colleague("p0", ("chef",)))], by="beheer") == 1
    assert store.put_people([], by="beheer") == 0
    assert len(store.people()) == 3


def test_groups_and_settings_are_kept_with_the_organisation(store: Store) -> None:
    group = UserGroup("slack", "S1", ("chef",), department="oven", workspace="T1")
    store.put_user_group(group, by="beheer")
    assert store.user_groups("slack", workspace="T1") == (group,)
    assert store.user_groups("slack") == ()
    assert store.setting("weekbericht") is None
    store.put_setting("weekbericht", "maandag", by="beheer")
    store.put_setting("weekbericht", "dinsdag", by="beheer")
    assert store.setting("weekbericht") == "dinsdag"
    assert [each.what for each in store.changes(limit=3)] == ["setting.put", "setting.put", "user_group.put"]
