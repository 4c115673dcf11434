"""The template composer: verdict, steps, cue, sources, next best action; both languages, both tones."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from copilot.compose import Dossier, TemplateComposer
from copilot.domain import (
    AnswerChoice,
    AnswerStatus,
    Asking,
    Customer,
    Decision,
    Department,
    Depending,
    Handover,
    Mandate,
    Organisation,
    Outcome,
    Policy,
    Question,
    ReadFact,
    Role,
    Solution,
    Step,
    StepAdvice,
    Why,
)

ORGANISATION = Organisation(
    id="fietsenwinkel",
    name="Fietsenwinkel",
    tone="u",
    roles=(Role("verkoper", "Verkoper"), Role("bedrijfsleider", "Bedrijfsleider", above=("verkoper",))),
    departments=(Department("werkplaats", "Werkplaats"),),
)
QUESTION = Question(
    id="q1", text="Mag ik 40 euro korting geven?", roles=("verkoper",), on=date(2026, 11, 22), language="nl"
)
MANDATE = Mandate(id="korting", title="Korting geven", action="korting", owner="eva@example.com", version=3)
SOLUTION = Solution(
    id="lekke-band",
    title="Lekke band tijdens proefrit",
    body="Een lekke band hoort bij ons, niet bij de klant.",
    customer=Customer(wants="Doorfietsen.", worries="Dat hij moet lopen.", delight="Een leenfiets."),
    say="U fietst zo weer verder.",
    steps=(Step("Geef een leenfiets mee."),),
)
POLICY = Policy(id="bel", title="Een bel is verplicht", body="Elke fiets gaat de deur uit met een bel.")


def decision(outcome: Outcome | None, **values: object) -> Decision:
    return replace(
        Decision(entry="korting", version=3, action="korting", outcome=outcome, because="Dat staat zo in de tabel."),
        **values,  # type: ignore[arg-type]
    )


def compose(**values: object) -> object:
    return TemplateComposer().compose(
        replace(Dossier(question=QUESTION, organisation=ORGANISATION), **values)  # type: ignore[arg-type]
    )


def test_allowed_says_yes_first_and_offers_every_option() -> None:
    suggestion = compose(
        mandate=MANDATE, decision=decision(Outcome.ALLOWED, options=("Geef € 40,00 korting.", "Geef een bel cadeau."))
    )
    assert suggestion.status is AnswerStatus.ANSWERED
    assert suggestion.verdict == "Ja, dit mag je zelf beslissen."
    assert suggestion.text.splitlines()[0] == suggestion.verdict
    assert "Dit mag je doen:\n- Geef € 40,00 korting.\n- Geef een bel cadeau." in suggestion.text
    assert suggestion.say == "Ik regel het nu voor u."
    assert [source.id for source in suggestion.sources] == ["korting"]
    assert "Korting geven (mandaat, versie 3)" in suggestion.text


def test_approval_names_the_role_and_what_it_may_grant() -> None:
    suggestion = compose(
        mandate=MANDATE,
        decision=decision(Outcome.APPROVAL, approver="bedrijfsleider", options=("Geef € 80,00 korting.",)),
    )
    assert suggestion.verdict == "Dit kan, met akkoord van je bedrijfsleider."
    assert "Dit mag je bedrijfsleider toestaan:\n- Geef € 80,00 korting." in suggestion.text
    assert "bedrijfsleider" not in suggestion.say


def test_denied_gives_the_reason_and_the_way_that_helps_all_the_same() -> None:
    suggestion = compose(
        mandate=MANDATE,
        decision=decision(Outcome.DENIED, because="Op acties geven we geen extra korting.", why=Why.NEVER),
        instead=SOLUTION,
        solution=SOLUTION,
        steps=(StepAdvice(do="Geef een leenfiets mee.", who="verkoper"),),
    )
    assert suggestion.verdict == "Nee, dit kan niet. Maar dit wel: Lekke band tijdens proefrit."
    assert "Op acties geven we geen extra korting." in suggestion.text
    assert suggestion.say == "U fietst zo weer verder."
    assert [source.id for source in suggestion.sources] == ["korting", "lekke-band"]


def test_denied_never_promises_what_the_solution_would_have_promised() -> None:
    suggestion = compose(mandate=MANDATE, decision=decision(Outcome.DENIED, why=Why.NEVER), solution=SOLUTION)
    assert suggestion.say != SOLUTION.say


def test_where_nobody_may_decide_the_reason_is_said_once() -> None:
    because = "Voor dit geval heeft nog niemand een mandaat. Leg het voor aan eva@example.com."
    suggestion = compose(
        mandate=MANDATE,
        decision=decision(Outcome.DENIED, why=Why.NOT_COVERED, because=because),
        solution=SOLUTION,
        steps=(
            StepAdvice(do="Geef korting.", who="verkoper", mandate="korting", outcome=Outcome.DENIED, because=because),
        ),
    )
    assert suggestion.verdict == "Dit kan nu nog niet: er is niets over afgesproken."
    assert suggestion.text.count("eva@example.com") == 1
    assert "1. Geef korting. (dit kan nu niet)" in suggestion.text


def test_a_missing_fact_is_the_first_thing_on_the_card_with_its_choices() -> None:
    asking = Asking("bedrag", "Hoeveel korting?", (AnswerChoice("tot en met € 50,00", "50"),))
    suggestion = compose(mandate=MANDATE, decision=decision(None, asking=asking), solution=SOLUTION)
    assert suggestion.status is AnswerStatus.NEEDS_FACT
    assert suggestion.asks == asking
    assert suggestion.steps == ()
    assert [source.id for source in suggestion.sources] == ["korting"]
    assert "Hoeveel korting?\n- tot en met € 50,00" in suggestion.text


def test_a_solution_shows_the_customers_eyes_the_steps_and_a_warm_hand_over() -> None:
    steps = (
        StepAdvice(do="Geef een leenfiets mee.", who="verkoper", mandate="korting", outcome=Outcome.ALLOWED),
        StepAdvice(
            do="Breng de fiets weg.",
            who="werkplaats",
            handover=Handover("werkplaats", "een uur", ("naam", "telefoonnummer")),
        ),
    )
    suggestion = compose(solution=SOLUTION, steps=steps)
    assert suggestion.verdict == "Zo los je het in één keer op: Lekke band tijdens proefrit."
    assert "1. Geef een leenfiets mee. (dit mag je zelf)" in suggestion.text
    handed_over = "Werkplaats neemt dit over; binnen een uur; geef door: naam, telefoonnummer"
    assert f"2. Breng de fiets weg. ({handed_over}; jij blijft het aanspreekpunt van de klant)" in suggestion.text
    assert "Hij ligt wakker van: Dat hij moet lopen." in suggestion.for_you
    assert suggestion.say == "U fietst zo weer verder."


def test_a_step_shows_what_is_still_needed_and_who_else_may() -> None:
    asking = Asking("bedrag", "Wat kost de band?")
    steps = (
        StepAdvice(do="Betaal de band.", who="verkoper", mandate="korting", asking=asking),
        StepAdvice(do="Geef korting.", who="bedrijfsleider", mandate="korting", outcome=Outcome.APPROVAL),
    )
    text = compose(solution=SOLUTION, steps=steps).text
    assert "1. Betaal de band. (eerst nodig: Wat kost de band?)" in text
    assert "2. Geef korting. (met akkoord van je bedrijfsleider)" in text


def test_a_policy_alone_is_quoted() -> None:
    suggestion = compose(policies=(POLICY,))
    assert suggestion.verdict == "Dit is de afspraak: Een bel is verplicht."
    assert "Elke fiets gaat de deur uit met een bel." in suggestion.text
    assert suggestion.decision is None


def test_not_known_is_said_with_the_owner_and_what_to_do_now() -> None:
    suggestion = compose(owner="eva@example.com")
    assert suggestion.status is AnswerStatus.NO_KNOWLEDGE
    assert "eva@example.com" in suggestion.text
    assert "vraag je bedrijfsleider" in suggestion.text
    assert (suggestion.steps, suggestion.sources, suggestion.next) == ((), (), ())
    assert not any(letter.isdigit() for letter in suggestion.text)


def test_what_came_nearest_is_offered_beside_the_text_and_rests_on_nothing() -> None:
    suggestion = compose(near=(POLICY,))
    assert [(each.id, each.title) for each in suggestion.near] == [(POLICY.id, POLICY.title)]
    assert suggestion.status is AnswerStatus.NO_KNOWLEDGE
    assert POLICY.title not in suggestion.text
    assert suggestion.sources == ()


def test_where_something_near_is_offered_it_is_not_said_that_nothing_is_known() -> None:
    assert compose().verdict == "Hierover staat nog niets in de kennis."
    assert compose(near=(POLICY,)).verdict == "Ik weet niet zeker of hierover iets is afgesproken."


def test_what_depends_on_a_fact_says_so() -> None:
    depending = decision(Outcome.ALLOWED, depending=(Depending("Geef € 10,00 korting.", "prijs tot en met € 50,00"),))
    assert "- Prijs tot en met € 50,00: Geef € 10,00 korting." in compose(mandate=MANDATE, decision=depending).text


def test_facts_are_shown_as_understood() -> None:
    read = (ReadFact("bedrag", Decimal(40), "€ 40,00"),)
    assert (
        "Zo heb ik het begrepen:\n- bedrag: € 40,00"
        in compose(mandate=MANDATE, decision=decision(Outcome.ALLOWED), read=read).text
    )


def test_a_source_shows_its_last_day_and_that_it_is_overdue() -> None:
    old = replace(POLICY, valid_until=date(2026, 12, 31), review_by=date(2026, 6, 1), source="Handboek 2.1")
    text = compose(policies=(old,)).text
    assert "geldig tot en met 31 december 2026, had voor 1 juni 2026 herzien moeten zijn, Handboek 2.1" in text


def test_a_next_action_is_named_and_figures_without_a_source_stay_out_of_the_text() -> None:
    plain = replace(POLICY, id="slot", title="Een beter slot aanbieden")
    priced = replace(POLICY, id="actie", title="Slot met 20% korting")
    suggestion = compose(solution=SOLUTION, next=(plain, priced))
    assert [action.id for action in suggestion.next] == ["slot", "actie"]
    assert "Een beter slot aanbieden" in suggestion.text
    assert "20%" not in suggestion.text


@pytest.mark.parametrize(("tone", "cue"), [("u", "Ik regel het nu voor u."), ("je", "Ik regel het nu voor je.")])
def test_the_cue_speaks_as_the_organisation_does(tone: str, cue: str) -> None:
    organisation = replace(ORGANISATION, tone=tone)
    assert compose(organisation=organisation, mandate=MANDATE, decision=decision(Outcome.ALLOWED)).say == cue


def test_an_english_question_gets_an_english_card() -> None:
    question = replace(QUESTION, language="en")
    suggestion = compose(question=question, mandate=MANDATE, decision=decision(Outcome.ALLOWED, options=("Give it.",)))
    assert suggestion.verdict == "Yes, you may decide this yourself."
    assert "What you may do:" in suggestion.text
    assert "Korting geven (mandate, version 3)" in suggestion.text
