"""What a mandate says otherwise while it decides the same: options, reasons, amounts and what helps instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from copilot import reasons
from copilot.domain import Mandate, Organisation, Rule
from copilot.formula_words import formula_words
from copilot.mandate_cases import in_both
from copilot.messages import Text
from copilot.messages import mandate_compare as texts


@dataclass(frozen=True, slots=True)
class Rewording:
    """One row whose words changed; the cases for which it counts did not."""

    entry: str
    title: str
    roles: tuple[str, ...]
    """Empty for a `never` row: it binds everyone."""
    region: Text
    """The conditions of the row."""
    was: Text
    becomes: Text


def reworded(before: Mandate, after: Mandate, organisation: Organisation) -> Iterator[Rewording]:
    """The rows for the same roles and conditions that say something else, in the order of the new file."""
    old = _rows(before)
    for key, rules in _rows(after).items():
        was, becomes = old.get(key, ()), tuple(rules)
        if was and [_said(rule) for rule in was] != [_said(rule) for rule in becomes]:
            yield Rewording(
                entry=after.id,
                title=after.title,
                roles=becomes[0].roles,
                region=_region(becomes[0], after, organisation),
                was=_words(was, before, organisation),
                becomes=_words(becomes, after, organisation),
            )


def _rows(mandate: Mandate) -> Mapping[tuple[object, ...], tuple[Rule, ...]]:
    """The rules by the cases and roles for which they count."""
    rows: dict[tuple[object, ...], tuple[Rule, ...]] = {}
    for rule in mandate.rules:
        key = (rule.never, frozenset(rule.roles), frozenset(rule.when.items()))
        rows[key] = (*rows.get(key, ()), rule)
    return rows


def _said(rule: Rule) -> tuple[str | None, ...]:
    return rule.may, rule.amount, rule.because, rule.instead


def _region(rule: Rule, mandate: Mandate, organisation: Organisation) -> Text:
    def said(language: str) -> str:
        style = reasons.Style(language, organisation)
        return reasons.conditions_words(rule, mandate, style) or texts.ALWAYS(language)

    return in_both(said)


def _words(rules: tuple[Rule, ...], mandate: Mandate, organisation: Organisation) -> Text:
    def said(language: str) -> str:
        return " / ".join(_row(rule, mandate, organisation, language) for rule in rules)

    return in_both(said)


def _row(rule: Rule, mandate: Mandate, organisation: Organisation, language: str) -> str:
    text = (rule.because if rule.never else rule.may) or texts.NO_REASON(language)
    if rule.amount:
        text = text.replace("{amount}", formula_words(rule.amount, mandate, language, organisation.currency))
    instead = texts.INSTEAD(language, entry=rule.instead) if rule.instead else ""
    return f"“{text}”{instead}"
