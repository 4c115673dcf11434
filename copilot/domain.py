"""The words of the trade, as frozen values: what colleagues, team leads and the program talk about.

Each docstring starts with the Dutch word that people use. Nothing here reads, writes or knows the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

LANGUAGES: Final = ("nl", "en")
LEFT_OUT: Final = date.min
"""Stands for a day that nobody gave; only the assembly knows what day it is."""
LOCAL: Final = "local"
"""The organisation-independent name of the channel and the colleague behind the command line."""


# ---------------------------------------------------------------------------------------------- people


@dataclass(frozen=True, slots=True)
class Role:
    """Rol: what a colleague may, by place in the organisation."""

    id: str
    title: str
    above: tuple[str, ...] = ()
    """Roles directly below this one; it may do all that they may, and is whom they ask."""


@dataclass(frozen=True, slots=True)
class Department:
    """Afdeling: where a hand-over can go."""

    id: str
    title: str
    slack: str | None = None
    teams: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """Organisatie: its roles, departments and way of speaking."""

    id: str
    name: str
    language: str = "nl"
    currency: str = "EUR"
    tone: str = "u"
    """How staff address customers: `u` or `je`."""
    roles: tuple[Role, ...] = ()
    departments: tuple[Department, ...] = ()

    def role(self, role_id: str) -> Role | None:
        return next((role for role in self.roles if role.id == role_id), None)

    def department(self, department_id: str) -> Department | None:
        return next((each for each in self.departments if each.id == department_id), None)

    def covered_by(self, roles: Sequence[str]) -> frozenset[str]:
        """The given roles and every role below them (knowledge-format: a role *covers* these)."""
        below = {role.id: role.above for role in self.roles}
        covered: set[str] = set()
        waiting = list(roles)
        while waiting:
            role_id = waiting.pop()
            if role_id not in covered:
                covered.add(role_id)
                waiting.extend(below.get(role_id, ()))
        return frozenset(covered)

    def steps_above(self, roles: Sequence[str]) -> Mapping[str, int]:
        """Every role above one of the given roles, with the fewest steps up to it.

        The nearest first; of those equally near, the one that the organisation lists first.
        """
        steps: dict[str, int] = {}
        reached = set(roles)
        distance = 0
        while True:
            distance += 1
            known = {*steps, *roles}
            upward = [role.id for role in self.roles if role.id not in known and reached & set(role.above)]
            if not upward:
                return steps
            steps.update(dict.fromkeys(upward, distance))
            reached = set(upward)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Medewerker: who asks. Roles come from the directory, never from a message."""

    id: str
    roles: tuple[str, ...]
    name: str | None = None
    department: str | None = None
    language: str | None = None


# ------------------------------------------------------------------------------------------- knowledge


class Kind(StrEnum):
    """Soort kennisitem."""

    POLICY = "policy"
    MANDATE = "mandate"
    SOLUTION = "solution"


class Status(StrEnum):
    """Where an entry stands in its life. Only PUBLISHED entries ever answer."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeEntry:
    """Kennisitem: one piece of knowledge, with owner, dates, version and status."""

    id: str
    title: str
    body: str = ""
    owner: str | None = None
    department: str | None = None
    audience: tuple[str, ...] = ()
    """Roles that may see it, with all roles above them; empty = everyone."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day on which it counts."""
    review_by: date | None = None
    source: str | None = None
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    journey: str | None = None
    related: tuple[str, ...] = ()
    version: int = 1
    status: Status = Status.PUBLISHED

    @property
    def kind(self) -> Kind:
        raise NotImplementedError  # each kind names itself

    def valid_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    def visible_to(self, covered_roles: frozenset[str]) -> bool:
        """Whether somebody who covers these roles (Organisation.covered_by) may see it."""
        return not self.audience or not covered_roles.isdisjoint(self.audience)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(KnowledgeEntry):
    """Beleid: the rule and its reason, in plain words."""

    @property
    def kind(self) -> Kind:
        return Kind.POLICY


class FactType(StrEnum):
    """Soort feit. Domains: money >= 0 in cents; days whole >= 0; number >= 0; percent 0 to 100."""

    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    DAYS = "days"
    YESNO = "yesno"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Between:
    """A range of an amount, number, percentage or number of days; None = no end on that side."""

    low: Decimal | None = None
    high: Decimal | None = None
    with_low: bool = True
    with_high: bool = True


FactValue = Decimal | bool | str | Between
"""Money, number, percent and days as Decimal, or as the range that was tapped; yesno as bool; choice by name."""

NONE_OF_THESE: Final = "none-of-these"
"""The answer of a colleague for whom no value of a choice fits: the entry does not cover his case."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Feit: what a mandate depends on."""

    name: str
    type: FactType
    ask: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a choice: each value with the words that mean it."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Condition on a choice (names of values), a yesno fact (True, False) or several exact numbers."""

    values: tuple[str | bool | Decimal, ...]


Condition = Between | OneOf


