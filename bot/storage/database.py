"""One way to read and one way to write, on SQLite (WAL) and PostgreSQL alike.

A writing transaction takes its lock at once (`BEGIN IMMEDIATE` on SQLite), so that a decision made
on what was just read is still true when it is written; on PostgreSQL the stores lock the rows
they decide on. Leaving `write()` commits; an exception rolls back.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.seal import Seal
from bot.storage.sealing import PURPOSE, hang_seal, no_keys

_BUSY_SECONDS = 10


class Database:
    """Connections to the one database. `url` is an SQLAlchemy URL with an asyncio driver; `keys`
    seal what people can be reached by, the newest first. Without them none can be kept."""

    def __init__(self, url: str, keys: Callable[[], Sequence[str]] = no_keys) -> None:
        self.url = url
        self._engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
        hang_seal(self._engine.dialect, Seal(keys, purpose=PURPOSE))
        # In memory there is one connection for all, and no transaction may begin within another.
        shared = isinstance(self._engine.pool, StaticPool)
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if shared else nullcontext()
        # SQLite has one writer at a time and lets those who wait for it try again at random, for
        # as long as `_BUSY_SECONDS`; in line, nobody is passed for seconds when many write at once.
        alone = url.startswith("sqlite") and not shared
        self._line: AbstractAsyncContextManager[Any] = asyncio.Lock() if alone else nullcontext()

    @property
    def engine(self) -> AsyncEngine:
        return self._engine

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self._connection(writing=False) as connection:
            yield _session(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with (
            self._line,
            self._connection(writing=True) as connection,
            connection.begin(),
        ):
            session = _session(connection)
            yield session
            await session.flush()

    @asynccontextmanager
    async def _connection(self, *, writing: bool) -> AsyncIterator[AsyncConnection]:
        async with self._turn, self._engine.connect() as connection:
            yield await connection.execution_options(writing=writing)

    async def close(self) -> None:
        await self._engine.dispose()


# `hide_parameters`: an error's text goes to the log, and people's words must not.
def _session(connection: AsyncConnection) -> AsyncSession:
    return AsyncSession(connection, expire_on_commit=False, autoflush=True)


def _postgresql(url: str) -> AsyncEngine:
    return create_async_engine(
        url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True
    )


def _sqlite(url: str) -> AsyncEngine:
    database = make_url(url).database
    in_memory = database in (None, "", ":memory:")
    if not in_memory:
        Path(str(database)).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_async_engine(
        url, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True, **options
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    driver: Connection = connection
    driver.isolation_level = None  # the driver must not begin transactions of its own
    cursor = driver.cursor()
    # FULL: a message that was acknowledged survives a power cut, at about a millisecond each.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    # A read needs none: each statement sees the last commit, and round trips are spared.
    if connection.get_execution_options().get("writing", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
