"""Whether a message in a channel is an open call for help with a customer. Pure.

A first filter only: an offer follows where nobody answers for a while and the knowledge knows the answer. It had
better miss a call than take small talk for one.
"""

from __future__ import annotations

import re
from typing import Final

SHORTEST: Final = 15
LONGEST: Final = 1500
"""Characters. Shorter says too little, longer is a story or a file that somebody pasted."""

_TO_ONE_PERSON: Final = re.compile(
    r"@|^\W*(?:hoi|hey|hee|hallo|dag|hi|hello)?\W*[A-Z][a-zé]+,"
    r"|\b(?:kun|kan|wil|weet|heb|had|ga|kom|ben|zou|mag|moet|werk|zit|sta)\s+(?:je|jij)\b"
    r"|\b(?:can|could|would|will|do|did|are|have)\s+you\b",
)
"""A question to one colleague is his to answer. "Weet iemand", "anyone" asks everybody."""
_ASKS_EVERYBODY: Final = re.compile(
    r"\b(?:weet|heeft|kan|wie weet|herkent)\s+(?:er\s+)?(?:iemand|een van jullie)\b|\bwie weet\b"
    r"|\b(?:anyone|anybody|does someone|who knows)\b",
    re.IGNORECASE,
)
_ASKS_WHAT_TO_DO: Final = re.compile(
    r"\b(?:wat|hoe)\s+(?:doe|moet|zeg|kan|los|regel|bied|geef|pak|reken|vertel|mag)\s+(?:ik|we)\b"
    r"|\b(?:mag|mogen|moet|moeten|kan|kunnen)\s+(?:ik|we|dat|dit|hij|zij|ze|die|een|de)\b"
    r"|\b(?:wat|hoe) nu\b|\bwat te doen\b|\bhoe zit (?:dat|dit|het) met\b|\bmag (?:dat|dit)\b"
    r"|\b(?:what|how)\s+(?:do|should|can|shall|may|must)\s+(?:i|we)\b"
    r"|\b(?:may|can|should|must|am|are)\s+(?:i|we)\b|\bwhat now\b|\bis (?:that|this|it) allowed\b",
    re.IGNORECASE,
)
_CUSTOMER: Final = re.compile(
    r"\b(?:\w*klant(?:en|je)?|gast(?:en)?|meneer|mevrouw|meneertje|dame|heer|bezoek(?:er|ers|ster)|reiziger(?:s)?|"
    r"pati[eë]nt(?:en)?|cli[eë]nt(?:en)?|bewoner(?:s)?|huurder(?:s)?|lezer(?:s)?|passagier(?:s)?|leaserijder(?:s)?|"
    r"inwoner(?:s)?|abonnee(?:s)?|"
    r"customers?|guests?|clients?|passengers?|patients?|visitors?|residents?|tenants?|gentleman|lady)\b",
    re.IGNORECASE,
)
_AMONG_US: Final = re.compile(
    r"\b(?:rooster|dienst(?:en)?|vakantiedag|verlof|ziek|pauze|lunch|vergadering|overleg|laptop|wachtwoord|inlog\w*|"
    r"printer|wifi|teams|borrel|taart|koffie|sinterklaas|verjaardag|invallen|ruilen van dienst|"
    r"shift|roster|holiday|leave|lunch|meeting|password|laptop|log ?in|birthday)\b",
    re.IGNORECASE,
)
_SETTLED: Final = re.compile(
    r"\b(?:laat maar|al (?:geregeld|opgelost|gevonden|gelukt)|is (?:geregeld|opgelost|gelukt)|inmiddels|gevonden|"
    r"never ?mind|(?:all )?(?:sorted|solved|fixed)|found it)\b",
    re.IGNORECASE,
)


def asks_for_help(text: str) -> bool:
    """Whether somebody asks everyone what to do, or what is allowed, for a customer."""
    if not SHORTEST <= len(text) <= LONGEST or _AMONG_US.search(text) or settles(text):
        return False
    everybody = bool(_ASKS_EVERYBODY.search(text))
    if not everybody and (_TO_ONE_PERSON.search(text) or "?" not in text):
        return False
    what_to_do = bool(_ASKS_WHAT_TO_DO.search(text))
    return what_to_do or (everybody and bool(_CUSTOMER.search(text)))


def settles(text: str) -> bool:
    """Whether somebody says that it needs no answer any more."""
    return bool(_SETTLED.search(text))
