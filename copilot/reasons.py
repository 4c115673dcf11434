"""Why: the one sentence that explains a decision, true by construction for every shape of rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from copilot import conditions, notation
from copilot.domain import Between, Condition, Fact, FactType, FactValue, Mandate, OneOf, Organisation, Rule
from copilot.factvalues import label, show_number, show_range, show_value
from copilot.messages import Text
from copilot.messages import mandate as texts

_HOW_MANY: Final = re.compile(r"^\W*(?:voor |met |om )?(?:hoeveel|how many)\b", re.IGNORECASE)
MOST_ALTERNATIVES: Final = 3
"""More than so many sets of conditions are no sentence that a colleague reads."""


@dataclass(frozen=True, slots=True)
class Style:
    """For whom it is said: the language, and the organisation's roles and currency."""

    language: str
    organisation: Organisation

    def role(self, role_id: str | None) -> str:
        role = self.organisation.role(role_id) if role_id else None
        return role.title.lower() if role else role_id or ""


Sure = Callable[[Rule], bool]
"""Whether the asker may in every case in which a rule matches: no never rule or period limit comes in between."""


def allowed(rule: Rule | None, mandate: Mandate, known: Mapping[str, FactValue], sure: Sure, style: Style) -> str:
    """Why the asker may: the limit that he stays within, or the conditions that are met."""
    if rule is None:
        return texts.YOU_MAY_EITHER_WAY(style.language)
    if not sure(rule):
        return texts.YOU_MAY(style.language)
    if not rule.when:
        return texts.YOU_MAY_ALWAYS(style.language)
    numeric = _numeric(rule, mandate, known)
    answered = _answered(rule, mandate, style)
    if len(numeric) == 1 and len(rule.when) == 1:
        return _up_to(*numeric[0], known, style)
    if answered and len(answered) == len(rule.when):
        return texts.YOU_MAY_AS_ANSWERED(style.language, answers=" ".join(answered))
    if answered and len(numeric) == 1 and len(rule.when) == len(answered) + 1:
        return _up_to_as_answered(*numeric[0], known, answered, style)
    return texts.YOU_MAY_IF(style.language, conditions=_said_conditions(rule, mandate, style))


def _answered(rule: Rule, mandate: Mandate, style: Style) -> list[str]:
    """The questions that a rule needs answered in words, each with the answer: "Is het ongebruikt? Ja."."""
    return [
        texts.ANSWERED(style.language, ask=fact.ask, value=notation.capital(_values(fact, condition, style)))
        for fact in mandate.facts
        if isinstance(condition := rule.when.get(fact.name), OneOf) and fact.ask
    ]


def approval(
    own: Sequence[Rule],
    mandate: Mandate,
    known: Mapping[str, FactValue],
    approver: str | None,
    sure: Sure,
    style: Style,
) -> str:
    """Why the asker must ask: by how little his own rules fall short, and whom to ask."""
    who = style.role(approver)
    near = _nearest(own, mandate, known)
    if near and sure(near[0]):
        _, fact, condition = near
        return _up_to(fact, condition, known, style, who)
    ruled = [rule for rule in own if rule.when]
    if not 0 < len(ruled) <= MOST_ALTERNATIVES or not all(map(sure, ruled)):
        return texts.ASK_ABOVE(style.language, approver=who)
    either = texts.OR(style.language).join(dict.fromkeys(_said_conditions(rule, mandate, style) for rule in ruled))
    return texts.YOU_MAY_IF_ASK(style.language, conditions=either, approver=who)


def _nearest(
    own: Sequence[Rule], mandate: Mandate, known: Mapping[str, FactValue]
) -> tuple[Rule, Fact, Between] | None:
    """Of the rules that fail on one limit alone, the one that goes farthest towards the case."""
    found = []
    for rule in own:
        failing = _failing(rule, mandate, known)
        condition = rule.when[failing[0].name] if len(failing) == 1 else None
        if isinstance(condition, Between) and failing[0].name in known:
            found.append((rule, failing[0], condition))
    first = found[0][1] if found else None
    return max(
        (each for each in found if each[1] == first),
        key=lambda each: _reach(each[2], known[each[1].name]),
        default=None,
    )


