"""The life of knowledge: somebody proposes, a second person publishes, nothing is ever lost.

Who may: whoever stands above somebody (a team lead). Who may publish: a second person whose role covers every
role to which the entry gives rights. One person may do both where the organisation says so, but never alone
where limits on money are involved. The review queue, the quality gate and the gaps come later; they will
stand between `propose` and `publish`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from copilot.difference import differences
from copilot.domain import Colleague, FactType, KnowledgeEntry, Mandate, Organisation, Status, Version
from copilot.entryfields import Shown, Written
from copilot.errors import Clash, Conflict, Finding, KnowledgeError, UsageError
from copilot.messages import curation as texts
from copilot.records import Listing

ONE_PERSON: Final = "publish.one_person"
"""The organisation's setting that allows one person to write and publish; `yes` or absent."""


class Shelf(Protocol):
    """Where knowledge is kept with all its versions."""

    def organisation(self) -> Organisation: ...

    def entries(
        self, ids: Iterable[str] | None = None, statuses: Sequence[Status] = (Status.PUBLISHED,)
    ) -> list[KnowledgeEntry]: ...

    def history(self, entry: str) -> list[Version]: ...

    def save_version(
        self,
        entry_text: str,
        by: str,
        status: Status = Status.DRAFT,
        approved_by: str | None = None,
        note: str = "",
        *,
        expected: int | None = None,
    ) -> Version: ...

    def set_status(
        self, entry: str, status: Status, by: str, approved_by: str | None = None, note: str = ""
    ) -> Version: ...

    def discard_draft(self, entry: str, by: str, note: str = "") -> None: ...

    def setting(self, name: str) -> str | None: ...

    def people(self) -> tuple[Listing, ...]: ...


Check = Callable[[str, Organisation, Sequence[KnowledgeEntry], date], tuple[KnowledgeEntry | None, Sequence[Finding]]]
"""Reads a text as an entry and checks it beside all others: format, references, the mandate's rules."""


