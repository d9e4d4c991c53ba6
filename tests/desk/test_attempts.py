"""Back-off at the sign-in door."""

from datetime import datetime, timedelta, timezone

from bot.desk.attempts import Attempts

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)


def tries(
    attempts: Attempts, count: int, *, email: str = "a@b.example", now: datetime = NOW
) -> int:
    """How many of so many attempts are let through."""
    results = [attempts.begin(email=email, address="203.0.113.7", now=now) for _ in range(count)]
    return sum(wait is None for wait in results)


def test_five_attempts_are_free_then_one_must_wait() -> None:
    assert tries(Attempts(), 8) == 5


def test_each_wait_is_longer_than_the_last_up_to_a_quarter_of_an_hour() -> None:
    attempts = Attempts()
    tries(attempts, 5)
    now, waits = NOW, []
    for _ in range(10):
        wait = attempts.begin(email="a@b.example", address="203.0.113.7", now=now)
        assert wait is not None
        waits.append(wait)
        now += wait
        assert attempts.begin(email="a@b.example", address="203.0.113.7", now=now) is None
    assert waits[:3] == [timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
    assert max(waits) == timedelta(minutes=15)


def test_an_address_that_tries_many_accounts_must_wait_too() -> None:
    attempts = Attempts()
    let_through = sum(tries(attempts, 1, email=f"{n}@b.example") for n in range(40))
    assert let_through == 20


def test_success_and_time_forget_what_was_counted() -> None:
    attempts = Attempts()
    tries(attempts, 4)
    attempts.succeeded(email="a@b.example", address="203.0.113.7")
    assert tries(attempts, 5) == 5
    assert tries(attempts, 5, now=NOW + timedelta(hours=2)) == 5


def test_memory_is_bounded() -> None:
    attempts = Attempts()
    for n in range(6000):
        attempts.begin(email=f"{n}@b.example", address=str(n), now=NOW)
    assert len(attempts._records) <= 5000
