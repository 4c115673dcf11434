"""Judges one answer: what every answer must be, whatever its case expects.

Rules decide, nothing is invented, only living knowledge answers, nobody is sent away, the customer hears
nothing internal (design, the ten rules). Each is worked out anew here, so that an answer is never its own witness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from copilot import compose, deflection, discretion, grounding, language_check, readability
from copilot.answered import Answered, Mark
from copilot.domain import AnswerStatus, Decision, KnowledgeEntry, Solution, Source, Status, StepAdvice, Why
from copilot.messages import Text, answer
from copilot.messages import evaluation as texts

TEMPLATE: Final = "template"
_FIXED_CUES: Final = tuple(text for name, text in vars(answer).items() if name.startswith("CUE_"))


def decision_holds(answered: Answered) -> Mark | None:
    """The decision, worked out once more from the rules, the facts, the roles and the day."""
    decision = answered.suggestion.decision
    if decision is None or decision.why is Why.PERIOD_LIMIT:
        return None  # what was granted before is not part of an answer
    again = answered.decision_again
    if again is None or again.why is Why.UNKNOWN_ENTRY:
        return Mark("decision_holds", 0.0, False, texts.DECISION_GROUNDLESS, {"entry": decision.entry})
    for what, got, wanted in _compared(decision, again):
        if got != wanted:
            values = {"entry": decision.entry, "what": texts.DECISION_WHAT[what]}
            values |= {"got": got or texts.NOTHING, "wanted": wanted or texts.NOTHING}
            return Mark("decision_holds", 0.0, False, texts.DECISION_DIFFERS, values)
    return Mark("decision_holds", 1.0, True, texts.DECISION_HOLDS)


def _compared(decision: Decision, again: Decision) -> Iterator[tuple[str, object, object]]:
    yield "outcome", _named(decision), _named(again)
    yield "approver", decision.approver, again.approver
    yield "options", " / ".join(decision.options), " / ".join(again.options)
    yield "amount", decision.amount, again.amount
    yield "asking", decision.asking and decision.asking.fact, again.asking and again.asking.fact


def _named(decision: Decision) -> Text:
    return texts.OUTCOME[decision.outcome] if decision.outcome else texts.NOT_DECIDED


def invented(answered: Answered) -> Mark | None:
    """Every amount, percentage, term and date stands in a cited entry, the decision or the question."""
    suggestion = answered.suggestion
    # Line by line: most lines of an answer are quoted, and were read before.
    lines = [line for line in suggestion.text.split("\n") if any(map(str.isalnum, line))]
    unknown = (grounding.unknown_figures(line, answered.bounds, answered.language) for line in lines)
    found = sorted({breach.words for breaches in unknown for breach in breaches})
    if found:
        return Mark("invented", 0.0, False, texts.INVENTED, {"figures": ", ".join(found)})
    return Mark("invented", 1.0, True, texts.NOT_INVENTED)


# ----------------------------------------------------------------------------------------- citations


def citations(answered: Answered) -> Mark | None:
    """Each source exists, is published, counts on the day, may be seen by the asker, and is shown as it is."""
    sources = answered.suggestion.sources
    if not sources:
        return None
    faults = [fault for source in sources for fault in _faults(source, answered)]
    if not faults:
        return Mark("citations", 1.0, True, texts.CITATIONS_RIGHT)
    wrong = len({str(fault) for fault in faults})
    return Mark("citations", max(0.0, 1 - wrong / len(sources)), False, texts.CITATIONS_WRONG, {"faults": _all(faults)})


def _faults(source: Source, answered: Answered) -> Iterator[Text]:
    entry = answered.shelf.entries.get(source.id)
    question = answered.suggestion.question
    if entry is None:
        yield texts.CITATION_UNKNOWN.about(id=source.id)
        return
    if entry.status is not Status.PUBLISHED:
        yield texts.CITATION_STATUS.about(id=source.id)
    if not entry.visible_to(answered.covered):
        yield texts.CITATION_HIDDEN.about(id=source.id)
    if not entry.valid_on(question.on):
        yield texts.CITATION_EXPIRED.about(id=source.id, day=question.on.isoformat())
    if source.version != entry.version:
        yield texts.CITATION_VERSION.about(id=source.id, current=entry.version, version=source.version)
    if _shown(source) != (entry.kind, entry.title, entry.valid_until, entry.source):
        yield texts.CITATION_OTHER.about(id=source.id)


def _shown(source: Source) -> tuple[object, ...]:
    return source.kind, source.title, source.valid_until, source.source


def supported(answered: Answered) -> Mark | None:
    """Decision, steps, explanation and cue stand in what is cited: a quote is literally there."""
    if answered.suggestion.status is AnswerStatus.NO_KNOWLEDGE:
        return None
    missing = list(_unsupported(answered))
    if missing:
        return Mark("supported", 0.0, False, texts.UNSUPPORTED, {"what": _all(missing)})
    return Mark("supported", 1.0, True, texts.SUPPORTED)


def _unsupported(answered: Answered) -> Iterator[Text]:
    suggestion, cited = answered.suggestion, set(answered.cited)
    if suggestion.decision and suggestion.decision.entry not in cited:
        yield texts.UNSUPPORTED_DECISION.about(entry=suggestion.decision.entry)
    known = {entry.id: entry for entry in answered.shelf.entries.values() if entry.id in cited}
    steps = {step.do for entry in known.values() if isinstance(entry, Solution) for step in entry.steps}
    for step in suggestion.steps:
        if step.do not in steps or (step.mandate and step.mandate not in cited):
            yield texts.UNSUPPORTED_STEP.about(step=_short(step.do))
    if suggestion.composed_by == TEMPLATE:
        yield from _unsupported_words(answered, list(known.values()))


def _unsupported_words(answered: Answered, entries: list[KnowledgeEntry]) -> Iterator[Text]:
    suggestion, language = answered.suggestion, answered.language
    written = {entry.body.strip() for entry in entries}
    written |= {
        line
        for entry in entries
        if isinstance(entry, Solution)
        for line in compose.customer_lines(entry.customer, language)
    }
    cues = {entry.say for entry in entries if isinstance(entry, Solution)}
    cues |= {cue(language) for cue in _FIXED_CUES} | {None}
    for words in suggestion.for_you:
        if words not in written:
            yield texts.UNSUPPORTED_WORDS.about(words=_short(words))
    if suggestion.say not in cues:
        yield texts.UNSUPPORTED_WORDS.about(words=_short(suggestion.say or ""))


# ------------------------------------------------------------------------------------------- manners


def no_deflection(answered: Answered) -> Mark | None:
    paragraphs = answered.suggestion.text.split("\n\n")
    found = dict.fromkeys(words for each in paragraphs for words in _deflections(each, answered.language))
    if found:
        words = ", ".join(f'"{each}"' for each in found)
        return Mark("deflection", 0.0, False, texts.DEFLECTED, {"words": words})
    return Mark("deflection", 1.0, True, texts.NOT_DEFLECTED)


@lru_cache(maxsize=4096)
def _deflections(paragraph: str, language: str) -> tuple[str, ...]:
    return tuple(each.words for each in deflection.find(paragraph, language))


def handover(answered: Answered) -> Mark | None:
    """Warm or not at all: who takes it, by when, what goes along, and who stays the customer's contact."""
    steps = [step for step in answered.suggestion.steps if step.handover]
    if not steps:
        return None
    faults = [fault for step in steps for fault in _cold(step, answered)]
    if faults:
        return Mark("handover", 0.0, False, texts.HANDOVER_COLD, {"faults": _all(faults)})
    return Mark("handover", 1.0, True, texts.HANDOVER_WARM)


