"""Messages as rows: how they are read, written and given their places."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import as_plain, card_from
from bot.messages import (
    Author,
    Button,
    Citation,
    FileRef,
    Message,
    Reply,
    TopicMatch,
    Understanding,
    Why,
)
from bot.storage.database import Executor
from bot.storage.tables import MESSAGES, ConversationRow, MessageRow

# Statements on the path of a message speak to the tables: no object is looked up or kept for them.
NO_OBJECTS: dict[str, Any] = {"synchronize_session": False}

_AFTER = (
    select(MESSAGES)
    .where(
        MESSAGES.c.conversation_id == bindparam("conversation"), MESSAGES.c.seq > bindparam("after")
    )
    .order_by(MESSAGES.c.seq)
)
_ADDED = insert(MESSAGES)
_UNDERSTOOD = (
    update(MESSAGES)
    .where(
        MESSAGES.c.conversation_id == bindparam("conversation"),
        MESSAGES.c.seq == bindparam("place"),
    )
    .values(understanding=bindparam("understood"), lesson=bindparam("mark"))
)


async def messages_after(where: Executor, conversation_id: str, after: int) -> list[Message]:
    rows = await where.execute(_AFTER, {"conversation": conversation_id, "after": after})
    return [message_from(row) for row in rows]


async def add_messages(
    session: AsyncSession, conversation_id: str, replies: Sequence[Reply], *, at: datetime
) -> list[Message]:
    """Give replies their places at the end of the conversation."""
    if not replies:
        return []
    last = await session.scalar(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(last_seq=ConversationRow.last_seq + len(replies))
        .returning(ConversationRow.last_seq)
        .execution_options(**NO_OBJECTS)
    )
    first_seq = int(last or 0) - len(replies) + 1
    return await insert_replies(session, conversation_id, replies, first_seq, at)


async def insert_replies(
    where: Executor,
    conversation_id: str,
    replies: Sequence[Reply],
    first_seq: int,
    at: datetime,
) -> list[Message]:
    messages = [
        Message(
            conversation_id=conversation_id,
            seq=seq,
            author=reply.author,
            text=reply.text,
            at=at,
            name=reply.name,
            external_id=reply.external_id,
            buttons=reply.buttons,
            sources=reply.sources,
            topic=reply.topic,
            cards=reply.cards,
            files=reply.files,
        )
        for seq, reply in enumerate(replies, start=first_seq)
    ]
    await insert_messages(where, messages)
    return messages


async def insert_messages(where: Executor, messages: Sequence[Message]) -> None:
    if messages:
        await where.execute(_ADDED, [columns_of(message) for message in messages])


async def keep_understanding(
    where: Executor, message: Message, understanding: Understanding, *, lesson: str | None
) -> None:
    """With the mark by which the message will be gathered to learn from, if it is to be."""
    await where.execute(
        _UNDERSTOOD,
        {
            "conversation": message.conversation_id,
            "place": message.seq,
            "understood": _as_plain(understanding),
            "mark": lesson,
        },
    )


def columns_of(message: Message) -> dict[str, Any]:
    return {
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "author": message.author.value,
        "text": message.text,
        "at": message.at,
        "name": message.name,
        "external_id": message.external_id,
        "button": message.button,
        "buttons": [vars(button) for button in message.buttons] or None,
        "sources": [vars(source) for source in message.sources] or None,
        "topic": message.topic,
        "cards": [as_plain(card) for card in message.cards] or None,
        "files": [vars(file) for file in message.files] or None,
    }


def message_from(row: MessageRow | Row[Any]) -> Message:
    """Of a row with the columns of a message at least."""
    return Message(
        conversation_id=row.conversation_id,
        seq=row.seq,
        author=Author(row.author),
        text=row.text,
        at=row.at,
        name=row.name,
        external_id=row.external_id,
        button=row.button,
        buttons=tuple(Button(**button) for button in row.buttons or ()),
        sources=tuple(Citation(**source) for source in row.sources or ()),
        topic=row.topic,
        useful=row.useful,
        why=Why(row.why) if row.why else None,
        understanding=_understanding(row.understanding),
        cards=tuple(card_from(card) for card in row.cards or ()),
        files=tuple(FileRef(**file) for file in row.files or ()),
    )


def _as_plain(understanding: Understanding) -> dict[str, Any]:
    return {
        **vars(understanding),
        "topics": [vars(match) for match in understanding.topics],
        "candidates": [vars(match) for match in understanding.candidates],
    }


def _understanding(stored: dict[str, Any] | None) -> Understanding | None:
    if stored is None:
        return None
    return Understanding(
        **{
            **stored,
            "topics": tuple(TopicMatch(**match) for match in stored["topics"]),
            "candidates": tuple(TopicMatch(**match) for match in stored["candidates"]),
        }
    )
