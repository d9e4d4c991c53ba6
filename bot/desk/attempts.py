"""Back-off at the sign-in door: who tries often waits longer and longer. In memory."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(hours=1)
_MOST_KEPT = 5000
_FREE_FOR_EMAIL = 5
_FREE_FOR_ADDRESS = 20  # a whole institution may share one


@dataclass(frozen=True)
class _Record:
    count: int
    at: datetime
    until: datetime


class Attempts:
    """Counts an attempt before the password is looked at, so that many at once gain nothing."""

    def __init__(self) -> None:
        self._records: dict[str, _Record] = {}

    def begin(self, *, email: str, address: str, now: datetime) -> timedelta | None:
        """Count an attempt. When it comes too soon: how long to wait, and it is not counted."""
        keys = _keys(email, address)
        wait = max(self._wait(key, now) for key in keys)
        if wait > timedelta(0):
            return wait
        for key, free in keys.items():
            self._count(key, free=free, now=now)
        self._make_room()
        return None

    def succeeded(self, *, email: str, address: str) -> None:
        for key in _keys(email, address):
            self._records.pop(key, None)

    def _wait(self, key: str, now: datetime) -> timedelta:
        record = self._records.get(key)
        return timedelta(0) if record is None else record.until - now

    def _count(self, key: str, *, free: int, now: datetime) -> None:
        known = self._records.pop(key, None)
        fresh = known is None or now - known.at > _FORGOTTEN_AFTER
        count = 1 if known is None or fresh else known.count + 1
        self._records[key] = _Record(count, now, now + _wait_after(count, free))

    def _make_room(self) -> None:
        """Forget who tried longest ago: records stand in the order of their last attempt."""
        while len(self._records) > _MOST_KEPT:
            del self._records[next(iter(self._records))]


def _keys(email: str, address: str) -> dict[str, int]:
    return {f"email:{email}": _FREE_FOR_EMAIL, f"address:{address}": _FREE_FOR_ADDRESS}


def _wait_after(count: int, free: int) -> timedelta:
    if count < free:
        return timedelta(0)
    doublings: int = min(count - free, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
