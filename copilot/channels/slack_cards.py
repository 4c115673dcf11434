"""A suggestion as Block Kit: verdict first, two voices, buttons; within every limit of Slack's. Pure.

Buttons carry the suggestion's id and which of its parts is meant; everything else is in the store. What does not
fit is shortened by meaning: sources fold first, then the background, never the verdict, the steps or the cue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from copilot.channels.slack_text import (
    actions,
    button,
    context,
    escaped,
    growing,
    letters,
    marked,
    paragraphs,
    plain,
    section,
)
from copilot.compose import option_lines, options_heading, source_note, step_note
from copilot.domain import AnswerStatus, Decision, NextAction, Organisation, Outcome, StepAdvice, Suggestion
from copilot.messages import answer, model
from copilot.messages import slack as texts

Block = dict[str, Any]

MOST_BLOCKS: Final = 50
MOST_LETTERS: Final = 11_000
"""Of all blocks of a message together: Slack documents 12,000 and was seen to refuse at 13,200."""
MOST_BUTTONS: Final = 12
_LIMIT: Final = re.compile(r"[€$£%]|\b(?:EUR|USD|GBP|euro|procent|percent)\b", re.IGNORECASE)
_MARKS: Final = {Outcome.ALLOWED: "✅", Outcome.APPROVAL: "🙋", Outcome.DENIED: "⛔"}


@dataclass(frozen=True, slots=True)
class Fold:
    """How much is folded away: the later, the shorter."""

    sources: bool = True
    for_you: int = 6000
    notes: bool = True
    line: int = 2900
    lines: int = 30


FOLDS: Final = (
    Fold(),
    Fold(sources=False),
    Fold(sources=False, for_you=1200),
    Fold(sources=False, for_you=0),
    Fold(sources=False, for_you=0, line=400, lines=15),
    Fold(sources=False, for_you=0, notes=False, line=150, lines=10),
)


@dataclass(frozen=True, slots=True)
class Card:
    """Kaart: the blocks, and the words for a notification or a screen reader."""

    blocks: tuple[Block, ...]
    text: str

    @property
    def letters(self) -> int:
        return letters(self.blocks)


def card(
    suggestion: Suggestion, organisation: Organisation, *, in_channel: bool = False, note: str | None = None
) -> Card:
    """The card for the colleague alone. `in_channel`: it may be shared there. `note`: what he must know first."""
    blocks: list[Block] = []
    for fold in FOLDS:
        blocks = list(_blocks(suggestion, organisation, fold, in_channel, note))
        if len(blocks) <= MOST_BLOCKS and letters(blocks) <= MOST_LETTERS:
            break
    return Card(tuple(blocks), escaped(suggestion.text or suggestion.verdict, 3000))


def opening(suggestion: Suggestion, organisation: Organisation, note: str | None = None) -> str:
    """What is streamed before any model has said a word: may I, why, and up to how much. Slack's Markdown."""
    decision, language = suggestion.decision, suggestion.question.language
    lines = [f"_{growing(note)}_"] if note else []
    lines.append(f"{_mark(suggestion)} **{growing(plain(suggestion.verdict, 1000))}**")
    if decision and decision.because:
        lines.append(growing(plain(decision.because, 2000)))
    if decision and (options := option_lines(decision, language)):
        heading = growing(plain(options_heading(decision, organisation, language), 300))
        bullets = (f"- {growing(plain(each, 400))}" for each in options[:15])
        lines.append("\n".join([f"**{heading}**", *bullets]))
    return "\n\n".join(lines)


def beneath(suggestion: Suggestion, organisation: Organisation, *, in_channel: bool = False) -> Card:
    """The rest of a card whose opening and prose were streamed: steps, what was understood, sources, buttons."""
    fold = FOLDS[0]
    blocks = (*_steps(suggestion, organisation, fold), *_foot(suggestion, organisation, fold, in_channel))
    return Card(blocks, escaped(suggestion.text or suggestion.verdict, 3000))


def shared_card(suggestion: Suggestion, user: str, question: str) -> Card | None:
    """A public card for everyone in a channel, with who shared it."""
    public = public_card(suggestion, question)
    if public is None:
        return None
    by = context(texts.SHARED_BY(suggestion.question.language, user=f"<@{user}>"))
    return Card((*public.blocks, by), public.text)


