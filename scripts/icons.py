"""The icons of the application, drawn from `icon.svg`: `python -m scripts.icons`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import CHROMIUM_FLAGS

STATIC = Path(__file__).resolve().parent.parent / "bot" / "channels" / "static"
_GROUND = "#0b2f6b"
_ROUND = {"icon-192.png": 192, "icon-512.png": 512}
_MASKABLE = {"icon-maskable-512.png": 512}  # cut to any shape by the phone: drawn in its middle


def main() -> int:
    found = shutil.which("chromium")
    if found is None:
        print("chromium is needed: apt install chromium", file=sys.stderr)
        return 1
    drawing = (STATIC / "icon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        for name, size in {**_ROUND, **_MASKABLE}.items():
            ground, share = (_GROUND, 80) if name in _MASKABLE else ("transparent", 100)
            style = f"margin:0;display:grid;place-items:center;height:100vh;background:{ground}"
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(
                f"<body style='{style}'><style>svg{{width:{share}%}}</style>{drawing}</body>"
            )
            page.screenshot(path=STATIC / name, omit_background=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
