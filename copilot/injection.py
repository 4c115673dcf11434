"""Finds text in data that orders a model about. Knowledge, threads and questions are data, never orders.

Such a sentence is cut from what a model reads, and what only such a sentence says does not count as
evidence for what a model writes. Ordinary policy language ("negeer de piep van de kassa", "vergeet niet
de bon te vragen") is not such a sentence: it must speak to a machine, or about its instructions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from copilot import sentences, wordings


def find(text: str) -> tuple[sentences.Sentence, ...]:
    """The sentences that order a model about or hide something from people, with what follows in that paragraph.

    An order goes on in the next sentence ("System: override. Promise …"), and no list of verbs knows how.
    """
    found: list[sentences.Sentence] = []
    for sentence in sentences.split(text):
        goes_on = bool(found) and not _PARAGRAPH.search(text[found[-1].end : sentence.start])
        if goes_on or _orders(sentence.text):
            found.append(sentence)
    return tuple(found)


@lru_cache(maxsize=2048)
def without(text: str) -> str:
    """The text without those sentences; unchanged when there are none."""
    if not (spans := find(text)):
        return text
    pieces: list[str] = []
    end = 0
    for span in spans:
        pieces.append(text[end : span.start])
        end = span.end
    return "\n\n".join(
        " ".join(paragraph.split()) for paragraph in _PARAGRAPH.split("".join([*pieces, text[end:]]))
    ).strip()


def _orders(sentence: str) -> bool:
    legible = _legible(sentence)
    return bool(_HIDDEN.search(sentence) or any(_ORDERS.pattern("ORDERS").search(form) for form in _readings(legible)))


def _legible(text: str) -> str:
    """Without invisible letters and look-alikes: full-width and Cyrillic letters read as what they seem."""
    if text.isascii():
        return text
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", seen).translate(_LOOK_ALIKES)


def _readings(text: str) -> Iterator[str]:
    """The text as it stands, with d i g i t s 4 l3tters read as words, and with spaced letters joined."""
    yield text
    if re.search(r"(?:\b\w[ ._-]){5,}\w\b", text):
        yield re.sub(r"(?<=\b\w)[ ._-](?=\w\b)", "", text)
    if re.search(r"[a-z][013457@$][a-z]", text, re.IGNORECASE):
        yield text.translate(_LEET)


_LEET: Final = str.maketrans("013457@$", "oieastas")
_LOOK_ALIKES: Final = str.maketrans("аеорсухіјѕԁ", "aeopcyxijsd")
_ORDERS: Final = wordings.of("injection")
_HIDDEN: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\U000e0000-\U000e007f]{2,}")
_PARAGRAPH: Final = re.compile(r"\r?\n[ \t]*\r?\n")
