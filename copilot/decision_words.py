"""The words in which a decision is told, Dutch and English: permission, refusal, approval, promise."""

from __future__ import annotations

import re
from typing import Final


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in alternatives), re.IGNORECASE)


CLAUSE_END: Final = re.compile(r"[,;:–—]|\b(?:maar|but|want|because|omdat|zodat)\b", re.IGNORECASE)
NEGATION: Final = re.compile(
    r"\b(?:niet|geen|nooit|niets|niks|niemand|nee|uitgesloten|verboden|onmogelijk|impossible|ruled out|excluded|not|nobody|no one|no|never|nothing|nor|cannot|helaas|unfortunately)\b|n't\b",
    re.IGNORECASE,
)
CONDITION: Final = re.compile(
    r"\b(?:als(?! geregeld| medewerker| klant)|indien|mits|zodra|wanneer|tenzij|boven|vanaf|meer dan|hoger dan|lager dan|onder de|tot en met|behalve|pas|"
    r"bij een bedrag|stel dat|mocht|anders|of het kan|of dit kan|of dat kan|nadat|totdat|"
    r"if|once|unless|when|above|over (?=[€$£\d])|more than|less than|below|except|provided|until|after|whether|should it|as soon as|otherwise)\b",
    re.IGNORECASE,
)
CONDITION_ON_FIGURE: Final = re.compile(
    r"\b(?:boven|vanaf|meer dan|hoger dan|above|over|more than)\b[^.!?]{0,20}\d|\b(?:als|if)\b[^.!?]{0,40}\d",
    re.IGNORECASE,
)
VERBS_NL: Final = (
    r"(?:beslissen|geven|doen|toezeggen|vergoeden|terugbetalen|teruggeven|terugnemen|ruilen|regelen|aanbieden|beloven|"
    r"uitbetalen|weggeven|weten|kiezen|omruilen|toekennen|betalen|oplossen|afhandelen|kwijtschelden|inwisselen|aannemen|verstrekken|bepalen)"
)
VERBS_EN: Final = (
    r"(?:decide|give|do|promise|refund|compensate|exchange|offer|grant|approve|pay|accept|take|arrange|handle|return|waive|"
    r"replace|hand|issue|sort|settle)"
)
YES: Final = _compiled(
    r"^\W*ja\b(?! (?:maar|,? maar))[^.!?]{0,60}\b(?:mag|mogen|kan|kun|hoor|prima|zeker|natuurlijk|gewoon|graag)\b|^\W*ja[,.!]? (?:dat|dit|je|hoor)\b",
    r"\b(?:dat|dit|het) (?:mag|kan|is toegestaan|is akkoord|is goed|is prima|is in orde)\b",
    rf"\b(?:je|jij|u|jullie) (?:mag|mogen|kunt|kan|kun)\b[^.!?,]{{0,90}}\b{VERBS_NL}\b",
    rf"\b(?:mag|kun|kan) (?:je|jij|u)\b[^.!?,]{{0,90}}\b{VERBS_NL}\b",
    r"\bmag (?:je|jij) (?:dit |dat |het )?(?:zelf|gewoon|meteen|direct|zeker|best|altijd)\b|\b(?:je|jij) mag (?:dit|dat|het|zelf)\b",
    r"\b(?:je|jij) (?:bent|hebt|heb) (?:hiervoor |daarvoor |hier |zelf )*(?:bevoegd|het mandaat|de bevoegdheid|mandaat|toestemming|akkoord)\b|\b(?:binnen|valt in|past binnen) (?:je|jouw) (?:mandaat|bevoegdheid|grens|limiet)\b",
    r"\b(?:geef|betaal|stort|vergoed|ruil|neem)\b[^.!?]{0,40}\b(?:gewoon|meteen|direct|nu|alvast|rustig|zonder meer)\b[^.!?]{0,40}\b(?:terug|geld|bedrag|tegoedbon|om|uit|korting)\b",
    r"\b(?:geen probleem|geen bezwaar|ga (?:gerust )?je gang|doe (?:het|dit|dat) (?:maar|gerust|gewoon)|niets staat in de weg)\b",
    rf"\byou(?:'re| are)? (?:may|can|could|are allowed to|are free to|allowed to|free to|are authori[sz]ed to|are permitted to)\b[^.!?,]{{0,70}}\b{VERBS_EN}\b",
    r"^\W*yes\b[^.!?]{0,60}\b(?:can|may|allowed|fine|sure|course|okay|ok|go ahead|do)\b|\b(?:this|that|it) (?:is|'s) (?:allowed|permitted|fine|approved|okay|within your (?:mandate|limit|authority))\b",
    r"\b(?:feel free to|go ahead and|go ahead,|go right ahead)\b|\bwithin your (?:mandate|limit|authority)\b|\byou have (?:the )?(?:mandate|authority|permission|approval)\b",
    r"\b(?:just|simply) (?:give|refund|pay|hand|exchange|offer|replace)\b",
    r"\b(?:no problem|by all means)\b",
)
NO_APPROVAL: Final = _compiled(
    r"\b(?:geen|zonder) (?:extra |verdere |aparte |apart )?(?:akkoord|toestemming|goedkeuring|overleg|teamleider|leidinggevende)\b(?! (?:kan|mag|lukt|gaat|doe|geef|is dit niet|beslis|besluit))",
    r"\b(?:akkoord|toestemming|goedkeuring|overleg|je teamleider) (?:is |heb je |hoeft )?(?:hier(?:voor)? |daar(?:voor)? )?(?:niet nodig|onnodig|overbodig)\b",
    r"\b(?:no|without(?: any)?|don't need(?: any)?|do not need(?: any)?) (?:further |extra |prior )?(?:approval|permission|sign-off|consent|authori[sz]ation)\b(?! (?:you (?:can't|cannot|may not)|this (?:is not|isn't|cannot)|it (?:is not|isn't|cannot)))",
    r"\b(?:hoef|hoeft) (?:je |dit |dat |u )?(?:hiervoor |daarvoor |dus |verder )*(?:niemand|niet|geen)\b[^.!?]{0,30}\b(?:vragen|akkoord|toestemming|overleggen)\b",
)
NO: Final = _compiled(
    r"^\W*nee\b",
    r"\b(?:dat|dit|het) (?:mag|kan|gaat|lukt) (?:je |jij |hier |nu |dus |helaas |echt |zo |in dit geval )*niet\b|\b(?:mag|kan|kun) (?:je |jij |dit |dat |het |hier |de klant )+(?:helaas |dus |echt |in dit geval )*(?:niet|geen)\b",
    r"\b(?:je|jij) mag (?:dit |dat |het |de klant |hier |hem |haar )*(?:niet|geen|niets)\b|\b(?:is|wordt) (?:hier |helaas |dus |echt )*(?:niet toegestaan|verboden|uitgesloten|onmogelijk|niet mogelijk|afgewezen|geweigerd)\b",
    r"\b(?:weiger|wijs)\b[^.!?]{0,30}\b(?:af|verzoek|retour|klant|aanvraag)\b|\b(?:valt|ligt) (?:dit |dat |het )?buiten (?:je|jouw) (?:mandaat|bevoegdheid|limiet|grens)\b|\bbuiten (?:je|jouw) mandaat\b",
    r"\b(?:niet zelf|zelf niet) (?:beslissen|geven|toezeggen|doen|regelen|bepalen)\b|\b(?:geen recht op|niemand mag)\b",
    r"^\W*no\b(?! (?:problem|need|worries|approval|doubt|further|matter))|\byou (?:may not|can't|cannot|can not|are not allowed|aren't allowed|must not|mustn't|are not permitted)\b",
    r"\b(?:this|that|it) (?:is not|isn't|'s not|cannot be|can't be|is never) (?:allowed|possible|permitted|done|approved|granted|covered)\b|\b(?:decline|refuse|reject|deny)\b[^.!?]{0,25}\b(?:request|refund|return|customer|it|this|claim)\b|\b(?:outside|beyond|above) your (?:mandate|authority|limit)\b|\bnot entitled\b",
)
ALONE: Final = re.compile(
    r"\b(?:niet zelf|zelf niet|niet alleen|alleen met|niet zonder|zelf mag|mag je zelf niet|yourself|alone|on your own|without|"
    r"buiten (?:je|jouw) (?:mandaat|limiet|grens|bevoegdheid)|(?:outside|beyond|above) your|nog niet|yet)\b",
    re.IGNORECASE,
)
NOT_ALONE: Final = re.compile(
    r"\b(?:niet zelf|zelf niet|niet alleen|niet zonder|(?:meer|hoger) dan (?:je|jij) zelf|te hoog om zelf|more than you (?:may|can)|not (?:decide )?(?:this |that |it )?(?:alone|yourself|on your own)|"
    r"(?:may not|cannot|can't) [^.!?]{0,30}\b(?:alone|yourself|on your own))\b",
    re.IGNORECASE,
)
AGREES: Final = re.compile(
    r"\b(?:(?:teamleider|leidinggevende|purser|manager|hij|zij|supervisor)\b[^.!?]{0,20}\b(?:goed|ja|eens)|agrees?|says yes|goedvindt)\b",
    re.IGNORECASE,
)
HYPOTHETICAL: Final = re.compile(r"\b(?:zou|zouden|was|waren|had|hadden|geweest|would|had been|were)\b", re.IGNORECASE)
APPROVAL_NL: Final = r"(?:akkoord|toestemming|goedkeuring|fiat|ja-woord)"
APPROVAL_EN: Final = r"(?:approval|permission|sign-off|sign off|consent|authori[sz]ation|okay|go-ahead|approve[sd]?)"
MENTIONS_APPROVAL: Final = re.compile(
    rf"\b(?:{APPROVAL_NL}|{APPROVAL_EN}|instemming|meekijken|voorleggen|leg (?:het|dit|dat)?\s?voor)\b", re.IGNORECASE
)
ASKS_APPROVAL: Final = _compiled(
    rf"\b(?:vraag|haal|krijg|bel|app|regel|heb|hebt|nodig|wacht|leg|overleg|check|moet)\b[^.!?]{{0,50}}\b{APPROVAL_NL}\b",
    rf"\b{APPROVAL_NL}\b[^.!?]{{0,30}}\b(?:nodig|vragen|halen|vereist|verplicht|vooraf|eerst|noodzakelijk)\b|\b(?:overleg|bespreek)\b[^.!?]{{0,25}}\b(?:eerst|vooraf)\b|\b(?:eerst|vooraf) (?:overleggen|bespreken|vragen aan|langs)\b",
    r"\b(?:vraag|bel|check|overleg|bespreek)\b[^.!?]{0,40}\b(?:teamleider|leidinggevende|manager|chef|directie|vestigingsmanager|filiaalmanager|purser)\b",
    rf"\b(?:ask|get|need|needs|require|requires|request|obtain|wait for|check with|call|seek|must have)\b[^.!?]{{0,50}}\b{APPROVAL_EN}\b|\b{APPROVAL_EN}\b[^.!?]{{0,25}}\b(?:needed|required|first|necessary)\b",
    r"\b(?:ask|check with|consult|call)\b[^.!?]{0,40}\b(?:team ?lead(?:er)?|manager|supervisor|director|management|boss)\b(?! (?:to thank))",
)
ALL_THE_SAME: Final = re.compile(
    r"\b(?:wel|in plaats daarvan|instead|what you can|do have|however|alternatief|alternative)\b", re.IGNORECASE
)
OTHER_TITLES: Final = re.compile(
    r"\b(?:filiaalmanager|filiaalhouder|regiomanager|regiodirecteur|directeur|ceo|hoofdkantoor|bedrijfsleider|afdelingshoofd|"
    r"chef|floormanager|clustermanager|districtsmanager|branch manager|store manager|regional manager|area manager|director|"
    r"head office|duty manager|general manager|shift leader|supervisor)\b",
    re.IGNORECASE,
)
GRANT: Final = _compiled(
    r"\b(?:mag|mogen|geef|geven|geeft|vergoed|vergoeden|betaal|betalen|krijgt|krijg|ontvangt|terugbetalen|teruggeven|korting|"
    r"tegoedbon|maximaal|hoogstens|limiet|bevoegd|mandaat|beslis|beslissen|bied|aanbieden|schenk|stort|tegoed|compensatie|"
    r"vergoeding|zelf|beloof|toezeggen)\b",
    r"\b(?:may|can|give|gives|refund|refunds|pay|pays|gets?|receives?|discount|voucher|up to|at most|maximum|limit|authority|"
    r"mandate|decide|offer|compensat\w+|credit|yourself|promise|grant)\b",
)
YOU: Final = re.compile(r"\b(?:je|jij|jouw|jouzelf|u|zelf|you|your|yourself)\b", re.IGNORECASE)
FIRST_AMOUNT: Final = re.compile(
    r"(?:€|\$|£|\beur\b)\s?\d[\d.,]*(?:,-)?|\d[\d.,]*\s?(?:euro'?s?|eur|dollars?)\b", re.IGNORECASE
)
PRICE: Final = re.compile(
    r"\b(?:kost|kostte|prijs|aankoop|aankoopbedrag|betaalde|betaald|waard|ter waarde|broek|trui|jas|artikel van|bon van|"
    r"costs?|price|paid|worth|purchase|bought)\b[^.!?]{0,25}$|\b(?:over|on|op|van de|of the) $",
    re.IGNORECASE,
)
PROMISE: Final = _compiled(
    r"\bik (?:geef|betaal|stort|vergoed|ruil|maak|schenk|neem|boek|zet|stuur|bezorg)\b[^.!?]{0,60}(?:\b(?:terug|over|om|bedrag|geld|tegoedbon|bon|korting|euro|vergoeding|compensatie|nieuwe?|ander|cadeau\w*)\b|€)",
    r"\b(?:beschouw|consider)\b[^.!?]{0,20}\b(?:geregeld|terugbetaald|done|settled|refunded)\b|\b(?:u|je) (?:krijgt|krijg|ontvangt|ontvang|heeft recht|hebt recht|kunt rekenen|mag)\b|\b(?:krijgt|krijg|ontvangt) (?:u|je)\b",
    r"\b(?:wij|we) (?:vergoeden|betalen|geven|storten|nemen|ruilen|maken)\b[^.!?]{0,60}\b(?:u|je|uw|terug|over|om|bedrag|geld)\b|\b(?:dat|dit) is (?:akkoord|geregeld|goed|in orde|goedgekeurd)\b|\b(?:dat|dit) (?:mag|kan)\b(?! (?:ik|wel eens|even))",
    r"\b(?:i|we)(?:'ll| will| can| shall|'m going to| am going to)? (?:just |now |gladly |happily )*(?:give|refund|pay|transfer|credit|replace|compensate|reimburse|exchange)\b",
    r"\byou(?:'ll| will| are going to)? (?:get|receive|be refunded|be compensated|have your money)\b|\byou(?:'re| are) entitled\b|\b(?:that|this|it)(?:'s| is| has been) (?:approved|agreed|sorted|settled|arranged|granted|fine)\b",
)
REFUSAL: Final = _compiled(
    r"\b(?:dat|dit|het) (?:kan|mag|lukt|gaat) (?:helaas |echt |zo |hier |bij ons |nu )*niet\b|\b(?:kan|mag|kunnen|mogen) (?:ik|wij|we|u|je) (?:u |je |dit |dat |het |hier |helaas |echt |zonder bon )*(?:niet|geen|niets)\b|\b(?:ik|wij|we|u|je) (?:kan|mag|kunnen|mogen|kunt) (?:u |je |dit |dat |het |hier |helaas |echt |zonder bon )*(?:niet|geen|niets)\b",
    r"\bhelaas (?:kan|mag|kunnen|mogen|is|nemen|geven)\b[^.!?]{0,40}\b(?:niet|geen|niets)\b|\bhelaas niet\b|\bniet mogelijk\b|\bgeen recht op\b|\b(?:wij|we) (?:nemen|geven|vergoeden|doen) (?:dit |dat |het |u |je )*(?:niet|geen)\b",
    r"\b(?:i|we) (?:can't|cannot|can not|am unable|are unable|won't|will not)\b|\b(?:not possible|not allowed|not entitled|afraid not|afraid (?:i|we|that|this)\b[^.!?]{0,30}\b(?:can't|cannot|not))\b",
)
BUT: Final = re.compile(r"\b(?:maar|wel|but|instead|however)\b", re.IGNORECASE)

