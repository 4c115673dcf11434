"""From scores to an answer's ground: fusing words and meaning, knowing or not knowing, and choosing what to cite.

Pure: the search index (`copilot.indexes`) brings the scores, the database the entries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from copilot.domain import Decision, Hit, KnowledgeEntry, Mandate, Outcome, Policy, Solution
from copilot.emergency import calls_for_help
from copilot.knowing import CERTAIN, FOR_HELP, NEARLY, Evidence
from copilot.words import content_words

AnyEntry = TypeVar("AnyEntry", bound=KnowledgeEntry)

WEIGHT_OF_WORDS: Final = 0.15
"""score = nearness in meaning + this x share of the words; flat from 0.10 to 0.20 on the development sets."""
LEAST_OF_WEIGHT: Final = 1 / 3
"""Of that weight, where no entry is in the question's language: words then match by accident, mostly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is searched, for whom and for which day."""

    text: str
    covered_roles: frozenset[str]
    """The asker's roles with all roles below them."""
    on: date
    earlier: tuple[str, ...] = ()
    """The questions before this one in the thread, oldest first."""
    department: str | None = None
    language: str = "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Vondsten: the entries that may answer, best first, and whether any of them does."""

    hits: tuple[Hit, ...]
    known: bool
    reason: str
    """Why it is known or not, for logs and tests: `found`, `weak`, `lapsed`, `nothing`, `thread`."""
    embed_ms: float = 0.0
    search_ms: float = 0.0
    close: float = 0.03
    sureness: float = 0.0
    """From 0 on it is known (copilot.knowing)."""
    evidence: Evidence | None = None
    """What that rests on; None where nothing was found or searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an answer rests on, and nothing more."""

    primary: KnowledgeEntry | None = None
    mandate: Mandate | None = None
    solution: Solution | None = None
    policies: tuple[Policy, ...] = ()
    known: bool = False
    reason: str = ""


# -------------------------------------------------------------------------------------------- fusing


def weight_of_words(same_language: float) -> float:
    """How much words count, given the share of the entries that are in the question's language."""
    return WEIGHT_OF_WORDS * max(LEAST_OF_WEIGHT, same_language)


# -------------------------------------------------------------------------------------------- thread

_REFERS: Final = re.compile(
    r"^\W*(en|maar|of|als|wat als|stel|dan|dus|ook|and|but|or|if|what if|what about|how about|suppose|then|so|also)\b"
    r"|\b(die|dat|deze|dit|daar\w*|hij|hem|ze|haar|it|that|this|those|them|he|she)\b",
    re.IGNORECASE,
)
FEW_WORDS: Final = 3
"""Content words. A follow-up with more of them says for itself what it is about."""
EARLIER_READ: Final = 2
"""Questions of the thread that a follow-up is read with."""


def with_thread(query: Query) -> str | None:
    """The question together with those before it, when it may lean on them; None when it stands alone."""
    if not query.earlier:
        return None
    if len(content_words(query.text)) > FEW_WORDS and not _REFERS.search(query.text):
        return None
    return " ".join((*query.earlier[-EARLIER_READ:], query.text))


def of_thread(alone: Findings, together: Findings) -> Findings:
    """Which of the two searches to believe: a follow-up that names a subject of its own has left the old one."""
    if not together.known:
        return alone
    if alone.known and alone.hits[0].entry != together.hits[0].entry and alone.sureness > together.sureness:
        return alone
    return together


# -------------------------------------------------------------------------------------------- choosing


WITH_MANDATE: Final = 0.01
"""A mandate decides beside another best hit only when it is linked to it and this near in score."""
WITH_MANDATE_ASKED: Final = 0.05
"""The same, where the colleague asks whether something is allowed."""
WITH_SOLUTION: Final = 0.06
AHEAD_OF_THE_REST: Final = 0.10
"""A solution that leans on the deciding mandate shows the way when nothing unlinked comes this near to it."""
WITH_POLICY: Final = 0.05
MOST_POLICIES: Final = 2
MOST_NEAR: Final = 3
OWN_DEPARTMENT: Final = 0.003
_ASKS_LEAVE: Final = re.compile(
    r"\b(mag|mogen|mocht|toegestaan|toestaan|bevoegd|akkoord|tot hoeveel|may|allowed?|permitted|can (i|we))\b",
    re.IGNORECASE,
)


def choose(findings: Findings, entries: Mapping[str, KnowledgeEntry], query: Query) -> Choice:
    """What to cite of the hits: the best one, with what is linked to it and nearly as near; the rest is left out.

    `entries` holds those that are living, with those that they point at. Where the best hit is no longer
    living, another one answers only when it is as good.
    """
    hits = _own_first([hit for hit in findings.hits if hit.entry in entries], entries, query.department)
    if not hits or hits[0].score < findings.hits[0].score - findings.close:
        return Choice(reason="gone" if findings.known else findings.reason)
    best = entries[hits[0].entry]
    if not findings.known and not (findings.sureness >= FOR_HELP and calls_for_help(best)):
        return Choice(reason=findings.reason)
    behind = {hit.entry: hits[0].score - hit.score for hit in hits}
    linked = [entries[hit.entry] for hit in hits[1:] if are_linked(best, entries[hit.entry])]
    room = WITH_MANDATE_ASKED if _ASKS_LEAVE.search(query.text) else WITH_MANDATE
    return Choice(
        primary=best,
        mandate=_first(Mandate, best, [each for each in linked if behind[each.id] <= room]),
        solution=_first(Solution, best, _ways(best, linked, hits, behind)),
        policies=_policies(best, [each for each in linked if behind[each.id] <= WITH_POLICY]),
        known=True,
        reason=findings.reason,
    )


