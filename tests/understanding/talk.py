"""A conversation with the assistant, line by line, as a channel has it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.store import Received
from bot.messages import Author, Floor, Incoming, Message
from bot.wiring import Service, clock


@dataclass
class Talk:
    service: Service
    conversation_id: str

    @classmethod
    async def begin(cls, service: Service) -> "Talk":
        conversation_id, _ = await service.conversations.start(
            channel="web", timezone="Europe/Paris"
        )
        return cls(service, conversation_id)

    async def say(
        self, text: str, *, button: str | None = None, at: datetime | None = None
    ) -> list[Message]:
        """What the person is told after this message."""
        conversations = self.service.conversations
        when = at or clock()
        incoming = Incoming(self.conversation_id, text, str(uuid.uuid4()), when, button)
        received = await conversations.receive(incoming)
        assert isinstance(received, Received)
        await conversations.answer(self.conversation_id)
        said = await conversations.store.messages(self.conversation_id, after=received.message.seq)
        return [message for message in said if message.author is not Author.person]

    async def press(self, title: str, among: list[Message]) -> list[Message]:
        """Press the button with that title."""
        [button] = [b for message in among for b in message.buttons if b.title == title]
        return await self.say(button.title, button=button.payload)

    async def floor(self) -> Floor:
        return await self.service.conversations.store.floor(self.conversation_id)

    async def heard(self) -> Message:
        """The person's last message, with what was understood of it."""
        messages = await self.service.conversations.store.messages(self.conversation_id)
        return [message for message in messages if message.author is Author.person][-1]


def words(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages)
