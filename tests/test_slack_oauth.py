"""Installing in a Slack that others made, from the page to the uninstall; and every way in which it can go wrong."""

from __future__ import annotations

import asyncio
import re
import time
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet

from copilot.channels.slack_scopes import SCOPES
from copilot.errors import ChannelError, StoreError
from copilot.messages import store as store_texts
from tests.slack_emulator import CLIENT_ID, CLIENT_SECRET, REDIRECT, emulator
from tests.slack_world import World, opened

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # in slack_sdk, of aiohttp

KEY = Fernet.generate_key().decode()
MANY = {"SLACK_CLIENT_ID": CLIENT_ID, "SLACK_CLIENT_SECRET": CLIENT_SECRET, "HELEKLANT_SECRET_KEY": KEY}


async def begun(world: World) -> tuple[str, dict[str, str]]:
    """The address at Slack to which the install page leads, and the cookie of this browser."""
    assert world.slack.app is not None
    page = await world.slack.app.get("/slack/install")
    assert "Hele Klant in Slack zetten" in page.text
    (link,) = re.findall(r'href="([^"]+authorize[^"]+)"', page.text)
    cookies = "; ".join(each.partition(";")[0] for each in page.headers.get_list("set-cookie"))
    return unescape(link), {"Cookie": cookies}


async def back(world: World, address: str, cookie: dict[str, str]) -> httpx.Response:
    """Slack sends the browser back to us."""
    assert world.slack.app is not None
    page = await world.slack.app.get(address, headers=cookie)
    assert "Traceback" not in page.text
    assert "<h1>" in page.text
    return page


async def test_from_the_install_page_to_the_uninstall_in_a_slack_that_others_made(tmp_path: Path) -> None:
    with emulator(tmp_path, SCOPES) as others:
        given = {**MANY, "SLACK_REDIRECT_URL": REDIRECT, "HELEKLANT_SLACK_API_URL": others.url + "api/"}
        async with opened(environment=given) as world:
            for leaving in (
                {"type": "app_uninstalled"},
                {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}},
            ):
                link, cookie = await begun(world)
                assert set(parse_qs(urlsplit(link).query)["scope"][0].split(",")) == set(SCOPES)
                address = await asyncio.to_thread(others.authorise, link)
                assert "Hele Klant staat in Slack" in (await back(world, address, cookie)).text
                (team,) = world.store.workspaces("slack")
                sealed = world.store.installation("slack", team)
                assert sealed is not None
                client = await world.service.room.office.client_for(team)
                assert "xoxb" not in sealed
                answer = await client.auth_test()
                assert (answer["ok"], answer["team_id"]) == (True, team)
                again = await back(world, address, cookie)
                assert (again.status_code, "al gebruikt" in again.text) == (401, True)
                world.slack.team = team
                assert (await world.slack.event(leaving)).status_code == 200
                assert world.store.installation("slack", team) is None
                with pytest.raises(ChannelError, match="/slack/install"):
                    await world.service.room.office.client_for(team)


async def test_a_state_that_is_forged_old_or_of_another_browser_is_refused_in_plain_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with opened(environment=MANY) as world:
        other_key = Fernet(Fernet.generate_key()).encrypt(b"state").decode()
        for forged in (other_key, "x", ""):
            cookie = {"Cookie": f"slack-app-oauth-state={forged}"}
            page = await back(world, f"/slack/oauth_redirect?code=code-TA&state={forged}", cookie)
            assert (page.status_code, "ouder dan tien minuten" in page.text) == (401, True)
        link, cookie = await begun(world)
        state = parse_qs(urlsplit(link).query)["state"][0]
        page = await back(world, f"/slack/oauth_redirect?code=code-TA&state={state}", {})
        assert (page.status_code, "niet in deze browser" in page.text) == (400, True)
        assert (await back(world, "/slack/oauth_redirect?code=code-TA", cookie)).status_code == 400
        real = time.time
        monkeypatch.setattr(time, "time", lambda: real() + 601)
        page = await back(world, f"/slack/oauth_redirect?code=code-TA&state={state}", cookie)
        assert (page.status_code, "ouder dan tien minuten" in page.text) == (401, True)
        assert world.store.workspaces("slack") == []
        assert [method for method, _ in world.slack.calls] == [], "nothing of it reached Slack"


@pytest.mark.parametrize(("error", "said"), [("invalid_code", "geen toegang"), ("down", "geen toegang")])
async def test_what_slack_refuses_is_a_plain_page(error: str, said: str) -> None:
    async with opened(environment=MANY) as world:
        link, cookie = await begun(world)
        state = parse_qs(urlsplit(link).query)["state"][0]
        world.slack.fail_next("oauth.v2.access", error)
        page = await back(world, f"/slack/oauth_redirect?code=code-TA&state={state}", cookie)
        assert (page.status_code, said in page.text) == (401, True)
        page = await back(world, "/slack/oauth_redirect?error=access_denied", cookie)
        assert "geen toestemming" in page.text
        page = await back(world, "/slack/oauth_redirect?error=<script>", {**cookie, "Accept-Language": "en-GB,en"})
        assert "Slack gave no access" in page.text
        assert "<script>" not in page.text
        assert world.store.workspaces("slack") == []


async def test_what_cannot_be_kept_is_a_plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(environment=MANY) as world:
        link, cookie = await begun(world)
        state = parse_qs(urlsplit(link).query)["state"][0]

        def full(*_: object) -> None:
            raise StoreError(store_texts.NOTHING_KNOWN)

        monkeypatch.setattr(world.store, "put_installation", full)
        page = await back(world, f"/slack/oauth_redirect?code=code-TA&state={state}", cookie)
        assert (page.status_code, "niet worden bewaard" in page.text) == (500, True)
