"""Work that one process at a time may do, among all that share a database.

On PostgreSQL an advisory lock, on SQLite a lock on a file beside it: both are let go when the
process dies, however it dies.
"""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import make_url, text

from bot.storage.database import Database

_BETWEEN_TRIES = 1.0


@asynccontextmanager
async def alone(database: Database, work: str) -> AsyncIterator[None]:
    """Entered when no other process is within; waits for as long as one is."""
    if not database.url.startswith("sqlite"):
        async with _advisory(database, work):
            yield
        return
    file = make_url(database.url).database
    if file in (None, "", ":memory:"):  # nobody else can see it
        yield
        return
    async with _file_locked(Path(f"{file}.{work}.lock")):
        yield


@asynccontextmanager
async def _advisory(database: Database, work: str) -> AsyncIterator[None]:
    key = {"key": crc32(work.encode())}
    while True:
        # A transaction left open would keep old rows from being vacuumed.
        async with database.engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
            if await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
                try:
                    yield
                finally:
                    await connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)
                return
        await asyncio.sleep(_BETWEEN_TRIES)


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
