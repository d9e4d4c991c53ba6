"""The profile, read out of the engine's memory: each part as the last turn left it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.memory import state_of
from bot.storage.tables import TrackerEventRow


class SqlKnown:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, conversation_id: str) -> Mapping[str, str]:
        latest = (
            select(TrackerEventRow.event)
            .where(TrackerEventRow.conversation_id == conversation_id)
            .order_by(TrackerEventRow.position.desc())
            .limit(1)
        )
        async with self._database.read() as session:
            event = await session.scalar(latest)
        state = None if event is None else state_of(event)
        return {} if state is None else dict(_said(state["slots"]))


def _said(slots: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What has words or a number: lists and yes or no say nothing to who reads a profile."""
    for name, value in slots.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            yield name, str(value)
