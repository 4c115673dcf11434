"""Knowing or not knowing: does the best entry that was found answer the question, or is nobody's answer written down?

A score alone cannot tell: a question whose entry does not exist lies nearly as near to its neighbour ("kunnen
klanten hier sleutels laten bijmaken?" to an entry about the keys of a vending machine). So all that speaks for and
against is added up, as a logistic rule of a few weights that can be read: how near, how far ahead of the rest, how
much of what was asked the entry leaves unsaid, and whether that is foreign to it in meaning too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, log1p
from typing import Final

from copilot.domain import Hit
from copilot.mentions import MONTH_NAMES, NAMED_DAYS, WEEKDAYS

RIVALS: Final = 5
"""The hits after the best one that it is compared with."""
SAID: Final = 0.5
"""A word of which the entry holds less than this share is taken for unsaid."""
CERTAIN: Final = 1.0
"""The sureness from which on a mandate may say yes: a wrong yes is worse than a wrong quotation, so that in between it
is not known. On the open cases it costs 1 in 200 of the mandates rightly found; of those found for a question whose
own entry was taken out, it stops about half."""
LAPSED: Final = -1.0
"""The most that the sureness can be where an entry that does not count on the day is clearly nearer."""
FOR_HELP: Final = -1.5
"""The sureness from which on an entry answers that says to call the emergency number: one shown for nothing costs a
glance, one not shown may cost a life."""
NEARLY: Final = -2.0
"""The sureness from which on what came nearest is shown for the colleague to choose from. Above it lie 8 in 10 of the
questions that are refused although their answer is written down, and 1 in 7 of those about something else."""
NOWHERE: Final = -9.0
"""The sureness of what cannot be an answer: nothing is shown."""
KIN: Final = 0.10
"""A group of words this much nearer to the best entry than to the other hits belongs to it in meaning."""

_SAYS_WHEN: Final = frozenset((*NAMED_DAYS, *WEEKDAYS, *MONTH_NAMES))


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a question, as an entry says it."""

    text: str
    weight: float
    """How rare it is among the entries that may be seen (inverse document frequency)."""
    said: float
    """1 where the entry has its stem, else the share of its runs of letters that the entry has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for the best hit, and against it."""

    score: float
    lead: float
    """How far it is above the mean of the RIVALS after it."""
    entries: int
    """Among how many entries it was found: of more, one is nearer by accident."""
    words: Sequence[Word]
    same_language: float = 1.0
    """The share of the entries that are in the question's language."""
    foreign: float | None = None
    """How foreign to the best hit the words that it leaves unsaid are in meaning, 0 to 1; None: not looked at."""

    @property
    def unsaid(self) -> float:
        """The share of the question, by weight of its words, that the best hit does not say.

        It counts less where few entries are in the question's language: they cannot say its words.
        """
        whole = sum(word.weight for word in self.words)
        left = sum(word.weight * (1 - word.said) for word in self.words)
        return min(1.0, 2 * self.same_language) * left / whole if whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How the evidence of one way of searching is weighed. Fitted by tests/bench/fit_knowing.py, which tells on what.

    Each weight belongs to the part of `Evidence` of its name.
    """

    score: float
    lead: float
    unsaid: float
    """As far as it is foreign in meaning as well."""
    words: float
    """Of the logarithm of the number of content words: a question of few words is near to nothing."""
    entries: float
    """Of the logarithm of the number of entries."""
    offset: float
    unrelated: float
    """The score of an entry that has nothing to do with the question."""
    close: float
    """Hits within this distance of the best are as good."""


BY_MEANING: Final = Calibration(
    score=16.1, lead=25.9, unsaid=-3.08, words=0.47, entries=-0.57, offset=-9.26, unrelated=0.56, close=0.03
)
BY_WORDS: Final = Calibration(
    score=27.5, lead=41.7, unsaid=-1.08, words=1.12, entries=-0.51, offset=-1.70, unrelated=0.0, close=0.02
)


def lead_of(scores: Sequence[float], unrelated: float) -> float:
    """How far the first score is above the mean of the next; where there are fewer, the missing count as unrelated."""
    rivals = [max(score, unrelated) for score in scores[1 : RIVALS + 1]]
    rivals += [unrelated] * (RIVALS - len(rivals))
    return scores[0] - sum(rivals) / RIVALS


def sureness(evidence: Evidence, by: Calibration) -> float:
    """How sure it is that the best hit answers, as log-odds moved so that 0 is where an answer begins.

    Without a look at the meaning of the unsaid words they are taken for foreign. A question of which no word says more
    than when ("wat is het weer morgen") has no subject that an entry could be about.
    """
    if evidence.words and all(word.text in _SAYS_WHEN for word in evidence.words):
        return NOWHERE
    foreign = 1.0 if evidence.foreign is None else evidence.foreign
    return (
        by.offset
        + by.score * evidence.score
        + by.lead * evidence.lead
        + by.unsaid * evidence.unsaid * foreign
        + by.words * log1p(len(evidence.words))
        + by.entries * log(max(evidence.entries, 1))
    )


def worth_a_look(evidence: Evidence, by: Calibration) -> bool:
    """Whether the meaning of the unsaid words can make a difference: only then it is looked at (1 in 5)."""
    if evidence.foreign is not None:
        return False
    least, most = sureness(evidence, by), sureness(replace(evidence, foreign=0.0), by)
    return least < CERTAIN and most >= FOR_HELP


def strangers(words: Sequence[Word]) -> str:
    """The words that the best hit leaves unsaid, in the order of the question."""
    return " ".join(word.text for word in words if word.said < SAID)


def foreignness(nearness: Sequence[float]) -> float:
    """How foreign words are to the best of the hits, from their nearness to each hit, the best first."""
    others = nearness[1:]
    if not others:
        return 1.0
    kinship = (nearness[0] - sum(others) / len(others)) / KIN
    return 1.0 - min(1.0, max(0.0, kinship))


def reason(hits: Sequence[Hit], sure: float) -> str:
    """Why it is known or not, for logs and tests."""
    return ("found" if sure >= 0 else "weak") if hits else "nothing"
