"""The inbox: what a chat service delivered, kept before it is acknowledged, worked off once, one worker at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, exists, func, or_, select, update

from copilot.records import ABOUT_TO, NOT_SENT, OVERDUE_SECONDS, Arrival, Delivery, Waiting
from copilot.store.room import Room
from copilot.store.statements import insert_once
from copilot.store.tables import inbox, key, offers

WAITING: Final = "waiting"
TAKEN: Final = "taken"
DONE: Final = "done"
FAILED: Final = "failed"
SILENT: Final = "silent"
UNKNOWN: Final = (ABOUT_TO, NOT_SENT)
_EVENT: Final = ("organisation", "channel", "workspace", "event")


class InboxRoom(Room):
    """A delivery is taken for a number of seconds; a worker that lives renews that, one that was killed loses it."""

    def receive(self, channel: str, workspace: str, event: str, lane: str, payload: str, *, after: float = 0.0) -> bool:
        """Keeps a delivery, to be taken after some seconds; whether it is new. It is on disk when this returns."""
        return self.receive_all(channel, [Arrival(workspace, event, lane, payload, after)])[0]

    def receive_all(self, channel: str, arrived: Sequence[Arrival]) -> list[bool]:
        """Keeps what came in, together; of each whether it is new. All are on disk when this returns, or none."""
        with self._writing() as (connection, organisation):
            now = self._now()
            fresh = {"organisation": organisation, "channel": channel, "state": WAITING, "attempts": 0}
            rows = [
                {
                    **fresh,
                    "workspace": each.workspace,
                    "event": each.event,
                    "lane": each.lane,
                    "payload": each.payload,
                    "due": now + timedelta(seconds=each.after),
                    "at": now + timedelta(seconds=each.after),
                }
                for each in arrived
            ]
            # In one order everywhere: two processes that keep the same two events crosswise would wait for each other.
            order = sorted(range(len(rows)), key=lambda place: (arrived[place].workspace, arrived[place].event))
            new = {place: insert_once(connection, inbox, rows[place], _EVENT) for place in order}
            return [new[place] for place in range(len(rows))]

    def take(self, channel: str, worker: str, seconds: float, limit: int = 1) -> tuple[Delivery, ...]:
        """The oldest deliveries whose turn it is, now this worker's; of a lane only the first."""
        now = self._now()
        with self._writing() as (connection, organisation):
            each, before = inbox.c, inbox.alias("before")
            open_before = exists().where(
                before.c.organisation == organisation,
                before.c.lane == each.lane,
                before.c.number < each.number,
                before.c.state.in_((WAITING, TAKEN)),
            )
            chosen = (
                select(inbox)
                .where(each.organisation == organisation, each.channel == channel)
                .where(each.state.in_((WAITING, TAKEN)), each.due <= now, ~open_before)
                .order_by(each.number)
                .limit(limit)
            )
            if not self.database.is_sqlite:
                chosen = chosen.with_for_update(skip_locked=True, of=inbox)
            rows = connection.execute(chosen).all()
            if rows:
                mine = update(inbox).where(each.number.in_([row.number for row in rows]))
                lease = {"state": TAKEN, "worker": worker, "due": now + timedelta(seconds=seconds)}
                connection.execute(mine.values(**lease, attempts=each.attempts + 1))
            return tuple(
                Delivery(row.number, row.workspace, row.event, row.payload, row.attempts + 1, row.posted, row.at)
                for row in rows
            )

    def renew(self, worker: str, seconds: float) -> None:
        """This worker still lives: what it took stays its own."""
        with self._writing() as (connection, organisation):
            due = self._now() + timedelta(seconds=seconds)
            connection.execute(self._of(organisation, worker).values(due=due))

    def still_mine(self, number: int, worker: str, posted: str | None = None, seconds: float = 0.0) -> bool:
        """Whether a delivery is still this worker's; where it is, `posted` is kept and the time renewed."""
        with self._writing() as (connection, organisation):
            values: dict[str, Any] = {"due": self._now() + timedelta(seconds=seconds)}
            if posted is not None:
                values["posted"] = posted
            mine = self._of(organisation, worker).where(inbox.c.number == number)
            return connection.execute(mine.values(**values)).rowcount == 1

    def stands_at_the_end(self, number: int) -> str | None:
        """Where the answer to a delivery stands, once that is over; None before."""
        with self._reading() as (connection, organisation):
            each = inbox.c
            over = (each.organisation == organisation, each.number == number, each.ended.is_not(None))
            return connection.scalar(select(func.coalesce(each.posted, "")).where(*over))

    def end(self, number: int, worker: str, fault: str | None = None, *, told: bool = True) -> bool:
        """Done, or failed for good with a fault, of which the person was `told` or not; whether it was still ours.

        What was delivered is not kept any longer; that it came is.
        """
        with self._writing() as (connection, organisation):
            state = DONE if fault is None else FAILED if told else SILENT
            mine = self._of(organisation, worker).where(inbox.c.number == number)
            ended = mine.values(state=state, fault=fault, ended=self._now(), payload="", worker=None)
            return connection.execute(ended).rowcount == 1

    def put_back(self, worker: str, number: int | None = None, after: float = 0.0, fault: str | None = None) -> int:
        """Gives one delivery, or all that this worker has, back to whoever takes it after some seconds; how many."""
        with self._writing() as (connection, organisation):
            mine = self._of(organisation, worker)
            mine = mine if number is None else mine.where(inbox.c.number == number)
            due = self._now() + timedelta(seconds=after)
            return connection.execute(mine.values(state=WAITING, worker=None, due=due, fault=fault)).rowcount

    def overdue(self, channel: str, seconds: float) -> tuple[Delivery, ...]:
        """What came longer ago, should have been worked off by now, and of which nothing is known to have gone out."""
        with self._reading() as (connection, organisation):
            late = select(inbox).where(*self._overdue(organisation, channel, seconds)).order_by(inbox.c.number)
            rows = connection.execute(late.limit(100)).all()
            return tuple(
                Delivery(row.number, row.workspace, row.event, row.payload, row.attempts, row.posted, row.at)
                for row in rows
            )

    def seize(self, seen: Delivery, worker: str, seconds: float) -> bool:
        """Takes a delivery away from whoever has it; whether it was still open and as it was seen."""
        with self._writing() as (connection, organisation):
            each = inbox.c
            as_seen = (
                each.organisation == organisation,
                each.number == seen.number,
                each.attempts == seen.attempts,
                func.coalesce(each.posted, "") == (seen.posted or ""),
                each.state.in_((WAITING, TAKEN)),
            )
            lease = {"state": TAKEN, "worker": worker, "due": self._now() + timedelta(seconds=seconds)}
            taken = update(inbox).where(*as_seen).values(**lease, attempts=each.attempts + 1)
            return connection.execute(taken).rowcount == 1

    def _overdue(self, organisation: str, channel: str, seconds: float) -> tuple[Any, ...]:
        each, now = inbox.c, self._now()
        return (
            each.organisation == organisation,
            each.channel == channel,
            each.at < now - timedelta(seconds=seconds),
            each.state.in_((WAITING, TAKEN)),
            or_(each.state == TAKEN, each.due <= now),  # what is to wait is not late
            or_(each.posted.is_(None), each.posted.in_(UNKNOWN)),
        )

    def waiting(self, channel: str, overdue_after: float = OVERDUE_SECONDS) -> Waiting:
        """How much waits, how long the oldest has, how much was done, failed, or stayed without a word.

        What is kept for later does not wait yet.
        """
        with self._reading() as (connection, organisation):
            each = inbox.c
            mine = (each.organisation == organisation, each.channel == channel, each.at <= self._now())
            counts = dict(
                connection.execute(select(each.state, func.count()).where(*mine).group_by(each.state)).tuples().all()
            )
            oldest = connection.scalar(
                select(each.at).where(*mine, each.state.in_((WAITING, TAKEN))).order_by(each.number).limit(1)
            )
            count = select(func.count()).select_from(inbox)
            silent = connection.scalar(count.where(*self._overdue(organisation, channel, overdue_after))) or 0
            today = self._now() - timedelta(days=1)
            silent += connection.scalar(count.where(*mine, each.state == SILENT, each.ended > today)) or 0
            age = (self._now() - oldest).total_seconds() if oldest else 0.0
            unfinished = counts.get(WAITING, 0) + counts.get(TAKEN, 0)
            return Waiting(unfinished, age, counts.get(FAILED, 0), counts.get(DONE, 0), silent)

    def forget_delivered(self, days: int = 14) -> int:
        """Forgets what ended longer ago; how many. A chat service delivers again within hours, not weeks."""
        with self._writing() as (connection, organisation):
            before = self._now() - timedelta(days=days)
            gone = delete(inbox).where(inbox.c.organisation == organisation, inbox.c.ended < before)
            return connection.execute(gone).rowcount

    # ------------------------------------------------------------------------------------------ offers

    def offer(self, workspace: str, place: str, thread: str, person: str, most_an_hour: int) -> bool:
        """Whether help may be offered unasked: once a thread, and so many an hour in a place. Counts it."""
        now = self._now()
        with self._writing() as (connection, organisation):
            each = offers.c
            here = (each.organisation == organisation, each.workspace == key(workspace), each.place == key(place))
            recent = select(func.count()).select_from(offers).where(*here, each.at > now - timedelta(hours=1))
            if (connection.scalar(recent) or 0) >= most_an_hour:
                return False
            row = {"organisation": organisation, "workspace": workspace, "place": place, "thread": thread}
            keys = ("organisation", "workspace", "place", "thread")
            return insert_once(connection, offers, {**row, "person": person, "at": now}, keys)

    def _of(self, organisation: str, worker: str) -> Any:
        each = inbox.c
        return update(inbox).where(each.organisation == organisation, each.worker == worker, each.state == TAKEN)
