"""Changing knowledge that stands, from Slack: found, opened as it is, changed by one and published by another."""

from __future__ import annotations

from typing import Any

from copilot.channels.slack_entryform import changes_of
from copilot.domain import Mandate, Status
from tests.loopback_slack import Message
from tests.slack_world import DM, KIM, TESS, VERA, World, opened

CARD = "cadeaukaart-verlopen"


def labels(message: Message) -> list[str]:
    return [each["text"]["text"] for each in message.buttons()]


def last_view(world: World) -> dict[str, Any]:
    return dict(world.slack.views[list(world.slack.views)[-1]])


def begun(view: dict[str, Any]) -> dict[str, str]:
    """What each text field of a form begins with."""
    inputs = (each for each in view["blocks"] if each["type"] == "input")
    return {each["block_id"].partition("@")[0]: each["element"].get("initial_value", "") for each in inputs}


def words_of(view: dict[str, Any]) -> str:
    return Message("", "", "", view["blocks"], "").words


async def found(world: World, words: str, user: str = TESS) -> Message:
    await world.slack.command(user, "C1", f"kennis {words}")
    await world.settled()
    message = world.last(user)
    assert isinstance(message, Message)
    return message


async def change_of(world: World, entry: str = CARD, user: str = TESS) -> dict[str, Any]:
    """The form as “Wijzig” opens it."""
    await world.slack.tap(user, await found(world, entry, user), "change")
    await world.settled()
    return last_view(world)


async def test_a_limit_is_changed_in_a_form_published_by_a_second_person_and_the_next_question_gets_it() -> None:
    async with opened() as world:
        before = world.store.history(CARD)[-1].text
        view = await change_of(world)
        assert begun(view)["title"] == "Cadeaukaart is verlopen"
        assert begun(view)["rule1_when"] == "dagen <= 365"
        assert await world.slack.submit(TESS, view, rule1_when="dagen <= 400") == {"response_action": "clear"}
        await world.settled()
        assert world.store.history(CARD)[-1].text == before.replace('"<= 365"', '"<= 400"')
        card = world.last(VERA)
        assert "400 dagen" in card.words
        assert "Geschreven door Tess" in card.words
        await world.slack.say(KIM, DM, "Cadeaukaart is 390 dagen verlopen, mag ik hem aannemen?")
        await world.settled()
        assert "✅" not in world.last().words

        await world.slack.tap(VERA, card, "Publiceer")
        await world.settled()
        assert labels(card) == ["Wijzig", "Trek in"]
        assert "Vera publiceerde je voorstel" in world.last(TESS).words
        await world.slack.say(KIM, DM, "Cadeaukaart is 390 dagen verlopen, mag ik hem aannemen?")
        await world.settled()
        assert "✅" in world.last().words
        await world.slack.tap(VERA, card, "change")
        await world.settled()
        assert begun(last_view(world))["rule1_when"] == "dagen <= 400"


async def test_a_form_that_nobody_touched_says_so_and_keeps_nothing() -> None:
    async with opened() as world:
        of_each_kind = {each.kind: each.id for each in world.store.entries()}
        assert len(of_each_kind) == 3
        for entry in of_each_kind.values():
            answer = await world.slack.submit(TESS, await change_of(world, entry))
            assert list(answer["errors"].values()) == ["Er is niets gewijzigd."]
            assert len(world.store.history(entry)) == 1


async def test_of_two_who_change_at_once_the_second_keeps_his_text_and_hears_what_the_first_changed() -> None:
    async with opened() as world:
        mine, theirs = await change_of(world), await change_of(world, user=VERA)
        assert await world.slack.submit(VERA, theirs, rule2_may="Zet het saldo op een nieuwe kaart, met een bloem.")
        await world.settled()
        answer = await world.slack.submit(TESS, mine, source="Handboek Service 7")
        assert answer["response_action"] == "push"
        again = {**answer["view"], "id": "V9", "hash": "h9"}
        assert "Vera was je voor" in words_of(again)
        assert "met een bloem" in words_of(again)
        assert begun(again)["source"] == "Handboek Service 7"
        assert begun(again)["rule2_may"] == "Zet het saldo op een nieuwe kaart, met een bloem."
        assert await world.slack.submit(TESS, again) == {"response_action": "clear"}
        await world.settled()
        text = world.store.history(CARD)[-1].text
        assert "met een bloem" in text
        assert "source: Handboek Service 7" in text


async def test_what_is_wrong_is_said_at_its_field() -> None:
    async with opened() as world:
        view = await change_of(world)
        answer = await world.slack.submit(TESS, view, rule1_when="dagen <= veel")
        assert [name.partition("@")[0] for name in answer["errors"]] == ["rule1_when"]
        answer = await world.slack.submit(TESS, view, rule2_may="")
        assert [name.partition("@")[0] for name in answer["errors"]] == ["rule2_may"]
        answer = await world.slack.submit(TESS, view, facts="dagen days")
        assert [name.partition("@")[0] for name in answer["errors"]] == ["facts"]
        assert len(world.store.history(CARD)) == 1


