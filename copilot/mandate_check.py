"""Everything that can be wrong with mandates, looked at exhaustively (knowledge-format, "What is checked…").

Each finding names a case as an example. Contradictions between entries are errors, the rest are warnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from copilot import conditions, formula, mandate_overlap, prose_check
from copilot.domain import Between, Condition, FactType, KnowledgeEntry, Mandate, Organisation, Rule, Status
from copilot.errors import Finding
from copilot.factvalues import show_range
from copilot.mandate_cases import DRAWN, Cases, Place, Region, example_words, in_both, only, region_words
from copilot.messages import Text
from copilot.messages import mandate_findings as texts
from copilot.messages.mandate import AND
from copilot.notation import money
from copilot.partition import Cell, Column, narrowed
from copilot.reasons import Style, condition_words

FAR: Final = Decimal(10_000)
"""Above the last threshold of a fact: far enough to see where a formula goes."""
MOST_CORNERS: Final = 1_000
MOST_GAPS: Final = 5
"""Gaps named of one entry: who mends these sees the rest at the next save."""


def check(entries: Sequence[KnowledgeEntry], organisation: Organisation, on: date) -> list[Finding]:
    """What is wrong or worth a look in the mandates that count on that day or will.

    Entries refer to each other by id; findings name the entry and the field, not the file.
    """
    mandates = [
        entry
        for entry in entries
        if isinstance(entry, Mandate) and entry.status is Status.PUBLISHED and on <= (entry.valid_until or date.max)
    ]
    found: list[Finding] = []
    for mandate in mandates:
        found += _desk(mandate, organisation, max(on, mandate.valid_from or on)).findings()
    found += mandate_overlap.check(mandates, organisation, on)
    found += prose_check.check(entries, organisation, on)
    return found


@dataclass(frozen=True, slots=True)
class _Desk:
    """One mandate on the desk of whoever checks it."""

    mandate: Mandate
    organisation: Organisation
    day: date
    cases: Cases
    never: int
    may: int
    may_over_limit: int
    """The `may` rules of whoever the period limit does not bind."""

    def findings(self) -> Iterator[Finding]:
        yield from self._rules_that_never_match()
        yield from self._never_over_may()
        yield from self._gaps()
        yield from self._higher_limits()
        yield from self._higher_bound()
        yield from self._amounts()
        if self.cases.drawn:
            yield self._finding(texts.DRAWN, "", "drawn", cells=self.cases.count, drawn=DRAWN)

    # ------------------------------------------------------------------------------------------- rules

    def _rules_that_never_match(self) -> Iterator[Finding]:
        possible = self.cases.grid.sometimes()
        for place, rule in enumerate(self.mandate.rules):
            bit = 1 << place
            before = self.never & (bit - 1 if rule.never else -1)
            if not possible & bit:
                yield self._impossible(place, rule)
            elif before and self._is_overruled(bit, before):
                yield self._overruled(place, rule, before)

    def _is_overruled(self, bit: int, by: int) -> bool:
        """Whether in every case in which a rule matches, one of the others does too."""
        first = self.cases.matching(bit)
        if first is None or not self.cases.cell(first).rules & by:
            return False
        return self.cases.grid.where(bit).is_covered_by(by)

    def _impossible(self, place: int, rule: Rule) -> Finding:
        style = {language: Style(language, self.organisation) for language in ("nl", "en")}
        blamed = [
            column.fact
            for column in self.cases.columns
            if not any(part.rules >> place & 1 for part in column.parts) and column.fact.name in rule.when
        ]
        fact = blamed[0]
        condition = in_both(lambda language: condition_words(fact, rule.when[fact.name], style[language]))
        values = {"condition": condition, "example": self._words(None, self._role_of(rule))}
        return self._finding(texts.NEVER_MATCHES, f"rules[{place + 1}].when.{fact.name}", "never_matches", **values)

    def _overruled(self, place: int, rule: Rule, before: int) -> Finding:
        bit = 1 << place
        message = texts.NEVER_FIRST if rule.never else texts.ALWAYS_FORBIDDEN
        rules = _rule_names(self.cases.grid.where(bit).sometimes() & before)
        example = self._example(bit, self._role_of(rule))
        return self._finding(message, f"rules[{place + 1}]", "never_matches", rules=rules, example=example)

    def _never_over_may(self) -> Iterator[Finding]:
        for place, rule in enumerate(self.mandate.rules):
            bit = 1 << place
            both = self.cases.grid.where(bit).sometimes() & ~self.never if rule.never else 0
            if both:
                lowest = both & -both
                role = self._role_of(self.mandate.rules[lowest.bit_length() - 1])
                values = {"rules": _rule_names(both), "example": self._example(bit | lowest, role)}
                yield self._finding(texts.NEVER_AND_MAY, f"rules[{place + 1}]", "never_and_may", **values)

    # -------------------------------------------------------------------------------------------- gaps

    def _gaps(self) -> Iterator[Finding]:
        regions: list[Region] = []
        while len(regions) < MOST_GAPS and (place := self._gap(regions)) is not None:
            region = self.cases.around(place, self._is_gap)
            regions.append(region)
            yield self._finding(
                texts.GAP,
                "rules",
                "gap",
                region=region_words(self.cases, region, self.organisation),
                example=example_words(self.cases, place, self._lowest_role(), self.day, self.organisation),
            )

    def _gap(self, regions: Sequence[Region]) -> Place | None:
        def essence(cell: Cell, settled: int, limit_open: bool) -> Cell | None:
            may = self.may_over_limit if limit_open or cell.over_limit else self.may
            return None if cell.rules & settled & (self.never | may) else cell

        return self.cases.find(essence, self._is_gap, regions)

    def _is_gap(self, cell: Cell) -> bool:
        return not cell.rules & (self.never | (self.may_over_limit if cell.over_limit else self.may))

    # ------------------------------------------------------------------------------- a higher role, less

    def _higher_limits(self) -> Iterator[Finding]:
        """Rules that only differ in how far one fact may go, where the higher role's goes less far."""
        ladders: dict[object, list[tuple[int, str]]] = defaultdict(list)
        for place, rule in enumerate(self.mandate.rules):
            for name, condition in () if rule.never else rule.when.items():
                if isinstance(condition, Between) and condition.high is not None:
                    others = frozenset(each for each in rule.when.items() if each[0] != name)
                    ladders[name, others, condition.low, condition.with_low].append((place, name))
        for ladder in ladders.values():
            yield from self._ladder(ladder)

    def _ladder(self, ladder: Sequence[tuple[int, str]]) -> Iterator[Finding]:
        best: dict[str, tuple[int, str]] = {}
        for step in sorted(ladder, key=self._reach):
            best |= dict.fromkeys(self.mandate.rules[step[0]].roles, step)
        for higher, step in best.items():
            below = [role for role in self.organisation.covered_by([higher]) - {higher} if role in best]
            farther = [role for role in below if self._reach(best[role]) > self._reach(step)]
            if farther:
                lower = max(sorted(farther), key=lambda role: self._reach(best[role]))
                yield self._less(step[1], step[0], higher, lower, best[lower][0])

    def _reach(self, step: tuple[int, str]) -> tuple[Decimal, bool]:
        place, name = step
        condition = self.mandate.rules[place].when[name]
        assert isinstance(condition, Between)
        return (condition.high if condition.high is not None else Decimal("Infinity")), condition.with_high

    def _less(self, name: str, rule: int, higher: str, lower: str, other: int) -> Finding:
        rules = self.mandate.rules
        wanted = 1 << other
        place = self.cases.find(only(wanted | 1 << rule), lambda cell: cell.rules == wanted)
        return self._finding(
            texts.HIGHER_MAY_LESS,
            f"rules[{rule + 1}].when.{name}",
            "higher_may_less",
            higher=self._title(higher),
            lower=self._title(lower),
            high=self._range(name, rules[rule].when[name]),
            low=self._range(name, rules[other].when.get(name, Between())),
            rule=other + 1,
            example=self._words(place, higher),
        )

    def _higher_bound(self) -> Iterator[Finding]:
        limit = self.mandate.period_limit
        for higher in limit.roles if limit else ():
            free = self.organisation.covered_by([higher]) - {higher, *limit.roles} if limit else frozenset()
            lower = next((role.id for role in self.organisation.roles if role.id in free and self._has(role.id)), None)
            example = self._over_limit()
            if limit and lower and example is not None:
                yield self._finding(
                    texts.HIGHER_BOUND,
                    "period_limit.roles",
                    "higher_may_less",
                    higher=self._title(higher),
                    lower=self._title(lower),
                    example=example_words(self.cases, example, higher, self.day, self.organisation),
                )

    def _over_limit(self) -> Place | None:
        """A case over the limit for which there is a rule all the same."""
        mays = (1 << place for place, rule in enumerate(self.mandate.rules) if not rule.never)
        found = (self.cases.find(only(bit), lambda cell: cell.over_limit and cell.rules) for bit in mays)
        return next((place for place in found if place is not None), None)

    def _has(self, role: str) -> bool:
        covered = self.organisation.covered_by([role])
        return any(not covered.isdisjoint(rule.roles) for rule in self.mandate.rules)

    # ----------------------------------------------------------------------------------------- amounts

    def _amounts(self) -> Iterator[Finding]:
        for place, rule in enumerate(self.mandate.rules):
            if rule.amount:
                yield from self._amount(place, rule)

    def _amount(self, place: int, rule: Rule) -> Iterator[Finding]:
        """Looked at in the corners of the region in which the rule matches, where a formula goes astray first."""
        parsed = formula.parse(rule.amount or "", [fact.name for fact in self.mandate.facts])
        percents = {fact.name for fact in self.mandate.facts if fact.type is FactType.PERCENT}
        for case in self._corners(place, sorted(parsed.facts)):
            values = {"amount": rule.amount, "example": self._corner_words(case, rule)}
            try:
                outcome = formula.evaluate(parsed, case, percents)
            except formula.NoAmount:
                yield self._finding(texts.DIVIDES_BY_ZERO, f"rules[{place + 1}].amount", "amount_by_zero", **values)
                return
            if outcome < 0:
                values["outcome"] = self._money(outcome)
                yield self._finding(texts.BELOW_ZERO, f"rules[{place + 1}].amount", "amount_below_zero", **values)
                return

    def _corners(self, place: int, names: Sequence[str]) -> Iterator[dict[str, Decimal]]:
        cases: list[dict[str, Decimal]] = [{}]
        for column in self.cases.columns:
            if column.fact.name in names:
                values = sorted(_corner_values(column, place))
                cases = [{**case, column.fact.name: value} for case in cases[:MOST_CORNERS] for value in values]
        return iter(cases[:MOST_CORNERS])

    def _corner_words(self, case: Mapping[str, Decimal], rule: Rule) -> Text:
        facts = [column.fact for column in self.cases.columns if column.fact.name in case]

        def said(language: str) -> str:
            style = Style(language, self.organisation)
            exact = (condition_words(fact, Between(case[fact.name], case[fact.name]), style) for fact in facts)
            return ", ".join([style.role(self._role_of(rule)), *exact])

        return in_both(said)

    # ------------------------------------------------------------------------------------------- words

    def _example(self, rules: int, role: str | None) -> Text:
        return self._words(self.cases.matching(rules), role)

    def _words(self, place: Place | None, role: str | None) -> Text:
        place = place or (0,) * len(self.cases.columns)
        return example_words(self.cases, place, role, self.day, self.organisation)

    def _role_of(self, rule: Rule) -> str | None:
        return rule.roles[0] if rule.roles else self._lowest_role()

    def _lowest_role(self) -> str | None:
        named = {role for rule in self.mandate.rules for role in rule.roles}
        known = [role.id for role in self.organisation.roles]
        return next((role for role in known if role in named), known[0] if known else None)

    def _title(self, role: str) -> str:
        return Style("nl", self.organisation).role(role)

    def _range(self, name: str, condition: Condition) -> Text:
        fact = self.mandate.fact(name)
        assert fact is not None
        assert isinstance(condition, Between)
        return in_both(lambda language: show_range(fact, condition, language, self.organisation.currency))

    def _money(self, amount: Decimal) -> Text:
        return in_both(lambda language: money(amount, language, self.organisation.currency))

    def _finding(self, message: Text, field: str, code: str, **values: object) -> Finding:
        return Finding(message, values, severity="warning", field=field, entry=self.mandate.id, code=code)


