"""Everything about one person, found by the schema itself: a table that names a conversation is
exported and erased without anybody remembering to add it here. The log is shown and never erased:
of an erased request it keeps a number that is given to no other."""

from typing import Any

from sqlalchemy import Column, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.privacy.records import Records
from bot.storage import desk_tables
from bot.storage.database import Database
from bot.storage.log import write_log
from bot.storage.tables import CaseRow, ConversationRow, LogRow
from bot.storage.tables import Table as Base

assert desk_tables, "imported so that its tables are known here"
_LEFT_OUT = "token_hash"


def personal_tables() -> list[tuple[Table, Column[Any]]]:
    """Tables about a person with the column that names the conversation; children first."""
    conversations = ConversationRow.__table__
    return [
        (table, table.c.conversation_id if table is not conversations else table.c.id)
        for table in reversed(Base.metadata.sorted_tables)
        if table is conversations or "conversation_id" in table.c
    ]


class SqlPersonalRecords:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def export(self, conversation_id: str) -> Records | None:
        records: dict[str, list[dict[str, Any]]] = {}
        async with self._database.read() as session:
            for table, column in personal_tables():
                columns = [c for c in table.c if c.name != _LEFT_OUT]
                rows = await session.execute(select(*columns).where(column == conversation_id))
                records[table.name] = [_plain(row._mapping) for row in rows]
            records[LogRow.__tablename__] = await _log_of(session, conversation_id)
        return records if records[ConversationRow.__tablename__] else None

    async def erase(self, conversation_id: str, *, actor: str, reason: str | None = None) -> bool:
        async with self._database.write() as session:
            known = await session.scalar(
                select(ConversationRow.id)
                .where(ConversationRow.id == conversation_id)
                .with_for_update()
            )
            if known is None:
                return False
            cases = select(CaseRow.id).where(CaseRow.conversation_id == conversation_id)
            for case_id in (await session.scalars(cases)).all():
                write_log(session, "case.erased", actor=actor, case_id=case_id, reason=reason)
            for table, column in personal_tables():
                await session.execute(delete(table).where(column == conversation_id))
            return True


async def _log_of(session: AsyncSession, conversation_id: str) -> list[dict[str, Any]]:
    """Who did what to the person's requests, who read them included; not from where."""
    lines = (
        select(LogRow.at, LogRow.verb, LogRow.actor, LogRow.case_id, LogRow.reason)
        .join(CaseRow, CaseRow.id == LogRow.case_id)
        .where(CaseRow.conversation_id == conversation_id)
        .order_by(LogRow.id)
    )
    return [_plain(row._mapping) for row in await session.execute(lines)]


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in row.items()
    }
