"""What is worth learning, from its mark on a message to its suggestion."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.learning.store import Gathered, Noticed
from bot.learning.suggestion import Kind, State, sameness
from bot.messages import Author, TopicMatch, Why
from bot.storage.database import Database
from bot.storage.desk_tables import RemarkRow
from bot.storage.tables import ContactRow, ConversationRow, MessageRow, SuggestionRow
from bot.storage.transcript import NO_OBJECTS

OF_NOBODY: dict[str, Any] = {"conversation_id": None, "seq": None}
_LEARNT = (State.accepted.value, State.missing.value)
_is_decided = SuggestionRow.state != State.open.value


class SqlLessonStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def noticed(self, limit: int) -> list[Noticed]:
        async with self._database.read() as session:
            return [_noticed(*row) for row in await session.execute(_marked(limit))]

    async def keep(self, gathered: Sequence[Gathered]) -> int:
        added = 0
        async with self._database.write() as session:
            names = await _hold(session, {each.noticed.conversation_id for each in gathered})
            for each in gathered:
                noticed = each.noticed
                if names.get(noticed.conversation_id) != noticed.names:
                    continue
                remark = await _remark_of(session, noticed)
                if (remark.comment if remark else "") != noticed.comment:
                    continue  # said otherwise meanwhile
                if await _take_mark(session, noticed) and each.text is not None:
                    added += await _add(session, each, remark)
        return added

    async def settle(self, *, decided_before: datetime) -> None:
        async with self._database.write() as session:
            await forget_whose(session, SuggestionRow.decided_at < decided_before)


async def forget_whose(session: AsyncSession, decided: ColumnElement[bool]) -> None:
    """What was dismissed keeps its link: nobody vouched that it names no one, so it is erased with
    its conversation."""
    await session.execute(
        update(SuggestionRow)
        .where(
            decided, SuggestionRow.state.in_(_LEARNT), SuggestionRow.conversation_id.is_not(None)
        )
        .values(**OF_NOBODY)
        .execution_options(**NO_OBJECTS)
    )


def _marked(limit: int) -> Select[Any]:
    """Marked messages, each with the question it is about: itself, or the one it answers."""
    question, asked = aliased(MessageRow), aliased(MessageRow)
    asked_seq = (
        select(func.max(asked.seq))
        .where(
            asked.conversation_id == MessageRow.conversation_id,
            asked.author == Author.person.value,
            asked.seq <= MessageRow.seq,
        )
        .scalar_subquery()
        .correlate(MessageRow)
    )
    return (
        select(
            MessageRow.conversation_id,
            MessageRow.seq,
            MessageRow.lesson,
            MessageRow.why,
            question.seq,
            question.text,
            question.button,
            question.at,
            question.understanding,
            ContactRow.first_name,
            RemarkRow.comment,
        )
        .select_from(MessageRow)
        .join(
            question,
            (question.conversation_id == MessageRow.conversation_id) & (question.seq == asked_seq),
        )
        .outerjoin(ContactRow, ContactRow.conversation_id == MessageRow.conversation_id)
        .outerjoin(
            RemarkRow,
            (RemarkRow.conversation_id == MessageRow.conversation_id)
            & (RemarkRow.seq == MessageRow.seq)
            & (MessageRow.lesson == Kind.taught.value),
        )
        .where(MessageRow.lesson.is_not(None))
        .order_by(MessageRow.conversation_id, MessageRow.seq)
        .limit(limit)
    )


def _noticed(
    conversation_id: str,
    seq: int,
    lesson: str,
    why: str | None,
    asked_seq: int,
    text: str,
    button: str | None,
    at: datetime,
    understanding: Mapping[str, Any] | None,
    first_name: str | None,
    comment: str | None,
) -> Noticed:
    understood = understanding or {"topics": (), "candidates": ()}
    matches = {match["id"]: match for match in (*understood["topics"], *understood["candidates"])}
    return Noticed(
        conversation_id=conversation_id,
        seq=seq,
        asked_seq=asked_seq,
        kind=Kind(lesson),
        text=None if button and lesson != Kind.taught.value else text,
        at=at,
        candidates=tuple(TopicMatch(**match) for match in matches.values()),
        names=_names(first_name),
        why=Why(why) if why else None,
        comment=comment or "",
    )


def _names(first_name: str | None) -> tuple[str, ...]:
    return (first_name,) if first_name else ()


async def _hold(session: AsyncSession, conversation_ids: set[str]) -> dict[str, tuple[str, ...]]:
    """The names of those who are still there. Until the end of the transaction nobody erases them,
    and none of them gives a name; locked before their messages, as a turn and an erasure do."""
    wanted = ConversationRow.id.in_(conversation_ids)
    await session.execute(
        select(ConversationRow.id)
        .where(wanted)
        .order_by(ConversationRow.id)
        .with_for_update(read=True)
    )
    found = await session.execute(
        select(ConversationRow.id, ContactRow.first_name)
        .outerjoin(ContactRow, ContactRow.conversation_id == ConversationRow.id)
        .where(wanted)
    )
    return {conversation_id: _names(first_name) for conversation_id, first_name in found}


async def _take_mark(session: AsyncSession, noticed: Noticed) -> bool:
    """False if another gathering took it, or the conversation was erased."""
    taken = await session.scalar(
        update(MessageRow)
        .where(
            MessageRow.conversation_id == noticed.conversation_id,
            MessageRow.seq == noticed.seq,
            MessageRow.lesson == noticed.kind.value,
        )
        .values(lesson=None)
        .returning(MessageRow.seq)
        .execution_options(**NO_OBJECTS)
    )
    return taken is not None


async def _remark_of(session: AsyncSession, noticed: Noticed) -> RemarkRow | None:
    if noticed.kind is not Kind.taught:
        return None
    return await session.get(RemarkRow, (noticed.conversation_id, noticed.seq))


async def _add(session: AsyncSession, gathered: Gathered, remark: RemarkRow | None) -> bool:
    noticed, text = gathered.noticed, gathered.text or ""
    seq = noticed.asked_seq if remark is None else noticed.seq
    known = select(SuggestionRow.id).where(
        SuggestionRow.conversation_id == noticed.conversation_id, SuggestionRow.seq == seq
    )
    if await session.scalar(known) is not None:
        return False
    # What an adviser said is decided on by itself, though others asked the same.
    said = sameness(f"{noticed.conversation_id} {seq}" if remark else text)
    if remark is None and await _counted(session, said):
        return False
    session.add(
        SuggestionRow(
            conversation_id=noticed.conversation_id,
            seq=seq,
            kind=noticed.kind.value,
            why=noticed.why.value if noticed.why else None,
            text=text,
            sameness=said,
            at=noticed.at,
            candidates=[asdict(match) for match in noticed.candidates] or None,
            verdict=remark.verdict if remark else None,
            wished=remark.topic if remark else None,
            comment=gathered.comment if remark else None,
        )
    )
    await session.flush()
    return True


async def _counted(session: AsyncSession, said: str) -> bool:
    """Whether the same was decided on before; then it counts once more."""
    decided = select(func.min(SuggestionRow.id)).where(SuggestionRow.sameness == said, _is_decided)
    counted = await session.scalar(
        update(SuggestionRow)
        .where(SuggestionRow.id == decided.scalar_subquery())
        .values(times=SuggestionRow.times + 1)
        .returning(SuggestionRow.id)
        .execution_options(**NO_OBJECTS)
    )
    return counted is not None
