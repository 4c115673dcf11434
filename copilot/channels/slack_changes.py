"""Changing knowledge that stands: found by its words, opened as a filled form, kept as a proposal."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Final

from slack_bolt.async_app import AsyncApp

from copilot.channels.slack_buttons import change_button, retire_button
from copilot.channels.slack_cards import Card, plain_card
from copilot.channels.slack_counter import Counter
from copilot.channels.slack_desk import Person
from copilot.channels.slack_entryform import change_form, changes_of
from copilot.channels.slack_entrytext import errors_by_field
from copilot.channels.slack_errands import from_command, from_tap, team_of, user_of
from copilot.channels.slack_forms import MARK, View, basis_of
from copilot.channels.slack_knowledge import Librarian
from copilot.channels.slack_text import actions, button, escaped, plain, section
from copilot.compose import KIND_NAMES
from copilot.curate import Proposal
from copilot.domain import KnowledgeEntry, Organisation, Status
from copilot.entrysearch import matching
from copilot.errors import Conflict, CopilotError, KnowledgeError
from copilot.messages import slack as texts

_CHANGE: Final = re.compile(r"change(?::\d+)?")

Ack = Callable[..., Awaitable[Any]]


class Reviser:
    """Herziener: leads a change from the button to the proposal. Whoever taps, his right is looked up anew."""

    def __init__(
        self, counter: Counter, librarian: Librarian, soon: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        self.counter = counter
        self.office = counter.office
        self.librarian = librarian
        self.soon = soon

    def listen(self, app: AsyncApp) -> None:
        app.action(_CHANGE)(self.on_change)
        app.view("change")(self.on_changed)

    # ------------------------------------------------------------------------------------------ finding

    async def find(self, body: Mapping[str, Any], asked: str) -> None:
        """Up to five entries with these words, to this person alone, each with what he can do with it."""
        errand = from_command(body, "")
        if not await self.counter.may_edit(errand):
            return
        person = await self.office.person(errand.team, errand.user)
        found = await asyncio.to_thread(self._found, asked, person)
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        await self.counter.show(errand, found_card(found, organisation, asked, person.language))

    def _found(self, asked: str, person: Person) -> list[KnowledgeEntry]:
        """What he may see, each as it stands: a proposal before what it would replace."""
        covered = self.office.desk.organisation().covered_by(person.colleague.roles)
        standing: dict[str, KnowledgeEntry] = {}
        for status in (Status.RETIRED, Status.PUBLISHED, Status.DRAFT):
            standing |= {each.id: each for each in self.office.desk.entries(statuses=(status,))}
        return matching((each for each in standing.values() if each.visible_to(covered)), asked)

    # ------------------------------------------------------------------------------------------ opening

    async def on_change(self, body: dict[str, Any], ack: Ack) -> None:
        self.soon(self._open(body))
        await ack()

    async def _open(self, body: Mapping[str, Any]) -> None:
        errand = from_tap(body)
        person = await self.office.person(errand.team, errand.user)
        entry = str((errand.value or {}).get("k", ""))
        try:
            view = await asyncio.to_thread(self._form, entry, person)
        except CopilotError as fault:
            await self.counter.show(errand, plain_card(fault.text(person.language)))
            return
        await self.counter.open_view(body, errand, view)

    def _form(self, entry: str, person: Person) -> View:
        opened = self.office.curator.opened(entry, person.colleague, language=person.language)
        return change_form(self.office.desk.organisation(), opened, person.language)

    # ------------------------------------------------------------------------------------------- saving

    async def on_changed(self, body: dict[str, Any], ack: Ack) -> None:
        """A proposal; or what is wrong at its field; or the form again, with what somebody else changed meanwhile."""
        view, team, user = body["view"], team_of(body), user_of(body)
        person = await self.office.person(team, user)
        try:
            proposal = await asyncio.to_thread(self._change, view, person)
        except Conflict as fault:
            await ack(**await asyncio.to_thread(self._again, view, person, fault))
        except CopilotError as fault:
            await ack(response_action="errors", errors=_errors(view, fault, person.language))
        else:
            self.soon(self.librarian.announce(proposal, team, user, person))
            self.soon(self.counter.show_home(team, user))
            await ack(response_action="clear")

    def _change(self, view: Mapping[str, Any], person: Person) -> Proposal:
        entry, number, given = _sent(view)
        return self.office.curator.change(
            entry, number, given, person.colleague, self.office.today(), language=person.language
        )

    def _again(self, view: Mapping[str, Any], person: Person, fault: Conflict) -> dict[str, Any]:
        """The form with what stands now, and on top of that whatever he had changed."""
        entry, number, given = _sent(view)
        language = person.language
        try:
            opened, lost = self.office.curator.rebased(entry, number, given, person.colleague, language=language)
        except CopilotError as gone:
            return {"response_action": "errors", "errors": _errors(view, gone, language)}
        notice = "\n".join([fault.text(language), *(f"{name}: {text}" for name, text in lost.items())])
        again = int(basis_of(view).get("a") or 0)
        fresh = change_form(self.office.desk.organisation(), opened, language, notice, again + 1)
        # On top of the first form, where nothing typed can get mixed up; Slack takes no more than three on a pile.
        return {"response_action": "update" if again else "push", "view": fresh}


def found_card(found: Sequence[KnowledgeEntry], organisation: Organisation, asked: str, language: str) -> Card:
    """Each entry with its buttons."""
    if not found:
        return plain_card(texts.NONE_FOUND(language, words=plain(asked, 200)))
    heading = texts.FOUND(language)
    blocks = [section(f"*{heading}*")]
    for place, each in enumerate(found):
        department = organisation.department(each.department or "")
        notes = [KIND_NAMES[each.kind](language), *([department.title] if department else [])]
        notes += [texts.STANDINGS[each.status](language)] if each.status in texts.STANDINGS else []
        blocks.append(section(f"*{escaped(each.title, 300)}*\n{escaped(', '.join(notes), 300)}"))
        blocks.append(actions(f"found{place}", _buttons(each, language)))
    return Card(tuple(blocks), heading)


def _buttons(entry: KnowledgeEntry, language: str) -> list[dict[str, Any]]:
    if entry.status is Status.RETIRED:
        what = json.dumps({"k": entry.id, "n": entry.version})
        return [button(texts.BRING_BACK(language), "restore", what)]
    return [change_button(entry.id, language, first=True), retire_button(entry.id, language)]


def _sent(view: Mapping[str, Any]) -> tuple[str, int, dict[str, str]]:
    """The entry, the version that the form was opened with, and what stands in its fields."""
    basis = basis_of(view)
    return str(basis.get("k", "")), int(basis.get("n") or 0), changes_of(view)


def _errors(view: Mapping[str, Any], fault: CopilotError, language: str) -> dict[str, str]:
    """What is wrong, at the fields of this form; at the first where it has none for it."""
    blocks = [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
    by_name = {each.partition(MARK)[0]: each for each in blocks}
    found = errors_by_field(fault.findings, language) if isinstance(fault, KnowledgeError) else {}
    said: dict[str, list[str]] = {}
    for name, text in (found or {"title": fault.text(language)}).items():
        said.setdefault(by_name.get(name, blocks[0]), []).append(text)
    return {block: plain(" ".join(each), 1900) for block, each in said.items()}
