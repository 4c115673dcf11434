"""Writes a report folder: `results.json`, `junit.xml` and `report.html`."""

from __future__ import annotations

import json
from pathlib import Path

from copilot import report_page, results
from copilot.baseline import Comparison
from copilot.errors import SettingsError
from copilot.gates import Failed
from copilot.junit import junit
from copilot.messages import evaluation as texts
from copilot.results import Measured


def write_report(
    folder: Path, measured: Measured, failed: tuple[Failed, ...], comparison: Comparison | None, language: str = "nl"
) -> None:
    """All three files, each written whole or not at all. Raises SettingsError where the folder cannot be written."""
    written = {
        "results.json": json.dumps(results.as_json(measured, language), ensure_ascii=False, indent=1) + "\n",
        "junit.xml": junit(measured, failed, language),
        "report.html": report_page.render(measured, failed, comparison, language),
    }
    write_files(folder, written)


def write_files(folder: Path, written: dict[str, str]) -> None:
    """Raises SettingsError where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            half = folder / f".{name}.part"
            half.write_text(text, encoding="utf-8", errors="replace")
            half.replace(folder / name)
    except OSError as fault:
        raise SettingsError(texts.REPORT_NOT_WRITTEN, path=folder, fault=fault.strerror) from fault
