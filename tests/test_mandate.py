"""Deciding, held against the contract step by step; and the one sentence that explains it, held to be true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot import content
from copilot import mandate as engine
from copilot.domain import (
    NONE_OF_THESE,
    Between,
    Decision,
    Fact,
    FactType,
    FactValue,
    Granted,
    Mandate,
    OneOf,
    Organisation,
    Outcome,
    PeriodLimit,
    Role,
    Rule,
    Status,
    Why,
)
from copilot.entryfile import read_entry
from copilot.errors import UsageError
from copilot.factvalues import parse_value, show_number

DAY = date(2026, 11, 22)

LINE = (Role("m", "Medewerker"), Role("t", "Teamleider", ("m",)), Role("v", "Vestigingsmanager", ("t",)))
FORK = (
    Role("m", "Medewerker"),
    Role("s", "Specialist", ("m",)),
    Role("t", "Teamleider", ("m",)),
    Role("v", "Vestigingsmanager", ("t", "s")),
)
TWINS = (Role("t", "Teamleider", ("m",)), Role("p", "Purser", ("m", "c")), Role("m", "Balie"), Role("c", "Cabine"))
GRAPHS = tuple(Organisation(id="o", name="O", roles=roles) for roles in (LINE, FORK, TWINS))

FACTS = (
    Fact("bedrag", FactType.MONEY, "Hoeveel?"),
    Fact("nieuw", FactType.YESNO, "Nieuw?"),
    Fact("soort", FactType.CHOICE, "Wat?", values={"kleding": (), "apparaat": (), "boek": ()}),
    Fact("dagen", FactType.DAYS, "Hoe lang?"),
    Fact("korting", FactType.PERCENT, "Hoeveel procent?"),
    Fact("aantal", FactType.NUMBER, "Hoeveel?"),
)
ENDS = {
    FactType.MONEY: ("0", "10", "10.01", "50"),
    FactType.DAYS: ("0", "1", "14", "15"),
    FactType.PERCENT: ("0", "10", "12.5", "100"),
    FactType.NUMBER: ("0", "1", "2", "2.5"),
}


@st.composite
def ranges(draw: st.DrawFn, kind: FactType) -> Between:
    ends = sorted(draw(st.lists(st.sampled_from(ENDS[kind]).map(Decimal), min_size=1, max_size=2)))
    shape = (
        draw(st.sampled_from(("up to", "from", "between")))
        if len(ends) == 2
        else draw(st.sampled_from(("up to", "from", "exactly")))
    )
    closed = draw(st.booleans())
    if shape == "up to":
        return Between(high=ends[-1], with_high=closed)
    if shape == "from":
        return Between(low=ends[0], with_low=closed)
    return Between(ends[0], ends[-1])


def conditions(fact: Fact) -> st.SearchStrategy[Between | OneOf]:
    if fact.type is FactType.YESNO:
        return st.sampled_from([OneOf((True,)), OneOf((False,)), OneOf((True, False))])
    if fact.type is FactType.CHOICE:
        return st.lists(st.sampled_from(list(fact.values)), min_size=1, max_size=2, unique=True).map(
            lambda values: OneOf(tuple(values))
        )
    exact = st.lists(st.sampled_from(ENDS[fact.type]).map(Decimal), min_size=2, max_size=3, unique=True)
    return ranges(fact.type) | exact.map(lambda values: OneOf(tuple(values)))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Mandate, Organisation, list[str], dict[str, FactValue], Decimal]:
    """A small mandate, an organisation, an asker, what he knows and what was granted before."""
    organisation = draw(st.sampled_from(GRAPHS))
    role_ids = [role.id for role in organisation.roles]
    chosen = draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=3, unique_by=lambda fact: fact.name))
    facts = tuple(chosen)
    rules = []
    for place in range(draw(st.integers(1, 5))):
        on = draw(st.lists(st.sampled_from(facts), max_size=2, unique_by=lambda fact: fact.name))
        when = {fact.name: draw(conditions(fact)) for fact in on}
        if draw(st.integers(0, 4)) == 0:
            rules.append(Rule(when=when, never=True, because=f"Nee {place}."))
        else:
            roles = tuple(draw(st.lists(st.sampled_from(role_ids), min_size=1, max_size=2, unique=True)))
            rules.append(Rule(roles=roles, when=when, may=draw(st.sampled_from(["Geef A.", "Geef B.", "Geef C."]))))
    limited = [fact for fact in facts if fact.type in (FactType.MONEY, FactType.NUMBER)]
    limit, already = None, Decimal(0)
    if limited and draw(st.booleans()):
        bound = tuple(draw(st.lists(st.sampled_from(role_ids), max_size=2, unique=True)))
        limit = PeriodLimit(limited[0].name, Decimal(draw(st.sampled_from(["5", "20", "40"]))), "customer", 30, bound)
        already = Decimal(draw(st.sampled_from(["0", "4", "10", "60"])))
    known = {fact.name: draw(known_values(fact)) for fact in facts if draw(st.integers(0, 2)) == 0}
    asker = draw(st.lists(st.sampled_from(role_ids), min_size=1, max_size=2, unique=True))
    entry = Mandate(
        id="e", title="E", action="e", facts=facts, rules=tuple(rules), period_limit=limit, owner="eva@example.com"
    )
    return entry, organisation, asker, known, already


def known_values(fact: Fact) -> st.SearchStrategy[FactValue]:
    if fact.type is FactType.YESNO:
        return st.booleans()
    if fact.type is FactType.CHOICE:
        return st.sampled_from([*fact.values, *fact.values, NONE_OF_THESE])
    whole = fact.type is FactType.DAYS
    exact = st.sampled_from([Decimal(end) for end in (*ENDS[fact.type], "7", *(() if whole else ("11.5",)))])
    wide = ranges(fact.type).filter(lambda value: value.low is None or value.low != value.high)
    sensible = wide.filter(lambda value: value.with_high or value.high != 0).filter(
        lambda value: fact.type is not FactType.PERCENT or value.low != 100
    )
    return exact | sensible


def decide(
    entry: Mandate,
    organisation: Organisation = GRAPHS[0],
    roles: str = "m",
    facts: Mapping[str, Any] | None = None,
    *,
    already: str | Decimal = "0",
    on: date = DAY,
    language: str = "nl",
) -> Decision:
    """Facts as a colleague would give them."""
    given = {
        name: parse_value(fact, value) if isinstance(value, str) and (fact := entry.fact(name)) else value
        for name, value in (facts or {}).items()
    }
    granted = (Granted(Decimal(already), on),)
    return engine.decide(entry, organisation, roles.split(), on, given, granted=granted, language=language)


# ------------------------------------------------------------------------------ the contract, step by step

RETURN = """\
---
id: retour-zonder-bon
kind: mandate
title: Retour zonder kassabon
owner: sanne@example.com
facts:
  bedrag: {type: money, ask: Wat is het aankoopbedrag?}
  ongebruikt: {type: yesno, ask: Is het artikel ongebruikt?}
  soort:
    type: choice
    ask: Om wat voor artikel gaat het?
    values: {kleding: [broek, trui, jas], elektronica: [telefoon, laptop]}
