"""What an entry points at outside itself: roles, departments and other entries, and whether they exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from copilot.domain import Kind, KnowledgeEntry, Mandate, Organisation, Solution
from copilot.errors import Finding
from copilot.messages import Text
from copilot.messages import format as texts
from copilot.spelling import listed, nearest


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is to point at. `kinds` holds every entry's kind, None where it is there but cannot be read."""

    roles: Collection[str]
    departments: Collection[str]
    kinds: Mapping[str, Kind | None]
    roles_known: bool = True
    """False when organisation.yaml cannot be read: then no role or department is called unknown."""

    @classmethod
    def of(cls, organisation: Organisation, kinds: Mapping[str, Kind | None], known: bool = True) -> Surroundings:
        roles = tuple(role.id for role in organisation.roles)
        departments = tuple(department.id for department in organisation.departments)
        return cls(roles, departments, kinds, known)


def dead_references(entry: KnowledgeEntry, around: Surroundings) -> list[Finding]:
    """Every unknown role or department, dead reference and step whose mandate is none; fields as in the format."""
    found = [*_entries(entry, around)]
    if around.roles_known:
        found += [*_roles(entry, around), *_departments(entry, around)]
    return found


def _roles(entry: KnowledgeEntry, around: Surroundings) -> Iterator[Finding]:
    named = [(f"audience[{place}]", role) for place, role in enumerate(entry.audience, 1)]
    if isinstance(entry, Mandate):
        for row, rule in enumerate(entry.rules, 1):
            named += [(f"rules[{row}].roles[{place}]", role) for place, role in enumerate(rule.roles, 1)]
        bound = entry.period_limit.roles if entry.period_limit else ()
        named += [(f"period_limit.roles[{place}]", role) for place, role in enumerate(bound, 1)]
    for field, role in named:
        if role not in around.roles:
            pair = (texts.UNKNOWN_ROLE_NEAR, texts.UNKNOWN_ROLE)
            yield _unknown(pair, "unknown_role", "role", role, around.roles, field, entry)


def _departments(entry: KnowledgeEntry, around: Surroundings) -> Iterator[Finding]:
    named = [("department", entry.department)] if entry.department else []
    if isinstance(entry, Solution):
        named += [
            (f"steps[{place}].handover.to", step.handover.to)
            for place, step in enumerate(entry.steps, 1)
            if step.handover
        ]
    for field, department in named:
        if department not in around.departments:
            pair = (texts.UNKNOWN_DEPARTMENT_NEAR, texts.UNKNOWN_DEPARTMENT)
            yield _unknown(pair, "unknown_department", "department", department, around.departments, field, entry)


def _entries(entry: KnowledgeEntry, around: Surroundings) -> Iterator[Finding]:
    named = [(f"related[{place}]", each) for place, each in enumerate(entry.related, 1)]
    if isinstance(entry, Mandate):
        named += [(f"rules[{row}].instead", rule.instead) for row, rule in enumerate(entry.rules, 1) if rule.instead]
    if isinstance(entry, Solution):
        named += [(f"next[{place}]", each) for place, each in enumerate(entry.next, 1)]
        yield from _mandates(entry, around)
    for field, each in named:
        if each not in around.kinds:
            yield _dead(each, field, entry, around.kinds)


def _mandates(entry: Solution, around: Surroundings) -> Iterator[Finding]:
    for place, step in enumerate(entry.steps, 1):
        if step.mandate is None:
            continue
        field, kind = f"steps[{place}].mandate", around.kinds.get(step.mandate)
        if step.mandate not in around.kinds:
            mandates = [each for each, its_kind in around.kinds.items() if its_kind is Kind.MANDATE]
            yield _dead(step.mandate, field, entry, mandates)
        elif kind not in (Kind.MANDATE, None):
            values: dict[str, object] = {"id": step.mandate, "kind": kind}
            yield Finding(texts.NOT_A_MANDATE, values, field=field, entry=entry.id, code="not_a_mandate")


def _dead(target: str, field: str, entry: KnowledgeEntry, known: Collection[str]) -> Finding:
    near = nearest(target, known)
    if near:
        values: dict[str, object] = {"id": target, "near": near}
        return Finding(texts.DEAD_REFERENCE_NEAR, values, field=field, entry=entry.id, code="dead_reference")
    return Finding(texts.DEAD_REFERENCE, {"id": target}, field=field, entry=entry.id, code="dead_reference")


def _unknown(
    pair: tuple[Text, Text],
    code: str,
    what: str,
    name: str,
    known: Collection[str],
    field: str,
    entry: KnowledgeEntry,
) -> Finding:
    near_text, listing_text = pair
    near = nearest(name, known)
    if near:
        return Finding(near_text, {what: name, "near": near}, field=field, entry=entry.id, code=code)
    values: dict[str, object] = {what: name, "known": listed(known) or "-"}
    return Finding(listing_text, values, field=field, entry=entry.id, code=code)
