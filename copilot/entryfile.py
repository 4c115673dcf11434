"""An entry as people write it: Markdown with front matter, read and written (knowledge-format, "An entry")."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any, Final

from copilot.domain import Kind, KnowledgeEntry, Mandate, Policy, Solution
from copilot.entrywriting import write_entry
from copilot.errors import Finding
from copilot.fields import DUTCH, Keys, Report, Section, keys, shown
from copilot.mandatefile import read_mandate
from copilot.messages import format as texts
from copilot.solutionfile import read_solution
from copilot.yamltext import BadText, Items, Pairs, Tree, plain, read

__all__ = ["DUTCH_KINDS", "LONGEST", "locate", "read_entry", "write_entry"]

LONGEST: Final = 500_000
"""Characters of one entry; what is longer was not written by a person for a person."""
DUTCH_KINDS: Final = {"beleid": Kind.POLICY, "mandaat": Kind.MANDATE, "oplossing": Kind.SOLUTION}

_COMMON: Final = (
    "id kind title owner department audience valid_from valid_until review_by source questions tags journey related"
)
_OWN: Final = {
    Kind.POLICY: keys(""),
    Kind.MANDATE: keys("action facts rules period_limit"),
    Kind.SOLUTION: keys("customer say steps next"),
}
_KEYS: Final[Keys] = {**keys(_COMMON), **_OWN[Kind.MANDATE], **_OWN[Kind.SOLUTION]}
_KINDS: Final = {**{each.value: each.value for each in Kind}, **{nl: each.value for nl, each in DUTCH_KINDS.items()}}
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_LIKELY_ID: Final = re.compile(r"^id: *[\"']?([a-z0-9][a-z0-9-]{0,99})[\"']? *\r?$", re.MULTILINE)
"""Tells whose file it is when it cannot be read, so that references to it are not called dead as well."""
_FENCE: Final = re.compile(r"---[ \t]*")
_END: Final = re.compile(r"(?:---|\.\.\.)[ \t]*")
_TYPES: Final[dict[Kind, type[KnowledgeEntry]]] = {
    Kind.POLICY: Policy,
    Kind.MANDATE: Mandate,
    Kind.SOLUTION: Solution,
}


def read_entry(text: str, file: str = "") -> tuple[KnowledgeEntry | None, list[Finding]]:
    """The entry that a file holds, or None with at least one error; warnings may come with an entry.

    Says nothing about what only the rest of the pack can tell: unknown roles, dead references.
    """
    report = Report(file)
    if len(text) > LONGEST:
        report.error(texts.TOO_LONG, 1, "", "too_large", most=LONGEST)
        return None, report.findings
    try:
        front, body = _front_matter(plain(text))
    except BadText as fault:
        report.unreadable(fault)
        guess = _LIKELY_ID.search(text)
        return None, report.about(guess[1] if guess else "")
    if not isinstance(front, Pairs):
        report.error(texts.NO_KEYS, 1, "", "no_front_matter")
        return None, report.findings
    section = Section(front, _KEYS, report)
    entry_id = _id(section)
    entry = _entry(section, entry_id, body)
    return (entry if report.sound else None), report.about(entry_id)


def locate(text: str, field: str) -> tuple[int | None, str]:
    """The line of a field such as `rules[2].when.bedrag`, and its name in the author's own spelling.

    For findings that are made when the file itself has been forgotten. The nearest that exists is given.
    """
    tree = _tree(text)
    return _found(tree, re.findall(r"[^.\[\]]+", field)) if tree else (None, field)


@lru_cache(maxsize=4)
def _tree(text: str) -> Tree | None:
    """Findings come by entry, so the last few files are all that is asked for again."""
    try:
        return _front_matter(plain(text))[0]
    except BadText:
        return None


def _front_matter(text: str) -> tuple[Tree | None, str]:
    """The tree between the two lines of dashes, and the Markdown after it. Raises BadText."""
    lines = text.split("\n")
    start = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if not _FENCE.fullmatch(lines[start]):
        raise BadText(texts.NO_FRONT_MATTER, line=start + 1)
    end = next((place for place in range(start + 1, len(lines)) if _END.fullmatch(lines[place])), None)
    if end is None:
        raise BadText(texts.FRONT_MATTER_OPEN, line=start + 1)
    body = "\n".join(lines[end + 1 :])
    return read("\n".join(lines[start + 1 : end]), first_line=start + 2), re.sub(r"\A(?:[ \t]*\n)+", "", body).rstrip()


def _id(section: Section) -> str:
    section.require("id", "kind", "title")
    entry_id = section.text("id") or ""
    if entry_id and not _ID.fullmatch(entry_id):
        section.refuse("id", texts.BAD_ID, "bad_id", id=shown(entry_id))
    return entry_id


def _entry(section: Section, entry_id: str, body: str) -> KnowledgeEntry | None:
    common = _common(section)
    written = section.one_of("kind", _KINDS)
    if written is None:
        return None
    kind = Kind(written)
    _refuse_keys_of_other_kinds(section, kind)
    own: dict[str, Any] = {}
    if kind is Kind.MANDATE:
        own = read_mandate(section, entry_id)
    elif kind is Kind.SOLUTION:
        own = read_solution(section)
    elif not body:
        section.report.error(texts.NO_BODY, section.line, "", "missing")
    return _TYPES[kind](id=entry_id, body=body, **common, **own)


def _common(section: Section) -> dict[str, Any]:
    return {
        "title": section.text("title") or "",
        "owner": section.text("owner"),
        "department": section.text("department"),
        "audience": tuple(dict.fromkeys(section.texts("audience"))),
        **_days(section),
        "source": section.text("source"),
        "questions": section.texts("questions"),
        "tags": section.texts("tags"),
        "journey": section.text("journey"),
        "related": section.texts("related"),
    }


def _days(section: Section) -> dict[str, date | None]:
    days = {name: section.day(name) for name in ("valid_from", "valid_until", "review_by")}
    first, last = days["valid_from"], days["valid_until"]
    if first and last and last < first:
        section.refuse("valid_until", texts.DAYS_REVERSED, "bad_date", first=first, last=last)
    return days


def _refuse_keys_of_other_kinds(section: Section, kind: Kind) -> None:
    for other, own in _OWN.items():
        for name in dict.fromkeys(own.values()):
            if other is not kind and name in section:
                section.refuse(name, texts.KEY_OTHER_KIND, "unknown_key", key=name, kind=other.value)


def _found(tree: Tree, steps: list[str]) -> tuple[int, str]:
    line, field = tree.line, ""
    for step in steps:
        following = _step(tree, step)
        if following is None:
            break
        written, line, tree = following
        field += written if written.startswith("[") or not field else f".{written}"
    return line, field


def _step(tree: Tree, step: str) -> tuple[str, int, Tree] | None:
    if isinstance(tree, Pairs):
        for key, value in tree.pairs:
            if key.text and (key.text == step or key.text == DUTCH.get(step)):
                return key.text, key.line, value
    elif isinstance(tree, Items) and step.isdecimal() and 0 < int(step) <= len(tree.items):
        item = tree.items[int(step) - 1]
        return f"[{step}]", item.line, item
    return None
