"""What the check of mandates finds, each with a case as an example and the way to mend it."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

CONTRADICTION: Final = Text(
    nl="Dit mandaat en “{other}” gaan over dezelfde handeling ({action}) en spreken elkaar tegen. Voorbeeld: {example}. "
    "Hier: {here}. Daar: {there}. Maak ze gelijk, of laat er één over.",
    en="This mandate and “{other}” are about the same action ({action}) and contradict each other. Example: {example}. "
    "Here: {here}. There: {there}. Make them equal, or keep one.",
)
SAYS_ALLOWED: Final = Text(nl="mag zelf beslissen", en="may decide himself")
SAYS_APPROVAL: Final = Text(nl="vraagt de {approver}", en="asks the {approver}")
SAYS_NEVER: Final = Text(nl="niemand mag het, volgens een nooit-regel", en="nobody may, by a never rule")
SAYS_NOBODY: Final = Text(nl="niemand heeft dit mandaat", en="nobody has this mandate")

NEVER_AND_MAY: Final = Text(
    nl="Deze nooit-regel en {rules} gelden soms allebei; dan wint nooit. Voorbeeld: {example}. Is dat niet de "
    "bedoeling, geef {rules} dan een voorwaarde erbij.",
    en="This never rule and {rules} sometimes both match; then never wins. Example: {example}. If that is not meant, "
    "give {rules} one more condition.",
)
GAP: Final = Text(
    nl="Gat: niemand mag hierover beslissen bij {region}. Voorbeeld: {example}. Voeg een regel toe voor wie het mag, of "
    "een nooit-regel die zegt waarom niet.",
    en="Gap: nobody may decide on this with {region}. Example: {example}. Add a rule for who may, or a never rule that "
    "says why not.",
)
NEVER_MATCHES: Final = Text(
    nl="Deze regel geldt nooit: geen enkele waarde past bij {condition}. Voorbeeld van een geval waarin hij niet geldt: "
    "{example}. Verander de voorwaarde of haal de regel weg.",
    en="This rule never matches: no value fits {condition}. Example of a case in which it does not match: {example}. "
    "Change the condition or remove the rule.",
)
ALWAYS_FORBIDDEN: Final = Text(
    nl="Deze regel telt nooit: alles wat eronder valt, valt ook onder een nooit-regel ({rules}). Voorbeeld: {example}. "
    "Verander een van de voorwaarden of haal de regel weg.",
    en="This rule never counts: all that it covers falls under a never rule too ({rules}). Example: {example}. Change "
    "one of the conditions or remove the rule.",
)
NEVER_FIRST: Final = Text(
    nl="Deze nooit-regel komt nooit aan de beurt: een eerdere nooit-regel ({rules}) geldt al. Voorbeeld: {example}. Haal "
    "een van beide weg of zet ze in een andere volgorde.",
    en="This never rule never has its turn: an earlier never rule ({rules}) matches already. Example: {example}. Remove "
    "one of them or change their order.",
)
HIGHER_MAY_LESS: Final = Text(
    nl="De {higher} staat boven de {lower}, maar mag hier minder: {high}, tegen {low} in regel {rule}. Voorbeeld: "
    "{example}. Verhoog de grens van de {higher}, of verlaag die van de {lower}.",
    en="The {higher} is above the {lower}, but may less here: {high}, against {low} in rule {rule}. Example: {example}. "
    "Raise the limit of the {higher}, or lower that of the {lower}.",
)
HIGHER_BOUND: Final = Text(
    nl="De periodegrens bindt de {higher} wel en de {lower} niet, terwijl de {higher} daarboven staat. Voorbeeld: "
    "{example}. Noem bij de grens ook de {lower}, of haal de {higher} eraf.",
    en="The period limit binds the {higher} and not the {lower}, though the {higher} is above. Example: {example}. Name "
    "the {lower} in the limit as well, or take the {higher} out.",
)
HIGHER_GETS_LESS: Final = Text(
    nl="De {higher} staat boven de {lower}, maar mag hier minder geven: {high}, tegen {low} in regel {rule}. Voorbeeld: "
    "{example}. Verhoog het bedrag van de {higher}, of verlaag dat van de {lower}.",
    en="The {higher} is above the {lower}, but may give less here: {high}, against {low} in rule {rule}. Example: "
    "{example}. Raise the amount of the {higher}, or lower that of the {lower}.",
)
EXPIRES: Final = Text(
    nl="Dit mandaat geldt tot en met {last}; daarna mag niemand meer beslissen over {action}. Voorbeeld: {example}. "
    "Verleng het, of zet een opvolger klaar.",
    en="This mandate counts until {last}; after that nobody may decide on {action}. Example: {example}. Extend it, or "
    "prepare a successor.",
)
EXPIRES_PARTLY: Final = Text(
    nl="Dit mandaat geldt tot en met {last}; de opvolger ({successors}) laat daarna een gat open. Voorbeeld: {example}. "
    "Vul de opvolger aan, of verleng dit mandaat.",
    en="This mandate counts until {last}; its successor ({successors}) then leaves a gap. Example: {example}. Complete "
    "the successor, or extend this mandate.",
)
DIVIDES_BY_ZERO: Final = Text(
    nl="Het bedrag ({amount}) is niet altijd uit te rekenen: er wordt door nul gedeeld. Voorbeeld: {example}. Laat de "
    "regel pas gelden als de deler meer dan 0 is.",
    en="The amount ({amount}) cannot always be worked out: it divides by zero. Example: {example}. Let the rule match "
    "only when the divisor is more than 0.",
)
BELOW_ZERO: Final = Text(
    nl="Het bedrag ({amount}) komt soms onder nul uit. Voorbeeld: {example} geeft {outcome}. Zet er max(0, …) omheen of "
    "verander de formule.",
    en="The amount ({amount}) is sometimes below zero. Example: {example} gives {outcome}. Put max(0, …) around it or "
    "change the formula.",
)
DRAWN: Final = Text(
    nl="Dit mandaat kent te veel gevallen ({cells}) om ze allemaal na te kijken; er is een vaste greep van {drawn} "
    "bekeken. Splits het mandaat, dan wordt alles nagekeken.",
    en="This mandate has too many cases ({cells}) to check them all; a fixed draw of {drawn} was looked at. Split the "
    "mandate, then everything is checked.",
)
DRAWN_TOGETHER: Final = Text(
    nl="Dit mandaat en “{other}” hebben samen te veel gevallen ({cells}) om ze allemaal te vergelijken; er is een vaste "
    "greep van {drawn} bekeken.",
    en="This mandate and “{other}” have too many cases together ({cells}) to compare them all; a fixed draw of {drawn} "
    "was looked at.",
)
RULE: Final = Text(nl="regel {number}", en="rule {number}")
PROSE: Final = Text(
    nl="De tekst zegt “{written}” over {fact}, maar de regels van “{title}” kennen alleen {limits}. De zin: “{sentence}” "
    "Voorbeeld: {example}. Maak tekst en regels gelijk.",
    en="The text says “{written}” about {fact}, but the rules of “{title}” only know {limits}. The sentence: "
    "“{sentence}” Example: {example}. Make text and rules agree.",
)