def public_card(suggestion: Suggestion, question: str) -> Card | None:
    """What everyone may see: no limits, no internal notes, no facts. None where nothing is left.

    `question`: as it may be shown to all, customer data masked.
    """
    language = suggestion.question.language
    steps = [step for step in suggestion.steps if not _LIMIT.search(step.do)]
    say = suggestion.say if suggestion.say and not _LIMIT.search(suggestion.say) else None
    if not steps and not say:
        return None
    blocks = [context(escaped(plain(question, 300)))]
    if say:
        blocks.append(_cue(say, language))
    if steps:
        lines = (f"{place}. {escaped(step.do, 500)}" for place, step in enumerate(steps[:20], 1))
        blocks += paragraphs([f"*{answer.HEADING_STEPS(language)}*", *lines])
    return Card(tuple(blocks), escaped(say or steps[0].do, 3000))


def plain_card(sentence: str) -> Card:
    """One sentence, such as a word of what went wrong."""
    return Card((section(escaped(sentence)),), escaped(sentence))


def reasons_card(suggestion: Suggestion) -> Card:
    """After a thumb down: why, in one more tap."""
    language = suggestion.question.language
    buttons = [
        button(text(language), f"reason:{place}", value(suggestion, r=reason))
        for place, (reason, text) in enumerate(texts.REASONS)
    ]
    asked = texts.WHY_NOT(language)
    return Card((section(f"*{asked}*"), actions("reasons", buttons)), asked)


def value(suggestion: Suggestion, **what: Any) -> str:
    """What a button carries."""
    return json.dumps({"s": suggestion.id, **what}, separators=(",", ":"))


def _blocks(
    suggestion: Suggestion, organisation: Organisation, fold: Fold, in_channel: bool, note: str | None
) -> Iterator[Block]:
    language = suggestion.question.language
    decision = suggestion.decision
    if note:
        yield context(escaped(note, 1000))
    yield section(f"{_mark(suggestion)} *{escaped(suggestion.verdict, min(fold.line, 1000))}*")
    yield context(escaped(texts.YOU_ASKED(language, question=plain(suggestion.question.text, 240))))
    if suggestion.asks:
        yield from _asking(suggestion, fold)
    elif decision:
        yield from _decided(decision, organisation, language, fold)
    yield from _steps(suggestion, organisation, fold)
    if suggestion.say:
        yield _cue(suggestion.say, language, fold.line)
    yield from _background(suggestion, fold)
    yield from _foot(suggestion, organisation, fold, in_channel)


def _steps(suggestion: Suggestion, organisation: Organisation, fold: Fold) -> Iterator[Block]:
    language = suggestion.question.language
    if suggestion.steps:
        steps = [_step(place, step, organisation, language, fold) for place, step in enumerate(suggestion.steps, 1)]
        yield from paragraphs([f"*{answer.HEADING_STEPS(language)}*", *steps[: fold.lines]])


def _foot(suggestion: Suggestion, organisation: Organisation, fold: Fold, in_channel: bool) -> Iterator[Block]:
    language = suggestion.question.language
    yield from _understood(suggestion)
    yield from _offered(suggestion, "near", answer.HEADING_NEAR(language), suggestion.near)
    yield from _offered(suggestion, "next", answer.HEADING_NEXT(language), suggestion.next)
    if suggestion.sources:
        yield context(_sources(suggestion, fold))
    yield context(escaped(_who_speaks(suggestion, organisation)))
    yield actions("card", _card_buttons(suggestion, in_channel))


def _offered(suggestion: Suggestion, name: str, heading: str, entries: Sequence[NextAction]) -> Iterator[Block]:
    """A button for each entry that he could open from here."""
    if entries:
        yield context(f"*{heading}*")
        opens = (
            button(each.title, f"{name}:{place}", value(suggestion, e=each.id))
            for place, each in enumerate(entries[:5])
        )
        yield actions(name, [*opens])


def _who_speaks(suggestion: Suggestion, organisation: Organisation) -> str:
    """That this is no person: EU AI Act, article 50."""
    language = suggestion.question.language
    if suggestion.composed_by == "template":
        return model.AI_DISCLOSURE_TEMPLATE(language, organisation=organisation.name)
    worded = model.AI_WORDED(language, model=suggestion.composed_by)
    return f"{model.AI_DISCLOSURE(language, organisation=organisation.name)} ({worded})"


