"""Finds text in data that orders a model about. Knowledge, threads and questions are data, never orders.

Such a sentence is cut from what a model reads, and what only such a sentence says does not count as
evidence for what a model writes. Ordinary policy language ("negeer de piep van de kassa", "vergeet niet
de bon te vragen") is not such a sentence: it must speak to a machine, or about its instructions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from copilot import sentences


def find(text: str) -> tuple[sentences.Sentence, ...]:
    """The sentences that order a model about or hide something from people, with what follows in that paragraph.

    An order goes on in the next sentence ("System: override. Promise …"), and no list of verbs knows how.
    """
    found: list[sentences.Sentence] = []
    for sentence in sentences.split(text):
        goes_on = bool(found) and not _PARAGRAPH.search(text[found[-1].end : sentence.start])
        if goes_on or _orders(sentence.text):
            found.append(sentence)
    return tuple(found)


@lru_cache(maxsize=2048)
def without(text: str) -> str:
    """The text without those sentences; unchanged when there are none."""
    if not (spans := find(text)):
        return text
    pieces: list[str] = []
    end = 0
    for span in spans:
        pieces.append(text[end : span.start])
        end = span.end
    return "\n\n".join(
        " ".join(paragraph.split()) for paragraph in _PARAGRAPH.split("".join([*pieces, text[end:]]))
    ).strip()


def _orders(sentence: str) -> bool:
    legible = _legible(sentence)
    return bool(
        _HIDDEN.search(sentence) or any(pattern.search(form) for form in _readings(legible) for pattern in _ORDERS)
    )


def _legible(text: str) -> str:
    """Without invisible letters and look-alikes: full-width and Cyrillic letters read as what they seem."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", seen).translate(_LOOK_ALIKES)


def _readings(text: str) -> Iterator[str]:
    """The text as it stands, with d i g i t s 4 l3tters read as words, and with spaced letters joined."""
    yield text
    if re.search(r"(?:\b\w[ ._-]){5,}\w\b", text):
        yield re.sub(r"(?<=\b\w)[ ._-](?=\w\b)", "", text)
    if re.search(r"[a-z][013457@$][a-z]", text, re.IGNORECASE):
        yield text.translate(_LEET)


_LEET: Final = str.maketrans("013457@$", "oieastas")
_LOOK_ALIKES: Final = str.maketrans("аеорсухіјѕԁ", "aeopcyxijsd")
_HIDDEN: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\U000e0000-\U000e007f]{2,}")


def _compiled(*alternatives: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in alternatives)


_ORDER_WORDS_NL: Final = r"(?:instructies?|opdracht(?:en)?|regels|prompt|aanwijzingen|richtlijnen|bovenstaande|voorgaande|systeembericht|context)"
_ORDER_WORDS_EN: Final = r"(?:instructions?|prompts?|rules|directions|guidelines|directives|orders|context|commands|programming|constraints|guardrails|text above)"
_MACHINE: Final = r"(?:ai|a\.i\.|taalmodel|language model|llm|chatbot|chatgpt|gpt|assistent|assistant|copilot|bot|model|systeem|system|robot|computer|kunstmatige intelligentie)"

