"""What a model may add to a computed suggestion: words for people, never the decision, steps or sources."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from copilot.domain import KnowledgeEntry, Organisation, Suggestion


@dataclass(frozen=True, slots=True)
class PhrasedPart:
    """One part of a suggestion as it reads so far; each replaces what was shown of that part before."""

    part: str
    """The field of Suggestion that it is about: `for_you` or `say`."""
    text: str
    """The whole part so far; every sentence in it has passed the guard."""
    done: bool = False


class Phraser(Protocol):
    """Puts a computed suggestion into better words."""

    name: str

    def phrase(
        self, suggestion: Suggestion, organisation: Organisation, entries: Sequence[KnowledgeEntry]
    ) -> AsyncIterator[PhrasedPart | Suggestion]:
        """Parts as they come, then the final suggestion as the last item, whatever went wrong between."""
