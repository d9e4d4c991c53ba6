"""`qve telegram`: how Telegram reaches the service."""

import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.calling import UPDATES, Caller, Connection
from bot.channels.telegram.receiving import secret_of
from bot.commands.terminal import Refused, command, moment_in_words, show
from bot.settings import Settings
from bot.texts import say


@command
def set_webhook(_: Namespace, settings: Settings) -> int:
    """Register the webhook's address, with the secret by which Telegram will be known."""
    url = settings.telegram_webhook_url
    if url is None:
        raise Refused(say("terminal.telegram_no_url"))
    secret = secret_of(_token(settings))

    async def register(caller: Caller) -> None:
        await caller.bot.set_webhook(str(url), secret_token=secret, allowed_updates=UPDATES)
        show(say("terminal.telegram_webhook_set", url=url))

    return _call(settings, register)


@command
def delete_webhook(_: Namespace, settings: Settings) -> int:
    """Take the webhook away; what waits at Telegram stays there."""

    async def remove(caller: Caller) -> None:
        await caller.bot.delete_webhook()
        show(say("terminal.telegram_webhook_deleted"))

    return _call(settings, remove)


@command
def status(_: Namespace, settings: Settings) -> int:
    """Show the bot, how its messages come, and what last went wrong."""

    async def read(caller: Caller) -> None:
        show(say("terminal.telegram_bot", bot=await caller.username()))
        hook = await caller.bot.get_webhook_info()
        name = "terminal.telegram_webhook" if hook.url else "terminal.telegram_polling"
        show(say(name, url=hook.url))
        show(say("terminal.telegram_waiting", count=hook.pending_update_count))
        if hook.last_error_date is not None:
            moment = moment_in_words(hook.last_error_date)
            reason = hook.last_error_message
            show(say("terminal.telegram_last_error", moment=moment, reason=reason))

    return _call(settings, read)


def _call(settings: Settings, work: Callable[[Caller], Awaitable[None]]) -> int:
    async def run() -> None:
        caller = Caller(Connection(_token(settings), settings.telegram_api_url))
        try:
            await work(caller)
        except InvalidToken as error:
            raise Refused(say("terminal.telegram_bad_token")) from error
        except TelegramError as error:
            raise Refused(say("terminal.telegram_refused", reason=error.message)) from error
        finally:
            await caller.close()

    asyncio.run(run())
    return 0


def _token(settings: Settings) -> str:
    if settings.telegram_token is None:
        raise Refused(say("terminal.telegram_no_token"))
    return settings.telegram_token.get_secret_value()
