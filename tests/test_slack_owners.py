"""Whose it is: "dit klopt niet" and questions that nobody could answer reach somebody who can do something about it."""

from __future__ import annotations

import pytest

from copilot.channels.slack_desk import Person
from copilot.channels.slack_errands import Errand, Task
from copilot.domain import Colleague
from copilot.records import Listing, UserGroup
from tests.loopback_slack import Slack
from tests.slack_limits import Limits
from tests.slack_shop import (
    BAKER,
    BOSS,
    CHEF,
    COOK,
    STAFF,
    about,
    answered,
    got,
    open_home,
    report_last,
    reported,
    shop,
)
from tests.slack_world import KIM, TODAY, opened
from tests.store_world import text_of

EVERYONE = (KIM, BAKER, CHEF, COOK, BOSS, "UKNOWN", "UFAR")

NAMES = {CHEF: "Chris (ploegchef)", COOK: "Dani (ploegchef)", BOSS: "Eva (eigenaar)", BAKER: "Bo (verkoper)"}
KINDS: dict[str, tuple[str | None, str | None, list[str]]] = {
    "a role by its id, of the entry's department first": ("chef", "oven", [COOK, CHEF]),
    "a role by its title": ("ploegchef", "winkel", [CHEF, COOK]),
    "a department: who of it may edit": ("oven", None, [COOK]),
    "a department by its title": ("De winkel", None, [CHEF]),
    "somebody by id": ("eva", None, [BOSS]),
    "somebody by name": ("Bo", None, [BAKER]),
    "somebody by e-mail address": ("bo@zoet.example", None, [BAKER]),
    "an address that only Slack knows": ("far@zoet.example", None, ["UKNOWN"]),
    "a Slack user": (f"'<@{BOSS}>'", None, [BOSS]),
    "a Slack user by id alone": (BOSS, None, [BOSS]),
    "nobody that anyone knows": ("iemand-van-vroeger", None, [CHEF, COOK, BOSS]),
    "an address that nobody has": ("weg@zoet.example", None, [CHEF, COOK, BOSS]),
    "nobody at all": (None, "oven", [COOK, CHEF, BOSS]),
}


@pytest.mark.parametrize(("owner", "department", "reached"), KINDS.values(), ids=KINDS)
async def test_what_is_not_right_reaches(owner: str | None, department: str | None, reached: list[str]) -> None:
    given = {"owner": owner, "department": department}
    keys = {name: value for name, value in given.items() if value}
    slack = Slack(limits=Limits(), emails={"far@zoet.example": "UKNOWN"})
    async with opened(shop(about("taart", **keys)), slack=slack, people=()) as world:
        said = await reported(world, "taart")
        assert got(world, *EVERYONE) == set(reached)
        names = [NAMES.get(each, f"<@{each}>") for each in reached]
        assert f"Gemeld aan {' en '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}." in said
        (report,) = world.store.reports()
        assert list(report.told) == reached


@pytest.mark.parametrize("code", ["user_not_found", "account_inactive", "user_disabled", "internal_error"])
async def test_who_cannot_be_reached_is_passed_over_for_the_next(code: str) -> None:
    async with opened(shop(about("taart", owner="chef", department="oven")), people=()) as world:
        await answered(world, "taart")
        world.slack.fail_next("chat.postMessage", code)
        said = await report_last(world)
        assert got(world, *EVERYONE) == {CHEF}
        assert "Gemeld aan Chris (ploegchef)." in said


async def test_who_could_not_be_reached_counts_as_told_neither_now_nor_when_it_is_tried_again() -> None:
    async with opened(shop(about("taart", owner="bo@zoet.example")), people=()) as world:
        await answered(world, "taart")
        messenger = world.service.room.clerk.messenger
        errand = Errand(task=Task.WRONG, team="T0001", user=KIM, event="Ev1", channel=f"D{KIM}")
        (given,) = world.store.answers_of(f"slack:T0001:{KIM}")
        for told in ([CHEF, COOK, BOSS], [BAKER]):
            world.slack.left = {BAKER} if BAKER not in told else set()
            assert list((await messenger.report(errand, given.suggestion, "Dat is anders")).users) == told
        assert got(world, BAKER) == {BAKER}


async def test_where_no_owner_can_be_reached_the_editors_get_it_and_may_settle_it() -> None:
    async with opened(shop(about("taart", owner="eva")), people=()) as world:
        await answered(world, "taart")
        world.slack.fail_next("chat.postMessage", "user_not_found")
        said = await report_last(world)
        assert "Gemeld aan Chris (ploegchef) en Dani (ploegchef)." in said
        assert "taart" in str(await open_home(world, CHEF))
        await world.slack.tap_home(CHEF, "Afgehandeld")
        await world.settled()
        assert world.store.reports() == ()


async def test_where_nobody_can_be_reached_that_is_said_and_it_stands_in_the_list() -> None:
    async with opened(shop(about("taart", owner="chef")), people=()) as world:
        await answered(world, "taart")
        for _ in range(3):
            world.slack.fail_next("chat.postMessage", "user_not_found")
        said = await report_last(world)
        assert got(world, *EVERYONE) == set()
        assert "niemand bereiken" in said
        assert "nog niemand bereikt" in str(await open_home(world, KIM))
        assert "Dat is anders" in str(await open_home(world, CHEF))


async def test_nobody_gets_his_own_report_while_there_is_another() -> None:
    async with opened(shop(about("taart", owner="chris")), people=()) as world:
        said = await reported(world, "taart", CHEF)
        assert got(world, *EVERYONE) == {COOK, BOSS}
        assert "Gemeld aan Dani (ploegchef) en Eva (eigenaar)." in said


