"""What handing over needs to be kept by. Implemented in `storage`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.handover.case import Act, Adviser, Case, Refused, State
from bot.messages import Conversation


@dataclass(frozen=True)
class CaseSummary:
    """One line of the queue."""

    case: Case
    first_name: str
    channel: str
    question: str
    """What led to the case, as the person wrote it."""
    wrote_at: datetime
    """When the person wrote last."""


@dataclass(frozen=True)
class Waiting:
    """A case nobody has taken, and where its person's clock is."""

    case: Case
    timezone: str


@dataclass(frozen=True)
class Contact:
    """What the person left to be reached by."""

    first_name: str
    email: str | None


@dataclass(frozen=True)
class CaseFile:
    """A case with everything an adviser needs before reading the messages."""

    case: Case
    conversation: Conversation
    contact: Contact


class CaseStore(Protocol):
    """Each method is one transaction."""

    async def find(self, case_id: int) -> CaseFile | None: ...

    async def queue(
        self,
        *,
        state: State,
        adviser_id: int | None = None,
        seen_by: Adviser | None = None,
        limit: int = 100,
    ) -> list[CaseSummary]:
        """Cases in that state (of that adviser, if named; within reach of `seen_by`, if named) by
        promised time; ended, newest first."""

    async def counts(self, adviser: Adviser) -> dict[str, int]:
        """How many cases are `waiting` within the adviser's reach, and `mine`."""

    async def apply(self, case_id: int, act: Act, *, actor: str) -> Case | Refused:
        """Do an act on a case: case, floor, messages and log together, or nothing.

        Two advisers who claim at the same instant are served one after the other: the second is
        refused.
        """

    async def waiting(self) -> list[Waiting]:
        """Every case nobody has taken, by promise."""

    async def waiting_since(self, moment: datetime) -> list[int]:
        """Cases nobody has taken that were opened before `moment`."""
