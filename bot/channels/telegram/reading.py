"""Deals with what the inbox holds, whoever put it there."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.channels.telegram.calling import wait_of
from bot.channels.telegram.incoming import Updates
from bot.conversation.inbox import Inbox, Update

logger = logging.getLogger(__name__)
_TRIES = 3
_LONGEST_PAUSE = 60.0
_KNOWN_FOR = timedelta(days=2)
"""Telegram sends an update again for one day."""
_BETWEEN_FORGETTINGS = 3600.0
_EVER = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Settling:
    """Seconds: how long an update waits for the one numbered before it, which may come later; how
    often the inbox is looked at though nothing was announced."""

    before: float = 0.7
    between_looks: float = 0.5


class Reader:
    """Deals with what the inbox holds: in order within a chat, chats beside each other. `run` must
    run in one process only."""

    def __init__(
        self, inbox: Inbox, clock: Callable[[], datetime], settling: Settling, *, in_order: bool
    ) -> None:
        self._inbox = inbox
        self._clock = clock
        self._settling = settling
        self._in_order = in_order
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._tries: dict[int, int] = defaultdict(int)
        self._something = asyncio.Event()
        self._since = clock()

    def look(self) -> None:
        self._something.set()

    async def run(self, updates: Updates) -> None:
        """Until cancelled."""
        self._since = self._clock()
        forgetting = asyncio.create_task(self._forget())
        try:
            while True:
                self._something.clear()
                try:
                    await self._take(updates)
                except Exception:
                    logger.exception("the inbox could not be read; the next look tries again")
                await self._wait()
        finally:
            tasks = [forgetting, *self._busy.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _wait(self) -> None:
        announced = asyncio.create_task(self._something.wait())
        try:
            # Not `wait_for`: in Python 3.10, cancelled at the wrong moment, it goes on.
            await asyncio.wait({announced}, timeout=self._settling.between_looks)
        finally:
            announced.cancel()

    async def _take(self, updates: Updates) -> None:
        by_chat: dict[int, list[Update]] = defaultdict(list)
        loose_since = None if self._in_order else self._loose_since()
        busy = tuple(self._busy)
        for update in await self._inbox.waiting(loose_since=loose_since, besides=busy):
            by_chat[update.chat_id or 0].append(update)
        for chat_id, waiting in by_chat.items():
            if chat_id in self._busy:
                continue
            task = asyncio.create_task(self._deal_with(updates, waiting))
            self._busy[chat_id] = task
            task.add_done_callback(lambda _, chat_id=chat_id: self._ended(chat_id))  # type: ignore[misc]

    def _loose_since(self) -> datetime:
        """Since when an update waits for the one numbered before it, whatever their chats. What was
        kept before a crash waits anew: the one before it may have met a closed door, and comes
        again now."""
        since = self._clock() - timedelta(seconds=self._settling.before)
        return since if since > self._since else _EVER

    def _ended(self, chat_id: int) -> None:
        self._busy.pop(chat_id, None)
        self.look()

    async def _deal_with(self, updates: Updates, waiting: list[Update]) -> None:
        for update in waiting:
            while not await self._is_dealt_with(updates, update):
                pass

    async def _is_dealt_with(self, updates: Updates, update: Update) -> bool:
        """What Telegram refuses for now is tried again for ever; what fails here, a few times."""
        try:
            await updates.handle(update.body)
        except RetryAfter as error:
            await asyncio.sleep(wait_of(error))
            return False
        except (NetworkError, InvalidToken) as error:
            logger.warning("Telegram does not answer; trying again: %s", error.message)
            await self._pause(update)
            return False
        except Exception:
            logger.exception("an update failed")
            if not await self._is_given_up(updates, update):
                return False
        await self._inbox.done(update.update_id)
        self._tries.pop(update.update_id, None)
        return True

    async def _is_given_up(self, updates: Updates, update: Update) -> bool:
        await self._pause(update)
        if self._tries[update.update_id] < _TRIES:
            return False
        try:
            await updates.fail(update.chat_id or 0, update.update_id)
        except Exception:  # the database is away: the update waits for it
            logger.exception("a failure could not be said")
            return False
        return True

    async def _pause(self, update: Update) -> None:
        self._tries[update.update_id] += 1
        await asyncio.sleep(min(0.5 * 2 ** self._tries[update.update_id], _LONGEST_PAUSE))

    async def _forget(self) -> None:
        while True:
            try:
                await self._inbox.forget(self._clock() - _KNOWN_FOR)
            except Exception:
                logger.exception("old numbers could not be forgotten")
            await asyncio.sleep(_BETWEEN_FORGETTINGS)
