"""Cards in a real browser, kept as pictures for people to look at: readable, nothing cut off, the verdict first."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from tests.browser import a_browser
from tests.slack_paint import page
from tests.slack_world import DM, KIM, TESS, VERA, opened

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
        view: Any = list(slack.views.values())[-1]
        await slack.choose(TESS, view, "kind", "mandate")
        await world.settled()
        await slack.command(TESS, "C1", "kennis retour zonder bon")
        await world.settled()
        found = world.last(TESS)
        await slack.tap(TESS, found, "change")
        await world.settled()
        change = list(slack.views.values())[-1]
        assert await slack.submit(TESS, change, title="Terug zonder bonnetje", rule1_may="Geef een tegoedbon, meteen.")
        await world.settled()
        return {
            "slack-found": page(found.blocks, world.last(VERA).blocks),
            "slack-change": page(change["blocks"]),
            "slack-cards": page(*(each.blocks for each in slack.seen_by(KIM))),
            "slack-home": page(slack.homes[TESS]["blocks"]),
            "slack-form": page(slack.views[view["id"]]["blocks"]),
        }


def test_cards_home_and_form_fit_in_a_browser() -> None:
    pages = asyncio.run(painted())
    PICTURES.mkdir(exist_ok=True)
    with a_browser() as browser:
        for name, html in pages.items():
            tab = browser.new_page(viewport={"width": 680, "height": 900})
            tab.set_content(html)
            tab.screenshot(path=PICTURES / f"{name}.png", full_page=True)
            assert tab.evaluate("document.documentElement.scrollWidth") <= 680, f"{name} is cut off"
            tab.close()
