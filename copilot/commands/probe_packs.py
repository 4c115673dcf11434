"""The packs of a probe's world, as the store imports them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copilot.domain import KnowledgeEntry, Organisation
from copilot.entryfile import write_entry
from copilot.packs import Pack, PackEntry
from copilot.probes import World


def packs_of(world: World, organisation: Organisation) -> Iterator[Pack]:
    """What was there before, if anything, and then the world as it is."""
    if world.before:
        yield _pack(organisation, world.before)
    yield _pack(organisation, world.entries)


def _pack(organisation: Organisation, entries: Sequence[KnowledgeEntry]) -> Pack:
    written = tuple(PackEntry(entry, write_entry(entry), f"{entry.id}.md") for entry in entries)
    return Pack(organisation=organisation, organisation_text="", entries=written)
