"""The search engine in PostgreSQL with pgvector: for knowledge that has outgrown one machine's memory.

Entries, vectors and words lie in three tables of their own schema, written in one transaction with the revision
they belong to. Visibility and validity are conditions of the same statement that ranks.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, LiteralString

from copilot.columns import language_of_item
from copilot.domain import Status
from copilot.errors import IndexFault
from copilot.index_part import ways_of_asking, weighted_texts, whole_text
from copilot.messages import search
from copilot.packs import Searchable
from copilot.search_engine import Allowed, Scores, Visible
from copilot.vector_index import Vector
from copilot.word_scores import K1, B
from copilot.words import ANALYSIS, terms_of

if TYPE_CHECKING:
    from psycopg import Connection

CONNECT_SECONDS: Final = 5
STATEMENT_MS: Final = 5_000
"""A question does not wait longer than this."""

_TABLES: Final[LiteralString] = """
CREATE EXTENSION IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS heleklant_search;
SET LOCAL search_path TO heleklant_search, public;
CREATE TABLE IF NOT EXISTS states (organisation text PRIMARY KEY, made_by text NOT NULL, revision bigint NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
    number bigserial PRIMARY KEY, organisation text NOT NULL, id text NOT NULL, hash text NOT NULL,
    audience text[] NOT NULL, first_day date, last_day date, english boolean NOT NULL, length real NOT NULL,
    UNIQUE (organisation, id));
CREATE TABLE IF NOT EXISTS passages (
    entry bigint NOT NULL REFERENCES entries ON DELETE CASCADE, whole boolean NOT NULL, vector vector NOT NULL);
CREATE INDEX IF NOT EXISTS passages_entry ON passages (entry);
CREATE TABLE IF NOT EXISTS words (
    term bigint NOT NULL, entry bigint NOT NULL REFERENCES entries ON DELETE CASCADE, count real NOT NULL,
    PRIMARY KEY (term, entry));
CREATE INDEX IF NOT EXISTS words_entry ON words (entry);
"""
_ALLOWED: Final[LiteralString] = """
    organisation = %(organisation)s AND (audience = '{}' OR audience && %(roles)s)
    AND (%(on)s::date IS NULL OR coalesce(first_day, %(on)s) <= %(on)s AND coalesce(last_day, %(on)s) >= %(on)s)
    AND (%(only)s::text[] IS NULL OR id = ANY (%(only)s))
"""
# The S608 below: only the constants above and numbers of ours are written into these statements.
_BY_MEANING: Final[LiteralString] = f"""
SELECT id, (whole + coalesce(asked, whole)) / 2 AS near FROM (
    SELECT id, max(1 - (vector <=> %(question)s::vector)) FILTER (WHERE whole) AS whole,
           max(1 - (vector <=> %(question)s::vector)) FILTER (WHERE NOT whole) AS asked
    FROM entries JOIN passages ON entry = number WHERE {_ALLOWED} GROUP BY id) AS each
WHERE whole IS NOT NULL ORDER BY near DESC, id LIMIT %(limit)s
"""  # noqa: S608
_BY_WORDS: Final[LiteralString] = f"""
WITH wanted AS (SELECT * FROM unnest(%(terms)s::bigint[], %(times)s::real[]) AS t (term, times)),
seen AS (SELECT number, id, length FROM entries WHERE {_ALLOWED}),
whole AS (SELECT count(*)::real AS entries, greatest(coalesce(avg(length), 1), 1)::real AS mean FROM seen),
held AS (SELECT w.term, s.id, s.length, w.count FROM words w JOIN seen s ON s.number = w.entry
         WHERE w.term IN (SELECT term FROM wanted)),
weighed AS (
    SELECT wanted.term, wanted.times * ln(1 + (whole.entries - count(held.id) + 0.5) / (count(held.id) + 0.5)) AS weight
    FROM wanted CROSS JOIN whole LEFT JOIN held ON held.term = wanted.term
    GROUP BY wanted.term, wanted.times, whole.entries)
SELECT id, sum(weight * count * ({K1} + 1) / (count + {K1} * (1 - {B} + {B} * length / mean)))
           / (SELECT sum(weight) FROM weighed) AS share
