"""Several workspaces: installed by OAuth, sealed in the database, never mixed, gone when the app is removed."""

from __future__ import annotations

import json
import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from cryptography.fernet import Fernet

from copilot.channels.slack_install import open_workspaces
from copilot.channels.slack_scopes import SCOPES
from copilot.channels.slack_service import check_settings
from copilot.domain import Colleague
from copilot.errors import SettingsError
from copilot.records import Listing
from copilot.store import Store
from tests import loopback_slack
from tests.slack_world import KIM, PACK, World, opened
from tests.store_world import store_at, text_of

KEY = Fernet.generate_key().decode()
MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "secret", "HELEKLANT_SECRET_KEY": KEY}
QUESTION = "Klant is de bon kwijt van een trui van 400 euro, nooit gedragen, mag dat terug?"


async def install(world: World, team: str) -> tuple[int, str]:
    """As an administrator of that workspace does it, in his browser."""
    web = world.slack.app
    assert web is not None
    page = await web.get("/slack/install")
    link = re.search(r'href="([^"]+authorize[^"]+)"', page.text)
    target = link[1].replace("&amp;", "&") if link else page.headers["location"]
    state = parse_qs(urlsplit(target).query)["state"][0]
    cookies = "; ".join(each.partition(";")[0] for each in page.headers.get_list("set-cookie"))
    done = await web.get(
        "/slack/oauth_redirect", params={"code": f"code-{team}", "state": state}, headers={"Cookie": cookies}
    )
    again = await web.get(
        "/slack/oauth_redirect", params={"code": f"code-{team}", "state": state}, headers={"Cookie": cookies}
    )
    assert again.status_code == 401, "a state is good once"
    return done.status_code, state


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # in slack_sdk, of aiohttp
async def test_workspaces_install_ask_and_leave_without_mixing() -> None:
    async with opened(environment=MANY) as world:
        slack = world.slack
        for team in ("TA", "TB"):
            assert (await install(world, team))[0] == 200
        for team in ("TA", "TB"):
            sealed = world.store.installation("slack", team)
            assert sealed is not None
            assert "xoxb" not in sealed
        chief = Colleague("chef", ("vestigingsmanager",), name="Chef")
        world.store.put_people([Listing("slack", KIM, chief, "TA")], "test")
        # The same user id, channel, thread and time in both: nothing may cross.
        for round_number in range(20):
            for team in ("TA", "TB"):
                slack.team = team
                event = slack.message_event(KIM, f"D{KIM}", f"{QUESTION} kanarie-{team}-{round_number}")
                event = {**event, "ts": f"99.{round_number:06d}"}
                await slack.event(event)
        await world.settled()
        posts = [given for method, given in slack.calls if method == "chat.postMessage"]
        assert len(posts) == 40
        for given in posts:
            own, other = ("TA", "TB") if given["_token"] == "xoxb-TA" else ("TB", "TA")
            assert f"kanarie-{own}" in str(given["blocks"])
            assert f"kanarie-{other}" not in str(given["blocks"])
            assert ("Ja, dit mag je zelf" in given["text"]) == (own == "TA"), "roles of one workspace only"
        slack.team = "TA"
        await slack.event({"type": "app_uninstalled"})
        await world.settled()
        assert world.store.installation("slack", "TA") is None
        assert world.store.installation("slack", "TB") is not None


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # in slack_sdk, of aiohttp
@pytest.mark.parametrize(
    "leaving",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["UADMIN"], "bot": ["UBOT"]}},
    ],
)
async def test_an_uninstall_that_comes_after_the_next_install_takes_nothing_away(leaving: dict[str, Any]) -> None:
    async with opened(environment=MANY) as world:
        slack = world.slack
        before = int(time.time()) - 5
        assert (await install(world, "TA"))[0] == 200
        slack.team = "TA"
        body = json.dumps({**slack.envelope(leaving), "event_time": before}).encode()
        assert (await slack.deliver(body)).status_code == 200
        await world.settled()
        assert world.store.installation("slack", "TA") is not None
        await slack.event(slack.message_event(KIM, f"D{KIM}", QUESTION))
        await world.settled()
        assert [method for method, _ in slack.calls if method == "chat.postMessage"]


async def test_a_workspace_that_did_not_install_gets_nothing_of_ours() -> None:
    async with opened(environment=MANY) as world:
        world.slack.team = "TX"
        await world.slack.event(world.slack.message_event(KIM, f"D{KIM}", QUESTION))
        await world.settled()
        assert [method for method, _ in world.slack.calls if method.startswith("chat.")] == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"SLACK_CLIENT_SECRET": ""}, "SLACK_CLIENT_SECRET"),
        ({"HELEKLANT_SECRET_KEY": ""}, "HELEKLANT_SECRET_KEY"),
        ({"HELEKLANT_SECRET_KEY": "geheim"}, "Fernet.generate_key"),
    ],
)
def test_what_misses_or_is_no_key_is_said(wrong: dict[str, str], said: str, sqlite_url: str) -> None:
    given = {**MANY, "SLACK_SIGNING_SECRET": loopback_slack.SECRET, **wrong}

    def begin(store: Store) -> None:
        check_settings(given)
        open_workspaces(given, store, None)

    with store_at(sqlite_url, text_of("brood")) as store, pytest.raises(SettingsError, match=said):
        begin(store)


def test_the_manifest_asks_for_exactly_the_scopes_that_we_use() -> None:
    manifest: Any = yaml.safe_load((PACK.parents[1] / "deploy" / "slack" / "manifest.yaml").read_text())
    asked = set(manifest["oauth_config"]["scopes"]["bot"])
    assert asked == set(SCOPES)
    assert asked - {"commands"} == loopback_slack.SCOPES - {"commands"}
    needed = {scope for scope, _ in loopback_slack.NEEDS.values() if scope}
    assert needed <= asked
