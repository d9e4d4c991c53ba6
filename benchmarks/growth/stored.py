"""A message where 100,000 conversations are kept, against one where 1,000 are.

One real conversation is had, then copied in the database itself, its messages and the engine's
memory with it.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Table as SqlTable
from sqlalchemy import make_url, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.beside.ours import served
from benchmarks.growth import space
from benchmarks.growth.pair import Pace, Pair, Tell, in_turn
from bot.storage.database import Database
from bot.storage.tables import ConversationRow, MessageRow, TrackerEventRow

_COPIED = {ConversationRow: "id", MessageRow: "conversation_id", TrackerEventRow: "conversation_id"}
_OTHERWISE = {"token_hash": "NULL", "address": "'copy-' || n.i"}


def measure(
    folder: Path,
    models: Path,
    questions: tuple[str, ...],
    pace: Pace,
    counts: tuple[int, int],
    tell: Tell,
    *,
    server: str | None = None,
) -> tuple[Pair, float]:
    """On SQLite, or on databases made and dropped on the PostgreSQL of the URL `server`. The bytes
    that a conversation takes come with the pair."""
    with _databases(folder, server) as urls:
        for (name, url), count in zip(urls.items(), counts, strict=True):
            settings = {"QVE_DATABASE_URL": url}
            with served(folder / name, questions[0], models=models, settings=settings):
                pass  # the conversation of whoever asked first
            copied = asyncio.run(fill(url, count))
            tell(f"{copied} conversations stored in {make_url(url).database}")
        first, second = ({"QVE_DATABASE_URL": url} for url in urls.values())
        with (
            served(folder / "small", questions[0], models=models, settings=first) as small,
            served(folder / "large", questions[0], models=models, settings=second) as large,
        ):
            pair = in_turn(small.url, large.url, questions, pace)
            return pair, space.a_conversation(small.url, urls["small"], questions)


async def fill(url: str, count: int) -> int:
    """Copy a conversation that was answered so many times; how many there are."""
    database = Database(url)
    answered = select(ConversationRow.id).where(ConversationRow.answered_seq > 0).limit(1)
    async with database.write() as session:
        original = await session.scalar(answered)
        assert original is not None, "nobody was answered here"
        for table, its_id in _COPIED.items():
            await session.execute(
                text(_copying(table.__table__, its_id, count - 1)),  # type: ignore[arg-type]
                {"original": original},
            )
    if not url.startswith("sqlite"):  # as PostgreSQL does by itself, a minute later
        async with database.write() as session:
            await session.execute(text("ANALYZE"))
    await database.close()
    return count


def _copying(table: SqlTable, its_id: str, count: int) -> str:
    values = {**_OTHERWISE, its_id: "'copy-' || n.i"}
    names = [column.name for column in table.columns]
    copied = ", ".join(values.get(name, f'o."{name}"') for name in names)
    written = ", ".join(f'"{name}"' for name in names)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    selected = f'SELECT {copied} FROM {table.name} AS o, n WHERE o."{its_id}" = :original'
    if count < 1:
        return f"DELETE FROM {table.name} WHERE 1 = 0 AND :original = ''"
    return f"{numbers} INSERT INTO {table.name} ({written}) {selected}"


@contextmanager
def _databases(folder: Path, server: str | None) -> Iterator[Mapping[str, str]]:
    """Two empty databases, by the names `small` and `large`."""
    names = ("small", "large")
    if server is None:
        yield {name: f"sqlite+aiosqlite:///{folder / name / 'qve.sqlite3'}" for name in names}
        return
    made = {name: f"qve_growth_{name}" for name in names}
    asyncio.run(_said(server, *_dropped(made), *(f"CREATE DATABASE {n}" for n in made.values())))
    try:
        url = make_url(server)
        yield {
            name: url.set(database=database).render_as_string(hide_password=False)
            for name, database in made.items()
        }
    finally:
        asyncio.run(_said(server, *_dropped(made)))


def _dropped(made: Mapping[str, str]) -> list[str]:
    return [f"DROP DATABASE IF EXISTS {database} WITH (FORCE)" for database in made.values()]


async def _said(server: str, *statements: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()
