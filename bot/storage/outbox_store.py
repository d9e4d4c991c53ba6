"""How far conversations were delivered, in the database."""

import contextlib
from datetime import datetime, timezone

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.conversation.outbox import Outgoing, Place
from bot.messages import Address, Reply
from bot.storage.conversation_store import SqlConversationStore
from bot.storage.database import Database
from bot.storage.tables import ConversationRow, DeliveryRow
from bot.storage.transcript import messages_after


class SqlOutbox:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def conversation_at(self, address: Address) -> str | None:
        query = select(ConversationRow.id).where(
            ConversationRow.channel == address.channel, ConversationRow.address == address.key
        )
        async with self._database.read() as session:
            found: str | None = await session.scalar(query)
            return found

    async def say(self, conversation_id: str, reply: Reply) -> bool:
        now = datetime.now(timezone.utc)
        return await SqlConversationStore(self._database).say(conversation_id, reply, at=now)

    async def waiting(self, channel: str) -> list[str]:
        query = (
            select(ConversationRow.id)
            .outerjoin(DeliveryRow, DeliveryRow.conversation_id == ConversationRow.id)
            .where(
                ConversationRow.channel == channel,
                ConversationRow.unreachable_at.is_(None),
                ConversationRow.last_seq > func.coalesce(DeliveryRow.seq, 0),
            )
        )
        async with self._database.read() as session:
            return list(await session.scalars(query))

    async def outgoing(self, conversation_id: str) -> Outgoing | None:
        query = (
            select(ConversationRow, DeliveryRow)
            .outerjoin(DeliveryRow, DeliveryRow.conversation_id == ConversationRow.id)
            .where(ConversationRow.id == conversation_id)
        )
        async with self._database.read() as session:
            found = (await session.execute(query)).one_or_none()
            if found is None:
                return None
            row, delivery = found
            place = Place() if delivery is None else Place(delivery.seq, delivery.part)
            return Outgoing(
                Address(row.channel, row.address),
                place,
                await messages_after(session, conversation_id, place.seq),
                row.unreachable_at,
            )

    async def delivered(self, conversation_id: str, place: Place) -> None:
        values = {"seq": place.seq, "part": place.part}
        moved = (
            update(DeliveryRow)
            .where(DeliveryRow.conversation_id == conversation_id)
            .values(**values)
            .returning(DeliveryRow.conversation_id)
        )
        with contextlib.suppress(IntegrityError):  # erased meanwhile
            async with self._database.write() as session:
                if await session.scalar(moved) is None:
                    await session.execute(
                        insert(DeliveryRow), [{"conversation_id": conversation_id, **values}]
                    )

    async def mark_reach(self, conversation_id: str, *, unreachable_since: datetime | None) -> bool:
        is_now = ConversationRow.unreachable_at.is_(None)
        marked = (
            update(ConversationRow)
            .where(
                ConversationRow.id == conversation_id,
                ~is_now if unreachable_since is None else is_now,
            )
            .values(unreachable_at=unreachable_since)
            .returning(ConversationRow.id)
        )
        async with self._database.write() as session:
            return await session.scalar(marked) is not None