def _cold(step: StepAdvice, answered: Answered) -> Iterator[Text]:
    given = step.handover
    assert given is not None
    if answered.shelf.organisation.department(given.to) is None:
        yield texts.HANDOVER_WHO.about(to=given.to)
    if not given.within:
        yield texts.HANDOVER_WHEN.about(step=_short(step.do))
    if not given.tell:
        yield texts.HANDOVER_WHAT.about(step=_short(step.do))
    if answer.STEP_STAY(answered.language) not in answered.suggestion.text:
        yield texts.HANDOVER_STAY


def two_voices(answered: Answered) -> Mark | None:
    """The cue holds no limit, role, department or name that only the colleague may know."""
    cue = answered.suggestion.say
    if not cue:
        return None
    language = (
        answered.language if language_check.is_in(cue, answered.language) else answered.shelf.organisation.language
    )
    breaches = discretion.indiscretions(cue, answered.bounds, language, whole=True)
    found = dict.fromkeys(breach.words for breach in breaches if not _is_a_moment(breach.words, cue))
    if found:
        return Mark("two_voices", 0.0, False, texts.VOICES_MIXED, {"words": ", ".join(found)})
    return Mark("two_voices", 1.0, True, texts.VOICES_APART)


def _is_a_moment(words: str, cue: str) -> bool:
    """ "Eén moment": a one in letters is no limit."""
    return words == "1" and "1" not in cue


