"""The inbox: kept once, worked off once, in order, by whoever lives."""

from __future__ import annotations

import threading

from tests.store_world import Clock, store_at, text_of


def test_a_delivery_is_kept_once(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        assert store.receive("slack", "T1", "m:1", "lane", "{}")
        assert not store.receive("slack", "T1", "m:1", "lane", "{}")
        assert store.receive("slack", "T2", "m:1", "lane", "{}"), "another workspace has events of its own"
        assert store.waiting("slack").unfinished == 2


def test_a_lane_stays_in_order_and_other_lanes_go_on(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        for event, lane in (("1", "a"), ("2", "a"), ("3", "b")):
            store.receive("slack", "T", event, lane, "{}")
        first = store.take("slack", "w1", 60, limit=10)
        assert [each.event for each in first] == ["1", "3"]
        assert store.take("slack", "w2", 60, limit=10) == ()
        assert store.end(first[0].number, "w1")
        assert [each.event for each in store.take("slack", "w2", 60, limit=10)] == ["2"]


def test_what_a_killed_worker_had_is_taken_over_and_he_has_lost_it(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        store.receive("slack", "T", "1", "a", "{}")
        (taken,) = store.take("slack", "dead", 6)
        clock.forward(seconds=5)
        assert store.take("slack", "alive", 6) == ()
        clock.forward(seconds=2)
        (again,) = store.take("slack", "alive", 6)
        assert again.attempts == 2
        assert not store.still_mine(taken.number, "dead")
        assert not store.end(taken.number, "dead")
        assert store.still_mine(again.number, "alive", posted="C:1.0", seconds=6)
        assert store.end(again.number, "alive")
        assert store.waiting("slack").done == 1


def test_a_graceful_stop_gives_back_at_once(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.receive("slack", "T", "1", "a", "{}")
        store.take("slack", "w1", 600)
        assert store.put_back("w1") == 1
        assert len(store.take("slack", "w2", 600)) == 1


def test_many_workers_take_each_delivery_once(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        for number in range(60):
            store.receive("slack", "T", str(number), str(number), "{}")
        seen: list[str] = []

        def work(worker: str) -> None:
            while taken := store.take("slack", worker, 60, limit=3):
                for each in taken:
                    seen.append(each.event)
                    store.end(each.number, worker)

        threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        while taken := store.take("slack", "late", 60, limit=10):
            seen += [each.event for each in taken]
            for each in taken:
                store.end(each.number, "late")
        assert sorted(seen, key=int) == [str(number) for number in range(60)]


def test_ended_deliveries_keep_no_words_and_are_forgotten_in_time(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        store.receive("slack", "T", "1", "a", "geheim")
        (taken,) = store.take("slack", "w", 6)
        assert store.end(taken.number, "w", fault="kapot")
        assert store.waiting("slack").failed == 1
        assert not store.receive("slack", "T", "1", "a", "geheim"), "delivered again: it stays known"
        clock.forward(days=15)
        assert store.forget_delivered() == 1


def test_help_is_offered_once_a_thread_and_four_times_an_hour(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        assert store.offer("T", "C", "1", "U", 4)
        assert not store.offer("T", "C", "1", "U", 4)
        assert [store.offer("T", "C", str(each), "U", 4) for each in range(2, 7)] == [True, True, True, False, False]
        assert store.offer("T", "C2", "9", "U", 4)
        clock.forward(minutes=61)
        assert store.offer("T", "C", "7", "U", 4)


def test_installations_come_back_sealed_and_go_with_their_workspace(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        store.put_installation("slack", "T1", "", "x")
        store.put_installation("slack", "T1", "U1", "y")
        store.put_installation("slack", "T2", "", "z")
        store.put_installation("slack", "T1", "", "x2")
        assert store.installation("slack", "T1") == "x2"
        assert store.workspaces("slack") == ["T1", "T2"]
        store.remove_installation("slack", "T1")
        assert store.installation("slack", "T1", "U1") is None
        assert store.installation("slack", "T2") == "z"
