"""What if: which cases come out differently between two states of the mandates, by role, with examples.

Both states are looked through whole, not by samples of questions; and over the ledger, which decisions that
were really given would have been others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from copilot import mandate
from copilot.authority import Table, Verdict, table_of
from copilot.domain import Decision, KnowledgeEntry, Mandate, Organisation, Outcome, Status, Why
from copilot.errors import CopilotError
from copilot.factvalues import fits, label, show_value
from copilot.mandate_cases import Place, Region, example_words, in_both, region_words
from copilot.mandate_overlap import says
from copilot.mandate_pair import Pair
from copilot.messages import Text
from copilot.messages import mandate_compare as texts
from copilot.partition import Cell
from copilot.rewording import Rewording, reworded

MOST_REGIONS: Final = 20
"""Blocks of changed cases that are told apart for one entry and role."""
_NOBODY: Final = Verdict(Outcome.DENIED, why=Why.NOT_VALID)


@dataclass(frozen=True, slots=True)
class State:
    """One state of the knowledge: now, a pack, or one version of an entry."""

    organisation: Organisation
    mandates: Mapping[str, Mandate]

    @classmethod
    def of(cls, organisation: Organisation, entries: Sequence[KnowledgeEntry]) -> State:
        return cls(organisation, {entry.id: entry for entry in entries if isinstance(entry, Mandate)})


@dataclass(frozen=True, slots=True)
class Change:
    """Cases of one mandate that come out differently for some roles."""

    entry: str
    title: str
    roles: tuple[str, ...]
    before: Verdict
    after: Verdict
    was: Text
    becomes: Text
    region: Text
    """The cases by their bounds: `bedrag € 50,01 tot en met € 75,00`."""
    example: Text


@dataclass(frozen=True, slots=True)
class Past:
    """A decision that was really given."""

    id: str
    at: date
    roles: tuple[str, ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class PastChange:
    """One that would have come out differently."""

    past: Past
    case: Text
    was: Text
    becomes: Text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is different for somebody."""

    changes: tuple[Change, ...]
    added: tuple[Mandate, ...] = ()
    removed: tuple[Mandate, ...] = ()
    reworded: tuple[Rewording, ...] = ()
    """Rows that decide the same and say it otherwise, of entries that both states have."""
    drawn: tuple[tuple[str, int], ...] = ()
    """Entries with more cases than were looked at, with how many."""
    past: tuple[PastChange, ...] = ()
    past_count: int = 0


def compare(old: State, new: State, on: date) -> Comparison:
    """The cases that change on that day. Roles are those of the new state that the old one knows too."""
    changes: list[Change] = []
    drawn: list[tuple[str, int]] = []
    otherwise: list[Rewording] = []
    for entry_id in sorted(old.mandates.keys() & new.mandates.keys()):
        sides = _Sides(old, new, entry_id, on)
        changes += sides.changes()
        otherwise += reworded(*sides.mandates, new.organisation)
        if sides.pair.cases.drawn:
            drawn.append((entry_id, sides.pair.cases.count))
    return Comparison(
        tuple(changes),
        added=tuple(new.mandates[each] for each in sorted(new.mandates.keys() - old.mandates.keys())),
        removed=tuple(old.mandates[each] for each in sorted(old.mandates.keys() - new.mandates.keys())),
        reworded=tuple(otherwise),
        drawn=tuple(drawn),
    )


def over_ledger(comparison: Comparison, given: Sequence[Past], new: State) -> Comparison:
    """The same comparison with the decisions that the new state would have given instead.

    Each is decided anew with the facts of then, as if the new rules had counted on that day. What was
    stopped by a period limit is left out: what had been given before it is not known any more.
    """
    replayed = [
        past for past in given if past.decision.why is not Why.PERIOD_LIMIT and past.decision.entry in new.mandates
    ]
    changed = tuple(change for past in replayed if (change := _replay(past, new)))
    return replace(comparison, past=changed, past_count=len(replayed))


# --------------------------------------------------------------------------------------- all cases at once


