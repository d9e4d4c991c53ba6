"""Stopping tasks that may not want to."""

import asyncio
from contextlib import suppress

import pytest

from bot import stopping
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


async def test_nothing_to_stop_is_stopped_at_once() -> None:
    await stopped([])
