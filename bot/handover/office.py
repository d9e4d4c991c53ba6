"""What the team agrees on and may change while the service runs: hours, closures, delays.

Implemented in `storage`: what is written at the desk comes before what the service was started
with. Each method is one transaction, and reads what stands at that moment: several processes
never promise by different hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.handover.case import Adviser
from bot.handover.hours import OpeningHours, promise_for

EVERYONE = ""
"""In place of an institution: the team's hours and the common queue; a closure of everyone."""
LONGEST_LABEL = 80
LONGEST_CLOSURE = timedelta(days=90)


@dataclass(frozen=True)
class Terms:
    """Delays in opening time. `within`: what is promised. `again_after`: a case nobody takes is
    announced again. `given_up_after`: it ends, and the person is told. `team_email`: who is
    written to about a case that everybody was shown and nobody took."""

    within: timedelta = timedelta(hours=4)
    again_after: timedelta = timedelta(hours=2)
    given_up_after: timedelta = timedelta(hours=24)
    team_email: str = ""


@dataclass(frozen=True)
class Closure:
    """A day on which an institution (or `EVERYONE`) does not answer."""

    institution: str
    day: date
    label: str


@dataclass(frozen=True)
class Timetable:
    """Hours as they were written at the desk, by institution (`EVERYONE`: the team's), and the
    closures to come, by day."""

    hours: Mapping[str, OpeningHours] = field(default_factory=dict)
    closures: Sequence[Closure] = ()


class NeverOpens(Exception):
    """The hours and closures wanted leave no opening time to promise in; nothing was changed."""


class Office(Protocol):
    """What a promise is made of."""

    async def terms(self) -> Terms: ...

    async def hours(self, institution: str | None) -> OpeningHours:
        """Those of an institution, else the team's; its closures and everyone's with them."""


class OfficeStore(Office, Protocol):
    """The same, to be read and changed at the desk. Every change is logged with who made it."""

    async def written(self) -> Terms | None:
        """The terms written at the desk; None while those of the start hold."""

    async def timetable(self, today: date) -> Timetable: ...

    async def set_terms(self, terms: Terms | None, *, by: Adviser) -> None:
        """None: those of the start hold again."""

    async def set_hours(
        self, institution: str, hours: OpeningHours | None, *, by: Adviser, now: datetime
    ) -> None:
        """None: what holds without, for the institution or the team. Raises NeverOpens."""

    async def close(
        self,
        institution: str,
        first: date,
        last: date,
        label: str,
        *,
        by: Adviser,
        now: datetime,
    ) -> None:
        """Every day from the first to the last. Raises NeverOpens."""

    async def open_again(self, institution: str, day: date, *, by: Adviser) -> bool:
        """Take a closure back; False if there is none."""


async def promise(office: Office, institution: str | None, now: datetime) -> datetime:
    """When an adviser of that institution (None: of the common queue) will have answered."""
    terms = await office.terms()
    return promise_for(now, await office.hours(institution), terms.within)
