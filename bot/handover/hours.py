"""When advisers answer, and what may therefore be promised.

The hours are a setting of the service, counted in Québec's time and without Québec's public
holidays (kept by the `holidays` library). A promise is a moment, never a delay: « d'ici lundi
30 novembre à 13 h, heure de Québec (19 h à Paris) ».
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from babel.dates import format_datetime

QUEBEC = ZoneInfo("America/Toronto")
_LONGEST_CLOSURE = timedelta(days=30)


@lru_cache
def _holidays(year: int) -> frozenset[str]:
    return frozenset(day.isoformat() for day in holidays.country_holidays("CA", "QC", years=year))


@dataclass(frozen=True)
class OpeningHours:
    """The advisers' week: `days` counts from Monday = 0, hours are local to Québec."""

    opens: time = time(9)
    closes: time = time(17)
    days: tuple[int, ...] = (0, 1, 2, 3, 4)

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(QUEBEC)
        return self._works_on(local) and self.opens <= local.time() < self.closes

    def _works_on(self, local: datetime) -> bool:
        return local.weekday() in self.days and local.date().isoformat() not in _holidays(
            local.year
        )

    def after(self, start: datetime, open_time: timedelta) -> datetime:
        """The moment when `open_time` of opening hours has passed since `start`.

        Raises ValueError if the desk does not open for thirty days: hours set wrongly.
        """
        local = start.astimezone(QUEBEC)
        left = open_time
        last_day = local + _LONGEST_CLOSURE
        while local < last_day:
            opening = datetime.combine(local.date(), self.opens, QUEBEC)
            closing = datetime.combine(local.date(), self.closes, QUEBEC)
            begin = max(local, opening)
            if self._works_on(local) and begin < closing:
                if begin + left <= closing:
                    return begin + left
                left -= closing - begin
            local = datetime.combine(local.date() + timedelta(days=1), time(0), QUEBEC)
        raise ValueError("the desk never opens: check the opening hours")


def promise_for(now: datetime, hours: OpeningHours, within: timedelta) -> datetime:
    """When an adviser will have answered, rounded up to the half hour."""
    moment = hours.after(now, within)
    late = timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment if not late else moment - late + timedelta(minutes=30)


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
    hour = _hour(there)
    if there.date() != here.date():
        hour = f"{hour}, {_day(there)}"
    return SpokenPromise(
        day=_day(here),
        hour=_hour(here),
        person_hour=hour if there.utcoffset() != here.utcoffset() else None,
        person_city=person_timezone.rsplit("/", 1)[-1].replace("_", " "),
    )


def _day(moment: datetime) -> str:
    weekday, day, month = format_datetime(moment, "EEEE|d|MMMM", locale="fr").split("|")
    return f"{weekday} {'1er' if day == '1' else day} {month}"


def _hour(moment: datetime) -> str:
    minutes = f"\u00a0{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}\u00a0h{minutes}"
