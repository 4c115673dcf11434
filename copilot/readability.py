"""Plain language, counted: sentence length, passive steps, officialese, and Flesch-Douma as a trend.

The measures come from the reference on quality, section 5: a formula is no proof of B1, so the score is shown
as a trend and the hard rules are counted apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from copilot import sentences

MEAN_WORDS: Final = 15
MOST_WORDS: Final = 25
"""Words in a sentence: on average, and at most."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS: Final = re.compile(
    r"aai|ooi|oei|eeuw|ieuw|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE
)
_PARTICIPLE: Final = r"(?:\w{0,10}ge\w{2,}|(?:be|ver|ont|her)\w{2,})(?:d|t|en)\b"
_PASSIVE: Final = re.compile(
    rf"\b(?:wordt|worden|werd|werden)\b(?:\s+[\w'-]+){{0,7}}?\s+{_PARTICIPLE}"
    rf"|\b{_PARTICIPLE}\s+(?:wordt|worden|werd|werden)\b",
    re.IGNORECASE,
)
_OFFICIALESE: Final = re.compile(
    r"\b(?:m\.b\.t\.?|i\.v\.m\.?|d\.m\.v\.?|t\.a\.v\.?|onderhavige?|dien(?:t|en) te|teneinde|conform|middels|aangaande|"
    r"betreffende|inzake|derhalve|desbetreffende|omtrent|ingevolge|met betrekking tot|ten behoeve van|"
    r"in het kader van|alsmede|voornoemde?|bovengenoemde?|te allen tijde|geschiedt|pursuant to|aforementioned)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Readability:
    """What makes a text hard, in counts."""

    words: int
    sentences: int
    longest: int
    """Words in the longest sentence."""
    officialese: tuple[str, ...]
    passive: tuple[str, ...]
    """Steps in the passive, of which nobody knows who does them."""
    flesch_douma: float
    """206.8 - 0.77 x syllables per 100 words - 0.93 x words per sentence (Douma 1960); 60 to 70 is normal Dutch."""

    @property
    def mean(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0


def measure(text: str, steps: Sequence[str] = ()) -> Readability:
    """The readability of a text, and whether any of its steps is in the passive."""
    lines = [_counted(line) for line in text.split("\n")]
    lengths = [length for line in lines for length in line.lengths]
    words, vowels = sum(lengths), sum(line.vowels for line in lines)
    score = 206.8 - 0.77 * (100 * vowels / words) - 0.93 * (words / len(lengths)) if words else 100.0
    return Readability(
        words=words,
        sentences=len(lengths),
        longest=max(lengths, default=0),
        officialese=tuple(dict.fromkeys(term for line in lines for term in line.officialese)),
        passive=tuple(step for step in steps if _is_passive(step)),
        flesch_douma=round(score, 2),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """What is counted in one line; a line end always ends a sentence."""

    lengths: tuple[int, ...]
    """Words of each sentence that has any."""
    vowels: int
    officialese: tuple[str, ...]


@lru_cache(maxsize=8192)
def _counted(line: str) -> _Line:
    """Cached, since answers quote the same entries again and again."""
    words = _WORD.findall(line)
    return _Line(
        lengths=tuple(count for part in sentences.split(line) if (count := len(_WORD.findall(part.text)))),
        vowels=sum(max(1, len(_VOWELS.findall(word))) for word in words),
        officialese=tuple(match.group().lower() for match in _OFFICIALESE.finditer(line)),
    )


@lru_cache(maxsize=4096)
def _is_passive(step: str) -> bool:
    return _PASSIVE.search(step) is not None
