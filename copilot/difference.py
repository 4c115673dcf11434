"""What changes between two versions of an entry, in plain words, for whoever must agree to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from copilot import notation, reasons
from copilot.domain import Fact, KnowledgeEntry, Mandate, Organisation, Rule, Solution, Step
from copilot.messages import Text
from copilot.messages import curation as texts

_SHORT: Final = 80
"""Characters; a longer text is said to be rewritten rather than shown twice."""

_VALUES: Final[Mapping[str, Text]] = {
    "title": texts.TITLE,
    "owner": texts.OWNER,
    "department": texts.DEPARTMENT,
    "valid_from": texts.VALID_FROM,
    "valid_until": texts.VALID_UNTIL,
    "review_by": texts.REVIEW_BY,
    "source": texts.SOURCE,
    "body": texts.BODY,
    "say": texts.SAY,
    "customer": texts.CUSTOMER,
    "period_limit": texts.PERIOD_LIMIT,
}
_LISTS: Final[Mapping[str, Text]] = {
    "audience": texts.AUDIENCE,
    "questions": texts.QUESTIONS,
    "related": texts.RELATED,
    "next": texts.NEXT,
    "steps": texts.STEPS,
    "facts": texts.FACTS,
    "rules": texts.RULES,
}


def differences(
    before: KnowledgeEntry | None, after: KnowledgeEntry, organisation: Organisation, language: str
) -> tuple[str, ...]:
    """A line a change; `before` is None for a new entry."""
    style = reasons.Style(language, organisation)
    if before is None:
        return (texts.NEW_ENTRY(language, title=after.title), *_rule_lines(after, style))
    found = (*_changed_values(before, after, language), *_changed_lists(before, after, style))
    return found or (texts.SAME(language),)


def rule_words(rule: Rule, facts: Sequence[Fact], style: reasons.Style) -> str:
    """One row of a mandate as a sentence: "teamleider mag “Geef korting.” bij bedrag tot en met € 50,00"."""
    conditions = [
        reasons.condition_words(fact, rule.when[fact.name], style) for fact in facts if fact.name in rule.when
    ]
    joined = texts.RULE_WHEN(style.language, conditions=" + ".join(conditions)) if conditions else ""
    if rule.never:
        return texts.RULE_NEVER(style.language, when=joined)
    roles = ", ".join(style.role(role) for role in rule.roles) or texts.EVERYBODY(style.language)
    return texts.RULE_MAY(style.language, roles=roles, may=rule.may, when=joined)


def _rule_lines(entry: KnowledgeEntry, style: reasons.Style) -> tuple[str, ...]:
    if not isinstance(entry, Mandate):
        return ()
    return tuple(rule_words(rule, entry.facts, style) for rule in entry.rules)


def _changed_values(before: KnowledgeEntry, after: KnowledgeEntry, language: str) -> Iterator[str]:
    for name, what in _VALUES.items():
        old, new = getattr(before, name, None), getattr(after, name, None)
        if old == new:
            continue
        if not all(isinstance(each, str | date | None) for each in (old, new)) or _is_long(old) or _is_long(new):
            yield texts.REWRITTEN(language, what=what)
        else:
            yield texts.CHANGED(language, what=what, before=_said(old, language), after=_said(new, language))


def _changed_lists(before: KnowledgeEntry, after: KnowledgeEntry, style: reasons.Style) -> Iterator[str]:
    language = style.language
    for name, what in _LISTS.items():
        was, comes = getattr(before, name, ()), getattr(after, name, ())
        old = [_item(each, before, style) for each in was]
        new = [_item(each, after, style) for each in comes]
        for gone in (each for each in old if each not in new):
            yield texts.REMOVED(language, what=what, before=gone)
        for come in (each for each in new if each not in old):
            yield texts.ADDED(language, what=what, after=come)
        if sorted(old) == sorted(new) and was != comes:
            yield texts.REWRITTEN(language, what=what)


def _item(item: Any, entry: KnowledgeEntry, style: reasons.Style) -> str:
    if isinstance(item, Rule) and isinstance(entry, Mandate):
        return rule_words(item, entry.facts, style)
    if isinstance(item, Step) and isinstance(entry, Solution):
        return _step(item, style.language)
    return _fact(item, style.language) if isinstance(item, Fact) else str(item)


def _step(step: Step, language: str) -> str:
    leans = texts.STEP_MANDATE(language, mandate=step.mandate) if step.mandate else ""
    goes = texts.STEP_HANDOVER(language, to=step.handover.to) if step.handover else ""
    return f"“{step.do}”{leans}{goes}"


def _fact(fact: Fact, language: str) -> str:
    choices = f" ({', '.join(fact.values)})" if fact.values else ""
    return f"{fact.name}, {texts.FACT_TYPES[fact.type](language)}{choices}: “{fact.ask}”"


def _is_long(value: object) -> bool:
    return isinstance(value, str) and (len(value) > _SHORT or "\n" in value)


def _said(value: object, language: str) -> str:
    if value is None or value == "":
        return texts.NOTHING(language)
    return notation.day(value, language) if isinstance(value, date) else f"“{value}”"
