"""Open requests in App Home: proposals to decide on, what is not right, what nobody could answer, and one's own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, Final

from copilot.channels.slack_buttons import change_button, settle_button, write_button
from copilot.channels.slack_desk import Desk, Office, Person
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_owners import Owners, Roster, Subject, subject_of
from copilot.channels.slack_reports import digest, listed
from copilot.channels.slack_text import actions, button, context, escaped, header, plain, section
from copilot.domain import Gap, KnowledgeEntry, Organisation, Status, Version
from copilot.messages import requests as texts
from copilot.notation import day
from copilot.records import Report

MOST_SHOWN: Final = 8
"""Of each kind, the oldest first. With two blocks each all four kinds leave room for the rest of Home."""
SETTLED_FOR: Final = timedelta(days=7)
"""How long whoever reported something still sees that it was settled."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Voorstel: an open draft with its author."""

    entry: KnowledgeEntry
    version: Version


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Vraag zonder antwoord: the same words, however often they were asked."""

    gaps: tuple[Gap, ...]

    @property
    def first(self) -> Gap:
        return self.gaps[0]

    @property
    def subject(self) -> Subject:
        return Subject(self.first.owner)

    @property
    def told(self) -> tuple[str, ...]:
        return tuple({user for each in self.gaps for user in each.told})


@dataclass(frozen=True, slots=True)
class OpenRequests:
    """Openstaande verzoeken of one person, each kind oldest first."""

    to_decide: tuple[Draft, ...]
    reports: tuple[Report, ...]
    unanswered: tuple[Unanswered, ...]
    own_drafts: tuple[Draft, ...]
    own_reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database has of it, of everybody."""

    organisation: Organisation
    drafts: tuple[Draft, ...]
    reports: tuple[Report, ...]
    entries: tuple[KnowledgeEntry, ...]
    """Those that were reported."""
    unanswered: tuple[Unanswered, ...]


async def open_requests(
    office: Office, owners: Owners, team: str, user: str, person: Person
) -> tuple[OpenRequests, Roster]:
    """Everything that stands open for one person of a workspace, with whoever else is in it."""
    read = await asyncio.to_thread(_read, office, team)
    named = [each.owner for each in read.reports] + [each.first.owner for each in read.unanswered]
    roster = await owners.roster(team, read.organisation, named)
    return await asyncio.to_thread(_of, office, read, roster, user, person), roster


def blocks_of(
    open_now: OpenRequests, roster: Roster, mask: Callable[[str], str], person: Person
) -> Iterator[dict[str, Any]]:
    """The section of Home; at most some sixty blocks, however much is open."""
    language = person.language
    may_edit = roster.may_edit(person.colleague)
    decide = [_to_decide(each, roster, language) for each in open_now.to_decide[:MOST_SHOWN]]
    reports = [_report(each, roster, mask, language, may_edit=may_edit) for each in open_now.reports[:MOST_SHOWN]]
    asked = [_unanswered(each, mask, language, may_edit=may_edit) for each in open_now.unanswered[:MOST_SHOWN]]
    yours = [*((each.version.at, _own_draft(each, language)) for each in open_now.own_drafts)]
    yours += [(each.at, _own_report(each, roster, language)) for each in open_now.own_reports]
    own = [[section(text)] for _, text in sorted(yours, key=lambda each: each[0])[:MOST_SHOWN]]
    yield header(texts.OPEN(language))
    if not (decide or reports or asked or own):
        yield context(texts.NOTHING_OPEN(language))
    parts = (
        (texts.TO_DECIDE, decide, len(open_now.to_decide)),
        (texts.REPORTS, reports, len(open_now.reports)),
        (texts.QUESTIONS, asked, len(open_now.unanswered)),
        (texts.OWN, own, len(yours)),
    )
    for number, (heading, items, count) in enumerate(parts):
        if items:
            yield context(f"*{heading(language)}*")
        for place, blocks in enumerate(items, start=number * MOST_SHOWN):
            yield from (_apart(each, place) for each in blocks)
        if count > len(items):
            yield context(texts.MORE(language, count=count - len(items)))


def alike(gaps: Sequence[Gap], team: str) -> tuple[Unanswered, ...]:
    """Questions that this workspace may see, those in the same words together; the oldest first."""
    together: dict[str, list[Gap]] = {}
    for each in gaps:
        if belongs_to(each.asker, team):
            together.setdefault(digest(each.text), []).append(each)
    return tuple(Unanswered(tuple(each)) for each in together.values())


def belongs_to(asker: str, team: str) -> bool:
    """Whether what somebody asked may be seen in a workspace: what was asked in another one may not."""
    return not asker.startswith(f"{CHANNEL}:") or asker.startswith(f"{CHANNEL}:{team}:")


# ------------------------------------------------------------------------------------------------- reading


def _read(office: Office, team: str) -> _Read:
    desk = office.desk
    week_ago = datetime.combine(office.today(), time.min).astimezone() - SETTLED_FOR
    reports = tuple(each for each in desk.reports(week_ago) if belongs_to(each.by, team))
    reported = sorted({each.entry for each in reports if each.entry})
    entries = tuple(desk.entries(reported, tuple(Status))) if reported else ()
    return _Read(desk.organisation(), _drafts(desk), reports, entries, alike(desk.gaps(), team))


