"""From scores to an answer's ground: fusing words and meaning, knowing or not knowing, and choosing what to cite.

Pure: the search index (`copilot.indexes`) brings the scores, the database the entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from copilot.domain import Hit, KnowledgeEntry, Mandate, Policy, Solution

AnyEntry = TypeVar("AnyEntry", bound=KnowledgeEntry)

WEIGHT_OF_WORDS: Final = 0.15
"""score = cosine + WEIGHT_OF_WORDS x share of the words; flat between 0.10 and 0.20 on the development sets."""


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
class Calibration:
    """From which score on an entry is taken to answer; belongs to one embedder and was measured with it."""

    floor: float
    """Below this score nothing is known."""
    sure: float
    """From this score on it is, whatever the words say."""
    close: float
    """Hits within this distance of the best are about the same subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Vondsten: the entries that may answer, best first, and whether any of them does."""

    hits: tuple[Hit, ...]
    known: bool
    reason: str
    """Why it is known or not, for logs and tests: `sure`, `weak`, `nothing`, `thread`…"""
    embed_ms: float = 0.0
    search_ms: float = 0.0
    close: float = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an answer rests on, and nothing more."""

    primary: KnowledgeEntry | None = None
    mandate: Mandate | None = None
    solution: Solution | None = None
    policies: tuple[Policy, ...] = ()
    known: bool = False
    reason: str = ""


def choose(findings: Findings, entries: Mapping[str, KnowledgeEntry], query: Query) -> Choice:
    """What to cite of the hits. `entries` holds those that are living, with those that they point at."""
    hits = [hit for hit in findings.hits if hit.entry in entries]
    if not findings.known or not hits:
        return Choice(reason=findings.reason)
    near = [entries[hit.entry] for hit in hits if hit.score >= hits[0].score - findings.close]
    primary = near[0]
    linked = [entry for entry in near[1:] if are_linked(primary, entry)]
    mandate = _first(Mandate, [primary, *linked])
    solution = _first(Solution, [primary, *linked])
    policies = tuple(entry for entry in [primary, *linked] if isinstance(entry, Policy))
    return Choice(
        primary=primary, mandate=mandate, solution=solution, policies=policies, known=True, reason=findings.reason
    )


def are_linked(one: KnowledgeEntry, other: KnowledgeEntry) -> bool:
    """Whether one of the two points at the other: related, a step's mandate, or a next action."""
    return other.id in points_at(one) or one.id in points_at(other)


def points_at(entry: KnowledgeEntry) -> frozenset[str]:
    """The entries that this one names."""
    steps = [step.mandate for step in entry.steps if step.mandate] if isinstance(entry, Solution) else []
    return frozenset((*entry.related, *steps))


def _first(kind: type[AnyEntry], entries: Sequence[KnowledgeEntry]) -> AnyEntry | None:
    return next((entry for entry in entries if isinstance(entry, kind)), None)
