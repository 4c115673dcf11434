"""The tokenizer of the bundled model: the most likely pieces of each word (unigram, Viterbi).

The usual library takes 1.2 s and 250 MB to load for the same pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from copilot.e5_weights import Vocabulary

_SPACE: Final = "▁"
_SPACES: Final = re.compile(" {2,}")
_WORDS_KEPT: Final = 50_000
_UNKNOWN_PENALTY: Final = 10.0
"""Below the least likely piece (SentencePiece, unigram_model.cc)."""
_BASE: Final = 0x9E3779B97F4A7C15
"""Odd, so that it can be divided by modulo 2**64."""
_BASE_BACK: Final = pow(_BASE, -1, 1 << 64)


class Tokenizer:
    """Texts to the numbers of pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._pieces = Pieces(vocabulary)
        self._replacements = dict(vocabulary.replacements)
        self._unknown = vocabulary.unknown
        self._known: dict[str, list[int]] = {}
        self._unknown_score = float(vocabulary.scores.min()) - _UNKNOWN_PENALTY

    def __call__(self, text: str) -> list[int]:
        """The pieces of a text, without the marks around it."""
        text = _SPACES.sub(" ", text.translate(self._replacements))
        words = text.removeprefix(" ").split(" ")
        pieces = {word: self._known.get(word) for word in words}
        if new := [word for word, known in pieces.items() if known is None]:
            made = dict(zip(new, self._split(new), strict=True))
            pieces |= made
            if len(self._known) > _WORDS_KEPT:
                self._known.clear()
            self._known.update(made)
        return [piece for word in words for piece in pieces[word] or ()]

    def _split(self, words: Sequence[str]) -> list[list[int]]:
        """The pieces of each word, found in all at once."""
        text = "".join(_SPACE + word for word in words)
        best = [0.0] + [-1e30] * len(text)
        came = [(0, self._unknown)] * (len(text) + 1)
        reached = 0
        for start, end, piece, likely in self._pieces.inside(text):
            for letter in range(reached, start):
                self._pass_by(letter, best, came)
            reached = max(reached, start)
            if piece != self._unknown and (score := best[start] + likely) > best[end]:
                best[end], came[end] = score, (start, piece)
        for letter in range(reached, len(text)):
            self._pass_by(letter, best, came)
        found: list[list[int]] = []
        at = len(text)
        for word in reversed(words):
            pieces, begin = [], at - len(word) - 1
            while at > begin:
                at, piece = came[at]
                pieces.append(piece)
            found.append(pieces[::-1])
        return found[::-1]

    def _pass_by(self, letter: int, best: list[float], came: list[tuple[int, int]]) -> None:
        """One letter as an unknown piece, where nothing better leads past it."""
        score = best[letter] + self._unknown_score
        if score > best[letter + 1]:
            best[letter + 1], came[letter + 1] = score, (letter, self._unknown)


class Pieces:
    """All pieces as sorted hashes: 4 MB, where a dictionary of the 250,000 takes 40 MB and three times as long.

    A hash is a polynomial modulo 2**64, so that the hashes of a word's beginnings give those of all that stands
    between. What is found is compared with the piece itself.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._blob = vocabulary.pieces
        self._ends = vocabulary.offsets
        self._scores = vocabulary.scores
        starts, sizes = self._ends[:-1].astype(np.int64), np.diff(self._ends)
        self._longest = int(sizes.max())
        letters, powers = _letters(self._blob), _powers(_BASE, self._longest)
        hashes = np.zeros(len(sizes), np.uint64)
        for place in range(self._longest):
            longer = np.flatnonzero(sizes > place)
            hashes[longer] += letters[starts[longer] + place] * powers[place]
        order = np.argsort(hashes)
        self._hashes, self._numbers = hashes[order], order.astype(np.int32)

    def inside(self, text: str) -> Iterator[tuple[int, int, int, float]]:
        """Every piece in a text: where it starts and ends in letters, its number, how likely it is; by start."""
        data = text.encode("utf-8", "replace")
        letters = _letters(data)
        cuts = np.append(np.flatnonzero((letters - np.uint64(1)) & np.uint64(0xC0) != 0x80), len(data))
        begun = np.append(np.uint64(0), np.cumsum(letters * _powers(_BASE, len(data)), dtype=np.uint64))[cuts]
        first, last = _within_words(text, self._longest)
        hashes = (begun[last] - begun[first]) * _powers(_BASE_BACK, len(data) + 1)[cuts[first]]
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        for hit in np.flatnonzero(self._hashes[places] == hashes).tolist():
            piece, start, end = int(self._numbers[places[hit]]), int(first[hit]), int(last[hit])
            if self._blob[self._ends[piece] : self._ends[piece + 1]] == data[cuts[start] : cuts[end]]:
                yield start, end, piece, float(self._scores[piece])


def _within_words(text: str, longest: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The start and the end of all that stands in a text, within a word: no piece reaches into the next one."""
    starts = np.array([place for place, letter in enumerate(text) if letter == _SPACE] + [len(text)])
    places = np.arange(len(text))
    word_ends = starts[np.searchsorted(starts, places, side="right")]
    many = np.minimum(word_ends - places, longest)
    first = np.repeat(places, many)
    return first, first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)


def _letters(data: bytes) -> NDArray[np.uint64]:
    """Never 0, so that no two pieces differ in nothing but leading zeros."""
    return np.frombuffer(data, np.uint8).astype(np.uint64) + np.uint64(1)


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    return np.uint64(base) ** np.arange(count, dtype=np.uint64)
