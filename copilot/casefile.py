"""Cases: what good answers are, from YAML or JSONL (knowledge-format, "Cases")."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from copilot.domain import LANGUAGES, AnswerStatus, Case, Expectation, Organisation, Outcome
from copilot.errors import Finding
from copilot.fields import Report, Section, keys
from copilot.messages import Text
from copilot.messages import format as texts
from copilot.spelling import listed, nearest
from copilot.yamltext import BadText, Items, Pairs, Tree, decoded, plain, read, read_json

SUFFIXES: Final = frozenset({".yaml", ".yml", ".jsonl", ".json"})
LARGEST: Final = 20
"""Megabytes of one file."""
NO_MANDATE: Final = "none"
"""`outcome: none`: no mandate may bear on the question."""
OUTCOMES: Final = (*(each.value for each in Outcome), NO_MANDATE)

_CASE: Final = keys("id ask role on department language facts then expect tags")
_EXPECT: Final = keys("status sources sources_not outcome approver asks says never_says")
_ITEM: Final = re.compile(r"^-(?=\s|$)", re.MULTILINE)


def read_cases(path: Path) -> tuple[list[Case], list[Finding]]:
    """The cases of a file, or of all case files in a folder; what cannot be read is named and the rest goes on."""
    cases: dict[str, Case] = {}
    findings: list[Finding] = []
    if not path.exists():
        findings.append(Finding(texts.NO_CASE_FILE, {"path": path}, file=str(path), code="no_file"))
    for file in _files(path):
        read_ones, faults = _read_file(file)
        findings += faults
        for case in read_ones:
            earlier = cases.setdefault(case.id, case)
            if earlier is not case:
                findings.append(_duplicate(case, earlier))
    return list(cases.values()), findings


def check(cases: Collection[Case], organisation: Organisation, entry_ids: Collection[str]) -> list[Finding]:
    """Roles, departments and entries that the cases name and that are not there."""
    roles = [role.id for role in organisation.roles]
    departments = [department.id for department in organisation.departments]
    unknown_role = (texts.UNKNOWN_ROLE_NEAR, texts.UNKNOWN_ROLE)
    unknown_department = (texts.UNKNOWN_DEPARTMENT_NEAR, texts.UNKNOWN_DEPARTMENT)
    findings: list[Finding] = []
    for case in cases:
        expect = case.expect
        findings += _unknown(case, "role", [case.role], roles, unknown_role, "role")
        findings += _unknown(case, "expect.approver", [expect.approver], roles, unknown_role, "role")
        findings += _unknown(case, "department", [case.department], departments, unknown_department, "department")
        named = ("expect.sources", expect.sources or ()), ("expect.sources_not", expect.sources_not)
        for field, ids in named:
            findings += _unknown(case, field, ids, entry_ids, (texts.DEAD_REFERENCE_NEAR, texts.DEAD_REFERENCE), "id")
    return findings


# ---------------------------------------------------------------------------------------------- files


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    found = (
        Path(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if not name.startswith((".", "_")) and Path(name).suffix.lower() in SUFFIXES
    )
    return sorted(file for file in found if file.is_file())


def _read_file(path: Path) -> tuple[list[Case], list[Finding]]:
    report = Report(str(path))
    try:
        if path.stat().st_size > LARGEST * 1_000_000:
            report.error(texts.FILE_TOO_LARGE, None, "", "too_large", most=LARGEST)
            return [], report.findings
        text = plain(decoded(path.read_bytes()))
    except OSError as fault:
        report.error(texts.FILE_UNREADABLE, None, "", "unreadable", fault=fault.strerror or type(fault).__name__)
        return [], report.findings
    except BadText as fault:
        report.unreadable(fault)
        return [], report.findings
    by_line = path.suffix.lower() == ".jsonl"
    trees = list(_json_trees(text, report) if by_line else _yaml_trees(text, report))
    if not trees and not report.findings:
        report.error(texts.NO_CASES, 1, "", "no_cases")
    cases = [case for tree in trees if (case := _case(tree, report))]
    return cases, report.findings


def _json_trees(text: str, report: Report) -> Iterator[Tree]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield read_json(line, number)
            except BadText as fault:
                report.unreadable(fault)


def _yaml_trees(text: str, report: Report) -> Iterator[Tree]:
    try:
        yield from _items(read(text))
    except BadText as fault:
        # one broken case must not hide the good ones around it
        before = len(report.findings)
        yield from _readable_parts(text, report)
        if len(report.findings) == before:
            report.unreadable(fault)


def _readable_parts(text: str, report: Report) -> Iterator[Tree]:
    """Each item of a list at the margin, read by itself."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        try:
            yield from _items(read(text[start:end], first_line=text.count("\n", 0, start) + 1))
        except BadText as fault:
            report.unreadable(fault)


