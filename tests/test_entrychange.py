"""An entry opened in a form and saved: not a byte changes unasked, and one changed field is the only difference."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import fields as attributes
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.domain import KnowledgeEntry, Mandate, Policy, Solution
from copilot.entrychange import changed, shown
from copilot.entryfields import NOBODY, REMOVED, lines_of
from copilot.entryfile import read_entry
from copilot.entrypage import matched
from copilot.fields import DUTCH
from copilot.yamltext import composed

ROOT = Path(__file__).parents[1]
PACKS = (
    ROOT / "knowledge" / "hele-klant",
    ROOT / "tests" / "packs" / "duinrand",
    ROOT / "tests" / "packs" / "groene-hart",
)
TEXTS = {
    path.stem: path.read_bytes().decode()
    for pack in PACKS
    for path in sorted(pack.rglob("*.md"))
    if read_entry(path.read_bytes().decode())[0]
}
ENGLISH = {dutch: english for english, dutch in DUTCH.items()}
NEW = {
    "title": "Iets anders: met een dubbele punt",
    "body": "Een andere tekst.\n\n- met een lijst\n- en nog iets",
    "questions": "Mag dit ook, en zo ja: wanneer?\nTweede vraag",
    "valid_until": "2031-02-03",
    "source": "Handboek #9",
    "department": "elders",
    "audience": "medewerker\nteamleider",
    "say": "Ik regel het: nu.",
    "steps": "Doe eerst dit: meteen.\nDoe dan dat.",
}


@cache
def fields_of(text: str) -> Mapping[str, str]:
    return shown(text).fields


@cache
def read(text: str) -> KnowledgeEntry:
    entry, findings = read_entry(text)
    assert entry is not None, [each.text("nl") for each in findings]
    return entry


def differing(before: KnowledgeEntry, after: KnowledgeEntry) -> set[str]:
    return {each.name for each in attributes(before) if getattr(before, each.name) != getattr(after, each.name)}


def test_there_are_entries_of_every_kind_to_prove_it_on() -> None:
    kinds = {type(read(text)) for text in TEXTS.values()}
    assert kinds == {Policy, Mandate, Solution}
    assert len(TEXTS) > 200


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_form_that_nobody_touched_gives_every_entry_back_to_the_byte(ends: str) -> None:
    for text in TEXTS.values():
        own = text.replace("\r\n", "\n").replace("\n", ends)
        for language in ("nl", "en") if "facts" in shown(own).fields else ("nl",):
            assert changed(own, shown(own, language).fields, language).text == own


@pytest.mark.parametrize("field", NEW)
def test_one_changed_field_is_the_only_difference_in_every_entry(field: str) -> None:
    proved = 0
    for text in TEXTS.values():
        fields = fields_of(text)
        if field not in fields:
            continue
        proved += 1
        after = changed(text, {**fields, field: NEW[field]})
        assert differing(read(text), read(after.text)) == {field}
        assert shown(after.text).fields[field] == NEW[field]
        assert keys_rewritten(text, after.text) <= {field}
    assert proved >= 20


def keys_rewritten(before: str, after: str) -> set[str]:
    """The keys of the lines that are not as they were; `body` from the dashes on."""
    old, new = before.splitlines(), after.splitlines()
    first = same_from_the_start(old, new)
    last = same_from_the_start(old[first:][::-1], new[first:][::-1])
    named = {line.partition(":")[0] for line in old[first : len(old) - last] if re.match(r"[a-z_]+:", line)}
    return {"body"} if "---" in old[1:first] else {ENGLISH.get(name, name) for name in named}


def same_from_the_start(old: list[str], new: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def test_a_field_that_is_emptied_takes_its_key_out_and_filled_again_reads_as_before() -> None:
    for text in TEXTS.values():
        fields = fields_of(text)
        for name in ("source", "questions", "valid_until", "department", "audience", "say"):
            if not fields.get(name):
                continue
            without = changed(text, {name: ""})
            assert differing(read(text), read(without.text)) == {name}
            again = changed(without.text, {name: fields[name]})
            assert read(again.text) == read(text)


def test_each_rule_of_every_mandate_changes_alone() -> None:
    proved = 0
    for text in TEXTS.values():
        before, fields = read(text), fields_of(text)
        for number in range(1, 5):
            if not isinstance(before, Mandate) or not fields.get(f"rule{number}_roles"):
                continue
            proved += 1
            said = f"Doe het: nu, echt. {'{amount}' * ('{amount}' in fields[f'rule{number}_may'])}"
            after = read(changed(text, {f"rule{number}_may": said}).text)
            assert isinstance(after, Mandate)
            assert differing(before, after) == {"rules"}
            at = number - 1
            assert after.rules[:at] + after.rules[at + 1 :] == before.rules[:at] + before.rules[at + 1 :]
            assert differing_rule(before, after, at) <= {"may", "because"}
    assert proved > 100


def differing_rule(before: Mandate, after: Mandate, at: int) -> set[str]:
    old, new = before.rules[at], after.rules[at]
    return {each.name for each in attributes(old) if getattr(old, each.name) != getattr(new, each.name)}


def test_conditions_and_facts_change_alone_and_the_words_of_a_fact_stay() -> None:
    for text in TEXTS.values():
        before, fields = read(text), fields_of(text)
        if not isinstance(before, Mandate) or "facts" not in fields:
            continue
        more = read(changed(text, {"facts": f"{fields['facts']}\nnieuw feit: money: Hoeveel?".strip()}).text)
        assert isinstance(more, Mandate)
        assert differing(before, more) == {"facts"}
        assert more.facts[:-1] == before.facts
        given = {"facts": f"{fields['facts']}\nnieuw feit: money".strip()}
        for number in range(1, 5):
            if not fields.get(f"rule{number}_roles"):
                continue
            when = f"rule{number}_when"
            joined = ", ".join(filter(None, [fields[when], "nieuw feit <= 12,50"]))
            after = read(changed(text, {**given, when: joined}).text)
            assert isinstance(after, Mandate)
            assert differing_rule(before, after, number - 1) == {"when"}
            assert dict(after.rules[number - 1].when).keys() - before.rules[number - 1].when.keys() == {"nieuw feit"}


def test_steps_may_be_moved_reworded_added_and_taken_out_and_each_keeps_what_hangs_on_it() -> None:
    chance = random.Random(7)
    for text in TEXTS.values():
        before, fields = read(text), fields_of(text)
        if not isinstance(before, Solution) or "steps" not in fields:
            continue
        steps = fields["steps"].splitlines()
        held = {step.do: (step.mandate, step.handover) for step in before.steps}
        mixed = chance.sample(steps, len(steps))
        after = read(changed(text, {"steps": "\n".join([*mixed, "Een nieuwe stap."])}).text)
        assert isinstance(after, Solution)
        assert differing(before, after) == {"steps"}
        assert [step.do for step in after.steps] == [*mixed, "Een nieuwe stap."]
        assert all((step.mandate, step.handover) == held[step.do] for step in after.steps[:-1])
        reworded = read(changed(text, {"steps": "\n".join(f"{step} Nu." for step in steps[1:])}).text)
        assert isinstance(reworded, Solution)
        assert [(step.mandate, step.handover) for step in reworded.steps] == [held[step] for step in steps[1:]]


def scribbled(text: str, chance: random.Random) -> str:
    """The same entry with comments and blank lines of its author's between and behind the lines."""
    front, body = text.replace("\r\n", "\n").removeprefix("---\n").split("\n---\n", 1)
    lines: list[str] = []
    for number, line in enumerate(front.split("\n")):
        lines += [" " * chance.choice([0, 2, 4, 9]) + f"# boven {number}"] if chance.random() < 0.3 else []
        lines += [line + (f"   # achter {number}" if chance.random() < 0.3 else "")]
    return "\n".join(["---", *lines, "---", body])


