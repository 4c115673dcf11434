"""A mandate as one asker meets it: which rules count for him, and for each role above him.

Rules are looked at as bits: bit n of a number stands for rule n of the file, counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from copilot.domain import FactValue, Mandate, Organisation, Outcome, Rule, Why
from copilot.partition import Cell


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one fully known case comes to."""

    outcome: Outcome
    approver: str | None = None
    why: Why = Why.RULE

    @property
    def key(self) -> tuple[Outcome, str | None]:
        """Cases with equal keys come to the same for the colleague: the outcome, and whom to ask."""
        return self.outcome, self.approver


@dataclass(frozen=True, slots=True)
class Table:
    """A mandate as one asker meets it: which rules count for him, and for each role above him."""

    mandate: Mandate
    never: int
    mine: int
    """`may` rules for a role that one of the asker's roles covers."""
    above: Mapping[str, int]
    """The roles that may be asked, nearest first, each with the `may` rules that it covers."""
    mine_over_limit: int
    """Those of `mine` that the asker has through a role that the period limit does not bind."""
    bound: frozenset[str]
    """The roles that the period limit binds."""

    def verdict(self, cell: Cell) -> Verdict:
        """The contract's steps 2 to 5 and 8 for one case."""
        if cell.rules & self.never:
            return Verdict(Outcome.DENIED, why=Why.NEVER)
        if cell.rules & (self.mine_over_limit if cell.over_limit else self.mine):
            return Verdict(Outcome.ALLOWED)
        why = Why.PERIOD_LIMIT if cell.rules & self.mine else Why.ABOVE_LIMIT
        for role, rules in self.above.items():
            if cell.rules & rules and not (cell.over_limit and role in self.bound):
                return Verdict(Outcome.APPROVAL, role, why)
        return Verdict(Outcome.DENIED, why=Why.PERIOD_LIMIT if why is Why.PERIOD_LIMIT else Why.NOT_COVERED)

    def essence(self, cell: Cell, settled: int, *, limit_open: bool = False) -> Cell:
        """The cell without the rules that can no longer change its verdict, so that many cells become one.

        `settled` are the rules on which no further fact has a say. With `limit_open` the period limit may
        still be passed by a further fact.
        """
        certain = cell.rules & settled
        if certain & self.never:
            return Cell(_lowest(certain & self.never), cell.over_limit)
        free_only = limit_open or cell.over_limit
        if mine := certain & (self.mine_over_limit if free_only else self.mine):
            return Cell(cell.rules & self.never | _lowest(mine), cell.over_limit)
        kept = self.never | self.mine
        for role, rules in self.above.items():
            if certain & rules and not (free_only and role in self.bound):
                return Cell(cell.rules & kept | _lowest(certain & rules), cell.over_limit)
            kept |= rules
        return Cell(cell.rules & kept, cell.over_limit)

    def granting(self, verdict: Verdict, over_limit: bool) -> int:
        """The rules that carry the verdict: the asker's own, the approver's, or those that forbid."""
        if verdict.outcome is Outcome.ALLOWED:
            return self.mine_over_limit if over_limit else self.mine
        return self.never if verdict.why is Why.NEVER else self.above.get(verdict.approver or "", 0)


@dataclass(frozen=True, slots=True)
class Case:
    """One asker's case under a mandate, with all that its explanation needs."""

    table: Table
    organisation: Organisation
    known: Mapping[str, FactValue]
    spent: Decimal
    language: str

    @property
    def room_left(self) -> Decimal | None:
        """What the period limit still allows; None where there is no limit."""
        limit = self.table.mandate.period_limit
        return limit.max - self.spent if limit else None


def table_of(mandate: Mandate, organisation: Organisation, roles: Sequence[str]) -> Table:
    """The rules as these roles meet them. Whom they ask is the contract's step 4: the nearest above their own
    roles, then the nearest above any role that they cover.
    """
    covered = organisation.covered_by(roles)
    above: dict[str, int] = {}
    for below in (list(roles), sorted(covered)):
        for role in organisation.steps_above(below):
            above.setdefault(role, _rules_of(mandate.rules, organisation.covered_by([role])))
    limit = mandate.period_limit
    bound = frozenset(limit.roles or (role.id for role in organisation.roles)) if limit else frozenset()
    free = [role for role in roles if role not in bound]
    return Table(
        mandate=mandate,
        never=_bits(rule.never for rule in mandate.rules),
        mine=_rules_of(mandate.rules, covered),
        above=above,
        mine_over_limit=_rules_of(mandate.rules, organisation.covered_by(free)),
        bound=bound,
    )


def _rules_of(rules: Sequence[Rule], covered: frozenset[str]) -> int:
    return _bits(not rule.never and not covered.isdisjoint(rule.roles) for rule in rules)


def _bits(each: Iterable[bool]) -> int:
    return sum(1 << place for place, is_set in enumerate(each) if is_set)


def _lowest(bits: int) -> int:
    return bits & -bits
