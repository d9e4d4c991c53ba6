"""What a message passes through on its way to an answer: statements that are built once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, bindparam, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.paused import PAUSED
from bot.conversation.pausing import Pause
from bot.conversation.store import Page, Turn
from bot.messages import Author, Floor, Holder, Incoming, Message, Outcome
from bot.storage.database import Database
from bot.storage.floors import AS_IT_STANDS, OF_CONVERSATION, WITH_FLOOR, conversation_from
from bot.storage.tables import CONVERSATIONS, MESSAGES, PAUSES
from bot.storage.ticks import HAS_TICKED, ticked_items
from bot.storage.transcript import message_from

_NEXT_SEQ = CONVERSATIONS.c.last_seq + 1

_PLACED = (
    update(CONVERSATIONS)
    .where(OF_CONVERSATION)
    .values(last_seq=_NEXT_SEQ, asked_seq=_NEXT_SEQ, heard_at=bindparam("heard"))
    .returning(CONVERSATIONS.c.last_seq, CONVERSATIONS.c.holder, CONVERSATIONS.c.channel)
)

_AWAITED = (
    select(*AS_IT_STANDS, *MESSAGES.c, PAUSES.c.since, PAUSES.c.words)
    .select_from(WITH_FLOOR)
    .join(MESSAGES, MESSAGES.c.conversation_id == CONVERSATIONS.c.id)
    .outerjoin(PAUSES, PAUSES.c.channel == CONVERSATIONS.c.channel)
    .where(
        OF_CONVERSATION,
        CONVERSATIONS.c.asked_seq > CONVERSATIONS.c.answered_seq,
        MESSAGES.c.author == Author.person.value,
        MESSAGES.c.seq > CONVERSATIONS.c.answered_seq,
        MESSAGES.c.files.is_(None),  # a file is for the adviser alone
    )
    .order_by(case((PAUSES.c.since.is_(None), MESSAGES.c.seq), else_=-MESSAGES.c.seq))
    .limit(1)
)
_TOLD = select(func.max(MESSAGES.c.at)).where(
    MESSAGES.c.conversation_id == bindparam("conversation"),
    MESSAGES.c.author == Author.system.value,
)
_TOLD_OF_PAUSE = _TOLD.where(MESSAGES.c.external_id.startswith(PAUSED))

_ANSWERED = (
    update(CONVERSATIONS)
    .where(
        OF_CONVERSATION,
        CONVERSATIONS.c.floor_version == bindparam("version"),
        CONVERSATIONS.c.answered_seq < bindparam("seq"),
    )
    .values(answered_seq=bindparam("seq"), last_seq=CONVERSATIONS.c.last_seq + bindparam("replies"))
    .returning(
        CONVERSATIONS.c.last_seq,
        (CONVERSATIONS.c.asked_seq > CONVERSATIONS.c.answered_seq).label("more"),
        HAS_TICKED,
    )
)

_PAGE = (
    select(*AS_IT_STANDS, *MESSAGES.c, HAS_TICKED)
    .select_from(WITH_FLOOR)
    .outerjoin(
        MESSAGES,
        (MESSAGES.c.conversation_id == CONVERSATIONS.c.id) & (MESSAGES.c.seq > bindparam("after")),
    )
    .where(OF_CONVERSATION)
    .order_by(MESSAGES.c.seq)
)


async def take_place(connection: AsyncConnection, incoming: Incoming) -> Any:
    """(seq, holder, channel) of a message that is to be stored; None: no such conversation."""
    place = {"conversation": incoming.conversation_id, "heard": incoming.at}
    return (await connection.execute(_PLACED, place)).one_or_none()


async def next_turn(database: Database, conversation_id: str) -> Turn | None:
    for found in await database.rows(_AWAITED, conversation=conversation_id):
        return Turn(
            conversation_from(found),
            message_from(found),
            await _told_at(database, found),
            None if found.since is None else Pause(found.since, found.words),
        )
    return None


async def _told_at(database: Database, found: Row[Any]) -> datetime | None:
    if found.since is None and found.holder != Holder.waiting.value:
        return None
    told = _TOLD if found.since is None else _TOLD_OF_PAUSE
    [(at,)] = await database.rows(told, conversation=found.id)
    return cast(datetime | None, at)


async def mark_answered(
    connection: AsyncConnection, message: Message, floor: Floor, replies: int
) -> Any:
    """`last_seq`, that of the last of so many replies; whether the person said something since
    (`more`), and `has_ticked` something. None if the floor changed, the message was answered or the
    conversation was erased meanwhile."""
    turn = {
        "conversation": message.conversation_id,
        "version": floor.version,
        "seq": message.seq,
        "replies": replies,
    }
    return (await connection.execute(_ANSWERED, turn)).one_or_none()


async def page(database: Database, conversation_id: str, after: int) -> Page | None:
    rows = await database.rows(_PAGE, conversation=conversation_id, after=after)
    if not rows:
        return None
    messages = [message_from(row) for row in rows if row.seq is not None]
    ticked = await ticked_items(database, conversation_id) if rows[0].has_ticked else ()
    return Page(after, conversation_from(rows[0]), messages, ticked)


def page_after(
    turn: Turn, outcome: Outcome, replies: Sequence[Message], answered: Any
) -> Page | None:
    """The page after a message just answered, if it is its answer and nothing else: nobody said
    anything in between, and the floor, which decided that the answer be stored, stays with the
    assistant. Whatever is said later comes after it."""
    conversation, seq = turn.conversation, turn.message.seq
    alone = [message.seq for message in replies[:1]] == [seq + 1]
    if not alone or answered.has_ticked or outcome.concerns_adviser:
        return None
    if conversation.floor.holder is not Holder.bot:
        return None
    return Page(seq, replace(conversation, last_seq=answered.last_seq), list(replies))
