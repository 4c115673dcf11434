"""`heleklant evaluate`: score cases, compare with before, hold gates, and write the report."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import typer

from copilot.commands import judging
from copilot.commands.common import (
    AS_JSON,
    KNOWLEDGE,
    print_json,
    print_line,
    progress_bar,
    show_findings,
)
from copilot.errors import UsageError
from copilot.messages import evaluation as texts
from copilot.messages import help, program
from copilot.settings import Settings

if TYPE_CHECKING:
    from copilot.answered import Shelf
    from copilot.app import Application
    from copilot.baseline import Comparison
    from copilot.domain import Case
    from copilot.errors import Finding
    from copilot.evaluate import Ask, CaseResult
    from copilot.gates import Failed, Gate
    from copilot.results import Measured


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to measure, as the options say."""

    cases: tuple[Path, ...]
    knowledge: Path | None
    on: date
    role: str | None = None
    tag: str | None = None
    repeat: int = 1
    probes: int = 0
    seed: int = 0
    fast: bool = False
    url: str | None = None
    judge: bool = False
    before: Mapping[str, Any] | None = None


def evaluate(
    cases: list[Path] = typer.Argument(None, help=help.EVALUATE_CASES.nl),
    knowledge: Path = KNOWLEDGE,
    report: Path = typer.Option(None, "--report", help=help.EVALUATE_REPORT.nl),
    baseline: Path = typer.Option(None, "--baseline", help=help.EVALUATE_BASELINE.nl),
    allow_loss: str = typer.Option("0", "--allow-loss", help=help.EVALUATE_ALLOW_LOSS.nl),
    fail_under: list[str] = typer.Option([], "--fail-under", help=help.EVALUATE_FAIL_UNDER.nl, metavar="MAAT=WAARDE"),
    repeat: int = typer.Option(1, "--repeat", help=help.EVALUATE_REPEAT.nl),
    role: str = typer.Option(None, "--role", help=help.EVALUATE_ROLE.nl),
    tag: str = typer.Option(None, "--tag", help=help.EVALUATE_TAG.nl),
    on: str = typer.Option(None, "--on", help=help.EVALUATE_ON.nl, metavar="JJJJ-MM-DD"),
    model: str = typer.Option(None, "--model", help=help.EVALUATE_MODEL.nl),
    url: str = typer.Option(None, "--url", help=help.EVALUATE_URL.nl),
    probes: int = typer.Option(0, "--probes", help=help.EVALUATE_PROBES.nl),
    seed: int = typer.Option(0, "--seed", help=help.EVALUATE_SEED.nl),
    fast: bool = typer.Option(False, "--fast", help=help.EVALUATE_FAST.nl),
    export: list[str] = typer.Option([], "--export", help=help.EVALUATE_EXPORT.nl),
    judge: bool = typer.Option(False, "--judge", help=help.EVALUATE_JUDGE.nl),
    collect: Path = typer.Option(None, "--collect", help=help.EVALUATE_COLLECT.nl),
    as_json: bool = AS_JSON,
) -> None:
    from copilot import app, exports
    from copilot import baseline as earlier_run
    from copilot import gates as gate_room

    settings = Settings.from_env()
    settings = replace(settings, model=model) if model else settings
    if collect is not None:
        from copilot.commands.collected_cases import collect_cases

        print_line(collect_cases(settings, collect))
        return
    for each in export:
        exports.file_name(each)
    if url and probes:
        raise UsageError(texts.PROBES_NEED_WORLDS)
    _at_least(repeat, 1, "--repeat")
    _at_least(probes, 0, "--probes")
    gates = [gate_room.read_gate(each) for each in fail_under]
    before = _before(baseline)
    if judge:
        judging.model_named(settings)
    earlier_run.allowed_loss(allow_loss, 0)
    plan = Plan(
        cases=tuple(cases or ()) or _own_cases(knowledge, probes),
        knowledge=knowledge,
        on=app.day(on),
        role=role,
        tag=tag,
        repeat=repeat,
        probes=probes,
        seed=seed,
        fast=fast,
        url=url,
        judge=judge,
        before=before,
    )
    measured = asyncio.run(_measure(settings, plan))
    comparison = earlier_run.compare(measured, before) if before else None
    if comparison:
        others = earlier_run.mismatches(comparison, baseline)
        measured = replace(measured, findings=(*measured.findings, *others))
    failed = _failed(measured, gates, comparison, allow_loss)
    show_findings(measured.findings, settings.language)
    if report is not None:
        _write(report, measured, failed, comparison, export, settings.language)
    _show(measured, failed, comparison, report, settings.language, as_json)
    raise typer.Exit(1 if failed or measured.findings or measured.all_of_it.broken else 0)


