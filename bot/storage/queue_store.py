"""Pages of the queue, by keyset: a page costs the same wherever it begins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from bot.handover.case import Adviser, State
from bot.handover.duty import Calls
from bot.handover.queue import A_PAGE, COMMON, Place, QueuePage, View, Wanted
from bot.handover.store import CaseSummary
from bot.storage.case_store import queue_lines, summary_from
from bot.storage.database import Database
from bot.storage.reach import called, within_reach
from bot.storage.searching import about
from bot.storage.tables import CaseRow, ConversationRow

_IS_OPEN = CaseRow.state != State.ended.value
# Unclaimed first: two walks along the same index, one after the other.
_WALKS = {
    View.waiting: (State.waiting,),
    View.mine: (State.claimed,),
    View.institution: (State.waiting, State.claimed),
    View.open: (State.waiting, State.claimed),
    View.person: (State.claimed,),
    View.snoozed: (State.waiting, State.claimed),
    View.closed: (State.ended,),
}


class SqlQueue:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self, wanted: Wanted, reader: Adviser, *, now: datetime, after: Place | None = None
    ) -> QueuePage:
        lines: list[CaseSummary] = []
        async with self._database.read() as session:
            words = await about(session, wanted.words)
            for state in _walks_left(wanted.view, after):
                query = _walk(wanted, reader, state, now, after)
                if words is not None:
                    query = query.where(words)
                found = await session.execute(query.limit(A_PAGE + 1 - len(lines)))
                lines += [summary_from(*row) for row in found]
                if len(lines) > A_PAGE:
                    break
        shown = tuple(lines[:A_PAGE])
        following = _place(shown[-1]) if len(lines) > A_PAGE else None
        return QueuePage(shown, following)

    async def counts(self, reader: Adviser, *, now: datetime) -> Mapping[str, int]:
        views = [view for view in View if view is not View.closed]
        sums = [
            func.coalesce(func.sum(case((_is_in(view, reader, now), 1), else_=0)), 0)
            for view in views
        ]
        query = select(*sums).where(_IS_OPEN, within_reach(reader))
        async with self._database.read() as session:
            row = (await session.execute(query)).one()
        return {view.value: int(number) for view, number in zip(views, row, strict=True)}

    async def last_call(self, reader: Adviser, calls: Calls) -> datetime | None:
        query = select(func.max(CaseRow.announced_at)).where(
            CaseRow.state == State.waiting.value, within_reach(reader), called(calls)
        )
        async with self._database.read() as session:
            at: datetime | None = await session.scalar(query)
            return at

    async def themes(self) -> list[str]:
        query = select(CaseRow.theme).where(_IS_OPEN, CaseRow.theme.is_not(None)).distinct()
        async with self._database.read() as session:
            return sorted(theme for theme in await session.scalars(query) if theme)


def _walk(
    wanted: Wanted, reader: Adviser, state: State, now: datetime, after: Place | None
) -> Select[Any]:
    query = queue_lines().where(CaseRow.state == state.value, *_in_view(wanted, reader, now))
    query = query.where(*_filters(wanted, now), within_reach(reader))
    if state is State.ended:
        query = query.order_by(CaseRow.ended_at.desc(), CaseRow.id.desc())
    else:
        query = query.order_by(CaseRow.promised_at, CaseRow.id)
    if after is None or after.state != state.value:
        return query
    return query.where(_beyond(state, after))


def _walks_left(view: View, after: Place | None) -> tuple[State, ...]:
    walks = _WALKS[view]
    if after is None:
        return walks
    names = [state.value for state in walks]
    return walks[names.index(after.state) :] if after.state in names else walks


def _beyond(state: State, after: Place) -> ColumnElement[bool]:
    if state is State.ended:
        same = and_(CaseRow.ended_at == after.moment, CaseRow.id < after.case_id)
        return and_(CaseRow.ended_at <= after.moment, or_(CaseRow.ended_at < after.moment, same))
    same = and_(CaseRow.promised_at == after.moment, CaseRow.id > after.case_id)
    return and_(CaseRow.promised_at >= after.moment, or_(CaseRow.promised_at > after.moment, same))


def _is_in(view: View, reader: Adviser, now: datetime) -> ColumnElement[bool]:
    states = CaseRow.state.in_([state.value for state in _WALKS[view]])
    return and_(states, *_in_view(Wanted(view), reader, now))


def _in_view(wanted: Wanted, reader: Adviser, now: datetime) -> list[ColumnElement[bool]]:
    """Beside the states the view walks along. Looking for words finds what is snoozed too."""
    asleep = and_(CaseRow.snoozed_until.is_not(None), CaseRow.snoozed_until > now)
    awake: list[ColumnElement[bool]] = []
    if not wanted.words.strip():
        awake.append(CaseRow.snoozed_until.is_(None) | ~asleep)
    match wanted.view:
        case View.mine:
            return [CaseRow.adviser_id == reader.id, *awake]
        case View.institution:
            return [CaseRow.institution == (reader.institution or COMMON), *awake]
        case View.person:
            return [CaseRow.awaits_since.is_(None), *awake]
        case View.snoozed:
            return [asleep]
        case View.closed:
            return []
        case _:
            return awake


def _filters(wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.institution == COMMON:
        conditions.append(CaseRow.institution.is_(None))
    elif wanted.institution:
        conditions.append(CaseRow.institution == wanted.institution)
    if wanted.theme:
        conditions.append(CaseRow.theme == wanted.theme)
    if wanted.channel:
        conditions.append(ConversationRow.channel == wanted.channel)
    if wanted.waits_for is not None:
        conditions.append(CaseRow.awaits_since < now - wanted.waits_for)
    return conditions


def _place(line: CaseSummary) -> Place:
    ended = line.case.state is State.ended
    moment = line.case.ended_at if ended else line.case.promised_at
    assert moment is not None
    return Place(line.case.state.value, moment, line.case.id)
