"""The answers as rows that other harnesses read, so that somebody can run a judge of his own over them.

Shapes of ragas 0.4 (`SingleTurnSample`), deepeval 4 (golden data sets) and promptfoo 0.123 (test cases); none of
the three is needed, or used, here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from copilot.domain import KnowledgeEntry, Mandate, Solution, Suggestion
from copilot.errors import UsageError
from copilot.evaluate import CaseResult
from copilot.messages import evaluation as texts
from copilot.results import Measured

Rows = list[dict[str, Any]]


def files(measured: Measured, formats: Sequence[str]) -> dict[str, str]:
    """The text of each file by its name. Raises UsageError for a format that is not known."""
    return {file_name(each): _WRITERS[each](measured) for each in formats}


def file_name(wanted: str) -> str:
    """The file of a format. Raises UsageError for one that is not known."""
    if wanted not in FORMATS:
        raise UsageError(texts.NO_EXPORT, value=wanted, known=", ".join(FORMATS))
    return FORMATS[wanted]


def ragas(measured: Measured) -> str:
    """JSON lines for `EvaluationDataset.from_jsonl`."""
    rows = (
        {
            "user_input": suggestion.question.text,
            "response": suggestion.text,
            "retrieved_contexts": contexts(suggestion, measured),
            "reference": reference(result),
        }
        for result, suggestion in _answered(measured)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def deepeval(measured: Measured) -> str:
    """JSON for `EvaluationDataset.add_test_cases_from_json_file`."""
    rows = [
        {
            "name": result.case.id,
            "input": suggestion.question.text,
            "actual_output": suggestion.text,
            "expected_output": reference(result),
            "context": expected_contexts(result, measured),
            "retrieval_context": contexts(suggestion, measured),
        }
        for result, suggestion in _answered(measured)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def promptfoo(measured: Measured) -> str:
    """JSON for `tests:`, with what the case expects to be said as assertions."""
    rows = [
        {
            "description": result.case.id,
            "vars": {
                "question": suggestion.question.text,
                "role": result.case.role,
                "answer": suggestion.text,
                "context": "\n\n".join(contexts(suggestion, measured)),
            },
            "assert": [
                *({"type": "icontains", "value": each} for each in result.case.expect.says),
                *({"type": "not-icontains", "value": each} for each in result.case.expect.never_says),
            ],
            "metadata": {"tags": list(result.case.tags)},
        }
        for result, suggestion in _answered(measured)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


FORMATS: Final = {"ragas": "ragas.jsonl", "deepeval": "deepeval.json", "promptfoo": "promptfoo.json"}
"""What can be written, with the file that it goes to."""
_WRITERS: Final[Mapping[str, Callable[[Measured], str]]] = {
    "ragas": ragas,
    "deepeval": deepeval,
    "promptfoo": promptfoo,
}


def _answered(measured: Measured) -> Iterator[tuple[CaseResult, Suggestion]]:
    for result in measured.open_results:
        if result.told.suggestion:
            yield result, result.told.suggestion


def contexts(suggestion: Suggestion, measured: Measured) -> list[str]:
    """What the answer rests on, an entry each."""
    return _texts([source.id for source in suggestion.sources], measured)


def expected_contexts(result: CaseResult, measured: Measured) -> list[str]:
    return _texts(result.case.expect.sources or (), measured)


def _texts(ids: Sequence[str], measured: Measured) -> list[str]:
    entries = measured.about.shelf.entries
    return [_said(entries[each]) for each in ids if each in entries]


def _said(entry: KnowledgeEntry) -> str:
    parts = [entry.title, entry.body]
    if isinstance(entry, Mandate):
        parts += [text for rule in entry.rules for text in (rule.may, rule.because) if text]
    if isinstance(entry, Solution):
        parts += [*(step.do for step in entry.steps), entry.say or ""]
    return "\n".join(part.strip() for part in parts if part.strip())


def reference(result: CaseResult) -> str:
    """What a good answer is, in a sentence: cases say what must be true of it, not how it is worded."""
    expect = result.case.expect
    parts = [texts.STATUS[expect.status]("nl")] if expect.status else []
    parts += [texts.OUTCOME[expect.outcome]("nl")] if expect.outcome else []
    parts += [each for each in (expect.approver, expect.asks) if each]
    return "; ".join([*parts, *expect.says, *(expect.sources or ())])
