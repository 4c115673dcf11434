"""Tells whether a text is written in the language it should be in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "nl": frozenset(
        "de het een en van ik mag mijn niet geen wat hoe waar wie wanneer dat dit deze zijn heeft hebben wil wilt kan "
        "kunnen moet met voor naar op bij als maar ook nog dan er je jij u uw hij zij ze wij we om te door uit al wel "
        "klant zonder want omdat zo nu geef vraag zeg leg laat doe zodat dus daarna eerst graag even meteen ja nee "
        "dank wordt word bent krijgt blijft blijf help regel begrijp vervelend samen terug kijk zoek".split()
    ),
    "en": frozenset(
        "the a an and of i may my not no what how where who when that this these those is are has have want wants "
        "can could must should with for to on at if but also still then there you your he she it they we by out "
        "without because so now give ask say let do first please yes thank will would be been customer understand "
        "back from about their his her them it's don't i'll we'll can't right away take sort happy sorry".split()
    ),
    "de": frozenset(
        "der die das und ist nicht ein eine einen sie ihr ihnen ich wir mit für auf zu den dem von kann können darf "
        "dürfen muss bitte wenn aber auch noch dann es ihre haben hat wird werden kunde kunden".split()
    ),
    "fr": frozenset(
        "le la les et est pas un une des vous nous je il elle avec pour sur dans du au ce cette que qui peut pouvez "
        "doit si mais aussi client votre vos notre ne sont être".split()
    ),
    "es": frozenset(
        "el los las y es un una usted nosotros con para por en del al que puede puedes debe si pero también cliente "
        "su sus nuestro lo se está son no".split()
    ),
}


@lru_cache(maxsize=2048)
def is_in(text: str, language: str) -> bool:
    """Whether the text can pass for this language. Very short texts without small words pass."""
    if not text.isascii() and _is_foreign(text):
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {each: sum(word in small for word in words) for each, small in _SMALL_WORDS.items()}
    own = counts.pop(language, 0)
    most = max(counts.values())
    return not (most >= 2 and most > own and (own == 0 or most >= own + 2))


def _is_foreign(text: str) -> bool:
    """Whether more than one in twenty letters is of another script."""
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return foreign > 1 and foreign * 20 > len(letters)
