"""Which of a fact's own words somebody used, and whether he denied them: for yes/no facts and choices.

Works on stems, so that "broeken" tells `broek`; a longer word that ends in one of ours tells it too
("spijkerbroek"). Small words may stand in between. A negation turns round what stands beside it, and a
sentence of doubt ("weet niet of …") tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import local
from typing import TYPE_CHECKING, Final

from copilot import words

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

_NEGATIONS: Final = frozenset("niet geen zonder nooit noch not no without never cannot".split())
_AFTERWARDS: Final = frozenset("niet nooit not never".split())
"""Negations that may be about what stands before them; "geen" and "zonder" are about what follows."""
_ARTICLES: Final = frozenset(
    "de het een er dat die dit deze hij zij ze ik je u we wij mijn zijn haar hun t n m ie the a an it its he she they "
    "his her their my our this that these those customer klant gast mevrouw meneer mijnheer guest".split()
)
_ADVERBS: Final = frozenset(
    "nog al meer wel echt heel helemaal zeer erg zo toch gewoon net ook nu even hoor eens volgens "
    "reeds alweer ooit ergens still already yet quite very really even just anymore any longer ever been "
    "is was waren wordt werd worden heeft hebben had hadden ben bent zit zitten staat ligt are were has have be being "
    "te zegt lijkt blijkt seems heb i".split()
)
_PREPOSITIONS: Final = frozenset(
    "in op aan met van bij uit over onder naar door voor tegen om als as at on with of from by out off up for".split()
)
_FILLERS: Final = _ARTICLES | _ADVERBS | _PREPOSITIONS
_SKIPPED_BY_NOT: Final = (_ARTICLES | _ADVERBS | _PREPOSITIONS) - {"of"}
_LACKING: Final = frozenset(
    "vinden gevonden vind vindt zich aanwezig afgesloten verlengd meegenomen mee daar hier found present there bewaard "
    "geldig gegeven gekregen ontvangen".split()
)
"""After "niet": that it is not there. "Bon niet gevonden" denies the bon, "lid is niet blij" not the lid."""
_DOUBT: Final = re.compile(
    r"\b(?:weet(?: ik| hij| zij| ze| nog| de klant| ie)* (?:niet|nog niet)\b|geen idee|misschien|onduidelijk|onbekend|"
    r"niet zeker|twijfel\w*|(?:do|does|did) not know|dont know|not sure|no idea|maybe|perhaps|unclear|unknown|"
    r"of (?:het|hij|ze|zij|de|er|dat) .{0,60}\bweet\b)",
)
_EITHER_WAY: Final = re.compile(r"\b(?:of niet|of geen|al dan niet|wel of niet|or not|whether or not)\b")
_CLAUSE_END: Final = re.compile(
    r"[.,;:!?()\n]+|\b(?:maar|but|terwijl|hoewel|although|while|want|because|en|and|dus|so)\b"
)
_LONGEST_ECHO: Final = 2
"""Words: "bon? die heeft ze weggegooid" asks after the bon and does not tell that it is there."""
_HEDGES: Final = frozenset(
    "nauwelijks amper bijna haast half deels gedeeltelijk behalve tenzij zodra totdat hardly barely almost nearly "
    "partly unless except until".split()
)
"""Beside these a phrase is neither told nor denied."""
_LOST: Final = frozenset(
    "weggegooid kwijt verloren vergeten weg gestolen verbrand ontbreekt lost missing forgot forgotten stolen".split()
)
"""Said after a phrase, these leave open whether it holds: "bon weggegooid"."""
_COORDINATED: Final = re.compile(
    r"\b(zonder|geen|without|no) ([^\W\d_]+) (?:en|of|and|or) ([^\W\d_]+)(?=\s*(?:[.,;!?]|$))"
)
_MAY: Final = re.compile(r"\b(?:mag|mogen|kan|kunnen|moet|may|can|must|should)\b")
_ASKS: Final = re.compile(r"\s*(?:is|zijn|was|waren|heeft|hebben|has|have|are|were|did|does|do)\b")
_NOT_ONLY: Final = re.compile(r"\b(?:niet alleen|niet enkel|not only|not just|niet per se)\b")
_DIMINUTIVES: Final = ("etje", "tje", "pje", "kje", "je")
_LEAST_OF_DIMINUTIVE: Final = 3
_AT_THE_END: Final = {"d": "t", "z": "s", "v": "f"}
_LEAST_IN_COMPOUND: Final = 4
"""Letters: "jas" inside a longer word proves little, "broek" does."""
_TURNED: Final = {"niet": "on", "nooit": "on", "not": "un", "never": "un"}
_PREFIXES_THAT_TURN: Final = ("on", "non", "anti", "niet", "un", "in")


@dataclass(frozen=True, slots=True)
class Told:
    """One phrase that was used; `denied` is None where something is denied, but perhaps not this."""

    phrase: str
    denied: bool | None
    denied_before: bool
    """Whether a negation stands right before it ("geen broek"), the only one that counts for a choice."""
    doubted: bool


@dataclass(frozen=True, slots=True)
class _Word:
    stems: frozenset[str]
    plain: str

    @property
    def is_filler(self) -> bool:
        return self.plain in _FILLERS

    @property
    def is_not(self) -> bool:
        return self.plain in _NEGATIONS


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words of a phrase; those that may be left out are marked."""

    text: str
    words: tuple[_Word, ...]
    optional: tuple[bool, ...]
    loose: bool
    """Whether one word of any kind may stand in between."""


