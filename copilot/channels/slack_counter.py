"""The counter of Slack's room: opens forms, says a word to one person alone, and looks up what he may."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from copilot.channels.slack_cards import Card, plain_card
from copilot.channels.slack_desk import Office
from copilot.channels.slack_errands import Errand
from copilot.channels.slack_forms import View
from copilot.channels.slack_home import home
from copilot.channels.slack_out import Courier, code_of_refusal
from copilot.channels.slack_owners import Owners
from copilot.messages import Text, curation
from copilot.messages import slack as texts

_log = logging.getLogger(__name__)


class Counter:
    """Balie: everything here is between us and one person."""

    def __init__(self, office: Office, owners: Owners) -> None:
        self.office = office
        self._owners = owners
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def show_home(self, team: str, user: str) -> None:
        """Home as it is now; one after the other, so that an older one never comes last."""
        async with self._turns.setdefault((team, user), asyncio.Lock()):
            client: AsyncWebClient = await self.office.client_for(team)
            view = await home(self.office, self._owners, team, user)
            await client.views_publish(user_id=user, view=view)

    async def open_view(self, body: Mapping[str, Any], errand: Errand, view: View) -> None:
        """A form, on top of the one on which was tapped where there is one; a word where it came too late."""
        client = await self.office.client_for(errand.team)
        on_top = (body.get("view") or {}).get("type") == "modal"
        try:
            await (client.views_push if on_top else client.views_open)(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as fault:
            _log.warning("a form did not open: %s", code_of_refusal(fault))
            await self.say(errand, texts.FORM_EXPIRED)

    async def say(self, errand: Errand, sentence: Text) -> None:
        person = await self.office.person(errand.team, errand.user)
        await self.show(errand, plain_card(sentence(person.language)))

    async def show(self, errand: Errand, card: Card) -> None:
        """A card that he alone sees."""
        person = await self.office.person(errand.team, errand.user)
        await Courier(await self.office.client_for(errand.team), errand, person.language).whisper(card)

    async def may_edit(self, errand: Errand) -> bool:
        """Whether he may change knowledge; if not, he hears who may."""
        person = await self.office.person(errand.team, errand.user)
        if await asyncio.to_thread(self.office.curator.may_edit, person.colleague):
            return True
        if person.outsider:
            return False
        organisation = await asyncio.to_thread(self.office.desk.organisation)
        lowest = next((role.title.lower() for role in organisation.roles if role.above), "?")
        await self.show(errand, plain_card(curation.NO_EDITOR(person.language, role=lowest)))
        return False
