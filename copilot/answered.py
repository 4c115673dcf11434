"""An answer with all that is needed to judge it: the case, the knowledge as it was, and what it could lean on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from copilot import facts, figures, mandate
from copilot.bounds import Bounds, gather
from copilot.domain import (
    AnswerStatus,
    Case,
    Decision,
    KnowledgeEntry,
    Mandate,
    Organisation,
    Question,
    ReadFact,
    Solution,
    StepAdvice,
    Suggestion,
)
from copilot.errors import CopilotError
from copilot.messages import Text
from copilot.readability import Readability, measure


@dataclass(frozen=True, slots=True)
class Shelf:
    """The knowledge against which answers are held: every entry as it stands, also those that do not answer."""

    organisation: Organisation
    entries: Mapping[str, KnowledgeEntry]
    _bounds: dict[str, Bounds] = field(default_factory=dict, compare=False, repr=False)

    def bounds_of(self, entry: KnowledgeEntry) -> Bounds:
        """What one entry says by itself, read once however often it is cited."""
        if entry.id not in self._bounds:
            day = entry.valid_from or entry.valid_until or date.min
            asker = Question(text="", roles=tuple(role.id for role in self.organisation.roles), on=day, id="")
            steps = tuple(StepAdvice(do=step.do, who="") for step in entry.steps) if isinstance(entry, Solution) else ()
            blank = Suggestion(id="", question=asker, status=AnswerStatus.ANSWERED, verdict="", steps=steps)
            say = entry.say if isinstance(entry, Solution) else None
            self._bounds[entry.id] = gather(replace(blank, say=say), self.organisation, (entry,), figures_alone=True)
        return self._bounds[entry.id]


@dataclass(frozen=True, slots=True)
class Mark:
    """Cijfer: what one scorer says about one answer."""

    scorer: str
    value: float
    """0 to 1, 1 = perfect; a score in points for `flesch_douma`."""
    passed: bool | None
    """None = a trend: shown, but an answer is not wrong by it."""
    reason: Text
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        return self.reason(language, **self.values)


@dataclass(frozen=True)
class Answered:
    """One answer to one case."""

    case: Case
    suggestion: Suggestion
    shelf: Shelf

    @property
    def language(self) -> str:
        return self.suggestion.question.language

    @cached_property
    def cited(self) -> tuple[str, ...]:
        return tuple(source.id for source in self.suggestion.sources)

    @cached_property
    def covered(self) -> frozenset[str]:
        """The asker's roles with those below them."""
        return self.shelf.organisation.covered_by(self.suggestion.question.roles)

    @cached_property
    def evidence(self) -> tuple[KnowledgeEntry, ...]:
        """The cited entries as the knowledge has them, as far as this asker may lean on them today."""
        found = (self.shelf.entries.get(each) for each in self.cited)
        return tuple(each for each in found if each and self.counts(each))

    def counts(self, entry: KnowledgeEntry) -> bool:
        return entry.valid_on(self.suggestion.question.on) and entry.visible_to(self.covered)

    @cached_property
    def decision_again(self) -> Decision | None:
        """The decision worked out anew from the rules and the facts; None where nothing was, or can be, decided."""
        decision, question = self.suggestion.decision, self.suggestion.question
        entry = self.shelf.entries.get(decision.entry) if decision else None
        if decision is None or not isinstance(entry, Mandate):
            return None
        try:
            return mandate.decide(
                entry,
                self.shelf.organisation,
                question.roles,
                question.on,
                decision.facts,
                language=question.language,
            )
        except CopilotError:
            return None

    @cached_property
    def bounds(self) -> Bounds:
        """What this answer could lean on, without believing a word of the answer itself."""
        suggestion, again = self.suggestion, self.decision_again
        computed = gather(self._bare(again), self.shelf.organisation, (), figures_alone=True)
        each = [self.shelf.bounds_of(entry) for entry in self.evidence]
        known = frozenset().union(computed.figures, *(bounds.figures for bounds in each))
        return replace(
            computed,
            suggestion=replace(suggestion, decision=again),
            entries=self.evidence,
            figures=known,
            asked=computed.asked | self._fact_figures(again),
            limits=tuple(limit for bounds in each for limit in bounds.limits),
        )

    def _bare(self, decision: Decision | None) -> Suggestion:
        """The answer with only what was asked and decided anew."""
        return replace(
            self.suggestion,
            verdict="",
            say=None,
            decision=decision,
            asks=decision.asking if decision else None,
            steps=tuple(step for step in map(self._computed, self.suggestion.steps) if step),
            read=self._facts_shown(decision),
            for_you=(),
            next=(),
        )

    def _computed(self, step: StepAdvice) -> StepAdvice | None:
        """A step's options, where its mandate works out an amount for the case; all else stands in an entry."""
        entry = self.shelf.entries.get(step.mandate or "")
        works_out = isinstance(entry, Mandate) and any(rule.amount for rule in entry.rules)
        return StepAdvice(do="", who="", options=step.options) if works_out else None

    def _fact_figures(self, decision: Decision | None) -> frozenset[tuple[figures.Unit, Decimal]]:
        """The facts as figures of their kind."""
        shown = (fact.shown for fact in self._facts_shown(decision))
        return frozenset(key for text in shown for key in figures.keys(text, self.language))

    def _facts_shown(self, decision: Decision | None) -> tuple[ReadFact, ...]:
        entry = self.shelf.entries.get(decision.entry) if decision else None
        if decision is None or not isinstance(entry, Mandate):
            return ()
        currency = self.shelf.organisation.currency
        return tuple(
            ReadFact(fact.name, value, facts.show_value(fact, value, self.language, currency))
            for fact in entry.facts
            if (value := decision.facts.get(fact.name)) is not None
        )

    @cached_property
    def readability(self) -> Readability:
        """Of the sentences of the answer, without headings, facts and sources."""
        suggestion, decision = self.suggestion, self.suggestion.decision
        parts = [suggestion.verdict, *(decision.options if decision else ()), *(step.do for step in suggestion.steps)]
        parts += [*suggestion.for_you, suggestion.say or "", suggestion.asks.question if suggestion.asks else ""]
        return measure("\n".join(part for part in parts if part), [step.do for step in suggestion.steps])
