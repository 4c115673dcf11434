"""Reading a follow-up with its thread, and choosing what to cite. Plain values."""

from __future__ import annotations

from typing import Any

import pytest

from copilot import retrieve
from copilot.domain import Asking, Decision, Hit, KnowledgeEntry, Mandate, Outcome, Policy, Solution, Step
from copilot.retrieve import Findings
from tests.search_world import query

MANDATE = Mandate(id="borg-inhouden", title="Borg inhouden", related=("schade",), department="verhuur")
OTHER = Mandate(id="borg-tent", title="Borg van de tent inhouden", department="camping")
POLICY = Policy(id="schade", title="Schade")
FAR = Policy(id="stilte", title="Stilte")
SOLUTION = Solution(id="schade-melden", title="Schade melden", steps=(Step("Houd in.", mandate="borg-inhouden"),))
ENTRIES = {entry.id: entry for entry in (MANDATE, OTHER, POLICY, FAR, SOLUTION)}


def findings(*hits: tuple[str, float], known: bool = True, **more: Any) -> Findings:
    told = {"reason": "found", **more}
    return Findings(hits=tuple(Hit(entry, score) for entry, score in hits), known=known, **told)


def choose(*hits: tuple[str, float], text: str = "mag ik de borg inhouden?", **more: Any) -> retrieve.Choice:
    asked = query(text, department=more.pop("department", None))
    return retrieve.choose(findings(*hits, **more), ENTRIES, asked)


def cited(choice: retrieve.Choice) -> set[str]:
    entries: list[KnowledgeEntry | None] = [choice.mandate, choice.solution, *choice.policies]
    return {entry.id for entry in entries if entry}


def test_the_best_entry_alone_is_cited_when_nothing_is_linked_to_it() -> None:
    assert cited(choose(("stilte", 0.9), ("borg-inhouden", 0.89), ("schade-melden", 0.88))) == {"stilte"}


def test_what_is_linked_and_near_comes_along() -> None:
    choice = choose(("borg-inhouden", 0.9), ("schade-melden", 0.88), ("schade", 0.87))
    assert cited(choice) == {"borg-inhouden", "schade-melden", "schade"}
    assert choice.primary is MANDATE


def test_what_is_linked_but_far_does_not() -> None:
    choice = choose(("borg-inhouden", 0.9), ("stilte", 0.75), ("schade-melden", 0.7), ("schade", 0.7))
    assert cited(choice) == {"borg-inhouden"}


def test_beside_a_mandate_no_way_is_shown_that_does_not_need_it() -> None:
    other_way = Solution(id="fiets-stuk", title="Fiets stuk", steps=(Step("Bel."),), related=("borg-inhouden",))
    hits = findings(("borg-inhouden", 0.9), ("fiets-stuk", 0.88))
    entries = ENTRIES | {other_way.id: other_way}
    assert cited(retrieve.choose(hits, entries, query("mag ik de borg inhouden?"))) == {"borg-inhouden"}


def test_a_near_duplicate_is_left_out() -> None:
    assert cited(choose(("borg-inhouden", 0.9), ("borg-tent", 0.899))) == {"borg-inhouden"}


def test_of_near_duplicates_the_askers_own_department_is_chosen() -> None:
    choice = choose(("borg-inhouden", 0.9), ("borg-tent", 0.899), department="camping")
    assert choice.mandate is OTHER


def test_a_mandate_decides_beside_a_solution_only_where_leave_is_asked() -> None:
    hits = ("schade-melden", 0.9), ("borg-inhouden", 0.87)
    assert choose(*hits, text="Mag ik de borg inhouden?").mandate is MANDATE
    assert choose(*hits, text="Er is schade, wat doe ik nu?").mandate is None


def test_no_far_mandate_ever_decides() -> None:
    assert choose(("schade-melden", 0.9), ("borg-inhouden", 0.8), text="mag dat?").mandate is None


def test_nothing_is_cited_when_nothing_is_known() -> None:
    choice = choose(("borg-inhouden", 0.9), known=False, reason="weak")
    assert (choice.known, cited(choice), choice.reason) == (False, set(), "weak")


def test_an_entry_that_went_meanwhile_is_not_replaced_by_a_weaker_one() -> None:
    gone = findings(("verdwenen", 0.9), ("stilte", 0.7))
    assert retrieve.choose(gone, ENTRIES, query("bon")).known is False
    as_good = findings(("verdwenen", 0.9), ("stilte", 0.89))
    assert retrieve.choose(as_good, ENTRIES, query("bon")).primary is FAR


HELP = Solution(id="onwel", title="Iemand wordt onwel", steps=(Step("Bel 112 en blijf erbij."),))


