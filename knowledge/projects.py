"""What a plan is made from, and what it is once made."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from knowledge.library import Cited
from knowledge.schema import Age, Citizenship, Level
from knowledge.terms import Term

Checklist = Literal["plan", "arrival"]


@dataclass(frozen=True)
class Project:
    """What is known of a study project. `diploma` is named as the profile does (« BTS »),
    `institution` is an id; `admitted` is whether an institution said yes."""

    citizenship: Citizenship | None = None
    level: Level | None = None
    age: Age | None = None
    diploma: str | None = None
    institution: str | None = None
    start: Term | None = None
    admitted: bool | None = None


class State(str, Enum):
    upcoming = "upcoming"
    now = "now"
    late = "late"


class Obstacle(str, Enum):
    """Why a session cannot be aimed at any more."""

    closed = "closed"
    """Every deadline known to apply is over."""
    short = "short"
    """The papers, asked for that day, would come after the start by the shortest delays known."""
    begun = "begun"


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Start:
    """When a session starts: `said` by a page (« fin août 2027 »), never exactly; `day` is the
    first one the pages allow. The exact date is on the institution's `site`, if it is known."""

    term: Term
    day: date
    said: str
    site: Link | None


@dataclass(frozen=True)
class Deadline:
    """A day an institution sets; `sure` when an official page names it for this very session."""

    day: date
    sure: bool


@dataclass(frozen=True)
class Dates:
    """When a step is to be done.

    `due` is the day to aim at, `opens` the day from which it is time, `limit` the next deadline
    that is not over (else the last one), `said` how a page says it, for the start itself.
    `waits` for the letter of admission. `figures` are those the dates come from. Without `due`,
    the date is to be confirmed.
    """

    due: date | None = None
    opens: date | None = None
    limit: Deadline | None = None
    said: str | None = None
    waits: bool = False
    figures: tuple[str, ...] = ()

    def until(self, on: date) -> date | None:
        """The day until which it is still time: the one to aim at, or else the deadline."""
        days = (self.due, self.limit.day if self.limit else None)
        return next((day for day in days if day and day >= on), None)


@dataclass(frozen=True)
class Delay:
    """How long papers take at the least: as it is quoted, and its page."""

    said: str
    source: Cited


@dataclass(frozen=True)
class PlannedStep:
    """A step in words. `due` is the day to aim at, approximate unless it is `limit.day`, the
    institution's own deadline; `when` says it. `until` is the day for a calendar, None when there
    is none to come. `to_confirm`: there is a date, and nobody here knows it. `figures` are those
    that it quotes, charges or counts with."""

    id: str
    title: str
    what: str
    where: Link
    cost: str | None
    how_long: str | None
    topic: str
    sources: tuple[Cited, ...]
    figures: tuple[str, ...]
    cautions: tuple[str, ...]
    opens: date | None
    due: date | None
    until: date | None
    limit: Deadline | None
    to_confirm: bool
    when: str | None
    state: State


@dataclass(frozen=True)
class Plan:
    """`missing` are the parts of the project that would change the plan, in asking order.
    With an `obstacle`, `instead` is the next session one can aim at. `delays` are the shortest
    ones known of the papers."""

    project: Project
    on: date
    checklist: Checklist
    start: Start | None
    steps: tuple[PlannedStep, ...]
    cautions: tuple[str, ...]
    missing: tuple[str, ...]
    obstacle: Obstacle | None = None
    instead: Term | None = None
    delays: tuple[Delay, ...] = ()

    @property
    def is_given_up(self) -> bool:
        """Nobody needs its steps any more. Who is admitted may have asked for their papers long
        ago: when time is short for others, theirs are told all the same."""
        return self.obstacle is not None and not (
            self.obstacle is Obstacle.short and self.project.admitted
        )
