"""The migrations and the tables say the same, on both databases."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.storage.tables import Table


def difference(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), Table.metadata))


async def test_migrating_from_empty_gives_exactly_the_tables_of_the_code(
    database: Database,
) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(difference) == []


async def test_a_column_nobody_migrated_would_be_seen(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'older.sqlite3'}")
    await migrate(database)
    async with database.engine.connect() as connection:
        await connection.execute(text("ALTER TABLE contacts DROP COLUMN email"))
        changes = await connection.run_sync(difference)
    await database.close()
    assert [change[0] for change in changes] == ["add_column"]


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(difference) == []
        assert list(await connection.scalars(text("SELECT version_num FROM alembic_version")))


@pytest.mark.parametrize("folder", ["", "not yet there/"])
async def test_the_folder_of_the_file_is_made(tmp_path: Path, folder: str) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / folder / 'qve.sqlite3'}")
    await migrate(database)
    await database.close()
    assert (tmp_path / folder / "qve.sqlite3").exists()
