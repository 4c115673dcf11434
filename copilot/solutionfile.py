"""The part of an entry that only a solution has: the customer, the cue and the steps."""

from __future__ import annotations

from typing import Any, Final

from copilot.domain import Customer, Handover, Step
from copilot.fields import Section, keys
from copilot.messages import format as texts

_CUSTOMER: Final = keys("wants worries delight")
_STEP: Final = keys("do mandate handover")
_HANDOVER: Final = keys("to within tell")


def read_solution(section: Section) -> dict[str, Any]:
    """The fields of a Solution; what is wrong goes to the section's report."""
    section.require("steps")
    rows = section.sections("steps", _STEP)
    if section.is_empty_list("steps"):
        section.refuse("steps", texts.EMPTY_LIST, "missing", name="steps")
    return {
        "customer": _customer(section.section("customer", _CUSTOMER)),
        "say": section.text("say"),
        "steps": tuple(_step(row) for row in rows),
        "next": section.texts("next"),
    }


def _customer(row: Section | None) -> Customer:
    if row is None:
        return Customer()
    return Customer(row.text("wants"), row.text("worries"), row.text("delight"))


def _step(row: Section) -> Step:
    row.require("do")
    handover = row.section("handover", _HANDOVER)
    return Step(row.text("do") or "", row.text("mandate"), _handover(handover) if handover else None)


def _handover(row: Section) -> Handover:
    row.require("to")
    return Handover(row.text("to") or "", row.text("within"), row.texts("tell"))
