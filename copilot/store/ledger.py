"""The ledger: what was asked and answered, what people thought of it, what is missing, what was really granted."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, select, update

from copilot.domain import (
    NONE_OF_THESE,
    AnswerStatus,
    FactValue,
    Feedback,
    Gap,
    Granted,
    Mandate,
    PeriodLimit,
    Question,
    Status,
    Suggestion,
    Turn,
)
from copilot.domain_json import dump, load
from copilot.errors import UsageError
from copilot.messages import store
from copilot.notation import CENT, cents
from copilot.records import Answered
from copilot.store.room import Room
from copilot.store.statements import in_portions, insert_once, upsert
from copilot.store.tables import feedback, gaps, grants, key, questions, suggestions

TURNS: Final = 6
"""How much of a thread is read back: a conversation at the counter is shorter."""

Facts = Mapping[str, FactValue | str]

_FINGERPRINT: Final = re.compile("#[0-9a-f]{64}")


class LedgerRoom(Room):
    """A reference to a customer is kept only as a fingerprint that means nothing outside this database."""

    def record(self, suggestion: Suggestion) -> None:
        """Keeps a suggestion with its question; the same one again replaces it (a model phrased it afterwards).

        A question that found nothing, or for which no value of a choice fitted, opens a gap.
        """
        now = self._now()
        with self.database.write() as connection:
            active = self._active(connection)
            kept = _without_others(suggestion, active.salt)
            mine = {"organisation": active.id}
            insert_once(connection, questions, {**_question_row(kept.question), **mine, "at": now}, _ID)
            upsert(connection, suggestions, [{**_suggestion_row(kept), **mine, "at": now}], _ID)
            if _shows_gap(kept):
                gap = {"question": kept.question.id, "text": kept.question.text, "owner": _owner(kept)}
                insert_once(connection, gaps, {**gap, **mine, "open": True, "at": now}, ("organisation", "question"))

    def suggestion(self, suggestion: str) -> Suggestion | None:
        """A suggestion as it was given, but for the customer (a fingerprint) and `question.earlier` (in the thread)."""
        with self._reading() as (connection, organisation):
            row = _one(connection, organisation, suggestion)
            return load(Suggestion, row.value) if row else None

    def thread(self, thread: str, limit: int = TURNS, *, but: str = "") -> tuple[Turn, ...]:
        """The last questions of a conversation, oldest first, with what they led to.

        `but`: the id of a question that is being answered again; it is no earlier turn of itself.
        """
        with self._reading() as (connection, organisation):
            chosen = (
                select(questions.c.text, suggestions)
                .join(suggestions, _of_question())
                .where(questions.c.organisation == organisation, questions.c.thread == key(thread))
                .where(questions.c.id != but)
            )
            rows = connection.execute(chosen.order_by(suggestions.c.number.desc()).limit(limit)).all()
            return tuple(_turn(row) for row in reversed(rows))

    def answers_of(self, asker: str, limit: int = 20) -> tuple[Answered, ...]:
        """A colleague's own answers, newest first ("Mijn antwoorden")."""
        return self._answered(questions.c.asker == key(asker), limit=limit)

    def questions(
        self, since: datetime | None = None, until: datetime | None = None, limit: int | None = None
    ) -> tuple[Answered, ...]:
        """What was really asked from one moment until another, newest first, with its feedback."""
        wanted = [questions.c.at >= since] if since else []
        return self._answered(*wanted, *([questions.c.at < until] if until else []), limit=limit)

    # ---------------------------------------------------------------------------------------- feedback

    def add_feedback(self, given: Feedback) -> None:
        """Keeps what a colleague thought; thinking again replaces it. UsageError when the answer is not there."""
        row = {"suggestion": given.suggestion, "by": given.by, "helpful": given.helpful}
        row |= {"reason": given.reason, "remark": given.remark, "at": self._now()}
        with self._writing() as (connection, organisation):
            _known(connection, organisation, given.suggestion)
            upsert(connection, feedback, [{**row, "organisation": organisation}], ("organisation", "suggestion", "by"))

    def feedback_for(self, suggestion: str) -> tuple[Feedback, ...]:
        with self._reading() as (connection, organisation):
            return tuple(_feedback(connection, organisation, [suggestion]).get(key(suggestion), ()))

    # -------------------------------------------------------------------------------------------- gaps

    def gaps(self, open_only: bool = True) -> list[Gap]:
        """Questions that found nothing, oldest first."""
        with self._reading() as (connection, organisation):
            asked = (questions.c.organisation == gaps.c.organisation) & (questions.c.id == gaps.c.question)
            chosen = select(gaps, questions.c.asker).join(questions, asked).where(gaps.c.organisation == organisation)
            chosen = chosen.order_by(gaps.c.at, gaps.c.question)
            return [_gap(row) for row in connection.execute(chosen.where(gaps.c.open) if open_only else chosen)]

    def close_gap(self, question: str, by: str, note: str = "") -> None:
        """The knowledge is there now, or will not come. UsageError when the question has no gap."""
        with self._writing() as (connection, organisation):
            mine = (gaps.c.organisation == organisation, gaps.c.question == key(question))
            if not connection.execute(update(gaps).where(*mine).values(open=False, closed_by=by)).rowcount:
                raise UsageError(store.NO_GAP, question=question)
            self._note(connection, organisation, by, "gap.closed", question, note=note)

    # ------------------------------------------------------------------------------------------ grants

    def grant(
        self,
        suggestion_id: str,
        by: str,
        amount: Decimal | None = None,
        key: str | None = None,
        *,
        action: str | None = None,
        role: str | None = None,
    ) -> bool:
        """Counts what was really given against a period limit; whether it counted: a suggestion counts once.

        `amount` and `key` (the customer or the case): None = what the limit of the mandate that decided counts.
        `action`: that of the decision, unless a step's mandate was used. `role`: of whoever gave it, where that
        is not the asker. Raises UsageError when nothing was decided.
        """
        with self.database.write() as connection:
            active = self._active(connection)
            given = load(Suggestion, _known(connection, active.id, suggestion_id).value)
            action = action or (given.decision.action if given.decision else None)
            if action is None:
                raise UsageError(store.NOTHING_TO_GRANT, suggestion=suggestion_id)
            limit = self._limit(connection, active.id, given)
            counted = _counted(given, limit) if amount is None else amount
            whose = _whose(given, limit) if key is None else key
            row = {"organisation": active.id, "suggestion": suggestion_id, "action": action, "by": by}
            row |= {"key": fingerprint(whose, active.salt), "cents": int(cents(counted) / CENT), "at": self._now()}
            row |= {"role": role or ", ".join(given.question.roles), "day": given.question.on}
            return insert_once(connection, grants, row, ("organisation", "suggestion"))

    def _limit(self, connection: Connection, organisation: str, given: Suggestion) -> PeriodLimit | None:
        """The period limit of the mandate that decided, in the version that did."""
        if given.decision is None:
            return None
        place = given.decision.entry, given.decision.version
        entry = self._parsed.load(connection, organisation, [(*place, Status.PUBLISHED)]).get(place)
        return entry.period_limit if isinstance(entry, Mandate) else None

    def granted(self, action: str, key: str, since: date) -> tuple[Granted, ...]:
        """What was given for this action to this customer or case on or after a day, oldest first."""
        with self.database.read() as connection:
            active = self._active(connection)
            each = grants.c
            chosen = select(each.cents, each.day).where(
                each.organisation == active.id,
                each.key == fingerprint(key, active.salt),
                each.action == action,
                each.day >= since,
            )
            return tuple(
                Granted(row.cents * CENT, row.day) for row in connection.execute(chosen.order_by(each.day, each.at))
            )

    # ------------------------------------------------------------------------------------------ erasure

    def forget(self, asker: str, by: str = "") -> int:
        """Erases a person's questions, their answers, gaps and his feedback; how many questions went.

        What he granted goes on counting for the customer, without his name.
        """
        with self._writing() as (connection, organisation):
            connection.execute(
                delete(feedback).where(feedback.c.organisation == organisation, feedback.c.by == key(asker))
            )
            nameless = update(grants).where(grants.c.organisation == organisation, grants.c.by == key(asker))
            connection.execute(nameless.values(by=""))
            erased = self._erase(connection, organisation, questions.c.asker == key(asker), by, "person.forgotten")
        self.database.tidy()
        return erased

    def expire(self, before: datetime, by: str = "") -> int:
        """Erases all questions from before a moment, with their answers, gaps and feedback; how many went."""
        with self._writing() as (connection, organisation):
            erased = self._erase(connection, organisation, questions.c.at < before, by, "questions.expired")
        self.database.tidy()
        return erased

    def _erase(self, connection: Connection, organisation: str, which: Any, by: str, what: str) -> int:
        gone = delete(questions).where(questions.c.organisation == organisation, which)
        erased = connection.execute(gone).rowcount
        if erased:
            self._note(connection, organisation, by, what, str(erased))
        return erased

    # ----------------------------------------------------------------------------------------- reading

    def _answered(self, *wanted: Any, limit: int | None) -> tuple[Answered, ...]:
        with self._reading() as (connection, organisation):
            chosen = select(suggestions.c.id, suggestions.c.value, questions.c.at).join(questions, _of_question())
            chosen = chosen.where(questions.c.organisation == organisation, *wanted).limit(limit)
            rows = connection.execute(chosen.order_by(suggestions.c.number.desc())).all()
            thought = _feedback(connection, organisation, [row.id for row in rows])
            return tuple(Answered(load(Suggestion, row.value), row.at, tuple(thought.get(row.id, ()))) for row in rows)


