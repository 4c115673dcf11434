"""An answer with all that is needed to judge it: the case, the knowledge as it was, and what it could lean on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from copilot import facts, mandate
from copilot.bounds import Bounds, gather
from copilot.domain import (
    Case,
    Decision,
    KnowledgeEntry,
    Mandate,
    Organisation,
    ReadFact,
    Solution,
    StepAdvice,
    Suggestion,
)
from copilot.errors import CopilotError
from copilot.messages import Text


@dataclass(frozen=True, slots=True)
class Shelf:
    """The knowledge against which answers are held: every entry as it stands, also those that do not answer."""

    organisation: Organisation
    entries: Mapping[str, KnowledgeEntry]


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
        again = self.decision_again
        sober = replace(
            self.suggestion,
            verdict="",
            say=None,
            decision=again,
            asks=again.asking if again else None,
            steps=tuple(self._as_written(step) for step in self.suggestion.steps),
            read=self._facts_shown(again),
            for_you=(),
            next=(),
        )
        return gather(sober, self.shelf.organisation, self.evidence)

    def _as_written(self, step: StepAdvice) -> StepAdvice:
        """The step as far as its entry says it; an amount that was worked out for it is taken as it is."""
        written = any(
            step.do == each.do for entry in self.evidence if isinstance(entry, Solution) for each in entry.steps
        )
        entry = self.shelf.entries.get(step.mandate or "")
        works_out = isinstance(entry, Mandate) and any(rule.amount for rule in entry.rules)
        return replace(
            step,
            do=step.do if written else "",
            options=step.options if works_out else (),
            because=None,
            handover=step.handover if written else None,
        )

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