def _at_least(value: int, least: int, option: str) -> None:
    if value < least:
        raise UsageError(texts.TOO_FEW, option=option, least=least)


def _before(baseline: Path | None) -> dict[str, Any] | None:
    from copilot.results import read_results

    return read_results(baseline) if baseline else None


def _own_cases(knowledge: Path | None, probes: int) -> tuple[Path, ...]:
    """The cases that a pack brings along. Raises UsageError where there is nothing to measure at all."""
    from copilot import app

    own = app.one_pack(knowledge) / "cases" if knowledge else None
    if own and own.is_dir():
        return (own,)
    if not probes:
        raise UsageError(texts.NOTHING_TO_EVALUATE)
    return ()


# ------------------------------------------------------------------------------------------ measuring


async def _measure(settings: Settings, plan: Plan) -> Measured:
    from copilot import app, casefile
    from copilot.results import About, Measured

    started, at = perf_counter(), datetime.now().astimezone()
    with progress_bar(program.EMBEDDING(settings.language)) as progress:
        application = app.open_application(settings, knowledge=plan.knowledge, progress=progress)
    with application:
        shelf = _shelf(application)
        cases, findings = _read(plan)
        findings += casefile.check(cases, shelf.organisation, shelf.entries.keys())
        unsound = {(each.file, each.line) for each in findings}
        sound = [case for case in cases if (case.file, case.line) not in unsound]
        chosen = _chosen(sound, plan, shelf)
        results = await _ask_all(application, shelf, chosen, plan, settings)
    results += await _probe(settings, shelf, plan)
    if not results:
        show_findings(findings, settings.language)
        raise UsageError(texts.NO_CASE_LEFT)
    about = About(
        at=at,
        shelf=shelf,
        cases=[result.case for result in results],
        left_out=_left_out(sound, chosen),
        commit=_commit(),
        embedder=application.index.embedder.name,
        model=settings.model,
        seed=plan.seed,
        repeat=plan.repeat,
        seconds=perf_counter() - started,
    )
    broken_pack = [each for each in application.findings if each.severity == "error"]
    measured = Measured.of(about, results, [*broken_pack, *findings])
    return await judging.judged(measured, settings) if plan.judge else measured


def _shelf(application: Application) -> Shelf:
    from copilot.answered import Shelf
    from copilot.domain import Status

    # What answers comes last: of an entry with a newer draft the published version counts.
    found = application.store.entries(statuses=(Status.RETIRED, Status.DRAFT))
    found += application.store.entries()
    return Shelf(application.store.organisation(), {entry.id: entry for entry in found})


def _read(plan: Plan) -> tuple[list[Case], list[Finding]]:
    from copilot import casefile
    from copilot.errors import Finding
    from copilot.messages import format as format_texts

    cases: dict[str, Case] = {}
    findings: list[Finding] = []
    for path in plan.cases:
        read, faults = casefile.read_cases(path)
        findings += faults
        for case in read:
            earlier = cases.setdefault(case.id, case)
            if earlier is not case:
                values: dict[str, object] = {"id": case.id, "other": f"{earlier.file}:{earlier.line}"}
                place: dict[str, Any] = {"file": case.file, "line": case.line, "field": "id", "code": "duplicate_id"}
                findings.append(Finding(format_texts.DUPLICATE_ID, values, **place))
    return list(cases.values()), findings


