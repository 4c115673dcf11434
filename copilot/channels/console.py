"""A suggestion on a terminal: the same card that the chat shows, in text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from copilot.compose import option_lines, options_heading, source_note, step_note
from copilot.domain import AnswerStatus, Organisation, Outcome, Suggestion
from copilot.messages import answer

COLOURS = {Outcome.ALLOWED: "green", Outcome.APPROVAL: "yellow", Outcome.DENIED: "red"}


def show(suggestion: Suggestion, organisation: Organisation, console: Console | None = None) -> None:
    """Prints the suggestion as a card."""
    colour = _colour(suggestion)
    card = Panel(
        Group(*_parts(suggestion, organisation)),
        title=Text(suggestion.verdict, style=f"bold {colour}"),
        title_align="left",
        border_style=colour,
        padding=(1, 2),
    )
    (console or Console(highlight=False)).print(card)


def _colour(suggestion: Suggestion) -> str:
    if suggestion.status is AnswerStatus.NO_KNOWLEDGE:
        return "magenta"
    outcome = suggestion.decision.outcome if suggestion.decision else None
    return COLOURS[outcome] if outcome else "cyan"


def _parts(suggestion: Suggestion, organisation: Organisation) -> Iterator[RenderableType]:
    language = suggestion.question.language
    decision = suggestion.decision
    if suggestion.asks:
        yield Text(suggestion.asks.question, style="bold")
        yield from _bullets([choice.label for choice in suggestion.asks.choices])
    elif decision:
        yield Text(decision.because)
        yield from _section(options_heading(decision, organisation, language), option_lines(decision, language))
    yield from _section(answer.HEADING_READ(language), [f"{fact.name}: {fact.shown}" for fact in suggestion.read])
    if suggestion.steps:
        yield _heading(answer.HEADING_STEPS(language))
        for place, step in enumerate(suggestion.steps, 1):
            yield Padding(Text(f"{place}. {step.do}"), (0, 0, 0, 1))
            if note := step_note(step, organisation, language):
                yield Padding(Text(note, style="dim"), (0, 0, 0, 4))
    if suggestion.say:
        yield _heading(answer.HEADING_SAY(language))
        yield Padding(Text(f"“{suggestion.say}”", style="italic"), (0, 0, 0, 1))
    if suggestion.for_you:
        yield _heading(answer.HEADING_FOR_YOU(language))
        yield from (Padding(Markdown(paragraph), (0, 0, 0, 1)) for paragraph in suggestion.for_you)
    yield from _section(answer.HEADING_NEXT(language), [action.title for action in suggestion.next])
    yield from _section(
        answer.HEADING_SOURCES(language),
        [f"{source.title} ({source_note(source, language)})" for source in suggestion.sources],
    )


def _section(heading: str, lines: Sequence[str]) -> Iterator[RenderableType]:
    if lines:
        yield _heading(heading)
        yield from _bullets(lines)


def _heading(text: str) -> RenderableType:
    return Padding(Text(text, style="bold"), (1, 0, 0, 0))


def _bullets(lines: Sequence[str]) -> Iterator[RenderableType]:
    return (Padding(Text(f"• {line}"), (0, 0, 0, 1)) for line in lines)
