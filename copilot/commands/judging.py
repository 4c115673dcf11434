"""`heleklant evaluate --judge`: a configured model gives its opinion on the answers, outside every gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from copilot.commands.common import progress_bar
from copilot.errors import UsageError
from copilot.messages import judge as texts
from copilot.settings import Settings

if TYPE_CHECKING:
    from copilot.judge import Subject
    from copilot.results import Measured

MODEL = "HELEKLANT_JUDGE_MODEL"
"""A model of its own, so that none has to judge its own words."""


def model_named(settings: Settings) -> str:
    """The judging model. Raises UsageError where none is set, before anything is measured."""
    name = settings.environment.get(MODEL) or settings.model
    if not name:
        raise UsageError(texts.NO_MODEL)
    return name


async def judged(measured: Measured, settings: Settings) -> Measured:
    """The run with the opinions of the model on its open cases."""
    from copilot.app import model_of
    from copilot.judge import Judge, labelled
    from copilot.judged import judge_all
    from copilot.prompting import Prompts

    model = model_of(replace(settings, model=model_named(settings)), unhurried=True)
    judge = Judge(model, Prompts(), own_numbers=settings.own_numbers)
    try:
        with progress_bar(texts.JUDGING(settings.language)) as progress:
            found = await judge_all(judge, subjects(measured), labelled(), advance=progress)
    finally:
        await model.aclose()
    return replace(measured, judged=found)


def subjects(measured: Measured) -> Mapping[str, Subject]:
    """What there is to judge: the open cases that got an answer, by id."""
    from copilot.exports import contexts
    from copilot.judge import Subject

    return {
        result.case.id: Subject(
            question=" → ".join((result.case.ask, *result.case.then)),
            answer=told.text,
            knowledge="\n\n".join(contexts(told, measured)),
            language=told.question.language,
        )
        for result in measured.open_results
        if (told := result.told.suggestion)
    }
