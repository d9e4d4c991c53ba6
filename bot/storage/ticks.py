"""What a person ticked on the checklist cards they were shown."""

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Author
from bot.storage.database import Database
from bot.storage.tables import TICKS, MessageRow, TickRow
from bot.storage.transcript import NO_OBJECTS

_TICKED = (
    select(TICKS.c.item)
    .where(TICKS.c.conversation_id == bindparam("conversation"))
    .order_by(TICKS.c.ticked_at, TICKS.c.item)
)

HAS_TICKED = (
    exists().where(TICKS.c.conversation_id == bindparam("conversation")).label("has_ticked")
)
"""Whether they ticked anything: most never do."""


async def add_tick(session: AsyncSession, conversation_id: str, item: str, at: datetime) -> bool:
    """False if no card offered the item there. Raises IntegrityError if it is ticked twice at
    once, or the conversation is erased meanwhile."""
    if not await _was_shown(session, conversation_id, item):
        return False
    ticked = await session.scalars(_TICKED, {"conversation": conversation_id})
    if item in ticked.all():
        return True
    values = {"conversation_id": conversation_id, "item": item, "ticked_at": at}
    await session.execute(insert(TickRow), [values])
    return True


async def remove_tick(session: AsyncSession, conversation_id: str, item: str) -> None:
    await session.execute(
        delete(TickRow)
        .where(TickRow.conversation_id == conversation_id, TickRow.item == item)
        .execution_options(**NO_OBJECTS)
    )


async def ticked_items(database: Database, conversation_id: str) -> tuple[str, ...]:
    """In the order in which they were ticked."""
    ticked = await database.rows(_TICKED, conversation=conversation_id)
    return tuple(item for (item,) in ticked)


async def _was_shown(session: AsyncSession, conversation_id: str, item: str) -> bool:
    query = select(MessageRow.cards).where(
        MessageRow.conversation_id == conversation_id,
        MessageRow.author == Author.bot.value,
        MessageRow.cards.is_not(None),
    )
    shown = await session.scalars(query)
    return any(card["tick"] == item for cards in shown for card in cards or ())
