"""Finds "that is not my department" in all its forms, Dutch and English.

The customer must never be sent from pillar to post. What counts: saying that something is not one's task,
refusing without a next step, and a bare referral (go to, call, ask somebody else, without anything passed
on). What does not: quoting it in order to forbid it ("zeg nooit …"), denying it ("ook al is het niet mijn
afdeling, ik regel het"), and a warm hand-over, in which who takes it, what is passed on or who comes back
is said in the same breath. The list of forms comes from the reference on quality, section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from copilot import sentences


@dataclass(frozen=True, slots=True)
class Deflection:
    """Afschuiven: one place where somebody is sent away."""

    form: str
    """A stable short name: `not_my_task`, `wrong_place`, `cannot_help`, `go_elsewhere`, `someone_else`."""
    words: str
    start: int
    end: int


def find(text: str, language: str = "nl") -> tuple[Deflection, ...]:
    """Every deflection in the text, in reading order. Both languages are looked for, the given one first."""
    plain = _straight(text)
    found: list[Deflection] = []
    parts = sentences.split(plain)
    for place, sentence in enumerate(parts):
        around = " ".join(each.text for each in parts[max(0, place - 1) : place + 3])
        hit = next(_in_sentence(sentence.text, around, language), None)
        if hit:
            form, match = hit
            start = sentence.start + match.start()
            found.append(
                Deflection(form, text[start : sentence.start + match.end()], start, sentence.start + match.end())
            )
    return tuple(found)


def _straight(text: str) -> str:
    """The same text, as long, with straight quotes and plain spaces."""
    return text.translate(str.maketrans("‘’‚“”„\u00a0", "'''\"\"\" "))


def _in_sentence(sentence: str, around: str, language: str) -> Iterator[tuple[str, re.Match[str]]]:
    order = sorted(_FORMS, key=lambda form: form[0] != language)
    for _, name, pattern in order:
        for match in pattern.finditer(sentence):
            if _is_meant(name, match, sentence, around):
                yield name, match


def _is_meant(name: str, match: re.Match[str], sentence: str, around: str) -> bool:
    if _forbidden(match, sentence) or _set_aside(match, sentence) or _said_by_customer(match, sentence):
        return False
    if name in ("go_elsewhere", "someone_else"):
        return not _is_warm(around)
    if name == "cannot_help":
        return not _NEXT_STEP.search(sentence[match.end() :])
    return True


def _forbidden(match: re.Match[str], sentence: str) -> bool:
    """ "Zeg nooit: dat is niet mijn afdeling." """
    return bool(_FORBIDDING.search(sentence[: match.start()]) or _FORBIDDING_AFTER.search(sentence[match.end() :]))


def _set_aside(match: re.Match[str], sentence: str) -> bool:
    """ "Ook al is het niet mijn afdeling, ik regel het": denied by what follows."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    return bool(_CONCEDING.search(before) and _HELPING.search(after)) or bool(_DENYING.search(before))


def _said_by_customer(match: re.Match[str], sentence: str) -> bool:
    """ "De klant hoorde al drie keer 'niet mijn afdeling'": told, not said."""
    return bool(_TOLD.search(sentence[: match.start()]))


def _is_warm(text: str) -> bool:
    return len({name for name, pattern in _WARMTH if pattern.search(text)}) >= 1


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in alternatives), re.IGNORECASE)


