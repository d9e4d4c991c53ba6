"""Updates come by the webhook or are asked for; kept first, acknowledged then, dealt with last."""

import asyncio
import hmac
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.channels.problems import Problem
from bot.channels.telegram.calling import Caller, wait_of
from bot.channels.telegram.reading import Reader
from bot.conversation.inbox import Inbox, Update
from bot.texts import say

logger = logging.getLogger(__name__)
WEBHOOK = "/telegram/webhook"
_LONGEST_PAUSE = 60.0
_BREATH = 0.05


def secret_of(token: str) -> str:
    """What Telegram shows to be believed; made from the token, so that nobody has to keep it."""
    return hmac.new(token.encode(), b"webhook", sha256).hexdigest()


def webhook_router(
    inbox: Inbox, reader: "Reader", secret: str, clock: Callable[[], datetime]
) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post(WEBHOOK)
    async def receive(
        request: Request,
        x_telegram_bot_api_secret_token: Annotated[str, Header()] = "",
    ) -> Response:
        """Kept before it is answered: what Telegram gets no 200 for, it sends again."""
        if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), secret.encode()):
            raise Problem(401, say("refusals.not_telegram"))
        try:
            update = read_update(await request.json())
        except (ValueError, RecursionError):  # no JSON, or nested without end
            update = None
        if update is None:
            raise Problem(400, say("refusals.unreadable"))
        await inbox.keep([update], clock())
        reader.look()
        return Response(status_code=200)

    return router


def read_update(body: object) -> Update | None:
    """An update that came from outside; None if it is none."""
    if not isinstance(body, Mapping):
        return None
    update_id = body.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or abs(update_id) >= 2**63:
        return None
    return Update(update_id, _chat_id(body), body)


def _chat_id(body: Mapping[str, Any]) -> int | None:
    for content in body.values():
        if isinstance(content, Mapping):
            inside = content.get("message", content)
            chat = inside.get("chat") if isinstance(inside, Mapping) else None
            chat_id = chat.get("id") if isinstance(chat, Mapping) else None
            if isinstance(chat_id, int) and abs(chat_id) < 2**63:
                return chat_id
    return None


async def poll(
    inbox: Inbox,
    reader: Reader,
    caller: Caller,
    clock: Callable[[], datetime],
    tell: Callable[[str], None],
) -> None:
    """Ask Telegram for updates until cancelled: those before are kept when the next are asked for,
    which is what acknowledges them. Says once why it cannot."""
    pause = 1.0
    told: str | None = None
    while True:
        try:
            bodies = await caller.updates(await inbox.last())
            read = [update for body in bodies if (update := read_update(body)) is not None]
            await inbox.keep(read, clock())
        except RetryAfter as error:
            await asyncio.sleep(wait_of(error))
            continue
        except Exception as error:
            told = _explain(error, told, tell)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
            continue
        pause, told = 1.0, None
        if read:
            reader.look()
        else:  # a server that does not let one wait must not be asked without end
            await asyncio.sleep(_BREATH)


def _explain(error: Exception, told: str | None, tell: Callable[[str], None]) -> str:
    """Why there are no updates, said once until it changes."""
    message = error.message if isinstance(error, TelegramError) else type(error).__name__
    logger.warning("no updates from Telegram: %s", message)
    if "webhook" in message.casefold() and message != told:
        tell(say("terminal.telegram_has_webhook"))
    elif isinstance(error, Conflict) and message != told:
        tell(say("terminal.telegram_other_process"))
    return message
