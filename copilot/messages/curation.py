"""The life of knowledge: proposing, showing what changes, publishing, retiring, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from copilot.messages import Text

NOT_SOUND: Final = Text(
    nl="Dit klopt nog niet: {what}",
    en="This is not right yet: {what}",
)
NO_EDITOR: Final = Text(
    nl="Kennis aanpassen mag vanaf de rol {role}. Stel je wijziging voor aan je {role}.",
    en="Changing knowledge is for the role {role} and above. Suggest your change to your {role}.",
)
TWO_PEOPLE: Final = Text(
    nl="Je hebt dit zelf geschreven. Laat een tweede persoon ernaar kijken en publiceren.",
    en="You wrote this yourself. Let a second person look at it and publish it.",
)
TWO_PEOPLE_LIMITS: Final = Text(
    nl="Dit gaat over grenzen aan geld. Die publiceert nooit één persoon alleen: laat een tweede persoon kijken.",
    en="This is about limits on money. Nobody publishes those alone: let a second person look.",
)
ABOVE_YOUR_ROLE: Final = Text(
    nl="Dit geeft rechten aan de rol {role}. Laat iemand met die rol of hoger publiceren.",
    en="This gives rights to the role {role}. Let somebody with that role or above publish it.",
)
NO_DRAFT: Final = Text(
    nl="Er ligt geen voorstel voor “{entry}”. Misschien is het al gepubliceerd of ingetrokken.",
    en="There is no proposal for “{entry}”. It may have been published or withdrawn already.",
)
NO_SUCH_ENTRY: Final = Text(nl="Er is geen kennisitem “{entry}”.", en="There is no entry “{entry}”.")

IS_RETIRED: Final = Text(
    nl="“{title}” is ingetrokken door {by}. Zet het eerst terug; daarna kun je het wijzigen.",
    en="“{title}” was retired by {by}. Bring it back first; then you can change it.",
)
NOTHING_CHANGED: Final = Text(nl="Er is niets gewijzigd.", en="Nothing was changed.")
OVERTAKEN: Final = Text(
    nl="{by} was je voor en wijzigde:\n{changes}\nJouw tekst staat hieronder nog. Kijk of die klopt en stel opnieuw voor.",
    en="{by} was before you and changed:\n{changes}\nYour text still stands below. See whether it is right and propose "
    "it again.",
)

NEW_ENTRY: Final = Text(nl="Nieuw: {title}", en="New: {title}")
TITLE: Final = Text(nl="de titel", en="the title")
BODY: Final = Text(nl="de tekst", en="the text")
OWNER: Final = Text(nl="de eigenaar", en="the owner")
AUDIENCE: Final = Text(nl="wie het mag zien", en="who may see it")
VALID_FROM: Final = Text(nl="de eerste dag", en="the first day")
VALID_UNTIL: Final = Text(nl="de laatste dag", en="the last day")
REVIEW_BY: Final = Text(nl="herzien voor", en="review by")
SOURCE: Final = Text(nl="de bron", en="the source")
QUESTIONS: Final = Text(nl="de voorbeeldvragen", en="the sample questions")
DEPARTMENT: Final = Text(nl="de afdeling", en="the department")
SAY: Final = Text(nl="het zinnetje voor de klant", en="the cue for the customer")
STEPS: Final = Text(nl="de stappen", en="the steps")
RULES: Final = Text(nl="de regels", en="the rules")
FACTS: Final = Text(nl="de feiten", en="the facts")
PERIOD_LIMIT: Final = Text(nl="de grens over een periode", en="the limit over a period")
RELATED: Final = Text(nl="verwante kennis", en="related knowledge")
NEXT: Final = Text(nl="de volgende stap", en="the next action")
CUSTOMER: Final = Text(nl="de ogen van de klant", en="the customer's eyes")
TAGS: Final = Text(nl="de trefwoorden", en="the tags")
JOURNEY: Final = Text(nl="de plek in de klantreis", en="the place in the customer journey")
ACTION: Final = Text(nl="de handeling", en="the action")
AMOUNTS: Final = Text(nl="de formules van bedragen", en="the formulas of amounts")
INSTEAD: Final = Text(nl="wat wel kan als iets nooit mag", en="what helps where something is never allowed")
FACT_WORDS: Final = Text(nl="woorden die ja, nee of een keuze betekenen", en="words that mean yes, no or a choice")
FIELD_NAMES: Final[Mapping[str, Text]] = {
    "title": TITLE,
    "owner": OWNER,
    "department": DEPARTMENT,
    "audience": AUDIENCE,
    "valid_from": VALID_FROM,
    "valid_until": VALID_UNTIL,
    "review_by": REVIEW_BY,
    "source": SOURCE,
    "questions": QUESTIONS,
    "tags": TAGS,
    "journey": JOURNEY,
    "related": RELATED,
    "body": BODY,
    "action": ACTION,
    "facts": FACTS,
    "facts.words": FACT_WORDS,
    "rules.amount": AMOUNTS,
    "rules.instead": INSTEAD,
    "period_limit": PERIOD_LIMIT,
    "customer": CUSTOMER,
    "say": SAY,
    "steps": STEPS,
    "next": NEXT,
}
"""What stands in an entry, as people call it; by the key, or what of it a form cannot show."""
CHANGED: Final = Text(nl="{what}: was {before}, wordt {after}", en="{what}: was {before}, becomes {after}")
ADDED: Final = Text(nl="{what}: erbij {after}", en="{what}: added {after}")
REMOVED: Final = Text(nl="{what}: vervalt {before}", en="{what}: removed {before}")
REWRITTEN: Final = Text(nl="{what}: herschreven", en="{what}: rewritten")
NOTHING: Final = Text(nl="niets", en="nothing")
STEP_MANDATE: Final = Text(nl=" (mandaat {mandate})", en=" (mandate {mandate})")
STEP_HANDOVER: Final = Text(nl=" (naar {to})", en=" (to {to})")
FACT_TYPES: Final[Mapping[str, Text]] = {
    "money": Text(nl="geld", en="money"),
    "number": Text(nl="getal", en="number"),
    "percent": Text(nl="procent", en="percent"),
    "days": Text(nl="dagen", en="days"),
    "yesno": Text(nl="ja of nee", en="yes or no"),
    "choice": Text(nl="keuze", en="choice"),
}
"""By the type of a fact."""
RULE_MAY: Final = Text(nl="{roles} mag “{may}”{when}", en="{roles} may “{may}”{when}")
RULE_NEVER: Final = Text(nl="niemand mag dit{when}", en="nobody may do this{when}")
RULE_WHEN: Final = Text(nl=" bij {conditions}", en=" with {conditions}")
EVERYBODY: Final = Text(nl="iedereen", en="everybody")
SAME: Final = Text(nl="Er verandert niets.", en="Nothing changes.")

BAD_FACT: Final = Text(
    nl="Regel {line} lees ik niet. Schrijf: naam: soort: vraag.",
    en="I cannot read line {line}. Write: name: type: ask.",
)
NEEDS_RULE: Final = Text(nl="Vul minstens één regel in.", en="Fill in at least one rule.")
NEEDS_STEP: Final = Text(nl="Vul minstens één stap in.", en="Fill in at least one step.")
RULE_HALF: Final = Text(nl="Vul bij deze regel ook in wat mag.", en="Also fill in what this rule allows.")
