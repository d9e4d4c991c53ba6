"""Every state of the widget, at three widths, in light, dark and forced colours, to be looked at:
`make widget-screenshots`. One sheet for each width and each look, in var/screenshots/widget."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # as pytest does: the tests' own builders

from tests.journeys.conftest import CHROMIUM_FLAGS  # noqa: E402
from tests.journeys.people import Student  # noqa: E402
from tests.journeys.serving import Serving, TalkativeEngine  # noqa: E402
from tests.journeys.widget_states import NO_POST, every_state  # noqa: E402

SHEETS = ROOT / "var" / "screenshots" / "widget"
SIZES = {320: 640, 768: 900, 1440: 900}
COLUMNS = {320: 6, 768: 4, 1440: 3}
SHRUNK = {320: 1.0, 768: 0.5, 1440: 0.4}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
_MARGIN = 8


def main() -> int:
    found = shutil.which("chromium")
    if found is None:
        print("chromium is needed: apt install chromium", file=sys.stderr)
        return 1
    SHEETS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        for width in SIZES:
            _walk(browser, width)
        browser.close()
    print(SHEETS)
    return 0


def _walk(browser: Browser, width: int) -> None:
    taken: dict[str, list[Path]] = {look: [] for look in LOOKS}
    with tempfile.TemporaryDirectory() as folder:
        serving = Serving(Path(folder), TalkativeEngine(), smtp_url=NO_POST)
        serving.start()
        page = browser.new_page(
            viewport={"width": width, "height": SIZES[width]},
            timezone_id="Europe/Paris",
            locale="fr-FR",
        )
        for number, _ in enumerate(every_state(Student(page, serving.url), serving, serving.url)):
            page.wait_for_timeout(250)
            for look in LOOKS:
                taken[look].append(_take(page, look, Path(folder) / f"{look}-{number}.png"))
        for look, pictures in taken.items():
            _sheet(pictures, width).save(SHEETS / f"{width}-{look}.png")
        page.context.close()
        serving.stop()


def _take(page: Page, look: str, path: Path) -> Path:
    page.emulate_media(**LOOKS[look])
    page.wait_for_timeout(60)
    page.screenshot(path=path)
    return path


def _sheet(pictures: list[Path], width: int) -> Image.Image:
    drawn = [_shrunk(Image.open(picture), SHRUNK[width]) for picture in pictures]
    across, down = drawn[0].width + _MARGIN, drawn[0].height + _MARGIN
    columns = COLUMNS[width]
    sheet = Image.new("RGB", (columns * across, -(-len(drawn) // columns) * down), "gray")
    for place, picture in enumerate(drawn):
        sheet.paste(picture, (place % columns * across, place // columns * down))
    return sheet


def _shrunk(picture: Image.Image, share: float) -> Image.Image:
    return picture.resize((int(picture.width * share), int(picture.height * share)))


if __name__ == "__main__":
    sys.exit(main())
