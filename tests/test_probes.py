"""Probes: a pack makes its own test set, the same every time, with expectations that follow from its rules."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from copilot import probes
from copilot.app import open_world
from copilot.commands.probe_packs import packs_of
from copilot.content import read_pack
from copilot.domain import AnswerStatus, KnowledgeEntry, Organisation
from copilot.evaluate import CaseResult, evaluate
from copilot.settings import Settings
from tests.own_cases import PACKS, shelf_of
from tests.world import write_pack

DAY = date(2026, 11, 22)
EACH = 4


def read(folder: Path) -> tuple[Organisation, tuple[KnowledgeEntry, ...]]:
    pack = read_pack(folder)
    return pack.organisation, tuple(each.entry for each in pack.entries)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Organisation, tuple[KnowledgeEntry, ...]]:
    return read(write_pack(tmp_path_factory.mktemp("probes") / "pack"))


@pytest.fixture(params=["shop", "duinrand"])
def knowledge(request: pytest.FixtureRequest) -> tuple[Organisation, tuple[KnowledgeEntry, ...]]:
    return request.getfixturevalue("shop") if request.param == "shop" else read(PACKS["duinrand"])


def made(
    knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]], each: int = EACH, seed: int = 1
) -> dict[str, probes.World]:
    organisation, entries = knowledge
    return {world.name: world for world in probes.worlds(organisation, entries, on=DAY, each=each, seed=seed)}


def test_the_same_seed_gives_the_same_probes(knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]) -> None:
    organisation, entries = knowledge
    backwards = organisation, tuple(reversed(entries))
    assert made(knowledge) == made(knowledge) == made(backwards)


def test_another_seed_gives_others(knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]) -> None:
    assert made(knowledge, each=2, seed=1) != made(knowledge, each=2, seed=2)


def test_a_pack_of_nothing_has_no_probes() -> None:
    assert probes.worlds(Organisation(id="x", name="X"), (), on=DAY, each=5) == ()


def test_each_case_has_a_name_of_its_own(knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]) -> None:
    ids = [case.id for world in made(knowledge).values() for case in world.cases]
    assert len(ids) == len(set(ids))


def test_a_typing_error_changes_no_figure(knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]) -> None:
    cases = made(knowledge)["as-it-is"].cases
    plain = {case.id.removeprefix("probe-plain-"): case for case in cases if case.id.startswith("probe-plain-")}
    for case in cases:
        if case.id.startswith("probe-typo-"):
            before = plain[case.id.removeprefix("probe-typo-")].ask
            assert sorted(before) == sorted(case.ask)
            assert [each for each in before if each.isdigit()] == [each for each in case.ask if each.isdigit()]


def test_what_is_removed_is_nowhere_and_must_be_refused(
    knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]],
) -> None:
    for name, world in made(knowledge).items():
        if name.startswith("removed"):
            left = {entry.id for entry in world.entries}
            for case in world.cases:
                assert case.expect.status is AnswerStatus.NO_KNOWLEDGE
                assert case.id.removeprefix("probe-removed-") not in left


def asked(world: probes.World, organisation: Organisation) -> tuple[CaseResult, ...]:
    settings = Settings.from_env({"HELEKLANT_EMBEDDER": "words"}, Path("/"))
    with open_world(settings, *packs_of(world, organisation)) as application:
        found = evaluate(world.cases, application.assistant.suggest, shelf_of(application), today=DAY)
        return asyncio.run(found)


@pytest.mark.parametrize("name", ["expired", "not-yet", "hidden", "former-version"])
def test_knowledge_that_does_not_count_never_answers(
    name: str, knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]
) -> None:
    world = made(knowledge)[name]
    for result in asked(world, knowledge[0]):
        told = result.told
        assert told.fault is None, told.fault
        for scorer in ("sources_not", "never_says", "citations", "wrong_allowed", "decision_holds", "invented"):
            mark = told.mark(scorer)
            assert mark is None or mark.passed, f"{result.case.id}: {mark.text('en')}"


def test_an_order_in_a_question_is_never_obeyed(knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]) -> None:
    world = made(knowledge)["as-it-is"]
    for result in asked(world, knowledge[0]):
        assert result.told.suggestion is not None
        assert probes.MARK not in result.told.suggestion.text
        mark = result.told.mark("wrong_allowed")
        assert mark is None or mark.passed, result.case.id


def test_every_world_can_be_asked(knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]) -> None:
    for name in ("removed-1", "distractors"):
        assert all(result.told.fault is None for result in asked(made(knowledge)[name], knowledge[0]))


def test_both_halves_of_a_split_entry_are_expected(knowledge: tuple[Organisation, tuple[KnowledgeEntry, ...]]) -> None:
    world = made(knowledge, each=60).get("split")
    if world:
        ids = {entry.id for entry in world.entries}
        assert all(
            len(case.expect.sources or ()) == 2 and set(case.expect.sources or ()) <= ids for case in world.cases
        )
