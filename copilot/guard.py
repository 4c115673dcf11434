"""De wacht: judges every piece of a model's text before a person sees it.

Pure and part by part. It can only refuse: what it refuses is replaced by the template's own words. Rules
decide, the model words (design, rule 1), nothing is invented (rule 3), nobody is sent away (rule 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from copilot import contradiction, deflection, discretion, grounding, injection, language_check, privacy
from copilot.bounds import WORD, Bounds
from copilot.breach import Breach, Reason

CUE: Final = "say"
"""The part that a customer hears; all others are for the colleague."""
QUESTION: Final = "ask_also"
"""The part that is a question to the customer."""
_FEWEST_WORDS: Final = 3
_SHINGLE: Final = 7
"""Words in a row that only the prompt has: fewer would also catch ordinary Dutch."""

_ACTIVE: Final = re.compile(
    r"https?:|www\.|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+\.(?:nl|com|net|org|eu|io|be|de|info|biz|xyz|ru|cn|app|dev|example|test|evil)\b(?:/\S*)?|"
    r"!?\[[^\]]*\]\(|<[a-z!/][^>]*>?|javascript:|data:\w+/|\b(?:ftp|file|mailto|tel|slack|msteams):|&#?\w+;|```|<@\w+|<!\w+|@(?:here|channel|everyone)\b|"
    r"\[[^\]]+\]:\s|\bhxxps?\b|\b\w+\s?(?:\[\.\]|\(dot\)|\[dot\])\s?\w+",
    re.IGNORECASE,
)
_INVISIBLE: Final = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What of the prompt may never come out: the marks of this call, and its word sequences."""

    marks: tuple[str, ...] = ()
    shingles: frozenset[tuple[str, ...]] = frozenset()


def secrets_of(prompt: str, marks: tuple[str, ...], bounds: Bounds) -> Secrets:
    """The marks, and every run of words that stands in the prompt and in no evidence."""
    evidence = _shingles(bounds.text)
    return Secrets(marks, frozenset(_shingles(prompt.lower()) - evidence))


def check(
    part: str, text: str, bounds: Bounds, secrets: Secrets = Secrets(), *, whole: bool = True
) -> tuple[Breach, ...]:
    """Everything in this part that may not be said; empty = it may go out.

    `whole` is False for one sentence of a part that is still coming in.
    """
    return tuple(replace(breach, part=part) for breach in _breaches(part, text, bounds, secrets, whole))


def _breaches(part: str, text: str, bounds: Bounds, secrets: Secrets, whole: bool) -> Iterator[Breach]:
    language = bounds.language
    yield from _active(text, bounds)
    yield from _leaks(text, secrets)
    if not language_check.is_in(text, language):
        yield Breach(Reason.LANGUAGE, text[:40])
    yield from (Breach(Reason.PLACEHOLDER, each) for each in privacy.placeholders(text))
    yield from (Breach(Reason.DEFLECTION, each.words) for each in deflection.find(text, language))
    yield from (Breach(Reason.INJECTED, each.text[:40]) for each in injection.find(text))
    if whole and not _is_prose(part, text):
        yield Breach(Reason.NO_SENTENCE, text[:40])
    yield from grounding.ungrounded(text, bounds, language)
    yield from contradiction.contradictions(text, bounds, language, to_customer=part == CUE)
    if part == CUE:
        yield from discretion.indiscretions(text, bounds, language, whole=whole)


def _active(text: str, bounds: Bounds) -> Iterator[Breach]:
    """Links, addresses, pictures and markup: the sources on the card have theirs, prose needs none."""
    for pattern in (_ACTIVE, _INVISIBLE):
        if match := pattern.search(text):
            yield Breach(Reason.ACTIVE, match.group())


def _is_prose(part: str, text: str) -> bool:
    """Whether it is a sentence at all: a small model may write "wijs-zonder-bon" and think it is done."""
    readable = grounding.without_citations(text).rstrip("\"'”’) ")
    ends = "?" if part == QUESTION else ".!?…"
    return len(WORD.findall(readable.replace("-", ""))) >= _FEWEST_WORDS and readable.endswith(tuple(ends))


def _leaks(text: str, secrets: Secrets) -> Iterator[Breach]:
    lowered = text.lower()
    squeezed = re.sub(r"[\W_]+", "", lowered)
    for mark in secrets.marks:
        if mark.lower() in lowered or re.sub(r"[\W_]+", "", mark.lower()) in squeezed:
            yield Breach(Reason.PROMPT, "…")
    if not secrets.shingles.isdisjoint(_shingles(lowered)):
        yield Breach(Reason.PROMPT, text[:40])


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text)
    return {tuple(words[place : place + _SHINGLE]) for place in range(len(words) - _SHINGLE + 1)}