async def test_who_is_alone_with_his_subject_gets_it_himself_and_hears_so() -> None:
    alone = tuple(each for each in STAFF if each.user in (KIM, CHEF))
    async with opened(shop(about("taart", owner="chris"), staff=alone), people=()) as world:
        said = await reported(world, "taart", CHEF)
        assert got(world, *EVERYONE) == {CHEF}
        assert "jouw onderwerp" in said


async def test_nobody_hears_of_an_entry_that_he_may_not_see() -> None:
    async with opened(shop(about("taart", owner="chris", audience="[baas]")), people=()) as world:
        await reported(world, "taart", BOSS)
        assert got(world, *EVERYONE) == {BOSS}
        assert "taart" not in str(await open_home(world, CHEF))


async def test_people_of_another_workspace_or_company_get_nothing() -> None:
    elsewhere = Listing("slack", "UELSE", Colleague("els", ("chef",), name="Els", department="oven"), "T2")
    slack = Slack(limits=Limits(), outsiders={"UGUEST": "T9"})
    entries = (about("taart", owner="els"), about("koek", owner="UGUEST"), about("vla", owner="slack:T2:UELSE"))
    async with opened(shop(*entries, staff=(*STAFF, elsewhere)), slack=slack, people=()) as world:
        for subject in ("taart", "koek", "vla"):
            await reported(world, subject)
        assert got(world, "UELSE", "UGUEST") == set()
        assert all(each.told == (CHEF, COOK, BOSS) for each in world.store.reports())


async def test_who_has_his_role_by_a_user_group_counts_too() -> None:
    slack = Slack(limits=Limits(), groups={"S1": ["UGROUP", KIM]})
    store = shop(about("taart", owner="baas"), staff=tuple(each for each in STAFF if each.user != BOSS))
    store.put_user_group(UserGroup("slack", "S1", ("baas",)), "test")
    async with opened(store, slack=slack, people=()) as world:
        said = await reported(world, "taart")
        assert got(world, "UGROUP", *EVERYONE) == {"UGROUP"}
        assert "Gemeld aan <@UGROUP> (eigenaar)." in said


async def test_the_role_of_an_owner_is_told_to_three_people_at_most() -> None:
    many = tuple(
        Listing("slack", f"UCHEF{number:02}", Colleague(f"chef{number}", ("chef",), name=f"Chef {number}"))
        for number in range(12)
    )
    async with opened(shop(about("taart", owner="chef"), staff=(*STAFF, *many)), people=()) as world:
        await reported(world, "taart")
        assert len(world.store.reports()[0].told) == 3
        assert len(got(world, CHEF, COOK, *(each.user for each in many))) == 3


# --------------------------------------------------------------------------------- questions without answer


async def test_a_question_that_nobody_could_answer_goes_out_once_a_day_however_often_it_is_asked() -> None:
    async with opened(shop(about("taart", owner="eva")), people=()) as world:
        for user in (KIM, BAKER, KIM):
            await world.slack.say(user, f"D{user}", "Waar parkeert de koning zijn  fiets bij NL91ABNA0417164300?")
            await world.settled()
        cards = [each for each in world.slack.seen_by(CHEF) if "niemand een antwoord" in each.words]
        assert len(cards) == 1
        assert "NL91" not in cards[0].words
        home = str(await open_home(world, CHEF))
        assert "3 keer gevraagd" in home
        await world.slack.tap_home(CHEF, "Afgehandeld")
        await world.settled()
        assert world.store.gaps() == []


async def test_nobody_gets_more_than_a_handful_of_questions_an_hour_the_rest_is_in_his_list() -> None:
    async with opened(shop(about("taart", owner="eva")), people=()) as world:
        words = ("fiets", "paard", "raket", "boot", "trein", "koets", "slee", "step")
        for word in words:
            await world.slack.say(KIM, f"D{KIM}", f"Waar parkeert de koning zijn {word}?")
            await world.settled()
        for user in (CHEF, COOK, BOSS):
            assert sum("niemand een antwoord" in each.words for each in world.slack.seen_by(user)) == 5
        home = str(await open_home(world, COOK))
        assert all(word in home for word in words)


async def test_who_asked_is_not_told_of_his_own_question() -> None:
    async with opened(shop(about("taart", owner="eva")), people=()) as world:
        await world.slack.say(COOK, f"D{COOK}", "Waar parkeert de koning zijn fiets?")
        await world.settled()
        assert got(world, *EVERYONE) == {CHEF, BOSS}


async def test_only_who_may_see_a_proposal_is_asked_to_look_at_it_and_who_left_is_passed_over() -> None:
    async with opened(shop(about("taart")), people=()) as world:
        room, by = world.service.room, STAFF[2].colleague
        person = Person(by, True, "nl")
        for entry, keys in (("geheim", {"audience": "[baas]"}), ("brood", {})):
            proposal = room.office.curator.propose(text_of(entry, **keys), by, TODAY)
            if entry == "brood":
                world.slack.fail_next("chat.postMessage", "user_not_found")
            await room.clerk.librarian.announce(proposal, "T0001", CHEF, person)
        asked = {user: [each.words for each in world.slack.seen_by(user)] for user in (KIM, COOK, BOSS)}
        assert (asked[KIM], asked[COOK]) == ([], [])
        assert ["Over geheim" in each for each in asked[BOSS]] == [True, False]


async def test_a_question_in_any_script_fits_in_the_button_that_carries_it() -> None:
    async with opened(shop(about("taart", owner="eva")), people=()) as world:
        await world.slack.say(KIM, f"D{KIM}", '🎂"\\' * 2000)
        await world.settled()
        assert got(world, *EVERYONE) == {CHEF, COOK, BOSS}
        await open_home(world, BOSS)
