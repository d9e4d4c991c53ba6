"""Messages as rows: how they are read, written and given their places."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
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
from bot.storage.tables import ConversationRow, MessageRow

# Statements on the path of a message speak to the tables: no object is looked up or kept for them.
NO_OBJECTS: dict[str, Any] = {"synchronize_session": False}


async def messages_after(session: AsyncSession, conversation_id: str, after: int) -> list[Message]:
    query = (
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq > after)
        .order_by(MessageRow.seq)
    )
    return [message_from(row) for row in await session.scalars(query)]


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
    session: AsyncSession,
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
    if messages:
        await session.execute(insert(MessageRow), [columns_of(message) for message in messages])
    return messages


async def keep_understanding(
    session: AsyncSession, message: Message, understanding: Understanding, *, lesson: str | None
) -> None:
    """With the mark by which the message will be gathered to learn from, if it is to be."""
    await session.execute(
        update(MessageRow)
        .where(MessageRow.conversation_id == message.conversation_id, MessageRow.seq == message.seq)
        .values(understanding=asdict(understanding), lesson=lesson)
        .execution_options(**NO_OBJECTS)
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
        "buttons": [asdict(button) for button in message.buttons] or None,
        "sources": [asdict(source) for source in message.sources] or None,
        "topic": message.topic,
        "cards": [as_plain(card) for card in message.cards] or None,
        "files": [asdict(file) for file in message.files] or None,
    }


def message_from(row: MessageRow) -> Message:
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
