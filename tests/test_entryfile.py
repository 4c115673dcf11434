"""Entries are read in English and Dutch, written so that they read back the same, and every fault has a place."""

from __future__ import annotations

import json
import string
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.domain import (
    Between,
    Condition,
    Customer,
    Fact,
    FactType,
    Handover,
    KnowledgeEntry,
    Mandate,
    OneOf,
    PeriodLimit,
    Policy,
    Rule,
    Solution,
    Step,
)
from copilot.entryfile import LONGEST, locate, read_entry, write_entry
from copilot.errors import Finding

ENGLISH = """\
---
id: retour-zonder-bon
kind: mandate
title: Retour zonder kassabon
owner: sanne@example.com
department: servicebalie
audience: [medewerker]
valid_from: 2026-01-01
valid_until: 2026-12-31
review_by: 2026-11-30
source: Handboek Service 4.2
questions:
  - Klant is de bon kwijt, mag ik het terugnemen?
tags: [retour, bon]
journey: na-aankoop
related: [retour-met-bon]
action: retour
facts:
  bedrag:
    type: money
    ask: Wat is het aankoopbedrag?
  ongebruikt:
    type: yesno
    ask: Is het artikel ongebruikt?
    yes: [ongebruikt, label zit er nog aan]
    no: [gedragen, gebruikt]
  soort:
    type: choice
    ask: Om wat voor artikel gaat het?
    values: {kleding: [broek, trui], elektronica: [telefoon]}
rules:
  - roles: [medewerker]
    when: {bedrag: "<= 50", ongebruikt: yes, soort: [kleding]}
    may: Geef een tegoedbon ter waarde van het aankoopbedrag.
  - never: true
    when: {ongebruikt: no}
    because: Gebruikte artikelen nemen we zonder bon niet terug.
    instead: garantie-aanvragen
  - roles: [medewerker]
    when: {soort: elektronica}
    may: Geef een tegoedbon van {amount}.
    amount: min(10% * bedrag, 25)
period_limit:
  fact: bedrag
  max: 150
  per: customer
  days: 30
---
In gewone woorden.
"""

DUTCH = """\
---
id: retour-zonder-bon
soort: mandaat
titel: Retour zonder kassabon
eigenaar: sanne@example.com
afdeling: servicebalie
doelgroep: medewerker
geldig_vanaf: 2026-01-01
geldig_tot_en_met: 2026-12-31
herzien_voor: 2026-11-30
bron: Handboek Service 4.2
vragen: Klant is de bon kwijt, mag ik het terugnemen?
tags: [retour, bon]
klantreis: na-aankoop
zie_ook: retour-met-bon
handeling: retour
feiten:
  bedrag:
    type: geld
    ask: Wat is het aankoopbedrag?
  ongebruikt:
    type: janee
    ask: Is het artikel ongebruikt?
    yes: [ongebruikt, label zit er nog aan]
    no: [gedragen, gebruikt]
  soort:
    type: keuze
    ask: Om wat voor artikel gaat het?
    values:
      kleding: [broek, trui]
      elektronica: telefoon
regels:
  - rollen: medewerker
    when: {bedrag: "<= 50,00", ongebruikt: ja, soort: kleding}
    mag: Geef een tegoedbon ter waarde van het aankoopbedrag.
  - nooit: true
    when: {ongebruikt: nee}
    want: Gebruikte artikelen nemen we zonder bon niet terug.
    wel: garantie-aanvragen
  - rollen: [medewerker]
    when: {soort: [elektronica]}
    mag: Geef een tegoedbon van {amount}.
    bedrag_is: min(10% * bedrag, 25)
periodegrens: {fact: bedrag, max: 150, per: customer, days: 30}
---
In gewone woorden.
"""

SOLUTION = """\
---
id: schade
kind: solution
title: Schade
customer:
  wants: Rijden.
  worries: Gedoe.
  delight: Vandaag.
say: Ik regel het.
steps:
  - do: Leg vast.
  - do: Zet klaar.
    mandate: vervoer
  - do: Geef door.
    handover:
      to: schadeherstel
      within: 2 uur
      tell: [kenteken, locatie]
next: [banden]
---
"""

SOLUTION_IN_DUTCH = """\
---
id: schade
soort: oplossing
titel: Schade
klant:
  wil: Rijden.
  ligt_wakker_van: Gedoe.
  wordt_blij_van: Vandaag.
zeg: Ik regel het.
stappen:
  - doe: Leg vast.
  - doe: Zet klaar.
    mandaat: vervoer
  - doe: Geef door.
    overdracht:
      to: schadeherstel
      within: 2 uur
      vertel: [kenteken, locatie]
volgende: banden
---
"""


