"""Which amount or percentage of a sentence is the one that a fact asks for.

With one such fact, the one figure in the sentence; two different ones are not guessed at. With several such
facts, a figure belongs to the fact whose own words stand nearest in the same clause, or to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from copilot import words
from copilot.domain import Between, Fact, FactType
from copilot.mentions import Mention, Mentions, Sort

_PER: Final = re.compile(
    r"\s*(?:per (?P<what>[^\W\d_]+)|p\.?p\.?\b|p\.?st\.?\b|elk\b|each\b|apiece\b|stuk\b|a piece\b|"
    r"an? (?:night|month|day|hour)\b)"
)
_EACH_BEFORE: Final = re.compile(r"\b(?:a|à|á) ?$")
_TOTAL_AFTER: Final = re.compile(r"\s*(?:,- ?)?(?:in )?(?:totaal|total|samen|together|bij elkaar)\b")
_COST: Final = re.compile(
    r"\b(?:kost|kostte|kosten|betaalt|betaald|betaalde|betalen|bedrag|prijs|waarde|waard|ter waarde|costs?|paid|pays|"
    r"price|amount|worth|[^\W\d_]+(?:bedrag|prijs|kosten|som))"
    r"(?: (?:is|was|van|of|op|at|geschat|begroot|uit|komt|bedraagt|estimated|ongeveer|circa|rond|wel|nu|about|around))*"
    r"\s*[:=]?\s*$"
)
_WHATEVER_FOLLOWS: Final = frozenset(
    "per en voor in aan dus mag maar is en and for so may can terug kwijt op van bij korting eraf extra euro betaald "
    "totaal samen met met kan of als zonder toch nu ik klant hij ze was wil moet die dat om".split()
)
_PURCHASE: Final = frozenset(
    "aankoop aankoopbedrag aankoopprijs koop koopprijs aanschaf aanschafprijs nieuwprijs".split()
)
_BOUGHT_FOR: Final = frozenset("kostte gekocht aangeschaft aanschaf nieuwprijs bought".split())
_GENERIC: Final = frozenset(
    words.stem(word) for word in "kosten kost bedrag prijs euro gaat hoog hoeveel waarde".split()
)
_SEVERAL: Final = frozenset("en of and or mag kan terug krijgt maar is dan".split())
_LEADS_TO_AMOUNT: Final = frozenset("van de die voor of naar for from the to at a".split())
_WANTED: Final = frozenset("wil wilt vraagt naar of wants asks or to".split())
_FARTHEST: Final = 7
"""Words between an amount and the word that says what it is."""


def told(said: Mentions, sort: Sort, fact: Fact, facts: Sequence[Fact]) -> Iterator[Decimal | Between]:
    """The figures of that sort in the text that are this fact's; more than one where it is not clear."""
    rivals = [each for each in facts if each.type is fact.type]
    found = [mention for mention in said.of(sort) if _is_whole(said, mention, fact)]
    if found and fact.type is FactType.PERCENT:
        found += [mention for mention in said.of(Sort.COUNT) if _is_wanted(said, mention)]
    if fact.type is FactType.MONEY:
        found += [
            mention
            for mention in said.of(Sort.COUNT)
            if _is_cost(said, mention, fact) or (found and _is_another(said, mention))
        ]
    if len(rivals) == 1:
        yield from (mention.value for mention in found)
        return
    names = _names_apart(rivals)
    owners = [_owner(said, mention, names) for mention in found]
    yield from (mention.value for mention, owner in zip(found, owners, strict=True) if owner == fact.name)


def _is_whole(said: Mentions, mention: Mention, fact: Fact) -> bool:
    """An amount for each of several is not the amount, unless the fact itself asks for one of each."""
    asks = f"{fact.name} {fact.ask}".lower()
    if re.search(r"\b(?:per|elk|each)\b", asks):
        return not _TOTAL_AFTER.match(said.text, mention.end)
    if _PER.match(said.text, mention.end):
        return False
    each = _EACH_BEFORE.search(said.text, 0, mention.start)
    # "Vier nachten a 110 euro" is 110 for each; "a 20 euro voucher" is English.
    counted = any(other.end <= mention.start for other in said.all)
    return not (each and counted) or bool(_TOTAL_AFTER.match(said.text, mention.end))


def _is_cost(said: Mentions, mention: Mention, fact: Fact) -> bool:
    """A bare number is an amount right after a word of cost or the fact's own name: "kostte 499", "boete 17"."""
    after = said.after(mention, 1)
    if after and after[0] not in _WHATEVER_FOLLOWS:
        return False
    if not _is_whole(said, mention, fact):
        return False
    clause, place = said.clause(mention)
    if _COST.search(clause[:place]):
        return True
    before = said.before(mention, 2)
    if _PER.match(said.text, mention.end) and _LEADS_TO_AMOUNT & {*before[-1:]}:
        return True
    own = {words.stem(word) for word in words.words_of(fact.name.replace("_", " "))}
    return any(words.stem(word) in own for word in before)


def _is_another(said: Mentions, mention: Mention) -> bool:
    """In "eentje van 15 en eentje van 30 euro" and "50 euro terug van de 180" both figures are amounts."""
    before, after = said.before(mention, 1), said.after(mention, 1)
    # "Van een klant" is no second amount.
    return mention.value != 1 and bool(_LEADS_TO_AMOUNT & {*before}) and (not after or after[0] in _SEVERAL)


def _is_wanted(said: Mentions, mention: Mention) -> bool:
    """ "Krijgt al 10 procent en wil 15": the 15 is a percentage too."""
    return bool(_WANTED & {*said.before(mention, 1)}) and not said.after(mention, 1)


def _names_apart(facts: Sequence[Fact]) -> dict[str, frozenset[str]]:
    """The words of each fact that none of the others has."""
    own = {fact.name: _own_words(fact) for fact in facts}
    return {
        name: frozenset(
            word
            for word in mine
            if not any(_alike(word, other) for each, theirs in own.items() if each != name for other in theirs)
        )
        for name, mine in own.items()
    }


def _own_words(fact: Fact) -> frozenset[str]:
    said = words.content_words(f"{fact.name} {fact.ask}".replace("_", " ").replace("-", " "))
    bought = _BOUGHT_FOR if _PURCHASE & set(said) else frozenset()
    return frozenset(words.stem(word) for word in said) - _GENERIC | bought


def _owner(said: Mentions, mention: Mention, names: dict[str, frozenset[str]]) -> str | None:
    """The fact whose word stands nearest to the amount in its clause; None where none does, or two do."""
    clause, place = said.clause(mention)
    distances: dict[str, int] = {}
    before = words.words_of(clause[:place])[::-1]
    after = words.words_of(clause[place + mention.end - mention.start :])
    for row in (before, after):
        for distance, word in enumerate(row[:_FARTHEST]):
            for name, own in names.items():
                if word in own or any(_alike(words.stem(word), each) for each in own):
                    distances[name] = min(distance, distances.get(name, distance))
    nearest = sorted(distances.items(), key=lambda each: each[1])
    if not nearest or (len(nearest) > 1 and nearest[0][1] == nearest[1][1]):
        return None
    return nearest[0][0]


def _alike(one: str, other: str) -> bool:
    """The same word, or the first part of a compound: `reparatie` and `reparatiekosten`."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 5 and long.startswith(short))
