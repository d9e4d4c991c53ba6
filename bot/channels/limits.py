"""How often one person may write, and how many conversations one address may open."""

import time

from pyrate_limiter import Duration, Rate, RateItem
from pyrate_limiter.buckets.in_memory_bucket import InMemoryBucket

MINUTE, HOUR = int(Duration.MINUTE), int(Duration.HOUR)


class Allowance:
    """At most `count` a `period` (in milliseconds) for each key; in this process's memory."""

    _KEYS_KEPT = 20_000

    def __init__(self, count: int, period: int) -> None:
        self._rate = Rate(count, period)
        # Buckets without the library's Limiter: that one starts a thread for each of them.
        self._buckets: dict[str, InMemoryBucket] = {}

    async def seconds_to_wait(self, key: str) -> int:
        """0 and counted, or in how many seconds to try again."""
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self._KEYS_KEPT:
                self._buckets.pop(next(iter(self._buckets)))
            bucket = self._buckets[key] = InMemoryBucket([self._rate])
        asked = RateItem(key, int(time.monotonic() * 1000))
        bucket.leak(asked.timestamp)
        if bucket.put(asked):
            return 0
        milliseconds = bucket.waiting(asked)
        assert isinstance(milliseconds, int)
        return whole_seconds(milliseconds)


def whole_seconds(milliseconds: int) -> int:
    """One at least: `Retry-After: 0` asks to be called again at once."""
    return max(1, -(-milliseconds // 1000))
