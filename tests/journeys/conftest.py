import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.handover.case import Adviser
from tests.journeys.office import Office, Seat
from tests.journeys.service import RunningService

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium: Playwright's own download is not to be had everywhere.

    For one module: while it is open, Playwright keeps an event loop that asynchronous tests need.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("chromium is not installed (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[RunningService]:
    running = RunningService(tmp_path, QVE_MESSAGES_PER_MINUTE="500")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("office"))
    office.serving.start()
    yield office
    office.serving.stop()


@pytest.fixture(scope="module")
def adviser(office: Office) -> Adviser:
    return office.hires("Claire L.")


@pytest.fixture
def claire(browser: Browser, office: Office, adviser: Adviser) -> Iterator[Seat]:
    with office.at_a_desk(browser, adviser) as seat:
        yield seat
