"""Checks that words do not contradict the decision: no yes for a no, no more than was decided, no other approver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from copilot import figures, sentences
from copilot.bounds import Bounds, role_names
from copilot.breach import Breach, Reason
from copilot.domain import Outcome, Role
from copilot.figures import Unit


def contradictions(text: str, bounds: Bounds, language: str, *, to_customer: bool) -> Iterator[Breach]:
    """What the text says against the decision. Rules about other cases ("boven € 50 …") may be told."""
    for sentence in sentences.split(text):
        said = sentence.text
        yield from _granted_figures(said, bounds, language)
        yield from _approvers(said, bounds)
        if to_customer:
            yield from _promises(said, bounds)
        elif not _CONDITION.search(said):
            yield from _yes_or_no(said, bounds)


def _yes_or_no(said: str, bounds: Bounds) -> Iterator[Breach]:
    outcome, decided = _outcome(bounds)
    if not decided:
        return
    yes, no = _says_yes(said), _says_no(said)
    if yes and outcome is not Outcome.ALLOWED and not _allowed_yes(said, bounds, outcome):
        yield Breach(Reason.SAYS_YES, yes)
    if no and not yes and outcome is not Outcome.DENIED and not (outcome is Outcome.APPROVAL and _not_alone(said)):
        yield Breach(Reason.SAYS_NO, no)
    if outcome is Outcome.ALLOWED and (asks := _ASKS_APPROVAL.search(said)) and not _NO_APPROVAL.search(said):
        yield Breach(Reason.SAYS_NO, asks.group())


def _outcome(bounds: Bounds) -> tuple[Outcome | None, bool]:
    """The outcome that the words must keep to, and whether anything was decided at all."""
    suggestion = bounds.suggestion
    if suggestion.decision:
        return suggestion.decision.outcome, True
    of_steps = {step.outcome for step in suggestion.steps if step.outcome}
    if of_steps and Outcome.ALLOWED not in of_steps:
        return Outcome.APPROVAL, True
    return None, False


def _says_yes(said: str) -> str:
    for match in _YES.finditer(said):
        clause = _clause(said, match.start(), match.end())
        if not _NEGATION.search(clause.replace("niet alleen", "").replace("not only", "")):
            return match.group()
    return match.group() if (match := _NO_APPROVAL.search(said)) else ""


def _says_no(said: str) -> str:
    match = _NO.search(said)
    return match.group() if match else ""


def _allowed_yes(said: str, bounds: Bounds, outcome: Outcome | None) -> bool:
    """With approval named it is no contradiction; neither is what helps all the same."""
    if _NO_APPROVAL.search(said):
        return False
    if outcome is Outcome.APPROVAL and _MENTIONS_APPROVAL.search(said):
        return True
    instead = bool(bounds.decision and bounds.decision.instead)
    return outcome is Outcome.DENIED and instead and bool(_ALL_THE_SAME.search(said))


def _not_alone(said: str) -> bool:
    return bool(_ALONE.search(said) or _MENTIONS_APPROVAL.search(said))


def _promises(said: str, bounds: Bounds) -> Iterator[Breach]:
    outcome, decided = _outcome(bounds)
    if not decided or _CONDITION.search(said):
        return
    if outcome is Outcome.ALLOWED:
        if (match := _REFUSAL.search(said)) and not _BUT.search(said[match.end() :]):
            yield Breach(Reason.SAYS_NO, match.group())
        return
    match = _PROMISE.search(said)
    if match and not _NEGATION.search(_clause(said, match.start(), match.end())):
        instead = bool(bounds.decision and bounds.decision.instead) and bool(_ALL_THE_SAME.search(said))
        if not instead:
            yield Breach(Reason.PROMISE, match.group())


def _granted_figures(said: str, bounds: Bounds, language: str) -> Iterator[Breach]:
    """What a sentence grants must be decided or a rule, no higher than decided, and the asker's own limit."""
    grant = _GRANT.search(said)
    if not grant or not (bounds.decision or bounds.suggestion.steps):
        return
    for figure in figures.read(said, language):
        if figure.unit not in (Unit.MONEY, Unit.PERCENT):
            continue
        if figure.key not in bounds.decided:
            yield Breach(Reason.PROMISE, figure.written)
        elif not _within_role(figure.key, said, bounds):
            yield Breach(Reason.FIGURE_FOR_ANOTHER_ROLE, figure.written)
    yield from _more_than_decided(said[grant.start() :], bounds, language)


