"""What one person wrote to one process counts at the others."""

import uuid

from redis.asyncio import Redis

from bot.channels.limits import HOUR, MINUTE
from bot.sharing.allowance import SharedAllowance


def named() -> str:
    return uuid.uuid4().hex


async def test_processes_count_together(redis: Redis) -> None:
    name = named()
    here, there = (SharedAllowance(3, MINUTE, redis, name) for _ in "12")
    asked = [await of.seconds_to_wait("lea") for of in (here, there, here, there)]
    assert asked[:3] == [0, 0, 0]
    assert 1 <= asked[3] <= 60
    assert await there.seconds_to_wait("marc") == 0


async def test_one_allowance_is_not_another(redis: Redis) -> None:
    for allowance in (SharedAllowance(1, HOUR, redis, named()) for _ in "12"):
        assert await allowance.seconds_to_wait("lea") == 0
        assert 3500 <= await allowance.seconds_to_wait("lea") <= 3600


async def test_nothing_is_kept_of_who_wrote_long_ago(redis: Redis) -> None:
    name = named()
    await SharedAllowance(3, MINUTE, redis, name).seconds_to_wait("lea")
    assert 50_000 < await redis.pttl(f"qve:allowance:{name}:lea") <= MINUTE


async def test_a_redis_that_was_started_again_is_taught_anew(redis: Redis) -> None:
    allowance = SharedAllowance(1, MINUTE, redis, named())
    await allowance.seconds_to_wait("lea")
    await redis.script_flush()
    assert await allowance.seconds_to_wait("marc") == 0
    assert await allowance.seconds_to_wait("marc") > 0


async def test_without_redis_each_process_counts_alone(away: Redis) -> None:
    allowance = SharedAllowance(1, MINUTE, away, named())
    assert await allowance.seconds_to_wait("lea") == 0
    assert await allowance.seconds_to_wait("lea") > 0
