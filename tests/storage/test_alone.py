"""One process at a time does the work, and one that died leaves its place at once."""

import asyncio
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import text

from bot.storage.alone import run_alone
from bot.storage.database import Database

_CONTEXT = multiprocessing.get_context("forkserver")
WORK = "telegram"
WITHIN = 30.0


def _work_for_ever(url: str, entered: Connection) -> None:
    async def work() -> None:
        entered.send("entered")
        await asyncio.Event().wait()

    asyncio.run(run_alone(Database(url), WORK, work))


class Worker:
    """Another process, at the same work until it is killed."""

    def __init__(self, url: str) -> None:
        self._entered, theirs = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(target=_work_for_ever, args=(url, theirs), daemon=True)
        self._process.start()

    def is_at_work(self, within: float) -> bool:
        return self._entered.poll(within)

    def kill(self) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()


class Task:
    """Work here, that begins and ends when it is looked at."""

    def __init__(self, database: Database, name: str = WORK) -> None:
        self.begun = asyncio.Event()
        self.times = 0
        self.running = asyncio.create_task(run_alone(database, name, self._work))

    async def _work(self) -> None:
        self.times += 1
        self.begun.set()
        await asyncio.Event().wait()

    async def stop(self) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)


async def test_a_second_process_waits_until_the_first_is_done(database: Database) -> None:
    here = Task(database)
    await asyncio.wait_for(here.begun.wait(), WITHIN)
    other = Worker(database.url)
    assert not await asyncio.to_thread(other.is_at_work, 4.0)
    await here.stop()
    assert await asyncio.to_thread(other.is_at_work, WITHIN)
    other.kill()


async def test_a_process_that_is_killed_leaves_its_place(database: Database) -> None:
    first = Worker(database.url)
    assert await asyncio.to_thread(first.is_at_work, WITHIN)
    second = Task(database)
    first.kill()
    await asyncio.wait_for(second.begun.wait(), WITHIN)
    await second.stop()


async def test_other_work_need_not_wait(database: Database) -> None:
    tasks = [Task(database, name) for name in (WORK, "housekeeping")]
    for task in tasks:
        await asyncio.wait_for(task.begun.wait(), WITHIN)
    for task in tasks:
        await task.stop()


async def test_work_that_ends_or_fails_ends_as_it_does(database: Database) -> None:
    async def fails() -> None:
        raise LookupError

    async def ends() -> None:
        pass

    with pytest.raises(LookupError):
        await run_alone(database, WORK, fails)
    await run_alone(database, WORK, ends)


async def test_a_place_lost_with_the_connection_stops_the_work_and_is_won_back(
    migrated_postgresql: str,
) -> None:
    """As when PostgreSQL is started again: nobody holds the lock any more."""
    database = Database(migrated_postgresql)
    task = Task(database)
    await asyncio.wait_for(task.begun.wait(), WITHIN)
    task.begun.clear()
    async with database.write() as session:
        holders = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        await session.execute(text(holders))
    await asyncio.wait_for(task.begun.wait(), WITHIN)
    assert task.times == 2
    await task.stop()
    await database.close()


async def test_in_memory_nobody_else_can_see_the_work() -> None:
    database = Database("sqlite+aiosqlite://")
    tasks = [Task(database), Task(database)]
    for task in tasks:
        await asyncio.wait_for(task.begun.wait(), WITHIN)
        await task.stop()
    await database.close()
