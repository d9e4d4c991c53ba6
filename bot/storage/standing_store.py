"""How things stand, by indexes; the outbox alone walks the chats of Telegram (what it costs:
benchmarks/standing.py)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from bot.reporting.standing import Queue, Standing
from bot.storage.database import Database
from bot.storage.desk_tables import LetterRow
from bot.storage.purge_store import SqlPurger
from bot.storage.tables import (
    ON_TELEGRAM,
    CaseRow,
    ConversationRow,
    DeliveryRow,
    MessageRow,
    PauseRow,
    SuggestionRow,
    TelegramUpdateRow,
    UtcTime,
)

_WAITING = CaseRow.state == "waiting"


class SqlStanding:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, now: datetime) -> Standing:
        purged_at = await SqlPurger(self._database).last()
        async with self._database.read() as session:

            async def queue(query: Select[Any]) -> Queue:
                count, oldest = (await session.execute(query)).one()
                return Queue(count, oldest)

            async def number(query: Select[tuple[int]]) -> int:
                return await session.scalar(query) or 0

            return Standing(
                waiting=await queue(_since(CaseRow.opened_at).where(_WAITING)),
                late=await number(_late(now)),
                claimed=await number(_count().where(CaseRow.state == "claimed")),
                turns=await queue(_unanswered()),
                outbox=await queue(_undelivered()),
                inbox=await queue(
                    _since(TelegramUpdateRow.received_at).where(TelegramUpdateRow.body.is_not(None))
                ),
                letters=await queue(_since(LetterRow.due_at)),
                suggestions=await number(_count().where(SuggestionRow.state == "open")),
                paused=dict((await session.execute(_paused())).tuples().all()),
                purged_at=purged_at,
            )


def _count() -> Select[tuple[int]]:
    return select(func.count())


def _since(moment: Any) -> Select[Any]:
    return select(func.count(), func.min(moment, type_=UtcTime()))


def _late(now: datetime) -> Select[tuple[int]]:
    """Promised again, or about to be: the round that does so comes every minute."""
    return _count().where(_WAITING, or_(CaseRow.announced > 0, CaseRow.promised_at < now))


def _unanswered() -> Select[Any]:
    """By the partial index: `heard_at` is when the person wrote last."""
    return _since(ConversationRow.heard_at).where(
        ConversationRow.asked_seq > ConversationRow.answered_seq
    )


def _paused() -> Select[tuple[str, datetime]]:
    return select(PauseRow.channel, PauseRow.since)


def _undelivered() -> Select[Any]:
    """Since the first message that follows each conversation's place. It is looked for once the
    conversation is known to wait: joined, PostgreSQL reads every message there is."""
    place = func.coalesce(DeliveryRow.seq, 0)
    first = (
        select(MessageRow.at)
        .where(MessageRow.conversation_id == ConversationRow.id, MessageRow.seq == place + 1)
        .correlate(ConversationRow, DeliveryRow)
        .scalar_subquery()
    )
    return (
        _since(first)
        .select_from(ConversationRow)
        .outerjoin(DeliveryRow, DeliveryRow.conversation_id == ConversationRow.id)
        .where(
            ON_TELEGRAM,
            ConversationRow.unreachable_at.is_(None),
            ConversationRow.last_seq > place,
        )
    )
