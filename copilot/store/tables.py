"""The tables of the database. Every row belongs to an organisation, so that nothing crosses.

Money is whole cents, times are UTC, lists and whole values are JSON in text columns (the JSON types of
databases refuse characters that people paste).
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

LONGEST_KEY: Final = 200
"""Characters. PostgreSQL cannot index a text of more than some 2,700 bytes."""

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")

Number: Final = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite hands out numbers by itself only for its own INTEGER."""


def storable(text: str) -> str:
    """The text with U+FFFD for what no database keeps: NUL (PostgreSQL) and half surrogates (UTF-8)."""
    return _UNSTORABLE.sub("\ufffd", text)


def key(name: str) -> str:
    """A name to look up by, as it is stored: one that is too long to index as its fingerprint."""
    if len(name) <= LONGEST_KEY:
        return storable(name)
    return "sha256:" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


class Words(TypeDecorator[str]):
    """Text of people, made storable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Key(TypeDecorator[str]):
    """A name that others gave, such as a thread or a user of a chat service."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else key(value)


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite keeps no zone: it is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s",
        "uq": "uq_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

organisations = Table(
    "organisations",
    METADATA,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("value", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("import_order", BigInteger, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("salt", Text, nullable=False),
)
"""`import_order`: the highest was imported last and is the active one; clocks may go back, this does not.
`salt` makes fingerprints of customers worthless elsewhere."""

entries = Table(
    "entries",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("draft", Integer),
    Column("latest", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("owner", Words),
    Column("department", Words),
    Column("audience", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("review_by", Date),
    Column("searchable", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("path", Words),
    Column("imported_hash", Text),
    Column("settled_hash", Text),
    Column("changed", BigInteger, nullable=False),
    ForeignKeyConstraint(["organisation"], ["organisations.id"]),
    Index(None, "organisation", "changed", "id"),
)
"""Each entry as it stands: `version` is the one that counts, `draft` a proposal on top of it, `latest` the
last number given out. Of the last import: `imported_hash` is what its file said, NULL when it had none;
`settled_hash` what answered once it was done, which is another text where an edit here won."""

versions = Table(
    "versions",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("entry", Words, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("base", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("path", Words),
    Column("imported", Boolean, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("approved_by", Words),
    Column("note", Words, nullable=False),
    ForeignKeyConstraint(["organisation", "entry"], ["entries.organisation", "entries.id"]),
)
"""Every version ever, never changed and never removed. `base`: the version that counted when it was written."""

pack_files = Table(
    "pack_files",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("path", Words, primary_key=True),
    Column("text", Words, nullable=False),
    ForeignKeyConstraint(["organisation"], ["organisations.id"]),
)

changes = Table(
    "changes",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("organisation", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Words, nullable=False),
    Column("version", Integer),
    Column("note", Words, nullable=False),
    Index(None, "organisation", "number"),
)
"""The audit trail: who changed what, when."""

questions = Table(
    "questions",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("organisation", Words, nullable=False),
    Column("id", Key, nullable=False),
    Column("asker", Key, nullable=False),
    Column("channel", Key, nullable=False),
    Column("thread", Key),
    Column("text", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("organisation", "id"),
    Index(None, "organisation", "thread"),
    Index(None, "organisation", "asker"),
    Index(None, "organisation", "at"),
)

suggestions = Table(
    "suggestions",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("organisation", Words, nullable=False),
    Column("id", Key, nullable=False),
    Column("question", Key, nullable=False),
    Column("status", Text, nullable=False),
    Column("entry", Words),
    Column("outcome", Text),
    Column("sources", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("asked", Words),
    Column("composed_by", Words, nullable=False),
    Column("total_ms", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("value", Text, nullable=False),
    ForeignKeyConstraint(["organisation", "question"], ["questions.organisation", "questions.id"], ondelete="CASCADE"),
    UniqueConstraint("organisation", "id"),
    Index(None, "organisation", "question"),
)
"""`value` is the whole suggestion; the other columns are there to follow a thread and to count."""

feedback = Table(
    "feedback",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("suggestion", Key, primary_key=True),
    Column("by", Key, primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Words),
    Column("remark", Words),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["organisation", "suggestion"], ["suggestions.organisation", "suggestions.id"], ondelete="CASCADE"
    ),
)

gaps = Table(
    "gaps",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("question", Key, primary_key=True),
    Column("text", Words, nullable=False),
    Column("owner", Words),
    Column("open", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("closed_by", Words),
    Column("told", Text),
    ForeignKeyConstraint(["organisation", "question"], ["questions.organisation", "questions.id"], ondelete="CASCADE"),
)

reports = Table(
    "reports",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("suggestion", Key, primary_key=True),
    Column("by", Key, primary_key=True),
    Column("entry", Words),
    Column("title", Words, nullable=False),
    Column("owner", Words),
    Column("remark", Words),
    Column("told", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("closed_by", Words),
    Column("closed_at", Moment),
    ForeignKeyConstraint(
        ["organisation", "suggestion"], ["suggestions.organisation", "suggestions.id"], ondelete="CASCADE"
    ),
)
"""What a colleague says is not right, until somebody settled it; `told` are the users who got it."""

notices = Table(
    "notices",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("workspace", Key, primary_key=True),
    Column("person", Key, primary_key=True),
    Column("subject", Key, primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "organisation", "at"),
)
"""What somebody was told of in the last day, so that the same thing is not brought to him twice."""

grants = Table(
    "grants",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("suggestion", Key, primary_key=True),
    Column("action", Words, nullable=False),
    Column("key", Text, nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("by", Key, nullable=False),
    Column("role", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "organisation", "key", "action", "day"),
)
"""What was really given, for period limits; its primary key lets one suggestion count once. It outlives its
suggestion: forgetting who asked must not reset a customer's limit."""

colleagues = Table(
    "colleagues",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("channel", Key, primary_key=True),
    Column("workspace", Key, primary_key=True),
    Column("user_id", Key, primary_key=True),
    Column("id", Key, nullable=False),
    Column("roles", Text, nullable=False),
    Column("name", Words),
    Column("department", Words),
    Column("language", Words),
    ForeignKeyConstraint(["organisation"], ["organisations.id"]),
)

user_groups = Table(
    "user_groups",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("channel", Key, primary_key=True),
    Column("workspace", Key, primary_key=True),
    Column("group_id", Key, primary_key=True),
    Column("roles", Text, nullable=False),
    Column("department", Words),
    ForeignKeyConstraint(["organisation"], ["organisations.id"]),
)

kept_settings = Table(
    "settings",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
    ForeignKeyConstraint(["organisation"], ["organisations.id"]),
)

inbox = Table(
    "inbox",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("organisation", Words, nullable=False),
    Column("channel", Key, nullable=False),
    Column("workspace", Key, nullable=False),
    Column("event", Key, nullable=False),
    Column("lane", Key, nullable=False),
    Column("payload", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("worker", Text),
    Column("posted", Words),
    Column("fault", Words),
    Column("at", Moment, nullable=False),
    Column("ended", Moment),
    UniqueConstraint("organisation", "channel", "workspace", "event"),
    Index(None, "organisation", "channel", "state", "due"),
    Index(None, "organisation", "lane", "number"),
)
"""What a chat service delivered and we acknowledged; `state` is waiting, taken, done or failed. `due`: when it may
be taken (again). `lane`: what must stay in order. `posted`: where the answer stands, for a second attempt."""

offers = Table(
    "offers",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("workspace", Key, primary_key=True),
    Column("place", Key, primary_key=True),
    Column("thread", Key, primary_key=True),
    Column("person", Key, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "organisation", "workspace", "place", "at"),
)
"""Help that was offered unasked: once a thread, and not too often in a place."""

installations = Table(
    "installations",
    METADATA,
    Column("organisation", Words, primary_key=True),
    Column("channel", Key, primary_key=True),
    Column("workspace", Key, primary_key=True),
    Column("person", Key, primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Workspaces that installed the app; `sealed` is encrypted with a key that is not in the database. `person` is
empty for the workspace's own. Also whose turn a task is: the worker in `sealed`, until `at`."""
