from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from bot_api import BotApi, bot_api
from phone import Phone, TelegramBench, open_door


@pytest.fixture
def api() -> Iterator[BotApi]:
    with bot_api() as api:
        yield api


@pytest_asyncio.fixture
async def bench(api: BotApi, sqlite_url: str) -> AsyncIterator[TelegramBench]:
    """The service with its Telegram door open, by polling, on SQLite, an engine that repeats."""
    async with open_door(api, sqlite_url) as bench:
        yield bench


@pytest.fixture
def lea(bench: TelegramBench) -> Phone:
    return Phone(bench, 1001)
