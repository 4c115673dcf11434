"""Slips of the keyboard in a question, mended by what the knowledge itself says: no dictionary, any language.

A word is taken for misspelt only where the knowledge has no word with its stem and no word with one of its runs
of four letters, and only one slip away (a swap, a letter lost, one too many, the key beside it) stands a word that
it does have. The runs tell where the slip is. What is rightly spelt and unknown (a compound, a name) has usual
runs, or no neighbour, and stays as it was typed.

Misspelt questions (one slip in a third of the long words) then keep 0.97 to 1.00 of the nDCG@10 of clean ones on
the development sets, where they kept 0.90 to 0.97; clean ones stay as they were (tests/bench).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from copilot.words import LONGEST_WORD, STOP_WORDS, fingerprint, folded, runs, stem, terms_of_word

Holding = Callable[[Sequence[int]], Sequence[int]]
"""How many of the entries that the asker may see hold each of these terms (copilot.words.fingerprint)."""

SHORTEST: Final = 5
"""Letters; shorter words have too many neighbours."""
SHORTEST_OTHER_KEY: Final = 7
"""Letters for a wrong key: koken and komen are two words, receipr is none."""
MOST_MENDED: Final = 8
"""Words of one question; in a pasted text of nothing but unknown words the rest stays as it is."""
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_OF_ENDINGS: Final = "dt"
_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word that is not known, with the runs of it (by their place) that no known word has."""

    word: str
    strange: Sequence[int]


def mended(text: str, holding: Holding) -> str:
    """The question with its misspelt words replaced by those that were meant."""
    doubtful = _doubtful({folded(each) for each in _WORD.findall(text)}, holding)
    if not doubtful:
        return text
    meant = _meant(doubtful[:MOST_MENDED], holding)
    return _WORD.sub(lambda found: meant.get(folded(found.group()), found.group()), text) if meant else text


def _doubtful(words: set[str], holding: Holding) -> list[Doubtful]:
    asked = sorted(each for each in words if SHORTEST <= len(each) <= LONGEST_WORD and each not in STOP_WORDS)
    held = _held([terms_of_word(word)[0] for word in asked], holding)
    unknown = [word for word in asked if not held[terms_of_word(word)[0]]]
    if not unknown:
        return []
    held = _held([run for word in unknown for run in terms_of_word(word)[1:]], holding)
    strange = [(word, [at for at, run in enumerate(terms_of_word(word)[1:]) if not held[run]]) for word in unknown]
    return [Doubtful(word, places) for word, places in strange if places]


def _meant(doubtful: Sequence[Doubtful], holding: Holding) -> Mapping[str, str]:
    """By misspelt word the known word that most entries have, of those that are one slip away."""
    near = {each.word: sorted(set(_one_slip_away(each))) for each in doubtful}
    of_word = {each: [fingerprint(run) for run in runs(each)] for words in near.values() for each in words}
    held = _held([run for each in of_word.values() for run in each], holding)
    usual = {word: [each for each in words if all(held[run] for run in of_word[each])] for word, words in near.items()}
    stems = {each: fingerprint(stem(each)) for words in usual.values() for each in words}
    held = _held(list(stems.values()), holding)
    best = {word: max(words, key=lambda each: held[stems[each]]) for word, words in usual.items() if words}
    return {word: each for word, each in best.items() if held[stems[each]]}


def _held(terms: Sequence[int], holding: Holding) -> Mapping[int, int]:
    once = list(dict.fromkeys(terms))
    return dict(zip(once, holding(once), strict=True))


def _one_slip_away(doubtful: Doubtful) -> Iterator[str]:
    """Words that differ in one place which all strange runs share; never in the first or the last letter.

    Those are seldom wrong (Pollock and Zamora, 1984), and another ending is another form rather than a slip; so is
    a d or t more just before it (regelen, regelden), unless it stands there twice.
    """
    word, end = doubtful.word, len(doubtful.word) - 1
    # Run `p` covers the letters p - 1 to p + 2, since it counts a mark before the word.
    first, last = max(1, doubtful.strange[-1] - 1), doubtful.strange[0] + 2
    for at in range(max(1, first - 1), min(end - 1, last + 1)):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(first, min(end, last + 1)):
        if end >= SHORTEST and word[at] in _slipped_into(word[at - 1] + word[at + 1]):
            yield word[:at] + word[at + 1 :]
        if len(word) >= SHORTEST_OTHER_KEY:
            yield from (word[:at] + key + word[at + 1 :] for key in _BESIDE.get(word[at], ""))
    for at in range(first, min(end, last + 1) + 1):
        other_forms = set(_OF_ENDINGS) - set(word[at - 1 : at + 1]) if at >= end - 1 else ()
        yield from (word[:at] + letter + word[at:] for letter in _LETTERS if letter not in other_forms)


def _slipped_into(neighbours: str) -> str:
    """What a finger may add by itself: a letter twice, or the key beside one."""
    return neighbours + "".join(_BESIDE.get(each, "") for each in neighbours)


def _keys_beside() -> Mapping[str, str]:
    """By key those that touch it on a QWERTY keyboard, on which each row stands half a key further."""
    beside = {}
    for row, keys in enumerate(_KEYS):
        for place, key in enumerate(keys):
            around = [(row, place - 1), (row, place + 1), (row - 1, place), (row - 1, place + 1)]
            around += [(row + 1, place - 1), (row + 1, place)]
            beside[key] = "".join(_KEYS[r][p] for r, p in around if 0 <= r < len(_KEYS) and 0 <= p < len(_KEYS[r]))
    return beside


_BESIDE: Final = _keys_beside()
