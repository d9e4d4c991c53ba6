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


@dataclass(frozen=True)
class Kept:
    """An update nobody has dealt with. `follows`: the one numbered just before is known too."""

    update: Update
    received_at: datetime
    follows: bool


class Inbox(Protocol):
    """Each method is one transaction."""

    async def keep(self, updates: Sequence[Update], at: datetime) -> None:
        """Keep those that are new; the same number is the same update."""

    async def waiting(self, *, besides: Collection[int] = ()) -> list[Kept]:
        """The oldest that are not dealt with, by number, those of some chats left out."""

    async def done(self, update_id: int) -> None:
        """Keep the number only, and no word of the person."""

    async def last(self) -> int | None:
        """The highest number known."""

    async def forget(self, before: datetime) -> None:
        """Drop the numbers of what was dealt with before then."""