_FORBIDDING: Final = _compiled(
    r"\b(?:zeg|vertel|schrijf|antwoord|gebruik|roep|stuur|verwijs|laat)\b[^.!?]{0,30}\b(?:nooit|niet|geen)\b",
    r"\b(?:nooit|niet|geen)\b[^.!?]{0,25}\b(?:zeggen|zegt|antwoorden|horen|zinnen als|woorden als|roepen)\b",
    r"\b(?:nooit|zonder) (?:te zeggen|dat je zegt|een zin als|zinnen als)\b|\bin plaats van\b|\bvermijd\b|\bverboden\b",
    r"\b(?:never|not|don't|do not|avoid|without|instead of|rather than)\b[^.!?]{0,30}"
    r"\b(?:say|saying|tell|telling|answer|hear|write|use|using|phrases? like|words like|send|refer|sending|referring)\b",
    r"\b(?:instead of|rather than|avoid(?:ing)?)\b[^.!?]{0,12}$",
    r"\bhoef(?:t|je|en)?\b[^.!?]{0,25}\bniet\b[^.!?]{0,10}$|\b(?:no need|need not|don't have) to\b[^.!?]{0,12}$",
)
_FORBIDDING_AFTER: Final = _compiled(
    r"^[\"')]*,? (?:zeg|zeggen|zegt|hoort|horen|gebruik|bestaat) (?:je|we|wij|u|jij|hier)?\s?(?:hier |dus |bij ons )?(?:nooit|niet)\b",
    r"^[\"')]* (?:is (?:hier |dus )?(?:geen|nooit een) antwoord|bestaat (?:hier |bij ons )?niet|is not an answer|is never|does not exist)\b",
)
_CONCEDING: Final = _compiled(
    r"\b(?:ook al|hoewel|al|zelfs als|ook als|ook wanneer)\b[^.!?]{0,30}$",
    r"\b(?:even if|even though|although|though)\b[^.!?]{0,30}$",
)
_HELPING: Final = _compiled(
    r"\b(?:regel|regelt|help|helpt|los|lossen|pak|pakt|zoek|doe|doen|blijf|blijft|begin|neem|zorg|vraag)\b",
    r"\b(?:help|sort|solve|take|handle|fix|stay|find|do|arrange|make sure|own)\b",
)
_DENYING: Final = _compiled(
    r"\b(?:niet waar dat|geen sprake van dat|klopt niet dat|onzin dat)\b[^.!?]{0,10}$",
    r"\b(?:not true that|nonsense that)\b[^.!?]{0,10}$",
)
_TOLD: Final = _compiled(
    r"\b(?:kreeg|hoorde|krijgt|hoort|gehoord|gekregen)\b[^.!?]{0,40}(?:dat|:|\")[^.!?]{0,15}$",
    r"\b(?:klant|mevrouw|meneer|gast|ze|hij|zij)\b[^.!?]{0,25}\b(?:zegt|zei|denkt|bang|vreest|klaagt)\b[^.!?]{0,30}$",
    r"\b(?:customer|guest|he|she|they)\b[^.!?]{0,25}\b(?:heard|told|says|said|fears?|afraid|thinks|worries|got)\b[^.!?]{0,35}$",
    r"\b(?:bang|vrees|angst|gevoel|frustratie|ergernis)\b[^.!?]{0,25}\b(?:dat|te horen|om)\b[^.!?]{0,20}$",
)
_NEXT_STEP: Final = _compiled(
    r"\b(?:maar|wel|daarom|dus)\b[^.!?]{0,60}\b(?:ik|we|wij|je|u|kan|kunnen|regel|help|vraag|geef|bied|zoek)\b",
    r"\b(?:but|instead|so|what i can|however)\b[^.!?]{0,60}\b(?:i|we|you|can|will|let)\b",
    r"\b(?:zonder|tot(?:dat)?|zolang|voordat|before|without|until|unless|tenzij)\b",
)
_WARMTH: Final = (
    ("comes_back", _compiled(
        r"\b(?:belt|bel|bellen|mailt|mail|komt|kom|komen|laat|laten|appt)\b[^.!?]{0,30}\b(?:u|je|de klant|hem|haar|mevrouw|meneer|bij u|bij je)?\b[^.!?]{0,25}\b(?:terug|weten)\b",
        r"\bterug(?:bellen|gebeld|komen|koppelen|koppeling)\b|\b(?:calls?|call|ring|rings|comes?|get|gets|be right)\b[^.!?]{0,30}\bback\b|\blets? (?:you|them|the customer) know\b",
    )),
    ("passed_on", _compiled(
        r"\bgeef\b[^.!?]{0,80}\b(?:door|mee)\b|\bik heb (?:alles|uw|je|het)\b[^.!?]{0,40}\b(?:doorgegeven|verteld|uitgelegd)\b|\b(?:doorgeven|doorgegeven|meegegeven)\b|\bniet (?:nog eens |opnieuw |alles opnieuw )?(?:te |hoeft te )?herhalen\b|\bhoeft (?:u |je |de klant |hij |zij |ze )?(?:niets|niet)\b[^.!?]{0,30}\b(?:herhalen|uit te leggen|vertellen)\b",
        r"\bpass(?:es|ed|ing)?\b[^.!?]{0,40}\bon\b|\b(?:not|never|n't)\b[^.!?]{0,20}\brepeat\b|\b(?:i have|i've|already) (?:told|given|briefed|explained)\b|\bhand(?:ed|s)? over\b[^.!?]{0,40}\b(?:with|details|everything)\b",
    )),
    ("together", _compiled(
        r"\b(?:ik|we|wij) (?:loop|ga|bel|gaan|lopen|bellen|blijf|breng|verbind)\b[^.!?]{0,40}\b(?:met u|met je|mee|samen|door|erbij|aan de lijn|aanspreekpunt|naartoe)\b|\bloop (?:even |zelf )?(?:met|mee)\b|\bbreng (?:de klant|u|je|mevrouw|meneer|hem|haar)\b|\bblijf(?:t)?\b[^.!?]{0,30}\b(?:aanspreekpunt|bij de klant|erbij|contactpersoon)\b|\bverbind\b[^.!?]{0,40}\bdoor\b|\bsamen met\b",
        r"\b(?:walk|go|come|stay|remain|call)\b[^.!?]{0,40}\b(?:with (?:you|them|the customer)|together|on the line|your contact|contact person)\b|\bput (?:you|them|the customer) through\b|\btake (?:you|them|the customer) (?:to|over)\b",
    )),
)  # fmt: skip

_MINE: Final = r"(?:mijn|onze|ons|mij|jouw|jullie|uw|je)"
_OTHER_NL: Final = (
    r"(?:een |de |het |onze )?(?:ander(?:e)?|juiste|betreffende|desbetreffende|verantwoordelijke|betrokken|goede|bevoegde)\s"
    r"(?:afdeling|loket|balie|collega|team|vestiging|filiaal|instantie|partij|persoon|iemand|kantoor|winkel|leverancier|medewerker)"
)
_CUSTOMER_NL: Final = r"(?:u|je|jij|hem|haar|hen|de klant|klant|hij|zij|ze|mevrouw|meneer|de gast|men|die)"
_OTHER_EN: Final = (
    r"(?:the |a |an |our |your )?(?:other|another|right|relevant|appropriate|responsible|correct|proper|different)\s"
    r"(?:department|desk|counter|colleague|team|branch|store|shop|person|office|party|supplier|company|agency)"
)
_PLACE_NL: Final = (
    r"(?:de |het |een |onze |afdeling |de afdeling )?(?:klantenservice|servicebalie|balie|helpdesk|hoofdkantoor|afdeling(?:\s\w+)?|fabrikant|leverancier|winkel|"
    r"website|centrale|receptie|kassa|garage|verzekeraar|bank|vestiging|schadeherstel|schadeafdeling|klantcontact|callcenter|"
    r"administratie|keuken|dealer|leasemaatschappij|bezorger|pakketdienst|vervoerder|webshop|producent|importeur|merk|verhuurder|monteur|"
    r"verkoper|maker|uitgever|reisbureau|luchtvaartmaatschappij|gemeente|wegenwacht|technische dienst|andere kant|meldpunt)"
)
_POLITE: Final = (
    r"(?:probeert|vraagt|belt|mailt|gaat|informeert|meldt|wendt|kijkt|zoekt|neemt|loopt|richt|vervoegt) (?:u|je)"
)