def test_scribbles_in_the_margin_stay_whatever_is_changed() -> None:
    chance, proved = random.Random(11), 0
    for text in [each for each in TEXTS.values() if each.startswith("---\n")][::4]:
        scribble = scribbled(text, chance)
        entry, _ = read_entry(scribble)
        if entry is None or differing(entry, read(text)):
            continue  # the comment came to stand inside a text
        fields = shown(scribble).fields
        assert changed(scribble, fields).text == scribble
        given = {name: new for name, new in NEW.items() if name in fields and name not in ("questions", "steps")}
        given |= {name: "Doe dit nu." for name in fields if name.endswith("_may") and fields[f"{name[:5]}_roles"]}
        given |= {"steps": "\n".join(reversed(fields["steps"].split("\n")))} if "steps" in fields else {}
        after = changed(scribble, {name: new for name, new in given.items() if "{amount}" not in fields[name]})
        marks = re.findall(r"# (?:boven|achter) \d+", scribble)
        assert sorted(re.findall(r"# (?:boven|achter) \d+", after.text)) == sorted(marks)
        assert differing(entry, read(after.text)) <= {*NEW, "rules"}
        proved += 1
    assert proved > 40


HAND = """\
---
# wie dit leest: bel eerst
soort: mandaat   # zo heet dat
id: lenen
titel: "Iets lenen"
vragen:
  - Mag hij het lenen?   # letterlijk gehoord
  # deze ook
  - 'Lenen: kan dat?'

bron: >-
  Handboek,
  deel 2
feiten:
  waarde:
    type: geld
    ask: Wat is het waard?
  soort ding:
    type: keuze
    values: {boek: [roman, stripboek], fiets: []}
regels:
  # de gewone gang
  - rollen: [medewerker]
    when: {waarde: "<= 50", soort ding: [boek, fiets]}
    mag: Leen het uit voor {amount}.   # met een lach
    bedrag_is: min(10% * waarde, 25)
  - {rollen: [teamleider], mag: Leen het uit.}
  - rollen: [medewerker, teamleider]
    mag: Vraag het na.
  - nooit: ja
    when:
      waarde: "> 5000"
  - rollen: [teamleider]
    mag: Leen alles uit.
---

Zo doen we dat.


"""


