"""The fields of a knowledge file: handed out by their English names, checked, and never silently wrong.

Whatever is wrong becomes a finding in the `Report` of the file and reads as if it were not there, so that
one fault does not hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.conditions import NO_WORDS, YES_WORDS
from copilot.errors import CopilotError, Finding
from copilot.messages import Text
from copilot.messages import format as texts
from copilot.spelling import listed, nearest
from copilot.yamltext import BadText, Items, Pairs, Scalar, Tree

DUTCH: Final[Mapping[str, str]] = dict(
    pair.split("=")
    for pair in """
    organisation=organisatie currency=valuta tone=aanspreekvorm roles=rollen above=boven departments=afdelingen
    kind=soort title=titel owner=eigenaar department=afdeling audience=doelgroep valid_from=geldig_vanaf
    valid_until=geldig_tot_en_met review_by=herzien_voor source=bron questions=vragen journey=klantreis
    related=zie_ook action=handeling facts=feiten rules=regels may=mag never=nooit because=want instead=wel
    amount=bedrag_is period_limit=periodegrens customer=klant wants=wil worries=ligt_wakker_van
    delight=wordt_blij_van say=zeg steps=stappen do=doe mandate=mandaat handover=overdracht tell=vertel
    next=volgende
    """.split()
)
"""Keys that may be written in Dutch (knowledge-format, the brackets); they mean the same wherever they may stand."""

Keys = Mapping[str, str]
"""Every accepted spelling of the keys of one section, with its English name."""

LONGEST_SHOWN: Final = 60
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_OTHER_DAY: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def keys(names: str) -> Keys:
    """The keys with these English names, by each of their spellings."""
    found = {}
    for name in names.split():
        found[name] = name
        if name in DUTCH:
            found[DUTCH[name]] = name
    return found


def shown(text: str) -> str:
    """Written text as it fits in a message."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


