"""A pack: an organisation with its knowledge, as it stands in a folder or goes in and out of the database."""

from __future__ import annotations

from dataclasses import dataclass

from copilot.domain import KnowledgeEntry, Organisation
from copilot.errors import Finding

ORGANISATION_FILE = "organisation.yaml"


@dataclass(frozen=True, slots=True)
class PackEntry:
    """An entry with its text to the letter, and where it stands in the pack."""

    entry: KnowledgeEntry
    text: str
    path: str
    """Relative to the pack, with forward slashes."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of the pack that is no entry, such as `cases/returns.yaml` or `README.md`, to the letter."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Writing out what was read gives the same files, byte for byte."""

    organisation: Organisation
    organisation_text: str
    entries: tuple[PackEntry, ...] = ()
    files: tuple[PackFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What was wrong or worth a look on reading; a file with an error has no entry here."""

    @property
    def sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)