def told(text: str, phrases: Iterable[str]) -> tuple[Told, ...]:
    """The phrases that the text uses; of overlapping ones the longest."""
    known = [
        phrase for each in dict.fromkeys(phrases) for phrase in (_phrase(each), *_in_one_word(each)) if phrase.words
    ]
    return tuple(found for clause, doubtful in _clauses(text) for found in _told_in(clause, known, doubtful))


def _told_in(clause: Sequence[_Word], phrases: Sequence[_Phrase], doubtful: bool) -> Iterator[Told]:
    found = [
        (phrase, places)
        for phrase in phrases
        for start in range(len(clause))
        if (places := _match(clause, phrase, start))
    ]
    taken = [False] * len(clause)
    for phrase, places in sorted(found, key=lambda each: -len(each[1])):
        if any(taken[place] for place in places):
            continue
        # A negation inside the phrase's reach that is not its own: "garantie niet verlopen".
        reach = range(places[0], places[-1])
        inside = [place for place in reach if clause[place].is_not and place not in places and not taken[place]]
        for place in (*places, *inside):
            taken[place] = True
        before = _denied_before(clause, places[0], taken)
        after = False if before or inside else _denied_after(clause, places[-1] + 1, taken, is_thing=len(places) == 1)
        unsure = before is None or after is None
        denied = None if unsure else (bool(inside) ^ bool(before) ^ bool(after))
        yield Told(phrase.text, denied, before is True, doubtful and not _DOUBT.search(phrase.text.lower()))


def _match(clause: Sequence[_Word], phrase: _Phrase, start: int) -> list[int]:
    """The places of the phrase's words from `start` on; empty where it does not stand there."""
    places: list[int] = []
    place, strangers = start, 0
    for wanted, optional in zip(phrase.words, phrase.optional, strict=True):
        at, seen = place, strangers
        while at < len(clause) and not _same(clause[at], wanted):
            passable = clause[at].is_filler or clause[at].is_not
            seen += not passable
            if not places or seen > phrase.loose or at - place > 3:
                at = len(clause)
                break
            at += 1
        if at < len(clause):
            places.append(at)
            place, strangers = at + 1, seen
        elif not optional:
            return []
    return places


def _denied_before(clause: Sequence[_Word], start: int, taken: Sequence[bool]) -> bool | None:
    """Whether a negation stands before it; None where other words stand between, or only a hedge does."""
    strangers = 0
    for place in range(start - 1, max(-1, start - 6), -1):
        if clause[place].is_not:
            return False if taken[place] else (None if strangers else True)
        if clause[place].plain in _HEDGES:
            return False if strangers else None
        strangers += clause[place].plain not in _SKIPPED_BY_NOT
    return False


def _denied_after(clause: Sequence[_Word], end: int, taken: Sequence[bool], *, is_thing: bool) -> bool | None:
    """Whether "niet" follows and says that it is not there; None where it may be about something else.

    Only a thing can be gone: "bon weg" leaves open whether there is one, "pas morgen weg" tells when.
    """
    strangers = 0
    for place in range(end, min(len(clause), end + 5)):
        word = clause[place]
        if word.plain in _AFTERWARDS and not taken[place]:
            rest = [each for each in clause[place + 1 :] if not each.is_filler]
            return None if strangers or (rest and rest[0].plain not in _LACKING) else True
        if not strangers and ((is_thing and word.plain in _LOST) or word.plain in _HEDGES) and not taken[place]:
            return None
        strangers += not word.is_filler
    return False


