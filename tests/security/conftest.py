from collections.abc import AsyncIterator

import pytest_asyncio
from builders import EchoEngine, service_on
from world import World, world_of


@pytest_asyncio.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """The whole application as it is wired, on SQLite, with people and advisers to be."""
    async with world_of(service_on(sqlite_url, EchoEngine())) as world:
        yield world
