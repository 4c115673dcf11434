"""The scorers: over a hundred faults planted in right answers, each found by the scorer that is there for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest

from copilot import scorers
from copilot.answered import Answered, Mark, Shelf
from copilot.domain import (
    AnswerStatus,
    Asking,
    Case,
    Decision,
    Handover,
    Outcome,
    Source,
    Status,
    StepAdvice,
    Suggestion,
)
from copilot.messages import answer
from tests.own_cases import PACKS, measured

EACH = 4
"""Answers into which each fault is planted."""

Plant = Callable[[Answered], Answered | None]
"""A fault put into an answer; None where this answer has no place for it."""


def answers() -> Iterator[Answered]:
    """Every right answer to an open case, over two packs of different trades."""
    for name in PACKS:
        run = measured(name)
        for result in run.open_results:
            told = result.told
            if told.right and told.suggestion:
                yield Answered(result.case, told.suggestion, run.about.shelf)


def with_answer(given: Answered, **changes: object) -> Answered:
    return Answered(given.case, replace(given.suggestion, **changes), given.shelf)


def with_decision(given: Answered, **changes: object) -> Answered | None:
    decision = given.suggestion.decision
    return with_answer(given, decision=replace(decision, **changes)) if decision else None


def with_entry(given: Answered, entry_id: str, **changes: object) -> Answered:
    """The knowledge changed under the answer."""
    entries = {**given.shelf.entries, entry_id: replace(given.shelf.entries[entry_id], **changes)}
    return Answered(given.case, given.suggestion, Shelf(given.shelf.organisation, entries))


def with_text(given: Answered, words: str) -> Answered:
    return with_answer(given, text=f"{given.suggestion.text}\n\n{words}")


def decided(given: Answered, outcome: Outcome) -> Decision | None:
    decision = given.suggestion.decision
    return decision if decision and decision.outcome is outcome else None


# --------------------------------------------------------------------------------- verdict and decision


def says_yes_where_approval_is_needed(given: Answered) -> Answered | None:
    if given.case.expect.outcome != "approval" or not decided(given, Outcome.APPROVAL):
        return None
    return with_decision(given, outcome=Outcome.ALLOWED, approver=None)


def says_yes_where_it_is_denied(given: Answered) -> Answered | None:
    if given.case.expect.outcome != "denied" or not decided(given, Outcome.DENIED):
        return None
    return with_decision(given, outcome=Outcome.ALLOWED)


def says_yes_by_another_rule(given: Answered) -> Answered | None:
    other = next(iter(given.shelf.entries))
    if given.case.expect.outcome != "allowed" or not given.case.expect.sources or other in given.case.expect.sources:
        return None
    source = replace(given.suggestion.sources[0], id=other)
    return with_decision(with_answer(given, sources=(source,)), entry=other)


def says_no_where_it_is_allowed(given: Answered) -> Answered | None:
    if given.case.expect.outcome != "allowed":
        return None
    return with_decision(given, outcome=Outcome.DENIED, options=())


def decides_where_no_mandate_bears(given: Answered) -> Answered | None:
    if given.case.expect.outcome != "none" or given.suggestion.decision:
        return None
    decision = Decision(entry="x", version=1, action="x", outcome=Outcome.DENIED)
    return with_answer(given, decision=decision)


def names_another_approver(given: Answered) -> Answered | None:
    roles = [role.id for role in given.shelf.organisation.roles]
    other = next(role for role in roles if role != given.case.expect.approver)
    return with_decision(given, approver=other) if given.case.expect.approver else None


def names_another_approver_unasked(given: Answered) -> Answered | None:
    """Also where the case says nothing about it, the rules do."""
    if not decided(given, Outcome.APPROVAL):
        return None
    bare = replace(given.case, expect=replace(given.case.expect, approver=None))
    return with_decision(Answered(bare, given.suggestion, given.shelf), approver="nobody")


def offers_another_amount(given: Answered) -> Answered | None:
    if not decided(given, Outcome.ALLOWED) or not given.suggestion.decision.options:
        return None
    return with_decision(given, options=("Geef € 987,65 contant.",))


def decides_by_a_retired_rule(given: Answered) -> Answered | None:
    if not decided(given, Outcome.ALLOWED):
        return None
    return with_entry(given, given.suggestion.decision.entry, rules=())


def asks_another_fact(given: Answered) -> Answered | None:
    return with_answer(given, asks=Asking("kleur", "Welke kleur?")) if given.case.expect.asks else None


def answers_instead_of_asking(given: Answered) -> Answered | None:
    if given.case.expect.status is not AnswerStatus.NEEDS_FACT:
        return None
    return with_answer(given, status=AnswerStatus.ANSWERED)


# --------------------------------------------------------------------------------------------- sources


def leaves_out_a_source(given: Answered) -> Answered | None:
    if not given.case.expect.sources:
        return None
    gone = given.case.expect.sources[0]
    kept = tuple(each for each in given.suggestion.sources if each.id != gone)
    return with_answer(given, sources=kept)


def cites_what_it_may_not(given: Answered) -> Answered | None:
    if not given.case.expect.sources_not or not given.suggestion.sources:
        return None
    added = replace(given.suggestion.sources[0], id=given.case.expect.sources_not[0])
    return with_answer(given, sources=(*given.suggestion.sources, added))


def _first_cited(given: Answered) -> Source | None:
    return given.suggestion.sources[0] if given.suggestion.sources else None


def cites_an_expired_entry(given: Answered) -> Answered | None:
    source = _first_cited(given)
    yesterday = given.suggestion.question.on - timedelta(days=1)
    return with_entry(given, source.id, valid_from=None, valid_until=yesterday) if source else None


def cites_an_entry_of_next_year(given: Answered) -> Answered | None:
    source = _first_cited(given)
    return with_entry(given, source.id, valid_from=date(2099, 1, 1), valid_until=None) if source else None


def cites_a_hidden_entry(given: Answered) -> Answered | None:
    source = _first_cited(given)
    highest = given.shelf.organisation.roles[-1].id
    if source is None or highest in given.shelf.organisation.covered_by(given.suggestion.question.roles):
        return None
    return with_entry(given, source.id, audience=("nobody-has-this-role",))


def cites_a_draft(given: Answered) -> Answered | None:
    source = _first_cited(given)
    return with_entry(given, source.id, status=Status.DRAFT) if source else None


def cites_an_older_version(given: Answered) -> Answered | None:
    source = _first_cited(given)
    return with_entry(given, source.id, version=source.version + 1) if source else None


def cites_another_handbook(given: Answered) -> Answered | None:
    source = _first_cited(given)
    if source is None:
        return None
    return with_answer(given, sources=(replace(source, source="Handboek 99"), *given.suggestion.sources[1:]))


def cites_what_does_not_exist(given: Answered) -> Answered | None:
    source = _first_cited(given)
    return with_answer(given, sources=(*given.suggestion.sources, replace(source, id="verzonnen"))) if source else None


def hides_the_source_of_its_decision(given: Answered) -> Answered | None:
    decision = given.suggestion.decision
    if decision is None or given.case.expect.sources:
        bare = replace(given.case, expect=replace(given.case.expect, sources=None))
        given = Answered(bare, given.suggestion, given.shelf)
    if decision is None:
        return None
    return with_answer(given, sources=tuple(each for each in given.suggestion.sources if each.id != decision.entry))


def adds_a_step_of_its_own(given: Answered) -> Answered | None:
    if not given.suggestion.sources:
        return None
    return with_answer(
        given, steps=(*given.suggestion.steps, StepAdvice(do="Bied een vakantie aan.", who="medewerker"))
    )


def quotes_what_it_does_not_cite(given: Answered) -> Answered | None:
    if not given.suggestion.sources:
        return None
    return with_answer(given, for_you=(*given.suggestion.for_you, "De marge op dit artikel is hoog."))


# ----------------------------------------------------------------------------------------------- words


def invents(words: str) -> Plant:
    return lambda given: with_text(given, words) if given.suggestion.sources else None


def swallows_what_must_be_said(given: Answered) -> Answered | None:
    if not given.case.expect.says:
        return None
    return with_answer(given, text="Ja, dit mag je zelf beslissen.")


def says_what_is_forbidden(given: Answered) -> Answered | None:
    never = given.case.expect.never_says
    return with_text(given, f"  {never[0].upper()}\u00a0") if never else None


def sends_away(words: str) -> Plant:
    return lambda given: with_text(given, words)


def leaks_to_the_customer(words: str) -> Plant:
    return lambda given: with_answer(given, say=words) if given.suggestion.say else None


def leaks_a_limit(given: Answered) -> Answered | None:
    limits = [limit for limit in given.bounds.limits if limit.key[0] == "money" and limit.key not in given.bounds.asked]
    if not limits or not given.suggestion.say:
        return None
    return with_answer(given, say=f"Ik mag u tot {limits[0].key[1]:.0f} euro teruggeven.")


def leaks_the_role(given: Answered) -> Answered | None:
    title = given.shelf.organisation.roles[-1].title.lower()
    return with_answer(given, say=f"Dat moet ik aan mijn {title} vragen.") if given.suggestion.say else None


def answers_in_another_language(given: Answered) -> Answered | None:
    if given.suggestion.question.language != "nl" or not given.suggestion.sources:
        return None
    return with_answer(given, verdict="Yes, you may decide this for the customer yourself, that is what we do here.")


def hands_over_without(field: str) -> Plant:
    def plant(given: Answered) -> Answered | None:
        steps = given.suggestion.steps
        place = next((place for place, step in enumerate(steps) if step.handover), None)
        if place is None:
            return None
        cold: Handover = replace(steps[place].handover, **{field: {"to": "elders", "within": None, "tell": ()}[field]})
        return with_answer(given, steps=(*steps[:place], replace(steps[place], handover=cold), *steps[place + 1 :]))

    return plant


def hands_over_and_leaves(given: Answered) -> Answered | None:
    if not any(step.handover for step in given.suggestion.steps):
        return None
    return with_answer(given, text=given.suggestion.text.replace(answer.STEP_STAY(given.language), "klaar"))


# ------------------------------------------------------------------------------------------ not knowing


def answers_what_nobody_knows(given: Answered) -> Answered | None:
    if given.case.expect.status is not AnswerStatus.NO_KNOWLEDGE:
        return None
    return with_answer(given, status=AnswerStatus.ANSWERED)


def refuses_and_still_names_an_amount(given: Answered) -> Answered | None:
    if given.case.expect.status is not AnswerStatus.NO_KNOWLEDGE:
        return None
    return with_text(given, "Meestal geven we € 12,50.")


def refuses_what_is_known(given: Answered) -> Answered | None:
    if given.case.expect.status is AnswerStatus.NO_KNOWLEDGE or not given.case.expect.sources:
        return None
    return with_answer(given, status=AnswerStatus.NO_KNOWLEDGE)


FAULTS: dict[str, tuple[str, Plant]] = {
    "a yes where approval is needed": ("wrong_allowed", says_yes_where_approval_is_needed),
    "a yes where it is denied": ("wrong_allowed", says_yes_where_it_is_denied),
    "a yes by another rule": ("wrong_allowed", says_yes_by_another_rule),
    "a no where it is allowed": ("outcome", says_no_where_it_is_allowed),
    "a decision where no mandate bears": ("outcome", decides_where_no_mandate_bears),
    "another approver": ("approver", names_another_approver),
    "another approver, unasked": ("decision_holds", names_another_approver_unasked),
    "another amount granted": ("decision_holds", offers_another_amount),
    "a rule that is gone": ("decision_holds", decides_by_a_retired_rule),
    "another fact asked": ("asks", asks_another_fact),
    "an answer where a fact is missing": ("status", answers_instead_of_asking),
    "a missing source": ("sources", leaves_out_a_source),
    "a forbidden source": ("sources_not", cites_what_it_may_not),
    "an expired entry": ("citations", cites_an_expired_entry),
    "an entry of next year": ("citations", cites_an_entry_of_next_year),
    "a hidden entry": ("citations", cites_a_hidden_entry),
    "a draft": ("citations", cites_a_draft),
    "an older version": ("citations", cites_an_older_version),
    "another handbook": ("citations", cites_another_handbook),
    "an entry that does not exist": ("citations", cites_what_does_not_exist),
    "a decision without its source": ("supported", hides_the_source_of_its_decision),
    "a step of its own": ("supported", adds_a_step_of_its_own),
    "a quote from elsewhere": ("supported", quotes_what_it_does_not_cite),
    "an invented amount": ("invented", invents("Geef de klant € 4.321,09 terug.")),
    "an invented percentage": ("invented", invents("Geef 37,5% korting.")),
    "an invented term": ("invented", invents("Dat duurt 83 dagen.")),
    "an invented date": ("invented", invents("Dit kan tot 17 augustus 2031.")),
    "an invented amount in words": ("invented", invents("Geef zevenhonderdeenenveertig euro terug.")),
    "what must be said left out": ("says", swallows_what_must_be_said),
    "what is forbidden said": ("never_says", says_what_is_forbidden),
    "not my department": ("deflection", sends_away("Dat is niet mijn afdeling.")),
    "a bare referral": ("deflection", sends_away("De klant moet bij een andere afdeling zijn.")),
    "a limit for the customer": ("two_voices", leaks_a_limit),
    "a role for the customer": ("two_voices", leaks_the_role),
    "a script for the customer": ("two_voices", leaks_to_the_customer("Ik ga dit voor u regelen. " * 5)),
    "another language": ("language", answers_in_another_language),
    "a hand-over to nobody": ("handover", hands_over_without("to")),
    "a hand-over without a term": ("handover", hands_over_without("within")),
    "a hand-over that tells nothing": ("handover", hands_over_without("tell")),
    "a hand-over that leaves": ("handover", hands_over_and_leaves),
    "an answer to the unknown": ("refusal", answers_what_nobody_knows),
    "a refusal with an amount": ("refusal", refuses_and_still_names_an_amount),
    "a refusal of the known": ("false_refusal", refuses_what_is_known),
}


def planted(plant: Plant) -> list[tuple[Answered, Answered]]:
    """Right answers with the fault in each, spread over the packs."""
    pairs = ((given, faulty) for given in answers() if (faulty := plant(given)) is not None)
    return list(islice(pairs, EACH))


def mark_of(given: Answered, scorer: str) -> Mark | None:
    return next((mark for mark in scorers.score(given) if mark.scorer == scorer), None)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_planted_fault_is_found_by_the_scorer_that_is_there_for_it(fault: str) -> None:
    scorer, plant = FAULTS[fault]
    pairs = planted(plant)
    assert pairs, "no answer has a place for this fault"
    for right, faulty in pairs:
        before, after = mark_of(right, scorer), mark_of(faulty, scorer)
        assert before is None or before.passed is True, right.case.id
        assert after is not None, faulty.case.id
        assert after.passed is False, f"{faulty.case.id}: {after.text('en')}"
        assert after.text("nl") != after.text("en")


def test_more_than_a_hundred_faults_are_planted() -> None:
    assert sum(len(planted(plant)) for _, plant in FAULTS.values()) >= 100


def test_a_case_without_expectations_of_a_kind_is_not_judged_on_it() -> None:
    given = next(answers())
    bare = replace(given.case, expect=replace(given.case.expect, outcome=None, approver=None, asks=None, sources=None))
    names = {mark.scorer for mark in scorers.score(Answered(bare, given.suggestion, given.shelf))}
    assert names.isdisjoint({"outcome", "approver", "asks", "sources", "precision", "recall_at_5", "says"})


def test_white_space_and_case_do_not_matter_in_what_is_said() -> None:
    given = next(answers())
    expect = replace(given.case.expect, says=("JA,   dit\u00a0MAG",), never_says=())
    said = with_answer(given, text="ja, dit\n mag je")
    mark = mark_of(Answered(replace(given.case, expect=expect), said.suggestion, given.shelf), "says")
    assert mark is not None
    assert mark.passed


def test_scores_are_the_same_every_time() -> None:
    first = [scorers.score(given) for given in islice(answers(), 50)]
    assert first == [scorers.score(given) for given in islice(answers(), 50)]


def test_only_judgements_decide_whether_an_answer_is_right() -> None:
    given = next(answers())
    marks = scorers.score(given)
    assert scorers.is_right(marks)
    assert any(mark.passed is None and mark.value < 1 for mark in marks) or marks
    assert not scorers.is_right([*marks, replace(marks[0], passed=False)])


def test_a_bare_suggestion_can_be_scored_too() -> None:
    given = next(answers())
    empty = Suggestion(
        id="x", question=given.suggestion.question, status=AnswerStatus.NO_KNOWLEDGE, verdict="Hierover staat niets."
    )
    marks = {mark.scorer: mark for mark in scorers.score(Answered(given.case, empty, given.shelf))}
    assert marks["false_refusal"].passed is False
    assert marks["invented"].passed
    case = Case(id="x", ask="?", role=given.case.role, expect=given.case.expect)
    assert scorers.score(Answered(case, empty, given.shelf))
