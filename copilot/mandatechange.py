"""The facts and rules of a mandate in a form, and what was changed there back into the entry's own text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from copilot.conditions import NO_WORDS, YES_WORDS
from copilot.domain import FactType
from copilot.entryfields import (
    NOBODY,
    REMOVED,
    RULES,
    FactLine,
    conditions_of,
    fact_of,
    in_conditions,
    in_line,
    in_lines,
    lines_of,
)
from copilot.entrypage import Page, Path
from copilot.mandatefile import DUTCH_TYPES
from copilot.messages import Text
from copilot.messages import curation as texts
from copilot.yamlwriting import flow, flow_pairs, list_lines, scalar, text_lines

_MANDATES: Final = frozenset({"mandate", "mandaat"})
_PARTS: Final = ("roles", "when", "may")
_ENGLISH: Final[Mapping[str, str]] = {dutch: kind.value for dutch, kind in DUTCH_TYPES.items()}
_DUTCH: Final = {english: dutch for dutch, english in _ENGLISH.items()} | {"yes": "ja", "no": "nee"}


def fields(page: Page, language: str) -> Iterator[tuple[str, str | None]]:
    """The facts, and the first rules as far as they fit; a slot that no rule stands in is empty."""
    if page.value("kind") not in _MANDATES:
        return
    yield "facts", _facts(page, language)
    count = len(page.items("rules"))
    if not page.may_list("rules"):
        return
    for at in range(RULES):
        parts = _rule(page, at, language) if at < count else dict.fromkeys(_PARTS, "")
        yield from ((f"rule{at + 1}_{name}", value) for name, value in (parts or {}).items())


def whole_rules(fields: Mapping[str, str]) -> dict[str, str]:
    """Without the rules of which a part did not fit."""
    whole = {number for number in range(1, RULES + 1) if all(f"rule{number}_{part}" in fields for part in _PARTS)}
    return {name: value for name, value in fields.items() if not name.startswith("rule") or int(name[4]) in whole}


def kept(page: Page, fields: Mapping[str, str]) -> Iterator[str]:
    """What of the facts and rules stays out of sight: `rules[5]`, amounts, words that mean a value."""
    for at in range(len(page.items("rules"))):
        if f"rule{at + 1}_roles" not in fields:
            yield f"rules[{at + 1}]"
            continue
        yield from (f"rules.{name}" for name in ("amount", "instead") if page.at(["rules", at, name]))
    if "facts" in fields and any(_has_words(page, name) for name in facts_of(page)):
        yield "facts.words"


def _has_words(page: Page, fact: str) -> bool:
    values = page.at(["facts", fact, "values"])
    return any(page.at(["facts", fact, each]) for each in ("yes", "no")) or bool(values and values.pairs)


def facts_of(page: Page) -> tuple[str, ...]:
    """The names of the facts, as they are written."""
    spot = page.at(["facts"])
    return tuple((key.text or "").strip() for key, _ in spot.pairs or ()) if spot else ()


# ----------------------------------------------------------------------------------------------- facts


def _facts(page: Page, language: str) -> str | None:
    spot = page.at(["facts"])
    if spot is None:
        return ""
    facts = [_fact(page, name) for name in facts_of(page)]
    lines = [in_line(replace(each, type=_said(each.type, language))) for each in facts]
    if not spot.free or spot.in_flow or None in lines:
        return None
    return in_lines([line for line in lines if line])


def _said(word: str, language: str) -> str:
    """A type of fact, or yes or no, in the language of the form."""
    return _DUTCH.get(word, word) if language == "nl" else word


def _fact(page: Page, name: str) -> FactLine:
    values = page.at(["facts", name, "values"])
    choices: tuple[str, ...] = ()
    if values:
        keys = tuple((key.text or "").strip() for key, _ in values.pairs or ())
        choices = keys or page.values("facts", name, "values") or ()
    kind, ask = page.value("facts", name, "type") or "", page.value("facts", name, "ask")
    return FactLine(name, _ENGLISH.get(kind, kind), choices, ask or "")


def with_facts(page: Page, value: str, wrong: dict[str, Text]) -> Page:
    """The facts as they are written in the field; words that mean yes, no or a value stay with their fact."""
    new: dict[str, FactLine] = {}
    for number, line in enumerate(lines_of(value), 1):
        fact = fact_of(line)
        if fact is None or fact.name in new:
            wrong["facts"] = texts.BAD_FACT.about(line=number)
            return page
        new[fact.name] = replace(fact, type=_ENGLISH.get(fact.type, fact.type))
    if not new:
        return page.with_text(["facts"], "")
    page = _renamed(page, list(new))
    for fact in new.values():
        page = _with_fact(page, fact)
    for name in facts_of(page):
        page = page.with_text(["facts", name], "") if name not in new else page
    return page


def _renamed(page: Page, new: Sequence[str]) -> Page:
    """Where as many facts stand there as before, one with another name is the same fact."""
    old = facts_of(page)
    if len(old) != len(new):
        return page
    for before, after in zip(old, new, strict=True):
        if before not in new and after not in old:
            page = page.with_key(["facts", before], after)
    return page


def _with_fact(page: Page, fact: FactLine) -> Page:
    path = ["facts", fact.name]
    if page.at(["facts"]) is None:
        return page.with_written(
            ["facts"], "\n".join(["", f"  {scalar(fact.name)}:", *_fact_lines(page, fact, "    ")])
        )
    if fact.name not in facts_of(page):
        return page.with_written(path, "\n".join(["", *_fact_lines(page, fact, "  ")]))
    before = _fact(page, fact.name)
    if fact.type != before.type:
        page = page.with_text([*path, "type"], _type_in(page, fact))
    if fact.ask != before.ask:
        page = page.with_text([*path, "ask"], fact.ask)
    return _with_choices(page, path, before.choices, fact.choices) if before.choices != fact.choices else page


def _type_in(page: Page, fact: FactLine) -> str:
    """The type as the author of these keys writes it."""
    return _said(fact.type, "nl" if page.is_dutch else "en")


def _fact_lines(page: Page, fact: FactLine, indent: str) -> list[str]:
    return [
        f"{indent}type: {scalar(_type_in(page, fact))}",
        *(text_lines("ask", fact.ask, indent) if fact.ask else ()),
        *list_lines("values", fact.choices, indent, inline=True),
    ]


def _with_choices(page: Page, path: list[str], old: Sequence[str], new: Sequence[str]) -> Page:
    place = [*path, "values"]
    values = page.at(place)
    if values is None or values.pairs is None or not new:
        return page.with_list(place, new)
    for name in old:
        page = page.with_text([*place, name], "") if name not in new else page
    for name in new:
        page = page.with_list([*place, name], [name]) if name not in old else page
    return page


# ----------------------------------------------------------------------------------------------- rules


def _rule(page: Page, at: int, language: str) -> dict[str, str] | None:
    """A rule as three fields; None for one with more roles, or conditions that a field cannot hold."""
    spot = page.at(["rules", at])
    conditions = _conditions(page, at)
    if spot is None or not spot.free or conditions is None:
        return None
    yesno = _yesno(page)
    said = {
        name: [_said(each, language) for each in values] if name in yesno else values
        for name, values in conditions.items()
    }
    when = in_conditions(said, facts_of(page))
    roles = page.values("rules", at, "roles") or ()
    never = (page.value("rules", at, "never") or "").lower() in YES_WORDS
    if when is None or len(roles) != (0 if never else 1):
        return None
    may = page.value("rules", at, "because" if never else "may")
    return {"roles": NOBODY if never else roles[0], "when": when, "may": may or ""}


def _yesno(page: Page) -> frozenset[str]:
    return frozenset(name for name in facts_of(page) if _fact(page, name).type == FactType.YESNO)


def _conditions(page: Page, at: int) -> dict[str, tuple[str, ...]] | None:
    when = page.at(["rules", at, "when"])
    found: dict[str, tuple[str, ...]] = {}
    for key, _ in (when.pairs or ()) if when else ():
        name = (key.text or "").strip()
        values = page.values("rules", at, "when", name)
        if not values:
            return None
        found[name] = values
    return _plainly(page, found)


def _plainly(page: Page, conditions: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Conditions with yes and no in one spelling, so that `ja` and `yes` are the same."""
    spelled = {**dict.fromkeys(YES_WORDS, "yes"), **dict.fromkeys(NO_WORDS, "no")}
    yesno = _yesno(page)
    return {
        name: tuple(spelled.get(each.lower(), each) for each in values) if name in yesno else values
        for name, values in conditions.items()
    }


