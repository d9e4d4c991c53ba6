"""The channels on which the assistant is silent."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from bot.conversation.pausing import Pause
from bot.storage.database import Database
from bot.storage.log import adviser_in, names_of, write_log
from bot.storage.tables import PauseRow


class SqlPauses:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def pause(self, channel: str, *, words: str | None, actor: str, now: datetime) -> bool:
        async with self._database.write() as session:
            row = await session.get(PauseRow, channel)
            if row is not None:
                if row.words != words:
                    row.words = words
                    write_log(session, "channel.reworded", actor=actor, detail=channel)
                return False
            session.add(PauseRow(channel=channel, since=now, words=words, by=actor))
            write_log(session, "channel.paused", actor=actor, detail=channel)
            return True

    async def resume(self, channel: str, *, actor: str) -> bool:
        gone = delete(PauseRow).where(PauseRow.channel == channel).returning(PauseRow.channel)
        async with self._database.write() as session:
            if await session.scalar(gone) is None:
                return False
            write_log(session, "channel.resumed", actor=actor, detail=channel)
            return True

    async def paused(self) -> Mapping[str, Pause]:
        async with self._database.read() as session:
            rows = (await session.scalars(select(PauseRow))).all()
            advisers = {row.channel: adviser_in(row.by) for row in rows if row.by}
            names = await names_of(session, {*advisers.values()} - {None})
        return {
            row.channel: Pause(
                row.since, row.words, names.get(advisers.get(row.channel) or 0, row.by)
            )
            for row in rows
        }
