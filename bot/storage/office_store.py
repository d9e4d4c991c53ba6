"""Hours, closures and terms, in the database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.case import Adviser
from bot.handover.hours import OpeningHours, promise_for
from bot.handover.office import EVERYONE, Closure, NeverOpens, Terms, Timetable
from bot.storage.database import Database
from bot.storage.desk_tables import ClosureRow, DeskSettingRow, HoursRow
from bot.storage.log import write_log

_DELAYS = ("within", "again_after", "given_up_after")


class SqlOffice:
    """`hours` and `terms` are those of the start, which hold while nothing else is written."""

    def __init__(self, database: Database, hours: OpeningHours, terms: Terms) -> None:
        self._database = database
        self._hours = hours
        self._terms = terms

    async def terms(self) -> Terms:
        return await self.written() or self._terms

    async def written(self) -> Terms | None:
        async with self._database.read() as session:
            rows = await session.scalars(select(DeskSettingRow))
            kept = {row.name: row.value for row in rows}
        if not kept:
            return None
        within, again_after, given_up_after = (timedelta(seconds=int(kept[n])) for n in _DELAYS)
        return Terms(within, again_after, given_up_after, kept["team_email"])

    async def hours(self, institution: str | None) -> OpeningHours:
        async with self._database.read() as session:
            return await self._hours_of(session, institution or EVERYONE)

    async def _hours_of(self, session: AsyncSession, institution: str) -> OpeningHours:
        names = {institution, EVERYONE}
        rows = await session.scalars(select(HoursRow).where(HoursRow.institution.in_(names)))
        written = {row.institution: _hours(row) for row in rows}
        week = written.get(institution) or written.get(EVERYONE) or self._hours
        closed = await session.scalars(
            select(ClosureRow.day).where(ClosureRow.institution.in_(names))
        )
        return replace(week, closed=frozenset(closed))

    async def timetable(self, today: date) -> Timetable:
        closures = select(ClosureRow).where(ClosureRow.day >= today)
        async with self._database.read() as session:
            hours = await session.scalars(select(HoursRow))
            days = await session.scalars(closures.order_by(ClosureRow.day, ClosureRow.institution))
            return Timetable(
                {row.institution: _hours(row) for row in hours},
                [Closure(row.institution, row.day, row.label) for row in days],
            )

    async def set_terms(self, terms: Terms | None, *, by: Adviser) -> None:
        async with self._database.write() as session:
            await session.execute(delete(DeskSettingRow))
            if terms is not None:
                delays = {name: getattr(terms, name) // timedelta(seconds=1) for name in _DELAYS}
                values = {**delays, "team_email": terms.team_email}
                rows = [DeskSettingRow(name=name, value=str(v)) for name, v in values.items()]
                session.add_all(rows)
            write_log(session, "settings.changed", actor=by.actor, detail=_written(terms))

    async def set_hours(
        self, institution: str, hours: OpeningHours | None, *, by: Adviser, now: datetime
    ) -> None:
        async with self._database.write() as session:
            await session.execute(delete(HoursRow).where(HoursRow.institution == institution))
            if hours is not None:
                session.add(_row(institution, hours))
            await session.flush()
            await self._check(session, institution, now)
            detail = f"{institution} {_named(hours)}"
            write_log(session, "hours.changed", actor=by.actor, detail=detail.strip())

    async def close(
        self,
        institution: str,
        first: date,
        last: date,
        label: str,
        *,
        by: Adviser,
        now: datetime,
    ) -> None:
        days = [first + timedelta(days=each) for each in range((last - first).days + 1)]
        async with self._database.write() as session:
            await session.execute(_closures(institution, days))
            session.add_all([ClosureRow(institution=institution, day=d, label=label) for d in days])
            await session.flush()
            await self._check(session, institution, now)
            detail = f"{institution} {first.isoformat()}/{last.isoformat()}"
            write_log(session, "closure.added", actor=by.actor, detail=detail.strip())

    async def open_again(self, institution: str, day: date, *, by: Adviser) -> bool:
        async with self._database.write() as session:
            removed = _closures(institution, [day]).returning(ClosureRow.day)
            if await session.scalar(removed) is None:
                return False
            detail = f"{institution} {day.isoformat()}"
            write_log(session, "closure.removed", actor=by.actor, detail=detail.strip())
            return True

    async def _check(self, session: AsyncSession, institution: str, now: datetime) -> None:
        """Whoever's hours depend on what is written can still be promised for."""
        rows = await session.scalars(select(HoursRow.institution))
        for name in {institution, EVERYONE, *(rows if institution == EVERYONE else ())}:
            try:
                promise_for(now, await self._hours_of(session, name), self._terms.given_up_after)
            except ValueError as error:
                raise NeverOpens from error


def _hours(row: HoursRow) -> OpeningHours:
    return OpeningHours(row.opens, row.closes, tuple(int(each) for each in row.days))


def _row(institution: str, hours: OpeningHours) -> HoursRow:
    days = "".join(str(each) for each in hours.days)
    return HoursRow(institution=institution, opens=hours.opens, closes=hours.closes, days=days)


def _closures(institution: str, days: Sequence[date]):  # type: ignore[no-untyped-def]
    return delete(ClosureRow).where(ClosureRow.institution == institution, ClosureRow.day.in_(days))


def _named(hours: OpeningHours | None) -> str:
    if hours is None:
        return ""
    opens, closes = (each.strftime("%H:%M") for each in (hours.opens, hours.closes))
    return f"{opens}-{closes} {''.join(str(each) for each in hours.days)}"


def _written(terms: Terms | None) -> str | None:
    """Delays only: an address could name somebody."""
    if terms is None:
        return None
    return " ".join(f"{getattr(terms, n) / timedelta(hours=1):g}h" for n in _DELAYS)
