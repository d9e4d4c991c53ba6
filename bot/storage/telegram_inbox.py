"""Updates of Telegram, in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, delete, func, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bot.conversation.inbox import Update
from bot.storage.database import Database
from bot.storage.tables import TelegramUpdateRow
from bot.storage.transcript import NO_OBJECTS

_AT_ONCE = 200


class SqlTelegramInbox:
    def __init__(self, database: Database) -> None:
        self._database = database
        is_sqlite = database.url.startswith("sqlite")
        self._insert = sqlite.insert if is_sqlite else postgresql.insert

    async def keep(self, updates: Sequence[Update], at: datetime) -> None:
        if not updates:
            return
        rows = [
            {
                "update_id": each.update_id,
                "received_at": at,
                "chat_id": each.chat_id,
                "body": dict(each.body),
            }
            for each in updates
        ]
        async with self._database.write() as session:
            await session.execute(self._insert(TelegramUpdateRow).on_conflict_do_nothing(), rows)

    async def waiting(
        self, *, loose_since: datetime | None = None, besides: Collection[int] = ()
    ) -> list[Update]:
        chat_id = TelegramUpdateRow.chat_id
        query = (
            select(TelegramUpdateRow)
            .where(TelegramUpdateRow.body.is_not(None), chat_id.is_(None) | chat_id.not_in(besides))
            .order_by(TelegramUpdateRow.update_id)
            .limit(_AT_ONCE)
        )
        if loose_since is not None:
            first_loose = _first_loose(loose_since)
            query = query.where(first_loose.is_(None) | (TelegramUpdateRow.update_id < first_loose))
        async with self._database.read() as session:
            return [
                Update(row.update_id, row.chat_id, row.body or {})
                for row in await session.scalars(query)
            ]

    async def done(self, update_id: int) -> None:
        async with self._database.write() as session:
            await session.execute(
                update(TelegramUpdateRow)
                .where(TelegramUpdateRow.update_id == update_id)
                .values(chat_id=None, body=null())
                .execution_options(**NO_OBJECTS)
            )

    async def last(self) -> int | None:
        async with self._database.read() as session:
            last: int | None = await session.scalar(select(func.max(TelegramUpdateRow.update_id)))
            return last

    async def forget(self, before: datetime) -> None:
        """But for the highest number: from there Telegram is asked for what follows."""
        last = select(func.max(TelegramUpdateRow.update_id)).scalar_subquery()
        async with self._database.write() as session:
            await session.execute(
                delete(TelegramUpdateRow)
                .where(
                    TelegramUpdateRow.body.is_(None),
                    TelegramUpdateRow.received_at < before,
                    TelegramUpdateRow.update_id != last,
                )
                .execution_options(**NO_OBJECTS)
            )


def _first_loose(since: datetime) -> ScalarSelect[int]:
    """The lowest number that came since then, is not dealt with, and follows none that is known."""
    loose, before = aliased(TelegramUpdateRow), aliased(TelegramUpdateRow)
    follows = select(before.update_id).where(before.update_id == loose.update_id - 1).exists()
    return (
        select(func.min(loose.update_id))
        .where(loose.body.is_not(None), loose.received_at > since, ~follows)
        .scalar_subquery()
    )
