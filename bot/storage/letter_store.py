"""Letters to be posted, and the links in them."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.letters import Due
from bot.messages import Author
from bot.storage.database import Database
from bot.storage.desk_tables import LetterRow, ReturnLinkRow, SecretRow
from bot.storage.tables import ContactRow, ConversationRow, MessageRow
from bot.storage.transcript import NO_OBJECTS

_WEB = "web"


async def want_letter(
    session: AsyncSession, conversation_id: str, first_seq: int, at: datetime
) -> None:
    """An adviser spoke to somebody who left an address and reads us on the web: unless they read
    it meanwhile, it will be written to them. One letter waits at a time."""
    wanted = await session.scalar(
        select(ConversationRow.id)
        .join(ContactRow, ContactRow.conversation_id == ConversationRow.id)
        .where(
            ConversationRow.id == conversation_id,
            ConversationRow.channel == _WEB,
            ContactRow.email.is_not(None),
        )
    )
    if wanted is None or await session.get(LetterRow, conversation_id) is not None:
        return
    session.add(
        LetterRow(conversation_id=conversation_id, after_seq=first_seq - 1, due_at=at, tries=0)
    )
    await session.flush()


class SqlLetters:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, said_before: datetime, *, now: datetime) -> list[Due]:
        query = (
            select(LetterRow, ConversationRow.read_seq, ContactRow)
            .join(ConversationRow, ConversationRow.id == LetterRow.conversation_id)
            .join(ContactRow, ContactRow.conversation_id == LetterRow.conversation_id)
            .where(LetterRow.due_at <= said_before)
            .order_by(LetterRow.due_at)
            .limit(50)
        )
        due = []
        async with self._database.write() as session:
            for letter, read_seq, contact in (await session.execute(query)).all():
                said = await _unread(session, letter, read_seq)
                if said and contact.email:
                    due.append(
                        Due(
                            letter.conversation_id,
                            contact.first_name,
                            contact.email,
                            said,
                            letter.tries,
                        )
                    )
                else:
                    await session.execute(delete(LetterRow).where(_of(letter.conversation_id)))
        return due

    async def add_link(self, conversation_id: str, token_hash: bytes, expires_at: datetime) -> bool:
        link = {
            "conversation_id": conversation_id,
            "token_hash": token_hash,
            "expires_at": expires_at,
        }
        try:
            async with self._database.write() as session:
                await session.execute(insert(ReturnLinkRow), [link])
        except IntegrityError:
            return False
        return True

    async def posted(self, conversation_id: str) -> None:
        async with self._database.write() as session:
            await session.execute(delete(LetterRow).where(_of(conversation_id)))

    async def put_off(self, conversation_id: str, until: datetime | None) -> None:
        async with self._database.write() as session:
            if until is None:
                await session.execute(delete(LetterRow).where(_of(conversation_id)))
                return
            await session.execute(
                update(LetterRow)
                .where(_of(conversation_id))
                .values(due_at=until, tries=LetterRow.tries + 1)
                .execution_options(**NO_OBJECTS)
            )

    async def come_back(self, link_hash: bytes, secret_hash: bytes, *, now: datetime) -> str | None:
        good = select(ReturnLinkRow.conversation_id).where(
            ReturnLinkRow.token_hash == link_hash, ReturnLinkRow.expires_at > now
        )
        async with self._database.write() as session:
            conversation_id: str | None = await session.scalar(good)
            if conversation_id is not None:
                session.add(
                    SecretRow(
                        token_hash=secret_hash, conversation_id=conversation_id, created_at=now
                    )
                )
                await session.flush()
            return conversation_id


async def _unread(session: AsyncSession, letter: LetterRow, read_seq: int) -> list[tuple[str, str]]:
    query = (
        select(MessageRow.name, MessageRow.text)
        .where(
            MessageRow.conversation_id == letter.conversation_id,
            MessageRow.author == Author.adviser.value,
            MessageRow.seq > max(letter.after_seq, read_seq),
        )
        .order_by(MessageRow.seq)
    )
    return [(name or "", text) for name, text in await session.execute(query)]


def _of(conversation_id: str) -> ColumnElement[bool]:
    return LetterRow.conversation_id == conversation_id
