"""The engine's memory of conversations, as rows that are only ever added.

Of a turn is kept what was said and, with the last event, the state that it ended with. What was
answered is in `messages`; how it came about helps within the turn itself only.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from bot.storage.database import Executor
from bot.storage.tables import TRACKER_EVENTS

# Positions of a turn's events begin at its seq times this: nobody has to ask where the last ended.
MEMORY_A_TURN = 1000
_STATE = "state"
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


def kept(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events of a turn that are stored."""
    return [*(event for event in events[:-1] if event["event"] == "user"), *events[-1:]]


def ending_with(event: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """The last event of a turn, and the state that the turn ended with."""
    return {**event, "metadata": {**(event.get("metadata") or {}), _STATE: state}}


def state_of(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The state that a turn ended with, of its last event: `slots` and `loop`."""
    state: Mapping[str, Any] | None = (event.get("metadata") or {}).get(_STATE)
    return state