@dataclass(frozen=True, slots=True)
class Rule:
    """Regel: one row of a mandate. All conditions of a row hold together; rows are alternatives."""

    roles: tuple[str, ...] = ()
    when: Mapping[str, Condition] = field(default_factory=dict)
    may: str | None = None
    never: bool = False
    because: str | None = None
    instead: str | None = None
    amount: str | None = None
    """A formula over facts, worked out for the case and put in place of {amount}."""


@dataclass(frozen=True, slots=True)
class PeriodLimit:
    """Periodegrens: the most of one fact that may be granted in a number of days (against splitting)."""

    fact: str
    max: Decimal
    per: str
    """`customer` or `case`."""
    days: int
    roles: tuple[str, ...] = ()
    """Who is bound; empty = everyone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate(KnowledgeEntry):
    """Mandaat: who may decide what, up to how much, under which conditions."""

    action: str = ""
    facts: tuple[Fact, ...] = ()
    rules: tuple[Rule, ...] = ()
    period_limit: PeriodLimit | None = None

    @property
    def kind(self) -> Kind:
        return Kind.MANDATE

    def fact(self, name: str) -> Fact | None:
        return next((each for each in self.facts if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Customer:
    """Klant: the situation through his eyes."""

    wants: str | None = None
    worries: str | None = None
    delight: str | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """Overdracht: warm, or not at all: to whom, by when, and what goes along."""

    to: str
    """A department's id."""
    within: str | None = None
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Stap: what the colleague does; with the mandate that allows it, or the hand-over that it is."""

    do: str
    mandate: str | None = None
    handover: Handover | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution(KnowledgeEntry):
    """Oplossing: all in one go."""

    customer: Customer = field(default_factory=Customer)
    say: str | None = None
    """A cue for the customer in the organisation's tone, not a script."""
    steps: tuple[Step, ...] = ()
    next: tuple[str, ...] = ()
    """Next best actions: ids of entries."""

    @property
    def kind(self) -> Kind:
        return Kind.SOLUTION


# -------------------------------------------------------------------------------- question and answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Vraag: who asks what, on which day, in which conversation.

    `Question(text="…", roles=("medewerker",))` is enough: what is left out is filled in when it is asked.
    """

    text: str
    roles: tuple[str, ...]
    on: date = LEFT_OUT
    """The day for which the rules are asked (also the day against which "gisteren" is read). Left out: today."""
    id: str = ""
    """Its name in the ledger. Left out: a new one."""
    language: str = ""
    """`nl` or `en`. Left out: that of the text, else the organisation's."""
    department: str | None = None
    facts: Mapping[str, FactValue | str] = field(default_factory=dict)
    """Told or tapped by the colleague, by the names that a mandate uses; never overruled by reading."""
    entry: str | None = None
    """The entry that a tap or a form is about; then nothing needs to be searched."""
    thread: str | None = None
    earlier: tuple[Turn, ...] = ()
    """What was said before in the thread, oldest first."""
    customer: str | None = None
    """A reference to the customer, for limits per customer; never shown, kept only as a hash."""
    asker: str = LOCAL
    channel: str = LOCAL


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question in a thread, with what it led to."""

    text: str
    entry: str | None = None
    """The mandate that was decided on or asked about, if any."""
    facts: Mapping[str, FactValue | str] = field(default_factory=dict)
    asked: str | None = None
    """The fact that was asked back, if any."""
    cited: tuple[str, ...] = ()


class FoundBy(StrEnum):
    """How a hit was found."""

    MEANING = "meaning"
    WORDS = "words"
    BOTH = "both"
    RELATED = "related"
    THREAD = "thread"


@dataclass(frozen=True, slots=True)
class Hit:
    """Vondst: an entry that may answer, with how well and how it was found."""

    entry: str
    score: float
    """Absolute: comparable between questions. 0 = nothing in common."""
    found_by: FoundBy = FoundBy.BOTH
    meaning: float = 0.0
    """Cosine of question and entry."""
    words: float = 0.0
    """Share of what an entry matching every word of the question would score; 0 to 1."""


class Outcome(StrEnum):
    """What a mandate says about a case."""

    ALLOWED = "allowed"
    APPROVAL = "approval"
    DENIED = "denied"


class Why(StrEnum):
    """The ground of a decision, from which its one explaining sentence is made."""

    RULE = "rule"
    NEVER = "never"
    ABOVE_LIMIT = "above_limit"
    NOT_COVERED = "not_covered"
    PERIOD_LIMIT = "period_limit"
    NOT_VALID = "not_valid"
    UNKNOWN_ENTRY = "unknown_entry"
    NEEDS_FACT = "needs_fact"


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer that matters to a question about a fact: the words on the button, and the value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Asking:
    """The one fact that is missing, with the few answers that matter."""

    fact: str
    question: str
    choices: tuple[AnswerChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Depending:
    """An option that holds only under a condition that is not known yet ("als …")."""

    option: str
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Besluit: computed from the table, never by a model. Same inputs, same decision."""

    entry: str
    version: int
    action: str
    outcome: Outcome | None
    """None while a fact is missing that could change it."""
    options: tuple[str, ...] = ()
    depending: tuple[Depending, ...] = ()
    approver: str | None = None
    """The role to ask, with outcome APPROVAL."""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    types: Mapping[str, FactType] = field(default_factory=dict)
    """Of each of `facts`, so that its value can be written for programs."""
    missing: tuple[str, ...] = ()
    """Facts that are not known and could still matter, most deciding first."""
    asking: Asking | None = None
    because: str = ""
    """One sentence that a colleague understands."""
    why: Why = Why.RULE
    instead: str | None = None
    """An entry that helps all the same."""
    rule: int | None = None
    """The deciding row, counted from 1 in the order of the file."""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """What was really given before under a period limit (same action, same customer or case)."""

    amount: Decimal
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAdvice:
    """One step of a suggestion, with what the asker may do of it himself."""

    do: str
    who: str
    """A role's id, or with a hand-over the department's id."""
    mandate: str | None = None
    outcome: Outcome | None = None
    options: tuple[str, ...] = ()
    because: str | None = None
    asking: Asking | None = None
    handover: Handover | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bron: an entry in the version on which the suggestion rests."""

    id: str
    kind: Kind
    title: str
    version: int
    valid_until: date | None = None
    source: str | None = None
    review_by: date | None = None
    overdue: bool = False
    owner: str | None = None
    excerpt: str = ""
    """The entry's own text, for whoever unfolds it."""


