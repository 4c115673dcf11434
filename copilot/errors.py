"""What can go wrong, as a tree; each error says what is wrong, where, and what to do.

CopilotError
    SettingsError        a setting that cannot be right
    KnowledgeError       knowledge that does not follow the format; carries Findings
    StoreError           the database cannot be opened, read or written
        Conflict         somebody changed what is being overwritten
    IndexFault           the search index or an embedder is out of order
    ModelError           the language model did not give a usable answer; `retry` says whether to try again
    ChannelError         a chat service refused; `permanent` says whether trying again helps
    UsageError           a wrong argument: unknown role, unknown fact, a day that does not exist
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.messages import Text


class CopilotError(Exception):
    """Anything that people are told about. `str()` is Dutch; `text(language)` is in theirs."""

    def __init__(self, message: Text, /, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def text(self, language: str) -> str:
        return self.message(language, **self.values)

    def __str__(self) -> str:
        return self.text("nl")


class SettingsError(CopilotError):
    """A setting that cannot be right."""


class UsageError(CopilotError):
    """A wrong argument: unknown role, unknown fact, a day that does not exist."""


class StoreError(CopilotError):
    """The database cannot be opened, read or written."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One entry that was changed on two sides; None where that side has no such entry (any more)."""

    entry: str
    stored: str | None
    offered: str | None


class Conflict(StoreError):
    """Somebody changed what is being overwritten."""

    def __init__(self, message: Text, clashes: Sequence[Clash] = (), /, **values: object) -> None:
        super().__init__(message, **values)
        self.clashes = tuple(clashes)


class IndexFault(CopilotError):
    """The search index or an embedder is out of order."""


class ModelError(CopilotError):
    """The language model did not give a usable answer."""

    def __init__(self, message: Text, /, *, retry: bool = False, **values: object) -> None:
        super().__init__(message, **values)
        self.retry = retry


class ChannelError(CopilotError):
    """A chat service refused."""

    def __init__(self, message: Text, /, *, permanent: bool = False, **values: object) -> None:
        super().__init__(message, **values)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth a look in a piece of knowledge, with the way to mend it."""

    message: Text
    values: dict[str, object]
    severity: str = "error"
    """`error` stops an import, `warning` is shown and stops nothing."""
    file: str = ""
    line: int | None = None
    field: str = ""
    """Dotted, as the author wrote it: `rules[2].when.bedrag`."""
    entry: str = ""
    code: str = ""
    """A stable short name for programs, such as `unknown_key`, `gap`, `contradiction`."""

    def text(self, language: str) -> str:
        return self.message(language, **self.values)

    def where(self) -> str:
        place = self.file + (f":{self.line}" if self.line else "")
        return f"{place} ({self.field})" if self.field else place


class KnowledgeError(CopilotError):
    """Knowledge that does not follow the format."""

    def __init__(self, message: Text, findings: Sequence[Finding] = (), /, **values: object) -> None:
        super().__init__(message, **values)
        self.findings = tuple(findings)
