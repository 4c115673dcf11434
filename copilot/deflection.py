"""Finds "that is not my department" in all its forms, Dutch and English.

The customer must never be sent from pillar to post. What counts: saying that something is not one's task,
refusing without a next step, and a bare referral (go to, call, ask somebody else, without anything passed
on). What does not: quoting it in order to forbid it ("zeg nooit …"), denying it ("ook al is het niet mijn
afdeling, ik regel het"), and a warm hand-over, in which who takes it, what is passed on or who comes back
is said in the same breath. The list of forms comes from the reference on quality, section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from copilot import sentences, wordings


@dataclass(frozen=True, slots=True)
class Deflection:
    """Afschuiven: one place where somebody is sent away."""

    form: str
    """A stable short name: `not_my_task`, `wrong_place`, `cannot_help`, `go_elsewhere`, `someone_else`."""
    words: str
    start: int
    end: int


def find(text: str, language: str = "nl") -> tuple[Deflection, ...]:
    """Every deflection in the text, in reading order. Both languages are looked for, the given one first."""
    plain = _straight(text)
    found: list[Deflection] = []
    parts = sentences.split(plain)
    for place, sentence in enumerate(parts):
        around = " ".join(each.text for each in parts[max(0, place - 1) : place + 3])
        hit = next(_in_sentence(sentence.text, around, language), None)
        if hit:
            form, match = hit
            start = sentence.start + match.start()
            found.append(
                Deflection(form, text[start : sentence.start + match.end()], start, sentence.start + match.end())
            )
    return tuple(found)


def _straight(text: str) -> str:
    """The same text, as long, with straight quotes and plain spaces."""
    return text.translate(str.maketrans("‘’‚“”„\u00a0", "'''\"\"\" "))


def _in_sentence(sentence: str, around: str, language: str) -> Iterator[tuple[str, re.Match[str]]]:
    for form, match in _matches(sentence, language):
        if _is_meant(form, match, sentence, around):
            yield form, match


@lru_cache(maxsize=8192)
def _matches(sentence: str, language: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """Every form that the words could be. Cached, since answers quote the same sentences of knowledge."""
    forms = [section for section in _WORDS.sections() if section[:3] in ("nl ", "en ")]
    forms.sort(key=lambda form: not form.startswith(language))
    return tuple((form[3:], match) for form in forms for match in _WORDS.pattern(form).finditer(sentence))


def _is_meant(name: str, match: re.Match[str], sentence: str, around: str) -> bool:
    if _forbidden(match, sentence) or _set_aside(match, sentence) or _said_by_customer(match, sentence):
        return False
    if name in ("go_elsewhere", "someone_else"):
        return not _is_warm(around)
    if name == "cannot_help":
        return not _WORDS.NEXT_STEP.search(sentence[match.end() :])
    return True


def _forbidden(match: re.Match[str], sentence: str) -> bool:
    """ "Zeg nooit: dat is niet mijn afdeling." """
    return bool(
        _WORDS.FORBIDDING.search(sentence[: match.start()]) or _WORDS.FORBIDDING_AFTER.search(sentence[match.end() :])
    )


def _set_aside(match: re.Match[str], sentence: str) -> bool:
    """ "Ook al is het niet mijn afdeling, ik regel het": denied by what follows."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    return bool(_WORDS.CONCEDING.search(before) and _WORDS.HELPING.search(after)) or bool(_WORDS.DENYING.search(before))


def _said_by_customer(match: re.Match[str], sentence: str) -> bool:
    """ "De klant hoorde al drie keer 'niet mijn afdeling'": told, not said."""
    return bool(_WORDS.TOLD.search(sentence[: match.start()]))


def _is_warm(text: str) -> bool:
    """Who comes back to the customer, what is passed on, or that one goes along, is said near by."""
    return bool(_WORDS.WARMTH.search(text))


_WORDS: Final = wordings.of("deflection")
