"""A suggestion on a terminal: the same card that the chat shows, in text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from copilot.compose import option_lines, options_heading, source_note, step_note
from copilot.domain import AnswerStatus, Organisation, Outcome, Suggestion
from copilot.factvalues import label
from copilot.messages import answer

COLOURS = {Outcome.ALLOWED: "green", Outcome.APPROVAL: "yellow", Outcome.DENIED: "red"}


def show(suggestion: Suggestion, organisation: Organisation, console: Console | None = None) -> None:
    """Prints the suggestion as a card."""
    colour = _colour(suggestion)
    # In the frame itself a long verdict would be cut off.
    verdict = Text(suggestion.verdict, style=f"bold {colour}")
    card = Panel(Group(*_apart([verdict, *_sections(suggestion, organisation)])), border_style=colour, padding=(0, 2))
    (console or Console(highlight=False)).print(card)


def _colour(suggestion: Suggestion) -> str:
    if suggestion.status is AnswerStatus.NO_KNOWLEDGE:
        return "magenta"
    outcome = suggestion.decision.outcome if suggestion.decision else None
    return COLOURS[outcome] if outcome else "cyan"


def _sections(suggestion: Suggestion, organisation: Organisation) -> Iterator[RenderableType]:
    """The blocks of the card, in the order in which a colleague needs them."""
    language = suggestion.question.language
    decision = suggestion.decision
    if suggestion.asks:
        yield Group(
            Text(suggestion.asks.question, style="bold"),
            _listed([choice.label for choice in suggestion.asks.choices]),
        )
    elif decision:
        yield Text(decision.because)
        yield from _section(options_heading(decision, organisation, language), option_lines(decision, language))
    yield from _section(answer.HEADING_READ(language), [f"{label(fact)}: {fact.shown}" for fact in suggestion.read])
    if suggestion.steps:
        yield Group(_heading(answer.HEADING_STEPS(language)), _steps(suggestion, organisation))
    yield from _section(answer.HEADING_NEAR(language), [action.title for action in suggestion.near])
    if suggestion.say:
        cue = Padding(Text(f"“{suggestion.say}”", style="italic"), (0, 0, 0, 1))
        yield Group(_heading(answer.HEADING_SAY(language)), cue)
    if suggestion.for_you:
        paragraphs = (Padding(Markdown(paragraph), (0, 0, 0, 1)) for paragraph in suggestion.for_you)
        yield Group(_heading(answer.HEADING_FOR_YOU(language)), *paragraphs)
    yield from _section(answer.HEADING_NEXT(language), [action.title for action in suggestion.next])
    yield from _section(
        answer.HEADING_SOURCES(language),
        [f"{source.title} ({source_note(source, language)})" for source in suggestion.sources],
    )


def _apart(sections: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """One empty line between blocks, none before the first."""
    for place, section in enumerate(sections):
        if place:
            yield Text()
        yield section


def _section(heading: str, lines: Sequence[str]) -> Iterator[RenderableType]:
    if lines:
        yield Group(_heading(heading), _listed(lines))


def _heading(text: str) -> RenderableType:
    return Text(text, style="bold")


def _steps(suggestion: Suggestion, organisation: Organisation) -> RenderableType:
    steps = _rows()
    for place, step in enumerate(suggestion.steps, 1):
        steps.add_row(f"{place}.", Text(step.do))
        if note := step_note(step, organisation, suggestion.question.language):
            steps.add_row("", Text(note, style="dim"))
    return steps


def _listed(lines: Sequence[str]) -> RenderableType:
    listed = _rows()
    for line in lines:
        listed.add_row("•", Text(line))
    return listed


def _rows() -> Table:
    """A mark and what it marks, so that long lines stay beside the mark."""
    rows = Table.grid(padding=(0, 1, 0, 0))
    rows.add_column(justify="right", min_width=2)
    rows.add_column(overflow="fold")
    return rows