TOUCHES: Final = _compiled(
    # deciding and allowing
    r"\b(?:mag|mogen|toegestaan|beslis\w*|besluit\w*|bepaal\w*|bepalen|uitzondering|recht op|goedgekeurd|oordeel|jouw keuze|genoeg akkoord|keur|goedkeuren)\b",
    r"\b(?:may|allowed|permitted|decide[sd]?|decision|exception|entitled|your call|up to you|your choice|eligible|approved)\b",
    r"\b(?:is aan jou|kies (?:maar|zelf|wat)|oogje (?:toe|dicht)|handel\b[^.!?]{0,20}\baf|blind eye|bend the rules|zelf weten|nieuw paar|new pair)\b",
    # giving: the verb with what is given
    r"\b(?:geef|geven|betaal|betalen|stort|vergoed|vergoeden|schenk|maak|maken|boek|keer|regel)\b[^.!?,;]{0,40}(?:\b(?:geld|bedrag|tegoedbon|bon|korting|vergoeding|compensatie|terug|uit|over)\b|€)",
    r"\b(?:neem|nemen|neemt)\b[^.!?,;]{0,30}\bterug\b|\b(?:ruil|ruilen|geruild|omruilen)\b|\b(?:mag|mogen|kan|kunnen)\b[^.!?,;]{0,20}\bterug\b|\b(?:terugnemen|teruggeven|terugbetalen|vergoeden|inleveren|uitbetalen)\b|\bgeld teruggeven\b",
    r"\b(?:refund|reimburse|compensate)\b|\b(?:give|pay|hand|issue|offer)\b[^.!?,;]{0,30}\b(?:money|refund|voucher|back|discount|compensation)\b|\b(?:exchange|replace)\b[^.!?,;]{0,20}\b(?:it|them|shoes|item|for)\b",
    r"\bgeen (?:probleem|bezwaar)\b|\bno problem\b",
)
"""A clause that decides or gives. What follows from it depends on the outcome."""
WORTH: Final = re.compile(
    r"\b(?:geld|bedrag|tegoedbon|korting|vergoeding|compensatie|euro|alles terug|teruggeven|terugbetalen|terugbetaald|omruilen|"
    r"money|refund(?:ed|ing|s)?|voucher|compensation|discount|paid back|reimburse\w*)\b|€",
    re.IGNORECASE,
)
"""What a customer can be promised."""
LATER: Final = re.compile(r"\b(?:later|achteraf|naderhand|afterwards|after the fact)\b", re.IGNORECASE)
ENABLES: Final = re.compile(
    r"\b(?:mag|mogen|kan|kunnen|beslist|besluit|akkoord|toestaan|goed|vraag|vragen|voor|may|can|decides?|agrees?|approves?|grants?|"
    r"must|has to|asks?|check)\b",
    re.IGNORECASE,
)
NOBODY_ASKED: Final = _compiled(
    r"\b(?:niemand|niets|zonder)\b[^.!?,;]{0,25}\b(?:nodig|vragen|overleg\w*|tussenkomst|bellen|toestemming|akkoord|nodig)\b|\b(?:niet|geen)\b[^.!?,;]{0,20}\b(?:nodig|voorleggen)\b",
    r"\bhoef(?:t|je)?\b[^.!?,;]{0,30}\b(?:overleggen|vragen|wachten op)\b|\b(?:teamleider|leidinggevende|akkoord|purser|manager)\b[^.!?,;]{0,25}\bniet (?:voor )?nodig\b",
    r"\bno need to (?:ask|check|call|wait)\b|\b(?:nobody|no one|don't have to|do not have to|needn't)\b[^.!?,;]{0,25}\b(?:ask|check|involve|approval|permission)\b|\bask (?:nobody|no one)\b|\b(?:your|jouw) (?:own )?(?:akkoord|approval) is (?:genoeg|voldoende|enough)\b",
)
DENIES: Final = _compiled(
    r"\b(?:antwoord is nee|afwijzen|afgewezen|weigeren|geweigerd|zit er niet in|wijs\b[^.!?]{0,40}\baf|krijgt (?:niets|niks|geen)|niet mogelijk|uitgesloten)\b",
    r"\b(?:niets|niks)\b[^.!?,;]{0,22}\b(?:doen|geven|betekenen|bieden)\b|\bkun je niet (?:zomaar )?(?:beloven|toezeggen|geven)\b",
    r"\b(?:answer is no|turn (?:her|him|them|it|this|the \w+) down|gets? nothing|not eligible|do not give|don't give|nothing (?:you|we|i) can do|cannot do anything|can't do anything)\b",
)
LIMITED: Final = re.compile(
    r"\b(?:tot en met|tot|maximaal|hoogstens|limiet|grens|up to|limit|at most|maximum)\b", re.IGNORECASE
)
NOT_YET: Final = re.compile(r"\b(?:nog (?:niet|niets|geen)|pas na|not yet|yet|until)\b", re.IGNORECASE)
THIS_AFTER_ALL: Final = re.compile(
    r"\b(?:mag|kan) (?:dit|dat|het) (?:wel|toch)\b|\b(?:dit|dat|het) (?:mag|kan) (?:wel|toch)\b|\b(?:this|that|it) is (?:allowed|possible|fine) after all\b",
    re.IGNORECASE,
)
