"""The rota and the absences, as they are kept. Implemented in `storage`.

Each method is one transaction; every change is logged with who made it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.handover.case import Adviser
from bot.handover.duty import Absence, Duty, Half, Rota
from bot.handover.hours import OpeningHours


@dataclass(frozen=True)
class LeftWaiting:
    """A case of an adviser who is away; `cover` takes over, if somebody who is here was named."""

    case_id: int
    adviser: Adviser
    cover: Adviser | None


class RotaStore(Protocol):
    async def rota(self, today: date) -> Rota:
        """The weekly pattern, and the exceptions of that day and those after."""

    async def duty(self, now: datetime, hours: OpeningHours) -> Duty:
        """Who there is; `hours` are those of the common queue."""

    async def put_on(
        self, weekday: int, halves: Sequence[Half], adviser_id: int, *, by: Adviser
    ) -> None: ...

    async def take_off(self, weekday: int, half: Half, adviser_id: int, *, by: Adviser) -> None: ...

    async def make_exception(
        self,
        days: Sequence[date],
        halves: Sequence[Half],
        adviser_id: int | None,
        *,
        by: Adviser,
    ) -> None:
        """On those half-days that adviser is on duty, with whom an exception already names; None:
        nobody is."""

    async def forget_exception(self, day: date, half: Half, *, by: Adviser) -> None:
        """The weekly pattern holds again."""

    async def leave(self, absence: Absence, *, by: Adviser) -> None:
        """In place of an absence the adviser already has."""

    async def come_back(self, adviser_id: int, *, by: Adviser) -> bool:
        """False if the adviser was not away."""

    async def left_waiting(self, now: datetime) -> list[LeftWaiting]:
        """Cases whose adviser is away while the person waits for a word: those the adviser had when
        they left, and those whose person wrote anew since they were taken. What sleeps is left."""
