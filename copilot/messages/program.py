"""What the program itself says: on screen, in errors of settings and in `doctor`."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

SETTING_NOT_ALLOWED: Final = Text(
    nl='De instelling {name} heeft de waarde "{value}". Kies uit: {allowed}.',
    en='The setting {name} has the value "{value}". Choose from: {allowed}.',
)
SETTING_NO_PORT: Final = Text(
    nl='De instelling {name} heeft de waarde "{value}". Geef een poortnummer van 0 tot en met 65535.',
    en='The setting {name} has the value "{value}". Give a port number from 0 to 65535.',
)
SETTING_NO_AMOUNT: Final = Text(
    nl='De instelling {name} heeft de waarde "{value}". Geef een getal van {least} of meer, zoals 2.5.',
    en='The setting {name} has the value "{value}". Give a number of {least} or more, such as 2.5.',
)
SETTING_NO_PATTERN: Final = Text(
    nl='In de instelling {name} staat "{value}" ({fault}). Schrijf soort=patroon, gescheiden door een puntkomma.',
    en='The setting {name} holds "{value}" ({fault}). Write kind=pattern, separated by semicolons.',
)
DOTENV_UNREADABLE: Final = Text(
    nl="Het bestand {path} is niet te lezen ({fault}). Maak het leesbaar of haal het weg.",
    en="The file {path} cannot be read ({fault}). Make it readable or remove it.",
)
DOTENV_LINE: Final = Text(
    nl="Regel {line} van {path} is geen instelling. Schrijf NAAM=waarde, of zet er # voor.",
    en="Line {line} of {path} is not a setting. Write NAME=value, or put # before it.",
)
ERROR: Final = Text(nl="Fout: {what}", en="Error: {what}")
UNEXPECTED: Final = Text(
    nl="Er ging iets mis dat we niet voorzagen ({what}). Er is niets verloren. Draai hetzelfde met --debug voor de "
    "details en meld het.",
    en="Something went wrong that we did not foresee ({what}). Nothing is lost. Run the same with --debug for the "
    "details and report it.",
)
STOPPED: Final = Text(nl="Gestopt.", en="Stopped.")
NOT_A_DAY: Final = Text(
    nl='"{value}" is geen dag. Schrijf jaar-maand-dag, zoals 2026-11-22.',
    en='"{value}" is not a day. Write year-month-day, such as 2026-11-22.',
)
NOT_A_FACT: Final = Text(
    nl='"{value}" is geen feit. Schrijf naam=waarde, zoals bedrag=40.',
    en='"{value}" is not a fact. Write name=value, such as bedrag=40.',
)
FACT_NOT_PLAIN: Final = Text(
    nl='Het feit "{fact}" heeft geen gewone waarde. Geef tekst, een getal, true of false.',
    en='The fact "{fact}" has no plain value. Give text, a number, true or false.',
)
NOT_A_LANGUAGE: Final = Text(
    nl='De taal "{value}" spreken we niet. Kies nl of en.', en='We do not speak "{value}". Choose nl or en.'
)
NOTHING_ASKED: Final = Text(
    nl='Geef een vraag, zoals heleklant ask "mag dit terug?", of een bestand met --batch.',
    en='Give a question, such as heleklant ask "may this be returned?", or a file with --batch.',
)
OUT_WITHOUT_BATCH: Final = Text(
    nl="--out hoort bij --batch. Geef een bestand met vragen, of laat --out weg.",
    en="--out belongs to --batch. Give a file of questions, or leave --out away.",
)
ASKED_TWICE: Final = Text(
    nl="Kies: een vraag of een bestand met --batch, niet allebei.",
    en="Choose: a question or a file with --batch, not both.",
)
BATCH_UNREADABLE: Final = Text(
    nl="Het bestand {path} is niet te lezen: {fault}. Controleer de naam en of het tekst is (UTF-8).",
    en="The file {path} cannot be read: {fault}. Check its name and that it is text (UTF-8).",
)
CANNOT_WRITE: Final = Text(
    nl="Kan niet schrijven naar {path}: {fault}. Kies een andere plek of maak ruimte.",
    en="Cannot write to {path}: {fault}. Choose another place or make room.",
)
BATCH_NOT_JSON: Final = Text(
    nl="Regel {line} is geen JSON-object: {fault}.", en="Line {line} is not a JSON object: {fault}."
)
BATCH_NO_QUESTION: Final = Text(
    nl='Regel {line} heeft geen vraag. Zet die onder "ask".', en='Line {line} has no question. Put it under "ask".'
)
BATCH_WRONG_TYPE: Final = Text(
    nl='Regel {line}: "{key}" heeft een verkeerde vorm. Schrijf {expected}.',
    en='Line {line}: "{key}" has the wrong form. Write {expected}.',
)
BATCH_UNKNOWN_KEY: Final = Text(
    nl='Regel {line}: de sleutel "{key}" kennen we niet. Gebruik {known}.',
    en='Line {line}: we do not know the key "{key}". Use {known}.',
)
ASKING: Final = Text(nl="Vragen beantwoorden", en="Answering questions")
EMBEDDING: Final = Text(nl="Kennis doorzoekbaar maken", en="Making the knowledge searchable")

CHECKED_CLEAN: Final = Text(
    nl="Nagekeken kennisitems: {count}. Alles klopt.", en="Entries checked: {count}. All is well."
)
CHECKED: Final = Text(
    nl="Nagekeken kennisitems: {count}. Fouten: {errors}. Waarschuwingen: {warnings}.",
    en="Entries checked: {count}. Errors: {errors}. Warnings: {warnings}.",
)
FINDING_ERROR: Final = Text(nl="fout", en="error")
FINDING_WARNING: Final = Text(nl="let op", en="warning")
IMPORT_REFUSED: Final = Text(
    nl="Er is niets ingelezen: het pakket {path} heeft fouten. Herstel ze en probeer het opnieuw.",
    en="Nothing was imported: the pack {path} has errors. Mend them and try again.",
)
IMPORTED: Final = Text(
    nl="{organisation}: {new} nieuw, {changed} gewijzigd, {retired} vervallen, {kept} behouden, {unchanged} gelijk.",
    en="{organisation}: {new} new, {changed} changed, {retired} retired, {kept} kept, {unchanged} unchanged.",
)
EXPORTED: Final = Text(nl="{count} kennisitems geschreven naar {path}.", en="{count} entries written to {path}.")
EXPORT_NOT_EMPTY: Final = Text(
    nl="De map {path} bevat al andere bestanden, zoals {example}. Kies een lege map, of de map van een eerdere export.",
    en="The folder {path} already holds other files, such as {example}. Choose an empty folder, or that of an earlier "
    "export.",
)
NO_ENTRY: Final = Text(
    nl='Er is geen kennisitem "{entry}". Bekijk alles met: heleklant knowledge list',
    en='There is no entry "{entry}". See all with: heleklant knowledge list',
)
NO_VERSION: Final = Text(
    nl='Het kennisitem "{entry}" heeft geen versie {version}. Bekijk ze met: heleklant knowledge history {entry}',
    en='The entry "{entry}" has no version {version}. See them with: heleklant knowledge history {entry}',
)
NO_KNOWLEDGE_STORED: Final = Text(
    nl="Er is nog geen kennis ingelezen. Doe dat met: heleklant knowledge import MAP, of probeer: heleklant demo",
    en="No knowledge has been imported yet. Do so with: heleklant knowledge import FOLDER, or try: heleklant demo",
)
NOTHING_LISTED: Final = Text(nl="Geen enkel kennisitem past hierbij.", en="No entry fits this.")
CONFLICT_ENTRY: Final = Text(nl="Conflict in {entry}", en="Conflict in {entry}")
CONFLICT_STORED: Final = Text(nl="Wat er staat", en="What is stored")
CONFLICT_FILE: Final = Text(nl="Het bestand", en="The file")
CONFLICT_RETIRED: Final = Text(nl="(hier ingetrokken)", en="(retired here)")
CONFLICT_GONE: Final = Text(nl="(niet meer in het pakket)", en="(no longer in the pack)")
BOTH_WIN: Final = Text(nl="Kies --theirs of --ours, niet allebei.", en="Choose --theirs or --ours, not both.")

COLUMN_ID: Final = Text(nl="id", en="id")
COLUMN_KIND: Final = Text(nl="soort", en="kind")
COLUMN_TITLE: Final = Text(nl="titel", en="title")
COLUMN_STATUS: Final = Text(nl="status", en="status")
COLUMN_OWNER: Final = Text(nl="eigenaar", en="owner")
COLUMN_VALID: Final = Text(nl="geldig", en="valid")
COLUMN_REVIEW: Final = Text(nl="herzien voor", en="review by")
COLUMN_VERSION: Final = Text(nl="versie", en="version")
COLUMN_WHEN: Final = Text(nl="wanneer", en="when")
COLUMN_BY: Final = Text(nl="door", en="by")
COLUMN_APPROVED: Final = Text(nl="akkoord van", en="approved by")
COLUMN_NOTE: Final = Text(nl="opmerking", en="note")

DEMO_READY: Final = Text(
    nl="Hele Klant staat klaar op {url}\nStel daar je vraag. Stoppen: Ctrl+C.",
    en="Hele Klant is ready at {url}\nAsk your question there. Stop: Ctrl+C.",
)
SAMPLE_MISSING: Final = Text(
    nl="De voorbeeldkennis {path} is er niet. Start demo in de map van het project, of geef een pakket: --knowledge.",
    en="The sample knowledge {path} is not there. Run demo in the project's folder, or give a pack: --knowledge.",
)
PORT_TAKEN: Final = Text(
    nl="Poort {port} op {host} is bezet. Kies een andere: HELEKLANT_PORT=8081 heleklant {command}",
    en="Port {port} on {host} is taken. Choose another: HELEKLANT_PORT=8081 heleklant {command}",
)
PACK_UNUSABLE: Final = Text(
    nl="Dit pakket kan geen vragen beantwoorden. {where}: {what}",
    en="This pack cannot answer questions. {where}: {what}",
)
SELF: Final = "heleklant"
"""Who changed something when the program itself did."""
SEVERAL_PACKS: Final = Text(
    nl="In {path} staan meerdere pakketten: {packs}. Kies er één.",
    en="There are several packs in {path}: {packs}. Choose one.",
)
STORED_ENTRY_BROKEN: Final = Text(
    nl="Een kennisitem in de database is niet meer te lezen. Kijk de kennis na met: heleklant doctor",
    en="An entry in the database can no longer be read. Check the knowledge with: heleklant doctor",
)

DOCTOR_PYTHON: Final = Text(nl="Python", en="Python")
DOCTOR_DATA: Final = Text(nl="Gegevensmap", en="Data folder")
DOCTOR_DATABASE: Final = Text(nl="Database", en="Database")
DOCTOR_KNOWLEDGE: Final = Text(nl="Kennis", en="Knowledge")
DOCTOR_REVIEW: Final = Text(nl="Herziening", en="Review")
DOCTOR_MEANING: Final = Text(nl="Zoeken op betekenis", en="Search by meaning")
DOCTOR_RERANKER: Final = Text(nl="Volgorde", en="Order")
DOCTOR_INDEX: Final = Text(nl="Zoekindex", en="Search index")
DOCTOR_MODEL: Final = Text(nl="Taalmodel", en="Language model")
DOCTOR_SLACK: Final = Text(nl="Slack", en="Slack")
DOCTOR_SLACK_LINE: Final = Text(nl="Slack, Socket Mode", en="Slack, Socket Mode")
DOCTOR_SLACK_RIGHTS: Final = Text(nl="Slack, rechten", en="Slack, scopes")
DOCTOR_SLACK_WORKSPACE: Final = Text(nl="Slack, werkruimte {team}", en="Slack, workspace {team}")
DOCTOR_SLACK_INBOX: Final = Text(nl="Slack, wachtrij", en="Slack, inbox")
DOCTOR_TEAMS: Final = Text(nl="Teams", en="Teams")
DOCTOR_OK: Final = Text(nl="goed", en="ok")
DOCTOR_BROKEN: Final = Text(nl="stuk", en="broken")
DOCTOR_OFF: Final = Text(nl="uit", en="off")
DATA_WRITABLE: Final = Text(nl="{path}, {free} vrij", en="{path}, {free} free")
DATA_FULL: Final = Text(
    nl="{path} heeft nog maar {free} vrij. Maak ruimte.", en="{path} has only {free} left. Make room."
)
DATA_READ_ONLY: Final = Text(
    nl="{path} is niet te beschrijven ({fault}). Geef schrijfrecht of kies een andere map met HELEKLANT_DATA_DIR.",
    en="{path} cannot be written ({fault}). Allow writing or choose another folder with HELEKLANT_DATA_DIR.",
)
DATABASE_REACHED: Final = Text(nl="bereikbaar: {url}", en="reachable: {url}")
KNOWLEDGE_COUNT: Final = Text(
    nl="{organisation}: {count} kennisitems die nu gelden", en="{organisation}: {count} entries valid now"
)
REVIEW_CLEAN: Final = Text(nl="niets over tijd", en="nothing overdue")
REVIEW_OVERDUE: Final = Text(
    nl="{count} kennisitems hadden al herzien moeten zijn, zoals {example} van {owner}. Vraag de eigenaar ze na te "
    "kijken.",
    en="{count} entries are overdue for review, such as {example} of {owner}. Ask the owner to check them.",
)
MODEL_NONE: Final = Text(
    nl="geen; antwoorden komen uit vaste zinnen. Zet HELEKLANT_MODEL en OPENAI_API_KEY om er een te gebruiken.",
    en="none; answers come from fixed sentences. Set HELEKLANT_MODEL and OPENAI_API_KEY to use one.",
)
MODEL_SET: Final = Text(nl="{model} bij {where}", en="{model} at {where}")
MODEL_NO_KEY: Final = Text(
    nl="{model} is ingesteld, maar er is geen sleutel. Zet OPENAI_API_KEY, of OPENAI_BASE_URL voor een eigen server.",
    en="{model} is set, but there is no key. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.",
)
SLACK_NONE: Final = Text(
    nl="niet ingesteld. Zie README, “Slack aansluiten”.", en="not set. See README.en, “Connecting Slack”."
)
TEAMS_NONE: Final = Text(
    nl="niet ingesteld; het kanaal voor Teams is in aanbouw.", en="not set; the channel for Teams is being built."
)
SLACK_ONE: Final = Text(
    nl="ingesteld ({how}), werkruimte {workspace} ({team}); het token is goed.",
    en="set ({how}), workspace {workspace} ({team}); the token is good.",
)
SLACK_MANY: Final = Text(
    nl="ingesteld ({how}); van {well} van de {all} werkruimtes is het token goed ({hours}).",
    en="set ({how}); the token of {well} of {all} workspaces is good ({hours}).",
)
SLACK_NOBODY: Final = Text(
    nl="ingesteld; nog geen werkruimte heeft de app. Installeer hem via het adres /slack/install.",
    en="set; no workspace has the app yet. Install it at the address /slack/install.",
)
SLACK_ENDS: Final = Text(
    nl="het eerste eindigt over {hours} uur en wordt vanzelf vernieuwd",
    en="the first ends in {hours} hours and is refreshed by itself",
)
SLACK_NEVER_ENDS: Final = Text(nl="zonder einde", en="without an end")
SLACK_TOKEN_ENDS: Final = Text(
    nl="SLACK_BOT_TOKEN eindigt 12 uur na de installatie. Zet token rotation uit in de app, of gebruik OAuth "
    "(SLACK_CLIENT_ID): dan wordt het vernieuwd.",
    en="SLACK_BOT_TOKEN ends 12 hours after it was installed. Switch token rotation off in the app, or use OAuth "
    "(SLACK_CLIENT_ID): then it is refreshed.",
)
SLACK_TOKEN_TAKEN: Final = Text(nl="{name} is goed.", en="{name} is good.")
SLACK_RIGHTS: Final = Text(nl="alle {count} zijn er.", en="all {count} are there.")
SLACK_INBOX: Final = Text(
    nl="{waiting} wachten (de oudste {oldest} s), {done} beantwoord, {failed} met een excuus, {silent} zonder antwoord.",
    en="{waiting} waiting (the oldest {oldest} s), {done} answered, {failed} with an apology, {silent} without answer.",
)
DEMO_EXAMPLE: Final = Text(
    nl="Zo ziet een antwoord eruit. Vraag van een {role}: {question}",
    en="This is what an answer looks like. Question of a {role}: {question}",
)
