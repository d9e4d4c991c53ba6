"""One turn at a time in a conversation, whichever process took it: a lock in Redis.

It is a courtesy to the processors, not what keeps the order: the database compares the floor and
the turn when a reply is stored. So a Redis that is away costs work done twice, never an answer.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from bot.conversation.locks import Locks

logger = logging.getLogger(__name__)
# Seconds: a process that dies leaves its lock for so long; one that lives says so much oftener.
_HELD_FOR = 10.0
_BETWEEN_RENEWALS = 3.0
_BETWEEN_TRIES = 0.05
# A turn that hangs in a living process holds its lock for ever; the person's next one does not.
_WAITED_FOR = 20.0


class SharedLocks(Locks):
    """Here first, then among the processes: one of each process waits at Redis."""

    def __init__(self, redis: Redis) -> None:
        super().__init__()
        self._redis = redis

    def of(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        return self._held(conversation_id)

    @asynccontextmanager
    async def _held(self, conversation_id: str) -> AsyncIterator[None]:
        async with super().of(conversation_id):
            lock = await self._taken(f"qve:turn:{conversation_id}")
            if lock is None:
                yield
                return
            over = asyncio.Event()
            renewing = asyncio.create_task(_renew(lock, until=over))
            try:
                yield
            finally:
                over.set()
                with suppress(LockError, RedisError, OSError):  # it ends by itself
                    await lock.release()
                await asyncio.gather(renewing, return_exceptions=True)

    async def _taken(self, name: str) -> Lock | None:
        lock = self._redis.lock(name, timeout=_HELD_FOR, sleep=_BETWEEN_TRIES, thread_local=False)
        try:
            if await lock.acquire(blocking_timeout=_WAITED_FOR):
                return lock
            logger.warning("a lock is held too long: the turn is taken without")
        except (RedisError, OSError):
            logger.warning("no lock from Redis: the turn is taken without")
        return None


async def _renew(lock: Lock, *, until: asyncio.Event) -> None:
    """Told to stop rather than cancelled: redis-py takes a cancellation that comes while it looks
    whether a connection is clean (`async_timeout(0)`) for its own time-out, and goes on."""
    while not until.is_set():
        try:
            await asyncio.wait_for(until.wait(), _BETWEEN_RENEWALS)
        except asyncio.TimeoutError:
            pass
        else:
            return
        try:
            await lock.reacquire()
        except (LockError, RedisError, OSError):
            logger.warning("a lock was lost while its turn was under way")
            return
