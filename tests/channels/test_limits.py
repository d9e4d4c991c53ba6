"""How often one person may write."""

import threading
import time

from bot.channels.limits import Allowance


def test_each_key_has_its_own_allowance() -> None:
    allowance = Allowance.a_minute(3)
    assert [allowance.seconds_to_wait("lea") for _ in range(3)] == [0, 0, 0]
    assert allowance.seconds_to_wait("marc") == 0
    assert 1 <= allowance.seconds_to_wait("lea") <= 60


def test_an_hour_is_waited_for_at_most() -> None:
    allowance = Allowance.an_hour(1)
    allowance.seconds_to_wait("lea")
    assert 3500 <= allowance.seconds_to_wait("lea") <= 3600


def test_a_refusal_is_not_counted() -> None:
    allowance = Allowance(1, 200)
    assert allowance.seconds_to_wait("lea") == 0
    for _ in range(5):
        assert allowance.seconds_to_wait("lea") == 1


def test_memory_does_not_grow_with_the_number_of_people(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(Allowance, "_KEYS_KEPT", 10)
    allowance = Allowance.a_minute(1)
    for n in range(50):
        allowance.seconds_to_wait(f"person {n}")
    assert len(allowance._buckets) == 10


def test_what_was_refused_is_allowed_after_the_wait() -> None:
    allowance = Allowance(2, 50)
    assert [allowance.seconds_to_wait("lea") for _ in range(3)] == [0, 0, 1]
    time.sleep(0.06)
    assert allowance.seconds_to_wait("lea") == 0


def test_what_is_past_is_not_kept() -> None:
    allowance = Allowance(100, 5)
    for _ in range(20):
        allowance.seconds_to_wait("lea")
        time.sleep(0.002)
    assert len(allowance._buckets["lea"].items) < 10


def test_a_person_does_not_cost_a_thread() -> None:
    before = threading.active_count()
    allowance = Allowance.a_minute(1)
    for n in range(20):
        allowance.seconds_to_wait(f"person {n}")
    assert threading.active_count() == before
