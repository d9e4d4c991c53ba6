"""The profile, read out of the engine's memory: what was heard last of each part."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.storage.database import Database
from bot.storage.tables import TrackerEventRow


class SqlKnown:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, conversation_id: str) -> Mapping[str, str]:
        query = (
            select(TrackerEventRow.event)
            .where(TrackerEventRow.conversation_id == conversation_id)
            .order_by(TrackerEventRow.position)
        )
        known: dict[str, str] = {}
        async with self._database.read() as session:
            for event in await session.scalars(query):
                if event.get("event") != "slot":
                    continue
                value = event.get("value")
                if value in (None, "", []):
                    known.pop(str(event["name"]), None)
                elif isinstance(value, str | int | float) and not isinstance(value, bool):
                    known[str(event["name"])] = str(value)
        return known
