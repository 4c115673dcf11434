"""`heleklant mandate …`: decide, look up what a role may, check all mandates and compare two states of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import typer

from copilot.commands.batch import Keys, read_line
from copilot.commands.common import (
    AS_JSON,
    KNOWLEDGE,
    ON,
    facts_of,
    findings_json,
    language_given,
    print_json,
    print_line,
    progress_bar,
    read_lines,
    show_findings,
    written_to,
)
from copilot.commands.compare import compare
from copilot.domain import Decision, FactType, Granted, KnowledgeEntry, Mandate, Organisation, Status
from copilot.errors import CopilotError, Finding, UsageError
from copilot.messages import help
from copilot.messages import mandate_commands as texts
from copilot.settings import Settings
from copilot.spelling import nearest

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=help.MANDATE_APP.nl)

KEYS: Final[Keys] = {
    "entry": str,
    "role": object,
    "facts": dict,
    "on": str,
    "granted": object,
    "language": str,
    "id": object,
}
ROLES = typer.Option([], "--role", help=help.MANDATE_ROLES.nl)
LANGUAGE = typer.Option(None, "--language", help=help.ASK_LANGUAGE.nl, metavar="nl|en")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The knowledge as a command found it: also what does not count now, and what cannot be read."""

    organisation: Organisation
    entries: Mapping[str, KnowledgeEntry]
    findings: tuple[Finding, ...]

    def mandate(self, entry_id: str) -> Mandate:
        """Raises UsageError for an entry that is not there, is no mandate, or has errors."""
        for finding in self.findings:
            if finding.severity == "error" and finding.entry == entry_id:
                raise _broken(texts.BROKEN_MANDATE, finding, entry=entry_id)
            if finding.severity == "error" and finding.code in ("role_cycle", "unknown_role"):
                raise _broken(texts.BROKEN_ROLES, finding)
        entry = self.entries.get(entry_id)
        if isinstance(entry, Mandate):
            return entry
        if entry is not None:
            raise UsageError(texts.NOT_A_MANDATE, entry=entry_id, kind=entry.kind.value)
        near = nearest(entry_id, [each.id for each in self.entries.values() if isinstance(each, Mandate)])
        raise UsageError(texts.NO_MANDATE_NEAR if near else texts.NO_MANDATE, entry=entry_id[:120], near=near)


@app.command("decide", help=help.MANDATE_DECIDE.nl)
def decide(
    entry: str = typer.Argument(None, help=help.MANDATE_ENTRY.nl),
    role: list[str] = ROLES,
    fact: list[str] = typer.Option([], "--fact", help=help.ASK_FACT.nl, metavar="NAAM=WAARDE"),
    on: str = ON,
    granted: str = typer.Option(None, "--granted", help=help.MANDATE_GRANTED.nl),
    language: str = LANGUAGE,
    knowledge: Path = KNOWLEDGE,
    batch: Path = typer.Option(None, "--batch", help=help.MANDATE_BATCH.nl),
    out: Path = typer.Option(None, "--out", help=help.ASK_OUT.nl),
    as_json: bool = AS_JSON,
) -> None:
    if batch is None and entry is None:
        raise UsageError(texts.NOTHING_TO_DECIDE)
    if batch is not None and entry is not None:
        raise UsageError(texts.DECIDE_TWICE)
    settings = Settings.from_env()
    given = {
        "entry": entry,
        "role": role,
        "facts": facts_of(fact),
        "on": on,
        "granted": granted,
        "language": language_given(language),
    }
    lines = read_lines(batch) if batch is not None else []
    shelf = _shelf(settings, knowledge)
    if batch is not None:
        _decide_all(shelf, lines, given, out, settings.language)
        return
    decision = _decide(shelf, given)
    if as_json:
        print_json(_decision_row(decision))
    else:
        _show(decision, shelf, given["language"] or shelf.organisation.language)


@app.command("check", help=help.MANDATE_CHECK.nl)
def check(on: str = ON, knowledge: Path = KNOWLEDGE, as_json: bool = AS_JSON) -> None:
    from copilot import app as assembly
    from copilot import mandate_check

    settings = Settings.from_env()
    organisation, entries, found = assembly.library(settings, knowledge)
    checked = mandate_check.check(entries, organisation, assembly.day(on))
    findings = [*found, *(replace(finding, file=finding.file or finding.entry) for finding in checked)]
    errors = sum(finding.severity == "error" for finding in findings)
    count = sum(isinstance(entry, Mandate) for entry in entries)
    if as_json:
        rows = findings_json(findings, settings.language)
        print_json({"mandates": count, "ok": not errors, "findings": rows})
    else:
        show_findings(findings, settings.language)
        summary = texts.CHECKED if findings else texts.CHECKED_CLEAN
        print_line(summary(settings.language, count=count, errors=errors, warnings=len(findings) - errors))
    raise typer.Exit(1 if errors else 0)


