"""Drafts, held answers, notes, tags and shared replies, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.case import Adviser
from bot.handover.writing import HeldAnswer, Mention, Note, SharedReply
from bot.messages import Citation
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.desk_tables import (
    DraftRow,
    HeldAnswerRow,
    MentionRow,
    NoteRow,
    SharedReplyRow,
    TagRow,
)
from bot.storage.log import actor_for, write_log
from bot.storage.searching import add_to_document
from bot.storage.tables import AdviserRow, CaseRow, ContactRow
from bot.storage.transcript import NO_OBJECTS


class SqlWriting:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def draft(self, case_id: int, adviser: Adviser) -> str:
        query = select(DraftRow.text).where(_of(DraftRow, case_id, adviser))
        async with self._database.read() as session:
            return await session.scalar(query) or ""

    async def keep_draft(self, case_id: int, adviser: Adviser, text: str, *, now: datetime) -> None:
        async with self._database.write() as session:
            await _keep_draft(session, case_id, adviser.id, text, now)

    async def hold(self, answer: HeldAnswer) -> None:
        row = HeldAnswerRow(
            key=answer.key,
            conversation_id=answer.conversation_id,
            case_id=answer.case_id,
            adviser_id=answer.adviser.id,
            text=answer.text,
            sources=[asdict(source) for source in answer.sources] or None,
            due_at=answer.due_at,
        )
        try:
            async with self._database.write() as session:
                session.add(row)
                await session.execute(
                    delete(DraftRow).where(_of(DraftRow, answer.case_id, answer.adviser))
                )
        except IntegrityError:  # held already, or the case is gone
            return

    async def held(self, case_id: int, adviser: Adviser) -> HeldAnswer | None:
        found = await self._held(_of(HeldAnswerRow, case_id, adviser))
        return found[-1] if found else None

    async def take_back(self, case_id: int, adviser: Adviser, *, now: datetime) -> str | None:
        newest = (
            select(HeldAnswerRow.key)
            .where(_of(HeldAnswerRow, case_id, adviser), HeldAnswerRow.due_at > now)
            .order_by(HeldAnswerRow.due_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        async with self._database.write() as session:
            text: str | None = await session.scalar(
                delete(HeldAnswerRow)
                .where(HeldAnswerRow.key == newest)
                .returning(HeldAnswerRow.text)
                .execution_options(**NO_OBJECTS)
            )
            if text is not None:
                await _keep_draft(session, case_id, adviser.id, text, now)
            return text

    async def due(self, now: datetime) -> list[HeldAnswer]:
        return await self._held(HeldAnswerRow.due_at <= now)

    async def _held(self, condition: Any) -> list[HeldAnswer]:
        query = (
            select(HeldAnswerRow, AdviserRow)
            .join(AdviserRow, AdviserRow.id == HeldAnswerRow.adviser_id)
            .where(condition)
            .order_by(HeldAnswerRow.due_at, HeldAnswerRow.key)
        )
        async with self._database.read() as session:
            return [_held_answer(*row) for row in await session.execute(query)]

    async def let_go(self, key: str) -> None:
        async with self._database.write() as session:
            await session.execute(delete(HeldAnswerRow).where(HeldAnswerRow.key == key))

    async def add_note(
        self, case_id: int, author: Adviser, text: str, mentions: Sequence[Adviser], *, at: datetime
    ) -> bool:
        async with self._database.write() as session:
            conversation_id = await _conversation_of(session, case_id)
            if conversation_id is None:
                return False
            note = NoteRow(
                conversation_id=conversation_id,
                case_id=case_id,
                adviser_id=author.id,
                text=text,
                at=at,
            )
            session.add(note)
            await session.flush()
            session.add_all(MentionRow(note_id=note.id, adviser_id=each.id) for each in mentions)
            await add_to_document(session, conversation_id, [text])
            write_log(session, "case.noted", actor=actor_for(author.id), case_id=case_id)
            return True

    async def notes(self, case_id: int) -> list[Note]:
        query = (
            select(NoteRow, AdviserRow.display_name)
            .join(AdviserRow, AdviserRow.id == NoteRow.adviser_id)
            .where(NoteRow.case_id == case_id)
            .order_by(NoteRow.id)
        )
        named = (
            select(MentionRow.note_id, AdviserRow.display_name)
            .join(NoteRow, NoteRow.id == MentionRow.note_id)
            .join(AdviserRow, AdviserRow.id == MentionRow.adviser_id)
            .where(NoteRow.case_id == case_id)
            .order_by(AdviserRow.display_name)
        )
        async with self._database.read() as session:
            names: dict[int, list[str]] = {}
            for note_id, name in await session.execute(named):
                names.setdefault(note_id, []).append(name)
            return [
                Note(row.id, author, row.text, row.at, tuple(names.get(row.id, ())))
                for row, author in await session.execute(query)
            ]

    async def mentions(self, adviser: Adviser) -> list[Mention]:
        query = (
            select(NoteRow.case_id, ContactRow.first_name, AdviserRow.display_name, NoteRow.at)
            .join(MentionRow, MentionRow.note_id == NoteRow.id)
            .join(AdviserRow, AdviserRow.id == NoteRow.adviser_id)
            .join(ContactRow, ContactRow.conversation_id == NoteRow.conversation_id)
            .where(MentionRow.adviser_id == adviser.id, MentionRow.read_at.is_(None))
            .order_by(NoteRow.id.desc())
        )
        async with self._database.read() as session:
            return [Mention(*row) for row in await session.execute(query)]

    async def read_mentions(self, case_id: int, adviser: Adviser, *, now: datetime) -> None:
        notes = select(NoteRow.id).where(NoteRow.case_id == case_id)
        unread = (
            MentionRow.note_id.in_(notes),
            MentionRow.adviser_id == adviser.id,
            MentionRow.read_at.is_(None),
        )
        async with self._database.read() as session:
            if await session.scalar(select(MentionRow.note_id).where(*unread).limit(1)) is None:
                return
        async with self._database.write() as session:
            read = update(MentionRow).where(*unread).values(read_at=now)
            await session.execute(read.execution_options(**NO_OBJECTS))

    async def tags(self, case_id: int) -> tuple[str, ...]:
        query = select(TagRow.tag).where(TagRow.case_id == case_id).order_by(TagRow.tag)
        async with self._database.read() as session:
            return tuple(await session.scalars(query))

    async def tag(self, case_id: int, tag: str) -> None:
        async with self._database.write() as session:
            conversation_id = await _conversation_of(session, case_id)
            if conversation_id is not None:
                await session.merge(
                    TagRow(case_id=case_id, tag=tag, conversation_id=conversation_id)
                )

    async def untag(self, case_id: int, tag: str) -> None:
        async with self._database.write() as session:
            await session.execute(
                delete(TagRow).where(TagRow.case_id == case_id, TagRow.tag == tag)
            )

    async def replies(self, adviser: Adviser) -> list[SharedReply]:
        mine = or_(SharedReplyRow.owner_id.is_(None), SharedReplyRow.owner_id == adviser.id)
        query = select(SharedReplyRow).where(mine).order_by(SharedReplyRow.title, SharedReplyRow.id)
        async with self._database.read() as session:
            return [
                SharedReply(row.id, row.title, row.text, row.owner_id, row.tag)
                for row in await session.scalars(query)
            ]

    async def keep_reply(self, reply: SharedReply, *, now: datetime) -> None:
        async with self._database.write() as session:
            row = await session.get(SharedReplyRow, reply.id) if reply.id else None
            if row is None:
                row = SharedReplyRow(owner_id=reply.owner_id)
                session.add(row)
            row.title, row.text, row.tag = reply.title, reply.text, reply.tag
            row.updated_at = now
            await session.flush()

    async def forget_reply(self, reply_id: int) -> None:
        async with self._database.write() as session:
            await session.execute(delete(SharedReplyRow).where(SharedReplyRow.id == reply_id))


def _of(table: type[DraftRow] | type[HeldAnswerRow], case_id: int, adviser: Adviser) -> Any:
    return (table.case_id == case_id) & (table.adviser_id == adviser.id)


async def _conversation_of(session: AsyncSession, case_id: int) -> str | None:
    """Locked, so that an erasure comes wholly before or after."""
    query = select(CaseRow.conversation_id).where(CaseRow.id == case_id).with_for_update()
    found: str | None = await session.scalar(query)
    return found


async def _keep_draft(
    session: AsyncSession, case_id: int, adviser_id: int, text: str, now: datetime
) -> None:
    conversation_id = await _conversation_of(session, case_id)
    if conversation_id is None:
        return
    if not text.strip():
        await session.execute(
            delete(DraftRow).where(DraftRow.case_id == case_id, DraftRow.adviser_id == adviser_id)
        )
        return
    await session.merge(
        DraftRow(
            case_id=case_id,
            adviser_id=adviser_id,
            conversation_id=conversation_id,
            text=text,
            updated_at=now,
        )
    )


def _held_answer(row: HeldAnswerRow, adviser: AdviserRow) -> HeldAnswer:
    return HeldAnswer(
        key=row.key,
        case_id=row.case_id,
        conversation_id=row.conversation_id,
        adviser=adviser_from(adviser),
        text=row.text,
        due_at=row.due_at,
        sources=tuple(Citation(**source) for source in row.sources or ()),
    )
