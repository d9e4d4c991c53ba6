"""The append-only log, as the desk reads and adds to it. Implemented in `storage`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.handover.case import Adviser


@dataclass(frozen=True)
class Entry:
    """One line. `actor` is an adviser's name, or who else it was: `person`, `system`…"""

    id: int
    at: datetime
    verb: str
    actor: str
    by_adviser: bool
    case_id: int | None = None
    account: str | None = None
    origin: str | None = None
    reason: str | None = None
    detail: str | None = None


class Journal(Protocol):
    async def note(
        self,
        verb: str,
        adviser: Adviser,
        *,
        case_id: int | None = None,
        account_id: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Add a line of what an adviser did that changes nothing else. `verb` is
        `noun.past_participle`."""

    async def lines(
        self,
        *,
        case_id: int | None = None,
        account_id: int | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Sequence[Entry]:
        """The newest first: of a case, or by and about an account, older than line `before`."""

    async def refused(self, adviser: Adviser) -> None:
        """Somebody knew the adviser's password and had no right code: perhaps somebody else."""
