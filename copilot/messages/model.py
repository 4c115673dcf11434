"""What people read about the language model: that it is an AI, and in one line what is wrong with it."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

AI_DISCLOSURE: Final = Text(
    nl="Je praat met een AI-assistent. Wat je mag, komt uit de regels van {organisation}; de AI helpt alleen met "
    "de woorden. Kijk bij twijfel in de bron.",
    en="You are talking to an AI assistant. What you may do comes from the rules of {organisation}; the AI only helps "
    "with the words. When in doubt, check the source.",
)
"""At first contact (EU AI Act, article 50, paragraph 1, in force since 2 August 2026)."""
AI_DISCLOSURE_TEMPLATE: Final = Text(
    nl="Je praat met een computer, niet met een mens. De antwoorden komen uit de regels van {organisation}.",
    en="You are talking to a computer, not a person. The answers come from the rules of {organisation}.",
)
"""At first contact where no model is set."""
AI_WORDED: Final = Text(nl="verwoord door AI ({model})", en="worded by AI ({model})")
"""Beside an answer that a model put into words."""

ASK_ALSO: Final = Text(nl="Vraag ook: {question}", en="Also ask: {question}")
SHORTENED: Final = Text(nl="(ingekort)", en="(shortened)")
"""Behind knowledge that did not fit in what the model can read at once."""

NO_KEY: Final = Text(
    nl="Voor het taalmodel {model} is geen sleutel ingesteld. Zet OPENAI_API_KEY, of OPENAI_BASE_URL voor een eigen "
    "server.",
    en="No key is set for the language model {model}. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own.",
)
WRONG_KEY: Final = Text(
    nl="De sleutel voor het taalmodel {model} wordt geweigerd. Controleer OPENAI_API_KEY.",
    en="The key for the language model {model} is refused. Check OPENAI_API_KEY.",
)
UNKNOWN_MODEL: Final = Text(
    nl="De server kent het taalmodel {model} niet. Controleer HELEKLANT_MODEL.",
    en="The server does not know the language model {model}. Check HELEKLANT_MODEL.",
)
UNREACHABLE: Final = Text(
    nl="Het taalmodel {model} is niet bereikbaar. Antwoorden komen zolang uit het sjabloon.",
    en="The language model {model} cannot be reached. Answers come from the template meanwhile.",
)
TOO_SLOW: Final = Text(
    nl="Het taalmodel {model} antwoordde niet binnen {seconds} seconden. Dit antwoord komt uit het sjabloon.",
    en="The language model {model} did not answer within {seconds} seconds. This answer comes from the template.",
)
OVERLOADED: Final = Text(
    nl="Het taalmodel {model} heeft het te druk. Dit antwoord komt uit het sjabloon.",
    en="The language model {model} is too busy. This answer comes from the template.",
)
SERVER_ERROR: Final = Text(
    nl="De server van het taalmodel {model} meldde een fout ({status}). Dit antwoord komt uit het sjabloon.",
    en="The server of the language model {model} reported an error ({status}). This answer comes from the template.",
)
UNUSABLE: Final = Text(
    nl="Het taalmodel {model} gaf geen bruikbaar antwoord. Dit antwoord komt uit het sjabloon.",
    en="The language model {model} gave no usable answer. This answer comes from the template.",
)
TOO_LONG: Final = Text(
    nl="De vraag met de kennis past niet in wat het taalmodel {model} kan lezen. Dit antwoord komt uit het sjabloon.",
    en="The question with its knowledge does not fit in what the language model {model} can read. "
    "This answer comes from the template.",
)
RESTING: Final = Text(
    nl="Het taalmodel {model} is even uitgezet na {failures} fouten achter elkaar; het wordt vanzelf weer geprobeerd.",
    en="The language model {model} is switched off for a moment after {failures} failures in a row; "
    "it will be tried again by itself.",
)
CUT_OFF: Final = Text(
    nl="Het taalmodel {model} brak zijn antwoord af; wat onaf was, komt uit het sjabloon.",
    en="The language model {model} broke off its answer; what was unfinished comes from the template.",
)

PROMPT_MISSING: Final = Text(
    nl="Het promptbestand {file} ontbreekt. Zet het terug uit de map prompts van het project.",
    en="The prompt file {file} is missing. Put it back from the project's folder prompts.",
)
PROMPT_UNREADABLE: Final = Text(
    nl="Het promptbestand {file} is niet te lezen: {problem}. Herstel het of zet het terug uit het project.",
    en="The prompt file {file} cannot be read: {problem}. Mend it or put it back from the project.",
)
PROMPT_VARIABLE_MISSING: Final = Text(
    nl="In het promptbestand {file} ontbreekt {names}. Zet die terug, tussen dubbele accolades.",
    en="{names} is missing in the prompt file {file}. Put it back, between double braces.",
)
PROMPT_VARIABLE_EXTRA: Final = Text(
    nl="Het promptbestand {file} noemt {names}, en dat bestaat niet. Haal het weg of herstel de naam.",
    en="The prompt file {file} names {names}, which does not exist. Remove it or mend the name.",
)
PROMPT_VALUE_MISSING: Final = Text(
    nl="Voor het promptbestand {file} is geen waarde gegeven voor {names}.",
    en="No value was given for {names} in the prompt file {file}.",
)
"""A mistake in the program, not in the file."""
