"""`heleklant mandate compare`: what changes for whom between two packs or versions, and in past decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from copilot.commands.common import AS_JSON, ON, language_given, print_json, print_line, show_findings
from copilot.domain import Mandate, Organisation
from copilot.errors import UsageError
from copilot.messages import Text, help, program
from copilot.messages import mandate_compare as texts
from copilot.settings import Settings

if TYPE_CHECKING:
    from copilot.mandate_compare import Comparison, Past, PastChange, State
    from copilot.store import Store

NOW: Final = "."
"""What counts now, in the store."""
MOST_SHOWN: Final = 20
"""Past decisions on screen; the JSON has them all."""

OLD = typer.Argument(..., help=help.MANDATE_OLD.nl, metavar="OUD")
NEW = typer.Argument(..., help=help.MANDATE_OLD.nl, metavar="NIEUW")
LEDGER = typer.Option(False, "--ledger", help=help.MANDATE_LEDGER.nl)
LANGUAGE = typer.Option(None, "--language", help=help.ASK_LANGUAGE.nl, metavar="nl|en")


def compare(
    old: str = OLD,
    new: str = NEW,
    ledger: bool = LEDGER,
    on: str = ON,
    language: str = LANGUAGE,
    as_json: bool = AS_JSON,
) -> None:
    from copilot import app as assembly
    from copilot import mandate_compare

    settings = Settings.from_env()
    before, after = _state(settings, old), _state(settings, new)
    before, after = _of_one_entry(before, after, old, new)
    comparison = mandate_compare.compare(before, after, assembly.day(on))
    if ledger:
        comparison = mandate_compare.over_ledger(comparison, _given(settings), after)
    spoken = language_given(language) or after.organisation.language
    if as_json:
        print_json(_as_json(comparison, spoken, ledger))
    else:
        _show(comparison, after.organisation, spoken, ledger)


# ---------------------------------------------------------------------------------------------- two sides


def _state(settings: Settings, side: str) -> State:
    """A pack in a folder, one version of an entry, or what counts now. Raises UsageError for anything else."""
    from copilot import app as assembly
    from copilot.mandate_compare import State

    if side == NOW:
        organisation, entries, _ = assembly.library(settings)
        return State.of(organisation, entries)
    if Path(side).is_dir():
        organisation, entries, findings = assembly.library(settings, Path(side))
        show_findings([finding for finding in findings if finding.severity == "error"], settings.language)
        return State.of(organisation, entries)
    entry_id, has_version, number = side.rpartition("@")
    if not has_version or not number.isdecimal():
        raise UsageError(texts.NOT_A_SIDE, side=side)
    with assembly.open_store(settings) as store:
        return State.of(store.organisation(), [_version(store, entry_id, int(number))])


def _version(store: Store, entry_id: str, number: int) -> Mandate:
    from copilot.entryfile import read_entry
    from copilot.messages import mandate_commands

    version = store.version(entry_id, number)
    if version is None:
        raise UsageError(program.NO_VERSION, entry=entry_id, version=number)
    entry, _ = read_entry(version.text)
    if not isinstance(entry, Mandate):
        raise UsageError(mandate_commands.NO_MANDATE, entry=entry_id)
    return entry


def _of_one_entry(before: State, after: State, old: str, new: str) -> tuple[State, State]:
    """With one version of an entry on either side, everything else is left out of both."""
    from copilot.mandate_compare import State

    named = {side.rpartition("@")[0] for side in (old, new) if "@" in side and not Path(side).is_dir()}
    if not named:
        return before, after
    one, other = (
        State(state.organisation, {each: entry for each, entry in state.mandates.items() if each in named})
        for state in (before, after)
    )
    return one, other


def _given(settings: Settings) -> list[Past]:
    """The decisions in the ledger, oldest first."""
    from copilot import app as assembly
    from copilot.mandate_compare import Past

    with assembly.open_store(settings) as store:
        return [
            Past(each.suggestion.id, each.suggestion.question.on, each.suggestion.question.roles, decision)
            for each in reversed(store.questions())
            if (decision := each.suggestion.decision) and decision.outcome
        ]


# ------------------------------------------------------------------------------------------------- words


def _show(comparison: Comparison, organisation: Organisation, language: str, ledger: bool) -> None:
    for entry in comparison.added:
        print_line(texts.ADDED(language, title=entry.title, entry=entry.id))
    for entry in comparison.removed:
        print_line(texts.REMOVED(language, title=entry.title, entry=entry.id))
    shown = ""
    for change in comparison.changes:
        if change.entry != shown:
            print_line(f"{change.title} ({change.entry})")
            shown = change.entry
        titles = _titles(change.roles, organisation)
        print_line("- " + texts.CHANGE(language, roles=titles, region=change.region(language)))
        print_line("  " + texts.WAS(language, before=change.was(language), after=change.becomes(language)))
        print_line("  " + texts.EXAMPLE(language, example=change.example(language)))
    for each in comparison.reworded:
        titles = _titles(each.roles, organisation) or texts.EVERYBODY(language)
        print_line(f"{each.title} ({each.entry})")
        print_line("- " + texts.REWORDED(language, roles=titles, region=each.region(language)))
        print_line("  " + texts.WAS(language, before=each.was(language), after=each.becomes(language)))
    for entry_id, count in comparison.drawn:
        from copilot.mandate_cases import DRAWN

        print_line(texts.DRAWN(language, entry=entry_id, cells=count, drawn=DRAWN))
    if not (comparison.changes or comparison.reworded or comparison.added or comparison.removed):
        print_line(texts.NOTHING(language))
    if ledger:
        _show_past(comparison, language)


def _titles(roles: Sequence[str], organisation: Organisation) -> str:
    return ", ".join(role.title.lower() for role in organisation.roles if role.id in roles)


def _show_past(comparison: Comparison, language: str) -> None:
    if not comparison.past_count:
        print_line(texts.PAST_NONE(language))
        return
    print_line(texts.PAST(language, count=comparison.past_count, changed=len(comparison.past)))
    for each in comparison.past[:MOST_SHOWN]:
        print_line("- " + _past_line(each, language))
    if len(comparison.past) > MOST_SHOWN:
        print_line(texts.PAST_MORE(language, count=len(comparison.past) - MOST_SHOWN))


def _past_line(each: PastChange, language: str) -> str:
    from copilot.notation import day

    return texts.PAST_LINE(
        language,
        at=day(each.past.at, language),
        entry=each.past.decision.entry,
        case=each.case(language),
        before=each.was(language),
        after=each.becomes(language),
    )


def _as_json(comparison: Comparison, language: str, ledger: bool) -> dict[str, Any]:
    def said(text: Text) -> str:
        return text(language)

    rows: dict[str, Any] = {
        "changes": [
            {
                "entry": each.entry,
                "title": each.title,
                "roles": list(each.roles),
                "cases": said(each.region),
                "before": {"outcome": each.before.outcome.value, "approver": each.before.approver},
                "after": {"outcome": each.after.outcome.value, "approver": each.after.approver},
                "was": said(each.was),
                "becomes": said(each.becomes),
                "example": said(each.example),
            }
            for each in comparison.changes
        ],
        "reworded": [
            {
                "entry": each.entry,
                "title": each.title,
                "roles": list(each.roles),
                "cases": said(each.region),
                "was": said(each.was),
                "becomes": said(each.becomes),
            }
            for each in comparison.reworded
        ],
        "added": [entry.id for entry in comparison.added],
        "removed": [entry.id for entry in comparison.removed],
        "sampled": [entry for entry, _ in comparison.drawn],
    }
    if ledger:
        rows["decisions"] = comparison.past_count
        rows["decided_differently"] = [
            {
                "id": each.past.id,
                "on": each.past.at.isoformat(),
                "entry": each.past.decision.entry,
                "roles": list(each.past.roles),
                "case": said(each.case),
                "was": said(each.was),
                "becomes": said(each.becomes),
            }
            for each in comparison.past
        ]
    return rows
