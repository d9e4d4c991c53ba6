"""Sends what conversations say to their chats: in order, at least once, for as long as it takes.

    something new ─► what follows the conversation's place ─► sent part by part ─► the place moves

The place moves after Telegram accepted a part. A crash, or an answer that never came, between the
two sends that part again: the Bot API has no key by which it would know it. Nothing is skipped.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram.constants import ChatAction
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.channels.telegram.calling import Caller, Unreachable, gently, wait_of
from bot.channels.telegram.showing import CHANNEL, Part, shown
from bot.conversation.bus import Bus, Changed, Erased, News, Typing
from bot.conversation.observing import Observer, Step
from bot.conversation.outbox import Outbox, Outgoing, Place
from bot.conversation.store import ConversationStore
from bot.files.store import FileStore
from bot.messages import Author, Message

logger = logging.getLogger(__name__)
_LONGEST_PAUSE = 60.0
_TYPING_SECONDS = 4.0
"""Telegram shows it for five."""


@dataclass(frozen=True)
class Paces:
    """Seconds: between two looks at the whole outbox; before a call that failed is made again."""

    between_looks: float = 2.0
    first_pause: float = 1.0


class Delivery:
    """`run` must run in one process only: two would each send every message."""

    def __init__(
        self,
        outbox: Outbox,
        store: ConversationStore,
        bus: Bus,
        caller: Caller,
        files: FileStore,
        clock: Callable[[], datetime],
        paces: Paces,
        observer: Observer,
    ) -> None:
        self._outbox = outbox
        self._store = store
        self._bus = bus
        self._caller = caller
        self._files = files
        self._clock = clock
        self._paces = paces
        self._observer = observer
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._chats: dict[str, int] = {}
        self._typing: dict[str, float] = {}
        self._gestures: set[asyncio.Task[bool]] = set()
        self._closed = False

    async def run(self) -> None:
        """Until cancelled. News say where to look at once; a look at everything, from time to
        time, finds what no news told of."""
        looking = asyncio.create_task(self._look())
        try:
            with self._bus.listen() as news:
                while True:
                    self._hear(await news.get())
        finally:
            self._closed = True
            tasks = [looking, *self._sending.values(), *self._gestures]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            try:
                for conversation_id in await self._outbox.waiting(CHANNEL):
                    self._start(conversation_id)
            except Exception:
                logger.exception("the outbox could not be read; the next look tries again")
            await asyncio.sleep(self._paces.between_looks)

    def _hear(self, news: News) -> None:
        match news:
            case Changed(conversation_id=conversation_id):
                self._start(conversation_id)
            case Typing(conversation_id=conversation_id):
                self._show_typing(conversation_id)
            case Erased(conversation_id=conversation_id):
                self._chats.pop(conversation_id, None)
                self._typing.pop(conversation_id, None)

    def _start(self, conversation_id: str) -> None:
        """Send to one chat, or look again when what is being sent is sent."""
        if conversation_id in self._sending:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._send_all(conversation_id))
        self._sending[conversation_id] = task
        task.add_done_callback(lambda _: self._ended(conversation_id))

    def _ended(self, conversation_id: str) -> None:
        self._sending.pop(conversation_id, None)
        if conversation_id in self._again and not self._closed:
            self._again.discard(conversation_id)
            self._start(conversation_id)

    async def _send_all(self, conversation_id: str) -> None:
        self._observer.about(conversation_id)  # a task of its own
        pause = self._paces.first_pause
        while True:
            try:
                await self._send_waiting(conversation_id)
                return
            except RetryAfter as error:
                await asyncio.sleep(wait_of(error))
            except (NetworkError, InvalidToken) as error:
                logger.warning("Telegram does not answer; trying again: %s", error.message)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            except Unreachable:
                await self._give_up(conversation_id)
                return
            except Exception:
                logger.exception("a delivery failed; the next look tries again")
                return

    async def _send_waiting(self, conversation_id: str) -> None:
        outgoing = await self._outbox.outgoing(conversation_id)
        if outgoing is None or outgoing.address.channel != CHANNEL or outgoing.unreachable_since:
            return
        chat_id = self._chats[conversation_id] = int(outgoing.address.key)
        await self._send_messages(conversation_id, chat_id, outgoing)

    async def _send_messages(self, conversation_id: str, chat_id: int, outgoing: Outgoing) -> None:
        if not outgoing.messages:
            return
        ticked = frozenset(await self._store.ticked(conversation_id))
        done, asked = outgoing.place.part, None
        for message in outgoing.messages:
            if message.author is Author.person:
                asked = message.seq
            is_last = message is outgoing.messages[-1]
            with self._observer.within(Step.deliver, conversation_id, asked):
                await self._send_message(chat_id, message, shown(message, ticked), done, is_last)
            done = 0

    async def _send_message(
        self, chat_id: int, message: Message, parts: Sequence[Part], done: int, is_last: bool
    ) -> None:
        """Its parts after the first `done`. Of the last message, even nothing moves the place."""
        conversation_id = message.conversation_id
        for number, part in enumerate(parts[done:], start=done + 1):
            await self._send_part(conversation_id, chat_id, part)
            whole = number == len(parts)
            place = Place(message.seq) if whole else Place(message.seq - 1, number)
            await self._outbox.delivered(conversation_id, place)
        if done >= len(parts) and is_last:
            await self._outbox.delivered(conversation_id, Place(message.seq))

    async def _send_part(self, conversation_id: str, chat_id: int, part: Part) -> None:
        if part.file is None:
            await self._caller.send(chat_id, part)
            return
        found = await self._files.content(conversation_id, part.file.id)
        if found is not None:
            await self._caller.send_file(chat_id, found.content, found.ref.name)

    async def _give_up(self, conversation_id: str) -> None:
        """Until the person writes again; the desk is shown that they cannot be reached."""
        logger.info("a person can no longer be reached on Telegram")
        await self._outbox.mark_reach(conversation_id, unreachable_since=self._clock())
        self._bus.tell(Changed(conversation_id))

    def _show_typing(self, conversation_id: str) -> None:
        chat_id = self._chats.get(conversation_id)
        now = time.monotonic()
        if chat_id is None or now - self._typing.get(conversation_id, -60.0) < _TYPING_SECONDS:
            return
        self._typing[conversation_id] = now
        self._softly(gently(self._caller.bot.send_chat_action(chat_id, ChatAction.TYPING)))

    def _softly(self, call: Coroutine[Any, Any, bool]) -> None:
        task = asyncio.create_task(call)
        self._gestures.add(task)
        task.add_done_callback(self._gestures.discard)
