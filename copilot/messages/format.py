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
    nl="Een procentteken hoort direct achter een getal, zoals 10%. Een feit van soort procent telt vanzelf als procent.",
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
