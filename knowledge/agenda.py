"""The events to come: by city, kind, period or audience, dated when a date is known."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.asked.events import EventNames, is_there
from knowledge.asked.found import EventsWanted
from knowledge.cards import CardWording
from knowledge.library import Library
from knowledge.schema import Event, Occurrence

# Nobody can attend a campaign, and these are not made for who wants to study from abroad.
_NOT_OFFERED = frozenset({"campaign"})
_NOT_FOR_THEM = frozenset({"quebec_youth", "workers"})
_MONTHS = 12
_NEVER = 10_000
_Month = tuple[int, int]
"""A year and a month of it."""


@dataclass(frozen=True)
class EventShown:
    """`dates` are the known ones that are not over, in local days, for a calendar; when there are
    none, `when` says what is usual, or that it is to be confirmed. `id` is `events/id`."""

    id: str
    name: str
    kind: str
    when: str
    where: str
    dates: tuple[Occurrence, ...]
    summary: str
    registration: str
    url: str | None


class Agenda:
    """Finds events; built once from the library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = EventNames(library)
        self._cards = CardWording(library.wording)

    def events_for(self, asked: str | EventsWanted, on: date) -> tuple[EventShown, ...]:
        """Those that fit, the soonest first, those without a known time last.

        A text that speaks of no event finds none.
        """
        wanted = self._names.wanted(asked) if isinstance(asked, str) else asked
        if wanted is None:
            return ()
        months = _months(wanted, on)
        fitting = [
            (self._away(event, months, on), event_id)
            for event_id, event in self._library.events.items()
            if _fits(event, wanted) and _has_time(event, months, on)
        ]
        return tuple(self._shown(event_id, on) for _, event_id in sorted(fitting))

    def say(self, events: Iterable[EventShown]) -> str:
        """One a line, or that none is known and where the calendar is."""
        line = self._library.wording.events["line"]
        lines = [
            f"- {line.format(name=one.name, when=one.when.rstrip('.'), where=one.where)}"
            for one in events
        ]
        if not lines:
            return self._library.wording.events["none"]
        return "\n".join([self._library.wording.events["next"], *lines])

    def _away(self, event: Event, months: frozenset[_Month], on: date) -> int:
        """In how many days or so it takes place, for the order only."""
        coming = [dated.start for dated in _coming(event, on) if _is_in(dated, months)]
        if coming:
            return max(0, (min(coming) - on).days)
        usual = [m for m in _year_from(on) if m[1] in event.usual_months and _in(m, months)]
        return min(((y - on.year) * 365 + (m - on.month) * 30 for y, m in usual), default=_NEVER)

    def _shown(self, event_id: str, on: date) -> EventShown:
        event = self._library.events[event_id]
        return EventShown(
            id=f"events/{event_id}",
            name=event.name,
            kind=event.kind,
            when=self._cards.when(event, on),
            where=self._cards.where(event),
            dates=tuple(_coming(event, on)),
            summary=event.summary,
            registration=event.registration,
            url=str(event.links[0].url) if event.links else None,
        )


def _fits(event: Event, wanted: EventsWanted) -> bool:
    if wanted.audience is not None:
        for_them = wanted.audience in event.audience
    else:
        for_them = bool(wanted.cities) or not {*event.audience} <= _NOT_FOR_THEM
    return (
        event.kind not in _NOT_OFFERED
        and for_them
        and (not wanted.kinds or event.kind in wanted.kinds)
        and is_there(event, wanted)
    )


def _months(wanted: EventsWanted, on: date) -> frozenset[_Month]:
    """The months that are meant, of the year to come unless a year is told; empty for any time."""
    if wanted.months_away is not None:
        return frozenset([_year_from(on)[wanted.months_away]])
    if not wanted.months and wanted.year is None:
        return frozenset()
    named = wanted.months or tuple(range(1, _MONTHS + 1))
    if wanted.year is not None:
        return frozenset((wanted.year, month) for month in named)
    return frozenset(one for one in _year_from(on) if one[1] in named)


def _year_from(on: date) -> list[_Month]:
    """This month and the eleven after it."""
    months = range(on.month - 1, on.month - 1 + _MONTHS)
    return [(on.year + month // _MONTHS, month % _MONTHS + 1) for month in months]


def _coming(event: Event, on: date) -> list[Occurrence]:
    return sorted(
        (dated for dated in event.dates if dated.last_day >= on), key=lambda dated: dated.start
    )


def _has_time(event: Event, months: frozenset[_Month], on: date) -> bool:
    """Known dates win over what is usual; what is over and not usual does not come back."""
    if coming := _coming(event, on):
        return any(_is_in(dated, months) for dated in coming)
    if event.usual_months:
        return not months or any(
            month in event.usual_months and date(year, month, monthrange(year, month)[1]) >= on
            for year, month in months
        )
    return not event.dates and not months


def _is_in(dated: Occurrence, months: frozenset[_Month]) -> bool:
    first = (dated.start.year, dated.start.month)
    last = (dated.last_day.year, dated.last_day.month)
    return not months or any(first <= month <= last for month in months)


def _in(month: _Month, months: frozenset[_Month]) -> bool:
    return not months or month in months
