"""What a comparison of search index and database says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copilot.messages import Text, search


@dataclass(frozen=True)
class Verdict:
    """What a comparison of index and database found."""

    sound: bool
    entries: int
    says: Text
    values: Mapping[str, object]

    @classmethod
    def of(cls, held: Mapping[str, str], wanted: Mapping[str, str], revision: int, newest: int) -> Verdict:
        """From the content of each entry, as the index and as the database has it."""
        if held == wanted:
            return cls(True, len(held), search.INDEX_SOUND, {"count": len(held), "revision": revision})
        if not held:
            return cls(True, 0, search.INDEX_ABSENT, {})
        if revision < newest:
            return cls(True, len(held), search.INDEX_BEHIND, {"index": revision, "store": newest})
        missing, surplus = wanted.keys() - held.keys(), held.keys() - wanted.keys()
        different = {each for each in wanted.keys() & held.keys() if wanted[each] != held[each]}
        counts = {"missing": len(missing), "surplus": len(surplus), "different": len(different)}
        return cls(False, len(held), search.INDEX_WRONG, {**counts, "example": min(missing | surplus | different)})

    def text(self, language: str) -> str:
        return self.says(language, **self.values)
