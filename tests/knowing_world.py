"""Small packs of other trades, with what is asked there: answered, asked in vain, and nothing to do with the work.

They are in tests/knowing, one file a trade. The rule of knowing is fitted on them (tests/bench/fit_knowing.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from copilot.domain import Kind, Status
from copilot.packs import Searchable

FOLDER: Final = Path(__file__).with_name("knowing")
TRADES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@dataclass(frozen=True)
class Trade:
    """One file of tests/knowing."""

    items: tuple[Searchable, ...]
    asked: Mapping[str, Sequence[str]]
    """By entry, how it is asked for."""
    missing: Sequence[str]
    """About the work, but nobody wrote it down."""
    off_topic: Sequence[str]


def trade(name: str) -> Trade:
    told: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Trade(tuple(map(_item, told["entries"])), told["asked"], told["missing"], told["off_topic"])


def _item(told: Mapping[str, Any]) -> Searchable:
    return Searchable(
        id=told["id"],
        version=1,
        status=Status.PUBLISHED,
        kind=Kind(told.get("kind", "policy")),
        title=told["title"],
        questions=tuple(told.get("questions", ())),
        body=told["body"],
        content_hash=repr(sorted(told.items())),
        revision=1,
    )
