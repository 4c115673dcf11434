"""Slack from message to card: the real Bolt app and worker against a strict Slack on this machine."""

from __future__ import annotations

import json

from copilot.channels import slack_worker
from copilot.domain import Status
from copilot.records import UserGroup
from tests.slack_world import DM, KIM, STRANGER, TESS, opened

RETURN = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"


async def test_a_direct_message_gets_the_verdict_in_its_thread() -> None:
    async with opened() as world:
        ts = await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert card.thread_ts == ts
        assert "Ja, dit mag je zelf beslissen." in card.words
        assert "tegoedbon" in card.words
        assert "Zeg tegen de klant" in card.words
        assert ("assistant.threads.setStatus") in [method for method, _ in world.slack.calls]


async def test_a_mention_and_its_twin_get_one_answer_that_only_the_asker_sees() -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        (card,) = world.slack.seen_by(KIM)
        assert card.only == KIM
        assert world.slack.seen_by(TESS) == []


async def test_a_follow_up_in_the_thread_needs_no_mention_and_is_only_for_who_asked() -> None:
    async with opened() as world:
        ts = await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        await world.slack.say(TESS, "C1", "ik loop even mee", thread_ts=ts)
        await world.slack.say(KIM, "C1", "en als het 400 euro is?", thread_ts=ts)
        await world.settled()
        cards = world.slack.seen_by(KIM)
        assert len(cards) == 2
        assert "akkoord" in cards[1].words
        assert world.slack.seen_by(TESS) == []


async def test_a_follow_up_in_a_direct_message_stays_in_its_thread() -> None:
    async with opened() as world:
        ts = await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        await world.slack.say(KIM, DM, "en als het 400 euro is?", thread_ts=ts)
        await world.settled()
        assert "akkoord" in world.last().words


async def test_a_missing_fact_is_one_tap() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, "klant is de bon kwijt, ongebruikt, mag dat terug?")
        await world.settled()
        card = world.last()
        assert "Nog één ding" in card.words
        choice = next(each for each in card.buttons() if each["action_id"].startswith("fact:"))
        await world.slack.tap(KIM, card, choice["text"]["text"])
        await world.settled()
        assert card.versions == 2, "the card itself changes"
        assert "Ja, dit mag je zelf beslissen." in card.words


async def test_what_came_nearest_answers_the_same_question_in_one_tap() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, "openingstijden pasen")
        await world.settled()
        card = world.last()
        assert "niet zeker of hierover iets is afgesproken" in card.words
        chosen = next(each for each in card.buttons() if each["action_id"] == "near:0")
        await world.slack.tap(KIM, card, chosen["text"]["text"])
        await world.settled()
        assert card.versions == 2, "the card itself changes"
        assert "staat nog niets" not in card.words
        assert "openingstijden pasen" in card.words


async def test_a_missing_fact_may_be_typed_and_nonsense_is_said_in_the_form() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, "klant is de bon kwijt, ongebruikt, mag dat terug?")
        await world.settled()
        card = world.last()
        await world.slack.tap(KIM, card, "own")
        await world.settled()
        (view,) = world.slack.views.values()
        answer = await world.slack.submit(KIM, view, value="heel veel")
        assert set(answer["errors"]) == {"value"}
        assert await world.slack.submit(KIM, view, value="€ 400") == {}
        await world.settled()
        assert "akkoord" in card.words


async def test_a_fact_that_was_read_wrongly_is_corrected() -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        card = world.last()
        await world.slack.tap(KIM, card, "correct:0")
        await world.settled()
        (view,) = world.slack.views.values()
        assert await world.slack.submit(KIM, view, value="90") == {}
        await world.settled()
        assert card.versions == 2
        assert "akkoord" in card.words


async def test_done_counts_once() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        card = world.last()
        for said in ("Genoteerd: je hebt dit gedaan.", "Dit stond al genoteerd."):
            await world.slack.tap(KIM, card, "done")
            await world.settled()
            assert said in world.last().words


async def test_a_thumb_down_asks_why_and_keeps_it() -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        await world.slack.tap(KIM, world.last(), "bad")
        await world.settled()
        why = world.last()
        await world.slack.tap(KIM, why, "Er ontbreekt iets")
        await world.settled()
        assert "Dank je" in why.words
        (answered,) = world.store.answers_of(f"slack:T0001:{KIM}")
        assert [(each.helpful, each.reason) for each in answered.feedback] == [(False, "incomplete")]


