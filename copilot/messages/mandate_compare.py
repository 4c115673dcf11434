"""What changes for whom, between two states of the mandates."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

NOTHING: Final = Text(nl="Voor niemand verandert er iets.", en="Nothing changes for anybody.")
ADDED: Final = Text(nl="Nieuw: {title} ({entry})", en="New: {title} ({entry})")
REMOVED: Final = Text(nl="Vervallen: {title} ({entry})", en="Gone: {title} ({entry})")
CHANGE: Final = Text(nl="{roles}: {region}", en="{roles}: {region}")
WAS: Final = Text(nl="was: {before}; wordt: {after}", en="was: {before}; becomes: {after}")
EXAMPLE: Final = Text(nl="Voorbeeld: {example}", en="Example: {example}")
REWORDED: Final = Text(nl="{roles}, {region}: andere tekst", en="{roles}, {region}: other words")
EVERYBODY: Final = Text(nl="iedereen", en="everybody")
ALWAYS: Final = Text(nl="altijd", en="always")
INSTEAD: Final = Text(nl=" (wel: {entry})", en=" (instead: {entry})")
NO_REASON: Final = Text(nl="zonder reden", en="without a reason")
NOT_COUNTING: Final = Text(nl="geldt niet", en="does not apply")
NEEDS: Final = Text(nl="vraagt eerst: {fact}", en="asks first: {fact}")
CANNOT: Final = Text(nl="niet te beslissen: {why}", en="cannot be decided: {why}")
DRAWN: Final = Text(
    nl="“{entry}” kent te veel gevallen ({cells}); daarvan zijn er {drawn} bekeken.",
    en="“{entry}” knows too many cases ({cells}); {drawn} of them were looked at.",
)
PAST: Final = Text(
    nl="Van {count} eerdere besluiten waren er {changed} anders uitgevallen.",
    en="Of {count} earlier decisions {changed} would have come out differently.",
)
PAST_NONE: Final = Text(
    nl="Er zijn nog geen eerdere besluiten om te vergelijken.", en="There are no earlier decisions."
)
PAST_LINE: Final = Text(
    nl="{at}, {entry}: {case} (was: {before}; wordt: {after})",
    en="{at}, {entry}: {case} (was: {before}; becomes: {after})",
)
PAST_MORE: Final = Text(nl="… en nog {count}.", en="… and {count} more.")

NOT_A_SIDE: Final = Text(
    nl='"{side}" is geen map met een pakket en geen id@versie. Geef bijvoorbeeld knowledge/hele-klant of '
    "retour-zonder-bon@2, of een punt (.) voor wat er nu geldt.",
    en='"{side}" is no folder with a pack and no id@version. Give for instance knowledge/hele-klant or '
    "retour-zonder-bon@2, or a dot (.) for what counts now.",
)
