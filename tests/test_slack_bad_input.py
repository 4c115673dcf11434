"""What comes in wrong, or goes wrong outside: a clear word to the person or in the log, and it goes on."""

from __future__ import annotations

import asyncio
import logging

import pytest

from copilot.channels import slack_service, slack_worker
from copilot.channels.slack_scopes import SCOPES
from copilot.domain import Status
from copilot.errors import ChannelError
from tests.loopback_slack import APP_TOKEN, Slack
from tests.loopback_slack import SCOPES as GRANTED
from tests.slack_world import DM, KIM, TESS, World, opened

RETURN = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"
MISSING_FACT = "klant is de bon kwijt, ongebruikt, mag dat terug?"


def failed(world: World) -> int:
    """Ended without an answer, in an apology or where none could be brought."""
    waiting = world.store.waiting("slack")
    return waiting.failed + waiting.silent


# ------------------------------------------------------------------------------------- tokens and scopes


@pytest.mark.parametrize("token", ["xoxb-wrong", APP_TOKEN])
async def test_a_wrong_bot_token_is_named_and_not_shown(token: str) -> None:
    with pytest.raises(ChannelError, match="SLACK_BOT_TOKEN") as told:
        async with opened(environment={"SLACK_BOT_TOKEN": token}):
            pass
    assert told.value.permanent
    assert token not in str(told.value)


async def test_a_wrong_app_token_is_named_and_not_shown() -> None:
    with pytest.raises(ChannelError, match="SLACK_APP_TOKEN") as told:
        async with opened(environment={"SLACK_APP_TOKEN": "xapp-wrong"}):
            pass
    assert told.value.permanent
    assert "xapp-wrong" not in str(told.value)


async def test_a_missing_scope_is_named_when_the_program_starts_and_where_it_is_needed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    slack = Slack(scopes=GRANTED - {"assistant:write", "chat:write"})
    with caplog.at_level(logging.WARNING):
        async with opened(slack=slack) as world:
            (line,) = [each.message for each in caplog.records if "assistant:write" in each.message]
            assert "chat:write" in line
            assert "OAuth & Permissions" in line
            caplog.clear()
            await slack.say(KIM, DM, RETURN)
            await world.settled()
            assert any("chat:write" in each.message for each in caplog.records)
            assert failed(world) == 1
            slack.refused.clear()
            slack.scopes = GRANTED
            await slack.say(KIM, DM, RETURN)
            await world.settled()
            assert "Ja, dit mag je zelf" in world.last().words, "and it goes on"


async def test_no_word_of_scopes_where_none_is_missing(caplog: pytest.LogCaptureFixture) -> None:
    assert set(SCOPES) <= GRANTED | {"commands"}
    with caplog.at_level(logging.WARNING):
        async with opened():
            assert [each.message for each in caplog.records if "OAuth" in each.message] == []


# ------------------------------------------------------------------------ people, channels and messages gone


async def test_a_question_that_was_deleted_is_still_answered() -> None:
    async with opened() as world:
        for channel, text in ((DM, RETURN), ("C1", f"<@{world.slack.bot}> {RETURN}")):
            root = await world.slack.say(KIM, channel, text)
            await world.settled()
            before = len(world.slack.seen_by(KIM))
            world.slack.delete(channel, root)
            event = world.slack.message_event(KIM, channel, text + " Echt?", thread_ts=root)
            await world.slack.event(event)
            await world.settled()
            assert len(world.slack.seen_by(KIM)) > before
            assert world.last().thread_ts is None
        assert failed(world) == 0


async def test_a_card_that_was_deleted_is_given_anew() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, MISSING_FACT)
        await world.settled()
        card = world.last()
        world.slack.fail_next("chat.update", "message_not_found")
        choice = next(each for each in card.buttons() if each["action_id"].startswith("fact:"))
        await world.slack.tap(KIM, card, choice["text"]["text"])
        await world.settled()
        assert world.last() is not card
        assert "Ja, dit mag je zelf" in world.last().words


async def test_who_left_is_named_in_the_log_and_nobody_else_waits(caplog: pytest.LogCaptureFixture) -> None:
    async with opened() as world:
        world.slack.left.add(KIM)
        with caplog.at_level(logging.WARNING):
            await world.slack.say(KIM, DM, RETURN)
            await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
            await world.slack.say(TESS, f"D{TESS}", RETURN)
            await world.settled()
        assert any("niet meer in de werkruimte" in each.message for each in caplog.records)
        assert "Ja, dit mag je zelf" in world.last(TESS).words
        assert failed(world) == 2


async def test_a_channel_where_the_bot_is_not_says_what_to_do_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with opened() as world:
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {RETURN}")
        await world.settled()
        world.slack.fail_next("chat.postMessage", "not_in_channel")
        with caplog.at_level(logging.WARNING):
            await world.slack.tap(KIM, world.last(), "share")
            await world.settled()
        assert any("/invite" in each.message for each in caplog.records)


# ------------------------------------------------------------------------------------------ nothing to read


async def test_a_message_without_text_gets_a_word_that_fits() -> None:
    async with opened() as world:
        slack = world.slack
        asked = (
            (lambda: slack.shortcut(KIM, "C1", "help_customer", {"ts": "1.1"}), "geen tekst die ik kan lezen"),
            (lambda: slack.shortcut(KIM, "C1", "help_customer", {"ts": "1.2", "files": [{"id": "F"}]}), "bestanden"),
            (lambda: slack.say(KIM, DM, "", files=[{"id": "F"}]), "bestanden"),
            (lambda: slack.command(KIM, "C1", "vraag"), "Vraag in één zin"),
            (lambda: slack.say(KIM, DM, f"<@{slack.bot}>"), "Vraag in één zin"),
        )
        for ask, said in asked:
            await ask()
            await world.settled()
            assert said in world.last().words
        assert failed(world) == 0


