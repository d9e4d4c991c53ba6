"""A chat of Telegram and the conversation had there: found, opened, written to, spoken in."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.limits import Allowance
from bot.channels.telegram.showing import CHANNEL, MESSAGE_KEY
from bot.conversation.bus import Changed
from bot.conversation.conversations import Conversations
from bot.conversation.outbox import Outbox
from bot.messages import Address, Author, Button, Incoming, Reply
from bot.texts import say

# Telegram does not say where a person is; most write from France.
_TIMEZONE = "Europe/Paris"


@dataclass(frozen=True)
class Chats:
    """`writing` is what one person may write a minute; `characters` what one message may hold."""

    conversations: Conversations
    outbox: Outbox
    writing: Allowance
    characters: int
    clock: Callable[[], datetime]

    async def find(self, chat_id: int) -> str | None:
        return await self.outbox.conversation_at(address_of(chat_id))

    async def open(self, chat_id: int, *, campaign: str | None = None) -> str:
        """The chat's conversation, begun now if there is none: its notice comes first."""
        if found := await self.find(chat_id):
            self.conversations.observer.about(found)
            await self.can_be_reached(found)
            return found
        conversation_id, _ = await self.conversations.start(
            channel=CHANNEL, timezone=_TIMEZONE, key=str(chat_id), campaign=campaign
        )
        self.conversations.bus.tell(Changed(conversation_id))
        return conversation_id

    async def can_be_reached(self, conversation_id: str) -> None:
        conversation = await self.conversations.store.find(conversation_id)
        if conversation is not None and conversation.unreachable_since is not None:
            await self.mark_reach(conversation_id, unreachable_since=None)

    async def mark_reach(self, conversation_id: str, *, unreachable_since: datetime | None) -> None:
        if await self.outbox.mark_reach(conversation_id, unreachable_since=unreachable_since):
            self.conversations.bus.tell(Changed(conversation_id))

    async def write(self, chat_id: int, text: str, *, key: str, button: str | None = None) -> None:
        """A message of the person, answered. `key` tells it from every other of the chat; who
        writes faster than may be is answered later, not refused."""
        conversation_id = await self.open(chat_id)
        while seconds := await self.writing.seconds_to_wait(str(chat_id)):
            minute = int(self.clock().timestamp()) // 60
            await self.say(conversation_id, say("telegram.slow_down"), key=f"slow:{minute}")
            await asyncio.sleep(seconds)
        incoming = Incoming(
            conversation_id, text, f"{MESSAGE_KEY}{chat_id}:{key}", self.clock(), button
        )
        if await self.conversations.send(incoming) is None:  # erased just now: a new one begins
            await self.write(chat_id, text, key=key, button=button)

    async def say(
        self,
        conversation_id: str,
        text: str,
        *,
        key: str,
        author: Author = Author.system,
        buttons: tuple[Button, ...] = (),
    ) -> None:
        """A sentence of the service, said once under its key, in its place among the others."""
        reply = Reply(text, author=author, external_id=f"{MESSAGE_KEY}{key}", buttons=buttons)
        if await self.outbox.say(conversation_id, reply):
            self.conversations.bus.tell(Changed(conversation_id))


def address_of(chat_id: int) -> Address:
    return Address(CHANNEL, str(chat_id))
