"""The bench of `desk_bench`, on a database of its own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from desk_bench import Bench

from bot.storage.database import Database
from bot.storage.tables import Table


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite3'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def bench(database: Database) -> AsyncIterator[Bench]:
    bench = Bench(database)
    yield bench
    await bench.close()
