"""Wat mag ik: the whole mandate of a colleague on one sheet, in plain words, searchable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from copilot import content, mandate_sheet
from copilot.domain import (
    Between,
    Department,
    Fact,
    FactType,
    KnowledgeEntry,
    Mandate,
    OneOf,
    Organisation,
    PeriodLimit,
    Role,
    Rule,
    Status,
)
from copilot.formula_words import formula_words
from copilot.mandate_sheet import Item, Sheet

ON = date(2026, 3, 1)
CHAIN = Organisation(
    "bieb",
    "Bibliotheek",
    roles=(Role("balie", "Baliemedewerker"), Role("chef", "Chef", ("balie",)), Role("baas", "Directeur", ("chef",))),
    departments=(Department("uitleen", "Uitleen"), Department("cafe", "Leescafé")),
)
BOETE = Fact("boete", FactType.MONEY, "Hoe hoog is de boete?")
HEEL = Fact("heel", FactType.YESNO, "Is het boek heel?")
LATE = Mandate(
    id="te-laat",
    title="Boete kwijtschelden",
    department="uitleen",
    tags=("boete",),
    facts=(BOETE, HEEL),
    rules=(
        Rule(("balie",), {"boete": Between(high=Decimal(10)), "heel": OneOf((True,))}, "Scheld de boete kwijt."),
        Rule(("chef",), {"boete": Between(high=Decimal(50))}, "Scheld de boete kwijt."),
        Rule(
            ("balie",),
            {"boete": Between(low=Decimal(10), with_low=False)},
            "Geef {amount} korting.",
            amount="min(10% * boete, 5)",
        ),
        Rule(when={"heel": OneOf((False,))}, never=True, because="Een kapot boek wordt vergoed."),
    ),
    period_limit=PeriodLimit("boete", Decimal(25), "customer", 30, ("balie",)),
)


def sheet(role: str, *entries: KnowledgeEntry, search: str = "", language: str = "nl") -> Sheet:
    return mandate_sheet.mine(entries, CHAIN, [role], ON, search=search, language=language)


def only(given: Sheet) -> Item:
    (item,) = given.items
    return item


def test_each_power_stands_with_its_conditions_and_amount_in_plain_words() -> None:
    item = only(sheet("balie", LATE))
    assert [(power.option, power.when) for power in item.powers] == [
        ("Scheld de boete kwijt.", "bij boete tot en met € 10,00 en heel: ja"),
        ("Geef 10% van boete, maar hoogstens € 5,00 korting.", "bij boete meer dan € 10,00"),
    ]


def test_what_binds_it_all_stands_below() -> None:
    item = only(sheet("balie", LATE))
    assert item.limits == (
        "Nooit bij heel: nee. Een kapot boek wordt vergoed.",
        "Samen hoogstens € 25,00 in 30 dagen, per klant.",
    )
    assert item.beyond == "Valt het erbuiten? Vraag je chef."


def test_a_higher_role_sees_the_widest_form_of_what_it_may_and_no_limit_that_does_not_bind_it() -> None:
    item = only(sheet("chef", LATE))
    assert [power.rule for power in item.powers] == [2, 3]
    assert len(item.limits) == 1
    assert item.beyond == ""


def test_in_english_it_reads_as_english() -> None:
    item = only(sheet("balie", LATE, language="en"))
    assert item.powers[1].option == "Geef 10% of boete, but at most €5.00 korting."
    assert item.beyond == "Is it outside that? Ask your chef."


@pytest.mark.parametrize(
    "entry",
    [
        replace(LATE, status=Status.DRAFT),
        replace(LATE, valid_until=date(2026, 2, 28)),
        replace(LATE, valid_from=date(2026, 3, 2)),
        replace(LATE, audience=("chef",)),
        replace(LATE, rules=(LATE.rules[1],)),
    ],
    ids=["a draft", "expired", "not yet valid", "not for his eyes", "only for somebody else"],
)
def test_what_he_may_not_or_not_now_is_not_on_it(entry: Mandate) -> None:
    given = sheet("balie", entry)
    assert given.subjects == ()
    assert given.empty_note == "Er staat nog niets dat je als baliemedewerker zelf mag beslissen."


def test_subjects_follow_the_departments_and_titles_the_alphabet() -> None:
    coffee = replace(LATE, id="koffie", title="Koffie van het huis", department="cafe")
    loose = replace(LATE, id="los", title="Los", department=None)
    first = replace(LATE, id="aanschaf", title="Aanschaf")
    given = sheet("balie", coffee, loose, LATE, first)
    assert [(subject.title, [item.entry for item in subject.items]) for subject in given.subjects] == [
        ("Uitleen", ["aanschaf", "te-laat"]),
        ("Leescafé", ["koffie"]),
        ("Algemeen", ["los"]),
    ]


@pytest.mark.parametrize("search", ["boete", "BOETES", "kwijt", "korting boete", "uitleen", "scheld kwijt", ""])
def test_it_is_found_by_any_of_its_words(search: str) -> None:
    assert only(sheet("balie", LATE, search=search)).entry == "te-laat"


def test_what_is_not_there_is_said_with_what_to_do() -> None:
    given = sheet("balie", LATE, search="fiets")
    assert given.empty_note == "Niets gevonden voor “fiets”. Zoek met een ander woord."


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("boete", "boete"),
        ("50% * boete", "50% van boete"),
        ("boete - 15", "boete min € 15,00"),
        ("max(boete - 15, 0)", "boete min € 15,00, maar minstens € 0,00"),
        ("3 * dagen", "dagen keer € 3,00"),
        ("boete / 2", "boete gedeeld door 2"),
        ("korting * boete", "het percentage korting keer boete"),
        ("min(boete, dagen * 2, 40)", "het laagste van boete en dagen keer € 2,00 en € 40,00"),
        ("(boete + 5) * 2", "(boete plus € 5,00) keer 2"),
        ("boete * 75%", "75% van boete"),
        ("10% * min(boete, 20)", "10% van (boete, maar hoogstens € 20,00)"),
        ("dagen * min(boete, 20)", "dagen keer (boete, maar hoogstens € 20,00)"),
        ("10 + max(boete, 20)", "€ 10,00 plus (boete, maar minstens € 20,00)"),
    ],
)
def test_a_formula_reads_as_people_would_say_it(amount: str, said: str) -> None:
    facts = (BOETE, Fact("dagen", FactType.DAYS, "?"), Fact("korting", FactType.PERCENT, "?"))
    assert formula_words(amount, Mandate(id="m", title="M", facts=facts), "nl", "EUR") == said


@pytest.mark.parametrize("pack", ["knowledge/hele-klant", "tests/packs/duinrand"])
def test_a_whole_pack_reads_as_lines_for_every_role_without_a_place_left_open(pack: str) -> None:
    read = content.read_pack(Path(pack))
    entries = [each.entry for each in read.entries]
    for role in read.organisation.roles:
        given = mandate_sheet.mine(entries, read.organisation, [role.id], ON)
        text = "\n".join(mandate_sheet.lines(given))
        assert "{" not in text
        assert text.startswith("Wat mag je zelf beslissen als ")
        assert all(item.title in text for item in given.items)
