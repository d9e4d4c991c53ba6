"""The Telegram door: opened when the service starts, closed when it stops, and nobody else's
trouble if Telegram is away or the token wrong."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import APIRouter
from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError

from bot.channels.limits import Allowance
from bot.channels.telegram.calling import Caller, Connection, gently
from bot.channels.telegram.chats import Chats
from bot.channels.telegram.documents import Documents
from bot.channels.telegram.incoming import Updates
from bot.channels.telegram.moved import PREFIX, Moves
from bot.channels.telegram.outgoing import Delivery, Paces
from bot.channels.telegram.pressing import Pressing
from bot.channels.telegram.reading import Reader, Settling
from bot.channels.telegram.receiving import poll, secret_of, webhook_router
from bot.conversation.conversations import Conversations
from bot.conversation.inbox import Inbox
from bot.conversation.moving import Moving
from bot.conversation.outbox import Outbox
from bot.files.store import FileStore
from bot.texts import say

logger = logging.getLogger(__name__)
_LONGEST_PAUSE = 60.0
_COMMANDS = {
    "plan": "telegram.command_plan",
    "conseiller": "telegram.command_conseiller",
    "donnees": "telegram.command_donnees",
    "effacer": "telegram.command_effacer",
    "site": "telegram.command_site",
    "aide": "telegram.command_aide",
}


@dataclass(frozen=True)
class Options:
    """`webhook`: Telegram calls us; else it is asked. `alone` runs what it is given in one process
    at a time: it sends, and deals with what comes."""

    connection: Connection
    webhook: bool
    public_url: str
    alone: Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]
    writing: Allowance
    characters: int
    settling: Settling = field(default_factory=Settling)
    paces: Paces = field(default_factory=Paces)


class TelegramDoor:
    def __init__(
        self,
        conversations: Conversations,
        outbox: Outbox,
        inbox: Inbox,
        moving: Moving,
        files: FileStore,
        *,
        options: Options,
        clock: Callable[[], datetime],
    ) -> None:
        self._options = options
        self._conversations = conversations
        self._outbox = outbox
        self._inbox = inbox
        self._moving = moving
        self._files = files
        self._clock = clock
        self._caller = Caller(options.connection)
        self._chats = Chats(conversations, outbox, options.writing, options.characters, clock)
        self._reader = Reader(inbox, clock, options.settling, in_order=not options.webhook)
        self._username: str | None = None

    @property
    def router(self) -> APIRouter:
        """The webhook; without the secret it believes nobody, set or not."""
        secret = secret_of(self._options.connection.token)
        return webhook_router(self._inbox, self._reader, secret, self._clock)

    def link(self, code: str) -> str | None:
        """The deep link that moves a conversation here; None until the bot's name is known."""
        if self._username is None:
            return None
        return f"https://t.me/{self._username}?start={PREFIX}{code}"

    async def run(self, tell: Callable[[str], None]) -> None:
        """Until cancelled. `tell` is given the one sentence that explains why it cannot."""
        try:
            username = self._username = await self._name(tell)
            await self._options.alone(lambda: self._work(username, tell))
        except InvalidToken:
            tell(say("terminal.telegram_bad_token"))
        except Exception:
            logger.exception("the Telegram door closed")
            tell(say("terminal.telegram_stopped"))
        finally:
            await self._caller.close()

    async def _name(self, tell: Callable[[str], None]) -> str:
        """The bot's, asked for until Telegram answers."""
        pause = 1.0
        while True:
            try:
                return await self._caller.username()
            except InvalidToken:
                raise
            except TelegramError as error:
                logger.warning("Telegram does not answer: %s", error.message)
                if pause == 1.0:
                    tell(say("terminal.telegram_away"))
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _work(self, username: str, tell: Callable[[str], None]) -> None:
        await self._caller.renew()  # what this process had under way when it lost its place
        commands = [BotCommand(name, say(text)) for name, text in _COMMANDS.items()]
        await gently(self._caller.bot.set_my_commands(commands))
        delivery = Delivery(
            self._outbox,
            self._conversations.store,
            self._conversations.bus,
            self._caller,
            self._files,
            self._clock,
            self._options.paces,
            self._conversations.observer,
        )
        works = [delivery.run(), self._reader.run(self._updates(username))]
        if not self._options.webhook:
            works.append(poll(self._inbox, self._reader, self._caller, self._clock, tell))
        tell(say("terminal.telegram_ready", bot=username))
        running = [asyncio.create_task(work) for work in works]
        try:
            # Not `gather`: it would cancel them too, and a connection to SQLite that is cancelled
            # twice while it closes waits for ever.
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _updates(self, username: str) -> Updates:
        moves = Moves(self._chats, self._moving, self._caller, self._options.public_url)
        pressing = Pressing(self._chats, moves, self._caller)
        documents = Documents(self._chats, self._caller, self._files)
        return Updates(self._chats, moves, pressing, documents, self._caller, username)
