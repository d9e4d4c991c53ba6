"""How long each kind of what is kept is kept, and what removes it when its time is over.

Why these lengths: docs/vie-privee.md. What was removed is counted in the append-only log, in the
transaction that removed it: the log proves the purge.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

EVERY = timedelta(days=1)
LOG_AT_LEAST = 731
"""Days. The database itself refuses that a younger line be removed (730 days)."""
_INBOX = timedelta(days=30)


class Kind(str, Enum):
    """What is removed by its age, in the order in which it is."""

    conversations = "conversations"
    files = "files"
    suggestions = "suggestions"
    links = "links"
    sessions = "sessions"
    inbox = "inbox"
    log = "log"


@dataclass(frozen=True)
class Retention:
    """In days. `conversations` and `cases` since the person last wrote (a case: an adviser's last
    act, too); `files` since they were received; `suggestions` since they were decided on."""

    conversations: int
    cases: int
    files: int
    suggestions: int
    log: int


class Purger(Protocol):
    """Each method but the first two is one transaction, which counts in the log what it removes."""

    async def last(self) -> datetime | None:
        """When a purge last ended."""

    async def silent(self, since: datetime, *, with_case: bool, limit: int) -> list[str]:
        """Conversations in which nobody has written since then; of those that had a case, nor did
        an adviser do anything."""

    async def remove(self, kind: Kind, before: datetime) -> int: ...

    async def note(self, kind: Kind, count: int) -> None:
        """Of what was removed one by one."""

    async def ended(self, count: int) -> None: ...


def edges(retention: Retention, now: datetime) -> dict[Kind, datetime]:
    """Before when each kind is too old; links and sessions say themselves until when they are
    good."""
    return {
        Kind.files: now - timedelta(days=retention.files),
        Kind.suggestions: now - timedelta(days=retention.suggestions),
        Kind.links: now,
        Kind.sessions: now,
        Kind.inbox: now - _INBOX,
        Kind.log: now - timedelta(days=retention.log),
    }
