"""What the team agrees on: hours, closures, delays; where the assistant is silent; and how the
service was started, to read.

Who coordinates keeps hours and closures; delays, the team's address and pauses are the
administrators'.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.case import clean
from bot.desk.entering.access import Acting, Signed, Visit
from bot.desk.entering.invitations import readable_email
from bot.desk.needs import desk_of
from bot.desk.pages import page
from bot.desk.weeks import ALL_DAYS, read_day, read_days, read_hour
from bot.desk.words import word
from bot.handover.hours import QUEBEC, OpeningHours, holidays_between
from bot.handover.office import EVERYONE, LONGEST_CLOSURE, LONGEST_LABEL, NeverOpens, Terms
from bot.messages import CHANNELS
from knowledge import at_hand

_REFUSED = 422
_A_YEAR = timedelta(days=366)
_SHORTEST, _LONGEST = 0.25, 200.0
_DELAYS = ("within", "again_after", "given_up_after")
_DONE = frozenset(
    {
        *("hours", "hours_forgotten", "closed", "opened", "values", "values_forgotten"),
        *("paused", "reworded", "resumed"),
    }
)
_LONGEST_SENTENCE = 500
Typed = Annotated[str, Form(max_length=300)]


async def show_settings(request: Request, visit: Signed, done: str = "") -> Response:
    return await _page(request, visit, done=word(f"settings.{done}") if done in _DONE else None)


async def keep_hours(
    request: Request,
    visit: Acting,
    institution: Typed = "",
    opens: Typed = "",
    closes: Typed = "",
    days: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    desk = desk_of(request)
    typed = {"institution": institution, "opens": opens, "closes": closes, "days": days}
    begin, end, ticked = read_hour(opens), read_hour(closes), read_days(days)
    if not _is_known(institution) or begin is None or end is None or begin >= end or not ticked:
        return await _page(request, visit, problem=word("settings.bad_hours"), typed=typed)
    hours = OpeningHours(begin, end, ticked)
    try:
        await desk.office.set_hours(institution, hours, by=visit.adviser, now=desk.clock())
    except NeverOpens:
        return await _page(request, visit, problem=word("settings.never_opens"), typed=typed)
    return _back("hours")


async def forget_hours(request: Request, visit: Acting, institution: Typed = "") -> Response:
    """The institution follows the team's again; the team, the hours the service started with."""
    desk = desk_of(request)
    try:
        await desk.office.set_hours(institution, None, by=visit.adviser, now=desk.clock())
    except NeverOpens:
        return await _page(request, visit, problem=word("settings.never_opens"))
    return _back("hours_forgotten")


async def close_days(
    request: Request,
    visit: Acting,
    institution: Typed = "",
    first: Typed = "",
    last: Typed = "",
    label: Typed = "",
) -> Response:
    """From the first day to the last; without a last one, that day alone."""
    desk = desk_of(request)
    typed = {"closing": institution, "first": first, "last": last, "label": label}
    called = " ".join(label.split())
    begin, today = read_day(first), desk.clock().astimezone(QUEBEC).date()
    end = read_day(last) if last.strip() else begin
    if begin is None or end is None or not today <= begin <= end <= today + _A_YEAR:
        return await _page(request, visit, problem=word("settings.bad_days"), typed=typed)
    if end - begin > LONGEST_CLOSURE:
        return await _page(request, visit, problem=word("settings.too_long"), typed=typed)
    unnamed = not called or len(called) > LONGEST_LABEL or not called.isprintable()
    if unnamed or not _is_known(institution):
        return await _page(request, visit, problem=word("settings.bad_label"), typed=typed)
    try:
        await desk.office.close(institution, begin, end, called, by=visit.adviser, now=desk.clock())
    except NeverOpens:
        return await _page(request, visit, problem=word("settings.never_opens"), typed=typed)
    return _back("closed")


async def open_again(
    request: Request, visit: Acting, institution: Typed = "", day: Typed = ""
) -> Response:
    closed = read_day(day)
    if closed is not None:
        await desk_of(request).office.open_again(institution, closed, by=visit.adviser)
    return _back("opened")


