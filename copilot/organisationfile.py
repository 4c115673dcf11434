"""organisation.yaml: from text to an Organisation, with everything that is wrong in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Final

from copilot.domain import LANGUAGES, Department, Organisation, Role
from copilot.errors import Finding
from copilot.fields import Report, Section, keys
from copilot.messages import format as texts
from copilot.spelling import listed, nearest
from copilot.yamltext import BadText, Pairs, plain, read

ORGANISATION_FILE: Final = "organisation.yaml"
TONES: Final = ("u", "je")
_ORGANISATION: Final = keys("organisation language currency tone roles departments")
_ROLE: Final = keys("id title above")
_DEPARTMENT: Final = keys("id title slack teams")
_ID: Final = re.compile(r"[^\W_][\w-]*")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


def read_organisation(text: str, file: str = ORGANISATION_FILE) -> tuple[Organisation, list[Finding]]:
    """The organisation as far as it can be read, and what is wrong; sound when no finding is an error."""
    report = Report(file)
    try:
        tree = read(plain(text))
    except BadText as fault:
        report.unreadable(fault)
        return Organisation(id="", name=""), report.findings
    if not isinstance(tree, Pairs):
        report.error(texts.NO_ORGANISATION_KEYS, 1, "", "wrong_type")
        return Organisation(id="", name=""), report.findings
    organisation = _organisation(Section(tree, _ORGANISATION, report))
    return organisation, report.about("")


def slug(name: str) -> str:
    """A name as an id: `Café De Zwaan` is `cafe-de-zwaan`."""
    without_accents = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", without_accents.lower()).strip("-")
    # a name in another script leaves nothing, and two of those must not become one organisation
    return words or "organisation-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _organisation(section: Section) -> Organisation:
    section.require("organisation")
    name = section.text("organisation") or ""
    return Organisation(
        id=slug(name) if name else "",
        name=name,
        language=section.one_of("language", {each: each for each in LANGUAGES}) or "nl",
        currency=_currency(section) or "EUR",
        tone=section.one_of("tone", {each: each for each in TONES}) or "u",
        roles=_roles(section),
        departments=_departments(section),
    )


def _currency(section: Section) -> str | None:
    currency = section.text("currency")
    if currency and not _CURRENCY.fullmatch(currency):
        section.refuse("currency", texts.CURRENCY, "bad_value", value=currency)
    return currency


def _roles(section: Section) -> tuple[Role, ...]:
    found: dict[str, tuple[Role, Section]] = {}
    for row in section.sections("roles", _ROLE, bare="id"):
        role_id = _id(row, found)
        if role_id:
            title = row.text("title") or _title(role_id)
            found[role_id] = (Role(role_id, title, tuple(dict.fromkeys(row.texts("above")))), row)
    known = frozenset(found)
    for role, row in found.values():
        _refuse_unknown(role, row, known)
    _refuse_cycle(found)
    return tuple(role for role, _ in found.values())


def _departments(section: Section) -> tuple[Department, ...]:
    found: dict[str, Department] = {}
    for row in section.sections("departments", _DEPARTMENT, bare="id"):
        department_id = _id(row, found)
        if department_id:
            title = row.text("title") or _title(department_id)
            found[department_id] = Department(department_id, title, row.text("slack"), row.text("teams"))
    return tuple(found.values())


def _id(row: Section, taken: Iterable[str]) -> str | None:
    row.require("id")
    text = row.text("id")
    if text is None:
        return None
    if not _ID.fullmatch(text):
        row.refuse("id", texts.BAD_ROLE_ID, "bad_id", id=text)
        return None
    if text in taken:
        row.refuse("id", texts.DUPLICATE_IN_LIST, "duplicate_id", id=text)
        return None
    return text


def _title(identifier: str) -> str:
    words = re.sub("[-_]+", " ", identifier)
    return words[:1].upper() + words[1:]


def _refuse_unknown(role: Role, row: Section, known: frozenset[str]) -> None:
    for below in role.above:
        if below in known:
            continue
        near = nearest(below, known)
        if near:
            row.refuse("above", texts.UNKNOWN_ROLE_NEAR, "unknown_role", role=below, near=near)
        else:
            row.refuse("above", texts.UNKNOWN_ROLE, "unknown_role", role=below, known=listed(sorted(known)))


def _refuse_cycle(found: Mapping[str, tuple[Role, Section]]) -> None:
    try:
        TopologicalSorter({role_id: role.above for role_id, (role, _) in found.items()}).prepare()
    except CycleError as fault:
        ring: list[str] = fault.args[1][::-1]
        found[ring[0]][1].refuse("above", texts.ROLE_CYCLE, "role_cycle", ring=" > ".join(ring))
