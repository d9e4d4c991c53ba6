"""One way to read and one way to write, on SQLite (WAL) and PostgreSQL alike.

A writing transaction takes its lock at once (`BEGIN IMMEDIATE` on SQLite), so that a decision made
on what was just read is still true when it is written; on PostgreSQL the stores lock the rows
they decide on. Leaving `write()` commits; an exception rolls back.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from sqlalchemy import Executable, Row, event, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool
from sqlalchemy.util import greenlet_spawn

from bot.seal import Seal
from bot.storage.one_trip import Driver
from bot.storage.sealing import PURPOSE, hang_seal, no_keys

_BUSY_SECONDS = 10
LONGEST_STATEMENT = timedelta(seconds=15)
"""Above the slowest page of the desk by far; below what a person waits for."""
_FOR_A_LOCK = 2 / 3
# The server cuts a statement; a server that is gone cuts nothing.
_FOR_THE_NETWORK = timedelta(seconds=5)
Executor = AsyncConnection | AsyncSession
"""Where a statement that speaks to the tables may be run."""


class Database:
    """Connections to the one database. `url` is an SQLAlchemy URL with an asyncio driver; `keys`
    seal what people can be reached by, the newest first. Without them none can be kept. No
    statement lasts longer than `longest` on PostgreSQL, nor waits as long for a lock: it raises.
    (On SQLite a statement waits `_BUSY_SECONDS` for the writer, and each is short.)"""

    def __init__(
        self,
        url: str,
        keys: Callable[[], Sequence[str]] = no_keys,
        *,
        longest: timedelta | None = None,
    ) -> None:
        self.url = url
        self.at_leisure = self
        """The same without a limit, for what nobody waits for: purges, counts of many days."""
        self._keys = keys
        self._is_sqlite = url.startswith("sqlite")
        self._engine = _sqlite(url) if self._is_sqlite else _postgresql(url, longest)
        # A read needs no transaction: each statement sees the last commit, and trips are spared.
        # (Said to each connection: the engine would keep a listener for it, see `_take_lock`.)
        self._alone = {} if self._is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        hang_seal(self._engine.dialect, Seal(keys, purpose=PURPOSE))
        # In memory there is one connection for all, and no transaction may begin within another.
        shared = isinstance(self._engine.pool, StaticPool)
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if shared else nullcontext()
        # SQLite has one writer at a time and lets those who wait for it try again at random, for
        # as long as `_BUSY_SECONDS`; in line, nobody is passed for seconds when many write at once.
        alone = self._is_sqlite and not shared
        self._line: AbstractAsyncContextManager[Any] = asyncio.Lock() if alone else nullcontext()

    def hurried(self, longest: timedelta = LONGEST_STATEMENT) -> "Database":
        """The same for a service: a statement that hangs would hold its conversation's lock."""
        if self._is_sqlite:
            return self
        hurried = Database(self.url, self._keys, longest=longest)
        hurried.at_leisure = self
        return hurried

    @property
    def engine(self) -> AsyncEngine:
        return self._engine

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with self.reading() as connection:
            yield _session(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self.writing() as connection, session_on(connection) as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """As `read`, for statements that speak to the tables: a session costs as much as one."""
        async with self._turn, self._engine.connect() as connection:
            yield await connection.execution_options(**self._alone)

    async def rows(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        """What one statement that reads gives, at the least cost."""
        async with self._turn:
            return await greenlet_spawn(self._rows, statement, values)

    def _rows(self, statement: Executable, values: dict[str, Any]) -> Sequence[Row[Any]]:
        with self._engine.sync_engine.connect() as connection:
            return connection.execution_options(**self._alone).execute(statement, values).all()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """As `write`, likewise."""
        async with (
            self._line,
            self._turn,
            self._engine.connect() as connection,
            connection.begin(),
        ):
            if self._is_sqlite:
                _take_lock(connection)
            yield connection

    async def close(self) -> None:
        await self._engine.dispose()
        if self.at_leisure is not self:
            await self.at_leisure.close()


@asynccontextmanager
async def session_on(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    """A session within a transaction that is under way."""
    session = _session(connection)
    yield session
    await session.flush()


# `hide_parameters`: an error's text goes to the log, and people's words must not.
def _session(connection: AsyncConnection) -> AsyncSession:
    return AsyncSession(connection, expire_on_commit=False, autoflush=True)


def _postgresql(url: str, longest: timedelta | None) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        hide_parameters=True,
        connect_args=_unlimited() if longest is None else _limited(longest),
    )
    engine.dialect.do_ping = _ping  # type: ignore[method-assign, assignment]
    return engine


def _ping(connection: Any) -> bool:
    """One journey to PostgreSQL, where SQLAlchemy's own makes four: it begins a transaction for a
    statement in two parts, which PgBouncer could send to two servers. This one is in one part."""
    try:
        connection.await_(connection._connection.execute("SELECT 1"))
    except Exception as error:
        connection._handle_exception(error)
    return True


def _unlimited() -> dict[str, Any]:
    # Statements are short: to compile one takes longer than to run it.
    return {"server_settings": {"jit": "off"}}


def _limited(longest: timedelta) -> dict[str, Any]:
    milliseconds = longest / timedelta(milliseconds=1)
    return {
        "command_timeout": (longest + _FOR_THE_NETWORK).total_seconds(),
        "server_settings": {
            **_unlimited()["server_settings"],
            "statement_timeout": f"{milliseconds:.0f}",
            "lock_timeout": f"{milliseconds * _FOR_A_LOCK:.0f}",
        },
    }


def _sqlite(url: str) -> AsyncEngine:
    database = make_url(url).database
    in_memory = database in (None, "", ":memory:")
    if not in_memory:
        Path(str(database)).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_async_engine(
        url,
        module=Driver(),
        connect_args={"timeout": _BUSY_SECONDS},
        hide_parameters=True,
        **options,
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: object) -> None:
    driver: Connection = connection
    driver.isolation_level = None  # the driver must not begin transactions of its own
    cursor = driver.cursor()
    # FULL: a message that was acknowledged survives a power cut, at about a millisecond each.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


# Not by a listener of SQLAlchemy's: with one, it looks for others at each step of each statement.
def _take_lock(connection: AsyncConnection) -> None:
    assert connection.sync_connection is not None
    driver: Any = connection.sync_connection.connection.dbapi_connection
    driver.begin()
