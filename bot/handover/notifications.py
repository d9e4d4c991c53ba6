"""Notifications: word that an adviser answered, on a device that the person asked to be told on.

What is sent says that and nothing else: a lock screen is read by whoever passes. What was said is
read in the conversation.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

logger = logging.getLogger(__name__)
MOST_DEVICES = 5
"""Of one conversation; the oldest makes room."""
_LEASE = timedelta(minutes=1)
_TRY_AGAIN = timedelta(seconds=30)
_MOST_TRIES = 8


@dataclass(frozen=True)
class Device:
    """A browser as its push service knows it (RFC 8030, RFC 8291). `id` is the browser's own."""

    id: str
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True)
class Due:
    """A device to be told. It is ours until `claimed_until`: no other process tells it."""

    conversation_id: str
    device: Device
    claimed_until: datetime
    tries: int


class Gone(Exception):
    """The device takes no notification any more."""


class NotSent(Exception):
    """Not now; `wait` is the least time that the push service asks for."""

    def __init__(self, wait: timedelta = timedelta()) -> None:
        super().__init__(wait)
        self.wait = wait


class PushService(Protocol):
    async def tell(self, device: Device) -> None:
        """Hand the word over; raises Gone or NotSent."""


class DeviceStore(Protocol):
    """Each method is one transaction. A device is due as soon as an adviser has answered."""

    async def add(self, conversation_id: str, device: Device, *, at: datetime) -> bool:
        """Or what it has become, if it is known. False for an erased conversation."""

    async def remove(self, conversation_id: str, device_id: str) -> None: ...

    async def claim(self, *, now: datetime, until: datetime) -> list[Due]: ...

    async def told(self, due: Due) -> None:
        """Unless an adviser has answered again since it was claimed."""

    async def put_off(self, due: Due, until: datetime | None) -> None:
        """None gives up, until an adviser answers again."""


class Notifications:
    def __init__(
        self, store: DeviceStore, service: PushService, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._service = service
        self._clock = clock

    async def tell_who_is_due(self) -> int:
        """How many devices were told."""
        now = self._clock()
        due = await self._store.claim(now=now, until=now + _LEASE)
        return sum(await asyncio.gather(*(self._tell(each) for each in due)))

    async def _tell(self, due: Due) -> bool:
        try:
            await self._service.tell(due.device)
        except Gone:
            await self._store.remove(due.conversation_id, due.device.id)
            return False
        except NotSent as refused:
            logger.warning("a notification was not taken (try %d)", due.tries + 1)
            await self._store.put_off(due, self._again(due.tries, refused.wait))
            return False
        await self._store.told(due)
        return True

    def _again(self, tries: int, wait: timedelta) -> datetime | None:
        if tries + 1 >= _MOST_TRIES:
            return None
        at_least: timedelta = _TRY_AGAIN * 2**tries
        return self._clock() + max(wait, at_least)