def sound(text: str) -> KnowledgeEntry:
    entry, findings = read_entry(text)
    assert [finding.text("nl") for finding in findings if finding.severity == "error"] == []
    assert entry is not None
    return entry


def faults(text: str) -> list[Finding]:
    entry, findings = read_entry(text, "map/item.md")
    assert entry is None
    assert {finding.file for finding in findings} == {"map/item.md"}
    return findings


def the_fault(text: str) -> Finding:
    findings = [finding for finding in faults(text) if finding.severity == "error"]
    assert len(findings) == 1, [(finding.where(), finding.text("nl")) for finding in findings]
    return findings[0]


# ------------------------------------------------------------------------------------------------ reading


def test_a_mandate_is_read_as_the_contract_says() -> None:
    entry = sound(ENGLISH)
    assert isinstance(entry, Mandate)
    assert (entry.id, entry.title, entry.owner, entry.department) == (
        "retour-zonder-bon",
        "Retour zonder kassabon",
        "sanne@example.com",
        "servicebalie",
    )
    assert (entry.valid_from, entry.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert entry.review_by == date(2026, 11, 30)
    assert entry.audience == ("medewerker",)
    assert entry.action == "retour"
    assert entry.body == "In gewone woorden."
    assert entry.rules[0].when == {
        "bedrag": Between(high=Decimal(50)),
        "ongebruikt": OneOf((True,)),
        "soort": OneOf(("kleding",)),
    }
    assert entry.rules[1].never
    assert entry.rules[1].instead == "garantie-aanvragen"
    assert entry.rules[2].amount == "min(10% * bedrag, 25)"
    assert entry.period_limit == PeriodLimit("bedrag", Decimal(150), "customer", 30)


def test_dutch_keys_kinds_types_and_values_mean_the_same() -> None:
    assert sound(DUTCH) == sound(ENGLISH)
    assert sound(SOLUTION_IN_DUTCH) == sound(SOLUTION)
    assert sound("---\nid: a\nsoort: beleid\ntitel: A\n---\nTekst") == sound(
        "---\nid: a\nkind: policy\ntitle: A\n---\nTekst"
    )


def test_a_solution_is_read_as_the_contract_says() -> None:
    entry = sound(SOLUTION)
    assert isinstance(entry, Solution)
    assert entry.customer == Customer("Rijden.", "Gedoe.", "Vandaag.")
    assert entry.steps[1] == Step("Zet klaar.", mandate="vervoer")
    assert entry.steps[2].handover == Handover("schadeherstel", "2 uur", ("kenteken", "locatie"))
    assert entry.next == ("banden",)
    assert entry.say == "Ik regel het."


@pytest.mark.parametrize(
    "disguised",
    [
        ENGLISH.replace("\n", "\r\n"),
        "\ufeff" + ENGLISH,
        "\n\n" + ENGLISH,
        ENGLISH.replace("---\nid", "---   \nid"),
        ENGLISH + "\n\n  \n",
        ENGLISH.replace("yes:", '"yes":'),
        ENGLISH.replace("tags: [retour, bon]", "tags:\n- retour\n- bon"),
        ENGLISH.replace("roles: [medewerker]", "roles: medewerker"),
    ],
)
def test_the_way_it_was_saved_does_not_matter(disguised: str) -> None:
    assert sound(disguised) == sound(ENGLISH)


def test_on_yes_and_no_are_words() -> None:
    entry = sound("---\nid: on\nkind: policy\ntitle: no\ntags: [yes, on, off]\nsource: 4.20\n---\nyes")
    assert (entry.id, entry.title, entry.tags, entry.source) == ("on", "no", ("yes", "on", "off"), "4.20")


def test_anchors_may_save_typing() -> None:
    entry = sound(
        ENGLISH.replace('when: {bedrag: "<= 50"', 'when: &klein {bedrag: "<= 50"').replace(
            "when: {soort: elektronica}", "when: *klein"
        )
    )
    assert isinstance(entry, Mandate)
    assert entry.rules[0].when == entry.rules[2].when


def test_accents_are_the_same_however_they_were_typed() -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    text = (
        ENGLISH.replace("bedrag:", f"{composed}:", 1).replace("bedrag", decomposed).replace(f"{decomposed}_", "bedrag_")
    )
    entry = sound(text)
    assert isinstance(entry, Mandate)
    assert entry.facts[0].name == composed
    assert composed in entry.rules[0].when


def test_a_fact_without_a_question_gets_one_and_a_choice_may_name_values_only() -> None:
    entry = sound(
        "---\nid: a\nkind: mandate\ntitle: A\nfacts:\n  soort_auto: {type: choice, values: [klein, groot]}\n"
        "rules:\n  - roles: chef\n    when: {soort_auto: groot}\n    may: Ja.\n---\n"
    )
    assert isinstance(entry, Mandate)
    assert entry.facts == (Fact("soort_auto", FactType.CHOICE, "Soort auto?", values={"klein": (), "groot": ()}),)


def test_an_empty_field_is_as_if_it_were_not_there() -> None:
    entry = sound("---\nid: a\nkind: policy\ntitle: A\nowner:\nvalid_until: ~\naudience: []\ntags: null\n---\nTekst")
    assert (entry.owner, entry.valid_until, entry.audience, entry.tags) == (None, None, (), ())


def test_markdown_keeps_its_own_dashes_and_indentation() -> None:
    entry = sound("---\nid: a\nkind: policy\ntitle: A\n---\n\n    code\n\n---\n\nmeer  \n\n")
    assert entry.body == "    code\n\n---\n\nmeer"


# ------------------------------------------------------------------------------------------------- faults


def policy(front: str = "", body: str = "Tekst.") -> str:
    return f"---\nid: a\nkind: policy\ntitle: A\n{front}\n---\n{body}\n"


def mandate(rules: str, extra: str = "") -> str:
    """A mandate of which the rules begin on line 14."""
    facts = (
        "facts:\n  bedrag: {type: money, ask: Hoeveel?}\n  dagen: {type: days}\n  nieuw: {type: yesno}\n"
        "  soort:\n    type: choice\n    values:\n      kleding: [broek]\n"
    )
    return f"---\nid: a\nkind: mandate\ntitle: A\n{facts}rules:\n{dedent(rules)}{dedent(extra)}---\n"


def rule(line: str) -> str:
    return mandate(f"- roles: [chef]\n  may: Ja.\n  {line}\n")


CASES: list[tuple[str, str, str, int | None, str, str, str]] = [
    # name, text, code, line, field, words of the remedy in Dutch, and in English
    ("unknown key", policy("tietel: B"), "unknown_key", 5, "tietel", 'Bedoel je "titel"?', 'Did you mean "titel"?'),
    ("foreign key", policy("prijs: 3"), "unknown_key", 5, "prijs", "kies uit: id, kind", "choose from: id, kind"),
    (
        "a comma between braces",
        mandate("- {roles: [chef], may: Ja, dat mag}\n"),
        "unknown_key",
        14,
        "rules[1].dat mag",
        "tussen aanhalingstekens",
        "between quotation marks",
    ),
    ("key twice", policy("title: B"), "duplicate_key", 5, "title", "al op regel 4", "already there on line 4"),
    ("both languages", policy("titel: B"), "duplicate_key", 5, "titel", 'hetzelfde als "title"', 'same as "title"'),
    ("key of another kind", policy("say: Ja"), "unknown_key", 5, "say", "kind: solution", "kind: solution"),
    ("list for text", policy("owner: [a, b]"), "wrong_type", 5, "owner", "één tekst", "takes one text"),
    ("section in list", policy("questions:\n  - a: b"), "wrong_type", 6, "questions[1]", "aanhalingstekens", "quotes"),
    ("empty item", policy("tags:\n  - a\n  -\n"), "wrong_type", 7, "tags[2]", "haal hem weg", "remove it"),
    ("empty text", policy("owner: '  '"), "missing", 5, "owner", "Vul het in", "Fill it in"),
    ("no date", policy("valid_from: morgen"), "bad_date", 5, "valid_from", "2026-03-01", "2026-03-01"),
    ("Dutch date", policy("valid_from: 1-3-2026"), "bad_date", 5, "valid_from", "andere volgorde", "another order"),
    ("impossible day", policy("geldig_vanaf: 2026-02-30"), "bad_date", 5, "geldig_vanaf", "kalender", "calendar"),
    (
        "reversed days",
        policy("valid_from: 2026-02-02\nvalid_until: 2026-02-01"),
        "bad_date",
        6,
        "valid_until",
        "Draai ze om",
        "Swap them",
    ),
    ("no body", policy(body="  "), "missing", 2, "", "Schrijf de afspraak", "Write what was agreed"),
    ("no id", policy().replace("id: a\n", ""), "missing", 2, "id", '"id" ontbreekt', '"id" is missing'),
    ("no kind", policy().replace("kind: policy\n", ""), "missing", 2, "kind", "ontbreekt", "is missing"),
    ("no title", policy().replace("title: A\n", "title:\n"), "missing", 4, "title", "ontbreekt", "is missing"),
    ("bad id", policy().replace("id: a", "id: Retour Bon"), "bad_id", 2, "id", "kleine letters", "small letters"),
    ("bad kind", policy().replace("policy", "polcy"), "bad_value", 3, "kind", 'Bedoel je "policy"?', "Did you mean"),
    ("no rules", "---\nid: a\nkind: mandate\ntitle: A\n---\n", "missing", 2, "rules", "ontbreekt", "is missing"),
    ("rules empty", "---\nid: a\nkind: mandate\ntitle: A\nrules: []\n---\n", "missing", 5, "rules", "één", "one"),
    ("rules a text", "---\nid: a\nkind: mandate\ntitle: A\nrules: geen\n---\n", "wrong_type", 5, "rules", "- …", "- …"),
    ("no steps", "---\nid: a\nkind: solution\ntitle: A\n---\n", "missing", 2, "steps", "ontbreekt", "is missing"),
    ("step a text", "---\nid: a\nkind: solution\ntitle: A\nsteps: [a]\n---\n", "wrong_type", 5, "steps[1]", ":", ":"),
    (
        "handover to nobody",
        "---\nid: a\nkind: solution\ntitle: A\nsteps:\n- do: a\n  handover: {within: 2 uur}\n---\n",
        "missing",
        7,
        "steps[1].handover.to",
        '"to" ontbreekt',
        '"to" is missing',
    ),
    ("unknown fact", rule("when: {bedrg: yes}"), "unknown_fact", 16, "rules[1].when.bedrg", '"bedrag"?', '"bedrag"?'),
    ("foreign fact", rule("when: {kleur: 1}"), "unknown_fact", 16, "rules[1].when.kleur", "onder facts", "under facts"),
    ("unknown value", rule("when: {soort: broek}"), "unknown_value", 16, "rules[1].when.soort", "kleding", "kleding"),
    ("near value", rule("when: {soort: kleeding}"), "unknown_value", 16, "rules[1].when.soort", "Bedoel", "Did you"),
    ("bad condition", rule('when: {bedrag: "=< 5"}'), "bad_condition", 16, "rules[1].when.bedrag", '"<= 50"', "50"),
    ("no condition", rule("when: {bedrag: }"), "bad_condition", 16, "rules[1].when.bedrag", "Vul", "Give"),
    ("no values", rule("when: {soort: []}"), "bad_condition", 16, "rules[1].when.soort", "Vul", "Give"),
    ("half days", rule('when: {dagen: "<= 1,5"}'), "bad_condition", 16, "rules[1].when.dagen", "heel getal", "whole"),
    ("perhaps", rule("when: {nieuw: soms}"), "bad_condition", 16, "rules[1].when.nieuw", "yes of no", "yes or no"),
    ("when a text", rule("when: altijd"), "wrong_type", 16, "rules[1].when", "sleutel: waarde", "key: value"),
    ("no may", mandate("- roles: [chef]\n"), "bad_rule", 14, "rules[1].may", '"may: …"', '"may: …"'),
    (
        "may and never",
        mandate("- may: Ja.\n  never: true\n"),
        "bad_rule",
        15,
        "rules[1].never",
        "twee regels",
        "two rules",
    ),
    (
        "never for a role",
        mandate("- never: true\n  roles: [chef]\n"),
        "bad_rule",
        15,
        "rules[1].roles",
        "Haal roles weg",
        "Remove roles",
    ),
    ("may for nobody", mandate("- may: Ja.\n"), "missing", 14, "rules[1].roles", "roles: [...]", "roles: [...]"),
    (
        "never perhaps",
        mandate("- never: soms\n  may: x\n  roles: a\n"),
        "wrong_type",
        14,
        "rules[1].never",
        "yes",
        "yes",
    ),
    (
        "no formula",
        mandate("- roles: a\n  may: Geef {amount}.\n"),
        "bad_amount",
        15,
        "rules[1].may",
        "amount: …",
        "amount",
    ),
    ("formula fault", rule("amount: 2 * bedrg"), "bad_amount", 16, "rules[1].amount", 'Bedoel je "bedrag"', "Did you"),
    (
        "formula of words",
        rule("amount: 2 * soort"),
        "bad_amount",
        16,
        "rules[1].amount",
        "money, number",
        "money, number",
    ),
    ("formula for never", mandate("- never: yes\n  amount: 3\n"), "bad_amount", 15, "rules[1].amount", "may", "may"),
    (
        "limit on a choice",
        mandate("- {roles: a, may: b}\n", "period_limit: {fact: soort, max: 5, per: case, days: 3}\n"),
        "bad_limit",
        15,
        "period_limit.fact",
        "money of number",
        "money or number",
    ),
    (
        "limit without a period",
        mandate("- {roles: a, may: b}\n", "period_limit: {fact: bedrag, max: 5, per: case}\n"),
        "missing",
        15,
        "period_limit.days",
        '"days" ontbreekt',
        '"days" is missing',
    ),
    (
        "limit per week",
        mandate("- {roles: a, may: b}\n", "period_limit: {fact: bedrag, max: 5, per: week, days: 3}\n"),
        "bad_value",
        15,
        "period_limit.per",
        "customer, case",
        "customer, case",
    ),
    (
        "limit of half cents",
        mandate("- {roles: a, may: b}\n", "period_limit: {fact: bedrag, max: 5.0055, per: case, days: 3}\n"),
        "bad_limit",
        15,
        "period_limit.max",
        "nauwkeuriger dan een cent",
        "finer than a cent",
    ),
    (
        "limit of no days",
        mandate("- {roles: a, may: b}\n", "period_limit: {fact: bedrag, max: 5, per: case, days: 0}\n"),
        "bad_limit",
        15,
        "period_limit.days",
        "1 of meer",
        "1 or more",
    ),
    (
        "unknown type",
        "---\nid: a\nkind: mandate\ntitle: A\nfacts:\n  x: {type: moeny}\nrules:\n- {roles: a, may: b}\n---\n",
        "bad_value",
        6,
        "facts.x.type",
        'Bedoel je "money"?',
        'Did you mean "money"?',
    ),
    (
        "values of money",
        "---\nid: a\nkind: mandate\ntitle: A\nfacts: {x: {type: money, values: [b]}}\nrules: [{roles: a, may: b}]\n---",
        "unknown_key",
        5,
        "facts.x.values",
        "type: choice",
        "type: choice",
    ),
    (
        "choice without values",
        "---\nid: a\nkind: mandate\ntitle: A\nfacts:\n  x: {type: choice}\nrules:\n- {roles: a, may: b}\n---\n",
        "missing",
        6,
        "facts.x.values",
        '"values" ontbreekt',
        '"values" is missing',
    ),
    (
        "bad fact name",
        "---\nid: a\nkind: mandate\ntitle: A\nfacts:\n  a=b: {type: money}\nrules:\n- {roles: a, may: b}\n---\n",
        "bad_id",
        6,
        "facts.a=b",
        "Begin met een letter",
        "Begin with a letter",
    ),
    ("no front matter", "# Titel\n\nTekst", "unreadable", 1, "", "regel met ---", "line with ---"),
    ("empty file", "", "unreadable", 1, "", "regel met ---", "line with ---"),
    ("front matter open", "---\nid: a\n", "unreadable", 1, "", "nergens op", "ends nowhere"),
    ("no keys", "---\n---\nTekst", "no_front_matter", 1, "", "id, kind en title", "id, kind and title"),
    ("a list of keys", "---\n- id: a\n---\nTekst", "no_front_matter", 1, "", "id, kind en title", "id, kind and title"),
    ("colon in text", policy("source: a: b"), "unreadable", 5, "", "aanhalingstekens", "in quotes"),
    ("tab", policy("customer:\n\twants: a"), "unreadable", 6, "", "Gebruik spaties", "Use spaces"),
    ("open quote", policy('owner: "a\nsource: b'), "unreadable", 5, "", "sluitende teken", "closing quote"),
    ("open bracket", policy("tags: [a, b\nsource: b"), "unreadable", 5, "", "sluitende haakje", "closing bracket"),
    ("odd sign", policy("owner: @sanne"), "unreadable", 5, "", "aanhalingstekens", "in quotes"),
    ("no colon", policy("owner\nsource: b"), "unreadable", 5, "", "dubbele punt", "with a colon"),
    ("bold text", policy("owner: *sanne"), "unreadable", 5, "", '"sanne" bestaat niet', '"sanne" does not exist'),
    ("tag", policy("owner: !sanne a"), "unreadable", 5, "", "YAML-opdracht", "YAML tag"),
    ("Python object", policy("owner: !!python/object:os.system a"), "unreadable", 5, "", "YAML-opdracht", "YAML tag"),
    ("backslash", policy('owner: "c:\\quit"'), "unreadable", 5, "", "enkele aanhalingstekens", "single quotes"),
    ("control sign", policy("owner: a\x07b"), "unreadable", 5, "", "U+0007", "U+0007"),
    ("control sign below", policy(body="a\n\x00"), "unreadable", 8, "", "U+0000", "U+0000"),
    ("escaped control sign", policy('owner: "a\\x00"'), "unreadable", 5, "", "U+0000", "U+0000"),
    ("too deep", policy("tags: " + "[" * 30 + "]" * 30), "unreadable", 5, "", "te veel lagen", "too many levels"),
    ("list as key", policy("? [a]\n: b"), "unreadable", 5, "", "geen lijst", "not a list"),
    ("far too long", "---\n" + "x" * LONGEST, "too_large", 1, "", "Splits", "Split"),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "field", "nl", "en"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_fault_is_named_with_its_line_field_and_remedy(
    text: str, code: str, line: int | None, field: str, nl: str, en: str
) -> None:
    fault = the_fault(text)
    assert (fault.code, fault.line, fault.field, fault.severity) == (code, line, field, "error")
    assert nl in fault.text("nl")
    assert en in fault.text("en")


def test_anchors_that_unfold_too_far_are_refused() -> None:
    rows = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
    fault = faults(policy(f"a0: &a0 [x]\n{rows}"))[0]
    assert "Schrijf de waarden voluit" in fault.text("nl")


@pytest.mark.parametrize("deep", ["- ", "[", "{a: ", "? ", "- - ["])
def test_deep_nesting_does_not_exhaust_the_stack(deep: str) -> None:
    assert faults(f"---\n{deep * 50_000}\n---\n")


def test_several_faults_are_all_named_in_the_order_of_the_file() -> None:
    findings = faults("---\nid: A B\nkind: policy\ntitle: A\nvalid_from: x\nonzin: 1\nvalid_until: y\n---\nTekst")
    assert [finding.line for finding in findings] == [2, 5, 6, 7]


def test_a_broken_fact_is_not_blamed_on_the_rules_that_use_it() -> None:
    fault = the_fault(
        "---\nid: a\nkind: mandate\ntitle: A\nfacts:\n  x: {type: geldd}\nrules:\n"
        "- {roles: a, when: {x: 1}, may: 'b {amount}', amount: 2 * x}\n"
        "period_limit: {fact: x, max: 1, per: case, days: 1}\n---\n"
    )
    assert fault.field == "facts.x.type"


def test_findings_name_the_entry_that_they_are_about() -> None:
    assert the_fault(policy("onzin: 1")).entry == "a"


def test_an_amount_that_is_never_shown_is_worth_a_look_and_stops_nothing() -> None:
    entry, findings = read_entry(rule("amount: 10% * bedrag"))
    assert entry is not None
    assert [(finding.severity, finding.code, finding.line) for finding in findings] == [
        ("warning", "amount_not_shown", 15)
    ]


def test_a_place_that_is_not_filled_in_is_worth_a_look() -> None:
    entry, findings = read_entry(mandate("- roles: a\n  may: Geef {bedrag} terug.\n"))
    assert entry is not None
    assert [(finding.severity, finding.code, finding.field) for finding in findings] == [
        ("warning", "unknown_place", "rules[1].may")
    ]
    assert "{bedrag}" in findings[0].text("nl")
    assert "{amount}" in findings[0].text("en")


def test_a_field_is_found_again_in_the_spelling_of_its_author() -> None:
    assert locate(DUTCH, "rules[2].instead") == (39, "regels[2].wel")
    assert locate(ENGLISH, "rules[2].instead") == (38, "rules[2].instead")
    assert locate(DUTCH, "rules[1].when.bedrag") == (34, "regels[1].when.bedrag")
    assert locate(DUTCH, "related[1]") == (15, "zie_ook")
    assert locate(DUTCH, "rules[9].may") == (32, "regels")
    assert locate("geen kop", "rules[1]") == (None, "rules[1]")


# ---------------------------------------------------------------------------------------------- writing

WORD = st.text(alphabet=string.ascii_lowercase + string.digits, min_size=1, max_size=8)
IDS = st.lists(WORD, min_size=1, max_size=3).map("-".join)
EDGY = st.sampled_from(
    [
        *"yes|no|on|null|~|2026-01-01|4.2|- a|a: b|a #b|# a|'a|[a|{a}|a, b|*a|&a|!a|%a|@a|`a`|? a|: a|a:|<<".split("|"),
        *(
            "|",
            "a\nb",
            "a\n  b\n\nc",
            "a\n\tb",
            "ja\n---\nnee",
            "a\u2028b",
            "a\x85b",
            "a\u00a0b",
            "a\ufeffb",
            "x" * 200,
        ),
        *("---", "...", ">", "=", "é€😀", "a\\", "\\n", '"a"'),
    ]
)
PRINTABLE = st.characters(exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n\t\x85")
LOOSE = st.text(alphabet=PRINTABLE, min_size=1, max_size=40)


def as_read(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


TEXTS = st.one_of(EDGY, LOOSE).map(as_read).filter(bool).filter(lambda text: "{amount}" not in text)
LINES = TEXTS.map(lambda text: " ".join(text.split()))
BODIES = st.lists(TEXTS, max_size=3).map("\n\n".join).map(as_read)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FACT_NAMES = st.from_regex(r"[a-zé][a-zé0-9_-]{0,8}( [a-z]{1,5})?", fullmatch=True)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], least: int = 0, unique: bool = False) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=3, unique=unique).map(tuple)


@st.composite
def common(draw: st.DrawFn) -> dict[str, Any]:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return {
        "id": draw(IDS),
        "title": draw(TEXTS),
        "owner": draw(optional(TEXTS)),
        "department": draw(optional(TEXTS)),
        "audience": draw(some(TEXTS, unique=True)),
        "valid_from": draw(st.sampled_from([None, first])),
        "valid_until": draw(st.sampled_from([None, last])),
        "review_by": draw(optional(DAYS)),
        "source": draw(optional(TEXTS)),
        "questions": draw(some(TEXTS)),
        "tags": draw(some(TEXTS)),
        "journey": draw(optional(TEXTS)),
        "related": draw(some(IDS)),
    }


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from(FactType))
    yesno, choice = kind is FactType.YESNO, kind is FactType.CHOICE
    return Fact(
        name=draw(FACT_NAMES),
        type=kind,
        ask=draw(TEXTS),
        yes=draw(some(TEXTS)) if yesno else (),
        no=draw(some(TEXTS)) if yesno else (),
        values=draw(st.dictionaries(LINES, some(TEXTS), min_size=1, max_size=3)) if choice else {},
    )


