"""Who is on duty for the common queue, who is away, and whom a case that waits calls. Pure.

A half-day is the morning or the afternoon of a day in Québec. Out of hours, those on duty are those
of the next half-day on which the desk opens. Somebody away is stood in for by the colleague they
named, if they named one; and is back in the morning of the day they gave.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

from bot.handover.case import Adviser, Case
from bot.handover.hours import QUEBEC, OpeningHours
from bot.handover.roles import SHOWN_TO_ALL, reaches_all

_NOON = time(12)
LONGEST_ABSENCE = timedelta(days=366)


class Half(str, Enum):
    morning = "morning"
    afternoon = "afternoon"


@dataclass(frozen=True)
class Rota:
    """Ids of advisers by weekday (Monday 0) and half-day. An exception stands in place of the
    weekly pattern for its half-day; empty, nobody is on duty then."""

    weekly: Mapping[tuple[int, Half], tuple[int, ...]] = field(default_factory=dict)
    exceptions: Mapping[tuple[date, Half], tuple[int, ...]] = field(default_factory=dict)

    def on(self, day: date, half: Half) -> tuple[int, ...]:
        usual = self.weekly.get((day.weekday(), half), ())
        return self.exceptions.get((day, half), usual)


@dataclass(frozen=True)
class Absence:
    """`until` is the day of return; `cover` the id of who takes over."""

    adviser_id: int
    since: datetime
    until: date
    cover: int | None = None

    def lasts(self, now: datetime) -> bool:
        return now.astimezone(QUEBEC).date() < self.until


@dataclass(frozen=True)
class Duty:
    """Who there is at a moment. `here` are the advisers who can sign in and are not away, `away`
    the absences that last, by adviser; `on_duty` is empty when the rota names nobody of them."""

    here: Mapping[int, Adviser]
    away: Mapping[int, Absence]
    on_duty: tuple[Adviser, ...] = ()


def duty_at(
    now: datetime,
    rota: Rota,
    *,
    hours: OpeningHours,
    advisers: Sequence[Adviser],
    absences: Collection[Absence],
) -> Duty:
    away = {each.adviser_id: each for each in absences if each.lasts(now)}
    here = {each.id: each for each in advisers if each.id not in away}
    named = (_stood_in(each, away) for each in rota.on(*half_day(now, hours)))
    present = dict.fromkeys(each for each in named if each in here)
    return Duty(here, away, tuple(here[each] for each in present))


def half_day(now: datetime, hours: OpeningHours) -> tuple[date, Half]:
    """The half-day that runs, or the next one on which the desk opens."""
    opening = hours.after(now, timedelta())
    return opening.date(), Half.morning if opening.time() < _NOON else Half.afternoon


def _stood_in(adviser_id: int, away: Mapping[int, Absence]) -> int | None:
    """Who answers in an adviser's place: one step, so that two who cover each other end."""
    absence = away.get(adviser_id)
    return adviser_id if absence is None else absence.cover


@dataclass(frozen=True)
class Calls:
    """Which waiting cases call an adviser: those are counted aloud and may ring. The others are
    read in the queue all the same. `anyone`: the adviser is here at all; `common`: those of the
    common queue do from the first; `institutions`: whose cases do."""

    anyone: bool
    common: bool = False
    institutions: frozenset[str] = frozenset()

    def by(self, case: Case) -> bool:
        """`bot.storage.reach` says the same in SQL."""
        if not self.anyone:
            return False
        if case.announced >= SHOWN_TO_ALL or case.institution in self.institutions:
            return True
        return case.institution is None and (self.common or case.announced > 0)


def calls_for(reader: Adviser, duty: Duty, institutions: Collection[str]) -> Calls:
    """The advisers of an institution hear its cases; when none of them is here, those who
    coordinate do. The common queue's are heard by who is on duty; by everyone if nobody is."""
    if reader.id not in duty.here:
        return Calls(anyone=False)
    heard = {reader.institution} if reader.institution else set()
    if reaches_all(reader):
        heard |= {*institutions} - {each.institution for each in duty.here.values()}
    common = not duty.on_duty or reader in duty.on_duty
    return Calls(anyone=True, common=common, institutions=frozenset(heard - {None}))
