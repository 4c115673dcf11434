"""A tiny organisation to store: two roles, and entries made of a few words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from copilot.domain import (
    AnswerStatus,
    Between,
    Decision,
    Kind,
    KnowledgeEntry,
    Organisation,
    Outcome,
    Question,
    Role,
    Source,
    Suggestion,
)
from copilot.entryfile import read_entry
from copilot.errors import KnowledgeError
from copilot.messages import Text
from copilot.packs import Pack, PackEntry, PackFile
from copilot.store import Store

ORGANISATION = Organisation(
    id="bakkerij",
    name="Bakkerij Zoet",
    roles=(Role("verkoper", "Verkoper"), Role("chef", "Chef", above=("verkoper",))),
)
TODAY = date(2026, 11, 22)


def text_of(entry: str, body: str = "Brood van gisteren gaat voor de helft.", **keys: object) -> str:
    lines = [f"{name}: {value}\n" for name, value in keys.items()]
    return f"---\nid: {entry}\nkind: policy\ntitle: Over {entry}\n{''.join(lines)}---\n{body}\n"


def read(text: str) -> KnowledgeEntry:
    entry, findings = read_entry(text)
    if entry is None:
        raise KnowledgeError(Text(nl="onleesbaar", en="unreadable"), findings)
    return entry


def pack_of(*texts: str, organisation: Organisation = ORGANISATION, files: dict[str, str] | None = None) -> Pack:
    """A pack with these texts, each at `beleid/<id>.md`."""
    entries = [(read(text), text) for text in texts]
    return Pack(
        organisation,
        f"organisation: {organisation.name}\n",
        tuple(PackEntry(entry, text, f"beleid/{entry.id}.md") for entry, text in entries),
        tuple(PackFile(path, text) for path, text in (files or {}).items()),
    )


class Clock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **how: float) -> None:
        self.at += timedelta(**how)


def store_at(url: str, *texts: str, **given: Any) -> Store:
    """An open store with these entries imported."""
    store = Store(url, read_entry=read, **given)
    if texts:
        store.import_pack(pack_of(*texts), by="bakker")
    return store.open()


def suggestion_of(
    name: str,
    *,
    status: AnswerStatus = AnswerStatus.ANSWERED,
    decision: Decision | None = None,
    sources: tuple[str, ...] = (),
    verdict: str = "Dat mag.",
    **question: Any,
) -> Suggestion:
    """The answer `a-<name>` to the question `q-<name>`."""
    asked = {"text": f"Vraag {name}", "roles": ("verkoper",), "on": TODAY, "id": f"q-{name}", **question}
    return Suggestion(
        id=f"a-{name}",
        question=Question(**asked),
        status=status,
        verdict=verdict,
        decision=decision,
        sources=tuple(Source(id=each, kind=Kind.POLICY, title=each, version=1, owner="eva") for each in sources),
    )


def decision_of(entry: str = "korting", **given: Any) -> Decision:
    facts = {"bedrag": Decimal("12.50"), "gebruikt": True, "soort": "taart", "weken": Between(high=Decimal(2))}
    return Decision(
        **{"entry": entry, "version": 1, "action": entry, "outcome": Outcome.ALLOWED, "facts": facts, **given}
    )
