"""What goes out of the conversation and what comes in: a document, a copy, paper, another door."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.texts import say
from tests.journeys.people import PATIENCE, Student, somebody
from tests.journeys.serving import DeskHand, Serving, TalkativeEngine

PARIS = "Europe/Paris"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("documents"), TalkativeEngine())
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def student(browser: Browser, serving: Serving) -> Iterator[Student]:
    with somebody(browser, PARIS) as page:
        student = Student(page, serving.url)
        student.opens_the_page()
        yield student


def chooses_a_file(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Joindre un document").click()
    chooser.value.set_files(path)


def test_a_document_goes_to_the_adviser_who_has_the_floor_and_comes_back(
    student: Student, serving: Serving, tmp_path: Path
) -> None:
    page = student.page
    attach = page.get_by_role("button", name="Joindre un document")
    expect(attach).to_have_count(0)
    student.writes("un conseiller")
    student.reads("C’est transmis")
    marie = DeskHand(serving)
    marie.takes_the_newest_case()
    expect(attach).to_be_visible(timeout=PATIENCE)

    (tmp_path / "relevé de notes.pdf").write_bytes(PDF)
    chooses_a_file(page, tmp_path / "relevé de notes.pdf")
    sent = page.get_by_role("button", name="Télécharger relevé de notes.pdf")
    expect(sent).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as download:
        sent.click()
    assert download.value.path().read_bytes() == PDF

    (tmp_path / "film.pdf").write_bytes(b"%PDF-1.4 cut")
    chooses_a_file(page, tmp_path / "film.pdf")
    expect(
        page.get_by_role("log").get_by_text("Non envoyé. Ce fichier ne s’ouvre pas")
    ).to_be_visible()
    page.get_by_role("button", name="Retirer").click()
    (tmp_path / "lourd.pdf").write_bytes(PDF + b" " * 5 * 1024 * 1024)
    chooses_a_file(page, tmp_path / "lourd.pdf")
    expect(
        page.get_by_role("log").get_by_text("Non envoyé. Ce fichier est trop lourd")
    ).to_be_visible()


def test_who_was_helped_says_so_in_one_tap(student: Student, serving: Serving) -> None:
    student.writes("un conseiller")
    student.reads("C’est transmis")
    marie = DeskHand(serving)
    marie.takes_the_newest_case()
    marie.writes("Voilà.")
    marie.closes_and_asks_whether_it_helped()
    yes = student.page.get_by_role("button", name=say("handover.helped_yes"), exact=True)
    expect(yes).to_be_visible(timeout=PATIENCE)
    yes.click()
    student.reads(say("handover.helped_thanks"))
    expect(yes).to_have_count(0)


def test_an_answer_is_copied_with_its_sources(student: Student) -> None:
    page = student.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    student.writes("combien")
    student.reads("Le CAQ coûte")
    page.get_by_role("button", name="Copier cette réponse").click()
    expect(page.get_by_text("Copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Le CAQ coûte 134 $.")
    assert "Source\u00a0: Frais du CAQ (juin 2026) https://quebec.example/frais" in copied


def test_the_whole_conversation_is_printed(student: Student) -> None:
    page = student.page
    student.writes("mon plan")
    student.reads("Demander le CAQ")
    page.get_by_role("button", name="Plus d’options").click()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Imprimer Toute la conversation").click()
    printed = opened.value
    expect(printed.get_by_role("heading", name="Conversation imprimée le")).to_be_visible()
    for words in ("mon plan", "Voici votre plan.", "Demander le CAQ"):
        expect(printed.get_by_text(words).first).to_be_visible()


def test_telegram_is_proposed_where_it_is_offered_and_its_link_is_opened(
    browser: Browser, serving: Serving
) -> None:
    link = "https://t.me/exemple?start=abc"

    def with_telegram(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "offers": ["telegram"]})

    with somebody(browser, PARIS) as page:
        context = page.context
        context.route("https://t.me/**", lambda route: route.fulfill(body="telegram"))
        page.route("**/api/conversations", with_telegram)
        page.route(
            "**/me/telegram",
            lambda route: route.fulfill(status=201, body=json.dumps({"url": link})),
        )
        page.route("**/me/events*", lambda route: route.abort())
        page.route("**/me/messages*", lambda route: route.abort())
        student = Student(page, serving.url)
        student.opens_the_page()
        page.get_by_role("button", name="Plus d’options").click()
        with context.expect_page() as opened:
            page.get_by_role("button", name="Continuer sur Telegram").click()
        opened.value.wait_for_url(link)
        assert opened.value.evaluate("window.opener") is None


def test_telegram_is_not_proposed_where_there_is_none(student: Student) -> None:
    student.page.get_by_role("button", name="Plus d’options").click()
    expect(student.page.get_by_role("button", name="Mes données")).to_be_visible()
    expect(student.page.get_by_role("button", name="Continuer sur Telegram")).to_have_count(0)
