"""Whatever breaks, every acknowledged message is kept once, answered or in an adviser's hands, in
order, and seen again by who comes back.

By default a short life; `QVE_TEST_FAULTS=600` for ten minutes of 70 people and 80 faults, which
`QVE_TEST_PAUSE=2` makes some fifteen thousand messages.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_api import BotApi, bot_api
from harness import Harness, Plan
from machines import missing

SECONDS = float(os.environ.get("QVE_TEST_FAULTS", "18"))
LONG = SECONDS >= 300
PAUSE = float(os.environ.get("QVE_TEST_PAUSE", "4"))
_LONG = Plan(SECONDS, web=50, telegram=20, faults=80, pause=PAUSE)
_SHORT = Plan(SECONDS, web=8, telegram=3, faults=12, pause=0.5)
_LONG_ON_SQLITE = Plan(SECONDS, web=50, telegram=20, faults=30, pause=PAUSE, processes=1)
_SHORT_ON_SQLITE = Plan(max(SECONDS, 20), web=6, telegram=3, faults=3, pause=0.5, processes=1)
REQUIRED = os.environ.get("QVE_TEST_REQUIRE_SERVICES") == "1"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with bot_api() as api:
        yield api


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path, that PostgreSQL's own user may walk into."""
    with tempfile.TemporaryDirectory(prefix="qve-") as name:
        yield Path(name)


async def test_three_processes_on_postgresql_and_redis_lose_nothing(
    api: BotApi, folder: Path
) -> None:
    if missing():
        assert not REQUIRED, missing()
        pytest.skip(missing())
    plan = _LONG if LONG else _SHORT
    report = await Harness(folder, api, plan).run()
    print(report)  # noqa: T201 - the figures of a long run are wanted
    assert report.wrongs == []
    assert report.messages > 0
    assert report.on_telegram > 0


async def test_one_process_on_sqlite_loses_nothing(api: BotApi, folder: Path) -> None:
    plan = _LONG_ON_SQLITE if LONG else _SHORT_ON_SQLITE
    report = await Harness(folder, api, plan, sqlite=True).run()
    print(report)  # noqa: T201
    assert report.wrongs == []
    assert report.messages > 0
