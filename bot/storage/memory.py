"""The engine's memory of conversations, as rows that are only ever added."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from bot.storage.database import Executor
from bot.storage.tables import TRACKER_EVENTS

# Positions of a turn's events begin at its seq times this: nobody has to ask where the last ended.
MEMORY_A_TURN = 1000
_ADDED = insert(TRACKER_EVENTS)


async def append_memory(
    where: Executor, conversation_id: str, events: Sequence[Any], *, first: int
) -> None:
    """Add to the engine's memory of a conversation from position `first` on; what is there is
    never rewritten."""
    if not events:
        return
    await where.execute(
        _ADDED,
        [
            {"conversation_id": conversation_id, "position": position, "event": dict(event)}
            for position, event in enumerate(events, start=first)
        ],
    )
