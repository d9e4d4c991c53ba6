"""Brings a database to the newest schema, from empty or from any earlier version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from bot.storage.database import Database

_KEY = 0x717665  # "qve"


async def migrate(database: Database) -> None:
    """Run the migrations that are missing. Running it again changes nothing; of several processes
    that start at once, the others wait for the first."""
    async with database.writing() as connection:
        if database.engine.dialect.name == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _KEY})
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