_ID: Final = ("organisation", "id")


def fingerprint(name: str, salt: str) -> str:
    """A customer or case as it is stored. What is a fingerprint already, from a stored suggestion, stays so."""
    if _FINGERPRINT.fullmatch(name):
        return name
    return "#" + hmac.new(bytes.fromhex(salt), name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _without_others(suggestion: Suggestion, salt: str) -> Suggestion:
    """Without what belongs to others: the customer's reference, and what was said earlier in the thread."""
    question = suggestion.question
    customer = fingerprint(question.customer, salt) if question.customer else None
    return replace(suggestion, question=replace(question, customer=customer, earlier=()))


def _question_row(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "asker": question.asker,
        "channel": question.channel,
        "thread": question.thread,
        "text": question.text,
        "day": question.on,
    }


def _suggestion_row(suggestion: Suggestion) -> dict[str, Any]:
    decision = suggestion.decision
    return {
        "id": suggestion.id,
        "question": suggestion.question.id,
        "status": suggestion.status.value,
        "entry": decision.entry if decision else None,
        "outcome": decision.outcome.value if decision and decision.outcome else None,
        "sources": dump({source.id: source.version for source in suggestion.sources}),
        "facts": dump(decision.facts if decision else suggestion.question.facts),
        "asked": suggestion.asks.fact if suggestion.asks else None,
        "composed_by": suggestion.composed_by,
        "total_ms": round(suggestion.timings.total),
        "value": dump(suggestion),
    }


def _gap(row: Row[Any]) -> Gap:
    given = {"question": row.question, "text": row.text, "at": row.at, "owner": row.owner, "open": row.open}
    return Gap(**given, asker=row.asker, told=tuple(json.loads(row.told or "[]")))


def _turn(row: Row[Any]) -> Turn:
    return Turn(
        text=row.text,
        entry=row.entry,
        facts=load(Facts, row.facts),  # type: ignore[type-abstract]
        asked=row.asked,
        cited=tuple(load(Mapping[str, int], row.sources)),  # type: ignore[type-abstract]
    )


def _counted(given: Suggestion, limit: PeriodLimit | None) -> Decimal:
    """What the limit counts of this case; nothing where no limit counts anything."""
    value = given.decision.facts.get(limit.fact) if given.decision and limit else None
    return value if isinstance(value, Decimal) else Decimal(0)


def _whose(given: Suggestion, limit: PeriodLimit | None) -> str:
    """The customer or the case, as the limit has it; the case where the customer is not known."""
    case = given.question.thread or ""
    return (given.question.customer or case) if limit and limit.per == "customer" else case


def _shows_gap(suggestion: Suggestion) -> bool:
    decision = suggestion.decision
    return suggestion.status is AnswerStatus.NO_KNOWLEDGE or (
        decision is not None and NONE_OF_THESE in decision.facts.values()
    )


def _owner(suggestion: Suggestion) -> str | None:
    """Who answers for the subject; where a mandate did not cover the case, its owner."""
    decision = suggestion.decision
    decided = (source.owner for source in suggestion.sources if decision and source.id == decision.entry)
    return suggestion.owner or next(decided, None)


def _of_question() -> Any:
    return (suggestions.c.organisation == questions.c.organisation) & (suggestions.c.question == questions.c.id)


def _one(connection: Connection, organisation: str, suggestion: str) -> Row[Any] | None:
    mine: Select[Any] = select(suggestions).where(suggestions.c.organisation == organisation)
    return connection.execute(mine.where(suggestions.c.id == key(suggestion))).one_or_none()


def _known(connection: Connection, organisation: str, suggestion: str) -> Row[Any]:
    row = _one(connection, organisation, suggestion)
    if row is None:
        raise UsageError(store.NO_SUGGESTION, suggestion=suggestion)
    return row


def _feedback(connection: Connection, organisation: str, ids: list[str]) -> dict[str, list[Feedback]]:
    found: dict[str, list[Feedback]] = {}
    each = feedback.c
    for portion in in_portions([key(suggestion) for suggestion in ids]):
        chosen = select(feedback).where(each.organisation == organisation, each.suggestion.in_(portion))
        for row in connection.execute(chosen.order_by(each.at, each.by)):
            found.setdefault(row.suggestion, []).append(
                Feedback(
                    suggestion=row.suggestion, helpful=row.helpful, by=row.by, reason=row.reason, remark=row.remark
                )
            )
    return found