rules:
  - roles: [m]
    when: {bedrag: "<= 50", ongebruikt: yes, soort: [kleding]}
    may: Geef een tegoedbon ter waarde van het aankoopbedrag.
  - roles: [t]
    when: {bedrag: "<= 250", ongebruikt: yes}
    may: Geef een tegoedbon of het geld terug.
  - never: true
    when: {ongebruikt: no}
    because: Gebruikte artikelen nemen we zonder bon niet terug.
    instead: garantie-aanvragen
  - roles: [m]
    when: {soort: elektronica}
    may: Geef een tegoedbon van {amount}.
    amount: min(10% * bedrag, 25)
period_limit: {fact: bedrag, max: 150, per: customer, days: 30}
---
"""


def mandate(text: str = RETURN, **changes: Any) -> Mandate:
    entry, findings = read_entry(text)
    assert isinstance(entry, Mandate), [finding.text("nl") for finding in findings]
    return replace(entry, **changes)


KNOWN = {"bedrag": "40", "ongebruikt": "ja", "soort": "kleding"}
MORE = {**KNOWN, "bedrag": "75"}


def test_the_example_of_the_contract_is_allowed() -> None:
    found = decide(mandate(), facts=KNOWN)
    assert (found.outcome, found.approver, found.rule) == (Outcome.ALLOWED, None, 1)
    assert found.options == ("Geef een tegoedbon ter waarde van het aankoopbedrag.",)
    assert found.facts == {"bedrag": Decimal(40), "ongebruikt": True, "soort": "kleding"}
    assert (found.missing, found.asking, found.instead) == ((), None, None)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"status": Status.DRAFT}, "Er is geen mandaat"),
        ({"status": Status.RETIRED}, "Er is geen mandaat"),
        ({"audience": ("t",)}, "Er is geen mandaat"),
        ({"valid_from": date(2026, 11, 23)}, "geldt vanaf 23 november 2026"),
        ({"valid_until": date(2026, 11, 21)}, "gold tot en met 21 november 2026"),
    ],
)
def test_step_1_only_what_lives_decides(changes: dict[str, Any], because: str) -> None:
    found = decide(mandate(**changes), facts=KNOWN)
    assert (found.outcome, found.options, found.rule) == (Outcome.DENIED, (), None)
    assert because in found.because


def test_step_1_the_first_and_the_last_day_count() -> None:
    on_the_day = mandate(valid_from=DAY, valid_until=DAY)
    assert decide(on_the_day, facts=KNOWN).outcome is Outcome.ALLOWED


def test_step_1_what_may_not_be_seen_tells_nothing_of_itself() -> None:
    hidden = mandate(audience=("t",))
    found = decide(hidden, facts={"geheim": "40"})
    assert (found.outcome, dict(found.facts), found.missing) == (Outcome.DENIED, {}, ())
    assert decide(hidden, roles="v", facts=KNOWN).outcome is Outcome.ALLOWED


def test_step_2_never_wins_from_every_may_for_everybody() -> None:
    for role in ("m", "t", "v"):
        found = decide(mandate(), roles=role, facts={**KNOWN, "ongebruikt": "nee"})
        assert (found.outcome, found.approver, found.rule) == (Outcome.DENIED, None, 3)
        assert found.because == "Gebruikte artikelen nemen we zonder bon niet terug."
        assert found.instead == "garantie-aanvragen"


def test_step_2_the_first_never_in_the_file_gives_the_reason() -> None:
    two = mandate(rules=(Rule(never=True, because="Een.", instead="a"), Rule(never=True, because="Twee.", instead="b")))
    assert (decide(two).because, decide(two).instead) == ("Een.", "a")


def test_step_3_options_stand_side_by_side_in_the_order_of_the_file_and_equal_texts_once() -> None:
    rules = (
        Rule(("t",), {}, "Geef B."),
        Rule(("m",), {}, "Geef A."),
        Rule(("v",), {}, "Geef C."),
        Rule(("m",), {}, "Geef B."),
    )
    assert decide(mandate(rules=rules, period_limit=None), roles="t").options == ("Geef B.", "Geef A.")


def test_step_4_the_nearest_role_above_that_may_is_asked() -> None:
    found = decide(mandate(), facts={**KNOWN, "bedrag": "75"})
    assert (found.outcome, found.approver) == (Outcome.APPROVAL, "t")
    assert found.options == ("Geef een tegoedbon of het geld terug.",)


FORKS = [
    ("m", "s", "t"),  # both one step up: the first in the organisation
    ("m", "v", "v"),
    ("s", "t", "v"),  # the manager is above the specialist himself, and covers the team lead
    ("s", "v", "v"),
    ("t s", "v", "v"),
]


@pytest.mark.parametrize(("roles", "holder", "approver"), FORKS)
def test_step_4_in_a_fork_the_line_is_asked(roles: str, holder: str, approver: str) -> None:
    holders = (holder, "t") if holder == "s" else (holder,)
    entry = mandate(rules=(Rule(holders, {}, "Beslis."),), period_limit=None)
    ordered = replace(GRAPHS[1], roles=(FORK[0], FORK[2], FORK[1], FORK[3]))
    assert decide(entry, ordered, roles).approver == approver


def test_step_4_a_specialist_beside_the_line_asks_the_team_lead_of_the_line() -> None:
    beside = replace(GRAPHS[1], roles=(FORK[0], FORK[1], FORK[2], Role("v", "Vestigingsmanager", ("t",))))
    entry = mandate(rules=(Rule(("t",), {}, "Beslis."),), period_limit=None)
    assert decide(entry, beside, "s").approver == "t"


def test_several_roles_of_one_asker_add_up() -> None:
    rules = (Rule(("s",), {}, "Geef S."), Rule(("t",), {}, "Geef T."))
    found = decide(mandate(rules=rules, period_limit=None), GRAPHS[1], "s t")
    assert (found.outcome, found.options) == (Outcome.ALLOWED, ("Geef S.", "Geef T."))


def test_step_5_nobody_has_it_and_the_owner_is_named() -> None:
    found = decide(mandate(), facts={**KNOWN, "bedrag": "300"})
    assert (found.outcome, found.why, found.options) == (Outcome.DENIED, Why.NOT_COVERED, ())
    assert "sanne@example.com" in found.because


def test_step_6_a_fact_that_cannot_change_the_outcome_is_not_asked() -> None:
    found = decide(mandate(), roles="t", facts={"bedrag": "40", "ongebruikt": "ja"})
    assert found.outcome is Outcome.ALLOWED
    assert found.options == ("Geef een tegoedbon of het geld terug.",)
    said = {each.option: each.condition for each in found.depending}
    assert said == {
        "Geef een tegoedbon ter waarde van het aankoopbedrag.": "Om wat voor artikel gaat het? Kleding",
        "Geef een tegoedbon van € 4,00.": "Om wat voor artikel gaat het? Elektronica",
    }


def test_step_6_asks_what_decides_most_with_the_ranges_between_the_thresholds() -> None:
    rules = (
        Rule(("m",), {"bedrag": Between(high=Decimal(50)), "ongebruikt": OneOf((True,))}, "A."),
        Rule(("t",), {"bedrag": Between(high=Decimal(250)), "ongebruikt": OneOf((True,))}, "B."),
        Rule(never=True, when={"ongebruikt": OneOf((False,))}),
    )
    found = decide(mandate(rules=rules, period_limit=None))
    assert (found.outcome, found.why, found.missing) == (None, Why.NEEDS_FACT, ("bedrag", "ongebruikt"))
    assert found.asking is not None
    assert [choice.label for choice in found.asking.choices] == [
        "tot en met € 50,00",
        "€ 50,01 tot en met € 250,00",
        "meer dan € 250,00",
    ]
    for choice, outcome in zip(found.asking.choices, (Outcome.ALLOWED, Outcome.APPROVAL, Outcome.DENIED), strict=True):
        facts = {"bedrag": choice.value, "ongebruikt": "ja"}
        assert decide(mandate(rules=rules, period_limit=None), facts=facts).outcome is outcome


def test_step_7_a_fact_that_only_an_amount_needs_is_asked_once_the_option_is_certain() -> None:
    free = mandate(period_limit=None)
    asked = decide(free, facts={"ongebruikt": "ja", "soort": "elektronica"})
    assert (asked.outcome, asked.asking.fact if asked.asking else None) == (None, "bedrag")
    told = decide(free, facts={"ongebruikt": "ja", "soort": "elektronica", "bedrag": "99,95"})
    assert (told.amount, told.options[-1]) == (Decimal("10.00"), "Geef een tegoedbon van € 10,00.")
    english = decide(free, facts={"ongebruikt": "ja", "soort": "elektronica", "bedrag": "99.95"}, language="en")
    assert "€10.00" in english.options[-1]


def test_step_7_no_fact_is_asked_twice_where_ranges_are_tapped() -> None:
    facts = (Fact("uren", FactType.NUMBER, "Hoeveel uur?"), Fact("gasten", FactType.NUMBER, "Hoeveel gasten?"))
    when = {"uren": Between(low=Decimal(2)), "gasten": Between(high=Decimal(8))}
    rules = (Rule(("m",), when, "Geef samen {amount}.", amount="gasten * min(uren * 5, 20)"),)
    entry = mandate(facts=facts, rules=rules, period_limit=None)
    known: dict[str, str] = {}
    while (found := decide(entry, facts=known)).asking:
        assert found.asking.fact not in known
        settling = (each.value for each in found.asking.choices)
        known[found.asking.fact] = next(each for each in settling if each in (">= 2", "0 .. 8"))
    assert (found.outcome, found.amount) == (Outcome.ALLOWED, None)
    assert found.options == ("Geef samen gasten keer (uren keer € 5,00, maar hoogstens € 20,00).",)


def test_step_7_an_amount_that_divides_by_zero_is_said_not_guessed() -> None:
    rules = (Rule(("m",), {}, "Geef {amount}.", amount="100 / bedrag"),)
    found = decide(mandate(rules=rules, period_limit=None), facts={"bedrag": "0"})
    assert (found.amount, found.options) == (None, ("Geef een bedrag dat hier niet uit te rekenen is.",))


@pytest.mark.parametrize(
    ("already", "roles", "limit_roles", "outcome", "approver"),
    [
        ("110", "m", (), Outcome.ALLOWED, None),
        ("110.01", "m", (), Outcome.DENIED, None),
        ("110.01", "m", ("m",), Outcome.APPROVAL, "t"),
        ("110.01", "t", ("m",), Outcome.ALLOWED, None),
        ("110.01", "t", ("t",), Outcome.APPROVAL, "v"),
    ],
)
def test_step_8_the_period_limit_counts_what_was_granted(
    already: str, roles: str, limit_roles: tuple[str, ...], outcome: Outcome, approver: str | None
) -> None:
    entry = mandate()
    assert entry.period_limit is not None
    entry = replace(entry, period_limit=replace(entry.period_limit, roles=limit_roles))
    found = decide(entry, roles=roles, facts=KNOWN, already=already)
    assert (found.outcome, found.approver) == (outcome, approver)
    assert ("sanne@example.com" in found.because) == (outcome is Outcome.DENIED)


def test_no_value_fits_is_not_covered_and_never_a_guess() -> None:
    found = decide(mandate(), facts={"soort": "geen van deze"})
    assert (found.outcome, found.why) == (Outcome.DENIED, Why.NOT_COVERED)


def test_a_rule_without_when_always_matches() -> None:
    assert decide(mandate(rules=(Rule(("m",), {}, "Doe."),), period_limit=None)).outcome is Outcome.ALLOWED


def test_a_percentage_in_a_formula_counts_as_a_hundredth() -> None:
    facts = (Fact("deel", FactType.PERCENT, "?"), Fact("bedrag", FactType.MONEY, "?"))
    entry = mandate(facts=facts, rules=(Rule(("m",), {}, "Geef {amount}.", amount="deel * bedrag"),), period_limit=None)
    assert decide(entry, facts={"deel": "10%", "bedrag": "250"}).amount == Decimal("25.00")


# --------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("roles", "facts", "says"),
    [
        ("directeur", {}, ("directeur", "Kies uit")),
        ("m", {"prijs": "40"}, ("prijs", "bedrag, ongebruikt, soort")),
        ("m", {"bedrag": "veel"}, ("veel", "bedrag")),
        ("m", {"bedrag": "-4"}, ("-4", "0 of meer")),
        ("m", {"bedrag": "4.999"}, None),
        ("m", {"bedrag": "4,99999"}, ("4,99999",)),
        ("m", {"bedrag": ""}, ("bedrag",)),
        ("m", {"bedrag": "50 .. 10"}, ("bedrag",)),
        ("m", {"bedrag": "ja"}, ("ja", "bedrag")),
        ("m", {"ongebruikt": "misschien"}, ("misschien", "ja of nee")),
        ("m", {"soort": "meubel"}, ("meubel", "kleding, elektronica")),
        ("m", {"soort": True}, ("soort",)),
        ("m", {"bedrag": Decimal("NaN")}, ("bedrag",)),
        ("m", {"bedrag": Decimal("1.005")}, ("bedrag",)),
        ("m", {"bedrag": Decimal(10) ** 40}, ("bedrag",)),
        ("m", {"bedrag": Decimal("1e999999")}, ("bedrag",)),
    ],
)
def test_wrong_input_is_one_clear_sentence(roles: str, facts: dict[str, Any], says: tuple[str, ...] | None) -> None:
    if says is None:
        assert decide(mandate(), roles=roles, facts=facts).facts == {"bedrag": Decimal(4999)}
        return
    with pytest.raises(UsageError) as refusal:
        decide(mandate(), roles=roles, facts=facts)
    for part in says:
        assert part in refusal.value.text("nl")
    assert "{" not in refusal.value.text("en")


def test_an_organisation_whose_roles_go_round_in_a_ring_still_answers() -> None:
    ring = Organisation(id="o", name="O", roles=(Role("m", "M", ("t",)), Role("t", "T", ("m",))))
    entry = mandate(rules=(Rule(("t",), {}, "Doe."),), period_limit=None)
    assert decide(entry, ring).outcome is Outcome.ALLOWED


# ------------------------------------------------------------------------------------- the one sentence


def figures_of(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


@settings(max_examples=1500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(worlds(), st.sampled_from(["nl", "en"]))
def test_every_figure_in_the_reason_stands_in_the_rules_or_the_facts(
    world: tuple[Mandate, Organisation, list[str], dict[str, FactValue], Decimal], language: str
) -> None:
    entry, organisation, roles, known, already = world
    granted = (Granted(already, DAY),)
    found = engine.decide(entry, organisation, roles, DAY, known, granted=granted, language=language)
    shown = [show_number(fact, value, language, "EUR") for fact in entry.facts for value in numbers(fact, entry, known)]
    limit = entry.period_limit
    if limit and (fact := entry.fact(limit.fact)):
        shown += [show_number(fact, value, language, "EUR") for value in (limit.max, already)] + [str(limit.days)]
    reasons = " ".join(rule.because or "" for rule in entry.rules)
    assert figures_of(found.because) <= figures_of(" ".join(shown) + reasons + " ".join(f.ask for f in entry.facts))
    assert found.because
    assert "None" not in found.because


@settings(max_examples=1500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_a_limit_that_is_said_to_be_the_askers_own_is_so_for_every_value_within_it(
    world: tuple[Mandate, Organisation, list[str], dict[str, FactValue], Decimal],
) -> None:
    entry, organisation, roles, known, already = world
    granted = (Granted(already, DAY),)
    found = engine.decide(entry, organisation, roles, DAY, known, granted=granted)
    said = re.match(r"Tot en met (€ [\d.,]+) mag je dit zelf", found.because)
    money = entry.fact("bedrag")
    if said and money:
        limit = parse_value(money, said[1])
        assert isinstance(limit, Decimal)
        for value in (Decimal(0), min(limit, Decimal("0.01")), min(limit, Decimal("10.01")), limit):
            within = engine.decide(entry, organisation, roles, DAY, {**known, "bedrag": value}, granted=granted)
            assert within.outcome is Outcome.ALLOWED


@pytest.mark.parametrize(
    ("roles", "facts", "language", "because"),
    [
        ("m", KNOWN, "nl", "Is het artikel ongebruikt? Ja. Om wat voor artikel gaat het? Kleding. Tot en met € 50,00 "
         "mag je dit dan zelf; dit is € 40,00."),
        ("t", {**KNOWN, "bedrag": "75"}, "nl", "Is het artikel ongebruikt? Ja. Tot en met € 250,00 mag je dit "
         "dan zelf; dit is € 75,00."),
        ("m", MORE, "nl", "Tot en met € 50,00 mag je dit zelf; dit is € 75,00, dus vraag je teamleider."),
        ("m", MORE, "en", "Up to and including €50.00 you may do this yourself; this is €75.00, so ask your "
         "teamleider."),
        ("m", {**KNOWN, "bedrag": "300"}, "nl", "Voor dit geval heeft nog niemand een mandaat. Leg het voor aan "
         "sanne@example.com."),
    ],
)  # fmt: skip
def test_the_reason_reads_as_a_colleague_speaks(roles: str, facts: dict[str, str], language: str, because: str) -> None:
    free = mandate(period_limit=None)
    assert decide(free, roles=roles, facts=facts, language=language).because == because


@pytest.mark.parametrize(
    ("ask", "kilo", "because"),
    [
        ("Hoeveel kilo te zwaar is de koffer?", 4, "Tot en met 5 kilo mag je dit zelf; dit is 4 kilo."),
        ("Hoeveel kilo te zwaar is de koffer?", 6, "Tot en met 5 kilo mag je dit zelf; dit is 6 kilo, dus vraag je "
         "teamleider."),
        ("Hoeveel kilo te zwaar is de koffer?", 1, "Bij kilo tot en met 5 mag je dit zelf; hier is dat 1."),
        ("Hoe zwaar is de koffer?", 4, "Bij kilo tot en met 5 mag je dit zelf; hier is dat 4."),
    ],
)  # fmt: skip
def test_what_is_counted_stands_behind_its_number(ask: str, kilo: int, because: str) -> None:
    entry = mandate(
        facts=(Fact("kilo", FactType.NUMBER, ask),),
        rules=(
            Rule(("m",), {"kilo": Between(high=Decimal(5))}, "Laat hem meegaan."),
            Rule(("t",), {}, "Laat hem meegaan."),
        ),
        period_limit=None,
    )
    assert decide(entry, facts={"kilo": str(kilo)}).because == because


@pytest.mark.parametrize(
    ("worn", "because"),
    [
        ("nee", "Is het gedragen? Nee. Dan mag je dit zelf."),
        ("ja", "Zelf mag je dit alleen bij antwoord “nee” op “Is het gedragen?”; vraag je teamleider."),
    ],
)
def test_a_condition_in_words_is_said_with_its_question(worn: str, because: str) -> None:
    entry = mandate(
        facts=(Fact("gedragen", FactType.YESNO, "Is het gedragen?"),),
        rules=(Rule(("m",), {"gedragen": OneOf((False,))}, "Ruil."), Rule(("t",), {}, "Ruil.")),
        period_limit=None,
    )
    assert decide(entry, facts={"gedragen": worn}).because == because


def numbers(fact: Fact, entry: Mandate, known: Mapping[str, FactValue]) -> Iterator[Decimal]:
    for condition in (*(rule.when.get(fact.name) for rule in entry.rules), known.get(fact.name)):
        if isinstance(condition, Between):
            yield from (end for end in (condition.low, condition.high) if end is not None)
        elif isinstance(condition, OneOf):
            yield from (
                value for value in condition.values if isinstance(value, Decimal) and not isinstance(value, bool)
            )
        elif isinstance(condition, Decimal):
            yield condition


# ------------------------------------------------------------------------------------------- the packs


def most_questions(entry: Mandate, organisation: Organisation, role: str, known: dict[str, FactValue], on: date) -> int:
    """How many questions the worst answers lead to, for a colleague who answers with a number where one is asked."""
    found = engine.decide(entry, organisation, [role], on, known)
    fact = entry.fact(found.asking.fact) if found.asking else None
    if found.asking is None or fact is None:
        return 0
    answers = [parse_value(fact, choice.value) for choice in found.asking.choices] or [Decimal(1)]
    exact = [_within(value) if isinstance(value, Between) else value for value in answers]
    return 1 + max(most_questions(entry, organisation, role, {**known, fact.name: value}, on) for value in exact)


def _within(value: Between) -> Decimal:
    end = value.high if value.high is not None and value.with_high else value.low
    return end or Decimal(0)


@pytest.mark.parametrize("pack", ["knowledge/hele-klant", "tests/packs/duinrand"])
def test_no_mandate_of_the_packs_needs_more_than_three_questions(pack: str) -> None:
    read = content.read_pack(Path(__file__).parent.parent / pack)
    for entry in (each.entry for each in read.entries):
        if isinstance(entry, Mandate):
            on = min(max(DAY, entry.valid_from or DAY), entry.valid_until or date.max)
            for role in read.organisation.roles:
                assert most_questions(entry, read.organisation, role.id, {}, on) <= 3, (entry.id, role.id)
