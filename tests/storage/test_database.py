"""One connection for everybody, in memory: transactions wait for each other."""

import asyncio

from sqlalchemy import text

from bot.storage.database import Database


async def test_in_memory_a_transaction_never_begins_within_another() -> None:
    database = Database("sqlite+aiosqlite://")
    async with database.write() as session:
        await session.execute(text("CREATE TABLE said (word TEXT)"))

    async def say(word: str) -> None:
        async with database.write() as session:
            await session.execute(text("INSERT INTO said VALUES (:word)"), {"word": word})
            await asyncio.sleep(0.01)

    await asyncio.gather(*(say(word) for word in "abc"))

    async with database.read() as session:
        assert sorted(await session.scalars(text("SELECT word FROM said"))) == ["a", "b", "c"]
    await database.close()


async def test_in_a_file_writers_wait_in_line_and_are_served_in_the_order_they_came(
    sqlite_url: str,
) -> None:
    """Left to SQLite, those who wait try again at random: some are passed for seconds."""
    database = Database(sqlite_url)
    async with database.write() as session:
        await session.execute(text("CREATE TABLE said (id INTEGER PRIMARY KEY, word INTEGER)"))

    async def say(word: int) -> None:
        async with database.write() as session:
            await session.execute(text("INSERT INTO said (word) VALUES (:word)"), {"word": word})
            await asyncio.sleep(0.002)

    await asyncio.gather(*(say(word) for word in range(50)))

    async with database.read() as session:
        assert list(await session.scalars(text("SELECT word FROM said ORDER BY id"))) == [
            *range(50)
        ]
    await database.close()
