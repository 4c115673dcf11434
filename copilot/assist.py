"""From question to suggestion: the whole story. Read `Assistant.preview` first.

Seven hops: a channel makes a Question (1); here it is put in its thread (2), entries are found and
chosen (3), the mandate decides (4), the template composes (5), the ledger records (6), and the channel
renders what comes back (7). A model, where there is one, may phrase the result afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Final, Protocol

from copilot import conversation, facts, knowing, mandate, retrieve
from copilot.asking import check_asker, readable
from copilot.compose import Dossier
from copilot.domain import (
    Decision,
    FactValue,
    FoundBy,
    Granted,
    Hit,
    KnowledgeEntry,
    Mandate,
    Organisation,
    Outcome,
    Question,
    ReadFact,
    Solution,
    Step,
    StepAdvice,
    Suggestion,
    Timings,
    Turn,
)
from copilot.errors import UsageError
from copilot.messages import answer
from copilot.retrieve import Findings, Query

if TYPE_CHECKING:
    # The guard's patterns take a third of a second to compile: only who has a model needs them.
    from copilot.phrasing import PhrasedPart, Phraser

HITS_TO_WEIGH: Final = 12


class Library(Protocol):
    """The knowledge as the database has it at this moment."""

    def organisation(self) -> Organisation: ...

    def living(self, ids: Iterable[str], covered_roles: frozenset[str], on: date) -> Mapping[str, KnowledgeEntry]:
        """Those of the entries that are published, may be seen by these roles and are valid on the day."""


class Finder(Protocol):
    """Finds the entries that may answer."""

    def find(self, query: Query) -> Findings: ...


class Composer(Protocol):
    """Puts what was found and decided into words."""

    def compose(self, dossier: Dossier) -> Suggestion: ...


class Ledger(Protocol):
    """What was asked, answered and really granted."""

    def thread(self, thread: str, *, but: str) -> tuple[Turn, ...]: ...

    def granted(self, action: str, key: str, since: date) -> tuple[Granted, ...]: ...

    def record(self, suggestion: Suggestion) -> None: ...


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with all that every hop needs to know about it."""

    question: Question
    organisation: Organisation
    covered: frozenset[str]

    @property
    def last_turn(self) -> Turn | None:
        return self.question.earlier[-1] if self.question.earlier else None


@dataclass(frozen=True, slots=True)
class Decided:
    """A mandate's decision, with the facts that were told rather than read."""

    mandate: Mandate
    decision: Decision
    told: frozenset[str]


