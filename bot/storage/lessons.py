"""Marks on messages that are worth learning from, written where the messages are."""

from typing import Any

from sqlalchemy import ColumnElement, case, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.learning.suggestion import Kind, State, not_understood, what_opened
from bot.messages import Author, Floor, Holder, Message, Understanding
from bot.storage.tables import MessageRow, SuggestionRow
from bot.storage.transcript import NO_OBJECTS

_LOOKED_BACK = 20


def lesson_of(message: Message, understanding: Understanding, floor: Floor) -> str | None:
    """The mark of a message just understood. To who waits for an adviser, and writes to them, the
    assistant owes no answer."""
    missed = floor.holder is Holder.bot and not_understood(message, understanding)
    return Kind.not_understood.value if missed else None


def lesson_of_rating(useful: bool) -> ColumnElement[Any]:
    """The mark of an answer just rated; the same rating again does not mark it again. What an
    adviser said of it stands, whatever the person thinks."""
    taught = (MessageRow.lesson == Kind.taught.value, MessageRow.lesson)
    if useful:
        return case(taught, else_=null())
    rated = (MessageRow.useful.is_(False), MessageRow.lesson)
    return case(taught, rated, else_=Kind.unhelpful.value)


async def mark_what_opened(session: AsyncSession, message: Message) -> None:
    """Mark the message that a case just opened is about; `message` is the last of the request.

    The person has given a name by now, which may stand in what was gathered of them before: their
    open suggestions are taken back, to be redacted again with it.
    """
    of_person = MessageRow.conversation_id == message.conversation_id
    await _gather_again(session, message.conversation_id)
    heard = await session.execute(
        select(MessageRow.seq, MessageRow.understanding)
        .where(
            of_person,
            MessageRow.author == Author.person.value,
            MessageRow.seq <= message.seq,
            MessageRow.button.is_(None),
            MessageRow.understanding.is_not(None),
        )
        .order_by(MessageRow.seq.desc())
        .limit(_LOOKED_BACK)
    )
    seq = what_opened((seq, understanding["theme"]) for seq, understanding in heard)
    if seq is not None:
        await session.execute(
            update(MessageRow)
            .where(of_person, MessageRow.seq == seq, MessageRow.lesson.is_(None))
            .values(lesson=Kind.case_opened.value)
            .execution_options(**NO_OBJECTS)
        )


async def _gather_again(session: AsyncSession, conversation_id: str) -> None:
    removed = await session.execute(
        delete(SuggestionRow)
        .where(
            SuggestionRow.conversation_id == conversation_id,
            SuggestionRow.state == State.open.value,
        )
        .returning(SuggestionRow.seq, SuggestionRow.kind)
        .execution_options(**NO_OBJECTS)
    )
    for seq, kind in removed.all():
        await session.execute(
            update(MessageRow)
            .where(MessageRow.conversation_id == conversation_id, MessageRow.seq == seq)
            .values(lesson=kind)
            .execution_options(**NO_OBJECTS)
        )
