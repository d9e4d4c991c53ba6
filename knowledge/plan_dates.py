"""The dates of a plan: days named by figures, delays counted back from the start of a session."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from knowledge.library import Library
from knowledge.plan_schema import Due
from knowledge.projects import Dates, Deadline, Start
from knowledge.schema import Certainty, Figure, Value

_DAY = re.compile(r"\b(1er|\d{1,2}) (\w+)(?: (\d{4}))?")
# A deadline is of the year before the session: an older one is another session's.
_YEAR = timedelta(days=366)
_DAYS = {"days": 1.0, "working_days": 7 / 5, "weeks": 7.0, "months": 365.25 / 12}


class Calendar:
    """Dates steps with the figures in force on a day."""

    def __init__(self, library: Library, on: date) -> None:
        self._library = library
        self._on = on

    def dates(self, due: Due, start: Start) -> Dates:
        if due.at_start:
            return Dates(due=start.day, said=start.said)
        if due.before:
            return self._counted_back(due, start.day)
        figures = due.deadlines.get(start.term.season, [])
        named = self._deadlines(figures, start.day)
        if not named:
            return Dates()
        coming = [deadline for deadline in named if deadline.day >= self._on]
        limit = (coming or named[-1:])[0]
        return Dates(due=limit.day, limit=limit, figures=tuple(figures))

    def closes(self, due: Due, start: Start) -> date | None:
        """The last deadline there is; None when none is known."""
        named = self._deadlines(due.deadlines.get(start.term.season, []), start.day)
        return named[-1].day if named else None

    def latest(self, due: Due, start: Start) -> date | None:
        """The last day that leaves the shortest delays known; None when none is known."""
        least = self._length(due.least, shortest=True)
        return start.day - least if least else None

    def _counted_back(self, due: Due, start: date) -> Dates:
        before, opens = (self._length(due.before, due.shortest), self._length(due.opens))
        if before is None:
            return Dates()
        return Dates(
            due=start - before,
            opens=start - opens if opens else None,
            waits=due.waits,
            figures=tuple(dict.fromkeys((*due.opens, *due.before))),
        )

    def _length(self, figures: Iterable[str], shortest: bool = False) -> timedelta | None:
        lengths = [self._library.value(figure, self._on) for figure in figures]
        named = zip(figures, lengths, strict=True)
        known = [length(self._library.figures[name], value, shortest) for name, value in named]
        if not known or None in known:
            return None
        return sum((each for each in known if each), timedelta())

    def _deadlines(self, figures: Iterable[str], start: date) -> list[Deadline]:
        """The days that figures name for the session of that start, in order."""
        values = [self._library.value(figure, self._on) for figure in figures]
        named = [self._deadline(value, start) for value in values if value is not None]
        return sorted((each for each in named if each), key=lambda deadline: deadline.day)

    def _deadline(self, value: Value, start: date) -> Deadline | None:
        read = day_in(str(value.amount), self._library.wording.months)
        if read is None:
            return None
        day, month, year = read
        found = date(year, month, day) if year else _last_before(start, month, day)
        if not start - _YEAR < found < start:
            return None
        return Deadline(found, sure=bool(year) and value.certainty is Certainty.official)


def day_in(text: str, months: Sequence[str]) -> tuple[int, int, int | None] | None:
    """The only day a text names, as (day, month, year if it says one); None for none or several,
    or a day that no calendar has."""
    found = [words for words in _DAY.findall(text) if words[1] in months]
    if len(found) != 1:
        return None
    [(day, month, year)] = found
    number, place = int(day.removesuffix("er")), months.index(month) + 1
    try:
        date(int(year or 2027), place, number)
    except ValueError:
        return None
    return number, place, int(year) if year else None


def _last_before(start: date, month: int, day: int) -> date:
    this_year = date(start.year, month, day)
    return this_year if this_year < start else date(start.year - 1, month, day)


def length(figure: Figure, value: Value | None, shortest: bool = False) -> timedelta | None:
    """How long a figure of days, weeks or months lasts, its longest end unless told otherwise;
    None when it is not such a figure, or has no value yet."""
    if value is None or figure.unit not in _DAYS or isinstance(value.amount, str):
        return None
    ends = value.amount if isinstance(value.amount, list) else [value.amount]
    amount = min(ends) if shortest else max(ends)
    return timedelta(days=round(amount * _DAYS[figure.unit]))
