"""What follows when a person presses a button under a message."""

from dataclasses import dataclass, replace

from telegram import CallbackQuery

from bot.channels.calendar import FILE, calendar_of
from bot.channels.printing import printed_page
from bot.channels.telegram.calling import Caller
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.gestures import Gesture, Kind, tag_of
from bot.channels.telegram.moved import Moves
from bot.channels.telegram.showing import (
    Keyboard,
    adviser_offered,
    keyboard,
    noted,
    whys,
    without_replies,
)
from bot.conversation.bus import Changed
from bot.messages import ASK_ADVISER, Message, Why
from bot.texts import say

_PAGE = "quebec-ville-etudes.html"


@dataclass(frozen=True)
class Press:
    """A button pressed under a message that is still there."""

    chat_id: int
    message_id: int
    query_id: str
    gesture: Gesture
    message: Message


@dataclass(frozen=True)
class Pressing:
    chats: Chats
    moves: Moves
    caller: Caller

    async def pressed(self, query: CallbackQuery, update_id: int) -> None:
        gesture = Gesture.read(query.data or "")
        if query.message is None or gesture is None:
            await self._old(query.id)
            return
        chat_id, message_id = query.message.chat.id, query.message.message_id
        if gesture.kind is Kind.nothing:
            await self.caller.answer(query.id)
        elif gesture.kind is Kind.erase:
            await self._erase(chat_id, message_id, query.id, gesture)
        elif gesture.kind is Kind.move:
            await self._move(chat_id, message_id, query.id, gesture, update_id)
        elif (message := await self._message(chat_id, gesture)) is None:
            await self._old(query.id)
        else:
            await self._act(Press(chat_id, message_id, query.id, gesture, message))

    async def _act(self, press: Press) -> None:
        match press.gesture.kind:
            case Kind.reply:
                await self._reply(press)
            case Kind.adviser:
                await self._ask_adviser(press)
            case Kind.rate | Kind.why:
                await self._rate(press)
            case Kind.tick:
                await self._tick(press)
            case Kind.calendar:
                await self._calendar(press)
            case _:
                await self.caller.answer(press.query_id)
                page = printed_page(press.message, await self._ticked(press.message))
                caption = say("telegram.page_file")
                await self.caller.send_file(press.chat_id, page.encode(), _PAGE, caption)

    async def _old(self, query_id: str) -> None:
        await self.caller.answer(query_id, say("telegram.old_button"), alert=True)

    async def _message(self, chat_id: int, gesture: Gesture) -> Message | None:
        """What the button stands under, in the conversation that is had in the chat now."""
        conversation_id = await self.chats.find(chat_id)
        if conversation_id is None or tag_of(conversation_id) != gesture.tag:
            return None
        await self.chats.can_be_reached(conversation_id)
        return await self._read(conversation_id, gesture.seq)

    async def _read(self, conversation_id: str, seq: int) -> Message | None:
        store = self.chats.conversations.store
        following = await store.messages(conversation_id, after=seq - 1)
        return following[0] if following and following[0].seq == seq else None

    async def _reply(self, press: Press) -> None:
        number = press.gesture.number
        if not 0 <= number < len(press.message.buttons):
            await self._old(press.query_id)
            return
        button = press.message.buttons[number]
        await self.caller.answer(press.query_id)
        keys = keyboard(press.message, await self._ticked(press.message))
        await self._show(press, without_replies(keys, chosen=button.title))
        await self._write(press, button.title, button.payload)

    async def _ask_adviser(self, press: Press) -> None:
        await self.caller.answer(press.query_id)
        await self._write(press, say("telegram.says_adviser"), ASK_ADVISER)

    async def _write(self, press: Press, text: str, payload: str) -> None:
        await self.chats.write(press.chat_id, text, key=f"press:{press.query_id}", button=payload)

    async def _rate(self, press: Press) -> None:
        """Useful, or not; and then why, in one tap."""
        gesture, message = press.gesture, press.message
        reasons = list(Why)
        why = None
        if gesture.kind is Kind.why and 0 <= gesture.number < len(reasons):
            why = reasons[gesture.number]
        useful = gesture.kind is Kind.rate and gesture.number == 1
        rated = await self.chats.conversations.store.rate(
            message.conversation_id, message.seq, useful=useful, why=why
        )
        if not rated:
            await self._old(press.query_id)
            return
        await self.caller.answer(press.query_id, say("telegram.thanks"))
        keys = keyboard(replace(message, useful=useful), await self._ticked(message))
        if useful:
            after: Keyboard = (noted(say("telegram.thanks")),)
        else:
            reasons_left = (noted(say("telegram.thanks")),) if why else whys(message)
            after = (*reasons_left, adviser_offered(message))
        await self._show(press, (*keys, *after))

    async def _tick(self, press: Press) -> None:
        """The button says what it wants done: pressed twice, it is done once."""
        number, wanted = divmod(press.gesture.number, 2)
        cards = press.message.cards
        item = cards[number].tick if 0 <= number < len(cards) else None
        if item is None:
            await self._old(press.query_id)
            return
        conversations, conversation_id = self.chats.conversations, press.message.conversation_id
        if wanted:
            await conversations.store.tick(conversation_id, item, at=self.chats.clock())
        else:
            await conversations.store.untick(conversation_id, item)
        conversations.bus.tell(Changed(conversation_id))
        await self.caller.answer(press.query_id)
        await self._show(press, keyboard(press.message, await self._ticked(press.message)))

    async def _calendar(self, press: Press) -> None:
        file = calendar_of(press.message)
        if file is None:
            await self.caller.answer(press.query_id, say("telegram.no_dates"), alert=True)
            return
        await self.caller.answer(press.query_id)
        await self.caller.send_file(press.chat_id, file, FILE, say("telegram.calendar_file"))

    async def _erase(self, chat_id: int, message_id: int, query_id: str, gesture: Gesture) -> None:
        """Whoever has the floor. Dealt with again after a crash, it is only said again."""
        conversation_id = await self.chats.find(chat_id)
        if conversation_id is not None and tag_of(conversation_id) != gesture.tag:
            await self._old(query_id)
            return
        if conversation_id is not None:
            await self.chats.conversations.erase(conversation_id)
        await self.caller.answer(query_id)
        await self.caller.change_keyboard(chat_id, message_id, ())
        await self.caller.say(chat_id, say("telegram.erased"))

    async def _move(
        self, chat_id: int, message_id: int, query_id: str, gesture: Gesture, update_id: int
    ) -> None:
        await self.caller.answer(query_id)
        await self.caller.change_keyboard(chat_id, message_id, ())
        if gesture.number:
            await self.moves.arrive(chat_id, gesture.tag, update_id, replace=True)
        else:
            await self.caller.say(chat_id, say("telegram.move_kept"))

    async def _ticked(self, message: Message) -> frozenset[str]:
        return frozenset(await self.chats.conversations.store.ticked(message.conversation_id))

    async def _show(self, press: Press, keys: Keyboard) -> None:
        await self.caller.change_keyboard(press.chat_id, press.message_id, keys)
