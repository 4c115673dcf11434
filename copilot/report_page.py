"""One static `report.html` that opens from disk: overview, charts, and every case down to why it was judged so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from copilot import charts, judged, tally
from copilot.baseline import Comparison
from copilot.charts import Bar
from copilot.evaluate import CaseResult
from copilot.gates import Failed
from copilot.messages import evaluation as texts
from copilot.messages import evaluation_page as page
from copilot.messages import judge as judge_texts
from copilot.notation import day, number, part
from copilot.results import Measured, as_json
from copilot.tally import Metric, Rate, Tally

MOST_GROUPS: Final = 40
"""Rows in a chart of one split; the worst are shown first."""


def render(
    measured: Measured, failed: Sequence[Failed] = (), comparison: Comparison | None = None, language: str = "nl"
) -> str:
    """The whole page as HTML, with nothing in it that comes from outside the file."""
    written = as_json(measured, language)
    return _template().render(
        language=language,
        page=page,
        organisation=written["about"]["organisation"],
        about=_about(written["about"], language),
        failed=[each.text(language) for each in failed],
        findings=written["findings"],
        cards=list(_cards(measured, comparison, language)),
        metrics=charts.bars([_metric_bar(each, language) for each in measured.tallies[""].metrics.values()]),
        splits=list(_splits(measured.tallies[""], language)),
        histogram=charts.histogram([each.wall_ms for result in measured.results for each in result.attempts]),
        latencies=written["timings"]["per_part"],
        judge=written["judge"],
        judge_lines=judged.lines(measured.judged, language) if measured.judged else (),
        locked=[
            (name, charts.bars(list(_locked_bars(each, language)))) for name, each in measured.tallies.items() if name
        ],
        cases=_cases(measured.open_results, written["cases"], comparison),
        has_before=comparison is not None,
    )


def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("copilot"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        expected=_expected,
        milliseconds=_milliseconds,
        day_of=_day_of,
        judge_texts=judge_texts,
        names=texts.NAMES,
        outcomes=texts.OUTCOME,
        statuses=texts.STATUS,
    )
    return environment.get_template("evaluation.html")


def _about(about: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    commit = (about["commit"] or "")[:10]
    rows = (
        (page.MEASURED_AT, _moment(about["at"], language)),
        (page.KNOWLEDGE, f"{page.ENTRIES(language, count=about['entries'])} · {about['pack']}"),
        (page.CODE, " · ".join(filter(None, (about["program"], commit)))),
        (page.MEANING, about["embedder"]),
        (page.MODEL, about["model"] or page.NO_MODEL(language)),
        (page.SEED, f"{about['seed']}, {about['repeat']}"),
    )
    return [(name(language), value) for name, value in rows if value]


def _day_of(written: str, language: str) -> str:
    return day(date.fromisoformat(written), language)


def _moment(written: str, language: str) -> str:
    at = datetime.fromisoformat(written)
    return f"{day(at.date(), language)}, {at:%H:%M}"


def _milliseconds(value: float, language: str) -> str:
    return f"{number(Decimal(value), language, 1)} ms"


def _expected(name: str, value: Any, language: str) -> str:
    """What a case expects, as people say it."""
    if isinstance(value, list | tuple):
        return ", ".join(value)
    said = {"outcome": texts.OUTCOME, "status": texts.STATUS}.get(name, {}).get(value)
    return said(language) if said else str(value)


# -------------------------------------------------------------------------------------------- overview


def _cards(measured: Measured, comparison: Comparison | None, language: str) -> Iterator[dict[str, str]]:
    whole = measured.all_of_it
    low, high = (part(end, language) for end in whole.right.interval)
    yield {
        "figure": part(whole.right.share, language),
        "title": page.RIGHT(language),
        "line": page.OF_CASES(language, right=whole.right.right, of=whole.right.of),
        "note": page.BETWEEN(language, low=low, high=high),
        "tone": "good" if whole.right.share >= 0.95 else "fair",
    }
    yield _wrong_yes(whole, language)
    spread = tally.latencies(measured.results)["wall"]
    yield {
        "figure": f"{spread['p50']:.0f} ms",
        "title": page.HALF_WITHIN(language),
        "line": page.NINETEEN(language, p95=f"{spread['p95']:.0f}"),
        "note": "",
        "tone": "plain",
    }
    if len(whole.pass_all) > 1:
        k = len(whole.pass_all)
        share = part(whole.pass_all[-1], language)
        yield {"figure": share, "title": page.PASS_ALL(language, k=k), "line": f"pass^{k}", "note": "", "tone": "plain"}
    if comparison:
        yield _compared(comparison, language)


def _wrong_yes(whole: Tally, language: str) -> dict[str, str]:
    count = whole.wrong_allowed.of - whole.wrong_allowed.right
    at_most = whole.wrong_allowed.wrong_at_most
    note = page.AT_MOST(language, at_most=part(at_most, language)) if at_most is not None else ""
    return {
        "figure": str(count),
        "title": page.WRONG_YES(language),
        "line": page.NEVER_ACCEPTABLE(language)
        if count
        else page.OF_CASES(language, right=0, of=whole.wrong_allowed.of),
        "note": "" if count else note,
        "tone": "poor" if count else "good",
    }


def _compared(comparison: Comparison, language: str) -> dict[str, str]:
    better, worse = len(comparison.better), len(comparison.worse)
    return {
        "figure": f"{better - worse:+d}",
        "title": page.COMPARED(language),
        "line": page.BETTER_WORSE(language, better=better, worse=worse),
        "note": page.BY_CHANCE(language, chance=shown_chance(comparison.chance, language)),
        "tone": "poor" if worse > better else "good" if better > worse else "plain",
    }


def shown_chance(chance: float, language: str) -> str:
    written = "< 0.001" if chance < 0.001 else f"{chance:.3f}"
    return written if language == "en" else written.replace(".", ",")


def _metric_bar(metric: Metric, language: str) -> Bar:
    name = texts.NAMES[metric.scorer](language)
    if metric.scorer == "flesch_douma":
        return Bar(name, metric.mean / 100, f"{metric.mean:.0f} · {metric.of}")
    low, high = metric.passed.interval if metric.passed else (None, None)
    note = f"{part(metric.share, language)} · {metric.of}"
    return Bar(name, metric.share, note, low, high, strict=metric.scorer == tally.WRONG_ALLOWED)


def _splits(counted: Tally, language: str) -> Iterator[tuple[str, Any]]:
    for name, groups in counted.splits.items():
        ranked = sorted(groups.items(), key=lambda each: (each[1].share, -each[1].of, each[0]))[:MOST_GROUPS]
        if ranked:
            yield page.SPLIT[name](language), charts.bars([_rate_bar(value, rate, language) for value, rate in ranked])


def _rate_bar(label: str, rate: Rate, language: str) -> Bar:
    low, high = rate.interval
    shown = label if len(label) <= 30 else label[:29] + "…"
    return Bar(shown, rate.share, f"{part(rate.share, language)} · {rate.of}", low, high)


def _locked_bars(counted: Tally, language: str) -> Iterator[Bar]:
    yield _rate_bar(texts.NAMES["right"](language), counted.right, language)
    yield from (_metric_bar(each, language) for each in counted.metrics.values() if each.passed)


# ----------------------------------------------------------------------------------------------- cases


def _cases(
    results: Sequence[CaseResult], written: Sequence[Mapping[str, Any]], comparison: Comparison | None
) -> list[dict[str, Any]]:
    better = {turned.result.case.id for turned in comparison.better} if comparison else set()
    worse = {turned.result.case.id for turned in comparison.worse} if comparison else set()
    cases = []
    for result, case in zip(results, written, strict=True):
        told = case["attempts"][result.attempts.index(result.told)]
        before = comparison.before.get(result.case.id) if comparison else None
        cases.append(
            {
                **case,
                "told": told,
                "failing": [mark["scorer"] for mark in told["marks"] if mark["passed"] is False],
                "right_times": sum(each["right"] for each in case["attempts"]),
                "turned": "better" if case["id"] in better else "worse" if case["id"] in worse else "",
                "before": _earlier(before, told),
                "best": max((hit["score"] for hit in told["answer"]["hits"]), default=1) or 1 if told["answer"] else 1,
            }
        )
    return sorted(cases, key=_urgency)


def _urgency(case: Mapping[str, Any]) -> tuple[bool, ...]:
    """What turned bad first, then every wrong yes, then all else that is wrong."""
    return case["turned"] != "worse", tally.WRONG_ALLOWED not in case["failing"], case["right"]


def _earlier(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The earlier answer, where it said something else."""
    attempts = before.get("attempts") if before else None
    earlier = attempts[0] if attempts else None
    if not earlier or not earlier.get("answer"):
        return None
    same = now["answer"] and earlier["answer"].get("text") == now["answer"]["text"]
    return None if same else earlier
