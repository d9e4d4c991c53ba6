"""After a key was changed: everything that was sealed is sealed again with the newest.

What no key opens is left as it is, and counted: the key that opens it may be found again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, Text, cast, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.seal import Seal
from bot.storage import desk_tables
from bot.storage.database import Database
from bot.storage.desk_tables import SearchRow
from bot.storage.sealing import (
    TOKEN,
    ContactsSealed,
    ContactsSealedJson,
    Sealed,
    opens,
    seal_of,
)
from bot.storage.searching import begin_document
from bot.storage.tables import AdviserRow
from bot.storage.tables import Table as Base
from bot.storage.transcript import NO_OBJECTS

assert desk_tables, "imported so that its tables are known here"
_AT_ONCE = 200


@dataclass(frozen=True)
class Resealed:
    """Values that the newest key seals now, and those that none opened."""

    again: int
    unreadable: int

    def __add__(self, other: "Resealed") -> "Resealed":
        return Resealed(self.again + other.again, self.unreadable + other.unreadable)


def sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Found by the schema itself, so that no new one is forgotten."""
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Sealed | ContactsSealed | ContactsSealedJson):
                yield table, column


async def reseal(database: Database, *, second_factors: Seal) -> Resealed:
    """Safe while the service runs, and to be run again: it does the same."""
    done = await _second_factors(database, second_factors)
    for table, column in sealed_columns():
        done += await _column(database, table, column)
    await _documents(database)
    return done


async def _column(database: Database, table: Table, column: Column[Any]) -> Resealed:
    keys = [*table.primary_key.columns]
    holding = select(*keys).where(cast(column, Text).contains(TOKEN)).order_by(*keys)
    async with database.read() as session:
        places = [tuple(row) for row in await session.execute(holding)]
    done = Resealed(0, 0)
    for first in range(0, len(places), _AT_ONCE):
        some = places[first : first + _AT_ONCE]
        async with database.write() as session:
            done += await _rows(session, column, keys, some)
    return done


async def _rows(
    session: AsyncSession,
    column: Column[Any],
    keys: Sequence[Column[Any]],
    places: Sequence[tuple[Any, ...]],
) -> Resealed:
    seal = seal_of(session.get_bind().dialect)
    query = (
        select(*keys, cast(column, Text), column).where(tuple_(*keys).in_(places)).with_for_update()
    )
    again = unreadable = 0
    for *place, written, value in (await session.execute(query)).all():
        if not opens(written, seal):
            unreadable += 1
            continue
        here = [key == part for key, part in zip(keys, place, strict=True)]
        change = update(column.table).where(*here).values({column.name: value})
        await session.execute(change.execution_options(**NO_OBJECTS))
        again += 1
    return Resealed(again, unreadable)


async def _second_factors(database: Database, seal: Seal) -> Resealed:
    again = unreadable = 0
    async with database.write() as session:
        query = select(AdviserRow).where(AdviserRow.second_factor.is_not(None)).with_for_update()
        for adviser in (await session.scalars(query)).all():
            secret = seal.open(adviser.second_factor or b"")
            if secret is None:
                unreadable += 1
                continue
            adviser.second_factor = seal.close(secret)
            again += 1
    return Resealed(again, unreadable)


async def _documents(database: Database) -> None:
    """Their marks are made with the key too."""
    async with database.read() as session:
        known = (await session.scalars(select(SearchRow.conversation_id))).all()
    for conversation_id in known:
        async with database.write() as session:
            await begin_document(session, conversation_id)
