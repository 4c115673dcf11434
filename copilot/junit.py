"""`junit.xml`: the results as continuous integration shows them, a test for each case and for each locked file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from copilot.evaluate import CaseResult
from copilot.gates import Failed
from copilot.messages import evaluation as texts
from copilot.results import Measured

_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(measured: Measured, failed: tuple[Failed, ...] = (), language: str = "nl") -> str:
    """The XML. A wrong answer is a failure, a case that could not be asked or read an error."""
    suites = Element("testsuites", name="heleklant evaluate")
    by_file: dict[str, list[CaseResult]] = defaultdict(list)
    for result in measured.open_results:
        by_file[result.case.file or "cases"].append(result)
    for file, results in by_file.items():
        suite = _suite(suites, file)
        for result in results:
            _case(suite, result, language)
    _locked(suites, measured, language)
    _gates(suites, failed, language)
    _findings(suites, measured, language)
    for suite in (*suites, suites):
        _count(suite)
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _suite(suites: Element, name: str) -> Element:
    return SubElement(suites, "testsuite", name=_clean(name))


def _case(suite: Element, result: CaseResult, language: str) -> None:
    seconds = sum(attempt.wall_ms for attempt in result.attempts) / 1000
    test = _test(suite, result.case.id, result.case.file, seconds)
    told = result.told
    if told.fault:
        SubElement(test, "error", message=_clean(told.fault.text(language)))
    elif not told.right:
        wrong = [mark for mark in told.marks if mark.passed is False]
        failure = SubElement(test, "failure", message=_clean(wrong[0].text(language)), type=wrong[0].scorer)
        failure.text = _clean("\n".join(f"{mark.scorer}: {mark.text(language)}" for mark in wrong))
        if told.suggestion:
            SubElement(test, "system-out").text = _clean(told.suggestion.text)


def _locked(suites: Element, measured: Measured, language: str) -> None:
    for name, counted in measured.tallies.items():
        if name:
            line = texts.LINE_LOCKED(language, file=name, right=counted.right.right, of=counted.right.of)
            SubElement(_test(_suite(suites, name), "totals", name), "system-out").text = _clean(line)


def _gates(suites: Element, failed: tuple[Failed, ...], language: str) -> None:
    suite = _suite(suites, "gates")
    if not failed:
        _test(suite, "all gates", "gates")
    for place, each in enumerate(failed, 1):
        SubElement(_test(suite, f"gate {place}", "gates"), "failure", message=_clean(each.text(language)))


def _findings(suites: Element, measured: Measured, language: str) -> None:
    if measured.findings:
        suite = _suite(suites, "unread")
        for each in measured.findings:
            test = _test(suite, each.where() or each.code, "unread")
            SubElement(test, "error", message=_clean(each.text(language)))


def _test(suite: Element, name: str, group: str, seconds: float = 0.0) -> Element:
    return SubElement(suite, "testcase", name=_clean(name), classname=_clean(group), time=f"{seconds:.3f}")


def _count(suite: Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        suite.set(name, str(sum(1 for _ in suite.iter(tag))))


def _clean(text: str) -> str:
    """Without what XML cannot hold, such as control characters in a pasted question."""
    return _NOT_XML.sub("�", text)
