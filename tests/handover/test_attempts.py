"""The rule of waiting longer and longer, without anything that keeps it."""

from datetime import datetime, timedelta, timezone

from bot.handover.attempts import Tried, of_address, of_sign_in, tried_again, wait_of

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
FREE = 5


def tried(times: int) -> Tried | None:
    """So many times at the same instant."""
    record = None
    for _ in range(times):
        record = tried_again(record, free=FREE, now=NOW)
    return record


def test_five_attempts_are_free_then_one_must_wait() -> None:
    waits = [wait_of(tried(times), NOW) > timedelta(0) for times in range(7)]
    assert waits == [False] * 5 + [True] * 2


def test_each_wait_is_longer_than_the_last_up_to_a_quarter_of_an_hour() -> None:
    record, now, waits = tried(FREE), NOW, []
    for _ in range(10):
        waits.append(wait_of(record, now))
        now += waits[-1]
        assert wait_of(record, now) == timedelta(0)
        record = tried_again(record, free=FREE, now=now)
    assert waits[:3] == [timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
    assert max(waits) == timedelta(minutes=15)


def test_after_an_hour_it_begins_anew() -> None:
    later = NOW + timedelta(hours=1, seconds=1)
    assert tried_again(tried(9), free=FREE, now=later).count == 1


def test_an_email_is_counted_whether_or_not_it_has_an_account() -> None:
    assert set(of_sign_in("a@b.example", "203.0.113.7")) == {
        "email:a@b.example",
        "address:203.0.113.7",
    }


def test_all_the_addresses_of_one_ipv6_network_are_one() -> None:
    one, other = of_address("2001:db8:1:2::1"), of_address("2001:db8:1:2:ffff::9")
    assert one == other
    assert one != of_address("2001:db8:1:3::1")
    assert set(of_address("not an address")) == {"address:not an address"}
