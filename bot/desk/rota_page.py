"""« Garde »: who is on duty for the common queue, and who is away. Read by all advisers, kept by
who coordinates.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.absences import leave
from bot.desk.entering.access import Acting, Signed, Visit
from bot.desk.needs import Desk, desk_of
from bot.desk.pages import page
from bot.desk.weeks import ALL_DAYS, read_day, read_days
from bot.desk.words import word
from bot.handover.case import Adviser
from bot.handover.duty import Half, half_day
from bot.handover.hours import QUEBEC

_REFUSED = 422
_LONGEST = timedelta(days=62)
_AHEAD = timedelta(days=366)
_DAY = "day"
_DONE = frozenset({"added", "removed", "excepted", "unexcepted", "away", "back"})
Typed = Annotated[str, Form(max_length=60)]


async def show_rota(request: Request, visit: Signed, done: str = "") -> Response:
    return await _page(request, visit, done=word(f"rota.{done}") if done in _DONE else None)


async def put_on(
    request: Request, visit: Acting, adviser: Typed = "", weekday: Typed = "", half: Typed = ""
) -> Response:
    desk, days, halves = desk_of(request), read_days([weekday]), _halves(half)
    who = await _colleague(desk, adviser)
    if who is None or not days or not halves:
        return await _page(request, visit, problem=word("rota.bad_turn"))
    await desk.rota.put_on(days[0], halves, who.id, by=visit.adviser)
    return _back("added")


async def take_off(
    request: Request, visit: Acting, adviser: Typed = "", weekday: Typed = "", half: Typed = ""
) -> Response:
    days, halves = read_days([weekday]), _halves(half)
    if not days or len(halves) != 1 or not adviser.isdecimal() or len(adviser) > 9:
        return await _page(request, visit, problem=word("rota.bad_turn"))
    rota = desk_of(request).rota
    await rota.take_off(days[0], halves[0], int(adviser), by=visit.adviser)
    return _back("removed")


async def make_exception(
    request: Request,
    visit: Acting,
    adviser: Typed = "",
    first: Typed = "",
    last: Typed = "",
    half: Typed = "",
) -> Response:
    """From the first day to the last, those the desk opens on; no adviser: nobody is on duty."""
    desk, halves = desk_of(request), _halves(half)
    typed = {"adviser": adviser, "first": first, "last": last, "half": half}
    begin, today = read_day(first), desk.clock().astimezone(QUEBEC).date()
    end = read_day(last) if last.strip() else begin
    if begin is None or end is None or not today <= begin <= end <= today + _AHEAD:
        return await _page(request, visit, problem=word("rota.bad_days"), typed=typed)
    who = await _colleague(desk, adviser) if adviser else None
    if not halves or end - begin > _LONGEST or (adviser and who is None):
        return await _page(request, visit, problem=word("rota.bad_exception"), typed=typed)
    hours = await desk.office.hours(None)
    days = [begin + timedelta(days=each) for each in range((end - begin).days + 1)]
    worked = [day for day in days if hours.works_on(day)]
    if not worked:
        return await _page(request, visit, problem=word("rota.closed_then"), typed=typed)
    adviser_id = None if who is None else who.id
    await desk.rota.make_exception(worked, halves, adviser_id, by=visit.adviser)
    return _back("excepted")


async def forget_exception(
    request: Request, visit: Acting, day: Typed = "", half: Typed = ""
) -> Response:
    named, halves = read_day(day), _halves(half)
    if named is not None and len(halves) == 1:
        await desk_of(request).rota.forget_exception(named, halves[0], by=visit.adviser)
    return _back("unexcepted")


async def mark_away(
    request: Request, visit: Acting, adviser: Typed = "", until: Typed = "", cover: Typed = ""
) -> Response:
    """For somebody who is ill and cannot sign in."""
    desk = desk_of(request)
    typed = {"away": adviser, "until": until, "cover": cover}
    who = await _colleague(desk, adviser)
    if who is None:
        return await _page(request, visit, problem=word("absences.who"), typed=typed)
    problem = await leave(desk, who, until, cover, by=visit.adviser)
    if problem is not None:
        return await _page(request, visit, problem=problem, typed=typed)
    return _back("away")


async def mark_back(request: Request, visit: Acting, adviser: Typed = "") -> Response:
    desk = desk_of(request)
    who = await _colleague(desk, adviser)
    if who is not None:
        await desk.rota.come_back(who.id, by=visit.adviser)
    return _back("back")


async def _colleague(desk: Desk, typed: str) -> Adviser | None:
    return {str(each.id): each for each in await desk.colleagues.all()}.get(typed)


def _halves(typed: str) -> tuple[Half, ...]:
    if typed == _DAY:
        return tuple(Half)
    return tuple(half for half in Half if half.value == typed)


def _back(done: str) -> Response:
    return RedirectResponse(f"/desk/rota?done={done}", 303)


async def _page(
    request: Request,
    visit: Visit,
    *,
    problem: str | None = None,
    typed: Mapping[str, str] | None = None,
    done: str | None = None,
) -> Response:
    desk = desk_of(request)
    now, hours = desk.clock(), await desk.office.hours(None)
    today = now.astimezone(QUEBEC).date()
    rota = await desk.rota.rota(today)
    used = {day for day, _ in rota.weekly}
    values = {
        "visit": visit,
        "counts": await desk.counts(visit.adviser),
        "duty": await desk.duty(),
        "at": half_day(now, hours),
        "rota": rota,
        "days": [day for day in ALL_DAYS if day in hours.days or day in used],
        "halves": list(Half),
        "exceptions": _by_half_day(rota.exceptions),
        "colleagues": {each.id: each for each in await desk.colleagues.all()},
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "typed": typed or {},
        "problem": problem,
        "done": done,
    }
    return page(request, "rota.html", values, status=_REFUSED if problem else 200)


def _by_half_day(
    exceptions: Mapping[tuple[date, Half], tuple[int, ...]],
) -> list[tuple[date, Half, tuple[int, ...]]]:
    order = {half: place for place, half in enumerate(Half)}
    slots = sorted(exceptions, key=lambda slot: (slot[0], order[slot[1]]))
    return [(day, half, exceptions[day, half]) for day, half in slots]
