"""The pictures of the README, taken from the product as it is: `make screenshots`."""

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
            browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
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
    student_page.wait_for_timeout(500)
    student_page.screenshot(path=IMAGES / "widget.png")
    student.writes("mon permis a été refusé, je fais quoi ?")
    student.chooses("Oui, parler à un CRIÉE")
    student.reads("Comment peut-elle vous appeler?")
    student.writes("Léa")
    student.chooses("Non, sans courriel")
    student.reads(re.compile("C’est transmis, Léa"))

    desk_page = _page(browser, 1280, 860, "America/Toronto")
    adviser = DeskAdviser(desk_page, service.url)
    adviser.accepts(
        service.invitation(),
        name="Claire L.",
        email="claire@exemple.org",
        password="une longue phrase de passe",
    )
    desk_page.goto(f"{service.url}/desk/")
    desk_page.wait_for_timeout(500)
    desk_page.screenshot(path=IMAGES / "file.png")
    adviser.opens_the_first_case()
    adviser.presses("Prendre")
    adviser.reads(re.compile("Votre réponse à"))
    desk_page.wait_for_timeout(500)
    desk_page.screenshot(path=IMAGES / "bureau.png")


def _page(browser: Browser, width: int, height: int, timezone: str) -> Page:
    return browser.new_context(
        viewport={"width": width, "height": height}, timezone_id=timezone, locale="fr-FR"
    ).new_page()


if __name__ == "__main__":
    sys.exit(main())