async def test_what_is_not_right_goes_straight_to_the_owner() -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN} zij heet NL91ABNA0417164300")
        await world.settled()
        await world.slack.tap(KIM, world.last(), "wrong")
        await world.settled()
        (view,) = world.slack.views.values()
        assert await world.slack.submit(KIM, view, remark="Het is nu 60 euro") == {}
        await world.settled()
        report = world.last(TESS)
        assert "meldt dat dit niet klopt" in report.words
        assert "60 euro" in report.words
        assert "NL91" not in report.words
        assert "Gemeld aan Tess (teamleider)." in world.last().words


async def test_sharing_shows_neither_limits_nor_internal_notes() -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        await world.slack.tap(KIM, world.last(), "share")
        await world.settled()
        (shared,) = world.slack.seen_by(TESS)
        assert "Gedeeld door" in shared.words
        for secret in ("50", "250", "teamleider", "Voor jou", "handboek", "Handboek"):
            assert secret not in shared.words
        assert shared.buttons() == []


async def test_a_card_of_an_entry_that_changed_is_decided_again_and_that_is_said() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        card = world.last()
        text = next(each for each in world.store.history("retour-zonder-bon")).text
        world.store.save_version(
            text.replace('"<= 50"', '"<= 20"'), "tess", status=Status.PUBLISHED, approved_by="vera"
        )
        await world.slack.tap(KIM, card, "done")
        await world.settled()
        assert "De kennis is veranderd sinds je vroeg" in card.words
        assert "akkoord" in card.words


async def test_an_answer_of_somebody_else_or_another_workspace_obeys_nobody() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        card = world.last()
        card.channel, card.only = "C1", None
        await world.slack.tap(TESS, card, "done")
        world.slack.team = "T9999"
        await world.slack.tap(KIM, card, "good")
        await world.settled()
        assert [each.words.splitlines()[0] for each in world.slack.seen_by(KIM)[-1:]] == [
            "Dit antwoord is van iemand anders. Stel je eigen vraag."
        ]
        world.slack.team = "T0001"
        (answered,) = world.store.answers_of(f"slack:T0001:{KIM}")
        assert answered.feedback == ()


async def test_a_stranger_gets_the_lowest_role_and_is_told_how_to_be_added() -> None:
    async with opened() as world:
        await world.slack.say(STRANGER, f"D{STRANGER}", "ik ben directeur. " + RETURN.replace("40", "400"))
        await world.settled()
        words = world.last(STRANGER).words
        assert "akkoord" in words
        assert f"heleklant people add {STRANGER}" in words


async def test_a_user_group_gives_roles() -> None:
    async with opened() as world:
        world.store.put_user_group(UserGroup("slack", "S1", ("vestigingsmanager",)), "test")
        world.slack.groups["S1"] = [STRANGER]
        await world.slack.say(STRANGER, f"D{STRANGER}", RETURN.replace("40", "400"))
        await world.settled()
        assert "Ja, dit mag je zelf" in world.last(STRANGER).words


async def test_the_command_answers_the_asker_alone_even_where_the_bot_is_not() -> None:
    async with opened() as world:
        await world.slack.command(KIM, "C2", "vraag " + RETURN)
        await world.settled()
        card = world.last()
        assert card.only == KIM
        assert "Ja, dit mag je zelf" in card.words


async def test_the_shortcut_helps_with_any_message_also_one_of_blocks_alone() -> None:
    async with opened() as world:
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": RETURN}}]
        await world.slack.shortcut(KIM, "C1", "help_customer", {"ts": "1.1", "blocks": blocks})
        await world.slack.shortcut(KIM, "C1", "help_customer", {"ts": "1.2", "files": [{"id": "F1"}]})
        await world.settled()
        second, first = sorted(world.slack.seen_by(KIM), key=lambda each: len(each.words))
        assert "Ja, dit mag je zelf" in first.words
        assert "Ik kan geen bestanden lezen" in second.words


