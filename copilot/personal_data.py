"""Finds customer data in text: who could be traced by it, and where exactly it stands.

What is found: BSN, IBAN, payment card, telephone, e-mail, street with number, postcode, licence plate,
date of birth, and numbers of the organisation's own by a pattern that it configures.

What is *not* found, said plainly: names. There is no reliable recogniser of Dutch names that runs
offline, so only a name that directly follows mevrouw, meneer, dhr. and the like is. "Jansen belde net"
stays as it is. Neither are health, faith or looks described in words.

Rules for Dutch numbers: the 11-test alone accepts 9.1 % of random 9-digit numbers, so a bare number that
passes it counts as BSN unless the words before it call it something else (order, dossier, artikel).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Trace:
    """Spoor: one piece of personal data in a text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of the organisation's own, such as a policy number: its kind and how it is written."""

    kind: str
    pattern: str
    """A regular expression; the whole match is masked."""


_ANY_CASE: Final = re.IGNORECASE
_CONTEXT_LENGTH: Final = 40
_WORDS_BEFORE: Final = r"(?:\W+(?:\w+\W+){0,3}?)"

_OTHER_NUMBER: Final = re.compile(
    r"\b(?:(?:order|bestel|factuur|bon|dossier|zaak|artikel|serie|pakket|zending|tracking|ticket|referentie|kassa|"
    r"retour|reservering|reserverings|boeking|boekings|vlucht|product)(?:nummer|nr|code)?|bestelling|track|ean|"
    r"barcode|streepjescode|sku|invoice|receipt|parcel|reference|booking|case|item|serial|reservation|flight)\b"
    r"(?P<after>[^.!?]{0,22})$",
    _ANY_CASE,
)
_PERSONAL_WORD: Final = re.compile(
    r"\b(?:bsn|burgerservice\w*|sofi\w*|citizen service|iban|rekening\w*|account|tel|telefoon\w*|nummer is|mobiel\w*|"
    r"phone|mobile|bel(?:len|t)?|call|creditcard|pas|kaart|card|kenteken|klant\w*|customer)\b",
    _ANY_CASE,
)


def find(text: str, own_numbers: Sequence[OwnNumber] = ()) -> tuple[Trace, ...]:
    """Every piece of personal data, in reading order, without overlap (the first recogniser wins)."""
    found: list[Trace] = []
    for trace in _all(text, own_numbers):
        if all(trace.end <= other.start or trace.start >= other.end for other in found):
            found.append(trace)
    return tuple(sorted(found, key=lambda trace: trace.start))


def _all(text: str, own_numbers: Sequence[OwnNumber]) -> Iterator[Trace]:
    for own in own_numbers:
        yield from _matches(own.kind, re.compile(own.pattern, _ANY_CASE), text)
    for kind, pattern, accept in _RECOGNISERS:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            if accept(text, match.start(group), match.end(group)):
                yield Trace(kind, match.start(group), match.end(group))
    yield from _telephones(text)


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Trace]:
    return (Trace(kind, match.start(), match.end()) for match in pattern.finditer(text) if match.group())


def _always(text: str, start: int, end: int) -> bool:
    return True


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _called_otherwise(text: str, start: int) -> bool:
    """Whether the words before a number say that it is an order, a dossier or the like."""
    before = text[max(0, start - _CONTEXT_LENGTH) : start]
    if match := _OTHER_NUMBER.search(before):
        return not _PERSONAL_WORD.search(match["after"])
    return before.rstrip().endswith("#")


def _is_iban(text: str, start: int, end: int) -> bool:
    from stdnum import iban

    return iban.is_valid(text[start:end])


def _is_bare_bsn(text: str, start: int, end: int) -> bool:
    from stdnum.nl import bsn

    return bsn.is_valid(text[start:end]) and not _called_otherwise(text, start) and not _is_amount(text, start, end)


def _is_amount(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 4) : start], text[end : end + 8].lower()
    return bool(re.search(r"[€$£]\s?$|eur\s?$", before, _ANY_CASE)) or after.lstrip().startswith(("euro", "eur", "€"))


