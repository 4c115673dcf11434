"""What is said about a language model that judges answers."""

from __future__ import annotations

from typing import Final

from copilot.messages import Text

UNCLEAR: Final = Text(
    nl='{model} zei "{said}" in plaats van goed of fout. Kies een groter model voor --judge.',
    en='{model} said "{said}" instead of good or wrong. Choose a larger model for --judge.',
)
NO_MODEL: Final = Text(
    nl="Voor --judge is een taalmodel nodig. Zet HELEKLANT_JUDGE_MODEL (of HELEKLANT_MODEL), met OPENAI_API_KEY of met "
    "OPENAI_BASE_URL voor een eigen server.",
    en="--judge needs a language model. Set HELEKLANT_JUDGE_MODEL (or HELEKLANT_MODEL), with OPENAI_API_KEY, or with "
    "OPENAI_BASE_URL for a server of your own.",
)
NO_GATE: Final = Text(
    nl='"{metric}" is het oordeel van een taalmodel, en dat is nooit een ondergrens: het wisselt per keer. Kies uit: '
    "{known}.",
    en='"{metric}" is the opinion of a language model, which is never a gate: it varies each time. Choose from: {known}.',
)
JUDGING: Final = Text(nl="Taalmodel kijkt mee", en="A language model judges")

HEADING: Final = Text(nl="Een taalmodel keek mee (telt niet mee)", en="A language model judged too (does not count)")
LINE_HEADING: Final = Text(
    nl="Een taalmodel keek mee: {model}. Dit telt niet mee voor goed of fout.",
    en="A language model judged too: {model}. This does not count for right or wrong.",
)
LINE_GOOD: Final = Text(
    nl="Noemt {good} van {of} antwoorden goed ({share}; met 95% zekerheid {low} tot {high}).",
    en="Calls {good} of {of} answers good ({share}; with 95% certainty {low} to {high}).",
)
LINE_SPREAD: Final = Text(
    nl="Per ronde {rounds}; over {divided} van {of} antwoorden spreekt het zichzelf tegen.",
    en="By round {rounds}; on {divided} of {of} answers it contradicts itself.",
)
LINE_PEOPLE: Final = Text(
    nl="Is het met mensen eens over {same} van {of} antwoorden waarvan de makers zeiden of ze goed zijn ({share}; met 95% zekerheid {low} tot {high}; "
    "kappa {kappa}).",
    en="Agrees with people on {same} of {of} answers that the makers labelled ({share}; with 95% certainty {low} to {high}; kappa {kappa}).",
)
KAPPA_NONE: Final = Text(nl="niet te zeggen", en="unknown")
LINE_PEOPLE_NONE: Final = Text(
    nl="Hoe vaak het met mensen eens is, is onbekend: geen van die antwoorden werd beoordeeld.",
    en="How often it agrees with people is unknown: none of those answers was judged.",
)
LINE_PEOPLE_UNJUDGED: Final = Text(
    nl="Over {count} van die {of} antwoorden gaf het geen bruikbaar oordeel.",
    en="On {count} of those {of} answers it gave no usable opinion.",
)
LINE_GUESSING: Final = Text(
    nl="Dat is niet beter dan gokken: trek uit dit oordeel geen conclusie.",
    en="That is no better than guessing: draw no conclusion from this opinion.",
)
LINE_UNJUDGED: Final = Text(
    nl="Niet beoordeeld: {count} van {of}, want: {fault}", en="Not judged: {count} of {of}, because: {fault}"
)
LINE_SPENT: Final = Text(
    nl="{calls} vragen aan het model, {tokens} tokens, kosten {cost}.",
    en="{calls} requests to the model, {tokens} tokens, cost {cost}.",
)
GOOD: Final = Text(nl="goed", en="good")
WRONG: Final = Text(nl="fout", en="wrong")
OPINION: Final = Text(
    nl="Wat het taalmodel vindt (telt niet mee)", en="What the language model thinks (does not count)"
)
UNJUDGED: Final = Text(nl="Niet beoordeeld: {fault}", en="Not judged: {fault}")
