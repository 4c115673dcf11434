"""What an evaluation looks like on screen: the table, what failed, what turned, and the gates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.table import Table

from copilot import judged, tally
from copilot.baseline import Comparison
from copilot.commands.common import console, print_line
from copilot.evaluate import CaseResult
from copilot.gates import Failed
from copilot.messages import evaluation as texts
from copilot.notation import part
from copilot.report_page import shown_chance
from copilot.results import Measured
from copilot.tally import Metric, Rate

MOST_LINES: Final = 15
"""Wrong answers that are listed; the report has them all."""


def show(
    measured: Measured, failed: tuple[Failed, ...], comparison: Comparison | None, report: Path | None, language: str
) -> None:
    console().print(_table(measured, language))
    lines = [*_totals(measured, language), *_compared(comparison, language), *_wrong(measured, language)]
    if measured.judged:
        lines += ["", *judged.lines(measured.judged, language), ""]
    if report is not None:
        lines.append(texts.LINE_REPORT(language, path=report / "report.html"))
    for line in [*lines, *_verdict(measured, failed, language)]:
        print_line(line)


def _table(measured: Measured, language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(texts.TABLE_METRIC(language))
    for heading in (texts.TABLE_SHARE, texts.TABLE_INTERVAL, texts.TABLE_WRONG, texts.TABLE_OF):
        table.add_column(heading(language), justify="right")
    whole = measured.all_of_it
    table.add_row(*_row(texts.NAMES["right"](language), whole.right, language), style="bold")
    for metric in whole.metrics.values():
        table.add_row(*_metric(metric, language))
    return table


def _row(name: str, rate: Rate, language: str) -> tuple[str, ...]:
    low, high = rate.interval
    between = f"{part(low, language)} – {part(high, language)}"
    return name, part(rate.share, language), between, str(rate.of - rate.right), str(rate.of)


def _metric(metric: Metric, language: str) -> tuple[str, ...]:
    name = f"{texts.NAMES[metric.scorer](language)} ({metric.scorer})"
    if metric.passed:
        return _row(name, metric.passed, language)
    points = metric.scorer == "flesch_douma"
    return name, f"{metric.mean:.0f}" if points else part(metric.mean, language), "", "", str(metric.of)


def _totals(measured: Measured, language: str) -> Iterator[str]:
    yield ""
    for name, counted in measured.tallies.items():
        values = {"right": counted.right.right, "of": counted.right.of}
        if name:
            yield texts.LINE_LOCKED(language, file=name, **values)
        elif counted.right.of:
            yield texts.LINE_OPEN(language, **values)
    whole = measured.all_of_it
    for k, share in enumerate(whole.pass_all[1:], 2):
        yield texts.LINE_PASS_ALL(language, k=k, share=part(share, language))
    yield from _wrong_yes(whole.wrong_allowed, language)
    spread, seconds = tally.latencies(measured.results)["wall"], f"{measured.about.seconds:.1f}"
    yield texts.LINE_TIME(language, seconds=seconds, p50=f"{spread['p50']:.0f}", p95=f"{spread['p95']:.0f}")
    spent = tally.spent(measured.results)
    if spent["input_tokens"]:
        tokens = round(spent["input_tokens"] + spent["output_tokens"])
        yield texts.LINE_SPENT(language, tokens=tokens, cost=f"{spent['cost_per_answer']:.5f}")
    if whole.broken:
        yield texts.LINE_BROKEN(language, count=whole.broken)


def _wrong_yes(rate: Rate, language: str) -> Iterator[str]:
    wrong, at_most = rate.of - rate.right, rate.wrong_at_most
    if wrong:
        yield texts.LINE_WRONG(language, count=wrong, of=rate.of)
    elif at_most is not None:
        yield texts.LINE_NO_WRONG(language, of=rate.of, at_most=part(at_most, language))


def _compared(comparison: Comparison | None, language: str) -> Iterator[str]:
    if comparison is None:
        return
    counts = {"better": len(comparison.better), "worse": len(comparison.worse)}
    chance = shown_chance(comparison.chance, language)
    yield texts.LINE_COMPARED(language, compared=comparison.compared, chance=chance, **counts)
    for turned in comparison.worse[:MOST_LINES]:
        reason = _reason(turned.result, language)
        yield texts.LINE_TURNED_WORSE(language, id=turned.result.case.id, reason=reason)
    for turned in comparison.better[:MOST_LINES]:
        yield texts.LINE_TURNED_BETTER(language, id=turned.result.case.id)


def _wrong(measured: Measured, language: str) -> Iterator[str]:
    """The first wrong answers, a wrong yes before all others; locked cases are never named."""
    wrong = [result for result in measured.open_results if not result.right]
    wrong.sort(key=lambda result: not _says_yes_wrongly(result))
    for result in wrong[:MOST_LINES]:
        case = result.case
        where = f"{case.file}:{case.line}" if case.file else ", ".join(case.tags[-1:])
        yield texts.LINE_FAILED(language, id=case.id, where=where, reason=_reason(result, language))
    if len(wrong) > MOST_LINES:
        yield texts.LINE_MORE(language, count=len(wrong) - MOST_LINES)


def _says_yes_wrongly(result: CaseResult) -> bool:
    mark = result.told.mark(tally.WRONG_ALLOWED)
    return mark is not None and mark.passed is False


def _reason(result: CaseResult, language: str) -> str:
    told = result.told
    if told.fault:
        return told.fault.text(language)
    wrong = (mark for mark in told.marks if mark.passed is False)
    return " ".join(f"[{texts.NAMES[mark.scorer](language)}] {mark.text(language)}" for mark in wrong)


def _verdict(measured: Measured, failed: tuple[Failed, ...], language: str) -> Iterator[str]:
    yield from (texts.LINE_GATE(language, what=each.text(language)) for each in failed)
    if measured.findings:
        yield texts.LINE_NOT_ALL(language, count=len(measured.findings))
    if not failed:
        yield texts.LINE_ALL_GATES(language)
