"""App Home: what stands open for this person, to decide on, to mend or to wait for; and nothing of anybody else's."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from copilot.curate import ONE_PERSON
from copilot.domain import AnswerStatus, Colleague, Status
from copilot.records import Listing
from copilot.store import Store
from tests.loopback_slack import Message
from tests.slack_message import all_texts
from tests.slack_shop import BAKER, BOSS, CHEF, COOK, STAFF, about, answered, open_home, report_last, reported, shop
from tests.slack_world import DM, KIM, World, opened
from tests.store_world import suggestion_of, text_of

TEAM = "T0001"


def draft(store: Store, entry: str, by: str, body: str = "Brood gaat voor de helft.", **keys: Any) -> None:
    store.save_version(text_of(entry, body, **keys), by, Status.DRAFT)


def labels(blocks: list[Any]) -> list[str]:
    return [each["text"]["text"] for each in Message("", "", "", blocks, "").buttons()]


def words(blocks: list[Any]) -> str:
    return "\n".join(all_texts(blocks))


def in_front_of(world: World, user: str) -> dict[str, Any]:
    """The form that is on top for somebody."""
    return dict(world.slack.before(user))


def ask(store: Store, name: str, text: str, asker: str = f"slack:{TEAM}:{KIM}", owner: str | None = None) -> None:
    """A question that found nothing."""
    store.record(suggestion_of(name, text=text, asker=asker, status=AnswerStatus.NO_KNOWLEDGE))


def report(store: Store, name: str, by: str, *, owner: str, text: str = "Mag taart vandaag?") -> None:
    store.record(suggestion_of(name, text=text, asker=by))
    store.put_report(f"a-{name}", by, entry="taart", title="Over taart", owner=owner, remark=None)


# ----------------------------------------------------------------------------------------------- proposals


async def test_a_proposal_is_looked_at_and_published_from_home_and_its_author_hears_so() -> None:
    store = shop(about("taart"))
    draft(store, "brood", "chris")
    async with opened(store, people=()) as world:
        assert "wacht op een collega" in words(await open_home(world, CHEF))
        assert "Bekijk" not in labels(world.slack.homes[CHEF]["blocks"])

        home = await open_home(world, COOK)
        assert "Van Chris (ploegchef), " in words(home)
        await world.slack.tap_home(COOK, "Bekijk")
        await world.settled()
        view = in_front_of(world, COOK)
        assert "Voorstel: Over brood" in words(view["blocks"])
        assert labels(view["blocks"]) == ["Publiceer", "Wijzig", "Niet doen"]
        await world.slack.tap_view(COOK, view, "Publiceer")
        await world.settled()
        assert "Gepubliceerd door Dani" in words(in_front_of(world, COOK)["blocks"])
        assert "Over brood" not in words(world.slack.homes[COOK]["blocks"])
        assert "Dani publiceerde je voorstel" in world.last(CHEF).words
        assert [each.id for each in world.store.entries(["brood"])] == ["brood"]


async def test_where_one_person_may_do_both_the_author_decides_from_his_own_home() -> None:
    store = shop(about("taart"))
    store.put_setting(ONE_PERSON, "yes", "test")
    draft(store, "brood", "chris")
    async with opened(store, people=()) as world:
        assert "wacht op een collega" not in words(await open_home(world, CHEF))
        await world.slack.tap_home(CHEF, "Bekijk")
        await world.settled()
        await world.slack.tap_view(CHEF, in_front_of(world, CHEF), "Publiceer")
        await world.settled()
        assert [each.id for each in world.store.entries(["brood"])] == ["brood"]


async def test_a_form_that_was_closed_meanwhile_keeps_nothing_from_home() -> None:
    store = shop(about("taart"))
    draft(store, "brood", "chris")
    async with opened(store, people=()) as world:
        await open_home(world, COOK)
        await world.slack.tap_home(COOK, "Bekijk")
        await world.settled()
        world.slack.fail_next("views.update", "not_found")
        await world.slack.tap_view(COOK, in_front_of(world, COOK), "Publiceer")
        await world.settled()
        assert "Over brood" not in words(world.slack.homes[COOK]["blocks"])
        assert "Dani publiceerde je voorstel" in world.last(CHEF).words


async def test_home_speaks_the_language_of_whoever_opens_it() -> None:
    english = Listing("slack", "UENGLISH", Colleague("lee", ("chef",), name="Lee", language="en"))
    store = shop(about("taart", owner="lee"), staff=(*STAFF, english))
    draft(store, "brood", "lee")
    async with opened(store, people=()) as world:
        await reported(world, "taart")
        home = words(await open_home(world, "UENGLISH"))
        assert "waits for a colleague" in home
        assert "Reported by Kim (verkoper), 2" in home
        assert "Openstaande" not in home


async def test_a_proposal_is_declined_from_home() -> None:
    store = shop(about("taart"))
    draft(store, "brood", "chris")
    async with opened(store, people=()) as world:
        await open_home(world, COOK)
        await world.slack.tap_home(COOK, "Bekijk")
        await world.settled()
        await world.slack.tap_view(COOK, in_front_of(world, COOK), "Niet doen")
        await world.settled()
        assert "Niet gepubliceerd" in words(in_front_of(world, COOK)["blocks"])
        assert world.store.drafts() == ()
        assert "publiceert je voorstel niet" in world.last(CHEF).words


async def test_what_was_changed_meanwhile_is_shown_before_it_is_decided() -> None:
    store = shop(about("taart"))
    draft(store, "brood", "chris")
    async with opened(store, people=()) as world:
        await open_home(world, COOK)
        await world.slack.tap_home(COOK, "Bekijk")
        await world.settled()
        draft(store, "brood", "chris", "Brood gaat gratis weg.")
        await world.slack.tap_view(COOK, in_front_of(world, COOK), "Publiceer")
        await world.settled()
        assert world.store.entries(["brood"]) == []
        assert "gratis" in words(in_front_of(world, COOK)["blocks"])
        await world.slack.tap_view(COOK, in_front_of(world, COOK), "Publiceer")
        await world.settled()
        assert "gratis" in world.store.history("brood")[-1].text
        assert [each.id for each in world.store.entries(["brood"])] == ["brood"]


async def test_a_proposal_that_is_gone_says_so() -> None:
    store = shop(about("taart"))
    draft(store, "brood", "chris")
    async with opened(store, people=()) as world:
        await open_home(world, COOK)
        world.store.discard_draft("brood", "eva")
        await world.slack.tap_home(COOK, "Bekijk")
        await world.settled()
        assert "brood" in world.last(COOK).words
        assert "Over brood" not in words(world.slack.homes[COOK]["blocks"])


async def test_who_may_not_publish_what_gives_rights_above_him_is_told_why() -> None:
    store = shop(about("taart"))
    rules = "[{roles: [baas], may: Geef taart weg.}]"
    store.save_version(
        f"---\nid: weg\nkind: mandate\ntitle: Taart weggeven\naction: weggeven\nrules: {rules}\n---\nOp.\n",
        "eva",
        Status.DRAFT,
    )
    async with opened(store, people=()) as world:
        await open_home(world, COOK)
        await world.slack.tap_home(COOK, "Bekijk")
        await world.settled()
        view = in_front_of(world, COOK)
        assert labels(view["blocks"]) == ["Wijzig", "Niet doen"]
        assert "eigenaar" in words(view["blocks"])


async def test_nobody_is_shown_a_proposal_that_he_may_not_see() -> None:
    store = shop(about("taart"))
    draft(store, "geheim", "eva", audience="[baas]")
    draft(store, "brood", "eva")
    async with opened(store, people=()) as world:
        assert "geheim" not in words(await open_home(world, COOK))
        assert "brood" not in words(await open_home(world, KIM))
        await open_home(world, COOK)
        tapped = Message("", "", "", world.slack.homes[COOK]["blocks"], "").buttons()
        look = next(each for each in tapped if each["text"]["text"] == "Bekijk")
        look["value"] = '{"k": "geheim"}'
        await world.slack.tap_home(COOK, "Bekijk")
        await world.settled()
        assert world.slack.views == {}


# ------------------------------------------------------------------------------------- reports and questions


async def test_a_report_is_settled_and_whoever_said_so_hears_it_and_sees_where_it_stands() -> None:
    async with opened(shop(about("taart", owner="chris")), people=()) as world:
        await reported(world, "taart")
        assert "gemeld aan Chris (ploegchef)" in words(await open_home(world, KIM))
        home = await open_home(world, CHEF)
        assert "Toelichting: Dat is anders" in words(home)
        assert {"Wijzig", "Afgehandeld"} <= set(labels(home))
        assert "Toelichting" not in words(await open_home(world, COOK))
        await world.slack.tap_home(CHEF, "Afgehandeld")
        await world.settled()
        assert "Toelichting" not in words(world.slack.homes[CHEF]["blocks"])
        assert "Chris heeft je melding afgehandeld: Over taart" in world.last(KIM).words
        assert "afgehandeld door Chris (ploegchef)" in words(await open_home(world, KIM))


async def test_the_card_of_a_report_is_settled_where_it_stands_and_only_once() -> None:
    async with opened(shop(about("taart", owner="chef")), people=()) as world:
        await reported(world, "taart")
        first, second = world.last(CHEF), world.last(COOK)
        await asyncio.gather(world.slack.tap(CHEF, first, "Afgehandeld"), world.slack.tap(COOK, second, "Afgehandeld"))
        await world.settled()
        (settled, already) = sorted((first.words, second.words), key=lambda each: "al afgehandeld" in each)
        assert "Afgehandeld door" in settled
        assert "al afgehandeld" in already
        heard = [each for each in world.slack.seen_by(KIM) if "afgehandeld" in each.words]
        assert len(heard) == 1


async def test_from_home_a_report_opens_the_entry_and_a_question_opens_the_form() -> None:
    async with opened(shop(about("taart", owner="chris")), people=()) as world:
        await reported(world, "taart")
        await open_home(world, CHEF)
        await world.slack.tap_home(CHEF, "Wijzig")
        await world.settled()
        assert "Over taart" in str(in_front_of(world, CHEF))
        await world.slack.say(KIM, DM, "Waar parkeert de koning zijn fiets?")
        await world.settled()
        await open_home(world, CHEF)
        await world.slack.tap_home(CHEF, "Schrijf het antwoord")
        await world.settled()
        assert "koning" in str(in_front_of(world, CHEF))


async def test_home_is_as_it_is_now_after_a_proposal_was_sent_from_it() -> None:
    async with opened(shop(about("taart")), people=()) as world:
        await open_home(world, CHEF)
        await world.slack.tap_home(CHEF, "Kennis toevoegen")
        await world.settled()
        form = in_front_of(world, CHEF)
        assert await world.slack.submit(CHEF, form, title="Honden binnen", body="Honden mogen mee.") == {}
        await world.settled()
        assert "wacht op een collega" in words(world.slack.homes[CHEF]["blocks"])


async def test_customer_data_stands_in_nobodys_home() -> None:
    async with opened(shop(about("taart", owner="chef")), people=()) as world:
        await answered(world, "taart NL91ABNA0417164300")
        await report_last(world, remark="Bel de klant op 0612345678")
        await world.slack.say(KIM, DM, "Waar parkeert jan@klant.nl zijn fiets?")
        await world.settled()
        for user in (KIM, CHEF, COOK, BOSS):
            home = words(await open_home(world, user))
            assert "0612345678" not in home
            assert user == KIM or "NL91" not in home
            assert user == KIM or "jan@klant.nl" not in home


# ----------------------------------------------------------------------------------------------- crossing


async def test_nothing_crosses_between_people_or_workspaces() -> None:
    store = shop(about("taart", owner="chef"))
    report(store, "hier", f"slack:{TEAM}:{KIM}", owner="chris", text="Kanarie een")
    report(store, "elders", "slack:T2:UELSE", owner="chris", text="Kanarie twee")
    ask(store, "ergens", "Kanarie drie", "slack:T2:UELSE")
    ask(store, "pagina", "Kanarie vier", "web:iemand")
    async with opened(store, people=()) as world:
        seen = {user: words(await open_home(world, user)) for user in (KIM, BAKER, CHEF, COOK, BOSS)}
        assert {user for user, home in seen.items() if "Kanarie een" in home} == {KIM, CHEF}
        assert not any("Kanarie twee" in home or "Kanarie drie" in home for home in seen.values())
        assert {user for user, home in seen.items() if "Kanarie vier" in home} == {CHEF, COOK, BOSS}


@pytest.mark.parametrize("user", [KIM, COOK])
async def test_nobody_settles_what_is_not_his_nor_what_is_of_another_workspace(user: str) -> None:
    store = shop(about("taart", owner="chef"))
    report(store, "hier", f"slack:{TEAM}:{BAKER}", owner="chris")
    report(store, "elders", "slack:T2:UELSE", owner="chef")
    async with opened(store, people=()) as world:
        for name, by, told in (
            ("hier", f"slack:{TEAM}:{BAKER}", "gaat"),
            ("elders", "slack:T2:UELSE", "al afgehandeld"),
        ):
            block = {"type": "actions", "elements": [{"type": "button", "action_id": "settle", "text": {"text": "X"}}]}
            block["elements"][0]["value"] = f'{{"r": "a-{name}", "b": "{by}"}}'
            card = Message(f"D{user}", world.slack.new_ts(), "", [block], world.slack.bot, owner=world.slack.token)
            world.slack.messages.append(card)
            await world.slack.tap(user, card, "settle")
            await world.settled()
            assert told in card.words + world.last(user).words
        assert len(world.store.reports()) == 2


# -------------------------------------------------------------------------------------------------- limits


async def test_three_hundred_open_requests_fit_with_the_oldest_first_and_the_rest_counted() -> None:
    store = shop(about("taart", owner="chef"))
    for number in range(100):
        draft(store, f"brood-{number:03}", "chris")
        report(
            store, f"m{number:03}", f"slack:{TEAM}:{KIM}", owner="chef", text=f"Melding {number:03} " + "lang " * 500
        )
        ask(store, f"v{number:03}", f"Vraag {number:03} " + "breed " * 500)
    async with opened(store, people=()) as world:
        home = await open_home(world, COOK)
        assert len(home) <= 100
        said = words(home)
        for kind in ("brood-", "Melding ", "Vraag "):
            assert [f"{kind}{number:03}" in said for number in (0, 7, 8, 99)] == [True, True, False, False]
        assert said.count("… en nog 92") == 3
        assert "Mijn antwoorden" in said
        assert "Wat mag ik?" in said
        await world.slack.tap_home(COOK, "Afgehandeld")
        await world.settled()
        said = words(world.slack.homes[COOK]["blocks"])
        assert "Melding 000" not in said
        assert "Melding 008" in said
        assert "… en nog 91" in said
        mine = await open_home(world, KIM)
        assert len(mine) <= 100
        assert "… en nog 92" in words(mine)


async def test_who_is_new_sees_that_nothing_is_open() -> None:
    async with opened(shop(about("taart")), people=()) as world:
        home = await open_home(world, "UNEW")
        assert "Er staat niets voor je open." in words(home)
        assert labels(home) == []