_FORMS: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = (
    ("nl", "not_my_task", _compiled(
        rf"\bniet (?:echt |helemaal |direct |bepaald |iets voor )?{_MINE} (?:afdeling|pakkie[- ]?an|taak|werk|terrein|verantwoordelijkheid|probleem|zaak|ding|expertise|vakgebied|winkel|toko|rol|functie|klus|schuld|team|dienst)\b",
        rf"\b(?:valt|vallen|hoort|horen|ligt|ressorteert|behoort) (?:dus |helaas |eigenlijk |echt |ook )?(?:niet|buiten) (?:bij |onder |binnen |tot |op )?{_MINE}(?: (?:afdeling|team|taken|takenpakket|verantwoordelijkheid|werk|bord|pakket|bevoegdheid|bordje|domein|terrein|verantwoording))?\b",
        r"\b(?:niet (?:aan|op) (?:mij|ons|mijn bord|ons bord)|niet bij (?:mij|ons) (?:thuis|neergelegd))\b(?! (?:terug|gegeven|gekocht|gemeld|bekend|betaald|verteld|gevraagd|overgelaten|binnen))",
        r"\b(?:daar|hier|daarover|hierover)\b[^.!?,]{0,14}\b(?:ga|gaan|ben|zijn) (?:ik|wij|we)\b[^.!?,]{0,12}\bniet (?:over|van|voor|de juiste|verantwoordelijk)\b",
        r"\b(?:ik|wij|we) (?:ga|gaan|ben|zijn) (?:daar|hier|er|daarover|hierover)\b[^.!?,]{0,14}\bniet (?:over|van|voor|verantwoordelijk)\b|\b(?:daar|hier) (?:ben|zijn|ga|gaan) (?:ik|wij|we)\b[^.!?,]{0,12} niet (?:van|voor|over)\b|\b(?:ik|wij|we) (?:ga|gaan)(?: daar| hier)? niet over\b",
        rf"\bbuiten {_MINE} (?:bevoegdheid|verantwoordelijkheid|afdeling|takenpakket|werkgebied|vakgebied|macht|invloed|terrein|bereik|expertise|mandaat)\b",
        rf"\bniet (?:onder |binnen |tot )?{_MINE} (?:bevoegdheid|verantwoordelijkheden|takenpakket|taken|bevoegdheden)\b",
        r"\b(?:ligt|zit) (?:helaas |echt |dus )?(?:niet )?(?:bij|in) (?:een )?ander(?:e)? (?:team|afdeling|collega|vestiging)\b|\bis (?:iets |een zaak |een kwestie )?(?:voor|van) (?:een )?(?:ander(?:e)? (?:afdeling|collega|team|loket)|iemand anders)\b",
        r"\bdaar (?:word|werd) ik niet voor (?:betaald|aangenomen)\b|\bniet (?:mijn|onze) (?:stiel|business)\b|\bniet waarvoor ik (?:hier )?(?:ben|zit)\b",
        r"\bdaar hebben (?:wij|we) (?:hier )?(?:niets|niks) mee te maken\b|\b(?:niets|niks) met (?:mij|ons|onze afdeling) te maken\b",
    )),
    ("nl", "not_my_task", _compiled(
        rf"\b(?:is|zijn) (?:echt |gewoon |nu eenmaal )?{_MINE} (?:afdeling|taak|werk|terrein|verantwoordelijkheid|probleem|zaak|expertise|vakgebied|rol|functie|klus|team|pakkie[- ]?an) (?:helaas |echt |dus |gewoon )*niet\b",
        r"\b(?:wij|we|ik|jij|je|jullie)\b[^.!?,]{0,12}\b(?:daar|hier|er)\b[^.!?,]{0,8}\bniet (?:over|van|voor) (?:ga|gaan|gaat|ben|bent|zijn)\b|\b(?:niets|niks) (?:is )?voor (?:ons|mij|onze afdeling|deze afdeling)\b|\bgaan? (?:jij|jullie|je|ga jij) niet over\b|\b(?:daar|hier) ga(?:at|an)? (?:jij|je|jullie|men) niet over\b",
        rf"\bbuiten (?:het|de) (?:bereik|taken|taak|verantwoordelijkheid|werk) van (?:{_MINE}|deze|dit)\b|\b(?:valt|ligt) (?:dit|dat|het|deze vraag) (?:helaas |echt )?buiten {_MINE}\b",
    )),
    ("nl", "not_my_task", _compiled(
        rf"\b(?:daar|hier) (?:zijn|gaan) (?:mijn|onze|andere|de) (?:collega's|mensen)\b[^.!?,]{{0,20}}\b(?:van|over|voor)\b|\bniet de (?:juiste|aangewezen) (?:persoon|collega|man|vrouw)\b|\bniet degene die (?:daar|hier|dit)\b",
        rf"\b(?:dat|dit|het) is (?:echt |eigenlijk |helemaal |meer |vooral |puur )*(?:iets|een zaak|een kwestie|een vraag|de taak|een taak|de verantwoordelijkheid|werk|een klus|het werk|het probleem) (?:voor|van) (?:{_OTHER_NL}|{_PLACE_NL}|iemand anders|de klant zelf|uzelf)\b|\b(?:uw|je|zijn|haar) eigen (?:verantwoordelijkheid|probleem|risico|zaak)\b",
        r"\b(?:ik|wij|we|jij|je|jullie)\b[^.!?,]{0,20}\bniet (?:voor )?verantwoordelijk\b",
    )),
    ("nl", "cannot_help", _compiled(
        rf"\b(?:(?:moet|moeten|mag|kunt|zult) (?:u|de klant|hij|zij|ze)|(?:moet|zult|zal) je) (?:dat |dit |het |echt |maar |zelf )*zelf (?:maar )?(?:uitzoeken|regelen|oplossen|doen|bekijken|weten)\b|\b(?:zoekt|zoek|regelt|regel|lost) (?:u|je) (?:dat |dit |het )?zelf (?:maar )\b|\blaat {_CUSTOMER_NL} (?:het|dit|dat) zelf (?:maar )?(?:regelen|uitzoeken|oplossen|doen)\b|\b(?:u|hij|zij) (?:moet|kunt|zult) (?:dat |dit |het )zelf (?:maar )?(?:uitzoeken|regelen|oplossen)\b",
        r"\b(?:hier|daar) (?:kan|kunnen) (?:ik|wij|we) (?:helaas |echt |ook )*(?:niets|niks) mee\b|\b(?:ik|wij|we) (?:kan|kunnen) (?:daar|hier) (?:helaas |echt |ook )*(?:niets|niks) mee\b|\b(?:bel|belt|kom|komt|probeer|probeert)(?: u| je)? (?:het )?(?:morgen|later|maandag|volgende week|een andere keer)\b[^.!?]{0,14}\b(?:nog eens|maar|opnieuw|weer|nog een keer)\b",
    )),
    ("nl", "go_elsewhere", _compiled(
        rf"\bgeef {_CUSTOMER_NL}\b[^.!?]{{0,14}}\b(?:telefoonnummer|nummer|adres|mailadres|e-mailadres) van (?:{_OTHER_NL}|{_PLACE_NL})\b|\bschuif (?:dit|het|de vraag|de klant|hem|haar) (?:maar |dan |gewoon )*door\b|\bwijs {_CUSTOMER_NL} (?:de weg )?(?:naar|door naar) (?:{_OTHER_NL}|{_PLACE_NL})\b",
        rf"\b(?:voor|met|bij) (?:zulke|dit soort|dat soort|deze|die|zo'n) (?:vragen|vraag|zaken|klachten|problemen|klacht)\b[^.!?]{{0,25}}\b(?:{_OTHER_NL}|{_PLACE_NL})\b",
        r"\bniet bij (?:mij|ons|jou|jullie) (?:voor |mee )?(?:te )?(?:zijn|terecht|wezen)\b",
    )),
    ("nl", "go_elsewhere", _compiled(
        rf"\b(?:verwijs|stuur|wijs)\b(?: ik| wij| we)?(?: u| je| hem| haar| hen| de klant| mevrouw| meneer)?(?: graag| dan| maar| even| door| de weg)* (?:door )?naar (?:{_OTHER_NL}|{_PLACE_NL})\b",
        rf"\bgeef {_CUSTOMER_NL} (?:het |een |zijn |haar )?(?:telefoonnummer|nummer|adres|mailadres|e-mailadres) van (?:{_OTHER_NL}|{_PLACE_NL})\b",
        rf"\b(?:u|je|hij|zij|de klant) (?:zult|zal|moet|kunt|kan|mag)\b[^.!?]{{0,20}}\bmet (?:{_OTHER_NL}|{_PLACE_NL})\b[^.!?]{{0,14}}\b(?:regelen|oplossen|bespreken|opnemen|afspreken|uitzoeken)\b",
        r"\b(?:loopt|gaat|belt|mailt) u (?:daar|dan|maar|daarvoor|hiervoor)\b[^.!?]{0,14}\b(?:heen|naartoe|langs|maar)\b",
    )),
    ("nl", "not_my_task", _compiled(
        r"\b(?:daar|hier|zoiets|dat) (?:doe|doen) (?:ik|wij|we) (?:hier |dus |helaas )*niet aan\b|\b(?:gaat|loopt|ligt) (?:helaas )?buiten (?:mij|ons) om\b|\bmijn (?:taak|werk|rol|verantwoordelijkheid) (?:houdt|stopt|eindigt) (?:hier|daar)\b|\bhier (?:stopt|houdt|eindigt) het (?:voor )?(?:mij|ons|op)\b|\bniet wat (?:wij|we|ik) (?:hier )?(?:doen|doe)\b|\bik ben maar (?:een|de)\b|\b(?:hoort|ligt) bij (?:de |het |een )?[\w ]{1,25}, niet bij (?:ons|mij)\b",
    )),
    ("nl", "cannot_help", _compiled(
        r"\b(?:daar|hier) (?:kan|kunnen|mag|mogen) (?:ik|wij|we) (?:helaas |verder |echt |nu )*(?:niets|niks) (?:over zeggen|van zeggen|over kwijt|mee doen)\b",
    )),
    ("nl", "not_my_task", _compiled(
        r"\b(?:gaat|loopt|kan) (?:helaas |echt |dus )*niet via (?:ons|mij)\b|\b(?:loket|balie|afdeling|team|winkel|kassa)\b[^.!?,]{0,8}\bis (?:daar|hier|er) niet voor\b|\b(?:sta|zit|werk) hier (?:alleen )?voor [^.!?]{2,30}, niet voor\b|\b(?:afdeling|team|loket|balie) (?:behandelt|doet|regelt|verzorgt)\b[^.!?]{0,25}\bniet\b",
    )),
    ("nl", "wrong_place", _compiled(
        r"\b(?:bent|ben|is|zijn|zit|zitten|staat|sta) (?:u|je|de klant|hij|zij|ze) (?:dan |hier |bij ons |helaas |bij mij )*niet (?:op|aan|bij) (?:de|het) (?:goede|juiste)\b|\bniet op de (?:goede|juiste) plek\b",
        r"\b(?:wij|we|ik) (?:dat|dit|zoiets) (?:hier |zelf |bij ons )*niet (?:doen|doe|regelen|regel|behandelen)\b",
        r"\bhoort hier (?:niet|helemaal niet)(?: thuis)?\b|\b(?:dat|dit|die vraag) hoort (?:hier )?niet (?:hier|bij)\b",
        r"\bverkeerd(?:e)? (?:afdeling|loket|balie|nummer gebeld|persoon|collega|winkel|lijn)\b(?! (?:geleverd|bezorgd|ingevuld|doorgegeven))|\bverkeerd(?:e)? (?:adres|plek)\b(?! (?:staat|stond|op|in|ingevuld|ingevoerd|doorgegeven|bezorgd|opgegeven|geleverd|gebruikt|bij|van de|afgeleverd|gestuurd))",
        r"\bniet (?:aan|bij|op) het juiste (?:adres|loket)\b|\baan het verkeerde adres\b(?! (?:geleverd|bezorgd|gestuurd))|\bbij de verkeerde\b(?! (?:maat|kleur|prijs))",
        r"\bniet bij (?:ons|mij|deze afdeling|deze balie) (?:moet|moeten|zijn|terecht)\b|\bbij (?:ons|mij) (?:bent|ben|kunt|kun|is|kan) (?:u|je|de klant)\b[^.!?]{0,20}\b(?:niet terecht|verkeerd)\b|\bdaarvoor (?:kunt|kun) (?:u|je)\b[^.!?]{0,14}\bniet bij (?:ons|mij) terecht\b",
        r"\b(?:dat|dit|daar|hier)\b[^.!?,]{0,12}\b(?:doen|regelen|behandelen|verzorgen|verkopen|helpen)\b (?:wij|we) (?:hier|bij ons|in deze winkel)\b[^.!?,]{0,10}\bniet\b|\b(?:wij|we) (?:doen|regelen|behandelen) (?:dat|dit) (?:hier |bij ons )?niet\b|\b(?:dat|dit) (?:doen|regelen|behandelen) (?:wij|we) (?:hier |dus |helaas |echt |zelf )*niet\b",
    )),
    ("nl", "cannot_help", _compiled(
        r"\b(?:daar|hier|daarmee|hiermee|daarbij|hierbij)\b[^.!?,]{0,10}\b(?:kan|kunnen) (?:ik|wij|we)\b[^.!?]{0,25}\bniet (?:mee|bij|aan|mee verder|verder mee|bij van dienst)?\s?(?:helpen|van dienst zijn)\b",
        r"\b(?:ik|wij|we) (?:kan|kunnen) (?:u |je |de klant |jou |hem |haar )?(?:daar|hier|er|hiermee|daarmee|daarbij|hierbij)\b[^.!?]{0,25}\b(?:niet|niets|niks)\b[^.!?]{0,15}\b(?:helpen|doen|van dienst|aan)\b",
        r"\b(?:ik|wij|we) (?:kan|kunnen) (?:hier|daar|er|verder|helaas|echt|nu)?\s?(?:hier|daar|er|verder|helaas|echt|nu|ook)?\s?(?:niets|niks)\b[^.!?]{0,22}\b(?:doen|betekenen)\b|\b(?:kan|kunnen) (?:ik|wij|we) (?:verder |helaas |echt |ook |hier |daar |nu )*(?:niets|niks|niet veel|weinig)\b[^.!?]{0,22}\b(?:doen|betekenen)\b",
        r"\b(?:ik|wij|we) (?:kan|kunnen) (?:helaas |echt |verder )*(?:niets|niks|niet) (?:voor (?:u|je|de klant)|voor u) (?:doen|betekenen)\b|\b(?:valt|is) (?:hier |daar |er |helaas )*(?:niets|niks) (?:aan |meer |meer aan )+te doen\b",
        r"\bgeen idee(?:,|\.|!| wie| hoe| waar)?[^.!?]{0,30}\b(?:vraag|bel|probeer|moet)\b|\bdaar weet ik (?:helemaal |echt )?(?:niets|niks) van\b|\b(?:ik )?zou het (?:echt )?niet weten\b",
        r"\b(?:ik|wij|we) (?:mag|mogen|kan|kunnen) (?:daar|hier|er) (?:helaas |echt )?(?:niets|niks) (?:over zeggen|in betekenen|mee)\b|\bmijn handen zijn gebonden\b|\bdaar (?:doe|doen) (?:ik|wij|we) niets (?:aan|mee)\b",
    )),
    ("nl", "cannot_help", _compiled(
        r"\b(?:daar|hier) (?:kun|kan|kunnen|kunt) (?:je|jij|u|we|wij|jullie) (?:helaas |echt |verder |ook |nu )*(?:niets|niks) (?:mee|aan|voor)\b|\b(?:daar|hier)(?:van)? (?:heb|hebben|weet|weten) (?:ik|wij|we) (?:helaas |echt |ook )*(?:geen (?:verstand|kennis|ervaring|flauw idee|idee)|niets|niks)\b|\b(?:ik|wij|we) (?:weet|weten|heb|hebben) (?:daar|hier|er) (?:helaas |echt |ook )*(?:niets|niks|geen (?:verstand|kennis)) van\b",
        r"\b(?:ik|wij|we) (?:kan|kunnen) (?:u|je|de klant|jou) (?:hier |daar |verder |helaas |echt |dus )*(?:niet|niets|niks) (?:verder )?(?:helpen|mee|van dienst|bij|met dit)\b",
    )),
    ("nl", "go_elsewhere", _compiled(
        rf"\b{_CUSTOMER_NL}\b[^.!?,]{{0,14}}\b(?:bij|naar|met|aan|tot) (?:{_OTHER_NL}|{_PLACE_NL})\b[^.!?,]{{0,12}}\b(?:moet|moeten|kan|kunt|hoort|dient|zou)\b",
        rf"\b(?:moet|moeten|kunt|kun|kan|dient|zult) {_CUSTOMER_NL}\b[^.!?]{{0,25}}\b(?:{_OTHER_NL}|{_PLACE_NL})\b[^.!?]{{0,14}}\b(?:bellen|mailen|benaderen|vragen|aanspreken|hebben|raadplegen|inschakelen|bezoeken)\b",
        rf"\b{_CUSTOMER_NL} (?:moet|moeten|kunt|kun|kan|dient|zult|zal)\b[^.!?]{{0,30}}\b(?:{_OTHER_NL}|{_PLACE_NL})\b[^.!?]{{0,14}}\b(?:bellen|mailen|benaderen|vragen|aanspreken|hebben|raadplegen|inschakelen|bezoeken)\b",
        rf"\b{_POLITE}\b(?: (?:het|dat|dit|maar|dan|even|eens|zelf|gewoon|hiervoor|daarvoor|anders|naar|bij|met|aan|tot|zich|contact|op))* (?:ergens anders|elders|{_OTHER_NL}|{_PLACE_NL}|iemand anders)\b",
        rf"\bvraag(?:t u)? (?:het|dat|dit)(?: (?:maar|dan|even|eens|gewoon))* (?:bij|aan|op) (?:{_OTHER_NL}|{_PLACE_NL})\b",
        rf"\blaat {_CUSTOMER_NL}\b[^.!?]{{0,20}}\b(?:{_OTHER_NL}|{_PLACE_NL})\b[^.!?]{{0,10}}\b(?:bellen|mailen|benaderen|vragen|opzoeken)\b|\b(?:verwijs|stuur) {_CUSTOMER_NL} (?:daarheen|daarnaartoe|weg|ergens anders heen|terug naar de fabrikant)\b",
        rf"\b{_CUSTOMER_NL} (?:zult |zal |zou )?(?:moet|moeten|kunt|kun|kan|dient|mag|hoort|zult)\b[^.!?]{{0,40}}\b(?:bij|naar|met|aan|tot) (?:{_OTHER_NL}|{_PLACE_NL})\b",
        rf"\b(?:moet|moeten|kunt|kun|kan|dient|zult) {_CUSTOMER_NL}\b[^.!?]{{0,40}}\b(?:bij|naar|met|aan|tot) (?:{_OTHER_NL}|{_PLACE_NL})\b[^.!?]{{0,30}}\b(?:zijn|wenden|opnemen|gaan|terecht|bellen|vragen|richten|melden)?\b",
        rf"\bneem(?:t)?(?: (?:u|je|maar|dan|even|zelf|gewoon|hiervoor|daarvoor|alstublieft))* contact op met (?:{_OTHER_NL}|{_PLACE_NL}|iemand anders)\b",
        rf"\b(?:contact op(?: te)? ?nemen|contact opnemen) met (?:{_OTHER_NL}|{_PLACE_NL})\b|\bmet (?:{_OTHER_NL}|{_PLACE_NL}) contact op(?: te )?nemen\b",
        rf"\b(?:verwijs|stuur) (?:de klant |hem |haar |mevrouw |meneer |ze |die )?(?:maar |dan |gewoon |even |door )*(?:naar|door naar) (?:{_OTHER_NL}|{_PLACE_NL})\b",
        rf"\b(?:probeer|vraag|bel|mail|ga|informeer|meld u|meld je|wend u|wend je|kijk|zoek)\b(?: (?:het|u|je|maar|dan|even|eens|zelf|gewoon|hiervoor|daarvoor|anders|naar|bij|met|aan|tot))* (?:ergens anders|elders|{_OTHER_NL}|iemand anders|anderen)\b",
        rf"\b(?:bel|mail|ga|meld u|meld je|wend u)\b(?: (?:u|je|maar|dan|even|zelf|gewoon|hiervoor|daarvoor|naar|bij|met|tot))+ {_PLACE_NL}\b",
        rf"\blaat (?:de klant|hem|haar|mevrouw|meneer|ze)\b[^.!?]{{0,30}}\b(?:zelf )?(?:bellen|contact opnemen|gaan|mailen|melden|vragen)\b(?= (?:met|naar|bij) (?:{_OTHER_NL}|{_PLACE_NL})|\.|$|!)",
        r"\b(?:daarvoor|hiervoor|dan) (?:moet|moeten|dient) (?:u|je|de klant)\b[^.!?]{0,20}\b(?:ergens anders|elders|ander(?:e)?)\b|\b(?:u|je) (?:zult|zal|moet) (?:het )?(?:ergens anders|elders)\b",
    )),
    ("nl", "someone_else", _compiled(
        rf"\b(?:regelt|doet|behandelt|weet|verzorgt|beantwoordt|bekijkt|beslist)\b(?: (?:dan|dus|alleen|helaas|gewoon))* (?:een |de )?(?:{_OTHER_NL}|iemand anders)\b|\b(?:{_OTHER_NL}|iemand anders) (?:regelt|doet|behandelt|verzorgt|weet) (?:dat|dit|het|zulke|deze)\b",
        rf"\b(?:daar|hier|daarvoor|hiervoor) (?:is|zijn|hebben we|hebben wij|bestaat|zit)\b[^.!?]{{0,8}} (?:{_OTHER_NL}|iemand anders)\b|\bwordt (?:gedaan|geregeld|behandeld|afgehandeld) door (?:{_OTHER_NL}|iemand anders)\b",
        r"\b(?:iets|vraag|zaak|kwestie|werk|klus|taak) (?:voor|van) (?:een )?(?:de )?(?:ander(?:e)? (?:collega|afdeling|team)|iemand anders)\b",
        r"\b(?:dat|dit) (?:moet|moeten|kan|doet|regelt|weet) (?:alleen |echt |maar )?(?:een )?(?:ander(?:e)? (?:collega|afdeling|team)|iemand anders)\b|\b(?:een ander(?:e)?|iemand anders) (?:maar |moet )(?:oplossen|regelen|doen)\b|\bdaar gaat (?:een )?(?:ander(?:e)? (?:afdeling|collega|team)|iemand anders) over\b",
    )),
    ("en", "not_my_task", _compiled(
        r"\b(?:not|isn't|is not|aren't|wasn't|ain't) (?:really |actually |exactly |quite |something for )?(?:my|our|this|your) (?:department|team|job|problem|responsibility|area|task|role|remit|business|duty|field|call|desk|concern|section|side|place|fault)\b",
        r"\b(?:outside|beyond|out of|not (?:within|in|part of|under)|doesn't fall (?:under|within)|does not fall (?:under|within)|falls outside(?: of)?) (?:of )?(?:my|our) (?:remit|scope|area|department|control|hands|responsibilit(?:y|ies)|authority|job|expertise|pay grade|team|jurisdiction|duties|purview)\b",
        r"\bout of (?:my|our) hands\b|\babove (?:my|our) pay ?grade\b|\bnot (?:up to|on|down to) (?:me|us)\b|\bnothing to do with (?:me|us|our (?:department|team))\b",
        r"\b(?:we|i|our team|this department) (?:don't|do not|doesn't|does not|can't|cannot) (?:handle|deal with|do|take care of|process|look after|cover|manage) (?:that|this|those|these|such|it)\b(?! (?:without|until|before|unless|lightly|twice|alone))|\b(?:not something|isn't something|is not something) (?:we|i|our team) (?:handle|do|deal with|can help with|cover|take care of)\b",
        r"\b(?:i'm|i am|we're|we are) not (?:responsible|the right (?:person|team|department)|in charge)\b|\b(?:that's|that is|this is|it's|it is) (?:for|up to|a matter for|one for|something for) (?:another|a different|some(?:one|body) else)\b|\bnot what (?:i'm|i am|we're|we are) here for\b",
    )),
    ("en", "wrong_place", _compiled(
        r"\bwrong (?:department|desk|counter|number|person|team|place|line|queue|branch|office)\b(?! (?:on|in|of|was|is printed))",
        r"\b(?:doesn't|does not) belong (?:here|with us|to us)\b|\bcome to the wrong\b|\bnot the right (?:department|desk|counter|place|number|address|team) (?:for|to)?\b",
    )),
    ("en", "cannot_help", _compiled(
        r"\b(?:i|we)(?:'m|'re)? (?:really |just |simply |unfortunately |am |are )*(?:can't|cannot|can not|unable to|am unable to|are unable to|am not able to|are not able to|won't be able to|'m unable to) (?:really |actually )*(?:help|assist|do anything|do much)\b(?: (?:you|them|the customer|him|her))?(?: (?:with|about|for|on) (?:that|this|it|you|them))?",
        r"\b(?:there is|there's|there was|there isn't|is) (?:nothing|not anything|not much|anything) (?:else |more )?(?:i|we) can do\b|\bnothing (?:i|we) can do\b|\bmy hands are tied\b|\bcan't do anything (?:about|for)\b",
        r"\b(?:no idea|i don't know|not sure|i have no clue)[,.;]? ?(?:just |maybe |please )?(?:ask|try|call) (?:some(?:one|body)|another|a different|elsewhere)\b",
    )),
    ("en", "go_elsewhere", _compiled(
        rf"\b(?:you|they|the customer|customers|he|she|guests?) (?:'ll |will |should |must |can |could |may |might |would |'d |need to |have to |will have to |will need to |'ll need to |'ll have to |has to |needs to )+(?:to )?(?:please )?(?:contact|call|ask|go to|speak (?:to|with)|talk to|reach out to|check with|try|e-?mail|visit|turn to|be at|take it up with|get in touch with) (?:{_OTHER_EN}|some(?:one|body|where) else|elsewhere|(?:the |our )?(?:head office|customer service|helpdesk|help desk|manufacturer|supplier|website|service desk|call cent(?:er|re)|insurer|bank|claims department|repairs? department|\w+ department))\b",
        rf"\b(?:please |just |simply |kindly )?(?:contact|call|ask|speak (?:to|with)|talk to|reach out to|check with|try|e-?mail|visit|go to|take it up with) (?:{_OTHER_EN}|some(?:one|body|where) else|elsewhere|(?:the |our )?(?:head office|customer service|helpdesk|manufacturer|call cent(?:er|re)))\b",
        rf"\b(?:refer|send|direct|redirect|point|transfer) (?:the customer|him|her|them|you|guests?) (?:on |away |over )?to (?:{_OTHER_EN}|some(?:one|body) else|(?:the |our )?(?:head office|customer service|helpdesk|manufacturer|website|supplier|\w+ department))\b",
    )),
    ("en", "not_my_task", _compiled(
        r"\bnot (?:really )?the (?:right |best )?(?:person|one|department|team|place) (?:to (?:talk|speak|ask|turn|come|deal)|for (?:that|this|it)|who)\b|\b(?:something|one|a matter|a question|a job) for (?:the )?\w+(?: \w+)?,? (?:and )?not (?:for )?(?:me|us)\b|\bnot (?:my|our) (?:job|task|place|concern) to\b",
        r"\b(?:we're|we are|i'm|i am) not (?:responsible|liable|to blame)\b|\byour own (?:responsibility|problem|risk)\b",
    )),
    ("en", "cannot_help", _compiled(
        r"\byou(?:'ll| will)? (?:have to|need to|must|can|should) (?:sort|figure|work|find) (?:that|this|it) out (?:for )?yourself\b|\bsort it out yourself\b|\blet (?:the customer|them|him|her) (?:sort|figure|find) (?:it|that|this) out\b",
    )),
    ("en", "go_elsewhere", _compiled(
        rf"\b(?:better off|better|best|advised to) (?:asking|ask|calling|call|contacting|contact|trying|try|going to|go to) (?:{_OTHER_EN}|some(?:one|body|where) else|elsewhere|(?:the |our )?\w+ (?:desk|department|team|office))\b",
        r"\b(?:should|can|could|must|need to|have to|please|just|try|ask)(?: ask| try| call| contact| go to| see| visit)?(?: at)? (?:the |our )?(?:information desk|info desk|front desk|service desk|reception|help ?desk|customer service|call cent(?:er|re)|head office|manufacturer|supplier)\b",
    )),
    ("en", "not_my_task", _compiled(
        r"\b(?:falls?|is|are|lies) (?:well )?(?:outside|beyond) (?:of )?(?:what|the things) (?:i|we) (?:can |may |are allowed to )?(?:do|handle|deal with)\b|\b(?:this|our|my) (?:desk|counter|team|department|office|shop|branch) (?:does not|doesn't|cannot|can't) (?:deal with|handle|do|take|process|help with)\b|\bi (?:just|only) (?:work|serve|sell|do|answer|take)\b[^.!?]{0,25}\b(?:here|don't|not)\b|\b(?:question|matter|issue|problem|one|something) for the (?:kitchen|bar|office|warehouse|garage|bank|manufacturer|supplier|front desk|back office|head office)\b",
        r"\b(?:nobody|no one|none of us) (?:here )?(?:can|could|is able to|knows)\b[^.!?]{0,25}\b(?:help|that|this|assist)\b",
    )),
    ("en", "go_elsewhere", _compiled(
        r"\b(?:refer|send|direct|point) you (?:on |over )?to (?:the |our |a |an )?(?:\w+ )?(?:desk|department|team|office|kitchen|reception|branch|counter|colleague|manufacturer)\b|\b(?:have to|need to|should|must|'d have to|could) (?:take (?:that|this|it) up|raise (?:that|this|it)|discuss (?:that|this|it)|check) with (?:the |our |a |an )?(?:\w+ )?(?:desk|department|team|office|kitchen|reception|branch|counter|manufacturer|crew|supplier)\b",
    )),
    ("en", "not_my_task", _compiled(
        r"\bi (?:don't|do not) do (?!that (?:lightly|often)|anything without)[a-z]+\b|\bnot something (?:this|our|my) (?:desk|team|department|counter|shop|branch)\b",
    )),
    ("en", "go_elsewhere", _compiled(
        r"\b(?:direct|address|send|take|bring) (?:your|the|this|that|any) (?:\w+ )?(?:complaints?|questions?|requests?|claims?|problems?|issues?|it)? ?to (?:the |our |a |an )?(?:customer service|\w+ (?:desk|department|team|office|counter)|head office|help ?desk|reception|manufacturer|supplier|some(?:one|body) else)\b",
    )),
    ("en", "someone_else", _compiled(
        rf"\b(?:is|are|gets?) (?:handled|dealt with|done|managed|looked after|covered|taken care of|answered) by (?:{_OTHER_EN}|some(?:one|body) else|another \w+|a different \w+)\b|\b(?:there is|there's|we have) (?:{_OTHER_EN}) for (?:that|this)\b",
        rf"\b(?:{_OTHER_EN}) (?:handles|deals with|does|looks after|takes care of|manages|answers) (?:that|this|it|those|these|such|complaints|claims)\b",
        r"\b(?:some(?:one|body) else|another (?:team|department|colleague)|a different (?:team|department|colleague)) (?:has to|must|should|needs to|will have to|handles|deals with|takes care of)(?: deal with| handle| do| sort out| look at| solve| fix| answer)? (?:that|this|it|those|these)\b|\b(?:one|question|matter|something) for (?:another|a different|some(?:one|body) else)\b",
    )),
)  # fmt: skip
