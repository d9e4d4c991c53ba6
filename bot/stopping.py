"""Stopping tasks that may not want to."""

import asyncio
from collections.abc import Iterable

_TIMES, _EACH = 3, 5.0  # seconds


async def stopped(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel them and wait. A cancellation may be lost in what is under way; then it is said again,
    and not for ever."""
    pending = {*tasks}
    for _ in range(_TIMES):
        for task in pending:
            task.cancel()
        if pending:
            _, pending = await asyncio.wait(pending, timeout=_EACH)
