"""How transactions wait for each other, and for how long."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from builders import Bench, SlowEngine, keys
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

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


SHORT = timedelta(seconds=0.4)


@pytest_asyncio.fixture
async def hurried(migrated_postgresql: str) -> AsyncIterator[Database]:
    database = Database(migrated_postgresql, keys).hurried(SHORT)
    yield database
    await database.close()


async def test_a_query_that_never_returns_is_cut_but_not_the_work_nobody_waits_for(
    hurried: Database,
) -> None:
    began = time.perf_counter()
    with pytest.raises(DBAPIError, match="statement timeout"):
        async with hurried.read() as session:
            await session.execute(text("SELECT pg_sleep(5)"))
    assert time.perf_counter() - began < 3
    async with hurried.at_leisure.read() as session:
        await session.execute(text("SELECT pg_sleep(0.6)"))
    async with hurried.read() as session:
        assert await session.scalar(text("SELECT 1")) == 1, "the connection is whole"


async def test_a_turn_that_cannot_be_written_is_kept_and_answered_later_nobody_else_waiting(
    hurried: Database,
) -> None:
    engine = SlowEngine()
    bench = Bench(hurried, engine)
    person = await bench.person()
    asking = asyncio.create_task(person.ask("combien coûte le CAQ?"))
    await engine.thinking.wait()
    async with hurried.at_leisure.write() as elsewhere:
        await elsewhere.execute(
            text("SELECT 1 FROM conversations WHERE id = :id FOR UPDATE"), {"id": person.id}
        )
        engine.let_go.set()
        with pytest.raises(DBAPIError, match="lock timeout"):
            await asyncio.wait_for(asking, 5)
        assert [who for who, _ in await person.thread()] == ["person"]
        other = await bench.person()
        await other.ask("bonjour")
        assert (await other.thread())[-1] == ("bot", "écho : bonjour")
    await bench.conversations.recover()
    assert (await person.thread())[-1] == ("bot", "écho : combien coûte le CAQ?")


async def test_whether_postgresql_is_still_there_is_asked_in_one_journey(
    migrated_postgresql: str,
) -> None:
    database = Database(migrated_postgresql, keys)
    asked: list[str] = []
    async with database.reading() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        driver.add_query_logger(lambda record: asked.append(record.query))
    assert await database.rows(text("SELECT 2")) == [(2,)]
    assert asked == ["SELECT 1"]  # a prepared statement is not among these
    await database.close()


async def test_a_connection_that_the_server_closed_is_replaced_before_anybody_notices(
    migrated_postgresql: str,
) -> None:
    database, elsewhere = Database(migrated_postgresql, keys), Database(migrated_postgresql, keys)
    mine = text("SELECT pg_backend_pid()")
    [(closed,)] = await database.rows(mine)
    await elsewhere.rows(text("SELECT pg_terminate_backend(:pid)"), pid=closed)
    [(other,)] = await database.rows(mine)
    assert other != closed
    for each in (database, elsewhere):
        await each.close()


async def test_a_database_in_a_file_is_the_same_hurried_or_not(sqlite_url: str) -> None:
    """It has one line of writers, and its statements wait for a lock ten seconds at most."""
    database = Database(sqlite_url)
    assert database.hurried() is database.at_leisure is database
    async with database.read() as session:
        assert await session.scalar(text("PRAGMA busy_timeout")) == 10_000
    await database.close()
