"""How a decision explains itself, how facts are asked and shown, and what is wrong with a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from copilot.domain import FactType
from copilot.messages import Text

# ------------------------------------------------------------------------------------------- reasons

YOU_MAY_UP_TO: Final = Text(
    nl="{limit} mag je dit zelf; dit is {value}.", en="{limit} you may do this yourself; this is {value}."
)
YOU_MAY_UP_TO_ASK: Final = Text(
    nl="{limit} mag je dit zelf; dit is {value}, dus vraag je {approver}.",
    en="{limit} you may do this yourself; this is {value}, so ask your {approver}.",
)
YOU_MAY_WITH: Final = Text(
    nl="Bij {fact} {limit} mag je dit zelf; hier is dat {value}.",
    en="With {fact} {limit} you may do this yourself; here it is {value}.",
)
YOU_MAY_WITH_ASK: Final = Text(
    nl="Bij {fact} {limit} mag je dit zelf; hier is dat {value}, dus vraag je {approver}.",
    en="With {fact} {limit} you may do this yourself; here it is {value}, so ask your {approver}.",
)
YOU_MAY_COUNTED: Final = Text(
    nl="{limit} {fact} mag je dit zelf; dit is {value} {fact}.",
    en="{limit} {fact} you may do this yourself; this is {value} {fact}.",
)
YOU_MAY_COUNTED_ASK: Final = Text(
    nl="{limit} {fact} mag je dit zelf; dit is {value} {fact}, dus vraag je {approver}.",
    en="{limit} {fact} you may do this yourself; this is {value} {fact}, so ask your {approver}.",
)
YOU_MAY: Final = Text(nl="Dit hoort bij jouw mandaat.", en="This is within your mandate.")
YOU_MAY_IF: Final = Text(nl="Dit mag je zelf bij {conditions}.", en="You may do this yourself with {conditions}.")
YOU_MAY_AS_ANSWERED: Final = Text(nl="{answers} Dan mag je dit zelf.", en="{answers} Then you may do this yourself.")
YOU_MAY_AS_ANSWERED_UP_TO: Final = Text(
    nl="{answers} {limit} mag je dit dan zelf; dit is {value}.",
    en="{answers} {limit} you may then do this yourself; this is {value}.",
)
YOU_MAY_IF_ASK: Final = Text(
    nl="Zelf mag je dit alleen bij {conditions}; vraag je {approver}.",
    en="You may do this yourself only with {conditions}; ask your {approver}.",
)
YOU_MAY_ALWAYS: Final = Text(nl="Dit mag je altijd zelf.", en="You may always do this yourself.")
YOU_MAY_EITHER_WAY: Final = Text(
    nl="Dit mag je zelf, hoe het ook precies zit.", en="You may do this yourself, whatever the details are."
)
ASK_ABOVE: Final = Text(nl="Hierover beslist je {approver}.", en="Your {approver} decides on this.")
PERIOD_ASK: Final = Text(
    nl="Binnen {days} dagen mag samen niet meer dan {max}; {given} is al gegeven, dus vraag je {approver}.",
    en="Within {days} days no more than {max} together is allowed; {given} was given already, so ask your {approver}.",
)
PERIOD_DENIED: Final = Text(
    nl="Binnen {days} dagen mag samen niet meer dan {max}; {given} is al gegeven. Leg het voor aan {owner}.",
    en="Within {days} days no more than {max} together is allowed; {given} was given already. Put it to {owner}.",
)
PERIOD_NOW_ASK: Final = Text(
    nl="Binnen {days} dagen mag samen niet meer dan {max}; dit is {given}, dus vraag je {approver}.",
    en="Within {days} days no more than {max} together is allowed; this is {given}, so ask your {approver}.",
)
PERIOD_NOW_DENIED: Final = Text(
    nl="Binnen {days} dagen mag samen niet meer dan {max}; dit is {given}. Leg het voor aan {owner}.",
    en="Within {days} days no more than {max} together is allowed; this is {given}. Put it to {owner}.",
)
NEVER: Final = Text(nl="Zo is het afgesproken, voor iedereen.", en="That is the agreement, for everybody.")
NOT_COVERED: Final = Text(
    nl="Voor dit geval heeft nog niemand een mandaat. Leg het voor aan {owner}.",
    en="Nobody has a mandate for this case yet. Put it to {owner}.",
)
THE_OWNER: Final = Text(nl="de eigenaar van dit kennisitem", en="the owner of this entry")
NOT_YET: Final = Text(
    nl="“{title}” geldt niet op deze dag: het geldt vanaf {day}.",
    en="“{title}” does not apply on this day: it applies from {day}.",
)
NO_LONGER: Final = Text(
    nl="“{title}” geldt niet op deze dag: het gold tot en met {day}.",
    en="“{title}” does not apply on this day: it applied until {day}.",
)
UNKNOWN_ENTRY: Final = Text(nl="Er is geen mandaat “{entry}”.", en="There is no mandate “{entry}”.")
DEPENDS: Final = Text(nl="Dat hangt nog af van één ding: {question}", en="That still depends on one thing: {question}")

# ------------------------------------------------------------------------------------------ conditions

CONDITION_IS: Final = Text(nl="{fact}: {value}", en="{fact}: {value}")
CONDITION_RANGE: Final = Text(nl="{fact} {range}", en="{fact} {range}")
CONDITION_ANSWERED: Final = Text(nl="antwoord “{value}” op “{ask}”", en="the answer “{value}” to “{ask}”")
ANSWERED: Final = Text(nl="{ask} {value}.", en="{ask} {value}.")
UP_TO: Final = Text(nl="tot en met {high}", en="up to and including {high}")
LESS_THAN: Final = Text(nl="minder dan {high}", en="less than {high}")
OR_MORE: Final = Text(nl="{low} of meer", en="{low} or more")
MORE_THAN: Final = Text(nl="meer dan {low}", en="more than {low}")
FROM_TO: Final = Text(nl="{low} tot en met {high}", en="{low} to {high}")
BETWEEN_MORE: Final = Text(nl="meer dan {low}, tot en met {high}", en="more than {low}, up to {high}")
BETWEEN_LESS: Final = Text(nl="vanaf {low}, minder dan {high}", en="from {low}, less than {high}")
BETWEEN_BOTH: Final = Text(nl="meer dan {low}, minder dan {high}", en="more than {low}, less than {high}")
EXACTLY: Final = Text(nl="precies {value}", en="exactly {value}")
ANY_CASE: Final = Text(nl="in elk geval", en="in every case")
AND: Final = Text(nl=" en ", en=" and ")
OR: Final = Text(nl=" of ", en=" or ")
DAYS: Final = Text(nl="{count} dagen", en="{count} days")
ONE_DAY: Final = Text(nl="1 dag", en="1 day")
YES: Final = Text(nl="ja", en="yes")
NO: Final = Text(nl="nee", en="no")
BUTTON_YES: Final = Text(nl="Ja", en="Yes")
BUTTON_NO: Final = Text(nl="Nee", en="No")
NONE_OF_THESE: Final = Text(nl="geen van deze", en="none of these")
NOT_TO_BE_WORKED_OUT: Final = Text(
    nl="een bedrag dat hier niet uit te rekenen is", en="an amount that cannot be worked out here"
)

# ----------------------------------------------------------------------------------------- wrong input

UNKNOWN_ROLE: Final = Text(
    nl='De rol "{role}" bestaat niet. Kies uit: {known}.', en='There is no role "{role}". Choose from: {known}.'
)
UNKNOWN_FACT: Final = Text(
    nl='Het mandaat "{entry}" kent het feit "{fact}" niet. Het kent: {known}.',
    en='The mandate "{entry}" does not know the fact "{fact}". It knows: {known}.',
)
WRONG_VALUE: Final = Text(
    nl='"{value}" past niet bij het feit "{fact}". Geef {expected}.',
    en='"{value}" does not fit the fact "{fact}". Give {expected}.',
)
EXPECTED: Final[Mapping[FactType, Text]] = {
    FactType.MONEY: Text(nl="een bedrag van 0 of meer, zoals 40 of 12,50", en="an amount of 0 or more, such as 40"),
    FactType.NUMBER: Text(nl="een getal van 0 of meer", en="a number of 0 or more"),
    FactType.PERCENT: Text(nl="een percentage van 0 tot en met 100", en="a percentage from 0 to 100"),
    FactType.DAYS: Text(nl="een aantal hele dagen van 0 of meer", en="a whole number of days, 0 or more"),
    FactType.YESNO: Text(nl="ja of nee", en="yes or no"),
    FactType.CHOICE: Text(nl="een van de keuzes", en="one of the choices"),
}
EXPECTED_CHOICE: Final = Text(nl="een van: {known}, of geen van deze", en="one of: {known}, or none of these")