class Forms(Protocol):
    """An entry's own text as the fields of a form, and back; see `entrychange`."""

    def shown(self, text: str, language: str) -> Shown: ...

    def changed(self, text: str, given: Mapping[str, str], language: str) -> Written: ...

    def english(self, field: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry as it stands now, opened to be changed."""

    entry: KnowledgeEntry
    version: Version
    shown: Shown
    author: str = ""
    """Who wrote the version that stands, by his name where the directory has one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Voorstel tot wijziging: a draft, with what it changes and what is worth a look."""

    entry: KnowledgeEntry
    version: Version
    changes: tuple[str, ...]
    """In plain words, a line each."""
    warnings: tuple[Finding, ...] = ()
    author: str = ""
    """Who wrote it, by his name where the directory has one."""


class Curator:
    """Keeps knowledge true: propose, publish, retire, restore."""

    def __init__(self, shelf: Shelf, check: Check, forms: Forms) -> None:
        self._shelf = shelf
        self._check = check
        self._forms = forms

    def propose(
        self, text: str, by: Colleague, on: date, *, language: str = "nl", note: str = "", expected: int | None = None
    ) -> Proposal:
        """Keeps a text as a draft and says what it changes.

        Raises UsageError for somebody who may not, KnowledgeError with every finding for a text that is not
        sound, and Conflict when somebody else was first.
        """
        organisation = self._shelf.organisation()
        self._require_editor(by, organisation)
        entry, findings = self._checked(text, organisation, on, language)
        version = self._shelf.save_version(text, by.id, Status.DRAFT, note=note, expected=expected)
        return self._proposed(entry, version, findings, organisation, language)

    def opened(self, entry: str, by: Colleague, *, language: str = "nl") -> Opened:
        """The open draft of an entry, else what is published, as fields.

        Raises UsageError for somebody who may not, for a retired entry, and for one that he may not even see.
        """
        organisation = self._shelf.organisation()
        self._require_editor(by, organisation)
        standing = self._standing(entry, organisation.covered_by(by.roles))
        versions = self._shelf.history(entry)
        if standing.status is Status.RETIRED:
            raise UsageError(texts.IS_RETIRED, title=standing.title, by=self._name(versions[-1].by))
        version = next(each for each in versions if each.number == standing.version)
        return Opened(standing, version, self._forms.shown(version.text, language), self._name(version.by))

    def change(
        self, entry: str, number: int, given: Mapping[str, str], by: Colleague, on: date, *, language: str = "nl"
    ) -> Proposal:
        """Keeps what was changed in a form as a draft; `number` is the version that the form was opened with.

        Raises UsageError where nothing was changed or he may not, KnowledgeError with a finding for each field that
        cannot stay so, and Conflict, saying what changed, when somebody else was first.
        """
        now = self.opened(entry, by, language=language)
        before = next((each for each in self._shelf.history(entry) if each.number == number), None)
        if before is None:
            raise UsageError(texts.NO_SUCH_ENTRY, entry=f"{entry} ({number})")
        written = self._forms.changed(before.text, given, language)
        if written.wrong:
            findings = [Finding(text, {}, field=field, entry=entry) for field, text in written.wrong.items()]
            raise KnowledgeError(texts.NOT_SOUND, findings, what=findings[0].text(language))
        if written.text == before.text:
            raise UsageError(texts.NOTHING_CHANGED)
        if now.version.text not in (before.text, written.text):
            raise self._overtaken(now, before, written.text, on, language)
        try:
            return self.propose(written.text, by, on, language=language, expected=now.version.number)
        except KnowledgeError as fault:
            findings = [replace(each, field=self._forms.english(each.field)) for each in fault.findings]
            raise KnowledgeError(fault.message, findings, **fault.values) from fault

    def rebased(
        self, entry: str, number: int, given: Mapping[str, str], by: Colleague, *, language: str = "nl"
    ) -> tuple[Opened, Mapping[str, str]]:
        """What stands now with, on top of it, what was changed in a form that was opened with version `number`.

        Also gives what was changed in a field that the entry no longer has. Raises as `opened` does.
        """
        now = self.opened(entry, by, language=language)
        then = next(each for each in self._shelf.history(entry) if each.number == number)
        before = self._forms.shown(then.text, language).fields
        mine = {name: text for name, text in given.items() if text.strip() != before.get(name, "").strip()}
        fields = {name: mine.get(name, text) for name, text in now.shown.fields.items()}
        lost = {name: text for name, text in mine.items() if name not in fields and text}
        return replace(now, shown=replace(now.shown, fields=fields)), lost

    def proposal(self, entry: str, on: date, *, language: str = "nl") -> Proposal:
        """The open draft of an entry. Raises UsageError where there is none."""
        organisation = self._shelf.organisation()
        version = self._draft(entry)
        read, findings = self._checked(version.text, organisation, on, language)
        return self._proposed(read, version, findings, organisation, language)

    def publish(self, entry: str, by: Colleague, on: date, *, language: str = "nl") -> Version:
        """Makes the open draft answer from the next question on; author and approver are kept.

        Raises UsageError for somebody who may not, KnowledgeError when it has become unsound meanwhile.
        """
        organisation = self._shelf.organisation()
        self._require_editor(by, organisation)
        draft = self._draft(entry)
        read, _ = self._checked(draft.text, organisation, on, language)
        self._require_second(read, draft.by, by, organisation)
        return self._shelf.set_status(entry, Status.PUBLISHED, draft.by, approved_by=by.id)

    def decline(self, entry: str, by: Colleague, *, note: str = "", language: str = "nl") -> None:
        """Declines the open draft; it stays in the history."""
        self._require_editor(by, self._shelf.organisation())
        self._draft(entry)
        self._shelf.discard_draft(entry, by.id, note)

    def retire(self, entry: str, by: Colleague, *, note: str = "", language: str = "nl") -> Version:
        """Takes an entry out of every answer from the next question on."""
        self._require_editor(by, self._shelf.organisation())
        return self._shelf.set_status(entry, Status.RETIRED, by.id, note=note)

    def restore(self, entry: str, number: int, by: Colleague, on: date, *, language: str = "nl") -> Proposal:
        """Proposes an older version again; it is published as any other draft."""
        version = next((each for each in self._shelf.history(entry) if each.number == number), None)
        if version is None:
            raise UsageError(texts.NO_SUCH_ENTRY, entry=f"{entry} ({number})")
        return self.propose(version.text, by, on, language=language)

    def may_edit(self, colleague: Colleague) -> bool:
        """Whether he stands above somebody."""
        return any(_stands_above(role, self._shelf.organisation()) for role in colleague.roles)

    def objection(self, draft: KnowledgeEntry, author: str, by: Colleague) -> UsageError | None:
        """Why he may not publish this draft; None where he may."""
        organisation = self._shelf.organisation()
        try:
            self._require_editor(by, organisation)
            self._require_second(draft, author, by, organisation)
        except UsageError as fault:
            return fault
        return None

    # ------------------------------------------------------------------------------------------- within

    def _proposed(
        self,
        entry: KnowledgeEntry,
        version: Version,
        findings: Sequence[Finding],
        organisation: Organisation,
        language: str,
    ) -> Proposal:
        changes = differences(self._published(entry.id), entry, organisation, language)
        warnings = tuple(each for each in findings if each.severity != "error")
        return Proposal(entry, version, changes, warnings, self._name(version.by))

    def _name(self, by: str) -> str:
        """A person as people call him; his id where nobody knows his name."""
        return next((each.colleague.name for each in self._shelf.people() if each.colleague.id == by), None) or by

    def _checked(
        self, text: str, organisation: Organisation, on: date, language: str
    ) -> tuple[KnowledgeEntry, Sequence[Finding]]:
        entry, findings = self._check(text, organisation, self._shelf.entries(), on)
        errors = [finding for finding in findings if finding.severity == "error"]
        if entry is None or errors:
            what = errors[0].text(language) if errors else ""
            raise KnowledgeError(texts.NOT_SOUND, findings, what=what)
        return entry, findings

    def _require_editor(self, by: Colleague, organisation: Organisation) -> None:
        if not any(_stands_above(role, organisation) for role in by.roles):
            lowest = next((role for role in organisation.roles if role.above), None)
            raise UsageError(texts.NO_EDITOR, role=lowest.title.lower() if lowest else "?")

    def _require_second(self, entry: KnowledgeEntry, author: str, by: Colleague, organisation: Organisation) -> None:
        if author == by.id:
            before = self._published(entry.id)
            if _limits_money(entry) or (before and _limits_money(before)):
                raise UsageError(texts.TWO_PEOPLE_LIMITS)
            if self._shelf.setting(ONE_PERSON) != "yes":
                raise UsageError(texts.TWO_PEOPLE)
        covered = organisation.covered_by(by.roles)
        granted = [role for rule in entry.rules for role in rule.roles] if isinstance(entry, Mandate) else []
        beyond = next((role for role in granted if role not in covered), None)
        if beyond:
            role = organisation.role(beyond)
            raise UsageError(texts.ABOVE_YOUR_ROLE, role=role.title.lower() if role else beyond)

    def _standing(self, entry: str, covered: frozenset[str]) -> KnowledgeEntry:
        """The draft before what is published, that before what is retired; one that he may not see is not there."""
        for status in (Status.DRAFT, Status.PUBLISHED, Status.RETIRED):
            found = next(iter(self._shelf.entries([entry], (status,))), None)
            if found and found.visible_to(covered):
                return found
        raise UsageError(texts.NO_SUCH_ENTRY, entry=entry)

    def _overtaken(self, now: Opened, before: Version, mine: str, on: date, language: str) -> Conflict:
        organisation = self._shelf.organisation()
        then, _ = self._check(before.text, organisation, self._shelf.entries(), on)
        changes = "\n".join(f"• {each}" for each in differences(then, now.entry, organisation, language))
        clash = Clash(now.entry.id, now.version.text, mine)
        return Conflict(texts.OVERTAKEN, [clash], by=now.author, changes=changes)

    def _draft(self, entry: str) -> Version:
        open_draft = next(iter(self._shelf.entries([entry], (Status.DRAFT,))), None)
        if open_draft is None:
            raise UsageError(texts.NO_DRAFT, entry=entry)
        return next(each for each in self._shelf.history(entry) if each.number == open_draft.version)

    def _published(self, entry: str) -> KnowledgeEntry | None:
        return next(iter(self._shelf.entries([entry])), None)


def _stands_above(role_id: str, organisation: Organisation) -> bool:
    role = organisation.role(role_id)
    return role is not None and bool(role.above)


def _limits_money(entry: KnowledgeEntry) -> bool:
    return isinstance(entry, Mandate) and (
        any(fact.type is FactType.MONEY for fact in entry.facts) or any(rule.amount for rule in entry.rules)
    )
