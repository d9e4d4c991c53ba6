"""One turn at a time in a conversation."""

import asyncio
from contextlib import AbstractAsyncContextManager
from weakref import WeakValueDictionary


class Locks:
    """Those of one process; where several serve, `bot.sharing.locks`."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        """Entered by one turn of the conversation at a time, the others in the order they came."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        return lock
