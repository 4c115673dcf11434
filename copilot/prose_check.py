"""Text against rules: a limit in the prose of an entry that the rules of its mandate do not know.

Careful by design, for a check that cries wolf is not read: only limits ("tot € 75,00", "binnen 14 dagen"),
only of a kind that the rules have too, and in other entries only in sentences about the same subject.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from copilot import conditions, figures, sentences
from copilot.domain import Fact, FactType, KnowledgeEntry, Mandate, Organisation, Solution, Status
from copilot.errors import Finding
from copilot.factvalues import label, show_number
from copilot.figures import Unit
from copilot.language import language_of
from copilot.mandate_cases import in_both
from copilot.messages import mandate as words
from copilot.messages import mandate_findings as texts
from copilot.reasons import Style

_LIMIT_WORDS: Final = (
    r"\b(?:tot en met|tot maximaal|tot|t/m|maximaal|hoogstens|hooguit|ten hoogste|niet meer dan|meer dan|minder dan|"
    r"boven(?: de)?|onder(?: de)?|binnen|vanaf|minstens|minimaal|ten minste|"
    r"up to and including|up to|at most|no more than|more than|less than|maximum of|within|above|over|below|under|"
    r"from|at least)\s+"
)
_HINT: Final = re.compile(_LIMIT_WORDS, re.IGNORECASE)
_LIMIT: Final = re.compile(_LIMIT_WORDS + r"(?=[€$£\d])", re.IGNORECASE)
_UNITS: Final[Mapping[Unit, tuple[FactType, int]]] = {
    Unit.MONEY: (FactType.MONEY, 1),
    Unit.PERCENT: (FactType.PERCENT, 1),
    Unit.MINUTES: (FactType.DAYS, 1440),
}
_MONTH_IN_DAYS: Final = (Decimal(30), Decimal(31))
_NEAR: Final = 30
"""Characters behind "tot" within which its figure stands."""
_WORD: Final = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A limit that a sentence states."""

    type: FactType
    values: tuple[Decimal, ...]
    """The ways to read it: a month is 30 or 31 days."""
    written: str
    sentence: str


def check(entries: Sequence[KnowledgeEntry], organisation: Organisation, on: date) -> Iterator[Finding]:
    """A warning for every limit in prose that no rule of the mandates around it knows."""
    living = [entry for entry in entries if entry.status is Status.PUBLISHED and on <= (entry.valid_until or date.max)]
    around = _mandates_around(living)
    for entry in living:
        if around[entry.id]:
            yield from _entry(entry, around[entry.id], organisation)


def _mandates_around(entries: Sequence[KnowledgeEntry]) -> Mapping[str, list[Mandate]]:
    """Of each entry: itself, what it relates to, what relates to it, and the mandates of its steps."""
    mandates = {entry.id: entry for entry in entries if isinstance(entry, Mandate)}
    near: dict[str, dict[str, Mandate]] = defaultdict(dict)
    for entry in entries:
        steps = [step.mandate for step in entry.steps if step.mandate] if isinstance(entry, Solution) else []
        for each in (entry.id, *entry.related, *steps):
            if each in mandates:
                near[entry.id][each] = mandates[each]
            if entry.id in mandates:
                near[each][entry.id] = mandates[entry.id]
    return defaultdict(list, {entry: list(found.values()) for entry, found in near.items()})


def _entry(entry: KnowledgeEntry, mandates: Sequence[Mandate], organisation: Organisation) -> Iterator[Finding]:
    claims = [claim for text in _prose(entry) for claim in _claims(text)]
    if not claims:
        return
    known = set().union(*(_numbers(mandate) for mandate in mandates))
    for claim in claims:
        if any((claim.type, value) in known for value in claim.values):
            continue
        for mandate in mandates:
            fact = _fact_about(claim, mandate)
            if fact and (mandate.id == entry.id or _same_subject(claim.sentence, mandate)):
                yield _finding(entry, claim, mandate, fact, organisation)
                break


def _prose(entry: KnowledgeEntry) -> Iterator[str]:
    yield entry.body
    if isinstance(entry, Solution):
        yield from (step.do for step in entry.steps)
        yield entry.say or ""


