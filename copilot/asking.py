"""A question as it comes in: made safe to read, and asked by somebody who exists."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from copilot.domain import Organisation, Question
from copilot.errors import UsageError
from copilot.messages import answer

LONGEST_QUESTION: Final = 8_000
"""Characters that are read of one question: a pasted mail fits, a pasted book does not."""


def readable(question: Question) -> Question:
    """The question without control characters and stray surrogates, at most LONGEST_QUESTION long.

    Raises UsageError when nothing is left to answer.
    """
    kept = question.text[: 4 * LONGEST_QUESTION]
    text = "".join(" " if _unreadable(letter) else letter for letter in kept)
    text = unicodedata.normalize("NFC", text).strip()[:LONGEST_QUESTION]
    if not text and question.entry is None:
        raise UsageError(answer.QUESTION_EMPTY)
    return replace(question, text=text)


def check_asker(question: Question, organisation: Organisation) -> None:
    """Raises UsageError for a role or department that the organisation does not have."""
    if not organisation.roles or not question.roles:
        raise UsageError(answer.NO_ROLES, organisation=organisation.name)
    for role in question.roles:
        if organisation.role(role) is None:
            known = ", ".join(each.id for each in organisation.roles)
            raise UsageError(answer.UNKNOWN_ROLE, role=role, organisation=organisation.name, known=known)
    if question.department and organisation.department(question.department) is None:
        known = ", ".join(each.id for each in organisation.departments) or "-"
        department = question.department
        raise UsageError(answer.UNKNOWN_DEPARTMENT, department=department, organisation=organisation.name, known=known)


def lowest_role(organisation: Organisation) -> str:
    """The role of whoever is not in the directory: the first that stands above nobody."""
    if not organisation.roles:
        raise UsageError(answer.NO_ROLES, organisation=organisation.name)
    return next((role.id for role in organisation.roles if not role.above), organisation.roles[0].id)


def _unreadable(letter: str) -> bool:
    """Control characters and lone surrogates; line breaks and tabs are kept."""
    return unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t"