def _more_than_decided(clause: str, bounds: Bounds, language: str) -> Iterator[Breach]:
    decision = bounds.decision
    if not decision or decision.amount is None or _CONDITION.search(clause):
        return
    first = _FIRST_AMOUNT.search(clause)
    if not first or _PRICE.search(clause[: first.start()]):
        return
    for figure in figures.read(first.group(), language):
        if figure.unit is Unit.MONEY and figure.value > decision.amount:
            yield Breach(Reason.PROMISE, figure.written)


def _within_role(key: tuple[Unit, Decimal], said: str, bounds: Bounds) -> bool:
    """A limit belongs to roles: the sentence must speak of one of them, or of nobody, or of approval."""
    owners = [limit.roles for limit in bounds.limits if limit.key == key]
    if not owners or key in bounds.asked or any(not roles for roles in owners):
        return True
    organisation = bounds.organisation
    named = [role for role in organisation.roles if _names(said, role)]
    speakers = {role.id for role in named} or set(bounds.suggestion.question.roles)
    if not named and (_MENTIONS_APPROVAL.search(said) or not _YOU.search(said)):
        return True
    covered = organisation.covered_by(sorted(speakers))
    return any(not covered.isdisjoint(roles) for roles in owners)


def _approvers(said: str, bounds: Bounds) -> Iterator[Breach]:
    asks = _MENTIONS_APPROVAL.search(said) or _ASKS_APPROVAL.search(said)
    if not asks or _CONDITION_ON_FIGURE.search(said) or _NO_APPROVAL.search(said):
        return
    right = {bounds.decision.approver} if bounds.decision and bounds.decision.approver else set()
    right |= {step.who for step in bounds.suggestion.steps if step.outcome is Outcome.APPROVAL}
    if not right:
        return
    asked = set(bounds.suggestion.question.roles)
    titles = {name for role in bounds.organisation.roles for name in role_names(role)}
    for role in bounds.organisation.roles:
        if role.id not in right | asked and (name := _names(said, role)) and not _hides(name, said, right, bounds):
            yield Breach(Reason.APPROVER, name)
    for match in _OTHER_TITLES.finditer(said):
        if match.group().lower() not in titles:
            yield Breach(Reason.APPROVER, match.group())


def _names(said: str, role: Role) -> str:
    for name in role_names(role):
        if re.search(rf"\b{re.escape(name)}(?:s|en|es|'s)?\b", said, re.IGNORECASE):
            return name
    return ""


def _hides(name: str, said: str, right: set[str], bounds: Bounds) -> bool:
    """"Medewerker" inside "hoofdmedewerker" is no mention; nor is a role that merely asks another."""
    approvers = [role for role in bounds.organisation.roles if role.id in right]
    return any(name in other and other in said.lower() for role in approvers for other in role_names(role))


def _clause(said: str, start: int, end: int) -> str:
    """The clause around a match: up to the nearest comma, dash or "maar"."""
    breaks = [match.end() for match in _CLAUSE_END.finditer(said) if match.end() <= start]
    after = [match.start() for match in _CLAUSE_END.finditer(said) if match.start() >= end]
    return said[max(breaks, default=0) : min(after, default=len(said))]


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in alternatives), re.IGNORECASE)