def with_rules(
    page: Page, new: Mapping[str, str], wanted: Mapping[str, str], wrong: dict[str, Text], before: Mapping[str, str]
) -> Page:
    """The rules of which a field changed, the last first, so that taking one out moves none that is still to come."""
    numbers = {int(name[4]) for name in new if name.startswith("rule")}
    for number in sorted(numbers):
        wrong.update(_half(number, wanted))
    if wrong or not numbers:
        return page
    count = len(page.items("rules"))
    for number in sorted((each for each in numbers if each <= count), reverse=True):
        old, asked = (tuple(each[f"rule{number}_{part}"] for part in _PARTS) for each in (before, wanted))
        page = _with_rule(page, number - 1, old, asked)
    for number in sorted(each for each in numbers if each > count):
        page = _with_new_rule(page, *(wanted[f"rule{number}_{part}"] for part in _PARTS))
    if not page.items("rules"):
        wrong["rule1_may"] = texts.NEEDS_RULE
    return page


def _half(number: int, wanted: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
    role, when, may = (wanted[f"rule{number}_{part}"] for part in _PARTS)
    if role == REMOVED or not (role or when or may):
        return
    if not role:
        yield f"rule{number}_roles", texts.RULE_HALF
    elif not may and role != NOBODY:
        yield f"rule{number}_may", texts.RULE_HALF


def _with_rule(page: Page, at: int, old: Sequence[str], new: Sequence[str]) -> Page:
    path: Path = ["rules", at]
    role, when, may = new
    if role == REMOVED or not any(new):
        return page.without_item(["rules"], at)
    if (role == NOBODY) != (old[0] == NOBODY):
        page = _turned(page, path, role, may)
    else:
        if role != old[0]:
            page = page.with_list([*path, "roles"], [role])
        if may != old[2]:
            page = page.with_text([*path, "because" if role == NOBODY else "may"], may)
    return _with_conditions(page, at, _plainly(page, conditions_of(when, facts_of(page)))) if when != old[1] else page


def _turned(page: Page, path: Path, role: str, may: str) -> Page:
    """What somebody might becomes what nobody may, or the other way round."""
    if role == NOBODY:
        page = page.with_text([*path, "never"], "yes").with_text([*path, "because"], may)
        gone = ("roles", "may", "amount")
    else:
        page = page.with_list([*path, "roles"], [role]).with_text([*path, "may"], may)
        gone = ("never", "because", "instead")
    for name in gone:
        page = page.with_text([*path, name], "")
    return page


def _with_conditions(page: Page, at: int, new: Mapping[str, tuple[str, ...]]) -> Page:
    path: Path = ["rules", at, "when"]
    old = _conditions(page, at) or {}
    if not new:
        return page.with_text(path, "")
    if not old:
        return page.with_text(path, "").with_written(path, _written(new))
    for name, values in new.items():
        if old.get(name) != values:
            place = [*path, name]
            page = page.with_text(place, values[0]) if len(values) == 1 else page.with_list(place, values)
    for name in old:
        page = page.with_text([*path, name], "") if name not in new else page
    return page


def _with_new_rule(page: Page, role: str, when: str, may: str) -> Page:
    conditions = _plainly(page, conditions_of(when, facts_of(page)))
    roles, never, said = (page.spelled(name) for name in ("roles", "never", "because" if role == NOBODY else "may"))
    lines = [f"{never}: yes" if role == NOBODY else f"{roles}: {flow([scalar(role, in_flow=True)])}"]
    lines += [f"when: {_written(conditions)}"] if conditions else []
    lines += [f"{said}: {scalar(may)}"] if may else []
    return page.with_item(["rules"], lines)


def _written(conditions: Mapping[str, Sequence[str]]) -> str:
    return flow_pairs({name: _condition(values) for name, values in conditions.items()})


def _condition(values: Sequence[str]) -> str:
    written = [scalar(each, in_flow=True) for each in values]
    return written[0] if len(written) == 1 else flow(written)