def language(answered: Answered) -> Mark | None:
    """In the language of the question; what is quoted from knowledge in the other language stays as it is."""
    suggestion, wanted = answered.suggestion, answered.case.language or answered.language
    text = _own_words(answered) if suggestion.composed_by == TEMPLATE else suggestion.text
    if wanted == answered.language and language_check.is_in(text, wanted):
        return Mark("language", 1.0, True, texts.LANGUAGE_RIGHT)
    return Mark("language", 0.0, False, texts.LANGUAGE_WRONG, {"wanted": wanted, "words": _short(text)})


def _own_words(answered: Answered) -> str:
    """The template's own sentences, without the titles and reasons that it quotes."""
    suggestion, decision = answered.suggestion, answered.suggestion.decision
    said = suggestion.verdict
    for entry in answered.evidence:
        said = said.replace(entry.title, "")
    computed = decision.because if decision and decision.why is not Why.NEVER else ""
    return f"{said} {computed}".strip()


# -------------------------------------------------------------------------------------------- trends


def plain_language(answered: Answered) -> Mark | None:
    read = answered.readability
    faults: list[Text] = []
    if read.mean > readability.MEAN_WORDS:
        faults.append(texts.PLAIN_MEAN.about(count=round(read.mean)))
    if read.longest > readability.MOST_WORDS:
        faults.append(texts.PLAIN_LONGEST.about(count=read.longest))
    if read.officialese:
        faults.append(texts.PLAIN_OFFICIALESE.about(words=", ".join(read.officialese)))
    faults += [texts.PLAIN_PASSIVE.about(step=_short(step)) for step in read.passive[:1]]
    if faults:
        return Mark("plain_language", 1 - len(faults) / 4, None, texts.NOT_PLAIN, {"faults": _all(faults)})
    return Mark("plain_language", 1.0, None, texts.PLAIN)


def flesch_douma(answered: Answered) -> Mark | None:
    score = answered.readability.flesch_douma
    return Mark("flesch_douma", score, None, texts.DOUMA, {"score": round(score)})


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _all(faults: list[Text]) -> Text:
    """Several reasons as one, in both languages."""
    unique = list(dict.fromkeys(faults))
    escaped = [
        Text(nl=each.nl.replace("{", "{{").replace("}", "}}"), en=each.en.replace("{", "{{").replace("}", "}}"))
        for each in unique
    ]
    return Text(nl="; ".join(each.nl for each in escaped), en="; ".join(each.en for each in escaped))


SCORERS: Final[tuple[Callable[[Answered], Mark | None], ...]] = (
    decision_holds,
    invented,
    citations,
    supported,
    no_deflection,
    handover,
    two_voices,
    language,
)
TRENDS: Final[tuple[Callable[[Answered], Mark | None], ...]] = (plain_language, flesch_douma)