def _same(said: _Word, wanted: _Word) -> bool:
    if said.is_not or wanted.is_not:
        return said.is_not and wanted.is_not
    if not said.stems.isdisjoint(wanted.stems):
        return True
    return not wanted.is_filler and any(_ends_in(long, short) for long in said.stems for short in wanted.stems)


def _ends_in(said: str, wanted: str) -> bool:
    """Whether a word is a compound of ours: "spijkerbroek" is a "broek", "ongebruikt" is not "gebruikt"."""
    if len(wanted) < _LEAST_IN_COMPOUND or not said.endswith(wanted):
        return False
    before = said[: -len(wanted)]
    return len(before) >= 3 and before not in _PREFIXES_THAT_TURN


def _clauses(text: str) -> Iterator[tuple[tuple[_Word, ...], bool]]:
    text = _COORDINATED.sub(r"\1 \2, \1 \3", text.lower())
    text = _NOT_ONLY.sub(" ", text.replace("’", "'").replace("n't", " not").replace("cannot", "can not"))
    for sentence, mark in re.findall(r"([^.!?\n]+)([.!?\n]*)", text):
        doubt = _DOUBT.search(sentence)
        asks = "?" in mark and not _MAY.search(sentence)
        echo = asks and (len(sentence.split()) <= _LONGEST_ECHO or bool(_ASKS.match(sentence)))
        start = 0
        for end in (*_CLAUSE_END.finditer(sentence), None):
            part = sentence[start : end.start() if end else len(sentence)]
            doubted = doubt is not None and doubt.start() < start + len(part)
            doubtful = echo or doubted or bool(_EITHER_WAY.search(part))
            yield _words(part), doubtful
            start = end.end() if end else start


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(stems(word), word) for word in words.words_of(text))


@lru_cache(maxsize=8192)
def _phrase(text: str) -> _Phrase:
    row = _words(text.lower().replace("n't", " not"))
    content = [word for word in row if not word.is_filler]
    if not [word for word in content if not word.is_not]:
        # Nothing but small words ("al op"): they must all be there, and "geen" alone tells nothing.
        return _Phrase(text, row if len(row) > 1 else (), (False,) * len(row), loose=False)
    several = len(content) > 1
    optional = tuple(
        (word.plain in _PREPOSITIONS and several)
        or (word.plain in _ADVERBS and (place > 0 or len(row) > 1))
        or (word.plain in _ARTICLES and place < len(row) - 1)
        for place, word in enumerate(row)
    )
    return _Phrase(text, row, optional, loose=several)


@lru_cache(maxsize=8192)
def _in_one_word(text: str) -> tuple[_Phrase, ...]:
    """ "Niet gedragen" and "nooit gedragen" are "ongedragen", "never worn" is "unworn"."""
    row = _words(text.lower())
    turned = next((_TURNED[word.plain] for word in row if word.plain in _TURNED), None)
    content = [word.plain for word in row if not word.is_filler and not word.is_not]
    if turned is None or len(content) != 1:
        return ()
    return (replace(_phrase(turned + content[0]), text=text),)


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """The ways in which a word may be an inflection: `bonnetje` of `bon`, `vieze` of `vies`, `nights` of `night`.

    Snowball's milder Dutch stemmer, since the other one takes `gezond` for the past participle of `zon`.
    """
    return frozenset(_sounding(_stemmer().stemWord(form)) for form in _forms(word))


def _forms(word: str) -> Iterator[str]:
    """The word itself, and what it may be the diminutive of."""
    yield word
    for ending in _DIMINUTIVES:
        bare = word.removesuffix("s").removesuffix(ending)
        if len(bare) >= _LEAST_OF_DIMINUTIVE and bare not in (word, word.removesuffix("s")):
            yield bare


def _sounding(stemmed: str) -> str:
    """What sounds the same is the same: vieze and vies, gebruikd and gebruikt, dode and dood, jassen and jas."""
    stemmed = re.sub(r"(?<=\w{3})e$", "", stemmed)
    stemmed = stemmed[:-1] + _AT_THE_END.get(stemmed[-1:], stemmed[-1:])
    single = re.sub(r"(?<=\w{3})s$", "", re.sub(r"([^aeiou\W])\1$", r"\1", stemmed))
    return re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", single)


_local = local()


def _stemmer() -> BaseStemmer:
    """One for each thread: a stemmer keeps its working state in itself."""
    stemmer: BaseStemmer | None = getattr(_local, "stemmer", None)
    if stemmer is None:
        import snowballstemmer

        stemmer = _local.stemmer = snowballstemmer.stemmer("dutch_porter")
    return stemmer