def _is_card(text: str, start: int, end: int) -> bool:
    from stdnum import luhn

    digits = _digits(text[start:end])
    issuer = digits[0] in "3456" or 2221 <= int(digits[:4]) <= 2720
    return 13 <= len(digits) <= 19 and issuer and luhn.is_valid(digits) and not _called_otherwise(text, start)


_UNITS: Final = frozenset("KM KG KB MB GB TB ML CL CM MM EU NL BE DE PK KW CC MG SA SD SS EN OF IN OP".split())


def _is_postcode(text: str, start: int, end: int) -> bool:
    written = text[start:end]
    letters = re.search(r"[A-Za-z]{2}", written)
    assert letters
    return letters[0].isupper() and letters[0] not in _UNITS


_PLATE_SHAPES: Final = re.compile(
    r"(?:[a-z]{2}\d{2}\d{2}|\d{2}\d{2}[a-z]{2}|\d{2}[a-z]{2}\d{2}|[a-z]{2}\d{2}[a-z]{2}|[a-z]{2}[a-z]{2}\d{2}|"
    r"\d{2}[a-z]{2}[a-z]{2}|\d{2}[a-z]{3}\d|\d[a-z]{3}\d{2}|[a-z]{2}\d{3}[a-z]|[a-z]\d{3}[a-z]{2}|"
    r"[a-z]{3}\d{2}[a-z]|[a-z]\d{2}[a-z]{3}|\d[a-z]{2}\d{3}|\d{3}[a-z]{2}\d)",
    _ANY_CASE,
)
"""The fourteen Dutch sidecodes, without their dashes."""
_PLATE_WORD: Final = re.compile(
    r"\b(?:kenteken\w*|nummerbord|number ?plate|licen[cs]e plate|registration)\b", _ANY_CASE
)
_FLIGHT_SHAPE: Final = re.compile(r"[A-Z]{2}\d{4}|\d{4}[A-Z]{2}")
_PLATE_CONSONANTS: Final = re.compile(r"[BDFGHJKLMNPRSTVWXYZ\d]+")


def _is_plate(text: str, start: int, end: int) -> bool:
    """With dashes by its shape; without, only in capitals that plates use or after the word kenteken."""
    written = text[start:end]
    bare = re.sub(r"[-\s]", "", written)
    if not _PLATE_SHAPES.fullmatch(bare) or _called_otherwise(text, start):
        return False
    if _PLATE_WORD.search(text[max(0, start - _CONTEXT_LENGTH) : start]):
        return True
    if " " in written:
        return False  # "40 na 20" is no plate: with spaces only the word kenteken makes it one
    if "-" in written:
        return True
    return bool(_PLATE_CONSONANTS.fullmatch(bare)) and not _FLIGHT_SHAPE.fullmatch(bare)


_EMAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", _ANY_CASE)
_SPELLED_EMAIL: Final = re.compile(
    r"\b[\w.+-]+\s?(?:\[at\]|\(at\)|\sapenstaartje\s)\s?"
    r"[\w-]+(?:\.|\s?(?:\[dot\]|\(dot\)|\spunt\s)\s?)(?:nl|com|org|net|eu|be|de)\b",
    _ANY_CASE,
)

_IBAN: Final = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:[\s.-]?[A-Z0-9]){11,30}(?![A-Z0-9])", _ANY_CASE)
_DUTCH_IBAN: Final = re.compile(r"\b[A-Z]{2}\s?\d{2}[\s.-]?[A-Z]{4}[\s.-]?\d{4}[\s.-]?\d{4}[\s.-]?\d{2}\b", _ANY_CASE)
_CARD: Final = re.compile(
    r"(?<![\w-])(?:\d{4}(?P<gap>[\s-])\d{4}(?P=gap)\d{4}(?P=gap)\d{4}|3\d{3}[\s-]\d{6}[\s-]\d{5}|\d{13,19})(?![\w-])"
)

