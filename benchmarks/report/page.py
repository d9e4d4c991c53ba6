"""Writes measures into docs/performance.md, between two marks; what is written around them stays.

A quick trial writes to `var/quick/` instead: a small figure is not a result.
"""

import platform
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path

from bot.settings import ROOT

PAGE = ROOT / "docs" / "performance.md"
PICTURES = ROOT / "docs" / "images"
_QUICK = ROOT / "var" / "quick"


def write(section: str, lines: Iterable[str], *, quick: bool) -> Path:
    """Put the lines between `<!-- section -->` and `<!-- /section -->`. Where the page is."""
    page = _page(quick)
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(f"<!-- {section} -->\n")
    _, end, after = rest.partition(f"<!-- /{section} -->")
    assert begin, f"no place for {section} in {page}"
    assert end, f"no end of {section} in {page}"
    page.write_text(f"{before}{begin}{chr(10).join(lines)}\n{end}{after}", "utf-8")
    return page


def draw(name: str, svg: str, *, quick: bool) -> None:
    """`name`.svg, where the page looks for it: images/ beside it."""
    folder = _QUICK / "images" if quick else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.svg").write_text(svg, "utf-8")


def measured_on() -> str:
    """The day and the machine, as the page says them."""
    day = datetime.now(timezone.utc).date().isoformat()
    return f"Measured on {day}: {_processor()}, {_gigabytes()} GB, {platform.system()}."


def _page(quick: bool) -> Path:
    if not quick:
        return PAGE
    trial = _QUICK / PAGE.name
    if not trial.exists():
        trial.parent.mkdir(parents=True, exist_ok=True)
        trial.write_text(PAGE.read_text("utf-8"), "utf-8")
    return trial


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


def _gigabytes() -> int:
    line = Path("/proc/meminfo").read_text().splitlines()[0]
    return round(int(line.split()[1]) / 1024**2)