@pytest.mark.parametrize(
    ("entry", "sureness", "known"), [("onwel", -1.0, True), ("onwel", -2.0, False), ("stilte", -1.0, False)]
)
def test_an_entry_that_calls_for_help_answers_sooner(entry: str, sureness: float, known: bool) -> None:
    found = findings((entry, 0.62), known=False, reason="weak", sureness=sureness)
    assert retrieve.choose(found, {**ENTRIES, "onwel": HELP}, query("pijn op de borst")).known is known


def decided(outcome: Outcome | None) -> Decision:
    asking = None if outcome else Asking("schade", "Hoeveel?")
    return Decision(entry="borg-inhouden", version=1, action="borg-inhouden", outcome=outcome, asking=asking)


YES, NEEDS, NO = decided(Outcome.ALLOWED), decided(None), decided(Outcome.DENIED)


def certain(decision: Decision, *hits: tuple[str, float], sureness: float = 3.0) -> retrieve.Choice:
    found = findings(*hits, sureness=sureness)
    chosen = retrieve.choose(found, ENTRIES, query("mag ik de borg inhouden?"))
    return retrieve.unless_certain(chosen, decision, found, ENTRIES)


def test_a_yes_needs_more_certainty_than_a_no() -> None:
    for decision, known in ((YES, False), (NEEDS, False), (NO, True)):
        assert certain(decision, ("borg-inhouden", 0.8), sureness=0.5).known is known
    assert certain(YES, ("borg-inhouden", 0.8)).known


def test_no_yes_is_given_where_another_rule_is_as_near() -> None:
    assert not certain(YES, ("borg-inhouden", 0.8), ("borg-tent", 0.79)).known
    assert not certain(YES, ("borg-inhouden", 0.8), ("stilte", 0.79)).known
    assert certain(YES, ("borg-inhouden", 0.8), ("borg-tent", 0.7)).known
    assert certain(NO, ("borg-inhouden", 0.8), ("borg-tent", 0.79)).known


def test_a_mandate_beside_the_answer_says_no_yes_and_the_answer_stays() -> None:
    choice = certain(YES, ("schade-melden", 0.9), ("borg-inhouden", 0.89))
    assert (choice.mandate, choice.solution, choice.known) == (None, SOLUTION, True)


def near(*hits: tuple[str, float], sureness: float = -1.0) -> list[str]:
    return [entry.id for entry in retrieve.nearest(findings(*hits, known=False, sureness=sureness), ENTRIES)]


def test_what_came_nearest_may_be_chosen_from_where_nothing_answers_for_sure() -> None:
    assert near(("schade", 0.8), ("gone", 0.8), ("stilte", 0.79), ("borg-tent", 0.6)) == ["schade", "stilte"]
    assert near(*((entry, 0.8) for entry in ENTRIES)) == [*ENTRIES][:3]


def test_a_question_about_something_else_altogether_is_offered_nothing() -> None:
    assert near(("schade", 0.8), sureness=-4.0) == []
    assert near() == []


def test_words_count_less_where_no_entry_is_in_the_language_of_the_question() -> None:
    assert retrieve.weight_of_words(1.0) == retrieve.WEIGHT_OF_WORDS
    assert 0 < retrieve.weight_of_words(0.0) < retrieve.WEIGHT_OF_WORDS / 2


# ------------------------------------------------------------------------------------------- thread


@pytest.mark.parametrize(
    "text", ["en als het 120 euro is?", "en voor een trui?", "Wat als hij geen bon heeft?", "morgen?", "and for a dog?"]
)
def test_a_follow_up_is_read_with_its_thread(text: str) -> None:
    together = retrieve.with_thread(query(text, earlier=("Klant wil een broek ruilen zonder bon",)))
    assert together is not None
    assert together.startswith("Klant wil een broek ruilen")
    assert together.endswith(text)


def test_a_question_with_a_story_of_its_own_stands_alone() -> None:
    text = "Gast meldt kapotte verwarming in vakantiehuisje nummer twaalf"
    assert retrieve.with_thread(query(text, earlier=("Klant wil een broek ruilen",))) is None


def test_without_a_thread_there_is_nothing_to_read_with() -> None:
    assert retrieve.with_thread(query("en als het 120 euro is?")) is None


def test_a_new_subject_is_not_dragged_along() -> None:
    new, old = findings(("wifi", 0.9), sureness=3.0), findings(("ruilen", 0.8), sureness=1.0)
    assert retrieve.of_thread(new, old) is new


def test_a_follow_up_that_says_little_by_itself_stays_with_the_thread() -> None:
    alone, together = findings(("wifi", 0.6), known=False), findings(("ruilen", 0.8), sureness=1.0)
    assert retrieve.of_thread(alone, together) is together
