"""What a line of the log says was changed, in French words.

The log keeps names and numbers of ours (« laval 09:00-17:00 01234 »); what cannot be read any more
is shown as it is.
"""

from datetime import datetime

from bot.desk.weeks import on_day, read_day, read_days, read_hour, week, weekday
from bot.desk.words import word, word_or_name
from bot.handover.hours import OpeningHours
from knowledge import at_hand


def in_words(detail: str, now: datetime) -> str:
    """Each part that can be read, in words."""
    parts = detail.split()
    if len(parts) >= 2 and (hours := _hours(*parts[-2:])) is not None:
        parts = [*parts[:-2], hours]
    return word("log_details.list").join(_part(each, now) for each in parts)


def _hours(span: str, days: str) -> str | None:
    opens, _, closes = span.partition("-")
    begin, end, ticked = read_hour(opens), read_hour(closes), read_days([*days])
    if begin is None or end is None or not ticked or not days.isdecimal():
        return None
    return week(OpeningHours(begin, end, ticked))


def _part(part: str, now: datetime) -> str:
    institution = at_hand.library().institutions.get(part)
    if institution is not None:
        return institution.name
    sign = {"+": word("log_details.added"), "-": word("log_details.removed")}.get(part[:1], "")
    rest = part[1:] if sign else part
    return f"{sign}{_day_or_half(rest, now)}"


def _day_or_half(part: str, now: datetime) -> str:
    first, _, last = part.partition("/")
    begin, end = read_day(first), read_day(last)
    if begin is not None and end is not None and begin != end:
        return word("log_details.from_to", first=on_day(begin, now), last=on_day(end, now))
    if begin is not None:
        return on_day(begin, now)
    if part in {str(each) for each in range(7)}:
        return weekday(int(part))
    halves = {"morning": word("halves.morning"), "afternoon": word("halves.afternoon")}
    return word("log_details.both").join(
        halves.get(each, word_or_name("channels", each)) for each in part.split("+")
    )
