"""A Redis to share, real, or none of these tests."""

import contextlib
import os
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from redis.asyncio import Redis

_URL = os.environ.get("QVE_TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
_REQUIRED = os.environ.get("QVE_TEST_REQUIRE_SERVICES") == "1"


def _redis_answers() -> bool:
    host, port = _URL.split("//")[1].split("/")[0].split(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        return True
    return False


@pytest.fixture
def redis_url() -> str:
    if not _redis_answers():
        if _REQUIRED:
            pytest.fail("Redis does not answer, and here it must")
        pytest.skip("Redis does not answer on this machine")
    return _URL


@pytest_asyncio.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    redis = Redis.from_url(redis_url, socket_timeout=5)
    yield redis
    await redis.close()


@pytest_asyncio.fixture
async def away() -> AsyncIterator[Redis]:
    """Where no Redis answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        redis = Redis.from_url(f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        yield redis
        await redis.close()
