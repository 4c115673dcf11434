"""How fast mandates decide and are checked: prints the numbers that the project promises.

Run: .venv/bin/python tests/bench/bench_mandate.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from random import Random

from copilot import mandate, mandate_check
from copilot.domain import Between, Fact, FactType, FactValue, Mandate, OneOf, Organisation, Role, Rule

DAY = date(2026, 11, 22)
ROLES = (Role("m", "M"), Role("t", "T", ("m",)), Role("v", "V", ("t",)), Role("d", "D", ("v",)))
ORGANISATION = Organisation(id="o", name="O", roles=ROLES)
FACTS = (
    Fact("bedrag", FactType.MONEY, "?"),
    Fact("dagen", FactType.DAYS, "?"),
    Fact("nieuw", FactType.YESNO, "?"),
    Fact("soort", FactType.CHOICE, "?", values=dict.fromkeys("abcd", ())),
    Fact("korting", FactType.PERCENT, "?"),
    Fact("aantal", FactType.NUMBER, "?"),
)
KNOWN: dict[str, FactValue] = {
    "bedrag": Decimal(40),
    "dagen": Decimal(3),
    "nieuw": True,
    "soort": "a",
    "korting": Decimal(10),
    "aantal": Decimal(2),
}


def entry(number: int, rules: int, facts: int, random: Random) -> Mandate:
    """A mandate with random rules on up to three of its facts each."""
    chosen = FACTS[:facts]
    rows = []
    for place in range(rules):
        on = random.sample(chosen, random.randint(1, min(3, facts)))
        when = {fact.name: _condition(fact.type, random) for fact in on}
        row = Rule(roles=(random.choice("mtvd"),), when=when, may=f"Geef {place}.")
        rows.append(row if random.random() < 0.95 else Rule(when=when, never=True, because="Nee."))
    return Mandate(id=f"e{number}", title="T", action=f"e{number}", facts=chosen, rules=tuple(rows))


def _condition(kind: FactType, random: Random) -> Between | OneOf:
    if kind is FactType.YESNO:
        return OneOf((random.random() < 0.5,))
    if kind is FactType.CHOICE:
        return OneOf(tuple(random.sample("abcd", 2)))
    high = {FactType.MONEY: 500, FactType.DAYS: 90, FactType.PERCENT: 100, FactType.NUMBER: 9}[kind]
    return Between(high=Decimal(random.randint(1, high)))


def milliseconds(call: Callable[[], object], times: int) -> tuple[float, float]:
    """The median and the slowest of so many calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)[times // 2], max(taken)


def deciding(random: Random) -> bool:
    """Prints how fast decisions are; whether all are fast enough."""
    tables = [entry(number, 50, 6, random) for number in range(20)]
    enough = True
    for unknown, most in ((0, 1.0), (1, None), (4, 20.0), (6, None)):
        known = dict(list(KNOWN.items())[unknown:])
        taken = [milliseconds(partial(mandate.decide, each, ORGANISATION, ["m"], DAY, known), 9) for each in tables]
        median = sorted(each for each, _ in taken)[len(taken) // 2]
        slowest = max(each for _, each in taken)
        enough &= most is None or median <= most
        limit = f" (at most {most:g} ms)" if most else ""
        print(f"decide, 50 rules, 6 facts, {unknown} unknown: median {median:.2f} ms, slowest {slowest:.1f} ms{limit}")
    return enough


def checking(random: Random) -> bool:
    """Prints how long the full check takes of packs of 3,000 rules; whether it is fast enough."""
    enough = True
    for entries, rules, facts, most in ((100, 30, 4, 1000.0), (60, 50, 3, 1000.0), (300, 10, 4, 1000.0)):
        pack = [entry(number, rules, facts, random) for number in range(entries)]
        median, _ = milliseconds(partial(mandate_check.check, pack, ORGANISATION, DAY), 3)
        enough &= median <= most
        print(f"full check, {entries} mandates of {rules} rules, {facts} facts: {median:.0f} ms (at most {most:g} ms)")
    return enough


def main() -> int:
    random = Random(20261122)
    return 0 if deciding(random) and checking(random) else 1


if __name__ == "__main__":
    sys.exit(main())
