"""A conversation begun at another door goes on in the browser, by a link that works once."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.conversation.moving import Moving
from bot.storage.move_store import SqlMoveStore
from bot.wiring import Service, clock
from tests.journeys.accessibility import violations
from tests.journeys.people import PATIENCE, Student, somebody
from tests.journeys.serving import Serving, TalkativeEngine

PARIS = "Europe/Paris"
A_DOCUMENT_WAITED = """() => new Promise((done) => {
  const asked = indexedDB.open('quebec-ville-etudes', 1);
  asked.onsuccess = () => done(asked.result.close());
})"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("moving"), TalkativeEngine())
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with somebody(browser, PARIS) as page:
        yield page


@pytest.fixture
def link(serving: Serving) -> str:
    """What the other door gives to somebody who has written there."""
    started = httpx.post(f"{serving.url}/api/conversations", json={}).json()
    httpx.post(
        f"{serving.url}/api/conversations/me/messages",
        json={"text": "écrit ailleurs"},
        headers={"Authorization": f"Bearer {started['token']}", "Idempotency-Key": "a"},
    )

    async def offer(service: Service) -> str:
        moving = Moving(SqlMoveStore(service.database), clock)
        return (await moving.offer(started["id"], "web")).code

    return f"{serving.url}/suite.html#{serving.do(offer)}"


def test_the_link_opens_the_conversation_once_the_person_says_so(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_text("Ne continuez que si c’est vous")).to_be_visible()
    expect(page.get_by_text("déjà ouverte dans ce navigateur")).to_be_hidden()
    assert "#" not in page.url, "the code stays neither in the address nor in the history"
    assert violations(page) == []
    page.evaluate(A_DOCUMENT_WAITED)
    page.get_by_role("button", name="Continuer ici").click()
    student = Student(page, "")
    student.reads("écho : écrit ailleurs")
    assert page.evaluate("indexedDB.databases()") == [], "nothing of who was here before"
    student.writes("et ici")
    student.reads("écho : et ici")

    page.goto("about:blank")
    page.goto(link)
    page.get_by_role("button", name="Continuer ici").click()
    expect(page.get_by_text("Ce lien a déjà servi")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Continuer ici")).to_be_hidden()


def test_a_conversation_that_is_open_already_is_not_replaced_unawares(
    page: Page, serving: Serving, link: str
) -> None:
    student = Student(page, serving.url)
    student.opens_the_page()
    student.writes("la mienne")
    student.reads("écho : la mienne")
    page.goto(link)
    expect(page.get_by_text("elle y sera remplacée")).to_be_visible()
    page.get_by_role("link", name="Aller à l’assistant").click()
    student.reads("écho : la mienne")


def test_a_link_without_its_code_says_so(page: Page, serving: Serving) -> None:
    page.goto(f"{serving.url}/suite.html")
    expect(page.get_by_role("alert")).to_have_text("Ce lien a déjà servi ou n’est plus valable. "
        "Demandez-en un nouveau là où vous l’avez reçu.")  # fmt: skip


def test_the_link_of_a_letter_leads_here_and_asks_the_door_of_letters(
    page: Page, serving: Serving
) -> None:
    code = "a-code-that-no-letter-has"
    page.goto(f"{serving.url}/chat#retour={code}")
    with page.expect_request("**/api/conversations/return") as asked:
        page.get_by_role("button", name="Continuer ici").click()
    assert asked.value.post_data_json == {"code": code}
    expect(page.get_by_text("Ce lien a déjà servi")).to_be_visible(timeout=PATIENCE)
