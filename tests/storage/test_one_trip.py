"""How often SQLite's thread is gone to, and what is left behind by what is cut on the way."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiosqlite import Connection
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.storage.database import Database


@pytest_asyncio.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    async with database.write() as session:
        await session.execute(text("CREATE TABLE said (word TEXT)"))
    yield database
    await database.close()


@pytest.fixture
def trips(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    went, travel = [], Connection._execute

    async def counted(self: Connection, *what: object) -> object:
        went.append("there and back")
        return await travel(self, *what)

    monkeypatch.setattr(Connection, "_execute", counted)
    return went


async def test_a_read_goes_there_once(database: Database, trips: list[str]) -> None:
    async with database.read() as session:
        assert list(await session.execute(text("SELECT word FROM said"))) == []
    assert len(trips) == 1


async def test_a_transaction_goes_there_once_a_statement_and_once_to_end(
    database: Database, trips: list[str]
) -> None:
    async with database.write() as session:
        said = text("INSERT INTO said VALUES (:word)")
        assert (await session.execute(said, {"word": "a"})).rowcount == 1
        assert (await session.execute(said, [{"word": "b"}, {"word": "c"}])).rowcount == 2
        assert list(await session.scalars(text("SELECT word FROM said"))) == ["a", "b", "c"]
    assert len(trips) == 4


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            await session.execute(text("INSERT INTO said VALUES ('a')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM said")) == 0


async def test_one_whose_first_statement_fails_holds_no_lock_afterwards(
    database: Database, sqlite_url: str
) -> None:
    async def fail() -> None:
        async with database.write() as session:
            await session.execute(text("INSERT INTO said VALUES (nobody())"))

    with pytest.raises(OperationalError, match="nobody"):
        await fail()
    elsewhere = Database(sqlite_url)
    async with elsewhere.write() as session:
        await session.execute(text("INSERT INTO said VALUES ('last')"))
    await elsewhere.close()


async def test_one_that_is_cut_while_it_waits_to_begin_holds_no_lock_afterwards(
    database: Database, sqlite_url: str
) -> None:
    elsewhere = Database(sqlite_url)

    async def say(word: str) -> None:
        async with database.write() as session:
            await session.execute(text("INSERT INTO said VALUES (:word)"), {"word": word})

    async with elsewhere.write() as session:
        await session.execute(text("INSERT INTO said VALUES ('first')"))
        cut = asyncio.create_task(say("cut"))
        await asyncio.sleep(0.05)
        cut.cancel()
        await asyncio.sleep(0.05)
    await asyncio.wait({cut})
    await asyncio.sleep(0.5)  # its thread still tries, every tenth of a second, and has the lock
    async with elsewhere.write() as session:
        await session.execute(text("INSERT INTO said VALUES ('last')"))
        assert list(await session.scalars(text("SELECT word FROM said"))) == ["first", "last"]
    await elsewhere.close()
