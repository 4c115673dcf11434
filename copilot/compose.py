"""Puts a suggestion into words without a model: verdict, steps, cue, sources, next best action.

Everything it writes is computed before or quoted from an entry, so nothing can be invented here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from copilot import emergency, notation
from copilot.domain import (
    AnswerStatus,
    Customer,
    Decision,
    Hit,
    Kind,
    KnowledgeEntry,
    Mandate,
    NextAction,
    Organisation,
    Outcome,
    Policy,
    Question,
    ReadFact,
    Solution,
    Source,
    StepAdvice,
    Suggestion,
    Why,
)
from copilot.factvalues import label
from copilot.messages import Text, answer

KIND_NAMES: Final[Mapping[Kind, Text]] = {
    Kind.POLICY: answer.KIND_POLICY,
    Kind.MANDATE: answer.KIND_MANDATE,
    Kind.SOLUTION: answer.KIND_SOLUTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Dossier: all that was found and decided for one question; what a composer puts into words."""

    question: Question
    organisation: Organisation
    mandate: Mandate | None = None
    decision: Decision | None = None
    solution: Solution | None = None
    policies: tuple[Policy, ...] = ()
    instead: KnowledgeEntry | None = None
    """The entry that helps all the same, where the decision is denied."""
    step_mandates: tuple[Mandate, ...] = ()
    """The mandates on which the steps lean."""
    steps: tuple[StepAdvice, ...] = ()
    next: tuple[KnowledgeEntry, ...] = ()
    read: tuple[ReadFact, ...] = ()
    owner: str | None = None
    near: tuple[KnowledgeEntry, ...] = ()
    """What came nearest, where nothing answers for sure."""
    hits: tuple[Hit, ...] = ()

    @property
    def known(self) -> bool:
        return bool(self.mandate or self.solution or self.policies)

    @property
    def in_danger(self) -> bool:
        return emergency.in_danger(self.question.text)

    @property
    def denied(self) -> bool:
        return self.decision is not None and self.decision.outcome is Outcome.DENIED

    @property
    def status(self) -> AnswerStatus:
        if not self.known:
            return AnswerStatus.NO_KNOWLEDGE
        if self.decision and self.decision.asking:
            return AnswerStatus.NEEDS_FACT
        return AnswerStatus.ANSWERED


class TemplateComposer:
    """Composes from fixed sentences in the asker's language and the organisation's tone."""

    def compose(self, dossier: Dossier) -> Suggestion:
        """The whole suggestion, without timings."""
        question = dossier.question
        answered = dossier.status is AnswerStatus.ANSWERED
        suggestion = Suggestion(
            id=question.id,
            question=question,
            status=dossier.status,
            verdict=_first_things_first(dossier),
            decision=dossier.decision,
            decided_title=dossier.mandate.title if dossier.mandate else None,
            asks=dossier.decision.asking if dossier.decision else None,
            steps=tuple(_steps(dossier)) if answered else (),
            for_you=tuple(_for_you(dossier)),
            say=_cue(dossier),
            sources=tuple(_source(entry, question) for entry in _cited(dossier)),
            next=tuple(NextAction(entry.id, entry.title) for entry in dossier.next) if answered else (),
            read=dossier.read,
            owner=dossier.owner,
            near=tuple(NextAction(entry.id, entry.title) for entry in dossier.near),
            hits=dossier.hits,
        )
        return replace(suggestion, text=plain_text(suggestion, dossier.organisation))


def plain_text(suggestion: Suggestion, organisation: Organisation) -> str:
    """The whole suggestion as text for a screen reader, a terminal or a plain message."""
    return "\n\n".join("\n".join(lines) for lines in _paragraphs(suggestion, organisation) if lines)


def options_heading(decision: Decision, organisation: Organisation, language: str) -> str:
    if decision.outcome is Outcome.APPROVAL:
        approver = role_title(decision.approver, organisation)
        return answer.HEADING_OPTIONS_APPROVAL(language, approver=approver)
    return answer.HEADING_OPTIONS_ALLOWED(language)


def option_lines(decision: Decision, language: str) -> tuple[str, ...]:
    """What may be done: the certain options, then those that depend on what is not known yet."""
    depending = (
        answer.DEPENDING(language, condition=notation.capital(each.condition), option=each.option)
        for each in decision.depending
    )
    return (*decision.options, *depending)


def step_note(step: StepAdvice, organisation: Organisation, language: str) -> str:
    """Who may do this step and what is needed for it; empty where the colleague simply does it."""
    return "; ".join(_step_notes(step, organisation, language))


def source_note(source: Source, language: str) -> str:
    """Kind, version, dates and origin of a source, on one line."""
    notes = [KIND_NAMES[source.kind](language), answer.SOURCE_VERSION(language, version=source.version)]
    if source.valid_until:
        notes.append(answer.SOURCE_UNTIL(language, day=notation.day(source.valid_until, language)))
    if source.overdue and source.review_by:
        notes.append(answer.SOURCE_OVERDUE(language, day=notation.day(source.review_by, language)))
    if source.source:
        notes.append(source.source)
    return ", ".join(notes)


