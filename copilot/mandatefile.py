"""The part of an entry that only a mandate has: its facts, rules and period limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from copilot import conditions, formula
from copilot.domain import Condition, Fact, FactType, PeriodLimit, Rule
from copilot.fields import Section, keys, shown
from copilot.messages import format as texts
from copilot.spelling import listed, nearest

DUTCH_TYPES: Final = {
    "geld": FactType.MONEY,
    "getal": FactType.NUMBER,
    "procent": FactType.PERCENT,
    "dagen": FactType.DAYS,
    "janee": FactType.YESNO,
    "keuze": FactType.CHOICE,
}
PERS: Final = ("customer", "case")
AMOUNT_PLACE: Final = "{amount}"

Facts = Mapping[str, Fact | None]

_TYPES: Final = {
    **{each.value: each.value for each in FactType},
    **{nl: each.value for nl, each in DUTCH_TYPES.items()},
}
_FACT: Final = keys("type ask yes no values")
_RULE: Final = keys("roles when may never because instead amount")
_LIMIT: Final = keys("fact max per days roles")
_NAME: Final = re.compile(r"[^\W\d_][\w -]{0,79}")
_PLACE: Final = re.compile(r"\{[^{}\n]{1,40}\}")
_LONGEST_VALUE: Final = 200
_UNKNOWN_VALUE: Final = (texts.CONDITION_VALUE, texts.CONDITION_VALUE_NEAR)


def read_mandate(section: Section, entry_id: str) -> dict[str, Any]:
    """The fields of a Mandate; what is wrong goes to the section's report."""
    section.require("rules")
    facts = _facts(section)
    return {
        "action": section.text("action") or entry_id,
        "facts": tuple(fact for fact in facts.values() if fact),
        "rules": _rules(section, facts),
        "period_limit": _period_limit(section, facts),
    }


# ----------------------------------------------------------------------------------------------- facts


def _facts(section: Section) -> dict[str, Fact | None]:
    """Every declared fact; None where its declaration is wrong, so that rules on it are not blamed as well."""
    rows = section.section("facts", None)
    if rows is None:
        return {}
    found: dict[str, Fact | None] = {}
    for name in rows:
        if not _NAME.fullmatch(name):
            rows.refuse(name, texts.FACT_NAME, "bad_id", name=shown(name))
        row = rows.section(name, _FACT)
        if row is None and name not in rows:
            rows.refuse(name, texts.MISSING, "missing", name="type")
        found[name] = _fact(name, row) if row else None
    return found


def _fact(name: str, row: Section) -> Fact | None:
    row.require("type")
    written = row.one_of("type", _TYPES)
    ask, values = row.text("ask"), _values(row)
    yes, no = row.texts("yes"), row.texts("no")
    if written is None:
        return None
    kind = FactType(written)
    for key, needed in (("yes", FactType.YESNO), ("no", FactType.YESNO), ("values", FactType.CHOICE)):
        if key in row and kind is not needed:
            row.refuse(key, texts.KEY_OTHER_TYPE, "unknown_key", key=key, type=needed.value)
    if kind is FactType.CHOICE:
        row.require("values")
    return Fact(name, kind, ask or _question(name), yes, no, values)


def _question(name: str) -> str:
    words = re.sub("[-_]+", " ", name)
    return f"{words[:1].upper()}{words[1:]}?"


def _values(row: Section) -> dict[str, tuple[str, ...]]:
    """`{clothes: [trousers, coat]}`, or only the names: `[clothes, electronics]`."""
    if row.is_list("values"):
        found: dict[str, tuple[str, ...]] = dict.fromkeys(row.texts("values"), ())
    else:
        rows = row.section("values", None)
        found = {name: rows.texts(name) for name in rows} if rows else {}
    for name in found:
        if len(name) > _LONGEST_VALUE or "\n" in name:
            row.refuse("values", texts.VALUE_NAME, "bad_id", name=shown(name), most=_LONGEST_VALUE)
    return found


# ----------------------------------------------------------------------------------------------- rules


def _rules(section: Section, facts: Facts) -> tuple[Rule, ...]:
    rows = section.sections("rules", _RULE)
    if section.is_empty_list("rules"):
        section.refuse("rules", texts.EMPTY_LIST, "missing", name="rules")
    return tuple(_rule(row, facts) for row in rows)


def _rule(row: Section, facts: Facts) -> Rule:
    never, may, amount = row.yes("never"), row.text("may"), row.text("amount")
    roles = tuple(dict.fromkeys(row.texts("roles")))
    _check_kind(row, never, roles)
    _check_amount(row, amount, may, facts)
    return Rule(
        roles=roles,
        when=_when(row, facts),
        may=may,
        never=never,
        because=row.text("because"),
        instead=row.text("instead"),
        amount=amount,
    )


