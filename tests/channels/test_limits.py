"""How often one person may write."""

import asyncio
import threading

from bot.channels.limits import HOUR, MINUTE, Allowance


async def test_each_key_has_its_own_allowance() -> None:
    allowance = Allowance(3, MINUTE)
    assert [await allowance.seconds_to_wait("lea") for _ in range(3)] == [0, 0, 0]
    assert await allowance.seconds_to_wait("marc") == 0
    assert 1 <= await allowance.seconds_to_wait("lea") <= 60


async def test_an_hour_is_waited_for_at_most() -> None:
    allowance = Allowance(1, HOUR)
    await allowance.seconds_to_wait("lea")
    assert 3500 <= await allowance.seconds_to_wait("lea") <= 3600


async def test_a_refusal_is_not_counted() -> None:
    allowance = Allowance(1, 200)
    assert await allowance.seconds_to_wait("lea") == 0
    for _ in range(5):
        assert await allowance.seconds_to_wait("lea") == 1


async def test_memory_does_not_grow_with_the_number_of_people(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(Allowance, "_KEYS_KEPT", 10)
    allowance = Allowance(1, MINUTE)
    for n in range(50):
        await allowance.seconds_to_wait(f"person {n}")
    assert len(allowance._buckets) == 10


async def test_what_was_refused_is_allowed_after_the_wait() -> None:
    allowance = Allowance(2, 50)
    assert [await allowance.seconds_to_wait("lea") for _ in range(3)] == [0, 0, 1]
    await asyncio.sleep(0.06)
    assert await allowance.seconds_to_wait("lea") == 0


async def test_what_is_past_is_not_kept() -> None:
    allowance = Allowance(100, 5)
    for _ in range(20):
        await allowance.seconds_to_wait("lea")
        await asyncio.sleep(0.002)
    assert len(allowance._buckets["lea"].items) < 10


async def test_a_person_does_not_cost_a_thread() -> None:
    before = threading.active_count()
    allowance = Allowance(1, MINUTE)
    for n in range(20):
        await allowance.seconds_to_wait(f"person {n}")
    assert threading.active_count() == before
