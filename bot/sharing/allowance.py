"""How often one person may write, counted by all processes together."""

import logging
import time

from pyrate_limiter import RateItem
from pyrate_limiter.buckets.redis_bucket import LuaScript, RedisBucket
from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from bot.channels.limits import Allowance, whole_seconds

logger = logging.getLogger(__name__)


class SharedAllowance(Allowance):
    """`name` tells it from the other allowances. While Redis is away each process counts alone:
    nobody is refused because of it."""

    def __init__(self, count: int, period: int, redis: Redis, name: str) -> None:
        super().__init__(count, period)
        self._redis = redis
        self._name = name
        self._period = period
        self._script: str | None = None

    async def seconds_to_wait(self, key: str) -> int:
        try:
            return await self._counted(key)
        except (RedisError, OSError):
            logger.warning("no count from Redis: this process counts alone")
            return await super().seconds_to_wait(key)

    async def _counted(self, key: str) -> int:
        try:
            return await self._asked(key)
        except NoScriptError:  # Redis was started again and forgot it
            self._script = None
            return await self._asked(key)

    async def _asked(self, key: str) -> int:
        if self._script is None:
            self._script = str(await self._redis.script_load(LuaScript.PUT_ITEM))
        name = f"qve:allowance:{self._name}:{key}"
        # Time of day, which the machines share; the memory's clock is each one's own.
        asked = RateItem(key, int(time.time() * 1000))
        bucket = RedisBucket([self._rate], self._redis, name, self._script)
        await bucket.leak(asked.timestamp)  # type: ignore[misc]
        if await bucket.put(asked):  # type: ignore[misc]
            await self._redis.pexpire(name, self._period)
            return 0
        return whole_seconds(await bucket.waiting(asked))  # type: ignore[misc]
