"""What the database says when it cannot do what was asked."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

WRONG_URL: Final = Text(
    nl="Met dit adres kunnen we geen database openen: {url}. Schrijf sqlite:///pad/naar/bestand of "
    "postgresql://naam:wachtwoord@server/database in HELEKLANT_DATABASE_URL.",
    en="No database can be opened at this address: {url}. Write sqlite:///path/to/file or "
    "postgresql://name:password@server/database in HELEKLANT_DATABASE_URL.",
)
NO_FOLDER: Final = Text(
    nl="De map {folder} voor de database is niet te maken: {fault}. Kies een andere met HELEKLANT_DATA_DIR.",
    en="The folder {folder} for the database cannot be made: {fault}. Choose another with HELEKLANT_DATA_DIR.",
)
CANNOT_OPEN: Final = Text(
    nl="De database {where} is niet te openen: {fault}. Controleer of het pad bestaat en of je er mag schrijven.",
    en="The database {where} cannot be opened: {fault}. Check that the path exists and that you may write there.",
)
READ_ONLY: Final = Text(
    nl="In de database {where} mag niet geschreven worden. Maak het bestand en de map schrijfbaar, of kies een andere "
    "map met HELEKLANT_DATA_DIR.",
    en="The database {where} may not be written. Make the file and its folder writable, or choose another folder with "
    "HELEKLANT_DATA_DIR.",
)
NO_RIGHT: Final = Text(
    nl="In de database {where} mag niet geschreven worden: {fault}. Geef de gebruiker dat recht, of geef een andere in "
    "HELEKLANT_DATABASE_URL.",
    en="The database {where} may not be written: {fault}. Give the user that right, or give another one in "
    "HELEKLANT_DATABASE_URL.",
)
NOT_A_DATABASE: Final = Text(
    nl="Het bestand {where} is geen database, of het is beschadigd ({fault}). Zet een reservekopie terug of kies een "
    "andere map met HELEKLANT_DATA_DIR.",
    en="The file {where} is not a database, or it is damaged ({fault}). Put back a copy or choose another folder with "
    "HELEKLANT_DATA_DIR.",
)
NOT_OURS: Final = Text(
    nl="De database {where} is van een ander programma: er staat al een tabel {table}. Geef een eigen database in "
    "HELEKLANT_DATABASE_URL.",
    en="The database {where} belongs to another program: it already has a table {table}. Give a database of its own in "
    "HELEKLANT_DATABASE_URL.",
)
NEWER: Final = Text(
    nl="De database {where} is van een nieuwere versie van dit programma (stand {found}, wij kennen tot {known}). Werk "
    "het programma bij.",
    en="The database {where} is of a newer version of this program (state {found}, we know up to {known}). Upgrade the "
    "program.",
)
FULL: Final = Text(
    nl="De schijf van de database {where} is vol. Er is niets half opgeslagen. Maak ruimte en probeer het opnieuw.",
    en="The disk of the database {where} is full. Nothing was half stored. Make room and try again.",
)
BUSY: Final = Text(
    nl="De database {where} is te lang bezet door een ander programma. Er is niets opgeslagen. Probeer het zo opnieuw.",
    en="The database {where} has been busy with another program for too long. Nothing was stored. Try again shortly.",
)
AWAY: Final = Text(
    nl="De database {where} antwoordt niet: {fault}. Controleer of PostgreSQL draait en of adres, naam en wachtwoord "
    "in HELEKLANT_DATABASE_URL kloppen.",
    en="The database {where} does not answer: {fault}. Check that PostgreSQL runs and that address, name and password "
    "in HELEKLANT_DATABASE_URL are right.",
)
REFUSED: Final = Text(
    nl="De database {where} weigert: {fault}. Er is niets half opgeslagen. Kijk met heleklant doctor of er ruimte en "
    "schrijfrecht is, en probeer het opnieuw.",
    en="The database {where} refuses: {fault}. Nothing was half stored. See with heleklant doctor whether there is "
    "room and leave to write, and try again.",
)
NOTHING_KNOWN: Final = Text(
    nl="Er is nog geen kennis ingelezen. Doe dat met: heleklant knowledge import MAP",
    en="No knowledge has been imported yet. Do so with: heleklant knowledge import FOLDER",
)
UNKNOWN_ORGANISATION: Final = Text(
    nl='De organisatie "{organisation}" staat niet in de database. Wel: {known}. Pas HELEKLANT_ORGANISATION aan, of '
    "lees haar kennis in.",
    en='The organisation "{organisation}" is not in the database. These are: {known}. Change HELEKLANT_ORGANISATION, '
    "or import its knowledge.",
)
IMPORT_CONFLICT: Final = Text(
    nl="Er is niets ingelezen. Sinds de vorige keer inlezen is hier gewijzigd, en anders dan het pakket zegt: {entries} "
    "(aantal: {count}). Kies --theirs (het pakket geldt) of --ours (wat hier staat geldt).",
    en="Nothing was imported. Since the last import this was changed here, and differs from the pack: {entries} "
    "(count: {count}). Choose --theirs (the pack counts) or --ours (what stands here counts).",
)
EDIT_CONFLICT: Final = Text(
    nl='Iemand anders wijzigde "{entry}" ondertussen. Bekijk beide teksten en sla opnieuw op.',
    en='Somebody else changed "{entry}" in the meantime. Look at both texts and save again.',
)
TWICE_IN_PACK: Final = Text(
    nl='Het kennisitem "{entry}" staat twee keer in het pakket: in {first} en in {second}. Haal er een weg of geef het '
    "een andere id.",
    en='The entry "{entry}" stands twice in the pack: in {first} and in {second}. Remove one or give it another id.',
)
NOT_STORABLE: Final = Text(
    nl="Het bestand {path} bevat tekens die geen tekst zijn. Sla het opnieuw op als gewone tekst (UTF-8).",
    en="The file {path} holds characters that are not text. Save it again as plain text (UTF-8).",
)
NO_ENTRY: Final = Text(nl='Er is geen kennisitem "{entry}".', en='There is no entry "{entry}".')
NO_DRAFT: Final = Text(
    nl='Het kennisitem "{entry}" heeft geen voorstel dat openstaat.', en='The entry "{entry}" has no open draft.'
)
NO_SUGGESTION: Final = Text(
    nl='Het antwoord "{suggestion}" is er niet (meer).', en='The answer "{suggestion}" is not there (any more).'
)
NOTHING_TO_GRANT: Final = Text(
    nl='Het antwoord "{suggestion}" rust niet op een mandaat: er is niets om toe te kennen.',
    en='The answer "{suggestion}" rests on no mandate: there is nothing to grant.',
)
NO_GAP: Final = Text(
    nl='Bij de vraag "{question}" hoort geen kennisgat.', en='The question "{question}" has no knowledge gap.'
)