@app.command("mine", help=help.MANDATE_MINE.nl)
def mine(
    role: list[str] = ROLES,
    search: str = typer.Option("", "--search", help=help.MANDATE_SEARCH.nl),
    on: str = ON,
    language: str = LANGUAGE,
    knowledge: Path = KNOWLEDGE,
    as_json: bool = AS_JSON,
) -> None:
    from dataclasses import asdict

    from copilot import app as assembly
    from copilot import mandate_sheet
    from copilot.asking import lowest_role

    settings = Settings.from_env()
    organisation, entries, findings = assembly.library(settings, knowledge)
    show_findings([finding for finding in findings if finding.severity == "error"], settings.language)
    roles = role or [lowest_role(organisation)]
    sheet = mandate_sheet.mine(
        entries,
        organisation,
        roles,
        assembly.day(on),
        search=search,
        language=language_given(language) or organisation.language,
    )
    if as_json:
        subjects = json.loads(json.dumps([asdict(subject) for subject in sheet.subjects], default=str))
        print_json({"roles": list(roles), "on": sheet.on.isoformat(), "title": sheet.title, "subjects": subjects})
        return
    for line in mandate_sheet.lines(sheet):
        print_line(line)


app.command("compare", help=help.MANDATE_COMPARE.nl)(compare)


# ---------------------------------------------------------------------------------------------- deciding


def _shelf(settings: Settings, knowledge: Path | None) -> Shelf:
    from copilot import app as assembly

    organisation, entries, findings = assembly.library(settings, knowledge, statuses=tuple(Status))
    ranked = sorted(entries, key=lambda entry: entry.status is Status.PUBLISHED)
    return Shelf(organisation, {entry.id: entry for entry in ranked}, findings)


def _decide(shelf: Shelf, given: Mapping[str, Any]) -> Decision:
    from copilot import app as assembly
    from copilot import mandate
    from copilot.asking import lowest_role
    from copilot.factvalues import parse_value

    entry = shelf.mandate(given["entry"])
    known = {}
    for name, value in (given.get("facts") or {}).items():
        fact = entry.fact(name)
        # an unknown name goes along as it is: the engine says which ones there are
        known[name] = parse_value(fact, _as_text(name, value)) if fact else _as_text(name, value)
    day = assembly.day(given.get("on"))
    roles = given.get("role") or [lowest_role(shelf.organisation)]
    return mandate.decide(
        entry,
        shelf.organisation,
        [roles] if isinstance(roles, str) else [str(role) for role in roles],
        day,
        known,
        granted=_granted(given.get("granted"), day),
        language=language_given(given.get("language")) or shelf.organisation.language,
    )


def _as_text(name: str, value: object) -> str:
    from copilot import app as assembly

    if not isinstance(value, str | int | float):
        raise UsageError(texts.LINE_FACT, fact=name)
    return assembly.written(value)


def _granted(given: object, day: date) -> tuple[Granted, ...]:
    from copilot.conditions import BadCondition, read_number

    if given is None:
        return ()
    try:
        amount = read_number(_as_text("granted", given), FactType.MONEY)
    except BadCondition:
        raise UsageError(texts.NOT_AN_AMOUNT, value=given) from None
    return (Granted(amount, day),) if amount > Decimal(0) else ()


def _decide_all(
    shelf: Shelf, lines: Sequence[str], otherwise: Mapping[str, Any], out: Path | None, language: str
) -> None:
    """A line out for every line in, in the same order; a bad line says what is wrong with it."""
    numbered = [(place, line) for place, line in enumerate(lines, 1) if line.strip()]
    with written_to(out) as output, progress_bar(texts.DECIDING(language)) as progress:
        for done, (place, line) in enumerate(numbered, 1):
            answer: dict[str, Any] = {}
            try:
                given = read_line(line, place, KEYS)
                answer = {"id": given["id"]} if "id" in given else {}
                if not given.get("entry"):
                    raise UsageError(texts.LINE_NO_ENTRY, line=place)
                answer |= _decision_row(_decide(shelf, {**otherwise, **given}))
            except CopilotError as fault:
                answer |= {"error": fault.text(language), "line": place}
            output.write(json.dumps(answer, ensure_ascii=False) + "\n")
            progress(done, len(numbered))


def _decision_row(decision: Decision) -> dict[str, Any]:
    from copilot.answer_json import asking_json, decision_json

    return {"decision": decision_json(decision), "asks": asking_json(decision.asking)}


def _show(decision: Decision, shelf: Shelf, language: str) -> None:
    from copilot.compose import option_lines, options_heading, role_title
    from copilot.domain import Outcome
    from copilot.messages import answer

    if decision.asking:
        print_line(f"{answer.VERDICT_NEEDS_FACT(language)}\n{decision.asking.question}")
        for choice in decision.asking.choices:
            print_line(f"- {choice.label}")
        return
    verdicts = {
        Outcome.ALLOWED: answer.VERDICT_ALLOWED(language),
        Outcome.APPROVAL: answer.VERDICT_APPROVAL(language, approver=role_title(decision.approver, shelf.organisation)),
        Outcome.DENIED: answer.VERDICT_DENIED(language),
    }
    print_line(f"{verdicts[decision.outcome or Outcome.DENIED]}\n{decision.because}")
    if lines := option_lines(decision, language):
        print_line(f"{options_heading(decision, shelf.organisation, language)}:")
        for line in lines:
            print_line(f"- {line}")


def _broken(message: Any, finding: Finding, **values: object) -> UsageError:
    """The finding as the error that it is for whoever wanted a decision, still in both languages."""
    what = finding.message.about(**finding.values)
    return UsageError(message, where=finding.where(), what=what, **values)
