"""Who may see an entry, and on which days it counts, as columns: a filter over all entries in microseconds.

This spares the ranking what could never answer. The last word is the database's (`store.living`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from copilot.language import language_of
from copilot.packs import Searchable

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Columns:
    """One row an entry."""

    audience: NDArray[np.int32]
    """The place of its audience in `audiences`."""
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]
    """Ordinal days, both included."""
    department: NDArray[np.int32]
    audiences: tuple[frozenset[str], ...]
    """Empty = everyone."""
    departments: tuple[str | None, ...]
    english: Mask
    """Written in English rather than Dutch."""

    @classmethod
    def of(cls, items: Sequence[Searchable]) -> Columns:
        audiences = list(dict.fromkeys(frozenset(each.audience) for each in items))
        departments = list(dict.fromkeys(each.department for each in items))
        return cls(
            audience=np.array([audiences.index(frozenset(each.audience)) for each in items], np.int32),
            first_day=np.array([(each.valid_from or date.min).toordinal() for each in items], np.int32),
            last_day=np.array([(each.valid_until or date.max).toordinal() for each in items], np.int32),
            department=np.array([departments.index(each.department) for each in items], np.int32),
            audiences=tuple(audiences),
            departments=tuple(departments),
            english=np.array([_language(each) == "en" for each in items], np.bool_),
        )

    def allowed(self, covered_roles: frozenset[str], on: date) -> Mask:
        """The entries that somebody who covers these roles may see and that count on that day."""
        seen = [not audience or not audience.isdisjoint(covered_roles) for audience in self.audiences]
        day = on.toordinal()
        valid = (self.first_day <= day) & (day <= self.last_day)
        return valid if all(seen) else valid & np.array(seen, np.bool_)[self.audience]

    def of_department(self, department: str | None) -> Mask:
        """The entries of a department."""
        wanted = [department is not None and each == department for each in self.departments]
        return np.array(wanted, np.bool_)[self.department] if wanted else np.zeros(0, np.bool_)


def _language(item: Searchable) -> str:
    return language_of(" ".join((item.title, *item.questions, item.body)), "nl")
