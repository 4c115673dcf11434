"""The files of a pack's folder: which there are, and their text to the letter."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from copilot.errors import Finding
from copilot.messages import Text
from copilot.messages import format as texts
from copilot.yamltext import BadText, decoded

MEGABYTE: Final = 1_000_000
_ODD_NAME: Final = re.compile(r"[\x00-\x1f\x7f\\:\ud800-\udfff]")
"""Signs in a file name that another system cannot hold, or takes for a drive or a folder."""


class PackFolder:
    """Reads files and gathers what is wrong with them; paths are relative, with forward slashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []

    def place(self, path: str) -> str:
        """The path as whoever ran the command can open it."""
        return str(PurePosixPath(self.folder.as_posix()) / path)

    def add(self, message: Text, path: str, code: str, /, severity: str = "error", **values: object) -> None:
        self.findings.append(Finding(message, values, severity=severity, file=self.place(path), code=code))

    def paths(self) -> list[str]:
        """Every file in a fixed order; hidden ones are no part of a pack."""
        return sorted(self._walk()) if self.folder.is_dir() else []

    def text(self, path: str, largest: int) -> str | None:
        """The text of a file, to the letter; None, with a finding, when it is too large or cannot be read.

        `largest` is in megabytes.
        """
        try:
            if (self.folder / path).stat().st_size > largest * MEGABYTE:
                self.add(texts.FILE_TOO_LARGE, path, "too_large", most=largest)
                return None
            return decoded((self.folder / path).read_bytes())
        except OSError as fault:
            self._unreadable(path, fault)
        except BadText as fault:
            found = Finding(fault.message, fault.values, file=self.place(path), line=fault.line, code="unreadable")
            self.findings.append(found)
        return None

    def is_text(self, path: str, largest: int) -> bool:
        """Whether a file that may be anything is text of no more than so many megabytes."""
        try:
            if (self.folder / path).stat().st_size > largest * MEGABYTE:
                return False
            return "\0" not in decoded((self.folder / path).read_bytes())
        except (OSError, BadText):
            return False

    def _walk(self) -> Iterator[str]:
        """Real folders first and each folder once: a link to a folder above would go round for ever."""
        folders, links, seen = [""], list[str](), set[tuple[int, int]]()
        while folders or links:
            relative = folders.pop() if folders else links.pop()
            here = self._stat(relative)
            if here is None or (here.st_dev, here.st_ino) in seen:
                continue
            seen.add((here.st_dev, here.st_ino))
            for path in self._inside(relative):
                found = self._stat(path)
                if found and stat.S_ISREG(found.st_mode):
                    yield path
                elif found and stat.S_ISDIR(found.st_mode):
                    (links if (self.folder / path).is_symlink() else folders).append(path)

    def _inside(self, relative: str) -> Iterator[str]:
        try:
            names = sorted(os.listdir(self.folder / relative))
        except OSError as fault:
            self._unreadable(relative, fault)
            return
        for name in names:
            path = f"{relative}/{name}" if relative else name
            if _ODD_NAME.search(name):
                shown = _ODD_NAME.sub("?", path)
                self.add(texts.FILE_NAME, shown, "file_name", path=shown)
            elif not name.startswith("."):
                yield path

    def _stat(self, path: str) -> os.stat_result | None:
        try:
            return (self.folder / path).stat()
        except OSError as fault:
            self._unreadable(path, fault)
            return None

    def _unreadable(self, path: str, fault: OSError) -> None:
        self.add(texts.FILE_UNREADABLE, path, "unreadable", fault=fault.strerror or type(fault).__name__)


def points_outside(path: str) -> bool:
    """Whether a path from elsewhere would leave its folder, or cannot be a file on every system."""
    return bool(_ODD_NAME.search(path)) or any(part in ("", ".", "..") for part in path.split("/"))