def _claims(text: str) -> Iterator[_Claim]:
    language = language_of(text, "nl")
    for sentence in sentences.split(text):
        digits = figures.in_digits(sentence.text, language) if _HINT.search(sentence.text) else ""
        for match in _LIMIT.finditer(digits):
            rest = digits[match.end() : match.end() + _NEAR]
            figure = next((each for each in figures.read(rest, language) if rest.startswith(each.written)), None)
            if figure and (claim := _claim(figure, match.group() + figure.written, sentence.text)):
                yield claim


def _claim(figure: figures.Figure, written: str, sentence: str) -> _Claim | None:
    if figure.unit is Unit.MONTHS:
        return _Claim(FactType.DAYS, tuple(figure.value * days for days in _MONTH_IN_DAYS), written, sentence)
    if figure.unit not in _UNITS:
        return None
    kind, size = _UNITS[figure.unit]
    return _Claim(kind, (figure.value / size,), written, sentence)


@cache
def _constants(text: str, language: str) -> frozenset[tuple[FactType, Decimal]]:
    found = set()
    for figure in figures.read(text, language):
        if claim := _claim(figure, "", ""):
            found |= {(claim.type, value) for value in claim.values}
    return frozenset(found)


def _numbers(mandate: Mandate) -> set[tuple[FactType, Decimal]]:
    """Every limit that the rules know, with the value just beside it, and every figure in their words."""
    found: set[tuple[FactType, Decimal]] = set()
    for fact, value in _thresholds(mandate):
        step = Decimal("0.01") if fact.type is FactType.MONEY else Decimal(1)
        found |= {(fact.type, value + shift) for shift in (-step, Decimal(0), step)}
    limit = mandate.period_limit
    if limit and (limited := mandate.fact(limit.fact)):
        found |= {(limited.type, limit.max), (FactType.DAYS, Decimal(limit.days))}
    for rule in mandate.rules:
        for text in (rule.may, rule.because):
            found |= _constants(text or "", "nl")
        for number in re.findall(r"\d+(?:\.\d+)?", rule.amount or ""):
            found |= {(kind, Decimal(number)) for kind in (FactType.MONEY, FactType.PERCENT)}
    return found


def _thresholds(mandate: Mandate) -> Iterator[tuple[Fact, Decimal]]:
    for rule in mandate.rules:
        for name, condition in rule.when.items():
            fact = mandate.fact(name)
            if fact:
                yield from ((fact, value) for value in conditions.thresholds(condition))


def _fact_about(claim: _Claim, mandate: Mandate) -> Fact | None:
    """The fact whose limit the sentence seems to state: of its type and with limits, by name where there are more."""
    facts = list(dict.fromkeys(fact.name for fact, _ in _thresholds(mandate) if fact.type is claim.type))
    named = [name for name in facts if re.search(rf"\b{re.escape(name.replace('_', ' '))}", claim.sentence, re.I)]
    chosen = (named or facts)[:1]
    return mandate.fact(chosen[0]) if chosen and (named or len(facts) == 1) else None


def _same_subject(sentence: str, mandate: Mandate) -> bool:
    """Whether the sentence shares two words with what the mandate says about itself."""
    own = " ".join([mandate.title, *mandate.questions, *mandate.tags, *(rule.may or "" for rule in mandate.rules)])
    return len(_stems(sentence) & _stems(own)) >= 2


def _stems(text: str) -> set[str]:
    return {word.lower()[:6] for word in _WORD.findall(text)}


def _finding(entry: KnowledgeEntry, claim: _Claim, mandate: Mandate, fact: Fact, organisation: Organisation) -> Finding:
    limits = sorted({value for each, value in _thresholds(mandate) if each.name == fact.name})
    role = next((role for rule in mandate.rules for role in rule.roles), None)

    def shown(language: str, values: Sequence[Decimal]) -> list[str]:
        return [show_number(fact, value, language, organisation.currency) for value in values]

    def example(language: str) -> str:
        who = Style(language, organisation).role(role)
        value = shown(language, claim.values[:1])[0]
        return ", ".join([*([who] if who else []), words.CONDITION_RANGE(language, fact=label(fact), range=value)])

    values: dict[str, object] = {
        "written": claim.written,
        "fact": label(fact),
        "title": mandate.title,
        "limits": in_both(lambda language: words.AND(language).join(shown(language, limits))),
        "sentence": claim.sentence,
        "example": in_both(example),
    }
    return Finding(texts.PROSE, values, severity="warning", entry=entry.id, code="prose")
