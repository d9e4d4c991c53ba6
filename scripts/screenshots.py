"""The pictures of the README and of the advisers' guide, taken from the product as it is:
`make screenshots`."""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import CHROMIUM_FLAGS
from tests.journeys.people import DeskAdviser, Student
from tests.journeys.service import RunningService

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def main() -> int:
    found = shutil.which("chromium")
    if found is None:
        print("chromium is needed: apt install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        service = RunningService(Path(folder))
        service.start()
        try:
            french = {**os.environ, "LANGUAGE": "fr"}
            browser = playwright.chromium.launch(
                executable_path=found, args=[*CHROMIUM_FLAGS, "--lang=fr"], env=french
            )
            _take(browser, service)
        finally:
            service.stop()
    return 0


def _take(browser: Browser, service: RunningService) -> None:
    student_page = _page(browser, 1100, 860, "Europe/Paris")
    student = Student(student_page, service.url)
    student.opens_the_page()
    student.writes("combien d'argent faut-il prouver pour le CAQ ?")
    student.reads(re.compile(r"24\s617\s\$"))
    _settled(student_page).screenshot(path=IMAGES / "widget.png")
    _asks_for_an_adviser(student, "mon permis a été refusé, je fais quoi ?", "Léa")
    for question, name in (
        ("mon CAQ a été refusé, pouvez-vous regarder mon dossier ?", "Noé"),
        ("je veux parler à un conseiller", "Inès"),
    ):
        other = Student(_page(browser, 1100, 860, "Europe/Paris"), service.url)
        other.opens_the_page()
        _asks_for_an_adviser(other, question, name)
    _take_the_desk(browser, service, student)


def _asks_for_an_adviser(student: Student, question: str, name: str) -> None:
    student.writes(question)
    accept = student.page.get_by_role("button", name="Oui, parler à un CRIÉE")
    ask_name = student.thread.get_by_text("Comment peut-elle vous appeler?")
    accept.or_(ask_name).last.wait_for()
    if accept.count():
        student.chooses("Oui, parler à un CRIÉE")
    student.reads("Comment peut-elle vous appeler?")
    student.writes(name)
    student.chooses("Non, sans courriel")
    student.reads(re.compile(f"C’est transmis, {name}"))


def _take_the_desk(browser: Browser, service: RunningService, student: Student) -> None:
    page = _page(browser, 1280, 860, "America/Toronto")
    adviser = DeskAdviser(page, service.url)
    link, password = service.invitation(), "une longue phrase de passe"
    adviser.accepts(link, name="Claire L.", email="claire@exemple.org", password=password)
    invitation = service.add_adviser("paul@exemple.org", "Paul R.")
    paul = DeskAdviser(_page(browser, 1280, 860, "America/Toronto"), service.url)
    paul.accepts(invitation, name=None, email=None, password=password)
    paul.page.goto("about:blank")

    page.goto(f"{service.url}/desk/")
    _settled(page).screenshot(path=IMAGES / "file.png")
    page.get_by_role("link", name="Léa").click()
    adviser.presses("Prendre")
    adviser.reads(re.compile("Votre réponse à"))
    _settled(page).screenshot(path=IMAGES / "bureau.png")

    page.get_by_label("Ajouter une note").fill("@Paul, as-tu déjà vu ce motif de refus?")
    adviser.presses("Noter")
    adviser.reads("Avertis")
    page.get_by_label("Étiquette").fill("refus")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.get_by_role("button", name="Retirer l’étiquette refus").wait_for()
    _settled(page).locator(".note-box").screenshot(path=IMAGES / "notes.png")
    adviser.answers("Bonjour Léa, je lis votre conversation. Avez-vous la lettre de refus?")
    adviser.reads("Votre réponse part dans un instant.")
    page.locator("#held").screenshot(path=IMAGES / "annuler.png")
    student.reads("Bonjour Léa, je lis votre conversation.")
    page.get_by_role("button", name="Touches").click()
    _settled(page).get_by_role("dialog").screenshot(path=IMAGES / "touches.png")


def _settled(page: Page) -> Page:
    """Once nothing moves any more."""
    page.wait_for_timeout(500)
    return page


def _page(browser: Browser, width: int, height: int, timezone: str) -> Page:
    return browser.new_context(
        viewport={"width": width, "height": height}, timezone_id=timezone, locale="fr-FR"
    ).new_page()


if __name__ == "__main__":
    sys.exit(main())
