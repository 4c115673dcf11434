"""How a text is taken apart for word search: safe, lower-case, stemmed, with parts of words.

Each word gives its Dutch Snowball stem and its runs of four letters, beginning and end included. The runs
find compounds in both directions (kassabon, bon van de kassa), inflections, typing errors and English words
without a dictionary; on the development sets stem + runs beat every dictionary of compounds that was tried.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from threading import local
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

ANALYSIS: Final = "stem+runs-4"
"""Changes whenever the same text would give other terms; an index of another analysis is built anew."""

LONGEST_TEXT: Final = 8_000
"""Characters of one question or passage that are read; longer ones were measured to cost seconds."""
LONGEST_WORD: Final = 64
WORDS_KEPT: Final = 20_000
"""Words whose terms are remembered: some 8 MB, and nearly every word of a pack or a question."""
RUN: Final = 4
"""Letters in a run; 3 finds too much, 5 misses short parts of compounds (bon, pas)."""

_UNREADABLE: Final = ("Cc", "Cs", "Co", "Cn")
"""Control characters, surrogates, private and unassigned ones."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POSSESSIVE: Final = re.compile(r"['’](?:s|tje|tjes|er|en|t|re|ve|ll|d|m)?$")

STOP_WORDS: Final = frozenset(
    # Dutch; "zonder" is none of them, since "zonder bon" is the opposite of "met bon"
    "aan al alle alleen als alsnog ander andere anders beetje ben bent bij bijna daar daarbij daarna daarom dan dat "
    "de den der des deze die dit doe doen doet door dus echt eek een eens eerst en enkele er ervan even gaan gaat gauw "
    "ge gedaan geef geen geval gewoon ging graag had haar hadden heb hebben hebt heeft heel hele hem hen het hier hij "
    "hoe hoeveel hoi hun iemand iets ik in ineens is ja jij je jou jouw jullie kan kon konden krijg krijgen krijgt kun "
    "kunnen kunt laat laten maar mag mee meer men met mij mijn misschien moet moeten mogen na naar nee net niet niets "
    "nog nou nu of om omdat ons onze ook op over per pas precies soms steeds tegen te ten ter terwijl toch toen tot u "
    "uit uw vaak van vanaf veel voor vooral waar waarom wanneer want waren was wat we wel welk welke werd wie wij wil "
    "willen wilt word worden wordt ze zeer zelf zich zij zijn zo zou zouden zoals zul "
    "zullen zult zal hallo hoor heej hey weer wordt dag staat staan "
    # English
    "a about after all also am an and any are as at be been before being but by can cannot could did do does doing "
    "don down for from get gets give go had has have having he her here him his how i if in into is it its just let "
    "like me may might my no not now of off on or our out over please shall she should so some that the their them "
    "then there these they this those to too up us very was we were what when where which who whom why will with "
    "would you your yes".split()
)
_OF_AMOUNTS: Final = frozenset("euro euros eur cent cents".split())


def safe(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text without NUL, other control characters and stray surrogates, composed, at most `longest` long."""
    kept = text[: 2 * longest]
    unreadable = {ord(letter): " " for letter in set(kept) if unicodedata.category(letter) in _UNREADABLE}
    return unicodedata.normalize("NFKC", kept.translate(unreadable))[:longest].strip()


def words_of(text: str) -> list[str]:
    """The words of a text: lower-case, without accents and possessives, numbers included."""
    folded = _without_accents(safe(text).lower())
    return [word for found in _WORD.findall(folded) if (word := _POSSESSIVE.sub("", found)[:LONGEST_WORD])]


def content_words(text: str) -> list[str]:
    """The words that say what a text is about, each once, in order; amounts and numbers do not."""
    return list(dict.fromkeys(word for word in words_of(text) if is_content(word)))


def is_content(word: str) -> bool:
    return len(word) > 1 and word not in STOP_WORDS and word not in _OF_AMOUNTS and not word[0].isdigit()


def counted_words(texts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """How often each word that is no stop word occurs in weighted texts."""
    counted: Counter[str] = Counter()
    for text, weight in texts:
        for word in words_of(text):
            if word not in STOP_WORDS:
                counted[word] += weight
    return counted


def terms_of(texts: Iterable[tuple[str, int]]) -> Mapping[int, int]:
    """How often each term occurs in weighted texts; a term is a 64-bit fingerprint (see `fingerprint`)."""
    found: Counter[int] = Counter()
    for word, times in counted_words(texts).items():
        for term in terms_of_word(word):
            found[term] += times
    return found


def asked_terms(text: str) -> Mapping[int, float]:
    """The terms of a question with their weight: a stem counts 1, the runs of a word the less the longer it is.

    Else a long compound would outweigh all other words together: worth 0.01 to 0.03 nDCG@10.
    """
    found: Counter[int] = Counter()
    for word in words_of(text):
        if word in STOP_WORDS:
            continue
        stemmed, *parts = terms_of_word(word)
        found[stemmed] += 1
        for part in parts:
            found[part] += 1 / math.sqrt(len(parts))  # type: ignore[assignment]
    return found


@lru_cache(maxsize=WORDS_KEPT)
def terms_of_word(word: str) -> tuple[int, ...]:
    """The fingerprints of a word: its stem first, then its runs of letters."""
    return tuple(fingerprint(term) for term in (stem(word), *runs(word)))


def runs(word: str) -> list[str]:
    """`kassabon` gives `^kas kass assa ssab sabo abon bon$`; numbers give none."""
    if word.isdigit():
        return []
    marked = f"^{word}$"
    return ["=" + marked[start : start + RUN] for start in range(len(marked) - RUN + 1)]


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str:
    """The Dutch Snowball stem; English words keep a stem that is theirs alone, which serves as well."""
    stemmed: str = _stemmer().stemWord(word)
    return stemmed or word


def fingerprint(term: str) -> int:
    """64 bits of a term, the same on every machine and run; two of a million terms share one once in 40 million."""
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def folded(word: str) -> str:
    """Lower-case, without accents."""
    return _without_accents(word.lower())


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


_local = local()


def _stemmer() -> BaseStemmer:
    """One for each thread: a stemmer keeps its working state in itself."""
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        import snowballstemmer

        stemmer = _local.stemmer = snowballstemmer.stemmer("dutch")
    return stemmer
