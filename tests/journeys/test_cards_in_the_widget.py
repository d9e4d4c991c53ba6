"""Cards as a person meets them in the widget: read, ticked, kept in a calendar, printed, judged.

The whole application and its real widget, with an engine that shows cards without a model.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import CAQ_STEP, EchoEngine, showing
from playwright.sync_api import Browser, Page, expect

from bot.messages import ASK_ADVISER, Message, Outcome
from tests.journeys.people import PATIENCE, Student, somebody
from tests.journeys.serving import Serving

PARIS = "Europe/Paris"
NARROW = {"width": 320, "height": 640}
SIDEWAYS = """() => [...document.querySelector('quebec-ville-etudes').shadowRoot
  .querySelector('qve-panel').shadowRoot.querySelector('qve-thread').shadowRoot
  .querySelectorAll('.scroll')].map((scroll) => scroll.scrollWidth - scroll.clientWidth)"""


class PlanEngine(EchoEngine):
    """Shows the same plan whatever is asked; remembers which buttons were pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str | None] = []

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        self.pressed.append(message.button)
        return showing(CAQ_STEP)


@pytest.fixture
def engine() -> PlanEngine:
    return PlanEngine()


@pytest.fixture
def url(tmp_path: Path, engine: PlanEngine) -> Iterator[str]:
    serving = Serving(tmp_path, engine)
    serving.start()
    yield serving.url
    serving.stop()


def given_a_plan(page: Page, url: str) -> Student:
    student = Student(page, url)
    student.opens_the_page()
    student.writes("mon plan")
    student.reads("Demander le CAQ")
    return student


def box(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("checkbox", name="C’est fait Demander le CAQ")


def test_a_card_is_readable_on_the_narrowest_phone(browser: Browser, url: str) -> None:
    with somebody(browser, PARIS) as page:
        page.set_viewport_size(NARROW)
        student = given_a_plan(page, url)
        for words in ("en retard", "Du 1er mars 2027 au 30 avril 2027", "Frais", "134 $"):
            student.reads(words)
        link = page.get_by_role("link", name="Faire la demande")
        assert link.get_attribute("href") == "https://quebec.example/caq?a=1&b=2"
        assert page.evaluate(SIDEWAYS) == [0], "nothing to scroll sideways"


def test_a_tick_is_still_there_after_a_reload_and_can_be_taken_back(
    browser: Browser, url: str
) -> None:
    with somebody(browser, PARIS) as page:
        given_a_plan(page, url)
        with page.expect_response("**/ticks/**"):
            box(page).check()
        for done in (True, False):
            page.reload()
            page.get_by_role("button", name="Ouvrir la discussion").click()
            expect(box(page)).to_be_checked(checked=done, timeout=PATIENCE)
            if done:
                with page.expect_response("**/ticks/**"):
                    box(page).uncheck()


def test_a_tick_that_could_not_be_kept_is_taken_back_and_said(browser: Browser, url: str) -> None:
    with somebody(browser, PARIS) as page:
        given_a_plan(page, url)
        page.route("**/ticks/**", lambda route: route.abort())
        box(page).click()
        expect(page.get_by_text("Cette case n’a pas pu être enregistrée")).to_be_visible()
        expect(box(page)).not_to_be_checked()


def test_the_dates_go_into_a_calendar_file(browser: Browser, url: str) -> None:
    with somebody(browser, PARIS) as page:
        given_a_plan(page, url)
        with page.expect_download() as download:
            page.get_by_role("button", name="Ajouter à mon calendrier").click()
        assert download.value.suggested_filename == "quebec-ville-etudes.ics"
        assert "DTSTART;VALUE=DATE:20270301" in download.value.path().read_text("utf-8")


def test_a_message_is_printed_from_a_page_of_its_own_with_its_style(
    browser: Browser, url: str
) -> None:
    with somebody(browser, PARIS) as page:
        given_a_plan(page, url)
        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Imprimer").click()
        printed = opened.value
        expect(printed.get_by_role("heading", name="Demander le CAQ")).to_be_visible()
        expect(printed.get_by_text("Information générale")).to_be_visible()
        border = "getComputedStyle(document.querySelector('article')).borderTopStyle"
        assert printed.evaluate(border) == "solid"
        assert printed.title().startswith("Québec ville études")


def test_who_was_not_helped_says_why_then_rephrases_or_asks_for_an_adviser(
    browser: Browser, url: str, engine: PlanEngine
) -> None:
    with somebody(browser, PARIS) as page:
        student = given_a_plan(page, url)
        with page.expect_response("**/feedback"):
            student.chooses("Cette réponse est-elle utile? Non")
        with page.expect_response("**/feedback") as told:
            student.chooses("Ce n’est pas clair")
        assert told.value.request.post_data_json == {"seq": 3, "useful": False, "why": "unclear"}

        student.chooses("Reformuler")
        expect(student.box).to_be_focused()
        page.locator("qve-feedback").get_by_role("button", name="Parler à un conseiller").click()
        expect(page.locator("qve-card, qve-cards")).to_have_count(2, timeout=PATIENCE)
        assert engine.pressed == [None, ASK_ADVISER]