@dataclass(frozen=True, slots=True)
class NextAction:
    """Volgende beste actie: what could be offered once the question is solved."""

    id: str
    title: str


class AnswerStatus(StrEnum):
    """How far the answer came."""

    ANSWERED = "answered"
    NEEDS_FACT = "needs_fact"
    NO_KNOWLEDGE = "no_knowledge"


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact as it was understood, to be shown and corrected."""

    name: str
    value: FactValue
    shown: str
    """As the organisation writes it: `€ 40,00`, `ja`."""
    told: bool = False
    """True when the colleague tapped or gave it; False when it was read from his words."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds by part."""

    embed: float = 0.0
    search: float = 0.0
    decide: float = 0.0
    compose: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Voorstel: what the colleague sees. The same value for every channel.

    Two voices: `verdict`, `because`, `steps`, `for_you` are for the colleague; `say` is a cue for the
    customer and never holds limits, roles or internal names.
    """

    id: str
    question: Question
    status: AnswerStatus
    verdict: str
    """One line: may I, or what this is about."""
    decision: Decision | None = None
    decided_title: str | None = None
    asks: Asking | None = None
    steps: tuple[StepAdvice, ...] = ()
    for_you: tuple[str, ...] = ()
    """Paragraphs for the colleague: policy in plain words, what the customer wants and fears."""
    say: str | None = None
    sources: tuple[Source, ...] = ()
    next: tuple[NextAction, ...] = ()
    read: tuple[ReadFact, ...] = ()
    """The facts as understood, with whether they were told or read."""
    owner: str | None = None
    """With NO_KNOWLEDGE: who answers for the subject."""
    near: tuple[NextAction, ...] = ()
    """With NO_KNOWLEDGE: the entries that came nearest, for the colleague to choose from; no part of `text`."""
    text: str = ""
    """The whole suggestion as plain text."""
    composed_by: str = "template"
    hits: tuple[Hit, ...] = ()
    timings: Timings = field(default_factory=Timings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Terugkoppeling: what a colleague thought of a suggestion."""

    suggestion: str
    helpful: bool
    by: str
    reason: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Kennisgat: a question that found nothing."""

    question: str
    text: str
    at: datetime
    owner: str | None = None
    open: bool = True
    asker: str = ""
    """Who asked, as in the ledger."""
    told: tuple[str, ...] = ()
    """Users of the chat service who got it."""


# -------------------------------------------------------------------------------- the life of an entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an entry: its text as the author wrote it, who, when and why."""

    entry: str
    number: int
    status: Status
    text: str
    """The file's text: Markdown with front matter."""
    path: str | None
    """Where it stood in its pack; None when it was written in chat or on the web."""
    by: str
    at: datetime
    approved_by: str | None = None
    note: str = ""


# ---------------------------------------------------------------------------------------------- cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a good answer is. Absent fields are not judged."""

    status: AnswerStatus | None = None
    sources: tuple[str, ...] | None = None
    sources_not: tuple[str, ...] = ()
    outcome: str | None = None
    """allowed | approval | denied | none (no mandate may bear on it)."""
    approver: str | None = None
    asks: str | None = None
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Proefvraag: a question with what a good answer is."""

    id: str
    ask: str
    role: str
    expect: Expectation
    on: date | None = None
    department: str | None = None
    language: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    then: tuple[str, ...] = ()
    """Follow-ups in the same thread; `expect` judges the last answer."""
    tags: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
