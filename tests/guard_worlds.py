"""Small worlds in which a model's answer is good or bad: what was asked, decided and known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from copilot.bounds import Bounds, gather
from copilot.compose import Dossier, TemplateComposer
from copilot.domain import (
    Between,
    Customer,
    Decision,
    Department,
    Fact,
    FactType,
    Handover,
    KnowledgeEntry,
    Mandate,
    OneOf,
    Organisation,
    Outcome,
    PeriodLimit,
    Policy,
    Question,
    Role,
    Rule,
    Solution,
    Step,
    StepAdvice,
    Suggestion,
    Why,
)

TODAY = date(2026, 11, 22)
WARENHUIS = Organisation(
    id="warenhuis",
    name="Warenhuis De Hele Klant",
    tone="u",
    roles=(
        Role("medewerker", "Medewerker"),
        Role("teamleider", "Teamleider", ("medewerker",)),
        Role("vestigingsmanager", "Vestigingsmanager", ("teamleider",)),
    ),
    departments=(
        Department("servicebalie", "Servicebalie", "#servicebalie"),
        Department("schadeherstel", "Schadeherstel", "#schadeherstel"),
        Department("restaurant", "Restaurant", "#restaurant"),
    ),
)
FERRY = Organisation(
    id="ferry",
    name="Noordzee Ferries",
    language="en",
    tone="u",
    roles=(
        Role("crew", "Crew member"),
        Role("purser", "Purser", ("crew",)),
        Role("captain", "Captain", ("purser",)),
    ),
    departments=(Department("claims", "Claims", "#claims"), Department("galley", "Galley", "#galley")),
)

RETOUR = Mandate(
    id="retour-zonder-bon",
    title="Retour zonder kassabon",
    owner="sanne@example.com",
    source="Handboek Service 4.2",
    version=3,
    body=(
        "Zonder bon nemen we ongebruikte artikelen terug tegen een tegoedbon. Een tegoedbon is een jaar geldig. "
        "Controleer of het label er nog aan zit en zoek de aankoop op in de kassa."
    ),
    action="retour-zonder-bon",
    facts=(
        Fact("bedrag", FactType.MONEY, "Wat is het aankoopbedrag?"),
        Fact("ongebruikt", FactType.YESNO, "Is het artikel ongebruikt?"),
    ),
    rules=(
        Rule(
            roles=("medewerker",),
            when={"bedrag": Between(high=Decimal(50)), "ongebruikt": OneOf((True,))},
            may="Geef een tegoedbon ter waarde van het aankoopbedrag.",
        ),
        Rule(
            roles=("teamleider",),
            when={"bedrag": Between(high=Decimal(250)), "ongebruikt": OneOf((True,))},
            may="Geef een tegoedbon of het geld terug.",
        ),
        Rule(
            never=True,
            when={"ongebruikt": OneOf((False,))},
            because="Gebruikte artikelen nemen we zonder bon niet terug.",
            instead="garantie-aanvragen",
        ),
    ),
    period_limit=PeriodLimit("bedrag", Decimal(150), "customer", 30),
)
GARANTIE = Solution(
    id="garantie-aanvragen",
    title="Garantie aanvragen",
    owner="bram@example.com",
    body="Op kleding zit twee jaar garantie. De aanvraag duurt vijf werkdagen.",
    customer=Customer(wants="Een jas die heel is.", worries="Dat het gedoe wordt."),
    say="Ik vraag de garantie nu voor u aan.",
    steps=(Step("Vul het garantieformulier in."), Step("Maak een foto van de schade.")),
)
SCHADE = Solution(
    id="leaseauto-schade",
    title="Schade aan een leaseauto",
    owner="fatima@example.com",
    body="De klant rijdt dezelfde dag weer. Een vervangende auto is de eerste 14 dagen gratis.",
    customer=Customer(wants="Snel weer kunnen rijden.", worries="Dat hij overal zelf achteraan moet."),
    say="Ik regel dit nu voor u en blijf uw aanspreekpunt.",
    steps=(
        Step("Leg de schade vast in het schadeformulier."),
        Step("Zet direct een vervangende auto klaar."),
        Step(
            "Geef de garage de herstelopdracht.", handover=Handover("schadeherstel", "2 uur", ("kenteken", "locatie"))
        ),
    ),
)
BEDENKTIJD = Policy(
    id="bedenktijd-online",
    title="Bedenktijd bij online aankopen",
    owner="sanne@example.com",
    source="Handboek Online 2.1",
    valid_until=date(2026, 12, 31),
    body=(
        "Wie online koopt, heeft 14 dagen bedenktijd vanaf de dag van ontvangst. Daarna heeft de klant nog "
        "eens 14 dagen om het pakket terug te sturen. Retour sturen is gratis. "
        "We betalen het geld binnen vijf werkdagen terug."
    ),
)
MEAL = Mandate(
    id="spoiled-meal",
    title="Compensation for a spoiled meal",
    owner="olga@example.com",
    source="Crew manual 7",
    body="A guest whose meal was spoiled gets a new one first. A voucher comes on top and is valid for six months.",
    action="spoiled-meal",
    facts=(Fact("price", FactType.MONEY, "What did the meal cost?"),),
    rules=(
        Rule(
            roles=("crew",),
            when={"price": Between(high=Decimal(30))},
            may="Give a voucher of {amount}.",
            amount="50% * price",
        ),
        Rule(roles=("purser",), when={"price": Between(high=Decimal(120))}, may="Give a voucher or refund the meal."),
    ),
)  # fmt: skip


def _question(text: str, language: str = "nl", role: str = "medewerker") -> Question:
    return Question(id="q1", text=text, roles=(role,), on=TODAY, language=language)


def _decision(outcome: Outcome | None, **more: object) -> Decision:
    values: dict[str, object] = {
        "entry": "retour-zonder-bon",
        "version": 3,
        "action": "retour-zonder-bon",
        "outcome": outcome,
        "facts": {"bedrag": Decimal(40), "ongebruikt": True},
        "rule": 1,
    }
    return Decision(**{**values, **more})  # type: ignore[arg-type]


def _allowed() -> Dossier:
    decision = _decision(
        Outcome.ALLOWED,
        options=("Geef een tegoedbon ter waarde van het aankoopbedrag.",),
        because="Tot en met € 50,00 en ongebruikt mag een medewerker dit zelf.",
    )
    text = "Mevrouw is haar bonnetje kwijt, broek van 40 euro, label zit er nog aan"
    return Dossier(question=_question(text), organisation=WARENHUIS, mandate=RETOUR, decision=decision)


def _approval() -> Dossier:
    decision = _decision(
        Outcome.APPROVAL,
        options=("Geef een tegoedbon of het geld terug.",),
        approver="teamleider",
        because="€ 120,00 is meer dan € 50,00; daarom is akkoord van de teamleider nodig.",
        why=Why.ABOVE_LIMIT,
        facts={"bedrag": Decimal(120), "ongebruikt": True},
    )
    text = "klant zonder bon, jas van 120 euro, ongebruikt"
    return Dossier(question=_question(text), organisation=WARENHUIS, mandate=RETOUR, decision=decision)


def _denied() -> Dossier:
    decision = _decision(
        Outcome.DENIED,
        because="Gebruikte artikelen nemen we zonder bon niet terug.",
        why=Why.NEVER,
        instead="garantie-aanvragen",
        facts={"bedrag": Decimal(80), "ongebruikt": False},
    )
    text = "Meneer wil een gedragen jas van 80 euro terugbrengen, geen bon, de rits is stuk"
    return Dossier(
        question=_question(text), organisation=WARENHUIS, mandate=RETOUR, decision=decision, instead=GARANTIE
    )


def _refused() -> Dossier:
    decision = _decision(
        Outcome.DENIED,
        because="Gebruikte artikelen nemen we zonder bon niet terug.",
        why=Why.NEVER,
        facts={"ongebruikt": False},
    )
    text = "klant wil gebruikte schoenen zonder bon ruilen"
    return Dossier(question=_question(text), organisation=WARENHUIS, mandate=RETOUR, decision=decision)


def _damage() -> Dossier:
    steps = tuple(StepAdvice(do=step.do, who="medewerker", handover=step.handover) for step in SCHADE.steps)
    text = "leaseauto kapot langs de weg, klant moet vandaag naar een begrafenis"
    return Dossier(question=_question(text), organisation=WARENHUIS, solution=SCHADE, steps=steps)


def _policy() -> Dossier:
    text = "hoe lang heeft een klant om een online bestelling terug te sturen?"
    return Dossier(question=_question(text), organisation=WARENHUIS, policies=(BEDENKTIJD,))


def _meal(outcome: Outcome, price: int) -> Dossier:
    allowed = outcome is Outcome.ALLOWED
    decision = Decision(
        entry="spoiled-meal",
        version=1,
        action="spoiled-meal",
        outcome=outcome,
        options=("Give a voucher of €12.00.",) if allowed else ("Give a voucher or refund the meal.",),
        approver=None if allowed else "purser",
        facts={"price": Decimal(price)},
        because="Up to €30.00 a crew member may decide."
        if allowed
        else "€90.00 is above €30.00, so the purser must approve.",
        amount=Decimal(12) if allowed else None,
    )
    text = f"guest found a hair in her soup, meal was {price} euros, she is upset"
    return Dossier(question=_question(text, "en", "crew"), organisation=FERRY, mandate=MEAL, decision=decision)


def _dossiers() -> Mapping[str, Dossier]:
    return {
        "mag": _allowed(),
        "akkoord": _approval(),
        "nee-maar": _denied(),
        "nee": _refused(),
        "schade": _damage(),
        "beleid": _policy(),
        "meal": _meal(Outcome.ALLOWED, 24),
        "meal-approval": _meal(Outcome.APPROVAL, 90),
    }


@cache
def world(name: str) -> tuple[Suggestion, Organisation, tuple[KnowledgeEntry, ...]]:
    """The computed suggestion of a world, its organisation and the entries that it cites."""
    dossier = _dossiers()[name]
    entries = [dossier.mandate, dossier.solution, *dossier.policies, dossier.instead]
    suggestion = TemplateComposer().compose(dossier)
    return suggestion, dossier.organisation, tuple(entry for entry in entries if entry)


@cache
def bounds_of(name: str) -> Bounds:
    return gather(*world(name))


WORLDS = tuple(_dossiers())
