"""Why a piece of a model's text is refused: stable names, to be counted and shown to administrators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What the guard can find."""

    FIGURE = "figure_not_in_sources"
    FIGURE_FOR_ANOTHER_ROLE = "figure_for_another_role"
    NAME = "name_not_in_sources"
    CODE = "code_not_in_sources"
    CITATION = "citation_not_allowed"
    QUOTE = "quote_not_in_sources"
    DEFLECTION = "deflection"
    SAYS_YES = "says_yes_where_outcome_is_not"
    SAYS_NO = "says_no_where_outcome_is_not"
    APPROVER = "another_approver"
    PROMISE = "promise_beyond_decision"
    LIMIT_IN_CUE = "internal_limit_in_cue"
    ROLE_IN_CUE = "role_in_cue"
    NAME_IN_CUE = "colleague_in_cue"
    DEPARTMENT_IN_CUE = "department_in_cue"
    INTERNAL_IN_CUE = "internal_word_in_cue"
    TONE = "wrong_tone"
    SCRIPT = "script_instead_of_cue"
    LANGUAGE = "wrong_language"
    PROMPT = "system_prompt"
    ACTIVE = "link_or_markup"
    PLACEHOLDER = "invented_placeholder"
    NO_SENTENCE = "not_a_sentence"
    REPEATED = "same_as_another_part"
    INJECTED = "obeys_planted_order"


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that may not be said, with the words that say it."""

    reason: Reason
    words: str
    part: str = ""