_NAMED_BSN: Final = re.compile(
    r"\b(?:bsn|burgerservice\w*|sofi\w*|citizen service)" + _WORDS_BEFORE + r"(?P<it>\d(?:[\s.-]?\d){7,8})(?!\d)",
    _ANY_CASE,
)
_BARE_BSN: Final = re.compile(r"(?<![\w,.-])(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?![\w-]|[.,]\d)")

_DATE: Final = (
    r"(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}"
    r"|\d{1,2}\s(?:jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec|mar|may|oct)[a-z]*\.?\s(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})"
)
_BIRTH: Final = re.compile(
    r"(?:geboortedatum|geboren|geb\.|date of birth|dob|born)" + _WORDS_BEFORE + rf"(?P<it>{_DATE})", _ANY_CASE
)

_STREET_END: Final = (
    r"(?:straat|straatje|str\.|laan|weg|wegje|plein|gracht|kade|dijk|singel|hof|pad|steeg|dreef|baan|plantsoen|"
    r"park|markt|burcht|wal|vest|haven|hoek|veld|erf|ring|brink|oord|donk|akker|kamp|heuvel|zoom|kant|boulevard|"
    r"allee|eind|einde|sloot|meent|waard|straatweg|poort|brug|tuin|berg|bos|heide|horst|rade|ryn|stede|vaart|"
    r"vliet|werf)"
)
_CAPITAL_STREET_END: Final = _STREET_END.replace("(?:", "(?i:", 1)
_STREET_PREFIX: Final = (
    r"(?:(?:Prof|Dr|Burg|St|Mr|Ds|Pr)\.\s?|(?:[A-Z]\.\s?)+|[A-Z][a-zà-ÿ]+\s(?:(?:van|de|der|den|het|'t)\s)*)"
)
_HOUSE: Final = (
    r"(?:nr\.?\s*|nummer\s*|huisnummer\s*)?\d{1,5}(?:\s?-?\s?[a-zA-Z](?![a-zA-Z]))?"
    r"(?:\s?(?:-|/)\s?\d{1,4})?(?:\s?(?:hs|huis|bis)\b)?"
    # "Weg 3 dagen", "Markt 40 euro": then it is an amount, not a house
    r"(?!\s?(?:euro|eur\b|€(?!\s?\d)|%|procent|dagen|dag\b|weken|uur|minuten|stuks|kilometer|km\b|meter|jaar)|[.,]\d)"
    r"(?!\w)"
)
_ANY_PLACE: Final = r"(?P<it>[A-Z][\w'À-ÿ.-]*(?:\s[\w'À-ÿ.-]+){0,4}?\s\d{1,5}\s?[a-zA-Z]?(?!\w))"
_ADDRESSES: Final = (
    re.compile(rf"(?<!\w)(?:{_STREET_PREFIX})*[A-Za-zÀ-ÿ'-]{{2,}}{_STREET_END}\s{_HOUSE}"),
    re.compile(rf"\b{_STREET_PREFIX}(?:[a-z]{{2,3}}\s)*{_CAPITAL_STREET_END}\s{_HOUSE}"),
    re.compile(
        r"\b(?:Laan|Weg|Plein|Hof|Kade|Park|Baan|Dijk)\s(?:van|der|de|het|naar|aan|op)\s(?:[\w'-]+\s){1,4}?" + _HOUSE
    ),
    re.compile(r"\b(?i:adres|address)(?:\s(?:is|van de klant is|wordt|of the customer is))?:?\s" + _ANY_PLACE),
    re.compile(
        r"\b(?i:woont|wonen|woonachtig|bezorgen|bezorgd|lives|living)\s(?:op|aan|in|at|on)\s(?:de\s|het\s)?"
        + _ANY_PLACE
    ),
    re.compile(
        r"\b\d{1,5}[a-z]?\s(?:[A-Z][a-z]+\s){1,3}"
        r"(?:Street|Road|Avenue|Lane|Drive|Square|Close|Crescent|Terrace|Way|Court|Place|St|Rd|Ave)\b"
    ),
    re.compile(r"\b(?:postbus|p\.?o\.? box)\s\d{1,6}\b", _ANY_CASE),
)

