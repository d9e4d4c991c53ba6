"""The queue as it is asked for: a view, filters, words, and a page at a time. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from bot.handover.case import Adviser
from bot.handover.duty import Calls
from bot.handover.store import CaseSummary

A_PAGE = 50
COMMON = "-"
"""The value of a filter by institution for the cases that name none."""


class View(str, Enum):
    """What part of the cases is looked at. Each says in what order."""

    waiting = "waiting"
    """Nobody has taken them; by promise."""
    mine = "mine"
    institution = "institution"
    """Open, of the reader's own institution."""
    open = "open"
    """All that are open: unclaimed first, by promise."""
    person = "person"
    """We wait for a word of the person."""
    snoozed = "snoozed"
    closed = "closed"
    """The last one to end first."""


@dataclass(frozen=True)
class Wanted:
    """What to show. `waits_for` is how long the person has waited at least; `words` are looked
    for in the whole conversation."""

    view: View = View.waiting
    institution: str | None = None
    theme: str | None = None
    channel: str | None = None
    waits_for: timedelta | None = None
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(
            self.institution or self.theme or self.channel or self.waits_for or self.words.strip()
        )


@dataclass(frozen=True)
class Place:
    """The last line of a page: the next page begins after it, however many there are before."""

    state: str
    moment: datetime
    case_id: int


@dataclass(frozen=True)
class QueuePage:
    lines: tuple[CaseSummary, ...]
    following: Place | None = None


class Queue(Protocol):
    async def page(
        self, wanted: Wanted, reader: Adviser, *, now: datetime, after: Place | None = None
    ) -> QueuePage:
        """At most `A_PAGE` lines within the reader's reach."""

    async def counts(self, reader: Adviser, *, now: datetime) -> Mapping[str, int]:
        """How many open cases each view has, by the view's name; `closed` is not counted."""

    async def last_call(self, reader: Adviser, calls: Calls) -> datetime | None:
        """When the adviser was called last by a case that still waits."""

    async def themes(self) -> list[str]:
        """The themes that open cases are about."""
