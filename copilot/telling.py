"""Which of a fact's own words somebody used, and whether he denied them: for yes/no facts and choices.

Works on stems, so that "broeken" tells `broek`; a longer word that ends in one of ours tells it too
("spijkerbroek"). A negation right beside a phrase turns it round; a sentence of doubt tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from copilot import words

NOT: Final = "¬"
"""Stands for any negation in a row of stems."""

_NEGATIONS: Final = frozenset(
    "niet geen zonder nooit noch nee not no without never isn isnt doesn doesnt don dont hasn hasnt haven havent wasn "
    "wasnt didn didnt cannot".split()
)
_FILLERS: Final = frozenset(
    "de het een der er nog al meer wel echt heel helemaal zeer erg zo toch gewoon net alleen ook nu zit zitten is zijn "
    "was waren wordt werd heeft hebben had ben bent aan in op om van voor met bij te dat die dit deze hij zij ze ik je u "
    "we wij mijn haar hun enkel enkele beetje goed hoor volgens klant mevrouw meneer the a an any it its is are were has "
    "have had been be still yet quite very really at on of for to with in this that these those he she they customer "
    "guest his her their just even anymore longer t s".split()
)
_DOUBT: Final = re.compile(
    r"\b(?:weet (?:ik |hij |zij |ze |de klant )?(?:niet|nog niet)|geen idee|misschien|onduidelijk|onbekend|of niet|"
    r"don'?t know|not sure|no idea|maybe|perhaps|or not|unclear|unknown|niet zeker|twijfel)\b",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(r"[.,;:!?()\n]+|\bmaar\b|\bbut\b|\bterwijl\b|\bhoewel\b|\balthough\b", re.IGNORECASE)
_DIMINUTIVE: Final = re.compile(r"(?<=[^\W\d_]{3})(?:etje|tje|pje|kje|je)s?$")
_LEAST_IN_COMPOUND: Final = 4
"""Letters: "jas" inside a longer word proves little, "broek" does."""
_PREFIXES_THAT_TURN: Final = ("on", "non", "anti", "niet", "un", "in")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence in which a negation can only be about what stands beside it."""

    stems: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One phrase that was used."""

    phrase: str
    denied: bool
    length: int


def told(text: str, phrases: Iterable[str]) -> tuple[Told, ...]:
    """The phrases that the text uses; of overlapping ones the longest."""
    rows = sorted({phrase: row for phrase in phrases if (row := _row(phrase))}.items(), key=lambda each: -len(each[1]))
    return tuple(found for clause in _clauses(text) if not clause.doubtful for found in _told_in(clause, rows))


def _told_in(clause: Clause, rows: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Told]:
    taken = [False] * len(clause.stems)
    for phrase, row in rows:
        for start in range(len(clause.stems) - len(row) + 1):
            span = range(start, start + len(row))
            if any(taken[place] for place in span):
                continue
            if all(_same(clause.stems[place], wanted) for place, wanted in zip(span, row, strict=True)):
                for place in span:
                    taken[place] = True
                yield Told(phrase, _denied(clause.stems, span, taken, row), len(row))


def _denied(stems: Sequence[str], span: range, taken: list[bool], row: tuple[str, ...]) -> bool:
    """Whether a negation stands right before or after; one that is part of the phrase itself does not count."""
    beside = [place for place in (span.start - 1, span.stop) if 0 <= place < len(stems) and not taken[place]]
    return NOT not in row[:1] and any(stems[place] == NOT for place in beside)


def _same(said: str, wanted: str) -> bool:
    if said == wanted:
        return True
    if len(wanted) < _LEAST_IN_COMPOUND or not said.endswith(wanted):
        return False
    before = said[: -len(wanted)]
    return len(before) >= 3 and before not in _PREFIXES_THAT_TURN


def _clauses(text: str) -> Iterator[Clause]:
    for sentence in re.split(r"[.!?\n]+", text):
        doubtful = bool(_DOUBT.search(sentence))
        for part in _CLAUSE_END.split(sentence):
            yield Clause(_row(part), doubtful)


@lru_cache(maxsize=4096)
def _row(phrase: str) -> tuple[str, ...]:
    """The telling words of a phrase as stems, in order; a negation counts as telling."""
    return tuple(
        NOT if word in _NEGATIONS else _stem(word)
        for word in words.words_of(phrase.replace("n't", " not"))
        if word in _NEGATIONS or word not in _FILLERS
    )


def _stem(word: str) -> str:
    stem = words.stem(_DIMINUTIVE.sub("", word))
    # A final d or t sounds the same, and people write either: "gebruikd", "gebruikt".
    return re.sub(r"d$", "t", stem)
