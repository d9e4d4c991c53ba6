"""Advisers as their colleagues see them."""

from sqlalchemy import func, select

from bot.handover.case import Adviser
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.tables import AdviserRow


class SqlColleagues:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Adviser]:
        query = (
            select(AdviserRow)
            .where(AdviserRow.password_hash.is_not(None), AdviserRow.disabled_at.is_(None))
            .order_by(func.lower(AdviserRow.display_name), AdviserRow.id)
        )
        async with self._database.read() as session:
            return [adviser_from(row) for row in await session.scalars(query)]
