"""What the store remembers beside knowledge: answers with what people thought of them, changes, and who is who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from copilot.domain import Colleague, Feedback, Suggestion

ABOUT_TO: Final = "?"
"""Kept just before something goes out: whoever takes over cannot know whether it did."""
NOT_SENT: Final = "-"
"""Kept when the chat service refused: nothing went out, so the next attempt may."""
GIVEN: Final = "!"
"""Kept when something went out that has no place to look it up: a message for one person's eyes in a channel."""
OVERDUE_SECONDS: Final = 120.0
"""Who heard nothing that long after his question is told that it went wrong. Six attempts fit well within it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Beantwoorde vraag: a suggestion as it was given, when, and the feedback on it."""

    suggestion: Suggestion
    at: datetime
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Melding: somebody says that an answer is not right."""

    suggestion: str
    by: str
    """The asker, as in the ledger."""
    question: str
    """As it was asked: mask it before others see it."""
    entry: str | None
    title: str
    owner: str | None
    """Whom the entry named as its owner when this was said."""
    remark: str | None
    told: tuple[str, ...]
    """Users of the chat service who got it."""
    at: datetime
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Wijziging: one line of the audit trail."""

    at: datetime
    by: str
    what: str
    """`entry.published`, `entry.draft`, `entry.retired`, `organisation.imported`, `colleague.put`…"""
    subject: str
    """The id of what changed."""
    version: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A colleague as the directory has him: which user of which chat service he is."""

    channel: str
    user: str
    colleague: Colleague
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class UserGroup:
    """Gebruikersgroep: what membership of a group in a chat service gives."""

    channel: str
    group: str
    roles: tuple[str, ...]
    department: str | None = None
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Aankomst: one event of a chat service as it came in."""

    workspace: str
    event: str
    """The same for everything that is delivered about one thing that happened."""
    lane: str
    """What must stay in order."""
    payload: str
    after: float = 0.0
    """Seconds before its turn comes."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Bezorging: one event of a chat service that waits for its answer."""

    number: int
    workspace: str
    event: str
    payload: str
    attempts: int
    """How often it was taken, this time included."""
    posted: str | None
    """Where an earlier attempt put the answer, or that it was about to."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Wachtrij: how the inbox of a channel stands."""

    unfinished: int
    oldest_seconds: float
    failed: int
    """Ended in an apology: every attempt failed, or its time was over."""
    done: int
    silent: int = 0
    """Neither answered nor apologised to: ended so since a day, or still open after its time. 0 when all is well."""
