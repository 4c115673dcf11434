"""What stands in Slack around the card: buttons, forms, Home, troubles, and offers of help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from copilot.messages import Text

# ------------------------------------------------------------------------------------------ on the card

YOU_ASKED: Final = Text(nl="Je vroeg: {question}", en="You asked: {question}")
OWN_ANSWER: Final = Text(nl="Iets anders…", en="Something else…")
CORRECT: Final = Text(nl="{fact}: {value} ✎", en="{fact}: {value} ✎")
CORRECT_HINT: Final = Text(nl="Klopt er iets niet? Tik erop.", en="Something not right? Tap it.")
DONE: Final = Text(nl="Ik heb dit gedaan", en="I have done this")
DONE_NOTED: Final = Text(nl="Genoteerd: je hebt dit gedaan.", en="Noted: you have done this.")
DONE_ALREADY: Final = Text(nl="Dit stond al genoteerd.", en="This was already noted.")
HELPFUL: Final = Text(nl="👍 Dit hielp", en="👍 This helped")
NOT_HELPFUL: Final = Text(nl="👎 Dit hielp niet", en="👎 This did not help")
WRONG: Final = Text(nl="Dit klopt niet", en="This is not right")
SHARE: Final = Text(nl="Deel in kanaal", en="Share in channel")
SOURCES: Final = Text(nl="Bekijk de bronnen", en="See the sources")
THANKS: Final = Text(nl="Dank je. Genoteerd.", en="Thank you. Noted.")
WHY_NOT: Final = Text(nl="Wat was er mis?", en="What was wrong?")
REASONS: Final[tuple[tuple[str, Text], ...]] = (
    ("wrong", Text(nl="Het klopt niet", en="It is not right")),
    ("other_subject", Text(nl="Het gaat over iets anders", en="It is about something else")),
    ("incomplete", Text(nl="Er ontbreekt iets", en="Something is missing")),
    ("unclear", Text(nl="Ik begrijp het niet", en="I do not understand it")),
)
SHORTENED: Final = Text(
    nl="Ingekort. Alles staat bij “Bekijk de bronnen”.", en="Shortened. Everything is under “See the sources”."
)
CHANGED: Final = Text(
    nl="De kennis is veranderd sinds je vroeg. Dit is het antwoord van nu.",
    en="The knowledge has changed since you asked. This is the answer as of now.",
)
SHARED_BY: Final = Text(nl="Gedeeld door {user}", en="Shared by {user}")
SHARED: Final = Text(nl="Gedeeld in het kanaal.", en="Shared in the channel.")
NOTHING_TO_SHARE: Final = Text(
    nl="In dit antwoord staat niets dat gedeeld kan worden zonder grenzen of interne notities.",
    en="Nothing in this answer can be shared without limits or internal notes.",
)
SOURCE_OWNER: Final = Text(nl="Vragen hierover: {owner}", en="Questions about this: {owner}")

# ------------------------------------------------------------------------------------------ conversation

STATUS: Final = Text(nl="zoekt uit wat je mag…", en="is finding out what you may do…")
UNKNOWN_PERSON: Final = Text(
    nl="Ik ken je nog niet, dus ik antwoord voor de rol {role}. Laat je beheerder je toevoegen: "
    "`heleklant people add {user} --role ROL`.",
    en="I do not know you yet, so I answer for the role {role}. Ask your administrator to add you: "
    "`heleklant people add {user} --role ROLE`.",
)
HOW_TO_ASK: Final = Text(
    nl="Vraag in één zin wat de klant wil. Bijvoorbeeld: `{command} vraag klant is de bon kwijt, mag dat terug?`",
    en="Ask in one sentence what the customer wants. For example: `{command} vraag customer lost the receipt, may I "
    "take it back?`",
)
TOO_LONG: Final = Text(
    nl="Je bericht was erg lang; ik las het begin. Antwoordt dit niet op je vraag? Vraag het dan in één zin.",
    en="Your message was very long; I read the beginning. If this misses your question, ask it in one sentence.",
)
FILES_ONLY: Final = Text(
    nl="Ik kan geen bestanden lezen. Schrijf in één zin wat de klant wil.",
    en="I cannot read files. Write in one sentence what the customer wants.",
)
NO_TEXT: Final = Text(
    nl="In dat bericht staat geen tekst die ik kan lezen. Schrijf in één zin wat de klant wil.",
    en="There is no text in that message that I can read. Write in one sentence what the customer wants.",
)
APOLOGY: Final = Text(
    nl="Dit ging mis, en dat ligt niet aan jou. Je vraag was: “{question}”. Probeer het nog een keer; blijft het "
    "misgaan, laat het dan je beheerder weten.",
    en="This went wrong, and not because of you. Your question was: “{question}”. Please try again; if it keeps going "
    "wrong, tell your administrator.",
)
OVERDUE: Final = Text(
    nl="Na {seconds} seconden was hierop nog niets gezegd; er is sorry gezegd. Kijk in het log wat bleef hangen.",
    en="After {seconds} seconds nothing had been said to this; we apologised. See in the log what got stuck.",
)
INTERRUPTED: Final = Text(
    nl="Ik werd onderbroken toen ik je antwoord gaf. Zie je het niet? Het staat onder Home bij “Mijn antwoorden”.",
    en="I was interrupted while I answered you. Do you not see it? It is under Home, at “My answers”.",
)
NOT_IN_CHANNEL: Final = Text(
    nl="Ik zit niet in het kanaal waar je dit vroeg, daarom antwoord ik hier.",
    en="I am not in the channel where you asked, so I answer here.",
)
ANSWER_GONE: Final = Text(
    nl="Dit antwoord is er niet meer. Stel je vraag opnieuw.", en="This answer is no longer here. Please ask again."
)
NOT_YOURS: Final = Text(
    nl="Dit antwoord is van iemand anders. Stel je eigen vraag.", en="This answer is somebody else's. Ask your own."
)
OUTSIDER_NOTHING: Final = Text(
    nl="Daar kan ik je niets over zeggen. Vraag het een medewerker van {organisation}.",
    en="I cannot tell you about that. Ask somebody of {organisation}.",
)
SHARED_ELSEWHERE: Final = Text(
    nl="Dit deel ik niet: in dit kanaal leest een ander bedrijf mee, en dit kennisitem is niet voor iedereen.",
    en="I will not share this: another company reads along in this channel, and this entry is not for everyone.",
)
FORM_EXPIRED: Final = Text(
    nl="Het formulier kon niet meer open. Tik nog een keer.", en="The form could not open any more. Please tap again."
)
PROMPTS_TITLE: Final = Text(nl="Bijvoorbeeld", en="For example")

# ------------------------------------------------------------------------------------------------ forms

SEND: Final = Text(nl="Verstuur", en="Send")
SAVE: Final = Text(nl="Stel voor", en="Propose")
CLOSE: Final = Text(nl="Sluit", en="Close")
FACT_TITLE: Final = Text(nl="Wat klopt wel?", en="What is right?")
FACT_LABEL: Final = Text(nl="Waarde voor {fact}", en="Value for {fact}")
SOURCES_TITLE: Final = Text(nl="Hier staat het", en="Where it is written")
WRONG_TITLE: Final = Text(nl="Dit klopt niet", en="This is not right")
WRONG_LABEL: Final = Text(nl="Wat moet het zijn?", en="What should it be?")
FORM_TITLE: Final = Text(nl="Kennis", en="Knowledge")
FORM_NAME: Final = Text(nl="Titel", en="Title")
FORM_BODY: Final = Text(nl="De afspraak, in gewone woorden", en="The agreement, in plain words")
FORM_QUESTIONS: Final = Text(nl="Zo vragen collega's ernaar (één per regel)", en="How colleagues ask (one a line)")
FORM_DEPARTMENT: Final = Text(nl="Afdeling", en="Department")
FORM_NO_DEPARTMENT: Final = Text(nl="Geen afdeling", en="No department")
FORM_AUDIENCE: Final = Text(nl="Wie mag dit zien? (leeg = iedereen)", en="Who may see this? (empty = everybody)")
FORM_END: Final = Text(nl="Einde", en="End")
FORM_NO_END: Final = Text(nl="Dit eindigt niet meer", en="This has no end any more")
FORM_UNTIL: Final = Text(nl="Geldig tot en met", en="Valid until")
FORM_SOURCE: Final = Text(nl="Waar staat dit? (bron)", en="Where is this written? (source)")
FORM_SAY: Final = Text(nl="Zeg tegen de klant", en="Say to the customer")
FORM_STEPS: Final = Text(nl="Stappen (één per regel)", en="Steps (one a line)")
FORM_FACTS: Final = Text(nl="Waar hangt het van af? (één per regel)", en="What does it depend on? (one a line)")
FORM_FACTS_HINT: Final = Text(
    nl="Naam: soort: vraag. Bijvoorbeeld: bedrag: geld: Om welk bedrag gaat het? Soorten: geld, getal, procent, "
    "dagen, janee, of keuze (a, b).",
    en="Name: type: question. For example: amount: money: How much is it? Types: money, number, percent, days, yesno, "
    "or choice(a, b).",
)
FORM_RULE_ROLE: Final = Text(nl="Regel {number}: wie", en="Rule {number}: who")
FORM_RULE_WHEN: Final = Text(nl="Regel {number}: wanneer", en="Rule {number}: when")
FORM_RULE_WHEN_HINT: Final = Text(
    nl="Bijvoorbeeld: bedrag <= 50, ongebruikt ja. Leeg = altijd.",
    en="For example: amount <= 50, unused yes. Empty = always.",
)
FORM_RULE_MAY: Final = Text(
    nl="Regel {number}: wat mag, of waarom nooit", en="Rule {number}: what is allowed, or why never"
)
FORM_RULE_REMOVED: Final = Text(nl="Deze regel vervalt", en="This rule goes")
FORM_NOBODY: Final = Text(nl="Niemand (dit mag nooit)", en="Nobody (never allowed)")

CHANGE_TITLE: Final = Text(nl="Kennis wijzigen", en="Change knowledge")
CHANGE_DRAFT: Final = Text(
    nl="Hier ligt al een voorstel van {by}. Je wijzigt dat voorstel.",
    en="There is a proposal by {by} already. You change that proposal.",
)
KEPT_RULES: Final = Text(
    nl="Deze regels staan niet in dit formulier en blijven zoals ze zijn",
    en="These rules are not in this form and stay as they are",
)
KEPT_THOSE_RULES: Final = Text(nl="de regels hierboven", en="the rules above")
KEPT_RULE: Final = Text(nl="Regel {number}: {rule}", en="Rule {number}: {rule}")
KEPT_MORE: Final = Text(nl="… en nog {count} regels.", en="… and {count} rules more.")
KEPT_STEPS: Final = Text(
    nl="Aan sommige stappen hangt meer, en dat blijft eraan hangen: {steps}.",
    en="More hangs on some steps, and stays with them: {steps}.",
)
KEPT: Final = Text(
    nl="Niet in dit formulier, en blijft zoals het is: {names}. Wil je dat wijzigen? Vraag je beheerder om het bestand "
    "(heleklant knowledge export), pas het aan en laat het weer inlezen (heleklant knowledge import).",
    en="Not in this form, and stays as it is: {names}. To change it, ask your administrator for the file (heleklant "
    "knowledge export), edit it and have it imported again (heleklant knowledge import).",
)

# -------------------------------------------------------------------------------------- knowledge's life

PROPOSAL: Final = Text(nl="Voorstel: {title}", en="Proposal: {title}")
PROPOSED_BY: Final = Text(nl="Geschreven door {by}, versie {version}", en="Written by {by}, version {version}")
PUBLISH: Final = Text(nl="Publiceer", en="Publish")
DECLINE: Final = Text(nl="Niet doen", en="Decline")
RETIRE: Final = Text(nl="Trek in", en="Retire")
RESTORE: Final = Text(nl="Zet versie {version} terug", en="Bring back version {version}")
CHANGE: Final = Text(nl="Wijzig", en="Change")
RETIRE_SURE: Final = Text(nl="Intrekken?", en="Retire it?")
RETIRE_MEANS: Final = Text(
    nl="Dit kennisitem antwoordt dan meteen niet meer. Je kunt het later terugzetten.",
    en="This entry answers no more from now on. You can bring it back later.",
)
RETIRE_NOT: Final = Text(nl="Laat staan", en="Leave it")
BRING_BACK: Final = Text(nl="Zet terug", en="Bring back")
FOUND: Final = Text(nl="Wat wil je wijzigen?", en="What do you want to change?")
NONE_FOUND: Final = Text(
    nl="Ik vind geen kennis bij “{words}”. Probeer een ander woord. Alleen “kennis” opent een leeg formulier.",
    en="I find no knowledge for “{words}”. Try another word. “knowledge” alone opens an empty form.",
)
STANDINGS: Final[Mapping[str, Text]] = {
    "draft": Text(nl="er ligt een voorstel", en="there is a proposal"),
    "retired": Text(nl="ingetrokken", en="retired"),
}
"""By the status of an entry; one that is published needs no word."""
YOURS_PUBLISHED: Final = Text(
    nl="{by} publiceerde je voorstel: {title}. De volgende vraag krijgt dit antwoord.",
    en="{by} published your proposal: {title}. The next question gets this answer.",
)
YOURS_DECLINED: Final = Text(
    nl="{by} publiceert je voorstel niet: {title}. Vraag wat er anders moet.",
    en="{by} does not publish your proposal: {title}. Ask what should be different.",
)
PUBLISHED: Final = Text(
    nl="Gepubliceerd door {by}: {title}. De volgende vraag krijgt dit antwoord.",
    en="Published by {by}: {title}. The next question gets this answer.",
)
DECLINED: Final = Text(nl="Niet gepubliceerd, besloten door {by}: {title}.", en="Declined by {by}: {title}.")
RETIRED: Final = Text(
    nl="Ingetrokken door {by}: {title}. Het antwoordt niet meer.", en="Retired by {by}: {title}. It answers no more."
)
PROPOSAL_SENT: Final = Text(
    nl="Je voorstel “{title}” staat klaar. Een tweede persoon publiceert het.",
    en="Your proposal “{title}” is ready. A second person publishes it.",
)
WRITE_ANSWER: Final = Text(nl="Schrijf het antwoord", en="Write the answer")

# ------------------------------------------------------------------------------------------------- Home

HOME_TITLE: Final = Text(nl="Hele Klant", en="Hele Klant")
HOME_LEAD: Final = Text(
    nl="Wat mag je, hoe los je het op, waar staat het. Je praat met een computer; regels beslissen wat mag.",
    en="What you may do, how to solve it, where it is written. You are talking to a computer; rules decide.",
)
HOME_ROLE: Final = Text(nl="Je rol: *{role}*", en="Your role: *{role}*")
HOME_MINE: Final = Text(nl="Wat mag ik?", en="What may I do?")
HOME_ANSWERS: Final = Text(nl="Mijn antwoorden", en="My answers")
HOME_NO_ANSWERS: Final = Text(
    nl="Je hebt nog niets gevraagd. Typ je eerste vraag hierboven, bij Berichten.",
    en="You have not asked anything yet. Type your first question above, under Messages.",
)
HOME_OPEN: Final = Text(nl="Open", en="Open")
HOME_KNOWLEDGE: Final = Text(nl="Kennis toevoegen", en="Add knowledge")
HOME_MORE: Final = Text(nl="… en nog {count}", en="… and {count} more")

# ----------------------------------------------------------------------------------------------- offers

OFFER: Final = Text(
    nl="Ik zag je bericht. Zal ik kijken hoe je dit zelf in één keer oplost? Alleen jij ziet dit.",
    en="I saw your message. Shall I look how you can solve this yourself? Only you see this.",
)
OFFER_UNANSWERED: Final = Text(
    nl="Je vraag staat nog open, en ik weet er iets over. Zal ik het laten zien? Alleen jij ziet dit.",
    en="Your question is still open, and I know something about it. Shall I show it? Only you see this.",
)
OFFER_YES: Final = Text(nl="Ja, kijk mee", en="Yes, please")
OFFER_NEVER: Final = Text(nl="Niet meer in dit kanaal", en="Not in this channel any more")
OFFER_NEVER_DONE: Final = Text(
    nl="Goed, ik bied hier niets meer ongevraagd aan.", en="Fine, I will not offer anything here unasked."
)
OFFERS_ON: Final = Text(
    nl="In dit kanaal bied ik voortaan hulp aan wanneer iemand schrijft dat iets niet zijn afdeling is, of wanneer een "
    "vraag over een klant blijft liggen en ik het antwoord weet.",
    en="In this channel I will offer help when somebody writes that something is not his department, or when a question "
    "about a customer is left open and I know the answer.",
)
OFFERS_OFF: Final = Text(
    nl="In dit kanaal bied ik niets meer ongevraagd aan.", en="I no longer offer help unasked here."
)

# --------------------------------------------------------------------------------------- administrators

SERVING: Final = Text(
    nl="Hele Klant draait op {url} met: {channels}", en="Hele Klant is running at {url} with: {channels}"
)
STOPPING: Final = Text(nl="Stopt: maakt af wat begonnen is.", en="Stopping: finishing what was begun.")
NOTHING_TO_SERVE: Final = Text(
    nl="Geen enkel kanaal staat aan. Zet SLACK_BOT_TOKEN met SLACK_APP_TOKEN of SLACK_SIGNING_SECRET.",
    en="No channel is on. Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.",
)
UNKNOWN_CHANNEL: Final = Text(
    nl="Het kanaal “{name}” bestaat niet. Kies uit: {known}.", en="There is no channel “{name}”. Choose from: {known}."
)
NOT_SET: Final = Text(
    nl="Het kanaal “{name}” mist een instelling: {missing}.", en="The channel “{name}” misses a setting: {missing}."
)
BAD_KEY: Final = Text(
    nl="HELEKLANT_SECRET_KEY is geen geldige sleutel. Maak er een: {command}",
    en="HELEKLANT_SECRET_KEY is not a valid key. Make one: {command}",
)
TOKEN_REFUSED: Final = Text(
    nl="Slack weigert {name} ({error}). Kopieer het token opnieuw uit de app-instellingen van Slack; "
    "kwam de app via /slack/install, installeer hem dan opnieuw.",
    en="Slack refuses {name} ({error}). Copy the token again from the settings of the Slack app; if the app "
    "came by /slack/install, install it again.",
)
INSTALL_TITLE: Final = Text(nl="Hele Klant in Slack zetten", en="Put Hele Klant in Slack")
INSTALL_SAYS: Final = Text(
    nl="Je kiest zo zelf je werkruimte, en ziet wat de app mag. Weghalen kan altijd, in Slack.",
    en="You choose your workspace next, and see what the app may do. You can always remove it, in Slack.",
)
INSTALL_BUTTON: Final = Text(nl="Verder naar Slack", en="Continue to Slack")
INSTALL_AGAIN: Final = Text(nl="Begin opnieuw", en="Start again")
INSTALLED_TITLE: Final = Text(nl="Hele Klant staat in Slack", en="Hele Klant is in Slack")
INSTALLED_SAYS: Final = Text(
    nl="Stel je eerste vraag in een privébericht aan Hele Klant.",
    en="Ask your first question in a direct message to Hele Klant.",
)
INSTALLED_BUTTON: Final = Text(nl="Open Slack", en="Open Slack")
NOT_INSTALLED_TITLE: Final = Text(nl="Het is niet gelukt", en="That did not work")
NOT_INSTALLED_SAYS: Final = Text(
    nl="Slack gaf geen toegang. Begin opnieuw; lukt het dan niet, vraag het de beheerder van Hele Klant.",
    en="Slack gave no access. Start again; if that fails too, ask the administrator of Hele Klant.",
)
_STATE_SAYS: Final = Text(
    nl="Deze link is al gebruikt, ouder dan tien minuten, of niet in deze browser begonnen.",
    en="This link was used before, is older than ten minutes, or was not begun in this browser.",
)
NOT_INSTALLED_BECAUSE: Final[dict[str, Text]] = {
    "access_denied": Text(
        nl="Je hebt in Slack geen toestemming gegeven. Er is niets veranderd.",
        en="You gave no permission in Slack. Nothing has changed.",
    ),
    "invalid_state": _STATE_SAYS,
    "invalid_browser": _STATE_SAYS,
    "storage_error": Text(
        nl="Slack gaf toegang, maar die kon niet worden bewaard. Vraag de beheerder van Hele Klant om het log.",
        en="Slack gave access, but it could not be kept. Ask the administrator of Hele Klant for the log.",
    ),
}
NOT_INSTALLED: Final = Text(
    nl="De werkruimte {team} heeft de Slack-app niet (meer). Installeer hem daar via het adres /slack/install.",
    en="The workspace {team} does not have the Slack app (any more). Install it there at the address /slack/install.",
)
REFRESH_REFUSED: Final = Text(
    nl="Slack geeft geen nieuw token voor de werkruimte {team} ({error}). Installeer de app daar opnieuw via het adres "
    "/slack/install.",
    en="Slack gives no new token for the workspace {team} ({error}). Install the app there again at the address "
    "/slack/install.",
)
REFRESH_AWAY: Final = Text(
    nl="Slack gaf nu geen nieuw token voor de werkruimte {team} ({error}); straks opnieuw.",
    en="Slack gave no new token for the workspace {team} just now ({error}); again later.",
)
REFRESH_WAITS: Final = Text(
    nl="Het token van de werkruimte {team} is verlopen en Slack geeft nog geen nieuw.",
    en="The token of the workspace {team} has ended and Slack does not give a new one yet.",
)
SHARED_WRONG: Final = Text(
    nl="{name}={given} bestaat niet. Kies uit: {known}.", en="{name}={given} does not exist. Choose from: {known}."
)
OFFER_AFTER_WRONG: Final = Text(
    nl='{name} is "{given}". Geef een aantal minuten van 0 (nooit) tot 1440, zoals 10.',
    en='{name} is "{given}". Give a number of minutes from 0 (never) to 1440, such as 10.',
)
AWAY: Final = Text(
    nl="Slack is nu niet bereikbaar ({fault}). Het programma draait door en probeert het steeds opnieuw.",
    en="Slack cannot be reached now ({fault}). The program goes on and keeps trying.",
)
SCOPE_MISSING: Final = Text(
    nl="De Slack-app mist het recht {needed}. Voeg het toe onder OAuth & Permissions en installeer de app opnieuw.",
    en="The Slack app misses the scope {needed}. Add it under OAuth & Permissions and install the app again.",
)
REFUSED: Final = Text(nl="Slack weigerde {method}: {error}", en="Slack refused {method}: {error}")
_NOT_IN: Final = Text(
    nl="Slack weigerde {method}: {error}. De app zit niet in dat kanaal, of het is weg; nodig hem uit met /invite.",
    en="Slack refused {method}: {error}. The app is not in that channel, or it is gone; invite it with /invite.",
)
_GONE: Final = Text(
    nl="Slack weigerde {method}: {error}. Deze persoon is niet meer in de werkruimte; haal hem uit de lijst met "
    "`heleklant people remove`.",
    en="Slack refused {method}: {error}. This person has left the workspace; take him off the list with "
    "`heleklant people remove`.",
)
REFUSED_BECAUSE: Final[dict[str, Text]] = {
    "not_in_channel": _NOT_IN,
    "channel_not_found": _NOT_IN,
    "is_archived": _NOT_IN,
    "user_not_found": _GONE,
    "user_disabled": _GONE,
    "user_is_deactivated": _GONE,
}
"""What Slack refused, with what to do."""
PEOPLE_HEADER: Final = Text(
    nl="{file}: de eerste regel moet de kolommen noemen: user, roles; en als je wilt name, department, language, "
    "workspace, channel, id, group.",
    en="{file}: the first line must name the columns: user, roles; and optionally name, department, language, "
    "workspace, channel, id, group.",
)
PEOPLE_LINE: Final = Text(nl="{file}, regel {line}: {what}", en="{file}, line {line}: {what}")
PEOPLE_NO_USER: Final = Text(nl="user of group ontbreekt", en="user or group is missing")
PEOPLE_IMPORTED: Final = Text(
    nl="{people} medewerkers nieuw of gewijzigd, {groups} groepen.",
    en="{people} colleagues new or changed, {groups} groups.",
)
PEOPLE_NONE: Final = Text(
    nl="Er staat nog niemand in. Zie: heleklant people import --help",
    en="Nobody is in it yet. See: heleklant people import --help",
)
PEOPLE_ADDED: Final = Text(nl="{user} heeft nu de rol {roles}.", en="{user} now has the role {roles}.")
PEOPLE_REMOVED: Final = Text(nl="{user} staat er niet meer in.", en="{user} is no longer in it.")
PEOPLE_UNKNOWN: Final = Text(nl="{user} stond er niet in.", en="{user} was not in it.")
