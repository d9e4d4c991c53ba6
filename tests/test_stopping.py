"""Stopping tasks that may not want to."""

import asyncio
from contextlib import suppress

import pytest

from bot import stopping
from bot.conversation import conversations
from bot.stopping import stopped


async def deaf(times: int) -> None:
    """Loses so many cancellations."""
    for _ in range(times):
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
    await asyncio.sleep(60)


async def test_who_lost_a_cancellation_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "_EACH", 0.05)
    task = asyncio.create_task(deaf(times=1))
    await asyncio.sleep(0)
    await stopped([task])
    assert task.cancelled()


async def test_who_hears_nothing_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stopping, "_EACH", 0.05)
    task = asyncio.create_task(deaf(times=9))
    await asyncio.sleep(0)
    await asyncio.wait_for(stopped([task]), 5)
    assert not task.done()
    for _ in range(9):
        task.cancel()
        await asyncio.sleep(0)


def test_what_a_process_does_before_it_goes_fits_in_the_time_it_has() -> None:
    turns = conversations._BEFORE_LEAVING + 1
    parts = stopping.REQUESTS_END_WITHIN + stopping._TIMES * stopping._EACH + turns
    assert parts < stopping.GONE_WITHIN
    a_worker_that_hangs = 5  # uvicorn asks how it is for so long before it hears the signal
    assert a_worker_that_hangs + stopping.GONE_WITHIN < stopping.LONGEST


async def test_nothing_to_stop_is_stopped_at_once() -> None:
    await stopped([])
