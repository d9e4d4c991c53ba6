"""Removes what is older than it is kept, and counts it in the log in the same transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Delete, delete, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.privacy.retention import Kind
from bot.storage.database import Database
from bot.storage.desk_tables import ReturnLinkRow
from bot.storage.log import write_log
from bot.storage.tables import (
    AttachmentRow,
    CaseRow,
    ConversationRow,
    InvitationRow,
    LogRow,
    MessageRow,
    MoveRow,
    SessionRow,
    SuggestionRow,
    TelegramUpdateRow,
)
from bot.storage.transcript import NO_OBJECTS

_BY, _ENDED = "retention", "retention.applied"


class SqlPurger:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self) -> datetime | None:
        query = (
            select(LogRow.at)
            .where(LogRow.actor == _BY, LogRow.verb == _ENDED)
            .order_by(LogRow.id.desc())
            .limit(1)
        )
        async with self._database.read() as session:
            found: datetime | None = await session.scalar(query)
            return found

    async def silent(self, since: datetime, *, with_case: bool, limit: int) -> list[str]:
        case = select(CaseRow.id).where(CaseRow.conversation_id == ConversationRow.id).exists()
        spoken = (
            select(MessageRow.seq)
            .where(
                MessageRow.conversation_id == ConversationRow.id,
                MessageRow.author == "adviser",
                MessageRow.at >= since,
            )
            .exists()
        )
        query = select(ConversationRow.id).where(ConversationRow.heard_at < since).limit(limit)
        query = query.where(case, ~spoken) if with_case else query.where(~case)
        async with self._database.read() as session:
            return list(await session.scalars(query))

    async def remove(self, kind: Kind, before: datetime) -> int:
        async with self._database.write() as session:
            count = 0
            for statement in _too_old(kind, before):
                done: CursorResult[Any] = await session.execute(  # type: ignore[assignment]
                    statement.execution_options(**NO_OBJECTS)
                )
                count += done.rowcount
            if kind is Kind.inbox:
                await _forget_words(session, before)
            _write(session, kind, count)
            return count

    async def note(self, kind: Kind, count: int) -> None:
        async with self._database.write() as session:
            _write(session, kind, count)

    async def ended(self, count: int) -> None:
        async with self._database.write() as session:
            write_log(session, _ENDED, actor=_BY, reason=str(count))


def _write(session: AsyncSession, kind: Kind, count: int) -> None:
    """Nothing removed is nothing to say: that the purge ended is said in any case."""
    if count:
        write_log(session, f"{kind.value}.purged", actor=_BY, reason=str(count))


def _too_old(kind: Kind, before: datetime) -> list[Delete]:
    match kind:
        case Kind.files:  # one that is prepared and was never sent, too
            return [delete(AttachmentRow).where(AttachmentRow.at < before)]
        case Kind.suggestions:
            to_be_written = (SuggestionRow.state == "accepted") & SuggestionRow.written_at.is_(None)
            return [
                delete(SuggestionRow).where(
                    SuggestionRow.state != "open",
                    SuggestionRow.decided_at < before,
                    ~to_be_written,
                )
            ]
        case Kind.links:
            return [
                delete(MoveRow).where(MoveRow.expires_at < before),
                delete(ReturnLinkRow).where(ReturnLinkRow.expires_at < before),
                delete(InvitationRow).where(
                    or_(InvitationRow.expires_at < before, InvitationRow.used_at < before)
                ),
            ]
        case Kind.sessions:
            return [delete(SessionRow).where(SessionRow.expires_at < before)]
        case Kind.inbox:  # but for the highest number: from there Telegram is asked what follows
            last = select(func.max(TelegramUpdateRow.update_id)).scalar_subquery()
            return [
                delete(TelegramUpdateRow).where(
                    TelegramUpdateRow.received_at < before, TelegramUpdateRow.update_id != last
                )
            ]
        case Kind.log:
            return [delete(LogRow).where(LogRow.at < before)]
        case _:
            raise ValueError(kind)


async def _forget_words(session: AsyncSession, before: datetime) -> None:
    await session.execute(
        update(TelegramUpdateRow)
        .where(TelegramUpdateRow.received_at < before, TelegramUpdateRow.body.is_not(None))
        .values(chat_id=None, body=null())
        .execution_options(**NO_OBJECTS)
    )
