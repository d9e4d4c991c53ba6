"""The engine's memory of conversations, as rows that are only ever added."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import TrackerEventRow

# Positions of a turn's events begin at its seq times this: nobody has to ask where the last ended.
MEMORY_A_TURN = 1000


async def append_memory(
    session: AsyncSession, conversation_id: str, events: Sequence[Any], *, first: int
) -> None:
    """Add to the engine's memory of a conversation from position `first` on; what is there is
    never rewritten."""
    if not events:
        return
    await session.execute(
        insert(TrackerEventRow),
        [
            {"conversation_id": conversation_id, "position": position, "event": dict(event)}
            for position, event in enumerate(events, start=first)
        ],
    )