def _reach(condition: Between, value: FactValue) -> tuple[int, Decimal]:
    """How far a limit goes towards a value that it does not reach."""
    at = value.low if isinstance(value, Between) else value
    if condition.high is not None and isinstance(at, Decimal) and at >= condition.high:
        return 1, condition.high
    return 0, -(condition.low or Decimal(0))


def _up_to(
    fact: Fact, condition: Between, known: Mapping[str, FactValue], style: Style, approver: str | None = None
) -> str:
    """A limit and the value beside it; of a bare number it is said what is counted."""
    said = {"limit": _range(fact, condition, style), "value": _value(fact, known, style), "approver": approver}
    if _is_counted(fact, condition, known):
        wording = texts.YOU_MAY_COUNTED_ASK if approver else texts.YOU_MAY_COUNTED
        return wording(style.language, **{**said, "fact": label(fact), "limit": notation.capital(said["limit"] or "")})
    if fact.type is FactType.NUMBER:
        wording = texts.YOU_MAY_WITH_ASK if approver else texts.YOU_MAY_WITH
        return wording(style.language, fact=label(fact), **said)
    wording = texts.YOU_MAY_UP_TO_ASK if approver else texts.YOU_MAY_UP_TO
    return wording(style.language, **{**said, "limit": notation.capital(said["limit"] or "")})


def _up_to_as_answered(
    fact: Fact, condition: Between, known: Mapping[str, FactValue], answered: Sequence[str], style: Style
) -> str:
    """The answers in words, then the limit; of a bare number it is said what is counted."""
    limit, value = _range(fact, condition, style), _value(fact, known, style)
    if _is_counted(fact, condition, known):
        limit, value = f"{limit} {label(fact)}", f"{value} {label(fact)}"
    elif fact.type is FactType.NUMBER:
        limit = f"{label(fact)} {limit}"
    return texts.YOU_MAY_AS_ANSWERED_UP_TO(
        style.language, answers=" ".join(answered), limit=notation.capital(limit), value=value
    )


def _is_counted(fact: Fact, condition: Between, known: Mapping[str, FactValue]) -> bool:
    """Whether the fact's name is what is counted, so that it reads well behind the number: "Hoeveel kilo te zwaar?".

    Not beside 1: nobody says "1 reizigers".
    """
    if fact.type is not FactType.NUMBER or not _HOW_MANY.search(fact.ask):
        return False
    value = known[fact.name]
    numbers = (condition.low, condition.high, *((value.low, value.high) if isinstance(value, Between) else (value,)))
    named = re.search(rf"\b{re.escape(label(fact))}\b", fact.ask, re.IGNORECASE)
    return named is not None and Decimal(1) not in numbers


def over_period(
    mandate: Mandate, known: Mapping[str, FactValue], spent: Decimal, approver: str | None, style: Style
) -> str:
    """That the period limit is in the way: what was given already, or what is asked now."""
    limit = mandate.period_limit
    assert limit is not None
    fact = mandate.fact(limit.fact)
    assert fact is not None
    most = show_number(fact, limit.max, style.language, style.organisation.currency)
    if spent or fact.name not in known:
        given = show_number(fact, spent, style.language, style.organisation.currency)
        wording = texts.PERIOD_ASK if approver else texts.PERIOD_DENIED
    else:
        given = _value(fact, known, style)
        wording = texts.PERIOD_NOW_ASK if approver else texts.PERIOD_NOW_DENIED
    whom = {"approver": style.role(approver)} if approver else {"owner": _owner(mandate)}
    return wording(style.language, days=limit.days, max=most, given=given, **whom)


def not_covered(mandate: Mandate, language: str) -> str:
    return texts.NOT_COVERED(language, owner=_owner(mandate))


