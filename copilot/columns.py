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
    english: Mask
    """Written in English rather than Dutch."""
    audiences: tuple[frozenset[str], ...]
    """Empty = everyone."""

    @classmethod
    def of(cls, items: Sequence[Searchable]) -> Columns:
        audiences = {name: place for place, name in enumerate(dict.fromkeys(frozenset(e.audience) for e in items))}
        return cls(
            audience=np.array([audiences[frozenset(each.audience)] for each in items], np.int32),
            first_day=np.array([(each.valid_from or date.min).toordinal() for each in items], np.int32),
            last_day=np.array([(each.valid_until or date.max).toordinal() for each in items], np.int32),
            audiences=tuple(audiences),
            english=np.array([language_of_item(each) == "en" for each in items], np.bool_),
        )

    @classmethod
    def joined(cls, several: Sequence[Columns], masks: Sequence[Mask]) -> Columns:
        """One under the other, those rows of each that its mask keeps."""
        audiences = list(dict.fromkeys(name for each in several for name in each.audiences))
        places = [np.array([audiences.index(name) for name in each.audiences], np.int32) for each in several]
        kept = list(zip(several, masks, strict=True))
        return cls(
            audience=np.concatenate(
                [place[each.audience[mask]] for place, (each, mask) in zip(places, kept, strict=True)]
            ),
            first_day=np.concatenate([each.first_day[mask] for each, mask in kept]),
            last_day=np.concatenate([each.last_day[mask] for each, mask in kept]),
            english=np.concatenate([each.english[mask] for each, mask in kept]),
            audiences=tuple(audiences),
        )

    def allowed(self, covered_roles: frozenset[str], on: date | None) -> Mask:
        """The entries that somebody who covers these roles may see and that count on that day; None: on any day."""
        seen = [not audience or not audience.isdisjoint(covered_roles) for audience in self.audiences]
        valid = np.ones(len(self.audience), np.bool_)
        if on is not None:
            valid = (self.first_day <= on.toordinal()) & (on.toordinal() <= self.last_day)
        return valid if all(seen) else valid & np.array(seen, np.bool_)[self.audience]


def language_of_item(item: Searchable) -> str:
    """`nl` or `en`."""
    return language_of(" ".join((item.title, *item.questions, item.body)), "nl")