def lines_changed(typed: dict[str, str], text: str = HAND) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    after = changed(text, typed)
    assert not after.wrong
    read(after.text)
    old, new = text.split("\n"), after.text.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_what_a_hand_wrote_stays_as_the_hand_wrote_it() -> None:
    seen = shown(HAND)
    assert seen.kept == ("rules.amount", "rules[3]", "rules[5]", "facts.words")
    assert seen.fields["source"] == "Handboek, deel 2"
    assert seen.fields["facts"] == "waarde: geld: Wat is het waard?\nsoort ding: keuze (boek, fiets)"
    assert seen.fields["rule1_when"] == "waarde <= 50, soort ding boek, fiets"
    assert changed(HAND, seen.fields).text == HAND
    assert lines_changed({"title": "Uitlenen"}) == (['titel: "Iets lenen"'], ["titel: Uitlenen"])
    assert lines_changed({"source": "Blad 3"}) == (["bron: >-", "  Handboek,", "  deel 2"], ["bron: Blad 3"])
    assert lines_changed({"body": "Anders."}) == (["Zo doen we dat."], ["Anders."])
    assert lines_changed({"questions": "Mag hij het lenen?\nLenen, kan dat?"}) == (
        ["  - 'Lenen: kan dat?'"],
        ["  - Lenen, kan dat?"],
    )
    assert lines_changed({"questions": "Lenen: kan dat?"}) == (["  - Mag hij het lenen?   # letterlijk gehoord"], [])


