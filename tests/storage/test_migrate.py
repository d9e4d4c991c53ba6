"""The migrations and the tables say the same, on both databases."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot import storage
from bot.storage.database import Database
from bot.storage.desk_tables import SearchRow
from bot.storage.migrate import migrate
from bot.storage.tables import Table

assert SearchRow in {mapper.class_ for mapper in Table.registry.mappers}


def difference(connection: Connection) -> list[Any]:
    """What only one database can say (the full-text index) is left out on both."""
    options = {"include_object": is_compared}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Table.metadata))


def is_compared(_: object, name: str | None, kind: str, *__: object) -> bool:
    searched = "case_words" if kind == "table" else "search_documents_words"
    return not (name or "").startswith(searched)


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


async def test_what_was_said_before_there_were_suggestions_will_be_gathered_too(
    tmp_path: Path, migrated_postgresql: str
) -> None:
    for url in (f"sqlite+aiosqlite:///{tmp_path / 'older.sqlite3'}", migrated_postgresql):
        database = Database(url)
        await migrate(database)
        async with database.engine.connect() as connection:
            await connection.run_sync(step, "downgrade", "0001")
            await connection.execute(text(OLD_CONVERSATION))
            for message in OLD_MESSAGES:
                await connection.execute(text(OLD_MESSAGE), message)
            await connection.run_sync(step, "upgrade", "head")
            marked = await connection.execute(text("SELECT seq, lesson FROM messages ORDER BY seq"))
            assert [tuple(row) for row in marked] == [
                (1, "not_understood"), (2, None), (3, None), (4, "unhelpful"), (5, None),
            ]  # fmt: skip
            await connection.execute(text("DELETE FROM messages"))
            await connection.execute(text("DELETE FROM conversations"))
            await connection.commit()
        await database.close()


async def test_cards_and_ticks_can_be_taken_back_and_come_again_without_a_message_lost(
    tmp_path: Path, migrated_postgresql: str
) -> None:
    for url in (f"sqlite+aiosqlite:///{tmp_path / 'older.sqlite3'}", migrated_postgresql):
        database = Database(url)
        await migrate(database)
        async with database.engine.connect() as connection:
            await connection.run_sync(step, "downgrade", "0002")
            await connection.execute(text(OLD_CONVERSATION))
            for message in OLD_MESSAGES:
                await connection.execute(text(OLD_MESSAGE), message)
            await connection.run_sync(step, "upgrade", "head")
            kept = await connection.execute(text("SELECT count(*), count(cards) FROM messages"))
            assert tuple(kept.one()) == (len(OLD_MESSAGES), 0)
            assert await connection.run_sync(difference) == []
            await connection.execute(text("DELETE FROM messages"))
            await connection.execute(text("DELETE FROM conversations"))
            await connection.commit()
        await database.close()


async def test_open_cases_know_what_led_to_them(tmp_path: Path, migrated_postgresql: str) -> None:
    for url in (f"sqlite+aiosqlite:///{tmp_path / 'older.sqlite3'}", migrated_postgresql):
        database = Database(url)
        await migrate(database)
        async with database.engine.connect() as connection:
            await connection.run_sync(step, "downgrade", "0017")
            await connection.execute(text(OLD_CONVERSATION))
            for message in OLD_MESSAGES:
                await connection.execute(text(OLD_MESSAGE), message)
            await connection.execute(text(OLD_CASE))
            await connection.run_sync(step, "upgrade", "head")
            assert await connection.scalar(text("SELECT about_seq FROM cases")) == 3
            for table in ("cases", "messages", "conversations"):
                await connection.execute(text(f"DELETE FROM {table}"))
            await connection.commit()
        await database.close()


OLD_CASE = """
INSERT INTO cases (conversation_id, reason, opened_at, promised_at, state)
VALUES ('c', 'asked', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'waiting')
"""
OLD_CONVERSATION = """
INSERT INTO conversations (id, channel, address, started_at, heard_at, timezone, language, holder,
                           floor_version, last_seq, asked_seq, answered_seq)
VALUES ('c', 'web', 'c', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 'UTC', 'fr', 'bot', 0, 5, 5, 5)
"""
OLD_MESSAGE = """
INSERT INTO messages (conversation_id, seq, author, text, at, button, useful, understanding)
VALUES ('c', :seq, :author, 'x', CURRENT_TIMESTAMP, :button, :useful, :understood)
"""
MISSED = '{"theme": "out_of_scope", "language": "fr"}'
KNOWN = '{"theme": "caq", "language": "fr"}'
OLD_MESSAGES = [
    {"seq": 1, "author": "person", "button": None, "useful": None, "understood": MISSED},
    {"seq": 2, "author": "person", "button": "/x", "useful": None, "understood": MISSED},
    {"seq": 3, "author": "person", "button": None, "useful": None, "understood": KNOWN},
    {"seq": 4, "author": "bot", "button": None, "useful": False, "understood": None},
    {"seq": 5, "author": "bot", "button": None, "useful": True, "understood": None},
]


def step(connection: Connection, direction: str, revision: str) -> None:
    config = Config()
    folder = Path(storage.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    getattr(command, direction)(config, revision)


@pytest.mark.parametrize("folder", ["", "not yet there/"])
async def test_the_folder_of_the_file_is_made(tmp_path: Path, folder: str) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / folder / 'qve.sqlite3'}")
    await migrate(database)
    await database.close()
    assert (tmp_path / folder / "qve.sqlite3").exists()
