"""The chat page in a real browser: ask, tap, correct, unfold, thank; on a phone, by keyboard, in both languages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from copilot.app import Application, open_application
from copilot.settings import Settings
from copilot.web.page import build_page
from tests.browser import a_browser, served
from tests.world import write_pack

DAY = date(2026, 11, 22)
ARTEFACTS = Path(__file__).parent / "artefacts"
KRAS = "Klant ziet een kras op de fiets en wil korting, mag dat?"


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    folder = tmp_path_factory.mktemp("page")
    pack = write_pack(folder / "pack")
    with open_application(Settings.from_env({}, folder), knowledge=pack) as opened:
        yield opened


@pytest.fixture(scope="module")
def url(application: Application) -> Iterator[str]:
    page = build_page(application.assistant, application.store, today=lambda: DAY)
    with served(page) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 900}, locale="nl-NL")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda fault: complaints.append(str(fault)))
    opened.on("request", lambda request: complaints.append(request.url) if not request.url.startswith(url) else None)
    opened.goto(url)
    yield opened
    context.close()
    assert complaints == []


def ask(page: Page, question: str) -> None:
    page.get_by_label("Wat wil de klant?").fill(question)
    page.get_by_role("button", name="Vraag", exact=True).click()


def keep(page: Page, name: str) -> None:
    """A screenshot for people to look at, where the run asks for them."""
    if os.environ.get("KEEP_SCREENSHOTS"):
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


def test_a_question_gives_a_card_with_verdict_way_cue_and_source(page: Page) -> None:
    ask(page, "Klant wil 20 euro korting om een kras op de fiets")
    card = page.locator("article.card").first
    expect(card.locator("h2")).to_have_text("Ja, dit mag je zelf beslissen.")
    expect(card.locator(".options li")).to_have_text(["Geef de korting direct aan de kassa."])
    expect(card.locator("blockquote")).not_to_be_empty()
    source = card.locator(".sources details").first
    expect(source.locator("summary")).to_contain_text("Winkelboek 3.1")
    source.locator("summary").click()
    expect(source).to_have_attribute("open", "")
    expect(source).to_contain_text("eva@example.com")
    keep(page, "allowed")


def test_the_missing_fact_is_tapped_and_the_same_card_decides(page: Page) -> None:
    ask(page, KRAS)
    card = page.locator("article.card").first
    expect(card.locator("legend")).to_have_text("Hoeveel korting wil de klant?")
    keep(page, "asks")
    card.locator(".choices button").first.click()
    expect(page.locator("article.card").first.locator("h2")).to_have_text("Ja, dit mag je zelf beslissen.")
    expect(page.locator("article.card")).to_have_count(1)


def test_a_fact_can_be_typed_and_corrected(page: Page) -> None:
    ask(page, KRAS)
    page.get_by_label("Of vul zelf in").fill("20")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.locator(".card h2").first).to_have_text("Ja, dit mag je zelf beslissen.")
    page.locator(".read summary").first.click()
    page.get_by_label("Nieuwe waarde voor korting").fill("€ 600,-")
    page.get_by_role("button", name="Wijzig").click()
    expect(page.locator(".card h2").first).to_contain_text("Nee, dit kan niet.")
    expect(page.locator(".read strong").first).to_have_text("€ 600,00")


def test_a_value_that_is_no_amount_is_explained_and_loses_nothing(page: Page) -> None:
    ask(page, KRAS)
    page.get_by_label("Of vul zelf in").fill("veel")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_contain_text("veel")


def test_a_follow_up_belongs_to_the_same_customer_until_the_next_one(page: Page) -> None:
    ask(page, "Klant wil 20 euro korting om een kras op de fiets")
    expect(page.locator(".card h2").first).to_have_text("Ja, dit mag je zelf beslissen.")
    ask(page, "en als het 600 euro is?")
    expect(page.locator(".card h2").first).to_contain_text("Nee, dit kan niet.")
    expect(page.locator("article.card")).to_have_count(2)
    page.get_by_role("button", name="Volgende klant").click()
    expect(page.locator("article.card")).to_have_count(0)


def test_thumbs_are_kept_with_their_reason(page: Page, application: Application) -> None:
    ask(page, "Klant heeft zijn fietssleutel verloren")
    page.get_by_role("button", name="Dit hielp niet").click()
    page.get_by_role("button", name="Er ontbreekt iets").click()
    expect(page.locator(".thanks")).to_have_text("Dank je. Genoteerd.")
    card = page.locator("article.card").first.get_attribute("id") or ""
    feedback = application.store.feedback_for(card.removeprefix("card-"))
    assert [(each.helpful, each.reason) for each in feedback][-1] == (False, "incomplete")


def test_done_is_noted(page: Page) -> None:
    ask(page, "Klant wil 20 euro korting om een kras op de fiets")
    page.get_by_role("button", name="Ik heb dit gedaan").click()
    expect(page.locator(".thanks")).to_have_text("Genoteerd: je hebt dit gedaan.")


def test_what_is_not_known_is_said_kindly(page: Page) -> None:
    ask(page, "Hoe lang moet een ei koken voor een zachte dooier?")
    expect(page.locator(".card h2").first).to_have_text("Hierover staat nog niets in de kennis.")
    keep(page, "unknown")


def test_what_came_nearest_answers_the_same_question_in_one_tap(page: Page) -> None:
    ask(page, "Wie betaalt de slotenmaker?")
    expect(page.locator(".card h3", has_text="Bedoel je misschien")).to_be_visible()
    keep(page, "near")
    page.get_by_role("button", name="Fietssleutel kwijt en het slot moet open").click()
    expect(page.locator(".card h2").first).to_contain_text("Fietssleutel kwijt")
    expect(page.locator(".card .asked").first).to_contain_text("Wie betaalt de slotenmaker?")
    expect(page.locator(".card")).to_have_count(1)


def test_a_next_action_opens_its_own_card(page: Page) -> None:
    ask(page, "Er zit een kras op het frame, wat doe ik?")
    page.get_by_role("button", name="De eerste onderhoudsbeurt is gratis").click()
    expect(page.locator(".card h2").first).to_contain_text("De eerste onderhoudsbeurt is gratis")
    keep(page, "solution")


def test_everything_works_by_keyboard_alone(page: Page) -> None:
    page.keyboard.type(KRAS)
    page.keyboard.press("Enter")
    verdict = page.locator(".card h2").first
    expect(verdict).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".choices button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".card h2").first).to_have_text("Ja, dit mag je zelf beslissen.")


def test_escape_brings_the_keyboard_back_to_the_question(page: Page) -> None:
    page.keyboard.type("Klant wil 20 euro korting om een kras op de fiets")
    page.keyboard.press("Enter")
    expect(page.locator(".card h2").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.type("en als het 600 euro is?")
    page.keyboard.press("Enter")
    expect(page.locator("article.card")).to_have_count(2)


def test_a_thumb_leaves_the_focus_where_it_was(page: Page) -> None:
    ask(page, KRAS)
    # A new card takes the focus a moment after it stands there.
    expect(page.locator("article.card h2").first).to_be_focused()
    page.get_by_label("Of vul zelf in").focus()
    page.evaluate("document.querySelector('.thumbs button').click()")
    expect(page.locator(".thanks")).to_be_visible()
    expect(page.get_by_label("Of vul zelf in")).to_be_focused()


def test_nothing_jumps_while_an_answer_is_looked_up(page: Page) -> None:
    def place() -> object:
        return page.locator(".examples").bounding_box()

    before = place()
    page.evaluate("document.getElementById('busy').classList.add('htmx-request')")
    expect(page.locator("#busy")).to_be_visible()
    assert place() == before


def test_a_double_tap_asks_once(page: Page) -> None:
    page.get_by_label("Wat wil de klant?").fill(KRAS)
    page.evaluate("for (let time = 0; time < 3; time++) document.getElementById('asking').requestSubmit()")
    expect(page.locator("article.card").first).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator("article.card")).to_have_count(1)


def test_the_role_stays_after_a_reload_and_goes_along(page: Page) -> None:
    page.get_by_label("Ik ben").select_option("bedrijfsleider")
    page.reload()
    expect(page.get_by_label("Ik ben")).to_have_value("bedrijfsleider")
    page.get_by_role("link", name="Wat mag ik?").click()
    expect(page.locator(".top")).to_contain_text("bedrijfsleider")


def test_yes_and_no_are_tapped_and_figures_get_the_keyboard_for_figures(page: Page) -> None:
    ask(page, "Klant wil 20 euro korting om een kras op een showmodel fiets")
    card = page.locator("article.card").first
    card.locator(".read summary", has_text="showmodel").click()
    expect(card.get_by_role("button", name="Het is: nee")).to_be_visible()
    card.locator(".read summary", has_text="korting").click()
    expect(page.get_by_label("Nieuwe waarde voor korting")).to_have_attribute("inputmode", "decimal")


LUMINANCE = """
    ([ink, paper]) => {
      const light = (name) => {
        const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
        const part = (at) => parseInt(hex.slice(at, at + 2), 16) / 255;
        const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5));
      };
      const [low, high] = [light(ink), light(paper)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    }
