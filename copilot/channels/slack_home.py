"""App Home: what may I decide, my answers, and for team leads the way to the knowledge."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from copilot import mandate_sheet
from copilot.channels.slack_desk import Office, Person
from copilot.channels.slack_errands import CHANNEL
from copilot.channels.slack_owners import Owners
from copilot.channels.slack_requests import blocks_of, open_requests
from copilot.channels.slack_text import actions, button, context, escaped, header, paragraphs, plain, section
from copilot.compose import role_title
from copilot.domain import KnowledgeEntry, Mandate, Organisation
from copilot.messages import slack as texts
from copilot.records import Answered

ANSWERS: Final = 8
ITEMS: Final = 25
MOST_BLOCKS: Final = 100
"""In App Home (docs.slack.dev, Block Kit reference)."""
PROMPTS: Final = 4
"""Slack shows four (docs.slack.dev, assistant.threads.setSuggestedPrompts)."""


async def home(office: Office, owners: Owners, team: str, user: str) -> dict[str, Any]:
    """The Home tab of one person, as it is now."""
    person = await office.person(team, user)
    open_now, roster = await open_requests(office, owners, team, user, person)
    requests = list(blocks_of(open_now, roster, office.mask, person))
    return await asyncio.to_thread(_view, office, person, f"{CHANNEL}:{team}:{user}", requests)


async def prompts(office: Office, team: str, user: str) -> list[dict[str, str]]:
    """Questions that somebody with this role could ask."""
    person = await office.person(team, user)
    return await asyncio.to_thread(_prompts, office, person)


def _prompts(office: Office, person: Person) -> list[dict[str, str]]:
    organisation = office.desk.organisation()
    covered = organisation.covered_by(person.colleague.roles)
    mine = [
        entry
        for entry in office.desk.entries()
        if entry.questions and entry.visible_to(covered) and entry.valid_on(office.today())
    ]
    own = person.colleague.department
    ranked = sorted(mine, key=lambda each: (each.department != own, not isinstance(each, Mandate), each.id))
    spread: dict[str | None, KnowledgeEntry] = {}
    for entry in ranked:
        spread.setdefault(entry.id if own and entry.department == own else entry.department, entry)
    asked = [entry.questions[0] for entry in spread.values()][:PROMPTS]
    return [{"title": plain(each, 70), "message": each} for each in asked]


def _view(office: Office, person: Person, asker: str, requests: Sequence[dict[str, Any]]) -> dict[str, Any]:
    organisation = office.desk.organisation()
    language = person.language
    roles = person.colleague.roles
    blocks = [
        header(texts.HOME_TITLE(language)),
        context(texts.HOME_LEAD(language)),
        section(texts.HOME_ROLE(language, role=escaped(role_title(roles[0], organisation), 200))),
    ]
    if not person.known:
        role = role_title(roles[0], organisation)
        user = asker.rpartition(":")[2]
        blocks.append(context(escaped(texts.UNKNOWN_PERSON(language, role=role, user=user))))
    if office.curator.may_edit(person.colleague):
        blocks.append(actions("home", [button(texts.HOME_KNOWLEDGE(language), "form", "{}", "primary")]))
    blocks += requests
    blocks += _answers(office.desk.answers_of(asker, ANSWERS), language)
    blocks += _mine(office, organisation, person, MOST_BLOCKS - len(blocks))
    return {"type": "home", "blocks": blocks}


def _answers(answers: Sequence[Answered], language: str) -> Iterator[dict[str, Any]]:
    yield header(texts.HOME_ANSWERS(language))
    if not answers:
        yield context(texts.HOME_NO_ANSWERS(language))
    for place, each in enumerate(answers):
        given = each.suggestion
        asked_back = f" {given.asks.question}" if given.asks else ""
        line = f"{escaped(plain(given.question.text, 150))}\n*{escaped(plain(given.verdict + asked_back, 150))}*"
        look = button(texts.HOME_OPEN(language), f"look:{place}", json.dumps({"s": given.id}))
        yield section(line) | {"accessory": look}


def _mine(office: Office, organisation: Organisation, person: Person, room: int) -> list[dict[str, Any]]:
    """What he may decide, in so many blocks; what does not fit is counted."""
    language = person.language
    sheet = mandate_sheet.mine(
        office.desk.entries(), organisation, person.colleague.roles, office.today(), language=language
    )
    blocks = [header(texts.HOME_MINE(language))]
    items = [(subject.title, item) for subject in sheet.subjects for item in subject.items]
    if not items:
        return [*blocks, context(escaped(sheet.empty_note, 1000))]
    own = organisation.department(person.colleague.department or "")
    items.sort(key=lambda each: own is None or each[0] != own.title)
    for place, (title, item) in enumerate(items):
        powers = [f"• {escaped(power.option, 400)} _{escaped(power.when, 400)}_" for power in item.powers[:6]]
        shown = list(paragraphs([f"*{escaped(item.title, 200)}* ({escaped(title, 100)})", *powers]))
        if place == ITEMS or len(blocks) + len(shown) >= room:
            return [*blocks, context(texts.HOME_MORE(language, count=len(items) - place))]
        blocks += shown
    return blocks
