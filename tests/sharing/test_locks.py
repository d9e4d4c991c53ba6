"""One turn at a time in a conversation, whichever process took it."""

import asyncio
import time
import uuid

import pytest
from redis.asyncio import Redis

from bot.sharing import locks
from bot.sharing.locks import SharedLocks

WITHIN = 5.0


async def test_a_turn_of_one_process_waits_for_the_turn_of_another(redis: Redis) -> None:
    here, there = SharedLocks(redis), SharedLocks(redis)
    conversation = str(uuid.uuid4())
    order: list[str] = []

    async def turn(of: SharedLocks, name: str) -> None:
        async with of.of(conversation):
            order.append(f"{name} begins")
            await asyncio.sleep(0.02)
            order.append(f"{name} ends")

    await asyncio.gather(*(turn(of, name) for name, of in [("a", here), ("b", there)] * 5))
    pairs = zip(order[::2], order[1::2], strict=True)
    assert all(first[0] == last[0] and last.endswith("ends") for first, last in pairs)
    assert len(order) == 20


async def test_other_conversations_do_not_wait(redis: Redis) -> None:
    here, there = SharedLocks(redis), SharedLocks(redis)
    async with here.of(str(uuid.uuid4())), there.of(str(uuid.uuid4())):
        pass


async def test_a_process_that_died_does_not_keep_its_lock(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_HELD_FOR", 0.3)
    conversation = str(uuid.uuid4())
    dead = redis.lock(f"qve:turn:{conversation}", timeout=0.3, thread_local=False)
    await dead.acquire()
    async with SharedLocks(redis).of(conversation):
        assert not await dead.owned()


async def test_a_turn_that_lasts_keeps_its_lock(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_HELD_FOR", 0.5)
    monkeypatch.setattr(locks, "_BETWEEN_RENEWALS", 0.05)
    conversation = str(uuid.uuid4())
    async with SharedLocks(redis).of(conversation):
        await asyncio.sleep(1.2)
        assert await redis.exists(f"qve:turn:{conversation}")
    assert not await redis.exists(f"qve:turn:{conversation}")


async def test_a_turn_that_hangs_elsewhere_is_not_waited_for_for_ever(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_WAITED_FOR", 0.3)
    conversation = str(uuid.uuid4())
    async with SharedLocks(redis).of(conversation):
        await asyncio.wait_for(_enter_and_leave(SharedLocks(redis), conversation), WITHIN)


@pytest.mark.parametrize("steps", range(10))
async def test_a_turn_that_ends_while_its_lock_is_renewed_lets_go_of_it(
    redis: Redis, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """After a freeze every timer is due at once; `steps` of the loop later, the turn ends."""
    monkeypatch.setattr(locks, "_BETWEEN_RENEWALS", 0.02)
    conversation = str(uuid.uuid4())

    async def frozen_turn() -> None:
        async with SharedLocks(redis).of(conversation):
            await asyncio.sleep(0)
            time.sleep(0.03)  # the process is frozen, the loop with it
            for _ in range(steps):
                await asyncio.sleep(0)

    await asyncio.wait_for(frozen_turn(), WITHIN)
    assert not await redis.exists(f"qve:turn:{conversation}")


async def _enter_and_leave(of: SharedLocks, conversation: str) -> None:
    async with of.of(conversation):
        pass


async def test_without_redis_the_turn_is_taken(away: Redis) -> None:
    async with SharedLocks(away).of(str(uuid.uuid4())):
        pass
