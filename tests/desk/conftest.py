"""The bench of `desk_bench`, on a database of its own for each test."""

from collections.abc import AsyncIterator

import pytest_asyncio
from builders import keys
from desk_bench import Bench

from bot.storage.database import Database


@pytest_asyncio.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url, keys)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def bench(database: Database) -> AsyncIterator[Bench]:
    bench = Bench(database)
    yield bench
    await bench.close()
