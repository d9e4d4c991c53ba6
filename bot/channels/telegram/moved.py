"""A person comes from the website by a deep link, or goes back there."""

from dataclasses import dataclass

from bot.channels.moving import TELEGRAM, WEB
from bot.channels.telegram.calling import Caller
from bot.channels.telegram.chats import Chats, address_of
from bot.channels.telegram.gestures import Gesture, Kind
from bot.channels.telegram.showing import Key
from bot.conversation.moving import Moving
from bot.messages import Author
from bot.texts import say

PREFIX = "suite_"
"""What the parameter of a deep link that moves a conversation begins with."""


@dataclass(frozen=True)
class Moves:
    chats: Chats
    moving: Moving
    caller: Caller
    public_url: str

    async def arrive(
        self, chat_id: int, code: str, update_id: int, *, replace: bool = False
    ) -> None:
        """Follow a link. A conversation already had here is replaced only if that was agreed."""
        move = await self.moving.find(TELEGRAM, code)
        here = await self.chats.find(chat_id)
        if move is None or not (move.good or here == move.conversation_id):
            here = await self.chats.open(chat_id)
            await self.chats.say(here, say("telegram.move_spent"), key=f"spent:{update_id}")
            return
        if here is not None and here != move.conversation_id:
            if not replace and await self._has_written(here):
                await self._ask(chat_id, code)
                return
            await self.chats.conversations.erase(here)
        if move.good:
            await self.moving.to(address_of(chat_id), code)
        await self.chats.say(
            move.conversation_id, say("telegram.moved"), key=f"moved:{chat_id}:{update_id}"
        )

    async def go_to_site(self, chat_id: int) -> None:
        """The link is a secret: it is sent, and kept in no transcript."""
        conversation_id = await self.chats.open(chat_id)
        offer = await self.moving.offer(conversation_id, WEB)
        url = f"{self.public_url}suite.html#{offer.code}"
        await self.caller.say(chat_id, say("telegram.site", url=url))

    async def _has_written(self, conversation_id: str) -> bool:
        messages = await self.chats.conversations.store.messages(conversation_id)
        return any(message.author is Author.person for message in messages)

    async def _ask(self, chat_id: int, code: str) -> None:
        keys = tuple(
            (Key(say(title), Gesture(Kind.move, code, 0, number).data),)
            for title, number in (("telegram.move_yes", 1), ("telegram.move_no", 0))
        )
        await self.caller.say(chat_id, say("telegram.move_sure"), keys)