class Assistant:
    """Answers questions: `suggest` gives the finished suggestion, `stream` the verdict first."""

    def __init__(
        self,
        library: Library,
        finder: Finder,
        composer: Composer,
        ledger: Ledger,
        phraser: Phraser | None = None,
        complete: Callable[[Question, Organisation], Question] = lambda question, organisation: question,
    ) -> None:
        """`complete` fills in what the asker left out of a question: here nobody knows the day."""
        self.library = library
        self.finder = finder
        self.composer = composer
        self.ledger = ledger
        self.phraser = phraser
        self.complete = complete

    async def suggest(self, question: Question) -> Suggestion:
        """The finished suggestion. Raises UsageError for an unknown role, department, entry or fact."""
        async for update in self.stream(question):
            if isinstance(update, Suggestion):
                suggestion = update
        return suggestion

    async def stream(self, question: Question) -> AsyncIterator[Suggestion | PhrasedPart]:
        """The computed suggestion at once; then, with a model, its words as they come and the final state."""
        suggestion = await asyncio.to_thread(self.answer, question)
        yield suggestion
        async for update in self.phrased(suggestion):
            yield update

    async def phrased(self, suggestion: Suggestion) -> AsyncIterator[Suggestion | PhrasedPart]:
        """What a model adds to a computed suggestion, the final state last; nothing without a model."""
        if self.phraser is None:
            return
        organisation, entries = await asyncio.to_thread(self.cited, suggestion)
        async for update in self.phraser.phrase(suggestion, organisation, entries):
            if isinstance(update, Suggestion):
                await asyncio.to_thread(self.ledger.record, update)
            yield update

    def answer(self, question: Question) -> Suggestion:
        """The suggestion without a model's words, recorded in the ledger."""
        suggestion = self.preview(question)
        self.ledger.record(suggestion)
        return suggestion

    def preview(self, question: Question) -> Suggestion:
        """What the answer would be, recorded nowhere: to see whether there is one before anybody asks us."""
        started = perf_counter()
        inquiry = self._inquire(question)
        findings = self._find(inquiry)
        entries = self._load(findings, inquiry)
        choice = retrieve.choose(findings, entries, _query(inquiry))
        found = perf_counter()
        decided = self._decide(choice.mandate, inquiry) if choice.mandate else None
        if decided:
            choice = retrieve.unless_certain(choice, decided.decision, findings, entries)
            decided = decided if choice.mandate else None
        instead = self._instead(decided, inquiry)
        solution = instead if isinstance(instead, Solution) else choice.solution
        linked = self._living(_leaned_on(solution), inquiry)
        _check_told(inquiry.question, choice.mandate, _step_mandates(solution, linked))
        steps = self._advise(solution, linked, inquiry)
        done = perf_counter()
        suggestion = self.composer.compose(
            Dossier(
                question=inquiry.question,
                organisation=inquiry.organisation,
                mandate=choice.mandate,
                decision=decided.decision if decided else None,
                solution=solution,
                policies=choice.policies,
                instead=instead,
                step_mandates=_step_mandates(solution, linked),
                steps=steps,
                next=tuple(linked[each] for each in solution.next if each in linked) if solution else (),
                read=_as_understood(decided, inquiry),
                owner=None if choice.known else retrieve.owner_of_nearest(findings, entries, question.department),
                near=() if choice.known else retrieve.nearest(findings, entries),
                hits=findings.hits,
            )
        )
        return replace(suggestion, timings=_timings(findings, started, found, done, perf_counter()))

    # ------------------------------------------------------------------------------------------ finding

    def _inquire(self, question: Question) -> Inquiry:
        organisation = self.library.organisation()
        check_asker(question, organisation)
        question = self.complete(readable(question), organisation)
        if question.thread and not question.earlier:
            question = replace(question, earlier=self.ledger.thread(question.thread, but=question.id))
        return Inquiry(question, organisation, organisation.covered_by(question.roles))

    def _find(self, inquiry: Inquiry) -> Findings:
        stay = inquiry.question.entry or self._entry_replied_to(inquiry)
        if stay is None:
            return self.finder.find(_query(inquiry))
        entry = self._living([stay], inquiry).get(stay)
        if entry is None:
            raise UsageError(answer.UNKNOWN_ENTRY, entry=stay)
        beside = dict.fromkeys(each for each in (*self._beside(entry, inquiry), *entry.related) if each != stay)
        hits = (Hit(stay, 1.0, FoundBy.THREAD), *(Hit(each, 0.9, FoundBy.THREAD) for each in beside))
        return Findings(hits=hits, known=True, reason="thread", sureness=knowing.CERTAIN)

    def _beside(self, entry: KnowledgeEntry, inquiry: Inquiry) -> tuple[str, ...]:
        """What the question that opened this subject found beside the entry: the way that goes with the answer."""
        turn = inquiry.last_turn
        if turn and turn.entry == entry.id and turn.asked is None:
            return turn.cited
        text = _opening(entry, inquiry)
        if not text:
            return ()
        query = replace(_query(inquiry), text=text, earlier=())
        findings = self.finder.find(query)
        choice = retrieve.choose(findings, self._load(findings, inquiry), query)
        found = (choice.mandate, choice.solution, *choice.policies)
        same_subject = choice.mandate is not None and choice.mandate.id == entry.id
        return tuple(each.id for each in found if each) if same_subject else ()

    def _entry_replied_to(self, inquiry: Inquiry) -> str | None:
        """The mandate of the turn before, where this message only gives or changes a fact of it."""
        turn = inquiry.last_turn
        entry = self._living([turn.entry], inquiry).get(turn.entry) if turn and turn.entry else None
        question = inquiry.question
        if not turn or not isinstance(entry, Mandate):
            return None
        stays = conversation.stays_with(question.text, turn, entry, question.on, question.language)
        return entry.id if stays else None

    def _load(self, findings: Findings, inquiry: Inquiry) -> Mapping[str, KnowledgeEntry]:
        """The entries that were found, with those that they point at."""
        entries = dict(self._living([hit.entry for hit in findings.hits[:HITS_TO_WEIGH]], inquiry))
        linked = {each for entry in entries.values() for each in (*entry.related, *_leaned_on(entry))}
        return entries | dict(self._living(sorted(linked - entries.keys()), inquiry))

    def _living(self, ids: Iterable[str], inquiry: Inquiry) -> Mapping[str, KnowledgeEntry]:
        ids = list(ids)
        return self.library.living(ids, inquiry.covered, inquiry.question.on) if ids else {}

    def cited(self, suggestion: Suggestion) -> tuple[Organisation, tuple[KnowledgeEntry, ...]]:
        """The entries on which a suggestion rests, as far as they still live, with their organisation."""
        organisation = self.library.organisation()
        question = suggestion.question
        ids = [source.id for source in suggestion.sources]
        living = self.library.living(ids, organisation.covered_by(question.roles), question.on)
        return organisation, tuple(living[each] for each in ids if each in living)

    # ----------------------------------------------------------------------------------------- deciding

    def _decide(self, entry: Mandate, inquiry: Inquiry) -> Decided:
        question = inquiry.question
        told = _told(entry, question)
        known = {**_earlier_facts(entry, inquiry.last_turn), **_read(entry, inquiry), **told}
        decision = mandate.decide(
            entry,
            inquiry.organisation,
            question.roles,
            question.on,
            known,
            granted=self._granted(entry, question),
            language=question.language,
        )
        return Decided(entry, decision, frozenset(told))

    def _granted(self, entry: Mandate, question: Question) -> tuple[Granted, ...]:
        limit = entry.period_limit
        if limit is None:
            return ()
        key = question.customer if limit.per == "customer" else question.thread
        since = _first_day(question.on, limit.days)
        given = self.ledger.granted(entry.action, key, since) if key else ()
        return tuple(each for each in given if each.on <= question.on)

    def _instead(self, decided: Decided | None, inquiry: Inquiry) -> KnowledgeEntry | None:
        decision = decided.decision if decided else None
        if decision is None or decision.outcome is not Outcome.DENIED or decision.instead is None:
            return None
        return self._living([decision.instead], inquiry).get(decision.instead)

    def _advise(
        self, solution: Solution | None, linked: Mapping[str, KnowledgeEntry], inquiry: Inquiry
    ) -> tuple[StepAdvice, ...]:
        return tuple(self._advise_step(step, linked, inquiry) for step in solution.steps) if solution else ()

    def _advise_step(self, step: Step, linked: Mapping[str, KnowledgeEntry], inquiry: Inquiry) -> StepAdvice:
        asker = inquiry.question.roles[0]
        entry = linked.get(step.mandate) if step.mandate else None
        if not isinstance(entry, Mandate):
            return StepAdvice(do=step.do, who=step.handover.to if step.handover else asker, handover=step.handover)
        decision = self._decide(entry, inquiry).decision
        return StepAdvice(
            do=step.do,
            who=decision.approver or (step.handover.to if step.handover else asker),
            mandate=entry.id,
            outcome=decision.outcome,
            options=decision.options,
            because=decision.because,
            asking=decision.asking,
            handover=step.handover,
        )


