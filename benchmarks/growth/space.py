"""What a conversation of ten questions takes in the database."""

import asyncio
from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.apart import apart
from benchmarks.beside.load import QUESTIONS_A_PERSON
from benchmarks.growth import turns

CONVERSATIONS = 100
# A database grows by steps; many conversations make the last one small.
_SQLITE = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
_POSTGRESQL = "SELECT pg_database_size(current_database())"


def a_conversation(address: str, database: str, questions: tuple[str, ...]) -> float:
    """Bytes a conversation, indexes included; `address` is a service's that runs, `database` the
    URL of what it writes to."""
    before = asyncio.run(_size(database))
    apart(_talk, address, questions)
    return (asyncio.run(_size(database)) - before) / CONVERSATIONS


def _talk(address: str, questions: tuple[str, ...]) -> None:
    asyncio.run(turns.conversations(address, list(_asked(questions))))


def _asked(questions: tuple[str, ...]) -> Iterator[list[str]]:
    for first in range(0, CONVERSATIONS * QUESTIONS_A_PERSON, QUESTIONS_A_PERSON):
        places = range(first, first + QUESTIONS_A_PERSON)
        yield [questions[place % len(questions)] for place in places]


async def _size(database: str) -> int:
    engine = create_async_engine(database)
    async with engine.connect() as connection:
        query = _SQLITE if database.startswith("sqlite") else _POSTGRESQL
        size = await connection.scalar(text(query))
    await engine.dispose()
    return int(size)