def test_types_and_yes_and_no_are_in_the_language_of_the_form_and_the_text_keeps_the_authors() -> None:
    text = "---\nid: a\nkind: mandate\ntitle: A\nfacts:\n  heel:\n    type: yesno\nrules:\n  - roles: [b]\n"
    text += "    when: {heel: yes}\n    may: C\n---\n"
    dutch = shown(text, "nl").fields
    assert (dutch["facts"], dutch["rule1_when"]) == ("heel: janee", "heel ja")
    assert changed(text, {"rule1_when": "heel yes", "facts": "heel: yesno"}, "nl").text == text
    assert changed(text, {"rule1_when": "heel nee"}, "nl").text == text.replace("heel: yes", "heel: no")
    assert changed(text, {"facts": "heel: geld"}, "nl").text == text.replace("yesno", "money")
    assert shown(HAND, "en").fields["facts"] == "waarde: money: Wat is het waard?\nsoort ding: choice (boek, fiets)"


def test_a_rule_between_braces_and_a_rule_with_an_amount_change_in_place() -> None:
    went, came = lines_changed({"rule1_when": "waarde < 60, soort ding fiets"})
    assert came == ['    when: {waarde: "< 60", soort ding: fiets}']
    assert went == ['    when: {waarde: "<= 50", soort ding: [boek, fiets]}']
    _, came = lines_changed({"rule2_roles": "medewerker", "rule2_when": "waarde <= 7"})
    assert came == ['  - {rollen: [medewerker], when: {waarde: "<= 7"}, mag: Leen het uit.}']
    _, came = lines_changed({"rule2_roles": NOBODY, "rule2_may": "Dat doen we niet."})
    assert came == ["  - {nooit: yes, want: Dat doen we niet.}"]
    _, came = lines_changed({"rule1_may": "Leen het uit: {amount}."})
    assert came == ['    mag: "Leen het uit: {amount}."   # met een lach']
    went, came = lines_changed({"rule1_roles": REMOVED})
    assert (len(went), came) == (4, [])
    went, came = lines_changed({"rule4_when": ""})
    assert (went, came) == (["    when:", '      waarde: "> 5000"'], [])


def test_facts_keep_their_words_when_they_are_renamed_retyped_or_taken_out() -> None:
    seen = shown(HAND).fields
    after = changed(HAND, {"facts": "waarde: geld: Wat is het waard?\nsoort ding: keuze (boek, auto): Welk?"})
    assert "values: {boek: [roman, stripboek], auto: [auto]}" in after.text
    assert "    ask: Welk?" in after.text
    _, came = lines_changed({"facts": seen["facts"].replace("Wat is het waard?", "Hoe duur?")})
    assert came == ["    ask: Hoe duur?"]
    renamed = changed(HAND, {"facts": seen["facts"].replace("soort ding", "ding")})
    assert "  ding:\n    type: keuze\n    values: {boek: [roman, stripboek], fiets: []}" in renamed.text


def test_what_cannot_be_meant_is_said_at_its_field() -> None:
    assert set(changed(HAND, {"rule2_may": ""}).wrong) == {"rule2_may"}
    assert set(changed(HAND, {"facts": "waarde"}).wrong) == {"facts"}
    solution = "---\nid: a\nkind: solution\ntitle: A\nsteps:\n  - do: B\n---\n"
    assert set(changed(solution, {"steps": ""}).wrong) == {"steps"}
    mandate = "---\nid: a\nkind: mandate\ntitle: A\nrules:\n  - {roles: [b], may: C}\n---\n"
    assert set(changed(mandate, {"rule1_roles": REMOVED}).wrong) == {"rule1_may"}