def whole_or_cents(kind: FactType) -> st.SearchStrategy[Decimal]:
    places = 0 if kind is FactType.DAYS else 2
    return st.decimals(0, 100, places=places)


@st.composite
def conditions_on(draw: st.DrawFn, fact: Fact) -> Condition:
    if fact.type is FactType.YESNO:
        return OneOf(tuple(draw(st.lists(st.booleans(), min_size=1, max_size=2, unique=True))))
    if fact.type is FactType.CHOICE:
        return OneOf(tuple(draw(st.lists(st.sampled_from(list(fact.values)), min_size=1, unique=True))))
    low, high = sorted((draw(whole_or_cents(fact.type)), draw(whole_or_cents(fact.type))))
    ends = draw(st.booleans())
    several = draw(st.lists(whole_or_cents(fact.type), min_size=2, max_size=3, unique=True))
    forms: list[Condition] = [
        Between(low, high),
        Between(low, with_low=ends),
        Between(high=high, with_high=ends),
        OneOf(tuple(several)),
    ]
    return draw(st.sampled_from(forms))


@st.composite
def rules(draw: st.DrawFn, known: tuple[Fact, ...]) -> Rule:
    chosen = draw(st.lists(st.sampled_from(known), unique_by=lambda fact: fact.name)) if known else []
    when = {fact.name: draw(conditions_on(fact)) for fact in chosen}
    because, instead = draw(optional(TEXTS)), draw(optional(IDS))
    if draw(st.booleans()):
        return Rule(when=when, never=True, because=because, instead=instead)
    numeric = [fact.name for fact in known if fact.type not in (FactType.YESNO, FactType.CHOICE)]
    amount = f"min(10% * {draw(st.sampled_from(numeric))}, 25)" if numeric and draw(st.booleans()) else None
    may = draw(TEXTS) + (" {amount}" if amount else "")
    return Rule(draw(some(TEXTS, 1, unique=True)), when, may, because=because, instead=instead, amount=amount)


