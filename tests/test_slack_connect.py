"""Channels shared with other companies: they get nothing, or what is for everyone; our colleague gets it all, alone."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from copilot.errors import SettingsError
from tests.slack_world import DM, KIM, STRANGER, TESS, World, open_store_of, opened

PARTNER, ELSEWHERE = "UPARTNER", "TPARTNER"
CANARIES = ("kanarie-eis", "kanarie-notitie", "777", "kanarie-geheim", "kanarie-bron")
"""In limits, notes, sources and an entry for team leads: nobody of another company may read one of them."""
PUBLIC = {"SLACK_SHARED_CHANNELS": "public"}
LOST, SECRET = "klant is zijn paraplu kwijt, wat doe ik?", "de kluis is leeg, wat doe ik?"
PACK = {
    "organisation.yaml": """\
organisation: Testwinkel
roles:
  - {id: medewerker, title: Medewerker}
  - {id: teamleider, title: Teamleider, above: medewerker}
  - {id: vestigingsmanager, title: Vestigingsmanager, above: teamleider}
departments:
  - {id: servicebalie, title: Servicebalie}
""",
    "paraplu.md": """\
---
id: paraplu
kind: solution
title: Klant is zijn paraplu kwijt
source: kanarie-bron
questions: ["Klant is zijn paraplu kwijt, wat doe ik?"]
say: Wij zoeken uw paraplu meteen.
steps:
  - do: Kijk in de mand bij de deur.
  - do: Geef een nieuwe tot € 777.
---
Onder ons: kanarie-notitie.
""",
    "kluis.md": """\
---
id: kluis
kind: solution
title: De kluis is leeg
audience: [medewerker]
questions: ["De kluis is leeg, wat doe ik?"]
say: Een ogenblik, kanarie-geheim.
steps: [{do: "Bel kanarie-geheim."}]
---
Onder ons: kanarie-notitie.
""",
    "korting.md": """\
---
id: korting
kind: mandate
title: Korting op een kapotte paraplu
questions: ["Mag ik korting geven op een kapotte paraplu?"]
facts:
  bedrag: {type: money, ask: "Om welk bedrag gaat het?"}
rules:
  - roles: [medewerker]
    when: {bedrag: "<= 777"}
    may: Geef korting, kanarie-eis.