FROM held JOIN weighed USING (term) CROSS JOIN whole GROUP BY id HAVING (SELECT sum(weight) FROM weighed) > 0
ORDER BY share DESC, id LIMIT %(limit)s
"""  # noqa: S608
_HOLDING: Final[LiteralString] = f"""
SELECT term, count(*) FROM words JOIN entries ON number = entry
WHERE term = ANY (%(terms)s::bigint[]) AND {_ALLOWED} GROUP BY term
"""  # noqa: S608


class PgVectorEngine:
    """One organisation's entries in a PostgreSQL database with the extension pgvector. Safe in many threads."""

    def __init__(self, url: str, organisation: str, made_by: str) -> None:
        """`made_by`: the embedder; what another embedder or analysis made is cleared on first use."""
        self._url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self.organisation = organisation
        self.made_by = f"{made_by} {ANALYSIS}"
        self._kept = threading.local()
        self._all: list[Connection[Any]] = []
        """One for each thread that asked."""
        self._ready = False

    def revision(self) -> int:
        with self._connection() as connection:
            row = connection.execute(
                "SELECT revision FROM states WHERE organisation = %s", [self.organisation]
            ).fetchone()
            return int(row[0]) if row else 0

    def put(self, items: Sequence[Searchable], vectors: Mapping[str, Vector], revision: int) -> None:
        changed = {item.id: item for item in items}
        with self._connection() as connection:
            connection.execute(
                "DELETE FROM entries WHERE organisation = %s AND id = ANY (%s)", [self.organisation, list(changed)]
            )
            for item in changed.values():
                if item.status is Status.PUBLISHED:
                    self._add(connection, item, vectors)
            connection.execute(
                "INSERT INTO states VALUES (%s, %s, %s) ON CONFLICT (organisation) DO UPDATE "
                "SET made_by = excluded.made_by, revision = excluded.revision",
                [self.organisation, self.made_by, revision],
            )

    def clear(self) -> None:
        with self._connection() as connection:
            self._clear(connection)

    def contents(self) -> Mapping[str, str]:
        with self._connection() as connection:
            rows = connection.execute("SELECT id, hash FROM entries WHERE organisation = %s", [self.organisation])
            return dict(rows.fetchall())

    def by_meaning(self, question: Vector, allowed: Allowed, limit: int, only: Sequence[str] = ()) -> Scores:
        return self._ranked(_BY_MEANING, allowed, limit, only, question=_written(question))

    def by_words(self, terms: Mapping[int, float], allowed: Allowed, limit: int) -> Scores:
        wanted = [_signed(term) for term in terms]
        return self._ranked(_BY_WORDS, allowed, limit, (), terms=wanted, times=[float(each) for each in terms.values()])

    def holding(self, terms: Sequence[int], allowed: Allowed) -> Sequence[int]:
        wanted = [_signed(term) for term in terms]
        with self._connection() as connection:
            held = dict(connection.execute(_HOLDING, {**self._values(allowed, ()), "terms": wanted}).fetchall())
        return [held.get(term, 0) for term in wanted]

    def says(self, entry: str, terms: Sequence[int], allowed: Allowed) -> frozenset[int]:
        wanted = {_signed(term): term for term in terms}
        values = {**self._values(allowed, [entry]), "terms": list(wanted)}
        with self._connection() as connection:
            return frozenset(wanted[term] for term, _ in connection.execute(_HOLDING, values))

    def visible(self, allowed: Allowed) -> Visible:
        query: LiteralString = f"SELECT count(*), coalesce(avg(english::int), 0) FROM entries WHERE {_ALLOWED}"  # noqa: S608
        with self._connection() as connection:
            row = connection.execute(query, self._values(allowed, ())).fetchone()
            return Visible(int(row[0]), float(row[1])) if row else Visible(0, 0.0)

    def close(self) -> None:
        while self._all:
            self._all.pop().close()

    # ---------------------------------------------------------------------------------------- writing

    def _add(self, connection: Connection[Any], item: Searchable, vectors: Mapping[str, Vector]) -> None:
        terms = terms_of(weighted_texts(item))
        row = connection.execute(
            "INSERT INTO entries (organisation, id, hash, audience, first_day, last_day, english, length) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING number",
            [
                self.organisation,
                item.id,
                item.content_hash,
                list(item.audience),
                item.valid_from,
                item.valid_until,
                language_of_item(item) == "en",
                sum(terms.values()),
            ],
        ).fetchone()
        assert row is not None
        texts = [(whole_text(item), True), *((way, False) for way in ways_of_asking(item))]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO passages VALUES (%s, %s, %s::vector)",
                [(row[0], whole, _written(vectors[text])) for text, whole in texts if text in vectors],
            )
            cursor.executemany(
                "INSERT INTO words VALUES (%s, %s, %s)", [(_signed(term), row[0], n) for term, n in terms.items()]
            )

    def _clear(self, connection: Connection[Any]) -> None:
        connection.execute("DELETE FROM entries WHERE organisation = %s", [self.organisation])
        connection.execute("DELETE FROM states WHERE organisation = %s", [self.organisation])

    # ---------------------------------------------------------------------------------------- reading

    def _ranked(
        self, query: LiteralString, allowed: Allowed, limit: int, only: Sequence[str], **values: Any
    ) -> dict[str, float]:
        given = {**self._values(allowed, only), "limit": len(only) or limit, **values}
        with self._connection() as connection:
            return {entry: round(float(score), 6) for entry, score in connection.execute(query, given)}

    def _values(self, allowed: Allowed, only: Sequence[str]) -> dict[str, Any]:
        roles, on = sorted(allowed.covered_roles), allowed.on
        return {"organisation": self.organisation, "roles": roles, "on": on, "only": list(only) or None}

    @contextmanager
    def _connection(self) -> Iterator[Connection[Any]]:
        """A transaction on this thread's connection; a broken one is opened again at the next use."""
        import psycopg

        try:
            connection = self._opened()
            with connection.transaction():
                connection.execute("SET LOCAL search_path TO heleklant_search, public")
                yield connection
        except psycopg.Error as fault:
            if (broken := getattr(self._kept, "connection", None)) is not None:
                broken.close()
            raise IndexFault(search.ENGINE_AWAY, fault=str(fault).splitlines()[0] if str(fault) else "?") from fault

    def _opened(self) -> Connection[Any]:
        import psycopg

        connection: Connection[Any] | None = getattr(self._kept, "connection", None)
        if connection is None or connection.closed:
            connection = psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                options=f"-c statement_timeout={STATEMENT_MS}",
            )
            self._kept.connection = connection
            self._all.append(connection)
        if not self._ready:
            self._prepare(connection)
            self._ready = True
        return connection

    def _prepare(self, connection: Connection[Any]) -> None:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(4711)")  # two that start at once make the tables once
            connection.execute(_TABLES)
            row = connection.execute(
                "SELECT made_by FROM states WHERE organisation = %s", [self.organisation]
            ).fetchone()
            if row and row[0] != self.made_by:
                self._clear(connection)


def _written(vector: Vector) -> str:
    """As pgvector reads it."""
    return "[" + ",".join(f"{value:.7g}" for value in vector.tolist()) + "]"


def _signed(term: int) -> int:
    """A fingerprint as PostgreSQL's bigint, which has a sign."""
    return term - (1 << 64) if term >= 1 << 63 else term
