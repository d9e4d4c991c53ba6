"""Stopping: tasks that may not want to, and processes that must be gone in time."""

import asyncio
import logging
import os
import threading
from collections.abc import Iterable

logger = logging.getLogger(__name__)

# Seconds. From the signal: requests end, then what goes on though nobody asks, then turns (4), then
# connections close. What hangs is cut: it is taken up again at the next start.
REQUESTS_END_WITHIN = 3
_TIMES, _EACH = 3, 2.0
GONE_WITHIN = 14.0
"""For one process. LONGEST is for `qve serve`, however many it keeps and whatever they do (see
docs/exploitation.md): what runs the service waits longer before it kills."""
LONGEST = 20.0


async def stopped(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel them and wait. A cancellation may be lost in what is under way; then it is said again,
    and not for ever."""
    pending = {*tasks}
    for _ in range(_TIMES):
        for task in pending:
            task.cancel()
        if pending:
            _, pending = await asyncio.wait(pending, timeout=_EACH)


def be_gone_within(seconds: float) -> None:
    """End this process then, whatever it still does: a thread that needs nothing of the rest."""
    cutting = threading.Timer(seconds, _cut)
    cutting.daemon = True
    cutting.start()


def _cut() -> None:
    logger.error("the stop took too long: cut")
    os._exit(1)
