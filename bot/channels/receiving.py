"""A message of a person at one of the web's doors: made fit, counted, stored and answered."""

from dataclasses import dataclass
from datetime import datetime, timezone

from bot.channels.limits import Allowance
from bot.channels.problems import Problem
from bot.conversation.conversations import Conversations
from bot.conversation.readable import readable
from bot.conversation.store import KeyReused, Received
from bot.messages import Incoming
from bot.texts import say

CHANNEL = "web"


@dataclass(frozen=True)
class Limits:
    """What one person may send: messages a minute, characters a message; conversations an hour."""

    writing: Allowance
    opening: Allowance
    characters: int


class Receiving:
    """The same rules for the widget and for the page that needs no JavaScript."""

    def __init__(self, conversations: Conversations, limits: Limits) -> None:
        self._conversations = conversations
        self._limits = limits

    async def start(
        self, network_address: str, *, zone: str, language: str, campaign: str | None
    ) -> tuple[str, str]:
        """The new conversation's id and its secret; Problem 429 from an address that opens many."""
        if seconds := await self._limits.opening.seconds_to_wait(network_address):
            raise _too_many("refusals.too_many_conversations", seconds)
        return await self._conversations.start(
            channel=CHANNEL, timezone=zone, language=language, campaign=campaign
        )

    async def send(
        self, conversation_id: str, *, text: str, button: str | None, key: str
    ) -> Received:
        """The message as it is stored. Problem: 401 unknown, 409 key reused, 422 not fit, 429."""
        incoming = Incoming(
            conversation_id=conversation_id,
            text=self.fit(text),
            external_id=key,
            at=self.now(),
            button=await self._offered(button, conversation_id),
        )
        if seconds := await self._limits.writing.seconds_to_wait(conversation_id):
            raise _too_many("refusals.too_many", seconds)
        received = await self._conversations.send(incoming)
        if received is None:
            raise Problem(401, say("refusals.unknown_person"))
        if isinstance(received, KeyReused):
            raise Problem(409, say("refusals.key_reused"))
        return received

    async def _offered(self, payload: str | None, conversation_id: str) -> str | None:
        """Only a button that was offered is one; anything else is read as words."""
        store = self._conversations.store
        if payload and await store.was_offered(conversation_id, payload):
            return payload
        return None

    @staticmethod
    def now() -> datetime:
        return datetime.now(timezone.utc)

    def fit(self, text: str) -> str:
        """The text made fit to be kept; Problem 422 says why it cannot be a message."""
        words = readable(text)
        if not words:
            raise Problem(422, say("refusals.empty"))
        if len(words) > self._limits.characters:
            limit = self._limits.characters
            raise Problem(422, say("refusals.too_long", length=len(words), limit=limit))
        return words


def _too_many(name: str, seconds: int) -> Problem:
    return Problem(429, say(name, seconds=seconds), headers={"Retry-After": str(seconds)})
