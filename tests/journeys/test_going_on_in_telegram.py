"""From the widget to Telegram and back: one conversation, by links that work once."""

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.texts import say
from tests.journeys.emulated_telegram import TOKEN, TelegramPerson, emulator
from tests.journeys.people import PATIENCE, Student, somebody
from tests.journeys.serving import DeskHand, Serving, TalkativeEngine

PARIS = "Europe/Paris"


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    with emulator() as url:
        yield url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("to-telegram")


@pytest.fixture(scope="module")
def serving(folder: Path, api: str) -> Iterator[Serving]:
    settings = {"telegram_token": TOKEN, "telegram_api_url": api, "var": folder}
    serving = Serving(folder, TalkativeEngine(), **settings)
    serving.start()
    yield serving
    serving.stop()


class OnAPhone:
    """Somebody in Telegram, who reads whatever comes."""

    def __init__(self, http: httpx.Client, folder: Path, chat: int) -> None:
        self._person = TelegramPerson(http, folder / "qve.sqlite3", chat)
        self._asks = {"token": TOKEN, "chatId": chat}
        self._read = ""

    def writes(self, text: str) -> None:
        common = self._person._common()
        self._person._post("sendMessage", self._person._meta(**common, text=text))

    def reads(self, *words: str) -> str:
        deadline = time.monotonic() + PATIENCE / 500
        while any(each not in self._read for each in words):
            assert time.monotonic() < deadline, (words, self._read)
            unread = self._person._post("getUpdates", self._asks)["result"]
            for each in unread:
                self._read += html.unescape(re.sub(r"<[^>]+>", "", each["message"]["text"])) + "\n"
            time.sleep(0.1)
        return self._read


@pytest.fixture
def phones(api: str, folder: Path) -> Iterator[list[OnAPhone]]:
    with httpx.Client(base_url=api, timeout=20) as http:
        yield [OnAPhone(http, folder, chat) for chat in (701, 702)]


def telegram_link(page: Page) -> str:
    """What opens from the menu; Telegram itself is not to be had here."""
    page.context.route("https://t.me/**", lambda route: route.fulfill(body="telegram"))
    page.get_by_role("button", name="Plus d’options").click()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Continuer sur Telegram").click()
    opened.value.wait_for_url("https://t.me/**")
    link = opened.value.url
    opened.value.close()
    return link


def when_telegram_answers(serving: Serving) -> None:
    """The service has learnt the name of its robot."""
    started = httpx.post(f"{serving.url}/api/conversations", json={}).json()
    bearer = {"Authorization": f"Bearer {started['token']}"}
    deadline = time.monotonic() + PATIENCE / 500
    while True:
        asked = httpx.post(f"{serving.url}/api/conversations/me/telegram", headers=bearer)
        if asked.status_code == 201:
            return
        assert time.monotonic() < deadline, asked.text
        time.sleep(0.1)


def test_a_conversation_of_the_widget_goes_on_in_telegram_and_comes_back(
    browser: Browser, serving: Serving, phones: list[OnAPhone]
) -> None:
    lea, marc = phones
    when_telegram_answers(serving)
    with somebody(browser, PARIS) as page:
        # Given a student in the widget, whom an adviser will answer
        student = Student(page, serving.url)
        student.opens_the_page()
        student.writes("combien")
        student.reads("Le CAQ coûte")
        student.writes("un conseiller")
        student.reads("C’est transmis")
        # When she goes on in Telegram by the link of the menu
        link = telegram_link(page)
        [code] = re.findall(r"start=(suite_[\w-]+)", link)
        lea.writes(f"/start {code}")
        # Then her last exchange is there, and the adviser's answer comes there
        lea.reads("un conseiller", "C’est transmis", say("telegram.moved")[:30])
        marie = DeskHand(serving)
        marie.takes_the_newest_case()
        marie.writes("Votre relevé suffit.")
        lea.reads("Votre relevé suffit.")
        lea.writes("merci Marie")
        student.reads("merci Marie")  # the widget, still open, shows the same thread
        # And the link opens nothing to somebody else
        marc.writes(f"/start {code}")
        assert "relevé" not in marc.reads(say("telegram.move_spent")[:30])
        # And back on the site, in another browser, everything is there
        lea.writes("/site")
        back = re.findall(r"suite\.html#([\w-]+)", lea.reads("suite.html#"))[-1]
    with somebody(browser, PARIS) as page:
        page.goto(f"{serving.url}/suite.html#{back}")
        page.get_by_role("button", name="Continuer ici").click()
        student = Student(page, "")
        expect(student.box).to_be_visible(timeout=PATIENCE)
        for words in ("Le CAQ coûte", "Votre relevé suffit.", "merci Marie"):
            student.reads(words)
