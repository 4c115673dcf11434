"""Cards in a real browser, kept as pictures for people to look at: readable, nothing cut off, the verdict first."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.browser import a_browser
from tests.slack_paint import page
from tests.slack_world import DM, KIM, STRANGER, TESS, VERA, opened

UNKNOWN = (
    "Mag de kat van de buren het orgel van NL91ABNA0417164300 bespelen?",
    "Hoeveel weegt de maan op een dinsdag in de parkeergarage?",
    "Waar koopt de koning zijn trombone?",
)
PICTURES = Path(__file__).parent / "artefacts"


async def painted() -> dict[str, str]:
    """Pages with the cards of three questions, a Home tab and the form of a mandate."""
    async with opened() as world:
        slack = world.slack
        await slack.say(KIM, DM, "klant is de bon kwijt, ongebruikt, mag dat terug?")
        await slack.say(
            KIM, DM, "Mijn klant is aangereden met zijn leaseauto en staat langs de weg, hoe los ik dit op?"
        )
        await slack.say(KIM, "C1", f"<@{slack.bot}> Trui van 40 euro zonder bon terug, nooit gedragen, mag dat?")
        await slack.event({"type": "app_home_opened", "user": TESS, "tab": "home", "channel": f"D{TESS}"})
        await slack.command(TESS, "C1", "kennis")
        await world.settled()
        view = slack.form("knowledge")
        await slack.choose(TESS, view, "kind", "mandate")
        await world.settled()
        await slack.command(TESS, "C1", "kennis retour zonder bon")
        await world.settled()
        found = world.last(TESS)
        await slack.tap(TESS, found, "change")
        await world.settled()
        change = slack.form("change")
        assert await slack.submit(TESS, change, title="Terug zonder bonnetje", rule1_may="Geef een tegoedbon, meteen.")
        await world.settled()
        return {
            "slack-found": page(found.blocks, world.last(VERA).blocks),
            "slack-change": page(change["blocks"]),
            "slack-cards": page(*(each.blocks for each in slack.seen_by(KIM))),
            "slack-home": page(slack.homes[TESS]["blocks"]),
            "slack-form": page(slack.views[view["id"]]["blocks"]),
        }


async def homes() -> dict[str, str]:
    """Home of a colleague who reported something, of a team lead with much to do, and of somebody who is new."""
    async with opened() as world:
        slack = world.slack
        for number, asked in enumerate(UNKNOWN * 2):
            await slack.say((KIM, VERA)[number % 2], f"D{(KIM, VERA)[number % 2]}", asked)
        await world.settled()
        await slack.say(KIM, DM, "klant is de bon kwijt, ongebruikt, mag dat terug?")
        await world.settled()
        await slack.tap(KIM, world.last(), "wrong")
        await world.settled()
        form = slack.form("wrong")
        remark = "Sinds november geldt 60 dagen, zie de brief aan de filialen."
        assert await slack.submit(KIM, form, remark=remark) == {}
        for title in ("Honden in de winkel", "Fooi aannemen"):
            for user in (TESS, VERA):
                await slack.command(user, "C1", "kennis")
                await world.settled()
                body = "Honden mogen mee, aan de lijn.\n\nNiet bij de versafdeling, tenzij het een hulphond is."
                form = slack.form("knowledge")
                assert await slack.submit(user, form, title=f"{title} ({user[1:].lower()})", body=body) == {}
                await world.settled()
        for user in (KIM, TESS, STRANGER):
            await slack.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user}"})
        await world.settled()
        await slack.tap_home(TESS, "Bekijk")
        await world.settled()
        return {
            "slack-home-colleague": page(slack.homes[KIM]["blocks"]),
            "slack-home-lead": page(slack.homes[TESS]["blocks"]),
            "slack-home-new": page(slack.homes[STRANGER]["blocks"]),
            "slack-home-draft": page(slack.before(TESS)["blocks"]),
        }


def test_cards_home_and_form_fit_in_a_browser() -> None:
    pages = asyncio.run(painted()) | asyncio.run(homes())
    PICTURES.mkdir(exist_ok=True)
    with a_browser() as browser:
        for name, html in pages.items():
            tab = browser.new_page(viewport={"width": 680, "height": 900})
            tab.set_content(html)
            tab.screenshot(path=PICTURES / f"{name}.png", full_page=True)
            assert tab.evaluate("document.documentElement.scrollWidth") <= 680, f"{name} is cut off"
            tab.close()
