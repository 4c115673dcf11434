"""Help unasked: where a channel wants it, to one person alone, seldom, and with a way to say no."""

from __future__ import annotations

import asyncio
import json
from typing import Final

from copilot.channels.slack_cards import Card
from copilot.channels.slack_desk import Office
from copilot.channels.slack_errands import Errand
from copilot.channels.slack_text import actions, button, escaped, section
from copilot.messages import Text
from copilot.messages import slack as texts

OFFER_TAPS: Final = frozenset({"offer_yes", "offer_never"})
MOST_AN_HOUR: Final = 4
LONGEST: Final = 850
"""Characters of the message that the button takes along."""


async def may_offer_now(office: Office, errand: Errand) -> bool:
    """Whether manners allow an offer in this thread at this moment. Counts it."""
    return await asyncio.to_thread(
        office.desk.offer, errand.team, errand.channel, errand.root, errand.user, MOST_AN_HOUR
    )


async def wanted(office: Office, errand: Errand) -> bool:
    return await asyncio.to_thread(office.desk.setting, _setting(errand)) == "yes"


async def want_offers(office: Office, errand: Errand, *, wanted: bool) -> None:
    await asyncio.to_thread(office.desk.put_setting, _setting(errand), "yes" if wanted else "no", errand.asker)


async def silence_channel(office: Office, errand: Errand) -> None:
    await want_offers(office, errand, wanted=False)


def offer_card(asked: str, language: str, offer: Text = texts.OFFER) -> Card:
    """The offer, with what will be asked for him if he says yes."""
    carried = json.dumps({"t": asked[:LONGEST]}, ensure_ascii=False)
    offered = offer(language)
    buttons = [
        button(texts.OFFER_YES(language), "offer_yes", carried, "primary"),
        button(texts.OFFER_NEVER(language), "offer_never", "{}"),
    ]
    return Card((section(escaped(offered)), actions("offer", buttons)), offered)


def _setting(errand: Errand) -> str:
    return f"slack.offers.{errand.team}.{errand.channel}"
