"""The daily purge: what is kept too long goes, and the log says how much of what."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from bot.privacy.retention import EVERY, Kind, Purger, Retention, edges

BY = "retention"
"""Who erases, as the log names it."""
_AT_ONCE = 500


class Erasing(Protocol):
    async def erase(self, conversation_id: str, *, actor: str) -> bool:
        """All that is kept of one conversation; False if there was nothing."""


class Purging:
    def __init__(
        self,
        erasing: Erasing,
        purger: Purger,
        retention: Retention,
        clock: Callable[[], datetime],
    ) -> None:
        self._erasing = erasing
        self._purger = purger
        self._retention = retention
        self._clock = clock

    async def purge_daily(self) -> Mapping[Kind, int] | None:
        """None if it was done less than a day ago, by whichever process."""
        last = await self._purger.last()
        if last is not None and self._clock() - last < EVERY:
            return None
        return await self.purge()

    async def purge(self) -> Mapping[Kind, int]:
        """How many of each kind were removed. What fails is tried again at the next purge, and
        none is said to have ended."""
        now = self._clock()
        removed = {Kind.conversations: await self._conversations_too_old(now)}
        for kind, before in edges(self._retention, now).items():
            removed[kind] = await self._purger.remove(kind, before)
        await self._purger.ended(sum(removed.values()))
        return removed

    async def _conversations_too_old(self, now: datetime) -> int:
        """One by one, between two turns of each."""
        count = 0
        for with_case, days in (
            (False, self._retention.conversations),
            (True, self._retention.cases),
        ):
            since = now - timedelta(days=days)
            while silent := await self._purger.silent(since, with_case=with_case, limit=_AT_ONCE):
                for conversation_id in silent:
                    count += await self._erasing.erase(conversation_id, actor=BY)
        await self._purger.note(Kind.conversations, count)
        return count
