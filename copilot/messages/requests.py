"""Open requests in Slack: what is not right, what nobody could answer, what waits for a second person."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

REPORTED: Final = Text(nl="{user} meldt dat dit niet klopt: {title}", en="{user} says this is not right: {title}")
REPORTED_QUESTION: Final = Text(nl="De vraag was: {question}", en="The question was: {question}")
REPORTED_REMARK: Final = Text(nl="Toelichting: {remark}", en="Remark: {remark}")
REPORT_SENT: Final = Text(nl="Gemeld aan {who}.", en="Reported to {who}.")
REPORT_KEPT: Final = Text(
    nl="Genoteerd. Ik kon niemand bereiken die dit mag aanpassen; je melding staat bij Home in de lijst met "
    "openstaande verzoeken.",
    en="Noted. I could reach nobody who may change this; your report is in the list of open requests under Home.",
)
REPORT_YOURS: Final = Text(
    nl="Dit is jouw onderwerp, en verder kan niemand het aanpassen. De kaart staat in je berichten.",
    en="This is your own subject, and nobody else can change it. The card is in your messages.",
)
AND: Final = Text(nl="{all} en {last}", en="{all} and {last}")
UNANSWERED: Final = Text(nl="Hier had niemand een antwoord op", en="Nobody had an answer to this")
SETTLE: Final = Text(nl="Afgehandeld", en="Settled")
SETTLED: Final = Text(nl="Afgehandeld door {by}: {title}", en="Settled by {by}: {title}")
SETTLED_ALREADY: Final = Text(nl="Dit is al afgehandeld.", en="This is settled already.")
NOT_YOURS_TO_SETTLE: Final = Text(
    nl="Afhandelen doet wie over het onderwerp gaat.", en="Whose subject it is settles this."
)
YOURS_SETTLED: Final = Text(nl="{by} heeft je melding afgehandeld: {title}", en="{by} has settled your report: {title}")
NO_ENTRY: Final = Text(nl="een antwoord zonder bron", en="an answer without a source")

OPEN: Final = Text(nl="Openstaande verzoeken", en="Open requests")
NOTHING_OPEN: Final = Text(nl="Er staat niets voor je open.", en="Nothing is open for you.")
TO_DECIDE: Final = Text(nl="Voorstellen: wil jij hiernaar kijken?", en="Proposals: will you look at these?")
REPORTS: Final = Text(nl="Meldingen dat iets niet klopt", en="Reports that something is not right")
QUESTIONS: Final = Text(nl="Vragen zonder antwoord", en="Questions without an answer")
OWN: Final = Text(nl="Van jou", en="Yours")
WRITTEN_BY: Final = Text(nl="Van {by}, {day}", en="By {by}, {day}")
REPORTED_BY: Final = Text(nl="Gemeld door {by}, {day}", en="Reported by {by}, {day}")
ASKED_ONCE: Final = Text(nl="Gevraagd op {day}", en="Asked on {day}")
ASKED_OFTEN: Final = Text(nl="{count} keer gevraagd, voor het eerst op {day}", en="Asked {count} times, first on {day}")
YOUR_DRAFT: Final = Text(
    nl="Je voorstel van {day} wacht op een collega.", en="Your proposal of {day} waits for a colleague."
)
YOUR_REPORT: Final = Text(nl="Je melding van {day}: gemeld aan {who}.", en="Your report of {day}: reported to {who}.")
YOUR_REPORT_KEPT: Final = Text(
    nl="Je melding van {day}: nog niemand bereikt.", en="Your report of {day}: nobody reached yet."
)
YOUR_REPORT_SETTLED: Final = Text(
    nl="Je melding van {day}: afgehandeld door {by}.", en="Your report of {day}: settled by {by}."
)
MORE: Final = Text(nl="… en nog {count}", en="… and {count} more")
LOOK: Final = Text(nl="Bekijk", en="Look")
DRAFT_CHANGED: Final = Text(
    nl="Dit voorstel is net gewijzigd. Kijk nog een keer, en beslis dan.",
    en="This proposal was changed just now. Look once more, and then decide.",
)
WILL_READ: Final = Text(nl="Zo staat het er straks", en="How it will read")
WILL_SAY: Final = Text(nl="Zeg tegen de klant: {say}", en="Say to the customer: {say}")
DRAFT_TITLE: Final = Text(nl="Voorstel", en="Proposal")
