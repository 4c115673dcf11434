"""The life of knowledge in Slack: a form, its errors by field, a second person, and the next question that gets it."""

from __future__ import annotations

from typing import Any

from tests.loopback_slack import Message
from tests.slack_world import DM, KIM, TESS, VERA, World, opened


async def form(world: World, user: str = TESS, kind: str = "policy") -> dict[str, Any]:
    """The form as `/heleklant kennis` opens it, with the fields of this kind."""
    await world.slack.command(user, "C1", "kennis")
    await world.settled()
    id = list(world.slack.views)[-1]
    if kind != "policy":
        await world.slack.choose(user, world.slack.views[id], "kind", kind)
        await world.settled()
    return dict(world.slack.views[id])


def proposal_to(world: World, user: str) -> Message:
    return next(each for each in reversed(world.slack.seen_by(user)) if "Voorstel" in each.words)


async def test_a_mandate_is_written_refused_by_field_mended_published_by_a_second_person_and_answers() -> None:
    async with opened() as world:
        view = await form(world, kind="mandate")
        given = {
            "title": "Paraplu lenen bij regen",
            "body": "Een droge klant komt terug.",
            "questions": "Het regent, mag ik de klant een paraplu lenen?\nParaplu uitlenen",
            "facts": "waarde: money: Wat is de paraplu waard?",
            "rule1_roles": "medewerker",
            "rule1_when": "waarde <= veel",
            "rule1_may": "Leen een paraplu uit.",
            "rule2_roles": "teamleider",
            "rule2_when": "",
        }
        answer = await world.slack.submit(TESS, view, **given)
        assert set(answer["errors"]) == {"rule2_may"}
        answer = await world.slack.submit(TESS, view, **{**given, "rule2_may": "Geef een paraplu."})
        assert set(answer["errors"]) == {"rule1_when"}
        given |= {"rule1_when": "waarde <= 15", "rule2_may": "Geef een paraplu."}
        assert await world.slack.submit(TESS, view, **given) == {}
        await world.settled()

        own = proposal_to(world, TESS)
        await world.slack.tap(TESS, own, "Publiceer")
        await world.settled()
        assert "nooit één persoon alleen" in world.last(TESS).words

        card = proposal_to(world, VERA)
        assert "€ 15,00" in card.words
        await world.slack.tap(VERA, card, "Publiceer")
        await world.settled()
        assert "Gepubliceerd door Vera" in card.words

        await world.slack.say(KIM, DM, "Het regent, mag ik een paraplu van 10 euro lenen aan de klant?")
        await world.settled()
        assert "Leen een paraplu uit." in world.last().words
        (version, *_) = world.store.history("paraplu-lenen-bij-regen")[-1:]
        assert (version.by, version.approved_by) == ("sanne@example.com", "vera")

        await world.slack.tap(VERA, card, "Trek in")
        await world.settled()
        await world.slack.say(KIM, DM, "Het regent, mag ik een paraplu van 12 euro lenen aan de klant?")
        await world.settled()
        assert "Leen een paraplu uit." not in world.last().words
        restore = next(each["text"]["text"] for each in card.buttons() if each["action_id"] == "restore")
        await world.slack.tap(VERA, card, restore)
        await world.settled()
        assert "Voorstel: Paraplu" in card.words


async def test_a_solution_with_steps_and_a_policy_are_written_too() -> None:
    async with opened() as world:
        view = await form(world, kind="solution")
        steps = "Zet de klant droog.\nBel een taxi."
        given = {"title": "Klant staat in de regen", "steps": steps, "say": "Komt u even binnen."}
        assert await world.slack.submit(TESS, view, **given) == {}
        view = await form(world)
        assert await world.slack.submit(TESS, view, title="Honden binnen", body="Honden mogen mee naar binnen.") == {}
        await world.settled()
        for _ in range(2):
            card = next(
                each for each in world.slack.seen_by(VERA) if any(b["action_id"] == "publish" for b in each.buttons())
            )
            await world.slack.tap(VERA, card, "Publiceer")
            await world.settled()
        entries = {each.id: each for each in world.store.entries(["klant-staat-in-de-regen", "honden-binnen"])}
        assert len(entries) == 2


