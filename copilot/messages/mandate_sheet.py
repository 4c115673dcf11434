"""What stands on the sheet "wat mag ik?": limits and conditions in plain words."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

TITLE: Final = Text(nl="Wat mag je zelf beslissen als {roles}", en="What you may decide yourself as {roles}")
GENERAL: Final = Text(nl="Algemeen", en="General")
ALWAYS: Final = Text(nl="altijd", en="always")
CONDITION: Final = Text(nl="bij {conditions}", en="with {conditions}")
NEVER: Final = Text(nl="Nooit bij {conditions}.", en="Never with {conditions}.")
NEVER_BECAUSE: Final = Text(nl="Nooit bij {conditions}. {because}", en="Never with {conditions}. {because}")
PERIOD: Final = Text(
    nl="Samen hoogstens {max} in {days} dagen, per {per}.", en="At most {max} together in {days} days, per {per}."
)
PER: Final = {"customer": Text(nl="klant", en="customer"), "case": Text(nl="geval", en="case")}
BEYOND: Final = Text(nl="Valt het erbuiten? Vraag je {approver}.", en="Is it outside that? Ask your {approver}.")
NONE: Final = Text(
    nl="Er staat nog niets dat je als {roles} zelf mag beslissen.",
    en="There is nothing yet that you may decide yourself as {roles}.",
)
NOTHING_FOUND: Final = Text(
    nl="Niets gevonden voor “{search}”. Zoek met een ander woord.",
    en="Nothing found for “{search}”. Try another word.",
)

AND: Final = Text(nl=" en ", en=" and ")
SHARE: Final = Text(nl="{percent} van {what}", en="{percent} of {what}")
PERCENTAGE: Final = Text(nl="het percentage {fact}", en="the percentage {fact}")
AT_MOST: Final = Text(nl="{what}, maar hoogstens {bound}", en="{what}, but at most {bound}")
AT_LEAST: Final = Text(nl="{what}, maar minstens {bound}", en="{what}, but at least {bound}")
LEAST: Final = Text(nl="het laagste van {parts}", en="the lowest of {parts}")
MOST: Final = Text(nl="het hoogste van {parts}", en="the highest of {parts}")
PLUS: Final = Text(nl="plus {part}", en="plus {part}")
MINUS: Final = Text(nl="min {part}", en="minus {part}")
TIMES: Final = Text(nl="keer {part}", en="times {part}")
DIVIDED_BY: Final = Text(nl="gedeeld door {part}", en="divided by {part}")
