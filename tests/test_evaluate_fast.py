"""The fast subset: the gate on a change of knowledge. It sees what changed, and every mandate that says yes too much.

`HELEKLANT_FAST_PACK=hele-klant` plants the wrong limits in the sample pack instead of in the smaller one.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from copilot import baseline, casefile, evaluate, results
from copilot.answered import Shelf
from copilot.app import open_world
from copilot.commands.probe_packs import packs_of
from copilot.content import read_pack
from copilot.domain import AnswerStatus, Case, Expectation, KnowledgeEntry, Mandate, Organisation, Rule
from copilot.evaluate import CaseResult
from copilot.probes import World
from copilot.results import About, Measured
from copilot.settings import Settings
from tests.own_cases import DAY, FILES, PACKS, ROOT, measured, shelf_of

PACK = os.environ.get("HELEKLANT_FAST_PACK", "duinrand")


def a_case(number: int, entry: str, outcome: str = "allowed") -> Case:
    return Case(id=f"c{number}", ask="?", role="r", expect=Expectation(sources=(entry,), outcome=outcome))


def test_it_is_the_same_every_time_and_covers_every_entry() -> None:
    cases = [a_case(number, f"entry-{number % 50}") for number in range(1000)]
    chosen = evaluate.fast(cases)
    assert chosen == evaluate.fast(cases)
    assert len(chosen) == evaluate.FAST
    assert {case.expect.sources for case in chosen} == {case.expect.sources for case in cases}
    assert evaluate.fast(cases[:10]) == tuple(cases[:10])


def test_of_an_entry_those_go_first_in_which_a_yes_would_be_wrong() -> None:
    cases = [a_case(number, f"entry-{number % 10}") for number in range(100)]
    cases += [a_case(100 + number, f"entry-{number}", "denied") for number in range(10)]
    chosen = evaluate.fast(cases, most=10)
    assert [case.expect.outcome for case in chosen] == ["denied"] * 10


def test_what_changed_goes_before_all_else() -> None:
    cases = [a_case(number, f"entry-{number % 100}") for number in range(1000)]
    chosen = evaluate.fast(cases, changed={"entry-7", "entry-70"}, most=100)
    for entry in ("entry-7", "entry-70"):
        assert sum(case.expect.sources == (entry,) for case in chosen) == 10


def test_an_honest_refusal_is_a_subject_as_well() -> None:
    cases = [a_case(number, "entry") for number in range(100)]
    cases.append(Case(id="no", ask="?", role="r", expect=Expectation(status=AnswerStatus.NO_KNOWLEDGE)))
    assert "no" in {case.id for case in evaluate.fast(cases, most=5)}


@pytest.mark.parametrize("pack", PACKS)
def test_every_mandate_whose_yes_can_be_wrong_is_in_it(pack: str) -> None:
    cases = [case for path in FILES[pack] for case in casefile.read_cases(path)[0]]
    mandates = {each.entry.id for each in read_pack(PACKS[pack]).entries if isinstance(each.entry, Mandate)}

    def guarded(some: Iterable[Case]) -> set[str]:
        strict = (case for case in some if case.expect.outcome in ("approval", "denied"))
        return {entry for case in strict for entry in case.expect.sources or ()} & mandates

    assert guarded(evaluate.fast(cases)) == guarded(cases)


def test_it_finds_every_mandate_in_which_everybody_may_everything() -> None:
    """A yes for all planted in each mandate: wherever a case about it sees a wrong yes, the subset sees one."""
    pack = read_pack(PACKS[PACK])
    lowest = next(role.id for role in pack.organisation.roles if not role.above)
    entries = tuple(_open_to_all(each.entry, lowest) for each in pack.entries)
    cases = [case for path in FILES[PACK] for case in casefile.read_cases(path)[0]]
    found = asked(pack.organisation, entries, cases)
    subset = {case.id for case in evaluate.fast(cases, most=len(cases) // 2)}
    wrong = [result for result in found if (mark := result.told.mark("wrong_allowed")) and mark.passed is False]
    everywhere = {_mandate(result) for result in wrong if _mandate(result) in (result.case.expect.sources or ())}
    seen = {_mandate(result) for result in wrong if result.case.id in subset}
    print(f"{len(wrong)} wrong yeses in {len(everywhere)} mandates; the subset sees {len(seen & everywhere)} of them")
    assert len(everywhere) >= 15
    assert seen >= everywhere


def _open_to_all(entry: KnowledgeEntry, lowest: str) -> KnowledgeEntry:
    if not isinstance(entry, Mandate):
        return entry
    may = next((rule.may for rule in entry.rules if rule.may and not rule.amount), "Doe het maar.")
    return replace(entry, rules=(Rule(roles=(lowest,), may=may),), period_limit=None)


def _mandate(result: CaseResult) -> str:
    assert result.told.suggestion is not None
    assert result.told.suggestion.decision is not None
    return result.told.suggestion.decision.entry


def asked(organisation: Organisation, entries: tuple[KnowledgeEntry, ...], cases: list[Case]) -> tuple[CaseResult, ...]:
    environment = {"XDG_CACHE_HOME": str(ROOT / ".pytest_cache" / "vectors")}
    settings = Settings.from_env(environment, Path("/"))
    with open_world(settings, *packs_of(World("open", entries, ()), organisation)) as application:
        found = evaluate.evaluate(cases, application.assistant.suggest, shelf_of(application), today=DAY)
        return asyncio.run(found)


# ----------------------------------------------------------------------- beside a run over everything


def test_a_changed_entry_is_known_from_the_earlier_run() -> None:
    run = measured("duinrand")
    earlier = json.loads(json.dumps(results.as_json(run)))
    shelf = run.about.shelf
    first, second, *_ = sorted(shelf.entries)
    entries = {id: each for id, each in shelf.entries.items() if id != second}
    entries[first] = replace(entries[first], body="Anders.")
    assert baseline.changed_entries(shelf, earlier) == frozenset()
    assert baseline.changed_entries(Shelf(shelf.organisation, entries), earlier) == {first, second}
    assert baseline.changed_entries(shelf, {"cases": []}) == frozenset()


def test_cases_left_out_by_choice_are_neither_gone_nor_new() -> None:
    run = measured("duinrand")
    every = [result.case.id for result in run.open_results]
    half = run.results[: len(run.open_results) // 2]
    about: About = replace(run.about, left_out=every[len(half) :])
    part = Measured.of(about, half)
    written_whole, written_part = (json.loads(json.dumps(results.as_json(each))) for each in (run, part))
    assert baseline.compare(part, written_whole).gone == ()
    assert baseline.compare(run, written_part).new == ()
    assert baseline.mismatches(baseline.compare(part, written_whole), "old.json") == ()
