"""The engine against brute force: not one difference over thousands of random tables.

The normal run tries a fixed 2,000; with HELEKLANT_ALL_TABLES=1 (as `make bench` does) all 10,000.
"""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from copilot import mandate
from copilot.domain import Granted
from tests import reference_engine
from tests.tables import ON, Table, tables

TABLES = 10_000 if os.environ.get("HELEKLANT_ALL_TABLES") else 2_000


@settings(
    max_examples=TABLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(tables())
def test_the_engine_decides_as_the_contract_says(table: Table) -> None:
    granted = [Granted(table.spent, ON)] if table.spent else []
    decision = mandate.decide(table.mandate, table.organisation, table.roles, table.on, table.known, granted=granted)
    expected = reference_engine.decide(
        table.mandate, table.organisation, table.roles, table.on, table.known, table.spent
    )
    outcome = decision.outcome.value if decision.outcome else None
    assert (outcome, decision.approver) == (expected.outcome, expected.approver)
    if expected.outcome is None:
        assert decision.asking is not None
        assert decision.asking.fact in expected.asks
        assert decision.missing[0] == decision.asking.fact
        return
    assert decision.asking is None
    assert decision.because
    if all(isinstance(table.known.get(fact.name), Decimal | bool | str) for fact in table.mandate.facts):
        assert decision.rule == expected.rule
    assert len(decision.options) == len(set(decision.options))
    if expected.outcome != "denied":
        plain = {text for text, amount in expected.certain if amount is None}
        assert {option for option in decision.options if "Het is" not in option} == plain
        rest = {text for text, amount in expected.possible if amount is None} - plain
        assert {each.option for each in decision.depending if "Het is" not in each.option} == rest
