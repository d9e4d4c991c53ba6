"""When advisers answer, and what may therefore be promised.

The hours are the team's, or an institution's own, counted in Québec's time and without Québec's
public holidays (kept by the `holidays` library) nor the days an institution is closed. A promise is
a moment, never a delay: « d'ici lundi 30 novembre à 13 h, heure de Québec (19 h à Paris) ».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from babel.dates import format_date

QUEBEC = ZoneInfo("America/Toronto")
_LONGEST_CLOSURE = timedelta(days=366)


@lru_cache
def _holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("CA", "QC", years=year, language="fr"))


def holidays_between(first: date, last: date) -> list[tuple[date, str]]:
    """Québec's public holidays of these days, with their French names."""
    years = range(first.year, last.year + 1)
    known = [pair for year in years for pair in _holidays(year).items()]
    return sorted((day, name) for day, name in known if first <= day <= last)


@dataclass(frozen=True)
class OpeningHours:
    """The advisers' week: `days` counts from Monday = 0, hours are local to Québec. `closed` are
    days without answer, beside Québec's holidays."""

    opens: time = time(9)
    closes: time = time(17)
    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    closed: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(QUEBEC)
        return self.works_on(local.date()) and self.opens <= local.time() < self.closes

    def works_on(self, day: date) -> bool:
        on_week = day.weekday() in self.days and day not in self.closed
        return on_week and day not in _holidays(day.year)

    def after(self, start: datetime, open_time: timedelta) -> datetime:
        """The moment when `open_time` of opening hours has passed since `start`.

        Raises ValueError if the desk does not open for a year: hours set wrongly.
        """
        # In UTC: two local times on either side of a change of clocks are not so far apart.
        left, start = open_time, start.astimezone(timezone.utc)
        day = start.astimezone(QUEBEC).date()
        last_day = day + _LONGEST_CLOSURE
        while day < last_day:
            opening, closing = self._opening(day), self._closing(day)
            begin = max(start, opening)
            if self.works_on(day) and begin < closing:
                if begin + left <= closing:
                    return (begin + left).astimezone(QUEBEC)
                left -= closing - begin
            day += timedelta(days=1)
        raise ValueError("the desk never opens: check the opening hours")

    def keeps(self, promise: datetime) -> bool:
        """Whether somebody answers until that very moment."""
        return self.is_open(promise - timedelta(microseconds=1))

    def rounded(self, moment: datetime) -> datetime:
        """Up to the half hour, and not beyond closing."""
        local = moment.astimezone(QUEBEC)
        late = timedelta(
            minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond
        )
        up = local if not late else local - late + timedelta(minutes=30)
        return min(up, max(self._closing(local.date()).astimezone(QUEBEC), local))

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, self.opens, QUEBEC).astimezone(timezone.utc)

    def _closing(self, day: date) -> datetime:
        return datetime.combine(day, self.closes, QUEBEC).astimezone(timezone.utc)


def promise_for(now: datetime, hours: OpeningHours, within: timedelta) -> datetime:
    """When an adviser will have answered: after so much opening time, to the half hour."""
    return hours.rounded(hours.after(now, within))


@dataclass(frozen=True)
class SpokenPromise:
    """A promise in words: the day, the hour in Québec, and the person's when it differs."""

    day: str
    hour: str
    person_hour: str | None
    person_city: str


def speak(moment: datetime, person_timezone: str) -> SpokenPromise:
    """Put a promise into the person's time and Québec's; French typography, 24-hour clock."""
    there = moment.astimezone(ZoneInfo(person_timezone))
    here = moment.astimezone(QUEBEC)
    hour = hour_in_words(there.time())
    if there.date() != here.date():
        hour = f"{hour}, {day_in_words(there.date())}"
    return SpokenPromise(
        day=day_in_words(here.date()),
        hour=hour_in_words(here.time()),
        person_hour=hour if there.utcoffset() != here.utcoffset() else None,
        person_city=person_timezone.rsplit("/", 1)[-1].replace("_", " "),
    )


def day_in_words(day: date) -> str:
    """« lundi 30 novembre », « mardi 1er décembre »."""
    weekday, number, month = format_date(day, "EEEE|d|MMMM", locale="fr").split("|")
    return f"{weekday} {'1er' if number == '1' else number} {month}"


def hour_in_words(hour: time) -> str:
    """« 9 h », « 8 h 30 »."""
    minutes = f"\u00a0{hour.minute:02d}" if hour.minute else ""
    return f"{hour.hour}\u00a0h{minutes}"
