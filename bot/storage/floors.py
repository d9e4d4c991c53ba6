"""A conversation as it stands: who has the floor, and what was promised.

Read in one statement: a case may end, or all be erased, between two.
"""

from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.messages import Address, Conversation, Floor, Holder
from bot.storage.database import Executor
from bot.storage.tables import ADVISERS, CASES, CONVERSATIONS

OF_CONVERSATION = CONVERSATIONS.c.id == bindparam("conversation")
AS_IT_STANDS = (*CONVERSATIONS.c, ADVISERS.c.display_name, CASES.c.promised_at)
"""The columns of one."""
_HAS_OPEN_CASE = (CASES.c.conversation_id == CONVERSATIONS.c.id) & (CASES.c.state != "ended")
WITH_FLOOR = CONVERSATIONS.outerjoin(CASES, _HAS_OPEN_CASE).outerjoin(
    ADVISERS, ADVISERS.c.id == CASES.c.adviser_id
)
_FOUND = select(*AS_IT_STANDS).select_from(WITH_FLOOR).where(OF_CONVERSATION)


async def find_conversation(where: Executor, conversation_id: str) -> Conversation | None:
    found = await where.execute(_FOUND, {"conversation": conversation_id})
    row = found.one_or_none()
    return None if row is None else conversation_from(row)


def conversation_from(row: Row[Any]) -> Conversation:
    """Of a row with the columns `AS_IT_STANDS`."""
    return Conversation(
        id=row.id,
        address=Address(row.channel, row.address),
        started_at=row.started_at,
        timezone=row.timezone,
        language=row.language,
        campaign=row.campaign,
        floor=_floor_from(row),
        last_seq=row.last_seq,
        unreachable_since=row.unreachable_at,
    )


def _floor_from(row: Row[Any]) -> Floor:
    if row.holder == Holder.bot.value:
        return Floor(Holder.bot, row.floor_version)
    holder = Holder(row.holder)
    promised_at = row.promised_at if holder is Holder.waiting else None
    return Floor(holder, row.floor_version, adviser=row.display_name, promised_at=promised_at)