async def keep_values(
    request: Request,
    visit: Acting,
    within: Typed = "",
    again_after: Typed = "",
    given_up_after: Typed = "",
    team_email: Typed = "",
) -> Response:
    """Delays in hours of opening; an empty address: the team is not written to."""
    values = (within, again_after, given_up_after)
    typed = {**dict(zip(_DELAYS, values, strict=True)), "team_email": team_email}
    promised, again, given_up = (_read_delay(each) for each in values)
    if promised is None or again is None or given_up is None or promised > given_up:
        return await _page(request, visit, problem=word("settings.bad_delays"), typed=typed)
    address = readable_email(team_email) if team_email.strip() else ""
    if address is None:
        return await _page(request, visit, problem=word("settings.bad_email"), typed=typed)
    terms = Terms(promised, again, given_up, address)
    await desk_of(request).office.set_terms(terms, by=visit.adviser)
    return _back("values")


async def forget_values(request: Request, visit: Acting) -> Response:
    await desk_of(request).office.set_terms(None, by=visit.adviser)
    return _back("values_forgotten")


async def pause(
    request: Request,
    visit: Acting,
    channel: Typed = "",
    sentence: Annotated[str, Form()] = "",
) -> Response:
    """From the next message on. Without a sentence people are told the usual one; paused already,
    its sentence is changed."""
    words = clean(sentence)
    if channel not in CHANNELS or len(words) > _LONGEST_SENTENCE:
        problem = word("settings.bad_sentence", limit=_LONGEST_SENTENCE)
        typed = {"channel": channel, "sentence": sentence}
        return await _page(request, visit, problem=problem, typed=typed)
    desk = desk_of(request)
    new = await desk.pauses.pause(
        channel, words=words or None, actor=visit.adviser.actor, now=desk.clock()
    )
    return _back("paused" if new else "reworded")


async def resume(request: Request, visit: Acting, channel: Typed = "") -> Response:
    """What waits is answered within seconds."""
    if channel not in CHANNELS:
        problem = word("settings.bad_sentence", limit=_LONGEST_SENTENCE)
        return await _page(request, visit, problem=problem)
    await desk_of(request).pauses.resume(channel, actor=visit.adviser.actor)
    return _back("resumed")


def _read_delay(typed: str) -> timedelta | None:
    """« 4 », « 1,5 »: hours; None if that cannot be one."""
    try:
        hours = float(typed.strip().replace(",", "."))
    except ValueError:
        return None
    return timedelta(hours=hours) if _SHORTEST <= hours <= _LONGEST else None


def _is_known(institution: str) -> bool:
    return institution == EVERYONE or institution in at_hand.library().institutions


def _back(done: str) -> Response:
    return RedirectResponse(f"/desk/settings?done={done}", 303)


async def _page(
    request: Request,
    visit: Visit,
    *,
    problem: str | None = None,
    typed: Mapping[str, object] | None = None,
    done: str | None = None,
) -> Response:
    desk = desk_of(request)
    today = desk.clock().astimezone(QUEBEC).date()
    cards = at_hand.library().institutions
    terms = await desk.office.terms()
    values = {
        "visit": visit,
        "counts": await desk.counts(visit.adviser),
        "team_hours": await desk.office.hours(None),
        "timetable": await desk.office.timetable(today),
        "institutions": sorted(((n, c.name) for n, c in cards.items()), key=lambda each: each[1]),
        "holidays": holidays_between(today, today + _A_YEAR),
        "terms": terms,
        "are_written": await desk.office.written() is not None,
        "delays": {name: _hours_typed(getattr(terms, name)) for name in _DELAYS},
        "started_with": desk.started_with,
        "channels": CHANNELS,
        "pauses": await desk.pauses.paused(),
        "longest_sentence": _LONGEST_SENTENCE,
        "all_days": ALL_DAYS,
        "today": today,
        "everyone": EVERYONE,
        "longest_label": LONGEST_LABEL,
        "typed": typed or {},
        "problem": problem,
        "done": done,
    }
    return page(request, "settings.html", values, status=_REFUSED if problem else 200)


def _hours_typed(delay: timedelta) -> str:
    return f"{delay / timedelta(hours=1):g}".replace(".", ",")
