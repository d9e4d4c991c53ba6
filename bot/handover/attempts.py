"""Back-off at the desk's doors: who tries often waits longer and longer. The rule, pure; what was
tried is kept by `storage`, so that every process counts the same and a restart forgets nothing.

A name is what tries are counted under: an e-mail address as it was typed, whether or not it has an
account, so that waiting tells a stranger nothing; a network address; an account's second factor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Protocol

FORGOTTEN_AFTER = timedelta(hours=1)
_FIRST_WAIT = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=15)
_FREE = 5
_FREE_FOR_ADDRESS = 20  # a whole institution may share one
_ONE_HOUSE = 64  # bits: who has one IPv6 address has all that begin so

Names = Mapping[str, int]
"""What to count a try under, and how many tries are free there."""


@dataclass(frozen=True)
class Tried:
    """How often under one name, the last time, and until when nothing more is looked at."""

    count: int
    at: datetime
    until: datetime


class Attempts(Protocol):
    """Implemented in `storage`. Each method is one transaction."""

    async def begin(self, names: Names, now: datetime) -> timedelta | None:
        """Count a try before what was typed is looked at, so that many at once gain nothing. When
        it comes too soon: how long to wait, and it is not counted."""

    async def succeeded(self, names: Names) -> None:
        """Forget what was counted under these names."""


def of_sign_in(email: str, address: str) -> Names:
    return {f"email:{email}": _FREE, **of_address(address)}


def of_address(address: str) -> Names:
    return {f"address:{_house(address)}": _FREE_FOR_ADDRESS}


def of_second_factor(adviser_id: int) -> Names:
    return {f"second factor:{adviser_id}": _FREE}


def wait_of(tried: Tried | None, now: datetime) -> timedelta:
    """Zero or less: it may be tried now."""
    return timedelta(0) if tried is None else tried.until - now


def tried_again(before: Tried | None, *, free: int, now: datetime) -> Tried:
    fresh = before is None or now - before.at > FORGOTTEN_AFTER
    count = 1 if before is None or fresh else before.count + 1
    return Tried(count, now, now + _wait_after(count, free))


def _wait_after(count: int, free: int) -> timedelta:
    if count < free:
        return timedelta(0)
    doublings: int = min(count - free, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)


def _house(address: str) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return address
    return f"{int(read) >> (128 - _ONE_HOUSE):x}/{_ONE_HOUSE}"
