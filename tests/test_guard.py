"""The guard on the hand-made set of good and bad answers, and on its finer points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from copilot import guard
from tests.guard_worlds import bounds_of
from tests.guard_worlds import world as world_of

SETS = Path(__file__).parent / "guard"
STRICT = ("amounts", "citations", "decisions", "leaks")


@dataclass(frozen=True)
class Judged:
    """One answer of the set with what people think of it."""

    world: str
    part: str
    kind: str
    text: str

    @property
    def found(self):
        return guard.check(self.part, self.text, bounds_of(self.world))


def judged(half: str) -> Iterator[Judged]:
    for group in yaml.safe_load((SETS / f"{half}.yaml").read_text(encoding="utf-8")):
        yield from (Judged(group["world"], group["part"], group["kind"], text) for text in group["texts"])


def rates(half: str) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Of every kind: how many were refused, of how many; and the answers that went wrong."""
    total, refused, wrong = Counter(), Counter(), []
    for each in judged(half):
        found = each.found
        total[each.kind] += 1
        refused[each.kind] += bool(found)
        if bool(found) == (each.kind == "good"):
            reasons = ", ".join(f"{breach.reason}: {breach.words}" for breach in found)
            wrong.append(f"{each.kind} [{each.world}/{each.part}] {each.text} {reasons}")
    return {kind: (refused[kind], total[kind]) for kind in total}, wrong


def test_the_set_is_large_enough():
    assert sum(1 for half in ("open", "locked") for _ in judged(half)) >= 400


@pytest.mark.parametrize("half", ["open", "locked"])
def test_bad_answers_are_refused_and_good_ones_pass(half):
    by_kind, wrong = rates(half)
    caught = sum(by_kind[kind][0] for kind in STRICT)
    strict = sum(by_kind[kind][1] for kind in STRICT)
    print(half, by_kind, *wrong, sep="\n")
    assert caught / strict >= 0.99, wrong
    assert by_kind["deflection"][0] / by_kind["deflection"][1] >= 0.95, wrong
    assert by_kind["good"][0] / by_kind["good"][1] <= 0.01, wrong


# ------------------------------------------------------------------------------------- finer points


def reasons(world: str, part: str, text: str, **more) -> set[str]:
    return {str(breach.reason) for breach in guard.check(part, text, bounds_of(world), **more)}


@pytest.mark.parametrize("written", ["€ 40", "€40,00", "40 euro", "veertig euro", "EUR 40,00", "€ 40,-", "40,- euro"])
def test_an_amount_is_known_by_its_value_however_it_is_written(written):
    assert reasons("mag", "for_you", f"Geef een tegoedbon van {written}.") == set()


@pytest.mark.parametrize(
    "written", ["€ 41", "€ 4.000", "400 euro", "vierhonderd euro", "€ 40.000,00", "€ 0,40", "40 cent"]
)
def test_another_amount_is_another_amount(written):
    assert "figure_not_in_sources" in reasons("mag", "for_you", f"Geef een tegoedbon van {written}.")


def test_a_limit_belongs_to_a_role():
    assert reasons("mag", "for_you", "Een teamleider mag tot en met € 250 beslissen.") == set()
    assert "figure_for_another_role" in reasons("mag", "for_you", "Jij mag zelf tot en met € 250 geven.")


def test_a_citation_counts_only_when_the_entry_is_valid_visible_and_cited():
    from dataclasses import replace
    from datetime import date

    from copilot.bounds import gather

    suggestion, organisation, entries = world_of("mag")
    text = "Zo staat het in de afspraak [retour-zonder-bon]."
    assert guard.check("for_you", text, gather(suggestion, organisation, entries)) == ()
    expired = tuple(replace(each, valid_until=date(2026, 1, 1)) for each in entries)
    hidden = tuple(replace(each, audience=("vestigingsmanager",)) for each in entries)
    for unusable in (expired, hidden):
        found = guard.check("for_you", text, gather(suggestion, organisation, unusable))
        assert {breach.reason for breach in found} >= {"citation_not_allowed"}


def test_a_cue_keeps_to_the_organisation_s_tone_and_to_a_cue_s_length():
    assert "wrong_tone" in reasons("mag", "say", "Ik maak een tegoedbon voor je.")
    long = "Wat vervelend dat u uw bon kwijt bent. " * 5
    assert "script_instead_of_cue" in reasons("mag", "say", long)
    assert "script_instead_of_cue" not in reasons("mag", "say", long, whole=False)


@pytest.mark.parametrize("text", ["wijs-zonder-bon", "tegoedbon", "Ja.", "Een tegoedbon van", "say", "..."])
def test_what_is_no_sentence_does_not_replace_one(text):
    assert "not_a_sentence" in reasons("mag", "for_you", text)


def test_one_answer_is_judged_in_a_few_milliseconds():
    import time

    text = "Je mag zelf een tegoedbon geven van € 40,00. De tegoedbon is een jaar geldig. Kijk naar het label."
    guard.check("for_you", text, bounds_of("mag"))
    started = time.process_time()
    for _ in range(20):
        guard.check("for_you", text, bounds_of("mag"))
    assert (time.process_time() - started) / 20 < 0.02


@pytest.mark.parametrize("pack", ["knowledge/hele-klant", "tests/packs/duinrand"])
def test_the_knowledge_s_own_words_are_never_called_invented(pack):
    """Every paragraph and every cue of whole packs, judged as if a model had written it from that entry."""
    from datetime import date

    from copilot.bounds import gather
    from copilot.compose import Dossier, TemplateComposer
    from copilot.content import read_pack
    from copilot.domain import Question, Solution
    from copilot.language import language_of

    read = read_pack(Path(pack))
    everyone = tuple(role.id for role in read.organisation.roles)
    refused, judged_texts = [], 0
    for entry in (each.entry for each in read.entries):
        question = Question(
            id="q",
            text=entry.title,
            roles=everyone,
            on=entry.valid_from or date(2026, 11, 22),
            language=language_of(entry.body, read.organisation.language),
        )
        solution = entry if isinstance(entry, Solution) else None
        dossier = Dossier(
            question=question,
            organisation=read.organisation,
            solution=solution,
            policies=() if solution else (entry,),
        )
        bounds = gather(TemplateComposer().compose(dossier), read.organisation, (entry,))
        texts = [("for_you", text.strip()) for text in entry.body.split("\n\n") if text.strip().endswith(".")]
        texts += [("say", solution.say)] if solution and solution.say else []
        judged_texts += len(texts)
        refused += [(entry.id, text, found) for part, text in texts if (found := guard.check(part, text, bounds))]
    assert judged_texts > 50
    assert len(refused) <= judged_texts * 0.01, refused
