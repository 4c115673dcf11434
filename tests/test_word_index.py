"""Word postings as arrays: what they hold, and that joining them changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import word_index
from copilot.word_index import Postings
from copilot.words import counted_words, terms_of

TEXTS = st.lists(
    st.lists(st.sampled_from("bon kassabon bonnetje retour zonder klant caravan 12 receipt".split())).map(" ".join),
    max_size=8,
)


def postings(texts: Sequence[str]) -> Postings:
    return Postings.of(counted_words([(text, 1)]) for text in texts)


def held(found: Postings) -> list[dict[int, int]]:
    """By entry its terms with their counts."""
    entries: list[dict[int, int]] = [{} for _ in found.lengths]
    for place, term in enumerate(found.terms.tolist()):
        for at in range(int(found.starts[place]), int(found.starts[place + 1])):
            entries[int(found.entries[at])][term] = int(found.counts[at])
    return entries


@given(texts=TEXTS)
@settings(deadline=None)
def test_postings_hold_the_terms_of_each_text(texts: list[str]) -> None:
    assert held(postings(texts)) == [dict(terms_of([(text, 1)])) for text in texts]
    assert postings(texts).lengths.tolist() == [sum(terms_of([(text, 1)]).values()) for text in texts]


@given(texts=TEXTS, more=TEXTS, chance=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_joined_postings_are_those_of_all_texts_that_were_kept(texts: list[str], more: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    masks = [np.array([chance.random() < 0.7 for _ in each], np.bool_) for each in (texts, more)]
    kept = [text for text, keep in zip([*texts, *more], np.concatenate(masks), strict=True) if keep]
    joined = Postings.joined([postings(texts), postings(more)], masks)
    assert held(joined) == held(postings(kept))
    assert all(np.all(np.diff(joined.entries[a:b]) > 0) for a, b in zip(joined.starts, joined.starts[1:], strict=False))


@given(texts=TEXTS, chance=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_terms_are_counted_among_allowed_entries_alone(texts: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    allowed = np.array([chance.random() < 0.5 for _ in texts], np.bool_)
    wanted = np.array([*terms_of([("kassabon retour", 1)]), 7], np.uint64)
    seen = postings([text for text, may in zip(texts, allowed, strict=True) if may])
    every = np.ones(len(seen.lengths), np.bool_)
    assert postings(texts).holding(wanted, allowed).tolist() == seen.holding(wanted, None).tolist()
    assert seen.holding(wanted, every).tolist() == seen.holding(wanted, None).tolist()


def test_an_entry_says_which_terms_it_holds() -> None:
    found = postings(["bon kwijt", "caravan"])
    wanted = np.array([*terms_of([("bon", 1)]), *terms_of([("caravan", 1)])], np.uint64)
    assert set(found.held_by(1, wanted).tolist()) == set(terms_of([("caravan", 1)]))


def test_large_postings_are_joined_in_portions(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    texts = [f"bon retour klant{number} caravan" for number in range(30)]
    masks = [np.ones(20, np.bool_), np.ones(10, np.bool_)]
    monkeypatch.setattr(word_index, "AT_ONCE", 7)
    joined = Postings.joined([postings(texts[:20]), postings(texts[20:])], masks)
    assert held(joined) == held(postings(texts))