@st.composite
def mandates(draw: st.DrawFn) -> Mandate:
    known = tuple(draw(st.lists(facts(), max_size=4, unique_by=lambda fact: fact.name)))
    countable = [fact.name for fact in known if fact.type in (FactType.MONEY, FactType.NUMBER)]
    limits = st.builds(
        PeriodLimit,
        st.sampled_from(countable or [""]),
        st.decimals(0, 10**6, places=2),
        st.sampled_from(["customer", "case"]),
        st.integers(1, 999),
        some(TEXTS, unique=True),
    )
    base = draw(common())
    return Mandate(
        **base,
        body=draw(BODIES),
        action=draw(st.sampled_from([base["id"], draw(TEXTS)])),
        facts=known,
        rules=draw(some(rules(known), 1)),
        period_limit=draw(optional(limits)) if countable else None,
    )


HANDOVERS = st.builds(Handover, TEXTS, optional(TEXTS), some(TEXTS))
STEPS = st.builds(Step, TEXTS, optional(IDS), optional(HANDOVERS))
CUSTOMERS = st.builds(Customer, optional(TEXTS), optional(TEXTS), optional(TEXTS))
POLICIES = st.builds(lambda base, body: Policy(**base, body=body), common(), BODIES.filter(bool))
SOLUTIONS = st.builds(
    lambda base, body, **own: Solution(**base, body=body, **own),
    common(),
    BODIES,
    customer=CUSTOMERS,
    say=optional(TEXTS),
    steps=some(STEPS, 1),
    next=some(IDS),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(POLICIES, SOLUTIONS, mandates()))
