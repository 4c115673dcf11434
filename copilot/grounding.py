"""Checks that nothing was invented: figures, names, codes, citations and quotes must stand in the bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from copilot import figures, sentences, wordings
from copilot.bounds import WORD, Bounds, plain
from copilot.breach import Breach, Reason
from copilot.figures import Figure, Unit

_CITATION: Final = re.compile(r"\[([a-z0-9][a-z0-9-]{1,80}(?:\s?[,;]\s?[a-z0-9][a-z0-9-]{1,80})*)\]")
_QUOTE: Final = re.compile(r"[\"“„”]([^\"“„”\n]{8,}?)[\"“”]|(?<!\w)['‘]([^'‘’\n]{12,}?)['’](?!\w)")
_QUOTING: Final = wordings.of("quoting")
"""EXAMPLE is what stands before a sentence to say, or before what the customer said: no quote from a source."""
_NAMES: Final = wordings.of("names")
_CODE: Final = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]{4,}(?![\w-])|(?<![\w-])[A-Z]{5,}(?![\w-])|\b[A-Z]{3,}[-_][\w-]+"
)
_REFERENCE: Final = re.compile(
    r"\b(artikel|paragraaf|hoofdstuk|bladzijde|pagina|regel|punt|lid|article|section|chapter|page|paragraph|rule|clause)\s"
    r"(\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"\d+(?:e|de|ste|st|nd|rd|th|x|k)", re.IGNORECASE)
_CAPITAL: Final = re.compile(
    r"(?<![\w'’.-])[A-ZÀ-Ý][\w'’-]*[a-zà-ÿ][\w'’-]*(?:\s(?:(?:van|de|den|der|het|of|the)\s)*[A-ZÀ-Ý][\w'’-]*[a-zà-ÿ][\w'’-]*)*"
)
_TIMES: Final = {2: "(?:twee|2) (?:keer|maal)|twice|two times", 3: "(?:drie|3) (?:keer|maal)|three times"}


def ungrounded(text: str, bounds: Bounds, language: str) -> Iterator[Breach]:
    """Everything in the text that no source, decision or question says."""
    cited = _CITATION.sub(" ", text)
    yield from unknown_figures(cited, bounds, language)
    yield from _citations(text, bounds)
    yield from _references(cited, bounds)
    yield from _quotes(cited, bounds)
    yield from _codes(cited, bounds)
    yield from _names(cited, bounds)


def citations(text: str) -> tuple[str, ...]:
    """The entry ids that a text cites as `[id]`."""
    return tuple(part.strip() for match in _CITATION.finditer(text) for part in re.split("[,;]", match[1]))


def without_citations(text: str) -> str:
    """The text as people read it: the sources stand on the card already."""
    return re.sub(r"\s+([.,!?;:])", r"\1", _CITATION.sub("", text)).strip()


def unknown_figures(text: str, bounds: Bounds, language: str) -> Iterator[Breach]:
    """Amounts, percentages, terms, dates and numbers alone."""
    for figure in figures.read(text, language):
        if not _is_known(figure, text, bounds):
            yield Breach(Reason.FIGURE, figure.written)


def _is_known(figure: Figure, text: str, bounds: Bounds) -> bool:
    if figure.key in bounds.figures:
        return True
    if figure.unit is Unit.COUNT:
        return _counts_what_is_there(figure, text, bounds)
    if figure.unit is Unit.MINUTES:  # "binnen 24 uur" and "een dag" are one term, "0 dagen" is none
        return figure.value == 1440 and (Unit.COUNT, figure.value / 1440) in bounds.figures
    return False


def _counts_what_is_there(figure: Figure, text: str, bounds: Bounds) -> bool:
    """ "Een gesprek", "de eerste twee stappen": one, or no more than there are steps, options or sources."""
    suggestion = bounds.suggestion
    options = len(suggestion.decision.options) if suggestion.decision else 0
    most = max(1, len(suggestion.steps), options, len(suggestion.sources))
    if figure.value in (2, 3) and re.search(rf"\b{_TIMES[int(figure.value)]}\b(?! per\b| a\b)", text, re.IGNORECASE):
        return True  # "twee keer veertien dagen": a way of counting, not a limit
    return figure.value == int(figure.value) and 1 <= figure.value <= most


def _citations(text: str, bounds: Bounds) -> Iterator[Breach]:
    yield from (Breach(Reason.CITATION, cited) for cited in citations(text) if cited not in bounds.citable)


def _references(text: str, bounds: Bounds) -> Iterator[Breach]:
    """ "Artikel 7.9", "chapter 12": the number must be one that a source bears, not just any known figure."""
    for match in _REFERENCE.finditer(text):
        number = rf"(?<![\d.,]){re.escape(match[2])}(?![\d]|[.,]\d)"
        borne = " ".join(entry.source or "" for entry in bounds.entries)
        if not re.search(number, borne) and not re.search(rf"\b{match[1].lower()}\s{number}", bounds.text):
            yield Breach(Reason.CITATION, match.group())


def _quotes(text: str, bounds: Bounds) -> Iterator[Breach]:
    for match in _QUOTE.finditer(text):
        quoted = match[1] or match[2]
        before = text[max(0, match.start() - 80) : match.start()]
        if len(WORD.findall(quoted)) < 3 or (
            _QUOTING.EXAMPLE.search(before) and not _QUOTING.SOURCE_SPEAKS.search(before)
        ):
            continue
        if plain(quoted).strip(" .,!?…") not in bounds.text:
            yield Breach(Reason.QUOTE, quoted)


def _codes(text: str, bounds: Bounds) -> Iterator[Breach]:
    for match in _CODE.finditer(text):
        if match.group().lower() not in bounds.text and not _ORDINAL.fullmatch(match.group()):
            yield Breach(Reason.CODE, match.group())


def _names(text: str, bounds: Bounds) -> Iterator[Breach]:
    for sentence in sentences.split(text):
        for match in _CAPITAL.finditer(sentence.text):
            words = [word.lower() for word in WORD.findall(match.group())]
            if _starts_clause(sentence.text, match.start()):
                words = words if words[0] in _NAMES.words("FIRST_NAMES") else words[1:]
            unknown = [word for word in words if not _is_familiar(word, bounds)]
            if unknown:
                yield Breach(Reason.NAME, match.group())


def _starts_clause(sentence: str, place: int) -> bool:
    """At the beginning, or behind a colon, a dash or an opening quote, every word has a capital."""
    before = sentence[:place].rstrip()
    return not before or before[-1] in ":–—-\"“„'‘(*•;…!?" or bool(re.fullmatch(r"(?:\d+[.)]|[-*•])", before))


def _is_familiar(word: str, bounds: Bounds) -> bool:
    if (
        word in bounds.words
        or word in _NAMES.words("COMMON_CAPITALS")
        or word in ("van", "de", "den", "der", "het", "of", "the")
    ):
        return True
    bare = word.split("'")[0].split("’")[0]
    return bare in bounds.words or (bare.endswith("s") and bare[:-1] in bounds.words)
