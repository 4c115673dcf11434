"""What a colleague reads on the card, and the cues for the customer in u and je."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

# ------------------------------------------------------------------------------------------- verdicts

VERDICT_ALLOWED: Final = Text(nl="Ja, dit mag je zelf beslissen.", en="Yes, you may decide this yourself.")
VERDICT_APPROVAL: Final = Text(
    nl="Dit kan, met akkoord van je {approver}.", en="This is possible, with the approval of your {approver}."
)
VERDICT_DENIED: Final = Text(nl="Nee, dit kan niet.", en="No, this is not possible.")
VERDICT_DENIED_BUT: Final = Text(
    nl="Nee, dit kan niet. Maar dit wel: {instead}.", en="No, this is not possible. But this is: {instead}."
)
VERDICT_NOBODY: Final = Text(
    nl="Dit kan nu nog niet: er is niets over afgesproken.",
    en="This is not possible yet: nothing has been agreed about it.",
)
VERDICT_NEEDS_FACT: Final = Text(nl="Nog één ding, dan weet je het:", en="One more thing, then you know:")
VERDICT_SOLUTION: Final = Text(nl="Zo los je het in één keer op: {title}.", en="This solves it in one go: {title}.")
VERDICT_POLICY: Final = Text(nl="Dit is de afspraak: {title}.", en="This is what we agreed: {title}.")
VERDICT_NO_KNOWLEDGE: Final = Text(
    nl="Hierover staat nog niets in de kennis.", en="The knowledge base does not cover this yet."
)
VERDICT_UNSURE: Final = Text(
    nl="Ik weet niet zeker of hierover iets is afgesproken.",
    en="I am not sure whether anything has been agreed about this.",
)
VERDICT_DANGER: Final = Text(
    nl="Is iemand nu in gevaar? Bel eerst {number}, blijf erbij en roep hulp.",
    en="Is somebody in danger now? Call {number} first, stay there and shout for help.",
)
NO_KNOWLEDGE_OWNER: Final = Text(
    nl="Je vraag is genoteerd. {owner} gaat over dit onderwerp en vult de kennis aan.",
    en="Your question has been noted. {owner} looks after this subject and will add the knowledge.",
)
NO_KNOWLEDGE_NO_OWNER: Final = Text(
    nl="Je vraag is genoteerd, zodat iemand de kennis aanvult.",
    en="Your question has been noted, so that somebody adds the knowledge.",
)
NO_KNOWLEDGE_NOW: Final = Text(
    nl="Blijf bij de klant en vraag {who} om mee te kijken. Stel je vraag gerust nog eens in andere woorden.",
    en="Stay with the customer and ask {who} to have a look with you. Feel free to ask again in other words.",
)
NO_KNOWLEDGE_NOW_ALONE: Final = Text(
    nl="Blijf bij de klant. Stel je vraag gerust nog eens in andere woorden.",
    en="Stay with the customer. Feel free to ask again in other words.",
)
QUESTION_EMPTY: Final = Text(
    nl="Ik zie nog geen vraag. Schrijf in één zin wat de klant wil.",
    en="I do not see a question yet. Write in one sentence what the customer wants.",
)
YOUR_SUPERIOR: Final = Text(nl="je {role}", en="your {role}")

# -------------------------------------------------------------------------------------------- headings

HEADING_OPTIONS_ALLOWED: Final = Text(nl="Dit mag je doen", en="What you may do")
HEADING_OPTIONS_APPROVAL: Final = Text(nl="Dit mag je {approver} toestaan", en="What your {approver} may grant")
HEADING_STEPS: Final = Text(nl="Zo doe je het", en="How to do it")
HEADING_FOR_YOU: Final = Text(nl="Voor jou", en="For you")
HEADING_SAY: Final = Text(nl="Zeg tegen de klant", en="Say to the customer")
HEADING_SOURCES: Final = Text(nl="Hier staat het", en="Where it is written")
HEADING_NEAR: Final = Text(nl="Bedoel je misschien", en="Did you perhaps mean")
HEADING_NEXT: Final = Text(nl="En daarna", en="And next")
HEADING_READ: Final = Text(nl="Zo heb ik het begrepen", en="How I understood it")

# --------------------------------------------------------------------------------------------- options

DEPENDING: Final = Text(nl="{condition}: {option}", en="{condition}: {option}")
OR: Final = Text(nl="of", en="or")

# ----------------------------------------------------------------------------------------------- steps

STEP_SELF: Final = Text(nl="dit mag je zelf", en="you may do this yourself")
STEP_APPROVAL: Final = Text(nl="met akkoord van je {approver}", en="with the approval of your {approver}")
STEP_DENIED: Final = Text(nl="dit kan nu niet: {because}", en="not possible now: {because}")
STEP_DENIED_TOO: Final = Text(nl="dit kan nu niet", en="not possible now")
STEP_ASKS: Final = Text(nl="eerst nodig: {question}", en="needed first: {question}")
STEP_HANDOVER: Final = Text(nl="{department} neemt dit over", en="{department} takes this over")
STEP_WITHIN: Final = Text(nl="binnen {within}", en="within {within}")
STEP_TELL: Final = Text(nl="geef door: {what}", en="pass on: {what}")
STEP_STAY: Final = Text(nl="jij blijft het aanspreekpunt van de klant", en="you remain the customer's contact person")

# ------------------------------------------------------------------------------ the customer's eyes

CUSTOMER_WANTS: Final = Text(nl="De klant wil: {what}", en="The customer wants: {what}")
CUSTOMER_WORRIES: Final = Text(nl="Hij ligt wakker van: {what}", en="What keeps him awake: {what}")
CUSTOMER_DELIGHT: Final = Text(nl="Hij wordt blij van: {what}", en="What delights him: {what}")

# --------------------------------------------------------------------------- cues for the customer

CUE_ALLOWED_U: Final = Text(nl="Ik regel het nu voor u.", en="I will sort this out for you now.")
CUE_ALLOWED_JE: Final = Text(nl="Ik regel het nu voor je.", en="I will sort this out for you now.")
CUE_APPROVAL_U: Final = Text(
    nl="Ik regel het voor u en kom zo bij u terug.",
    en="I am taking care of this and will be right back with you.",
)
CUE_APPROVAL_JE: Final = Text(
    nl="Ik regel het voor je en kom zo bij je terug.",
    en="I am taking care of this and will be right back with you.",
)
CUE_DENIED_U: Final = Text(
    nl="Dit lukt helaas niet zo, maar ik kijk met u wat er wel kan.",
    en="I am afraid this is not possible as it is, but let us see together what is.",
)
CUE_DENIED_JE: Final = Text(
    nl="Dit lukt helaas niet zo, maar ik kijk met je wat er wel kan.",
    en="I am afraid this is not possible as it is, but let us see together what is.",
)
CUE_DANGER_U: Final = Text(nl="Ik blijf bij u. Er komt hulp.", en="I am staying with you. Help is coming.")
CUE_DANGER_JE: Final = Text(nl="Ik blijf bij je. Er komt hulp.", en="I am staying with you. Help is coming.")
CUE_WAIT_U: Final = Text(
    nl="Ik zoek het nu voor u uit, een klein ogenblik.",
    en="I am looking into this for you right now, one moment please.",
)
CUE_WAIT_JE: Final = Text(
    nl="Ik zoek het nu voor je uit, een klein momentje.",
    en="I am looking into this for you right now, one moment please.",
)

# --------------------------------------------------------------------------------------------- sources

KIND_POLICY: Final = Text(nl="beleid", en="policy")
KIND_MANDATE: Final = Text(nl="mandaat", en="mandate")
KIND_SOLUTION: Final = Text(nl="oplossing", en="solution")
SOURCE_VERSION: Final = Text(nl="versie {version}", en="version {version}")
SOURCE_UNTIL: Final = Text(nl="geldig tot en met {day}", en="valid until {day}")
SOURCE_OVERDUE: Final = Text(nl="had voor {day} herzien moeten zijn", en="was due for review by {day}")
YES: Final = Text(nl="ja", en="yes")
NO: Final = Text(nl="nee", en="no")

# ------------------------------------------------------------------------------------- wrong questions

UNKNOWN_ROLE: Final = Text(
    nl='De rol "{role}" bestaat niet in {organisation}. Kies uit: {known}.',
    en='There is no role "{role}" in {organisation}. Choose from: {known}.',
)
UNKNOWN_DEPARTMENT: Final = Text(
    nl='De afdeling "{department}" bestaat niet in {organisation}. Kies uit: {known}.',
    en='There is no department "{department}" in {organisation}. Choose from: {known}.',
)
UNKNOWN_FACT: Final = Text(
    nl='Het feit "{fact}" hoort niet bij {entry}. Dat kent: {known}.',
    en='The fact "{fact}" does not belong to {entry}, which knows: {known}.',
)
UNKNOWN_ENTRY: Final = Text(
    nl='Er is geen kennisitem "{entry}" dat nu geldt en dat jij mag zien.',
    en='There is no entry "{entry}" that is valid now and that you may see.',
)
NO_ROLES: Final = Text(
    nl="{organisation} heeft nog geen rollen. Zet ze onder `roles` in organisation.yaml.",
    en="{organisation} has no roles yet. Add them under `roles` in organisation.yaml.",
)
QUESTION_CUT: Final = Text(
    nl="Je vraag was erg lang. Ik heb alleen het begin gelezen.",
    en="Your question was very long. I read only the beginning.",
)
NOT_AN_ANSWER: Final = Text(
    nl="Dit is geen antwoord zoals heleklant ask --json het geeft ({fault}). Draait daar een andere versie?",
    en="This is not an answer as heleklant ask --json gives it ({fault}). Does another version run there?",
)
