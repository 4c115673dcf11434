"""A small organisation in Slack whose entries name their owners in every way that packs do."""

from __future__ import annotations

import json
from typing import Any

from copilot.domain import Colleague, Department, Organisation, Role
from copilot.records import Listing
from copilot.store import Store
from tests.slack_world import KIM, World
from tests.store_world import pack_of, store_at, text_of

BAKER, CHEF, COOK, BOSS = "UBAKER", "UCHEF", "UCOOK", "UBOSS"
SHOP = Organisation(
    id="bakkerij",
    name="Bakkerij Zoet",
    roles=(
        Role("verkoper", "Verkoper"),
        Role("chef", "Ploegchef", above=("verkoper",)),
        Role("baas", "Eigenaar", above=("chef",)),
    ),
    departments=(Department("winkel", "De winkel"), Department("oven", "De oven")),
)
STAFF = (
    Listing("slack", KIM, Colleague("kim", ("verkoper",), name="Kim", department="winkel")),
    Listing("slack", BAKER, Colleague("bo@zoet.example", ("verkoper",), name="Bo", department="oven")),
    Listing("slack", CHEF, Colleague("chris", ("chef",), name="Chris", department="winkel")),
    Listing("slack", COOK, Colleague("dani", ("chef",), name="Dani", department="oven")),
    Listing("slack", BOSS, Colleague("eva", ("baas",), name="Eva")),
)


def shop(*entries: str, staff: tuple[Listing, ...] = STAFF) -> Store:
    """A database in memory with these entries, and this directory alone."""
    store = store_at("sqlite://")
    store.import_pack(pack_of(*entries, organisation=SHOP), by="test")
    store.put_people(staff, "test")
    return store


def about(subject: str, **keys: Any) -> str:
    """An entry that answers a question on one word."""
    asked = {"questions": json.dumps([f"Mag {subject} vandaag?"])}
    return text_of(subject, f"Voor {subject} geldt: dat mag vandaag.", **asked, **keys)


async def answered(world: World, subject: str, user: str = KIM) -> None:
    await world.slack.say(user, f"D{user}", f"Mag {subject} vandaag?")
    await world.settled()


async def reported(world: World, subject: str, user: str = KIM) -> str:
    """Asks, says that it is not right, and what whoever said so hears."""
    await answered(world, subject, user)
    return await report_last(world, user)


async def report_last(world: World, user: str = KIM, remark: str = "Dat is anders") -> str:
    await world.slack.tap(user, world.last(user), "wrong")
    await world.settled()
    view = world.slack.form("wrong")
    assert await world.slack.submit(user, view, remark=remark) == {}
    await world.settled()
    return next(each.words for each in reversed(world.slack.seen_by(user)) if not each.buttons())


def got(world: World, *users: str) -> set[str]:
    """Who of these has a card of something that is not right or not known."""
    return {
        user
        for user in users
        for each in world.slack.seen_by(user)
        if "dit niet klopt" in each.words or "niemand een antwoord" in each.words
    }


async def open_home(world: World, user: str) -> list[dict[str, Any]]:
    await world.slack.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user}"})
    await world.settled()
    return list(world.slack.homes[user]["blocks"])