_NUMBER_BEHIND: Final = r"(?:[,\s]+(?:nr\.?|huisnummer|nummer|no\.?|number)?\s?\d{1,5}(?:\s?[a-zA-Z](?![a-zA-Z]))?)"
_POSTCODE: Final = re.compile(rf"\b[1-9]\d{{3}}\s?[A-Z]{{2}}{_NUMBER_BEHIND}?(?!\s?(?:euro|%))(?!\w)")
_NAMED_POSTCODES: Final = (
    re.compile(
        rf"\b(?:postcode|postal code)\b:?\s(?:is\s)?(?P<it>[1-9]\d{{3}}\s?[a-z]{{2}}{_NUMBER_BEHIND}?)(?!\w)", _ANY_CASE
    ),
    re.compile(r"\b[1-9]\d{3}\s?[a-z]{2}[,\s]+(?:nr\.?|huisnummer|nummer)\s?\d{1,5}[a-z]?\b"),
)

_PLATE: Final = re.compile(r"(?<![\w-])[A-Za-z\d]{1,3}-?[A-Za-z\d]{2,3}-?[A-Za-z\d]{1,3}(?![\w-])")
_SPACED_PLATE: Final = re.compile(r"(?<![\w-])[A-Za-z\d]{1,3}\s[A-Za-z\d]{2,3}\s[A-Za-z\d]{1,3}(?![\w-])")

_NAME: Final = re.compile(
    r"\b(?:(?i:mevrouw|meneer|mijnheer|familie|de heer|miss)|(?i:mevr|mw|dhr|fam|mrs|mr|ms)\.?)\s+"
    r"(?P<it>(?:[A-Z]\.\s?)*(?:(?:van|de|den|der|ten|ter|op|in|'t)\s+)*"
    r"[A-ZÀ-Ý][\w'’À-ÿ]+(?:[-\s](?:(?:van|de|den|der)\s+)*[A-ZÀ-Ý][\w'’À-ÿ]+)*)"
)

_Accept = Callable[[str, int, int], bool]
_RECOGNISERS: Final[tuple[tuple[str, re.Pattern[str], _Accept], ...]] = (
    ("EMAIL", _EMAIL, _always),
    ("EMAIL", _SPELLED_EMAIL, _always),
    ("IBAN", _IBAN, _is_iban),
    ("IBAN", _DUTCH_IBAN, _always),
    ("GEBOORTEDATUM", _BIRTH, _always),
    ("BSN", _NAMED_BSN, _always),
    ("KAART", _CARD, _is_card),
    ("BSN", _BARE_BSN, _is_bare_bsn),
    *(("ADRES", each, _always) for each in _ADDRESSES),
    ("POSTCODE", _POSTCODE, _is_postcode),
    *(("POSTCODE", each, _always) for each in _NAMED_POSTCODES),
    ("KENTEKEN", _PLATE, _is_plate),
    ("KENTEKEN", _SPACED_PLATE, _is_plate),
    ("NAAM", _NAME, _always),
)

_TELEPHONE_HINT: Final = re.compile(r"(?:\+|\b00|\b0|\(0)[\d(][\d\s()./–-]{6,}")


def _telephones(text: str) -> Iterator[Trace]:
    if not _TELEPHONE_HINT.search(text):
        return
    import phonenumbers

    for match in phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.POSSIBLE):
        if _is_telephone(match.raw_string) and not _called_otherwise(text, match.start):
            yield Trace("TELEFOON", match.start, match.end)


def _is_telephone(written: str) -> bool:
    """Dutch numbers of ten digits, or anything international; not a date, not a plain number."""
    digits = _digits(written)
    international = written.lstrip("(").startswith(("+", "00"))
    return international or (digits.startswith("0") and len(digits) in (10, 11) and not digits.startswith("00"))
