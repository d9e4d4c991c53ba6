"""A document or a photo that a person sends goes to the adviser who has the floor, and nowhere
else; it is looked at as one that comes by the web is."""

import asyncio
from dataclasses import dataclass

from telegram import Message

from bot.channels.telegram.calling import Caller
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.showing import MESSAGE_KEY
from bot.conversation.bus import Changed
from bot.files.checking import LARGEST, FitFile, Unfit, checked
from bot.files.store import FileStore, NotKept
from bot.messages import Holder
from bot.texts import say

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Documents:
    chats: Chats
    caller: Caller
    files: FileStore

    async def passed_on(self, chat_id: int, message: Message, update_id: int) -> bool:
        """False if it is no document, or nobody is there to read it: nothing was said of it."""
        sent = message.document or (message.photo[-1] if message.photo else None)
        if sent is None:
            return False
        conversation_id = await self.chats.open(chat_id)
        floor = await self.chats.conversations.store.floor(conversation_id)
        if floor.holder is not Holder.adviser:
            return False
        name = (message.document and message.document.file_name) or ""
        key = f"{MESSAGE_KEY}{chat_id}:{message.message_id}"
        refused = await self._keep(conversation_id, sent.file_id, sent.file_size or 0, name, key)
        words = refused or say("telegram.passed_on", adviser=floor.adviser)
        await self.chats.say(conversation_id, words, key=f"document:{update_id}")
        return True

    async def _keep(
        self, conversation_id: str, file_id: str, size: int, name: str, key: str
    ) -> str | None:
        """Why it was not kept, in words; None if it was."""
        fit: Unfit | FitFile = Unfit.too_large
        if size <= LARGEST:
            fit = await asyncio.to_thread(checked, name, await self.caller.download(file_id))
        if isinstance(fit, Unfit):
            return say(f"files.{fit.value}", megabytes=LARGEST // _MEGABYTE)
        kept = await self.files.receive(
            conversation_id, fit, external_id=key, at=self.chats.clock()
        )
        if isinstance(kept, NotKept):
            return say(f"files.{kept.value}")
        self.chats.conversations.bus.tell(Changed(conversation_id))
        return None
