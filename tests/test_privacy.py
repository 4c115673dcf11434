"""Customer data never leaves; amounts and order numbers stay readable."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from copilot.personal_data import OwnNumber, find
from copilot.privacy import Masker, mask, placeholders, unmask

OWN = (OwnNumber("POLIS", r"\bPOL-?\d{6,8}\b"), OwnNumber("KLANTNUMMER", r"\bK\d{7}\b"))


# --------------------------------------------------------------------------------------- made-up people


def bsn(rng: random.Random) -> str:
    while True:
        digits = [rng.randint(1, 9), *(rng.randint(0, 9) for _ in range(7))]
        last = sum(digit * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True)) % 11
        if last < 10:
            return "".join(map(str, [*digits, last]))


def iban(rng: random.Random) -> str:
    bank = rng.choice(["ABNA", "INGB", "RABO", "TRIO", "KNAB"])
    account = f"{rng.randint(0, 10**10 - 1):010d}"
    check = 98 - int("".join(str(int(letter, 36)) for letter in bank + account + "NL00")) % 97
    written = f"NL{check:02d}{bank}{account}"
    if rng.random() < 0.5:
        written = " ".join(written[place : place + 4] for place in range(0, len(written), 4))
    return written if rng.random() < 0.8 else written.lower()


def card(rng: random.Random) -> str:
    start = rng.choice(["4", "51", "55", "2221"]) + "".join(rng.choice(string.digits) for _ in range(15))
    digits = start[:15] + luhn.calc_check_digit(start[:15])
    separator = rng.choice(["", " ", "-"])
    return separator.join(digits[place : place + 4] for place in range(0, 16, 4))


def telephone(rng: random.Random) -> str:
    mobile = f"{rng.randint(10_000_000, 99_999_999)}"
    shapes = [
        f"06-{mobile}",
        f"06{mobile}",
        f"06 {mobile[:4]} {mobile[4:]}",
        f"+31 6 {mobile}",
        f"+316{mobile}",
        f"0031 6 {mobile}",
        f"020-{mobile[:7]}",
        f"030 {mobile[:3]} {mobile[3:5]} {mobile[5:7]}",
        f"+32 470 {mobile[:2]} {mobile[2:4]} {mobile[4:6]}",
    ]
    return rng.choice(shapes)


def email(rng: random.Random) -> str:
    name = rng.choice(["j.jansen", "info", "piet_de_boer", "a.b.c", "klant+winkel", "Sara.ElAmrani"])
    return f"{name}{rng.randint(1, 99)}@{rng.choice(['gmail.com', 'ziggo.nl', 'bedrijf.co.uk', 'kpnmail.nl'])}"


STREETS = (
    "Kerkstraat,Dorpsweg,Prins Hendrikkade,Van Goghlaan,Burgemeester de Vriesplein,Molendijk,Lange Voorhout,"
    "Laan van Meerdervoort,Oude Gracht,Nieuwezijds Voorburgwal,Rozenhof,Stationsplein,Eerste Helmersstraat,"
    "J.P. Coenstraat,Sint Jansstraat,kerkstraat,Beukenlaan,Havenkade,Singel,Zuideinde,Torenvalk"
).split(",")


def address(rng: random.Random) -> str:
    street = rng.choice(
        [each for each in STREETS if each not in ("Zuideinde", "Torenvalk", "Lange Voorhout", "Singel")]
    )
    return f"{street} {rng.randint(1, 400)}{rng.choice(['', 'a', ' B', '-2', ''])}"


def any_street(rng: random.Random) -> str:
    return f"{rng.choice(STREETS)} {rng.randint(1, 400)}"


def postcode(rng: random.Random) -> str:
    letters = rng.choice(["AB", "XT", "ZK", "HV", "PR"])
    return f"{rng.randint(1000, 9999)}{rng.choice(['', ' '])}{letters}{rng.choice([' 12', ', nummer 7', '', ' 103a'])}"


def plate(rng: random.Random) -> str:
    letters = lambda count: "".join(rng.choice("BDFGHJKLNPRSTVXZ") for _ in range(count))  # noqa: E731
    digits = lambda count: "".join(rng.choice(string.digits) for _ in range(count))  # noqa: E731
    shapes = [
        (letters(2), digits(2), digits(2)),
        (digits(2), letters(2), digits(2)),
        (digits(2), letters(2), letters(2)),
        (digits(2), letters(3), digits(1)),
        (digits(1), letters(3), digits(2)),
        (letters(2), digits(3), letters(1)),
        (letters(1), digits(3), letters(2)),
        (letters(3), digits(2), letters(1)),
        (digits(1), letters(2), digits(3)),
    ]
    written = "-".join(rng.choice(shapes))
    return written.lower() if rng.random() < 0.3 else written


def policy(rng: random.Random) -> str:
    return f"POL-{rng.randint(100_000, 99_999_999)}"


def customer_number(rng: random.Random) -> str:
    return f"K{rng.randint(1_000_000, 9_999_999)}"


SENTENCES = {
    bsn: [
        "BSN {} staat op het formulier",
        "zijn burgerservicenummer is {}",
        "Customer's BSN: {}",
        "nummer {} gaf ze op",
    ],
    iban: ["terugstorten op {}", "IBAN {} van de klant", "please refund to {} today", "rekening {}, klopt dat?"],
    card: ["betaald met kaart {}", "creditcard {} wordt geweigerd", "the card {} was declined"],
    telephone: ["bel {} terug", "telefoon {}", "je kunt hem bereiken op {}.", "call {} please", "({})"],
    email: ["mail naar {}", "zijn adres is {}.", "e-mail: {}, graag vandaag", "confirmation to {}"],
    address: ["bezorgen aan {}", "ze woont {} in Utrecht", "deliver to {} tomorrow", "Retour vanaf {}, vandaag nog"],
    any_street: ["adres: {}", "klant woont op {}", "Adres is {}"],
    postcode: ["postcode {}", "het pakket moet naar {} toe", "op {} is niemand thuis"],
    plate: ["kenteken {}", "de {} staat stil langs de A2", "car {} broke down"],
    policy: ["polis {} loopt af", "policy {} expired"],
    customer_number: ["klant {} wil terug", "customer {} is waiting"],
}
"""Who it is about, in the sentences that colleagues type."""


def innocent(rng: random.Random) -> tuple[str, str]:
    """A sentence with an amount or an order number, and the piece that must stay."""
    amount = rng.choice(
        [
            f"€ {rng.randint(1, 9999)},{rng.randint(0, 99):02d}",
            f"€ {rng.randint(1, 9)}.{rng.randint(100, 999)},50",
            f"{rng.randint(1, 2500)} euro",
            f"EUR {rng.randint(1, 2500)}",
            f"{rng.randint(1, 99)}%",
            f"{rng.randint(1, 60)} dagen",
            f"{rng.randint(1, 2500)},-",
        ]
    )
    number = rng.choice(
        [
            f"order {rng.randint(10**8, 10**9 - 1)}",
            f"bestelling {rng.randint(10**6, 10**10)}",
            f"ordernummer {rng.randint(10**9, 10**10 - 1)}",
            f"bonnummer {rng.randint(10**3, 10**9)}",
            f"factuur 2026-{rng.randint(10**4, 10**6)}",
            f"artikel {rng.randint(10**7, 10**8)}",
            f"pakket 3S{rng.randint(10**9, 10**10)}",
            f"dossier #{rng.randint(10**8, 10**9 - 1)}",
            f"EAN {rng.randint(10**12, 10**13 - 1)}",
        ]
    )
    piece = amount if rng.random() < 0.5 else number
    frame = rng.choice(
        ["klant wil {} terug", "{} klopt niet", "mag ik {} geven?", "it says {} here", "Het gaat om {}."]
    )
    return frame.format(piece), piece


# --------------------------------------------------------------------------------------------- the proof


def test_of_2000_generated_questions_nothing_personal_is_left():
    rng = random.Random(20261122)
    kinds = list(SENTENCES)
    left: list[str] = []
    for number in range(2000):
        make = kinds[number % len(kinds)]
        secret = make(rng)
        question = rng.choice(SENTENCES[make]).format(secret)
        if rng.random() < 0.5:
            question += " " + innocent(rng)[0]
        masked = mask(question, OWN)
        if secret in masked.text:
            left.append(question)
        assert unmask(masked.text, masked.restore) == question
    assert left == []


def test_at_most_one_in_a_hundred_amounts_and_order_numbers_is_masked_by_mistake():
    rng = random.Random(7)
    mistakes = []
    for _ in range(2000):
        question, piece = innocent(rng)
        if piece not in mask(question, OWN).text:
            mistakes.append(question)
    assert len(mistakes) <= 20, mistakes[:10]


@pytest.mark.parametrize(
    "text",
    [
        "Klant wil 123456782 euro terug",
        "order 123456782",
        "dat kost € 1.234,56 en duurt 14 dagen",
        "op 12-11-2026 om 10:30 uur",
        "artikel 4.2 van het handboek, versie 3",
        "de weg 3 keer gevraagd",
        "twee broeken maat 52 en een jas",
        "maximaal 2000 EU producten van 1500 MB",
        "Ze woont in Utrecht",
        "Mijn collega helpt mevrouw zo",
        "vlucht KL1234 naar Rome",
        "iPhone 15 Pro van 999 euro",
    ],
)
def test_ordinary_words_and_figures_stay(text):
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mevrouw De Vries wil haar geld", "NAAM"),
        ("dhr. Van den Berg belt", "NAAM"),
        ("Mrs. Smith-Jones is angry", "NAAM"),
        ("geboren op 12-03-1980", "GEBOORTEDATUM"),
        ("kenteken xr 123 k", "KENTEKEN"),
        ("sofinummer: 12345678", "BSN"),
        ("adres: Zuideinde 12", "ADRES"),
        ("lives at 12 High Street", "ADRES"),
        ("jan apenstaartje ziggo punt nl", "EMAIL"),
        ("NL91ABNA0417164300", "IBAN"),
        ("NL00 ABNA 0417 1643 00", "IBAN"),
    ],
)
def test_each_kind_is_known_by_its_shape_or_by_the_words_before_it(text, kind):
    assert kind in {trace.kind for trace in find(text)}


def test_names_without_a_title_are_not_masked_and_the_docstring_says_so():
    import copilot.personal_data as module

    assert mask("Jansen belde net").text == "Jansen belde net"
    assert "names" in (module.__doc__ or "")


def test_the_same_number_gets_the_same_placeholder_in_all_texts_of_one_conversation():
    masker = Masker()
    assert masker.mask("bel 06-12345678") == "bel [TELEFOON-1]"
    assert masker.mask("nee, bel 06-87654321 of 06-12345678") == "nee, bel [TELEFOON-2] of [TELEFOON-1]"


def test_a_placeholder_that_somebody_types_himself_never_turns_into_a_number():
    masked = mask("[TELEFOON-1] bel 06-12345678")
    assert masked.text == "[TELEFOON-1] bel [TELEFOON-2]"
    assert unmask(masked.text, masked.restore) == "[TELEFOON-1] bel 06-12345678"


def test_a_placeholder_that_the_model_invents_is_left_for_the_guard():
    assert unmask("bel [TELEFOON-9]", {}) == "bel [TELEFOON-9]"
    assert placeholders("bel [TELEFOON-9]") == ("[TELEFOON-9]",)


@given(st.text(max_size=300))
def test_masking_and_putting_back_gives_any_text_back(text):
    masked = mask(text, OWN)
    assert unmask(masked.text, masked.restore) == text