def _mark(suggestion: Suggestion) -> str:
    if suggestion.status is AnswerStatus.NO_KNOWLEDGE:
        return "🔎"
    if suggestion.asks:
        return "❓"
    outcome = suggestion.decision.outcome if suggestion.decision else None
    return _MARKS[outcome] if outcome else "💡"


def _asking(suggestion: Suggestion, fold: Fold) -> Iterator[Block]:
    asks = suggestion.asks
    assert asks is not None
    yield section(escaped(asks.question, fold.line))
    buttons = [
        button(choice.label, f"fact:{place}", value(suggestion, f=asks.fact, i=place))
        for place, choice in enumerate(asks.choices[:MOST_BUTTONS])
        if len(asks.fact) < 200
    ]
    own = button(texts.OWN_ANSWER(suggestion.question.language), "own", value(suggestion, f=asks.fact[:200]))
    yield actions("asks", [*buttons, own])


def _decided(decision: Decision, organisation: Organisation, language: str, fold: Fold) -> Iterator[Block]:
    if decision.because:
        yield section(escaped(decision.because, fold.line))
    if options := option_lines(decision, language):
        heading = f"*{escaped(options_heading(decision, organisation, language), 300)}*"
        yield from paragraphs([heading, *(f"• {escaped(each, fold.line)}" for each in options[: fold.lines])])


def _step(place: int, step: StepAdvice, organisation: Organisation, language: str, fold: Fold) -> str:
    note = step_note(step, organisation, language) if fold.notes else ""
    written = f"{place}. {escaped(step.do, fold.line - 100)}"
    return f"{written}\n      _{escaped(note.replace('_', ' '), min(fold.line, 900))}_" if note else written


def _cue(say: str, language: str, most: int = 2800) -> Block:
    quoted = "\n".join(f">{line}" for line in escaped(f"“{say}”", min(most, 2700)).splitlines()[:60])
    return section(f"*{answer.HEADING_SAY(language)}*\n{quoted}"[:3000])


def _background(suggestion: Suggestion, fold: Fold) -> Iterator[Block]:
    if not suggestion.for_you:
        return
    language = suggestion.question.language
    left = fold.for_you
    shown: list[str] = []
    for paragraph in suggestion.for_you:
        if left < 80:
            break
        shown.append(marked(paragraph, min(left, 2900)))
        left -= len(shown[-1])
    if shown:
        yield from paragraphs([f"*{answer.HEADING_FOR_YOU(language)}*", *shown])
    if len(shown) < len(suggestion.for_you) or shown[-1].endswith("…"):
        yield context(texts.SHORTENED(language))


def _understood(suggestion: Suggestion) -> Iterator[Block]:
    if not suggestion.read:
        return
    language = suggestion.question.language
    yield context(f"*{answer.HEADING_READ(language)}* {texts.CORRECT_HINT(language)}")
    yield actions(
        "read",
        [
            button(
                texts.CORRECT(language, fact=plain(fact.name.replace("_", " "), 40), value=plain(fact.shown, 30)),
                f"correct:{place}",
                value(suggestion, f=fact.name[:200]),
            )
            for place, fact in enumerate(suggestion.read[:MOST_BUTTONS])
        ],
    )


def _sources(suggestion: Suggestion, fold: Fold) -> str:
    language = suggestion.question.language
    heading = f"*{answer.HEADING_SOURCES(language)}*"
    titles = [
        escaped(f"{each.title} ({source_note(each, language)})" if fold.sources else each.title, 250)
        for each in suggestion.sources[:8]
    ]
    return "\n".join([heading, *(f"• {title}" for title in titles)])


def _card_buttons(suggestion: Suggestion, in_channel: bool) -> Sequence[Block]:
    language = suggestion.question.language
    own = value(suggestion)
    decision = suggestion.decision
    buttons = []
    if decision and decision.outcome is Outcome.ALLOWED and not suggestion.asks:
        buttons.append(button(texts.DONE(language), "done", own, "primary"))
    buttons += [button(texts.HELPFUL(language), "good", own), button(texts.NOT_HELPFUL(language), "bad", own)]
    if suggestion.sources:
        buttons += [button(texts.SOURCES(language), "sources", own), button(texts.WRONG(language), "wrong", own)]
    if in_channel and (suggestion.steps or suggestion.say):
        buttons.append(button(texts.SHARE(language), "share", own))
    return buttons
