"""Open requests: what people say is not right, proposals that wait, and who was told of what today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, delete, func, or_, select, update

from copilot.domain import Version
from copilot.errors import UsageError
from copilot.messages import store
from copilot.records import Report
from copilot.store.knowledge import KnowledgeRoom, version_of
from copilot.store.statements import insert_once, upsert
from copilot.store.tables import entries, gaps, key, notices, questions, reports, suggestions, versions

_REPORT: Final = ("organisation", "suggestion", "by")
_NOTICE: Final = ("organisation", "workspace", "person", "subject")
_TOLD_FOR: Final = timedelta(days=1)


class RequestsRoom(KnowledgeRoom):
    """A report goes when its answer goes: it is part of what somebody asked."""

    def put_report(
        self, suggestion: str, by: str, *, entry: str | None, title: str, owner: str | None, remark: str | None
    ) -> None:
        """Keeps that somebody says an answer is not right; saying it again replaces it, and opens it once more.

        Raises UsageError when the answer is not there.
        """
        row: dict[str, Any] = {"suggestion": suggestion, "by": by, "entry": entry, "title": title, "owner": owner}
        row |= {"remark": remark, "told": "[]", "at": self._now(), "closed_by": None, "closed_at": None}
        with self._writing() as (connection, organisation):
            mine = (suggestions.c.organisation == organisation, suggestions.c.id == key(suggestion))
            if connection.execute(select(suggestions.c.id).where(*mine)).first() is None:
                raise UsageError(store.NO_SUGGESTION, suggestion=suggestion)
            upsert(connection, reports, [{**row, "organisation": organisation}], _REPORT)

    def report_told(self, suggestion: str, by: str, told: Sequence[str]) -> None:
        """Who in the chat service got the report."""
        each = reports.c
        with self._writing() as (connection, organisation):
            mine = (each.organisation == organisation, each.suggestion == key(suggestion), each.by == key(by))
            connection.execute(update(reports).where(*mine).values(told=json.dumps(list(told))))

    def gap_told(self, question: str, told: Sequence[str]) -> None:
        """Who in the chat service got the question that found nothing."""
        each = gaps.c
        with self._writing() as (connection, organisation):
            mine = (each.organisation == organisation, each.question == key(question))
            connection.execute(update(gaps).where(*mine).values(told=json.dumps(list(told))))

    def reports(self, closed_since: datetime | None = None) -> tuple[Report, ...]:
        """Open reports, oldest first; with a moment also those that were closed after it."""
        each = reports.c
        which = each.closed_at.is_(None)
        wanted = or_(which, each.closed_at > closed_since) if closed_since else which
        with self._reading() as (connection, organisation):
            chosen = (
                select(reports, questions.c.text)
                .join(suggestions, and_(suggestions.c.organisation == each.organisation, _same_suggestion()))
                .join(questions, and_(questions.c.organisation == each.organisation, _its_question()))
                .where(each.organisation == organisation, wanted)
            )
            return tuple(map(_report, connection.execute(chosen.order_by(each.at, each.suggestion, each.by))))

    def close_report(self, suggestion: str, by: str, closer: str) -> bool:
        """Whether it was still open: of two people who close it at once, one did."""
        each = reports.c
        with self._writing() as (connection, organisation):
            mine = (each.organisation == organisation, each.suggestion == key(suggestion), each.by == key(by))
            closed = update(reports).where(*mine, each.closed_at.is_(None))
            done = connection.execute(closed.values(closed_by=closer, closed_at=self._now())).rowcount
            if done:
                self._note(connection, organisation, closer, "report.closed", suggestion)
            return bool(done)

    def drafts(self) -> tuple[Version, ...]:
        """The open proposals, oldest first."""
        with self._reading() as (connection, organisation):
            open_drafts = and_(
                entries.c.organisation == versions.c.organisation,
                entries.c.id == versions.c.entry,
                entries.c.draft == versions.c.number,
            )
            chosen = select(versions).join(entries, open_drafts).where(versions.c.organisation == organisation)
            return tuple(map(version_of, connection.execute(chosen.order_by(versions.c.at, versions.c.entry))))

    def may_notify(self, workspace: str, person: str, subject: str, most_an_hour: int | None = None) -> bool:
        """Whether somebody may be told of a subject: once a day, and so many an hour. Counts it."""
        each, now = notices.c, self._now()
        with self._writing() as (connection, organisation):
            connection.execute(delete(notices).where(each.organisation == organisation, each.at <= now - _TOLD_FOR))
            his = (each.organisation == organisation, each.workspace == key(workspace), each.person == key(person))
            recent = select(func.count()).select_from(notices).where(*his, each.at > now - timedelta(hours=1))
            if most_an_hour is not None and (connection.scalar(recent) or 0) >= most_an_hour:
                return False
            row = {"organisation": organisation, "workspace": workspace, "person": person, "subject": subject}
            return insert_once(connection, notices, {**row, "at": now}, _NOTICE)

    def was_not_reached(self, workspace: str, person: str, subject: str) -> None:
        """Takes back what `may_notify` counted: he did not get it."""
        each = notices.c
        with self._writing() as (connection, organisation):
            his = (each.organisation == organisation, each.workspace == key(workspace), each.person == key(person))
            connection.execute(delete(notices).where(*his, each.subject == key(subject)))


def _same_suggestion() -> Any:
    return suggestions.c.id == reports.c.suggestion


def _its_question() -> Any:
    return questions.c.id == suggestions.c.question


def _report(row: Row[Any]) -> Report:
    return Report(
        suggestion=row.suggestion,
        by=row.by,
        question=row.text,
        entry=row.entry,
        title=row.title,
        owner=row.owner,
        remark=row.remark,
        told=tuple(json.loads(row.told)),
        at=row.at,
        closed_by=row.closed_by,
    )
