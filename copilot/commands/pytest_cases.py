"""A plug-in for pytest: a team's own repository holds cases and knowledge, and `pytest` tells what is answered wrong.

Does nothing until a project says where its cases are, in its own settings of pytest:

    [tool.pytest.ini_options]
    heleklant_cases = ["cases/*.yaml"]
    heleklant_knowledge = "knowledge/mijn-winkel"   # leave out = what is in the database

Each case is a test. A file whose name ends in -locked is one test, which passes from `heleklant_locked` on (a
share, 1 unless given) and never names a case.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from copilot.answered import Shelf
    from copilot.app import Application
    from copilot.domain import Case
    from copilot.errors import Finding
    from copilot.evaluate import CaseResult

CASES = "heleklant_cases"
KNOWLEDGE = "heleklant_knowledge"
LOCKED = "heleklant_locked"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(CASES, "Patterns of files with cases for Hele Klant, from the root folder.", type="linelist")
    parser.addini(KNOWLEDGE, "The knowledge pack to ask; left out: what is in the database.", default="")
    parser.addini(LOCKED, "The share of a -locked file that must be right.", default="1")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    patterns = parent.config.getini(CASES)
    if not patterns or not _is_meant(file_path, parent.config.rootpath, patterns):
        return None
    found: CaseFile = CaseFile.from_parent(parent, path=file_path)
    return found


def _is_meant(path: Path, root: Path, patterns: Iterable[str]) -> bool:
    return path.is_relative_to(root) and any(path.relative_to(root).match(pattern) for pattern in patterns)


class Desk:
    """The application, opened at the first question and closed with the session."""

    def __init__(self, knowledge: Path | None) -> None:
        self._knowledge = knowledge
        self._opened: tuple[Application, Shelf] | None = None

    @property
    def opened(self) -> tuple[Application, Shelf]:
        if self._opened is None:
            from copilot.answered import Shelf
            from copilot.app import open_application
            from copilot.settings import Settings

            application = open_application(Settings.from_env(), knowledge=self._knowledge)
            entries = {entry.id: entry for entry in application.store.entries()}
            self._opened = application, Shelf(application.store.organisation(), entries)
        return self._opened

    def ask(self, cases: list[Case]) -> tuple[CaseResult, ...]:
        from copilot.evaluate import evaluate

        application, shelf = self.opened
        today = datetime.now().astimezone().date()
        found = evaluate(cases, application.assistant.suggest, shelf, today=today)
        # In a thread of its own: another plug-in (such as Playwright's) may have a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, found).result()

    def close(self) -> None:
        if self._opened:
            self._opened[0].close()


_DESK = pytest.StashKey[Desk]()


def _desk(config: pytest.Config) -> Desk:
    if _DESK not in config.stash:
        folder = config.getini(KNOWLEDGE)
        config.stash[_DESK] = Desk(config.rootpath / folder if folder else None)
    return config.stash[_DESK]


def pytest_unconfigure(config: pytest.Config) -> None:
    if _DESK in config.stash:
        config.stash[_DESK].close()


class CaseFile(pytest.File):
    """A file with cases."""

    def collect(self) -> Iterator[pytest.Item]:
        from copilot import casefile
        from copilot.results import locked_file

        cases, findings = casefile.read_cases(self.path)
        for place, finding in enumerate(findings, 1):
            yield BrokenCase.from_parent(self, name=f"unread-{place}", finding=finding)
        if cases and locked_file(cases[0]):
            yield LockedCases.from_parent(self, name="totals", cases=cases)
            return
        for case in cases:
            yield CaseItem.from_parent(self, name=case.id, case=case)


class Wrong(Exception):
    """What is told of a test that failed; no stack trace helps anybody here."""


class _Item(pytest.Item):
    """Shows the reason alone when it fails."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from copilot.errors import CopilotError

        if isinstance(excinfo.value, Wrong | CopilotError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class CaseItem(_Item):
    """One case."""

    def __init__(self, *, case: Case, **given: Any) -> None:
        super().__init__(**given)
        self.case = case
        for tag in case.tags:
            self.user_properties.append(("tag", tag))

    def runtest(self) -> None:
        from copilot import casefile

        desk = _desk(self.config)
        _, shelf = desk.opened
        findings = casefile.check([self.case], shelf.organisation, shelf.entries.keys())
        if findings:
            raise Wrong("\n".join(f"{each.where()}: {each.text('nl')}" for each in findings))
        told = desk.ask([self.case])[0].told
        if told.fault:
            raise told.fault
        wrong = [f"{mark.scorer}: {mark.text('nl')}" for mark in told.marks if mark.passed is False]
        if wrong and told.suggestion:
            raise Wrong("\n".join([f"“{self.case.ask}”", *wrong, "", told.suggestion.text]))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, max(0, self.case.line - 1), self.case.id


class LockedCases(_Item):
    """All cases of a locked file together."""

    def __init__(self, *, cases: list[Case], **given: Any) -> None:
        super().__init__(**given)
        self.cases = cases

    def runtest(self) -> None:
        results = _desk(self.config).ask(self.cases)
        right = sum(result.right for result in results)
        least = float(self.config.getini(LOCKED))
        if right < least * len(results):
            raise Wrong(f"{self.path.name}: {right} / {len(results)} < {least}")

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.path.name


class BrokenCase(_Item):
    """A case that cannot be read."""

    def __init__(self, *, finding: Finding, **given: Any) -> None:
        super().__init__(**given)
        self.finding = finding

    def runtest(self) -> None:
        raise Wrong(f"{self.finding.where()}: {self.finding.text('nl')}")

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, (self.finding.line or 1) - 1, self.name
