"""Tokens that end: refreshed in time, once, whoever asks; a refusal is said and ends nowhere in a loop."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from threading import Barrier

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.token_rotation import async_rotator

from copilot.channels import slack_rotation
from copilot.channels.slack_install import Workspaces, open_workspaces
from copilot.channels.slack_installations import SealedInstallations
from copilot.errors import ChannelError
from copilot.store import Store
from tests.loopback_slack import SECRET, Slack
from tests.store_world import Clock, store_at, text_of

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # in slack_sdk, of aiohttp

KEY = Fernet.generate_key().decode()
GIVEN = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
    "SLACK_SIGNING_SECRET": SECRET,
    "HELEKLANT_SECRET_KEY": KEY,
}
REPLICAS, AT_ONCE = 2, 4
WANTING = 8
ROUNDS = int(os.environ.get("HELEKLANT_REFRESHES", "12"))
"""200 for the proof in full: 0 refused of 1,600 calls, on SQLite and on PostgreSQL."""
SOON, OVER = 11.0, 13.0
"""Hours after which a token of twelve is nearly, or quite, at its end."""


class Later:
    """The time on the wall, of this process and of the Slack in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._ahead = 0.0
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + self._ahead)
        monkeypatch.setattr(async_rotator, "time", time.time)

    def pass_hours(self, hours: float) -> None:
        self._ahead += hours * 3600


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    monkeypatch.setattr(slack_rotation, "PATIENCE", 1.0)
    return Later(monkeypatch)


@asynccontextmanager
async def installed(store: Store) -> AsyncIterator[tuple[Slack, Workspaces]]:
    """One workspace, TA, that installed the app with token rotation a moment ago."""
    slack = Slack(rotation=True)
    await slack.start()
    workspaces = open_workspaces(GIVEN, store, slack.url + "api/")
    try:
        await install(workspaces)
        yield slack, workspaces
        assert slack.refused == [], f"Slack refused what we sent: {slack.refused}"
    finally:
        await slack.stop()


async def install(workspaces: Workspaces) -> None:
    flow = workspaces.app.oauth_flow
    assert flow is not None
    made = await flow.run_installation("code-TA")
    assert made is not None
    await flow.store_installation(None, made)


def kept_by(workspaces: Workspaces) -> SealedInstallations:
    flow = workspaces.app.oauth_flow
    assert flow is not None
    assert isinstance(flow.settings.installation_store, SealedInstallations)
    return flow.settings.installation_store


async def test_replicas_that_need_new_tokens_at_once_spend_each_refresh_token_once(database_url: str) -> None:
    with store_at(database_url, text_of("brood")) as store:
        async with installed(store) as (slack, _):
            started = time.monotonic()
            replicas = [await replica(database_url, slack) for _ in range(REPLICAS)]
            hours = 0.0
            for number in range(ROUNDS):
                hours += OVER if number % 4 == 3 else SOON
                slack.later = hours * 3600
                assert [await each for each in [asked(one, hours) for one in replicas]] == [[]] * REPLICAS
                assert slack.refreshes == number + 1, "once for all who asked"
            for one in replicas:
                one.stdin.close()  # type: ignore[union-attr]
                assert await one.wait() == 0
            calls = sum(method == "auth.test" for method, _ in slack.calls)
            print(f"{ROUNDS} refreshes, {calls} calls, 0 refused, {time.monotonic() - started:.1f} s")


async def replica(url: str, slack: Slack) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.slack_refresher", url, slack.url + "api/", KEY, str(AT_ONCE)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


def asked(process: asyncio.subprocess.Process, hours: float) -> asyncio.Task[list[str]]:
    assert process.stdin is not None
    process.stdin.write(f"{hours}\n".encode())

    async def answer() -> list[str]:
        assert process.stdout is not None
        return list(json.loads(await asyncio.wait_for(process.stdout.readline(), 120)))

    return asyncio.create_task(answer())


async def test_a_token_is_refreshed_while_the_old_one_is_still_good(sqlite_url: str, later: Later) -> None:
    with store_at(sqlite_url, text_of("brood")) as store:
        async with installed(store) as (slack, workspaces):
            first = (await workspaces.client_for("TA")).token
            later.pass_hours(9)
            assert (await workspaces.client_for("TA")).token == first, "nothing is refreshed without need"
            later.pass_hours(2)
            second = (await workspaces.client_for("TA")).token
            assert (second == first, slack.refreshes) == (False, 1)
            for token in (first, second):
                await workspaces.app.client.auth_test(token=token)
            assert "xoxe" not in str(store.installation("slack", "TA"))