def _check_kind(row: Section, never: bool, roles: tuple[str, ...]) -> None:
    if never and "may" in row:
        row.refuse("never", texts.MAY_AND_NEVER, "bad_rule")
    elif never and "roles" in row:
        row.refuse("roles", texts.NEVER_WITH_ROLES, "bad_rule")
    elif not never and "may" not in row:
        row.refuse("may", texts.NO_MAY_OR_NEVER, "bad_rule")
    elif not never and not roles:
        row.refuse("roles", texts.MAY_WITHOUT_ROLES, "missing")


def _check_amount(row: Section, amount: str | None, may: str | None, facts: Facts) -> None:
    for place in _PLACE.findall(may or ""):
        if place != AMOUNT_PLACE:
            row.warn("may", texts.PLACE_UNKNOWN, "unknown_place", place=place)
    shows = AMOUNT_PLACE in (may or "")
    if amount is None:
        if shows and "amount" not in row:
            row.refuse("may", texts.AMOUNT_MISSING, "bad_amount")
        return
    if "may" not in row:
        row.refuse("amount", texts.AMOUNT_WITHOUT_MAY, "bad_amount")
    elif may and not shows:
        row.warn("may", texts.AMOUNT_NOT_SHOWN, "amount_not_shown")
    try:
        used = formula.parse(amount, facts).facts
    except formula.BadFormula as fault:
        row.refuse_for("amount", fault, "bad_amount")
        return
    for name in sorted(used):
        fact = facts[name]
        if fact and fact.type not in conditions.NUMERIC:
            row.refuse("amount", texts.AMOUNT_NOT_NUMERIC, "bad_amount", fact=name, type=fact.type.value)


def _when(row: Section, facts: Facts) -> dict[str, Condition]:
    rows = row.section("when", None)
    if rows is None:
        return {}
    found: dict[str, Condition] = {}
    for name in rows:
        fact = facts.get(name)
        if name not in facts:
            _refuse_fact(rows, name, name, facts)
        elif fact and (condition := _condition(rows, fact)):
            found[name] = condition
    return found


def _condition(rows: Section, fact: Fact) -> Condition | None:
    written = rows.texts(fact.name)
    if not written:
        if fact.name not in rows or rows.is_list(fact.name):
            rows.refuse(fact.name, texts.CONDITION_EMPTY, "bad_condition", fact=fact.name)
        return None
    try:
        return conditions.parse(written, fact)
    except conditions.BadCondition as fault:
        code = "unknown_value" if fault.message in _UNKNOWN_VALUE else "bad_condition"
        rows.refuse_for(fact.name, fault, code)
        return None


def _refuse_fact(section: Section, key: str, fact: str, facts: Facts) -> None:
    near = nearest(fact, facts)
    if near:
        section.refuse(key, texts.UNKNOWN_FACT_NEAR, "unknown_fact", fact=shown(fact), near=near)
    else:
        section.refuse(key, texts.UNKNOWN_FACT, "unknown_fact", fact=shown(fact), known=listed(facts) or "-")


# ---------------------------------------------------------------------------------------- period limit


def _period_limit(section: Section, facts: Facts) -> PeriodLimit | None:
    row = section.section("period_limit", _LIMIT)
    if row is None:
        return None
    row.require("fact", "max", "per", "days")
    fact = _limited_fact(row, facts)
    most, days = _limit_number(row, "max", fact.type if fact else FactType.NUMBER), _limit_days(row)
    per = row.one_of("per", {each: each for each in PERS})
    roles = tuple(dict.fromkeys(row.texts("roles")))
    if fact is None or most is None or days is None or per is None:
        return None
    return PeriodLimit(fact.name, most, per, days, roles)


def _limited_fact(row: Section, facts: Facts) -> Fact | None:
    name = row.text("fact")
    if name is None:
        return None
    fact = facts.get(name)
    if name not in facts:
        _refuse_fact(row, "fact", name, facts)
    elif fact and fact.type not in (FactType.MONEY, FactType.NUMBER):
        row.refuse("fact", texts.LIMIT_FACT, "bad_limit", fact=name, type=fact.type.value)
    return fact


def _limit_number(row: Section, name: str, kind: FactType) -> Decimal | None:
    text = row.text(name)
    if text is None:
        return None
    try:
        return conditions.read_number(text, kind)
    except conditions.BadCondition as fault:
        row.refuse_for(name, fault, "bad_limit")
        return None


def _limit_days(row: Section) -> int | None:
    days = _limit_number(row, "days", FactType.DAYS)
    if days is not None and days < 1:
        row.refuse("days", texts.LIMIT_DAYS, "bad_limit", days=days)
        return None
    return int(days) if days is not None else None
