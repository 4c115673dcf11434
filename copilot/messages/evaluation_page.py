"""The words on the static report of an evaluation."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

TITLE: Final = Text(nl="Hoe goed zijn de antwoorden?", en="How good are the answers?")
MEASURED_AT: Final = Text(nl="Gemeten op", en="Measured on")
KNOWLEDGE: Final = Text(nl="Kennis", en="Knowledge")
ENTRIES: Final = Text(nl="{count} kennisitems", en="{count} entries")
CODE: Final = Text(nl="Programma", en="Program")
MEANING: Final = Text(nl="Betekenis", en="Meaning")
MODEL: Final = Text(nl="Taalmodel", en="Language model")
NO_MODEL: Final = Text(nl="geen", en="none")
SEED: Final = Text(nl="Zaad, herhalingen", en="Seed, repeats")
PASSED: Final = Text(nl="Alle ondergrenzen gehaald", en="All gates reached")
FAILED: Final = Text(nl="Niet gehaald", en="Not reached")
NOT_ALL: Final = Text(nl="Niet alles is gemeten", en="Not all was measured")
RIGHT: Final = Text(nl="helemaal goed", en="all right")
OF_CASES: Final = Text(nl="{right} van {of} proefvragen", en="{right} of {of} cases")
BETWEEN: Final = Text(nl="met 95% zekerheid {low} tot {high}", en="with 95% certainty {low} to {high}")
WRONG_YES: Final = Text(nl='keer onterecht "mag zelf"', en='times a wrong "allowed"')
AT_MOST: Final = Text(nl="met 95% zekerheid hoogstens {at_most}", en="with 95% certainty at most {at_most}")
NEVER_ACCEPTABLE: Final = Text(nl="dit mag nooit", en="never acceptable")
HALF_WITHIN: Final = Text(nl="per antwoord", en="per answer")
NINETEEN: Final = Text(nl="19 van de 20 binnen {p95} ms", en="19 of 20 within {p95} ms")
COMPARED: Final = Text(nl="ten opzichte van eerder", en="compared with before")
BETTER_WORSE: Final = Text(nl="{better} beter, {worse} slechter", en="{better} better, {worse} worse")
BY_CHANCE: Final = Text(nl="kans op toeval {chance}", en="chance of coincidence {chance}")
PASS_ALL: Final = Text(nl="alle {k} keer goed", en="all {k} times right")
METRICS: Final = Text(nl="Waarop is gelet", en="What was judged")
METRICS_NOTE: Final = Text(
    nl="Balk: welk deel goed was. Streepje: waar het met 95% zekerheid tussen ligt. Grijs: een trend, geen oordeel.",
    en="Bar: the share that was right. Line: between which it lies with 95% certainty. Grey: a trend, no verdict.",
)
SPLITS: Final = Text(nl="Waar zit het", en="Where is it")
SPLIT: Final[dict[str, Text]] = {
    "tag": Text(nl="Per soort", en="By tag"),
    "role": Text(nl="Per rol", en="By role"),
    "entry": Text(nl="Per kennisitem", en="By entry"),
    "owner": Text(nl="Per eigenaar", en="By owner"),
}
LATENCY: Final = Text(nl="Hoe lang een antwoord duurt", en="How long an answer takes")
PART: Final[dict[str, Text]] = {
    "embed": Text(nl="betekenis", en="meaning"),
    "search": Text(nl="zoeken", en="search"),
    "decide": Text(nl="beslissen", en="decide"),
    "compose": Text(nl="verwoorden", en="compose"),
    "total": Text(nl="samen", en="together"),
    "wall": Text(nl="voor de vrager", en="for the asker"),
}
LATENCY_HEADS: Final = (
    Text(nl="deel", en="part"),
    Text(nl="helft binnen", en="half within"),
    Text(nl="19 van 20", en="19 of 20"),
    Text(nl="langste", en="longest"),
)
LOCKED: Final = Text(nl="Dichte proefvragen (alleen totalen)", en="Locked cases (totals only)")
CASES: Final = Text(nl="De proefvragen", en="The cases")
SHOW_WRONG: Final = Text(nl="fout", en="wrong")
SHOW_ALL: Final = Text(nl="alles", en="all")
SHOW_WORSE: Final = Text(nl="nu fout, eerst goed", en="now wrong, right before")
SHOW_BETTER: Final = Text(nl="nu goed, eerst fout", en="now right, wrong before")
SEARCH: Final = Text(nl="Zoek op woord of id", en="Search by word or id")
NONE_SHOWN: Final = Text(nl="Geen proefvragen met deze keuze.", en="No cases with this choice.")
ASKED: Final = Text(nl="Gevraagd", en="Asked")
THEN: Final = Text(nl="en daarna", en="and then")
ASKED_BY: Final = Text(nl="door {role}, op {on}", en="by {role}, on {on}")
TODAY: Final = Text(nl="de dag van de meting", en="the day of the run")
READ: Final = Text(nl="Zo begrepen", en="Understood as")
READ_NOTHING: Final = Text(nl="Geen feiten gelezen.", en="No facts read.")
RANKING: Final = Text(nl="Gevonden, met score", en="Found, with score")
RANKED_NOTHING: Final = Text(nl="Niets gevonden.", en="Nothing found.")
DECIDED: Final = Text(nl="Besluit", en="Decision")
DECIDED_NOTHING: Final = Text(nl="Er geldt geen mandaat.", en="No mandate bears on it.")
APPROVER: Final = Text(nl="akkoord van {approver}", en="approval by {approver}")
ASKS: Final = Text(nl="vraagt: {question}", en="asks: {question}")
SOURCES: Final = Text(nl="Bronnen", en="Sources")
SOURCES_NONE: Final = Text(nl="Geen bronnen.", en="No sources.")
EXPECTED: Final = Text(nl="verwacht", en="expected")
EXPECTATION: Final = Text(nl="Verwacht", en="Expected")
JUDGED: Final = Text(nl="Oordeel", en="Judgement")
ANSWER: Final = Text(nl="Het antwoord", en="The answer")
BEFORE: Final = Text(nl="Eerst", en="Before")
NOW: Final = Text(nl="Nu", en="Now")
REPEATS: Final = Text(nl="{right} van {of} keer goed", en="{right} of {of} times right")