"""
TEXTS = ("--ink", "--soft", "--brand", "--allowed", "--approval", "--denied", "--asks", "--advice", "--unknown")
PAIRS = [(each, paper, 4.5) for each in TEXTS for paper in ("--paper", "--card")]
PAIRS += [("--on-brand", "--brand", 4.5), ("--ink", "--say", 4.5)]
PAIRS += [(edge, paper, 3.0) for edge in ("--edge", "--focus", "--brand") for paper in ("--paper", "--card")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_in_sunlight_and_at_night(browser: Browser, url: str, scheme: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text, 3 to 1 for the edge of what can be tapped and for the focus."""
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.goto(url)
    weak = {(ink, paper) for ink, paper, least in PAIRS if opened.evaluate(LUMINANCE, [ink, paper]) < least}
    context.close()
    assert weak == set()


def test_an_example_is_one_tap(page: Page) -> None:
    page.locator("[data-example]").first.click()
    expect(page.locator("article.card")).to_have_count(1)


def test_on_a_phone_nothing_falls_off_the_side(browser: Browser, url: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    phone = context.new_page()
    phone.goto(url)
    ask(phone, "Er zit een kras op het frame, wat doe ik?")
    expect(phone.locator(".card h2").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert (phone.locator("article.card").bounding_box() or {})["y"] < 100
    tapped = phone.locator("button:visible, select:visible, input:visible, summary:visible, nav a:visible").all()
    small = [each.inner_text() for each in tapped if (each.bounding_box() or {})["height"] < 40]
    assert small == []
    phone.get_by_role("button", name="Nog een vraag").tap()
    expect(phone.get_by_label("Wat wil de klant?")).to_be_focused()
    expect(phone.get_by_label("Wat wil de klant?")).to_be_in_viewport()
    keep(phone, "phone")
    context.close()


def test_the_page_speaks_english_too(page: Page, url: str) -> None:
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("What does the customer want?")).to_be_visible()
    page.get_by_label("What does the customer want?").fill("The customer lost the key of the bike, what can I do?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".card h2").first).to_contain_text(re.compile("This solves it|knowledge base"))


def test_what_i_may_decide_is_one_readable_sheet(page: Page) -> None:
    page.get_by_role("link", name="Wat mag ik?").click()
    expect(page.locator("main")).to_contain_text("Korting op een fiets met een kras")
    expect(page.locator("main")).to_contain_text("€ 25,00")
    page.get_by_label("Zoek in wat je mag").fill("zzz")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Niets gevonden.")
    keep(page, "sheet")


def test_text_of_others_is_shown_and_never_run(page: Page) -> None:
    ask(
        page,
        '<img src=x onerror="document.title=1"> <script>document.title=2</script> **vet** [x](javascript:alert(1))',
    )
    expect(page.locator("article.card")).to_have_count(1)
    expect(page).to_have_title("Hele Klant")
    assert page.locator("article.card img, article.card script, article.card a").count() == 0


@pytest.mark.parametrize(
    "headers",
    [{"Host": "kwaad.example"}, {"Origin": "http://kwaad.example"}],
    ids=["a name that was rebound to this machine", "a form on another site"],
)
def test_other_sites_may_not_use_the_page(url: str, headers: dict[str, str]) -> None:
    given = {"question": "mag dit?", "thread": "t"}
    assert httpx.post(f"{url}/ask", data=given, headers=headers).status_code == 403


def test_an_answer_that_is_gone_is_said_so(url: str) -> None:
    for path in ("/feedback", "/done", "/fact"):
        reply = httpx.post(url + path, data={"id": "weg", "helpful": "true", "fact": "x", "value": "1"})
        assert reply.status_code == 200
        assert "niet meer" in reply.text


def test_the_page_says_that_it_is_alive_ready_and_how_much_it_knows(url: str) -> None:
    assert httpx.get(f"{url}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{url}/readyz").json() == {"knowledge": True}
    # Of the six entries in the shop one is no longer valid.
    assert httpx.get(f"{url}/metrics").text == "heleklant_entries_valid 5\n"
