"""What `heleklant doctor` says of Slack: tokens, rights, workspaces, what waits; also where Slack is away."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Bot

from copilot.channels.slack_examined import examined
from copilot.channels.slack_installations import SealedInstallations
from copilot.cli import main
from copilot.store import Store
from tests.loopback_slack import APP_TOKEN, SCOPES, SECRET, TOKEN, Slack
from tests.slack_world import PACK
from tests.store_world import store_at, text_of

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # in slack_sdk, of aiohttp

KEY = Fernet.generate_key().decode()
ONE = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
    "SLACK_SIGNING_SECRET": SECRET,
    "HELEKLANT_SECRET_KEY": KEY,
}


@asynccontextmanager
async def standing(sqlite_url: str, **slack_is: Any) -> AsyncIterator[tuple[Slack, Store]]:
    slack = Slack(**slack_is)
    await slack.start()
    try:
        with store_at(sqlite_url, text_of("brood")) as store:
            yield slack, store
    finally:
        await slack.stop()


async def seen(slack: Slack, store: Store, given: dict[str, str]) -> list[tuple[bool, str]]:
    """Each line, without a token in it."""
    environment = {"HELEKLANT_SLACK_API_URL": slack.url + "api", **given}
    lines = [(each.well, f"{each.about('nl')}: {each.says('nl')}") async for each in examined(environment, store)]
    for secret in ("xoxb-", "xapp-", "xoxe", SECRET, KEY):
        assert secret not in str(lines)
    return lines


async def test_one_workspace_that_is_well(sqlite_url: str) -> None:
    async with standing(sqlite_url) as (slack, store):
        assert await seen(slack, store, ONE | {"SLACK_APP_TOKEN": APP_TOKEN}) == [
            (True, "Slack, Socket Mode: SLACK_APP_TOKEN is goed."),
            (True, "Slack: ingesteld (Socket Mode), werkruimte Test (T0001); het token is goed."),
            (True, f"Slack, rechten: alle {len(SCOPES)} zijn er."),
            (True, "Slack, wachtrij: 0 wachten (de oudste 0 s), 0 beantwoord, 0 met een excuus, 0 zonder antwoord."),
        ]
        assert slack.sockets == []


async def test_missing_rights_are_named_with_where_to_add_them(sqlite_url: str) -> None:
    async with standing(sqlite_url, scopes=SCOPES - {"users:read", "groups:read"}) as (slack, store):
        lines = await seen(slack, store, ONE)
        assert lines[1] == (
            False,
            "Slack, rechten: De Slack-app mist het recht groups:read, users:read. Voeg het toe onder OAuth & "
            "Permissions en installeer de app opnieuw.",
        )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack weigert SLACK_BOT_TOKEN (invalid_auth)"),
        ({"SLACK_BOT_TOKEN": ""}, "mist een instelling: SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": ""}, "SLACK_APP_TOKEN / SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack weigert SLACK_APP_TOKEN (invalid_auth)"),
        ({"SLACK_SHARED_CHANNELS": "alles"}, "SLACK_SHARED_CHANNELS=alles bestaat niet"),
        ({**MANY, "HELEKLANT_SECRET_KEY": ""}, "mist een instelling: HELEKLANT_SECRET_KEY"),
        ({**MANY, "HELEKLANT_SECRET_KEY": "geheim"}, "HELEKLANT_SECRET_KEY is geen geldige sleutel"),
    ],
)
async def test_what_is_wrong_is_said_with_the_mend(sqlite_url: str, given: dict[str, str], said: str) -> None:
    async with standing(sqlite_url) as (slack, store):
        broken = [line for well, line in await seen(slack, store, {**ONE, **given}) if not well]
        assert any(said in line for line in broken), broken


async def test_a_token_that_ends_by_itself_is_said(sqlite_url: str) -> None:
    async with standing(sqlite_url) as (slack, store):
        slack.tokens["xoxe.xoxb-1"] = "T0001"
        lines = await seen(slack, store, {**ONE, "SLACK_BOT_TOKEN": "xoxe.xoxb-1"})
        assert any(not well and "token rotation" in line for well, line in lines)


async def test_where_nobody_installed_the_app_yet_it_says_where_to(sqlite_url: str) -> None:
    async with standing(sqlite_url) as (slack, store):
        assert "/slack/install" in (await seen(slack, store, MANY))[0][1]


async def test_many_workspaces_one_line_for_those_that_are_well(sqlite_url: str) -> None:
    async with standing(sqlite_url) as (slack, store):
        for number in range(3):
            await kept(store, slack, f"T{number}", ends=time.time() + 8 * 3600 + 60)
        assert (await seen(slack, store, MANY))[0] == (
            True,
            "Slack: ingesteld (HTTP); van 3 van de 3 werkruimtes is het token goed (het eerste eindigt over 8 uur en "
            "wordt vanzelf vernieuwd).",
        )
        slack.revoked.add("xoxb-T1")
        await kept(store, slack, "T2", ends=time.time() + 60)
        slack.fail_next("oauth.v2.access", "invalid_refresh_token")
        lines = await seen(slack, store, MANY)
        assert [well for well, _ in lines] == [False, False, False, True, True]
        assert lines[0][1].startswith("Slack, werkruimte T1: Slack weigert")
        assert "token_revoked" in lines[0][1]
        assert lines[1][1].startswith("Slack, werkruimte T2: Slack geeft geen nieuw token")
        assert "/slack/install" in lines[1][1]
        assert "van 1 van de 3 werkruimtes" in lines[2][1]


async def kept(store: Store, slack: Slack, team: str, ends: float) -> None:
    token = f"xoxb-{team}"
    slack.tokens[token] = team
    bot = Bot(
        team_id=team, bot_token=token, bot_id="B1", bot_user_id="U1", installed_at=0.0,
        bot_refresh_token=f"xoxe-{team}", bot_token_expires_at=int(ends),
    )  # fmt: skip
    await SealedInstallations(store, Fernet(KEY)).async_save_bot(bot)


async def test_where_slack_is_away_the_rest_is_said(sqlite_url: str) -> None:
    async with standing(sqlite_url, down=True) as (slack, store):
        store.receive("slack", "T0001", "e1", "l", "{}")
        lines = await seen(slack, store, ONE)
        assert [well for well, _ in lines] == [False, True]
        assert "auth.test" in lines[0][1]
        assert "1 wachten" in lines[1][1]
        await kept(store, slack, "TA", ends=time.time() + 8 * 3600)
        assert "Slack, werkruimte TA" in (await seen(slack, store, MANY))[0][1]


def test_doctor_itself_goes_on_where_slack_is_away_and_prints_no_token(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HELEKLANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HELEKLANT_EMBEDDER", "words")
    monkeypatch.setenv("HELEKLANT_SLACK_API_URL", "http://127.0.0.1:9/api/")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SECRET)
    for arguments, ends in ((["knowledge", "import", str(PACK)], 0), (["doctor", "--json"], 1)):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == ends
    out, err = capsys.readouterr()
    said = {each["part"]: each for each in json.loads(out[out.index("[") :])}
    assert said["Slack"]["state"] == "broken"
    assert said["Slack, wachtrij"]["state"] == "ok"
    assert said["Teams"]["state"] == "off"
    assert "xoxb-secret" not in out + err


async def test_a_question_that_waits_too_long_is_seen(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with standing(sqlite_url) as (slack, store):
        store.receive("slack", "T0001", "e1", "l", "{}")
        monkeypatch.setattr("copilot.channels.slack_examined.TOO_LONG", 0.0)
        await asyncio.sleep(0.01)
        lines = await seen(slack, store, ONE)
        assert [line for well, line in lines if not well] == [lines[-1][1]]
