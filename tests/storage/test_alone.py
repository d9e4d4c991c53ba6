"""One process at a time does the work, and one that died leaves its place at once."""

import asyncio
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection

from bot.storage.alone import alone
from bot.storage.database import Database

_CONTEXT = multiprocessing.get_context("forkserver")
WORK = "telegram"
WITHIN = 30.0


def _work_for_ever(url: str, entered: Connection) -> None:
    async def work() -> None:
        async with alone(Database(url), WORK):
            entered.send("entered")
            await asyncio.Event().wait()

    asyncio.run(work())


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


async def test_a_second_process_waits_until_the_first_is_done(database: Database) -> None:
    async with alone(database, WORK):
        other = Worker(database.url)
        assert not await asyncio.to_thread(other.is_at_work, 2.0)
    assert await asyncio.to_thread(other.is_at_work, WITHIN)
    other.kill()


async def test_a_process_that_is_killed_leaves_its_place(database: Database) -> None:
    first = Worker(database.url)
    assert await asyncio.to_thread(first.is_at_work, WITHIN)
    second = Worker(database.url)
    assert not await asyncio.to_thread(second.is_at_work, 2.0)
    first.kill()
    assert await asyncio.to_thread(second.is_at_work, WITHIN)
    second.kill()


async def test_other_work_need_not_wait(database: Database) -> None:
    async with alone(database, WORK), alone(database, "housekeeping"):
        pass


async def test_in_memory_nobody_else_can_see_the_work() -> None:
    database = Database("sqlite+aiosqlite://")
    async with alone(database, WORK), alone(database, WORK):
        pass
    await database.close()
