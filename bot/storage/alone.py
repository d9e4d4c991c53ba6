"""Work that one process at a time does, among all that share a database.

On PostgreSQL an advisory lock, on SQLite a lock on a file beside it: both are let go when the
process dies, however it dies. A lock of PostgreSQL may also be lost by who lives, when the
connection is cut: the work then stops before another process begins it.
"""

import asyncio
import fcntl
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from zlib import crc32

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.stopping import stopped
from bot.storage.database import Database

logger = logging.getLogger(__name__)
Work = Callable[[], Awaitable[None]]
_BETWEEN_TRIES = 1.0
_BETWEEN_LOOKS = 1.0
# Whoever lost the lock when the server stopped has looked by then, and stopped.
_BEFORE_BEGINNING = 2.0


async def run_alone(database: Database, name: str, work: Work) -> None:
    """Run `work` while no other process runs it under this name: waits for as long as one does.
    Ends as `work` does; work that stopped because its place was lost begins anew."""
    file = make_url(database.url).database
    if not database.url.startswith("sqlite"):
        await _run_under_advisory_lock(database, crc32(name.encode()), work)
    elif file in (None, "", ":memory:"):  # nobody else can see it
        await work()
    else:
        async with _file_locked(Path(f"{file}.{name}.lock")):
            await work()


async def _run_under_advisory_lock(database: Database, key: int, work: Work) -> None:
    while True:
        try:
            connection = await _connected(database)
        except Exception:  # the driver's own errors come unwrapped here
            logger.warning("the database does not answer; trying again")
        else:
            try:
                if await _is_first(connection, key) and await _is_done(connection, work):
                    return
            finally:
                await _let_go(connection, key)
        await asyncio.sleep(_BETWEEN_TRIES)


async def _connected(database: Database) -> AsyncConnection:
    # A transaction left open would keep old rows from being vacuumed.
    return await database.engine.execution_options(isolation_level="AUTOCOMMIT").connect()


async def _is_first(connection: AsyncConnection, key: int) -> bool:
    try:
        statement = text("SELECT pg_try_advisory_lock(:key)")
        return bool(await connection.scalar(statement, {"key": key}))
    except Exception:
        return False


async def _is_done(connection: AsyncConnection, work: Work) -> bool:
    """Do the work; False if the place was lost before it ended. Raises what it raises."""
    lost = asyncio.create_task(_lost(connection))
    doing: asyncio.Task[None] | None = None
    try:
        await asyncio.wait({lost}, timeout=_BEFORE_BEGINNING)
        if lost.done():
            return False
        doing = asyncio.ensure_future(work())
        await asyncio.wait({lost, doing}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            doing.result()
            return True
        logger.warning("the place was lost: the work stops, and begins again when it is won back")
        return False
    finally:
        await stopped(filter(None, (lost, doing)))


async def _lost(connection: AsyncConnection) -> None:
    """Returns once the connection, and the lock with it, is gone."""
    with suppress(Exception):
        while True:
            await asyncio.sleep(_BETWEEN_LOOKS)
            await connection.execute(text("SELECT 1"))


async def _let_go(connection: AsyncConnection, key: int) -> None:
    try:
        await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": key})
        await connection.close()
    except Exception:
        await connection.invalidate()
        await connection.close()


@asynccontextmanager
async def _file_locked(path: Path) -> AsyncIterator[None]:
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(_BETWEEN_TRIES)
        yield
