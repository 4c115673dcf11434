"""Cards and forms stay within every limit of Slack's, whatever stands in them, and say first what matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.channels.slack_cards import card, plain_card, reasons_card, shared_card
from copilot.channels.slack_entryform import Filled, knowledge_form
from copilot.channels.slack_entrytext import entry_text
from copilot.channels.slack_errands import from_message, readable, text_of
from copilot.channels.slack_forms import basis_of, fact_form, sources_view
from copilot.channels.slack_text import escaped, marked, plain
from copilot.domain import (
    AnswerChoice,
    AnswerStatus,
    Asking,
    Colleague,
    Decision,
    Department,
    Kind,
    NextAction,
    Organisation,
    Outcome,
    Question,
    ReadFact,
    Role,
    Source,
    StepAdvice,
    Suggestion,
)
from copilot.entryfile import read_entry
from tests.loopback_slack import check_blocks, check_view

ODD = [
    "<!channel>",
    "<@U1>",
    "&amp;&<>",
    "*_~`",
    "\x00\x07",
    "👩‍👩‍👧‍👦" * 40,
    "ﷺ" * 100,
    "\u202e",
    "a" * 5000,
    " ",
    "\n\n",
    "|>",
]
words = st.one_of(st.sampled_from(ODD), st.text(max_size=60), st.text(alphabet="&<> a\n*", max_size=4000))
ORGANISATION = Organisation("o", "O", roles=(Role("a", "A"), Role("b", "B" * 90, above=("a",))))


@st.composite
def suggestions(draw: st.DrawFn) -> Suggestion:
    choices = st.lists(st.builds(AnswerChoice, words, words), max_size=30).map(tuple)
    asking = draw(st.none() | st.builds(Asking, words, words, choices))
    outcome = None if asking else draw(st.sampled_from([None, *Outcome]))
    some = st.lists(words, max_size=25).map(tuple)
    decided = {"options": draw(some), "because": draw(words), "asking": asking}
    decision = Decision(entry="e", version=1, action="a", outcome=outcome, **decided)
    outcomes = st.sampled_from([None, *Outcome])
    steps = st.builds(StepAdvice, do=words, who=st.just("a"), outcome=outcomes, options=some, because=words)
    said = {"title": words, "source": words, "excerpt": words, "owner": words}
    source = st.builds(Source, id=words, kind=st.sampled_from(list(Kind)), version=st.just(1), **said)
    question = Question(text=draw(words), roles=("a",), on=date(2026, 1, 1), id="q")
    return Suggestion(
        id="i" * 32,
        question=question,
        status=AnswerStatus.ANSWERED,
        verdict=draw(words),
        decision=decision,
        asks=asking,
        steps=draw(st.lists(steps, max_size=40).map(tuple)),
        for_you=draw(some),
        say=draw(st.none() | words),
        sources=draw(st.lists(source, max_size=20).map(tuple)),
        next=draw(st.lists(st.builds(NextAction, words.map(lambda each: each[:100]), words), max_size=9).map(tuple)),
        read=draw(st.lists(st.builds(ReadFact, words, st.just(Decimal(1)), words), max_size=20).map(tuple)),
        text=draw(words),
    )


def marks(thing: object) -> list[str]:
    """Every text in which Slack reads marks and mentions."""
    if isinstance(thing, dict):
        own = [thing["text"]] if thing.get("type") == "mrkdwn" else []
        return own + [text for each in thing.values() for text in marks(each)]
    return [text for each in thing for text in marks(each)] if isinstance(thing, (list, tuple)) else []


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(suggestions(), words)
def test_every_card_and_form_is_within_the_limits(suggestion: Suggestion, note: str) -> None:
    shown = card(suggestion, ORGANISATION, in_channel=True, note=note)
    for made in (shown, shared_card(suggestion, "U1", note), reasons_card(suggestion), plain_card(note)):
        if made:
            check_blocks(list(made.blocks))
            assert 1 <= len(made.text) <= 4000
            for text in marks(made.blocks):
                assert "<" not in text.replace("Gedeeld door <@U1>", "")
    verdict = next(each for each in shown.blocks if each["type"] == "section")
    assert escaped(plain(suggestion.verdict, 40).rstrip("…"), 2000)[:20] in verdict["text"]["text"]
    if suggestion.sources:
        check_view(sources_view(suggestion, "nl"))
    check_view(fact_form(suggestion, "f", note[:50], {}, "nl"))


@settings(max_examples=60, deadline=None)
@given(words, words, words, st.sampled_from(list(Kind)))
def test_whatever_is_filled_in_becomes_an_entry_that_can_be_read(title: str, body: str, line: str, kind: Kind) -> None:
    organisation = replace(ORGANISATION, departments=(Department("d", "D"),))
    check_view(knowledge_form(organisation, Filled(kind, title, body, (line,)), {}, "nl"))
    filled = {
        "title": "T " + plain(title, 200),
        "body": body,
        "steps": "Doe dit\n" + plain(line, 500).replace("\n", " "),
    }
    filled |= {"facts": "bedrag: money: Hoeveel?", "rule1_roles": "a", "rule1_when": "bedrag <= 5"}
    filled["rule1_may"] = "Mag. " + plain(line, 500)
    written = entry_text(kind, filled, Colleague("kim@example.com", ("a",)), frozenset())
    entry, findings = read_entry(written.text)
    broken = [each for each in findings if each.severity == "error" and each.code not in BY_CONTENT]
    assert entry is not None or not broken, [each.text("nl") for each in broken]


BY_CONTENT = {"missing", "control_character", "unknown_placeholder", "bad_formula", "too_long", "bad_text"}
"""What may be wrong with the words themselves; never with the form in which they stand."""


def test_sources_fold_before_the_background_and_the_steps_stay() -> None:
    source = Source(id="s", kind=Kind.POLICY, title="T" * 200, version=1, source="Handboek " * 20)
    question = Question(text="v", roles=("a",), on=date(2026, 1, 1), id="q")
    steps = tuple(StepAdvice(do=f"Stap {number} " + "x" * 300, who="a") for number in range(10))
    long = Suggestion(
        id="i",
        question=question,
        status=AnswerStatus.ANSWERED,
        verdict="Ja",
        steps=steps,
        for_you=("achtergrond " * 230,) * 2 + ("tot slot " * 50,),
        sources=(source,) * 8,
    )
    shown = str(card(long, ORGANISATION).blocks)
    assert "Handboek" not in shown
    assert "achtergrond" in shown
    for number in range(10):
        assert f"Stap {number}" in shown


def test_markdown_of_an_entry_reads_in_slack() -> None:
    assert marked("## Kop\n**vet** en [link](http://x)\n- een\n- twee") == "*Kop*\n*vet* en link\n• een\n• twee"


def test_what_slack_sends_reads_as_people_wrote_it() -> None:
    assert readable("<@UBOT> klant &lt;3 <mailto:a@b.nl|a@b.nl> <https://x.nl|site> <@U2>", "UBOT") == (
        "klant <3 a@b.nl site @collega"
    )
    assert text_of({"attachments": [{"fallback": "f", "fields": [{"text": "g"}]}]}) == "f\ng"
    assert basis_of({"private_metadata": "geen json"}) == {}
    assert from_message({"event": {"type": "message", "user": "U1", "subtype": "channel_join"}}, "UBOT") is None


@given(suggestions())
@settings(max_examples=20, deadline=None)
def test_every_card_says_that_no_person_speaks(suggestion: Suggestion) -> None:
    told = str(card(suggestion, ORGANISATION).blocks)
    assert "computer" in told or "AI" in told