---
Onder ons: kanarie-notitie.
""",
}


@asynccontextmanager
async def shared(folder: Path, environment: dict[str, str] | None = None) -> AsyncIterator[World]:
    """C1 is shared with the company of PARTNER."""
    for name, text in PACK.items():
        (folder / name).write_text(text, encoding="utf-8")
    async with opened(open_store_of(folder), environment=environment) as world:
        world.slack.outsiders[PARTNER] = ELSEWHERE
        world.slack.channels["C1"].add(PARTNER)
        world.slack.channels["C3"] = {world.slack.bot, KIM, TESS}
        world.slack.shared.add("C1")
        yield world
        assert leaked(world) == [], "another company read this"


def leaked(world: World) -> list[str]:
    """Every canary in what a person of another company can read, his Home and his forms among it."""
    read = [each.words + json.dumps(each.blocks, ensure_ascii=False) for each in world.slack.seen_by(PARTNER)]
    read += [json.dumps(world.slack.homes.get(PARTNER, ""), ensure_ascii=False)]
    return [canary for canary in CANARIES if any(canary in each for each in read)]


def mention(world: World, question: str) -> str:
    return f"<@{world.slack.bot}> {question}"


async def test_our_own_colleague_gets_everything_and_he_alone(tmp_path: Path) -> None:
    async with shared(tmp_path) as world:
        for user in (KIM, STRANGER):
            await world.slack.say(user, "C1", mention(world, LOST))
            await world.settled()
            assert "777" in world.last(user).words
            assert world.last(user).only == user
        ts = await world.slack.say(KIM, "C1", mention(world, SECRET))
        await world.slack.say(KIM, "C1", "en als de kluis open staat?", thread_ts=ts)
        await world.slack.command(KIM, "C1", f"vraag {SECRET}")
        await world.slack.shortcut(KIM, "C1", "help_customer", {"ts": "1.1", "text": SECRET, "user": PARTNER})
        await world.settled()
        answers = [each for each in world.slack.seen_by(KIM) if "kanarie-geheim" in each.words]
        assert len(answers) >= 3
        assert {each.only for each in answers} == {KIM}
        assert world.slack.seen_by(PARTNER) == []


@pytest.mark.parametrize("question", [LOST, SECRET, "Mag ik korting geven op een kapotte paraplu?", "openingstijden"])
async def test_where_nothing_is_set_another_company_gets_silence_everywhere(tmp_path: Path, question: str) -> None:
    async with shared(tmp_path) as world:
        world.slack.channels["D" + PARTNER] = {PARTNER}
        ts = await world.slack.say(PARTNER, "C1", mention(world, question))
        await world.slack.say(PARTNER, "C1", question, thread_ts=ts)
        await world.slack.say(PARTNER, f"D{PARTNER}", question)
        await world.slack.shortcut(PARTNER, "C1", "help_customer", {"ts": "1.1", "text": question})
        for tab in ("home", "messages"):
            home = {"type": "app_home_opened", "user": PARTNER, "tab": tab, "channel": f"D{PARTNER}"}
            await world.slack.event(home)
        await world.settled()
        assert world.slack.seen_by(PARTNER) == []
        assert (world.slack.homes, world.slack.prompts) == ({}, [])


async def test_by_setting_another_company_gets_what_is_for_everyone_without_limits(tmp_path: Path) -> None:
    async with shared(tmp_path, PUBLIC) as world:
        ts = await world.slack.say(PARTNER, "C1", mention(world, LOST))
        await world.settled()
        card = world.last(PARTNER)
        assert "Wij zoeken uw paraplu meteen." in card.words
        assert "Kijk in de mand" in card.words
        assert (card.only, card.buttons()) == (PARTNER, [])
        for asked in (SECRET, "Mag ik korting van 5 euro geven op een kapotte paraplu?", "openingstijden van de maan"):
            await world.slack.say(PARTNER, "C1", mention(world, asked))
            await world.settled()
            assert "Vraag het een medewerker van Testwinkel" in world.last(PARTNER).words
        await world.slack.say(PARTNER, "C1", "en de kluis is leeg?", thread_ts=ts)
        await world.slack.say(PARTNER, f"D{PARTNER}", SECRET)
        await world.settled()
        assert len(world.slack.seen_by(PARTNER)) == 6


async def test_another_company_cannot_tap_what_is_ours_nor_write_knowledge(tmp_path: Path) -> None:
    async with shared(tmp_path, PUBLIC) as world:
        await world.slack.say(KIM, "C1", mention(world, LOST))
        await world.settled()
        card = world.last()
        card.only = None  # as if he could see it
        for label in ("bad", "share", "wrong", "sources", "good"):
            await world.slack.tap(PARTNER, card, label)
        await world.slack.shortcut(PARTNER, "C1", "keep_as_knowledge", {"ts": "1.1", "text": LOST, "user": PARTNER})
        await world.settled()
        card.only = KIM
        assert world.slack.views == {}
        (answered,) = world.store.answers_of(f"slack:T0001:{KIM}")
        assert answered.feedback == ()
        assert [each.words for each in world.slack.seen_by(TESS)] == [], "nothing was shared"


async def test_what_is_shared_where_others_read_along_is_for_everyone_and_without_limits(tmp_path: Path) -> None:
    async with shared(tmp_path) as world:
        await world.slack.say(KIM, "C1", mention(world, LOST))
        await world.settled()
        await world.slack.tap(KIM, world.last(), "share")
        await world.settled()
        (seen,) = world.slack.seen_by(PARTNER)
        assert "Wij zoeken uw paraplu meteen." in seen.words
        await world.slack.say(KIM, "C1", mention(world, SECRET))
        await world.settled()
        await world.slack.tap(KIM, world.last(), "share")
        await world.settled()
        assert "leest een ander bedrijf mee" in world.last().words
        assert len(world.slack.seen_by(PARTNER)) == 1
        await world.slack.say(KIM, "C3", mention(world, SECRET))
        await world.settled()
        await world.slack.tap(KIM, world.last(), "share")
        await world.settled()
        assert any("kanarie-geheim" in each.words for each in world.slack.seen_by(TESS)), "among ourselves it is shared"


async def test_where_slack_does_not_say_whether_others_read_along_it_is_not_shared(tmp_path: Path) -> None:
    async with shared(tmp_path) as world:
        await world.slack.say(KIM, "C3", mention(world, SECRET))
        await world.settled()
        world.slack.fail_next("conversations.info", "missing_scope")
        await world.slack.tap(KIM, world.last(), "share")
        await world.settled()
        assert "leest een ander bedrijf mee" in world.last().words


async def test_no_offers_where_others_read_along(tmp_path: Path) -> None:
    async with shared(tmp_path) as world:
        await world.slack.command(KIM, "C1", "aanbod aan")
        await world.settled()
        said = len(world.slack.seen_by(KIM))
        await world.slack.say(KIM, "C1", "Daar ga ik niet over, dat is niet mijn afdeling.")
        await world.slack.say(PARTNER, "C1", "Daar ga ik niet over, dat is niet mijn afdeling.")
        await world.settled()
        assert len(world.slack.seen_by(KIM)) == said


async def test_who_is_not_in_the_directory_is_asked_for_once(tmp_path: Path) -> None:
    async with shared(tmp_path) as world:
        for number in range(3):
            home = {"type": "app_home_opened", "user": PARTNER, "tab": "home", "channel": f"D{number}"}
            await world.slack.event(home)
            await world.slack.say(STRANGER, f"D{STRANGER}", LOST)
            await world.slack.say(KIM, DM, LOST)
            await world.settled()
        asked = [given["user"] for method, given in world.slack.calls if method == "users.info"]
        assert asked == [PARTNER], "what Slack says with a message need not be asked"


async def test_where_slack_cannot_say_who_somebody_is_nobody_is_taken_for_a_colleague(tmp_path: Path) -> None:
    async with shared(tmp_path) as world:
        world.slack.fail_next("users.info", "down")
        await world.slack.say(PARTNER, "C1", mention(world, LOST))
        await world.settled()
        world.slack.fail_next("users.info", "user_not_visible")
        event = world.slack.message_event("UUNKNOWN", "DUUNKNOWN", LOST)
        del event["team"]
        await world.slack.event(event)
        await world.settled()
        assert world.slack.seen_by("UUNKNOWN") == world.slack.seen_by(PARTNER) == []


async def test_a_setting_that_does_not_exist_is_said() -> None:
    with pytest.raises(SettingsError, match="SLACK_SHARED_CHANNELS=alles"):
        async with opened(environment={"SLACK_SHARED_CHANNELS": "alles"}):
            pass
