"""One update of Telegram, from what it is to what follows from it.

Dealt with twice (after a crash), it leads to the same: what is said has a key, what is written too.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram import ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram.calling import Caller, Unreachable, gently
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.documents import Documents
from bot.channels.telegram.moved import PREFIX, Moves
from bot.channels.telegram.pressing import Pressing
from bot.channels.telegram.showing import MESSAGE_KEY
from bot.conversation.readable import readable
from bot.messages import ASK_ADVISER, ERASE, Author, Button, Holder
from bot.privacy.contacts import without_contact
from bot.texts import say

logger = logging.getLogger(__name__)
_EXPORT = "quebec-ville-etudes-mes-donnees.json"
_LONGEST_CAMPAIGN = 64
# What is no text, and the sentence that fits it; the first that a message has.
_SENTENCES = {
    "animation": "telegram.photo",  # before the document that Telegram adds to it
    "photo": "telegram.photo",
    "voice": "telegram.voice",
    "audio": "telegram.voice",
    "video": "telegram.voice",
    "video_note": "telegram.voice",
    "sticker": "telegram.sticker",
    "venue": "telegram.location",
    "location": "telegram.location",
    "contact": "telegram.contact",
    "document": "telegram.document",
    "poll": "telegram.other",
    "dice": "telegram.other",
    "story": "telegram.other",
    "game": "telegram.other",
    "paid_media": "telegram.other",
    "checklist": "telegram.other",
}


@dataclass(frozen=True)
class Updates:
    """`bot` is the bot's own name, for groups."""

    chats: Chats
    moves: Moves
    pressing: Pressing
    documents: Documents
    caller: Caller
    bot: str

    async def handle(self, body: Mapping[str, Any]) -> None:
        """Raises what Telegram or the database raise, and what an update that cannot be read does:
        it is then to be dealt with again."""
        update = Update.de_json(dict(body), self.caller.bot)
        chat = update.effective_chat
        try:
            if chat is None:
                return
            if chat.type != ChatType.PRIVATE:
                await self._decline(update, chat.id)
            elif update.callback_query:
                await self.pressing.pressed(update.callback_query, update.update_id)
            elif update.my_chat_member:
                await self._membership(chat.id, update.my_chat_member)
            elif update.edited_message:
                await self._corrected(chat.id, update.edited_message, update.update_id)
            elif update.message:
                await self._message(chat.id, update.message, update.update_id)
        except Unreachable:  # what was to be said at once can be said no more
            logger.info("a person could not be answered on Telegram")

    async def fail(self, chat_id: int, update_id: int) -> None:
        """Say that an update could not be dealt with: silence is never an answer."""
        if chat_id > 0:
            conversation_id = await self.chats.open(chat_id)
            await self.chats.say(conversation_id, say("telegram.failed"), key=f"failed:{update_id}")

    async def _decline(self, update: Update, chat_id: int) -> None:
        """Groups and channels: a word, and the bot leaves."""
        member = update.my_chat_member
        gone = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
        if member is not None and member.new_chat_member.status in gone:
            return
        if update.callback_query is None:
            try:
                await self.caller.say(chat_id, say("telegram.group", bot=self.bot))
            finally:
                await gently(self.caller.bot.leave_chat(chat_id))

    async def _membership(self, chat_id: int, member: ChatMemberUpdated) -> None:
        """The person blocked the bot, or let it in again."""
        conversation_id = await self.chats.find(chat_id)
        if conversation_id is None:
            return
        blocked = member.new_chat_member.status == ChatMemberStatus.BANNED
        since = self.chats.clock() if blocked else None
        await self.chats.mark_reach(conversation_id, unreachable_since=since)

    async def _message(self, chat_id: int, message: Message, update_id: int) -> None:
        text = message.text or ""
        if text.startswith("/"):
            await self._command(chat_id, text, message, update_id)
        elif text:
            await self._text(chat_id, text, key=str(message.message_id), update_id=update_id)
        elif (found := _attached(message)) is not None:
            if not await self.documents.passed_on(chat_id, message, update_id):
                await self._no_text(chat_id, _SENTENCES[found], update_id)
            if message.caption:
                await self._text(
                    chat_id, message.caption, key=str(message.message_id), update_id=update_id
                )

    async def _text(self, chat_id: int, written: str, *, key: str, update_id: int) -> None:
        text = readable(written)
        if not text:
            await self._no_text(chat_id, "telegram.other", update_id)
        elif len(text) > self.chats.characters:
            conversation_id = await self.chats.open(chat_id)
            limit = self.chats.characters
            words = say("refusals.too_long", length=len(text), limit=limit)
            await self.chats.say(conversation_id, words, key=f"long:{update_id}")
        else:
            await self.chats.write(chat_id, text, key=key)

    async def _no_text(self, chat_id: int, sentence: str, update_id: int) -> None:
        """What cannot be read gets a word; while an adviser has the floor, not the assistant's."""
        conversation_id = await self.chats.open(chat_id)
        floor = await self.chats.conversations.store.floor(conversation_id)
        words = say(sentence)
        if floor.holder is Holder.adviser:
            words = say("telegram.not_passed_on", adviser=floor.adviser)
        await self.chats.say(conversation_id, words, key=f"no_text:{update_id}")

    async def _corrected(self, chat_id: int, message: Message, update_id: int) -> None:
        """An edited message is one more, unless its words are the same: Telegram also tells of
        edits that change none."""
        if not message.text or message.text.startswith("/"):
            return
        conversation_id = await self.chats.open(chat_id)
        key = str(message.message_id)
        known = await self._last_version(conversation_id, f"{MESSAGE_KEY}{chat_id}:{key}")
        if known == without_contact(readable(message.text)):
            return
        floor = await self.chats.conversations.store.floor(conversation_id)
        is_advised = floor.holder is Holder.adviser
        words = "telegram.corrected_advised" if is_advised else "telegram.corrected"
        if known is not None:
            await self.chats.say(conversation_id, say(words), key=f"corrected:{update_id}")
        await self._text(chat_id, message.text, key=f"{key}:{update_id}", update_id=update_id)

    async def _last_version(self, conversation_id: str, key: str) -> str | None:
        messages = await self.chats.conversations.store.messages(conversation_id)
        versions = [
            without_contact(message.text)
            for message in messages
            if (message.external_id or "").startswith(key)
            and (message.external_id or "")[len(key) :][:1] in ("", ":")
        ]
        return versions[-1] if versions else None

    async def _command(self, chat_id: int, text: str, message: Message, update_id: int) -> None:
        command, _, rest = text[1:].partition(" ")
        key = str(message.message_id)
        match command.partition("@")[0].casefold():
            case "start":
                await self._start(chat_id, rest.strip(), update_id)
            case "plan":
                await self.chats.write(chat_id, say("telegram.says_plan"), key=key)
            case "conseiller":
                words = say("telegram.says_adviser")
                await self.chats.write(chat_id, words, key=key, button=ASK_ADVISER)
            case "donnees":
                await self._data(chat_id)
            case "effacer":
                await self._ask_to_erase(chat_id, update_id)
            case "site":
                await self.moves.go_to_site(chat_id)
            case _:
                await self._welcome(await self.chats.open(chat_id), update_id)

    async def _start(self, chat_id: int, parameter: str, update_id: int) -> None:
        if parameter.startswith(PREFIX):
            await self.moves.arrive(chat_id, parameter[len(PREFIX) :], update_id)
            return
        campaign = readable(parameter)[:_LONGEST_CAMPAIGN] or None
        await self._welcome(await self.chats.open(chat_id, campaign=campaign), update_id)

    async def _welcome(self, conversation_id: str, update_id: int) -> None:
        await self.chats.say(conversation_id, say("telegram.welcome"), key=f"welcome:{update_id}")

    async def _data(self, chat_id: int) -> None:
        conversation_id = await self.chats.find(chat_id)
        records = conversation_id and await self.chats.conversations.export(conversation_id)
        if not records:
            await self.caller.say(chat_id, say("telegram.no_data"))
            return
        file = json.dumps(records, ensure_ascii=False, indent=2).encode()
        words = say("telegram.data_file", page=self.chats.conversations.privacy_page)
        await self.caller.send_file(chat_id, file, _EXPORT, words)

    async def _ask_to_erase(self, chat_id: int, update_id: int) -> None:
        conversation_id = await self.chats.find(chat_id)
        if conversation_id is None:
            await self.caller.say(chat_id, say("telegram.no_data"))
            return
        await self.chats.say(
            conversation_id,
            say("telegram.erase_sure"),
            key=f"erase:{update_id}",
            author=Author.bot,
            buttons=(Button(say("telegram.erase_yes"), ERASE),),
        )


def _attached(message: Message) -> str | None:
    return next((name for name in _SENTENCES if getattr(message, name, None)), None)