async def test_what_the_form_cannot_show_is_named_in_it_and_stays() -> None:
    async with opened() as world:
        text = world.store.history(CARD)[-1].text
        five = "".join(f"  - roles: [teamleider]\n    when: {{dagen: {n}}}\n    may: Bel {n}.\n" for n in (4001, 4002))
        long = text.replace("---\nHet geld", f"{five}---\n{'Heel veel tekst. ' * 200}\nHet geld")
        world.store.save_version(long, "test", Status.PUBLISHED)
        view = await change_of(world)
        assert "body" not in begun(view)
        said = words_of(view)
        assert "Regel 5: teamleider mag “Bel 4002.”" in said
        assert "de tekst" in said
        assert "de trefwoorden" in said
        assert await world.slack.submit(TESS, view, valid_until="2027-12-31", department="warenhuis")
        await world.settled()
        changed = long.replace("department: servicebalie", "department: warenhuis")
        changed = changed.replace("valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_until: 2027-12-31")
        assert world.store.history(CARD)[-1].text == changed
        view = await change_of(world)
        assert "ligt al een voorstel" in words_of(view)
        assert await world.slack.submit(TESS, view, no_end="yes", department="-", rule4_roles="x")
        await world.settled()
        entry = world.store.entries([CARD], (Status.DRAFT,))[0]
        assert (entry.valid_until, entry.department) == (None, None)
        assert isinstance(entry, Mandate)
        assert len(entry.rules) == 4


async def test_the_owner_who_hears_that_it_is_wrong_changes_it_from_that_card() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, "Cadeaukaart is 90 dagen verlopen, mag ik hem aannemen?")
        await world.settled()
        await world.slack.tap(KIM, world.last(), "wrong")
        await world.settled()
        assert await world.slack.submit(KIM, last_view(world), remark="Dit is nu 400 dagen.") == {}
        await world.settled()
        card = world.last(TESS)
        assert labels(card) == ["Wijzig", "Schrijf het antwoord", "Trek in", "Afgehandeld"]
        await world.slack.tap(TESS, card, "change")
        await world.settled()
        assert begun(last_view(world))["title"] == "Cadeaukaart is verlopen"


async def test_who_may_edit_changes_from_the_sources_and_nobody_else_sees_the_button() -> None:
    async with opened() as world:
        for user in (KIM, TESS):
            await world.slack.say(user, f"D{user}", "Cadeaukaart is 90 dagen verlopen, mag ik hem aannemen?")
            await world.settled()
            await world.slack.tap(user, world.last(user), "sources")
            await world.settled()
            view = last_view(world)
            assert ("Wijzig" in labels(Message("", "", "", view["blocks"], ""))) == (user == TESS)
        await world.slack.tap_view(TESS, view, "Wijzig")
        await world.settled()
        assert begun(last_view(world))["title"] == "Cadeaukaart is verlopen"
        assert len(world.slack.stacks[TESS]) == 2


async def test_words_find_what_may_be_changed_also_what_was_retired() -> None:
    async with opened() as world:
        message = await found(world, "cadeaukaart verlopen")
        assert message.only == TESS
        assert "Cadeaukaart is verlopen" in message.words
        assert labels(message)[:2] == ["Wijzig", "Trek in"]
        assert len([each for each in labels(message) if each == "Wijzig"]) <= 5
        world.store.set_status(CARD, Status.RETIRED, "vera")
        message = await found(world, CARD)
        assert "ingetrokken" in message.words
        assert labels(message) == ["Zet terug"]
        await world.slack.tap(TESS, message, "restore")
        await world.settled()
        assert "Voorstel: Cadeaukaart" in world.last(VERA).words
        assert "Ik vind geen kennis" in (await found(world, "xylofoon orgelconcert")).words
        await found(world, "cadeaukaart", KIM)
        assert "teamleider" in world.last(KIM).words


async def test_a_button_that_is_out_of_date_or_not_his_has_a_clear_word() -> None:
    async with opened() as world:
        message = await found(world, CARD)
        world.store.set_status(CARD, Status.RETIRED, "vera")
        await world.slack.tap(TESS, message, "change")
        await world.settled()
        assert "ingetrokken door Vera" in world.last(TESS).words
        world.store.set_status(CARD, Status.PUBLISHED, "vera")
        view = await change_of(world)
        world.store.set_status(CARD, Status.RETIRED, "vera")
        answer = await world.slack.submit(TESS, view, title="Anders")
        assert "ingetrokken door Vera" in str(answer["errors"])
        answer = await world.slack.submit(KIM, view, title="Anders")
        assert "teamleider" in str(answer["errors"])
        strange = {**view, "private_metadata": '{"k":"van-een-ander","n":1}'}
        answer = await world.slack.submit(TESS, strange, title="Anders")
        assert "geen kennisitem" in str(answer["errors"])
        assert world.slack.views


async def test_a_form_that_opens_too_late_says_so() -> None:
    async with opened() as world:
        message = await found(world, CARD)
        world.slack.fail_next("views.open", "expired_trigger_id")
        await world.slack.tap(TESS, message, "change")
        await world.settled()
        assert "Tik nog een keer" in world.last(TESS).words


async def test_what_slack_does_not_send_or_spells_in_its_own_way_is_not_changed() -> None:
    async with opened() as world:
        text = world.store.history(CARD)[-1].text.replace("Maak dat waar.", "Maak dat waar & geniet 👍🏽 ❤️.")
        world.store.save_version(text, "test", Status.PUBLISHED)
        view = await change_of(world)
        spelled = begun(view)["body"].replace("&", "&amp;").replace("👍🏽", ":+1::skin-tone-4:").replace("❤️", ":heart:")
        assert "niets gewijzigd" in str(await world.slack.submit(TESS, view, body=spelled))
        states = {"title@1": {"value": {"type": "plain_text_input", "value": "Van het formulier hiervoor"}}}
        assert changes_of({**view, "state": {"values": states}}) == {}
        assert await world.slack.submit(TESS, view, body=spelled.replace("geniet", "vier het"))
        await world.settled()
        assert "vier het" in world.store.history(CARD)[-1].text
