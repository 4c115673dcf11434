"""Checks the customer's cue: no limits, roles, names, departments or internal words; a cue, not a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from copilot import figures, sentences, wordings
from copilot.bounds import Bounds, role_names
from copilot.breach import Breach, Reason
from copilot.domain import Department, Role

MOST_SENTENCES: Final = 3
MOST_WORDS: Final = 45
"""What a colleague takes in at a glance (reference on quality, 2.3: two sentences, 25 words; with some room)."""


def indiscretions(text: str, bounds: Bounds, language: str, *, whole: bool) -> Iterator[Breach]:
    """What a customer should not hear. `whole`: the entire cue, not one sentence of it."""
    yield from _limits(text, bounds, language)
    yield from _roles(text, bounds)
    yield from _departments(text, bounds)
    yield from _colleagues(text, bounds)
    if match := _CUE.INTERNAL.search(text):
        yield Breach(Reason.INTERNAL_IN_CUE, match.group())
    if language == "nl" and (match := _wrong_tone(text, bounds.organisation.tone)):
        yield Breach(Reason.TONE, match.group())
    if whole and (len(sentences.split(text)) > MOST_SENTENCES or len(text.split()) > MOST_WORDS):
        yield Breach(Reason.SCRIPT, text[:40])


def _limits(text: str, bounds: Bounds, language: str) -> Iterator[Breach]:
    thresholds = {limit.key for limit in bounds.limits}
    for figure in figures.read(text, language):
        if figure.key in thresholds and (figure.key not in bounds.asked or _CUE.LIMITING.search(text)):
            yield Breach(Reason.LIMIT_IN_CUE, figure.written)


def _roles(text: str, bounds: Bounds) -> Iterator[Breach]:
    for pattern in _role_patterns(bounds.organisation.roles):
        if match := pattern.search(text):
            yield Breach(Reason.ROLE_IN_CUE, match.group())
    if match := _CUE.ANY_ROLE.search(text):
        yield Breach(Reason.ROLE_IN_CUE, match.group())


@lru_cache(maxsize=16)
def _role_patterns(roles: tuple[Role, ...]) -> tuple[re.Pattern[str], ...]:
    names = {name for role in roles for name in role_names(role)}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return tuple(re.compile(rf"\b{re.escape(name)}(?:s|en|'s)?\b", re.IGNORECASE) for name in longest_first)


def _departments(text: str, bounds: Bounds) -> Iterator[Breach]:
    """ "In ons restaurant" and "bij het zwembad" are places; "bij Schadeherstel" is the org chart."""
    if match := _CUE.ANY_DEPARTMENT.search(text):
        yield Breach(Reason.DEPARTMENT_IN_CUE, match.group())
    if _TOWARDS_ANY.search(text):
        for pattern in _department_patterns(bounds.organisation.departments):
            if match := pattern.search(text):
                yield Breach(Reason.DEPARTMENT_IN_CUE, match.group())


@lru_cache(maxsize=16)
def _department_patterns(departments: tuple[Department, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"\b(?:{_TOWARDS})\s(?:{_TEAM_OF})?{re.escape(name)}\b", re.IGNORECASE)
        for each in departments
        for name in sorted({each.title, each.id.replace("-", " "), (each.slack or "").lstrip("#")} - {""})
    )


def _colleagues(text: str, bounds: Bounds) -> Iterator[Breach]:
    owners = {entry.owner for entry in bounds.entries if entry.owner} | ({bounds.suggestion.owner or ""} - {""})
    names = {part for owner in owners for part in re.split(r"[@.\s_+-]", owner.split("@")[0]) if len(part) > 2}
    for name in names:
        if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            yield Breach(Reason.NAME_IN_CUE, name)
    if match := _NAMED_COLLEAGUE.search(text):
        yield Breach(Reason.NAME_IN_CUE, match.group())


def _wrong_tone(text: str, tone: str) -> re.Match[str] | None:
    return (_INFORMAL if tone == "u" else _FORMAL).search(re.sub(r"[\"“„][^\"“”„]*[\"”]", "", text))


_TOWARDS: Final = r"bij|van|naar|met|aan|door|afdeling|team|from|to|at|with|by|department"
_TEAM_OF: Final = r"(?:(?:de|het|our|the)\s)?(?:team|afdeling|collega's|collega|colleagues?)\s(?:(?:van|of|from|at)\s)?"
_TOWARDS_ANY: Final = re.compile(rf"\b(?:{_TOWARDS})\s", re.IGNORECASE)
_CUE: Final = wordings.of("cue")
_NAMED_COLLEAGUE: Final = re.compile(
    r"\b(?:collega|colleague|meneer|mevrouw van|onze|our)\s(?!(?:U|Je|Ik|I|De|Het)\b)[A-Z][a-zà-ÿ]+"
    r"(?=\s(?:van|belt|helpt|regelt|neemt|komt|from|will|calls|helps)|[.,!?]|$)"
)
_INFORMAL: Final = re.compile(r"\b(?:je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
_FORMAL: Final = re.compile(r"(?<![\w.])(?:u|uw|uzelf)\b", re.IGNORECASE)