def not_valid(mandate: Mandate, on: date, language: str) -> str:
    if mandate.valid_from and on < mandate.valid_from:
        return texts.NOT_YET(language, title=mandate.title, day=notation.day(mandate.valid_from, language))
    last = mandate.valid_until or on
    return texts.NO_LONGER(language, title=mandate.title, day=notation.day(last, language))


def open_conditions(rule: Rule, mandate: Mandate, known: Mapping[str, FactValue], style: Style) -> str:
    """The conditions of a rule on facts that are not known yet, in words: "Is het ongebruikt? Ja"."""
    unknown = {name: each for name, each in rule.when.items() if _exact(known.get(name)) is None}
    unmet = replace(rule, when=unknown)
    answered = _answered(unmet, mandate, style)
    if answered and len(answered) == len(unknown):
        return " ".join(answered).removesuffix(".")
    return _said_conditions(unmet, mandate, style)


def _said_conditions(rule: Rule, mandate: Mandate, style: Style) -> str:
    facts = [fact for fact in mandate.facts if fact.name in rule.when]
    return texts.AND(style.language).join(_said_condition(fact, rule.when[fact.name], style) for fact in facts)


def _said_condition(fact: Fact, condition: Condition, style: Style) -> str:
    """As `condition_words`, for who never saw the names of facts: with the question as it is put to him."""
    if isinstance(condition, Between) or not fact.ask:
        return condition_words(fact, condition, style)
    return texts.CONDITION_ANSWERED(style.language, ask=fact.ask, value=_values(fact, condition, style))


def _values(fact: Fact, condition: OneOf, style: Style) -> str:
    values = (show_value(fact, value, style.language, style.organisation.currency) for value in condition.values)
    return texts.OR(style.language).join(values)


def condition_words(fact: Fact, condition: Condition, style: Style) -> str:
    """`bedrag tot en met € 50,00`, `ongebruikt: ja`, `soort: kleding of schoenen`."""
    if isinstance(condition, Between):
        said = _range(fact, condition, style)
        if fact.type is FactType.DAYS and label(fact) in said:
            return said  # "dagen tot en met 30 dagen" says its unit twice
        return texts.CONDITION_RANGE(style.language, fact=label(fact), range=said)
    return texts.CONDITION_IS(style.language, fact=label(fact), value=_values(fact, condition, style))


def conditions_words(rule: Rule, mandate: Mandate, style: Style) -> str:
    """All conditions of a rule in one breath; empty where it has none."""
    facts = [fact for fact in mandate.facts if fact.name in rule.when]
    return texts.AND(style.language).join(condition_words(fact, rule.when[fact.name], style) for fact in facts)


def _numeric(rule: Rule, mandate: Mandate, known: Mapping[str, FactValue]) -> list[tuple[Fact, Between]]:
    return [
        (fact, condition)
        for fact in mandate.facts
        if isinstance(condition := rule.when.get(fact.name), Between) and fact.name in known
    ]


def _failing(rule: Rule, mandate: Mandate, known: Mapping[str, FactValue]) -> list[Fact]:
    """The facts that keep a rule from matching for sure; an unknown fact counts as one that may."""
    return [
        fact
        for fact in mandate.facts
        if fact.name in rule.when
        and not ((value := _exact(known.get(fact.name))) is not None and conditions.holds(rule.when[fact.name], value))
    ]


def _exact(value: FactValue | None) -> FactValue | None:
    """The value where it is known to the cent; a range that was tapped is not."""
    return None if isinstance(value, Between) else value


def _range(fact: Fact, condition: Between, style: Style) -> str:
    return show_range(fact, condition, style.language, style.organisation.currency)


def _value(fact: Fact, known: Mapping[str, FactValue], style: Style) -> str:
    return show_value(fact, known[fact.name], style.language, style.organisation.currency)


def _owner(mandate: Mandate) -> str | Text:
    return mandate.owner or texts.THE_OWNER
