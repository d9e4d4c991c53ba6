"""What a channel was sent, kept before it is acknowledged. Implemented in `storage`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class Update:
    """One update as the channel wrote it. `chat_id`: whose turn it waits for, None for nobody's."""

    update_id: int
    chat_id: int | None
    body: Mapping[str, Any]


class Inbox(Protocol):
    """Each method is one transaction."""

    async def keep(self, updates: Sequence[Update], at: datetime) -> None:
        """Keep those that are new; the same number is the same update."""

    async def waiting(
        self, *, loose_since: datetime | None = None, besides: Collection[int] = ()
    ) -> list[Update]:
        """The oldest that are not dealt with, by number, of no chat of `besides`: only those before
        the first that came since `loose_since` while the number just before it is missing (None:
        all of them). Read at one instant: nothing comes between the look for gaps and the list."""

    async def done(self, update_id: int) -> None:
        """Keep the number only, and no word of the person."""

    async def last(self) -> int | None:
        """The highest number known."""

    async def forget(self, before: datetime) -> None:
        """Drop the numbers of what was dealt with before then."""
