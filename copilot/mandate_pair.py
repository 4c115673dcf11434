"""Two mandates laid side by side as one table, so that every case can be asked of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Final

from copilot.authority import Table
from copilot.domain import Between, Fact, FactType, Mandate, Rule
from copilot.mandate_cases import Cases, Essence
from copilot.partition import Cell


@dataclass(frozen=True)
class Pair:
    """Two mandates as one table: the rules of the first, then those of the second, then their period limits."""

    first: Mandate
    second: Mandate

    @cached_property
    def cases(self) -> Cases:
        rules = (*self.first.rules, *self.second.rules, _limit_rule(self.first), _limit_rule(self.second))
        facts = _common_facts(self.first, self.second)
        return Cases(replace(self.first, facts=facts, rules=rules, period_limit=None))

    @property
    def _counts(self) -> tuple[int, int]:
        return len(self.first.rules), len(self.second.rules)

    @property
    def both_decide(self) -> bool:
        """Whether there is a case on which each has a rule; mandates that share no case divide the work."""
        ours, theirs = self._counts
        rules = range(ours), range(ours, ours + theirs)
        return any(self.cases.matching(1 << one | 1 << other) is not None for one in rules[0] for other in rules[1])

    def split(self, cell: Cell) -> tuple[Cell, Cell]:
        """The case as each of the two sees it."""
        ours, theirs = self._counts
        over = cell.rules >> ours + theirs
        rules = cell.rules & (1 << ours) - 1, cell.rules >> ours & (1 << theirs) - 1
        return Cell(rules[0], bool(over & 1)), Cell(rules[1], bool(over & 2))

    def essence(self, tables: tuple[Table, Table]) -> Essence:
        """What both tables together still need to know of a case."""
        ours, theirs = self._counts
        limits = ours + theirs

        def kept(cell: Cell, settled: int, limit_open: bool) -> Cell:
            first, second = self.split(cell)
            open_limits = ~settled >> limits
            one = tables[0].essence(first, settled & (1 << ours) - 1, limit_open=bool(open_limits & 1))
            other = tables[1].essence(second, settled >> ours & (1 << theirs) - 1, limit_open=bool(open_limits & 2))
            return Cell(one.rules | other.rules << ours | cell.rules >> limits << limits, False)

        return kept


def _limit_rule(mandate: Mandate) -> Rule:
    """A rule that matches where the period limit is passed at once; one that never does where there is none."""
    limit = mandate.period_limit
    if limit is None:
        return _NOWHERE
    return Rule(when={limit.fact: Between(low=limit.max, with_low=False)})


_NO_FACT: Final = Fact("\0", FactType.MONEY, "")
_NOWHERE: Final = Rule(when={_NO_FACT.name: Between(high=Decimal(0), with_high=False)})


def _common_facts(first: Mandate, second: Mandate) -> tuple[Fact, ...]:
    """The facts of both, by name; of a choice only the values that both know, for others one of them cannot decide."""
    facts: dict[str, Fact] = {fact.name: fact for fact in first.facts}
    for fact in second.facts:
        known = facts.get(fact.name)
        if known and known.type is FactType.CHOICE and fact.type is FactType.CHOICE:
            shared = {value: words for value, words in known.values.items() if value in fact.values}
            facts[fact.name] = replace(known, values=shared)
        elif known is None:
            facts[fact.name] = fact
    return (*facts.values(), _NO_FACT)