_CLAUSE_END: Final = re.compile(r"[,;:–—]|\b(?:maar|but|want|because|omdat|zodat)\b", re.IGNORECASE)
_NEGATION: Final = re.compile(
    r"\b(?:niet|geen|nooit|niets|nee|not|no|never|nothing|nor|cannot|helaas|unfortunately)\b|n't\b", re.IGNORECASE
)
_CONDITION: Final = re.compile(
    r"\b(?:als|indien|mits|zodra|wanneer|tenzij|boven|vanaf|meer dan|hoger dan|lager dan|onder de|tot en met|behalve|pas|"
    r"bij een bedrag|stel dat|mocht|anders|of het kan|of dit kan|of dat kan|nadat|totdat|"
    r"if|once|unless|when|above|over|more than|less than|below|except|provided|until|after|whether|should it|as soon as|otherwise)\b",
    re.IGNORECASE,
)
_CONDITION_ON_FIGURE: Final = re.compile(
    r"\b(?:boven|vanaf|meer dan|hoger dan|above|over|more than)\b[^.!?]{0,20}\d|\b(?:als|if)\b[^.!?]{0,40}\d", re.IGNORECASE
)
_VERBS_NL: Final = (
    r"(?:beslissen|geven|doen|toezeggen|vergoeden|terugbetalen|teruggeven|terugnemen|ruilen|regelen|aanbieden|beloven|"
    r"uitbetalen|weggeven|omruilen|toekennen|betalen|oplossen|afhandelen|kwijtschelden|inwisselen|aannemen|verstrekken|bepalen)"
)
_VERBS_EN: Final = (
    r"(?:decide|give|do|promise|refund|compensate|exchange|offer|grant|approve|pay|accept|take|arrange|handle|return|waive|"
    r"replace|hand|issue|sort|settle)"
)
_YES: Final = _compiled(
    r"^\W*ja\b(?! (?:maar|,? maar))[^.!?]{0,60}\b(?:mag|mogen|kan|kun|hoor|prima|zeker|natuurlijk|gewoon|graag)\b|^\W*ja[,.!]? (?:dat|dit|je|hoor)\b",
    r"\b(?:dat|dit|het) (?:mag|kan|is toegestaan|is akkoord|is goed|is prima|is in orde)\b",
    rf"\b(?:je|jij|u|jullie) (?:mag|mogen|kunt|kan|kun)\b[^.!?,]{{0,90}}\b{_VERBS_NL}\b",
    rf"\b(?:mag|kun|kan) (?:je|jij|u)\b[^.!?,]{{0,90}}\b{_VERBS_NL}\b",
    r"\bmag (?:je|jij) (?:dit |dat |het )?(?:zelf|gewoon|meteen|direct|zeker|best|altijd)\b|\b(?:je|jij) mag (?:dit|dat|het|zelf)\b",
    r"\b(?:je|jij) (?:bent|hebt|heb) (?:hiervoor |daarvoor |hier |zelf )*(?:bevoegd|het mandaat|de bevoegdheid|mandaat|toestemming|akkoord)\b|\b(?:binnen|valt in|past binnen) (?:je|jouw) (?:mandaat|bevoegdheid|grens|limiet)\b",
    r"\b(?:geef|betaal|stort|vergoed|ruil|neem)\b[^.!?]{0,40}\b(?:gewoon|meteen|direct|nu|alvast|rustig|zonder meer)\b[^.!?]{0,40}\b(?:terug|geld|bedrag|tegoedbon|om|uit|korting)\b",
    r"\b(?:geen probleem|geen bezwaar|ga (?:gerust )?je gang|doe (?:het|dit|dat) (?:maar|gerust|gewoon)|niets staat in de weg)\b",
    rf"\byou(?:'re| are)? (?:may|can|could|are allowed to|are free to|allowed to|free to|are authori[sz]ed to|are permitted to)\b[^.!?,]{{0,70}}\b{_VERBS_EN}\b",
    r"^\W*yes\b[^.!?]{0,60}\b(?:can|may|allowed|fine|sure|course|okay|ok|go ahead|do)\b|\b(?:this|that|it) (?:is|'s) (?:allowed|permitted|fine|approved|okay|within your (?:mandate|limit|authority))\b",
    r"\b(?:feel free to|go ahead and|go ahead,|go right ahead)\b|\bwithin your (?:mandate|limit|authority)\b|\byou have (?:the )?(?:mandate|authority|permission|approval)\b",
    r"\b(?:just|simply) (?:give|refund|pay|hand|exchange|offer|replace)\b",
    r"\b(?:no problem|by all means)\b",
)
_NO_APPROVAL: Final = _compiled(
    r"\b(?:geen|zonder) (?:extra |verdere |aparte |apart )?(?:akkoord|toestemming|goedkeuring|overleg|teamleider|leidinggevende)\b(?! (?:kan|mag|lukt|gaat|doe|geef|is dit niet|beslis|besluit))",
    r"\b(?:akkoord|toestemming|goedkeuring|overleg|je teamleider) (?:is |heb je |hoeft )?(?:hier(?:voor)? |daar(?:voor)? )?(?:niet nodig|onnodig|overbodig)\b",
    r"\b(?:no|without(?: any)?|don't need(?: any)?|do not need(?: any)?) (?:further |extra |prior )?(?:approval|permission|sign-off|consent|authori[sz]ation)\b(?! (?:you (?:can't|cannot|may not)|this (?:is not|isn't|cannot)|it (?:is not|isn't|cannot)))",
    r"\b(?:hoef|hoeft) (?:je |dit |dat |u )?(?:hiervoor |daarvoor |dus |verder )*(?:niemand|niet|geen)\b[^.!?]{0,30}\b(?:vragen|akkoord|toestemming|overleggen)\b",
)
_NO: Final = _compiled(
    r"^\W*nee\b",
    r"\b(?:dat|dit|het) (?:mag|kan|gaat|lukt) (?:je |jij |hier |nu |dus |helaas |echt |zo |in dit geval )*niet\b|\b(?:mag|kan|kun) (?:je |jij |dit |dat |het |hier |de klant )+(?:helaas |dus |echt |in dit geval )*(?:niet|geen)\b",
    r"\b(?:je|jij) mag (?:dit |dat |het |de klant |hier |hem |haar )*(?:niet|geen|niets)\b|\b(?:is|wordt) (?:hier |helaas |dus |echt )*(?:niet toegestaan|verboden|uitgesloten|onmogelijk|niet mogelijk|afgewezen|geweigerd)\b",
    r"\b(?:weiger|wijs)\b[^.!?]{0,30}\b(?:af|verzoek|retour|klant|aanvraag)\b|\b(?:valt|ligt) (?:dit |dat |het )?buiten (?:je|jouw) (?:mandaat|bevoegdheid|limiet|grens)\b|\bbuiten (?:je|jouw) mandaat\b",
    r"\b(?:niet zelf|zelf niet) (?:beslissen|geven|toezeggen|doen|regelen|bepalen)\b|\b(?:geen recht op|niemand mag)\b",
    r"^\W*no\b(?! (?:problem|need|worries|approval|doubt|further|matter))|\byou (?:may not|can't|cannot|can not|are not allowed|aren't allowed|must not|mustn't|are not permitted)\b",
    r"\b(?:this|that|it) (?:is not|isn't|'s not|cannot be|can't be|is never) (?:allowed|possible|permitted|done|approved|granted|covered)\b|\b(?:decline|refuse|reject|deny)\b[^.!?]{0,25}\b(?:request|refund|return|customer|it|this|claim)\b|\b(?:outside|beyond|above) your (?:mandate|authority|limit)\b|\bnot entitled\b",
)
_ALONE: Final = re.compile(
    r"\b(?:niet zelf|zelf niet|niet alleen|alleen met|niet zonder|zelf mag|mag je zelf niet|yourself|alone|on your own|without|"
    r"buiten (?:je|jouw) (?:mandaat|limiet|grens|bevoegdheid)|(?:outside|beyond|above) your|nog niet|yet)\b",
    re.IGNORECASE,
)
_APPROVAL_NL: Final = r"(?:akkoord|toestemming|goedkeuring|fiat|ja-woord)"
_APPROVAL_EN: Final = r"(?:approval|permission|sign-off|sign off|consent|authori[sz]ation|okay|go-ahead|approve[sd]?)"
_MENTIONS_APPROVAL: Final = re.compile(
    rf"\b(?:{_APPROVAL_NL}|{_APPROVAL_EN}|instemming|meekijken|voorleggen|leg (?:het|dit|dat)?\s?voor)\b", re.IGNORECASE
)
_ASKS_APPROVAL: Final = _compiled(
    rf"\b(?:vraag|haal|krijg|bel|app|regel|heb|hebt|nodig|wacht|leg|overleg|check|moet)\b[^.!?]{{0,50}}\b{_APPROVAL_NL}\b",
    rf"\b{_APPROVAL_NL}\b[^.!?]{{0,30}}\b(?:nodig|vragen|halen|vereist|verplicht|vooraf|eerst|noodzakelijk)\b|\b(?:overleg|bespreek)\b[^.!?]{{0,25}}\b(?:eerst|vooraf)\b|\b(?:eerst|vooraf) (?:overleggen|bespreken|vragen aan|langs)\b",
    r"\b(?:vraag|bel|check|overleg|bespreek)\b[^.!?]{0,40}\b(?:teamleider|leidinggevende|manager|chef|directie|vestigingsmanager|filiaalmanager|purser)\b",
    rf"\b(?:ask|get|need|needs|require|requires|request|obtain|wait for|check with|call|seek|must have)\b[^.!?]{{0,50}}\b{_APPROVAL_EN}\b|\b{_APPROVAL_EN}\b[^.!?]{{0,25}}\b(?:needed|required|first|necessary)\b",
    r"\b(?:ask|check with|consult|call)\b[^.!?]{0,40}\b(?:team ?lead(?:er)?|manager|supervisor|director|management|boss)\b(?! (?:to thank))",
)
_ALL_THE_SAME: Final = re.compile(r"\b(?:wel|in plaats daarvan|instead|what you can|do have|however|alternatief|alternative)\b", re.IGNORECASE)
_OTHER_TITLES: Final = re.compile(
    r"\b(?:filiaalmanager|filiaalhouder|regiomanager|regiodirecteur|directeur|ceo|hoofdkantoor|bedrijfsleider|afdelingshoofd|"
    r"chef|floormanager|clustermanager|districtsmanager|branch manager|store manager|regional manager|area manager|director|"
    r"head office|duty manager|general manager|shift leader|supervisor)\b",
    re.IGNORECASE,
)
_GRANT: Final = _compiled(
    r"\b(?:mag|mogen|geef|geven|geeft|vergoed|vergoeden|betaal|betalen|krijgt|krijg|ontvangt|terugbetalen|teruggeven|korting|"
    r"tegoedbon|maximaal|hoogstens|limiet|bevoegd|mandaat|beslis|beslissen|bied|aanbieden|schenk|stort|tegoed|compensatie|"
    r"vergoeding|zelf|beloof|toezeggen)\b",
    r"\b(?:may|can|give|gives|refund|refunds|pay|pays|gets?|receives?|discount|voucher|up to|at most|maximum|limit|authority|"
    r"mandate|decide|offer|compensat\w+|credit|yourself|promise|grant)\b",
)
_YOU: Final = re.compile(r"\b(?:je|jij|jouw|jouzelf|u|zelf|you|your|yourself)\b", re.IGNORECASE)
_FIRST_AMOUNT: Final = re.compile(
    r"(?:€|\$|£|\beur\b)\s?\d[\d.,]*(?:,-)?|\d[\d.,]*\s?(?:euro'?s?|eur|dollars?)\b", re.IGNORECASE
)
_PRICE: Final = re.compile(
    r"\b(?:kost|kostte|prijs|aankoop|aankoopbedrag|betaalde|betaald|waard|ter waarde|broek|trui|jas|artikel van|bon van|"
    r"costs?|price|paid|worth|purchase|bought)\b[^.!?]{0,25}$|\b(?:over|on|op|van de|of the) $",
    re.IGNORECASE,
)
_PROMISE: Final = _compiled(
    r"\bik (?:geef|betaal|stort|vergoed|ruil|maak|schenk|neem|boek|zet|stuur|bezorg)\b[^.!?]{0,60}\b(?:u|je|uw|jouw|terug|over|om|bedrag|geld|tegoedbon|korting|nieuwe)\b",
    r"\b(?:u|je) (?:krijgt|krijg|ontvangt|ontvang|heeft recht|hebt recht|kunt rekenen|mag)\b|\b(?:krijgt|krijg|ontvangt) (?:u|je)\b",
    r"\b(?:wij|we) (?:vergoeden|betalen|geven|storten|nemen|ruilen|maken)\b[^.!?]{0,60}\b(?:u|je|uw|terug|over|om|bedrag|geld)\b|\b(?:dat|dit) is (?:akkoord|geregeld|goed|in orde|goedgekeurd)\b|\b(?:dat|dit) (?:mag|kan)\b(?! (?:ik|wel eens|even))",
    r"\b(?:i|we)(?:'ll| will| can| shall|'m going to| am going to)? (?:just |now |gladly |happily )*(?:give|refund|pay|transfer|credit|replace|compensate|reimburse|exchange)\b",
    r"\byou(?:'ll| will| are going to)? (?:get|receive|be refunded|be compensated|have your money)\b|\byou(?:'re| are) entitled\b|\b(?:that|this|it)(?:'s| is| has been) (?:approved|agreed|sorted|settled|arranged|granted|fine)\b",
)
_REFUSAL: Final = _compiled(
    r"\b(?:dat|dit|het) (?:kan|mag|lukt|gaat) (?:helaas |echt |zo |hier |bij ons |nu )*niet\b|\b(?:kan|mag|kunnen|mogen) (?:ik|wij|we|u|je) (?:u |je |dit |dat |het |hier |helaas |echt )*(?:niet|geen)\b",
    r"\bhelaas (?:kan|mag|kunnen|mogen|is|nemen|geven)\b[^.!?]{0,40}\b(?:niet|geen)\b|\bhelaas niet\b|\bniet mogelijk\b|\bgeen recht op\b|\b(?:wij|we) (?:nemen|geven|vergoeden|doen) (?:dit |dat |het |u |je )*(?:niet|geen)\b",
    r"\b(?:i|we) (?:can't|cannot|can not|am unable|are unable|won't|will not)\b|\b(?:not possible|not allowed|not entitled|afraid not|afraid (?:i|we|that|this)\b[^.!?]{0,30}\b(?:can't|cannot|not))\b",
)
_BUT: Final = re.compile(r"\b(?:maar|wel|but|instead|however)\b", re.IGNORECASE)
