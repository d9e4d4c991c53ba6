"""What a conversation needs to be kept by. Implemented in `storage`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.conversation.pausing import Pause
from bot.messages import Conversation, Floor, Incoming, Message, Outcome, Reason, Reply, Why


@dataclass(frozen=True)
class KeyReused:
    """The external id belongs to another message of this conversation."""


@dataclass(frozen=True)
class Turn:
    """A message of the person that nobody has dealt with yet, and who had the floor when read.

    `told_at` is when the system last said something, of a request for an adviser or of a `pause`
    of the channel.
    """

    conversation: Conversation
    message: Message
    told_at: datetime | None = None
    pause: Pause | None = None


@dataclass(frozen=True)
class Page:
    """A conversation as it stands, its messages after a seq, and the checklist items ticked."""

    after: int
    conversation: Conversation
    messages: list[Message]
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Received:
    """A message now stored, and the channel it came by. `again` is true when it already was.
    `page`: what is to be read after it, if its answer left that known."""

    message: Message
    again: bool
    channel: str
    page: Page | None = None


@dataclass(frozen=True)
class Committed:
    """What a turn led to is stored. `opened`: a case was, and why. `more`: the person may have
    said something since, which waits. `page`: what is now to be read after the person's message;
    None where it holds more than this turn knows, and is to be read."""

    opened: Reason | None = None
    more: bool = True
    page: Page | None = None


class ConversationStore(Protocol):
    """Each method is one transaction."""

    async def start(
        self, conversation: Conversation, *, token_hash: bytes | None, first: Reply
    ) -> Message:
        """Store a new conversation with its first message."""

    async def find(self, conversation_id: str) -> Conversation | None: ...

    async def find_by_token(self, token_hash: bytes) -> str | None: ...

    async def receive(self, incoming: Incoming) -> Received | KeyReused | None:
        """Store a message under the next seq; None if the conversation does not exist."""

    async def next_turn(self, conversation_id: str) -> Turn | None:
        """The oldest message of the person still to be dealt with; the newest, while the channel
        is paused."""

    async def commit(
        self,
        turn: Turn,
        outcome: Outcome,
        *,
        replies: Sequence[Reply],
        promised_at: datetime | None = None,
    ) -> Committed | None:
        """Store what a turn led to and that it is dealt with; a request for an adviser comes with
        the moment that is promised. None, and nothing stored, if the
        floor changed or the conversation was erased since the turn was read."""

    async def say(self, conversation_id: str, reply: Reply, *, at: datetime) -> bool:
        """Add a message that answers no turn. With the `external_id` of one that is there, or in a
        conversation that is no more, nothing is added: False."""

    async def messages(self, conversation_id: str, *, after: int = 0) -> list[Message]: ...

    async def page(self, conversation_id: str, *, after: int) -> Page | None:
        """What a client needs to catch up; None if the conversation does not exist."""

    async def mark_read(self, conversation_id: str, seq: int) -> None:
        """The person's own device has fetched what advisers said up to there."""

    async def floor(self, conversation_id: str) -> Floor: ...

    async def was_offered(self, conversation_id: str, payload: str) -> bool:
        """Whether the assistant offered this button in this conversation. An answer that was
        judged unhelpful offers an adviser (`ASK_ADVISER`) by itself."""

    async def rate(
        self, conversation_id: str, seq: int, *, useful: bool, why: Why | None = None
    ) -> bool:
        """Mark an answer as useful or not; False if there is no such answer. `why` may follow a
        rating; it goes away with a better one."""

    async def tick(self, conversation_id: str, item: str, *, at: datetime) -> bool:
        """Keep that a checklist item is done, once; False if no card here offered it."""

    async def untick(self, conversation_id: str, item: str) -> None:
        """Forget that it was done, if it was."""

    async def ticked(self, conversation_id: str) -> tuple[str, ...]:
        """The items that are done, first ticked first."""

    async def erasure_asked(self) -> list[str]:
        """Conversations whose person confirmed that everything is to be erased (`ERASE`)."""

    async def unanswered(self) -> list[str]:
        """Conversations with a turn that was not finished (after a crash)."""