def _items(tree: Tree | None) -> tuple[Tree, ...]:
    if isinstance(tree, Items):
        return tree.items
    return () if tree is None else (tree,)


# ---------------------------------------------------------------------------------------------- a case


def _case(tree: Tree, report: Report) -> Case | None:
    if not isinstance(tree, Pairs):
        report.error(texts.CASE_NOT_KEYS, tree.line, "", "wrong_type")
        return None
    faults = len(report.findings)
    section = Section(tree, _CASE, report)
    section.require("id", "ask", "role", "expect")
    expect = section.section("expect", _EXPECT)
    case = Case(
        id=section.text("id") or "",
        ask=section.text("ask") or "",
        role=section.text("role") or "",
        expect=_expectation(expect) if expect else Expectation(),
        on=section.day("on"),
        department=section.text("department"),
        language=section.one_of("language", {each: each for each in LANGUAGES}),
        facts=_facts(section),
        then=section.texts("then"),
        tags=section.texts("tags"),
        file=report.file,
        line=section.line,
    )
    return case if len(report.findings) == faults else None


def _facts(section: Section) -> dict[str, str]:
    row = section.section("facts", None)
    return {name: text for name in row if (text := row.text(name))} if row else {}


def _expectation(row: Section) -> Expectation:
    if not any(name in row for name in _EXPECT):
        row.report.error(texts.CASE_EXPECTS_NOTHING, row.line, row.path, "missing")
    status = row.one_of("status", {each.value: each.value for each in AnswerStatus})
    expectation = Expectation(
        status=AnswerStatus(status) if status else None,
        sources=row.texts("sources") if "sources" in row else None,
        sources_not=row.texts("sources_not"),
        outcome=row.one_of("outcome", {each: each for each in OUTCOMES}),
        approver=row.text("approver"),
        asks=row.text("asks"),
        says=row.texts("says"),
        never_says=row.texts("never_says"),
    )
    _refuse_contradictions(row, expectation)
    return expectation


def _refuse_contradictions(row: Section, expect: Expectation) -> None:
    if expect.approver and expect.outcome not in (None, Outcome.APPROVAL.value):
        row.refuse("approver", texts.CASE_APPROVER, "contradiction")
    if expect.asks and expect.status not in (None, AnswerStatus.NEEDS_FACT):
        row.refuse("asks", texts.CASE_ASKS, "contradiction")


# -------------------------------------------------------------------------------------------- findings


def _duplicate(case: Case, earlier: Case) -> Finding:
    values: dict[str, object] = {"id": case.id, "other": f"{earlier.file}:{earlier.line}"}
    return Finding(texts.DUPLICATE_ID, values, file=case.file, line=case.line, field="id", code="duplicate_id")


def _unknown(
    case: Case,
    field: str,
    names: Collection[str | None],
    known: Collection[str],
    pair: tuple[Text, Text],
    what: str,
) -> Iterator[Finding]:
    near_text, listing_text = pair
    for name in names:
        if name is None or name in known:
            continue
        near = nearest(name, known)
        values: dict[str, object] = {what: name, "near": near} if near else {what: name, "known": listed(known)}
        message = near_text if near else listing_text
        code = "dead_reference" if what == "id" else f"unknown_{what}"
        yield Finding(message, values, file=case.file, line=case.line, field=field, code=code)