def test_what_is_written_reads_back_equal(entry: KnowledgeEntry) -> None:
    text = write_entry(entry)
    assert sound(text) == entry
    assert write_entry(sound(text)) == text


def test_writing_is_canonical_and_readable() -> None:
    written = write_entry(sound(DUTCH))
    assert written == write_entry(sound(ENGLISH))
    assert 'when: {bedrag: "<= 50", ongebruikt: yes, soort: kleding}' in written
    assert [line.split(":")[0] for line in written.split("\n") if line[:1].isalpha() and ":" in line] == [
        *("id", "kind", "title", "owner", "department", "audience", "valid_from", "valid_until", "review_by"),
        *("source", "questions", "tags", "journey", "related", "action", "facts", "rules", "period_limit"),
    ]


def test_quotes_stand_only_where_yaml_needs_them() -> None:
    entry = Policy(id="a", title="Klant zegt: nee", body="x", owner="sanne@example.com", source="€ 4,20 per # stuk")
    assert write_entry(entry) == (
        '---\nid: a\nkind: policy\ntitle: "Klant zegt: nee"\nowner: sanne@example.com\n'
        'source: "€ 4,20 per # stuk"\n---\nx\n'
    )


def test_a_text_of_several_lines_is_written_as_a_block() -> None:
    assert "title: |-\n  Een\n\n    twee\n" in write_entry(Policy(id="a", title="Een\n\n  twee", body="x"))


