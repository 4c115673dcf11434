"""What the store remembers beside knowledge: answers with what people thought of them, changes, and who is who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from copilot.domain import Colleague, Feedback, Suggestion


@dataclass(frozen=True, slots=True)
class Answered:
    """Beantwoorde vraag: a suggestion as it was given, when, and the feedback on it."""

    suggestion: Suggestion
    at: datetime
    feedback: tuple[Feedback, ...] = ()


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
    done: int