def role_title(role_id: str | None, organisation: Organisation) -> str:
    role = organisation.role(role_id) if role_id else None
    return role.title.lower() if role else (role_id or "")


def _first_things_first(dossier: Dossier) -> str:
    """The verdict; before it, where somebody seems to be in danger, whom to call."""
    if not dossier.in_danger:
        return _verdict(dossier)
    language = dossier.question.language
    call = answer.VERDICT_DANGER(language, number=emergency.NUMBER)
    return call if dossier.status is AnswerStatus.NO_KNOWLEDGE else f"{call} {_verdict(dossier)}"


def _verdict(dossier: Dossier) -> str:
    language = dossier.question.language
    decision = dossier.decision
    if dossier.status is AnswerStatus.NO_KNOWLEDGE:
        return (answer.VERDICT_UNSURE if dossier.near else answer.VERDICT_NO_KNOWLEDGE)(language)
    if decision is None:
        if dossier.solution:
            return answer.VERDICT_SOLUTION(language, title=dossier.solution.title)
        return answer.VERDICT_POLICY(language, title=dossier.policies[0].title)
    if decision.asking:
        return answer.VERDICT_NEEDS_FACT(language)
    if decision.outcome is Outcome.ALLOWED:
        return answer.VERDICT_ALLOWED(language)
    if decision.outcome is Outcome.APPROVAL:
        return answer.VERDICT_APPROVAL(language, approver=role_title(decision.approver, dossier.organisation))
    if dossier.instead:
        return answer.VERDICT_DENIED_BUT(language, instead=dossier.instead.title)
    if decision.why is Why.NOT_COVERED:
        return answer.VERDICT_NOBODY(language)
    return answer.VERDICT_DENIED(language)


def _steps(dossier: Dossier) -> Iterator[StepAdvice]:
    """The steps; what the decision above them already offers and explains is not said twice."""
    decided = dossier.decision.entry if dossier.decision else None
    for step in dossier.steps:
        yield replace(step, options=(), because=None) if step.mandate and step.mandate == decided else step


def _for_you(dossier: Dossier) -> Iterator[str]:
    if dossier.status is AnswerStatus.NO_KNOWLEDGE:
        yield from _for_you_unknown(dossier)
        return
    if dossier.status is AnswerStatus.NEEDS_FACT:
        return
    if dossier.solution:
        yield from customer_lines(dossier.solution.customer, dossier.question.language)
    texts = (*dossier.policies, dossier.mandate, dossier.solution, dossier.instead)
    yield from dict.fromkeys(entry.body.strip() for entry in texts if entry and entry.body.strip())


def _for_you_unknown(dossier: Dossier) -> Iterator[str]:
    language = dossier.question.language
    organisation = dossier.organisation
    if dossier.owner:
        yield answer.NO_KNOWLEDGE_OWNER(language, owner=dossier.owner)
    else:
        yield answer.NO_KNOWLEDGE_NO_OWNER(language)
    nearest = next(iter(organisation.steps_above(dossier.question.roles)), None)
    if nearest:
        who = answer.YOUR_SUPERIOR(language, role=role_title(nearest, organisation))
        yield answer.NO_KNOWLEDGE_NOW(language, who=who)
    else:
        yield answer.NO_KNOWLEDGE_NOW_ALONE(language)


def customer_lines(customer: Customer, language: str) -> Iterator[str]:
    """What the customer wants, fears and is delighted by, a line each."""
    if customer.wants:
        yield answer.CUSTOMER_WANTS(language, what=customer.wants)
    if customer.worries:
        yield answer.CUSTOMER_WORRIES(language, what=customer.worries)
    if customer.delight:
        yield answer.CUSTOMER_DELIGHT(language, what=customer.delight)


def _cue(dossier: Dossier) -> str | None:
    """The solution's own cue, unless the decision does not carry that promise."""
    if dossier.in_danger and not dossier.solution:
        return _in_tone(dossier, answer.CUE_DANGER_U, answer.CUE_DANGER_JE)
    if dossier.status is AnswerStatus.NO_KNOWLEDGE:
        return _in_tone(dossier, answer.CUE_WAIT_U, answer.CUE_WAIT_JE)
    outcome = dossier.decision.outcome if dossier.decision else None
    if dossier.status is AnswerStatus.NEEDS_FACT:
        return _in_tone(dossier, answer.CUE_WAIT_U, answer.CUE_WAIT_JE)
    if outcome is Outcome.DENIED:
        own = dossier.instead.say if isinstance(dossier.instead, Solution) else None
        return own or _in_tone(dossier, answer.CUE_DENIED_U, answer.CUE_DENIED_JE)
    if outcome is Outcome.APPROVAL:
        return _in_tone(dossier, answer.CUE_APPROVAL_U, answer.CUE_APPROVAL_JE)
    if dossier.solution and dossier.solution.say:
        return dossier.solution.say
    if outcome is Outcome.ALLOWED:
        return _in_tone(dossier, answer.CUE_ALLOWED_U, answer.CUE_ALLOWED_JE)
    return None


