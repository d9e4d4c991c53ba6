"""A student with the widget and an adviser at the desk, each in a browser of their own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PATIENCE = 10_000


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
        self.page.wait_for_url(re.compile(r"/desk/?$"), timeout=PATIENCE)

    def opens_the_first_case(self) -> None:
        self.page.goto(f"{self._url}/desk/")
        self.page.locator("main a[href*='/desk/cases/']").first.click()
        self.page.wait_for_url(re.compile(r"/desk/cases/\d+"), timeout=PATIENCE)

    def reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).last).to_be_visible(timeout=PATIENCE)

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button).first.click()

    def answers(self, text: str) -> None:
        self.page.locator("textarea").fill(text)
        self.page.locator("textarea").press("Control+Enter")


@contextmanager
def somebody(browser: Browser, timezone: str) -> Iterator[Page]:
    """A browser of their own: nothing shared with anybody else's."""
    context: BrowserContext = browser.new_context(timezone_id=timezone, locale="fr-FR")
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()
