"""The chat as a page of its own, kept as an application; and its page that needs no JavaScript."""

import json
import struct
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.channels.pages import STATIC
from tests.journeys.accessibility import violations
from tests.journeys.people import PATIENCE, Student, somebody
from tests.journeys.serving import Serving, TalkativeEngine

PARIS = "Europe/Paris"
SIZES = (
    {"width": 320, "height": 640},
    {"width": 768, "height": 1024},
    {"width": 1440, "height": 900},
)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("chat"), TalkativeEngine())
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with somebody(browser, PARIS) as page:
        yield page


def opened(page: Page, serving: Serving, path: str = "/chat") -> Student:
    page.goto(serving.url + path)
    student = Student(page, serving.url)
    expect(student.box).to_be_visible(timeout=PATIENCE)
    return student


def test_it_is_open_fills_the_page_and_does_not_close(page: Page, serving: Serving) -> None:
    student = opened(page, serving)
    expect(page.get_by_role("button", name="Ouvrir la discussion")).to_have_count(0)
    expect(page.get_by_role("button", name="Fermer la discussion")).to_have_count(0)
    page.keyboard.press("Escape")
    student.writes("bonjour")
    student.reads("écho : bonjour")
    for size in SIZES:
        page.set_viewport_size(size)
        expect(student.box).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []


def test_where_a_person_comes_from_is_in_the_address(page: Page, serving: Serving) -> None:
    with page.expect_request("**/api/conversations") as begun:
        opened(page, serving, "/chat?campaign=lyon&topic=caq/fee")
    asked = begun.value.post_data_json
    assert (asked["campaign"], asked["topic"]) == ("lyon", "caq/fee")
    expect(page.get_by_role("button", name="Comment demander le CAQ?")).to_be_visible()


def test_it_can_be_kept_as_an_application(serving: Serving) -> None:
    page = httpx.get(f"{serving.url}/chat").text
    assert '<link rel="manifest" href="/chat.webmanifest">' in page
    answer = httpx.get(f"{serving.url}/chat.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    manifest = answer.json()
    assert manifest["start_url"].startswith(manifest["scope"])
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        drawn = httpx.get(serving.url + icon["src"])
        assert drawn.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", drawn.content[16:24])
            assert f"{width}x{height}" == icon["sizes"]
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])


def test_it_opens_without_a_network_and_what_is_written_leaves_later(
    page: Page, serving: Serving
) -> None:
    student = opened(page, serving)
    student.writes("avant")
    student.reads("écho : avant")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    expect(student.box).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Vous êtes hors ligne")).to_be_visible()
    student.writes("écrit sans réseau")
    expect(page.get_by_text("En attente d’envoi")).to_be_visible()
    page.context.set_offline(False)
    student.reads("écho : écrit sans réseau")
    student.reads("écho : avant")


def test_the_application_keeps_only_files_and_all_of_them_exist() -> None:
    worker = (STATIC / "chat-sw.js").read_text("utf-8")
    names = json.loads(worker.split("FILES = ", 1)[1].split(";", 1)[0])
    kept = [name.strip("/") + (".html" if name == "/chat" else "") for name in names]
    assert [name for name in kept if not (STATIC / name).is_file()] == []
    assert "/api" not in worker


def test_without_javascript_the_conversation_is_had_by_forms(
    browser: Browser, serving: Serving
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(serving.url)
    page.get_by_role("link", name="Poser une question").click()
    page.get_by_label("Votre message").fill("combien")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Le CAQ coûte")).to_be_visible()
    page.get_by_text("2 sources").click()
    expect(page.get_by_role("link", name="Frais du CAQ")).to_be_visible()
    page.get_by_role("button", name="Et les délais?").click()
    expect(page.get_by_text("écho : Et les délais?")).to_be_visible()
    page.get_by_label("Votre message").fill("un conseiller")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Votre demande est transmise")).to_be_visible()
    page.goto(f"{serving.url}/chat")
    page.get_by_role("link", name="Posez vos questions par la page simple").click()
    expect(page.get_by_text("Votre demande est transmise")).to_be_visible()
    context.close()


def test_the_plain_page_is_accessible_and_goes_on_with_the_same_conversation(
    page: Page, serving: Serving
) -> None:
    student = opened(page, serving)
    student.writes("mon plan")
    student.reads("Demander le CAQ")
    page.get_by_role("button", name="Plus d’options").click()
    page.get_by_role("button", name="Page simple").click()
    expect(page.get_by_role("heading", name="Demander le CAQ")).to_be_visible(timeout=PATIENCE)
    page.set_viewport_size(SIZES[0])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page) == []
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("alert")).to_contain_text("Votre message est vide")
    assert violations(page) == []
    page.get_by_label("Votre message").fill("par la page simple")
    page.get_by_role("button", name="Envoyer").click()
    page.goto(f"{serving.url}/chat")
    student.reads("écho : par la page simple")
