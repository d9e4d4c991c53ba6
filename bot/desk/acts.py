"""What is done to a case beside answering: taking, passing on, setting aside, ending."""

from collections.abc import Awaitable, Mapping
from datetime import datetime, time, timedelta
from typing import Annotated

from fastapi import Form
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.case import done, refused_act
from bot.desk.entering.access import Acting, CaseId
from bot.desk.needs import desk_of
from bot.desk.weeks import on_day
from bot.desk.words import word
from bot.handover.case import Adviser, Case, Outcome, Refused
from bot.handover.duty import Absence
from bot.handover.hours import QUEBEC
from knowledge import at_hand

_UNKNOWN = 422
_LONGEST_PAUSE = timedelta(days=90)
_MORNING = time(9)
_MONDAY = 7
Typed = Annotated[str, Form(max_length=60)]


async def _act(
    request: Request, visit: Acting, case_id: int, act: Awaitable[Case | Refused]
) -> Response:
    result = await act
    if isinstance(result, Refused):
        return await refused_act(request, visit, case_id, result)
    return done(request, case_id, {})


async def claim(request: Request, visit: Acting, case_id: CaseId) -> Response:
    work = desk_of(request).work
    return await _act(request, visit, case_id, work.claim(case_id, visit.adviser))


async def release(request: Request, visit: Acting, case_id: CaseId) -> Response:
    work = desk_of(request).work
    return await _act(request, visit, case_id, work.release(case_id, visit.adviser))


async def give_back(request: Request, visit: Acting, case_id: CaseId) -> Response:
    work = desk_of(request).work
    return await _act(request, visit, case_id, work.give_back(case_id, visit.adviser))


async def reopen(request: Request, visit: Acting, case_id: CaseId) -> Response:
    work = desk_of(request).work
    return await _act(request, visit, case_id, work.reopen(case_id, visit.adviser))


async def close(
    request: Request, visit: Acting, case_id: CaseId, outcome: Typed = "", ask: Typed = ""
) -> Response:
    """`outcome` is what came of it; `ask` puts the question of satisfaction to the person."""
    known = {each.value for each in Outcome}
    came_of_it = Outcome(outcome) if outcome in known else Outcome.answered
    work = desk_of(request).work
    act = work.close(case_id, visit.adviser, outcome=came_of_it, ask=bool(ask))
    return await _act(request, visit, case_id, act)


async def transfer(request: Request, visit: Acting, case_id: CaseId, to: Typed = "") -> Response:
    """`to` is « adviser:3 », « institution:laval », or « institution: » for the common queue."""
    desk = desk_of(request)
    kind, _, name = to.partition(":")
    if kind == "adviser":
        colleagues = {str(each.id): each for each in await desk.colleagues.all()}
        colleague = colleagues.get(name)
        away = (await desk.duty()).away
        if colleague is not None and colleague.id in away:
            return await refused_act(
                request, visit, case_id, _is_away(colleague, away, desk.clock()), status=_UNKNOWN
            )
        if colleague is not None and colleague.id != visit.adviser.id:
            act = desk.work.transfer(case_id, visit.adviser, colleague)
            return await _act(request, visit, case_id, act)
    institutions = at_hand.library().institutions
    if kind == "institution" and (not name or name in institutions):
        called = institutions[name].name if name else word("acts.common_queue")
        act = desk.work.send_to(case_id, visit.adviser, name or None, called=called)
        return await _act(request, visit, case_id, act)
    return await refused_act(request, visit, case_id, word("acts.to_whom"), status=_UNKNOWN)


def _is_away(colleague: Adviser, away: Mapping[int, Absence], now: datetime) -> str:
    day = on_day(away[colleague.id].until, now)
    return word("acts.is_away", name=colleague.display_name, day=day)


async def snooze(
    request: Request, visit: Acting, case_id: CaseId, until: Typed = "", at: Typed = ""
) -> Response:
    """`until` is one of the choices, or empty with a moment of Québec in `at`."""
    desk = desk_of(request)
    moment = _moment(until, at, desk.clock())
    if moment is None and until != "now":
        return await refused_act(request, visit, case_id, word("acts.until_when"), status=_UNKNOWN)
    act = desk.work.snooze(case_id, visit.adviser, moment)
    return await _act(request, visit, case_id, act)


def _moment(until: str, at: str, now: datetime) -> datetime | None:
    """When the case comes back; None if that cannot be read, is past, or is too far."""
    here = now.astimezone(QUEBEC)
    days = {"tomorrow": 1, "monday": _MONDAY - here.weekday()}
    if until == "hour":
        return now + timedelta(hours=1)
    if until in days:
        day = here.date() + timedelta(days=days[until])
        return datetime.combine(day, _MORNING, QUEBEC)
    try:
        chosen = datetime.fromisoformat(at).replace(tzinfo=QUEBEC)
    except ValueError:
        return None
    return chosen if now < chosen < now + _LONGEST_PAUSE else None
