"""What a model is told about one suggestion: everything that was computed, and the knowledge behind it.

The knowledge goes along by relevance, the deciding entry first; what does not fit is cut and said so.
Sentences in it that order a model about are left out (`copilot.injection`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from copilot import injection
from copilot.compose import option_lines, options_heading, step_note
from copilot.domain import KnowledgeEntry, Mandate, Organisation, Solution, Suggestion
from copilot.factvalues import label
from copilot.messages import Text
from copilot.messages import model as texts

MOST_LETTERS: Final = 12_000
"""Of knowledge: about 4,000 tokens of Dutch, which leaves room in every model of today."""
_LONGEST_QUESTION: Final = 2_000
_NOTHING: Final = "-"
_TONE: Final[Mapping[str, Text]] = {
    "u": Text(nl='In "say" is de klant "u".', en='In "say" the customer is addressed politely.'),
    "je": Text(nl='In "say" is de klant "je".', en='In "say" the customer is addressed informally.'),
}


@dataclass(frozen=True, slots=True)
class Brief:
    """The values of the prompt's variables, and whether knowledge was left out."""

    values: Mapping[str, str]
    shortened: bool


def brief(
    suggestion: Suggestion, organisation: Organisation, entries: Sequence[KnowledgeEntry], most_letters: int
) -> Brief:
    """All that the prompt `answer` needs, but for the canary and the form."""
    language = suggestion.question.language
    knowledge, shortened = _knowledge(suggestion, entries, language, most_letters)
    values = {
        "organisation": injection.without(organisation.name),
        "tone": _TONE["je" if organisation.tone == "je" else "u"](language),
        "question": injection.without(suggestion.question.text)[:_LONGEST_QUESTION],
        "earlier": _lines(turn.text for turn in suggestion.question.earlier[-5:]),
        "verdict": injection.without(suggestion.verdict),
        "decision": _lines(_decision(suggestion, organisation, language)),
        "steps": _lines(_steps(suggestion, organisation, language)),
        "template_say": injection.without(suggestion.say or "") or _NOTHING,
        "knowledge": knowledge or _NOTHING,
    }
    return Brief(values, shortened)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(injection.without(text) for text in texts) or _NOTHING


def _decision(suggestion: Suggestion, organisation: Organisation, language: str) -> Iterator[str]:
    if decision := suggestion.decision:
        yield decision.because
        if lines := option_lines(decision, language):
            yield options_heading(decision, organisation, language) + ":"
            yield from (f"- {line}" for line in lines)
    yield from (f"{label(fact)}: {fact.shown}" for fact in suggestion.read)


def _steps(suggestion: Suggestion, organisation: Organisation, language: str) -> Iterator[str]:
    for place, step in enumerate(suggestion.steps, 1):
        note = step_note(step, organisation, language)
        yield f"{place}. {step.do}" + (f" ({note})" if note else "")


def _knowledge(
    suggestion: Suggestion, entries: Sequence[KnowledgeEntry], language: str, most_letters: int
) -> tuple[str, bool]:
    by_id = {entry.id: entry for entry in entries}
    ordered = [by_id[source.id] for source in suggestion.sources if source.id in by_id]
    pieces: list[str] = []
    left = most_letters
    for entry in ordered:
        text = _entry(entry)
        if len(text) > left:
            if left > 200:
                pieces.append(text[:left].rsplit(" ", 1)[0] + " " + texts.SHORTENED(language))
            return "\n\n".join(pieces), True
        pieces.append(text)
        left -= len(text)
    return "\n\n".join(pieces), False


def _entry(entry: KnowledgeEntry) -> str:
    lines = [f"[{entry.id}] {injection.without(entry.title)}", injection.without(entry.body)]
    if isinstance(entry, Mandate):
        lines += [injection.without(text) for rule in entry.rules for text in (rule.may, rule.because) if text]
    if isinstance(entry, Solution):
        customer = entry.customer
        lines += [injection.without(text) for text in (customer.wants, customer.worries, customer.delight) if text]
    return "\n".join(line for line in lines if line)