def _desk(mandate: Mandate, organisation: Organisation, day: date) -> _Desk:
    everyone = [role.id for role in organisation.roles]
    limit = mandate.period_limit
    bound = (limit.roles or everyone) if limit else ()
    never = sum(1 << place for place, rule in enumerate(mandate.rules) if rule.never)
    free = _held_by(mandate, organisation, [role for role in everyone if role not in bound])
    return _Desk(mandate, organisation, day, Cases(mandate), never, _held_by(mandate, organisation, everyone), free)


def _held_by(mandate: Mandate, organisation: Organisation, roles: Sequence[str]) -> int:
    covered = organisation.covered_by(roles)
    rules = enumerate(mandate.rules)
    return sum(1 << place for place, rule in rules if not rule.never and not covered.isdisjoint(rule.roles))


def _rule_names(bits: int) -> Text:
    """`regel 1 en regel 3`."""
    numbers = [place + 1 for place in range(bits.bit_length()) if bits >> place & 1]

    def said(language: str) -> str:
        return AND(language).join(texts.RULE(language, number=number) for number in numbers)

    return in_both(said)


def _corner_values(column: Column, place: int) -> set[Decimal]:
    """The least, the greatest and a large value of a fact for which a rule can match."""
    found = set()
    for part in column.parts:
        if part.rules >> place & 1 and isinstance(part.value, Between):
            exact = narrowed(part.value, column.step)
            ends = {end for end in (exact.low, exact.high) if end is not None}
            far = (
                {(exact.low or Decimal(0)) + FAR}
                if exact.high is None and column.fact.type is not FactType.PERCENT
                else set()
            )
            found |= {end for end in ends | far if conditions.holds(part.value, end)}
    return found
