"""A student with the widget and an adviser at the desk, each in a browser of their own."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pyotp
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PATIENCE = 20_000
"""Milliseconds for what must happen: a busy machine is slow, a fault is for ever."""


class Student:
    """Uses the widget by what is written and announced on it, as anybody would."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url

    def opens_the_page(self) -> None:
        self.page.goto(self._url)
        self.page.get_by_role("button", name="Ouvrir la discussion").click()
        expect(self.box).to_be_enabled(timeout=PATIENCE)

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="Votre message")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("log")

    def writes(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def chooses(self, button: str) -> None:
        self.page.get_by_role("button", name=button).last.click()

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Waits until the words are there to be read (folded sources do not count)."""
        shown = self.thread.get_by_text(text).filter(visible=True)
        expect(shown.last).to_be_visible(timeout=PATIENCE)

    def never_reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.thread.get_by_text(text)).to_have_count(0)

    def unfolds_the_last_sources(self) -> str:
        sources = self.thread.locator("details").last
        sources.locator("summary").click()
        return sources.inner_text()


class DeskAdviser:
    """Works at the desk by its headings, labels and buttons."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        self.secret = ""
        self.first_code = ""
        self.recovery_codes: list[str] = []

    def accepts(
        self, invitation: str, *, name: str | None, email: str | None, password: str
    ) -> None:
        self.page.goto(invitation)
        for label, value in (("Nom montré aux personnes", name), ("Courriel", email)):
            if value is not None:
                self.page.get_by_label(label).fill(value)
        self.page.get_by_label("Mot de passe", exact=True).fill(password)
        self.page.get_by_label("Le même, une seconde fois").fill(password)
        self.page.get_by_role("button", name="Ouvrir mon compte").click()
        self.page.wait_for_url(re.compile(r"/desk/(second-factor.*)?$"), timeout=PATIENCE)
        if "second-factor" in self.page.url:
            self.puts_a_second_factor_in_place()
        self.page.wait_for_url(re.compile(r"/desk/?$"), timeout=PATIENCE)

    def puts_a_second_factor_in_place(self) -> None:
        """Reads the key as a phone would, and keeps the recovery codes."""
        self.secret = self.page.locator("#secret-key").inner_text().replace(" ", "")
        self.first_code = self.phone_code()
        self.page.get_by_label("Code à six chiffres").fill(self.first_code)
        self.page.get_by_role("button", name="Confirmer").click()
        expect(self.page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
        self.recovery_codes = self.page.locator("code").all_inner_texts()
        self.page.get_by_role("link", name="Je les ai gardés").click()

    def phone_code(self, ahead: int = 0) -> str:
        """What the phone shows now, or so many half minutes later."""
        return pyotp.TOTP(self.secret).at(int(time.time()), counter_offset=ahead)

    def opens_the_first_case(self) -> None:
        self.page.goto(f"{self._url}/desk/")
        self.page.locator("main a[href*='/desk/cases/']").first.click()
        self.page.wait_for_url(re.compile(r"/desk/cases/\d+"), timeout=PATIENCE)

    def reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).last).to_be_visible(timeout=PATIENCE)

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button).first.click()

    def answers(self, text: str) -> None:
        box = self.page.get_by_role("textbox", name=re.compile("Votre réponse"))
        box.fill(text)
        box.press("Control+Enter")


@contextmanager
def somebody(browser: Browser, timezone: str) -> Iterator[Page]:
    """A browser of their own: nothing shared with anybody else's."""
    context: BrowserContext = browser.new_context(timezone_id=timezone, locale="fr-FR")
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()