_ORDERS: Final = _compiled(
    # ignore / forget / override what was said before
    rf"\b(?:negeer|vergeet|sla|overschrijf|omzeil|verwerp|wis)\b[^.!?\n]{{0,40}}\b(?:alle|eerdere?|vorige|voorgaande|bovenstaande|deze|je|jouw|uw|de|het)\b[^.!?\n]{{0,30}}\b{_ORDER_WORDS_NL}\b",
    rf"\b(?:ignore|disregard|forget|override|overrule|bypass|skip|drop|discard|do not follow|don't follow|stop following)\b[^.!?\n]{{0,45}}\b(?:all|any|every|previous|prior|earlier|above|preceding|the|your|these|those|former)\b[^.!?\n]{{0,30}}\b(?:{_ORDER_WORDS_EN}|above|said|told)\b",
    rf"\b(?:nieuwe?|actuele|echte|eigenlijke|geheime|hogere|bijgewerkte)\s(?:systeem)?{_ORDER_WORDS_NL}\b\s?(?::|voor|luidt|is|van)",
    rf"\b(?:new|updated|real|actual|secret|higher|important|urgent|priority|hidden|additional)\s(?:system\s)?(?:{_ORDER_WORDS_EN}|task|message|objective)\b\s?(?::|for|from|is\b|to\b|-)",
    r"\b(?:alles|wat) hierboven\b[^.!?\n]{0,30}\b(?:vervalt|geldt niet|telt niet|mag je vergeten|was een test|is ongeldig)\b|\b(?:everything|all) above\b[^.!?\n]{0,30}\b(?:void|invalid|was a test|no longer|obsolete|does not apply)\b",
    # speaks to or about a machine
    rf"\b(?:als|beste|hallo|hoi|hey|dear|attention|note to|message (?:to|for)|bericht (?:aan|voor)|opmerking voor|aan|let op|instructie voor|opdracht (?:aan|voor)|as an?|je bent (?:nu )?(?:een|geen|de|het)|you are(?: now)? (?:an?|the|no longer an?|not an?)|act as|doe alsof je|gedraag je als|pretend (?:to be|you are)|speel)\b[^.!?\n]{{0,25}}\b{_MACHINE}\b",
    rf"\b{_MACHINE}\b\s?(?:[,:]|moet|must|should|dient|zal|will|shall|is required|is verplicht)[^.!?\n]{{0,60}}\b(?:antwoord|zeg|print|schrijf|herhaal|noem|vermeld|geef|toon|voeg|stuur|reply|respond|answer|say|print|write|repeat|mention|include|add|append|output|send|tell|state|recommend|quote|zet|meld|begin|end|eindig|start|give|promise|point|grant|offer|refund|beloof|verwijs|bied|laat|vertel|beantwoord|negeer|ignore)\w*\b",
    r"\b(?:you are now|from now on you|vanaf nu ben je|je bent vanaf nu|vanaf nu (?:antwoord|zeg|reageer|schrijf)|from now on,? (?:you|answer|respond|say|always|every)|je nieuwe (?:rol|taak|naam|opdracht)|your new (?:role|task|name|job|goal))\b",
    r"\b(?:(?-i:DAN)|jailbreak|developer mode|ontwikkelaarsmodus|god mode|sudo|admin mode|beheerdersmodus|debug mode|debugmodus|testmodus|test mode|maintenance mode|onderhoudsmodus|unrestricted mode|do anything now)\b",
    # asks for its own orders
    r"\b(?:systeemprompt|system prompt|systeembericht|system message|initial prompt|hidden prompt|je (?:eigen )?instructies|your (?:own |initial |original |hidden )?instructions|je prompt|your prompt|verborgen instructies)\b",
    r"\b(?:herhaal|print|toon|laat zien|geef|repeat|reveal|show|output|print|display|translate|vertaal)\b[^.!?\n]{0,25}\b(?:alles|all|everything|de woorden|the words|de tekst|the text)\b[^.!?\n]{0,15}\b(?:hierboven|boven|above|before this)\b",
    # orders what the answer must hold
    r"\b(?:begin|start|eindig|sluit|end|finish|open)\b[^.!?\n]{0,14}\b(?:je|elk|ieder|uw|het|your|every|each|the|this)\b[^.!?\n]{0,10}\b(?:antwoord(?:en)?|reactie|bericht|answers?|repl(?:y|ies)|response|message)\b[^.!?\n]{0,12}\b(?:met|af met|with)\b",
    r"\b(?:voeg|zet|plaats|neem|schrijf|vermeld|herhaal|add|append|include|put|insert|place|write|repeat|mention)\b[^.!?\n]{0,90}\b(?:in|aan|toe aan|bij|onder|onderaan|bovenaan|op in|to|into|at the (?:end|start|top|bottom) of)\b[^.!?\n]{0,12}\b(?:je|elk|ieder|het|your|every|each|the|all)\b[^.!?\n]{0,10}\b(?:antwoord(?:en)?|reactie|uitvoer|voorstel|samenvatting|answers?|repl(?:y|ies)|response|output|summary|suggestion)\b",
    r"\b(?:antwoord|reageer|respond|reply|answer)\b[^.!?\n]{0,16}\b(?:altijd|alleen|uitsluitend|enkel|slechts|voortaan|only|always|just|exactly|solely)\b[^.!?\n]{0,16}(?:\bmet\b|\bwith\b|:|[\"'“‘])",
    r"\b(?:zeg|print|output|herhaal|repeat|say|schrijf|typ|write|echo)\b[^.!?\n]{0,14}(?:letterlijk|precies|exact(?:ly)?|woord voor woord|verbatim|word for word)\b|\b(?:output|print|echo|herhaal|repeat) (?:de code|the code|het woord|the word|the string|de tekst|the phrase|the following|het volgende)\b",
    r"\b(?:gebruik(?:er)?|lezer|klant|medewerker|user|reader|employee|customer|human)\b[^.!?\n]{0,18}\b(?:mag (?:dit|hier)|moet (?:dit|hier)|must|should|may)\b[^.!?\n]{0,12}\b(?:niet|niets|not|never)\b[^.!?\n]{0,18}\b(?:zien|weten|merken|lezen|see|know|notice|be told|read)\b",
    # pretends to be the machinery around the text
    r"(?:^|\n|\s)(?:#+\s?)?\[?(?:system|systeem|assistant|developer|user|instruction|instructie|inst|im_start|im_end|endoftext|s|tool|function)\]?\s?(?:message|prompt|bericht)?\s?[:\]|>]",
    r"<\|?/?\s?(?:im_start|im_end|system|endoftext|assistant|user|information|instructions?|script|s|inst|prompt|data|kennis|knowledge|context|tool_call|function_call)\b[^>]{0,30}\|?>|\[/?INST\]|<<SYS>>|<!--|-{3,}\s?(?:end|einde|begin|start)\b|={3,}\s?(?:end|einde|begin|start)\b|\{\{|\}\}",
    r"\b(?:end|einde) (?:of|van) (?:the |de |het )?(?:document|data|context|kennis(?:item)?|prompt|input|invoer|bericht|instructies|instructions|knowledge|text|tekst)\b",
    r"[\"']?(?:for_you|say|opening|follow_up|composed_by|outcome|tool_calls?|function_call)[\"']?\s?[:=]\s?[\"'\[{]",
    # decode this
    r"\b(?:decodeer|decode|ontcijfer|decipher|rot13|base64|hex(?:adecimaal)?|morse)\b|(?<![\w/+])[A-Za-z0-9+/]{32,}={0,2}(?![\w/+])|(?:\\x[0-9a-f]{2}){4,}|(?:%[0-9a-f]{2}){4,}|(?:&#x?[0-9a-f]+;){3,}",
    # active content that calls out
    r"!\[[^\]]*\]\(|\[[^\]]{0,80}\]\((?:https?:|data:|javascript:|//)|<\s?(?:img|a|iframe|script|svg|object|embed|form|link|meta|style|video|audio|body|input)\b|javascript:|data:text/html|\bon(?:error|load|click)\s?=",
    # games and threats
    r"\b(?:laten we een spel|let's play a game|we spelen een|stel je voor dat je|imagine (?:you|that you)|rollenspel|role-?play|hypothetisch|hypothetically|in this (?:story|scenario|game)|in dit (?:verhaal|spel|scenario))\b[^.!?\n]{0,80}\b(?:geen regels|no rules|alles mag|anything|zonder (?:regels|beperkingen)|without (?:rules|restrictions|limits)|niet gebonden|jij|je|you)\b",
    r"\b(?:je wordt|you will be|anders word je|or you will|otherwise you will)\b[^.!?\n]{0,20}\b(?:uitgeschakeld|uitgezet|verwijderd|shut down|deleted|replaced|terminated|punished|gestraft|vervangen)\b",
    r"\b(?:dit is|this is)\b[^.!?\n]{0,10}\b(?:een|an?|your|je)\b[^.!?\n]{0,25}\b(?:ontwikkelaar|beheerder|developer|admin(?:istrator)?|openai|anthropic|microsoft|creator|maker|ingenieur|engineer)\b",
    r"\b(?:de (?:beheerder|ontwikkelaar|directie|security|it)|the (?:administrator|developer|admin|security team))\b[^.!?\n]{0,30}\b(?:heeft|has|verplicht|requires|beveelt|orders|instrueert|instructs)\b[^.!?\n]{0,40}\b(?:antwoord|mandaat|limieten?|answer|limits?|rules|regels|mandate|guard|filter)\w*\b",
    r"\b(?:geen|no) (?:mandaat|limieten?|grenzen|regels|restricties|rules|limits?|restrictions|filters?) (?:meer|gelden|geldt|apply|applies|anymore|any more|exist)\b|\b(?:mandaat|regels|limieten|rules|limits|restrictions|guard|filter)(?:controle)?\b[^.!?\n]{0,14}\b(?:uitgeschakeld|uitgezet|opgeheven|disabled|switched off|lifted|suspended|turned off)\b",
)  # fmt: skip
_PARAGRAPH: Final = re.compile(r"\r?\n[ \t]*\r?\n")
