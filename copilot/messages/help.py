"""The help of every command and option. `copilot.cli` shows the English ones where English is set."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

PROGRAM: Final = Text(
    nl="Hele Klant: wat mag ik, hoe los ik het op, waar staat het. Probeer: heleklant demo",
    en="Hele Klant: what may I do, how do I solve it, where is it written. Try: heleklant demo",
)
DEBUG: Final = Text(
    nl="Laat bij een fout alle technische details zien.", en="Show all technical details when something fails."
)
PROGRAM_VERSION: Final = Text(nl="Laat zien welke versie dit is.", en="Show which version this is.")
AS_JSON: Final = Text(nl="Uitvoer als JSON, voor programma's.", en="Output as JSON, for programs.")
KNOWLEDGE: Final = Text(
    nl="Gebruik alleen dit kennispakket, in een tijdelijke opslag.",
    en="Use this knowledge pack alone, in a throw-away store.",
)
ON: Final = Text(nl="De dag waarvoor je vraagt (JJJJ-MM-DD).", en="The day you ask about (YYYY-MM-DD).")
ROLE: Final = Text(
    nl="Je rol, zoals in organisation.yaml. Weggelaten: de laagste.",
    en="Your role, as in organisation.yaml. Left out: the lowest.",
)

ASK: Final = Text(
    nl='Stel één vraag, of veel tegelijk. Voorbeeld: heleklant ask "klant is de bon kwijt, mag dat terug?" --role '
    "medewerker",
    en='Ask one question, or many at once. Example: heleklant ask "customer lost the receipt, may I take it back?" '
    "--role medewerker",
)
ASK_QUESTION: Final = Text(nl="De vraag, in gewone woorden.", en="The question, in plain words.")
ASK_DEPARTMENT: Final = Text(nl="De afdeling waar je werkt.", en="The department you work in.")
ASK_FACT: Final = Text(
    nl="Een feit dat je al weet: --fact bedrag=40. Mag vaker.", en="A fact you know: --fact bedrag=40. May be repeated."
)
ASK_LANGUAGE: Final = Text(nl="De taal van het antwoord.", en="The language of the answer.")
ASK_CUSTOMER: Final = Text(
    nl="Een kenmerk van de klant, voor grenzen per klant.", en="A reference to the customer, for limits per customer."
)
ASK_SHOW_PROMPT: Final = Text(
    nl="Laat precies zien wat naar het taalmodel zou gaan.", en="Show exactly what would be sent to the model."
)
ASK_BATCH: Final = Text(
    nl="Een bestand met één JSON-object per regel (ask, role, id, on, department, facts, thread).",
    en="A file with one JSON object a line (ask, role, id, on, department, facts, thread).",
)
ASK_OUT: Final = Text(
    nl="Waar de antwoorden heen gaan, één per regel. Weggelaten: het scherm.",
    en="Where the answers go, one a line. Left out: the screen.",
)

KNOWLEDGE_APP: Final = Text(
    nl="Kennis nakijken, inlezen, bekijken en bewaren. Voorbeeld: heleklant knowledge check knowledge/hele-klant",
    en="Check, import, look at and export knowledge. Example: heleklant knowledge check knowledge/hele-klant",
)
KNOWLEDGE_CHECK: Final = Text(
    nl="Kijk een pakket na zonder iets op te slaan. Voorbeeld: heleklant knowledge check knowledge/hele-klant",
    en="Check a pack and store nothing. Example: heleklant knowledge check knowledge/hele-klant",
)
KNOWLEDGE_IMPORT: Final = Text(
    nl="Lees een pakket in: alles of niets. Voorbeeld: heleklant knowledge import knowledge/hele-klant",
    en="Import a pack: all or nothing. Example: heleklant knowledge import knowledge/hele-klant",
)
KNOWLEDGE_EXPORT: Final = Text(
    nl="Schrijf de kennis naar een map. Voorbeeld: heleklant knowledge export kopie",
    en="Write the knowledge to a folder. Example: heleklant knowledge export copy",
)
KNOWLEDGE_LIST: Final = Text(
    nl="Laat alle kennisitems zien. Voorbeeld: heleklant knowledge list --kind mandate",
    en="List all entries. Example: heleklant knowledge list --kind mandate",
)
KNOWLEDGE_SHOW: Final = Text(
    nl="Laat één kennisitem zien. Voorbeeld: heleklant knowledge show retour-zonder-bon",
    en="Show one entry. Example: heleklant knowledge show retour-zonder-bon",
)
KNOWLEDGE_HISTORY: Final = Text(
    nl="Laat alle versies van een kennisitem zien. Voorbeeld: heleklant knowledge history retour-zonder-bon",
    en="Show all versions of an entry. Example: heleklant knowledge history retour-zonder-bon",
)
PATH_PACK: Final = Text(nl="De map met organisation.yaml.", en="The folder with organisation.yaml.")
PATH_EXPORT: Final = Text(
    nl="De map waar het pakket heen gaat; leeg of van een eerdere export.",
    en="The folder for the pack; empty or of an earlier export.",
)
THEIRS: Final = Text(nl="Bij een conflict wint het bestand.", en="In a conflict the file wins.")
OURS: Final = Text(nl="Bij een conflict wint wat er al staat.", en="In a conflict what is stored wins.")
BY: Final = Text(nl="Wie dit doet, voor de geschiedenis.", en="Who does this, for the history.")
FILTER_KIND: Final = Text(nl="Alleen policy, mandate of solution.", en="Only policy, mandate or solution.")
FILTER_STATUS: Final = Text(nl="Alleen draft, published of retired.", en="Only draft, published or retired.")
FILTER_OWNER: Final = Text(nl="Alleen van deze eigenaar.", en="Only of this owner.")
ENTRY: Final = Text(nl="Het id van het kennisitem.", en="The entry's id.")
VERSION: Final = Text(nl="Deze versie; weggelaten: de laatste.", en="This version; left out: the latest.")
DRAFTS: Final = Text(nl="Neem ook concepten mee.", en="Include drafts as well.")

MANDATE_APP: Final = Text(
    nl="Wat mag wie: beslissen, opzoeken, nakijken en vergelijken. Voorbeeld: heleklant mandate mine --role medewerker",
    en="Who may what: decide, look up, check and compare. Example: heleklant mandate mine --role medewerker",
)
MANDATE_DECIDE: Final = Text(
    nl="Het besluit van één mandaat, zonder te zoeken. Voorbeeld: heleklant mandate decide retour-zonder-bon "
    "--role medewerker --fact bedrag=40 --fact ongebruikt=yes",
    en="The decision of one mandate, without searching. Example: heleklant mandate decide retour-zonder-bon "
    "--role medewerker --fact bedrag=40 --fact ongebruikt=yes",
)
MANDATE_ENTRY: Final = Text(nl="Het id van het mandaat.", en="The mandate's id.")
MANDATE_ROLES: Final = Text(
    nl="Je rol, zoals in organisation.yaml; vaker geven mag. Weggelaten: de laagste.",
    en="Your role, as in organisation.yaml; may be repeated. Left out: the lowest.",
)
MANDATE_GRANTED: Final = Text(
    nl="Wat deze klant al kreeg binnen de periode van de periodegrens.",
    en="What this customer already got within the period of the period limit.",
)
MANDATE_BATCH: Final = Text(
    nl="Een bestand met één JSON-object per regel (entry, role, facts, on, granted, id).",
    en="A file with one JSON object a line (entry, role, facts, on, granted, id).",
)
MANDATE_MINE: Final = Text(
    nl="Wat mag ik: alles wat een rol zelf mag beslissen, per onderwerp. Voorbeeld: heleklant mandate mine "
    "--role medewerker --search retour",
    en="What may I do: everything that a role may decide itself, by subject. Example: heleklant mandate mine "
    "--role medewerker --search retour",
)
MANDATE_SEARCH: Final = Text(nl="Alleen wat deze woorden bevat.", en="Only what holds these words.")
MANDATE_CHECK: Final = Text(
    nl="Kijk alle mandaten na: tegenspraak, gaten, regels die nooit gelden. Voorbeeld: heleklant mandate check "
    "--knowledge knowledge/hele-klant",
    en="Check all mandates: contradictions, gaps, rules that never match. Example: heleklant mandate check "
    "--knowledge knowledge/hele-klant",
)
MANDATE_COMPARE: Final = Text(
    nl="Wat verandert er voor wie, tussen twee pakketten of twee versies. Voorbeeld: heleklant mandate compare "
    "retour-zonder-bon@1 retour-zonder-bon@2",
    en="What changes for whom, between two packs or two versions. Example: heleklant mandate compare "
    "retour-zonder-bon@1 retour-zonder-bon@2",
)
MANDATE_OLD: Final = Text(
    nl="De map van een pakket, of id@versie; . is wat er nu geldt.",
    en="The folder of a pack, or id@version; . is what counts now.",
)
MANDATE_LEDGER: Final = Text(
    nl="Kijk ook welke gegeven antwoorden anders zouden zijn.",
    en="Also tell which answers that were given would have differed.",
)

DEMO: Final = Text(
    nl="Alles in één keer, zonder sleutel of account: de voorbeeldkennis en de chatpagina. Voorbeeld: heleklant demo",
    en="Everything at once, no key or account: the sample knowledge and the chat page. Example: heleklant demo",
)
DEMO_OPEN: Final = Text(nl="Open de pagina in de browser.", en="Open the page in the browser.")
DOCTOR: Final = Text(
    nl="Wat is ingesteld, bereikbaar, vers of kapot, en wat doe je eraan. Voorbeeld: heleklant doctor",
    en="What is set, reachable, fresh or broken, and how to mend it. Example: heleklant doctor",
)
VERSION_OF_PROGRAM: Final = Text(nl="Laat de versie zien.", en="Show the version.")

EVALUATE: Final = Text(
    nl="Meet hoe goed de antwoorden zijn op proefvragen. Voorbeeld: heleklant evaluate --knowledge knowledge/hele-klant "
    "--report verslag",
    en="Measure how good the answers to cases are. Example: heleklant evaluate --knowledge knowledge/hele-klant "
    "--report report",
)
EVALUATE_CASES: Final = Text(
    nl="Bestanden of mappen met proefvragen. Een naam op -locked: alleen totalen. Weggelaten: de map cases van "
    "--knowledge.",
    en="Files or folders of cases. A name ending in -locked: totals only. Left out: the folder cases of --knowledge.",
)
EVALUATE_REPORT: Final = Text(
    nl="Schrijf results.json, junit.xml en report.html in deze map.",
    en="Write results.json, junit.xml and report.html in this folder.",
)
EVALUATE_BASELINE: Final = Text(
    nl="Vergelijk met de results.json van een eerdere meting.", en="Compare with the results.json of an earlier run."
)
EVALUATE_ALLOW_LOSS: Final = Text(
    nl="Zoveel proefvragen (3) of zo'n deel (1%) mogen van goed naar fout.",
    en="So many cases (3) or such a share (1%) may turn from right to wrong.",
)
EVALUATE_FAIL_UNDER: Final = Text(
    nl="Ondergrens, mag vaker: right=0.95, outcome=98%, refusal=1, pass^3=0.9.",
    en="Gate, may be repeated: right=0.95, outcome=98%, refusal=1, pass^3=0.9.",
)
EVALUATE_REPEAT: Final = Text(nl="Stel elke proefvraag zo vaak (pass^k).", en="Ask every case so many times (pass^k).")
EVALUATE_ROLE: Final = Text(nl="Alleen proefvragen van deze rol.", en="Only cases of this role.")
EVALUATE_TAG: Final = Text(nl="Alleen proefvragen met deze tag.", en="Only cases with this tag.")
EVALUATE_ON: Final = Text(
    nl="De dag voor proefvragen die er geen noemen (JJJJ-MM-DD).", en="The day for cases that name none (YYYY-MM-DD)."
)
EVALUATE_MODEL: Final = Text(nl="Laat dit taalmodel verwoorden.", en="Have this language model phrase the answers.")
EVALUATE_URL: Final = Text(
    nl="Stel de vragen aan een draaiende server (http://127.0.0.1:8080). Geef met --knowledge dezelfde kennis.",
    en="Ask a running server (http://127.0.0.1:8080). Give the same knowledge with --knowledge.",
)
EVALUATE_PROBES: Final = Text(
    nl="Maak van de kennis zelf zoveel peilingen per soort: weg, verlopen, verborgen, typefout, Engels…",
    en="Make so many probes of each kind from the knowledge itself: gone, expired, hidden, typing error, English…",
)
EVALUATE_SEED: Final = Text(nl="Het zaad van de peilingen.", en="The seed of the probes.")
EVALUATE_FAST: Final = Text(
    nl="Hoogstens 300 proefvragen, binnen 30 seconden: die over wat veranderde sinds --baseline, en van elk kennisitem.",
    en="At most 300 cases, within 30 seconds: those about what changed since --baseline, and some of every entry.",
)
EVALUATE_EXPORT: Final = Text(
    nl="Schrijf de antwoorden ook als rijen voor ragas, deepeval of promptfoo (met --report). Mag vaker.",
    en="Also write the answers as rows for ragas, deepeval or promptfoo (with --report). May be repeated.",
)
EVALUATE_COLLECT: Final = Text(
    nl="Maak proefvragen van wat er echt gevraagd is, gemaskeerd, in deze map.",
    en="Make cases from what was really asked, masked, in this folder.",
)
EVALUATE_JUDGE: Final = Text(
    nl="Laat een taalmodel (HELEKLANT_JUDGE_MODEL, anders HELEKLANT_MODEL) meekijken, drie keer per antwoord, met hoe "
    "vaak het met mensen eens is. Telt niet mee.",
    en="Have a language model (HELEKLANT_JUDGE_MODEL, else HELEKLANT_MODEL) judge too, three times an answer, with how "
    "often it agrees with people. Does not count.",
)

SERVE: Final = Text(
    nl="Draai de kanalen die je instellingen aanzetten. Voorbeeld: SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… "
    "heleklant serve",
    en="Run the channels that your settings switch on. Example: SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… "
    "heleklant serve",
)
SERVE_ONLY: Final = Text(
    nl="Alleen deze kanalen, met komma's ertussen.", en="Only these channels, separated by commas."
)
PEOPLE: Final = Text(
    nl="Wie is wie in de chat, met welke rol. Voorbeeld: heleklant people import medewerkers.csv",
    en="Who is who in chat, with which role. Example: heleklant people import staff.csv",
)
PEOPLE_IMPORT: Final = Text(
    nl="Lees medewerkers en gebruikersgroepen uit een CSV. Voorbeeld: heleklant people import medewerkers.csv",
    en="Read colleagues and user groups from a CSV. Example: heleklant people import staff.csv",
)
PEOPLE_FILE: Final = Text(
    nl="Kolommen: user, roles; en als je wilt name, department, language, workspace, channel, id, group.",
    en="Columns: user, roles; and optionally name, department, language, workspace, channel, id, group.",
)
PEOPLE_LIST: Final = Text(
    nl="Laat zien wie erin staat. Voorbeeld: heleklant people list",
    en="Show who is in it. Example: heleklant people list",
)
PEOPLE_ADD: Final = Text(
    nl="Voeg iemand toe of wijzig hem. Voorbeeld: heleklant people add U012AB3CD --role teamleider",
    en="Add or change somebody. Example: heleklant people add U012AB3CD --role teamleider",
)
PEOPLE_REMOVE: Final = Text(
    nl="Haal iemand weg. Voorbeeld: heleklant people remove U012AB3CD",
    en="Remove somebody. Example: heleklant people remove U012AB3CD",
)
PEOPLE_USER: Final = Text(nl="De gebruiker, zoals Slack hem noemt (U…).", en="The user as Slack names him (U…).")
PEOPLE_ROLE: Final = Text(nl="Zijn rol. Mag vaker.", en="His role. May be repeated.")
PEOPLE_NAME: Final = Text(nl="Zijn naam.", en="His name.")
PEOPLE_DEPARTMENT: Final = Text(nl="Zijn afdeling.", en="His department.")
PEOPLE_ID: Final = Text(
    nl="Wie hij is in de kennis, zoals bij owner (een e-mailadres).",
    en="Who he is in the knowledge, as under owner (an e-mail address).",
)
PEOPLE_CHANNEL: Final = Text(nl="De chatdienst.", en="The chat service.")
PEOPLE_WORKSPACE: Final = Text(
    nl="De werkruimte (T…); alleen nodig bij meer dan één.", en="The workspace (T…); only needed with more than one."
)
