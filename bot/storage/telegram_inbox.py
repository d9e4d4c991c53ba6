"""Updates of Telegram, in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from bot.conversation.inbox import Kept, Update
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

    async def waiting(self, *, besides: Collection[int] = ()) -> list[Kept]:
        before = aliased(TelegramUpdateRow)
        follows = (
            select(before.update_id)
            .where(before.update_id == TelegramUpdateRow.update_id - 1)
            .exists()
        )
        query = (
            select(TelegramUpdateRow, follows)
            .where(TelegramUpdateRow.body.is_not(None))
            .where(TelegramUpdateRow.chat_id.is_(None) | TelegramUpdateRow.chat_id.not_in(besides))
            .order_by(TelegramUpdateRow.update_id)
            .limit(_AT_ONCE)
        )
        async with self._database.read() as session:
            return [
                Kept(Update(row.update_id, row.chat_id, row.body or {}), row.received_at, known)
                for row, known in (await session.execute(query)).all()
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