def test_a_rule_is_added_behind_the_others_in_the_authors_language() -> None:
    text = "---\nid: a\nsoort: mandaat\ntitel: A\nbron: D\nregels:\n  - rollen: [b]\n    mag: C\n---\n"
    rules = {"rule2_roles": NOBODY, "rule2_may": "Omdat: zo.", "rule3_roles": "b", "rule3_when": "prijs <= 5"}
    after = changed(text, {**rules, "rule3_may": "Ja.", "facts": "prijs: money: Hoe veel?"})
    assert after.text == (
        "---\nid: a\nsoort: mandaat\ntitel: A\nbron: D\nfeiten:\n  prijs:\n    type: geld\n    ask: Hoe veel?\n"
        'regels:\n  - rollen: [b]\n    mag: C\n  - nooit: yes\n    want: "Omdat: zo."\n'
        '  - rollen: [b]\n    when: {prijs: "<= 5"}\n    mag: Ja.\n---\n'
    )


def test_what_is_too_long_shared_or_of_several_lines_is_no_field_and_stays() -> None:
    shared = "source: &here B\njourney: *here\nquestions:\n  - |-\n    C\n    D\n"
    long = f"---\nid: a\nkind: policy\ntitle: A\n{shared}---\n{'x' * 3001}\n"
    seen = shown(long)
    assert not {"body", "source", "questions"} & seen.fields.keys()
    assert {"body", "source", "questions", "journey"} <= set(seen.kept)
    assert changed(long, {"body": "kort", "title": "E"}).text == long.replace("title: A", "title: E")


def test_accents_in_two_signs_stay_in_two_signs() -> None:
    text = "---\nid: a\nkind: mandate\ntitle: Cafe\u0301\nfacts:\n  prive\u0301:\n    type: yesno\nrules:\n"
    text += "  - roles: [b]\n    when: {prive\u0301: yes}\n    may: C\n---\nre\u0301sume\u0301\n"
    fields = shown(text).fields
    assert changed(text, {name: composed(value) for name, value in fields.items()}).text == text
    assert changed(text, {**fields, "title": "Bar"}).text == text.replace("Cafe\u0301", "Bar")


def test_a_byte_order_mark_and_mixed_line_ends_stay() -> None:
    odd = "\ufeff---\r\nid: a\r\nkind: policy\ntitle: A\r\n---\nB\r\n\r\nC"
    assert changed(odd, shown(odd).fields).text == odd
    assert changed(odd, {"title": "D"}).text == odd.replace("title: A", "title: D")


def test_the_same_step_is_known_by_its_words_and_else_by_its_place() -> None:
    assert matched(["a", "b"], ["b", "a"]) == [1, 0]
    assert matched(["Bel de garage.", "Bied koffie aan."], ["Bied eerst koffie aan."]) == [1]
    assert matched(["Bel de garage."], ["Iets heel anders gaan doen"]) == [0]
    assert matched([], ["a"]) == [None]


@given(
    title=st.text(max_size=40),
    source=st.text(max_size=40),
    body=st.text(max_size=80),
    lines=st.lists(st.text(max_size=30), max_size=4),
    entry=st.sampled_from(sorted(TEXTS)),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_stands_in_its_own_field_alone(
    title: str, source: str, body: str, lines: list[str], entry: str
) -> None:
    text = TEXTS[entry]
    before, fields = read(text), fields_of(text)
    typed = {"title": title, "source": source, "body": body, "questions": "\n".join(lines)}
    typed = {name: value for name, value in typed.items() if value.strip() and name in fields}
    entry_after, findings = read_entry(changed(text, typed).text)
    if entry_after is None:  # the format itself refuses signs that nobody can see
        assert {each.code for each in findings} <= {"unreadable", "wrong_type", "missing"}, findings
        return
    assert differing(before, entry_after) <= typed.keys()
    for name in typed.keys() & {"title", "source"}:
        assert getattr(entry_after, name) == composed(typed[name]).replace("\r\n", "\n").replace("\r", "\n").strip()
    if "questions" in typed:
        assert list(entry_after.questions) == [each for each in lines_of(composed(typed["questions"])) if each]
