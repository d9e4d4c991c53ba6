"""Calls to the Bot API: one bot, its rate limiter on, and what its refusals mean."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import FloodLimit, ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram.showing import Keyboard, Part
from bot.texts import say

logger = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_POLL_SECONDS = 20
_SECONDS = 15.0
# What Telegram says with a 400 when nobody is there any more.
_NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid")


class Unreachable(Exception):
    """The person blocked the bot, or is no longer on Telegram: nothing can be sent to them."""


@dataclass(frozen=True)
class Connection:
    """How Telegram is reached. `a_second`: messages to all chats together (0: no limit)."""

    token: str
    api_url: str = "https://api.telegram.org"
    a_second: float = FloodLimit.MESSAGES_PER_SECOND


class Caller:
    """Opens no connection before the first call; `close` ends them."""

    def __init__(self, connection: Connection) -> None:
        self._requests = [
            HTTPXRequest(connection_pool_size=size, read_timeout=_SECONDS, connect_timeout=_SECONDS)
            for size in (1, 32)
        ]
        api = connection.api_url.rstrip("/")
        self.bot: ExtBot[int] = ExtBot(
            connection.token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
            rate_limiter=AIORateLimiter(overall_max_rate=connection.a_second, max_retries=1),
        )

    async def username(self) -> str:
        """The bot's name, without @. Raises telegram.error.InvalidToken for a wrong token."""
        me = await self.bot.get_me()
        return str(me.username)

    async def updates(self, after: int | None) -> list[dict[str, Any]]:
        """What came after the update of that number, waited for; as Telegram wrote it."""
        found = await self.bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": None if after is None else after + 1,
                "timeout": _POLL_SECONDS,
                "allowed_updates": list(UPDATES),
            },
            read_timeout=_POLL_SECONDS + _SECONDS,
        )
        return list(found)

    async def send(self, chat_id: int, part: Part) -> None:
        """Send one part. Raises Unreachable; RetryAfter and NetworkError are to be tried again.

        What Telegram refuses to read as HTML is sent as plain text; what it refuses altogether is
        said to have been there.
        """
        try:
            await self._send(chat_id, part.html, part.keyboard, ParseMode.HTML)
        except BadRequest as refused:
            _raise_if_nobody(refused)
            logger.warning("Telegram refused a message's markup: %s", refused.message)
            await self._send_plain(chat_id, part)

    async def _send_plain(self, chat_id: int, part: Part) -> None:
        try:
            await self._send(chat_id, part.plain, part.keyboard)
        except BadRequest as refused:
            _raise_if_nobody(refused)
            logger.error("Telegram refused a message as plain text too: %s", refused.message)
            await self.say(chat_id, say("telegram.unshowable"))

    async def say(self, chat_id: int, text: str, keyboard: Keyboard = ()) -> None:
        """Send a sentence that is no message of a conversation. Raises as `send` does."""
        try:
            await self._send(chat_id, text, keyboard)
        except BadRequest as refused:
            raise Unreachable from refused

    async def send_file(self, chat_id: int, file: bytes, name: str, caption: str = "") -> None:
        """Send a document. Raises as `send` does; of one that is refused it is said that it was."""
        try:
            await self.bot.send_document(chat_id, file, filename=name, caption=caption or None)
        except Forbidden as refused:
            raise Unreachable from refused
        except BadRequest as refused:
            _raise_if_nobody(refused)
            logger.error("Telegram refused a document: %s", refused.message)
            await self.say(chat_id, say("telegram.unshowable"))

    async def download(self, file_id: str) -> bytes:
        """A file that a person sent, whole in memory: look at its size first."""
        file = await self.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def answer(self, query_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """Stop the spinner of a button; what came too late for it is no loss."""
        await gently(self.bot.answer_callback_query(query_id, text, show_alert=alert))

    async def change_keyboard(self, chat_id: int, message_id: int, keyboard: Keyboard) -> None:
        markup = _markup(keyboard)
        await gently(self.bot.edit_message_reply_markup(chat_id, message_id, reply_markup=markup))

    async def renew(self) -> None:
        """Begin without a connection. One whose request was cancelled may never come back to its
        pool (httpcore), and the pool of `updates` has but one: nothing would be heard any more."""
        await self.close()
        for request in self._requests:
            await request.initialize()

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    async def _send(
        self, chat_id: int, text: str, keyboard: Keyboard, mode: str | None = None
    ) -> None:
        try:
            await self.bot.send_message(
                chat_id,
                text,
                parse_mode=mode,
                reply_markup=_markup(keyboard) if keyboard else None,
                link_preview_options=_NO_PREVIEW,
            )
        except Forbidden as refused:
            raise Unreachable from refused


UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")


async def gently(call: Awaitable[object]) -> bool:
    """Make a call nothing depends on; whether it was done."""
    try:
        await call
    except RetryAfter:
        return False
    except TelegramError as error:
        logger.info("a call to Telegram was not done: %s", error.message)
        return False
    except Exception:  # an answer that is not what it should be: still nothing depends on it
        logger.exception("a call to Telegram was answered strangely")
        return False
    return True


def wait_of(error: RetryAfter) -> float:
    """Seconds to wait before the next call."""
    after = error.retry_after
    return float(after if isinstance(after, (int, float)) else after.total_seconds())


def _raise_if_nobody(refused: BadRequest) -> None:
    if any(words in refused.message.casefold() for words in _NOBODY):
        raise Unreachable from refused


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(key.title, callback_data=key.data) for key in row]
            for row in keyboard
        ]
    )