class Report:
    """What is wrong, or worth a look, in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    @property
    def sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)

    def error(self, message: Text, line: int | None, field: str, code: str, /, **values: object) -> None:
        self._add("error", message, line, field, code, values)

    def warning(self, message: Text, line: int | None, field: str, code: str, /, **values: object) -> None:
        self._add("warning", message, line, field, code, values)

    def unreadable(self, fault: BadText) -> None:
        self.error(fault.message, fault.line, "", "unreadable", **fault.values)

    def about(self, entry: str) -> list[Finding]:
        """All findings in the order of the file, with the id of the entry that they are about."""
        ordered = sorted(self.findings, key=lambda finding: finding.line or 0)
        return [replace(finding, entry=entry) for finding in ordered] if entry else ordered

    def _add(
        self, severity: str, message: Text, line: int | None, field: str, code: str, values: dict[str, object]
    ) -> None:
        self.findings.append(
            Finding(message, values, severity=severity, file=self.file, line=line, field=field, code=code)
        )


class Section:
    """One mapping of a file. `keys` None = the author chooses the keys, such as names of facts."""

    def __init__(self, tree: Pairs, known: Keys | None, report: Report, path: str = "") -> None:
        self.line = tree.line
        self.path = path
        self.report = report
        self._known = known
        self._written: dict[str, Scalar] = {}
        self._trees: dict[str, Tree] = {}
        self._misspelled: set[str] = set()
        """Names that an unknown key was probably meant for; these are not called missing as well."""
        for key, value in tree.pairs:
            self._take(key, value)

    def __contains__(self, name: str) -> bool:
        """Whether something is filled in there."""
        tree = self._trees.get(name)
        return tree is not None and not (isinstance(tree, Scalar) and tree.text is None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._trees)

    def field(self, name: str) -> str:
        """The dotted place of a field, in the author's own spelling."""
        written = self._written.get(name)
        own = written.text or "" if written else name
        return f"{self.path}.{own}" if self.path else own

    def line_of(self, name: str) -> int:
        written = self._written.get(name)
        return written.line if written else self.line

    def refuse(self, name: str, message: Text, code: str, /, **values: object) -> None:
        self.report.error(message, self.line_of(name), self.field(name), code, **values)

    def refuse_for(self, name: str, fault: CopilotError, code: str) -> None:
        self.refuse(name, fault.message, code, **fault.values)

    def warn(self, name: str, message: Text, code: str, /, **values: object) -> None:
        self.report.warning(message, self.line_of(name), self.field(name), code, **values)

    def require(self, *names: str) -> None:
        for name in names:
            if name not in self and name not in self._misspelled:
                self.refuse(name, texts.MISSING, "missing", name=name)

    # ------------------------------------------------------------------------------------ plain values

    def text(self, name: str) -> str | None:
        """One text (a number is read as it is written), without white space around it."""
        tree = self._trees.get(name)
        if tree is None or name not in self:
            return None
        if not isinstance(tree, Scalar):
            self.refuse(name, texts.WRONG_TYPE_TEXT, "wrong_type", name=self._own(name))
            return None
        text = (tree.text or "").strip()
        if not text:
            self.refuse(name, texts.EMPTY, "missing", name=self._own(name))
        return text or None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        tree = self._trees.get(name)
        if tree is None or name not in self:
            return ()
        found = []
        for place, item in enumerate(tree.items if isinstance(tree, Items) else (tree,), 1):
            text = item.text.strip() if isinstance(item, Scalar) and item.text else ""
            if text:
                found.append(text)
            else:
                field = f"{self.field(name)}[{place}]" if isinstance(tree, Items) else self.field(name)
                message = texts.EMPTY_ITEM if isinstance(item, Scalar) else texts.WRONG_TYPE_TEXTS
                self.report.error(message, item.line, field, "wrong_type", name=self._own(name))
        return tuple(found)

    def one_of(self, name: str, values: Mapping[str, str]) -> str | None:
        """One of the accepted spellings of a closed set, translated to what it stands for."""
        text = self.text(name)
        if text is None or text in values:
            return values[text] if text else None
        near, known = nearest(text, values), listed(values)
        if near:
            self.refuse(name, texts.VALUE_NEAR, "bad_value", name=name, value=shown(text), near=near, known=known)
        else:
            self.refuse(name, texts.VALUE, "bad_value", name=name, value=shown(text), known=known)
        return None

    def yes(self, name: str) -> bool:
        """True for yes, ja or true; False for no, nee, false or nothing."""
        text = self.text(name)
        if text and text.lower() not in YES_WORDS | NO_WORDS:
            self.refuse(name, texts.WRONG_TYPE_YESNO, "wrong_type", name=self._own(name), value=shown(text))
        return bool(text) and text is not None and text.lower() in YES_WORDS

    def day(self, name: str) -> date | None:
        """A date such as 2026-03-01."""
        text = self.text(name)
        if text is None:
            return None
        found = _ISO_DAY.fullmatch(text)
        if not (found and text.isascii()):
            message = texts.DAY_ORDER if _OTHER_DAY.fullmatch(text) else texts.DAY_FORM
            self.refuse(name, message, "bad_date", value=shown(text))
            return None
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            self.refuse(name, texts.DAY_IMPOSSIBLE, "bad_date", value=text)
            return None

    # ------------------------------------------------------------------------------------- sections in it

    def section(self, name: str, known: Keys | None) -> Section | None:
        tree = self._trees.get(name)
        if tree is None or name not in self:
            return None
        return self._section(tree, known, name, self.field(name))

    def sections(self, name: str, known: Keys, bare: str | None = None) -> list[Section]:
        """A list of sections; with `bare` an item may be one text alone, which then fills that key."""
        tree = self._trees.get(name)
        if tree is None or name not in self:
            return []
        if not isinstance(tree, Items):
            self.refuse(name, texts.WRONG_TYPE_SECTIONS, "wrong_type", name=self._own(name))
            return []
        found = []
        for place, item in enumerate(tree.items, 1):
            if bare and isinstance(item, Scalar) and item.text:
                item = Pairs(((Scalar(bare, item.line), item),), item.line)
            section = self._section(item, known, name, f"{self.field(name)}[{place}]")
            found += [section] if section else []
        return found

    def is_list(self, name: str) -> bool:
        return isinstance(self._trees.get(name), Items)

    def is_empty_list(self, name: str) -> bool:
        tree = self._trees.get(name)
        return isinstance(tree, Items) and not tree.items

    # --------------------------------------------------------------------------------------------- inside

    def _section(self, tree: Tree, known: Keys | None, name: str, path: str) -> Section | None:
        if isinstance(tree, Pairs):
            return Section(tree, known, self.report, path)
        self.report.error(texts.WRONG_TYPE_SECTION, tree.line, path, "wrong_type", name=self._own(name))
        return None

    def _own(self, name: str) -> str:
        written = self._written.get(name)
        return (written.text if written else None) or name

    def _take(self, key: Scalar, value: Tree) -> None:
        written = (key.text or "").strip()
        name = written if self._known is None else self._known.get(written, "")
        if not name:
            self._refuse_key(key, written, value)
        elif name in self._written:
            self._refuse_twice(key, written, self._written[name])
        else:
            self._written[name] = Scalar(written, key.line)
            self._trees[name] = value

    def _refuse_key(self, key: Scalar, written: str, value: Tree) -> None:
        field = f"{self.path}.{written}" if self.path else written
        known = self._known or {}
        near = nearest(written, known)
        if near:
            self._misspelled.add(known[near])
            self.report.error(texts.UNKNOWN_KEY_NEAR, key.line, field, "unknown_key", key=shown(written), near=near)
        elif isinstance(value, Scalar) and value.text is None:
            # Between braces YAML ends a value at a comma: {amount: min(10, 25)} has a key "25)".
            self.report.error(texts.KEY_AFTER_COMMA, key.line, field, "unknown_key", key=shown(written))
        else:
            english = listed(dict.fromkeys(known.values()), most=40)
            self.report.error(texts.UNKNOWN_KEY, key.line, field, "unknown_key", key=shown(written), known=english)

    def _refuse_twice(self, key: Scalar, written: str, first: Scalar) -> None:
        field = f"{self.path}.{written}" if self.path else written
        message = texts.KEY_TWICE if first.text == written else texts.KEY_IN_TWO_LANGUAGES
        values = {"key": shown(written), "other": first.text, "first": first.line}
        self.report.error(message, key.line, field, "duplicate_key", **values)
