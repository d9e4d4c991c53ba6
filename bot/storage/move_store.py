"""One-time links between doors, in the database."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.moving import Move
from bot.messages import Address
from bot.storage.database import Database
from bot.storage.tables import ConversationRow, DeliveryRow, MoveRow


class SqlMoveStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, conversation_id: str, door: str, token_hash: bytes, expires_at: datetime
    ) -> None:
        earlier = delete(MoveRow).where(
            MoveRow.conversation_id == conversation_id,
            MoveRow.door == door,
            MoveRow.used_at.is_(None),
        )
        move = {
            "token_hash": token_hash,
            "conversation_id": conversation_id,
            "door": door,
            "expires_at": expires_at,
        }
        async with self._database.write() as session:
            await session.execute(earlier)
            await session.execute(insert(MoveRow), [move])

    async def find(self, door: str, token_hash: bytes, now: datetime) -> Move | None:
        query = select(MoveRow).where(MoveRow.token_hash == token_hash, MoveRow.door == door)
        async with self._database.read() as session:
            row = await session.scalar(query)
            if row is None:
                return None
            return Move(row.conversation_id, row.used_at is None and row.expires_at > now)

    async def use_at(self, token_hash: bytes, address: Address, now: datetime) -> bool:
        try:
            async with self._database.write() as session:
                conversation_id = await _use(session, address.channel, token_hash, now)
                if conversation_id is None:
                    return False
                await session.execute(
                    update(ConversationRow)
                    .where(ConversationRow.id == conversation_id)
                    .values(channel=address.channel, address=address.key, unreachable_at=None)
                )
                await _deliver_from_last_question(session, conversation_id)
        except IntegrityError:  # another conversation is reached there
            return False
        return True

    async def use_on_web(self, door: str, token_hash: bytes, secret: bytes, now: datetime) -> bool:
        async with self._database.write() as session:
            conversation_id = await _use(session, door, token_hash, now)
            if conversation_id is None:
                return False
            await session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation_id)
                .values(token_hash=secret)
            )
            return True


async def _use(session: AsyncSession, door: str, token_hash: bytes, now: datetime) -> str | None:
    """The conversation of a link that was good until now."""
    used: str | None = await session.scalar(
        update(MoveRow)
        .where(
            MoveRow.token_hash == token_hash,
            MoveRow.door == door,
            MoveRow.used_at.is_(None),
            MoveRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(MoveRow.conversation_id)
    )
    return used


async def _deliver_from_last_question(session: AsyncSession, conversation_id: str) -> None:
    """What the person said last, and all that follows from it: enough to know where one was."""
    asked = select(ConversationRow.asked_seq).where(ConversationRow.id == conversation_id)
    seq = max((await session.scalar(asked) or 0) - 1, 0)
    await session.execute(delete(DeliveryRow).where(DeliveryRow.conversation_id == conversation_id))
    row = {"conversation_id": conversation_id, "seq": seq, "part": 0}
    await session.execute(insert(DeliveryRow), [row])