class _Sides:
    """One mandate in both states."""

    def __init__(self, old: State, new: State, entry_id: str, on: date) -> None:
        self.states = (old, new)
        self.mandates = (old.mandates[entry_id], new.mandates[entry_id])
        self.on = on
        self.pair = Pair(*self.mandates)

    def changes(self) -> Iterator[Change]:
        """The blocks of changed cases, those of several roles together where they are the same."""
        found: dict[tuple[object, ...], Change] = {}
        known = {role.id for role in self.states[0].organisation.roles}
        for role in self.states[1].organisation.roles:
            for change in self._changes_for(role.id) if role.id in known else ():
                same = (change.before.key, change.after.key, change.region)
                first = found.setdefault(same, change)
                if first is not change:
                    found[same] = replace(first, roles=(*first.roles, role.id))
        return iter(found.values())

    def _changes_for(self, role: str) -> Iterator[Change]:
        tables = self._table(0, role), self._table(1, role)

        def verdicts(cell: Cell) -> tuple[Verdict, Verdict]:
            before, after = self.pair.split(cell)
            return _verdict(tables[0], before), _verdict(tables[1], after)

        def differ(cell: Cell) -> bool:
            before, after = verdicts(cell)
            return before.key != after.key

        essence = self.pair.essence((tables[0] or self._empty(0), tables[1] or self._empty(1)))
        regions: list[Region] = []
        while len(regions) < MOST_REGIONS and (place := self.pair.cases.find(essence, differ, regions)) is not None:
            before, after = verdicts(self.pair.cases.cell(place))

            def alike(cell: Cell, keys: object = (before.key, after.key)) -> bool:
                return tuple(each.key for each in verdicts(cell)) == keys

            regions.append(self.pair.cases.around(place, alike))
            yield self._change(role, before, after, place, regions[-1])

    def _change(self, role: str, before: Verdict, after: Verdict, place: Place, region: Region) -> Change:
        organisation = self.states[1].organisation
        return Change(
            entry=self.mandates[1].id,
            title=self.mandates[1].title,
            roles=(role,),
            before=before,
            after=after,
            was=_says(before, self.states[0].organisation),
            becomes=_says(after, organisation),
            region=region_words(self.pair.cases, region, organisation),
            example=example_words(self.pair.cases, place, role, self.on, organisation),
        )

    def _table(self, side: int, role: str) -> Table | None:
        """How the role meets the mandate; None where it does not count for him that day."""
        entry, organisation = self.mandates[side], self.states[side].organisation
        counts = entry.status is Status.PUBLISHED and entry.valid_on(self.on)
        if not counts or not entry.visible_to(organisation.covered_by([role])):
            return None
        return table_of(entry, organisation, [role])

    def _empty(self, side: int) -> Table:
        return Table(self.mandates[side], never=0, mine=0, above={}, mine_over_limit=0, bound=frozenset())


def _verdict(table: Table | None, cell: Cell) -> Verdict:
    return table.verdict(cell) if table else _NOBODY


def _says(verdict: Verdict, organisation: Organisation) -> Text:
    return texts.NOT_COUNTING if verdict.why is Why.NOT_VALID else says(verdict, organisation)


# ------------------------------------------------------------------------------------------- the ledger


def _replay(past: Past, new: State) -> PastChange | None:
    entry = replace(new.mandates[past.decision.entry], valid_from=None, valid_until=None, status=Status.PUBLISHED)
    known = {fact.name: past.decision.facts[fact.name] for fact in entry.facts if _still_fits(entry, fact.name, past)}
    try:
        decision = mandate.decide(entry, new.organisation, past.roles, past.at, known)
    except CopilotError as fault:
        becomes = texts.CANNOT.about(why=fault.message.about(**fault.values))
        return PastChange(past, _case(past, entry, new.organisation), _said(past.decision, new), becomes)
    if (decision.outcome, decision.approver) == (past.decision.outcome, past.decision.approver):
        return None
    return PastChange(past, _case(past, entry, new.organisation), _said(past.decision, new), _said(decision, new))


def _still_fits(entry: Mandate, name: str, past: Past) -> bool:
    fact = entry.fact(name)
    return fact is not None and name in past.decision.facts and fits(fact, past.decision.facts[name])


def _said(decision: Decision, new: State) -> Text:
    if decision.outcome is None:
        entry = new.mandates[decision.entry]
        asked = entry.fact(decision.missing[0]) if decision.missing else None
        return texts.NEEDS.about(fact=label(asked) if asked else "?")
    return _says(Verdict(decision.outcome, decision.approver, decision.why), new.organisation)


def _case(past: Past, entry: Mandate, organisation: Organisation) -> Text:
    """Who and what it was about: `medewerker, bedrag: € 60,00`."""

    def said(language: str) -> str:
        titles = [role.title.lower() for role in organisation.roles if role.id in past.roles]
        facts = [
            f"{label(fact)}: {show_value(fact, past.decision.facts[fact.name], language, organisation.currency)}"
            for fact in entry.facts
            if _still_fits(entry, fact.name, past)
        ]
        return ", ".join([*titles, *facts])

    return in_both(said)
