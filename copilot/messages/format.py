"""What is wrong in a knowledge file, and how to mend it."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

# ------------------------------------------------------------------------------------------ conditions

CONDITION_FORM: Final = Text(
    nl='"{written}" is geen voorwaarde voor {fact}. Schrijf "<= 50", "< 50", ">= 14", "> 14", "= 3" of "10 .. 50".',
    en='"{written}" is not a condition on {fact}. Write "<= 50", "< 50", ">= 14", "> 14", "= 3" or "10 .. 50".',
)
CONDITION_EMPTY: Final = Text(
    nl="Er staat geen voorwaarde bij {fact}. Vul een waarde in, of haal de regel weg.",
    en="There is no condition for {fact}. Give a value, or remove the line.",
)
CONDITION_YESNO: Final = Text(
    nl='"{written}" past niet bij {fact}: dat is ja of nee. Schrijf yes of no (ja of nee mag ook).',
    en='"{written}" does not fit {fact}, which is a yes or no. Write yes or no.',
)
CONDITION_VALUE: Final = Text(
    nl='{fact} kent de waarde "{written}" niet. Kies uit: {known}.',
    en='{fact} has no value "{written}". Choose from: {known}.',
)
CONDITION_VALUE_NEAR: Final = Text(
    nl='{fact} kent de waarde "{written}" niet. Bedoel je "{near}"? Kies uit: {known}.',
    en='{fact} has no value "{written}". Did you mean "{near}"? Choose from: {known}.',
)
CONDITION_ORDER: Final = Text(
    nl='In "{written}" is het eerste getal groter dan het tweede. Draai ze om.',
    en='In "{written}" the first number is larger than the second. Swap them.',
)
CONDITION_NOT_WRITABLE: Final = Text(
    nl="Deze voorwaarde op {fact} is niet op te schrijven. Gebruik één grens, of een bereik met beide grenzen erbij.",
    en="This condition on {fact} cannot be written down. Use one limit, or a range with both ends included.",
)

# --------------------------------------------------------------------------------------------- numbers

NUMBER_FORM: Final = Text(
    nl='"{written}" is geen getal. Schrijf bijvoorbeeld 50 of 12.50.',
    en='"{written}" is not a number. Write 50 or 12.50, for example.',
)
NUMBER_AMBIGUOUS: Final = Text(
    nl='"{written}" kan {large} of {small} zijn. Schrijf {large} of {small}.',
    en='"{written}" may be {large} or {small}. Write {large} or {small}.',
)
NUMBER_TOO_LARGE: Final = Text(
    nl='"{written}" is te groot of te precies. Gebruik hoogstens 12 cijfers voor en 6 achter de punt.',
    en='"{written}" is too large or too precise. Use at most 12 digits before and 6 after the point.',
)
NUMBER_NEGATIVE: Final = Text(
    nl='"{written}" is kleiner dan 0. Schrijf 0 of meer.', en='"{written}" is less than 0. Write 0 or more.'
)
MONEY_CENTS: Final = Text(
    nl='"{written}" is nauwkeuriger dan een cent. Schrijf een bedrag met hoogstens 2 cijfers achter de punt.',
    en='"{written}" is finer than a cent. Write an amount with at most 2 digits after the point.',
)
DAYS_WHOLE: Final = Text(
    nl='"{written}" is geen heel aantal dagen. Schrijf een heel getal.',
    en='"{written}" is not a whole number of days. Write a whole number.',
)
PERCENT_RANGE: Final = Text(
    nl='"{written}" is meer dan 100 procent. Schrijf 0 tot en met 100, of maak er een getal (number) van.',
    en='"{written}" is more than 100 percent. Write 0 to 100, or make the fact a number.',
)

# -------------------------------------------------------------------------------------------- formulas

FORMULA_EMPTY: Final = Text(
    nl="De formule is leeg. Schrijf bijvoorbeeld min(10% * bedrag, 25).",
    en="The formula is empty. Write min(10% * amount, 25), for example.",
)
FORMULA_TOO_LONG: Final = Text(
    nl="De formule is te lang of heeft te veel haakjes in elkaar. Maak haar eenvoudiger.",
    en="The formula is too long or has too many brackets inside each other. Make it simpler.",
)
FORMULA_UNKNOWN: Final = Text(
    nl='De formule noemt "{name}", maar dat feit kent dit kennisitem niet. Kies uit: {known}.',
    en='The formula names "{name}", but this entry has no such fact. Choose from: {known}.',
)
FORMULA_UNKNOWN_NEAR: Final = Text(
    nl='De formule noemt "{name}", maar dat feit kent dit kennisitem niet. Bedoel je "{near}"?',
    en='The formula names "{name}", but this entry has no such fact. Did you mean "{near}"?',
)
FORMULA_SIGN: Final = Text(
    nl='De formule kan niets met "{sign}". Gebruik + - * /, procenten, min(…), max(…), getallen en namen van feiten.',
    en='The formula cannot use "{sign}". Use + - * /, percentages, min(…), max(…), numbers and names of facts.',
)
FORMULA_EXPECTED: Final = Text(
    nl='In de formule staat "{found}" waar een getal of een feit hoort. Vul de formule daar aan.',
    en='The formula has "{found}" where a number or a fact belongs. Complete it there.',
)
FORMULA_ENDS: Final = Text(
    nl="De formule houdt te vroeg op. Vul aan wat er nog hoort, of zet het laatste haakje erbij.",
    en="The formula ends too early. Add what is missing, or the last bracket.",
)
FORMULA_LEFT: Final = Text(
    nl='De formule gaat na haar einde verder met "{found}". Zet er een teken (+ - * /) tussen, of haal het weg.',
    en='The formula goes on with "{found}" after its end. Put a sign (+ - * /) between, or remove it.',
)
FORMULA_PERCENT: Final = Text(
    nl="Een procentteken hoort direct achter een getal, zoals 10%. Een feit van soort procent telt vanzelf zo.",
    en="A percent sign belongs right after a number, such as 10%. A fact of type percent counts as one by itself.",
)
FORMULA_ONE_ARGUMENT: Final = Text(
    nl="{function}(…) vergelijkt ten minste twee waarden. Zet er een komma en een tweede waarde bij.",
    en="{function}(…) compares at least two values. Add a comma and a second value.",
)
FORMULA_COMMA: Final = Text(
    nl="Een komma tussen twee cijfers kan hier twee dingen zijn. Schrijf 0.5 met een punt, of een spatie na de komma.",
    en="A comma between two digits may mean two things here. Write 0.5 with a point, or a space after the comma.",
)
FORMULA_DIVIDES_BY_ZERO: Final = Text(
    nl='De formule "{formula}" deelt hier door 0. Er is dus geen bedrag.',
    en='The formula "{formula}" divides by 0 here, so there is no amount.',
)

# ------------------------------------------------------------------------------------- files and text

NOT_UTF8: Final = Text(
    nl="Dit bestand is geen UTF-8. Sla het op als UTF-8 (in Kladblok: Opslaan als, codering UTF-8).",
    en="This file is not UTF-8. Save it as UTF-8 (in Notepad: Save as, encoding UTF-8).",
)
CONTROL_SIGN: Final = Text(
    nl="Hier staat een onzichtbaar stuurteken ({code}). Haal het weg; typ de regel zo nodig opnieuw.",
    en="There is an invisible control character here ({code}). Remove it; retype the line if necessary.",
)
FILE_TOO_LARGE: Final = Text(
    nl="Dit bestand is groter dan {most} MB en is niet gelezen. Splits het in kleinere bestanden.",
    en="This file is larger than {most} MB and was not read. Split it into smaller files.",
)
TOO_LONG: Final = Text(
    nl="Dit kennisitem is langer dan {most} tekens. Splits het in meer kennisitems.",
    en="This entry is longer than {most} characters. Split it into several entries.",
)
FILE_UNREADABLE: Final = Text(
    nl="Dit bestand is niet te lezen ({fault}). Controleer of het bestaat en of je het mag lezen.",
    en="This file cannot be read ({fault}). Check that it exists and that you may read it.",
)
FILE_NAME: Final = Text(
    nl='De naam "{path}" heeft tekens die niet op elke computer kunnen. Geef het bestand een andere naam.',
    en='The name "{path}" has signs that not every computer can hold. Give the file another name.',
)
FILE_NOT_TEXT: Final = Text(
    nl="Dit bestand is geen tekst. Het hoort niet bij de kennis en gaat niet mee bij importeren en exporteren.",
    en="This file is not text. It is no part of the knowledge and does not go along on import and export.",
)

# ------------------------------------------------------------------------------------------------ yaml

YAML_BROKEN: Final = Text(
    nl="Deze regel is geen geldige YAML ({problem}). Vergelijk het inspringen en de aanhalingstekens met een regel die "
    "wel klopt.",
    en="This line is not valid YAML ({problem}). Compare its indentation and quotes with a line that is right.",
)
YAML_SIGN: Final = Text(
    nl='Een waarde mag hier niet met dit teken beginnen. Zet de waarde tussen aanhalingstekens: "…".',
    en='A value may not begin with this sign here. Put the value in quotes: "…".',
)
YAML_TAB: Final = Text(
    nl="Deze regel springt in met een tab. Gebruik spaties.", en="This line is indented with a tab. Use spaces."
)
YAML_COLON: Final = Text(
    nl='Hier staat een dubbele punt te veel, of de regel springt verkeerd in. Zet een tekst met ": " tussen '
    "aanhalingstekens.",
    en='There is a colon too many here, or the indentation is wrong. Put a text with ": " in quotes.',
)
YAML_QUOTE_OPEN: Final = Text(
    nl="Het aanhalingsteken dat hier opent, wordt nergens gesloten. Zet het sluitende teken erbij.",
    en="The quote that opens here is closed nowhere. Add the closing quote.",
)
YAML_BRACKET_OPEN: Final = Text(
    nl="In deze lijst tussen haakjes ontbreekt een komma of het sluitende haakje ] of }}. Zet het erbij.",
    en="This list in brackets lacks a comma or its closing bracket ] or }}. Add it.",
)
YAML_NO_COLON: Final = Text(
    nl='Deze regel heeft geen sleutel met een dubbele punt. Schrijf "sleutel: waarde", of spring in als de tekst bij '
    "de regel erboven hoort.",
    en='This line has no key with a colon. Write "key: value", or indent it if the text belongs to the line above.',
)
YAML_INDENT: Final = Text(
    nl="Deze regel past niet onder de regel erboven. Laat hem even ver inspringen als de andere, en zet een tekst met "
    "aanhalingstekens erin helemaal tussen aanhalingstekens.",
    en="This line does not fit under the one above. Indent it as far as the others, and put a text that has quotes in "
    "it wholly in quotes.",
)
YAML_DASH: Final = Text(
    nl="Een lijst begint op een nieuwe regel. Zet het streepje onder de sleutel, of schrijf [a, b].",
    en="A list begins on a new line. Put the dash under the key, or write [a, b].",
)
YAML_ESCAPE: Final = Text(
    nl="Een \\ in dubbele aanhalingstekens betekent iets anders. Gebruik enkele aanhalingstekens, of schrijf \\\\.",
    en="A \\ in double quotes means something else. Use single quotes, or write \\\\.",
)
YAML_ANCHOR_TWICE: Final = Text(
    nl="Dit anker (&) bestaat al. Geef het een andere naam, of zet de tekst tussen aanhalingstekens.",
    en="This anchor (&) exists already. Give it another name, or put the text in quotes.",
)
YAML_ANCHOR_UNKNOWN: Final = Text(
    nl='Een waarde die met * begint, verwijst naar een anker, en "{name}" bestaat niet. Zet de tekst tussen '
    "aanhalingstekens.",
    en='A value that begins with * refers to an anchor, and "{name}" does not exist. Put the text in quotes.',
)
YAML_ANCHORS_TOO_MANY: Final = Text(
    nl="De ankers (&) en verwijzingen (*) in dit bestand vouwen uit tot te veel. Schrijf de waarden voluit.",
    en="The anchors (&) and references (*) in this file unfold into too much. Write the values out.",
)
YAML_TAG: Final = Text(
    nl='Het teken ! maakt van "{tag}" een YAML-opdracht, en die kennen we niet. Haal hem weg, of zet de tekst tussen '
    "aanhalingstekens.",
    en='The sign ! makes "{tag}" a YAML tag, which we do not know. Remove it, or put the text in quotes.',
)
YAML_TOO_DEEP: Final = Text(
    nl="Hier zitten te veel lagen in elkaar. Zo diep gaat geen enkel kennisitem; controleer het inspringen.",
    en="There are too many levels inside each other here. No entry goes that deep; check the indentation.",
)
YAML_KEY: Final = Text(
    nl="Een sleutel is één woord of naam, geen lijst. Zet aanhalingstekens om een tekst met haakjes.",
    en="A key is one word or name, not a list. Put a text with brackets in quotes.",
)
YAML_SECOND_DOCUMENT: Final = Text(
    nl="Hier begint met --- een tweede document. Haal de streepjes weg, of maak er een eigen bestand van.",
    en="A second document begins here with ---. Remove the dashes, or make it a file of its own.",
)
JSON_BROKEN: Final = Text(
    nl="Deze regel is geen geldige JSON ({problem}). Schrijf één voorwerp per regel: {{…}}.",
    en="This line is not valid JSON ({problem}). Write one object on each line: {{…}}.",
)

# ---------------------------------------------------------------------------------------- front matter

NO_FRONT_MATTER: Final = Text(
    nl="Dit kennisitem begint niet met ---. Zet bovenaan een regel met ---, dan id, kind en title, en weer ---. Hoort "
    "dit bestand niet bij de kennis? Laat de naam met _ beginnen.",
    en="This entry does not begin with ---. Put a line with --- at the top, then id, kind and title, and --- again. Is "
    "this file no part of the knowledge? Let its name begin with _.",
)
FRONT_MATTER_OPEN: Final = Text(
    nl="De kop die hier met --- begint, houdt nergens op. Zet een regel met --- tussen de kop en de tekst.",
    en="The front matter that begins here with --- ends nowhere. Put a line with --- between it and the text.",
)
NO_KEYS: Final = Text(
    nl="Er staan geen sleutels tussen de regels met ---. Vul ten minste id, kind en title in.",
    en="There are no keys between the lines with ---. Fill in at least id, kind and title.",
)
NO_BODY: Final = Text(
    nl="Dit beleid heeft nog geen tekst. Schrijf de afspraak onder de tweede regel met ---.",
    en="This policy has no text yet. Write what was agreed under the second line with ---.",
)

# ---------------------------------------------------------------------------------------------- fields

UNKNOWN_KEY: Final = Text(
    nl='De sleutel "{key}" bestaat hier niet. Haal hem weg, of kies uit: {known}.',
    en='There is no key "{key}" here. Remove it, or choose from: {known}.',
)
KEY_AFTER_COMMA: Final = Text(
    nl='De sleutel "{key}" bestaat hier niet en heeft geen waarde. Hoort dit bij de waarde ervoor, met een komma ertussen? '
    'Zet die waarde dan helemaal tussen aanhalingstekens ("…"). Haal het anders weg.',
    en='There is no key "{key}" here, and it has no value. Does it belong to the value before it, after a comma? Then put '
    'that whole value between quotation marks ("…"). Otherwise remove it.',
)
UNKNOWN_KEY_NEAR: Final = Text(
    nl='De sleutel "{key}" bestaat hier niet. Bedoel je "{near}"?',
    en='There is no key "{key}" here. Did you mean "{near}"?',
)
KEY_TWICE: Final = Text(
    nl='De sleutel "{key}" staat er al op regel {first}. Voeg ze samen, of haal er een weg.',
    en='The key "{key}" is already there on line {first}. Merge them, or remove one.',
)
KEY_IN_TWO_LANGUAGES: Final = Text(
    nl='"{key}" betekent hetzelfde als "{other}" op regel {first}. Laat er een staan.',
    en='"{key}" means the same as "{other}" on line {first}. Keep one of them.',
)
KEY_OTHER_KIND: Final = Text(
    nl='"{key}" hoort alleen bij kind: {kind}. Haal het weg, of verander de soort.',
    en='"{key}" belongs only to kind: {kind}. Remove it, or change the kind.',
)
KEY_OTHER_TYPE: Final = Text(
    nl='"{key}" hoort alleen bij type: {type}. Haal het weg, of verander het type.',
    en='"{key}" belongs only to type: {type}. Remove it, or change the type.',
)
MISSING: Final = Text(nl='"{name}" ontbreekt. Vul het in.', en='"{name}" is missing. Fill it in.')
EMPTY: Final = Text(
    nl='"{name}" is leeg. Vul het in, of haal de regel weg.', en='"{name}" is empty. Fill it in, or remove the line.'
)
EMPTY_ITEM: Final = Text(
    nl='In "{name}" staat een lege regel in de lijst. Vul hem in, of haal hem weg.',
    en='"{name}" has an empty item in its list. Fill it in, or remove it.',
)
EMPTY_LIST: Final = Text(
    nl='De lijst "{name}" is leeg. Zet er ten minste één in.', en='The list "{name}" is empty. Put at least one in it.'
)
WRONG_TYPE_TEXT: Final = Text(
    nl='Bij "{name}" hoort één tekst. Haal de lijst of de extra laag weg.',
    en='"{name}" takes one text. Remove the list or the extra level.',
)
WRONG_TYPE_TEXTS: Final = Text(
    nl='In "{name}" horen teksten. Zet een tekst met een dubbele punt of haakjes erin tussen aanhalingstekens.',
    en='"{name}" takes texts. Put a text that has a colon or brackets in it in quotes.',
)
WRONG_TYPE_SECTION: Final = Text(
    nl='Bij "{name}" horen sleutels met waarden. Schrijf "sleutel: waarde", ingesprongen onder elkaar.',
    en='"{name}" takes keys with values. Write "key: value", indented under each other.',
)
WRONG_TYPE_SECTIONS: Final = Text(
    nl='Bij "{name}" hoort een lijst. Zet voor elk deel een streepje: - …',
    en='"{name}" takes a list. Put a dash before each part: - …',
)
WRONG_TYPE_YESNO: Final = Text(
    nl='Bij "{name}" hoort yes of no, niet "{value}".', en='"{name}" takes yes or no, not "{value}".'
)
VALUE: Final = Text(
    nl='"{value}" kan niet bij "{name}". Kies uit: {known}.', en='"{name}" cannot be "{value}". Choose from: {known}.'
)
VALUE_NEAR: Final = Text(
    nl='"{value}" kan niet bij "{name}". Bedoel je "{near}"? Kies uit: {known}.',
    en='"{name}" cannot be "{value}". Did you mean "{near}"? Choose from: {known}.',
)
BAD_ID: Final = Text(
    nl='"{id}" kan geen id zijn. Gebruik alleen kleine letters a tot z, cijfers en streepjes, hoogstens 100 tekens.',
    en='"{id}" cannot be an id. Use only small letters a to z, digits and hyphens, at most 100 characters.',
)
BAD_ROLE_ID: Final = Text(
    nl='"{id}" kan geen id zijn. Gebruik letters, cijfers en streepjes, zonder spaties.',
    en='"{id}" cannot be an id. Use letters, digits and hyphens, without spaces.',
)
DUPLICATE_IN_LIST: Final = Text(
    nl='Er is al een "{id}" in deze lijst. Geef deze een andere id, of haal er een weg.',
    en='There is already a "{id}" in this list. Give this one another id, or remove one.',
)
CURRENCY: Final = Text(
    nl='"{value}" is geen munt. Schrijf drie hoofdletters, zoals EUR.',
    en='"{value}" is not a currency. Write three capitals, such as EUR.',
)

# ----------------------------------------------------------------------------------------------- dates

DAY_FORM: Final = Text(
    nl='"{value}" is geen datum. Schrijf jaar-maand-dag, zoals 2026-03-01.',
    en='"{value}" is not a date. Write year-month-day, such as 2026-03-01.',
)
DAY_ORDER: Final = Text(
    nl='"{value}" staat in een andere volgorde. Schrijf jaar-maand-dag met streepjes en nullen, zoals 2026-03-01.',
    en='"{value}" is in another order. Write year-month-day with hyphens and zeros, such as 2026-03-01.',
)
DAY_IMPOSSIBLE: Final = Text(
    nl='"{value}" bestaat niet op de kalender. Kies een dag die bestaat.',
    en='"{value}" is not on the calendar. Choose a day that exists.',
)
DAYS_REVERSED: Final = Text(
    nl="De laatste dag ({last}) ligt voor de eerste ({first}). Draai ze om, of verbeter het jaar.",
    en="The last day ({last}) comes before the first ({first}). Swap them, or correct the year.",
)
REVIEW_OVERDUE: Final = Text(
    nl="Dit kennisitem had voor {day} herzien moeten zijn. Kijk of het nog klopt en kies een nieuwe dag.",
    en="This entry was due for review by {day}. See whether it is still right and choose a new day.",
)

# ------------------------------------------------------------------------------------------- mandates

FACT_NAME: Final = Text(
    nl='"{name}" kan geen naam van een feit zijn. Begin met een letter en gebruik letters, cijfers, - en _.',
    en='"{name}" cannot be the name of a fact. Begin with a letter and use letters, digits, - and _.',
)
VALUE_NAME: Final = Text(
    nl='De waarde "{name}" is te lang. Gebruik hoogstens {most} tekens op één regel.',
    en='The value "{name}" is too long. Use at most {most} characters on one line.',
)
UNKNOWN_FACT: Final = Text(
    nl='Het feit "{fact}" staat niet onder facts. Zet het erbij, of kies uit: {known}.',
    en='The fact "{fact}" is not under facts. Add it, or choose from: {known}.',
)
UNKNOWN_FACT_NEAR: Final = Text(
    nl='Het feit "{fact}" staat niet onder facts. Bedoel je "{near}"?',
    en='The fact "{fact}" is not under facts. Did you mean "{near}"?',
)
MAY_AND_NEVER: Final = Text(
    nl="Deze regel zegt mag én nooit. Haal er een weg, of maak er twee regels van.",
    en="This rule says may and never. Remove one, or make it two rules.",
)
NO_MAY_OR_NEVER: Final = Text(
    nl='Deze regel zegt niet wat mag. Zet er "may: …" bij (wat de collega mag doen), of "never: true".',
    en='This rule does not say what is allowed. Add "may: …" (what the colleague may do), or "never: true".',
)
NEVER_WITH_ROLES: Final = Text(
    nl="Een regel met never geldt voor iedereen. Haal roles weg.", en="A never rule binds everyone. Remove roles."
)
MAY_WITHOUT_ROLES: Final = Text(
    nl='Deze regel zegt niet wie het mag. Zet er "roles: [...]" bij; wie erboven staat, mag het dan ook.',
    en='This rule does not say who may. Add "roles: [...]"; those above may then as well.',
)
AMOUNT_MISSING: Final = Text(
    nl='De tekst noemt {{amount}}, maar er is geen formule. Zet er "amount: …" bij, of haal {{amount}} weg.',
    en='The text names {{amount}}, but there is no formula. Add "amount: …", or remove {{amount}}.',
)
AMOUNT_NOT_SHOWN: Final = Text(
    nl="Er is een formule, maar de tekst noemt {{amount}} niet. Zet {{amount}} in de tekst waar het bedrag moet staan.",
    en="There is a formula, but the text does not name {{amount}}. Put {{amount}} in the text where it should stand.",
)
PLACE_UNKNOWN: Final = Text(
    nl="De tekst noemt {place}, en dat wordt niet ingevuld. Alleen {{amount}} wordt een bedrag; haal de accolades weg.",
    en="The text names {place}, which is not filled in. Only {{amount}} becomes an amount; remove the braces.",
)
AMOUNT_WITHOUT_MAY: Final = Text(
    nl="Een bedrag hoort bij een regel met may. Haal amount hier weg.",
    en="An amount belongs to a rule with may. Remove amount here.",
)
AMOUNT_NOT_NUMERIC: Final = Text(
    nl='De formule rekent met "{fact}", maar dat is {type}. Gebruik een feit van soort money, number, percent of days.',
    en='The formula calculates with "{fact}", which is {type}. Use a fact of type money, number, percent or days.',
)
LIMIT_FACT: Final = Text(
    nl='Een periodegrens telt geld of een getal op; "{fact}" is {type}. Kies een feit van soort money of number.',
    en='A period limit adds up money or a number; "{fact}" is {type}. Choose a fact of type money or number.',
)
LIMIT_DAYS: Final = Text(
    nl="Een periode duurt ten minste 1 dag, niet {days}. Vul 1 of meer in.",
    en="A period lasts at least 1 day, not {days}. Fill in 1 or more.",
)

# ------------------------------------------------------------------------------- organisation and pack

NO_ORGANISATION_KEYS: Final = Text(
    nl='Dit bestand heeft geen sleutels. Schrijf ten minste "organisation: naam".',
    en='This file has no keys. Write at least "organisation: name".',
)
NO_ORGANISATION_FILE: Final = Text(
    nl="Deze map heeft geen organisation.yaml. Zet daarin ten minste de naam en de rollen; staat hij in een andere "
    "map, geef dan die map op.",
    en="This folder has no organisation.yaml. Put at least the name and the roles in it; if it stands in another "
    "folder, give that folder.",
)
NO_FOLDER: Final = Text(
    nl='De map "{path}" bestaat niet. Controleer het pad.', en='There is no folder "{path}". Check the path.'
)
NOT_A_FOLDER: Final = Text(
    nl='"{path}" is een bestand. Geef de map waar organisation.yaml in staat.',
    en='"{path}" is a file. Give the folder that organisation.yaml is in.',
)
EMPTY_PACK: Final = Text(
    nl="In deze map staat nog geen enkel kennisitem. Zet er een Markdown-bestand (.md) in.",
    en="There is no entry in this folder yet. Put a Markdown file (.md) in it.",
)
OUTSIDE_FOLDER: Final = Text(
    nl='Het pad "{path}" wijst buiten de map. Geef een pad binnen het pakket.',
    en='The path "{path}" points outside the folder. Give a path within the pack.',
)
NOT_WRITTEN: Final = Text(
    nl='"{path}" is niet te schrijven ({fault}). Controleer of je daar mag schrijven.',
    en='"{path}" cannot be written ({fault}). Check that you may write there.',
)
UNKNOWN_ROLE: Final = Text(
    nl='De rol "{role}" staat niet in organisation.yaml. Zet hem erbij, of kies uit: {known}.',
    en='The role "{role}" is not in organisation.yaml. Add it, or choose from: {known}.',
)
UNKNOWN_ROLE_NEAR: Final = Text(
    nl='De rol "{role}" staat niet in organisation.yaml. Bedoel je "{near}"?',
    en='The role "{role}" is not in organisation.yaml. Did you mean "{near}"?',
)
ROLE_CYCLE: Final = Text(
    nl="Deze rollen staan in een kring boven elkaar: {ring}. Haal één above weg.",
    en="These roles are above each other in a ring: {ring}. Remove one above.",
)
UNKNOWN_DEPARTMENT: Final = Text(
    nl='De afdeling "{department}" staat niet in organisation.yaml. Zet haar erbij, of kies uit: {known}.',
    en='The department "{department}" is not in organisation.yaml. Add it, or choose from: {known}.',
)
UNKNOWN_DEPARTMENT_NEAR: Final = Text(
    nl='De afdeling "{department}" staat niet in organisation.yaml. Bedoel je "{near}"?',
    en='The department "{department}" is not in organisation.yaml. Did you mean "{near}"?',
)
DEAD_REFERENCE: Final = Text(
    nl='Er is geen kennisitem "{id}". Verbeter de verwijzing, of haal haar weg.',
    en='There is no entry "{id}". Correct the reference, or remove it.',
)
DEAD_REFERENCE_NEAR: Final = Text(
    nl='Er is geen kennisitem "{id}". Bedoel je "{near}"?', en='There is no entry "{id}". Did you mean "{near}"?'
)
NOT_A_MANDATE: Final = Text(
    nl='"{id}" is geen mandaat maar {kind}. Verwijs naar een kennisitem met kind: mandate.',
    en='"{id}" is not a mandate but a {kind}. Refer to an entry with kind: mandate.',
)
DUPLICATE_ID: Final = Text(
    nl='De id "{id}" bestaat al in {other}. Geef een van beide een andere id.',
    en='The id "{id}" exists already in {other}. Give one of them another id.',
)

# ----------------------------------------------------------------------------------------------- cases

NO_CASES: Final = Text(
    nl="Hier staan geen proefvragen. Begin elke proefvraag met een streepje: - id: …",
    en="There are no cases here. Begin each case with a dash: - id: …",
)
CASE_NOT_KEYS: Final = Text(
    nl="Een proefvraag bestaat uit sleutels met waarden, zoals id, ask, role en expect.",
    en="A case consists of keys with values, such as id, ask, role and expect.",
)
CASE_EXPECTS_NOTHING: Final = Text(
    nl="Deze proefvraag verwacht niets. Zet onder expect wat een goed antwoord is.",
    en="This case expects nothing. Put under expect what a good answer is.",
)
CASE_APPROVER: Final = Text(
    nl="Een approver hoort bij outcome: approval. Verander de outcome, of haal approver weg.",
    en="An approver belongs to outcome: approval. Change the outcome, or remove approver.",
)
CASE_ASKS: Final = Text(
    nl="asks hoort bij status: needs_fact. Verander de status, of haal asks weg.",
    en="asks belongs to status: needs_fact. Change the status, or remove asks.",
)
NO_CASE_FILE: Final = Text(
    nl='"{path}" bestaat niet. Geef een YAML- of JSONL-bestand met proefvragen, of een map.',
    en='There is no "{path}". Give a YAML or JSONL file with cases, or a folder.',
)
