"""The Slack that the tests trust: each rule of Slack's refuses whoever breaks it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from fastapi import FastAPI, Request, Response
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback_slack import TOKEN, Slack
from tests.slack_blocks import Refused, check_blocks, check_view
from tests.slack_limits import Limits

KIM, TESS = "UKIM", "UTESS"
DM = f"D{KIM}"
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}


@asynccontextmanager
async def slack_and_client(**more: Any) -> AsyncIterator[tuple[Slack, AsyncWebClient]]:
    slack = Slack(channels={"C1": {"UBOT", KIM, TESS}, "C2": {KIM}}, **more)
    await slack.start()
    try:
        yield slack, AsyncWebClient(slack.token, base_url=slack.url + "api/", retry_handlers=[])
    finally:
        await slack.stop()


async def refusal(call: Awaitable[Any]) -> Any:
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response


async def code(call: Awaitable[Any]) -> str:
    return str((await refusal(call))["error"])


def asked(slack: Slack, channel: str = DM) -> str:
    return str(slack.message_event(KIM, channel, "vraag")["ts"])


# ------------------------------------------------------------------------------------------------ who may


async def test_a_token_that_is_wrong_absent_revoked_or_of_another_kind_is_refused() -> None:
    async with slack_and_client() as (slack, client):
        for token, error in (
            (None, "not_authed"),
            ("xoxb-no", "invalid_auth"),
            ("xapp-test", "not_allowed_token_type"),
        ):
            client.token = token
            assert await code(client.auth_test()) == error
        client.token = TOKEN
        slack.revoked.add(TOKEN)
        assert await code(client.auth_test()) == "token_revoked"


async def test_a_missing_scope_is_named_with_what_was_given() -> None:
    async with slack_and_client(scopes=frozenset({"commands", "im:history"})) as (_, client):
        said = await refusal(client.chat_postMessage(channel=DM, text="x"))
        assert (said["error"], said["needed"], said["provided"]) == (
            "missing_scope",
            "chat:write",
            "commands,im:history",
        )


async def test_who_is_not_in_a_channel_says_nothing_there_and_hears_nothing() -> None:
    async with slack_and_client() as (_, client):
        assert await code(client.chat_postMessage(channel="C2", text="x")) == "not_in_channel"
        assert await code(client.chat_postMessage(channel="C9", text="x")) == "channel_not_found"
        assert await code(client.chat_postEphemeral(channel="C1", user="UNO", text="x")) == "user_not_in_channel"
        assert await code(client.chat_startStream(channel="C2", thread_ts="1.0")) == "not_in_channel"


async def test_a_message_for_one_is_seen_by_one_and_cannot_be_found_or_changed() -> None:
    async with slack_and_client() as (slack, client):
        thread = asked(slack, "C1")
        given = await client.chat_postEphemeral(channel="C1", user=KIM, text="stil", thread_ts=thread)
        assert [len(slack.seen_by(user)) for user in (KIM, TESS)] == [1, 0]
        assert await code(client.chat_update(channel="C1", ts=given["message_ts"], text="y")) == "message_not_found"
        found = await client.conversations_replies(channel="C1", ts=thread)
        assert [each["text"] for each in found["messages"]] == ["vraag"]
        card = slack.messages[-1]
        card.blocks = [{"type": "actions", "elements": [button("x")]}]
        with pytest.raises(AssertionError, match="cannot see"):
            await slack.tap(TESS, card, "x")


async def test_only_ones_own_message_is_changed() -> None:
    async with slack_and_client() as (slack, client):
        assert await code(client.chat_update(channel=DM, ts=asked(slack), text="y")) == "cant_update_message"
        posted = await client.chat_postMessage(channel=DM, text="x")
        slack.tokens["xoxb-other"] = "T2"
        client.token = "xoxb-other"
        assert await code(client.chat_update(channel=DM, ts=posted["ts"], text="y")) == "cant_update_message"


# ------------------------------------------------------------------------------------------------ how often


async def test_each_method_has_its_tier_and_coming_back_too_early_is_a_fault() -> None:
    async with slack_and_client(limits=Limits()) as (slack, client):
        thread = asked(slack)
        for _ in range(20):
            started = await client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="x")
        said = await refusal(client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="x"))
        assert (said.status_code, said["error"], said.headers["Retry-After"]) == (429, "ratelimited", "3")
        assert slack.refused == []
        again = client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="x")
        assert await code(again) == "came_back_too_early"
        assert slack.refused == [("chat.startStream", "came_back_too_early")]
        assert (await client.chat_appendStream(channel=DM, ts=started["ts"], markdown_text="y"))["ok"], "its own tier"


async def test_a_channel_takes_about_a_message_a_second() -> None:
    async with slack_and_client(limits=Limits()) as (_, client):
        for number in range(60):
            await client.chat_postMessage(channel=DM, text=str(number))
        assert (await refusal(client.chat_postMessage(channel=DM, text="x"))).headers["Retry-After"] == "1"
        assert (await client.chat_postMessage(channel="C1", text="x"))["ok"], "another channel"


# ------------------------------------------------------------------------------------------------ streams


async def test_a_stream_grows_until_it_is_stopped_and_not_after() -> None:
    async with slack_and_client() as (slack, client):
        thread = asked(slack)
        ts = (await client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="een"))["ts"]
        assert await code(client.chat_update(channel=DM, ts=ts, text="x")) == "streaming_state_conflict"
        await client.chat_appendStream(channel=DM, ts=ts, markdown_text=" twee")
        found = await client.conversations_replies(channel=DM, ts=thread)
        assert found["messages"][-1]["streaming_state"] == "in_progress"
        assert len(slack.open_streams()) == 1
        await client.chat_stopStream(channel=DM, ts=ts, markdown_text=" drie", blocks=[])
        assert slack.seen_by(KIM)[0].text == "een twee drie"
        more = client.chat_appendStream(channel=DM, ts=ts, markdown_text="x")
        for late in (more, client.chat_stopStream(channel=DM, ts=ts)):
            assert await code(late) == "message_not_in_streaming_state"
        assert len(slack.refused) == 2
        assert (await client.chat_update(channel=DM, ts=ts, text="heel"))["ok"]


async def test_a_stream_has_an_owner_a_thread_a_receiver_and_a_length() -> None:
    async with slack_and_client() as (slack, client):
        thread, there = asked(slack), asked(slack, "C1")
        assert (
            await code(client.chat_startStream(channel=DM, thread_ts="9.9", markdown_text="x")) == "invalid_thread_ts"
        )
        for given, error in (
            ({}, "missing_recipient_team_id"),
            ({"recipient_team_id": "T"}, "missing_recipient_user_id"),
        ):
            assert (
                await code(client.chat_startStream(channel="C1", thread_ts=there, markdown_text="x", **given)) == error
            )
        long = client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="x" * 12_001)
        assert await code(long) == "msg_too_long"
        ts = (await client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="x" * 8_000))["ts"]
        assert await code(client.chat_appendStream(channel=DM, ts=ts, markdown_text="x" * 4_001)) == "msg_too_long"
        assert await code(client.chat_appendStream(channel=DM, ts=ts, markdown_text="")) == "no_text"
        blocks = [section("x" * 3000) for _ in range(3)]
        assert await code(client.chat_stopStream(channel=DM, ts=ts, blocks=blocks)) == "msg_blocks_too_long"
        slack.tokens["xoxb-other"] = "T2"
        client.token = "xoxb-other"
        assert await code(client.chat_appendStream(channel=DM, ts=ts, markdown_text="y")) == "message_not_owned_by_app"


async def test_slack_ends_a_stream_after_five_minutes_and_a_person_whenever_he_likes() -> None:
    async with slack_and_client() as (slack, client):
        thread = asked(slack)
        first = (await client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="x"))["ts"]
        slack.clock.forward(301)
        late = client.chat_appendStream(channel=DM, ts=first, markdown_text="y")
        assert await code(late) == "message_not_in_streaming_state"
        second = (await client.chat_startStream(channel=DM, thread_ts=thread, markdown_text="x"))["ts"]
        slack.stop_by_hand(slack.messages[-1])
        assert await code(client.chat_appendStream(channel=DM, ts=second, markdown_text="y")) == "stopped_by_user"
        assert slack.refused == [], "time and people do this to a right program too"


# ------------------------------------------------------------------------------------------------ forms


async def test_a_trigger_is_good_once_and_for_three_seconds() -> None:
    async with slack_and_client() as (slack, client):
        trigger = slack.trigger(KIM)
        assert (await client.views_open(trigger_id=trigger, view=MODAL))["ok"]
        assert await code(client.views_open(trigger_id=trigger, view=MODAL)) == "exchanged_trigger_id"
        assert await code(client.views_open(trigger_id="x", view=MODAL)) == "invalid_trigger_id"
        old = slack.trigger(KIM)
        slack.clock.forward(3.1)
        assert await code(client.views_open(trigger_id=old, view=MODAL)) == "expired_trigger_id"


async def test_forms_stand_three_deep_and_change_by_their_hash() -> None:
    async with slack_and_client() as (slack, client):
        view = (await client.views_open(trigger_id=slack.trigger(KIM), view=MODAL))["view"]
        for _ in range(2):
            await client.views_push(trigger_id=slack.trigger(KIM), view=MODAL)
        assert await code(client.views_push(trigger_id=slack.trigger(KIM), view=MODAL)) == "push_limit_reached"
        await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
        late = client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
        assert await code(late) == "hash_conflict"
        home = {"type": "home", "blocks": []}
        await client.views_publish(user_id=KIM, view=home)
        assert await code(client.views_publish(user_id=KIM, view=home, hash="old")) == "hash_conflict"


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def button(name: str, label: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": text(label), "action_id": name, **more}


def section(words: str) -> dict[str, Any]:
    return {"type": "section", "text": text(words, "mrkdwn")}


INPUT = {"type": "input", "label": text("x"), "element": {"type": "datepicker", "action_id": "d"}}


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([section("x")] * 51, "msg_blocks_too_many"),
        ([section("x" * 3001)], "invalid_blocks"),
        ([section("")], "invalid_blocks"),
        ([section("x" * 3000)] * 5, "msg_blocks_too_long"),
        ([{"type": "section", "fields": [text("x")] * 11}], "invalid_blocks"),
        ([{"type": "section", "fields": [text("x" * 2001)]}], "invalid_blocks"),
        ([{"type": "bogus"}], "invalid_blocks"),
        ([{**section("x"), "colour": "red"}], "invalid_blocks"),
        ([{"type": "header", "text": text("x" * 151)}], "invalid_blocks"),
        ([{"type": "context", "elements": [text("x")] * 11}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button("a"), button("a")]}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button(str(each)) for each in range(26)]}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button("a", "x" * 76)]}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button("a", value="x" * 2001)]}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button("a", url="x" * 3001)]}], "invalid_blocks"),
        ([{"type": "actions", "elements": [button("a" * 256)]}], "invalid_blocks"),
        ([{"type": "actions", "elements": []}], "invalid_blocks"),
        ([{**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}], "invalid_blocks"),
        (
            [{"type": "input", "label": text("x"), "element": {"type": "datepicker", "action_id": "d"}}],
            "invalid_blocks",
        ),
    ],
)
def test_blocks_beyond_a_limit_are_refused(blocks: list[Any], error: str) -> None:
    with pytest.raises(Refused, match=error):
        check_blocks(blocks)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"title": text("x" * 25)}, "invalid_blocks"),
        ({"private_metadata": "x" * 3001}, "invalid_arguments"),
        ({"callback_id": "x" * 256}, "invalid_arguments"),
        ({"blocks": [section("x")] * 101}, "msg_blocks_too_many"),
        ({"blocks": [section("x" * 3000)] * 90}, "view_too_large"),
        ({"blocks": [INPUT]}, "missing_submit"),
    ],
)
def test_a_form_beyond_a_limit_is_refused(change: dict[str, Any], error: str) -> None:
    check_view(MODAL)
    with pytest.raises(Refused, match=error):
        check_view({**MODAL, **change})


# ------------------------------------------------------------------------------------------------ deliveries


async def test_an_address_for_answers_is_good_five_times_within_half_an_hour() -> None:
    async with slack_and_client() as (slack, _), aiohttp.ClientSession() as session:
        for url, wait in (("respond/cmd-C1-UKIM-1", 0.0), ("respond/cmd-C1-UKIM-2", 1801.0)):
            said = []
            for _ in range(2 if wait else 6):
                async with session.post(slack.url + url, json={"text": "x"}) as response:
                    said.append(await response.text())
                slack.clock.forward(wait)
            assert said == (["ok", "expired_url"] if wait else ["ok"] * 5 + ["used_url"])


async def test_what_is_not_taken_is_delivered_again_as_the_same_event() -> None:
    heard: list[tuple[str, str | None, str | None]] = []
    app = FastAPI()

    async def take(request: Request) -> Response:
        event = json.loads(await request.body())["event_id"]
        headers = request.headers
        heard.append((event, headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))
        return Response(status_code=200 if len(heard) == 3 else 500)

    app.add_api_route("/slack/events", take, methods=["POST"])
    async with slack_and_client() as (slack, _):
        slack.connect(app)
        assert (await slack.event({"type": "x"}, id="Ev1")).status_code == 200
        assert heard == [("Ev1", None, None), ("Ev1", "1", "http_error"), ("Ev1", "2", "http_error")]


async def line(slack: Slack, client: AsyncWebClient, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    client.token = "xapp-test"
    opened = await client.apps_connections_open(app_token="xapp-test")
    socket = await session.ws_connect(opened["url"])
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def test_a_line_is_opened_by_a_ticket_once_and_pings_are_answered() -> None:
    async with slack_and_client() as (_, client), aiohttp.ClientSession() as session:
        url = (await client.apps_connections_open(app_token="xapp-test"))["url"]
        socket = await session.ws_connect(url)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        await socket.receive_json()
        await socket.ping(b"ping")
        await socket.close()


async def test_an_envelope_that_is_not_acknowledged_comes_again_on_another_line() -> None:
    async with slack_and_client() as (slack, client), aiohttp.ClientSession() as session:
        deaf, good = [await line(slack, client, session) for _ in range(2)]
        slack.sockets.reverse()
        sent = asyncio.create_task(slack.over_socket("events_api", {"event_id": "Ev1"}, patience=0.2))
        first, second = (await deaf.receive_json()), (await good.receive_json())
        assert first["payload"] == second["payload"]
        assert (first.get("retry_attempt"), second["retry_attempt"]) == (None, 1)
        await good.send_json({"envelope_id": second["envelope_id"]})
        await sent
        assert slack.redelivered == 1
        for fault in ({"envelope_id": second["envelope_id"]}, {"envelope_id": "never"}):
            await good.send_json(fault)
        sent = asyncio.create_task(slack.over_socket("events_api", {"event_id": "Ev2"}))
        third = await deaf.receive_json() if not slack.sockets[-1].closed else {}
        await deaf.send_json({"envelope_id": third["envelope_id"], "payload": {"text": "x"}})
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(sent, 0.2)
        assert [each for each, _ in slack.refused] == ["envelope"] * 3
        await deaf.close()
        await good.close()


async def test_socket_mode_that_is_off_opens_no_line() -> None:
    async with slack_and_client() as (slack, client), aiohttp.ClientSession() as session:
        socket = await line(slack, client, session)
        await slack.disconnect("link_disabled")
        assert (await socket.receive_json())["reason"] == "link_disabled"
        assert await code(client.apps_connections_open(app_token="xapp-test")) == "link_disabled"
        await socket.close()


async def test_nothing_that_slack_does_not_know_passes() -> None:
    async with slack_and_client() as (slack, client):
        calls: list[tuple[Callable[[], Awaitable[Any]], str]] = [
            (lambda: client.api_call("chat.postMessage", json={"channel": DM}), "no_text"),
            (lambda: client.chat_postMessage(channel=DM, text="x" * 4001), "msg_too_long"),
            (lambda: client.chat_postMessage(channel=DM, text="x", markdown_text="y"), "markdown_text_conflict"),
            (lambda: client.api_call("chat.shout"), "unknown_method"),
        ]
        for call, error in calls:
            assert await code(call()) == error
        assert len(slack.refused) == len(calls), "each fails the test in which it happens"
