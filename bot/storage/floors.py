"""A conversation as it stands: who has the floor, and what was promised."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import Address, Conversation, Floor, Holder
from bot.storage.tables import AdviserRow, CaseRow, ConversationRow


async def conversation_from(session: AsyncSession, row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        address=Address(row.channel, row.address),
        started_at=row.started_at,
        timezone=row.timezone,
        language=row.language,
        campaign=row.campaign,
        floor=await floor_from(session, row),
        last_seq=row.last_seq,
        unreachable_since=row.unreachable_at,
    )


async def floor_from(session: AsyncSession, row: ConversationRow) -> Floor:
    """Read in one statement: a case may end, or all be erased, between two."""
    if row.holder == Holder.bot.value:
        return Floor(Holder.bot, row.floor_version)
    is_open = (CaseRow.conversation_id == ConversationRow.id) & (CaseRow.state != "ended")
    found = (
        await session.execute(
            select(
                ConversationRow.holder,
                ConversationRow.floor_version,
                AdviserRow.display_name,
                CaseRow.promised_at,
            )
            .outerjoin(CaseRow, is_open)
            .outerjoin(AdviserRow, AdviserRow.id == CaseRow.adviser_id)
            .where(ConversationRow.id == row.id)
        )
    ).one_or_none()
    if found is None:
        return Floor()
    holder = Holder(found.holder)
    promised_at = found.promised_at if holder is Holder.waiting else None
    return Floor(holder, found.floor_version, adviser=found.display_name, promised_at=promised_at)
