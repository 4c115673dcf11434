"""A small world to search in: entries, a source of them that changes, and an embedder that costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from copilot import words
from copilot.domain import Kind, Status
from copilot.packs import Searchable
from copilot.retrieve import Query
from copilot.vector_index import Vector
from copilot.yardstick import Scale

TODAY = date(2026, 11, 22)
ROLES = frozenset({"medewerker"})
ALL_ROLES = frozenset({"medewerker", "teamleider"})


def item(entry: str, title: str, *questions: str, body: str = "", **more: Any) -> Searchable:
    text = repr((title, questions, body, sorted(more.items(), key=str)))
    told = {"version": 1, "status": Status.PUBLISHED, "kind": Kind.POLICY, "questions": questions, "body": body}
    return Searchable(id=entry, title=title, content_hash=hashlib.sha256(text.encode()).hexdigest(), **{**told, **more})


def query(text: str, roles: frozenset[str] = ROLES, on: date = TODAY, **more: Any) -> Query:
    return Query(text=text, covered_roles=roles, on=on, **more)


class Knowledge:
    """What an index follows: entries that come, change and go, each time at a next revision."""

    def __init__(self, *items: Searchable) -> None:
        self.now = 0
        self.items: dict[str, Searchable] = {}
        if items:
            self.put(*items)

    def put(self, *items: Searchable) -> None:
        self.now += 1
        self.items |= {each.id: replace(each, revision=self.now) for each in items}

    def retire(self, entry: str) -> None:
        self.now += 1
        self.items[entry] = replace(self.items[entry], status=Status.RETIRED, revision=self.now)

    def revision(self) -> int:
        return self.now

    def searchable(self, after: int = 0, batch: int = 1000) -> Iterator[list[Searchable]]:
        changed = sorted((e for e in self.items.values() if e.revision > after), key=lambda e: (e.revision, e.id))
        for start in range(0, len(changed), batch):
            yield changed[start : start + batch]


class LetterEmbedder:
    """Runs of letters thrown into a few dimensions: alike texts are near, and it takes microseconds."""

    scale: Scale | None = Scale()

    def __init__(self, name: str = "letters", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    def question(self, text: str) -> Vector:
        return self._vector(text)

    def describe(self, language: str) -> str:
        return self.name

    def close(self) -> None:
        return

    def _vector(self, text: str) -> Vector:
        vector = np.full(self.dimensions, 0.05, np.float32)
        for term, weight in words.asked_terms(text).items():
            vector[term % self.dimensions] += weight if term >> 32 & 1 else -weight
        return vector / np.linalg.norm(vector)


RETURN = item(
    "retour-zonder-bon",
    "Retour zonder kassabon",
    "Bonnetje kwijt, mag ik het terugnemen?",
    body="Zoek eerst de aankoop op. Met de pinpas vind je de meeste bonnen terug.",
)
GIFT = item("cadeau-ruilen", "Cadeau ruilen", "Iemand kreeg een cadeau en wil het ruilen", body="Ruilen kan altijd.")
FUEL = item("verkeerd-getankt", "Verkeerde brandstof getankt", "Diesel in een benzineauto", body="Start de motor niet.")
SECRET = item("salaris", "Salaris van de directie", body="Het salaris is geheim.", audience=("teamleider",))
EXPIRED = item(
    "zomeractie", "Zomeractie tweede bolletje", body="Tweede bolletje gratis.", valid_until=date(2026, 8, 31)
)
COMING = item("winteractie", "Winteractie warme choco", body="Gratis slagroom.", valid_from=date(2026, 12, 1))
SHOP = (RETURN, GIFT, FUEL, SECRET, EXPIRED, COMING)