def _first_day(last: date, days: int) -> date:
    """Of a period of so many days that ends on the last one: 30 days up to the 30th began on the 1st."""
    return last - timedelta(days=min(days - 1, last.toordinal() - 1))


def _query(inquiry: Inquiry) -> Query:
    question = inquiry.question
    return Query(
        text=question.text,
        earlier=tuple(turn.text for turn in question.earlier),
        covered_roles=inquiry.covered,
        on=question.on,
        department=question.department,
        language=question.language,
    )


def _opening(entry: KnowledgeEntry, inquiry: Inquiry) -> str:
    """The question with which the talk about this entry began."""
    text = inquiry.question.text
    for turn in reversed(inquiry.question.earlier):
        if turn.entry != entry.id:
            break
        text = turn.text
    return text


def _check_told(question: Question, decided: Mandate | None, leaned_on: Iterable[Mandate]) -> None:
    """Raises UsageError for a fact that none of the mandates that bear on the question knows: a slip, never ignored."""
    bearing = [*([decided] if decided else []), *leaned_on]
    for name in question.facts:
        if bearing and not any(entry.fact(name) for entry in bearing):
            known = ", ".join(each.name for each in bearing[0].facts) or "-"
            raise UsageError(answer.UNKNOWN_FACT, fact=name, entry=bearing[0].id, known=known)


