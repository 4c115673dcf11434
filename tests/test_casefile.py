"""Cases are read from YAML and JSONL; a typo in one is named and the others still count."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot import casefile
from copilot.domain import AnswerStatus, Case, Department, Expectation, Organisation, Role
from copilot.errors import Finding

HERE = Path(__file__).parent
OWN_CASES = (HERE.parent / "knowledge" / "hele-klant" / "cases", HERE / "packs" / "duinrand" / "cases")

WHOLE = """\
- id: bon-kwijt-40-euro
  ask: Mevrouw is haar bonnetje kwijt, broek van 40 euro
  role: medewerker
  on: 2026-11-22
  department: servicebalie
  language: nl
  facts: {bedrag: 40, ongebruikt: yes}
  then: ["en als het 120 euro is?"]
  tags: [retour]
  expect:
    status: answered
    sources: [retour-zonder-bon]
    outcome: approval
    approver: teamleider
    says: ["€ 40,00"]
    never_says: afdeling
    sources_not: [retour-tuinmeubel]
"""
SHORT = "- id: {id}\n  ask: Mag dit?\n  role: medewerker\n  expect: {{outcome: allowed}}\n"


def read(tmp_path: Path, text: str | bytes, name: str = "vragen.yaml") -> tuple[list[Case], list[Finding]]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return casefile.read_cases(path)


def test_a_case_is_read_as_the_contract_says(tmp_path: Path) -> None:
    cases, findings = read(tmp_path, WHOLE)
    assert findings == []
    assert cases == [
        Case(
            id="bon-kwijt-40-euro",
            ask="Mevrouw is haar bonnetje kwijt, broek van 40 euro",
            role="medewerker",
            on=date(2026, 11, 22),
            department="servicebalie",
            language="nl",
            facts={"bedrag": "40", "ongebruikt": "yes"},
            then=("en als het 120 euro is?",),
            tags=("retour",),
            expect=Expectation(
                status=AnswerStatus.ANSWERED,
                sources=("retour-zonder-bon",),
                outcome="approval",
                approver="teamleider",
                says=("€ 40,00",),
                never_says=("afdeling",),
                sources_not=("retour-tuinmeubel",),
            ),
            file=str(tmp_path / "vragen.yaml"),
            line=1,
        )
    ]


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    line = {
        "id": "a",
        "ask": "Mag dit? 😀",
        "role": "medewerker",
        "facts": {"nieuw": True, "aantal": 3},
        "expect": {"status": "needs_fact", "asks": "bedrag", "sources": []},
    }
    cases, findings = read(tmp_path, "\n" + json.dumps(line) + "\r\n\n", "vragen.jsonl")
    assert findings == []
    assert cases[0].ask == "Mag dit? 😀"
    assert cases[0].facts == {"nieuw": "yes", "aantal": "3"}
    assert cases[0].expect == Expectation(status=AnswerStatus.NEEDS_FACT, asks="bedrag", sources=())
    assert cases[0].line == 2


def test_no_mandate_at_all_may_be_expected_and_silence_is_not_judged(tmp_path: Path) -> None:
    cases, _ = read(tmp_path, SHORT.format(id="a").replace("allowed", "none"))
    assert cases[0].expect.outcome == "none"
    assert cases[0].expect.sources is None


def test_one_case_alone_and_a_folder_of_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "diep").mkdir()
    (tmp_path / "a.yaml").write_text(SHORT.format(id="a"))
    (tmp_path / "b.yml").write_text("id: b\nask: Mag dit?\nrole: chef\nexpect: {outcome: none}\n")
    (tmp_path / "diep" / "c.jsonl").write_text('{"id":"c","ask":"x","role":"y","expect":{"outcome":"none"}}')
    (tmp_path / "_d.yaml").write_text("- kapot")
    (tmp_path / "README.md").write_text("uitleg")
    cases, findings = casefile.read_cases(tmp_path)
    assert findings == []
    assert [case.id for case in cases] == ["a", "b", "c"]


@pytest.mark.parametrize("folder", OWN_CASES, ids=["hele-klant", "duinrand"])
def test_our_own_cases_are_sound(folder: Path) -> None:
    if folder.exists():
        cases, findings = casefile.read_cases(folder)
        assert [(finding.where(), finding.text("nl")) for finding in findings] == []
        assert cases


# ------------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("change", "code", "line", "field", "nl", "en"),
    [
        (("  role:", "  rol:"), "unknown_key", 3, "rol", 'Bedoel je "role"?', 'Did you mean "role"?'),
        (("    says:", "    say:"), "unknown_key", 15, "expect.say", '"says"?', '"says"?'),
        (("  role: medewerker\n", ""), "missing", 1, "role", '"role" ontbreekt', '"role" is missing'),
        (("2026-11-22", "2026-11-31"), "bad_date", 4, "on", "kalender", "calendar"),
        (("status: answered", "status: anwsered"), "bad_value", 11, "expect.status", '"answered"?', '"answered"?'),
        (
            ("outcome: approval", "outcome: misschien"),
            "bad_value",
            13,
            "expect.outcome",
            "denied, none",
            "denied, none",
        ),
        (("outcome: approval", "outcome: allowed"), "contradiction", 14, "expect.approver", "approval", "approval"),
        (("says: [", "asks: bedrag\n    says: ["), "contradiction", 15, "expect.asks", "needs_fact", "needs_fact"),
        (("language: nl", "language: fr"), "bad_value", 6, "language", "nl, en", "nl, en"),
        (("  tags: [retour]", "  tags: {a: b}"), "wrong_type", 9, "tags", "horen teksten", "takes texts"),
        (("  tags: [retour]", "  id: x"), "duplicate_key", 9, "id", "regel 1", "line 1"),
        (("facts: {bedrag: 40, ", "facts: {bedrag: [4], "), "wrong_type", 7, "facts.bedrag", "één tekst", "one text"),
        (("  tags: [retour]", "  tags: [retour"), "unreadable", 9, "", "haakje", "bracket"),
    ],
)
def test_a_fault_is_named_and_the_other_cases_still_count(
    tmp_path: Path, change: tuple[str, str], code: str, line: int, field: str, nl: str, en: str
) -> None:
    broken = WHOLE.replace(*change)
    assert broken != WHOLE
    cases, findings = read(tmp_path, broken + SHORT.format(id="goed"))
    assert [case.id for case in cases] == ["goed"]
    assert [(finding.code, finding.line) for finding in findings] == [(code, line)]
    assert findings[0].field == field
    assert findings[0].file.endswith("vragen.yaml")
    assert nl in findings[0].text("nl")
    assert en in findings[0].text("en")


def test_a_case_that_expects_nothing_is_refused(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "- {id: a, ask: b, role: c, expect: {}}")
    assert [finding.code for finding in findings] == ["missing"]
    _, findings = read(tmp_path, "- {id: a, ask: b, role: c}")
    assert findings[0].field == "expect"


def test_a_broken_json_line_is_named_among_good_ones(tmp_path: Path) -> None:
    good = '{"id":"%s","ask":"x","role":"y","expect":{"outcome":"none"}}'
    cases, findings = read(tmp_path, f'{good % "a"}\n{{"id": "b",\n[1]\n{good % "c"}\n', "v.jsonl")
    assert [case.id for case in cases] == ["a", "c"]
    assert [(finding.code, finding.line) for finding in findings] == [("unreadable", 2), ("wrong_type", 3)]
    assert "per regel" in findings[0].text("nl")


def test_a_json_key_that_stands_there_twice_is_not_overlooked(tmp_path: Path) -> None:
    _, findings = read(tmp_path, '{"id":"a","id":"b","ask":"x","role":"y","expect":{"outcome":"none"}}', "v.jsonl")
    assert [finding.code for finding in findings] == ["duplicate_key"]


def test_a_duplicate_id_names_both_places_also_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SHORT.format(id="zelfde"))
    (tmp_path / "b.yaml").write_text(SHORT.format(id="ander") + SHORT.format(id="zelfde"))
    cases, findings = casefile.read_cases(tmp_path)
    assert [case.id for case in cases] == ["zelfde", "ander"]
    assert [(finding.code, Path(finding.file).name, finding.line) for finding in findings] == [
        ("duplicate_id", "b.yaml", 5)
    ]
    assert "a.yaml:1" in findings[0].text("nl")


@pytest.mark.parametrize(
    ("text", "code", "nl"),
    [
        ("", "no_cases", "- id: …"),
        ("# alleen een opmerking\n", "no_cases", "- id: …"),
        ("gewone tekst", "wrong_type", "id, ask, role en expect"),
        ("- a\n", "wrong_type", "id, ask, role en expect"),
        (b"\xff\xfe", "unreadable", "UTF-8"),
        ("a: 'b", "unreadable", "aanhalingsteken"),
        ("a: 'b\n- {id: a, ask: b, role: c, expect: {outcome: none}", "unreadable", "haakje"),
        ("- a: \x00", "unreadable", "U+0000"),
    ],
)
def test_a_file_without_cases_says_what_to_write(tmp_path: Path, text: str | bytes, code: str, nl: str) -> None:
    cases, findings = read(tmp_path, text)
    assert cases == []
    assert [finding.code for finding in findings] == [code]
    assert nl in findings[0].text("nl")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    _, findings = casefile.read_cases(tmp_path / "nergens.yaml")
    assert [finding.code for finding in findings] == ["no_file"]


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "groot.yaml"
    with path.open("wb") as file:
        file.truncate(casefile.LARGEST * 1_000_000 + 1)
    assert [finding.code for finding in casefile.read_cases(path)[1]] == ["too_large"]


def test_roles_departments_and_entries_that_do_not_exist_are_named(tmp_path: Path) -> None:
    organisation = Organisation(
        id="a", name="A", roles=(Role("medewerker", "M"), Role("chef", "C")), departments=(Department("balie", "B"),)
    )
    cases, _ = read(tmp_path, WHOLE)
    findings = casefile.check(cases, organisation, {"retour-zonder-bonnetje"})
    assert [(finding.code, finding.field, finding.line) for finding in findings] == [
        ("unknown_role", "expect.approver", 1),
        ("unknown_department", "department", 1),
        ("dead_reference", "expect.sources", 1),
        ("dead_reference", "expect.sources_not", 1),
    ]
    assert 'Bedoel je "retour-zonder-bonnetje"?' in findings[2].text("nl")
    assert casefile.check(cases, organisation, set())[2].text("en")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, len(WHOLE)),
    st.text(max_size=4) | st.sampled_from(["- ", "[", "\n- ", '"', "{a: "]),
    st.sampled_from(["v.yaml", "v.jsonl", "v.json"]),
)
def test_no_case_file_gives_anything_but_cases_and_findings(
    tmp_path: Path, first: int, second: int, piece: str, name: str
) -> None:
    low, high = sorted((first, second))
    cases, findings = read(tmp_path, (WHOLE[:low] + piece + WHOLE[high:]).encode("utf-8", "replace"), name)
    assert cases or findings
    for finding in findings:
        assert finding.text("nl") != finding.text("en")
