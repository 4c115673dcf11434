"""What an option says: its text, with the amount worked out for the case, or how it is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from copilot import formula, notation
from copilot.authority import Case
from copilot.domain import Fact, FactType, Rule
from copilot.formula_words import formula_words
from copilot.messages import mandate as texts


def option_text(rule: Rule, case: Case) -> str:
    """The text of a rule with its amount worked out, or with how that is done while a fact is open."""
    text = rule.may or ""
    if rule.amount is None:
        return text
    amount = amount_of(rule, case)
    if amount is not None:
        shown = notation.money(amount, case.language, case.organisation.currency)
    elif open_facts(rule, case):
        shown = formula_words(rule.amount, case.table.mandate, case.language, case.organisation.currency)
    else:
        shown = texts.NOT_TO_BE_WORKED_OUT(case.language)
    return text.replace("{amount}", shown)


def amount_of(rule: Rule, case: Case) -> Decimal | None:
    """In cents, half to even; None where a fact is missing or the formula divides by zero."""
    if rule.amount is None or open_facts(rule, case):
        return None
    mandate = case.table.mandate
    names = [fact.name for fact in mandate.facts]
    percents = {fact.name for fact in mandate.facts if fact.type is FactType.PERCENT}
    values = {name: value for name, value in case.known.items() if isinstance(value, Decimal)}
    try:
        return formula.evaluate(formula.parse(rule.amount, names), values, percents)
    except formula.NoAmount:
        return None


def open_facts(rule: Rule, case: Case) -> tuple[Fact, ...]:
    """The facts of an amount that are not known exactly, in the order of the entry."""
    mandate = case.table.mandate
    used = formula.parse(rule.amount or "0", [fact.name for fact in mandate.facts]).facts
    return tuple(
        fact for fact in mandate.facts if fact.name in used and not isinstance(case.known.get(fact.name), Decimal)
    )


def needed_for_amount(case: Case, certain: Sequence[Rule]) -> Fact | None:
    """The contract's step 7: what the amount of a certain option still needs.

    A fact that the rules asked for and that was answered with a range is not asked a second time: it is no fact
    "that only an amount needs", and the option says how to work the amount out.
    """
    answered = {name for rule in case.table.mandate.rules for name in rule.when if name in case.known}
    open_amounts = (fact for rule in certain if rule.amount for fact in open_facts(rule, case))
    return next((fact for fact in open_amounts if fact.name not in answered), None)
