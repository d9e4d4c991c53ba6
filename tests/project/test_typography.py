"""What people read keeps to Québec's typography: nothing before `?` and `!`."""

import re
from pathlib import Path

import pytest

from bot.settings import ROOT

_SPACED = re.compile("(?:&nbsp;|&#160;|[\u00a0\u202f])[?!]")
READ = [
    *sorted((ROOT / "bot").rglob("*.html")),
    *sorted((ROOT / "domain").glob("*.yml")),
    *(ROOT / "bot" / name for name in ("texts.yml", "desk/texts.yml")),
    *sorted((ROOT / "widget" / "src").rglob("*.yml")),
]


@pytest.mark.parametrize("file", READ, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_space_goes_before_a_question_mark(file: Path) -> None:
    assert not _SPACED.findall(file.read_text("utf-8"))
