"""What `heleklant mandate` says on screen."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

NOTHING_TO_DECIDE: Final = Text(
    nl="Geef het id van een mandaat, zoals heleklant mandate decide retour-zonder-bon, of een bestand met --batch.",
    en="Give the id of a mandate, such as heleklant mandate decide retour-zonder-bon, or a file with --batch.",
)
DECIDE_TWICE: Final = Text(
    nl="Kies: een mandaat of een bestand met --batch, niet allebei.",
    en="Choose: a mandate or a file with --batch, not both.",
)
NO_MANDATE: Final = Text(
    nl='Er is geen mandaat "{entry}". Bekijk ze met: heleklant knowledge list --kind mandate',
    en='There is no mandate "{entry}". See them with: heleklant knowledge list --kind mandate',
)
NO_MANDATE_NEAR: Final = Text(
    nl='Er is geen mandaat "{entry}". Bedoel je "{near}"?', en='There is no mandate "{entry}". Do you mean "{near}"?'
)
NOT_A_MANDATE: Final = Text(
    nl='"{entry}" is geen mandaat maar {kind}; daarover valt niets te beslissen.',
    en='"{entry}" is no mandate but a {kind}; there is nothing to decide about it.',
)
BROKEN_MANDATE: Final = Text(
    nl='Het mandaat "{entry}" beslist niets zolang er een fout in staat. {where}: {what}',
    en='The mandate "{entry}" decides nothing while there is an error in it. {where}: {what}',
)
BROKEN_ROLES: Final = Text(
    nl="Zolang de rollen niet kloppen, wordt er niets beslist. {where}: {what}",
    en="Nothing is decided while the roles are not right. {where}: {what}",
)
LINE_NO_ENTRY: Final = Text(
    nl='Regel {line} noemt geen mandaat. Zet het id onder "entry".',
    en='Line {line} names no mandate. Put its id under "entry".',
)
LINE_FACT: Final = Text(
    nl='Het feit "{fact}" heeft geen waarde die we kennen. Geef tekst, een getal, true of false.',
    en='The fact "{fact}" has no value that we know. Give text, a number, true or false.',
)
NOT_AN_AMOUNT: Final = Text(
    nl='"{value}" is geen bedrag van 0 of meer. Schrijf het als 40 of 12,50.',
    en='"{value}" is no amount of 0 or more. Write it as 40 or 12.50.',
)
DECIDING: Final = Text(nl="Besluiten", en="Deciding")
CHECKED_CLEAN: Final = Text(nl="{count} mandaten nagekeken: alles klopt.", en="{count} mandates checked: all is well.")
CHECKED: Final = Text(
    nl="{count} mandaten nagekeken: {errors} fouten, {warnings} waarschuwingen.",
    en="{count} mandates checked: {errors} errors, {warnings} warnings.",
)