def _drafts(desk: Desk) -> tuple[Draft, ...]:
    entries = {each.id: each for each in desk.entries(statuses=(Status.DRAFT,))}
    return tuple(Draft(entries[each.entry], each) for each in desk.drafts() if each.entry in entries)


def _of(office: Office, read: _Read, roster: Roster, user: str, person: Person) -> OpenRequests:
    me = person.colleague
    covered = read.organisation.covered_by(me.roles)
    drafts = [each for each in read.drafts if roster.may_edit(me) and each.entry.visible_to(covered)]
    own = [each for each in drafts if each.version.by == me.id]
    waits = [each for each in own if office.curator.objection(each.entry, me.id, me)]
    waiting = {each.entry.id for each in waits}
    standing: dict[str, list[KnowledgeEntry]] = {}
    for entry in read.entries:
        standing.setdefault(entry.id, []).append(entry)

    @cache
    def mine(subject: Subject, told: tuple[str, ...]) -> bool:
        return roster.concerns(user, subject, told)

    reports = tuple(
        each
        for each in read.reports
        if each.closed_by is None
        if mine(subject_of(each.owner, standing.get(each.entry or "", ())), each.told)
    )
    asker = f"{CHANNEL}:{roster.team}:{user}"
    return OpenRequests(
        to_decide=tuple(each for each in drafts if each.entry.id not in waiting),
        reports=reports,
        unanswered=tuple(each for each in read.unanswered if mine(each.subject, each.told)),
        own_drafts=tuple(waits),
        own_reports=tuple(each for each in read.reports if each.by == asker and each not in reports),
    )


# ------------------------------------------------------------------------------------------------- showing


def _apart(block: dict[str, Any], place: int) -> dict[str, Any]:
    """The block with names of its own: Slack takes no two blocks or buttons of one name."""

    def renamed(button: dict[str, Any]) -> dict[str, Any]:
        return {**button, "action_id": f"{button['action_id']}:{place}"}

    if "accessory" in block:
        return {**block, "accessory": renamed(block["accessory"])}
    if "elements" in block:
        return {**block, "block_id": f"{block['block_id']}{place}", "elements": [*map(renamed, block["elements"])]}
    return block


def _to_decide(draft: Draft, roster: Roster, language: str) -> list[dict[str, Any]]:
    by = texts.WRITTEN_BY(language, by=roster.name_of(draft.version.by), day=_day(draft.version.at, language))
    look = button(texts.LOOK(language), "draft", json.dumps({"k": draft.entry.id}))
    return [section(f"*{escaped(draft.entry.title, 300)}*\n{by}") | {"accessory": look}]


def _report(
    report: Report, roster: Roster, mask: Callable[[str], str], language: str, *, may_edit: bool
) -> list[dict[str, Any]]:
    asked, by = mask(plain(report.question, 500)), roster.name_of(report.by.rpartition(":")[2])
    said = texts.REPORTED_BY(language, by=by, day=_day(report.at, language))
    lines = [f"*{_title(report, language)}*", said, f">{_one_line(asked)}"]
    if report.remark:
        lines.append(escaped(texts.REPORTED_REMARK(language, remark=mask(plain(report.remark, 500))), 700))
    form = change_button(report.entry, language) if report.entry else write_button(asked, language)
    settle = settle_button({"r": report.suggestion, "b": report.by}, language)
    return [section("\n".join(lines)), actions("report", [*([form] if may_edit else []), settle])]


def _unanswered(
    question: Unanswered, mask: Callable[[str], str], language: str, *, may_edit: bool
) -> list[dict[str, Any]]:
    asked, count = mask(plain(question.first.text, 500)), len(question.gaps)
    since = _day(question.first.at, language)
    often = texts.ASKED_OFTEN(language, count=count, day=since) if count > 1 else texts.ASKED_ONCE(language, day=since)
    write = write_button(asked, language)
    settle = settle_button({"q": question.first.question}, language)
    return [section(f">{_one_line(asked)}\n{often}"), actions("gap", [*([write] if may_edit else []), settle])]


def _own_draft(draft: Draft, language: str) -> str:
    said = texts.YOUR_DRAFT(language, day=_day(draft.version.at, language))
    return f"*{escaped(draft.entry.title, 300)}*\n{said}"


def _own_report(report: Report, roster: Roster, language: str) -> str:
    given: dict[str, Any] = {"day": _day(report.at, language)}
    if report.closed_by:
        said = texts.YOUR_REPORT_SETTLED(language, by=roster.name_of(report.closed_by), **given)
    elif report.told:
        who = listed([roster.name_of(each) for each in report.told], language)
        said = texts.YOUR_REPORT(language, who=who, **given)
    else:
        said = texts.YOUR_REPORT_KEPT(language, **given)
    return f"*{_title(report, language)}*\n{said}"


def _title(report: Report, language: str) -> str:
    return escaped(report.title or texts.NO_ENTRY(language), 300)


def _one_line(text: str) -> str:
    """A quotation in Slack ends with its line."""
    return escaped(" ".join(text.split()), 600)


def _day(moment: datetime, language: str) -> str:
    return day(moment.astimezone().date(), language)