async def test_a_refusal_is_said_once_and_the_old_token_is_used_to_its_end(
    sqlite_url: str, later: Later, caplog: pytest.LogCaptureFixture
) -> None:
    with store_at(sqlite_url, text_of("brood")) as store:
        async with installed(store) as (slack, workspaces):
            later.pass_hours(11)
            slack.fail_next("oauth.v2.access", "invalid_refresh_token")
            with caplog.at_level(logging.DEBUG, logger="copilot"):
                for _ in range(5):
                    await (await workspaces.client_for("TA")).auth_test()
            (line,) = [each.message for each in caplog.records if each.levelno >= logging.WARNING]
            assert "xoxe" not in caplog.text
            assert "invalid_refresh_token" in line
            assert "/slack/install" in line
            later.pass_hours(2)
            with pytest.raises(ChannelError, match="/slack/install") as told:
                await workspaces.client_for("TA")
            assert told.value.permanent
            assert sum(method == "oauth.v2.access" for method, _ in slack.calls) == 2, "it is not asked again"
            await install(workspaces)
            await (await workspaces.client_for("TA")).auth_test()


async def test_where_slack_is_away_the_old_token_serves_and_the_new_one_comes_later(
    sqlite_url: str, later: Later
) -> None:
    clock = Clock()
    with store_at(sqlite_url, text_of("brood"), now=clock) as store:
        async with installed(store) as (slack, workspaces):
            later.pass_hours(11)
            slack.fail_next("oauth.v2.access", "down")
            for _ in range(5):
                await (await workspaces.client_for("TA")).auth_test()
            assert sum(method == "oauth.v2.access" for method, _ in slack.calls) == 2, "a moment of rest"
            later.pass_hours(2)
            with pytest.raises(ChannelError, match="verlopen") as told:
                await workspaces.client_for("TA")
            assert not told.value.permanent
            clock.forward(seconds=slack_rotation.TURN)
            await (await workspaces.client_for("TA")).auth_test()
            assert slack.refreshes == 1


async def test_new_tokens_are_not_kept_where_the_app_was_removed_or_installed_anew_meanwhile(sqlite_url: str) -> None:
    with store_at(sqlite_url, text_of("brood")) as store:
        async with installed(store) as (_, workspaces):
            sealed = kept_by(workspaces)
            before = await sealed.bot("TA")
            assert before is not None
            await install(workspaces)
            newer = await sealed.bot("TA")
            assert newer is not None
            assert not await sealed.refreshed("TA", before, before.bot)
            assert not await sealed.note_refusal("TA", before, "invalid_refresh_token")
            kept = await sealed.bot("TA")
            assert kept is not None
            assert kept.bot.bot_token == newer.bot.bot_token
            store.remove_installation("slack", "TA")
            assert not await sealed.refreshed("TA", newer, newer.bot)
            with pytest.raises(ChannelError, match="/slack/install"):
                await workspaces.client_for("TA")


async def test_a_refusal_to_one_who_came_too_late_does_not_lose_the_tokens_of_who_was_first(sqlite_url: str) -> None:
    """A turn can end while the machine of who has it stands still: then two spend the same refresh token."""
    with store_at(sqlite_url, text_of("brood")) as store:
        async with installed(store) as (_, workspaces):
            sealed = kept_by(workspaces)
            before = await sealed.bot("TA")
            assert before is not None
            assert await sealed.note_refusal("TA", before, "invalid_refresh_token")
            fresh = type(before.bot)(**before.bot.to_dict_for_copying())
            fresh.bot_token, fresh.bot_refresh_token = "xoxe.xoxb-new", "xoxe-new"
            assert await sealed.refreshed("TA", before, fresh)
            kept = await sealed.bot("TA")
            assert kept is not None
            assert (kept.bot.bot_token, kept.refused) == ("xoxe.xoxb-new", None)


def test_of_many_who_want_a_turn_that_is_over_one_gets_it(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        for _ in range(5):
            start = Barrier(WANTING)

            def want(worker: int, start: Barrier = start) -> bool:
                start.wait()
                return store.take_turn("task", "TA", str(worker), 30)

            with ThreadPoolExecutor(WANTING) as threads:
                assert sum(threads.map(want, range(WANTING))) == 1
            clock.forward(seconds=31)


def test_a_turn_is_one_workers_until_it_is_given_back_or_over(database_url: str) -> None:
    clock = Clock()
    with store_at(database_url, text_of("brood"), now=clock) as store:
        assert store.take_turn("task", "TA", "one", 30)
        assert not store.take_turn("task", "TA", "two", 30)
        assert store.take_turn("task", "TB", "two", 30)
        store.give_turn_back("task", "TA", "two")
        assert not store.take_turn("task", "TA", "two", 30), "only its own worker gives it back"
        store.give_turn_back("task", "TA", "one")
        assert store.take_turn("task", "TA", "two", 30)
        clock.forward(seconds=31)
        assert store.take_turn("task", "TA", "one", 30)
        assert not store.take_turn("task", "TA", "two", 30)
