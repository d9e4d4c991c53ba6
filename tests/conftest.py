"""The two databases every test of what is kept runs on: SQLite, and PostgreSQL if it answers.

Each is migrated once; a test gets a copy of the file, or the emptied tables.
"""

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Awaitable, Iterator
from pathlib import Path
from typing import TypeVar

import asyncpg
import pytest
import pytest_asyncio
from builders import Bench, keys, service_on

from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.tables import Table
from bot.wiring import Service

_POSTGRESQL = os.environ.get(
    "QVE_TEST_POSTGRESQL_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres"
)
_REQUIRED = os.environ.get("QVE_TEST_REQUIRE_SERVICES") == "1"
_T = TypeVar("_T")


def run(work: Awaitable[_T]) -> _T:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


async def _migrated(url: str) -> None:
    database = Database(url, keys)
    await migrate(database)
    await database.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    run(_migrated(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    copy = shutil.copy(migrated_file, tmp_path / "qve.sqlite3")
    return f"sqlite+aiosqlite:///{copy}"


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(_POSTGRESQL.replace("+asyncpg", ""), timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def empty_postgresql() -> Iterator[str]:
    """A database of this session's own, without a table."""
    name = f"qve_test_{secrets.token_hex(6)}"
    try:
        run(_on_server(f"CREATE DATABASE {name}"))
    except (OSError, asyncio.TimeoutError, asyncpg.PostgresError) as error:
        if _REQUIRED:
            pytest.fail(f"PostgreSQL is required here and does not answer: {error}")
        pytest.skip(f"PostgreSQL does not answer at {_POSTGRESQL}")
    yield f"{_POSTGRESQL.rsplit('/', 1)[0]}/{name}"
    run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def migrated_postgresql(empty_postgresql: str) -> str:
    run(_migrated(empty_postgresql))
    return empty_postgresql


async def _emptied(url: str) -> None:
    tables = [table.name for table in reversed(Table.metadata.sorted_tables)]
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute("SET session_replication_role = replica")  # the log forbids it
        await connection.execute("; ".join(f"DELETE FROM {table}" for table in tables))
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite_url", "migrated_postgresql"], ids=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Migrated and empty."""
    if database_url.startswith("postgresql"):
        await _emptied(database_url)
    database = Database(database_url, keys)
    yield database
    await database.close()


@pytest.fixture
def bench(database: Database) -> Bench:
    """Everything real but the engine, on both databases."""
    return Bench(database)


@pytest_asyncio.fixture
async def service(sqlite_url: str) -> AsyncIterator[Service]:
    """The service as it is wired, with an engine that repeats, on SQLite."""
    service = service_on(sqlite_url)
    yield service
    await service.database.close()
