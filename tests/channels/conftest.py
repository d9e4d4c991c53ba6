from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from web_client import Writer, web, writer

from bot.wiring import Service


@pytest_asyncio.fixture
async def http(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """The whole application as it is wired, with an engine that repeats, on SQLite."""
    async with web(service) as http:
        yield http


@pytest_asyncio.fixture
async def lea(http: httpx.AsyncClient) -> Writer:
    return await writer(http)
