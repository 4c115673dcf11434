"""The statistics: held against published values and against counting everything."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import chance, ranking


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(right: int, of: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    assert chance.wilson(right, of) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_the_share_and_stays_within_zero_and_one(right: int, of: int) -> None:
    right = min(right, of)
    low, high = chance.wilson(right, of)
    assert 0 <= low <= right / of <= high <= 1


def test_nothing_counted_says_nothing() -> None:
    assert chance.wilson(0, 0) == (0.0, 1.0)
    assert chance.rule_of_three(0) == 1.0


def test_zero_of_ten_thousand_is_at_most_three_in_ten_thousand() -> None:
    assert chance.rule_of_three(10_000) == pytest.approx(0.0003)


@given(st.integers(1, 7), st.data())
def test_pass_all_is_the_share_of_draws_that_are_all_right(repeats: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, repeats))
    drawn = data.draw(st.integers(1, repeats))
    outcomes = [True] * right + [False] * (repeats - right)
    draws = list(combinations(outcomes, drawn))
    assert chance.pass_all(right, repeats, drawn) == pytest.approx(sum(map(all, draws)) / len(draws))


@given(st.integers(0, 5), st.integers(0, 5))
def test_the_sign_test_counts_every_way_it_could_have_turned(better: int, worse: int) -> None:
    turned = better + worse
    ways = [sum(way) for way in product((0, 1), repeat=turned)]
    extreme = sum(min(each, turned - each) <= min(better, worse) for each in ways) / len(ways)
    assert chance.sign_test(better, worse) == pytest.approx(extreme)


def test_a_ranking_is_judged_by_where_the_wanted_ones_stand() -> None:
    assert ranking.recall_at("abcde", "ae", 3) == 0.5
    assert ranking.ndcg_at("abc", "a", 10) == 1
    assert ranking.ndcg_at("bca", "a", 10) == pytest.approx(0.5)
    assert ranking.ndcg_at("abcd", "ac", 10) == pytest.approx((1 + 0.5) / (1 + 0.6309297535714575))
    assert ranking.ndcg_at("xyz", "a", 10) == 0
    assert ranking.recall_at("", (), 5) == ranking.ndcg_at("", (), 5) == 1