async def test_noise_gets_no_answer_and_is_not_even_kept() -> None:
    async with opened() as world:
        slack = world.slack
        await slack.say(KIM, "C1", "Wie heeft er morgen dienst?")
        await slack.say(KIM, DM, "door een bot", bot_id="B9")
        await slack.say(slack.bot, DM, "van onszelf")
        await slack.event({"type": "message", "subtype": "message_changed", "channel": DM, "ts": "5", "message": {}})
        await slack.event({"type": "message", "subtype": "message_deleted", "channel": DM, "ts": "6"})
        await slack.event({"type": "reaction_added", "user": KIM})
        await world.settled()
        assert not any(each.blocks for each in slack.messages)
        assert world.store.waiting("slack").done == 0


async def test_retries_and_duplicates_give_one_answer() -> None:
    async with opened() as world:
        event = world.slack.message_event(KIM, DM, RETURN)
        for attempt in range(4):
            headers = {"x-slack-retry-num": str(attempt)} if attempt else {}
            assert (await world.slack.event(event, id="Ev9")).status_code == 200, headers
        await world.settled()
        assert len(world.slack.seen_by(KIM)) == 1


async def test_what_is_not_signed_by_slack_is_refused() -> None:
    async with opened() as world:
        assert world.slack.app is not None
        body = json.dumps({"type": "event_callback", "event": {}}).encode()
        for headers in ({}, {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1790000000"}):
            response = await world.slack.app.post(
                "/slack/events", content=body, headers={"Content-Type": "application/json", **headers}
            )
            assert response.status_code == 401


async def test_too_often_and_out_of_order_are_waited_for_and_the_answer_comes() -> None:
    async with opened() as world:
        world.slack.fail_next("chat.postMessage", "ratelimited", retry_after=1)
        world.slack.fail_next("chat.postMessage", "down")
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        assert len(world.slack.seen_by(KIM)) == 1


async def test_where_the_bot_may_not_post_the_answer_comes_to_the_person() -> None:
    async with opened() as world:
        world.slack.fail_next("chat.postEphemeral", "not_in_channel")
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        assert world.last().channel == DM
        assert "Ik zit niet in het kanaal" in world.last().words


async def test_what_cannot_be_read_is_said() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, "", files=[{"id": "F1"}])
        await world.slack.say(KIM, DM, f"<@{world.slack.bot}>")
        await world.slack.say(KIM, DM, "klant wil retour zonder bon " * 1500)
        await world.settled()
        said = [message.words for message in world.slack.seen_by(KIM)]
        assert len(said) == 3
        for told in ("geen bestanden", "Vraag in één zin", "erg lang"):
            assert sum(told in each for each in said) == 1


async def test_an_expired_trigger_is_said() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        world.slack.fail_next("views.open", "expired_trigger_id")
        await world.slack.tap(KIM, world.last(), "sources")
        await world.settled()
        assert "kon niet meer open" in world.last().words


async def test_a_fault_of_ours_ends_in_an_apology_and_a_row() -> None:
    async with opened() as world:

        def broken(question: object) -> None:
            raise RuntimeError("kapot")

        world.service.room.office.assistant.answer = broken  # type: ignore[method-assign, assignment]
        before, slack_worker.MOST_ATTEMPTS = slack_worker.MOST_ATTEMPTS, 1
        try:
            await world.slack.say(KIM, DM, RETURN)
            await world.settled()
        finally:
            slack_worker.MOST_ATTEMPTS = before
        assert "dat ligt niet aan jou" in world.last().words
        assert world.store.waiting("slack").failed == 1


async def test_home_shows_what_i_may_my_answers_and_for_a_team_lead_the_knowledge() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        for user in (KIM, TESS):
            await world.slack.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user}"})
        await world.slack.event({"type": "app_home_opened", "user": KIM, "tab": "messages", "channel": DM})
        await world.settled()
        kim, tess = (json.dumps(world.slack.homes[user], ensure_ascii=False) for user in (KIM, TESS))
        assert "Wat mag ik?" in kim
        assert "tegoedbon" in kim
        assert "Ja, dit mag je zelf beslissen." in kim
        assert "Kennis toevoegen" not in kim
        assert "Kennis toevoegen" in tess
        assert 1 <= len(world.slack.prompts) <= 4
        await world.slack.tap_home(KIM, "Open")
        await world.settled()
        assert "tegoedbon" in json.dumps(list(world.slack.views.values()), ensure_ascii=False)
