"""The team's figures, counted by the database: days that are settled, and the days since."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.hours import QUEBEC
from bot.reporting.indicators import Dimension, Figure, Measure
from bot.storage.counting import count_days, people_by_topic
from bot.storage.database import Database
from bot.storage.tables import ConversationRow, IndicatorRow, SettledDayRow

_DAY = timedelta(days=1)


class SqlIndicatorStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def settle(self, through: date, *, at_most: int = 30) -> int:
        settled = 0
        day = await self._first_open_day()
        while day is not None and day <= through and settled < at_most:
            if await self._settle(day):
                settled += 1
            day += _DAY
        return settled

    async def figures(self, first: date, last: date) -> Sequence[Figure]:
        async with self._database.read() as session:
            figures = [*await _kept(session, first, last)]
            newest = await session.scalar(select(func.max(SettledDayRow.day)))
            since = first if newest is None else max(first, date.fromisoformat(newest) + _DAY)
            for begin, end in _by_month(since, last):
                counts = await count_days(session, begin, end)
                figures += [Figure(f"{begin:%Y-%m}", *key, count) for key, count in counts.items()]
        return figures

    async def answered_with(self, since: date) -> Mapping[str, int]:
        async with self._database.read() as session:
            return await people_by_topic(session, since)

    async def _first_open_day(self) -> date | None:
        async with self._database.read() as session:
            newest = await session.scalar(select(func.max(SettledDayRow.day)))
            if newest is not None:
                return date.fromisoformat(newest) + _DAY
            oldest = await session.scalar(select(func.min(ConversationRow.started_at)))
            return None if oldest is None else oldest.astimezone(QUEBEC).date()

    async def _settle(self, day: date) -> bool:
        """Whole or not at all; False if another process was quicker."""
        try:
            async with self._database.write() as session:
                session.add(SettledDayRow(day=day.isoformat()))
                await session.flush()
                counts = await count_days(session, day, day)
                rows = [
                    {
                        "day": day.isoformat(),
                        "measure": measure.value,
                        "dimension": dimension.value,
                        "value": value,
                        "count": count,
                    }
                    for (measure, dimension, value), count in counts.items()
                ]
                if rows:
                    await session.execute(insert(IndicatorRow), rows)
        except IntegrityError:
            return False
        return True


async def _kept(session: AsyncSession, first: date, last: date) -> list[Figure]:
    month = func.substr(IndicatorRow.day, 1, 7)
    key = (month, IndicatorRow.measure, IndicatorRow.dimension, IndicatorRow.value)
    query = (
        select(*key, func.sum(IndicatorRow.count))
        .where(IndicatorRow.day >= first.isoformat(), IndicatorRow.day <= last.isoformat())
        .group_by(*key)
    )
    return [
        Figure(month, Measure(measure), Dimension(dimension), value, int(count))
        for month, measure, dimension, value, count in await session.execute(query)
    ]


def _by_month(first: date, last: date) -> Iterator[tuple[date, date]]:
    begin = first
    while begin <= last:
        next_month = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
        yield begin, min(last, next_month - _DAY)
        begin = next_month
