"""Danger to life: recognised in a question, so that nobody reads a policy first.

No knowledge is needed for it, and no knowledge may stand in its way: whatever was found, the answer begins with the
emergency number. A word too many costs a glance; what lies in the past ("had vorig jaar een hartaanval") is left out.
"""

from __future__ import annotations

import re
from typing import Final

from copilot import sentences
from copilot.domain import KnowledgeEntry, Solution

NUMBER: Final = "112"
"""The one of the European Union (Directive 2018/1972, article 109)."""

_SIGNS_NL: Final = r"""
    pijn\ (op|in|aan)\ (de|zijn|haar|m.n|d.r|hun|\w+)\ borst | borstpijn | hartaanval | hartinfarct | hartstilstand
  | (krijgt|heeft)\ (bijna\ |ineens\ |opeens\ )?(geen\ lucht|het\ benauwd) | ademt?\ (nauwelijks|niet)\b
  | niet\ (meer\ )?ademen | stikt\b | verslikt\b | blauw\ aan
  | bewusteloos | buiten\ (bewustzijn|westen) | niet\ (meer\ )?aanspreekbaar | reageert\ (nergens|niet\ meer)
  | flauwgevallen | flauw\ ?gevallen | valt\ flauw | in\ elkaar\ gezakt | zakt\ in\ elkaar | onwel | van\ zijn\ stokje
  | beroerte | herseninfarct | epilep\w+ | stuiptrek\w+ | toeval\ gekregen
  | (ernstige|hevige|zware|heftige)\ allergische\ reactie | anafyla\w+ | epipen | tong\ (zwelt|is\ dik)
  | bloedt\ (heel\ )?(erg|hevig|hard) | hevige?\ bloed\w+ | zwaargewond | zwaar\ gewond | gewonde
  | reanim\w+ | \baed\b | verdrin\w+ | vergiftig\w+ | overdosis
  | (er\ is|we\ hebben|er\ breekt)\ (brand|rook|vuur) | in\ brand\b | brand\ uitgebroken | vlammen | gaslucht | gaslek
  | overval(len|ler)?\b | heeft\ een\ (mes|wapen|pistool) | met\ een\ (mes|wapen|pistool) | steekpartij
"""
_SIGNS_EN: Final = r"""
    chest\ pains? | pains?\ in\ (the|his|her|their|my|\w+)\ chest | heart\ attack | cardiac\ arrest
  | can(not|'?t|\ not)\ breathe | (not|stopped)\ breathing | chok(ing|ed) | unconscious | unresponsive | (has\ )?fainted
  | passed\ out | collapsed | having\ a\ (stroke|seizure) | anaphyla\w+ | severe\ allergic\ reaction
  | bleeding\ (badly|heavily|a\ lot) | drown(ing|ed) | overdose | there\ is\ (a\ fire|smoke)
  | (is|are)\ on\ fire\b | gas\ leak
  | (has|with)\ a\ (knife|gun|weapon) | armed\ robbery | being\ robbed
"""
_SIGNS: Final = re.compile(rf"\b({_SIGNS_NL}|{_SIGNS_EN})", re.IGNORECASE | re.VERBOSE)
_PAST: Final = re.compile(
    r"\b(gehad|geleden|gisteren|eergisteren|vorige?|overleden|destijds|verzeker\w*|polis\w*"
    r"|vergoed\w*|annuler\w*|yesterday|ago|last (week|month|year)|died|insur\w*|cancel\w*"
    r"|omboek\w*|kosten|schade|cursus|training|course)\b",
    re.IGNORECASE,
)


def in_danger(text: str) -> bool:
    """Whether somebody seems to be in danger at this moment, in Dutch or English."""
    return any(_SIGNS.search(each.text) and not _PAST.search(each.text) for each in sentences.split(text))


_SAYS_NUMBER: Final = re.compile(rf"(?<!€\s)(?<![\w.,€]){NUMBER}\b(?![.,]\d)(?!\s*(euro|€|%|km|kg))", re.IGNORECASE)
"""As a telephone number, not as an amount."""


def calls_for_help(entry: KnowledgeEntry) -> bool:
    """Whether it tells to call the emergency number."""
    steps = (step.do for step in entry.steps) if isinstance(entry, Solution) else ()
    return any(_SAYS_NUMBER.search(text) for text in (entry.body, *steps))
