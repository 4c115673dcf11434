"""What stands on the chat page, around the card."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

TITLE: Final = Text(nl="Hele Klant", en="Hele Klant")
LEAD: Final = Text(
    nl="Wat mag je, hoe los je het op, waar staat het. Terwijl de klant bij je staat.",
    en="What you may do, how to solve it, where it is written. While the customer is with you.",
)
DEMO_NOTE: Final = Text(
    nl="Dit is een proefopstelling met kennis van {organisation}. In het echt weet Slack of Teams wie je bent.",
    en="This is a trial with the knowledge of {organisation}. In real use Slack or Teams knows who you are.",
)
AI_NOTE: Final = Text(
    nl="Je praat met een computer, niet met een mens. Regels beslissen wat mag; bij elk antwoord staat waar het staat.",
    en="You are talking to a computer, not a person. Rules decide what is allowed; every answer says where it is "
    "written.",
)
QUESTION_LABEL: Final = Text(nl="Wat wil de klant?", en="What does the customer want?")
QUESTION_PLACEHOLDER: Final = Text(nl="Bijvoorbeeld: {example}", en="For example: {example}")
ROLE_LABEL: Final = Text(nl="Ik ben", en="I am")
DEPARTMENT_LABEL: Final = Text(nl="op", en="at")
DEPARTMENT_ANY: Final = Text(nl="(geen afdeling)", en="(no department)")
ASK: Final = Text(nl="Vraag", en="Ask")
ASKING: Final = Text(nl="Even kijken…", en="Having a look…")
NEW_CUSTOMER: Final = Text(nl="Volgende klant", en="Next customer")
FOLLOW_UP: Final = Text(
    nl="Nog een vraag van deze klant? Typ hem hierboven (Esc).",
    en="Another question of this customer? Type it above (Esc).",
)
FOLLOW_UP_BUTTON: Final = Text(nl="Nog een vraag", en="Another question")
EXAMPLES: Final = Text(nl="Of probeer er een:", en="Or try one:")
YOU_ASKED: Final = Text(nl="Je vroeg", en="You asked")
CHANGE: Final = Text(nl="Klopt niet?", en="Not right?")
CHANGE_TO: Final = Text(nl="Wijzig", en="Change")
OTHERWISE: Final = Text(nl="Het is: {value}", en="It is: {value}")
YES: Final = Text(nl="ja", en="yes")
NO: Final = Text(nl="nee", en="no")
CHANGE_FACT: Final = Text(nl="Nieuwe waarde voor {fact}", en="New value for {fact}")
OWN_ANSWER: Final = Text(nl="Of vul zelf in", en="Or fill in yourself")
SEND: Final = Text(nl="Verstuur", en="Send")
DID_IT: Final = Text(nl="Ik heb dit gedaan", en="I have done this")
DONE: Final = Text(nl="Genoteerd: je hebt dit gedaan.", en="Noted: you have done this.")
HELPFUL: Final = Text(nl="Dit hielp", en="This helped")
NOT_HELPFUL: Final = Text(nl="Dit hielp niet", en="This did not help")
THANKS: Final = Text(nl="Dank je. Genoteerd.", en="Thank you. Noted.")
WHY_NOT: Final = Text(nl="Wat was er mis?", en="What was wrong?")
REASON_WRONG: Final = Text(nl="Het klopt niet", en="It is not right")
REASON_OTHER_SUBJECT: Final = Text(nl="Het gaat over iets anders", en="It is about something else")
REASON_INCOMPLETE: Final = Text(nl="Er ontbreekt iets", en="Something is missing")
REASON_UNCLEAR: Final = Text(nl="Ik begrijp het niet", en="I do not understand it")
OWNER: Final = Text(nl="Vragen hierover: {owner}", en="Questions about this: {owner}")
COPY: Final = Text(nl="Kopieer", en="Copy")
OTHER_LANGUAGE: Final = Text(nl="English", en="Nederlands")
MY_MANDATE: Final = Text(nl="Wat mag ik?", en="What may I do?")
BACK: Final = Text(nl="Terug naar de vraag", en="Back to the question")
SEARCH: Final = Text(nl="Zoek", en="Search")
SEARCH_MANDATE: Final = Text(nl="Zoek in wat je mag", en="Search what you may do")
MANDATE_NONE: Final = Text(nl="Niets gevonden.", en="Nothing found.")
SKIP: Final = Text(nl="Naar de vraag", en="Skip to the question")
FAILED: Final = Text(
    nl="Dat ging mis. Je vraag staat er nog; probeer het nog een keer.",
    en="That went wrong. Your question is still there; please try again.",
)
NOT_FOUND: Final = Text(nl="Deze pagina bestaat niet.", en="This page does not exist.")
ANSWER_GONE: Final = Text(
    nl="Dit antwoord is er niet meer. Stel je vraag opnieuw.", en="This answer is no longer here. Please ask again."
)
NOT_A_QUESTION: Final = Text(
    nl='Stuur JSON (Content-Type: application/json), zoals {{"ask": "mag dit?", "role": "medewerker", "on": "2026-11-22"}}.',
    en='Send JSON (Content-Type: application/json) such as {{"ask": "may I?", "role": "medewerker", "on": "2026-11-22"}}.',
)
