"""Suggestions, in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.handover.case import Adviser
from bot.learning.remark import Verdict
from bot.learning.suggestion import (
    AlreadyDecided,
    Decision,
    Gone,
    Kind,
    State,
    Suggestion,
    Taught,
)
from bot.messages import TopicMatch, Why
from bot.storage.database import Database
from bot.storage.desk_tables import RemarkRow
from bot.storage.lesson_store import OF_NOBODY, forget_whose
from bot.storage.log import write_log
from bot.storage.reach import within_reach
from bot.storage.tables import AdviserRow, CaseRow, SuggestionRow
from bot.storage.transcript import NO_OBJECTS

_OPEN_AGAIN: dict[str, Any] = {
    "state": State.open.value,
    "topic": None,
    "decided_by": None,
    "decided_at": None,
}
_is_open = SuggestionRow.state == State.open.value
_is_taught = SuggestionRow.kind == Kind.taught.value


class SqlSuggestionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def count_open(self, reader: Adviser | None = None) -> int:
        open_to = _is_open & _shown_to(reader)
        query = select(func.count(SuggestionRow.sameness.distinct())).where(open_to)
        async with self._database.read() as session:
            return await session.scalar(query) or 0

    async def open(
        self, reader: Adviser | None = None, *, after: int, limit: int
    ) -> list[Suggestion]:
        taught_first = func.max(case((_is_taught, 1), else_=0)).desc()
        times, newest = func.sum(SuggestionRow.times), func.max(SuggestionRow.at)
        first = func.min(SuggestionRow.id)
        alike = _alike(_is_open & _shown_to(reader))
        alike = alike.order_by(taught_first, times.desc(), newest.desc(), first)
        return await self._read(alike.offset(after).limit(limit))

    async def decide(
        self, suggestion_id: int, decision: Decision, *, adviser: Adviser, now: datetime
    ) -> Suggestion | AlreadyDecided | Gone:
        same = select(SuggestionRow.sameness).where(
            SuggestionRow.id == suggestion_id, _shown_to(adviser)
        )
        async with self._database.write() as session:
            said = await session.scalar(same)
            await session.execute(_lock(said))
            decided = await session.scalars(
                update(SuggestionRow)
                .where(SuggestionRow.sameness == said, _is_open)
                .values(
                    state=decision.state.value,
                    topic=decision.topic,
                    decided_by=adviser.id,
                    decided_at=now,
                )
                .returning(SuggestionRow.id)
                .execution_options(**NO_OBJECTS)
            )
            ids = decided.all()
            if suggestion_id not in ids:
                return await _who_was_quicker(session, suggestion_id)
            earlier = (SuggestionRow.decided_by == adviser.id) & (SuggestionRow.decided_at < now)
            await forget_whose(session, earlier)
            write_log(session, f"suggestion.{decision.state.value}", actor=_actor(adviser))
            [suggestion] = await _suggestions(session, _alike(SuggestionRow.id.in_(ids)))
            return suggestion

    async def last_decided(self, adviser: Adviser, *, since: datetime) -> Suggestion | None:
        async with self._database.read() as session:
            row = await session.scalar(_last(adviser, since))
            if row is None:
                return None
            [suggestion] = await _suggestions(session, _alike(_same_decision(row)))
            return suggestion

    async def undo(self, suggestion_id: int, *, adviser: Adviser, since: datetime) -> bool:
        async with self._database.write() as session:
            row = await session.scalar(_last(adviser, since).with_for_update())
            if row is None:
                return False
            named = select(SuggestionRow.id).where(
                SuggestionRow.id == suggestion_id, _same_decision(row)
            )
            if await session.scalar(named) is None:
                return False
            await session.execute(
                update(SuggestionRow)
                .where(_same_decision(row))
                .values(**_OPEN_AGAIN)
                .execution_options(**NO_OBJECTS)
            )
            write_log(session, "suggestion.reopened", actor=_actor(adviser))
            return True

    async def accepted(self) -> list[Suggestion]:
        waiting = (SuggestionRow.state == State.accepted.value) & SuggestionRow.written_at.is_(None)
        return await self._read(_alike(waiting).order_by(func.min(SuggestionRow.id)))

    async def missing(self) -> list[Suggestion]:
        without = SuggestionRow.state == State.missing.value
        most_first = func.sum(SuggestionRow.times).desc()
        return await self._read(_alike(without).order_by(most_first, func.min(SuggestionRow.id)))

    async def mark_written(self, suggestion_ids: Sequence[int], *, now: datetime) -> None:
        same = select(SuggestionRow.sameness).where(SuggestionRow.id.in_(suggestion_ids))
        async with self._database.write() as session:
            await session.execute(
                update(SuggestionRow)
                .where(
                    SuggestionRow.sameness.in_(same), SuggestionRow.state == State.accepted.value
                )
                .values(written_at=now, **OF_NOBODY)
                .execution_options(**NO_OBJECTS)
            )

    async def _read(self, alike: Select[Any]) -> list[Suggestion]:
        async with self._database.read() as session:
            return await _suggestions(session, alike)


def _lock(said: str | None) -> Select[Any]:
    """In one order, so that two advisers who decide on the same wait for each other only."""
    same = select(SuggestionRow.id).where(SuggestionRow.sameness == said)
    return same.order_by(SuggestionRow.id).with_for_update()


async def _who_was_quicker(session: AsyncSession, suggestion_id: int) -> AlreadyDecided | Gone:
    name = await session.scalar(
        select(AdviserRow.display_name)
        .join(SuggestionRow, SuggestionRow.decided_by == AdviserRow.id)
        .where(SuggestionRow.id == suggestion_id)
    )
    return Gone() if name is None else AlreadyDecided(name)


def _last(adviser: Adviser, since: datetime) -> Select[tuple[SuggestionRow]]:
    """The newest of what the adviser decided, while its conversation is still known."""
    return (
        select(SuggestionRow)
        .where(
            SuggestionRow.decided_by == adviser.id,
            SuggestionRow.decided_at >= since,
            SuggestionRow.conversation_id.is_not(None),
            SuggestionRow.written_at.is_(None),
        )
        .order_by(SuggestionRow.decided_at.desc(), SuggestionRow.id.desc())
        .limit(1)
    )


def _same_decision(row: SuggestionRow) -> ColumnElement[bool]:
    return (
        (SuggestionRow.sameness == row.sameness)
        & (SuggestionRow.decided_by == row.decided_by)
        & (SuggestionRow.decided_at == row.decided_at)
        & SuggestionRow.conversation_id.is_not(None)
    )


def _alike(which: ColumnElement[bool]) -> Select[Any]:
    """One line for each different text: its first suggestion, how often it was said."""
    return (
        select(func.min(SuggestionRow.id).label("id"), func.sum(SuggestionRow.times).label("times"))
        .where(which)
        .group_by(SuggestionRow.sameness)
    )


def _shown_to(reader: Adviser | None) -> ColumnElement[bool]:
    """What was taught from a case is for who may read the case."""
    if reader is None:
        return ~_is_taught
    of_case = (
        select(CaseRow.id)
        .join(RemarkRow, RemarkRow.case_id == CaseRow.id)
        .where(
            RemarkRow.conversation_id == SuggestionRow.conversation_id,
            RemarkRow.seq == SuggestionRow.seq,
            within_reach(reader),
        )
    )
    return ~_is_taught | of_case.correlate(SuggestionRow).exists()


async def _suggestions(session: AsyncSession, alike: Select[Any]) -> list[Suggestion]:
    """In the order of `alike`."""
    times = {row.id: row.times for row in await session.execute(alike)}
    teller = aliased(AdviserRow)
    found = await session.execute(
        select(SuggestionRow, AdviserRow.display_name, RemarkRow.case_id, teller.display_name)
        .outerjoin(AdviserRow, AdviserRow.id == SuggestionRow.decided_by)
        .outerjoin(
            RemarkRow,
            (RemarkRow.conversation_id == SuggestionRow.conversation_id)
            & (RemarkRow.seq == SuggestionRow.seq),
        )
        .outerjoin(teller, teller.id == RemarkRow.adviser_id)
        .where(SuggestionRow.id.in_(times))
        .execution_options(populate_existing=True)
    )
    read = {row.id: _suggestion(row, times[row.id], *more) for row, *more in found}
    return [read[suggestion_id] for suggestion_id in times if suggestion_id in read]


def _suggestion(
    row: SuggestionRow, times: int, by: str | None, case_id: int | None, teller: str | None
) -> Suggestion:
    return Suggestion(
        id=row.id,
        kind=Kind(row.kind),
        text=row.text,
        at=row.at,
        times=times,
        candidates=tuple(TopicMatch(**match) for match in row.candidates or ()),
        state=State(row.state),
        topic=row.topic,
        by=by,
        why=Why(row.why) if row.why else None,
        taught=_taught(row, teller, case_id),
    )


def _taught(row: SuggestionRow, teller: str | None, case_id: int | None) -> Taught | None:
    if row.verdict is None:
        return None
    return Taught(Verdict(row.verdict), row.wished, row.comment or "", teller, case_id)


def _actor(adviser: Adviser) -> str:
    return f"adviser:{adviser.id}"
