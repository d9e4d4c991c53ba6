"""The rota and the absences, in the database."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Row, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.handover.case import Adviser, State
from bot.handover.duty import Absence, Duty, Half, Rota, duty_at
from bot.handover.hours import QUEBEC, OpeningHours
from bot.handover.rota_store import LeftWaiting
from bot.storage.case_store import adviser_from
from bot.storage.database import Database
from bot.storage.desk_tables import AbsenceRow, RotaExceptionRow, RotaRow
from bot.storage.log import write_log
from bot.storage.tables import AdviserRow, CaseRow

_can_sign_in = and_(AdviserRow.password_hash.is_not(None), AdviserRow.disabled_at.is_(None))


class SqlRota:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def rota(self, today: date) -> Rota:
        async with self._database.read() as session:
            return await _rota(session, today)

    async def duty(self, now: datetime, hours: OpeningHours) -> Duty:
        everybody = select(AdviserRow).where(_can_sign_in)
        async with self._database.read() as session:
            rota = await _rota(session, now.astimezone(QUEBEC).date())
            ordered = everybody.order_by(AdviserRow.display_name, AdviserRow.id)
            advisers = [adviser_from(row) for row in await session.scalars(ordered)]
            absences = [_absence(row) for row in await session.scalars(select(AbsenceRow))]
        return duty_at(now, rota, hours=hours, advisers=advisers, absences=absences)

    async def put_on(
        self, weekday: int, halves: Sequence[Half], adviser_id: int, *, by: Adviser
    ) -> None:
        async with self._database.write() as session:
            for half in halves:
                await session.merge(
                    RotaRow(weekday=weekday, half=half.value, adviser_id=adviser_id)
                )
            _log(session, by, adviser_id, f"+{weekday} {_named(halves)}")

    async def take_off(self, weekday: int, half: Half, adviser_id: int, *, by: Adviser) -> None:
        gone = delete(RotaRow).where(
            RotaRow.weekday == weekday,
            RotaRow.half == half.value,
            RotaRow.adviser_id == adviser_id,
        )
        async with self._database.write() as session:
            await session.execute(gone)
            _log(session, by, adviser_id, f"-{weekday} {_named([half])}")

    async def make_exception(
        self,
        days: Sequence[date],
        halves: Sequence[Half],
        adviser_id: int | None,
        *,
        by: Adviser,
    ) -> None:
        async with self._database.write() as session:
            for day in days:
                for half in halves:
                    await session.execute(_replaced(day, half, adviser_id))
                    row = RotaExceptionRow(day=day, half=half.value, adviser_id=adviser_id)
                    session.add(row)
            span = f"{days[0].isoformat()}/{days[-1].isoformat()}"
            _log(session, by, adviser_id, f"+{span} {_named(halves)}")

    async def forget_exception(self, day: date, half: Half, *, by: Adviser) -> None:
        async with self._database.write() as session:
            await session.execute(delete(RotaExceptionRow).where(*_at(day, half)))
            _log(session, by, None, f"-{day.isoformat()} {_named([half])}")

    async def leave(self, absence: Absence, *, by: Adviser) -> None:
        async with self._database.write() as session:
            before = await session.get(AbsenceRow, absence.adviser_id)
            lasts = before is not None and _absence(before).lasts(absence.since)
            await session.merge(
                AbsenceRow(
                    adviser_id=absence.adviser_id,
                    # Who changes the date of their return left when they left.
                    since=before.since if lasts and before is not None else absence.since,
                    until=absence.until,
                    cover_id=absence.cover,
                )
            )
            write_log(
                session,
                "adviser.away",
                actor=by.actor,
                account_id=absence.adviser_id,
                detail=absence.until.isoformat(),
            )

    async def come_back(self, adviser_id: int, *, by: Adviser) -> bool:
        gone = delete(AbsenceRow).where(AbsenceRow.adviser_id == adviser_id)
        async with self._database.write() as session:
            if await session.scalar(gone.returning(AbsenceRow.adviser_id)) is None:
                return False
            write_log(session, "adviser.back", actor=by.actor, account_id=adviser_id)
            return True

    async def left_waiting(self, now: datetime) -> list[LeftWaiting]:
        cover, away_too = aliased(AdviserRow), aliased(AbsenceRow)
        today = now.astimezone(QUEBEC).date()
        asleep = and_(CaseRow.snoozed_until.is_not(None), CaseRow.snoozed_until > now)
        held_before = CaseRow.claimed_at <= AbsenceRow.since
        query = (
            select(CaseRow.id, AdviserRow, cover)
            .join(AbsenceRow, AbsenceRow.adviser_id == CaseRow.adviser_id)
            .join(AdviserRow, AdviserRow.id == CaseRow.adviser_id)
            .outerjoin(
                away_too, and_(away_too.adviser_id == AbsenceRow.cover_id, away_too.until > today)
            )
            .outerjoin(
                cover,
                and_(
                    cover.id == AbsenceRow.cover_id,
                    cover.disabled_at.is_(None),
                    cover.password_hash.is_not(None),
                    away_too.adviser_id.is_(None),
                ),
            )
            .where(
                CaseRow.state == State.claimed.value,
                AbsenceRow.until > today,
                CaseRow.awaits_since.is_not(None),
                or_(CaseRow.snoozed_until.is_(None), ~asleep),
                or_(held_before, CaseRow.awaits_since > CaseRow.claimed_at),
            )
            .order_by(CaseRow.id)
        )
        async with self._database.read() as session:
            return [_left(row) for row in await session.execute(query)]


async def _rota(session: AsyncSession, today: date) -> Rota:
    weekly: dict[tuple[int, Half], list[int]] = defaultdict(list)
    usual = select(RotaRow).order_by(RotaRow.weekday, RotaRow.half, RotaRow.adviser_id)
    for row in await session.scalars(usual):
        weekly[row.weekday, Half(row.half)].append(row.adviser_id)
    exceptions: dict[tuple[date, Half], list[int]] = defaultdict(list)
    to_come = select(RotaExceptionRow).where(RotaExceptionRow.day >= today)
    for each in await session.scalars(to_come.order_by(RotaExceptionRow.day, RotaExceptionRow.id)):
        named = exceptions[each.day, Half(each.half)]
        if each.adviser_id is not None:
            named.append(each.adviser_id)
    return Rota(
        {slot: tuple(ids) for slot, ids in weekly.items()},
        {slot: tuple(ids) for slot, ids in exceptions.items()},
    )


def _at(day: date, half: Half):  # type: ignore[no-untyped-def]
    return RotaExceptionRow.day == day, RotaExceptionRow.half == half.value


def _replaced(day: date, half: Half, adviser_id: int | None):  # type: ignore[no-untyped-def]
    """What somebody named takes the place of: « nobody », or themselves; « nobody » of all."""
    same = or_(RotaExceptionRow.adviser_id.is_(None), RotaExceptionRow.adviser_id == adviser_id)
    others = () if adviser_id is None else (same,)
    return delete(RotaExceptionRow).where(*_at(day, half), *others)


def _named(halves: Sequence[Half]) -> str:
    return "+".join(half.value for half in halves)


def _log(session: AsyncSession, by: Adviser, adviser_id: int | None, detail: str) -> None:
    write_log(session, "rota.changed", actor=by.actor, account_id=adviser_id, detail=detail)


def _absence(row: AbsenceRow) -> Absence:
    return Absence(row.adviser_id, row.since, row.until, row.cover_id)


def _left(row: Row[tuple[int, AdviserRow, AdviserRow]]) -> LeftWaiting:
    case_id, adviser, cover = row
    return LeftWaiting(case_id, adviser_from(adviser), adviser_from(cover) if cover else None)