def _told(entry: Mandate, question: Question) -> Mapping[str, FactValue]:
    """What the colleague gave or tapped, for the facts that this mandate knows."""
    told: dict[str, FactValue] = {}
    for name, value in question.facts.items():
        fact = entry.fact(name)
        if fact:
            told[name] = facts.parse_value(fact, value) if isinstance(value, str) else value
    return told


def _earlier_facts(entry: Mandate, turn: Turn | None) -> Mapping[str, FactValue]:
    """What the thread already told about this mandate; another mandate starts afresh."""
    if turn is None or turn.entry != entry.id:
        return {}
    return {
        fact.name: facts.parse_value(fact, value) if isinstance(value := turn.facts[fact.name], str) else value
        for fact in entry.facts
        if fact.name in turn.facts
    }


def _read(entry: Mandate, inquiry: Inquiry) -> Mapping[str, FactValue]:
    question = inquiry.question
    return conversation.facts_in_reply(question.text, inquiry.last_turn, entry, question.on, question.language)


def _leaned_on(entry: KnowledgeEntry | None) -> tuple[str, ...]:
    """What a solution points at: the mandates of its steps and its next actions."""
    if not isinstance(entry, Solution):
        return ()
    return (*(step.mandate for step in entry.steps if step.mandate), *entry.next)


def _step_mandates(solution: Solution | None, linked: Mapping[str, KnowledgeEntry]) -> tuple[Mandate, ...]:
    steps = solution.steps if solution else ()
    entries = (linked.get(step.mandate) for step in steps if step.mandate)
    return tuple(entry for entry in entries if isinstance(entry, Mandate))


def _as_understood(decided: Decided | None, inquiry: Inquiry) -> tuple[ReadFact, ...]:
    if decided is None:
        return ()
    language, currency = inquiry.question.language, inquiry.organisation.currency
    return tuple(
        ReadFact(
            fact.name,
            decided.decision.facts[fact.name],
            facts.show_value(fact, decided.decision.facts[fact.name], language, currency),
            told=fact.name in decided.told,
        )
        for fact in decided.mandate.facts
        if fact.name in decided.decision.facts
    )


def _timings(findings: Findings, started: float, found: float, done: float, composed: float) -> Timings:
    def ms(since: float, until: float) -> float:
        return round((until - since) * 1000, 2)

    return Timings(
        embed=round(findings.embed_ms, 2),
        search=round(max(0.0, ms(started, found) - findings.embed_ms), 2),
        decide=ms(found, done),
        compose=ms(done, composed),
        total=ms(started, composed),
    )
