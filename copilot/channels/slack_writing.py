"""Writing new knowledge in Slack: an empty form, one that a thread fills, and the proposal that comes of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from copilot.channels.slack_counter import Counter
from copilot.channels.slack_entryform import Filled, knowledge_form
from copilot.channels.slack_errands import Errand, Place, Task, readable, team_of, text_of, user_of
from copilot.channels.slack_forms import basis_of, values_of
from copilot.channels.slack_knowledge import Librarian
from copilot.channels.slack_out import code_of_refusal
from copilot.domain import Kind

KEEP_AS_KNOWLEDGE: Final = "keep_as_knowledge"
THREAD_LIMIT: Final = 30
"""Messages of a thread from which knowledge is made: a trigger is worth three seconds."""
_log = logging.getLogger(__name__)

Ack = Callable[..., Awaitable[Any]]


class Writer:
    """Schrijver: helps somebody to write down what nobody wrote down yet."""

    def __init__(
        self, counter: Counter, librarian: Librarian, soon: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        self.counter = counter
        self.office = counter.office
        self.librarian = librarian
        self.soon = soon

    def listen(self, app: AsyncApp) -> None:
        app.message_shortcut(KEEP_AS_KNOWLEDGE)(self.on_keep)
        app.action("kind")(self.on_kind)
        app.view("knowledge")(self.on_knowledge)

    async def open_form(self, body: dict[str, Any], filled: Filled) -> None:
        """The form for a new entry, for whom may write one."""
        errand = _errand_of(body)
        if await self.counter.may_edit(errand):
            person = await self.office.person(errand.team, errand.user)
            organisation = await asyncio.to_thread(self.office.desk.organisation)
            view = knowledge_form(organisation, filled, {}, person.language)
            await self.counter.open_view(body, errand, view)

    async def on_kind(self, body: dict[str, Any], ack: Ack) -> None:
        """Another kind of knowledge was chosen: the same form with other fields; what was typed stays."""
        self.soon(self._change_kind(body))
        await ack()

    async def _change_kind(self, body: dict[str, Any]) -> None:
        team, view = team_of(body), body["view"]
        person = await self.office.person(team, user_of(body))
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        chosen = Kind(body["actions"][0]["selected_option"]["value"])
        basis = {name: value for name, value in basis_of(view).items() if name != "kind"}
        client = await self.office.client_for(team)
        fresh = knowledge_form(organisation, Filled(chosen), basis, person.language)
        await client.views_update(view_id=view["id"], hash=view["hash"], view=fresh)

    async def on_keep(self, body: dict[str, Any], ack: Ack) -> None:
        self.soon(self._form_from_thread(body))
        await ack()

    async def _form_from_thread(self, body: dict[str, Any]) -> None:
        """What was said in a thread, without customer data, with who said it."""
        team, message = team_of(body), body.get("message") or {}
        client = await self.office.client_for(team)
        root = message.get("thread_ts") or message.get("ts")
        said = [message]
        try:
            replies = await client.conversations_replies(channel=body["channel"]["id"], ts=root, limit=THREAD_LIMIT)
            said = [each for each in replies["messages"] if not each.get("bot_id")] or said
        except SlackApiError as fault:
            _log.info("the thread could not be read: %s", code_of_refusal(fault))
        users = list(dict.fromkeys(str(each["user"]) for each in said if each.get("user")))[:5]
        names = [(await self.office.person(team, user)).colleague for user in users]
        lines = [self.office.mask(readable(text_of(each), None)) for each in said]
        filled = Filled(
            body="\n\n".join(line for line in lines if line),
            questions=(lines[0].splitlines()[0][:300],) if lines and lines[0] else (),
            source="Slack: " + ", ".join(each.name or each.id for each in names),
        )
        await self.open_form(body, filled)

    async def on_knowledge(self, body: dict[str, Any], ack: Ack) -> None:
        """A proposal: the checks answer in the form, field by field."""
        team, user, view = team_of(body), user_of(body), body["view"]
        person = await self.office.person(team, user)
        kind = Kind(basis_of(view).get("kind", Kind.POLICY))
        wrong = await self.librarian.propose(person, team, user, kind, values_of(view))
        if not wrong:
            self.soon(self.counter.show_home(team, user))
            await ack()
            return
        fields = {each["block_id"] for each in view["blocks"] if each["type"] == "input"}
        errors = {field if field in fields else "title": said for field, said in wrong.items()}
        await ack(response_action="errors", errors=errors)


def _errand_of(body: Mapping[str, Any]) -> Errand:
    """Whom a form is opened for, and where a word about it goes."""
    return Errand(
        task=Task.TAP,
        team=team_of(body),
        user=user_of(body),
        event="",
        channel=str(body.get("channel_id") or (body.get("channel") or {}).get("id", "")),
        place=Place.COMMAND,
        response_url=str(body.get("response_url") or ""),
    )
