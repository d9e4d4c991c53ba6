"""Files of conversations, in the database: what they are beside their bytes, so that a list of
files never reads them."""

import uuid
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.files.checking import FitFile
from bot.files.store import (
    MOST_IN_A_CONVERSATION,
    MOST_WITH_AN_ANSWER,
    Content,
    Kept,
    NotKept,
)
from bot.messages import Author, FileRef, Holder, Message
from bot.storage.database import Database
from bot.storage.requests import person_wrote
from bot.storage.tables import (
    AttachmentContentRow,
    AttachmentRow,
    ConversationRow,
    MessageRow,
)
from bot.storage.transcript import NO_OBJECTS, insert_messages, message_from


class SqlFileStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def receive(
        self, conversation_id: str, file: FitFile, *, external_id: str, at: datetime
    ) -> Kept | NotKept:
        try:
            return await self._receive_new(conversation_id, file, external_id=external_id, at=at)
        except IntegrityError:  # the external id is there already
            return await self._received_before(conversation_id, file, external_id)

    async def _receive_new(
        self, conversation_id: str, file: FitFile, *, external_id: str, at: datetime
    ) -> Kept | NotKept:
        async with self._database.write() as session:
            row = await _locked(session, conversation_id)
            if row is None:
                return NotKept.unknown
            known = await session.scalar(
                select(MessageRow.seq).where(
                    MessageRow.conversation_id == conversation_id,
                    MessageRow.external_id == external_id,
                )
            )
            if known is not None:
                raise IntegrityError("external id", None, Exception("already kept"))
            if row.holder != Holder.adviser.value:
                return NotKept.not_now
            if await _how_many(session, conversation_id) >= MOST_IN_A_CONVERSATION:
                return NotKept.too_many
            row.last_seq += 1
            row.heard_at = at
            ref = _ref(file)
            message = Message(
                conversation_id=conversation_id,
                seq=row.last_seq,
                author=Author.person,
                text=file.name,
                at=at,
                external_id=external_id,
                files=(ref,),
            )
            await session.flush()
            await insert_messages(session, [message])
            await _add(session, conversation_id, ref, file, at=at, seq=message.seq)
            await person_wrote(session, conversation_id, file.name, at)
            return Kept(message, again=False)

    async def _received_before(
        self, conversation_id: str, file: FitFile, external_id: str
    ) -> Kept | NotKept:
        query = select(MessageRow).where(
            MessageRow.conversation_id == conversation_id, MessageRow.external_id == external_id
        )
        async with self._database.read() as session:
            row = (await session.scalars(query)).one_or_none()
        if row is None:
            return NotKept.unknown
        message = message_from(row)
        same = [each for each in message.files if (each.name, each.size) == _look(file)]
        return Kept(message, again=True) if same else NotKept.key_reused

    async def content(self, conversation_id: str, file_id: str) -> Content | None:
        query = (
            select(AttachmentRow, AttachmentContentRow.content)
            .join(AttachmentContentRow, AttachmentContentRow.attachment_id == AttachmentRow.id)
            .where(AttachmentRow.id == file_id, AttachmentRow.conversation_id == conversation_id)
        )
        async with self._database.read() as session:
            found = (await session.execute(query)).one_or_none()
        return None if found is None else Content(_ref_of(found[0]), found[1])

    async def prepare(
        self, conversation_id: str, file: FitFile, *, adviser_id: int, at: datetime
    ) -> FileRef | NotKept:
        async with self._database.write() as session:
            if await _locked(session, conversation_id) is None:
                return NotKept.unknown
            mine = await _prepared(session, conversation_id, adviser_id)
            kept = await _how_many(session, conversation_id)
            if len(mine) >= MOST_WITH_AN_ANSWER or kept >= MOST_IN_A_CONVERSATION:
                return NotKept.too_many
            ref = _ref(file)
            await _add(session, conversation_id, ref, file, at=at, adviser_id=adviser_id)
            return ref

    async def prepared(self, conversation_id: str, *, adviser_id: int) -> tuple[FileRef, ...]:
        async with self._database.read() as session:
            return await _prepared(session, conversation_id, adviser_id)

    async def discard(self, conversation_id: str, file_id: str, *, adviser_id: int) -> None:
        async with self._database.write() as session:
            await session.execute(
                delete(AttachmentRow).where(
                    AttachmentRow.id == file_id,
                    AttachmentRow.conversation_id == conversation_id,
                    AttachmentRow.adviser_id == adviser_id,
                    AttachmentRow.seq.is_(None),
                )
            )


async def give_places(session: AsyncSession, messages: list[Message]) -> None:
    """What was prepared belongs from now on to the message that carries it."""
    for message in messages:
        for ref in message.files:
            await session.execute(
                update(AttachmentRow)
                .where(AttachmentRow.id == ref.id)
                .values(seq=message.seq)
                .execution_options(**NO_OBJECTS)
            )


async def _locked(session: AsyncSession, conversation_id: str) -> ConversationRow | None:
    row: ConversationRow | None = await session.scalar(
        select(ConversationRow).where(ConversationRow.id == conversation_id).with_for_update()
    )
    return row


async def _how_many(session: AsyncSession, conversation_id: str) -> int:
    query = select(func.count()).where(AttachmentRow.conversation_id == conversation_id)
    return int(await session.scalar(query) or 0)


async def _prepared(
    session: AsyncSession, conversation_id: str, adviser_id: int
) -> tuple[FileRef, ...]:
    query = (
        select(AttachmentRow)
        .where(
            AttachmentRow.conversation_id == conversation_id,
            AttachmentRow.adviser_id == adviser_id,
            AttachmentRow.seq.is_(None),
        )
        .order_by(AttachmentRow.at, AttachmentRow.id)
    )
    return tuple(_ref_of(row) for row in await session.scalars(query))


async def _add(
    session: AsyncSession,
    conversation_id: str,
    ref: FileRef,
    file: FitFile,
    *,
    at: datetime,
    seq: int | None = None,
    adviser_id: int | None = None,
) -> None:
    session.add(
        AttachmentRow(
            id=ref.id,
            conversation_id=conversation_id,
            seq=seq,
            adviser_id=adviser_id,
            name=ref.name,
            media_type=ref.media_type,
            size=ref.size,
            at=at,
        )
    )
    await session.flush()
    session.add(AttachmentContentRow(attachment_id=ref.id, content=file.content))
    await session.flush()


def _ref(file: FitFile) -> FileRef:
    return FileRef(str(uuid.uuid4()), file.name, file.media_type, len(file.content))


def _look(file: FitFile) -> tuple[str, int]:
    return file.name, len(file.content)


def _ref_of(row: AttachmentRow) -> FileRef:
    return FileRef(row.id, row.name, row.media_type, row.size)
