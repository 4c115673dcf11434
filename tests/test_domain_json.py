"""Suggestions as JSON: what goes in comes out, also the oddest text, also after the program has changed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain import (
    AnswerChoice,
    AnswerStatus,
    Asking,
    Between,
    Decision,
    Department,
    Depending,
    FactType,
    FoundBy,
    Handover,
    Hit,
    Kind,
    NextAction,
    Organisation,
    Outcome,
    Question,
    ReadFact,
    Role,
    Source,
    StepAdvice,
    Suggestion,
    Timings,
    Turn,
    Why,
)
from copilot.domain_json import dump, load

words = st.text(st.characters(), max_size=12)  # with NUL and half surrogates: people paste anything
maybe = st.none() | words
days = st.dates()
amounts = st.decimals(allow_nan=False, places=2, min_value=Decimal("-1e9"), max_value=Decimal("1e9"))
ranges = st.builds(Between, low=st.none() | amounts, high=st.none() | amounts, with_low=st.booleans())
values = amounts | st.booleans() | words | ranges
facts = st.dictionaries(words, values, max_size=3)
floats = st.floats(allow_nan=False)
whole = st.integers(0, 10_000)


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


turns = st.builds(Turn, text=words, entry=maybe, facts=facts, asked=maybe, cited=some(words))
askings = st.builds(Asking, fact=words, question=words, choices=some(st.builds(AnswerChoice, label=words, value=words)))
handovers = st.builds(Handover, to=words, within=maybe, tell=some(words))
questions = st.builds(
    Question,
    text=words,
    roles=some(words),
    on=days,
    id=words,
    department=maybe,
    facts=facts,
    entry=maybe,
    thread=maybe,
    earlier=some(turns),
    customer=maybe,
)
decisions = st.builds(
    Decision,
    entry=words,
    version=whole,
    action=words,
    outcome=st.none() | st.sampled_from(Outcome),
    options=some(words),
    depending=some(st.builds(Depending, option=words, condition=words)),
    approver=maybe,
    facts=facts,
    types=st.dictionaries(words, st.sampled_from(FactType), max_size=3),
    missing=some(words),
    asking=st.none() | askings,
    because=words,
    why=st.sampled_from(Why),
    instead=maybe,
    rule=st.none() | whole,
    amount=st.none() | amounts,
)
steps = st.builds(
    StepAdvice,
    do=words,
    who=words,
    mandate=maybe,
    outcome=st.none() | st.sampled_from(Outcome),
    options=some(words),
    because=maybe,
    asking=st.none() | askings,
    handover=st.none() | handovers,
)
sources = st.builds(
    Source,
    id=words,
    kind=st.sampled_from(Kind),
    title=words,
    version=whole,
    valid_until=st.none() | days,
    review_by=st.none() | days,
    overdue=st.booleans(),
)
suggestions = st.builds(
    Suggestion,
    id=words,
    question=questions,
    status=st.sampled_from(AnswerStatus),
    verdict=words,
    decision=st.none() | decisions,
    asks=st.none() | askings,
    steps=some(steps),
    for_you=some(words),
    say=maybe,
    sources=some(sources),
    next=some(st.builds(NextAction, id=words, title=words)),
    read=some(st.builds(ReadFact, name=words, value=values, shown=words, told=st.booleans())),
    hits=some(
        st.builds(Hit, entry=words, score=floats, found_by=st.sampled_from(FoundBy), meaning=floats, words=floats)
    ),
    timings=st.builds(Timings, embed=floats, total=floats),
)


@settings(max_examples=300, deadline=None)
@given(suggestions)
def test_a_suggestion_comes_back_as_it_was(suggestion: Suggestion) -> None:
    written = dump(suggestion)
    assert written.isascii()
    assert load(Suggestion, written) == suggestion


@settings(max_examples=100, deadline=None)
@given(facts)
def test_an_amount_a_yes_and_a_word_are_told_apart(given_facts: dict[str, object]) -> None:
    decision = Decision(entry="e", version=1, action="a", outcome=None, facts=given_facts)
    read = load(Decision, dump(decision)).facts
    assert {name: type(value) for name, value in read.items()} == {name: type(v) for name, v in given_facts.items()}
    assert {name: str(value) for name, value in read.items()} == {name: str(v) for name, v in given_facts.items()}


def test_an_organisation_comes_back_as_it_was() -> None:
    organisation = Organisation(
        id="o",
        name="Ó",
        tone="je",
        roles=(Role("a", "A"), Role("b", "B", above=("a",))),
        departments=(Department("d", "D", slack="#d"),),
    )
    assert load(Organisation, dump(organisation)) == organisation


def test_a_key_of_a_newer_program_is_passed_over_and_a_missing_one_gets_its_default() -> None:
    question = Question(text="Mag dit?", roles=("m",), on=date(2026, 1, 2), id="q", thread="t")
    written = json.loads(dump(question))
    del written["thread"]
    written["mood"] = {"happy": True}
    assert load(Question, json.dumps(written)) == Question(text="Mag dit?", roles=("m",), on=date(2026, 1, 2), id="q")
