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
SERVE: Final = Text(
    nl="Start de kanalen die zijn ingesteld (Slack, Teams, web). Voorbeeld: heleklant serve --only slack",
    en="Start the channels that are set (Slack, Teams, web). Example: heleklant serve --only slack",
)
DOCTOR: Final = Text(
    nl="Wat is ingesteld, bereikbaar, vers of kapot, en wat doe je eraan. Voorbeeld: heleklant doctor",
    en="What is set, reachable, fresh or broken, and how to mend it. Example: heleklant doctor",
)
VERSION_OF_PROGRAM: Final = Text(nl="Laat de versie zien.", en="Show the version.")
