"""A process that loses its place at Telegram and wins it back hears people again."""

import asyncio
from collections.abc import Awaitable, Callable

from bot_api import BotApi
from builders import service_on
from phone import TOKEN, Phone, opened


async def lost_once(work: Callable[[], Awaitable[None]]) -> None:
    """As `run_alone` stops what goes on, and again because it is slow to stop."""
    doing = asyncio.ensure_future(work())
    await asyncio.sleep(0.5)
    for _ in range(2):
        doing.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await asyncio.wait({doing}, timeout=10)
    await work()


async def test_a_request_that_was_cut_does_not_keep_the_next_ones_out(
    api: BotApi, sqlite_url: str
) -> None:
    service = service_on(sqlite_url, telegram_token=TOKEN, telegram_api_url=api.url)
    async with opened(api, service, alone=lost_once) as bench:
        lea = Phone(bench, 1001)
        await asyncio.sleep(1)
        lea.writes("bonjour")
        await lea.reads("écho : bonjour")
    await service.database.close()
