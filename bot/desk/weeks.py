"""Days and weeks in French words, and as forms write them."""

from datetime import date, datetime, time

from babel.dates import get_day_names
from babel.lists import format_list

from bot.desk.words import word
from bot.handover.hours import QUEBEC, OpeningHours, day_in_words, hour_in_words

ALL_DAYS = tuple(range(7))
_SHORTEST_RUN = 3


def weekday(number: int) -> str:
    """« lundi » is 0."""
    return str(get_day_names("wide", locale="fr")[number])


def week(hours: OpeningHours) -> str:
    """« du lundi au vendredi, de 9 h à 17 h »."""
    return word(
        "weeks.hours",
        days=_days(hours.days),
        opens=hour_in_words(hours.opens),
        closes=hour_in_words(hours.closes),
    )


def _days(days: tuple[int, ...]) -> str:
    first, last = days[0], days[-1]
    if len(days) >= _SHORTEST_RUN and days == tuple(range(first, last + 1)):
        return word("weeks.from_to", first=weekday(first), last=weekday(last))
    return str(format_list([weekday(each) for each in days], locale="fr"))


def on_day(day: date, now: datetime) -> str:
    """« lundi 7 décembre », with the year when it is another."""
    words = day_in_words(day)
    return words if day.year == now.astimezone(QUEBEC).year else f"{words} {day.year}"


def read_day(typed: str) -> date | None:
    """As a browser's field of dates writes it: 2026-12-07."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def read_hour(typed: str) -> time | None:
    """As a browser's field of hours writes it, « 8 h 30 », « 8h30 » or « 8 »."""
    hour, _, minutes = typed.replace("h", ":").replace(" ", "").replace("\u00a0", "").partition(":")
    if not (hour.isdecimal() and (minutes.isdecimal() or not minutes)):
        return None
    try:
        return time(int(hour), int(minutes or 0))
    except ValueError:
        return None


def read_days(typed: list[str]) -> tuple[int, ...]:
    """The weekdays that were ticked, in order."""
    return tuple(sorted({int(each) for each in typed if each in {str(n) for n in ALL_DAYS}}))