def unless_certain(
    choice: Choice, decision: Decision, findings: Findings, entries: Mapping[str, KnowledgeEntry]
) -> Choice:
    """What is left of a choice whose mandate says yes, or may once a fact is known: nothing, where it is too unsure.

    It is, below CERTAIN; and for a yes also where another rule could be the one that was meant. Where the mandate
    only stands beside the answer, the rest of the answer stays, with what its steps need.
    """
    mandate = choice.mandate
    if mandate is None or not (decision.outcome is Outcome.ALLOWED or decision.asking):
        return choice
    meant = decision.asking is not None or (choice.primary == mandate and not _rivalled(mandate, findings, entries))
    if findings.sureness >= CERTAIN and meant:
        return choice
    return Choice(reason="uncertain") if choice.primary == mandate else replace(choice, mandate=None)


def nearest(findings: Findings, entries: Mapping[str, KnowledgeEntry]) -> tuple[KnowledgeEntry, ...]:
    """What came nearest to a question that nothing answers for sure, for the colleague to choose from."""
    if findings.sureness < NEARLY:
        return ()
    least = max((hit.score for hit in findings.hits), default=0.0) - 2 * findings.close
    near = (entries[hit.entry] for hit in findings.hits if hit.entry in entries and hit.score >= least)
    return tuple(near)[:MOST_NEAR]


def owner_of_nearest(
    findings: Findings, entries: Mapping[str, KnowledgeEntry], department: str | None = None
) -> str | None:
    """Who answers for the subject: the owner of the nearest entry, of the asker's own department if it can be."""
    near = [entries[hit.entry] for hit in findings.hits if hit.entry in entries and entries[hit.entry].owner]
    own = [entry for entry in near if entry.department and entry.department == department]
    return next((entry.owner for entry in (*own, *near)), None)


def _rivalled(mandate: Mandate, findings: Findings, entries: Mapping[str, KnowledgeEntry]) -> bool:
    """Whether a hit as near as this mandate belongs to another subject, or is another mandate of the same."""
    least = next((hit.score for hit in findings.hits if hit.entry == mandate.id), 0.0) - findings.close
    near = (entries[hit.entry] for hit in findings.hits if hit.score > least and hit.entry in entries)
    return any(entry != mandate and (isinstance(entry, Mandate) or not are_linked(mandate, entry)) for entry in near)


def _ways(
    best: KnowledgeEntry, linked: Sequence[KnowledgeEntry], hits: Sequence[Hit], behind: Mapping[str, float]
) -> list[KnowledgeEntry]:
    """The linked entries that may show the way: nearly as near as the best, or leaning on it and ahead of the rest.

    Beside a mandate only what leans on it: another way that it merely names is for another case.
    """
    known = {best.id, *(entry.id for entry in linked)}
    rest = min((behind[hit.entry] for hit in hits if hit.entry not in known), default=1.0)
    room = max(WITH_SOLUTION, rest - AHEAD_OF_THE_REST)
    if isinstance(best, Mandate):
        return [entry for entry in linked if behind[entry.id] <= room and leans_on(entry, best)]
    return [entry for entry in linked if behind[entry.id] <= WITH_SOLUTION]


def leans_on(entry: KnowledgeEntry, mandate: KnowledgeEntry) -> bool:
    """Whether a step of a solution needs this mandate."""
    return isinstance(entry, Solution) and any(step.mandate == mandate.id for step in entry.steps)


def _own_first(hits: Sequence[Hit], entries: Mapping[str, KnowledgeEntry], department: str | None) -> list[Hit]:
    """Of entries that are equally near, the asker's own department's comes first."""

    def place(hit: Hit) -> float:
        own = department is not None and entries[hit.entry].department == department
        return -hit.score - (OWN_DEPARTMENT if own else 0)

    return sorted(hits, key=place)


def are_linked(one: KnowledgeEntry, other: KnowledgeEntry) -> bool:
    """Whether one of the two points at the other: related, or a step's mandate."""
    return other.id in points_at(one) or one.id in points_at(other)


def points_at(entry: KnowledgeEntry) -> frozenset[str]:
    """The entries that this one names."""
    steps = [step.mandate for step in entry.steps if step.mandate] if isinstance(entry, Solution) else []
    return frozenset((*entry.related, *steps))


def _first(kind: type[AnyEntry], best: KnowledgeEntry, linked: Sequence[KnowledgeEntry]) -> AnyEntry | None:
    return next((entry for entry in (best, *linked) if isinstance(entry, kind)), None)


def _policies(best: KnowledgeEntry, linked: Sequence[KnowledgeEntry]) -> tuple[Policy, ...]:
    return tuple(entry for entry in (best, *linked) if isinstance(entry, Policy))[:MOST_POLICIES]