async def test_who_stands_above_nobody_is_told_to_whom_to_turn() -> None:
    async with opened() as world:
        await world.slack.command(KIM, "C1", "kennis")
        await world.settled()
        assert world.slack.views == {}
        assert "teamleider" in world.last().words


async def test_a_proposal_may_be_declined_and_an_old_card_decides_nothing() -> None:
    async with opened() as world:
        view = await form(world)
        assert await world.slack.submit(TESS, view, title="Honden binnen", body="Honden mogen mee.") == {}
        await world.settled()
        card = proposal_to(world, VERA)
        text = world.store.history("honden-binnen")[-1].text
        world.store.save_version(text.replace("mogen mee", "mogen niet mee"), "tess")
        await world.slack.tap(VERA, card, "Publiceer")
        await world.settled()
        assert world.store.entries(["honden-binnen"]) == []
        assert "Voorstel" in card.words
        await world.slack.tap(VERA, card, "Niet doen")
        await world.settled()
        assert "Niet gepubliceerd" in card.words


async def test_who_may_not_publish_does_not_see_the_proposal_by_tapping_an_old_card() -> None:
    async with opened() as world:
        view = await form(world)
        assert await world.slack.submit(TESS, view, title="Honden binnen", body="Honden mogen mee.") == {}
        await world.settled()
        card = proposal_to(world, VERA)
        text = world.store.history("honden-binnen")[-1].text
        world.store.save_version(text.replace("mogen mee", "mogen niet mee"), "tess")
        card.channel, before = "C1", len(world.slack.calls)
        await world.slack.tap(KIM, card, "Publiceer")
        await world.settled()
        assert "Honden" not in str(world.slack.calls[before:])
        assert world.store.entries(["honden-binnen"]) == []


async def test_a_thread_becomes_a_form_without_customer_data_and_with_who_said_it() -> None:
    async with opened() as world:
        slack = world.slack
        ts = await slack.say(KIM, "C1", "Mag een klant met IBAN NL91ABNA0417164300 contant betalen?")
        await slack.say(TESS, "C1", "Ja, tot 3000 euro, bel jan@klant.nl", thread_ts=ts)
        root = {"ts": ts, "text": "Mag een klant met IBAN NL91ABNA0417164300 contant betalen?", "user": KIM}
        await slack.shortcut(TESS, "C1", "keep_as_knowledge", root)
        await world.settled()
        (view,) = slack.views.values()
        fields = {each["block_id"]: each["element"].get("initial_value", "") for each in view["blocks"][1:]}
        assert "Ja, tot 3000 euro" in fields["body"]
        assert "NL91" not in str(view)
        assert "jan@klant.nl" not in str(view)
        assert fields["source"] == "Slack: Kim, Tess"


async def test_a_question_without_an_answer_reaches_the_owner_with_the_form() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, "Mag de kat van de buren het orgel van NL91ABNA0417164300 bespelen?")
        await world.settled()
        assert "niet zeker of hierover iets is afgesproken" in world.last().words
        owner = next((each.suggestion.owner for each in world.store.answers_of(f"slack:T0001:{KIM}")), None)
        await world.slack.event({"type": "app_home_opened", "user": TESS, "tab": "home", "channel": f"D{TESS}"})
        await world.settled()
        assert "orgel" in str(world.slack.homes[TESS])
        assert "NL91" not in str(world.slack.homes[TESS])
        await world.slack.tap_home(TESS, "Schrijf het antwoord")
        await world.settled()
        assert "orgel" in str(world.slack.views)
        assert owner is None or "@" in owner
