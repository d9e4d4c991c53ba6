"""What is to be sent to channels that do not come and read. Implemented in `storage`.

A conversation's `Place` says how far it was delivered. It moves after something was sent: what a
crash cuts is sent again, in order, and never skipped.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages import Address, Message, Reply


@dataclass(frozen=True)
class Place:
    """Messages up to `seq` are delivered, and of the next one the first `part` parts."""

    seq: int = 0
    part: int = 0


@dataclass(frozen=True)
class Outgoing:
    """What a conversation still has to be sent, and where."""

    address: Address
    place: Place
    messages: list[Message]
    unreachable_since: datetime | None


class Outbox(Protocol):
    """Each method is one transaction."""

    async def conversation_at(self, address: Address) -> str | None:
        """The conversation of whoever is reached there."""

    async def say(self, conversation_id: str, reply: Reply) -> bool:
        """Add a message that answers no turn. With the `external_id` of one that is there, or in a
        conversation that is no more, nothing is added: False."""

    async def waiting(self, channel: str) -> list[str]:
        """Conversations on the channel that can be reached and have something to be sent."""

    async def outgoing(self, conversation_id: str) -> Outgoing | None: ...

    async def delivered(self, conversation_id: str, place: Place) -> None:
        """Keep how far it was delivered; of a conversation that is no more, nothing."""

    async def mark_reach(self, conversation_id: str, *, unreachable_since: datetime | None) -> bool:
        """Keep whether the person can be reached; True if that is news."""
