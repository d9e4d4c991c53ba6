"""A real copy of a real database, put back elsewhere, is the same database."""

import os
import secrets
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from builders import Bench
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.tables import Table

_TOOLS = ("pg_dump", "pg_restore", "psql")


def run(script: str, url: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(ROOT / "deploy" / script), *map(str, arguments)],
        env={**os.environ, "QVE_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


async def on_server(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def counts(url: str) -> dict[str, int]:
    database = Database(url)
    async with database.read() as session:
        found = {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in Table.metadata.sorted_tables
        }
    await database.close()
    return found


@pytest_asyncio.fixture
async def another(database_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """Where to put it back: no file yet, or a database without a table."""
    if database_url.startswith("sqlite"):
        yield f"sqlite+aiosqlite:///{tmp_path / 'elsewhere' / 'qve.sqlite3'}"
        return
    if any(shutil.which(tool) is None for tool in _TOOLS):
        pytest.skip("PostgreSQL's tools are not installed (apt install postgresql-client)")
    name = f"qve_restored_{secrets.token_hex(6)}"
    await on_server(database_url, f"CREATE DATABASE {name}")
    yield f"{database_url.rsplit('/', 1)[0]}/{name}"
    await on_server(database_url, f"DROP DATABASE {name} WITH (FORCE)")


async def test_what_was_copied_is_put_back_whole_and_works(
    bench: Bench, database_url: str, another: str, tmp_path: Path
) -> None:
    person = await bench.waiting_person()
    await person.ask("et le CAQ?")
    before = await counts(database_url)

    copied = run("backup.sh", database_url, tmp_path / "copies")
    assert copied.returncode == 0, copied.stderr
    file = Path(copied.stdout.strip())
    assert file.stat().st_mode & 0o077 == 0, "nobody else reads it"
    await person.ask("écrit après la copie")

    restored = run("restore.sh", another, file)
    assert restored.returncode == 0, restored.stderr
    assert await counts(another) == before
    database = Database(another)
    await migrate(database)
    elsewhere = Bench(database)
    assert [words for _, words in (await person.thread())[:2]] == [
        message.text for message in await elsewhere.store.messages(person.id, after=1)
    ][:2]
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as session:
            await session.execute(text("UPDATE log SET verb = 'x'"))
    await database.close()


async def test_a_database_that_holds_something_is_not_overwritten(
    bench: Bench, database_url: str, tmp_path: Path
) -> None:
    if database_url.startswith("postgresql") and shutil.which("pg_dump") is None:
        pytest.skip("PostgreSQL's tools are not installed")
    copied = run("backup.sh", database_url, tmp_path / "copies")
    refused = run("restore.sh", database_url, copied.stdout.strip())
    assert refused.returncode == 1
    assert "not empty" in refused.stderr


async def test_a_copy_that_was_damaged_is_refused(
    bench: Bench, database_url: str, another: str, tmp_path: Path
) -> None:
    file = Path(run("backup.sh", database_url, tmp_path / "copies").stdout.strip())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    assert run("restore.sh", another, file).returncode != 0


async def test_old_copies_go_and_the_new_one_stays(
    bench: Bench, database_url: str, another: str, tmp_path: Path
) -> None:
    old = tmp_path / "qve-20200101T000000Z.pgdump"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    copied = run("backup.sh", database_url, tmp_path, 14)
    assert not old.exists()
    assert Path(copied.stdout.strip()).exists()


def test_nothing_is_left_of_a_copy_that_failed(tmp_path: Path) -> None:
    done = run("backup.sh", "sqlite+aiosqlite:////nowhere/at/all.sqlite3", tmp_path / "copies")
    assert done.returncode != 0
    assert list((tmp_path / "copies").glob("*.sqlite3")) == []
