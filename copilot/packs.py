"""A pack of knowledge on its way between a folder, the database and the search index.

The text of every file is kept exactly as its author wrote it, line endings included, so that what was
imported and not changed comes out byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from copilot.domain import Kind, KnowledgeEntry, Organisation, Status
from copilot.errors import Finding


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One entry of a pack, with the file that says it."""

    entry: KnowledgeEntry
    text: str
    """The file as it stands: Markdown with front matter."""
    path: str
    """Within the pack, with forward slashes: `mandaten/retour-zonder-bon.md`."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """Any other file of a pack, such as its cases."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Pakket: an organisation with all its knowledge, as one folder holds it."""

    organisation: Organisation
    organisation_text: str
    """`organisation.yaml` as it stands."""
    entries: tuple[PackEntry, ...] = ()
    files: tuple[PackFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What was wrong while reading; entries that could not be read are not among `entries`."""
    folder: str = field(default="", compare=False)
    """Where it was read, for the places in findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, as ids of entries. Every entry of the pack is in exactly one of the first five."""

    organisation: Organisation
    revision: int
    """The organisation's revision after the import."""
    new: tuple[str, ...] = ()
    """Not there before, or retired and now back."""
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    """Gone from the pack since its last import; their history is kept."""
    kept: tuple[str, ...] = ()
    """Changed in chat or on the web, and left so."""
    conflicts: tuple[str, ...] = ()
    """Changed on both sides, and settled by the choice that was given."""
    organisation_changed: bool = False
    """Roles, departments or manners differ from what was stored."""
    findings: tuple[Finding, ...] = ()
    """Warnings that did not stop the import."""

    @property
    def nothing_changed(self) -> bool:
        return not (self.new or self.changed or self.retired or self.conflicts or self.organisation_changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """What a search index holds of one entry; anything but PUBLISHED means: take it out."""

    id: str
    version: int
    status: Status
    kind: Kind
    title: str
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body: str = ""
    details: tuple[str, ...] = ()
    """What its rules and steps say, in the order of the file."""
    audience: tuple[str, ...] = ()
    department: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    content_hash: str = ""
    """Equal hashes mean equal texts: nothing to embed again."""
    revision: int = 0
    """The organisation's revision in which the entry last changed."""