# ---------------------------------------------------------------------------------------------- fuzzing


def mutations(text: str) -> st.SearchStrategy[str]:
    """The text with a piece cut out, put in or doubled."""
    pieces = st.sampled_from(
        ["\n", "  ", "- ", ": ", "[", "}", '"', "'", "\t", "&a ", "*a", "!", "|", "yes", "\x00", "{amount}"]
    )
    places = st.integers(0, len(text))

    def changed(first: int, second: int, piece: str, how: Callable[[str, str, str, str], str]) -> str:
        low, high = sorted((first, second))
        return how(text[:low], text[low:high], text[high:], piece)

    ways: list[Callable[[str, str, str, str], str]] = [
        lambda before, part, after, piece: before + after,
        lambda before, part, after, piece: before + piece + part + after,
        lambda before, part, after, piece: before + part + part + after,
        lambda before, part, after, piece: before + piece * 30 + after,
    ]
    return st.builds(changed, places, places, pieces, st.sampled_from(ways))


@settings(max_examples=300, deadline=None)
@given(st.one_of(mutations(ENGLISH), mutations(DUTCH), mutations(SOLUTION), st.text(max_size=200)))
def test_whatever_is_put_in_comes_out_as_an_entry_or_as_findings(text: str) -> None:
    entry, findings = read_entry(text, "x.md")
    assert (entry is None) == any(finding.severity == "error" for finding in findings)
    for finding in findings:
        assert finding.text("nl")
        assert finding.text("en")
        assert finding.line is None or 1 <= finding.line <= text.count("\n") + text.count("\r") + 2
    if entry:
        assert sound(write_entry(entry)) == entry


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=12,
    )
)
def test_any_structure_under_any_key_gives_findings_only(value: object) -> None:
    for key in ("title", "facts", "rules", "steps", "customer", "audience", "period_limit", "valid_from"):
        for kind in ("policy", "mandate", "solution"):
            text = f"---\nid: a\nkind: {kind}\n{key}: {json.dumps(value)}\n---\n"
            entry, findings = read_entry(text)
            assert entry is None or not any(finding.severity == "error" for finding in findings)
