"""What the team's figures are counted from: a few days at a time, one aggregate for each measure.

Days are Québec's. Every function gives numbers by key, and may give a key more than once."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from babel.core import get_global
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handover.hours import QUEBEC
from bot.messages import Author
from bot.reporting.indicators import (
    ALL,
    DELAYS,
    KEPT,
    LATE,
    LONGER,
    NEVER,
    Counts,
    Dimension,
    Key,
    Measure,
    tally,
)
from bot.storage.tables import OF_ADVISER, CaseRow, ConversationRow, MessageRow

_UNKNOWN = "unknown"
_UNANSWERED_THEME = "out_of_scope"
_DAY = timedelta(days=1)
_Numbers = list[tuple[Key, int]]


async def count_days(session: AsyncSession, first: date, last: date) -> Counts:
    start, end = _midnight(first), _midnight(last + _DAY)
    counted: _Numbers = []
    for count in (
        _conversations,
        _questions,
        _opinions,
        _cases,
        _endings,
        _first_answers,
        _satisfaction,
    ):
        counted += await count(session, start, end)
    return tally(counted)


async def people_by_topic(session: AsyncSession, since: date) -> dict[str, int]:
    query = (
        select(MessageRow.topic, func.count(MessageRow.conversation_id.distinct()))
        .where(MessageRow.at >= _midnight(since), MessageRow.topic.is_not(None))
        .group_by(MessageRow.topic)
    )
    return {topic: count for topic, count in await session.execute(query) if topic}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), QUEBEC).astimezone(timezone.utc)


def _spread(measure: Measure, count: int, **values: str | None) -> Iterator[tuple[Key, int]]:
    """The total, and the same number under each dimension that has a value."""
    yield (measure, Dimension.total, ALL), count
    for name, value in values.items():
        if value:
            yield (measure, Dimension(name), value), count


async def _conversations(session: AsyncSession, start: datetime, end: datetime) -> _Numbers:
    where_from = (ConversationRow.campaign, ConversationRow.timezone, ConversationRow.channel)
    query = (
        select(*where_from, func.count())
        .where(ConversationRow.started_at >= start, ConversationRow.started_at < end)
        .group_by(*where_from)
    )
    return [
        each
        for campaign, zone, channel, count in await session.execute(query)
        for each in _spread(
            Measure.conversations, count, campaign=campaign, origin=country(zone), channel=channel
        )
    ]


async def _questions(session: AsyncSession, start: datetime, end: datetime) -> _Numbers:
    theme = MessageRow.understanding["theme"].as_string().label("theme")
    found = MessageRow.understanding[("topics", 0, "id")].as_string().is_not(None).label("found")
    nearest = MessageRow.understanding[("candidates", 0, "theme")].as_string().label("nearest")
    understood = (
        select(theme, found, nearest)
        .where(
            MessageRow.at >= start,
            MessageRow.at < end,
            MessageRow.author == Author.person.value,
            MessageRow.understanding.is_not(None),
        )
        .subquery()
    )
    columns = (understood.c.theme, understood.c.found, understood.c.nearest)
    query = select(*columns, func.count()).group_by(*columns)
    counted: _Numbers = []
    for of_theme, answered, nearest_theme, count in await session.execute(query):
        counted += _spread(Measure.questions, count, theme=of_theme)
        if answered:
            counted += _spread(Measure.answered, count, theme=of_theme)
        elif of_theme == _UNANSWERED_THEME:
            counted += _spread(Measure.unanswered, count, theme=nearest_theme or _UNKNOWN)
    return counted


async def _opinions(session: AsyncSession, start: datetime, end: datetime) -> _Numbers:
    query = (
        select(MessageRow.useful, func.count())
        .where(MessageRow.at >= start, MessageRow.at < end, MessageRow.useful.is_not(None))
        .group_by(MessageRow.useful)
    )
    return [
        each
        for useful, count in await session.execute(query)
        for each in _spread(Measure.opinions, count, opinion="useful" if useful else "useless")
    ]


async def _cases(session: AsyncSession, start: datetime, end: datetime) -> _Numbers:
    columns = (
        CaseRow.reason,
        CaseRow.institution,
        ConversationRow.campaign,
        ConversationRow.timezone,
        ConversationRow.channel,
    )
    query = (
        select(*columns, func.count())
        .join(ConversationRow, ConversationRow.id == CaseRow.conversation_id)
        .where(CaseRow.opened_at >= start, CaseRow.opened_at < end)
        .group_by(*columns)
    )
    return [
        each
        for reason, institution, campaign, zone, channel, count in await session.execute(query)
        for each in _spread(
            Measure.cases,
            count,
            reason=reason,
            institution=institution or _UNKNOWN,
            campaign=campaign,
            origin=country(zone),
            channel=channel,
        )
    ]


async def _endings(session: AsyncSession, start: datetime, end: datetime) -> _Numbers:
    query = (
        select(CaseRow.ending, func.count())
        .where(CaseRow.ended_at >= start, CaseRow.ended_at < end)
        .group_by(CaseRow.ending)
    )
    return [
        each
        for ending, count in await session.execute(query)
        for each in _spread(Measure.endings, count, ending=ending)
    ]


async def _first_answers(session: AsyncSession, start: datetime, end: datetime) -> _Numbers:
    """Of the cases opened in those days, when a human first answered. Sorted by the database: a
    year of cases does not pass through here one by one."""
    first = (
        select(func.min(MessageRow.at))
        .where(
            MessageRow.conversation_id == CaseRow.conversation_id,
            OF_ADVISER,
            MessageRow.at >= CaseRow.opened_at,
        )
        .scalar_subquery()
    )
    answered = (
        select(CaseRow.opened_at, CaseRow.promised_at, first.label("first"))
        .where(CaseRow.opened_at >= start, CaseRow.opened_at < end)
        .cte("answered")
        .prefix_with("MATERIALIZED")  # else the first answer is looked for at each comparison
    )
    took = _seconds(session, answered.c.opened_at, answered.c.first)
    delay = case(
        (answered.c.first.is_(None), NEVER),
        *((took <= most.total_seconds(), name) for name, most in DELAYS.items()),
        else_=LONGER,
    ).label("delay")
    promise = case((answered.c.first <= answered.c.promised_at, KEPT), else_=LATE).label("promise")
    query = select(delay, promise, func.count()).group_by(delay, promise)
    return [
        each
        for of_delay, of_promise, count in await session.execute(query)
        for each in _spread(Measure.first_answers, count, delay=of_delay, promise=of_promise)
    ]


def _seconds(
    session: AsyncSession, begin: ColumnElement[Any], end: ColumnElement[Any]
) -> ColumnElement[Any]:
    """To the thousandth: SQLite counts in days, with as many digits as that leaves."""
    if session.get_bind().dialect.name == "sqlite":
        return func.round((func.julianday(end) - func.julianday(begin)) * 86400.0, 3)
    return func.extract("epoch", end - begin)


async def _satisfaction(session: AsyncSession, start: datetime, end: datetime) -> _Numbers:
    """What people said, when their case ended, of the help they were given."""
    query = (
        select(CaseRow.satisfaction, CaseRow.institution, func.count())
        .where(CaseRow.ended_at >= start, CaseRow.ended_at < end, CaseRow.satisfaction.is_not(None))
        .group_by(CaseRow.satisfaction, CaseRow.institution)
    )
    return [
        each
        for grade, institution, count in await session.execute(query)
        for each in _spread(
            Measure.satisfaction, count, grade=str(grade), institution=institution or _UNKNOWN
        )
    ]


def country(zone: str) -> str:
    """The country of a time zone, by its two letters: all we know of where somebody writes from."""
    territories: dict[str, str] = get_global("zone_territories")
    return territories.get(zone, _UNKNOWN)
