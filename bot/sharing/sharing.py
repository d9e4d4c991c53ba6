"""What several processes share through Redis, or what stands for it where there is only one."""

from collections.abc import Callable
from dataclasses import dataclass

from redis.asyncio import Redis

from bot.channels.limits import Allowance
from bot.conversation.bus import Bus
from bot.conversation.locks import Locks
from bot.sharing.allowance import SharedAllowance
from bot.sharing.bus import SharedBus
from bot.sharing.locks import SharedLocks

# Seconds. A turn does not wait longer for a Redis that says nothing.
_ANSWERS_WITHIN = 2.0


@dataclass(frozen=True)
class Sharing:
    """`allowance(name, count, period)`: the period in milliseconds, the count for each key."""

    bus: Bus
    locks: Locks
    allowance: Callable[[str, int, int], Allowance]


def sharing(redis_url: str | None) -> Sharing:
    """Connects to nothing yet."""
    if redis_url is None:
        return Sharing(Bus(), Locks(), lambda _, count, period: Allowance(count, period))
    redis = Redis.from_url(
        redis_url, socket_timeout=_ANSWERS_WITHIN, socket_connect_timeout=_ANSWERS_WITHIN
    )
    return Sharing(
        SharedBus(redis_url),
        SharedLocks(redis),
        lambda name, count, period: SharedAllowance(count, period, redis, name),
    )