def _chosen(cases: Sequence[Case], plan: Plan, shelf: Shelf) -> Sequence[Case]:
    from copilot import evaluate as room
    from copilot.baseline import changed_entries

    kept = [case for case in cases if plan.role in (None, case.role) and (plan.tag is None or plan.tag in case.tags)]
    if not plan.fast:
        return kept
    return room.fast(kept, changed_entries(shelf, plan.before) if plan.before else ())


def _left_out(cases: Sequence[Case], chosen: Sequence[Case]) -> tuple[str, ...]:
    from copilot.results import locked_file

    asked = {case.id for case in chosen}
    return tuple(case.id for case in cases if case.id not in asked and not locked_file(case))


async def _ask_all(
    application: Application, shelf: Shelf, cases: Sequence[Case], plan: Plan, settings: Settings
) -> tuple[CaseResult, ...]:
    from copilot import app
    from copilot import evaluate as room
    from copilot.commands.bill import Bill

    bill = Bill()
    application.assistant.phraser = app.phraser_for(settings, account=bill.add)
    with progress_bar(texts.MEASURING(settings.language)) as progress:
        return await room.evaluate(
            cases,
            _answerer(application, shelf, plan),
            shelf,
            today=plan.on,
            repeat=plan.repeat,
            spent=bill.since_last,
            advance=progress,
        )


def _answerer(application: Application, shelf: Shelf, plan: Plan) -> Ask:
    from copilot.commands.server_answers import Server

    return Server(plan.url, shelf).suggest if plan.url else application.assistant.suggest


async def _probe(settings: Settings, shelf: Shelf, plan: Plan) -> tuple[CaseResult, ...]:
    """Every probe in its own changed world, over packs that exist in memory alone."""
    from copilot import app, probes
    from copilot.commands.probe_packs import packs_of

    results: tuple[CaseResult, ...] = ()
    if not plan.probes:
        return results
    entries = tuple(shelf.entries.values())
    for world in probes.worlds(shelf.organisation, entries, on=plan.on, each=plan.probes, seed=plan.seed):
        cases = _chosen(world.cases, plan, shelf)
        if cases:
            with app.open_world(settings, *packs_of(world, shelf.organisation)) as application:
                results += await _ask_all(application, _shelf(application), cases, plan, settings)
    return results


def _commit() -> str | None:
    """The commit of the program, where it runs from a checkout."""
    folder = Path(__file__).parent
    try:
        ran = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return ran.stdout.strip() or None if ran.returncode == 0 else None


def _failed(
    measured: Measured, gates: Sequence[Gate], comparison: Comparison | None, allow_loss: str
) -> tuple[Failed, ...]:
    from copilot import gates as gate_room
    from copilot.baseline import allowed_loss

    failed = gate_room.failed(measured.all_of_it, gates)
    if comparison:
        allowed = allowed_loss(allow_loss, comparison.compared)
        if len(comparison.worse) > allowed:
            values: dict[str, object] = {"count": len(comparison.worse), "allowed": allowed}
            failed += (gate_room.Failed(texts.GATE_LOSS, values),)
    return failed


# ---------------------------------------------------------------------------------------------- output


def _write(
    folder: Path,
    measured: Measured,
    failed: tuple[Failed, ...],
    comparison: Comparison | None,
    formats: Sequence[str],
    language: str,
) -> None:
    from copilot import evaluation_report, exports

    evaluation_report.write_report(folder, measured, failed, comparison, language)
    evaluation_report.write_files(folder, exports.files(measured, formats))


def _show(
    measured: Measured,
    failed: tuple[Failed, ...],
    comparison: Comparison | None,
    report: Path | None,
    language: str,
    as_json: bool,
) -> None:
    from copilot.commands import evaluation_screen
    from copilot.results import as_json as results_json

    if as_json:
        gates = [each.text(language) for each in failed]
        print_json({**results_json(measured, language), "gates": {"ok": not failed, "failed": gates}})
    else:
        evaluation_screen.show(measured, failed, comparison, report, language)
