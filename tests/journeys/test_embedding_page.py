"""The page that shows how to carry the widget: its buttons, its events, its colours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.people import Student, somebody
from tests.journeys.serving import Serving, TalkativeEngine

PARIS = "Europe/Paris"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("embedding"), TalkativeEngine())
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def page(browser: Browser, serving: Serving) -> Iterator[Page]:
    with somebody(browser, PARIS) as page:
        page.goto(f"{serving.url}/integrer")
        expect(page.get_by_role("button", name="Ouvrir la discussion")).to_be_visible()
        yield page


def test_the_page_opens_asks_hears_and_closes(page: Page) -> None:
    heard = page.locator("#heard")
    page.get_by_role("button", name="Demander").click()
    student = Student(page, "")
    student.reads("écho : C’est quoi, le CAQ?")
    page.get_by_role("button", name="Fermer", exact=True).click()
    expect(student.box).to_be_hidden()
    for line in ("open", "message : person, « C’est quoi, le CAQ? »", "message : bot", "close"):
        expect(heard).to_contain_text(line)
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    expect(student.box).to_be_visible()


def test_what_came_while_it_was_closed_is_counted_on_the_button_and_in_the_title(
    page: Page, serving: Serving
) -> None:
    student = Student(page, "")
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    student.writes("bonjour")
    student.reads("écho : bonjour")
    page.route("**/me/messages", lambda route: (page.wait_for_timeout(400), route.continue_()))
    student.writes("réponds plus tard")
    page.get_by_role("button", name="Fermer la discussion").last.click()
    expect(page.get_by_role("button", name="1 nouveau message")).to_be_visible()
    expect(page).to_have_title("(1) Mettre l’assistant sur votre site | Québec ville études")
    expect(page.locator("#heard")).to_contain_text("unread : 1")
    page.get_by_role("button", name="1 nouveau message").click()
    expect(page).to_have_title("Mettre l’assistant sur votre site | Québec ville études")


@pytest.mark.parametrize("theme", ["Prune", "Jaune pâle"])
def test_whatever_the_colours_of_the_page_everything_stays_legible(page: Page, theme: str) -> None:
    page.get_by_role("button", name=theme).click()
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    student = Student(page, "")
    for text in ("combien", "mon plan"):
        student.writes(text)
    student.reads("Demander le CAQ")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(100)
        assert violations(page, "quebec-ville-etudes", rules=["color-contrast"]) == []


@pytest.mark.parametrize("path", ["/integrer", "/accessibilite", "/confidentialite", "/"])
def test_our_pages_are_accessible(page: Page, serving: Serving, path: str) -> None:
    page.goto(serving.url + path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
