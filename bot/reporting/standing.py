"""How things stand at this moment, as whoever watches the service is shown it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Queue:
    """What waits: how many, and since when the one that has waited longest."""

    count: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """`late`: waiting cases whose promise was broken. `turns`: messages of people that nobody has
    dealt with. `outbox`: conversations with something still to be sent to Telegram. `purged_at`:
    when what is kept too long was last looked for and removed."""

    waiting: Queue = Queue()
    late: int = 0
    claimed: int = 0
    turns: Queue = Queue()
    outbox: Queue = Queue()
    inbox: Queue = Queue()
    letters: Queue = Queue()
    suggestions: int = 0
    paused: Mapping[str, datetime] = field(default_factory=dict)
    purged_at: datetime | None = None


class StandingStore(Protocol):
    async def standing(self, now: datetime) -> Standing:
        """Read afresh, each figure by an index: it is asked for every few seconds."""
