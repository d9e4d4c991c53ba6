from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from builders import service_on

from bot.wiring import Service
from tests.channels.web_client import Writer, web, writer

TOKEN = "scraped-by-prometheus"


@pytest_asyncio.fixture
async def service(sqlite_url: str) -> AsyncIterator[Service]:
    """The service as it is wired, with an engine that repeats, whose figures may be read."""
    service = service_on(sqlite_url, metrics_token=TOKEN)
    yield service
    await service.database.close()


@pytest_asyncio.fixture
async def http(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with web(service) as http:
        yield http


@pytest_asyncio.fixture
async def lea(http: httpx.AsyncClient) -> Writer:
    return await writer(http)
