"""Two workspaces in one program: whatever one sends of the other's, nothing of the other's comes out.

The normal run tries 200 forged things; HELEKLANT_FULL_PROOFS=1 five thousand.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from copilot.domain import Colleague
from copilot.records import Listing
from tests.slack_crossing import Forger, Loot
from tests.slack_world import KIM, TESS, VERA, World, opened
from tests.test_slack_install import MANY, install

ATTEMPTS = 5_000 if os.environ.get("HELEKLANT_FULL_PROOFS") else 200
CANARY = "kanarie"
RETURN = f"Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug? {CANARY}"
MISSING = f"Klant is de bon kwijt van een trui, mag dat terug? {CANARY}"
UNKNOWN = f"Mag de {CANARY} van de buren het orgel bespelen?"
BOB = "UBOB"


async def lived_in(world: World) -> None:
    """Workspace TA as it is after a day: answers, taps, open forms, a report and a proposal, all with a canary."""
    slack, store = world.slack, world.store
    people = ((KIM, "medewerker"), (TESS, "teamleider"), (VERA, "vestigingsmanager"))
    store.put_people(
        [Listing("slack", user, Colleague(f"{CANARY}-{user}", (role,), name=f"{CANARY} {user}"), "TA")
         for user, role in people], "test")  # fmt: skip
    slack.team = "TA"
    for text in (RETURN, MISSING, UNKNOWN):
        root = await slack.say(KIM, f"D{KIM}", text)
        await slack.say(KIM, "C1", f"<@{slack.bot}> {text}")
        await world.settled()
        await slack.say(KIM, f"D{KIM}", "En als hij gedragen is?", root)
    await world.settled()
    for card in [each for each in slack.seen_by(KIM) if each.buttons()]:
        for action in ("own", "correct", "sources", "wrong", "bad"):
            for name in {each["action_id"] for each in card.buttons() if each["action_id"].startswith(action)}:
                await slack.tap(KIM, card, name)
        await world.settled()
    wrong = slack.form("wrong")
    fields = {block["block_id"].partition("@")[0] for block in wrong["blocks"] if block["type"] == "input"}
    await slack.submit(KIM, wrong, **dict.fromkeys(fields, f"{CANARY} klopt niet"))
    await slack.command(TESS, "C1", "kennis")
    await world.settled()
    given = {"title": f"Voorstel {CANARY}", "body": "Dit is een voorstel."}
    assert await slack.submit(TESS, slack.form("knowledge"), **given) == {}
    for user in (KIM, TESS):
        await slack.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user}"})
    await world.settled()


def kept(world: World) -> Any:
    """What the program remembers of TA: answers with their feedback, and drafts."""
    answers = [world.store.answers_of(f"slack:TA:{user}", 100) for user in (KIM, TESS, VERA)]
    return answers, world.store.history(f"voorstel-{CANARY}"), world.store.installation("slack", "TA")


def sings(said: str) -> bool:
    """Whether it tells something of TA; the name of an entry that somebody sent himself comes back as "no such"."""
    return CANARY in said.replace(f"Er is geen kennisitem “voorstel-{CANARY} (0)”", "")


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # in slack_sdk, of aiohttp
async def test_nothing_of_one_workspace_comes_out_in_another_whatever_it_sends() -> None:
    async with opened(environment=MANY) as world:
        slack = world.slack
        slack.limits = None
        slack.emails = {str(each.owner): TESS for each in world.store.entries()}
        for team in ("TA", "TB"):
            assert (await install(world, team))[0] == 200
        await lived_in(world)
        loot, before, begun, urls = Loot(slack, "xoxb-TA"), kept(world), len(slack.calls), len(slack._uses)
        assert len(loot.buttons) > 30
        assert len(loot.bases) > 3
        assert any(CANARY in str(given) for _, given in slack.calls), "the canary sings at home"

        slack.team = "TB"
        bob = Colleague("bob", ("medewerker",), name="Bob")
        world.store.put_people([Listing("slack", BOB, bob, "TB")], "test")
        slack.channels["CB"] = {slack.bot, BOB, KIM, TESS, VERA}
        # Kim, Tess and Vera of TB have the very names of those in TA, and are nobody.
        forger = Forger(slack, loot, (BOB, KIM, TESS, VERA), "CB", random.Random(7))
        answers = []
        for number in range(ATTEMPTS):
            answers.append(await forger.attempt())
            if number % 20 == 19:
                await world.settled()
        await world.settled()
        made = slack.calls[begun:]
        leaked = [(method, given) for method, given in made if sings(str(given))]
        leaked += [("http", each.text) for each in answers if sings(each.text)]
        slack.refused.clear()  # Slack itself refuses a form that never was; here it counts what comes out
        print(f"{ATTEMPTS} attempts, {len(made)} calls to Slack, {len(leaked)} leaks")
        assert leaked == []
        assert {given.get("_token") for method, given in made if method != "response_url"} == {"xoxb-TB"}
        assert all(each.startswith(("forged-", "cmd-")) for each in list(slack._uses)[urls:]), "said where TA had asked"
        assert kept(world) == before
        assert {each.status_code for each in answers} == {200}
