"""The tokenizer of the bundled model: the most likely pieces of each word (unigram, Viterbi).

Word by word with a cache, which gives the same pieces as the whole text at once: no piece of this
vocabulary crosses a word's beginning. The usual library takes 1.2 s and 250 MB for the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from copilot.e5_weights import Vocabulary

_SPACE: Final = "▁"
_SPACES: Final = re.compile(" {2,}")
_UNKNOWN_PENALTY: Final = 10.0
"""Below the least likely piece (SentencePiece, unigram_model.cc)."""
_WORDS_KEPT: Final = 50_000


class Tokenizer:
    """Texts to the numbers of pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        ends = vocabulary.offsets.tolist()
        blob = vocabulary.pieces
        self._pieces = {blob[start:end]: place for place, (start, end) in enumerate(pairwise(ends))}
        self._pieces.pop(b"", None)
        self._scores = vocabulary.scores.tolist()
        self._replacements = dict(vocabulary.replacements)
        self._unknown = vocabulary.unknown
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        self._longest = max(map(len, self._pieces))
        self._of_word = lru_cache(_WORDS_KEPT)(self._split)

    def __call__(self, text: str) -> list[int]:
        """The pieces of a text, without the marks around it."""
        text = _SPACES.sub(" ", text.translate(self._replacements))
        if not text.startswith(" "):
            text = " " + text
        return [piece for word in text[1:].split(" ") for piece in self._of_word(_SPACE + word)]

    def _split(self, word: str) -> tuple[int, ...]:
        letters = [letter.encode("utf-8", "replace") for letter in word]
        best = [0.0] + [-1e30] * len(letters)
        came = [(0, self._unknown)] * (len(letters) + 1)
        for start in range(len(letters)):
            piece = b""
            for end in range(start, len(letters)):
                piece += letters[end]
                if len(piece) > self._longest:
                    break
                known = self._pieces.get(piece)
                if known is not None and known != self._unknown:
                    score = best[start] + self._scores[known]
                    if score > best[end + 1]:
                        best[end + 1], came[end + 1] = score, (start, known)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self._unknown_score, (start, self._unknown)
        found, at = [], len(letters)
        while at:
            at, piece_number = came[at]
            found.append(piece_number)
        return tuple(reversed(found))