def _in_tone(dossier: Dossier, formal: Text, familiar: Text) -> str:
    text = familiar if dossier.organisation.tone == "je" else formal
    return text(dossier.question.language)


def _cited(dossier: Dossier) -> tuple[KnowledgeEntry, ...]:
    """The entries on which the suggestion rests, the deciding one first, each once.

    A fact that is asked back rests on the mandate alone: the way and the policy are not shown yet.
    """
    if dossier.status is AnswerStatus.NEEDS_FACT:
        return (dossier.mandate,) if dossier.mandate else ()
    entries: list[KnowledgeEntry | None] = [
        dossier.mandate,
        dossier.solution,
        *dossier.policies,
        dossier.instead,
    ]
    if dossier.status is AnswerStatus.ANSWERED:
        entries += dossier.step_mandates
    return tuple({entry.id: entry for entry in entries if entry}.values())


def _source(entry: KnowledgeEntry, question: Question) -> Source:
    return Source(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        version=entry.version,
        valid_until=entry.valid_until,
        source=entry.source,
        review_by=entry.review_by,
        overdue=entry.review_by is not None and question.on > entry.review_by,
        owner=entry.owner,
        excerpt=entry.body.strip(),
    )


def _step_notes(step: StepAdvice, organisation: Organisation, language: str) -> Iterator[str]:
    if step.handover:
        department = organisation.department(step.handover.to)
        yield answer.STEP_HANDOVER(language, department=department.title if department else step.handover.to)
        if step.handover.within:
            yield answer.STEP_WITHIN(language, within=step.handover.within)
        if step.handover.tell:
            yield answer.STEP_TELL(language, what=", ".join(step.handover.tell))
        yield answer.STEP_STAY(language)
    if step.asking:
        yield answer.STEP_ASKS(language, question=step.asking.question)
    elif step.outcome is Outcome.ALLOWED:
        yield answer.STEP_SELF(language)
        yield from _as_clauses(step.options)
    elif step.outcome is Outcome.APPROVAL:
        yield answer.STEP_APPROVAL(language, approver=role_title(step.who, organisation))
        yield from _as_clauses(step.options)
    elif step.outcome is Outcome.DENIED:
        yield _denied_step(step, language)


def _denied_step(step: StepAdvice, language: str) -> str:
    if not step.because:
        return answer.STEP_DENIED_TOO(language)
    return answer.STEP_DENIED(language, because=step.because.rstrip("."))


def _as_clauses(sentences: Sequence[str]) -> Iterator[str]:
    return (sentence.rstrip(".") for sentence in sentences)


def _paragraphs(suggestion: Suggestion, organisation: Organisation) -> Iterator[list[str]]:
    language = suggestion.question.language
    decision = suggestion.decision
    yield [suggestion.verdict]
    if decision and decision.because and not suggestion.asks:
        yield [decision.because]
    if suggestion.asks:
        yield [suggestion.asks.question, *(f"- {choice.label}" for choice in suggestion.asks.choices)]
    if suggestion.read:
        yield _under(answer.HEADING_READ(language), [f"{label(fact)}: {fact.shown}" for fact in suggestion.read])
    if decision and not suggestion.asks and (lines := option_lines(decision, language)):
        yield _under(options_heading(decision, organisation, language), lines)
    if suggestion.steps:
        yield [answer.HEADING_STEPS(language) + ":", *_numbered(suggestion.steps, organisation, language)]
    if suggestion.say:
        yield [f"{answer.HEADING_SAY(language)}: “{suggestion.say}”"]
    if suggestion.for_you:
        yield [answer.HEADING_FOR_YOU(language) + ":", *suggestion.for_you]
    if suggestion.next and (titles := _next_titles(suggestion)):
        yield _under(answer.HEADING_NEXT(language), titles)
    if suggestion.sources:
        sources = [f"{source.title} ({source_note(source, language)})" for source in suggestion.sources]
        yield _under(answer.HEADING_SOURCES(language), sources)


def _next_titles(suggestion: Suggestion) -> list[str]:
    """Titles without figures: a figure in an answer must stand in one of its sources."""
    return [action.title for action in suggestion.next if not any(letter.isdigit() for letter in action.title)]


def _under(heading: str, lines: Sequence[str]) -> list[str]:
    return [heading + ":", *(f"- {line}" for line in lines)]


def _numbered(steps: Sequence[StepAdvice], organisation: Organisation, language: str) -> Iterator[str]:
    for place, step in enumerate(steps, 1):
        note = step_note(step, organisation, language)
        yield f"{place}. {step.do}" + (f" ({note})" if note else "")