@pytest.mark.parametrize("letter", ["x", "é", "😀", "<", "&lt;", "\u202e", "ا"])
async def test_forty_thousand_letters_get_an_answer_and_a_word(letter: str) -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, (RETURN + " " + letter * 40_000)[:40_000])
        await world.settled()
        assert "erg lang" in world.last().words
        assert failed(world) == 0


# --------------------------------------------------------------------------------------------- too late


@pytest.mark.parametrize("error", ["expired_trigger_id", "exchanged_trigger_id", "trigger_expired"])
async def test_a_form_that_came_too_late_is_said(error: str) -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, MISSING_FACT)
        await world.settled()
        for label in ("own", "sources", "wrong"):
            world.slack.fail_next("views.open", error)
            await world.slack.tap(KIM, world.last(), label)
            await world.settled()
            assert "kon niet meer open" in world.last().words
            world.slack.messages.pop()


async def test_an_answer_that_comes_after_the_address_for_it_has_ended_still_comes() -> None:
    async with opened() as world:
        world.slack.fail_next("response_url", "expired_url")
        await world.slack.command(KIM, "C1", "vraag " + RETURN)
        await world.settled()
        assert (world.last().channel, world.last().only) == ("C1", KIM)
        world.slack.fail_next("response_url", "expired_url")
        await world.slack.command(KIM, "C2", "vraag " + RETURN)
        await world.settled()
        assert world.last().channel == DM, "where the bot is not, to him"
        assert world.slack.refused.pop() == ("chat.postEphemeral", "not_in_channel")
        assert failed(world) == 0


@pytest.mark.parametrize("label", ["done", "share", "fact:0"])
async def test_every_tap_on_a_card_of_knowledge_that_changed_is_decided_again_and_that_is_said(label: str) -> None:
    async with opened() as world:
        asked = MISSING_FACT if label.startswith("fact") else RETURN
        await world.slack.say(KIM, "C1", f"<@{world.slack.bot}> {asked}")
        await world.settled()
        card = world.last()
        entry = next(each for each in world.store.entries(["retour-zonder-bon"]))
        text = world.store.history(entry.id)[-1].text.replace('"<= 50"', '"<= 20"')
        world.store.save_version(text, "test", status=entry.status, approved_by="test2")
        await world.slack.tap(KIM, card, label)
        await world.settled()
        assert "De kennis is veranderd sinds je vroeg" in card.words
        assert world.slack.seen_by(TESS) == []


async def test_a_tap_on_a_card_of_knowledge_that_is_gone_is_said() -> None:
    async with opened() as world:
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        card = world.last()
        world.store.save_version(
            world.store.history("retour-zonder-bon")[-1].text, "test", status=Status.RETIRED, approved_by="test2"
        )
        await world.slack.tap(KIM, card, "done")
        await world.settled()
        assert "De kennis is veranderd sinds je vroeg" in card.words
        assert "Genoteerd" not in "".join(each.words for each in world.slack.seen_by(KIM))


# ------------------------------------------------------------------------------------------- Slack is down


async def test_what_was_kept_while_slack_was_down_is_answered_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slack_worker, "MOST_WAIT", 0.05)
    async with opened() as world:
        world.slack.down = True
        for number in range(5):
            await world.slack.say(KIM, DM, f"{RETURN} ({number})")
        await asyncio.sleep(1.0)
        assert (await world.service.waiting()).unfinished == 5
        # Between two attempts: Slack that is back in the midst of one may get its apology through.
        for _ in range(1000):
            if not world.service.room.worker.busy():
                break
            await asyncio.sleep(0.001)
        world.slack.down = False
        await world.settled()
        assert len(world.slack.seen_by(KIM)) == 5
        assert failed(world) == 0


async def test_the_program_starts_while_slack_is_down_says_so_and_goes_in_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(slack_service, "AGAIN", 0.05)
    slack = Slack(down=True)
    with caplog.at_level(logging.WARNING):
        async with opened(slack=slack) as world:
            assert not world.service.ready()
            event = slack.message_event(KIM, DM, RETURN)
            assert (await slack.event(event, id="Ev1")).status_code == 503, "Slack delivers it again"
            assert any("niet bereikbaar" in each.message for each in caplog.records)
            slack.down = False
            for _ in range(200):
                if world.service.ready():
                    break
                await asyncio.sleep(0.05)
            assert (await slack.event(event, id="Ev1")).status_code == 200
            await world.settled()
            assert "Ja, dit mag je zelf" in world.last().words


async def test_an_event_that_comes_while_slack_says_nothing_is_kept() -> None:
    """Bolt's own way in asks Slack who we are at the first event, and throws the event away where that fails."""
    async with opened() as world:
        world.slack.fail_next("auth.test", "down")
        await world.slack.say(KIM, DM, RETURN)
        await world.settled()
        assert "Ja, dit mag je zelf" in world.last().words


async def test_what_is_no_message_of_slack_at_all_gets_no_stack_trace() -> None:
    async with opened() as world:
        assert world.slack.app is not None
        for body in (b"", b"{", b"payload=%7B", b"[]", b"null", b"\xff\xfe"):
            assert (await world.slack.deliver(body)).status_code < 500, body
